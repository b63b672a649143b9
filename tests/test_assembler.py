"""The finished file: whole or not there, and no worse than its source in the validator's eyes."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.shelf import CORPUS, SAMPLES, THREE, TWO_FILES, pack
from tests.test_epub import ECHO, GERMAN, own, pseudo, same
from translate.assembler import SHORT_RUN, Message, Verdict, assemble, compare, validate, validator
from translate.document import Document, Runs
from translate.errors import SettingError, SourceError
from translate.formats import Edition, Targets, open_source

BOOKS = [pytest.param(path, id=path.name) for path in (*SAMPLES, *CORPUS)]
TRANSLATED = re.compile(r"-de\.|-fr\.|\.deu\.|\.fra\.")
"""Books that are translations of others here: they have the same structure."""


@dataclass
class Fake:
    """A source that writes ``pieces``, and raises the first of them that is an error."""

    pieces: tuple[bytes | BaseException, ...]
    format: str = "fake"
    name: str = "fake"
    sha256: str = ""
    title: str = ""
    language: str | None = None
    remarks: tuple[str, ...] = field(default=())

    def documents(self) -> Iterator[Document]:
        return iter(())

    def write(self, targets: Targets, *, edition: Edition, out: BinaryIO) -> tuple[str, ...]:
        for piece in self.pieces:
            if isinstance(piece, BaseException):
                raise piece
            out.write(piece)
        return ("a remark",)


def none(document: str) -> Mapping[str, Runs]:
    return {}


def test_the_file_is_written_hashed_and_remarked(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "out.epub"

    assembly = assemble(Fake((b"one", b"two")), none, edition=ECHO, path=path)

    assert path.read_bytes() == b"onetwo"
    assert assembly.path == path
    assert assembly.sha256 == hashlib.sha256(b"onetwo").hexdigest()
    assert assembly.remarks == ("a remark",)
    assert os.listdir(path.parent) == ["out.epub"]


def test_the_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")

    assemble(Fake((b"x",)), none, edition=ECHO, path=tmp_path / "out.epub")

    assert stat.S_IMODE((tmp_path / "out.epub").stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)


FAULTS: list[tuple[BaseException, type[BaseException], str]] = [
    (OSError(errno.ENOSPC, "No space left on device"), SettingError, "disk is full"),
    (OSError(errno.EDQUOT, "Disk quota exceeded"), SettingError, "disk is full"),
    (OSError(errno.EIO, "Input/output error"), SettingError, "Input/output error"),
    (SourceError("the source is gone"), SourceError, "the source is gone"),
    (KeyboardInterrupt(), KeyboardInterrupt, "^$"),
]


@pytest.mark.parametrize(("fault", "becomes", "says"), FAULTS, ids=[str(row[0]) or "ctrl-c" for row in FAULTS])
@pytest.mark.parametrize("old", [b"the old book", None], ids=["over an old file", "new"])
def test_a_file_that_cannot_be_finished_leaves_all_as_it_was(
    fault: BaseException, becomes: type[BaseException], says: str, old: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / "out.epub"
    if old is not None:
        path.write_bytes(old)

    with pytest.raises(becomes, match=says) as caught:
        assemble(Fake((b"half", fault)), none, edition=ECHO, path=path)

    assert "\n" not in str(caught.value)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == ([] if old is None else [old])


def test_a_full_disk_is_told_by_a_real_one(tmp_path: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")

    class Full(Fake):
        def write(self, targets: Targets, *, edition: Edition, out: BinaryIO) -> tuple[str, ...]:
            with open("/dev/full", "wb", buffering=0) as full:
                full.write(b"x")
            return ()

    with pytest.raises(SettingError, match="disk is full"):
        assemble(Full(()), none, edition=ECHO, path=tmp_path / "out.epub")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["file/out.epub", "folder"])
def test_a_place_that_takes_no_file_is_told(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"I am no folder")
    (tmp_path / "folder").mkdir()

    with pytest.raises(SettingError, match="cannot be written"):
        assemble(Fake((b"x",)), none, edition=ECHO, path=tmp_path / place)

    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]
    assert os.listdir(tmp_path / "folder") == []


def test_a_folder_without_the_right_to_write_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere")
    tmp_path.chmod(0o500)

    with pytest.raises(SettingError, match="may write"):
        assemble(Fake((b"x",)), none, edition=ECHO, path=tmp_path / "out.epub")


def test_a_very_long_name_still_fits(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".epub")

    assert assemble(Fake((b"x",)), none, edition=ECHO, path=path).path.read_bytes() == b"x"


def test_an_echo_of_a_book_may_replace_the_book_itself(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(pack(THREE))
    source = open_source(path)

    assembly = assemble(source, own(source, same), edition=ECHO, path=path)

    assert assembly.sha256 == source.sha256
    assert path.read_bytes() == pack(THREE)


# The validator


def message(id: str, places: int, severity: str = "ERROR") -> Message:
    return Message(id, severity, f"what {id} says", places, "a.xhtml")


COMPARED = [
    ("nothing new", [message("A", 1)], [message("A", 1)], {}),
    ("one is new", [message("A", 1)], [message("A", 1), message("B", 2)], {"B": 2}),
    ("more of the same", [message("A", 1)], [message("A", 3)], {"A": 2}),
    ("one is gone", [message("A", 1)], [], {}),
    ("several of one id", [message("A", 1), message("A", 2)], [message("A", 2), message("A", 2)], {"A": 1}),
    ("a warning is no error", [], [message("W", 1, "WARNING")], {}),
    ("a fatal one is", [], [message("F", 1, "FATAL")], {"F": 1}),
]


@pytest.mark.parametrize(("why", "before", "after", "new"), COMPARED, ids=[row[0] for row in COMPARED])
def test_new_errors_are_told_by_id(why: str, before: list[Message], after: list[Message], new: dict[str, int]) -> None:
    found = compare(Verdict("4", tuple(before)), Verdict("4", tuple(after)))

    assert {message.id: message.places for message in found} == new


REPORT = """{"checker": {"checkerVersion": "4.2.6"}, "messages": [
 {"ID": "RSC-005", "severity": "ERROR", "message": "no", "additionalLocations": 3, "locations": [{"path": "a.xhtml", "line": 1}, {"path": "b.xhtml"}]},
 {"ID": "ACC-001", "severity": "WARNING", "message": "hm", "additionalLocations": 0, "locations": []}]}"""
STUB = "import sys; open(sys.argv[sys.argv.index('--json') + 1], 'w').write({said!r})"


def test_the_verdict_counts_every_place() -> None:
    verdict = validate("a.epub", command=(sys.executable, "-c", STUB.format(said=REPORT)))

    assert verdict is not None
    assert (verdict.version, verdict.errors, verdict.warnings) == ("4.2.6", 5, 1)
    assert verdict.messages[0] == Message("RSC-005", "ERROR", "no", 5, "a.xhtml")


@pytest.mark.parametrize("said", ["", "no JSON", "[]", "{}", '{"checker": 1, "messages": []}', '{"checker": {}, "messages": [1]}'])
def test_a_validator_that_fails_gives_no_verdict(said: str) -> None:
    assert validate("a.epub", command=(sys.executable, "-c", STUB.format(said=said))) is None


def test_a_validator_that_is_not_there_gives_no_verdict(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert validate("a.epub", command=("/no/such/program",)) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert validator() is None
    assert validate("a.epub") is None


def test_a_jar_is_run_by_java_and_a_program_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, content in (("epubcheck", b"PK\3\4 a jar"), ("java", b"#!/bin/sh\n")):
        (tmp_path / name).write_bytes(content)
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    jar = str((tmp_path / "epubcheck").resolve())

    assert validator() == (str(tmp_path / "java"), *SHORT_RUN, "-jar", jar)
    (tmp_path / "epubcheck").write_bytes(b"#!/bin/sh\n")
    assert validator() == (str(tmp_path / "epubcheck"),)


@cache
def of_source(path: Path) -> Verdict | None:
    """What epubcheck says of a source, asked once."""
    return validate(path)


def new_errors(path: Path, edition: Edition, folder: Path) -> list[str]:
    """Every slot changed, the book assembled: what epubcheck finds that the source had not.

    A bilingual edition says a fault of the source twice (a link to nowhere), so there only the kinds of errors are compared.
    """
    if validator() is None:
        pytest.skip("epubcheck or Java is not installed (Debian: apt install epubcheck)")
    source = open_source(path)
    assembly = assemble(source, own(source, pseudo), edition=edition, path=folder / "out.epub")

    before, after = of_source(path), validate(assembly.path)

    if before is None or after is None:
        return ["epubcheck gave no verdict"]
    known = {message.id for message in before.messages} if edition.bilingual else set()
    return [f"{message.id}: {message.text}" for message in compare(before, after) if message.id not in known]


@pytest.mark.slow
@pytest.mark.epubcheck
@pytest.mark.parametrize("path", BOOKS)
def test_a_translated_real_book_has_no_new_error(path: Path, tmp_path: Path) -> None:
    assert [] == new_errors(path, GERMAN, tmp_path)


FULL = Edition("ar", None, bilingual=True, contributor="A & B", note="Note\n\nWhat was done.", date="2026-01-31T12:00:00Z")


@pytest.mark.slow
@pytest.mark.epubcheck
@pytest.mark.parametrize("path", [book for book in BOOKS if not TRANSLATED.search(book.id)])
def test_a_bilingual_right_to_left_edition_with_a_note_has_no_new_error(path: Path, tmp_path: Path) -> None:
    assert [] == new_errors(path, FULL, tmp_path)


@pytest.fixture(scope="module", params=[THREE, TWO_FILES], ids=["EPUB 3", "EPUB 2"])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "in.epub"
    path.write_bytes(pack(request.param))
    return path


@pytest.mark.slow
@pytest.mark.epubcheck
@pytest.mark.parametrize("edition", [GERMAN, FULL, Edition("he", "en")], ids=["German", "bilingual Arabic", "Hebrew"])
def test_a_small_book_of_each_version_has_no_new_error(small: Path, edition: Edition, tmp_path: Path) -> None:
    assert [] == new_errors(small, edition, tmp_path)
