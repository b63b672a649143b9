"""Reads the case files of ``cases/walk`` and spells runs as a person can write them.

``‹1 em›words‹/1›`` is a pair, ``‹2 code ls/›`` an atom that shows "ls"; in a target ``‹1›``, ``‹/1›`` and ``‹2/›`` are enough.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from translate.document import Document, Marker, Runs, normal
from translate.formats import inspector
from translate.formats.walk import Dialect, Page, walk

CASES = Path(__file__).parent / "cases" / "walk"
SPELT = re.compile(r"‹(/?)(\d+)[^›/]*(/?)›")
HEAD = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en"><head></head><body>'
TAIL = "</body></html>"
NCX = """<?xml version="1.0"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head><meta name="dtb:uid" content="x"/></head>
<docTitle><text>Book</text></docTitle><docAuthor><text>Ann</text></docAuthor>
<navMap><navPoint id="n1" playOrder="1"><navLabel><text>One</text></navLabel><content src="a.xhtml"/>
<navPoint id="n2"><navLabel><text> Two </text></navLabel><content src="a.xhtml#two"/></navPoint></navPoint></navMap>
<pageList><pageTarget><navLabel><text>7</text></navLabel><content src="a.xhtml#p7"/></pageTarget></pageList></ncx>"""
OPF = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="id" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title id="t">Book &amp; More</dc:title><dc:creator>Ann</dc:creator><dc:identifier id="id">urn:x</dc:identifier><dc:language>en</dc:language>
<dc:subject>Work</dc:subject><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta><meta name="cover" content="c"/></metadata>
<manifest><item id="c" href="c.jpg" media-type="image/jpeg"/></manifest><spine/><guide><reference type="cover" title="Cover" href="c.xhtml"/></guide></package>"""


def load(*names: str) -> list[dict]:
    """The cases of some files, each with the name it goes by in the test's title."""
    out = []
    for name in names:
        for number, case in enumerate(tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"], 1):
            out.append({"id": f"{name}-{number}-{case['why'].replace(' ', '_')}", **case})
    return out


def page_of(body: str, *, language: str | None = "en", dialect: Dialect = Dialect.XHTML) -> Page:
    """A body's content as a whole page, walked."""
    data = f"{HEAD}{body}{TAIL}" if dialect is Dialect.XHTML else body
    return walk(data.encode(), document="case.xhtml", dialect=dialect, language=language)


def balance(page: Page) -> int:
    """The visible characters of a page that its account misses; below 0 where something is counted twice."""
    return inspector.count(Document(page.document, "content", page.slots, page.skips, page.visible)).balance


def content(data: bytes) -> str:
    """What stands in the body of a page made by ``page_of``."""
    text = data.decode()
    return text[text.index("<body>") + 6 : text.rindex("</body>")] if "<body>" in text else text


def spell(runs: Runs) -> str:
    """Runs as the case files write them."""
    return "".join(run if isinstance(run, str) else mark(run) for run in runs)


def mark(marker: Marker) -> str:
    if marker.kind == "close":
        return f"‹/{marker.number}›"
    if marker.kind == "open":
        return f"‹{marker.number} {marker.name}›"
    return f"‹{marker.number} {marker.name}{' ' if marker.shows else ''}{marker.shows}/›"


def unspell(text: str) -> Runs:
    """The runs that a case file's line means."""
    out: list[str | Marker] = []
    at = 0
    for found in SPELT.finditer(text):
        out.append(text[at : found.start()])
        out.append(Marker("close" if found[1] else "atom" if found[3] else "open", int(found[2])))
        at = found.end()
    return normal([*out, text[at:]])
