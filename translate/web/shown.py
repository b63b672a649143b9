"""A passage's runs as pieces that a template can write: its formatting as formatting, what is marked in it as marked. Text stays text; the template escapes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from translate import document
from translate.document import Marker, Runs, markers, plain
from translate.report.passage import LOOKS, clean


@dataclass(frozen=True, slots=True)
class Mark:
    """Some characters of a passage that mean something: a term, or words that a finding is about; ``says`` is told on hovering."""

    start: int
    stop: int
    kind: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Some characters with the marks and inline elements that they stand in, or a handle."""

    text: str
    looks: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    says: str = ""
    handle: bool = False


def shown(runs: Runs, marks: Iterable[Mark] = ()) -> tuple[Shown, ...]:
    """The runs, cut where a mark begins or ends."""
    given = [mark for mark in marks if mark.start < mark.stop]
    edges = sorted({edge for mark in given for edge in (mark.start, mark.stop)})
    looks: list[str] = []
    out: list[Shown] = []
    at = 0
    for run in runs:
        if isinstance(run, Marker):
            _turn(run, looks)
            if run.kind == "atom" or run.name not in LOOKS:
                out.append(Shown(handle_label(run), tuple(looks), handle=True))
            continue
        cuts = [at, *(edge for edge in edges if at < edge < at + len(run)), at + len(run)]
        for start, stop in pairwise(cuts):
            here = [mark for mark in given if mark.start <= start and stop <= mark.stop]
            says = " · ".join(dict.fromkeys(mark.says for mark in here if mark.says))
            out.append(Shown(run[start - at : stop - at], tuple(looks), tuple(dict.fromkeys(mark.kind for mark in here)), says))
        at += len(run)
    return tuple(out)


def _turn(marker: Marker, looks: list[str]) -> None:
    look = LOOKS.get(marker.name, "")
    if look and marker.kind == "open":
        looks.append(look)
    elif marker.kind == "close" and look in looks:
        looks.remove(look)


def handle_label(marker: Marker) -> str:
    """What a handle shows: an atom's own text, else its number with a bracket on the side of the text."""
    if marker.kind == "atom":
        return clean(marker.shows).strip() or f"{marker.number}"
    return f"{marker.number}⟩" if marker.kind == "close" else f"⟨{marker.number}"


QUOTED = re.compile(r"(?<=[“„«‘‚])[^“”„«»‘’‚]+(?=[”“»’‘])")
"""What stands between quotation marks in a sentence of ours."""


def apart(sentence: str) -> Markup:
    """A sentence with the words that it quotes, each set apart, so that words written the other way do not turn the sentence about."""
    out, at = Markup(), 0
    for match in QUOTED.finditer(sentence):
        out += Markup("{}<bdi>{}</bdi>").format(sentence[at : match.start()], match[0])
        at = match.end()
    return out + sentence[at:]


def handles(runs: Runs) -> str:
    """The handles of a source as JSON for the editor, in order: kind, number, what it shows, which look it gives."""
    return json.dumps([[one.kind, one.number, handle_label(one), LOOKS.get(one.name, "")] for one in markers(runs)], ensure_ascii=False)


def pieces(runs: Runs) -> str:
    """A wording as JSON for the editor: texts, and ``[kind, number]`` for a handle."""
    return json.dumps([run if isinstance(run, str) else [run.kind, run.number] for run in runs], ensure_ascii=False)


def excerpt(runs: Runs, most: int = 160) -> str:
    """The first words of a passage, for lists."""
    return document.excerpt(clean(plain(runs, atoms=True)), most)
