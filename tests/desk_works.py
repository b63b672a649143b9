"""Works for the tests of the review: a book with everything that is hard to show, translated with faults by a scripted model."""

from __future__ import annotations

import re
from pathlib import Path

from tests import works
from translate.models.scripted import Scripted
from translate.models.seam import Profile, Request
from translate.pipeline import order as orders
from translate.pipeline.progress import Silent
from translate.pipeline.works import Folder

LONG = " ".join(f"The {word} of the long night came and went before the printer could count to {number}." for number, word in enumerate(["lamp", "wind", "clock", "dog"] * 8, 30))
VERSE = "The night is long,<br/>the press is <em>cold</em>,<br/>and number 20 sings its song."
TABLE = "A price list of 1921.</p><table><tr><th>What</th><th>Price</th></tr><tr><td>Old type</td><td>12 shillings</td></tr><tr><td>New ink</td><td>25 shillings</td></tr></table><p>So it went."
LINKED = 'The <em>old</em> <strong>press</strong> stood in <a href="c1.xhtml">house 24</a><sup>2</sup>, and <em>nobody</em> slept.'
CHAPTERS = (
    (*(f"The <em>old</em> press of house {number} ran all night, and nobody slept in street {number + 20}." for number in range(6)), LINKED),
    (VERSE, TABLE, LONG, "The old press was the pride of the town. The printer said so 21 times."),
)
FOREIGN = {
    "ar": "وقف الرجل العجوز أمام المطبعة القديمة طوال الليل ولم ينم أحد في الشارع",
    "he": "האיש הזקן עמד מול בית הדפוס הישן כל הלילה ואיש לא ישן ברחוב",
    "ja": "老人は一晩中古い印刷機の前に立ち、通りでは誰も眠らなかった",
    "de": "",
}


def faulty(request: Request) -> str:
    """Answers in which some of the numbers are wrong."""
    return re.sub(r"\b2([135])\b", r"9\1", works.answer(request))


def foreign(words: str, request: Request) -> str:
    """Answers in another script: the same words for every passage, with its markers and some of its numbers."""
    lines = []
    for label, text in works.asked(request):
        marks = re.findall(r"<[^>]+>", text)
        numbers = re.findall(r"\b(?!2[135]\b)\d+\b", re.sub(r"<[^>]+>", "", text))
        parts = words.split() if " " in words else [words]
        lines.append(f"{label}| " + " ".join([parts[0], *(f"{mark}{parts[(n + 1) % len(parts)]}" for n, mark in enumerate(marks)), *parts[1:], *numbers]))
    return "\n".join(lines)


def translated(out: Path, *, to: str = "de", base_url: str | None = None, name: str = "small", **wanted: object) -> Folder:
    """A book that a model with faults has translated into ``to``; ``base_url`` is where its model is asked again later."""
    source = works.epub(out.parent / f"{name}.epub", CHAPTERS, title=f"A Small Book ({to})")
    words = FOREIGN[to]
    model = Scripted((lambda request: foreign(words, request)) if words else faulty, profile=Profile("scripted", chunk=120))
    order = orders.Order(source, to, model="hosted:bench" if base_url else "scripted", base_url=base_url, out=out, tries=1, jobs=1, **wanted)  # type: ignore[arg-type]
    return orders.carry_out(order, Silent(), model=model).folder
