"""Tables for a reviewer in a word processor: number, source, translation, notes; as a Word document or a page, and back.

Markers stand as ⟦1⟧ … ⟦/1⟧ and ⟦2/⟧, small and grey; words between the markers of emphasis look so too. The first column holds the segment's id and key, hidden in Word.
That and the third column are read back: what a reviewer deletes with changes tracked is deleted, what she inserts is there.
Comments of Word, and what is added to the notes in the fourth column, are remarks on the segment.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.document import Marker, Runs
from translate.errors import SourceError
from translate.exchange.markup import legible, parse
from translate.exchange.outgoing import Errand, Outgoing, Returned
from translate.exchange.remarks import Remark, hers, marks, stamp
from translate.glossary.sheets import DAMAGED
from translate.prompts import spelling

if TYPE_CHECKING:
    from bs4 import Tag
    from lxml.etree import _Element

HEADS = ("", "Source", "Translation", "Notes")
WIDTHS = (300, 5000, 5000, 2660)
"""Of the columns of a Word document, in twentieths of a point: a page across."""
LARGEST = 256 * 1024 * 1024
ITALIC, BOLD = frozenset(["em", "i", "cite", "dfn", "var"]), frozenset(["strong", "b"])
SPELLING = spelling.Spelling("⟦", "⟧")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14, W15 = "{http://schemas.microsoft.com/office/word/2010/wordml}", "{http://schemas.microsoft.com/office/word/2012/wordml}"
SETTLED = "word/commentsExtended.xml"
"""Says which comments are done."""
DECLARED = re.compile(rb"^\s*<\?xml[^>]*\?>")
LINE = b"\n"
_BREAK = "\ufdd0"
"""No sign at all, by Unicode: a line's end while white space is folded, which a word processor breaks as it likes."""
TAG = re.compile(r"\b([bcdfghjkmnpqrstvwxyz]{8})·([0-9a-f]{16}-[0-9a-f]{16})\b(?:(·)([0-9a-f]*))?")
"""A segment's id and key; and, where notes are read back, the marks of our own."""
COLOURS = {"pending": "#888", "machine": "#00c", "flagged": "#c00", "approved": "#080"}


def chosen(source: Runs) -> spelling.Spelling:
    """How the markers of a segment stand in a sheet: as ⟦1⟧, unless its own text has the like."""
    texts = [run for run in source if isinstance(run, str)]
    return spelling.choose(texts) if any(SPELLING.pattern.search(text) for text in texts) else SPELLING


def _styled(runs: Runs, source: Runs) -> Iterator[tuple[str, str]]:
    """Pieces of text with how they look: "marker", or any of "i" and "b"."""
    spelt, open_ = chosen(source), list[str]()
    names = {run.number: run.name for run in source if isinstance(run, Marker)}
    for run in runs:
        if isinstance(run, str):
            yield legible(run), "".join(sorted(set(open_)))
            continue
        look = "i" if names.get(run.number) in ITALIC else "b" if names.get(run.number) in BOLD else ""
        if run.kind == "open":
            open_.append(look)
        elif run.kind == "close" and look in open_:
            open_.remove(look)
        yield spelt.marker(run), "marker"


def _lines(segment: Outgoing) -> list[str]:
    """The lines of the notes."""
    return [line for note in segment.notes for line in legible(f"! {note.text}" if note.about == "finding" else note.text).split("\n")]


def _tag(segment: Outgoing) -> str:
    return f"{segment.id}·{segment.key}·{marks(_lines(segment))}"


# --- pages


