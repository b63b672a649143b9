"""What is no well-formed XML is mended: lightly where that is enough, else by BeautifulSoup.

First the faults that leave the structure whole (a bare ampersand, an unknown entity, a control character, bytes of another encoding); then, as tag soup, everything else.
The spelling of names is kept, since XHTML and SVG know ``viewBox`` and NCX ``navPoint``.
"""

from __future__ import annotations

import re
import warnings
from html.entities import html5
from typing import TYPE_CHECKING, Any

from translate.errors import SourceError
from translate.formats.parse import DEPTH, Malformed, Tree, parse
from translate.formats.render import FORBIDDEN

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

SOUP = 8 * 1024 * 1024
"""Most characters that are read as tag soup: the parser's time grows faster than the text where it is hostile."""

AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)")
ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
LESS = re.compile(r"<(?![A-Za-z_/!?])")
DECLARATION = re.compile(r"""(<\?xml[^>]*?\sencoding\s*=\s*["'])([^"']*)(["'])""")
PROLOG = re.compile(r"\s*(<\?xml[^>]*\?>)?\s*(<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)?", re.IGNORECASE)
META = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?([A-Za-z0-9_-]+)""", re.IGNORECASE)
NAME = re.compile(r"</?([A-Za-z][\w:.-]*)|\s([A-Za-z_][\w:.-]*)\s*=")
NAMES = re.compile(r"[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?\Z")
TAGS = re.compile(r"<(/?)([A-Za-z][\w:.-]*+)[^<>]*?(/?)>")
WHOLE = re.compile(r"""<(?:([A-Za-z][^\s/<>"']*+)|[/!?])(?:[^<>"']|"[^"]*"|'[^']*')*+>""")
CLOSED_BY = (("<!--", "-->"), ("<![CDATA[", "]]>"))
LOOSE = frozenset(
    ["p", "li", "dt", "dd", "tr", "td", "th", "option", "br", "hr", "img", "input", "meta", "link", "col", "area", "base", "param", "source", "wbr"]
)
CLOSERS = {"p": ("p",), "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr",), "td": ("td", "th"), "th": ("td", "th"), "option": ("option",)}
"""Elements that HTML ends by itself where one of the others begins."""


def mend(data: bytes, document: str, why: str) -> tuple[Tree, str]:
    """A tree of the mended document, and the remark that says what was wrong.

    Raises ``SourceError`` where it is no text, or nothing to be mended.
    """
    text = FORBIDDEN.sub("", read(data, document))
    for way, says in ((lightly, "mended"), (wholly, "read as tag soup")):
        try:
            tree = parse(way(text, document).encode(), document)
        except Malformed:
            continue
        if tree.elements:
            return tree, f"{document} is not well-formed XML ({why}); it was {says}, and what is translated in it is written anew."
    raise SourceError(f"{document} is not well-formed XML ({why}) and cannot be mended: repair it, or take it out of the book.")


def read(data: bytes, document: str) -> str:
    """The characters of bytes that may lie about their encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:65536]:
        raise SourceError(f"{document} is not text (it may be encrypted, or a picture by another name): nothing in it can be translated.")
    found = META.search(data[:4096])
    for encoding in ("utf-8-sig", found[1].decode() if found else "", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return data.decode("latin-1")


def lightly(text: str, document: str) -> str:
    """The text with bare ampersands and signs escaped, HTML's entities resolved, and UTF-8 declared."""
    text = DECLARATION.sub(r"\g<1>utf-8\g<3>", text, count=1)
    text = ENTITY.sub(lambda found: found[0] if found[1] in KEPT else known(found), text)
    return LESS.sub("&lt;", AMPERSAND.sub("&amp;", text)).lstrip()


KEPT = frozenset({"amp", "lt", "gt", "quot", "apos"})


def known(found: re.Match[str]) -> str:
    """HTML's characters for an entity, or the reference as text."""
    return html5.get(found[1] + ";") or f"&amp;{found[1]};"


def wholly(text: str, document: str) -> str:
    """The text as BeautifulSoup reads it, as XML."""
    from bs4.dammit import EntitySubstitution
    from bs4.formatter import XMLFormatter

    if len(text) > SOUP:
        raise SourceError(f"{document} is not well-formed XML, and too large ({len(text):,} characters) to be read as tag soup: repair it, or split it.")
    refuse_deep(text, document)
    prolog = PROLOG.match(text)
    soup = closing(complete(text[prolog.end() if prolog else 0 :]))
    clean(soup)
    spell(soup, text)
    root = next((node for node in soup.contents if getattr(node, "name", None)), None)
    if root is None:
        raise SourceError(f"{document} holds no markup at all: nothing in it can be translated.")
    body = soup.decode(formatter=XMLFormatter(entity_substitution=EntitySubstitution.substitute_xml))
    if sum(1 for node in soup.contents if getattr(node, "name", None) or str(node).strip()) > 1:
        body = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
    head = DECLARATION.sub(r"\g<1>utf-8\g<3>", prolog[0].strip()) if prolog else ""
    return f"{head}\n{body}" if head else body


def complete(text: str) -> str:
    """The text with every ``<`` escaped that begins nothing that is ever ended: the parser would look for the end from each of them anew."""
    out: list[str] = []
    at = 0
    hopeless: set[str] = set()
    while (sign := text.find("<", at)) >= 0:
        end = ends(text, sign, hopeless)
        out.append(text[at:sign])
        out.append(text[sign:end] if end else "&lt;")
        at = end or sign + 1
    return "".join([*out, text[at:]])


def ends(text: str, at: int, hopeless: set[str]) -> int:
    """Where what begins at ``at`` ends, or 0; ``hopeless`` keeps the ends that the rest of the text does not hold."""
    found = WHOLE.match(text, at)
    name = found[1].lower() if found and found[1] else ""
    closer = next((closer for opener, closer in CLOSED_BY if text.startswith(opener, at)), f"</{name}" if name in ("script", "style") else "")
    if not closer:
        return found.end() if found else 0
    end = -1 if closer in hopeless else text.find(closer, at)
    if end < 0:
        hopeless.add(closer)
        return 0
    return end + len(closer) if closer[0] != "<" else end


def refuse_deep(text: str, document: str) -> None:
    """Raise where tags are nested beyond reason, before anything builds a tree of them."""
    deep = 0
    for found in TAGS.finditer(text):
        if found[2].lower() in LOOSE or found[3]:
            continue
        deep += -1 if found[1] else 1
        if deep > 2 * DEPTH:
            raise SourceError(f"{document}: elements are nested more than {DEPTH} deep; no book needs that, so the file is refused.")


def closing(markup: str) -> BeautifulSoup:
    """The soup, where an element that HTML ends by itself is ended: ``<p>a<p>b`` is two paragraphs, not one in the other."""
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

    class Closing(BeautifulSoup):
        def handle_starttag(self, name: str, *rest: Any, **more: Any) -> Tag | None:
            """Close first what this tag closes."""
            if self.currentTag is not None and self.currentTag.name in CLOSERS.get(name, ()):
                self.handle_endtag(self.currentTag.name)
            return super().handle_starttag(name, *rest, **more)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return Closing(markup, "html.parser")


def clean(soup: BeautifulSoup) -> None:
    """Take out what XML cannot hold: declarations in the middle, double hyphens in comments."""
    from bs4.element import CData, Comment, NavigableString, PreformattedString

    for node in soup.find_all(string=True):
        if isinstance(node, Comment):
            node.replace_with(Comment(re.sub(r"-(?=-|\Z)", "- ", node)))
        elif isinstance(node, CData):
            node.replace_with(NavigableString(node))
        elif isinstance(node, PreformattedString):
            node.extract()


def spell(soup: BeautifulSoup, text: str) -> None:
    """Give names the spelling they have in the source (capitals alone are HTML's old habit), and drop attributes whose names XML cannot hold."""
    spelt: dict[str, str] = {}
    for found in NAME.finditer(text):
        name = found[1] or found[2]
        spelt.setdefault(name.lower(), name)

    def spelling(name: str) -> str:
        there = spelt.get(name, name)
        return name if there.isupper() else there

    for tag in soup.find_all(True):
        tag.name = spelling(tag.name)
        tag.attrs = {spelling(name): value for name, value in tag.attrs.items() if NAMES.match(name)}
