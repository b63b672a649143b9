"""A work goes to other tools and comes back: only what a person changed is taken, and what clashes changes nothing."""

import csv
import os
import re
import shutil
import subprocess
import venv
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests import works
from tests.terminal import here
from translate.document import Kind, Marker, dump_runs, normal, plain
from translate.errors import DragomanError, SourceError
from translate.exchange import codes, outgoing, sheets, tables, tmx_stream, xliff_back, xliff_out
from translate.exchange.outgoing import Errand, Note, Outgoing
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import corrections
from translate.pipeline.interchange import returns, transfer
from translate.pipeline.order import Order, carry_out
from translate.pipeline.progress import Silent
from translate.pipeline.works import Folder
from translate.store import Store

DATA = Path(__file__).parent / "data"
BOOK = [
    [
        "The first of all paragraphs stands here in the house.",
        "She gave him <em>12 books</em> and a note<br/>on <strong>the old</strong> house.",
        "He does not know the way to the [1] old station &amp; the &lt;1&gt; new one.",
        "=SUM(A1) is what she wrote.",
    ]
]
FORMS = ["xliff", "xliff 2.1", "tmx", "csv", "tsv", "docx", "html"]


@pytest.fixture(scope="module")
def translated(tmp_path_factory):
    """A folder with a small book and its translation."""
    home = tmp_path_factory.mktemp("translated")
    book = works.epub(home / "book.epub", BOOK)
    carry_out(Order(book, "de", model="hosted:scripted", out=home / "out"), Silent(), model=Scripted(works.answer, profile=Profile("scripted")))
    return home


@pytest.fixture
def folder(translated, tmp_path):
    """A small translated work, each test's own."""
    shutil.copytree(translated, tmp_path, dirs_exist_ok=True)
    return Folder(tmp_path / "out" / "book.de")


def sent(folder, form, **options):
    name, _, version = form.partition(" ")
    return transfer.export(folder, form=name, version=version or "1.2", **options).path


def state(folder):
    with Store.open(folder.store, readonly=True) as store:
        return {pair.segment.id: (pair.status, dump_runs(pair.draft.target)) for pair in store.pairs()}


def segment(folder, words):
    with Store.open(folder.store, readonly=True) as store:
        return next(pair for pair in store.pairs() if words in pair.segment.text)


def rewrite(path, old, new):
    """The file with ``old`` (words as they stand in it) replaced, once at least."""
    if path.suffix == ".docx":
        parts = {}
        with zipfile.ZipFile(path) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        assert old.encode() in parts["word/document.xml"]
        parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())
        with zipfile.ZipFile(path, "w") as book:
            for name, data in parts.items():
                book.writestr(name, data)
        return
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- there and back


@pytest.mark.parametrize("form", FORMS)
def test_what_nobody_changed_changes_nothing(folder, form):
    before = state(folder)

    done = returns.bring(folder, sent(folder, form), who="Ada")

    assert ((), (), len(before), 0) == (done.taken, done.clashes, done.unchanged, done.absent)
    assert before == state(folder)


@pytest.mark.parametrize("form", FORMS)
def test_a_changed_wording_comes_back_as_that_persons_and_nothing_else_changes(folder, form):
    before, pair = state(folder), segment(folder, "12 books")
    path = sent(folder, form)
    word = works.rendered("gave")
    rewrite(path, word, "schenkte")

    done = returns.bring(folder, path, who="Ada")

    after = state(folder)
    assert [pair.segment.id] == [one.segment for one in done.taken]
    assert {pair.segment.id} == {name for name in before if before[name] != after[name]}
    assert ("approved", dump_runs(pair.draft.target).replace(word, "schenkte")) == after[pair.segment.id]
    assert "Ada" == segment(folder, "12 books").draft.model
    assert () == returns.bring(folder, path, who="Ada").taken


@pytest.mark.parametrize("form", FORMS)
def test_a_wording_with_broken_markers_is_shown_and_not_taken(folder, form):
    pair = segment(folder, "12 books")
    path = sent(folder, form)
    shown = {"xliff": '<x id="2" ctype="x-br"/>', "tmx": '<ph x="2" type="br">&lt;2/&gt;</ph>', "csv": "<2/>", "tsv": "<2/>"}
    gone = shown.get(form) or ("⟦2/⟧" if form in ("docx", "html") else '<ph id="2" dataRef="d2" type="other" subType="dragoman:br"/>')
    rewrite(path, gone, "")
    rewrite(path, works.rendered("gave"), "schenkte")
    before = state(folder)

    done = returns.bring(folder, path, who="Ada")

    assert () == done.taken
    assert [(pair.segment.id, True)] == [(one.segment, "missing: <" in one.why) for one in done.clashes]
    assert before == state(folder)


