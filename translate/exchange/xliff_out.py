"""XLIFF out, 1.2 and 2.1: one unit a segment, inline codes with our markers' numbers, states, findings and terms as notes.

The key that tells whether a segment has changed since is ``extradata`` in 1.2, and metadata of the unit in 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate import __version__
from translate.exchange import codes
from translate.exchange.markup import XML, legible
from translate.exchange.outgoing import Errand, Note, Outgoing, State

if TYPE_CHECKING:
    from lxml.etree import _Element

FIRST = "urn:oasis:names:tc:xliff:document:1.2"
SECOND = "urn:oasis:names:tc:xliff:document:2.0"
META = "urn:oasis:names:tc:xliff:metadata:2.0"
KEY = "dragoman:"

FIRST_STATES: dict[State, dict[str, str]] = {
    "pending": {"state": "new"},
    "machine": {"state": "needs-review-translation", "state-qualifier": "leveraged-mt"},
    "flagged": {"state": "needs-translation"},
    "approved": {"state": "final"},
}
SECOND_STATES: dict[State, dict[str, str]] = {
    "pending": {"state": "initial"},
    "machine": {"state": "translated", "subState": "dragoman:machine"},
    "flagged": {"state": "initial", "subState": "dragoman:flagged"},
    "approved": {"state": "final"},
}


def write(path: Path, errand: Errand, *, version: str = "1.2") -> int:
    """Write the segments to ``path``, one at a time; gives how many. ``version`` is "1.2" or "2.1".

    Raises ``OSError`` where the file cannot be written.
    """
    from lxml import etree

    with etree.xmlfile(str(path), encoding="utf-8") as out:
        out.write_declaration()
        return _first(etree, out, errand) if version == "1.2" else _second(etree, out, errand)


def _documents(errand: Errand) -> Iterator[tuple[int, str, Iterator[Outgoing]]]:
    for number, (name, segments) in enumerate(groupby(errand.segments, key=lambda one: one.document), 1):
        yield number, name, segments


# --- 1.2


def _first(etree: Any, out: Any, errand: Errand) -> int:
    count = 0
    with out.element(f"{{{FIRST}}}xliff", nsmap={None: FIRST}, version="1.2"):
        for _, name, segments in _documents(errand):
            out.write("\n")
            spoken = {"source-language": errand.source_language, "target-language": errand.target_language}
            with out.element(f"{{{FIRST}}}file", {"original": legible(name), "datatype": "xml", "tool-id": "dragoman"} | spoken):
                header = etree.Element(f"{{{FIRST}}}header", nsmap={None: FIRST})
                etree.SubElement(header, f"{{{FIRST}}}tool", {"tool-id": "dragoman", "tool-name": "Dragoman", "tool-version": __version__})
                out.write(header)
                with out.element(f"{{{FIRST}}}body"):
                    for segment in segments:
                        out.write("\n")
                        out.write(_trans_unit(etree, segment))
                        count += 1
                    out.write("\n")
        out.write("\n")
    return count


def _trans_unit(etree: Any, segment: Outgoing) -> _Element:
    facts = {"id": segment.id, "restype": f"x-{segment.kind}", "extradata": f"{KEY}{segment.key}"}
    unit: _Element = etree.Element(
        f"{{{FIRST}}}trans-unit", facts | ({"approved": "yes"} if segment.state == "approved" else {}) | {f"{XML}space": "preserve"}, nsmap={None: FIRST}
    )
    codes.fill(etree, etree.SubElement(unit, f"{{{FIRST}}}source"), segment.source, codes.first(FIRST))
    # Without a translation the source stands in its place, as tools expect that translate the target where it stands (OmegaT 3.6).
    codes.fill(etree, etree.SubElement(unit, f"{{{FIRST}}}target", FIRST_STATES[segment.state]), segment.target or segment.source, codes.first(FIRST))
    for note in segment.notes:
        etree.SubElement(unit, f"{{{FIRST}}}note", {"from": f"dragoman {note.about}"} | _priority(note)).text = legible(note.text)
    return unit


def _priority(note: Note) -> dict[str, str]:
    return {"priority": "1"} if note.grave else {}


# --- 2.1


def _second(etree: Any, out: Any, errand: Errand) -> int:
    count = 0
    spoken = {"srcLang": errand.source_language, "trgLang": errand.target_language}
    with out.element(f"{{{SECOND}}}xliff", {"version": "2.1"} | spoken, nsmap={None: SECOND, "mda": META}):
        for number, name, segments in _documents(errand):
            out.write("\n")
            with out.element(f"{{{SECOND}}}file", {"id": f"f{number}", "original": legible(name), "canResegment": "no"}):
                for segment in segments:
                    out.write("\n")
                    out.write(_unit(etree, segment))
                    count += 1
                out.write("\n")
        out.write("\n")
    return count


def _unit(etree: Any, segment: Outgoing) -> _Element:
    unit: _Element = etree.Element(f"{{{SECOND}}}unit", {"id": segment.id, "type": f"dragoman:{segment.kind}"}, nsmap={None: SECOND, "mda": META})
    group = etree.SubElement(etree.SubElement(unit, f"{{{META}}}metadata"), f"{{{META}}}metaGroup", category="dragoman")
    etree.SubElement(group, f"{{{META}}}meta", type="key").text = segment.key
    if segment.notes:
        notes = etree.SubElement(unit, f"{{{SECOND}}}notes")
        for note in segment.notes:
            etree.SubElement(notes, f"{{{SECOND}}}note", {"category": f"dragoman-{note.about}"} | _priority(note)).text = legible(note.text)
    data = codes.data_of(segment.source, segment.target)
    if data:
        holder = etree.SubElement(unit, f"{{{SECOND}}}originalData")
        for name, text in data.items():
            etree.SubElement(holder, f"{{{SECOND}}}data", id=name).text = legible(text)
    part = etree.SubElement(unit, f"{{{SECOND}}}segment", {"id": "s1"} | SECOND_STATES[segment.state])
    for name, runs in (("source", segment.source), ("target", segment.target)):
        if runs:
            codes.fill(etree, etree.SubElement(part, f"{{{SECOND}}}{name}", {f"{XML}space": "preserve"}), runs, codes.second(SECOND))
    return unit
