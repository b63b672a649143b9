"""The glossaries of a work: given with an order once, held by every later run, until others are given or they are taken away.

A file that is still there counts as it is now. Of one that is gone, the lines of the last run that read it hold, from a copy in the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from translate import glossary
from translate.document import Term
from translate.errors import GlossaryError
from translate.pipeline.progress import Progress
from translate.store import Store
from translate.store.glossaries import mark

FOLDER = "glossaries"
"""The folder beside a work's store for glossaries that came by a browser."""

NO_GLOSSARY: tuple[Path, ...] = (Path("none"),)
"""In the place of glossaries: none, also where the work has some."""

State = Literal["file", "copy", "missing"]


@dataclass(frozen=True, slots=True)
class Held:
    """A glossary as it holds for a work: read from its ``file``, from the ``copy`` of the last run that read it, or ``missing``, with neither; ``remarks`` are sentences on how it was read."""

    path: Path
    terms: tuple[Term, ...]
    state: State = "file"
    remarks: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """The hash of its lines; "" where it is missing."""
        return "" if self.state == "missing" else mark(self.terms)

    @property
    def says(self) -> str:
        """The file's name and its terms, and what is to be known of it besides."""
        more = {"file": "", "copy": f"; {self.path} is gone, its lines are kept with the work", "missing": ""}[self.state]
        return f"{self.path.name} (not at {self.path} any more, and no copy is kept)" if self.state == "missing" else f"{self.path.name} ({_terms(len(self.terms))}{more})"


def _terms(number: int) -> str:
    return f"{number:,} term{'' if number == 1 else 's'}"


def named(order: Sequence[Path]) -> tuple[Path, ...]:
    """The files that an order names; none for ``NO_GLOSSARY``."""
    return tuple(path for path in order if path not in NO_GLOSSARY)


def check(order: Sequence[Path], *, target: str, begun: bool) -> None:
    """Raise ``GlossaryError``, before anything is written, where a file of the order cannot be read; one that is gone may have a copy where the work is ``begun``."""
    for path in named(order):
        if there(path) or not begun:
            glossary.load(path, target=target)


def of_order(order: Sequence[Path], store: Store) -> tuple[Held, ...]:
    """The glossaries of a run: those of the order; where it names none, those of the work's last run.

    Raises ``GlossaryError`` where a file cannot be read, or one of the order is gone and has no copy.
    """
    copies = dict(_kept(store))
    wanted = [path.resolve() for path in named(order)] if order else list(copies)
    held = tuple(_read(path, copies.get(path, ""), store) for path in dict.fromkeys(wanted))
    for one in held:
        if order and one.state == "missing":
            glossary.load(one.path)
    return held


def of_work(store: Store) -> tuple[Held, ...]:
    """The glossaries of the work's last run, for those who only look: of a file that cannot be read now, the copy."""
    out = []
    for path, copy in _kept(store):
        try:
            out.append(_read(path, copy, store))
        except GlossaryError:
            out.append(_copy(path, copy, store))
    return tuple(out)


def paths(store: Store) -> tuple[Path, ...]:
    """The glossary files of the work's last run, also those that are gone."""
    return tuple(path for path, _ in _kept(store))


def terms(held: Sequence[Held]) -> tuple[Term, ...]:
    """The glossaries as one, the later over the earlier."""
    return glossary.stack(*(one.terms for one in held))


def settings(held: Sequence[Held]) -> dict[str, str]:
    """What is kept of them with a run."""
    return {"glossaries": "\n".join(str(one.path) for one in held), "glossary_copies": "\n".join(one.mark for one in held)}


def tell(order: Sequence[Path], held: Sequence[Held], store: Store, progress: Progress) -> None:
    """Say which glossaries of earlier runs hold where the order names none, which are gone, and which say something else now."""
    known = [one for one in held if one.state != "missing"]
    if not order and known:
        progress.says(f"The work keeps its glossary: {', '.join(one.says for one in known)}. '--glossary none' takes it away.")
    elif order:
        for one in held:
            if one.state == "copy":
                progress.says(f"Glossary {one.says}. Give its new place with --glossary.")
    for one in held:
        for remark in one.remarks:
            progress.says(remark)
        if one.state == "missing":
            progress.says(f"Glossary {one.says}: its terms do not hold. Give its new place with --glossary.")
    copies = dict(_kept(store))
    for one in held:
        before = store.glossaries.find(copies.get(one.path, "")) if one.state == "file" else None
        differing = {_said(term) for term in before} ^ {_said(term) for term in one.terms} if before is not None else ()
        if differing:
            number = len({said[0] for said in differing})
            progress.says(f"{one.path.name} has changed since the last run ({_terms(number)}): only passages in which these occur are done again.")


def _said(term: Term) -> tuple[object, ...]:
    """What a line asks for, wherever it stands."""
    return (term.source, term.target, term.allowed, term.forbidden, term.keep, term.case)


def there(path: Path) -> bool:
    """Whether there is such a file, and one may look."""
    try:
        return path.is_file()
    except OSError:
        return False


def _kept(store: Store) -> Iterator[tuple[Path, str]]:
    """The files of the last run, each with the hash of what it said; one that came by a browser lies beside the store, wherever that is now."""
    runs = store.runs()
    told = dict(runs[-1].settings) if runs else {}
    names = [name for name in told.get("glossaries", "").split("\n") if name]
    for name, copy in zip_longest(names, told.get("glossary_copies", "").split("\n")[: len(names)], fillvalue=""):
        path = Path(name)
        beside = store.path.parent / FOLDER / path.name
        moved = path.parent.name == FOLDER and not there(path) and there(beside)
        yield (beside.resolve() if moved else path), copy


def _read(path: Path, copy: str, store: Store) -> Held:
    if not there(path):
        return _copy(path, copy, store)
    found = glossary.read(path, source=store.work.source_language, target=store.work.target_language)
    return Held(path, found.terms, remarks=found.remarks)


def _copy(path: Path, copy: str, store: Store) -> Held:
    found = store.glossaries.find(copy) if copy else None
    return Held(path, (), "missing") if found is None else Held(path, found, "copy")
