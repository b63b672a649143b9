"""What the assessing model is asked: one passage in focus, its neighbours for the connection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from translate import prompts
from translate.document import Runs, Segment, Term, plain
from translate.languages import Language
from translate.models.seam import Message, Profile, Request

AROUND_WORDS = 40
MOST = 600
"""The most tokens of an answer: a dozen errors."""

SECOND_TEMPERATURE = 0.6


@dataclass(frozen=True, slots=True)
class Look:
    """A passage to be judged: its segment, the translation, the terms that occur in it, and the texts just before and after, as (source, target)."""

    segment: Segment
    target: Runs
    terms: tuple[Term, ...] = ()
    before: tuple[str, str] = ("", "")
    after: tuple[str, str] = ("", "")


def compose(look: Look, *, source: Language, target: Language, profile: Profile, vote: int = 1) -> Request:
    """The request for one passage. The second vote shows the translation first and is less sure of its words, so that agreement is worth something."""
    static = prompts.load("assess").text.format(source=source.name, target=target.name)
    pair = [f"Source: {shown(look.segment.source)}", f"Translation: {shown(look.target)}"]
    user = "\n".join((*_around(look), *_terms(look.terms), "Judge this passage:", *(pair if vote == 1 else reversed(pair))))
    messages: tuple[Message, ...] = (("system", static), ("user", user)) if profile.system else (("user", f"{static}\n\n{user}"),)
    return Request(
        messages=messages,
        most=MOST,
        temperature=profile.temperature if vote == 1 else max(profile.temperature, SECOND_TEMPERATURE),
        stop=profile.stop,
        schema=_SCHEMA if profile.schema else "",
        extra=profile.extra,
    )


def shown(runs: Runs) -> str:
    """A text as the model sees it: on one line, markers left out, each atom as what it shows; a place in it is the place in ``plain(runs, atoms=True)``."""
    return plain(runs, atoms=True).replace("\n", " ").replace("\r", " ")


def _around(look: Look) -> tuple[str, ...]:
    lines = []
    for title, (ours, theirs) in (("Before", look.before), ("After", look.after)):
        if ours or theirs:
            lines += [f"{title}:", f"> {_cut(ours, title)}", f"< {_cut(theirs, title)}"]
    return tuple(lines)


def _cut(text: str, title: str) -> str:
    """The words next to the passage."""
    words = text.split()
    if len(words) <= AROUND_WORDS:
        return " ".join(words)
    return "… " + " ".join(words[-AROUND_WORDS:]) if title == "Before" else " ".join(words[:AROUND_WORDS]) + " …"


def _terms(terms: Sequence[Term]) -> tuple[str, ...]:
    return ("Terms:", *(f"- {term.source} = {' / '.join(term.forms)}" for term in terms)) if terms else ()


_ERROR = {
    "type": "object",
    "properties": {
        "category": {"type": "string"},
        "severity": {"type": "string", "enum": ["critical", "major", "minor"]},
        "span": {"type": "string"},
        "why": {"type": "string"},
    },
    "required": ["category", "severity", "span", "why"],
    "additionalProperties": False,
}
_SCHEMA = json.dumps(
    {"type": "object", "properties": {"errors": {"type": "array", "items": _ERROR}}, "required": ["errors"], "additionalProperties": False},
    separators=(",", ":"),
)
