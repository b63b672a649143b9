"""The EPUB format: an echo is the same file, a translation changes the words and what says their language, and nothing else."""

from __future__ import annotations

import io
import re
import tracemalloc
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.hostile import BOMB, ENCRYPTION, with_files
from tests.shelf import CONTAINER, CORPUS, NAV, NCX, ONE, OPF2, OPF3, SAMPLES, THREE, TWO, TWO_FILES, pack, unpack
from translate.document import Document, Kind, Marker, Runs, plain
from translate.formats import Edition, Source, mirrors, open_source
from translate.formats.amend import direction
from translate.formats.inspector import inspect
from translate.formats.mirrors import follow

GERMAN = Edition("de", "en", contributor="Dragoman 0.1 with ECHO (machine translation)", date="2026-01-31T12:00:00Z")
ARABIC = Edition("ar", "en")
ECHO = Edition("de", translated=False)
BOOKS = [pytest.param(path, id=path.name) for path in (*SAMPLES, *CORPUS)]
ACCENTS = str.maketrans("aeiounsAEIOU", "áéíóúñšÁÉÍÓÚ")
OBFUSCATED = "http://www.idpf.org/2008/embedding"


def pseudo(runs: Runs) -> Runs:
    """The same words with accents, and longer."""
    return tuple(run if isinstance(run, Marker) else (run.translate(ACCENTS) + ("·" if any(map(str.isalpha, run)) else "")) for run in runs)


def own(source: Source, change: Callable[[Runs], Runs], *, mirrors: bool = False) -> Callable[[str], Mapping[str, Runs]]:
    """Targets made from every slot that mirrors nothing (or from every one)."""
    made = {document.name: {slot.address: change(slot.source) for slot in document.slots if mirrors or slot.mirrors is None} for document in source.documents()}
    return lambda name: made.get(name, {})


def same(runs: Runs) -> Runs:
    return runs


def written(source: Source, targets: Callable[[str], Mapping[str, Runs]], edition: Edition) -> bytes:
    out = io.BytesIO()
    source.write(targets, edition=edition, out=out)
    return out.getvalue()


def translated(data: bytes, edition: Edition = GERMAN) -> dict[str, str]:
    """The entries of a pseudo-translated book, as text."""
    source = open_source(data)
    return {name: content.decode() for name, content in unpack(written(source, own(source, pseudo), edition)).items()}


def documents(data: bytes) -> dict[str, Document]:
    return {document.name: document for document in open_source(data).documents()}


# The echo


@pytest.mark.parametrize("path", BOOKS)
def test_an_echo_is_the_same_file_byte_for_byte(path: Path) -> None:
    source = open_source(path)

    assert written(source, own(source, same, mirrors=True), ECHO) == path.read_bytes()


