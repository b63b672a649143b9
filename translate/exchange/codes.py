"""Inline codes of XLIFF: our markers as ``g`` and ``x`` (1.2) or ``pc`` and ``ph`` (2.1), and back; a marker's number is the code's id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from translate.document import Marker, Runs, markers, normal
from translate.exchange.markup import legible, local

if TYPE_CHECKING:
    from lxml.etree import _Element

Make = Callable[[Marker], tuple[str, dict[str, str]]]
"""The name and attributes of a code."""

FORMATS = frozenset(["b", "i", "em", "strong", "u", "s", "sub", "sup", "small", "big", "span", "cite", "q", "code", "kbd", "samp", "var", "tt"])
OTHER = -1
"""The number of a code that nobody of ours has made."""


def nested(runs: Runs) -> bool:
    """Whether every pair of markers is there once, opened before it is closed, none crossing another."""
    open_: list[int] = []
    for marker in markers(runs):
        if marker.kind == "open":
            open_.append(marker.number)
        elif marker.kind == "close" and (not open_ or open_.pop() != marker.number):
            return False
    numbers = [(marker.kind, marker.number) for marker in markers(runs)]
    return not open_ and len(numbers) == len(set(numbers))


def fill(etree: Any, holder: _Element, runs: Runs, make: Make) -> None:
    """Write the runs into ``holder``; a pair that is well nested becomes one element, other markers one each."""
    whole = nested(runs)
    here, last = holder, None
    for run in runs:
        if isinstance(run, str):
            if last is None:
                here.text = (here.text or "") + legible(run)
            else:
                last.tail = (last.tail or "") + legible(run)
        elif whole and run.kind == "close":
            parent = here.getparent()
            here, last = (parent if parent is not None else here), here
        else:
            name, attributes = make(run) if whole or run.kind == "atom" else _half(run, make)
            made = etree.SubElement(here, name, {key: legible(value) for key, value in attributes.items()})
            here, last = (made, None) if whole and run.kind == "open" else (here, made)


def _half(marker: Marker, make: Make) -> tuple[str, dict[str, str]]:
    """One end of a pair that is not well nested, or has lost its other end."""
    name, _ = make(marker)
    second, number = name.rpartition("}")[2] == "pc", str(marker.number)
    space = name.rpartition("}")[0] + "}" if "}" in name else ""
    if marker.kind == "open":
        return (f"{space}sc", {"id": number, "isolated": "yes"}) if second else (f"{space}bx", {"id": number, "rid": number})
    return (f"{space}ec", {"id": f"{number}e", "isolated": "yes"}) if second else (f"{space}ex", {"id": f"{number}e", "rid": number})


def first(space: str) -> Make:
    """Codes of XLIFF 1.2 in the namespace ``space``."""

    def make(marker: Marker) -> tuple[str, dict[str, str]]:
        named = {"ctype": f"x-{_token(marker.name)}"} if marker.name else {}
        if marker.kind == "atom":
            return f"{{{space}}}x", {"id": str(marker.number)} | named | ({"equiv-text": marker.shows} if marker.shows else {})
        return f"{{{space}}}g", {"id": str(marker.number)} | named

    return make


def second(space: str) -> Make:
    """Codes of XLIFF 2.1; their data are ``data_of``."""

    def make(marker: Marker) -> tuple[str, dict[str, str]]:
        number = str(marker.number)
        sort = "fmt" if marker.name in FORMATS else "link" if marker.name == "a" else "image" if marker.name == "img" else "other"
        named = {"type": sort} | ({"subType": f"dragoman:{_token(marker.name)}"} if marker.name else {})
        if marker.kind == "atom":
            return f"{{{space}}}ph", {"id": number, "dataRef": f"d{number}"} | named | ({"disp": marker.shows, "equiv": marker.shows} if marker.shows else {})
        return f"{{{space}}}pc", {"id": number, "dataRefStart": f"d{number}", "dataRefEnd": f"d{number}e"} | named

    return make


def data_of(*texts: Runs) -> dict[str, str]:
    """The original data of all codes in the texts, by its id: what stood in the source, as a person would write it."""
    out: dict[str, str] = {}
    for marker in (marker for runs in texts for marker in markers(runs)):
        name = marker.name or "x"
        if marker.kind == "atom":
            out.setdefault(f"d{marker.number}", f"<{name}/>")
        else:
            out.setdefault(f"d{marker.number}", f"<{name}>")
            out.setdefault(f"d{marker.number}e", f"</{name}>")
    return out


def _token(name: str) -> str:
    """A name as an attribute of a fixed form can hold it."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "-" for sign in name)


def read(element: _Element) -> Runs:
    """The runs that an element of either version holds; a code whose id is none of ours has the number ``OTHER``, elements round words that are no codes count for their words."""
    return normal(_inside(element))


def _inside(element: _Element) -> Iterator[str | Marker]:
    yield element.text or ""
    for inner in element:
        yield from _code(inner)
        yield inner.tail or ""


def _code(inner: _Element) -> Iterator[str | Marker]:
    tag = local(inner)
    if tag in ("g", "pc"):
        number = _number(inner.get("id"))
        yield Marker("open", number)
        yield from _inside(inner)
        yield Marker("close", number)
    elif tag in ("x", "ph", "it"):
        yield Marker("atom", _number(inner.get("id")))
    elif tag in ("bx", "bpt", "sc"):
        yield Marker("open", _number(inner.get("rid") or inner.get("id")))
    elif tag in ("ex", "ept", "ec"):
        yield Marker("close", _number(inner.get("rid") or inner.get("startRef") or inner.get("id")))
    elif tag == "cp":
        yield _character(inner.get("hex") or "")
    elif tag and tag not in ("sub", "sm", "em"):
        yield from _inside(inner)


def _number(said: str | None) -> int:
    bare = (said or "").removesuffix("e")
    return int(bare) if bare.isdecimal() and len(bare) < 7 else OTHER


def _character(code: str) -> str:
    """The sign that a ``cp`` stands for, which XML cannot hold: U+FFFD, as it went out."""
    return "\ufffd" if code else ""
