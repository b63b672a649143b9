"""Glossaries written to files; the name's ending says which kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from translate.document import Term
from translate.errors import GlossaryError
from translate.glossary import cells, sheets, tbx

KINDS = (".csv", ".tbx", ".xlsx")


def write(terms: Sequence[Term], path: Path, *, source: str = "", target: str = "") -> None:
    """Write the terms as .csv, .tbx or .xlsx.

    Raises ``GlossaryError`` for another ending, for TBX without languages, and where the file cannot be written.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise GlossaryError(f"{path.name}: a glossary is written as {', '.join(KINDS)}. Give one of these endings.")
    if kind == ".tbx" and not (source and target):
        raise GlossaryError(f"{path.name}: TBX names its languages, and the glossary does not tell them. Give --from and --to.")
    try:
        if kind == ".tbx":
            tbx.write(terms, path, source=source, target=target, title=f"Glossary {source} to {target}, {len(terms):,} terms, written by Dragoman")
        elif kind == ".xlsx":
            sheets.write(terms, path)
        else:
            cells.write(terms, path)
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be written ({error.strerror}). Check the path.") from error