def test_without_any_target_an_echo_is_the_same_file() -> None:
    data = pack(THREE)

    assert written(open_source(data), lambda name: {}, ECHO) == data


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SAMPLES])
def test_changing_one_segment_changes_only_its_document_and_what_mirrors_it(path: Path) -> None:
    source = open_source(path)
    before = unpack(path.read_bytes())
    every = [(document, slot) for document in source.documents() for slot in document.slots if slot.mirrors is None]
    followers = Counter(slot.mirrors for document in source.documents() for slot in document.slots)

    for document, slot in every[:: max(1, len(every) // 25)]:
        targets = {slot.address: pseudo(slot.source)}
        after = unpack(written(source, lambda name, document=document, targets=targets: targets if name == document.name else {}, ECHO))  # type: ignore[misc]

        assert list(after) == list(before)
        changed = {name for name in before if before[name] != after[name]}
        assert document.name in changed
        assert len(changed) <= 1 + followers[(document.name, slot.address)]


# What is in a book


def test_documents_come_in_reading_order_and_once() -> None:
    spine_with_nav = OPF3.replace('<spine toc="ncx">', '<spine toc="ncx"><itemref idref="nav"/>')
    drawing = '<item id="svg" href="map.svg" media-type="image/svg+xml"/><item id="x" href="extra.xhtml" media-type="application/xhtml+xml"/></manifest>'
    data = with_files(
        OPS__map_svg=None,
        **{
            "OPS__book.opf": spine_with_nav.replace("</manifest>", drawing),
            "OPS__map.svg": '<svg xmlns="http://www.w3.org/2000/svg"><text>North</text></svg>',
            "OPS__extra.xhtml": ONE,
        },
    )

    found = [(document.name, document.kind) for document in open_source(data).documents()]

    assert found == [
        ("OPS/book.opf", "metadata"),
        ("OPS/nav.xhtml", "toc"),
        ("OPS/toc.ncx", "toc"),
        ("OPS/text/one.xhtml", "content"),
        ("OPS/text/two.xhtml", "content"),
        ("OPS/map.svg", "content"),
        ("OPS/extra.xhtml", "content"),
    ]
    assert [plain(slot.source) for slot in documents(data)["OPS/map.svg"].slots] == ["North"]


def test_the_source_says_what_it_is() -> None:
    source = open_source(pack(THREE), name="a.epub")

    assert (source.format, source.name, source.title, source.language, source.remarks) == ("epub", "a.epub", "A Book", "en", ())
    assert len(source.sha256) == 64


@pytest.mark.parametrize("path", BOOKS)
def test_the_account_adds_up(path: Path) -> None:
    result = inspect(open_source(path))

    assert result.unbalanced == ()
    assert result.total.visible > 1000
    assert result.total.segments > 0.7 * result.total.visible


def test_the_account_tells_mirrors_skips_and_segments_apart() -> None:
    counts = {count.document: count for count in inspect(open_source(pack(THREE))).counts}

    assert counts["OPS/nav.xhtml"].mirrors == len("Contents" + "TheFirstDay" + "TheSecondDay")
    assert counts["OPS/nav.xhtml"].segments == len("Contents" + "Howitended")
    assert counts["OPS/toc.ncx"].segments == 0
    assert dict(counts["OPS/book.opf"].skips)["metadata"] > 0


LIBERAL: dict[str, tuple[dict[str, str | bytes | None], str]] = {
    "mimetype last": ({"mimetype": None, "zzz": "x"}, "no mimetype"),
    "mimetype wrong": ({"mimetype": "application/zip\n"}, "mimetype is wrong"),
    "a missing file": ({"OPS/text/two.xhtml": None}, "text/two.xhtml"),
    "an itemref to nothing": ({"OPS/book.opf": OPF3.replace('idref="two"', 'idref="three"')}, "three"),
    "two renditions": (
        {"META-INF/container.xml": CONTAINER.replace("</rootfiles>", '<rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles>')},
        "2 packages",
    ),
    "a signature": ({"META-INF/signatures.xml": "<signatures/>"}, "signed"),
    "no spine": ({"OPS/book.opf": re.sub("<spine.*</spine>", "", OPF3, flags=re.DOTALL)}, "no reading order"),
}


@pytest.mark.parametrize("why", LIBERAL)
def test_what_does_no_harm_is_remarked_and_the_book_goes_on(why: str) -> None:
    change, says = LIBERAL[why]
    data = pack({**THREE, **change})
    source = open_source(data)

    assert any(says in remark for remark in source.remarks)
    assert written(source, own(source, same), ECHO) == data
    after = translated(data)
    assert next(iter(after)) == "mimetype"
    assert after["mimetype"] == "application/epub+zip"
    assert "Thé Fíršt Dáy" in after["OPS/text/one.xhtml"]


HURT: dict[str, str | bytes] = {
    "an entity bomb": BOMB.replace("DOCTYPE x", "DOCTYPE html") + "<html><body><p>&i;</p></body></html>",
    "nesting without end": "<html><body>" + "<div>" * 100_000 + "x" + "</div>" * 100_000 + "</body></html>",
}


@pytest.mark.parametrize("why", HURT)
def test_a_hostile_page_is_named_and_copied_and_does_not_stop_the_book(why: str) -> None:
    data = with_files(**{"OPS__text__two.xhtml": HURT[why]})
    two = documents(data)["OPS/text/two.xhtml"]

    assert two.slots == ()
    assert "OPS/text/two.xhtml" in two.remarks[0]
    assert "\n" not in two.remarks[0]
    after = translated(data)
    assert after["OPS/text/two.xhtml"] == HURT[why]
    assert "Thé Fíršt Dáy" in after["OPS/text/one.xhtml"]


@pytest.mark.parametrize(
    "declaration", ['<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE html [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>']
)
def test_external_entities_are_never_resolved(declaration: str) -> None:
    page = ONE.replace("<!DOCTYPE html>", declaration).replace("He woke", "&x; He woke")
    data = with_files(**{"OPS__text__one.xhtml": page, "OPS__book.opf": OPF3.replace("<package", declaration.replace("html", "package") + "<package", 1)})

    assert "root:" not in str(documents(data))
    source = open_source(data)
    assert written(source, own(source, same), ECHO) == data


def test_a_page_that_is_damaged_in_the_zip_is_named_and_copied() -> None:
    from tests.hostile import patched

    data = patched(central=(16, b"\0\0\0\0"))
    source = open_source(data)

    assert any("OPS/text/one.xhtml" in remark for remark in source.remarks)
    assert {document.name: len(document.slots) for document in source.documents()}["OPS/text/one.xhtml"] == 0
    assert written(source, own(source, same), ECHO) == data


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_every_encoding_of_xml_is_kept(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    files = {
        path: text.replace('encoding="utf-8"', f'encoding="{name}"').encode(encoding) if text.startswith('<?xml version="1.0" encoding') else text
        for path, text in THREE.items()
    }
    data = pack(files)
    source = open_source(data)

    assert written(source, own(source, same), ECHO) == data
    after = unpack(written(source, own(source, pseudo), GERMAN))
    assert "<dc:language>de</dc:language>" in after["OPS/book.opf"].decode(encoding)
    assert 'xml:lang="de"' in after["OPS/toc.ncx"].decode(encoding)
    assert re.search("Fírš|F&#237;r&#353;|Fír&#353;", after["OPS/text/one.xhtml"].decode(encoding))


# Labels and headings


MIRRORS = [
    ("OPS/nav.xhtml", "The First Day", ("OPS/text/one.xhtml", "The First Day")),
    ("OPS/nav.xhtml", "The Second Day", ("OPS/text/two.xhtml", "The Second Day")),
    ("OPS/nav.xhtml", "How it ended", None),
    ("OPS/toc.ncx", "The First  Day", ("OPS/text/one.xhtml", "The First Day")),
    ("OPS/toc.ncx", "The Second Day", ("OPS/text/two.xhtml", "The Second Day")),
    ("OPS/toc.ncx", "How it ended", ("OPS/nav.xhtml", "How it ended")),
    ("OPS/toc.ncx", "A Book", ("OPS/book.opf", "A Book")),
    ("OPS/text/one.xhtml", "The First Day", ("OPS/text/one.xhtml", "The First Day")),
    ("OPS/text/two.xhtml", "A Book", None),
]


@pytest.mark.parametrize(("document", "label", "model"), MIRRORS)
def test_a_label_follows_the_heading_that_it_repeats(document: str, label: str, model: tuple[str, str] | None) -> None:
    found = documents(pack(THREE))
    slots = {(name, slot.address): plain(slot.source) for name, walked in found.items() for slot in walked.slots}
    slot = next(slot for slot in found[document].slots if " ".join(plain(slot.source).split()) == " ".join(label.split()))

    assert (slot.mirrors and (slot.mirrors[0], slots[slot.mirrors])) == model


def test_labels_are_written_from_their_headings() -> None:
    after = translated(pack(THREE))

    assert ">Thé Fíršt Dáy·<" in after["OPS/nav.xhtml"]
    assert ">Thé Sécóñd Dáy·<" in after["OPS/nav.xhtml"]
    assert ">Thé Sécóñd Dáy·<" in after["OPS/toc.ncx"]
    assert ">Hów ít éñdéd·<" in after["OPS/nav.xhtml"]
    assert ">Hów ít éñdéd·<" in after["OPS/toc.ncx"]
    assert "<docTitle><text>Á Bóók·</text>" in after["OPS/toc.ncx"]
    assert "<title>Thé Fíršt Dáy·</title>" in after["OPS/text/one.xhtml"]


def test_a_label_with_a_target_of_its_own_keeps_it() -> None:
    source = open_source(pack(THREE))
    nav = next(document for document in source.documents() if document.name == "OPS/nav.xhtml")
    label = next(slot for slot in nav.slots if plain(slot.source) == "The First Day")
    given = own(source, pseudo)
    mine = {label.address: tuple("Mine" if isinstance(run, str) else run for run in label.source)}

    after = unpack(written(source, lambda name: {**given(name), **(mine if name == nav.name else {})}, GERMAN))

    assert b'<a href="text/one.xhtml">Mine</a>' in after["OPS/nav.xhtml"]


OPEN, CLOSE = Marker("open", 1, "a"), Marker("close", 1, "a")
EM, EM_ = Marker("open", 1, "em"), Marker("close", 1, "em")
CODE, NOTE, BR = Marker("atom", 2, "code", "dpkg"), Marker("atom", 2, "note", "1"), Marker("atom", 2, "br")
FOLLOWED: list[tuple[str, Runs, Runs, Runs, Runs | None]] = [
    ("the same words", ("Day",), ("Day",), ("Tag",), ("Tag",)),
    ("white space apart", (" The\n Day ",), ("The Day",), ("Der Tag",), ("Der Tag",)),
    ("other words", ("Day",), ("Night",), ("Nacht",), None),
    ("another case", ("day",), ("Day",), ("Tag",), None),
    ("no words", ("",), ("",), ("x",), None),
    ("a link round the label", (OPEN, "Day", CLOSE), ("Day",), ("Tag",), (OPEN, "Tag", CLOSE)),
    ("a number before the heading", ("Day",), ("6.1. Day",), ("6.1. Tag",), ("Tag",)),
    ("a marked number", (OPEN, "Day", CLOSE), (EM, "6.", EM_, " Day"), (EM, "6.", EM_, " Tag"), (OPEN, "Tag", CLOSE)),
    ("a number in both", ("6. Day",), ("6. Day",), ("6. Tag",), ("6. Tag",)),
    ("a permalink", ("Day",), ("Day¶",), ("Tag¶",), ("Tag",)),
    ("emphasis in the heading", ("The Day",), ("The ", EM, "Day", EM_), (EM, "Tag", EM_, " der"), ("Tag der",)),
    ("the same emphasis in both", ("The ", EM, "Day", EM_), ("The ", EM, "Day", EM_), ("Der ", EM, "Tag", EM_), ("Der ", EM, "Tag", EM_)),
    ("emphasis only in the label", ("The ", EM, "Day", EM_), ("The Day",), ("Der Tag",), None),
    ("code in the heading", ("Use dpkg",), ("Use ", CODE), (CODE, " nutzen"), ("dpkg nutzen",)),
    ("code that the translation lost, as the heading has it", ("Use dpkg",), ("6. Use ", CODE), ("6. Nutze",), ("Nutze dpkg",)),
    ("code that the translation has twice", ("Use dpkg",), ("Use ", CODE), ("Nutze ", CODE, " und ", CODE), ("Nutze dpkg und",)),
    ("a note in the heading", ("Day",), ("Day", NOTE), ("Tag", NOTE), ("Tag",)),
    ("a line break in the heading", ("1 Day",), ("1", BR, "Day"), ("1", BR, "Tag"), ("1 Tag",)),
    ("a link in both", (OPEN, "Day", CLOSE), (OPEN, "Day", CLOSE), (OPEN, "Tag", CLOSE), (OPEN, "Tag", CLOSE)),
]


@pytest.mark.parametrize(("why", "label", "heading", "target", "expected"), FOLLOWED, ids=[row[0] for row in FOLLOWED])
def test_what_a_label_becomes(why: str, label: Runs, heading: Runs, target: Runs, expected: Runs | None) -> None:
    assert follow(label, heading, target) == expected


# What a translation says of itself


def test_a_translation_says_its_language_everywhere() -> None:
    after = translated(pack(THREE))

    assert next(iter(after)) == "mimetype"
    assert re.findall("<dc:language>(.*?)</dc:language>", after["OPS/book.opf"]) == ["de"]
    assert 'xml:lang="de"' in re.search("<package[^>]*>", after["OPS/book.opf"])[0]  # type: ignore[index]
    assert 'xml:lang="de"' in re.search("<ncx[^>]*>", after["OPS/toc.ncx"])[0]  # type: ignore[index]
    for name in ("OPS/nav.xhtml", "OPS/text/one.xhtml", "OPS/text/two.xhtml"):
        assert re.findall(r'\blang="(\w+)"', after[name]) == ["de", "de"], name
        assert " dir=" not in after[name]
    assert after["OPS/left-over.txt"] == THREE["OPS/left-over.txt"]


def test_a_page_without_a_language_gets_one_and_what_is_marked_as_the_source_follows() -> None:
    page = ONE.replace(' lang="en" xml:lang="en"', "").replace("<p>", '<p lang="en-GB">').replace("<em>", '<em xml:lang="la">')

    after = translated(with_files(**{"OPS__text__one.xhtml": page}))["OPS/text/one.xhtml"]

    root = re.search("<html[^>]*>", after)
    assert root is not None
    assert ' lang="de"' in root[0]
    assert ' xml:lang="de"' in root[0]
    assert '<p lang="de">' in after
    assert 'xml:lang="la"' in after


def test_an_old_book_gets_no_attribute_that_its_version_does_not_know() -> None:
    plain_page = ONE.replace(' lang="en" xml:lang="en"', ' xml:lang="en"')

    after = translated(pack({**TWO_FILES, "OPS/text/one.xhtml": plain_page}), ARABIC)

    assert re.search("<html[^>]*>", after["OPS/text/one.xhtml"])[0] == '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar" dir="rtl">'  # type: ignore[index]
    assert "page-progression-direction" not in after["OPS/book.opf"]
    assert "<dc:language>ar</dc:language>" in after["OPS/book.opf"]


def test_a_right_to_left_target_turns_the_pages() -> None:
    after = translated(pack(THREE), ARABIC)

    assert '<spine toc="ncx" page-progression-direction="rtl">' in after["OPS/book.opf"]
    assert '<body dir="rtl">' in after["OPS/text/one.xhtml"]
    assert 'dir="rtl"' in re.search("<html[^>]*>", after["OPS/text/one.xhtml"])[0]  # type: ignore[index]


def test_a_right_to_left_source_turns_back() -> None:
    files = {name: text.replace('lang="en"', 'lang="he"').replace("<body>", '<body dir="rtl">').replace("<p>", '<p dir="rtl">') for name, text in THREE.items()}
    files["OPS/book.opf"] = files["OPS/book.opf"].replace(">en<", ">he<").replace("<spine", '<spine page-progression-direction="rtl"')

    after = translated(pack(files), Edition("en", "he"))

    assert 'page-progression-direction="ltr"' in after["OPS/book.opf"]
    assert 'dir="rtl"' not in after["OPS/text/one.xhtml"]
    assert '<body dir="ltr">' in after["OPS/text/one.xhtml"]
    assert '<p dir="ltr">' in after["OPS/text/one.xhtml"]


LANGUAGES = [
    ("one", "<dc:language>en</dc:language>", ["de"]),
    ("a region", "<dc:language>en-GB</dc:language>", ["de"]),
    ("underscore and space", "<dc:language> en_US </dc:language>", ["de"]),
    ("two of the source", "<dc:language>en-US</dc:language><dc:language>en-GB</dc:language>", ["de"]),
    ("another language stays", "<dc:language>en</dc:language><dc:language>la</dc:language>", ["de", "la"]),
    ("the source is the second", "<dc:language>la</dc:language><dc:language>en</dc:language>", ["la", "de"]),
    ("the target is there", "<dc:language>en</dc:language><dc:language>de</dc:language>", ["de"]),
    ("declared wrongly", "<dc:language>fr</dc:language>", ["de"]),
    ("undetermined", "<dc:language>und</dc:language>", ["de"]),
    ("empty", "<dc:language/>", ["de"]),
    ("none", "", ["de"]),
]


@pytest.mark.parametrize(("why", "declared", "expected"), LANGUAGES, ids=[row[0] for row in LANGUAGES])
def test_the_source_language_gives_way_to_the_target(why: str, declared: str, expected: list[str]) -> None:
    opf = OPF3.replace("<dc:language>en</dc:language>", declared)

    after = translated(with_files(**{"OPS__book.opf": opf}))["OPS/book.opf"]

    assert re.findall("<dc:language>(.*?)</dc:language>", after) == expected


def test_the_identifier_is_new_stable_and_remembers_the_source() -> None:
    first, second, spanish = (translated(pack(THREE), edition) for edition in (GERMAN, GERMAN, Edition("es", "en")))
    found = [re.search(r'<dc:identifier id="uid">(.*?)</dc:identifier>', book["OPS/book.opf"])[1] for book in (first, second, spanish)]  # type: ignore[index]

    assert found[0] == found[1] != found[2]
    assert uuid.UUID(found[0]).version == 5
    assert "<dc:source>urn:isbn:9780000000001</dc:source>" in first["OPS/book.opf"]
    assert f'<meta name="dtb:uid" content="{found[0]}"/>' in first["OPS/toc.ncx"]
    assert "identifier-type" not in first["OPS/book.opf"]


def test_an_old_identifier_is_no_isbn_any_more() -> None:
    after = translated(pack(TWO_FILES))

    assert re.search('<dc:identifier id="uid" opf:scheme="UUID">urn:uuid:', after["OPS/book.opf"])
    assert "<dc:source>9780000000001</dc:source>" in after["OPS/book.opf"]


def test_books_whose_identifier_says_nothing_get_different_ones() -> None:
    weak = OPF3.replace("urn:isbn:9780000000001", "unknown")
    found = [
        re.search(r'<dc:identifier id="uid">(.*?)</dc:identifier>', translated(with_files(**{"OPS__book.opf": weak, "x": text}))["OPS/book.opf"])[1]  # type: ignore[index]
        for text in ("one", "two")
    ]

    assert found[0] != found[1]


def test_a_book_without_an_identifier_gets_one() -> None:
    opf = re.sub(r"<dc:identifier.*?</dc:identifier>", "", OPF3)

    after = translated(with_files(**{"OPS__book.opf": opf}))["OPS/book.opf"]

    assert re.search('<dc:identifier id="uid">urn:uuid:[0-9a-f-]{36}</dc:identifier>', after)


@pytest.mark.parametrize("algorithm", [OBFUSCATED, "http://ns.adobe.com/pdf/enc#RC"])
def test_the_identifier_stays_where_fonts_are_keyed_by_it(algorithm: str) -> None:
    data = with_files(**{"META-INF__encryption.xml": ENCRYPTION.format(algorithm=algorithm), "OPS__font.otf": bytes(2000)})
    source = open_source(data)
    out = io.BytesIO()

    remarks = source.write(own(source, pseudo), edition=GERMAN, out=out)

    after = unpack(out.getvalue())
    assert b'<dc:identifier id="uid">urn:isbn:9780000000001</dc:identifier>' in after["OPS/book.opf"]
    assert b'content="urn:isbn:9780000000001"' in after["OPS/toc.ncx"]
    assert b"dc:source" not in after["OPS/book.opf"]
    assert any("obfuscated" in remark for remark in remarks)
    assert after["OPS/font.otf"] == bytes(2000)


def test_the_translator_is_named() -> None:
    modern, old = translated(pack(THREE))["OPS/book.opf"], translated(pack(TWO_FILES))["OPS/book.opf"]

    who = "Dragoman 0.1 with ECHO (machine translation)"
    assert f'<dc:contributor id="dragoman-translator">{who}</dc:contributor>' in modern
    assert '<meta refines="#dragoman-translator" property="role" scheme="marc:relators">trl</meta>' in modern
    assert f'<dc:contributor opf:role="trl">{who}</dc:contributor>' in old


def test_a_translator_with_an_awkward_name_does_no_harm() -> None:
    edition = Edition("de", "en", contributor='A & B <"x">')

    for files in (THREE, TWO_FILES):
        assert "A &amp; B &lt;&quot;x&quot;&gt;</dc:contributor>" in translated(pack(files), edition)["OPS/book.opf"]


def test_the_date_is_the_editions() -> None:
    with_date, without = translated(pack(THREE)), translated(pack(THREE), ARABIC)

    assert '<meta property="dcterms:modified">2026-01-31T12:00:00Z</meta>' in with_date["OPS/book.opf"]
    assert '<meta property="dcterms:modified">2020-01-01T00:00:00Z</meta>' in without["OPS/book.opf"]


def test_a_translation_note_becomes_the_last_page() -> None:
    after = translated(pack(THREE), Edition("de", "en", note="Zur Übersetzung\n\nMit <Maschine> & Mühe.\n\nEnde."))

    page = after["OPS/translation-note.xhtml"]
    assert "<h1>Zur Übersetzung</h1>\n<p>Mit &lt;Maschine&gt; &amp; Mühe.</p>\n<p>Ende.</p>" in page
    assert '<item id="dragoman-note" href="translation-note.xhtml" media-type="application/xhtml+xml"/>' in after["OPS/book.opf"]
    assert re.search('<itemref idref="two"/>\\s*<itemref idref="dragoman-note"/>', after["OPS/book.opf"])


def test_a_document_without_targets_is_copied() -> None:
    source = open_source(pack(THREE))
    given = own(source, pseudo)

    after = unpack(written(source, lambda name: given(name) if name.endswith("one.xhtml") else {}, GERMAN))

    assert after["OPS/text/two.xhtml"].decode() == TWO
    assert after["OPS/text/one.xhtml"].decode() != ONE


def test_the_same_edition_is_the_same_file() -> None:
    source = open_source(pack(THREE))
    targets = own(source, pseudo)

    assert written(source, targets, GERMAN) == written(open_source(pack(THREE)), targets, GERMAN)


def test_a_bilingual_edition_holds_both_languages() -> None:
    after = translated(pack(THREE), Edition("de", "en", bilingual=True))

    assert re.findall("<dc:language>(.*?)</dc:language>", after["OPS/book.opf"]) == ["de", "en"]
    page = after["OPS/text/one.xhtml"]
    assert "He woke <em>early</em>" in page
    assert re.search(r"Hé wóké\s*·?\s*<em>éárl", page)
    assert 'lang="en"' in page
    assert "The First Day" not in after["OPS/nav.xhtml"]


# Odd places


def moved(files: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    return {name.replace(old, new): text for name, text in files.items()}


def test_paths_may_be_encoded_and_of_any_script() -> None:
    files = moved(THREE, "text/one.xhtml", "text/días \u0301 1.xhtml")
    for name, text in files.items():
        files[name] = text.replace("text/one.xhtml", "text/d%C3%ADas%20%CC%81%201.xhtml")

    after = translated(pack(files))

    assert "Thé Fíršt Dáy·" in after["OPS/text/días \u0301 1.xhtml"]
    assert ">Thé Fíršt Dáy·<" in after["OPS/nav.xhtml"]


def test_the_package_may_lie_deep_and_point_upwards() -> None:
    files = {**THREE, "META-INF/container.xml": CONTAINER.replace("OPS/book.opf", "meta/deep/book.opf"), "OPS/book.opf": None}
    files["meta/deep/book.opf"] = OPF3.replace('href="', 'href="../../OPS/')

    after = translated(pack(files), Edition("de", "en", note="N"))

    assert "<dc:language>de</dc:language>" in after["meta/deep/book.opf"]
    assert "Thé Fíršt Dáy·" in after["OPS/text/one.xhtml"]
    assert "meta/deep/translation-note.xhtml" in after


def test_other_prefixes_and_wrappers_of_metadata_are_understood() -> None:
    opf = OPF2.replace("dc:", "d:").replace("xmlns:dc", "xmlns:d").replace("<metadata xmlns:d=", "<metadata><dc-metadata xmlns:d=")
    opf = opf.replace("xmlns:d:", "xmlns:").replace("</metadata>", "</dc-metadata></metadata>").replace("<metadata><dc-metadata", "<metadata><dc-metadata", 1)
    opf = re.sub("<metadata><dc-metadata[^>]*>", '<metadata><dc-metadata xmlns:d="http://purl.org/dc/elements/1.1/">', opf).replace("opf:scheme", "scheme")

    after = translated(pack({**TWO_FILES, "OPS/book.opf": opf}))["OPS/book.opf"]

    assert "<d:language>de</d:language>" in after
    assert re.search('<d:contributor xmlns:opf="http://www.idpf.org/2007/opf" opf:role="trl">[^<]*</d:contributor>\\s*</dc-metadata>', after)


def test_an_ncx_without_a_known_entity_or_with_broken_links_is_read() -> None:
    ncx = NCX.replace("How it ended", "How&nbsp;it ended").replace("text/one.xhtml", "text/none.xhtml")

    found = documents(with_files(**{"OPS__toc.ncx": ncx}))

    assert len(found["OPS/toc.ncx"].slots) == 4


def test_page_lists_are_left_alone() -> None:
    nav = NAV.replace(
        "</body>", '<nav epub:type="page-list"><ol><li><a href="text/one.xhtml">12</a></li><li><a href="text/one.xhtml">xiv</a></li></ol></nav></body>'
    )

    walked = documents(with_files(**{"OPS__nav.xhtml": nav}))["OPS/nav.xhtml"]

    assert "12" in {skip.text for skip in walked.skips}


def test_a_contents_page_of_labels_has_kinds() -> None:
    found = documents(pack(THREE))

    assert [slot.kind for slot in found["OPS/toc.ncx"].slots] == [Kind.TITLE, Kind.LABEL, Kind.LABEL, Kind.LABEL]
    assert {slot.kind for slot in found["OPS/book.opf"].slots} == {Kind.METADATA}


# Whole books


def chapters(count: int) -> bytes:
    """A book of so many chapters of 11 kB, each with its own words."""
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(count))
    opf = OPF3.replace("</manifest>", items + "</manifest>").replace("</spine>", "".join(f'<itemref idref="c{n}"/>' for n in range(count)) + "</spine>")
    pages = {
        f"OPS/c{n}.xhtml": ONE.replace("The First Day", f"Day {n}").replace("He woke", f"On day {n} he woke. " + "He waited. " * 1000) for n in range(count)
    }
    return pack({**THREE, "OPS/book.opf": opf, **pages})


def peak(path: Path) -> int:
    """The most memory that walking and writing a book takes, in bytes."""
    direction("de")  # language names are loaded once, whatever the book
    tracemalloc.start()
    try:
        source = open_source(path)
        for _ in source.documents():
            pass
        with open("/dev/null", "wb") as out:
            source.write(lambda name: {}, edition=GERMAN, out=out)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_memory_is_flat_once_a_book_is_larger_than_what_is_kept_walked(tmp_path: Path) -> None:
    large = tmp_path / "large.epub"
    large.write_bytes(chapters(900))  # takes 23 MB; 45 MB when all of it is kept walked

    assert peak(large) < 35_000_000


COUNTED = [rb"<a\b", rb"<em\b", rb"<strong\b", rb"<img\b", rb"<code\b", rb"<pre\b", rb"<sup\b", rb"<table\b", rb"<br\b", rb"<span\b"]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SAMPLES])
def test_no_link_anchor_picture_or_emphasis_is_lost(path: Path) -> None:
    assert [] == lost(path)


@pytest.mark.slow
@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in CORPUS])
def test_no_link_anchor_picture_or_emphasis_of_a_real_book_is_lost(path: Path) -> None:
    assert [] == lost(path)


