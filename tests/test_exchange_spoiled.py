"""Files that other tools or accidents have spoiled: what can be read is read, what cannot is refused with its line, and the work stays as it was."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.sent import copied, sent, translated
from translate.document import dump_runs
from translate.errors import DragomanError, SourceError
from translate.pipeline.interchange import returns
from translate.pipeline.works import Folder
from translate.store import Store

BOOK = [["The house stands in the garden.", "She gave him <em>12 books</em> and a note<br/>today."], ["A second chapter, with words.", "And more words."]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small translated work."""
    return translated(tmp_path_factory.mktemp("home"), BOOK)


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Folder:
    """The work, each test's own."""
    return copied(home, tmp_path)


def standing(folder: Folder) -> dict[str, tuple[str, str]]:
    """Every segment's status and wording."""
    with Store.open(folder.store, readonly=True) as store:
        return {pair.segment.id: (pair.status, dump_runs(pair.draft.target) if pair.draft else "") for pair in store.pairs()}


def wide(data: bytes) -> bytes:
    """As Excel saves "Unicode text"."""
    return data.decode("utf-8-sig").encode("utf-16")


def quoted(data: bytes) -> bytes:
    """As a German Excel saves a table."""
    return b"\xef\xbb\xbf" + b"\r\n".join(b";".join(b'"' + cell + b'"' for cell in line.split(b"\t")) for line in data.removeprefix(b"\xef\xbb\xbf").splitlines())


HARMLESS: list[tuple[str, str, Callable[[bytes], bytes]]] = [
    ("a BOM", "xliff", lambda data: b"\xef\xbb\xbf" + data),
    ("UTF-16", "xliff", lambda data: re.sub(rb"\butf-8\b", b"utf-16", data, count=1, flags=re.I).decode().encode("utf-16")),
    ("UTF-16", "tmx", lambda data: re.sub(rb"\butf-8\b", b"utf-16", data, count=1, flags=re.I).decode().encode("utf-16")),
    ("UTF-16", "html", lambda data: data.replace(b"utf-8", b"utf-16").decode().encode("utf-16")),
    ("UTF-16", "csv", wide),
    ("UTF-16", "tsv", wide),
    ("semicolons", "tsv", quoted),
    ("a prefix", "xliff", lambda data: re.sub(rb"<(/?)(?=[a-z])", rb"<\1p:", data).replace(b"xmlns=", b"xmlns:p=")),
    ("an unknown state", "xliff", lambda data: re.sub(rb'state="[^"]*"', b'state="x-mystery"', data)),
    ("a declaration of XML", "html", lambda data: b'<?xml version="1.0" encoding="utf-8"?>' + data),
    ("a doctype of elsewhere", "xliff", lambda data: data.replace(b"<xliff", b'<!DOCTYPE xliff SYSTEM "file:///etc/passwd"><xliff')),
]


@pytest.mark.parametrize(("what", "form", "spoil"), HARMLESS, ids=[f"{form}: {what}" for what, form, _ in HARMLESS])
def test_what_a_tool_saves_in_its_own_way_is_read_and_changes_nothing(folder: Folder, what: str, form: str, spoil: Callable[[bytes], bytes]) -> None:
    path, before = sent(folder, form), standing(folder)
    path.write_bytes(spoil(path.read_bytes()))

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        done = returns.bring(folder, path, who="Ada")

    assert ((), (), len(before), ()) == (done.taken, done.clashes, done.unchanged, done.comments)
    assert before == standing(folder)
    assert [] == [one for one in told if "XML" in str(one.message)]


@pytest.mark.parametrize("form", ["xliff", "xliff 2.1", "tmx", "csv", "tsv", "html", "docx"])
def test_a_file_that_breaks_off_anywhere_never_gives_half_a_wording(folder: Folder, form: str) -> None:
    path, before = sent(folder, form), standing(folder)
    whole = path.read_bytes()
    step = max(1, len(whole) // 60)

    for end in range(step, len(whole) - 8, step):
        path.write_bytes(whole[:end])
        with suppress(DragomanError):
            done = returns.bring(folder, path, who="Ada", dry=True)
            assert ((), ()) == (done.taken, done.comments), whole[end - 40 : end]

    assert before == standing(folder)


def test_a_table_with_tabs_is_read_whatever_its_name_says(folder: Folder) -> None:
    path = sent(folder, "tsv").rename(folder.path / "x.csv")

    assert len(standing(folder)) == returns.bring(folder, path, who="Ada").unchanged


def test_every_error_is_one_line(tmp_path: Path, folder: Folder) -> None:
    path = sent(folder, "xliff")
    path.write_bytes(path.read_bytes().replace(b"<body>", b"<body>\x00", 1))

    with pytest.raises(SourceError, match=r"book\.de\.exchange\.xlf:\d+: ") as caught:
        returns.bring(folder, path, who="Ada")
    assert 1 == len(str(caught.value).splitlines())


def test_what_is_no_page_of_ours_is_said_without_a_warning_of_a_library(folder: Folder) -> None:
    path = sent(folder, "xliff").rename(folder.path / "x.html")

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(SourceError, match="no table with segments"):
            returns.bring(folder, path, who="Ada")
