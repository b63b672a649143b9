"""Brings what people changed on a published page back into its work, as their wording: so that no later run, and no later publishing, goes against it.

The page that was published and the page as it reads now are walked alike and laid beside each other; a passage whose words differ, and whose markup is the same, is a person's wording of its segment.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from translate.document import Draft, Marker, Runs, normal, plain
from translate.errors import SettingError, WikiError
from translate.formats.wikitext import Page, walk
from translate.formats.wikitext.inline import Mark
from translate.formats.wikitext.localise import reverse
from translate.formats.wikitext.places import Place
from translate.pipeline import results
from translate.pipeline.known import judge_of
from translate.pipeline.wikis import moves, register, upkeep
from translate.pipeline.works import Folder
from translate.sites import Sister
from translate.store import Pair, Publication, Store
from translate.wiki import known, pages
from translate.wiki.client import Client
from translate.wiki.edits import stored

ALIKE = 0.5
"""Passages that share less than this of their letters are not taken for one another."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A person's wording that the work has now."""

    segment: str
    before: str
    wording: str


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A change that was not taken over, and why; ``theirs`` is what the page reads, ``ours`` what the work has ("" where it has no such passage)."""

    segment: str
    ours: str
    theirs: str
    why: str


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came of one page: who changed it, what was taken over, what was not (what reads alike in the work by now is neither); ``wiki`` is the known wiki's name."""

    title: str
    revision: int
    who: str
    adopted: tuple[Adopted, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    wiki: str = ""


def pull(folder: Folder, *, wiki: str = "", title: str = "", local_only: bool = False, dry_run: bool = False) -> Pulled:
    """Adopt what people changed on the page that was published last (on the known wiki ``wiki``, under ``title``, where they are named), and build the work again.

    Raises ``SettingError`` where nothing was published, ``WikiError`` where the page is gone, and as the client does.
    """
    last = upkeep.last_place(folder, wiki, title)
    if last is None:
        raise SettingError(f"{folder.name} was not published{f' on {wiki}' if wiki else ''}{f' as {title}' if title else ''} yet: dragoman wiki publish {folder.name} --wiki NAME.")
    place = known.find(last.wiki)
    with register.opened(place, local_only=local_only, login=known.login(place) is not None) as client, Store.open(folder.store) as store:
        last = replace(last, title=moves.called(client, last))
        page = pages.current(client, last.title)
        if page is None:
            raise WikiError(f"{last.title} is not on {client.host} any more, so there is nothing to bring back.", "missingtitle")
        if stored(page.text) == stored(last.text):
            return Pulled(last.title, page.revision, "", wiki=last.wiki)
        who = f"{_editors(client, last, page)} on {last.wiki}"
        adopted, unsettled = _adopt(store, last.text, page.text, "" if dry_run else who, note=f"{last.title}, revision {page.revision}")
        if adopted and not dry_run:
            results.build(store, folder)
        return Pulled(last.title, page.revision, who, adopted, unsettled, last.wiki)


def _editors(client: Client, last: Publication, page: pages.Page) -> str:
    """Who changed the page since we saved it, the last one first."""
    ours = client.login.account if client.login else ""
    people = [user for user in pages.editors(client, page.title, since=last.revision or 0) if user != ours]
    return " and ".join(dict.fromkeys(people)) or page.user or "somebody"


def _adopt(store: Store, before: str, now: str, who: str, *, note: str) -> tuple[tuple[Adopted, ...], tuple[Unsettled, ...]]:
    """Take over every passage that can be; with ``who`` empty nothing is kept."""
    sister = store.wiki.sister()
    one, other = _walked(before, sister), _walked(now, sister)
    pairs = [pair for pair in store.pairs() if pair.draft is not None]
    adopted: list[Adopted] = []
    unsettled: list[Unsettled] = []
    judge = judge_of(store) if who else None
    segments = _segments(pairs, one)
    for was, there in _changed(one, other):
        pair = segments.get(was.address) if was else None
        found = _wording(pair, one, was, other, there)
        if found is None:
            continue
        if isinstance(found, Unsettled):
            unsettled.append(found)
            continue
        segment, target = found
        adopted.append(Adopted(segment.segment.id, segment.draft.text if segment.draft else "", plain(target)))
        if judge is not None:
            findings = judge.findings(segment.segment, Draft(segment.segment.id, target, origin="person"), judge.terms(segment.segment))
            store.review(segment.segment.id, target, who=who, note=note, findings=findings)
    return tuple(adopted), tuple(unsettled)


def _walked(text: str, sister: Sister | None) -> Page:
    return walk(stored(text), sister.target, sister=reverse(sister)) if sister else walk(stored(text))


def _words(runs: Runs) -> str:
    return " ".join(plain(runs).split())


def _segments(pairs: Sequence[Pair], page: Page) -> Mapping[str, Pair]:
    """Address of a place in the published page → the segment whose translation it is: in order, and where a translation was changed since by its neighbours."""
    ours = [_words(pair.draft.target) if pair.draft else "" for pair in pairs]
    theirs = [_words(place.runs) for place in page.places]
    found: dict[str, Pair] = {}
    for kind, low, high, start, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and high - low == end - start):
            found.update({page.places[start + index].address: pairs[low + index] for index in range(end - start)})
    return found


