"""XLIFF, TMX and tables of two columns are read with their inline elements, and hostile files are refused."""

from __future__ import annotations

import pytest

from translate import exchange
from translate.document import Marker, plain
from translate.errors import SourceError

XLIFF_12 = """<?xml version="1.0" encoding="utf-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file original="a.html" source-language="en" target-language="de-AT" datatype="html"><body>
  <trans-unit id="1"><source>The <g id="1">old</g> mill<x id="2"/> stood.</source><target state="final">Die <g id="1">alte</g> Mühle<x id="2"/> stand.</target></trans-unit>
  <group><trans-unit id="2"><source>No <bpt id="1" rid="1">&lt;b&gt;</bpt>one<ept id="2" rid="1">&lt;/b&gt;</ept> came.</source></trans-unit></group>
  <trans-unit id="3" translate="no"><source>ISBN</source></trans-unit>
  <trans-unit id="4"><source>Two. Three.</source><seg-source><mrk mtype="seg" mid="0">Two.</mrk> <mrk mtype="seg" mid="1">Three.</mrk></seg-source>
   <target><mrk mtype="seg" mid="0">Zwei.</mrk> <mrk mtype="seg" mid="1">Drei.</mrk></target></trans-unit>
 </body></file>
 <file original="b.html" source-language="en" target-language="de-AT" datatype="html"><body><trans-unit id="1"><source>End</source><target/></trans-unit></body></file>
</xliff>"""

XLIFF_20 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="fr">
 <file id="f1">
  <unit id="u1"><segment><source>A <pc id="1">red</pc> door<ph id="2"/>.</source><target>Une porte <pc id="1">rouge</pc><ph id="2"/>.</target></segment></unit>
  <group id="g"><unit id="u2"><segment id="s1"><source><sc id="1"/>One.<ec startRef="1"/></source><target><sc id="1"/>Un.<ec startRef="1"/></target></segment>
   <ignorable><source> </source></ignorable><segment><source>Two.</source></segment></unit></group>
  <unit id="u3" translate="no"><segment><source>x</source></segment></unit>
 </file>
</xliff>"""

TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en-GB" o-tmf="x" adminlang="en" creationtool="t" creationtoolversion="1" segtype="sentence" datatype="xml"/><body>
 <tu tuid="a"><tuv xml:lang="en-GB"><seg>A <bpt i="1" x="1">&lt;i&gt;</bpt>cat<ept i="1">&lt;/i&gt;</ept>.</seg></tuv><tuv xml:lang="de-DE"><seg>Eine <bpt i="1" x="1">&lt;i&gt;</bpt>Katze<ept i="1">&lt;/i&gt;</ept>.</seg></tuv></tu>
 <tu><tuv xml:lang="en-GB"><seg>Line<ph x="1"/>two</seg></tuv><tuv xml:lang="de-DE"><seg>Zeile<ph x="1"/>zwei</seg></tuv><tuv xml:lang="fr"><seg>Ligne deux</seg></tuv></tu>
 <tu tuid="a"><tuv xml:lang="en-GB"><seg>Again</seg></tuv></tu>
 <tu><tuv xml:lang="fr"><seg>Seulement</seg></tuv></tu>
</body></tmx>"""


def read(tmp_path, name, text, **languages):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return exchange.read(path, **languages)


def texts(found):
    return [(unit.id, plain(unit.source), None if unit.target is None else plain(unit.target)) for unit in found.units]


def test_xliff_1_gives_each_unit_that_is_to_be_translated(tmp_path):
    found = read(tmp_path, "a.xlf", XLIFF_12)

    assert [
        ("1", "The old mill stood.", "Die alte Mühle stand."),
        ("2", "No one came.", None),
        ("4", "Two. Three.", "Zwei. Drei."),
        ("1", "End", None),
    ] == texts(found)
    assert ["a.html", "a.html", "a.html", "b.html"] == [unit.document for unit in found.units]
    assert ("en", "de-AT") == (found.source_language, found.target_language)


def test_inline_elements_are_the_same_markers_on_both_sides(tmp_path):
    first, second = read(tmp_path, "a.xlf", XLIFF_12).units[:2]

    pair, end, atom = Marker("open", 1), Marker("close", 1), Marker("atom", 2)
    assert ("The ", pair, "old", end, " mill", atom, " stood.") == first.source
    assert ("Die ", pair, "alte", end, " Mühle", atom, " stand.") == first.target
    assert ("No ", pair, "one", end, " came.") == second.source


