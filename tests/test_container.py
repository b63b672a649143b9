"""The zip: what is read, what is refused, and that what is written is what was read."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import REFUSED, patched, with_files
from tests.shelf import CORPUS, SAMPLES, THREE, pack, unpack
from translate.errors import SourceError
from translate.formats import open_source
from translate.formats.container import Container, Packer
from translate.formats.directory import DEFLATED, MOST_ENTRIES

BOOKS = [pytest.param(path, id=path.name) for path in (*SAMPLES, *CORPUS)]


def copied(container: Container) -> bytes:
    """Every entry copied packed, in order."""
    out = io.BytesIO()
    packer = Packer(out)
    for entry in container.entries:
        packer.copy(container, entry)
    packer.close()
    return out.getvalue()


@pytest.mark.parametrize("why", REFUSED)
def test_what_a_stranger_hands_us_gets_one_line_and_no_trace(why: str, tmp_path: Path) -> None:
    build, says = REFUSED[why]
    path = tmp_path / "book.epub"
    path.write_bytes(build())

    with pytest.raises(SourceError) as caught:
        open_source(path)

    message = str(caught.value)
    assert says in message
    assert "\n" not in message
    assert message.isprintable()
    assert message.startswith("book.epub")
    assert len(message) < 300
    assert [file.name for file in tmp_path.iterdir()] == ["book.epub"]


@pytest.mark.parametrize("why", REFUSED)
def test_the_same_is_refused_as_bytes(why: str) -> None:
    build, says = REFUSED[why]

    with pytest.raises(SourceError, match=says.replace("(", r"\(")):
        open_source(build(), name="book.epub")


@pytest.mark.parametrize(("make", "says"), [(lambda path: path / "missing.epub", "no file"), (lambda path: path, "folder")])
def test_a_path_that_is_no_file_is_told(make: object, says: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=says):
        open_source(make(tmp_path))  # type: ignore[operator]


@pytest.mark.parametrize("path", BOOKS)
def test_every_entry_of_a_real_book_is_read_as_the_standard_library_reads_it(path: Path) -> None:
    container = Container(path)

    read = {entry.name: container.read(entry.name) for entry in container.entries if not entry.folder}

    assert read == unpack(path.read_bytes())
    assert container.damaged == ()


@pytest.mark.parametrize("path", BOOKS)
def test_a_real_book_copied_entry_by_entry_has_the_same_entries_dates_and_order(path: Path) -> None:
    data = copied(Container(path))

    with zipfile.ZipFile(path) as before, zipfile.ZipFile(io.BytesIO(data)) as after:
        assert after.testzip() is None
        shape = [[(i.filename, i.date_time, i.compress_type, i.compress_size, i.external_attr) for i in z.infolist()] for z in (before, after)]
    assert shape[0] == shape[1]
    assert unpack(data) == unpack(path.read_bytes())


names = st.text(st.characters(codec="utf-8", exclude_characters="/\\\0", exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda name: name != ".." and not (len(name) == 2 and name[1] == ":")
)


@given(st.dictionaries(names, st.binary(max_size=200), max_size=5), st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_whatever_the_standard_library_packs_is_read_and_copied(files: dict[str, bytes], method: int) -> None:
    data = pack(files, method=method)

    container = Container(data)

    assert {entry.name: container.read(entry.name) for entry in container.entries} == files
    assert unpack(copied(container)) == files


@given(st.dictionaries(names, st.binary(max_size=200), min_size=1, max_size=4), st.binary(max_size=300))
def test_a_replaced_entry_holds_the_new_data_and_the_others_their_own(files: dict[str, bytes], new: bytes) -> None:
    container = Container(pack(files))
    changed = container.entries[-1]
    out = io.BytesIO()
    packer = Packer(out)

    for entry in container.entries[:-1]:
        packer.copy(container, entry)
    packer.replace(changed, new)
    packer.add("an added.entry", b"added", like=changed, method=DEFLATED)
    packer.close()

    assert unpack(out.getvalue()) == {**files, changed.name: new, "an added.entry": b"added"}


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=4))
def test_a_book_with_any_bytes_spoiled_opens_or_is_refused_and_never_crashes(at: int, noise: bytes) -> None:
    data = bytearray(pack(THREE))
    at %= len(data)
    data[at : at + len(noise)] = noise

    try:
        container = Container(bytes(data))
    except SourceError:
        return
    for entry in container.entries:
        assert entry.name in container.damaged or len(container.read(entry.name)) == entry.size


def test_bytes_before_the_zip_do_no_harm() -> None:
    container = Container(b"#!/bin/sh\n" + pack(THREE))

    assert container.read("mimetype") == b"application/epub+zip"
    assert unpack(copied(container)).keys() == THREE.keys()


def test_a_zip64_book_is_read_and_written_plain() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in THREE.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as file:
                file.write(text.encode())

    container = Container(out.getvalue())

    assert {entry.name: container.read(entry.name).decode() for entry in container.entries} == THREE
    assert unpack(copied(container)) == unpack(out.getvalue())


def zip64_end(data: bytes) -> bytes:
    """The zip with its end record moved to zip64's form."""
    _, _, _, _, count, length, offset, _ = struct.unpack("<4s4H2LH", data[-22:])
    start = len(data) - 22
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, start, 1)
    return data[:-22] + record + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


