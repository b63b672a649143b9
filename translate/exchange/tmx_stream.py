"""TMX 1.4b as a stream, in and out: a memory of a million entries takes no more room than one.

What is written is valid by its DTD. What is read may be any TMX; its inline elements become markers, as ``exchange.tmx`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from translate import __version__
from translate.document import Marker, Runs
from translate.errors import SourceError
from translate.exchange.markup import XML, Numbers, child, children, drop, language, legible, local, refuse_entities, runs
from translate.exchange.tmx import rule

if TYPE_CHECKING:
    from lxml.etree import _Element


KEPT = ("creationdate", "creationid", "usagecount", "lastusagedate")
"""Attributes of other tools that are kept as they are."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What another tool says of a unit, or of one of its two texts: a note, a property with its type (``name``), or an attribute (``@``)."""

    of: Literal["unit", "source", "target"]
    sort: Literal["note", "prop", "@"]
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """One translation unit with two languages (their tags). ``at`` is the time of its last change in ISO 8601, ``who`` made it; ``properties`` are the unit's, as pairs of type and text.

    ``asides`` are its notes, and what else other tools say of it and of its texts.
    """

    id: str
    source: Runs
    target: Runs
    source_language: str
    target_language: str
    at: str = ""
    who: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    asides: tuple[Aside, ...] = ()


def write(path: Path, pairings: Iterable[Pairing], *, source_language: str) -> int:
    """Write the pairings to ``path``, one at a time; gives how many. ``source_language`` is the header's, "*all*" where they have several.

    Raises ``OSError`` where the file cannot be written.
    """
    from lxml import etree

    count = 0
    with etree.xmlfile(str(path), encoding="utf-8") as out:
        out.write_declaration()
        out.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with out.element("tmx", version="1.4"):
            out.write("\n")
            header = {"creationtool": "Dragoman", "creationtoolversion": __version__, "segtype": "paragraph", "o-tmf": "Dragoman", "adminlang": "en"}
            out.write(etree.Element("header", header | {"srclang": source_language, "datatype": "xml"}))
            out.write("\n")
            with out.element("body"):
                for pairing in pairings:
                    out.write("\n")
                    out.write(_unit(etree, pairing))
                    count += 1
                out.write("\n")
    return count


def _unit(etree: Any, pairing: Pairing) -> _Element:
    facts = {"tuid": pairing.id, "srclang": pairing.source_language}
    if pairing.at:
        facts["changedate"] = _stamp(pairing.at)
    unit: _Element = etree.Element("tu", {name: legible(value) for name, value in facts.items()})
    for kind, said in pairing.properties:
        etree.SubElement(unit, "prop", type=kind).text = legible(said)
    _say(etree, unit, [one for one in pairing.asides if one.of == "unit"])
    for side, tag, text, who in (("source", pairing.source_language, pairing.source, ""), ("target", pairing.target_language, pairing.target, pairing.who)):
        variant = etree.SubElement(unit, "tuv", {f"{XML}lang": tag} | ({"changeid": legible(who)} if who else {}))
        _say(etree, variant, [one for one in pairing.asides if one.of == side])
        _fill(etree, etree.SubElement(variant, "seg"), text)
    return unit


def _say(etree: Any, holder: _Element, asides: Iterable[Aside]) -> None:
    for one in asides:
        if one.sort == "@":
            holder.set(one.name, legible(one.text))
        else:
            etree.SubElement(holder, one.sort, {"type": legible(one.name)} if one.sort == "prop" else {}).text = legible(one.text)


def _stamp(at: str) -> str:
    """A time as TMX writes it: 20261122T044036Z."""
    return "".join(sign for sign in at[:19] if sign not in "-:") + "Z"


def _fill(etree: Any, holder: _Element, text: Runs) -> None:
    last: _Element | None = None
    for run in text:
        if isinstance(run, Marker):
            last = _inline(etree, holder, run)
        elif last is None:
            holder.text = (holder.text or "") + legible(run)
        else:
            last.tail = (last.tail or "") + legible(run)


