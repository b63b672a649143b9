"""One voice in a work that many translate at once: a scripted model gives each new name one of three renderings by chance, eight lanes side by side.

The same book is translated by a model that always gives a name the same rendering; what the first takes more, in tokens, is the price of one voice.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.tables import Row, dated, markdown, plain, replace_section
from tests import works
from translate.models.scripted import Scripted
from translate.models.seam import Profile, Reply, Request, Usage
from translate.models.tokens import estimate
from translate.pipeline import ledger, order
from translate.pipeline.progress import Silent
from translate.store import Store

LANES = 8
CHAPTERS, PARAGRAPHS = 16, 30
FIRST, LAST = ("Khar", "Vold", "Zhel", "Brun", "Tasm", "Gorv", "Mirk", "Sevd"), ("zin", "emar", "avko")
NAMES = tuple(f"{first}{last}" for first in FIRST for last in LAST)
RENDERINGS = {name: tuple(f"{front}{'aeiou'[place % 5]}{'lmnrst'[place // 5]}{back}" for front, back in (("B", "ord"), ("Kl", "ack"), ("W", "eich"))) for place, name in enumerate(NAMES)}
"""The three renderings of each name: three words that have nothing in common, with it or with each other."""

_NAMED = re.compile(r"^New names: (.+?)\. After the last passage", re.MULTILINE)
_TERM = re.compile(r"^- (\w+) = (\w+)", re.MULTILINE)


@dataclass(slots=True)
class Whim:
    """Answers requests: obeys the terms it is given, renders every other name by chance, or always alike where it is ``steady``; says which it used where it is asked."""

    steady: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def __call__(self, request: Request) -> Reply:
        """The reply, with the tokens that it and its request have."""
        user = "\n".join(text for role, text in request.messages if role == "user")
        settled = dict(_TERM.findall(user))
        told = re.findall(r"“(\w+)” is rendered as “(\w+)” in this work", user)
        used = {name: settled.get(name) or dict(told).get(name) or self._rendering(name) for name in NAMES}
        lines = [f"{label}| {_words(text, used)}" for label, text in works.asked(request)]
        wanted = _NAMED.search(request.messages[-1][1])
        lines += [f"@ {name} = {used[name]}" for name in (wanted[1].split("; ") if wanted else ())]
        text = "\n".join(lines)
        return Reply(text, "stop", Usage(estimate("\n".join(said for _, said in request.messages)), estimate(text)), "whim")

    def _rendering(self, name: str) -> str:
        return RENDERINGS[name][0] if self.steady else self.chance.choice(RENDERINGS[name])


def _words(text: str, used: dict[str, str]) -> str:
    """The translation of a passage: names as they are used, other words turned about."""
    return re.sub(r"[A-Za-z]{2,}", lambda match: used.get(match[0]) or works.word(match), text)


def book(folder: Path, *, chapters: int = CHAPTERS, paragraphs: int = PARAGRAPHS) -> Path:
    """A book in which the names come up again and again, in every chapter."""
    chance = random.Random(3)
    verbs, things = ("carried", "mended", "sold", "counted", "hid"), ("lantern", "ladder", "barrel", "engine", "letter")
    texts = [
        [
            f"On day {100 * chapter + number} the printers saw {chance.choice(NAMES)}, who {chance.choice(verbs)} the {chance.choice(things)} for {chance.choice(NAMES)} by the river."
            for number in range(paragraphs)
        ]
        for chapter in range(chapters)
    ]
    return works.epub(folder / "names.epub", texts)


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one run: tokens, requests, and the renderings of each name that stand in the finished work."""

    tokens: int
    requests: int
    renderings: dict[str, frozenset[str]]
    success: ledger.Success
    flagged: int


def translate(folder: Path, model: Whim, *, chapters: int = CHAPTERS, paragraphs: int = PARAGRAPHS) -> Told:
    """Translate the book with eight lanes at once; replies come in another order than their requests."""
    source = book(folder, chapters=chapters, paragraphs=paragraphs)
    scripted = _Uneven(model, profile=Profile("whim", chunk=160), jobs=LANES)
    made = order.carry_out(order.Order(source=source, to="de", out=folder / "out", jobs=LANES, memory="off"), Silent(), model=scripted)
    with Store.open(made.folder.store) as store:
        spent, success = store.spent(), ledger.success(store)
        seen: dict[str, set[str]] = {name: set() for name in NAMES}
        flagged = 0
        for pair in store.pairs():
            flagged += pair.status == "flagged"
            for name in NAMES:
                if pair.draft is not None and name in pair.segment.text:
                    seen[name].update(word for word in re.findall(r"\w+", pair.draft.text) if word in RENDERINGS[name])
    return Told(spent.prompt + spent.answer, spent.requests, {name: frozenset(found) for name, found in seen.items()}, success, flagged)


class _Uneven(Scripted):
    """A scripted model whose answers take longer and shorter."""

    async def complete(self, request: Request) -> Reply:
        """The next answer, a moment later."""
        await asyncio.sleep(0.001 * (len(request.messages[-1][1]) % 7))
        return await Scripted.complete(self, request)


def rows(*, chapters: int = CHAPTERS, paragraphs: int = PARAGRAPHS) -> list[Row]:
    """The measurement."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        whim = translate(Path(one), Whim(), chapters=chapters, paragraphs=paragraphs)
        steady = translate(Path(other), Whim(steady=True), chapters=chapters, paragraphs=paragraphs)
    alike = sum(len(found) == 1 for found in whim.renderings.values() if found)
    present = sum(bool(found) for found in whim.renderings.values())
    more = whim.tokens / steady.tokens - 1
    said = f"{LANES} lanes, {present} names, {whim.requests} requests against {steady.requests}"
    ltcr = whim.success.ltcr or 0.0
    return [
        Row("One rendering per name in the finished work", f"{alike} of {present}", "all", "", alike == present, said),
        Row("Tokens more than with a model that is consistent", f"{more:+.1%}", "≤ 15 %", "", more <= 0.15, f"{whim.tokens:,} against {steady.tokens:,}"),
        Row("Consistency over ledger lines (LTCR)", f"{ltcr:.3f}", "", "", None, f"{whim.success.kept} of {whim.success.wanted} places have the settled rendering"),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say whether every number is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, help="put the table into this file, in the place of the one there")
    given = parser.parse_args(arguments)
    found = rows()
    print(plain(found))
    if given.write:
        replace_section(given.write, "voice", dated(markdown(found)))
    return 0 if all(row.reached in (True, None) for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