@pytest.mark.parametrize("form", FORMS)
def test_what_both_sides_changed_is_shown_until_somebody_says_which_counts(folder, form):
    pair = segment(folder, "first of all")
    path = sent(folder, form)
    corrections.take(folder, pair.segment.id, "Der erste Absatz steht hier im Haus.", who="Berta")
    before = state(folder)
    rewrite(path, works.rendered("paragraphs"), "Absatzes")

    done = returns.bring(folder, path, who="Ada")
    ours = returns.bring(folder, path, who="Ada", prefer="ours")

    assert ["Both sides have changed since it went out."] == [one.why for one in done.clashes]
    assert ((), ()) == (ours.taken, ours.clashes)
    assert before == state(folder)
    assert "Absatzes" in returns.bring(folder, path, who="Ada", prefer="theirs").taken[0].wording


def test_what_only_we_changed_stays(folder):
    pair, path = segment(folder, "first of all"), sent(folder, "xliff")
    corrections.take(folder, pair.segment.id, "Der erste Absatz steht hier im Haus.", who="Berta")
    before = state(folder)

    done = returns.bring(folder, path, who="Ada")

    assert ((), ()) == (done.taken, done.clashes)
    assert before == state(folder)


def test_without_the_key_a_persons_wording_here_is_not_overwritten(folder):
    pair, path = segment(folder, "first of all"), sent(folder, "xliff")
    path.write_text(re.sub(r' extradata="[^"]*"', "", path.read_text(encoding="utf-8")), encoding="utf-8")
    rewrite(path, works.rendered("gave"), "schenkte")
    corrections.take(folder, pair.segment.id, "Der erste Absatz steht hier im Haus.", who="Berta")

    done = returns.bring(folder, path, who="Ada")

    assert [pair.segment.id] == [one.segment for one in done.clashes]
    assert 1 == len(done.taken)


def test_a_wording_for_another_source_than_the_present_one_is_shown(folder, tmp_path):
    path = sent(folder, "xliff")
    changed = [[BOOK[0][0], BOOK[0][1].replace("a note", "a letter"), *BOOK[0][2:]]]
    book = works.epub(tmp_path / "book.epub", changed)
    carry_out(Order(book, "de", model="hosted:scripted", out=tmp_path / "out"), Silent(), model=Scripted(works.answer, profile=Profile("scripted")))
    rewrite(path, works.rendered("gave"), "schenkte")

    done = returns.bring(folder, path, who="Ada")

    assert ["The source has changed since it went out."] == [one.why for one in done.clashes]


def test_a_segment_that_stands_twice_in_a_file_with_different_words_is_shown(folder):
    path = sent(folder, "tsv")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    twice = next(line for line in lines if works.rendered("gave") in line)
    path.write_text("".join([*lines, twice.replace(works.rendered("gave"), "schenkte")]), encoding="utf-8")

    done = returns.bring(folder, path, who="Ada")

    assert ((), ["The file has it more than once, with different words."]) == (done.taken, [one.why for one in done.clashes])


@pytest.mark.parametrize(
    ("target", "source", "wanted"),
    [(("b",), (" a\n",), (" b\n",)), ((" b ",), ("a",), ("b",)), ((Marker("atom", 1),), ("  a", Marker("atom", 1)), ("  ", Marker("atom", 1))), ((), ("a ",), (" ",))],
)
def test_white_space_at_the_edges_is_the_sources(target, source, wanted):
    assert wanted == returns.edged(target, source)


def test_a_dry_run_shows_and_keeps_nothing(folder):
    path, before = sent(folder, "csv"), state(folder)
    rewrite(path, works.rendered("gave"), "schenkte")

    done = here("import", folder.path, path, "--dry-run", "--json")

    assert (0, 1, True) == (done.code, len(done.json["taken"]), done.json["dry_run"])
    assert before == state(folder)


# --- states


