"""What each dialect's elements are: block, atom, skip, invisible; and what may be translated in them. Data, not code.

Names are local names (``text`` for ``svg:text``), lower or camel case as the dialect spells them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from translate.document import Kind


class Dialect(StrEnum):
    """The kind of XML document, which decides what its elements mean."""

    XHTML = "xhtml"
    NCX = "ncx"
    OPF = "opf"
    SVG = "svg"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the elements of one dialect are.

    ``blocks`` end a run of inline content; ``atoms`` are kept whole inside a run; ``walked`` are atoms whose inside is walked on its own.
    ``skips`` are blocks left alone, with the reason; ``reasons`` says why a run that holds nothing but such an atom is left alone.
    ``invisible`` hold nothing a reader sees.
    ``attributes`` hold text for readers. ``kinds`` names what a run directly inside an element is.
    ``held`` is None, or the only elements whose text is translated: what stands elsewhere is a skip with ``reason``.
    """

    blocks: frozenset[str]
    atoms: frozenset[str] = frozenset()
    walked: frozenset[str] = frozenset()
    skips: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    invisible: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    held: frozenset[str] | None = None
    reason: str = ""


READING_AIDS = frozenset({"rt", "rp", "rtc"})
RUBY = frozenset({"ruby", "rb", "rbc"})
NEVER_WIDENED = frozenset({"sub", "sup"})
"""Tags that may well stand in the middle of a word."""
WITHOUT_LETTERS = frozenset({"sub", "sup", "a"})
"""Elements that are atoms where they hold no letter: an exponent, a note's number, an index's page."""
NUMBERS = frozenset({"secno", "chapnum", "fignum", "tabnum"})
"""Classes of numbers before headings and captions; so is any class with "number" in it."""
ADDRESS = re.compile(r"[(\[<]?(?:(?:https?|ftps?|sftp|mailto|doi|urn):\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)[)\]>]?")
LONGEST_ADDRESS = 2000
DOUBLED = frozenset({"p", "div"})
"""Blocks that a bilingual book may hold twice, one after the other, wherever one may stand."""
CAPITALS = frozenset({"span", "b", "strong", "big", "font"})
"""Elements that make a drop cap where they hold the capital that begins a word, whatever their class."""
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

PREFORMATTED = "preformatted text"
NOTE_REASON = "note reference"
NUMBER_REASON = "nothing to translate"
ADDRESS_REASON = "a web address"
FILE_REASON = "a file name"
AID_REASON = "reading aid"
FIXED_REASON = "marked not to be translated"
LANGUAGE_REASON = "another language: "

NOTE_TYPES = frozenset(["footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "doc-footnote", "doc-endnote", "doc-endnotes"])
NOTEREF_TYPES = frozenset(["noteref", "doc-noteref", "annoref"])
VERSE_TYPES = frozenset(["poem", "poetry", "verse", "verses", "stanza", "strophe", "line", "lg", "z3998:poem", "z3998:verse", "z3998:song", "z3998:hymn"])
CODE = frozenset(["code", "kbd", "samp", "var", "tt"])

XHTML_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)

XHTML = Rules(
    blocks=XHTML_BLOCKS,
    atoms=CODE
    | frozenset(
        [
            "applet",
            "area",
            "audio",
            "br",
            "canvas",
            "embed",
            "iframe",
            "img",
            "input",
            "math",
            "meter",
            "noscript",
            "object",
            "param",
            "picture",
            "progress",
            "select",
            "source",
            "svg",
            "textarea",
            "track",
            "video",
            "wbr",
        ]
    ),
    walked=frozenset({"svg", "object", "audio", "video", "iframe", "select", "canvas", "noscript", "applet"}),
    skips=dict.fromkeys(("pre", "xmp", "listing"), PREFORMATTED),
    reasons={**dict.fromkeys(CODE, "code"), "math": "mathematics", "textarea": "a form field", "note": NOTE_REASON},
    invisible=frozenset({"script", "style", "template", "meta", "link", "base"}),
    attributes=frozenset({"alt", "title", "aria-label", "aria-description", "summary", "placeholder"}),
    kinds={
        "p": Kind.PARAGRAPH,
        **dict.fromkeys(HEADINGS, Kind.HEADING),
        "li": Kind.ITEM,
        "td": Kind.CELL,
        "th": Kind.CELL,
        "caption": Kind.CAPTION,
        "figcaption": Kind.CAPTION,
        "legend": Kind.CAPTION,
        "summary": Kind.CAPTION,
        "dt": Kind.TERM,
        "dd": Kind.PARAGRAPH,
        "title": Kind.TITLE,
        "option": Kind.LABEL,
    },
)

SVG = Rules(
    blocks=frozenset({"text", "title", "desc", "foreignObject"}),
    invisible=frozenset({"script", "style", "metadata"}),
    atoms=frozenset({"image", "use", "math"}),
    attributes=frozenset({"aria-label", "aria-description"}),
    reasons={"math": "mathematics"},
    kinds={"text": Kind.CAPTION, "title": Kind.ALT, "desc": Kind.ALT},
)

NCX = Rules(
    blocks=frozenset(
        {"ncx", "head", "docTitle", "docAuthor", "navMap", "navPoint", "navLabel", "navInfo", "pageList", "pageTarget", "navList", "navTarget", "text"}
    ),
    held=frozenset({"docTitle", "navLabel", "navInfo"}),
    kinds={"docTitle": Kind.TITLE, "navLabel": Kind.LABEL, "navInfo": Kind.LABEL},
    reason="a name",
)

OPF = Rules(
    blocks=frozenset(
        [
            "package",
            "metadata",
            "dc-metadata",
            "x-metadata",
            "manifest",
            "spine",
            "guide",
            "tours",
            "bindings",
            "collection",
            "title",
            "description",
            "subject",
            "creator",
            "contributor",
            "publisher",
            "date",
            "identifier",
            "language",
            "rights",
            "source",
            "type",
            "format",
            "coverage",
            "relation",
            "meta",
            "link",
            "item",
            "itemref",
            "reference",
        ]
    ),
    attributes=frozenset({"title"}),
    held=frozenset({"title", "description", "subject"}),
    kinds={"title": Kind.METADATA, "description": Kind.METADATA, "subject": Kind.METADATA},
    reason="metadata",
)

RULES: Mapping[Dialect, Rules] = {Dialect.XHTML: XHTML, Dialect.NCX: NCX, Dialect.OPF: OPF, Dialect.SVG: SVG}
