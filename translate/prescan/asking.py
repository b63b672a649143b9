"""What a model makes of the candidates: one cheap pass over them and their sentences, never over the book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from translate import prompts
from translate.document import NAMES, LedgerLine, Sort
from translate.languages import Language
from translate.models.seam import Profile, Request
from translate.prescan import Candidate

BATCH, LEAST = 40, 12
"""The most candidates of one request, and the fewest that are worth one of their own where requests go side by side."""

ANSWER_TOKENS = 24
"""The most that an answer line takes, about."""

SENTENCE = 110
"""Signs of the sentence that is shown with a candidate."""

_LINE = re.compile(r"^\s*(\d{1,5})\s*[|｜]\s*([^|｜]+?)\s*(?:[|｜]\s*(.*?)\s*)?$")


@dataclass(frozen=True, slots=True)
class Question:
    """One request with the candidates it is about, numbered from 1, and the version of its prompt."""

    request: Request
    candidates: tuple[Candidate, ...]
    prompt: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the model said of a candidate: its line with sort and rendering, or that it is no term."""

    line: LedgerLine
    wanted: bool


def can_answer(profile: Profile) -> bool:
    """Whether a model of this profile can judge candidates: one that follows instructions and takes several passages in one request."""
    return profile.form == "chat" and profile.unit == "chunk"


def questions(candidates: Sequence[Candidate], source: Language, target: Language, profile: Profile, *, lanes: int = 1) -> Iterator[Question]:
    """The requests that ask about the candidates, in their order, so many that ``lanes`` side by side have one each where that is worth it.

    Lines of who speaks to whom, and what has a rendering, are not asked.
    """
    asked = [one for one in candidates if one.line.sort != Sort.ADDRESS and one.line.open]
    text = prompts.load("terms")
    static = text.text.format(source=source.name, target=target.name)
    size = min(BATCH, max(LEAST, -(-len(asked) // lanes)))
    for start in range(0, len(asked), size):
        batch = tuple(asked[start : start + size])
        body = "\n".join(f"{number}| {_told(one)}" for number, one in enumerate(batch, 1))
        messages = (("system", static), ("user", body)) if profile.system else (("user", f"{static}\n\n{body}"),)
        request = Request(
            messages=messages,  # type: ignore[arg-type]
            most=ANSWER_TOKENS * len(batch) + 40,
            temperature=profile.temperature,
            stop=profile.stop,
            extra=profile.extra,
        )
        yield Question(request, batch, text.version)


def _told(one: Candidate) -> str:
    expansion = f" = {one.line.expansion}" if one.line.expansion else ""
    sentence = one.context[0] if one.context else ""
    place = sentence.casefold().find(one.line.lemma.casefold())
    start = max(0, place - SENTENCE // 2) if len(sentence) > SENTENCE else 0
    return f"{one.line.lemma}{expansion} ({one.line.sort}): {sentence[start : start + SENTENCE]}".rstrip(": ")


def read(question: Question, reply: str, *, cut: bool = False) -> tuple[Verdict, ...]:
    """What a reply says of the candidates it was asked about; those it says nothing clear of are left out, and the last line of one that was ``cut`` off."""
    found: dict[int, Verdict] = {}
    rows = reply.rstrip().splitlines()
    for row in rows[:-1] if cut else rows:
        match = _LINE.match(row)
        number = int(match[1]) if match else 0
        if match and 1 <= number <= len(question.candidates) and number not in found:
            verdict = _verdict(question.candidates[number - 1].line, match[2].casefold(), match[3] or "")
            if verdict is not None:
                found[number] = verdict
    return tuple(found[number] for number in sorted(found))


def _verdict(line: LedgerLine, kind: str, rendering: str) -> Verdict | None:
    if kind.strip(" .") == "no":
        return Verdict(line, wanted=False)
    if kind not in tuple(Sort) or kind == Sort.ADDRESS or not _sane(line, rendering):
        return None
    sort = Sort(kind)
    named = {line.sort, sort} & NAMES and not {line.sort, sort} <= NAMES
    return Verdict(replace(line, sort=line.sort if named else sort, target=rendering), wanted=True)


def _sane(line: LedgerLine, rendering: str) -> bool:
    """Whether the rendering can be one: it has letters, is no sentence, and holds nothing that belongs to the form of the answer."""
    words = len(rendering.split())
    return any(map(str.isalnum, rendering)) and words <= 3 * len(line.lemma.split()) + 4 and len(rendering) < 120 and not set(rendering) & set("\n|<>{}")
