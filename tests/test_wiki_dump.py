"""Tests of a whole wiki's export: read as a stream, chosen from, translated as one work, written as pages and as an export."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import re
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from benchmarks import dump as made
from translate.cli import main
from translate.errors import SettingError, SourceError
from translate.formats import Edition, open_source
from translate.formats.dump import Dump, DumpPage, Reading, archives, writing
from translate.pipeline import known, works
from translate.pipeline.order import Order
from translate.pipeline.progress import Silent
from translate.pipeline.wikis import dumps
from translate.pipeline.wikis.choosing import Choice
from translate.pipeline.wikis.selecting import Import
from translate.pipeline.wikis.unloading import Wish
from translate.store import Store

SITE = """<siteinfo><sitename>Testwiki</sitename><dbname>test</dbname><base>https://wiki.example/wiki/Main_Page</base><generator>MediaWiki 1.39</generator><case>first-letter</case>
<namespaces><namespace key="0" case="first-letter" /><namespace key="1" case="first-letter">Talk</namespace><namespace key="10" case="first-letter">Template</namespace>
<namespace key="14" case="first-letter">Category</namespace><namespace key="100" case="first-letter">Essay</namespace></namespaces></siteinfo>"""


def revision(number, text, *, time="2026-01-01T00:00:00Z", model="wikitext"):
    text = escape(text)
    return (
        f"<revision><id>{number}</id><timestamp>{time}</timestamp><contributor><username>Ann</username></contributor><model>{model}</model>"
        f'<text bytes="{len(text)}" xml:space="preserve">{text}</text></revision>'
    )


def page(title, *revisions, ns=0, redirect=""):
    lead = f'<redirect title="{redirect}" />' if redirect else ""
    return f"<page><title>{title}</title><ns>{ns}</ns><id>{abs(hash(title)) % 10**6}</id>{lead}{''.join(revisions)}</page>"


def export(*pages, site=SITE, version="0.11"):
    return f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-{version}/" version="{version}" xml:lang="en">\n{site}\n{chr(10).join(pages)}\n</mediawiki>'


SMALL = export(
    page("Night", revision(7, "The night is [[Day|long]] and cold.\n\n== Sources ==\nSee [[Essay:Work]].\n\n[[Category:Times]]\n[[de:Nacht]]")),
    page("Day", revision(8, "The day is warm and bright.\n\n== Sources ==\nSome books.\n\n[[Category:Times of day]]")),
    page("Old night", revision(9, "#REDIRECT [[Night]]"), redirect="Night"),
    page("Talk:Night", revision(10, "A question to all."), ns=1),
    page("Template:Box", revision(11, "A box {{{1}}}.<noinclude>[[de:Vorlage:Kasten]]</noinclude>"), ns=10),
    page("Category:Times of day", revision(12, "[[Category:Times]]"), ns=14),
    page("Category:Times", revision(13, "Times. [[de:Kategorie:Zeiten]]"), ns=14),
    page("Essay:Work", revision(14, "Work is {{Box|a thing}} that people do."), ns=100),
    page("Common.css", revision(15, "a { }", model="css")),
)


def read(data, name="x.xml"):
    return list(Reading(io.BytesIO(data.encode() if isinstance(data, str) else data), name).pages())


NO_CHOICE, PAGES = Choice(), Wish()


def imported(folder, data, *, choice=NO_CHOICE, model="pseudo", wish=PAGES, **order):
    path = folder / "small.xml"
    if not path.exists():
        path.write_text(data, encoding="utf-8")
    return dumps.carry_out(Import(path, choice), Order(path, "de", model=model, out=folder / "out", **order), wish, Silent())


def test_the_glossary_of_an_import_holds_later_and_is_told_once(tmp_path):
    class Lines(Silent):
        def __init__(self):
            self.said = []

        def says(self, line):
            self.said.append(line)

    pages = [page(f"Page {number}", revision(100 + number, f"The house of page {number} is old.")) for number in range(60)]
    (tmp_path / "terms.csv").write_text("source,target\nhouse,Haus\n", encoding="utf-8")
    (tmp_path / "small.xml").write_text(export(*pages), encoding="utf-8")
    order = Order(tmp_path / "small.xml", "de", model="pseudo", out=tmp_path / "out", glossaries=(tmp_path / "terms.csv",))
    dumps.carry_out(Import(tmp_path / "small.xml", NO_CHOICE), order, PAGES, Silent())
    (tmp_path / "terms.csv").unlink()

    lines = Lines()
    done = dumps.carry_out(Import(tmp_path / "small.xml", NO_CHOICE), replace(order, glossaries=()), PAGES, lines)

    assert 1 == sum("The work keeps its glossary: terms.csv (1 term; " in line for line in lines.said)
    with Store.open(done.folder.store) as store:
        assert ["house"] == [term.source for term in known.terms(store)]


@pytest.mark.parametrize("version", ["0.10", "0.11"])
def test_an_export_is_read_with_its_wiki_and_its_pages(version):
    reading = Reading(io.BytesIO(export(page("A & B".replace("&", "&amp;"), revision(3, "Text <ref>x</ref>")), version=version).encode()), "x.xml")

    (found,) = reading.pages()

    assert ("A & B", 3, "Ann", "Text <ref>x</ref>") == (found.title, found.revision, found.contributor, found.text)
    assert ("en", "Testwiki", "https://wiki.example/wiki/$1") == (reading.head.language, reading.head.name, reading.head.site.article)
    assert "Essay" in {one.name for one in reading.head.site.namespaces}


def test_of_several_revisions_the_latest_counts_in_any_order():
    told = [revision(2, "second", time="2026-02-01T00:00:00Z"), revision(3, "third", time="2026-03-01T00:00:00Z"), revision(1, "first")]

    (found,) = read(export(page("A", *told)))

    assert (3, "third") == (found.revision, found.text)


def test_a_text_that_the_export_leaves_out_is_told_from_an_empty_one():
    gone = '<revision><id>1</id><text bytes="0" deleted="deleted" /></revision>'
    stub = '<revision><id>1</id><text bytes="120" id="9" location="tt:9" /></revision>'
    empty = '<revision><id>1</id><text bytes="0" /></revision>'

    assert [None, None, ""] == [one.text for one in read(export(*(page(f"P{n}", one) for n, one in enumerate((gone, stub, empty)))))]


PACKERS = {"xml": lambda data: data, "xml.gz": gzip.compress, "xml.bz2": bz2.compress, "xml.xz": lzma.compress}


@pytest.mark.parametrize("suffix", PACKERS)
def test_an_export_may_be_packed(tmp_path, suffix):
    path = tmp_path / f"d.{suffix}"
    path.write_bytes(PACKERS[suffix](SMALL.encode()))

    assert 9 == len(list(Dump(path).pages()))


def test_a_7z_archive_is_unpacked_for_as_long_as_it_is_read(tmp_path):
    import py7zr

    (tmp_path / "d.xml").write_text(SMALL)
    with py7zr.SevenZipFile(tmp_path / "d.xml.7z", "w") as archive:
        archive.write(tmp_path / "d.xml", "d.xml")

    assert 9 == len(list(Dump(tmp_path / "d.xml.7z").pages()))


@pytest.mark.parametrize("suffix", [*PACKERS, "xml.7z"])
def test_a_file_that_is_cut_off_is_an_error_that_says_so(tmp_path, suffix):
    path = tmp_path / f"d.{suffix}"
    big = export(*(page(f"Page {n}", revision(n, made.sentence(made.random.Random(n), 200, 300).replace("<", ""))) for n in range(40)))
    if suffix == "xml.7z":
        import py7zr

        with py7zr.SevenZipFile(path, "w") as archive:
            archive.writestr(big, "d.xml")
    else:
        path.write_bytes(PACKERS[suffix](big.encode()))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    with pytest.raises(SourceError, match=r"cut off|breaks off|damaged"):
        list(Dump(path).pages())


BAD = {
    "entities": ('<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><mediawiki><page><title>&b;</title></page></mediawiki>', "document type"),
    "another file": ("<html><body>x</body></html>", "no MediaWiki export"),
    "no xml": ("MySQL dump 10.13 INSERT INTO `page`", "no well-formed XML"),
    "broken": (export(page("Night", revision(1, "x"))).replace("</revision>", "</revisio>"), r"line 5 at the page 'Night'"),
    "deep": ("<mediawiki>" + "<page>" * 40, "too deeply"),
    "an unknown encoding": ('<?xml version="1.0" encoding="klingon"?><mediawiki/>', "encoding"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_hostile_or_broken_file_is_an_error_with_its_place(name):
    data, says = BAD[name]

    with pytest.raises(SourceError, match=says):
        read(data)


def test_a_page_without_end_is_refused_before_it_fills_the_memory():
    def endless():
        yield (export(site=SITE)[:-12] + "<page><title>Long</title><revision><text>").encode()
        while True:
            yield b"x" * 1_000_000

    class File:
        def __init__(self):
            self.pieces = endless()

        def read(self, size):
            return next(self.pieces)

    with pytest.raises(SourceError, match="'Long'"):
        list(Reading(File(), "x.xml").pages())


def test_what_is_written_is_read_again():
    one = DumpPage("A <b> & 'c'", 0, 5, "", 77, "2026-01-01T00:00:00Z", 'Ann "the" & Bob', "why <x>", "wikitext", "Line\r\n<ref>x</ref> & \t end\x0b")

    (back,) = read(b"<mediawiki>" + writing.page(one) + b"</mediawiki>")

    assert back == DumpPage(*(getattr(one, name) if name != "text" else "Line\r\n<ref>x</ref> & \t end\ufffd" for name in one.__slots__))


def test_an_echo_gives_the_export_back_byte_for_byte(tmp_path):
    done = imported(tmp_path, SMALL, model="echo", choice=Choice(namespaces=("all",)), wish=Wish(pages=True, xml=True))

    assert (done.folder.path / "small.xml").read_bytes() == done.written.xml.read_bytes()
    assert 0 == done.exit_code
    texts = {one.title: one.text for one in read(SMALL)}
    for row in (done.written.pages / "index.tsv").read_text().splitlines():
        name, title, *_ = row.split("\t")
        assert texts[title] == (done.written.pages / name).read_text()


CHOICES = {
    "nothing said": (Choice(), {"Night", "Day"}),
    "a namespace by name": (Choice(namespaces=("Essay",)), {"Essay:Work"}),
    "namespaces by number": (Choice(namespaces=("1", "100")), {"Talk:Night", "Essay:Work"}),
    "a category": (Choice(categories=("Times of day",)), {"Day"}),
    "a category with its prefix": (Choice(categories=("Category:Times",)), {"Night", "Category:Times of day"}),
    "a category and those below": (Choice(categories=("Times",), recurse=True), {"Night", "Day", "Category:Times of day"}),
    "a category in a namespace": (Choice(categories=("Times",), namespaces=("0",)), {"Night"}),
}


@pytest.mark.parametrize("name", CHOICES)
def test_pages_are_chosen_by_namespace_and_category(tmp_path, name):
    choice, titles = CHOICES[name]

    done = imported(tmp_path, SMALL, choice=choice, model="echo")

    with Store.open(done.folder.store) as store:
        assert titles == {document.name for document in store.documents()}


def test_pages_are_chosen_by_a_list_and_what_is_not_there_is_told(tmp_path):
    (tmp_path / "list.txt").write_text("# mine\nnight\nEssay:Work\nNowhere\n")

    done = imported(tmp_path, SMALL, choice=Choice(titles=tmp_path / "list.txt"), model="echo")

    assert ["Night", "Essay:Work"] == [row.split("\t")[1] for row in (done.written.pages / "index.tsv").read_text().splitlines()]
    assert any("Nowhere" in remark for remark in done.remarks)


@pytest.mark.parametrize(("choice", "says"), [(Choice(namespaces=("Portal",)), "no namespace 'Portal'"), (Choice(categories=("None",)), "none is chosen")])
def test_a_choice_that_fits_nothing_is_an_error(tmp_path, choice, says):
    with pytest.raises((SettingError, SourceError), match=says):
        imported(tmp_path, SMALL, choice=choice)


def test_links_follow_language_links_redirects_and_translated_titles(tmp_path):
    done = imported(tmp_path, SMALL.replace("Some books.", "Some [[Night]]s and [[old night]], {{Box|x}}."), choice=Choice(namespaces=("all",)), wish=Wish(xml=True))

    there = {one.title: one for one in Dump(done.written.xml).pages()}
    day = next(one for title, one in there.items() if title.startswith("Dá"))
    assert "Nacht" in there
    assert "[[Nacht|" in day.text
    assert "{{Kasten|" in day.text
    assert f"[[{day.title}|" in there["Nacht"].text
    assert "Kategorie:Zeiten" in there


def test_a_link_to_a_redirect_leads_to_the_translated_page_and_its_section(tmp_path):
    data = SMALL.replace("long]] and cold.", "long]] and cold. See [[daytime]], [[Daytime#Sources|books]].").replace("</mediawiki>", page("Daytime", revision(90, "#REDIRECT [[Day]]"), redirect="Day") + "</mediawiki>")

    done = imported(tmp_path, data, choice=Choice(namespaces=("all",)), wish=Wish(xml=True))

    there = {one.title: one for one in Dump(done.written.xml).pages()}
    day = next(title for title in there if title.startswith("Dá"))
    heading = re.search(r"== (.*) ==", there[day].text)[1]
    assert f"[[{day}|" in there["Nacht"].text
    assert f"[[{day}#{heading}|" in there["Nacht"].text
    assert "aytime" not in there["Nacht"].text
    assert not [one for one in done.written.remarks if "Daytime" in one]


LEADING = "See [[Day#Sources|these]], [[Essay:Work#Tools]], [[:Day#None]]. {{:Day}} {{Essay:Work|x}} {{#lst:Essay:Work|a}} {{#lsth:Day|Sources}}"


def test_sections_and_pages_that_are_shown_follow_their_pages_on_any_page(tmp_path):
    data = SMALL.replace("cold.", f"cold. {LEADING}").replace("that people do.", "that people do.\n\n== Tools ==\nMany.")

    done = imported(tmp_path, data, choice=Choice(namespaces=("all",)), wish=Wish(xml=True))

    there = {one.title: one for one in Dump(done.written.xml).pages()}
    day, work = (next(title for title in there if title.startswith(start)) for start in ("Dá", "Essay:W"))
    heading, tools = (re.search(r"== (.*) ==", there[title].text)[1] for title in (day, work))
    for wanted in (f"[[{day}#{heading}|", f"[[{work}#{tools}]]", f"[[:{day}#None]]", f"{{{{:{day}}}}}", f"{{{{{work}|x}}}}", f"{{{{#lst:{work}|a}}}}", f"{{{{#lsth:{day}|{heading}}}}}"):
        assert wanted in there["Nacht"].text
    assert 0 == done.written.errors
    assert ["Night: These links lead to sections whose heading there is not known: Day#None."] == [one for one in done.written.remarks if "sections" in one]


def test_a_namespace_of_the_wikis_own_keeps_its_name_where_nobody_knows_another(tmp_path):
    done = imported(tmp_path, SMALL, choice=Choice(namespaces=("100",)), wish=Wish(xml=True))

    written = Dump(done.written.xml)
    assert ["Essay"] == [one.title.partition(":")[0] for one in written.pages()]
    assert "Essay" in [one.name for one in written.head.namespaces]


def test_the_export_names_its_source_page_and_revision(tmp_path):
    done = imported(tmp_path, SMALL, wish=Wish(pages=False, xml=True))

    (nacht,) = (one for one in Dump(done.written.xml).pages() if one.title == "Nacht")
    assert "[[:en:Night]], revision 7" in nacht.comment
    assert done.written.pages is None


def test_what_repeats_on_other_pages_is_asked_once(tmp_path, monkeypatch):
    monkeypatch.setattr(dumps, "PORTION", 1)

    done = imported(tmp_path, SMALL)

    with Store.open(done.folder.store) as store:
        same = [pair for pair in store.pairs() if pair.segment.text == "Sources"]
        assert ["model", "repeat"] == [pair.draft.origin for pair in same]
        assert store.verify() == ()


def test_the_same_command_again_does_nothing_and_another_choice_keeps_what_is_done(tmp_path):
    first = imported(tmp_path, SMALL)
    again = imported(tmp_path, SMALL)
    more = imported(tmp_path, SMALL, choice=Choice(namespaces=("0", "100")))

    assert (first.asked > 0, 0) == (True, again.asked)
    assert 0 < more.asked < first.asked
    assert 3 == len(list(more.written.pages.glob("*.wiki")))


def test_pages_of_an_earlier_choice_do_not_stay(tmp_path):
    imported(tmp_path, SMALL, choice=Choice(namespaces=("all",)))

    done = imported(tmp_path, SMALL, choice=Choice(namespaces=("100",)))

    assert ["Essay-Work.de.wiki"] == [path.name for path in done.written.pages.glob("*.wiki")]


def test_titles_that_would_share_a_file_name_do_not(tmp_path):
    done = imported(tmp_path, export(*(page(title, revision(1, f"{title} text")) for title in ("A/B", "A:B", "a-b", "A-B"))), model="echo")

    texts = [(done.written.pages / row.split("\t")[0]).read_text() for row in (done.written.pages / "index.tsv").read_text().splitlines()]
    assert ["A/B text", "A:B text", "a-b text", "A-B text"] == texts


def run(arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    return stopped.value.code


def test_the_command_says_what_it_wrote(tmp_path, capsys):
    path = tmp_path / "small.xml.bz2"
    path.write_bytes(bz2.compress(SMALL.encode()))

    code = run(["wiki", "import", str(path), "--to", "de", "--model", "pseudo", "--out", str(tmp_path / "out"), "--as", "xml", "--as", "pages", "--json"])

    said = json.loads(capsys.readouterr().out)
    assert (0, 2) == (code, said["count"])
    assert Path(said["xml"]).is_file()
    assert Path(said["report"]).is_file()
    assert works.find("small.de", out=tmp_path / "out")


def test_a_work_of_an_export_is_built_by_assemble_too(tmp_path):
    done = imported(tmp_path, SMALL, wish=Wish(pages=False, xml=True))
    wanted = done.written.xml.read_bytes()
    done.written.xml.unlink()

    assert 0 == run(["assemble", str(done.folder.path)])

    assert wanted == (done.folder.path / "small.de.xml").read_bytes()


def test_a_large_export_is_read_in_little_memory(tmp_path):
    import tracemalloc

    made.make(tmp_path / "d.xml.bz2", 300)
    tracemalloc.start()

    count = sum(1 for _ in Dump(tmp_path / "d.xml.bz2").pages())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (300, True) == (count, peak < 4_000_000)


def test_an_edition_that_is_an_echo_keeps_even_what_is_no_wikitext():
    out = io.BytesIO()

    Dump(SMALL.encode()).write(lambda name: {}, edition=Edition("de", translated=False), out=out)

    assert [one.text for one in read(SMALL)] == [one.text for one in read(out.getvalue())]
    assert archives.PIECE < len(SMALL) * 1000


def test_a_link_to_a_section_by_the_pages_own_title_follows_its_heading(tmp_path):
    done = imported(tmp_path, export(page("Night", revision(7, "See [[Night#Dark hours|below]].\n\n== Dark hours ==\nThe night is long."))))

    text = next(done.written.pages.glob("*.wiki")).read_text(encoding="utf-8")
    heading = next(line for line in text.splitlines() if line.startswith("==")).strip("= ")
    assert f"[[#{heading}|" in text


DESCRIBED = "A box.<noinclude><templatedata>{\"params\": {\"text\": {\"type\": \"content\", \"aliases\": [\"words\"]}, \"code\": {\"type\": \"url\"}}}</templatedata></noinclude>"
BOXED = "{{NAME|words=Some words of it.|code=a b c}} More words."


@pytest.mark.parametrize("where", ["Template:Box", "Template:Box/doc"])
@pytest.mark.parametrize("name", ["Box", "Crate"])
def test_what_a_template_takes_is_known_from_the_export_itself(tmp_path, where, name):
    data = export(
        page("Night", revision(7, BOXED.replace("NAME", name))),
        *([page("Template:Box", revision(8, "A box."), ns=10)] if where != "Template:Box" else []),
        page(where, revision(9, DESCRIBED), ns=10),
        page("Template:Crate", revision(10, "#REDIRECT [[Template:Box]]"), ns=10, redirect="Template:Box"),
    )

    done = imported(tmp_path, data)

    text = next(done.written.pages.glob("Night*.wiki")).read_text(encoding="utf-8")
    assert "Some words" not in text
    assert "|code=a b c}}" in text


@pytest.mark.parametrize("data", ["{", "[]", '{"params": 5}', '{"params": {"a": 5}}', '{"params": {"a": {"aliases": 5, "type": 5}}}'])
def test_templatedata_that_makes_no_sense_stops_nothing(tmp_path, data):
    data = export(page("Night", revision(7, "{{Box|a=Some words.}} More.")), page("Template:Box", revision(9, f"<templatedata>{data}</templatedata>"), ns=10))

    assert 0 == imported(tmp_path, data).exit_code


@pytest.mark.parametrize(("suffix", "packed"), [("bz2", bz2.compress), ("gz", gzip.compress), ("xz", lzma.compress)])
def test_a_packed_export_is_a_source_for_every_command(tmp_path, suffix, packed):
    (tmp_path / f"w.xml.{suffix}").write_bytes(packed(SMALL.encode()))

    assert "wiki-dump" == open_source(tmp_path / f"w.xml.{suffix}").format
    (tmp_path / f"x.{suffix}").write_bytes(packed(b"nothing"))
    with pytest.raises(SourceError, match=r"x\."):
        open_source(tmp_path / f"x.{suffix}")
