"""Adopts what exists already: a human translation of the same work becomes people's wording here, to be completed and checked rather than done over.

The other translation is a book or page (aligned by structure, else by length) or pairs (TMX, XLIFF, TSV, found by their source text).
Only what is certain is adopted. What is doubtful is listed, and put into the translation memory: the model sees it as an example, and the reviewer as a suggestion.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from translate import aligner, exchange, languages, memory
from translate.checks import tongues
from translate.document import Document, Draft, Finding, Runs, Segment, markers, plain, visible
from translate.errors import SettingError, SourceError
from translate.exchange.codes import nested
from translate.formats import Source, open_source
from translate.pipeline import counterparts, memories, results, works
from translate.pipeline.counterparts import Counterpart
from translate.pipeline.interchange.returns import edged
from translate.pipeline.judge import Judge
from translate.pipeline.known import judge_of
from translate.pipeline.recall import rehung, surrounded
from translate.pipeline.works import Folder
from translate.store import Memory, Origin, Store, Trust

NEARBY = 2
"""So many passages on each side are looked at: where one has no counterpart, lengths may put the gap so far from its place."""
SOME, MANY = 10, 0.2
"""Where so many passages, and such a share of all, are several on the other side, the two are cut up differently."""
CUT = "The two are cut into passages differently, so it may hold too little or too much."
FREE, SHORTNESS = 0.45, 2.4
"""So far may the logarithm of the lengths' ratio be from what is usual: of a long passage, and what a short one may have more by the root of its length."""
TELLING = frozenset(["numbers", "urls", "units", "empty"])
"""Checks whose errors and warnings make a pairing by length doubtful: two passages that belong together share these things."""


WORDS = 4
"""What was left as it is and has fewer words may well be meant so: a name, a title."""
LONGER, MORE_SIGNS = 4, 50_000
FINER, MORE_PASSAGES = 10, 500
"""What has so many times the characters, or the passages, of the work, and so many more, is refused: it is no translation of it alone, however it is cut up."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A passage that was not adopted: why, its source and what may be its translation ("" where nothing was found)."""

    segment: str
    why: str
    source: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """What came of it: how many passages were adopted, which are doubtful, how many a person had approved before (they stay), how many have no counterpart.

    ``extra`` are passages that only the other translation has; ``remembered`` doubtful ones are in the translation memory.
    """

    folder: Folder
    adopted: int
    findings: int
    doubts: tuple[Doubt, ...]
    kept: int
    missing: int
    extra: tuple[str, ...]
    remembered: int


@dataclass(frozen=True, slots=True)
class _Offer:
    """What may be the translation of a segment; ``why`` it is doubtful, or "". ``certain`` where structure or the source's own words paired it."""

    target: Runs
    why: str = ""
    certain: bool = False


def find(work: str, *, to: str = "", from_: str = "", out: Path = works.DEFAULT_OUT) -> Folder:
    """The work that ``work`` names; where it is a source and ``to`` is given, it is imported first.

    Raises ``SettingError`` and ``SourceError`` as ``works.find`` and ``works.prepare`` do.
    """
    source = Path(work)
    if not to or source.is_dir() or source.name == works.STORE:
        return works.find(work, out=out)
    folder, store, _ = works.prepare(source, target=languages.find(to), source_language=from_ or None, out=out)
    store.close()
    return folder


def adopt(folder: Folder, other: Path, *, who: str = "", dry: bool = False) -> Adopted:
    """Adopt what is certain of the translation ``other``, as the wording of ``who`` (else "the translation NAME"); with ``dry`` nothing is kept.

    Raises ``SourceError`` where ``other`` cannot be read, ``SettingError`` where it is in another language than the work's target.
    """
    with Store.open(folder.store, readonly=dry) as store:
        segments = list(store.segments())
        offers, extra = _offers(store, other, segments)
        judge = judge_of(store)
        states = store.states()
        taken: list[tuple[str, Runs, tuple[Finding, ...]]] = []
        doubts: list[Doubt] = []
        doubtful: list[tuple[Segment, Runs]] = []
        kept = missing = 0
        for segment in segments:
            offer = offers.get(segment.id)
            if states[segment.id].status == "approved" and not states[segment.id].outdated:
                kept += 1
            elif offer is None:
                missing += 1
            else:
                why, findings = _doubt(segment, offer, judge, store)
                if why:
                    doubts.append(Doubt(segment.id, why, plain(segment.source, atoms=True), plain(offer.target, atoms=True)))
                    doubtful.append((segment, offer.target))
                else:
                    taken.append((segment.id, edged(rehung(offer.target, segment.source), segment.source), findings))
        if not dry:
            store.review_all(taken, who=who or f"the translation {other.name}", note=f"adopted from {other.name}")
            _remember(store, folder, other, doubtful)
    grave = sum(1 for _, _, findings in taken if any(finding.severity != "info" for finding in findings))
    return Adopted(folder, len(taken), grave, tuple(doubts), kept, missing, tuple(extra), 0 if dry or not doubtful else len(doubtful))


