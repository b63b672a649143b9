"""An OmegaT project: where its files lie, and the notes of its users, which it keeps in its own memory and in no translated file.

A note stands there with the text that OmegaT showed: a unit's target where it had one (OmegaT 3.6), else its source, whole or a sentence of it, with tags like ``<g0>`` as text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from translate.document import plain
from translate.errors import SourceError
from translate.exchange import xliff
from translate.exchange.markup import child, children, local, parse
from translate.exchange.remarks import Remark
from translate.exchange.units import Unit

PROJECT = "omegat.project"
MEMORY = "project_save.tmx"
SUFFIXES = (".xlf", ".xliff")
LARGEST = 512 * 1024 * 1024
_TAG = re.compile(r"</?[a-z]+\d+/?>")


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of a project: of what is translated, of what was made of it; and the memory with the notes."""

    sources: Path
    targets: Path
    memory: Path

    @property
    def made(self) -> tuple[Path, ...]:
        """The XLIFF files that OmegaT has made, in the order of their names."""
        return tuple(sorted(path for path in self.targets.rglob("*") if path.suffix.lower() in SUFFIXES)) if self.targets.is_dir() else ()


@dataclass(frozen=True, slots=True)
class Note:
    """A person's note, the text that it stands with as it is compared, and the id of its unit where the memory has that."""

    remark: Remark
    text: str
    id: str = ""


def project_of(path: Path) -> Project | None:
    """The project that ``path`` is: its folder, its memory, or a file that OmegaT has made in it; None where it is none of these.

    Raises ``SourceError`` where the project's settings cannot be read, and ``OSError``.
    """
    for home in (path, *path.absolute().parents[:4]):
        if (home / PROJECT).is_file():
            found = _opened(home)
            made = path.absolute().is_relative_to(found.targets.absolute())
            return found if path == home or path.name == MEMORY or made else None
    return None


def _opened(home: Path) -> Project:
    root = parse((home / PROJECT).read_bytes(), PROJECT)
    said = {local(one): (one.text or "").strip() for one in root.iter() if local(one).endswith("_dir")}
    folders = {name: said.get(f"{name}_dir", "") for name in ("source", "target")}
    places = {name: home / (name if given in ("", "__DEFAULT__") else given) for name, given in folders.items()}
    return Project(places["source"], places["target"], home / "omegat" / MEMORY)


def notes(memory: Path) -> Iterator[Note]:
    """The notes of a project's memory. Raises ``SourceError`` where it cannot be read, and ``OSError``."""
    if memory.stat().st_size > LARGEST:
        raise SourceError(f"{memory.name} is larger than {LARGEST:,} bytes: nothing that OmegaT saved of this work is.")
    for unit in parse(memory.read_bytes(), memory.name).iter("{*}tu"):
        variant = child(unit, "tuv")
        shown = child(variant, "seg") if variant is not None else None
        id_ = next((prop.text or "" for prop in children(unit, "prop") if prop.get("type") == "id"), "")
        for note in children(unit, "note"):
            remark = Remark("".join(note.itertext()).strip())
            if remark.folded and shown is not None:
                yield Note(remark, _folded("".join(shown.itertext())), id_)


def units(project: Project, made: Path) -> tuple[Unit, ...]:
    """The units of the file of which OmegaT has made ``made``, with both texts as it read them; none where that is not there any more."""
    path = project.sources / made.relative_to(project.targets)
    return xliff.read(path.read_bytes(), path.name, None, None).units if path.is_file() else ()


class Places:
    """Where the texts of units stand, so that a note finds the unit that it is about."""

    def __init__(self, found: Iterable[Unit]) -> None:
        self._ids: set[str] = set()
        self._whole: dict[str, str] = {}
        self._starts: list[int] = []
        self._names: list[str] = []
        texts: list[str] = []
        length = 0
        for unit in found:
            self._ids.add(unit.id)
            for runs in (unit.target or (), unit.source):
                text = _folded(plain(runs))
                self._whole.setdefault(text, unit.id)
                self._starts.append(length)
                self._names.append(unit.id)
                texts.append(text)
                length += len(text) + 1
        self._all = "\n".join(texts)

    def of(self, note: Note) -> str:
        """The id of the first unit that reads as the note's text, or holds it; "" where none does."""
        if note.id in self._ids:
            return note.id
        place = self._all.find(note.text) if note.text and note.text not in self._whole else -1
        return self._whole.get(note.text, "") if place < 0 else self._names[bisect_right(self._starts, place) - 1]


def _folded(text: str) -> str:
    return " ".join(_TAG.sub("", text).split())
