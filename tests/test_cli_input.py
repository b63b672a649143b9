"""Bad input at the command line: one line on stderr, exit code 1, nothing written, no trace of a crash."""

import io
import os
import random
import shutil
import sqlite3
import tempfile
import zipfile
from pathlib import Path

import pytest

from tests import hostile, works
from tests.shelf import ONE, THREE, pack
from tests.terminal import PLAIN_RIGHTS, called, files, here
from translate.store import Store

PAGE = "OPS/text/one.xhtml"
TRANSLATE = ("translate", "book.epub", "--to", "de", "--model", "pseudo")


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / ".data"))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def open_folder():
    """A folder whose parents every user may enter, since rights are what is tested."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    shutil.rmtree(folder)


def refused(said):
    assert (1, "", 1) == (said.code, said.out, len(said.errors)), said
    assert said.errors[0].startswith("Error: ")
    assert "Traceback" not in said.err
    return said.errors[0]


# --- sources that are refused


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_a_hostile_book_is_refused_in_one_line_and_nothing_is_written(name, shell):
    build, words = hostile.REFUSED[name]
    (shell / "book.epub").write_bytes(build())
    before = files(shell)

    for arguments in (TRANSLATE, ("inspect", "book.epub")):
        error = refused(here(*arguments))
        assert words in error
        assert "book.epub" in error

    assert before == files(shell)


PROCESSES = ("plain text", "a zip cut off", "a zip bomb", "a package with an entity bomb", "a package nested too deep", "a path that leads out", "a NUL in a name", "DRM")


@pytest.mark.slow
@pytest.mark.parametrize("name", PROCESSES)
def test_a_hostile_book_is_refused_by_the_real_command_within_limits(name, shell):
    """256 MB of memory on top of the interpreter and its libraries is plenty for saying no."""
    build, words = hostile.REFUSED[name]
    (shell / "book.epub").write_bytes(build())
    before = files(shell)

    said = called(*TRANSLATE, folder=shell, before=("prlimit", f"--as={1 << 30}"), seconds=20)

    assert words in refused(said)
    assert before == {name: data for name, data in files(shell).items() if not name.startswith(".data")}


# --- sources with a hostile page: the book is made, the page's harm is not


def _with_page(page):
    return pack({**THREE, PAGE: page})


PAGES = {
    "an entity bomb": ONE.replace("<!DOCTYPE html>", hostile.BOMB.replace("<!DOCTYPE x", "<!DOCTYPE html")).replace("early", "&i;"),
    "an external entity": ONE.replace("<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY secret SYSTEM "file:///etc/passwd">]>').replace("early", "&secret;"),
    "an external DTD": ONE.replace("<!DOCTYPE html>", '<!DOCTYPE html SYSTEM "http://127.0.0.1:9/evil.dtd">'),
    "tags nested 100,000 deep": ONE.replace("<p>", "<p>" + "<span>" * 100_000).replace("</p>", "</span>" * 100_000 + "</p>"),
    "tag soup nested 100,000 deep": ONE.replace("<p>", "<p>" + "<i><b>" * 50_000),
    "an attribute of 50 MB": ONE.replace("<p>", f'<p title="{random.Random(1).randbytes(25_000_000).hex()}">'),
    "an attribute of 50 MB that packs well": ONE.replace("<p>", f'<p title="{"a " * 25_000_000}">'),
    "a NUL": ONE.replace("early", "ea\0rly"),
    "no end": ONE[: len(ONE) // 2],
    "nothing": "",
    "a character that is none": ONE.replace("early", "&#xFFFFFFF;"),
}


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.slow) if name == "an attribute of 50 MB" else name for name in PAGES])
def test_a_hostile_page_is_named_or_harmless_and_the_book_is_made(name, shell):
    (shell / "book.epub").write_bytes(_with_page(PAGES[name]))

    said = here(*TRANSLATE)

    if said.code == 1:
        assert "book.epub" in refused(said)
        assert not (shell / "output").exists()
    else:
        unread = [row for row in here("findings", "book.de", "--json").json["findings"] if row["check"] == "unread"]
        assert (3 if unread else 0, []) == (said.code, said.errors)
        with zipfile.ZipFile(shell / "output/book.de/book.de.epub") as book:
            assert list(THREE) == book.namelist()
            assert b"root:" not in book.read(PAGE)
            assert len(book.read(PAGE)) < 8 * len(PAGES[name].encode()) + 1000


def test_a_package_that_names_missing_files_is_a_remark(shell):
    files_ = {name: data for name, data in THREE.items() if name != "OPS/text/two.xhtml"}
    (shell / "book.epub").write_bytes(pack(files_))

    said = here(*TRANSLATE)

    assert 0 == said.code
    assert "'text/two.xhtml', which is not in the book" in said.out
    assert "Note: " in said.out


# --- places that cannot be written


@pytest.fixture
def book(shell):
    works.epub(shell / "book.epub", [["One paragraph of a few words.", "Another one."]])
    return shell


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="rights do not bind root, and setpriv is not installed")
def test_a_folder_that_cannot_be_written_is_one_line(open_folder):
    works.epub(open_folder / "book.epub", [["One paragraph of a few words."]])
    (open_folder / "output").mkdir()
    (open_folder / "output").chmod(0o555)

    said = called(*TRANSLATE, folder=open_folder, before=PLAIN_RIGHTS)

    assert "output/book.de cannot be made (Permission denied)" in refused(said)


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="rights do not bind root, and setpriv is not installed")
@pytest.mark.parametrize("command", ["translate", "correct", "assemble"])
def test_a_store_that_cannot_be_written_is_one_line_and_can_still_be_read(command, open_folder):
    works.epub(open_folder / "book.epub", [["One paragraph of a few words."]])
    assert 0 == called(*TRANSLATE, folder=open_folder).code
    with Store.open(open_folder / "output/book.de/work.db", readonly=True) as store:
        segment = next(iter(store.segments())).id
    work = open_folder / "output/book.de"
    for path in work.iterdir():
        path.chmod(0o444)
    work.chmod(0o555)
    before = files(work)
    arguments = {"translate": TRANSLATE, "correct": ("correct", "book.de", segment, "Neu."), "assemble": ("assemble", "book.de")}[command]

    said = called(*arguments, folder=open_folder, before=PLAIN_RIGHTS)
    status = called("status", "--json", folder=open_folder, before=PLAIN_RIGHTS)

    assert "cannot be written" in refused(said)
    assert 0 == status.code
    assert before == files(work)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("prlimit"), reason="prlimit is not installed")
@pytest.mark.parametrize("size", [0, 1000, 60_000, 120_000, 150_000, 170_000])
def test_a_disk_that_fills_up_is_one_line_and_the_same_command_goes_on_later(size, book):
    """A limit on the size of files stands for the full disk: the same error at the same places."""
    said = called(*TRANSLATE, folder=book, before=("prlimit", f"--fsize={size}"))
    again = called(*TRANSLATE, folder=book)

    if said.code:
        assert "full" in refused(said) or "too large" in said.err.lower()
    assert not list(book.rglob("*.tmp"))
    assert (0, []) == (again.code, again.errors)
    assert "passages passed every check" in again.out


@pytest.mark.skipif(not shutil.which("prlimit"), reason="prlimit is not installed")
def test_a_book_that_cannot_be_written_whole_leaves_the_old_one(book):
    with zipfile.ZipFile(book / "book.epub", "a") as archive:
        archive.writestr("OEBPS/picture.bin", random.Random(1).randbytes(300_000))
    assert 0 == here(*TRANSLATE).code
    old = (book / "output/book.de/book.de.epub").read_bytes()

    said = called("assemble", "book.de", "--bilingual", folder=book, before=("prlimit", "--fsize=100000"))

    assert "book.de.epub" in refused(said)
    assert old == (book / "output/book.de/book.de.epub").read_bytes()
    assert {"book.de.epub", "report.html", "report.de.html", "report.json", "work.db", "work.db.lock"} == {path.name for path in (book / "output/book.de").iterdir()}


# --- stores that cannot be used


def _garbage(path):
    path.write_bytes(b"no store at all " * 500)


def _empty(path):
    path.write_bytes(b"")


def _of_somebody_else(path):
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE letters (text)")
    connection.commit()
    connection.close()


def _cut_off(path):
    path.write_bytes(path.read_bytes()[:30_000])


def _newer(path):
    connection = sqlite3.connect(path)
    table = next(name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if "migration" in name)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    row = list(connection.execute(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone())
    names = {"name": "m9999_colours", "migration": "m9999_colours", "id": 9999, "position": 9999}
    values = [names.get(column, value) for column, value in zip(columns, row, strict=True)]
    connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
    connection.commit()
    connection.close()


STORES = {"garbage": (_garbage, "not a store"), "empty": (_empty, "work.db"), "somebody else's": (_of_somebody_else, "work.db"), "cut off": (_cut_off, "damaged"), "newer": (_newer, "newer")}


@pytest.mark.parametrize("command", [TRANSLATE, ("status", "book.de"), ("findings", "book.de"), ("assemble", "book.de"), ("verify", "book.de")], ids=lambda command: command[0])
@pytest.mark.parametrize("name", STORES)
def test_a_store_that_cannot_be_used_is_one_line_and_left_alone(name, command, book):
    assert 0 == here(*TRANSLATE).code
    path = book / "output/book.de/work.db"
    spoil, words = STORES[name]
    spoil(path)
    before = path.read_bytes()

    error = refused(here(*command))

    assert words in error
    assert "work.db" in error
    assert before == path.read_bytes()


def test_a_zip_of_many_books_is_no_book(shell):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("one.epub", pack(THREE))
    (shell / "book.epub").write_bytes(inner.getvalue())

    assert "book.epub" in refused(here(*TRANSLATE))
