"""What a person says about a segment in another tool: notes of XLIFF, comments of Word, lines that she adds to the notes of a table.

Our own notes go out with a mark of each line, so that at the return hers are told from ours, whatever has changed here since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from translate.exchange.markup import local

if TYPE_CHECKING:
    from lxml.etree import _Element

OURS = "dragoman"
"""What the author or category of our own notes in XLIFF begins with."""
SIZE = 6
"""Hexadecimal digits of a line's mark."""
WHO = ("from", "author", "creatoruser", "user", "creator", "changeid", "creationid")
WHEN = ("time", "date", "created", "timestamp", "creationdate", "changedate")
"""Attributes in which tools say of a note who wrote it, and when; none of this is in the standard but ``from``."""
NOBODY = frozenset(["", "translator", "developer", "reviewer", "programmer", "source", "target", "user", "unknown", "pot"])
"""Roles that stand in the place of a name."""
SUGGESTED = frozenset(["alt-trans", "match", "matches"])
"""Hold other translations that a tool has offered, with notes of their own."""
_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True, slots=True)
class Remark:
    """A person's words beside a segment; ``who`` and ``at`` (ISO 8601, UTC) are "" where the file does not say. ``settled`` where she has marked it as done."""

    text: str
    who: str = ""
    at: str = ""
    settled: bool = False

    @property
    def folded(self) -> str:
        """Its words as they are compared: tools break lines as they like."""
        return " ".join(self.text.split())


def stamp(said: str) -> str:
    """A time as other tools write it in ISO 8601, UTC; "" where it is none."""
    found = _STAMP.fullmatch(said.strip())
    if found is None:
        return ""
    zone = (found[7] or "Z").replace("Z", "+00:00")
    try:
        at = datetime.fromisoformat(f"{found[1]}-{found[2]}-{found[3]}T{found[4]}:{found[5]}:{found[6] or '00'}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):  # no such day; a time before the first year
        return ""
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


# --- lines of a table


def marks(lines: Iterable[str]) -> str:
    """The marks of our own lines, one behind the other."""
    return "".join(_mark(line) for line in lines if line.strip())


def hers(lines: Iterable[str], ours: str) -> tuple[Remark, ...]:
    """What is in the lines and not of ``ours`` (their marks); of a line of ours that she has written on, what she has added."""
    known = {ours[start : start + SIZE] for start in range(0, len(ours), SIZE)}
    added = (_added(line, known) for line in lines if line.strip() and _mark(line) not in known)
    return tuple(Remark(text) for text in added if text)


def _added(line: str, known: set[str]) -> str:
    words = line.split()
    places = (place for place in range(len(words) - 1, 0, -1) if _mark(" ".join(words[:place])) in known)
    return " ".join(words[next(places, 0) :])


def _mark(line: str) -> str:
    return sha256(" ".join(line.split()).encode("utf-8", "surrogatepass")).hexdigest()[:SIZE]


# --- XLIFF


def of_unit(unit: _Element) -> tuple[Remark, ...]:
    """The notes of a unit of XLIFF 1.2 or 2.x, comments as memoQ writes them, and what is said of a part of its target; our own are left out."""
    notes = (note for note in unit.iter("{*}note", "{*}comment") if not any(local(above) in SUGGESTED for above in note.iterancestors()))
    found = [*(_of_note(note) for note in notes), *_of_marks(unit)]
    return tuple(dict.fromkeys(remark for remark in found if remark is not None and remark.folded))


def of_file(note: _Element) -> Remark | None:
    """What a note says that stands outside all units, at a file or a group of them, with the name of that; None for one inside a unit, and for our own."""
    above = {local(one): one for one in note.iterancestors()}
    if above.keys() & {"trans-unit", "unit", "bin-unit"}:
        return None
    found, holder = _of_note(note), above.get("group", above.get("file"))
    name = next((name for key in ("original", "resname", "name", "id") if holder is not None and (name := holder.get(key))), "")
    return replace(found, text=f"On all of {name or 'this file'}: {found.text}") if found is not None and found.folded else None


def _of_note(note: _Element) -> Remark | None:
    said = _attribute(note, WHO)
    if said.startswith(OURS) or (note.get("category") or "").startswith(OURS) or _attribute(note, ["deleted"]) == "true":
        return None
    return Remark("".join(note.itertext()).strip(), "" if said.casefold() in NOBODY else said, stamp(_attribute(note, WHEN)))


def _of_marks(unit: _Element) -> Iterator[Remark]:
    """Remarks that stand on words: ``mrk`` with ``comment`` (1.2) or with the type "comment" and ``value`` (2.x)."""
    for mark in (node for node in unit.iter() if local(node) == "mrk"):
        text = mark.get("comment") or (mark.get("value") if mark.get("type") == "comment" else "") or ""
        yield Remark(text.strip(), "", "")


def _attribute(element: _Element, names: Iterable[str]) -> str:
    there = {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}
    return next((there[name].strip() for name in names if there.get(name, "").strip()), "")
