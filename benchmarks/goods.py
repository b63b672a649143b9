"""Good translations to plant faults in: the corpus' human ones, and a small sample of our own."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path

from translate import languages
from translate.checks import Facts, Pair, Ratios
from translate.document import Draft, Kind, Marker, Runs, Segment, normal
from translate.pipeline.counterparts import numbered_like

HERE = Path(__file__).parent
BOOKS = (
    ("developers-reference-de", "developers-reference.epub", "developers-reference-de.epub", "de"),
    ("developers-reference-fr", "developers-reference.epub", "developers-reference-fr.epub", "fr"),
    ("calibre-quickstart-de", "calibre-quickstart.eng.epub", "calibre-quickstart.deu.epub", "de"),
    ("calibre-quickstart-fr", "calibre-quickstart.eng.epub", "calibre-quickstart.fra.epub", "fr"),
)
"""Name, source, translation, and its language; the sources are English."""


@dataclass(frozen=True, slots=True)
class Good:
    """A good translation: its pairs in reading order, and what its own lengths teach."""

    name: str
    target: str
    pairs: tuple[Pair, ...]
    ratios: Ratios = field(default_factory=Ratios)

    @property
    def facts(self) -> Facts:
        """What the checks are told."""
        return Facts("en", self.target, ratios=self.ratios)

    def documents(self) -> tuple[tuple[Pair, ...], ...]:
        """The pairs, document by document."""
        return tuple(tuple(group) for _, group in groupby(self.pairs, key=lambda pair: pair.segment.document))


@cache
def human(corpus: Path) -> tuple[Good, ...]:
    """The human translations of the corpus: passages at the same address, without those that were not translated at all; markers numbered as in the source."""
    return tuple(_taught(Good(name, target, _pairs(corpus / source, corpus / translation))) for name, source, translation, target in BOOKS)


def _pairs(source: Path, translation: Path) -> tuple[Pair, ...]:
    from translate.formats import open_source

    theirs = {(slot.document, slot.address): slot.source for one in open_source(translation).documents() for slot in one.slots}
    found = []
    for slot in (slot for one in open_source(source, language="en").documents() for slot in one.slots if slot.mirrors is None):
        text = theirs.get((slot.document, slot.address))
        if text is not None and text != slot.source:
            segment = Segment(f"{slot.document} {slot.address}", slot.document, slot.address, slot.kind, slot.source)
            found.append(Pair(segment, Draft(segment.id, numbered_like(slot.source, text))))
    return tuple(found)


@cache
def own() -> tuple[Good, ...]:
    """Our own sample, one translation for each language."""
    rows = tomllib.loads((HERE / "sample.toml").read_text(encoding="utf-8"))["passages"]
    return tuple(_taught(Good(f"our sample-{tag}", tag, tuple(_pair(number, row, tag) for number, row in enumerate(rows)))) for tag in ("de", "fr"))


def _pair(number: int, row: dict[str, str], tag: str) -> Pair:
    segment = Segment(f"p{number}", "sample", f"/{number}", Kind(row["kind"]), runs_of(row["en"]))
    return Pair(segment, Draft(segment.id, runs_of(row[tag])))


def runs_of(text: str) -> Runs:
    """Runs from the spelling of the sample: ``<1>…</1>`` is emphasis, ``<1/>`` a note."""
    out: list[str | Marker] = []
    end = 0
    for match in re.finditer(r"<(/?)(\d)(/?)>", text):
        marker = Marker("atom", int(match[2]), "note", match[2]) if match[3] else Marker("close" if match[1] else "open", int(match[2]), "em")
        out += [text[end : match.start()], marker]
        end = match.end()
    return normal([*out, text[end:]])


def _taught(good: Good) -> Good:
    """With what the lengths of its first hundreds of passages teach, as a run would have learnt them."""
    ratios = Ratios()
    for pair in good.pairs[:400]:
        ratios = ratios.learn(pair.segment.kind, pair.segment.text, pair.draft.text, languages.expansion("en", good.target))
    return Good(good.name, good.target, good.pairs, ratios)
