"""A small work that is sent to another tool, translated once for all tests of a file."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from tests import works
from translate.models.profiles import Profile
from translate.models.scripted import Scripted
from translate.pipeline.interchange import transfer
from translate.pipeline.order import Order, carry_out
from translate.pipeline.progress import Silent
from translate.pipeline.works import Folder


def translated(home: Path, book: list[list[str]], *, glossaries: Sequence[Path] = ()) -> Path:
    """``home`` with the translated work in it."""
    order = Order(works.epub(home / "book.epub", book), "de", model="hosted:scripted", out=home / "out", glossaries=tuple(glossaries), memory="off")
    carry_out(order, Silent(), model=Scripted(works.answer, profile=Profile("scripted")))
    return home


def copied(home: Path, to: Path) -> Folder:
    """The work of ``home``, each test's own."""
    shutil.copytree(home, to, dirs_exist_ok=True)
    return Folder(to / "out" / "book.de")


def sent(folder: Folder, form: str) -> Path:
    """The file that goes out; ``form`` is what ``export --format`` takes, with a version behind it ("xliff 2.1")."""
    name, _, version = form.partition(" ")
    return transfer.export(folder, form=name, version=version or "1.2").path
