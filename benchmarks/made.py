"""Makes books of any length out of nothing: EPUB 3, chapters with headings, links and emphasis, no two sentences alike."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

VOCABULARY = (
    "press paper worker morning harbour letter winter engine street machine window market bridge garden copper lantern river village printer "
    "apprentice wages meeting foreman whistle evening kitchen ladder barrel candle journey teacher carriage shelter thunder blanket orchard "
    "slowly never often quietly gladly early again "
    "carried opened counted printed followed gathered repaired answered painted divided watched remembered borrowed finished"
)
WORDS = VOCABULARY.split()
CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
<head><title>{title}</title></head><body>{body}</body></html>"""


def write(path: Path, *, chapters: int, paragraphs: int = 5, seed: int = 1, texts: Iterator[str] | None = None) -> Path:
    """A book of so many chapters at ``path``; each paragraph is the next of ``texts``, else has some forty words."""
    chance = random.Random(seed)
    titles = [f"Chapter {number}: the {chance.choice(WORDS)} and the {chance.choice(WORDS)}" for number in range(1, chapters + 1)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/book.opf", _package(chapters))
        archive.writestr("OEBPS/nav.xhtml", _nav(titles))
        for number, title in enumerate(titles, 1):
            body = f'<h1 id="c{number}">{title}</h1>' + "".join(f"<p>{text}</p>" for text in (_texts(chance, paragraphs) if texts is None else islice(texts, paragraphs)))
            archive.writestr(f"OEBPS/c{number}.xhtml", PAGE.format(title=title, body=body))
    return path


def _texts(chance: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        sentences = []
        for _ in range(4):
            words = [chance.choice(WORDS) for _ in range(chance.randint(7, 12))]
            words[2] = f"<em>{words[2]}</em>"
            sentences.append(f"The {' '.join(words)} in {chance.randint(1500, 1999)}.")
        yield " ".join(sentences) + f' See <a href="c1.xhtml#c1">the first {chance.choice(WORDS)}</a>.'


def _package(chapters: int) -> str:
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(1, chapters + 1))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(1, chapters + 1))
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:uuid:5d0c9a52-0c0e-4f0e-8f4e-3d9f0b8f1a77</dc:identifier>'
        f'<dc:title>A book of {chapters} chapters</dc:title><dc:language>en</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>'
        f'<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}</manifest><spine>{spine}</spine></package>'
    )


def _nav(titles: list[str]) -> str:
    entries = "".join(f'<li><a href="c{number}.xhtml">{title}</a></li>' for number, title in enumerate(titles, 1))
    return PAGE.format(title="Contents", body=f'<nav epub:type="toc"><h1>Contents</h1><ol>{entries}</ol></nav>')
