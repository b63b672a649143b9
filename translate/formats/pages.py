"""A content document of an edition: its words spliced in, and its language and direction said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from translate.document import Runs
from translate.formats.amend import direction, same_language
from translate.formats.edition import Edition
from translate.formats.figures import Told
from translate.formats.splice import Patch, set_attribute
from translate.formats.tree import within
from translate.formats.walk import Bilingual, Page


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of document it is: a drawing or not, of EPUB 3 (``modern``) or 2, running text or a table of contents, XML or HTML."""

    svg: bool
    modern: bool
    text: bool
    xml: bool = True


def spliced(page: Page, targets: Mapping[str, Runs], edition: Edition, *, source: str | None, shape: Shape, told: Told) -> bytes:
    """The page with its targets, in the language of the edition; ``source`` is the language it was in, ``told`` is where its figures are counted.

    Only running text becomes bilingual: a contents page or a drawing has no room for two languages. There the figures stay, as they stand for both.
    """
    both = (
        Bilingual(source or "und", edition.language, direction(source), direction(edition.language))
        if edition.bilingual and shape.text and not shape.svg
        else None
    )
    edits = (*_edits(page, edition, source=source, bilingual=both is not None, svg=shape.svg), *(told.patches(page.figures, page.tree.body) if shape.text else ()))
    return page.splice(targets, root=_root(page, edition, shape), bilingual=both, edits=edits)


def _root(page: Page, edition: Edition, shape: Shape) -> dict[str, str]:
    """The root's language, and its direction where the target runs right to left or the source did.

    EPUB 2 (XHTML 1.1) and SVG know only ``xml:lang``, HTML only ``lang``. A fragment has no root tag to say it.
    """
    if not page.root.qualified:
        return {}
    attributes = {"xml:lang": edition.language} if shape.xml or "xml:lang" in page.root.attributes else {}
    if (shape.modern and not shape.svg) or "lang" in page.root.attributes:
        attributes["lang"] = edition.language
    if not shape.svg and (direction(edition.language) == "rtl" or page.root.attributes.get("dir") == "rtl"):
        attributes["dir"] = direction(edition.language)
    return attributes


def _edits(page: Page, edition: Edition, *, source: str | None, bilingual: bool, svg: bool) -> Iterator[Patch]:
    """The body's direction, and every element inside that names the source language or its direction."""
    way = direction(edition.language)
    for element in within(page.root):
        if element is page.root:
            continue
        if element.name == "body" and not svg and (way == "rtl" or element.attributes.get("dir") == "rtl"):
            yield set_attribute(page.tree.body, element, "dir", way)
        elif element.attributes.get("dir") == "rtl" and way == "ltr" and direction(source) == "rtl" and not bilingual:
            yield set_attribute(page.tree.body, element, "dir", "ltr")
        for name in ("lang", "xml:lang"):
            tag = element.attributes.get(name, "")
            if tag and same_language(tag, source) and (element.name == "body" or not bilingual):
                yield set_attribute(page.tree.body, element, name, edition.language)


def note_page(edition: Edition, *, modern: bool) -> bytes:
    """The translation note as a page: its first line the heading, the rest paragraphs between blank lines."""
    heading, _, rest = edition.note.strip().partition("\n")
    paragraphs = [" ".join(part.split()) for part in rest.split("\n\n") if part.strip()]
    tag, way = escape(edition.language), direction(edition.language)
    doctype = "<!DOCTYPE html>" if modern else '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    language = f'xml:lang="{tag}" lang="{tag}"' if modern else f'xml:lang="{tag}"'
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        doctype,
        f'<html xmlns="http://www.w3.org/1999/xhtml" {language} dir="{way}">',
        f"<head><title>{escape(heading)}</title></head>",
        "<body>",
        f"<h1>{escape(heading)}</h1>",
        *(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs),
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()
