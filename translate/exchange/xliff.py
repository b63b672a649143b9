"""XLIFF 1.2 and 2.x: units with source and target, in files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from translate.errors import SourceError
from translate.exchange.markup import How, Numbers, child, children, local, parse, runs
from translate.exchange.units import Exchange, Unit

if TYPE_CHECKING:
    from lxml.etree import _Element


def read(data: bytes, name: str, source: str | None, target: str | None) -> Exchange:
    """All units that are to be translated, in order; a unit of XLIFF 2 with several segments gives one for each.

    Raises ``SourceError`` where the file is no XLIFF, or another version of it than 1.x and 2.x.
    """
    root = parse(data, name)
    version = root.get("version", "")
    if local(root) != "xliff" or version[:2] not in ("1.", "2."):
        raise SourceError(f"{name} is no XLIFF 1.2 or 2.x (its root is '{local(root)}', version '{version}'): export it again as one of these.")
    if version[0] == "2":
        units = tuple(unit for file in children(root, "file") for unit in _second(file, name))
        return Exchange(units, source or root.get("srcLang"), target or root.get("trgLang"))
    files = tuple(children(root, "file"))
    units = tuple(unit for file in files for unit in _first(file, name))
    said = [next((tag for file in files if (tag := file.get(side))), None) for side in ("source-language", "target-language")]
    return Exchange(units, source or said[0], target or said[1])


def _first(file: _Element, name: str) -> Iterator[Unit]:
    """The units of one file of XLIFF 1.2, those in groups too."""
    document = file.get("original") or name
    for number, element in enumerate((one for one in file.iter() if local(one) == "trans-unit"), 1):
        if _translate(element, file):
            numbers = Numbers()
            source = runs(child(element, "source"), _rule, numbers)
            if source:
                yield Unit(document, element.get("id") or str(number), source, runs(child(element, "target"), _rule, numbers) or None)


def _second(file: _Element, name: str) -> Iterator[Unit]:
    """The segments of one file of XLIFF 2."""
    document = file.get("original") or file.get("id") or name
    for number, element in enumerate((one for one in file.iter() if local(one) == "unit"), 1):
        if not _translate(element, file):
            continue
        id_ = element.get("id") or str(number)
        segments = list(children(element, "segment"))
        for place, segment in enumerate(segments, 1):
            numbers = Numbers()
            source = runs(child(segment, "source"), _rule, numbers)
            own = id_ if len(segments) == 1 else f"{id_}/{segment.get('id') or place}"
            if source:
                yield Unit(document, own, source, runs(child(segment, "target"), _rule, numbers) or None)


def _translate(element: _Element, file: _Element) -> bool:
    """Whether a unit is to be translated: the nearest element that says so decides."""
    here: _Element | None = element
    while here is not None:
        said = here.get("translate")
        if said is not None:
            return bool(said != "no")
        here = here.getparent() if here is not file else None
    return True


def _rule(element: _Element) -> tuple[How, str]:
    """What the inline elements of both versions are; the halves of a pair share ``rid`` (1.2) or ``startRef`` (2.x)."""
    tag, id_ = local(element), element.get("id", "")
    if tag in ("g", "pc"):
        return "pair", f"{tag} {id_}"
    if tag in ("bpt", "bx", "sc"):
        return "open", f"half {element.get('rid') or id_}"
    if tag in ("ept", "ex", "ec"):
        return "close", f"half {element.get('rid') or element.get('startRef') or id_}"
    if tag in ("ph", "x", "it", "cp"):
        return "atom", f"{tag} {id_ or element.get('hex', '')}"
    return ("leave", "") if tag == "sub" else ("through", "")
