"""What stands round a passage in its page: whether it is set off as a quotation, and what the notes say that it refers to.

Reads a page's bytes by the addresses that our walk gives (child elements counted in even numbers, as an EPUB CFI has them).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

from translate.document import excerpt

if TYPE_CHECKING:
    from lxml.etree import _Element

SET_OFF = frozenset(["blockquote", "q"])
LONGEST = 600
"""Characters of a note that are shown."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block quotation: what it says of where it is from (its footer, its address), and whether the passage is just that."""

    reference: str
    is_reference: bool


class Apparatus:
    """One page, read with forgiveness; ``other`` gives the page that a link's file name leads to, or None."""

    def __init__(self, data: bytes, other: Callable[[str], Apparatus | None] = lambda name: None) -> None:
        from lxml import etree

        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
        self._root: _Element | None = etree.fromstring(data, parser) if data.strip() else None
        self._other = other

    def block(self, address: str) -> Block | None:
        """The block quotation in which the passage stands, or None."""
        found = self._at(address)
        around = (found, *found.iterancestors()) if found is not None else ()
        whole = next((one for one in around if _name(one) in SET_OFF), None)
        if whole is None:
            return None
        named = next((one for one in whole.iter() if _name(one) in ("footer", "figcaption")), None)
        if named is None:
            named = next((one for one in whole.iter() if _name(one) == "cite" and _name(one.getparent()) in SET_OFF), None)
        said = " ".join(part for part in (_words(named) if named is not None else "", whole.get("cite") or "") if part)
        return Block(said, named is not None and named in around)

    def notes(self, address: str) -> dict[str, str]:
        """What the references of the passage lead to, by what each shows ("12"), in order; links to whole pages are none."""
        found = self._at(address)
        out: dict[str, str] = {}
        for link in found.iter() if found is not None else ():
            name, mark = urldefrag(link.get("href") or "") if _name(link) == "a" else ("", "")
            page = self if not name else self._other(unquote(name)) if mark else None
            text = page.text(unquote(mark)) if mark and page is not None else ""
            if text:
                out.setdefault(_words(link), text)
        return out

    def text(self, name: str) -> str:
        """The words of the element with this id, "" where there is none; of a mere anchor, those of the paragraph round it."""
        if self._root is None:
            return ""
        found = next((one for one in self._root.iter() if name in (one.get("id"), one.get("{http://www.w3.org/XML/1998/namespace}id"))), None)
        while found is not None and len(_words(found)) < 8 and found.getparent() is not None and _name(found) not in ("p", "li", "aside", "div", "dd", "body"):
            found = found.getparent()
        words = _words(found) if found is not None else ""
        return excerpt(words, LONGEST)

    def _at(self, address: str) -> _Element | None:
        """The element at an address of ours, or None where the page is otherwise than it was walked."""
        here = self._root
        for step in address.partition("@")[0].strip("/").split("/"):
            inner = [child for child in here if isinstance(child.tag, str)] if here is not None else []
            if not step.isdecimal() or not 0 < int(step) // 2 <= len(inner):
                return None
            here = inner[int(step) // 2 - 1]
        return here


def _name(element: _Element | None) -> str:
    return element.tag.rpartition("}")[2].lower() if element is not None and isinstance(element.tag, str) else ""


def _words(element: _Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