@pytest.mark.parametrize(("old", "new"), [('state="needs-review-translation" state-qualifier="leveraged-mt"', 'state="signed-off"'), ('<trans-unit ', '<trans-unit approved="yes" ')])
def test_what_was_approved_elsewhere_is_approved_here(folder, old, new):
    path = sent(folder, "xliff")
    rewrite(path, old, new)

    done = returns.bring(folder, path, who="Ada")

    assert {True} == {one.approved for one in done.taken}
    assert {"approved"} == {status for status, _ in state(folder).values()}


def test_xliff_2_says_by_segment_what_was_reviewed(folder):
    path = sent(folder, "xliff 2.1")
    rewrite(path, 'state="translated"', 'state="reviewed"')

    returns.bring(folder, path, who="Ada")

    assert {"approved"} == {status for status, _ in state(folder).values()}


def test_what_was_approved_here_and_sent_back_is_shown(folder):
    pair = segment(folder, "first of all")
    corrections.take(folder, pair.segment.id, "Der erste Absatz steht hier im Haus.", who="Berta")
    path = sent(folder, "xliff")
    rewrite(path, '<target state="final">', '<target state="needs-translation">')
    path.write_text(path.read_text(encoding="utf-8").replace(' approved="yes"', ""), encoding="utf-8")

    done = returns.bring(folder, path, who="Ada")

    assert [(pair.segment.id, "The other tool says that it needs work.")] == [(one.segment, one.why) for one in done.clashes]


# --- the files themselves


def schema(name):
    return etree.RelaxNG(etree.parse(str(DATA / name)))


def outgoing_of(state, source, target, notes=()):
    return Outgoing("bcdfghjk", "a & b.xhtml", Kind.PARAGRAPH, state, source, target, outgoing.key_of(source, target), notes)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@st.composite
def texts(draw):
    """A source with markers, and a target with the same ones in any order, whether well nested or not."""
    source = normal([draw(TEXT), Marker("open", 1, "em"), draw(TEXT), Marker("atom", 2, "note", draw(TEXT)), Marker("close", 1, "em"), draw(TEXT), "."])
    moved = draw(st.permutations([run for run in source if isinstance(run, Marker)]))
    return source, normal([part for marker in moved for part in (draw(TEXT), marker)])


@given(texts(), st.sampled_from(["machine", "flagged", "approved"]), st.sampled_from(["1.2", "2.1"]))
def test_every_text_goes_out_valid_and_comes_back(tmp_path_factory, pair, state, version):
    source, target = pair
    path = tmp_path_factory.mktemp("xliff") / "out.xlf"
    notes = (Note("finding", "Wrong: \x00 <here>", grave=True), Note("term", "a = b"))

    xliff_out.write(path, Errand("T", "en", "de", [outgoing_of(state, source, target, notes)]), version=version)
    (back,) = xliff_back.read(path)

    assert schema(f"xliff{version.replace('.', '')}.rng").validate(etree.parse(str(path)))
    assert outgoing.mark_of(target) == outgoing.mark_of(back.target)
    assert [(one.kind, one.number) for one in target if isinstance(one, Marker)] == [(one.kind, one.number) for one in back.target if isinstance(one, Marker)]
    assert outgoing.key_of(source, target) == back.key
    assert codes.nested(target) == codes.nested(back.target)


@given(texts(), st.sampled_from(["csv", "tsv", "html", "docx"]))
def test_every_text_comes_back_from_a_table(tmp_path_factory, pair, form):
    source, target = pair
    path = tmp_path_factory.mktemp("table") / f"out.{form}"
    errand = Errand("T", "en", "de", [outgoing_of("machine", source, target)])
    if form in ("csv", "tsv"):
        tables.write(path, errand, comma=form == "csv")
        (back,), spelt = tables.read(path, comma=form == "csv"), None
    else:
        (sheets.write_html if form == "html" else sheets.write_docx)(path, errand)
        (back,), spelt = (sheets.read_html if form == "html" else sheets.read_docx)(path), sheets.chosen(source)
    from translate.prompts import spelling

    runs, strays = spelling.read(back.target or "", spelt or spelling.choose(run for run in source if isinstance(run, str)), source)

    strange = any(ord(sign) < 32 or sign in "\x7f\x85\u2028\u2029\ufdd0\ufffe\uffff" or 0x80 <= ord(sign) < 0xA0 for sign in plain(target))
    alike = [run for run in target if isinstance(run, Marker)] == [run for run in runs if isinstance(run, Marker)]
    assert (alike and not strays) or strange or sheets.SPELLING.pattern.search(plain(target)) or "<" in plain(target)
    assert outgoing.mark_of(target) == outgoing.mark_of(runs) or strange or not alike


