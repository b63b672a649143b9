"""XLIFF back from another tool: what it made of each unit that went out, and what people noted there; whatever else is in the file is passed over.

States are mapped so: ``approved="yes"``, "final", "signed-off", "reviewed" say that a person stands for the text;
"new", "needs-…" and "initial" that it needs work; "translated" says nothing, since tools set it by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.document import Runs, normal
from translate.errors import SourceError
from translate.exchange import codes, remarks
from translate.exchange.markup import child, children, drop, local, refuse_entities
from translate.exchange.outgoing import Returned, Says
from translate.exchange.xliff_out import KEY

if TYPE_CHECKING:
    from lxml.etree import _Element

APPROVED = frozenset(["final", "signed-off", "reviewed"])


def read(path: Path) -> Iterator[Returned]:
    """Every unit of an XLIFF 1.2 or 2.x file, one at a time; what is noted of a whole file, or of a group, stands with its first unit.

    Raises ``SourceError``, with the line, where the file cannot be read, is no XLIFF, or defines entities.
    """
    from lxml import etree

    try:
        with path.open("rb") as file:
            events = etree.iterparse(
                file,
                events=("start", "end"),
                tag=("{*}xliff", "{*}trans-unit", "{*}unit", "{*}note"),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            yield from _units(events, path.name)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{path.name}:{error.lineno or 1}: this is no well-formed XML ({error.msg}): export it again.") from error


def _units(events: Any, name: str) -> Iterator[Returned]:
    there, whole = False, dict[remarks.Remark, None]()
    for event, element in events:
        tag = local(element)
        if event == "start":
            if tag == "xliff":
                there = True
                refuse_entities(element, f"{name}:1")
            continue
        if tag == "note":
            said = remarks.of_file(element)
            whole |= {said: None} if said is not None else {}
        elif tag != "xliff":
            unit = _first(element) if tag == "trans-unit" else _second(element)
            yield replace(unit, remarks=(*unit.remarks, *whole))
            whole.clear()
            drop(element)
    if not there:
        raise SourceError(f"{name}:1: this is no XLIFF file: give the one that went out, as the other tool saved it.")


def _first(unit: _Element) -> Returned:
    target = child(unit, "target")
    said = unit.get("extradata") or ""
    key = said.removeprefix(KEY) if said.startswith(KEY) else ""
    if target is None:
        return Returned(unit.get("id") or "", None, key, line=_line(unit), remarks=remarks.of_unit(unit))
    state = target.get("state") or ""
    says: Says = "approved" if unit.get("approved") == "yes" or state in APPROVED else "work" if state == "new" or state.startswith("needs-") else ""
    return Returned(unit.get("id") or "", codes.read(target), key, says, line=_line(unit), remarks=remarks.of_unit(unit))


def _second(unit: _Element) -> Returned:
    """A unit's segments together, with what may stand between them."""
    parts = [part for part in unit if local(part) in ("segment", "ignorable")]
    texts: list[Runs] = []
    for part in parts:
        holder = child(part, "target")
        if holder is None and local(part) == "ignorable":
            holder = child(part, "source")
        if holder is not None:
            texts.append(codes.read(holder))
    states = {part.get("state", "initial") for part in parts if local(part) == "segment"}
    says: Says = "approved" if states and states <= APPROVED else "work" if "initial" in states else ""
    whole = normal(run for runs in texts for run in runs) if any(child(part, "target") is not None for part in parts) else None
    return Returned(unit.get("id") or "", whole, _key(unit), says, line=_line(unit), remarks=remarks.of_unit(unit))


def _key(unit: _Element) -> str:
    for holder in children(unit, "metadata"):
        for group in children(holder, "metaGroup"):
            if group.get("category") == "dragoman":
                return next((one.text or "" for one in children(group, "meta") if one.get("type") == "key"), "")
    return ""


def _line(element: _Element) -> int:
    return int(element.sourceline or 0)
