"""Notes on whole files of XLIFF, and the notes that OmegaT keeps in its project, become comments too."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.sent import copied, sent, translated
from tests.terminal import here
from tests.works import rendered
from translate.errors import DragomanError
from translate.pipeline.interchange import returns
from translate.pipeline.works import Folder
from translate.store import Store

BOOK = [["The house stands in the garden. It is old.", "She gave him <em>12 books</em> today."], ["The third of them."]]
PROJECT = "<omegat><project version='1.0'><source_dir>{}</source_dir><target_dir>{}</target_dir></project></omegat>"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return translated(tmp_path_factory.mktemp("omegat"), BOOK)


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Folder:
    return copied(home, tmp_path)


def said(folder: Folder) -> list[tuple[str, str]]:
    """The comments of a work: the first words of the passage, and what is said of it."""
    with Store.open(folder.store, readonly=True) as store:
        return [(pair.segment.text[:9], one.text) for pair in store.pairs() for one in store.reviewing.comments(pair.segment.id)]


FILES = [
    ("xliff", r'(original="OEBPS/c1.xhtml".*?<header[^>]*>)', "<note>Who is he?</note>", "On all of OEBPS/c1.xhtml: Who is he?"),
    ("xliff 2.1", r'(original="OEBPS/c1.xhtml"[^>]*>)', "<notes><note>Who is he?</note></notes>", "On all of OEBPS/c1.xhtml: Who is he?"),
    (
        "xliff 2.1",
        r'(original="OEBPS/c1.xhtml"[^>]*>)',
        "<group id='g1' name='A part'><notes><note>Who is he?</note></notes></group>",
        "On all of A part: Who is he?",
    ),
]


@pytest.mark.parametrize(("form", "where", "note", "wanted"), FILES, ids=["1.2", "2.1", "a group"])
def test_a_note_on_a_whole_file_stands_with_its_first_passage_once(folder: Folder, form: str, where: str, note: str, wanted: str) -> None:
    path = sent(folder, form)
    path.write_text(re.sub(where, rf"\1{note}", path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL), encoding="utf-8")

    first, second = returns.bring(folder, path, who="Ada"), returns.bring(folder, path, who="Ada")

    assert [("Chapter n", wanted)] == said(folder)
    assert ((), (), ()) == (first.taken, first.clashes, second.comments)


def unit(text: str, note: str, target: str = "", prop: str = "") -> str:
    """A unit as OmegaT 3.6 saves it."""
    other = f'<tuv lang="de" changeid="ada"><seg>{escape(target)}</seg></tuv>' if target else ""
    return f'<tu>{prop}<note>{escape(note)}</note><tuv lang="en"><seg>{escape(text)}</seg></tuv>{other}</tu>'


def project(folder: Folder, *units: str, dirs: tuple[str, str] = ("__DEFAULT__", "__DEFAULT__")) -> Path:
    """An OmegaT project of the work, translated, with a memory that holds ``units``."""
    home = folder.path.parent / "project"
    source, target = (home / (given if given != "__DEFAULT__" else name) for given, name in zip(dirs, ("source", "target"), strict=True))
    for one in (home / "omegat", source, target):
        one.mkdir(parents=True)
    (home / "omegat.project").write_text(PROJECT.format(*dirs), encoding="utf-8")
    path = sent(folder, "xliff")
    (home / "omegat" / "project_save.tmx").write_text(
        f'<?xml version="1.0"?>\n<tmx version="1.1"><header srclang="en"/><body>{"".join(units)}</body></tmx>', encoding="utf-8"
    )
    shutil.copy(path, source / "book.xlf")
    shutil.move(path, target / "book.xlf")
    return home


SHOWN = rendered("She gave him ") + "<g0>" + rendered("12 books") + "</g0>" + rendered(" today.")
NOTES = [
    ("the draft, which OmegaT 3.6 shows", unit(rendered("The house stands in the garden. It is old."), "Which?", "Das Haus"), "The house"),
    ("the source, as other versions show", unit("The house stands in the garden. It is old.", "Which?"), "The house"),
    ("a sentence of a passage", unit(rendered("It is old."), "Which?", "Es ist alt."), "The house"),
    ("tags as text", unit(SHOWN, "Which?"), "She gave "),
]


@pytest.mark.parametrize(("note", "where"), [row[1:] for row in NOTES], ids=[row[0] for row in NOTES])
@pytest.mark.parametrize("given", ["", "omegat/project_save.tmx", "target/book.xlf"])
def test_a_note_in_an_omegat_project_becomes_a_comment_once(folder: Folder, given: str, note: str, where: str) -> None:
    home = project(folder, note)

    first, second = (returns.bring(folder, home / given, who="Ada") for _ in range(2))

    assert [(where, "Which?")] == said(folder)
    assert ((), (), (), ()) == (first.taken, first.clashes, first.remarks, second.comments)


def test_a_project_with_folders_of_its_own_is_read(folder: Folder) -> None:
    home = project(folder, unit(rendered("The third of them."), "Which?"), dirs=("in", "out/de"))

    returns.bring(folder, home, who="Ada")

    assert [("The third", "Which?")] == said(folder)


def test_a_note_that_names_its_unit_is_that_units(folder: Folder) -> None:
    with Store.open(folder.store, readonly=True) as store:
        name = next(pair.segment.id for pair in store.pairs() if pair.segment.text.startswith("The third"))
    home = project(folder, unit("Words that have changed since.", "Which?", prop=f'<prop type="id">{name}</prop>'))

    returns.bring(folder, home, who="Ada")

    assert [("The third", "Which?")] == said(folder)


def test_a_note_on_no_passage_and_a_memory_that_is_newer_are_told(folder: Folder) -> None:
    home = project(folder, unit("Nothing of the kind.", "Lost words"))
    later = (home / "target" / "book.xlf").stat().st_mtime + 60
    os.utime(home / "omegat" / "project_save.tmx", (later, later))

    told = here("import", folder.path, home).out

    assert "Notes in project_save.tmx that are about no passage of this work: 1 (Lost words)." in told
    assert (
        "project_save.tmx is newer than book.xlf: to take what was changed since, have OmegaT create the translated documents (Ctrl+D), and import again."
        in told
    )


BAD = [
    ("no files made yet", "target/book.xlf", None, "holds no XLIFF file: have OmegaT create the translated documents"),
    ("a memory that breaks off", "omegat/project_save.tmx", b"<tmx><body><tu>", "project_save.tmx is no well-formed XML"),
    ("an entity bomb", "omegat/project_save.tmx", b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<tmx/>', "project_save.tmx: it defines entities"),
    ("settings that break off", "omegat.project", b"<omegat>", "omegat.project is no well-formed XML"),
]


@pytest.mark.parametrize(("name", "data", "says"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_damaged_project_is_refused_and_nothing_is_taken(folder: Folder, name: str, data: bytes | None, says: str) -> None:
    home = project(folder, unit(rendered("The third of them."), "Which?"))
    if data is None:
        (home / name).unlink()
    else:
        (home / name).write_bytes(data)

    with pytest.raises(DragomanError, match=says):
        returns.bring(folder, home, who="Ada")

    assert [] == said(folder)