@pytest.mark.parametrize("form", ["xliff", "xliff 2.1"])
def test_a_whole_work_goes_out_valid_with_its_findings_and_terms(tmp_path, form):
    book = works.epub(tmp_path / "book.epub", BOOK)
    (tmp_path / "terms.csv").write_text("source,target,note\nhouse,Gebäude,always\n", encoding="utf-8")
    order = Order(book, "de", model="hosted:scripted", out=tmp_path / "out", glossaries=(tmp_path / "terms.csv",))
    folder = carry_out(order, Silent(), model=Scripted(works.answer, profile=Profile("scripted"))).folder

    path = sent(folder, form)

    assert schema("xliff12.rng" if form == "xliff" else "xliff21.rng").validate(etree.parse(str(path)))
    text = path.read_text(encoding="utf-8")
    assert "house = Gebäude" in text
    assert "Gebäude" in text.split("finding", 1)[1]


def test_what_is_not_translated_yet_goes_out_with_the_source_in_its_place_and_comes_back_as_nothing(folder):
    with Store.open(folder.store) as store:
        from translate.store import Choice, Outcome

        store.commit(Outcome(choices=tuple(Choice(name, "pending") for name in store.states()))).result()
    before = state_or_none(folder)
    for form in FORMS:
        path = sent(folder, form)
        if form == "tmx":
            continue
        done = returns.bring(folder, path, who="Ada")
        assert ((), ()) == (done.taken, done.clashes), form
    assert before == state_or_none(folder)


def state_or_none(folder):
    with Store.open(folder.store, readonly=True) as store:
        return {name: one.status for name, one in store.states().items()}


def test_what_another_tool_adds_is_passed_over(folder):
    path = sent(folder, "xliff")
    text = path.read_text(encoding="utf-8")
    text = text.replace("<xliff ", '<xliff xmlns:mq="urn:other" ', 1).replace("<trans-unit ", '<trans-unit mq:status="7" ')
    text = text.replace("</source>", "</source><seg-source><mrk mtype='seg' mid='0'>x</mrk></seg-source>").replace("</trans-unit>", "<alt-trans><target>Otherwise</target></alt-trans><mq:x/></trans-unit>")
    text = re.sub(r"(<target[^>]*>)(.*?)(</target>)", r"\1<mrk mtype='seg' mid='0'>\2</mrk>\3", text)
    path.write_text(text, encoding="utf-8")

    done = returns.bring(folder, path, who="Ada")

    assert ((), ()) == (done.taken, done.clashes)


def test_a_reviewers_word_document_is_read_with_its_tracked_changes_taken(folder):
    pair, path = segment(folder, "first of all"), sent(folder, "docx")
    made = docx.Document(str(path))
    row = next(row for row in made.tables[0].rows if pair.segment.id in row.cells[0].text)
    paragraph = row.cells[2].paragraphs[0]._p
    for run in list(paragraph):
        paragraph.remove(run)
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    tracked = f'<w:x {w}><w:r><w:t xml:space="preserve">Der erste </w:t></w:r><w:del><w:r><w:delText>falsche</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>anderswo</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>Absatz</w:t></w:r></w:ins></w:x>'
    for child in etree.fromstring(tracked):
        paragraph.append(child)
    row.cells[1].text = "changed source, which nobody reads"
    row.cells[3].text = "a remark"
    made.save(str(path))

    (taken,) = returns.bring(folder, path, who="Ada").taken

    assert "Der erste Absatz" == taken.wording


