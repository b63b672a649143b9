"""A chapter is previewed as the built book has it, from what stands now, and without the rest of the book."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests import desk_works
from tests.shelf import NAV, SAMPLES, THREE, pack
from translate.errors import DragomanError, SettingError
from translate.formats.epub import Epub
from translate.pipeline import order as orders
from translate.pipeline import results
from translate.pipeline.desk.preview import Previews, calm
from translate.pipeline.progress import Silent
from translate.pipeline.works import Folder
from translate.store import Store


def made(source: Path, out: Path, *, to: str = "de", model: str = "pseudo") -> Folder:
    return orders.carry_out(orders.Order(source, to, model=model, out=out), Silent()).folder


def built(store: Store, *, bilingual: bool) -> dict[str, bytes]:
    out = io.BytesIO()
    results.write(store, out, bilingual=bilingual)
    with zipfile.ZipFile(out) as book:
        return {name: book.read(name) for name in book.namelist()}


def unlike(folder: Folder, *, bilingual: bool) -> list[str]:
    """The entries that are not what the built book has; the package alone names who made it."""
    with Store.open(folder.store) as store:
        whole, source = built(store, bilingual=bilingual), Epub(store.source(), language=store.work.source_language)
        return [name for name, data in whole.items() if not name.endswith(".opf") and results.part(store, source, name, bilingual=bilingual) != data]


@pytest.mark.parametrize("model", ["pseudo", "echo"])
@pytest.mark.parametrize("bilingual", [False, True])
def test_every_part_is_what_the_built_book_has(tmp_path: Path, model: str, bilingual: bool) -> None:
    book = tmp_path / "book.epub"
    book.write_bytes(pack(THREE | {"OPS/style.css": "p { color: red }"}))

    assert [] == unlike(made(book, tmp_path / "output", to="ar", model=model), bilingual=bilingual)


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_part_of_a_sample_is_what_its_built_book_has(tmp_path: Path, path: Path) -> None:
    folder = made(path, tmp_path / "output")

    assert [] == unlike(folder, bilingual=False)
    assert [] == unlike(folder, bilingual=True)


def test_no_other_document_is_walked_for_a_chapter_nor_for_the_contents(tmp_path: Path) -> None:
    book = tmp_path / "book.epub"
    book.write_bytes(pack(THREE))
    with Store.open(made(book, tmp_path / "output").store) as store:
        for name in ("OPS/text/one.xhtml", "OPS/nav.xhtml", "OPS/toc.ncx"):
            source = Epub(store.source())

            results.part(store, source, name)

            assert [name] == list(source._pages)


def test_a_label_of_the_contents_follows_the_wording_of_its_heading_at_once(tmp_path: Path) -> None:
    book = tmp_path / "book.epub"
    book.write_bytes(pack(THREE))
    previews = Previews()
    with Store.open(made(book, tmp_path / "output").store) as store:
        first = previews.part(store, "OPS/nav.xhtml").data
        heading = next(segment for segment in store.segments("OPS/text/one.xhtml") if segment.text == "The First Day")
        store.review(heading.id, ("Der erste Tag",), who="Ann", note="", findings=())

        second = previews.part(store, "OPS/nav.xhtml").data

    assert NAV.encode() != first
    assert b"Der erste Tag" not in first
    assert b"Der erste Tag" in second


@pytest.mark.parametrize("name", ["OPS/nothing.xhtml", "../../etc/passwd", "OPS/book.opf", "OPS/evil.js", "mimetype", ""])
def test_what_is_not_in_the_book_or_is_not_seen_by_a_reader_is_not_given_out(tmp_path: Path, name: str) -> None:
    book = tmp_path / "book.epub"
    book.write_bytes(pack(THREE | {"OPS/evil.js": "alert(1)"}))
    with Store.open(made(book, tmp_path / "output").store) as store, pytest.raises(DragomanError):
        Previews().part(store, name)


def test_a_work_in_one_file_is_built_anew_only_where_something_was_decided(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<html lang="en"><body><p>It rained all day.</p></body></html>', encoding="utf-8")
    previews = Previews()
    with Store.open(made(page, tmp_path / "output").store) as store:
        first = previews.part(store, "page.html")
        again = previews.part(store, "page.html")
        segment = next(iter(store.segments()))
        store.review(segment.id, ("Es regnete.",), who="Ann", note="", findings=())
        newest = previews.part(store, "page.html")

    assert first is again
    assert b"Es regnete." in newest.data
    assert "text/html" == newest.type


def test_a_part_that_is_no_picture_raises_what_the_page_can_tell(tmp_path: Path) -> None:
    with Store.open(desk_works.translated(tmp_path / "output").store) as store, pytest.raises(SettingError, match="no such part"):
        Previews().part(store, "OEBPS/c0.exe")


LINKS = b"""<html xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml"><head><title>T</title>
<link rel="stylesheet" href="a.css"/><link rel="preconnect" href="//x"/><h:link rel="&#112;refetch" href="//x"/><link rel='dns-prefetch stylesheet' href="//x"></link></head><body><p>Text</p><iframe src="//x">not shown</iframe></body></html>"""


@pytest.mark.parametrize("data", [LINKS, LINKS.decode().encode("utf-16"), LINKS.replace(b"</p>", b"")], ids=["sound", "utf-16", "soup"])
def test_a_page_calls_nobody_before_anything_is_asked_for(data: bytes) -> None:
    page = calm(data, "a.xhtml", "application/xhtml+xml")
    text = page.decode("utf-16" if page.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")

    assert 1 == text.count("link")
    assert 'href="a.css"' in text
    assert "Text" in text
    assert "//x" not in text


def test_a_page_in_html_calls_nobody_either() -> None:
    assert b"<p>a</p>" == calm(b"<LINK REL=Preconnect HREF=//x><p>a</p>", "a.html", "text/html").strip()


@pytest.mark.parametrize("value", ["<link rel='preconnect' href='//x'/>", "&#60;link/>", "&#38;#60;link/>", "&#x3C;link/>"])
def test_a_page_whose_own_entities_hold_markup_is_not_shown(value: str) -> None:
    with pytest.raises(DragomanError):
        calm(f'<!DOCTYPE html [<!ENTITY a "{value}">]><html xmlns="http://www.w3.org/1999/xhtml"><body>&a;</body></html>'.encode(), "a.xhtml", "application/xhtml+xml")


def test_a_page_with_harmless_entities_and_links_to_styles_stays_byte_for_byte() -> None:
    data = b'<!DOCTYPE html [<!ENTITY nbsp "&#160;">]><html xmlns="http://www.w3.org/1999/xhtml"><head><link rel="stylesheet" href="a.css"/></head><body>a&nbsp;b</body></html>'

    assert data == calm(data, "a.xhtml", "application/xhtml+xml")
    assert b"\x89PNG" == calm(b"\x89PNG", "a.png", "image/png")