def write_html(path: Path, errand: Errand) -> int:
    """Write one page with a table, a row a segment; gives how many. Raises ``OSError`` where the file cannot be written."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        title = html.escape(f"{errand.title} ({errand.source_language}-{errand.target_language})")
        out.write(f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{_CSS}</style></head><body><h1>{title}</h1>\n')
        out.write(f"<p>{html.escape(HOW)}</p>\n<table><thead><tr>{''.join(f'<th>{head}</th>' for head in HEADS)}</tr></thead><tbody>\n")
        for segment in errand.segments:
            out.write(_html_row(segment, errand))
            count += 1
        out.write("</tbody></table></body></html>\n")
    return count


HOW = "Change the third column. ⟦1⟧ … ⟦/1⟧ and ⟦2/⟧ stand for formatting, notes and pictures: keep each of them once, where it belongs. Leave the first column as it is. What you add to the notes comes back as a comment."
_CSS = (
    "body{font:16px/1.5 serif;margin:2rem}table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:1px solid #bbb;padding:.4rem;vertical-align:top;text-align:start}"
    "th:first-child,td:first-child{width:5rem;font:10px monospace;color:#777;overflow-wrap:anywhere}th:last-child,td:last-child{width:18%;font-size:85%}.m{color:#666;font-size:80%}"
    + "".join(f".{state}{{border-inline-start:4px solid {colour}}}" for state, colour in COLOURS.items())
)


def _html_row(segment: Outgoing, errand: Errand) -> str:
    cells = [
        f'<td class="{segment.state}">{_tag(segment)}</td>',
        f'<td lang="{html.escape(errand.source_language)}" dir="auto">{_html(segment.source, segment.source)}</td>',
        f'<td lang="{html.escape(errand.target_language)}" dir="auto" contenteditable="true">{_html(segment.target, segment.source)}</td>',
        f'<td contenteditable="true">{"<br>".join(map(html.escape, _lines(segment)))}</td>',
    ]
    return f"<tr>{''.join(cells)}</tr>\n"


def _html(runs: Runs, source: Runs) -> str:
    out = []
    for text, look in _styled(runs, source):
        shown = html.escape(text).replace("\n", "<br>")
        if look == "marker":
            shown = f'<span class="m">{shown}</span>'
        else:
            for tag in look:
                shown = f"<{tag}>{shown}</{tag}>"
        out.append(shown)
    return "".join(out)


def read_html(path: Path) -> Iterator[Returned]:
    """The rows of a page, as it went out or as a word processor saved it. Raises ``SourceError`` where it has no such table, or breaks off in it."""
    from bs4 import BeautifulSoup

    _bounded(path)
    there, data = False, path.read_bytes()
    bare = data.replace(b"\0", b"").lower()  # UTF-16 as well
    if b"<table" in bare and b"</table" not in bare[bare.rindex(b"<table") :]:
        raise SourceError(f"{path.name}:{bare.count(LINE) + 1}: the page breaks off in the middle of its table: save it again.")
    for row in BeautifulSoup(DECLARED.sub(b"", data), "lxml").find_all("tr"):
        cells = row.find_all(["td", "th"], recursive=False)
        found = TAG.search(" ".join(cells[0].get_text().split())) if len(cells) >= 3 else None
        if found is not None:
            there = True
            said = hers(_shown(cells[3]).split("\n"), found[4]) if found[3] and len(cells) > 3 else ()
            yield _returned(found, _shown(cells[2]), row.sourceline or 0, said)
    if not there:
        raise SourceError(f"{path.name}: it has no table with segments: give the page that went out, as it was saved.")


def _shown(cell: Tag) -> str:
    """What a cell of a page says; breaks, and all paragraphs but the first, begin a line."""
    for line_break in cell.find_all("br"):
        line_break.replace_with(_BREAK)
    for paragraph in cell.find_all(["p", "div"])[1:]:
        paragraph.insert_before(_BREAK)
    return " ".join(cell.get_text().split()).replace(_BREAK, "\n")


def _returned(found: re.Match[str], text: str, line: int, remarks: tuple[Remark, ...]) -> Returned:
    folded = "\n".join(" ".join(part.split()) for part in text.strip().split("\n")).strip()
    return Returned(found[1], folded or None, found[2], line=line, remarks=remarks)


def _bounded(path: Path) -> None:
    if path.stat().st_size > LARGEST:
        raise SourceError(f"{path.name} is larger than {LARGEST:,} bytes: no sheet of ours is.")


# --- Word


def write_docx(path: Path, errand: Errand) -> int:
    """Write a Word document with one table, a row a segment; gives how many. Raises ``OSError`` where the file cannot be written."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.shared import Twips

    made = docx.Document()
    section = made.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, section.page_height, section.page_width
    made.core_properties.title = legible(errand.title)[:250]
    made.add_heading(legible(f"{errand.title} ({errand.source_language}-{errand.target_language})"), 1)
    made.add_paragraph(HOW)
    table = made.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    table.autofit = False
    for cell, head, column, width in zip(table.rows[0].cells, HEADS, table.columns, WIDTHS, strict=True):
        cell.text = head
        column.width = cell.width = Twips(width)
    count = 0
    for segment in errand.segments:
        table._tbl.append(_docx_row(OxmlElement, segment))
        count += 1
    made.save(str(path))
    return count