def _changed(one: Page, other: Page) -> Iterator[tuple[Place | None, Place | None]]:
    """What reads differently now: a place before and now, None where there was none or is none."""
    before, now = ([_signature(page, place) for place in page.places] for page in (one, other))
    for kind, low, high, start, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        left, right = list(one.places[low:high]), list(other.places[start:end])
        if len(left) == len(right):
            yield from zip(left, right, strict=True)
            continue
        for was in left:
            best = max(right, key=lambda place, was=was: _alike(was, place), default=None)  # type: ignore[misc]
            if best is not None and _alike(was, best) >= ALIKE:
                right.remove(best)
                yield was, best
            else:
                yield was, None
        yield from ((None, place) for place in right)


def _signature(page: Page, place: Place) -> str:
    """What a place reads, its markup too, without the words that have places of their own (those of a note)."""
    said = _said(page, place)
    parts = (run if isinstance(run, str) else f"\0{run.kind} {said.get((run.kind, run.number), '')}\0" for run in place.runs)
    return " ".join("".join(parts).split())


def _shown(page: Page, place: Place | None) -> str:
    return page.text[place.start : place.end] if place else ""


def _alike(one: Place, other: Place) -> float:
    return SequenceMatcher(None, _words(one.runs), _words(other.runs), autojunk=False).ratio()


def _wording(pair: Pair | None, one: Page, was: Place | None, other: Page, there: Place | None) -> tuple[Pair, Runs] | Unsettled | None:
    """The segment and what it is to read now, or why that is left to a person; None where the work reads like that already."""
    theirs = _shown(other, there)
    if pair is None or pair.draft is None or was is None:
        return Unsettled("", _shown(one, was), theirs, "the work has no such passage")
    segment = pair.segment.id
    if there is None:
        return Unsettled(segment, pair.draft.text, "", "the passage is not on the page any more")
    target = pair.draft.target
    if _words(target) == _words(there.runs):
        if _numbered(target, _said(one, was), _said(other, there), there.runs) == normal(target):
            return None
        return Unsettled(segment, pair.draft.text, theirs, "only its markup was changed")
    if _words(target) != _words(was.runs):
        return Unsettled(segment, pair.draft.text, theirs, "it was changed here too since it was published")
    runs = _numbered(target, _said(one, was), _said(other, there), there.runs)
    if runs is None:
        return Unsettled(segment, pair.draft.text, theirs, "links, notes or emphasis were added or taken away")
    return pair, runs


def _said(page: Page, place: Place) -> Mapping[tuple[str, int], str]:
    """What each marker of a place stands for, by its kind and number: its own markup, for a link where it leads."""

    def markup(mark: Mark) -> str:
        span = mark.target if mark.sort in ("link", "external") else (mark.start, mark.end)
        return f"{mark.sort} {_outline(page, *span).strip()}"

    return {key: markup(mark) for key, mark in place.marks.items()}


def _outline(page: Page, start: int, end: int) -> str:
    """The text of a stretch without the places that lie in it."""
    out, at = "", start
    for place in page.places[bisect_left(page.places, start, key=lambda place: place.start) :]:
        if place.start >= end:
            break
        if place.start >= at and place.end <= end:
            out, at = out + page.text[at : place.start], place.end
    return out + page.text[at:end]


def _numbered(target: Runs, before: Mapping[tuple[str, int], str], now: Mapping[tuple[str, int], str], runs: Runs) -> Runs | None:
    """Their words with the numbers of the segment's own markers, or None where the markup is not the same.

    What was published has the segment's markers in their order, so that the n-th there is the n-th here.
    """
    ours = [run for run in target if isinstance(run, Marker) and run.kind != "close"]
    if len(ours) != len(before) or sorted(before.values()) != sorted(now.values()):
        return None
    free: dict[str, list[Marker]] = defaultdict(list)
    for marker, (kind, number) in zip(ours, sorted(before, key=lambda key: key[1]), strict=True):
        if marker.kind != kind:
            return None
        free[before[kind, number]].append(marker)
    named: dict[int, Marker] = {}
    out: list[str | Marker] = []
    for run in runs:
        if isinstance(run, Marker) and run.kind != "close":
            named[run.number] = free[now[run.kind, run.number]].pop(0)
            out.append(named[run.number])
        else:
            out.append(run if isinstance(run, str) else Marker("close", named[run.number].number, named[run.number].name))
    return normal(out)