def _remember(store: Store, folder: Folder, other: Path, doubtful: Sequence[tuple[Segment, Runs]]) -> None:
    """Everything into the memory; the doubtful passages without their markers, as a work of its own."""
    if not memories.allowed(store):
        return
    memories.remember(store, folder)
    around = {segment.id: beside for segment, beside in surrounded(store.segments())}
    work = store.work
    identity = f"adopted:{sha256(f'{store.identity} {other.name}'.encode()).hexdigest()[:16]}"
    origin = Origin(identity, other.stem, f"{work.title} (an existing translation)", work.source_language, work.target_language)
    with memories.opened() as kept:
        kept.remember(
            origin,
            (
                Memory(
                    segment=segment.id,
                    source=segment.source,
                    target=(plain(target, atoms=True),),
                    language=work.target_language,
                    trust=Trust.EDITED,
                    kind=segment.kind,
                    around=around[segment.id],
                    who=other.name,
                    pieces=memory.pieces(segment.text, work.source_language),
                )
                for segment, target in doubtful
                if plain(target, atoms=True).strip()
            ),
        )


# --- finding what belongs together


def _offers(store: Store, other: Path, segments: Sequence[Segment]) -> tuple[dict[str, _Offer], list[str]]:
    if other.suffix.lower() in exchange.SUFFIXES:
        return _from_pairs(store, other, segments), []
    return _from_source(store, other, segments)


def _from_source(store: Store, other: Path, segments: Sequence[Segment]) -> tuple[dict[str, _Offer], list[str]]:
    target = languages.find(store.work.target_language)
    theirs = open_source(other, language=None)
    if theirs.language and languages.exists(theirs.language) and languages.code(theirs.language) != target.code:
        raise SettingError(f"{other.name} says it is in '{theirs.language}', and {store.path.parent.name} is translated into '{target.tag}': give the translation into that.")
    ratio = languages.expansion(store.work.source_language, target.tag)
    documents = list(_measured(theirs, other, sum(visible(segment.text) for segment in segments), len(segments)))
    chapters = counterparts.pair(list(results.open_store_source(store).documents()), documents, ratio=ratio, tags=(store.work.source_language, target.tag))
    names = {(segment.document, segment.address): segment for segment in segments}
    offers: dict[str, _Offer] = {}
    extra: list[str] = []
    for chapter in chapters:
        rows = chapter.counterparts
        cut = _cut_otherwise(rows)
        for place, one in enumerate(rows):
            segment = names.get((one.segment.document, one.segment.address))
            if one.how == "extra":
                extra.append(plain(one.segment.source, atoms=True))
            elif segment is not None and one.draft is not None:
                offers[segment.id] = _Offer(one.draft.target, CUT) if cut and one.by == "length" else _offer(one, rows[max(0, place - NEARBY) : place], rows[place + 1 : place + 1 + NEARBY])
    return offers, extra


def _measured(theirs: Source, other: Path, size: int, passages: int) -> Iterator[Document]:
    """The documents of ``theirs``. Raises ``SourceError`` as soon as they hold many times what the work has: that is no translation of it, and would be compared for hours."""
    signs = places = 0
    for document in theirs.documents():
        signs, places = signs + document.visible, places + len(document.slots)
        if signs > LONGER * size + MORE_SIGNS or places > FINER * passages + MORE_PASSAGES:
            raise SourceError(f"{other.name} has {signs:,} characters in {places:,} passages, if not more, the work {size:,} in {passages:,}: cut out the part that is its translation.")
        yield document


