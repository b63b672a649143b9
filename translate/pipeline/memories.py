"""The translation memory of a user: what works put into it, what a reviewer is shown of it, and its keeping."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from itertools import chain, tee
from pathlib import Path

from translate import languages, memory, settings
from translate.document import Kind, Runs, Segment, Sort, markers, plain
from translate.errors import SettingError
from translate.exchange import tmx_stream
from translate.exchange.tmx_stream import Aside, Pairing
from translate.pipeline import counterparts, known
from translate.pipeline.recall import rehung, surrounded, told
from translate.pipeline.standins import STAND_INS
from translate.pipeline.works import Folder
from translate.store import LEDGER, UNKNOWN, Memory, Origin, Pair, Remembered, Share, Store, Surroundings, TranslationMemory, Trust, known_as

MOST_SUGGESTIONS = 5
PROPERTY = "x-dragoman:"
TRUSTS = {"machine": Trust.MACHINE, "post-edited": Trust.EDITED, "approved": Trust.APPROVED}
"""What each degree of trust is called on the command line and in files."""


def opened() -> TranslationMemory:
    """The user's memory. Raises ``StoreError`` where it cannot be used."""
    return TranslationMemory(settings.workspace())


def allowed(store: Store) -> bool:
    """Whether the work may put anything into the memory: its last run was not told ``--no-memory``, and no stand-in filled it."""
    last = known.settings(store)
    return last.get("memory", "context") != "off" and last.get("model") not in STAND_INS


# --- from works


def remember(store: Store, folder: Folder) -> int:
    """Put what the work has accepted or approved into the memory, and take out what a machine translated and does not stand any more.

    Gives how many translations were new or changed. Raises ``StoreError`` where the memory cannot be used.
    """
    if not allowed(store):
        return 0
    with opened() as kept:
        there = kept.known(store.identity)
        gone = set(there)
        count = kept.remember(_origin(store, folder), chain(_news(store, there, gone), _settled(store, there, gone)))
        if gone:
            kept.withdraw(store.identity, sorted(gone))
    return count


def remember_one(store: Store, folder: Folder, segment: str) -> None:
    """Put what a person has just decided on one segment into the memory. Raises as ``remember`` does."""
    if not allowed(store):
        return
    pair = store.pair(segment)
    around = next((around for one, around in surrounded(store.segments(pair.segment.document)) if one.id == segment), UNKNOWN)
    found = _memory(pair, around, store)
    if found is not None:
        with opened() as kept:
            kept.remember(_origin(store, folder), (replace(found, pieces=_pieces(found, store)),))


def remember_ledger(store: Store, folder: Folder) -> None:
    """Put what the ledger of the work settles into the memory, for the works that come after it. Raises as ``remember`` does."""
    if not allowed(store):
        return
    with opened() as kept:
        there = {segment: held for segment, held in kept.known(store.identity).items() if segment.startswith(LEDGER)}
        gone = set(there)
        kept.remember(_origin(store, folder), _settled(store, there, gone))
        if gone:
            kept.withdraw(store.identity, sorted(gone))


def _news(store: Store, there: dict[str, tuple[int, str, Trust, Surroundings]], gone: set[str]) -> Iterator[Memory]:
    """What stands in the work and is not in the memory like that; what stands is taken out of ``gone``."""
    pairs, others = tee(store.pairs())
    for pair, (_, around) in zip(pairs, surrounded(one.segment for one in others), strict=True):
        found = _memory(pair, around, store)
        if found is not None:
            gone.discard(pair.segment.id)
            if there.get(pair.segment.id) != known_as(found):
                yield replace(found, pieces=_pieces(found, store))


def _settled(store: Store, there: dict[str, tuple[int, str, Trust, Surroundings]], gone: set[str]) -> Iterator[Memory]:
    """The renderings that this work has settled by itself, as a series needs them: what a person accepted, what a model chose. What came from elsewhere is remembered there."""
    for decision in store.ledger():
        line = decision.line
        person = decision.status == "accepted"
        if line.open or line.sort == Sort.ADDRESS or line.sense or line.scope or decision.status == "rejected" or (line.note.startswith("from ") and not person):
            continue
        found = Memory(
            segment=LEDGER + line.key,
            source=(line.lemma,),
            target=(line.target or line.lemma,),
            language=store.work.target_language,
            trust=Trust.APPROVED if person else Trust.MACHINE,
            kind=Kind.TERM,
            model="" if person else decision.who,
            who=decision.who if person else "",
        )
        gone.discard(found.segment)
        if there.get(found.segment) != known_as(found):
            yield replace(found, pieces=_pieces(found, store))


def _memory(pair: Pair, around: Surroundings, store: Store) -> Memory | None:
    """A passage as it is remembered, without its pieces; None for what is not settled, is a stand-in, was remembered from elsewhere, or has no words."""
    draft, source = pair.draft, pair.segment.source
    if draft is None or pair.status not in ("accepted", "approved") or pair.state.outdated or draft.origin == "memory" or draft.model in STAND_INS:
        return None
    if not any(map(str.isalpha, plain(source))) or not plain(draft.target).strip():
        return None
    person = draft.origin == "person"
    return Memory(
        segment=pair.segment.id,
        source=source,
        target=draft.target,
        language=store.work.target_language,
        trust=Trust.APPROVED if person else Trust.MACHINE,
        kind=pair.segment.kind,
        model="" if person else draft.model,
        around=around,
        who=draft.model if person else "",
    )


