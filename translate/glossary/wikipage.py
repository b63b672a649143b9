"""Glossaries on the pages of a wiki: tables and definition lists in wikitext."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.errors import GlossaryError
from translate.glossary.rows import Row

LONGEST = 120
"""A rendering with more characters is a definition: such a list is no glossary of ours."""

_TABLE = re.compile(r"^[ :*#]*\{\|", re.MULTILINE)
_LIST = re.compile(r"^;[^;\n]*[^;\s][^;\n]*(?::|\n:)", re.MULTILINE)
_DROPPED = re.compile(r"<!--.*?-->|<ref\b[^>/]*/>|<ref\b.*?</ref>", re.DOTALL)
_LANG = re.compile(r"\{\{\s*lang\s*\|[^|{}]*\|([^|{}]*)[^{}]*\}\}", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_OUTER = re.compile(r"\[https?://\S+\s*([^\]]*)\]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def looks_like_one(text: str) -> bool:
    """Whether the beginning of a text is wikitext with a table or a definition list."""
    return bool(_TABLE.search(text) or _LIST.search(text))


def tables(text: str, name: str) -> Iterator[list[Row]]:
    """Each table of the page, and its definition list as one more, as rows with the numbers of their lines; cells are plain text.

    Raises ``GlossaryError`` where a definition list explains its terms instead of rendering them.
    """
    lines = _DROPPED.sub(lambda match: "\n" * match.group().count("\n"), text).splitlines()
    yield from _tables(lines)
    listed = list(_list(lines, name))
    if listed:
        yield [(listed[0][0], ("source", "target", "allowed")), *listed]


def _tables(lines: list[str]) -> Iterator[list[Row]]:
    rows: list[tuple[int, list[str]]] | None = None
    for number, line in enumerate(lines, start=1):
        bare = line.strip()
        if bare.lstrip(":*#").startswith("{|"):
            rows = []
        elif rows is None:
            continue
        elif bare.startswith("|}"):
            yield [(at, [plain(cell) for cell in cells]) for at, cells in rows if cells]
            rows = None
        else:
            _take(rows, number, bare)


def _take(rows: list[tuple[int, list[str]]], number: int, line: str) -> None:
    """Put one line of a table to its rows."""
    if line.startswith("|-"):
        rows.append((number + 1, []))
    elif line.startswith("|+"):
        return
    elif line.startswith(("|", "!")):
        if not rows:
            rows.append((number, []))
        rows[-1][1].extend(_bare(cell) for cell in re.split(r"\|\||!!" if line[0] == "!" else r"\|\|", line[1:]))
    elif rows and rows[-1][1]:
        rows[-1][1][-1] += " " + line


def _bare(cell: str) -> str:
    """A cell without its attributes (``style="…" | text``)."""
    match = re.match(r"\s*(?:[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[\w%]+)\s*)+\|(?!\|)", cell)
    return cell[match.end() :] if match else cell


def _list(lines: list[str], name: str) -> Iterator[Row]:
    """The definition list: ``; term : rendering``, or ``; term`` and lines with ``:``, of which the first is wanted and the others are allowed."""
    at, term, said = 0, "", list[str]()
    for number, line in enumerate((*lines, ""), start=1):
        if line.startswith(":") and term:
            said.append(_rendering(line.lstrip(":"), f"{name}:{number}"))
            continue
        if term and said:
            yield at, (term, said[0], "|".join(said[1:]))
        at, term, said = number, "", []
        if line.startswith(";"):
            head, colon, rest = line[1:].partition(" : ") if " : " in line else line[1:].partition(":")
            term = plain(head)
            said = [_rendering(rest, f"{name}:{number}")] if colon and rest.strip() else []


def _rendering(text: str, place: str) -> str:
    bare = plain(text)
    if len(bare) > LONGEST:
        raise GlossaryError(f"{place}: '{bare[:40]}…' explains the term; a glossary gives its rendering. Put terms and renderings into a table of two columns.")
    return bare


def plain(wikitext: str) -> str:
    """The words of a piece of wikitext: links and language templates by their text, other templates left out."""
    text = _LANG.sub(r"\1", wikitext)
    while (fewer := _TEMPLATE.sub("", text)) != text:
        text = fewer
    text = _OUTER.sub(r"\1", _LINK.sub(r"\1", text))
    text = _TAG.sub("", text.replace("'''", "").replace("''", ""))
    return " ".join(text.replace("&nbsp;", " ").replace("&amp;", "&").split())
