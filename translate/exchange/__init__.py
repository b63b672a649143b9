"""Translations as other tools exchange them: XLIFF, TMX and tables of two columns are read into units.

A file of the kind comes from strangers: entities are not resolved, nothing is fetched, and what is too large is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from translate.errors import SourceError
from translate.exchange.units import Exchange, Unit

__all__ = ["SUFFIXES", "Exchange", "Unit", "read"]

MOST_BYTES = 256 * 1024 * 1024


SUFFIXES = (".tsv", ".tmx", ".xlf", ".xliff")


def read(path: Path, *, source: str | None = None, target: str | None = None) -> Exchange:
    """The units of a ``.tsv``, ``.tmx``, ``.xlf`` or ``.xliff`` file.

    ``source`` and ``target`` are language tags: they choose among the languages of a TMX file, and count more than what the file says.
    Raises ``SourceError`` where the file cannot be read, is none of these, or holds another pair of languages only.
    """
    reader = _reader(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(f"{path.name} is larger than {MOST_BYTES:,} bytes: split it.")
        found = reader(path, source, target)
    except OSError as error:
        raise SourceError(f"{path} cannot be opened ({error.strerror}): check the path.") from error
    if not found.units:
        raise SourceError(f"{path.name} holds no pair of texts: nothing can be checked.")
    return replace(found, units=tuple(_apart(found.units)))


def _apart(units: Iterable[Unit]) -> Iterator[Unit]:
    """The units with ids that are unique in their document: the second of a name gets its number."""
    seen: Counter[tuple[str, str]] = Counter()
    for unit in units:
        seen[unit.document, unit.id] += 1
        times = seen[unit.document, unit.id]
        yield unit if times == 1 else replace(unit, id=f"{unit.id}~{times}")


def _reader(path: Path) -> Callable[[Path, str | None, str | None], Exchange]:
    from translate.exchange import tmx, tsv, xliff

    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise SourceError(f"{path.name} is none of {', '.join(SUFFIXES)}: give pairs in one of these forms.")
    if suffix == ".tsv":
        return tsv.read
    read_xml = tmx.read if suffix == ".tmx" else xliff.read
    return lambda path, source, target: read_xml(path.read_bytes(), path.name, source, target)
