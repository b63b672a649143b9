"""Tests of books made of a wiki's pages: what a collection says, what a chapter is, and that the EPUB is sound."""

from __future__ import annotations

import re
import zipfile

import pytest
from lxml import etree

from benchmarks import dump as made
from tests.test_wiki_dump import export, page, revision, run
from translate import assembler
from translate.errors import SettingError
from translate.formats import binding
from translate.formats.wikitext import defaults
from translate.formats.wikitext.names import names
from translate.formats.wikitext.xhtml import Renderer
from translate.models.pseudo import accent
from translate.pipeline.order import Order
from translate.pipeline.progress import Silent
from translate.pipeline.wikis import books, dumps, register
from translate.pipeline.wikis.choosing import Choice
from translate.pipeline.wikis.selecting import Import
from translate.pipeline.wikis.unloading import Wish

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")
COLLECTION = """{{saved_book}}
== Of Day and Night ==
=== A reader ===
;Light
:[[Day]]
;Dark
:[[Night|The Night]]
:[[Nowhere]]
"""
WIKI = export(
    page("Night", revision(7, "'''Night''' is cold.<ref name=a>A ''note''.</ref> It is long.<ref name=a /> See [[Day|the day]] and [[Elsewhere]].\n\n== Stars ==\n* one\n** two\n\n{|\n! a !! b\n|-\n| 1 || 2\n|}\n[[File:Moon.png|thumb|The moon]]\n[[File:Sun.png|thumb|The sun]]\n{{Navbox}}")),
    page("Day", revision(8, "; A term : its words\n; Another\n\n: Set in\n:: further\n\nDay is <b>warm</b> & bright.<ref>Another.</ref>\n<poem>\nA line\nand a line\n</poem>\n<script>alert(1)</script>")),
    page("Book:Reader", revision(9, COLLECTION), ns=2),
)


def bound(folder, *, book, **more):
    (folder / "wiki.xml").write_text(WIKI, encoding="utf-8")
    order = Order(folder / "wiki.xml", "de", model="pseudo", out=folder / "out")
    return dumps.carry_out(Import(folder / "wiki.xml"), order, Wish(pages=False), Silent(), book=dumps.Book(book, **more))


def entries(path):
    with zipfile.ZipFile(path) as book:
        return {name.rpartition("/")[2]: book.read(name).decode("utf-8", "replace") for name in book.namelist()}