def _pieces(found: Memory, store: Store) -> tuple[int, ...]:
    return memory.pieces(plain(found.source), store.work.source_language)


def _origin(store: Store, folder: Folder) -> Origin:
    work = store.work
    return Origin(store.identity, folder.path.absolute().name, work.title, work.source_language, work.target_language, known.settings(store).get("series", ""))


# --- for reviewers


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A remembered translation for a segment: how near its source is (1 is the very same), both texts, where it is from, and sentences on what differs.

    ``target`` has the segment's own markers where they could be matched, else none. ``same_place`` says that the neighbours are the same too.
    """

    score: float
    source: Runs
    target: Runs
    trust: Trust
    work: str
    series: str
    told: str
    same_place: bool
    differs: tuple[str, ...]


def suggestions(folder: Folder, segment: str, *, most: int = MOST_SUGGESTIONS) -> tuple[Suggestion, ...]:
    """What the memory has for a segment, the nearest first, then the most trusted; each wording once.

    Raises ``StoreError`` where there is no such segment, or the memory cannot be used.
    """
    with Store.open(folder.store, readonly=True) as store:
        pair = store.pair(segment)
        around = next((around for one, around in surrounded(store.segments(pair.segment.document)) if one.id == segment), UNKNOWN)
        identity, work = store.identity, store.work
    target = languages.code(work.target_language)
    with opened() as kept:
        exact = kept.exact(pair.segment.source, language=work.source_language)
        found = dict.fromkeys((*exact, *kept.near(memory.pieces(pair.segment.text, work.source_language))))
    out: dict[Runs, Suggestion] = {}
    for one in found:
        own = one.origin.identity == identity and one.memory.segment == segment
        near = memory.nearness(pair.segment.source, one.memory.source, work.source_language)
        if not own and languages.code(one.memory.language) == target and near.score >= memory.SUGGESTION:
            made = _suggestion(one, near, pair.segment, around)
            if made.target not in out or (made.score, made.trust) > (out[made.target].score, out[made.target].trust):
                out[made.target] = made
    return tuple(sorted(out.values(), key=lambda one: (-one.score, -one.trust, not one.same_place)))[:most]


def _suggestion(one: Remembered, near: memory.Nearness, segment: Segment, around: Surroundings) -> Suggestion:
    return Suggestion(
        score=near.score,
        source=one.memory.source,
        target=_fitted(one.memory.target, segment),
        trust=one.memory.trust,
        work=one.origin.name,
        series=one.origin.series,
        told=told(one),
        same_place=one.memory.around == around,
        differs=tuple(_differences(near)),
    )


def _fitted(target: Runs, segment: Segment) -> Runs:
    """The remembered wording with the segment's own markers, or without any where they do not fit."""
    fitted = rehung(counterparts.numbered_like(segment.source, target), segment.source)
    same = sorted((marker.kind, marker.number) for marker in markers(fitted)) == sorted((marker.kind, marker.number) for marker in markers(segment.source))
    words = plain(target, atoms=True)
    return fitted if same else (words,) if words else ()


def _differences(near: memory.Nearness) -> Iterator[str]:
    if near.answer:
        yield "One says no where the other does not."
    if near.numbers:
        yield "The figures differ."
    if near.markers:
        yield "The formatting differs."
    if near.added:
        yield f"Only here: {' '.join(near.added)}."
    if near.dropped:
        yield f"Only there: {' '.join(near.dropped)}."


# --- its keeping


def shares() -> tuple[Share, ...]:
    """What the memory holds of each work."""
    with opened() as kept:
        return kept.works()


@dataclass(frozen=True, slots=True)
class Size:
    """The memory as a whole: its file, how many bytes that has, source texts, translations, and how many of them people approved or edited."""

    path: Path
    bytes: int
    texts: int
    entries: int
    people: int


def size() -> Size:
    """How large the memory is."""
    with opened() as kept:
        texts, entries = kept.size()
        people = sum(share.people for share in kept.works())
        return Size(kept.path, kept.path.stat().st_size, texts, entries, people)


def search(words: str) -> tuple[Remembered, ...]:
    """The entries that hold ``words`` on either side."""
    with opened() as kept:
        return kept.search(words)


def forget(name: str) -> tuple[str, int]:
    """Forget all that was remembered of a work, by its name or identity; gives its name and how many translations it were.

    Raises ``SettingError`` where the memory has no such work, or several of this name.
    """
    with opened() as kept:
        there = kept.works()
        found = [share for share in there if name.rstrip("/") in (share.origin.identity, share.origin.name) or Path(name).absolute().name == share.origin.name]
        if len(found) > 1:
            named = ", ".join(f"{share.origin.identity} ({share.entries} of '{share.origin.title}')" for share in found)
            raise SettingError(f"The memory has {len(found)} works called '{name}': name one by its number: {named}.")
        if not found:
            raise SettingError(f"The memory has no work '{name}'. It has: {', '.join(share.origin.name for share in there) or 'none'}.")
        return found[0].origin.name, kept.forget(found[0].origin.identity)