def lost(path: Path) -> list[str]:
    """What a translation of the book has lost of it: the file's name, and what is not what it was."""
    source = open_source(path)
    before, after = unpack(path.read_bytes()), unpack(written(source, own(source, pseudo), Edition("eo", source.language)))
    there = [name for name in before if name.endswith("html") or not name.endswith((".opf", ".ncx", ".svg", "mimetype"))]
    return [f"{name}: {what}" for name in there for what, kept in held(name, before[name], after.get(name, b"")) if not kept]


def held(name: str, before: bytes, after: bytes) -> list[tuple[str, bool]]:
    """What must be as it was in a file, and whether it is."""
    if not name.endswith("html"):
        return [("bytes", before == after)]
    return [
        ("ids", re.findall(rb'\sid="([^"]*)"', before) == re.findall(rb'\sid="([^"]*)"', after)),
        ("links", sorted(re.findall(rb'\shref="([^"]*)"', before)) == sorted(re.findall(rb'\shref="([^"]*)"', after))),
        ("tags", [len(re.findall(tag, before)) for tag in COUNTED] == [len(re.findall(tag, after)) for tag in COUNTED]),
        ("pre", re.findall(rb"(?s)<pre.*?</pre>", before) == re.findall(rb"(?s)<pre.*?</pre>", after)),
    ]