PLANS = {
    "a collection": (COLLECTION, ("Of Day and Night", "A reader", [("Day", "Light"), ("Night", "Dark"), ("Nowhere", "")])),
    "a list": ("# mine\nday\nThe_Night\n", ("name", "", [("Day", ""), ("The Night", "")])),
    "a list with parts": (";One\nDay\n", ("name", "", [("Day", "One")])),
    "nothing": ("\n", ("name", "", [])),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_is_read(name):
    text, wanted = PLANS[name]

    plan = books.read(text, "name")

    assert wanted == (plan.title, plan.subtitle, [(entry.page, entry.part) for entry in plan.entries])


CASES = [
    ("two\nlines\n\nthree", "<p>two lines</p><p>three</p>"),
    ("a '''b''' ''c'' l'''d'' '''''e'''''", "<p>a <b>b</b> <i>c</i> l'<i>d</i> <i><b>e</b></i></p>"),
    ("== H ==\n* a\n** b\n# c\n; t\n: d", "<h2>H</h2><ul><li>a<ul><li>b</li></ul></li></ul><ol><li>c</li></ol><dl><dt>t</dt><dd>d</dd></dl>"),
    ("; t : d\n; http://a.org/x : e", '<dl><dt>t</dt><dd>d</dd><dt>http://a.org/x</dt><dd>e</dd></dl>'),
    ("[[Known|x]]s [[Unknown]] [http://a.org y] [[Category:C]][[de:D]]", '<p><a href="k.xhtml">x</a>s Unknown <a href="http://a.org">y</a></p>'),
    ("1 < 2 & 3 <sup>x</sup> &nbsp;", "<p>1 &lt; 2 &amp; 3 <sup>x</sup> &nbsp;</p>"),
    ("<nowiki>[[a]]</nowiki> <!-- no -->{{t|{{u}}}} __NOTOC__ <math>x<y</math>", "<p>[[a]]   <code>x&lt;y</code></p>"),
    ("{|\n|+ C\n! a !! b\n|-\n| colspan=2 | [[Known|k]]\nmore\n|}", '<table><caption> C</caption><tbody><tr><th>a</th><th>b</th></tr><tr><td colspan="2"><a href="k.xhtml">k</a> more</td></tr></tbody></table>'),
    ("{|\n| a", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
    ("[[File:A.png|thumb|left|200px|alt=x|A [[Known|k]]]]", '<figure><img src="a.png" alt="A k"><figcaption>A <a href="k.xhtml">k</a></figcaption></figure>'),
    ("<gallery mode=x caption=\"A &amp; [[Known|k]]\">\nB.png|B\n</gallery>", '<p><b>A &amp; <a href="k.xhtml">k</a></b></p><p class="picture">[B.png] B</p>'),
    ("{|\n| x\n* a\n* b\n|\n|| y\n|}", "<table><tbody><tr><td><p>x</p><ul><li>a</li><li>b</li></ul></td><td></td><td>y</td></tr></tbody></table>"),
    ("{|\n| x\n{|\n! y\n|-\n| z\n|}\nw\n|-\n| v\n|}\nafter", "<table><tbody><tr><td><p>x</p><table><tbody><tr><th>y</th></tr><tr><td>z</td></tr></tbody></table><p>w</p></td></tr><tr><td>v</td></tr></tbody></table><p>after</p>"),
    ("a [[File:B.png|20px]] b, [[File:A.png|20px|alt=x]] c", '<p>a [B.png] b, <img src="a.png" alt="A.png"> c</p>'),
    ("[mailto:a@b.org write] [ftp://x.org/a b] [javascript:x y]", '<p><a href="mailto:a@b.org">write</a> <a href="ftp://x.org/a">b</a> [javascript:x y]</p>'),
    ("<poem>\na\n  b\n:c\n</poem>", "<blockquote><p>a<br>\u00a0\u00a0b<br>\u00a0\u00a0c</p></blockquote>"),
    ("[[File:B.png|thumb|B]]", '<p class="picture">[B.png] B</p>'),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0][:30])
def test_wikitext_is_rendered_without_a_wiki(case):
    text, wanted = case
    renderer = Renderer(names(defaults.ENGLISH), lambda title: "k.xhtml" if title == "Known" else "", lambda name: "a.png" if name == "A.png" else "")

    assert wanted == renderer.page(text).body


def test_a_note_is_said_once_and_led_to_from_every_place():
    made = Renderer(names(defaults.ENGLISH), lambda title: "", lambda name: "").page('a<ref name="x" /> b<ref name="x">N {{t}}</ref> c<ref>M</ref>')

    assert ("N ", "M") == made.notes
    assert ['ref1" href="#note1', 'ref1-2" href="#note1', 'ref2" href="#note2'] == re.findall(r'id="(ref[^>]*)">', made.body)
    assert ("T",) == made.left


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_rendered_is_well_formed_when_cleaned(seed):
    dice = made.random.Random(seed)
    pieces = ["[[", "]]", "{{", "}}", "{|", "|}", "\n|", "\n!", "''", "'''", "<ref>", "</ref>", "<div>", "</p>", "<td>", "\n*", "\n=", "==", "<ref name=", "<table>", " & ", "<", "File:", "|", "\ue000", "<svg onload=x>", "<li>", "\x00", "word"]
    text = "".join(dice.choice(pieces) for _ in range(80))

    found = Renderer(names(defaults.ENGLISH), lambda title: "", lambda name: "x.png").page(text)

    trees = [etree.fromstring(f'<div xmlns:epub="http://www.idpf.org/2007/ops">{binding.cleaned(html)}</div>') for html in (found.body, *found.notes)]
    assert [] == [element.tag for tree in trees for element in tree.iter() if etree.QName(element).localname in ("script", "svg", "iframe", "form")]


def test_a_hostile_page_brings_nothing_into_the_book():
    html = '<p onclick="x()">a<script>alert(1)</script><a href="javascript:x()">b</a><img src="https://evil.example/p.png"><iframe src="x"></iframe><style>p{}</style></p>'

    found = binding.cleaned(html)

    assert not re.search(r"script|evil|iframe|style|onclick", found)


@pytest.mark.parametrize(("html", "wanted"), [
    ('<a href="chapter0001.xhtml">a</a>', '<a href="chapter0001.xhtml">a</a>'),
    ('<a href="/index.php/File:X">a</a>', "<a>a</a>"),
    ('<a href="">a</a>', "<a>a</a>"),
    ("<dl><dt>a</dt></dl>", "<dl><dt>a</dt><dd/></dl>"),
    ("<dl><dd>a</dd><dt>b</dt><dd>c</dd></dl>", "<dl><dt/><dd>a</dd><dt>b</dt><dd>c</dd></dl>"),
    ("<dl><dd>a<dl><dd>b</dd></dl></dd></dl>", "<blockquote><div>a<blockquote><div>b</div></blockquote></div></blockquote>"),
    ('<a href="#1st">a</a><b id="1st">b</b>', "<a>a</a><b>b</b>"),
    ('<a href="#%C5%A0.1-x">a</a><b id="Š.1-x">b</b>', '<a href="#%C5%A0.1-x">a</a><b id="Š.1-x">b</b>'),
    ('<a href="#there">a</a><b id="there">b</b><a href="#nowhere">c</a>', '<a href="#there">a</a><b id="there">b</b><a>c</a>'),
    ('<img src="x.png" alt="x"><p>p</p>', "<p>p</p>"),
    ('<b id="d">a</b><b id="d">b</b>', '<b id="d">a</b><b>b</b>'),
])
def test_nothing_in_the_book_leads_to_what_is_not_in_it(html, wanted):
    assert wanted == binding.cleaned(html, files={"chapter0001.xhtml"})


def test_a_book_has_its_chapters_notes_links_and_licence(tmp_path):
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "moon.png").write_bytes(PNG)

    done = bound(tmp_path, book="Book:Reader", images=tmp_path / "pictures", licence="CC BY-SA 4.0")

    book = entries(done.written.book)
    day, night, licence = (book[name] for name in ("chapter0001.xhtml", "chapter0002.xhtml", "licence.xhtml"))
    assert "<script" not in day
    assert 'href="chapter0001.xhtml"' in night
    assert '<a class="noteref" epub:type="noteref" role="doc-noteref" id="ref1"' in night
    assert 'id="note1"' in night
    assert 'href="#ref1"' in night
    assert '<p class="picture">[Sun.png]' in night
    assert 'alt="' in night
    assert "CC BY-SA 4.0" in licence
    assert "oldid=7" in licence
    assert "Ann" in licence
    assert "Of Day and Night" not in book["content.opf"]
    assert "A reader" not in book["content.opf"]
    assert not re.search(r"Light|Dark|The Night", book["toc.ncx"])
    assert accent("Of Day and Night") in book["content.opf"]
    assert accent("Light") in book["toc.ncx"]
    assert accent("The Night") in night
    assert "Dieses Buch ist eine Übersetzung" in licence
    assert any("Nowhere" in remark for remark in done.remarks)
    assert any("Navbox" in remark for remark in done.remarks)
    assert [PNG.decode("utf-8", "replace")] == [data for name, data in book.items() if name.endswith(".png")]