def test_emphasis_looks_so_and_a_formula_is_text_in_a_spreadsheet(folder):
    page = sent(folder, "html").read_text(encoding="utf-8")
    with sent(folder, "csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert '<span class="m">⟦1⟧</span><i>12 books</i>' in page
    assert ["'=SUM(A1) is what she wrote."] == [row["source"] for row in rows if "SUM" in row["source"]]


BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<xliff version="1.2"><file/></xliff>'
BAD = [
    ("broken.xlf", b"<xliff>\n<file>", r"broken.xlf:\d: this is no well-formed XML"),
    ("latin.xlf", '<?xml version="1.0" encoding="utf-8"?>\n<xliff>caf\xe9</xliff>'.encode("latin-1"), "latin.xlf:2"),
    ("bomb.xlf", BOMB, "bomb.xlf:1: it defines entities"),
    ("other.xlf", b"<html/>", "no XLIFF"),
    ("strange.xlf", b'<xliff version="1.2"><file><body><trans-unit id="1"><source>a</source><target>b</target></trans-unit></body></file></xliff>', "holds no segment"),
    ("latin.csv", b"id,target\nbcdfghjk,caf\xe9\x81\n", "latin.csv:2: not UTF-8"),
    ("columns.csv", b"a,b\n1,2\n", "columns.csv:1: there are no columns"),
    ("quote.csv", b'id,target\n"bcdfghjk,abc\n', r"quote.csv:\d: this is no table"),
    ("many.tsv", b"id\ttarget\n" + b"x\ty\n" * 10_000, r"many.tsv:\d+: it holds more units"),
    ("none.docx", b"no zip", "no Word document"),
    ("none.html", b"<p>nothing</p>", "no table with segments"),
    ("none.pdf", b"%PDF", "none of .xlf"),
]


@pytest.mark.parametrize(("name", "data", "says"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_file_is_refused_with_its_place_and_the_store_stays_as_it_was(folder, tmp_path, name, data, says):
    before = state(folder)
    (tmp_path / name).write_bytes(data)

    with pytest.raises(DragomanError, match=says):
        returns.bring(folder, tmp_path / name, who="Ada")

    assert before == state(folder)


@pytest.mark.slow
def test_ten_million_lines_are_refused_at_the_first_that_are_too_many(folder, tmp_path):
    path = tmp_path / "huge.tsv"
    with path.open("wb") as file:
        file.write(b"id\ttarget\n")
        for _ in range(100):
            file.write(b"bcdfghjk\tx\n" * 100_000)

    with pytest.raises(DragomanError, match="more units than this work has segments"):
        returns.bring(folder, path, who="Ada")


def test_export_and_import_answer_in_lines_and_in_json(folder, tmp_path):
    out = here("export", folder.path, "--format", "tsv", "--out", tmp_path / "x.tsv", "--json").json
    rewrite(tmp_path / "x.tsv", works.rendered("gave"), "schenkte")
    lines = here("import", folder.path, tmp_path / "x.tsv", "--who", "Ada")

    assert (len(state(folder)), "tsv") == (out["segments"], out["format"])
    assert 0 == lines.code
    assert "1 changed wordings are taken" in lines.out
    assert "is none of" in here("import", folder.path, tmp_path / "x.pdf").err


# --- other tools


@pytest.fixture(scope="module")
def toolkit(tmp_path_factory):
    """Runs a script with translate-toolkit, in an environment of its own: its import name is ours."""
    home = tmp_path_factory.mktemp("toolkit")
    venv.create(home, with_pip=True)
    got = subprocess.run([home / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "translate-toolkit>=3.15"], capture_output=True, text=True, cwd=home)
    if got.returncode:
        pytest.skip("translate-toolkit cannot be installed here")

    def run(script, *arguments):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        done = subprocess.run([home / "bin" / "python", "-c", script, *map(str, arguments)], capture_output=True, text=True, cwd=home, env=clean)
        assert 0 == done.returncode, done.stderr
        return done.stdout

    return run


RESAVE = """
import sys
from translate.storage import tmx, xliff, xliff2
kind = {"1.2": xliff.Xliff1File if hasattr(xliff, "Xliff1File") else xliff.xlifffile, "2.1": getattr(xliff2, "Xliff2File", None), "tmx": tmx.tmxfile}[sys.argv[1]]
store = kind.parsefile(sys.argv[2])
units = [unit for unit in store.units if not unit.isheader()]
names = sys.argv[4].split(",")
for unit in units:
    name = unit.xmlelement.get("tuid") or unit.getid() or ""
    if any(wanted in name for wanted in names if wanted):
        unit.target = str(unit.target) + " Wahrlich."
store.savefile(sys.argv[3])
print(len(units))
"""


def pseudo(book, tmp_path):
    done = here("translate", book, "--from", "en", "--to", "de", "--model", "pseudo", "--out", tmp_path / "out", "--json").json
    from translate.pipeline import works as folders

    return folders.find(done["work"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["developers-reference.epub", "calibre-quickstart.eng.epub"])
@pytest.mark.parametrize("form", ["xliff", "xliff 2.1", "tmx"])
def test_nothing_is_lost_where_translate_toolkit_reads_and_saves(toolkit, corpus, tmp_path, name, form):
    folder = pseudo(corpus / name, tmp_path)
    path, back = sent(folder, form), tmp_path / f"back{transfer.FORMATS[form.split()[0]]}"
    with Store.open(folder.store, readonly=True) as store:
        names = {pair.segment.id for pair in store.pairs() if len(pair.segment.source) == 1 and len(pair.segment.text) > 30}
    kind = {"xliff": "1.2", "xliff 2.1": "2.1", "tmx": "tmx"}[form]

    units = int(toolkit(RESAVE, kind, path, back, ""))
    same = returns.bring(folder, back, who="Ada")
    toolkit(RESAVE, kind, path, back, ",".join(names))
    other = returns.bring(folder, back, who="Ada", dry=True)

    assert units == len(state(folder))
    assert ((), (), units, 0) == (same.taken, same.clashes, same.unchanged, same.absent)
    assert len(names) > 20
    assert (names, ()) == ({one.segment for one in other.taken}, other.clashes)
    assert all(one.wording.rstrip().endswith("Wahrlich.") for one in other.taken)


PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>en</source_lang><target_lang>de</target_lang><sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations><remove_tags>false</remove_tags></project></omegat>
"""


def omegat(folder, *options):
    command = ["omegat", str(folder), "--no-team", f"--config-dir={folder.parent / 'config'}", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, env={**os.environ, "HOME": str(folder.parent)})
    assert 0 == done.returncode, done.stdout + done.stderr


def noted(one):
    """A unit that a person has changed in OmegaT, with a note of hers."""
    aside = tmx_stream.Aside("unit", "note", "", f"Is {one.id} right?")
    return tmx_stream.Pairing(one.id, one.source, normal(("Wahrlich: ", *one.target)), "en", "de", asides=(aside,))


@pytest.mark.slow
@pytest.mark.omegat
def test_nothing_is_lost_where_omegat_translates_and_saves(corpus, tmp_path):
    if shutil.which("omegat") is None:
        pytest.skip("omegat is not installed (Debian: apt install omegat)")
    folder = pseudo(corpus / "developers-reference.epub", tmp_path)
    project = tmp_path / "project"
    for name in ("source", "target", "omegat", "tm", "glossary", "dictionary"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT, encoding="utf-8")
    sent(folder, "xliff", path=project / "source" / "book.xlf")

    omegat(project, "--mode=console-translate")
    same = returns.bring(folder, project / "target" / "book.xlf", who="Ada")
    omegat(project, "--mode=console-createpseudotranslatetmx", f"--pseudotranslatetmx={tmp_path / 'all.tmx'}", "--pseudotranslatetype=equal")
    seen = [one for one in tmx_stream.read(tmp_path / "all.tmx") if plain(one.source).startswith("Ţh")]
    tmx_stream.write(project / "omegat" / "project_save.tmx", [noted(one) for one in seen], source_language="en")
    omegat(project, "--mode=console-translate")
    done = returns.bring(folder, project, who="Ada", dry=True)

    assert ((), (), 0) == (same.taken, same.clashes, same.absent)
    assert len(seen) > 50
    assert () == done.clashes
    assert len(done.taken) >= len(seen)
    assert all(one.wording.startswith("Wahrlich: ") for one in done.taken)
    assert any("<1>" in one.wording for one in done.taken)
    assert ({f"Is {one.id} right?" for one in seen}, ()) == ({one.text for one in done.comments}, done.remarks)


def test_a_word_document_with_a_wrong_byte_anywhere_is_read_or_refused(tmp_path):
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a>" + "".join(f"<b>{number * number}</b>" for number in range(300)) + "</a>")
    whole = path.read_bytes()
    why = set()
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with pytest.raises((SourceError, OSError)) as caught:  # returns tells what the file system says
            list(sheets.read_docx(path))
        why.add(type(caught.value.__cause__))
    assert {zlib.error, zipfile.BadZipFile} <= why