def _cut_otherwise(rows: Sequence[Counterpart]) -> bool:
    """Whether so many passages of one side are several on the other that none can be trusted to be whole."""
    found = [one.how for one in rows if one.by == "length"]
    several = sum(how in ("merged", "split") for how in found)
    return several >= SOME and several >= MANY * len(found)


def _offer(one: Counterpart, before: Sequence[Counterpart], after: Sequence[Counterpart]) -> _Offer:
    target = one.draft.target if one.draft is not None else ()
    if one.how != "pair":
        return _Offer(target, "Several passages of one side are one on the other.")
    if one.by == "address":
        return _Offer(target, certain=True)
    near = {other.how for other in (*before[-1:], *after[:1])}
    if near & {"missing", "extra"}:
        return _Offer(target, "A passage beside it has no counterpart, so the pairing may be off by one.")
    if near & {"merged", "split"}:
        return _Offer(target, "A passage beside it is one with others there, so it may hold some of their words.")
    if any(other.how in ("missing", "extra") for other in (*before, *after)) and not aligner.shared(one.segment.source, target):
        return _Offer(target, "A passage near it has no counterpart, and nothing that both sides write alike says that these belong together.")
    return _Offer(target)


def _from_pairs(store: Store, other: Path, segments: Sequence[Segment]) -> dict[str, _Offer]:
    """The pairs whose source is a segment's, word for word; several translations of one source go round in their order where there are as many as places."""
    work = store.work
    units = exchange.read(other, source=work.source_language, target=work.target_language).units
    known: dict[str, list[Runs]] = defaultdict(list)
    for unit in units:
        if unit.target:
            known[_folded(unit.source)].append(counterparts.numbered_like(unit.source, unit.target))
    places: dict[str, list[Segment]] = defaultdict(list)
    for segment in segments:
        places[_folded(segment.source)].append(segment)
    offers: dict[str, _Offer] = {}
    for words, here in places.items():
        found = known.get(words, [])
        several = len({plain(target) for target in found}) > 1
        why = "The file has several translations of it." if several and len(found) != len(here) else ""
        for place, segment in enumerate(here[: len(here) if found else 0]):
            target = found[min(place, len(found) - 1)]
            offers[segment.id] = _Offer(counterparts.numbered_like(segment.source, target), why, certain=True)
    return offers


def _folded(runs: Runs) -> str:
    return " ".join(plain(runs).split())


# --- doubting


def _doubt(segment: Segment, offer: _Offer, judge: Judge, store: Store) -> tuple[str, tuple[Finding, ...]]:
    """Why an offer is not adopted ("" where it is), and what the checks see in it."""
    offered = rehung(offer.target, segment.source)
    draft = Draft(segment.id, offered, origin="person")
    if offer.why:
        return offer.why, ()
    if not plain(offered, atoms=True).strip():
        return "There are no words.", ()
    if sorted((one.kind, one.number) for one in markers(offered)) != sorted((one.kind, one.number) for one in markers(segment.source)) or not nested(offered):
        return "Its formatting, notes or links are not those of the source.", ()
    findings = judge.findings(segment, draft, judge.terms(segment))
    few = len(plain(offered).split()) < WORDS
    left = next((finding for finding in findings if finding.check == "untranslated" and not (few and finding.severity == "info")), None)
    if left is not None:
        return left.message, findings
    if not offer.certain:
        if strange_length(segment.source, offered, usual=languages.expansion(store.work.source_language, store.work.target_language)):
            return "Its length is not that of a translation.", findings
        telling = next((finding for finding in findings if finding.check in TELLING and finding.severity != "info"), None)
        if telling is not None:
            return telling.message, findings
    if not tongues.plausible(plain(offered), store.work.target_language, store.work.source_language):
        return "It is not in the language of the translation.", findings
    return "", findings


def strange_length(source: Runs, target: Runs, *, usual: float) -> bool:
    """Whether ``target`` is so much longer or shorter than a translation of ``source`` usually is (``usual`` times as long) that it is hardly one."""
    size, other = max(1, visible(plain(source, atoms=True))), max(1, visible(plain(target, atoms=True)))
    return abs(math.log(other / size / usual)) > math.hypot(FREE, SHORTNESS / math.sqrt(size))