def export(path: Path, *, work: str = "") -> int:
    """Write the memory, or what it has of one work (its name or identity), as TMX 1.4b; gives how many units. Raises ``SettingError`` where it cannot be written."""
    with opened() as kept:
        chosen = [share.origin for share in kept.works() if share.entries and work in ("", share.origin.identity, share.origin.name)]
        if not chosen:
            raise SettingError("There is nothing in the memory to export." if not work else f"The memory has nothing of a work '{work}'.")
        spoken = {origin.source_language for origin in chosen}
        entries = (_pairing(one) for origin in chosen for one in kept.entries(origin.identity))
        try:
            return tmx_stream.write(path, entries, source_language=spoken.pop() if len(spoken) == 1 else "*all*")
        except OSError as error:
            with suppress(OSError):
                path.unlink()
            raise SettingError(f"{path} cannot be written ({error.strerror or error}): choose another file.") from error


def _pairing(one: Remembered) -> Pairing:
    held, origin = one.memory, one.origin
    spoken = origin.source_language if languages.code(origin.source_language) == held.source_language else held.source_language
    trust = next(name for name, trust in TRUSTS.items() if trust == held.trust)
    around = "" if held.around == UNKNOWN else f"{held.around.before} {held.around.after}"
    facts = {
        "trust": trust,
        "work": origin.name,
        "identity": origin.identity,
        "series": origin.series,
        "kind": held.kind,
        "model": held.model,
        "around": around,
    }
    properties = tuple((f"{PROPERTY}{name}", str(value)) for name, value in facts.items() if value)
    asides = tuple(Aside(*row) for row in json.loads(held.more)) if held.more else ()
    return Pairing(held.segment, held.source, held.target, spoken, held.language, held.at, held.who, properties, asides)


def take_in(path: Path, *, source: str | None = None, target: str | None = None, trust: str = "post-edited", series: str = "", who: str = "") -> int:
    """Take a TMX file into the memory as a work of its own; gives how many translations were new or changed. The same file again changes nothing.

    ``trust`` holds for units that do not say it themselves; no file is trusted more than that. Raises ``SourceError`` for the file.
    """
    if not path.is_file():
        raise SettingError(f"{path} is not there: check the path.")
    first: Pairing | None = next(iter(tmx_stream.read(path, source=source, target=target)), None)
    if first is None:
        raise SettingError(f"{path.name} holds no pair of texts{f' in {source or target}' if source or target else ''}: nothing was taken.")
    spoken, other = languages.find(first.source_language).tag, languages.find(first.target_language).tag
    with path.open("rb") as file:
        identity = f"tmx:{sha256(file.read(1 << 20)).hexdigest()[:16]}"
    origin = Origin(identity, path.stem, path.name, spoken, other, series)
    with opened() as kept:
        return kept.remember(origin, _imported(path, (source, target), TRUSTS[trust], who))


def _imported(path: Path, wanted: tuple[str | None, str | None], trust: Trust, who: str) -> Iterator[Memory]:
    tags: dict[str, str] = {}
    for number, one in enumerate(tmx_stream.read(path, source=wanted[0], target=wanted[1]), 1):
        for tag in (one.source_language, one.target_language):
            if tag not in tags:
                tags[tag] = languages.find(tag.replace("_", "-")).tag
        facts = {kind.removeprefix(PROPERTY): text for kind, text in one.properties if kind.startswith(PROPERTY)}
        before, _, after = facts.get("around", "").partition(" ")
        numbered = before.lstrip("-").isdigit() and after.lstrip("-").isdigit()
        yield Memory(
            segment=f"{one.id}#{number}",
            source=one.source,
            target=one.target,
            language=tags[one.target_language],
            trust=min(trust, TRUSTS.get(facts.get("trust", ""), trust)),
            kind=Kind(facts["kind"]) if facts.get("kind") in set(Kind) else Kind.PARAGRAPH,
            model=facts.get("model", ""),
            around=Surroundings(int(before), int(after)) if numbered else UNKNOWN,
            at=one.at,
            who=one.who or who,
            pieces=memory.pieces(plain(one.source), tags[one.source_language]),
            source_language=tags[one.source_language],
            more=_more(one, number),
        )


def _more(one: Pairing, number: int) -> str:
    """What the file says of its unit with this ``number`` that is not ours, and what it calls it, written down; "" where it says nothing."""
    theirs = (Aside("unit", "prop", kind, text) for kind, text in one.properties if not kind.startswith(PROPERTY))
    called = () if one.id == str(number) else (Aside("unit", "@", "tuid", one.id),)
    asides = [astuple(aside) for aside in (*called, *theirs, *one.asides)]
    return json.dumps(asides, ensure_ascii=False) if asides else ""
