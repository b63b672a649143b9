"""Pairs as a table: a source text, a tab, its translation, on each line."""

from __future__ import annotations

from pathlib import Path

from translate.decoder import encoding_of
from translate.document import normal
from translate.errors import SourceError
from translate.exchange.units import Exchange, Unit

HEADERS = frozenset({"source", "target", "src", "tgt", "original", "translation"})


def read(path: Path, source: str | None, target: str | None) -> Exchange:
    """The pairs of a table, whose encoding is certain (``decoder.encoding_of``); no quoting, so a text may hold any quotation marks.

    A first line of column names ("source", "target") is left out, and so are empty lines. A unit's id is the number of its line.
    Raises ``SourceError``, with file and line, where a line has not two columns.
    """
    encoding, name = encoding_of(path, error=SourceError, tags=[source or "", target or ""]), path.name
    text = path.read_bytes().decode(encoding.name)
    units: list[Unit] = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 2:
            raise SourceError(
                f"{name}:{number}: there {'is one column' if len(cells) == 1 else f'are {len(cells)} columns'}; give source, a tab, and its translation."
            )
        if number == 1 and {cell.casefold() for cell in cells} <= HEADERS:
            continue
        units.append(Unit(name, str(number), normal(cells[:1]), normal(cells[1:]) or None))
    return Exchange(tuple(units), source, target, tuple(filter(None, [encoding.remark])))
