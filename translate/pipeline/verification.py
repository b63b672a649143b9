"""Derives again what can be derived of a finished work, and says what does not hold."""

from __future__ import annotations

import io
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from translate.pipeline import results
from translate.pipeline.works import Folder
from translate.store import Store


@dataclass(frozen=True, slots=True)
class Verified:
    """``faults`` are sentences for what does not hold, ``remarks`` for what was looked at or could not be."""

    faults: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything does."""
        return not self.faults


def verify(folder: Folder) -> Verified:
    """Check the store's hashes, that the book on disk is the one the store builds, and that epubcheck finds nothing new in it."""
    with Store.open(folder.store, readonly=True) as store:
        faults = list(store.verify())
        remarks = [f"{folder.store}: every hash was derived again."]
        book = folder.book(store.work)
        if not book.exists():
            remarks.append("There is no built book: dragoman assemble builds it.")
        else:
            faults += _same_book(store, book)
            new, said = _validated(store, book)
            faults += new
            remarks += said
    return Verified(tuple(faults), tuple(remarks))


def _same_book(store: Store, book: Path) -> list[str]:
    """Whether the store builds the same bytes, as a translation or as a bilingual edition."""
    there = sha256(book.read_bytes()).hexdigest()
    for bilingual in (False, True):
        built = io.BytesIO()
        results.write(store, built, bilingual=bilingual)
        if sha256(built.getvalue()).hexdigest() == there:
            return []
    return [f"{book} is not the book that the store builds now: it was changed, or is older than the store. dragoman assemble builds it again."]


def _validated(store: Store, book: Path) -> tuple[list[str], list[str]]:
    if store.work.format != "epub":
        return [], []
    verdict = results.verdict(store, book)
    if verdict is None:
        return [], ["epubcheck is not installed, so the book was not validated (Debian: sudo apt-get install epubcheck)."]
    faults = [f"epubcheck finds what it did not find in the source: {one}" for one in verdict.new]
    return faults, [f"{verdict.tool}: {verdict.before[0]} errors in the source, {verdict.after[0]} in the translation."]