def test_xliff_2_gives_each_segment_of_a_unit(tmp_path):
    found = read(tmp_path, "a.xliff", XLIFF_20)

    assert [("u1", "A red door.", "Une porte rouge."), ("u2/s1", "One.", "Un."), ("u2/2", "Two.", None)] == texts(found)
    assert ("Une porte ", Marker("open", 1), "rouge", Marker("close", 1), Marker("atom", 2), ".") == found.units[0].target
    assert (Marker("open", 1), "Un.", Marker("close", 1)) == found.units[1].target
    assert ("en", "fr") == (found.source_language, found.target_language)


def test_the_caller_knows_the_languages_better(tmp_path):
    found = read(tmp_path, "a.xliff", XLIFF_20, source="en-GB", target="fr-CA")

    assert ("en-GB", "fr-CA") == (found.source_language, found.target_language)


def test_tmx_gives_the_units_of_two_of_its_languages(tmp_path):
    found = read(tmp_path, "a.tmx", TMX)

    assert [("a", "A cat.", "Eine Katze."), ("2", "Linetwo", "Zeilezwei"), ("a~2", "Again", None)] == texts(found)
    assert ("Eine ", Marker("open", 1), "Katze", Marker("close", 1), ".") == found.units[0].target
    assert ("en-GB", "de-DE") == (found.source_language, found.target_language)
    assert ("1 unit of a.tmx has no text in en-GB and was left out.",) == found.remarks


def test_languages_are_chosen_from_a_tmx_of_many(tmp_path):
    found = read(tmp_path, "a.tmx", TMX, source="en", target="fr")

    assert [("Linetwo", "Ligne deux")] == [(source, target) for _, source, target in texts(found) if target]


def test_a_table_gives_a_pair_for_each_line(tmp_path):
    found = read(tmp_path, "a.tsv", '\ufeffSource\tTarget\r\nHe said "no"\tEr sagte „nein“\r\n\r\nEmpty\t\r\n')

    assert [("2", 'He said "no"', "Er sagte „nein“"), ("4", "Empty", None)] == texts(found)


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<!DOCTYPE xliff [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

REFUSED = [
    ("no tab", "a.tsv", "one\ttwo\nonly one", "a.tsv:2: there is one column"),
    ("three columns", "a.tsv", "one\ttwo\tthree", "a.tsv:1: there are 3 columns"),
    ("nothing", "a.tsv", "\n\n", "holds no pair"),
    ("another form", "a.docx", "x", "none of .tsv, .tmx, .xlf, .xliff"),
    ("no XML", "a.xlf", "hello", "no well-formed XML"),
    ("cut off", "a.xlf", XLIFF_12[:400], "no well-formed XML"),
    ("another root", "a.xlf", "<html/>", "no XLIFF 1.2 or 2.x"),
    ("another version", "a.xlf", XLIFF_12.replace('version="1.2"', 'version="3.0"'), "no XLIFF 1.2 or 2.x"),
    ("no TMX", "a.tmx", "<xliff/>", "no TMX file"),
    ("entities that grow", "a.xlf", XLIFF_12.replace("<xliff", BOMB + "<xliff", 1).replace("Three", "&b;"), "defines entities"),
    ("a file from outside", "a.xlf", XLIFF_12.replace("<xliff", OUTSIDE + "<xliff", 1).replace("Three", "&e;"), "defines entities"),
    ("entities in a TMX", "a.tmx", TMX.replace('<!DOCTYPE tmx SYSTEM "tmx14.dtd">', BOMB).replace("cat", "&b;"), "defines entities"),
]


@pytest.mark.parametrize(("name", "text", "says"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, name, text, says):
    with pytest.raises(SourceError) as caught:
        read(tmp_path, name, text)

    assert says in str(caught.value)
    assert 1 == len(str(caught.value).splitlines())


def test_a_tmx_without_the_language_asked_for_says_which_it_has(tmp_path):
    with pytest.raises(SourceError, match=r"no texts in pl; its languages are: de-DE, fr"):
        read(tmp_path, "a.tmx", TMX, target="pl")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"gone\.tsv cannot be opened"):
        exchange.read(tmp_path / "gone.tsv")
