"""Tries a model on a dozen sentences, and writes down how it is best asked: its profile.

Each form of asking is used as a run would use it, and judged by the checks that a run uses.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from translate import checker, checks, glossary, languages, models, translator
from translate.checks import Facts, Pair
from translate.chunker import Piece
from translate.document import Draft, Kind, Marker, Segment, Term, markers, normal
from translate.errors import ModelRefused, NotTaken, SettingError
from translate.languages import Language
from translate.models import profiles
from translate.models.seam import DirectModel, Model, Profile, Request

SENTENCES = (
    "The old printing house stood between the river and the railway.",
    "Nobody had told the women at the folding table what the new rates would be.",
    "In 1871 the workers of the city held power for seventy-two days.",
    "She read the <1>last</1> page twice and put it down.",
    "“We have no time left,” he said, and locked the door.",
    "The strike lasted eleven weeks and cost the owners 4,500 pounds.",
    "A footnote<1/> in the second edition corrects the date.",
    "Their newspaper, the <1>Morning Bell</1>, was printed at night.",
    "What is produced by all should belong to all.",
    "The machine was never silent, and no one remembered who had first started it.",
    "See <1>the third chapter</1> for the <2>working day</2> before 1850.",
    "It was raining when the last of them came home.",
)
GLOSSARY = {
    "de": (Term("strike", "Streik"), Term("newspaper", "Zeitung"), Term("working day", "Arbeitstag")),
    "es": (Term("strike", "huelga"), Term("newspaper", "periódico"), Term("working day", "jornada laboral")),
    "fr": (Term("strike", "grève"), Term("newspaper", "journal"), Term("working day", "journée de travail")),
    "it": (Term("strike", "sciopero"), Term("newspaper", "giornale"), Term("working day", "giornata lavorativa")),
}
TAG = re.compile(r"<(/?)(\d+)(/?)>")

IN_CHUNKS = 6
GOOD = 0.75
"""The share of sentences without an error that a form must reach to be taken, if any does."""

NEARLY = 0.1
"""So much worse than the best form a form may be if it is cheaper."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way of asking, and how it went. The figures are shares (0-1) of the sentences that they concern; ``ids`` of those that were answered at all."""

    unit: str
    reply: str
    schema: bool
    ids: float
    markers: float
    terms: float
    sound: float


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a trial: the profile that was written and where, every form that was tried, and the speed in tokens per second."""

    model: str
    profile: Profile
    file: Path
    forms: tuple[Form, ...]
    prompt_speed: float
    answer_speed: float


def measure(spec: str, *, base_url: str | None = None, source: str = "en", target: str = "de", model: Model | None = None, folder: Path | None = None) -> Tried:
    """Try the model that ``spec`` names (or ``model``) and write its profile into the user's config folder (or ``folder``).

    Raises ``SettingError`` where there is nothing to try, and ``ModelError`` where the model cannot be asked.
    """
    opened = model or models.open_model(spec, base_url=base_url, watch=checks.looping)
    if isinstance(opened, DirectModel):
        raise SettingError(f"'{spec}' needs no trial: it asks no language model.")
    if languages.find(source).code != "en":
        raise SettingError("The sentences of the trial are English: leave --from out.")
    return asyncio.run(_measured(opened, languages.find(source), languages.find(target), folder))


def as_value(tried: Tried) -> dict[str, object]:
    """The outcome for ``--json``."""
    return {**asdict(tried), "file": str(tried.file)}


def as_lines(tried: Tried) -> list[str]:
    """The outcome for a terminal."""
    lines = [f"{tried.model}: {tried.prompt_speed:.0f} tokens of prompt and {tried.answer_speed:.1f} tokens of answer per second."]
    for form in tried.forms:
        how = f"{form.unit}, answered as {form.reply}{' held by a schema' if form.schema else ''}"
        figures = f"answered {form.ids:.0%}, markers kept {form.markers:.0%}, terms followed {form.terms:.0%}, free of errors {form.sound:.0%}"
        lines.append(f"  by the {how}: {figures}")
    profile = tried.profile
    lines.append(f"It is asked by the {profile.unit}, {'with' if profile.markers else 'without'} markers, and answers as {profile.reply}.")
    lines.append(f"The profile is in {tried.file}; delete that file to go back.")
    return lines


async def _measured(model: Model, source: Language, target: Language, folder: Path | None) -> Tried:
    async with aclosing(model):
        speed = await _prompt_speed(model)
        runs = [await _form(model, candidate, source, target) for candidate in _candidates(model.profile)]
    found = [(profile, form) for profile, form, _, _ in runs if form is not None]
    if not found:
        raise ModelRefused(f"{model.name} refused every form of asking: see what it takes with 'dragoman models', and check --model.")
    profile, form = _best(found)
    tokens, seconds = sum(run[2] for run in runs), sum(run[3] for run in runs)
    kept = replace(profile, name=model.name, markers=form.markers >= GOOD)
    return Tried(model.name, kept, profiles.keep(kept, folder=folder), tuple(form for _, form in found), speed, tokens / max(seconds, 1e-3))


def _candidates(profile: Profile) -> tuple[Profile, ...]:
    """The forms to try, the cheapest first: a chunk pays for its prompt once."""
    if profile.form == "examples":
        return (replace(profile, unit="sentence", reply="text", markers=True),)
    base = replace(profile, markers=True, schema=False, grammar=False)
    return (
        replace(base, unit="chunk", reply="lines"),
        replace(base, unit="chunk", reply="json", schema=True),
        replace(base, unit="segment", reply="text"),
    )


def _best(found: Sequence[tuple[Profile, Form]]) -> tuple[Profile, Form]:
    """The first form that is good and nearly as good as the best, else the best."""
    top = max(form.sound for _, form in found)
    fitting = [(profile, form) for profile, form in found if form.sound >= max(GOOD, top - NEARLY)]
    return fitting[0] if fitting else max(found, key=lambda each: each[1].sound)


async def _form(model: Model, profile: Profile, source: Language, target: Language) -> tuple[Profile, Form | None, int, float]:
    """The form tried on all sentences: its figures (None where the model refuses it), tokens answered and seconds.

    A server may refuse a form that others take (a schema, say); that a key is refused, it has said at the first request.
    """
    brief = translator.Brief(source, target, profile, model.count)
    terms = GLOSSARY.get(target.code, ())
    matcher = glossary.Matcher(terms, source.code)
    segments = _segments()
    size = IN_CHUNKS if profile.unit == "chunk" else 1
    drafts: dict[str, Draft] = {}
    tokens, seconds = 0, 0.0
    for start in range(0, len(segments), size):
        pieces = [Piece(segment, segment.source) for segment in segments[start : start + size]]
        found = tuple(dict.fromkeys(term for piece in pieces for term in matcher.occurring(piece.segment.text)))
        ask = translator.compose(pieces, brief=brief, context=translator.Context(), terms=found)
        try:
            reply = await model.complete(ask.request)
        except (ModelRefused, NotTaken):
            return profile, None, tokens, seconds
        tokens, seconds = tokens + reply.usage.answer, seconds + reply.seconds
        for answer in translator.read(ask, reply.text):
            segment = answer.piece.segment
            draft = Draft(segment.id, answer.runs, model=model.name, finish=reply.finish, strays=answer.strays)
            facts = Facts(source.tag, target.tag)
            drafts[segment.id] = checker.fix(Pair(segment, draft), facts)
    return profile, _judged(profile, segments, drafts, matcher, source, target), tokens, seconds


def _judged(profile: Profile, segments: Sequence[Segment], drafts: dict[str, Draft], matcher: glossary.Matcher, source: Language, target: Language) -> Form:
    answered = [Pair(segment, drafts[segment.id]) for segment in segments if segment.id in drafts]
    marked = [segment for segment in segments if markers(segment.source)]
    with_terms = [(segment, matcher.occurring(segment.text)) for segment in segments if matcher.occurring(segment.text)]
    complaints = {pair.segment.id: checker.check(pair, Facts(source.tag, target.tag, tuple(matcher.occurring(pair.segment.text)))) for pair in answered}
    faults = {name: {finding.check for finding in found} for name, found in complaints.items()}
    errors = {name for name, found in complaints.items() if any(finding.severity == "error" for finding in found)}
    return Form(
        profile.unit,
        profile.reply,
        profile.schema,
        ids=len(answered) / len(segments),
        markers=_share([segment.id in faults and "markers" not in faults[segment.id] for segment in marked]),
        terms=_share([segment.id in faults and "terms" not in faults[segment.id] for segment, _ in with_terms]),
        sound=_share([segment.id in faults and segment.id not in errors for segment in segments]),
    )


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else 1.0


async def _prompt_speed(model: Model) -> float:
    """Tokens of a prompt that are read in a second: a long one, answered with one token."""
    text = " ".join(SENTENCES)
    request = Request(prompt=text, most=1) if model.profile.form == "examples" else Request(messages=(("user", text),), most=1, extra=model.profile.extra)
    reply = await model.complete(request)
    return (reply.usage.prompt - reply.usage.cached) / max(reply.seconds, 1e-3)


def _segments() -> tuple[Segment, ...]:
    return tuple(Segment(f"t{number}", "trial", str(number), Kind.PARAGRAPH, normal(_runs(sentence))) for number, sentence in enumerate(SENTENCES))


def _runs(text: str) -> list[str | Marker]:
    """A sentence of the trial as runs; ``<1>`` … ``</1>`` and ``<1/>`` are markers."""
    runs: list[str | Marker] = []
    end = 0
    kind: Literal["open", "close", "atom"]
    for tag in TAG.finditer(text):
        kind = "close" if tag[1] else "atom" if tag[3] else "open"
        runs += [text[end : tag.start()], Marker(kind, int(tag[2]), "note" if tag[3] else "em")]
        end = tag.end()
    return [*runs, text[end:]]