LOSSES = [
    ("ids", b'<p id="a">x</p>', b"<p>x</p>"),
    ("links", b'<a href="b">x</a>', b'<a href="c">x</a>'),
    ("tags", b"<p><em>x</em></p>", b"<p>x</p>"),
    ("pre", b"<pre>x</pre>", b"<pre>y</pre>"),
]


@pytest.mark.parametrize(("what", "before", "after"), LOSSES)
def test_a_loss_would_be_seen(what: str, before: bytes, after: bytes) -> None:
    assert [what] == [name for name, kept in held("a.xhtml", before, after) if not kept]
    assert [("bytes", False)] == held("a.css", before, after)


def test_the_corpus_is_there(corpus: Path) -> None:
    assert {".epub"} == {path.suffix for path in CORPUS}
    assert len(CORPUS) >= 5


def test_a_label_without_the_number_of_its_heading_follows_the_words_alone() -> None:
    assert mirrors.follow(("The Second Day",), ("2. The Second Day",), ("2. Der zweite Tag",)) == ("Der zweite Tag",)


def test_a_label_with_a_number_that_its_heading_keeps_outside_keeps_it_too() -> None:
    assert ("2. Der zweite Tag",) == mirrors.follow(("2. The Second Day",), ("The Second Day",), ("Der zweite Tag",))
    assert mirrors.follow(("2. The Second Day",), ("The Third Day",), ("Der dritte Tag",)) is None