def _inline(etree: Any, holder: _Element, marker: Marker) -> _Element:
    number = str(marker.number)
    kind = {"type": legible(marker.name)} if marker.name else {}
    if marker.kind == "atom":
        made: _Element = etree.SubElement(holder, "ph", {"x": number} | kind)
        made.text = f"<{number}/>"
        return made
    opens = marker.kind == "open"
    made = etree.SubElement(holder, "bpt" if opens else "ept", {"i": number, "x": number} | kind if opens else {"i": number})
    made.text = f"<{number}>" if opens else f"</{number}>"
    return made


def read(path: Path, *, source: str | None = None, target: str | None = None) -> Iterator[Pairing]:
    """The pairings of a TMX file, one at a time: of each unit, its source text with every other language, or with ``target``.

    The source is in the language ``source``, else in that of the unit's or the header's ``srclang``, else in the first.
    Raises ``SourceError``, with the line, where the file cannot be read, is no TMX, or defines entities.
    """
    from lxml import etree

    try:
        with path.open("rb") as file:
            found = etree.iterparse(
                file, events=("start", "end"), tag=("{*}tmx", "{*}header", "{*}tu"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
            )
            yield from _pairings(found, path.name, source, target)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{path.name}:{error.lineno or 1}: this is no well-formed XML ({error.msg}): export it again.") from error
    except OSError as error:
        raise SourceError(f"{path} cannot be opened ({error.strerror or error}): check the path.") from error


def _pairings(found: Any, name: str, source: str | None, target: str | None) -> Iterator[Pairing]:
    said, number, there = None, 0, False
    for event, element in found:
        tag = local(element)
        if event == "start":
            if tag == "tmx":
                there = True
                refuse_entities(element, f"{name}:1")
            continue
        if tag == "header":
            said = element.get("srclang")
        elif tag == "tu":
            number += 1
            yield from _of_unit(element, number, source or element.get("srclang") or said, target)
            drop(element)
    if not there:
        raise SourceError(f"{name}:1: this is no TMX file: give one that a translation tool exported as TMX.")


def _of_unit(element: _Element, number: int, source: str | None, target: str | None) -> Iterator[Pairing]:
    variants = [
        (tag, variant, segment) for variant in children(element, "tuv") if (tag := language(variant)) and (segment := child(variant, "seg")) is not None
    ]
    first = next((one for one in variants if source and _same(one[0], source)), None if source and source != "*all*" else next(iter(variants), None))
    if first is None:
        return
    properties = tuple((prop.get("type") or "", prop.text or "") for prop in children(element, "prop"))
    asides = (*_asides(element, "unit"), *_asides(first[1], "source"))
    for tag, variant, segment in variants:
        if variant is first[1] or (target and not _same(tag, target)):
            continue
        numbers = Numbers()
        texts = runs(first[2], rule, numbers, edges=True), runs(segment, rule, numbers, edges=True)
        who = variant.get("changeid") or variant.get("creationid") or element.get("changeid") or ""
        at = _time(variant.get("changedate") or element.get("changedate") or element.get("creationdate") or "")
        if all(texts):
            yield Pairing(element.get("tuid") or str(number), *texts, first[0], tag, at, who, properties, (*asides, *_asides(variant, "target")))


def _asides(element: _Element, of: Literal["unit", "source", "target"]) -> Iterator[Aside]:
    yield from (Aside(of, "@", name, value) for name in KEPT if (value := element.get(name)))
    yield from (Aside(of, "note", "", note.text or "") for note in children(element, "note"))
    if of != "unit":
        yield from (Aside(of, "prop", prop.get("type") or "", prop.text or "") for prop in children(element, "prop"))


def _time(stamp: str) -> str:
    """20261122T044036Z as 2026-11-22T04:40:36Z; "" for anything else."""
    if len(stamp) < 15 or not (stamp[:8] + stamp[9:15]).isdigit():
        return ""
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[9:11]}:{stamp[11:13]}:{stamp[13:15]}Z"


def _same(one: str, other: str) -> bool:
    one, other = (tag.replace("_", "-").casefold() for tag in (one, other))
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")