def _docx_row(element: Any, segment: Outgoing) -> Any:
    """A row's XML, made by hand: the library's own cells take a second for each few hundred rows."""
    row = element("w:tr")
    columns: list[tuple[int, list[tuple[str, str]]]] = [
        (WIDTHS[0], [(_tag(segment), "hidden")]),
        (WIDTHS[1], list(_styled(segment.source, segment.source))),
        (WIDTHS[2], list(_styled(segment.target, segment.source))),
        (WIDTHS[3], [("\n".join(_lines(segment)), "note")]),
    ]
    for width, pieces in columns:
        cell = element("w:tc")
        properties = element("w:tcPr")
        properties.append(_with(element("w:tcW"), w=str(width), type="dxa"))
        paragraph = element("w:p")
        for text, look in pieces:
            paragraph.append(_docx_run(element, text, look))
        cell.append(properties)
        cell.append(paragraph)
        row.append(cell)
    return row


def _docx_run(element: Any, text: str, look: str) -> Any:
    run, properties = element("w:r"), element("w:rPr")
    if look in ("marker", "note", "hidden"):
        if look == "hidden":
            properties.append(element("w:vanish"))
        if look == "marker":
            properties.append(_with(element("w:color"), val="888888"))
        properties.append(_with(element("w:sz"), val="16"))
    else:
        for sign in look:
            properties.append(element(f"w:{sign}"))
    run.append(properties)
    for place, line in enumerate(text.split("\n")):
        if place:
            run.append(element("w:br"))
        held = element("w:t")
        held.text = line
        held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(held)
    return run


def _with(made: Any, **values: str) -> Any:
    for name, value in values.items():
        made.set(f"{W}{name}", value)
    return made


def read_docx(path: Path) -> Iterator[Returned]:
    """The rows of the tables of a Word document, tracked changes taken as made. Raises ``SourceError`` where it is none, or has no such table."""
    try:
        with zipfile.ZipFile(path) as book:
            data = _part(book, "word/document.xml", path)
            said = _comments(book, path)
    except (*DAMAGED, KeyError) as error:  # KeyError: it has no word/document.xml
        raise SourceError(f"{path.name} is no Word document ({error}): save it again as .docx.") from error
    there = 0
    for row in parse(data, path.name).iter(f"{W}tr"):
        cells = list(row.iterchildren(f"{W}tc"))
        found = TAG.search(_docx_text(cells[0])) if len(cells) >= 3 else None
        if found is not None:
            there += 1
            hung = dict.fromkeys(node.get(f"{W}id") or "" for node in row.iter(f"{W}commentRangeStart", f"{W}commentReference"))
            added = hers(_docx_text(cells[3]).split("\n"), found[4]) if found[3] and len(cells) > 3 else ()
            yield _returned(found, _docx_text(cells[2]), there, (*added, *(said[one] for one in hung if one in said)))
    if not there:
        raise SourceError(f"{path.name}: it has no table with segments: give the document that went out, as it was saved.")


def _part(book: zipfile.ZipFile, name: str, path: Path) -> bytes:
    """A part of a Word document. Raises ``SourceError`` where it is larger than any of ours, ``KeyError`` where there is none."""
    if book.getinfo(name).file_size > LARGEST:
        raise SourceError(f"{path.name} is larger than {LARGEST:,} bytes when unpacked: no sheet of ours is.")
    return book.read(name)


def _comments(book: zipfile.ZipFile, path: Path) -> dict[str, Remark]:
    """The comments of a Word document, by their ids."""
    if "word/comments.xml" not in book.namelist():
        return {}
    more = _part(book, SETTLED, path) if SETTLED in book.namelist() else b"<none/>"
    settled = {node.get(f"{W15}paraId") for node in parse(more, path.name).iter(f"{W15}commentEx") if node.get(f"{W15}done") in ("1", "true")}
    out = {}
    for node in parse(_part(book, "word/comments.xml", path), path.name).iter(f"{W}comment"):
        done = bool(settled & {paragraph.get(f"{W14}paraId") for paragraph in node.iter(f"{W}p")})
        out[node.get(f"{W}id") or ""] = Remark(_docx_text(node), node.get(f"{W}author") or "", stamp(node.get(f"{W}date") or ""), done)
    return out


def _docx_text(cell: _Element) -> str:
    """What a cell says once all tracked changes are accepted; paragraphs and breaks are line ends."""
    out = []
    for node in cell.iter(f"{W}t", f"{W}br", f"{W}cr", f"{W}tab", f"{W}p", f"{W}noBreakHyphen"):
        if any(True for _ in node.iterancestors(f"{W}moveFrom", f"{W}del")):
            continue
        name = node.tag.removeprefix(W) if isinstance(node.tag, str) else ""
        out.append(node.text or "" if name == "t" else {"tab": "\t", "noBreakHyphen": "\u2011"}.get(name, "\n"))
    return "".join(out).strip()
