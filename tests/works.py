"""Builders for the pipeline's tests: a small EPUB of given chapters, and a model that translates word by word."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from translate.models.seam import Request

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
LABELLED = re.compile(r"^(\d+)\| (.*)$", re.MULTILINE)
FOUND = re.compile(r"^(\d+)! ", re.MULTILINE)


def epub(path: Path, chapters: Sequence[Sequence[str]], *, title: str = "A Small Book") -> Path:
    """A valid enough EPUB 3 at ``path``: each chapter a list of paragraphs (inner XHTML)."""
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    opf = (
        '<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:test:1</dc:identifier>'
        f"<dc:title>{title}</dc:title><dc:language>en</dc:language></metadata>"
        '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f"{items}</manifest><spine>{spine}</spine></package>"
    )
    nav = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Contents</title></head><body>'
        '<nav epub:type="toc"><ol>' + "".join(f'<li><a href="c{n}.xhtml">Chapter number {n}</a></li>' for n in range(len(chapters))) + "</ol></nav></body></html>"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("OEBPS/book.opf", opf)
        book.writestr("OEBPS/nav.xhtml", nav)
        for number, paragraphs in enumerate(chapters):
            body = f"<h1>Chapter number {number}</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs)
            book.writestr(f"OEBPS/c{number}.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Chapter number {number}</title></head><body>{body}</body></html>')
    return path


def asked(request: Request) -> list[tuple[int, str]]:
    """The labelled sources that a chat request asks for; of a mending turn, those that it names."""
    last = request.messages[-1][1]
    rows = [(int(label), text) for label, text in LABELLED.findall(last)]
    if rows:
        return rows
    wanted = {int(label) for label in FOUND.findall(last)}
    earlier = {int(label): text for _, message in request.messages[:-1] for label, text in LABELLED.findall(message) if _ == "user"}
    return [(label, earlier[label]) for label in sorted(wanted)]


def word(match: re.Match[str]) -> str:
    """A German-looking word for an English one: letters turned about, so that no word stays."""
    text = match[0]
    turned = "".join(reversed(text.lower())) + "en"
    return turned.capitalize() if text[0].isupper() else turned


def rendered(text: str) -> str:
    """The translation that the scripted model gives of one passage."""
    return re.sub(r"[A-Za-z]{2,}", word, text)


def answer(request: Request) -> str:
    """A faultless answer to a chat request."""
    return "\n".join(f"{label}| {rendered(text)}" for label, text in asked(request))