def test_a_zip64_directory_is_read() -> None:
    container = Container(zip64_end(pack(THREE)))

    assert [entry.name for entry in container.entries] == list(THREE)


def test_entries_are_counted_before_they_are_read() -> None:
    data = bytearray(zip64_end(pack(THREE)))
    at = data.rfind(b"PK\x06\x06")
    struct.pack_into("<2Q", data, at + 24, 10**12, 10**12)

    with pytest.raises(SourceError, match=f"may have {MOST_ENTRIES:,}"):
        Container(bytes(data))


def test_a_damaged_entry_is_named_and_copied_as_it_is() -> None:
    data = patched(central=(16, b"\0\0\0\0"))

    container = Container(data)

    assert container.damaged == ("OPS/text/one.xhtml",)
    with pytest.raises(SourceError, match="damaged inside 'OPS/text/one"):
        container.read("OPS/text/one.xhtml")
    assert list(container.packed(container.entry("OPS/text/one.xhtml"))) != []


FOUND = [
    ("text/one.xhtml", "OPS/book.opf", "OPS/text/one.xhtml"),
    ("text/one.xhtml#a", "OPS/book.opf", "OPS/text/one.xhtml"),
    ("../nav.xhtml?x=1#a", "OPS/text/one.xhtml", "OPS/nav.xhtml"),
    ("#here", "OPS/nav.xhtml", "OPS/nav.xhtml"),
    ("/OPS/nav.xhtml", "OPS/text/one.xhtml", "OPS/nav.xhtml"),
    ("./text/../nav.xhtml", "OPS/book.opf", "OPS/nav.xhtml"),
    ("Text/ONE.xhtml", "OPS/book.opf", "OPS/text/one.xhtml"),
    ("caf%C3%A9%20one.xhtml", "OPS/book.opf", "OPS/café one.xhtml"),
    ("café one.xhtml", "OPS/book.opf", "OPS/café one.xhtml"),
    (unicodedata.normalize("NFD", "café one.xhtml"), "OPS/book.opf", "OPS/café one.xhtml"),
    ("100%25.xhtml", "OPS/book.opf", "OPS/100%.xhtml"),
    ("100%.xhtml", "OPS/book.opf", "OPS/100%.xhtml"),
    ("a%20b.xhtml", "", "a%20b.xhtml"),
    ("../../../etc/passwd", "OPS/book.opf", None),
    ("missing.xhtml", "OPS/book.opf", None),
    ("", "nowhere", None),
]


@pytest.mark.parametrize(("href", "base", "name"), FOUND)
def test_an_href_finds_its_entry(href: str, base: str, name: str | None) -> None:
    container = Container(pack({**THREE, "OPS/café one.xhtml": "x", "OPS/100%.xhtml": "x", "a%20b.xhtml": "x"}))

    assert container.find(href, base=base) == name


def test_a_file_that_changes_under_our_hands_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(pack(THREE))
    container = Container(path)

    path.write_bytes(with_files(more="x"))

    with pytest.raises(SourceError, match="has changed"):
        container.read("mimetype")


def test_the_same_calls_give_the_same_bytes() -> None:
    container = Container(pack(THREE))

    assert copied(container) == copied(container)


def test_an_entry_larger_than_memory_pieces_is_unpacked_whole() -> None:
    big = bytes(range(256)) * 8000
    container = Container(with_files(big=big))

    assert container.read("big") == big


class Stream(io.RawIOBase):
    """A pipe: what is written cannot be gone back to, so a packer puts sizes behind the content."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += data
        return len(data)


def test_a_book_packed_into_a_pipe_is_written_with_its_sizes_in_front() -> None:
    pipe = Stream()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, text in THREE.items():
            archive.writestr(name, text)

    data = copied(Container(bytes(pipe.data)))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [info.flag_bits & 8 for info in archive.infolist()] == [0] * len(THREE)
    assert {name: content.decode() for name, content in unpack(data).items()} == THREE
