"""The first stage of a run: the work is read once, and what it should settle is proposed for the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from translate import glossary, languages, prescan, settings
from translate.document import NAMES, Decision, Document, LedgerLine, Segment
from translate.errors import NotTaken, SettingError
from translate.exchange import ledger as table
from translate.formats import open_source
from translate.languages import Language
from translate.models.seam import DirectModel, Model, Profile, Reply
from translate.pipeline import memories
from translate.pipeline.recall import Recall, Wanted
from translate.pipeline.running.caller import Answered, Caller
from translate.pipeline.running.precedents import Precedents
from translate.pipeline.running.quote import Range
from translate.pipeline.voice import Voice
from translate.prescan import Candidate, asking
from translate.store import DocumentRow, Store

WHO = "statistics"
"""Who proposes a line before a model has seen it."""

JUDGED = "judged among the candidates"
"""Why a line stands as it does once a model has seen it."""

LEAST_WORDS = 3000
"""A shorter work is a few requests, and not worth a pass of its own."""

MOST_DOCUMENTS = 1500
"""Of a source with more documents only so many are read at most, chosen by hash; memory grows by about 0.15 MB for each (measured with a wiki's pages)."""
MOST_SHARES = 1 << 30

Page = TypeVar("Page", Document, DocumentRow)

ASKED, ASKED_PER_THOUSAND = 60, 2.0
"""So many candidates, and so many more for each thousand words, are shown to a model; names are always."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What the model's part would take: requests, and tokens of prompt and answer."""

    requests: int
    prompt: Range
    answer: Range


def propose(store: Store, known: Precedents) -> tuple[Candidate, ...]:
    """Read the present version, and put what it should settle into the ledger, each line once; renderings that are known come with them.

    Gives back the candidates that no model has seen yet. A version that was read before is not read again for what a person or a model has decided since.
    """
    number = store.version().number
    why = f"version {number} of the source"
    held = store.ledger()
    found: tuple[Candidate, ...] = ()
    if not any(one.why == why for one in store.ledger_history() if one.origin == "prescan"):
        found = _scan(store)
        there = {one.line.key for one in held}
        fresh = known.applied(one.line for one in found if one.line.key not in there)
        store.decide(Decision(line, "proposed", "prescan", WHO, why) for line in fresh)
        held = store.ledger()
    if _judged_since(store):
        return ()
    waiting = {one.line.key for one in held if one.origin == "prescan" and one.who == WHO and one.line.open}
    return tuple(one for one in found or _scan(store) if one.line.key in waiting) if waiting else ()


def _judged_since(store: Store) -> bool:
    """Whether a model has looked since the last candidates came in: those that it was not shown then are not worth a further pass."""
    history = [one for one in store.ledger_history() if one.origin == "prescan"]
    return max((one.id for one in history if one.why == JUDGED), default=0) > max((one.id for one in history if one.who == WHO), default=0)


def _scan(store: Store) -> tuple[Candidate, ...]:
    return prescan.scan(_read(store), store.work.source_language)


def _read(store: Store) -> Iterator[Segment]:
    """The passages that the prescan reads: those of the content, or of a share of its documents where they are very many."""
    for document in sampled(one for one in store.documents() if one.kind == "content")[1]:
        yield from store.segments(document.name)


def to_ask(store: Store, candidates: Sequence[Candidate], profile: Profile) -> tuple[Candidate, ...]:
    """Those that a model of this profile is asked about: none where it cannot judge, or where the work is so short that it has one voice anyway."""
    if not candidates or not asking.can_answer(profile):
        return ()
    words = sum(len(segment.text.split()) for segment in _read(store))
    return shown(candidates, words) if words >= LEAST_WORDS else ()


def shown(candidates: Sequence[Candidate], words: int) -> tuple[Candidate, ...]:
    """Those that a model is asked about: the surest of a work of so many words, and every name."""
    most = int(ASKED + ASKED_PER_THOUSAND * words / 1000)
    return tuple(one for place, one in enumerate(candidates) if place < most or one.line.sort in NAMES)


async def judge(candidates: Sequence[Candidate], caller: Caller, voice: Voice, pair: tuple[Language, Language], lanes: int) -> tuple[Decision, ...]:
    """What the model makes of the candidates, asked in ``lanes`` side by side, as decisions to be stored: a rendering, or that it is no term.

    A rendering of "rate of profit" that has another word for "profit" than the glossary is none: the line stays open.

    Raises ``ModelError`` and ``BudgetReached`` as the caller does.
    """
    source, target = pair
    asked = tuple(asking.questions(candidates, source, target, caller.model.profile, lanes=lanes))

    async def one(question: asking.Question) -> Answered | None:
        try:
            return await caller.ask(question.request, purpose="prescan", prompt=question.prompt, segments=())
        except NotTaken:
            return None

    answers = await asyncio.gather(*map(one, asked))
    out = []
    for question, answer in zip(asked, answers, strict=True):
        read = asking.read(question, answer.reply.text, cut=answer.reply.finish == "length") if answer is not None else ()
        verdicts = {verdict.line.key: verdict for verdict in read}
        for candidate in question.candidates:
            verdict = verdicts.get(candidate.line.key, asking.Verdict(candidate.line, wanted=True))
            line = verdict.line if _agrees(verdict.line, voice, target.tag) else replace(verdict.line, target="")
            out.append(Decision(line, "proposed" if verdict.wanted else "rejected", "prescan", caller.model.name, JUDGED))
    return tuple(out)


def _agrees(line: LedgerLine, voice: Voice, target: str) -> bool:
    """Whether the rendering has what is settled for the words in the line."""
    return not line.target or all(term.soft or glossary.accepted(term, line.target, target) is not None for term in voice.occurring(line.lemma))


def cost(candidates: Sequence[Candidate], model: Model, source: Language, target: Language, lanes: int) -> Cost:
    """What asking about the candidates in ``lanes`` side by side would take."""
    asked = tuple(asking.questions(candidates, source, target, model.profile, lanes=lanes))
    sent = sum(model.count("\n".join(text for _, text in one.request.messages)) for one in asked)
    lines = sum(len(one.candidates) for one in asked)
    return Cost(len(asked), Range(sent, sent), Range(lines * 6, lines * asking.ANSWER_TOKENS))


# --- without a work ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Extracted:
    """What ``extract`` found in a source of ``language``: the candidates, the surest first, with renderings where one is known or a model gave one.

    How many ``requests`` that took; of how many candidates the model was ``asked``, has ``answered``, and ``rejected`` as no terms.
    ``read`` says how many documents were read, of how many: of a wiki with very many pages a share.
    """

    candidates: tuple[Candidate, ...]
    language: str
    requests: int = 0
    asked: int = 0
    answered: int = 0
    rejected: int = 0
    read: tuple[int, int] = (0, 0)


def extract(source: Path, *, language: str | None = None, glossaries: Iterable[Path] = (), to: str | None = None, memory: bool = True) -> Extracted:
    """The ledger that a source should have, by statistics, with what the glossaries know, and (with ``to`` and ``memory``) what people settled in earlier works.

    Raises ``SourceError`` and ``GlossaryError``, and ``StoreError`` where there is a memory that cannot be used.
    """
    book = open_source(source, language=language)
    spoken = languages.find(language or book.language or "en").tag
    read, documents = sampled(document for document in book.documents() if document.kind == "content")
    segments = [Segment(f"{document.name}#{slot.address}", document.name, slot.address, slot.kind, slot.source, slot.trail) for document in documents for slot in document.slots]
    terms = glossary.load_stack(tuple(glossaries), source=spoken, target=languages.find(to).tag if to else spoken)
    found = prescan.scan(segments, spoken)
    with ExitStack() as open_:
        recall = None
        if memory and to and settings.workspace().exists():
            wanted = Wanted("", "", languages.find(spoken), languages.find(to), frozenset())
            recall = Recall(open_.enter_context(memories.opened()), wanted)
        lines = Precedents(terms, recall, language=spoken).applied(one.line for one in found)
    return Extracted(tuple(replace(one, line=line) for one, line in zip(found, lines, strict=True)), spoken, read=(len(documents), read))


def sampled(documents: Iterable[Page], most: int = MOST_DOCUMENTS) -> tuple[int, list[Page]]:
    """How many there are, and all of them, or, where they are more than ``most`` (the pages of a wiki), a share of them by the hashes of their names; memory stays flat."""
    kept: list[Page] = []
    share, number = 1, 0
    for document in documents:
        number += 1
        if crc32(document.name.encode("utf-8", "surrogatepass")) % share:
            continue
        kept.append(document)
        while len(kept) > most and share < MOST_SHARES:
            share *= 2
            kept = [one for one in kept if crc32(one.name.encode("utf-8", "surrogatepass")) % share == 0]
    return number, kept


def translated(found: Extracted, model: Model | DirectModel, *, language: str, to: str) -> Extracted:
    """The candidates as ``model`` judges and renders them: those that are no terms are left out. One pass, in as many requests as the model takes side by side.

    Raises ``SettingError`` where the model cannot judge, and ``ModelError`` as the model does.
    """
    if isinstance(model, DirectModel) or not asking.can_answer(model.profile):
        raise SettingError(f"{model.name} cannot judge words: leave --model out, or name a model that follows instructions (see 'dragoman models').")
    asked = tuple(asking.questions(found.candidates, languages.find(language), languages.find(to), model.profile, lanes=model.jobs))

    async def ask_all(model: Model) -> list[Reply]:
        gate = asyncio.Semaphore(model.jobs)

        async def one(question: asking.Question) -> Reply:
            async with gate:
                return await model.complete(question.request)

        async with aclosing(model):
            return await asyncio.gather(*map(one, asked))

    replies = asyncio.run(ask_all(model))
    said = {verdict.line.key: verdict for question, reply in zip(asked, replies, strict=True) for verdict in asking.read(question, reply.text, cut=reply.finish == "length")}
    kept = []
    for one in found.candidates:
        verdict = said.get(one.line.key)
        if verdict is None or verdict.wanted:
            kept.append(one if verdict is None else replace(one, line=verdict.line))
    rejected = len(found.candidates) - len(kept)
    return Extracted(tuple(kept), found.language, len(asked), sum(len(question.candidates) for question in asked), len(said), rejected, found.read)


def as_table(candidates: Iterable[Candidate]) -> str:
    """The candidates as a table that ``dragoman ledger import`` and a spreadsheet read."""
    return table.write(table.Row(one.line, "proposed", one.count, one.places[0] if one.places else "", one.context[0] if one.context else "") for one in candidates)


def record(one: Candidate) -> dict[str, object]:
    """A candidate in plain values, for JSON."""
    line = one.line
    told: dict[str, object] = {"sort": str(line.sort), "source": line.lemma, "target": line.target, "count": one.count, "score": round(one.score, 2)}
    more = ("gender", "number", "expansion", "speaker", "addressee", "address", "note")
    told |= {name: getattr(line, name) for name in more if getattr(line, name)}
    return told | {"variants": list(line.variants), "places": list(one.places), "context": list(one.context)}