def test_a_list_in_a_file_is_taken_as_it_is(tmp_path):
    (tmp_path / "list.txt").write_text("== Von Tag und Nacht ==\n;Dunkel\n:[[Night|Die Nacht]]\n:[[Day]]\n")

    book = entries(bound(tmp_path, book=str(tmp_path / "list.txt")).written.book)

    assert "Von Tag und Nacht" in book["content.opf"]
    assert "Dunkel" in book["toc.ncx"]
    assert ("<h1>Die Nacht</h1>" in book["chapter0001.xhtml"], f"<h1>{accent('Day')}</h1>" in book["chapter0002.xhtml"]) == (True, True)


def test_labels_of_a_page_that_is_not_translated_are_not_the_books(tmp_path):
    (tmp_path / "wiki.xml").write_text(WIKI, encoding="utf-8")
    order = Order(tmp_path / "wiki.xml", "de", model="pseudo", out=tmp_path / "out")

    done = dumps.carry_out(Import(tmp_path / "wiki.xml", choice=Choice(pages=("Day", "Night"))), order, Wish(pages=False), Silent(), book=dumps.Book("Book:Reader"))

    assert "The Night" not in entries(done.written.book)["chapter0002.xhtml"]


@pytest.mark.epubcheck
def test_epubcheck_has_nothing_against_the_book(tmp_path):
    if assembler.validator() is None:
        pytest.skip("epubcheck is not installed: sudo apt-get install epubcheck")
    (tmp_path / "list.txt").write_text("Day\nNight\n")

    done = bound(tmp_path, book=str(tmp_path / "list.txt"))

    verdict = assembler.validate(done.written.book)
    assert verdict is not None
    assert [] == [message for message in verdict.messages if message.severity in ("ERROR", "FATAL", "WARNING")]


def test_a_book_without_pages_is_an_error(tmp_path):
    with pytest.raises(SettingError, match="no page 'Nothing'"):
        bound(tmp_path, book="Nothing")


def test_the_command_makes_a_book(tmp_path, capsys):
    (tmp_path / "wiki.xml").write_text(WIKI, encoding="utf-8")
    (tmp_path / "list.txt").write_text("Day\n")

    code = run(["wiki", "import", str(tmp_path / "wiki.xml"), "--to", "de", "--model", "pseudo", "--out", str(tmp_path / "out"), "--book", str(tmp_path / "list.txt")])

    assert 0 == code
    assert "wiki.de.epub" in capsys.readouterr().out


@pytest.mark.mediawiki
@pytest.mark.epubcheck
def test_a_wiki_renders_the_chapters_itself(wikis, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    register.add(name="there", api=wikis["de"].api, language="de", user="", contact="", draft_prefix=None, local_only=True)
    (tmp_path / "list.txt").write_text("Day\nNight\n")

    done = bound(tmp_path, book=str(tmp_path / "list.txt"), renderer="there")

    night = entries(done.written.book)["chapter0002.xhtml"]
    assert 'id="toc"' not in night
    assert not re.search(r'href=""', night)
    assert '<a href="#cite_note-a-1">' in night
    assert '<a href="#cite_ref-a_1-0">' in night
    assert '<a href="chapter0001.xhtml">' in night
    verdict = assembler.validate(done.written.book)
    assert verdict is not None
    assert [] == [message for message in verdict.messages if message.severity in ("ERROR", "FATAL")]
