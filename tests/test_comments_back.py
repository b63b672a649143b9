"""What people note in another tool becomes comments of the segment: once, with who and when where that is known."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests import works
from tests.sent import copied, sent, translated
from tests.terminal import here
from translate.exchange.remarks import hers, marks, stamp
from translate.models.profiles import Profile
from translate.models.scripted import Scripted
from translate.pipeline.interchange import returns
from translate.pipeline.order import Order, carry_out
from translate.pipeline.progress import Silent
from translate.pipeline.works import Folder
from translate.store import Store

BOOK = [["The house stands in the garden.", "She gave him <em>12 books</em> today."]]
FORMS = ["xliff", "xliff 2.1", "tmx", "csv", "tsv", "docx", "html"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small translated work with a term that is not kept, so that there are notes."""
    home = tmp_path_factory.mktemp("home")
    (home / "terms.csv").write_text("source,target\nhouse,Gebäude\n", encoding="utf-8")
    return translated(home, BOOK, glossaries=[home / "terms.csv"])


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Folder:
    """The work, each test's own."""
    return copied(home, tmp_path)


def segment(folder: Folder, words: str) -> str:
    """The segment with these words."""
    with Store.open(folder.store, readonly=True) as store:
        return next(pair.segment.id for pair in store.pairs() if words in pair.segment.text)


def there(folder: Folder, words: str = "house") -> list[tuple[str, str, str, bool]]:
    """The comments on the segment with these words: who, when, what, whether settled."""
    with Store.open(folder.store, readonly=True) as store:
        return [(one.who, one.at[:16], one.text, bool(one.resolved)) for one in store.reviewing.comments(segment(folder, words))]


def noted(folder: Folder, path: Path, text: str) -> None:
    """Another tool's user writes ``text`` beside the segment with "house", as that tool does."""
    name = segment(folder, "house")
    if path.suffix == ".docx":
        book = docx.Document(str(path))
        cells = next(row.cells for row in book.tables[0].rows if name in row.cells[0].text)
        cells[3].add_paragraph(text)
        book.save(str(path))
        return
    old = path.read_text(encoding="utf-8-sig")
    change: dict[str, Callable[[str], str]] = {
        ".xlf": lambda unit: re.sub(r"(</target>|<segment )", lambda found: found[0] + f"<note>{text}</note>" if found[0] == "</target>" else f"{found[0]}", unit, count=1),
        ".tmx": lambda unit: unit.replace(">", f"><note>{text}</note>", 1),
        ".html": lambda unit: re.sub(r"</td></tr>", f"<br>{text}</td></tr>", unit),
    }
    if path.suffix in (".csv", ".tsv"):
        start = old.index(name)
        end = old.index("house = Gebäude", start) + len("house = Gebäude")
        new = f"{old[:end]} · {text}{old[end:]}"
    else:
        unit = next(one for one in re.findall(r"<(?:trans-unit|unit|tu|tr)\b.*?</(?:trans-unit|unit|tu|tr)>", old, re.DOTALL) if name in one)
        made = unit.replace("<notes>", f"<notes><note>{text}</note>", 1) if "<notes>" in unit else change[path.suffix](unit)
        new = old.replace(unit, made)
    assert new != old
    path.write_text(new, encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_a_note_becomes_a_comment_once_and_nothing_else_changes(folder: Folder, form: str) -> None:
    path = sent(folder, form)
    noted(folder, path, "Which house is meant?")

    first = returns.bring(folder, path, who="Ada")
    second = returns.bring(folder, path, who="Berta")

    assert ["Which house is meant?"] == [one.text for one in first.comments]
    assert ((), ()) == (first.taken, first.clashes)
    assert () == second.comments
    assert [("Ada", "Which house is meant?")] == [(who, text) for who, _, text, _ in there(folder)]
    assert [] == there(folder, "books")


@pytest.mark.parametrize("form", FORMS)
def test_our_own_notes_and_comments_go_out_and_do_not_come_back(folder: Folder, form: str) -> None:
    with Store.open(folder.store) as store:
        store.reviewing.comment(segment(folder, "house"), who="Ada", text="Which house?\nAnd whose = here")
        number = store.reviewing.comment(segment(folder, "house"), who="Ada", text="A settled matter").id
        store.reviewing.resolve(number, who="Ada")
    path = sent(folder, form)

    done = returns.bring(folder, path, who="Berta")

    assert () == done.comments
    if path.suffix not in (".docx", ".tmx"):
        assert "Which house?" in path.read_text(encoding="utf-8-sig")
        assert "A settled matter" not in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("form", ["csv", "docx", "html", "xliff", "xliff 2.1"])
def test_our_own_notes_do_not_come_back_when_the_work_has_changed_since(folder: Folder, form: str) -> None:
    path = sent(folder, form)
    carry_out(
        Order(folder.path.parents[1] / "book.epub", "de", model="hosted:scripted", out=folder.path.parent, glossaries=(Path("none"),), memory="off"),
        Silent(),
        model=Scripted(works.answer, profile=Profile("scripted")),
    )

    assert () == returns.bring(folder, path, who="Ada").comments


def test_our_own_notes_do_not_come_back_from_a_tool_that_drops_whose_they_are(folder: Folder) -> None:
    path = sent(folder, "xliff")
    path.write_text(re.sub(r' from="dragoman [a-z]+"', "", path.read_text(encoding="utf-8")), encoding="utf-8")

    assert () == returns.bring(folder, path, who="Ada").comments


def test_two_people_may_say_the_same(folder: Folder) -> None:
    path = sent(folder, "xliff")
    noted(folder, path, "Hm.")
    path.write_text(path.read_text(encoding="utf-8").replace("<note>Hm.</note>", '<note from="Dora">Hm.</note><note from="Emil">Hm.</note>'), encoding="utf-8")

    returns.bring(folder, path, who="Ada")

    assert ["Dora", "Emil"] == [who for who, *_ in there(folder)]
    assert () == returns.bring(folder, path, who="Ada").comments


def test_a_dry_run_shows_comments_and_keeps_none(folder: Folder) -> None:
    path = sent(folder, "xliff")
    noted(folder, path, "Hm.")

    assert ["Hm."] == [one.text for one in returns.bring(folder, path, who="Ada", dry=True).comments]
    assert [] == there(folder)
    returns.bring(folder, path, who="Ada")
    assert () == returns.bring(folder, path, who="Ada", dry=True).comments


def test_a_comment_stays_when_its_wording_is_taken_or_clashes(folder: Folder) -> None:
    path = sent(folder, "xliff")
    noted(folder, path, "Please look.")
    text = path.read_text(encoding="utf-8").replace('<x id="', '<x id="9')
    path.write_text(re.sub(r"(<target[^>]*>)", r"\1Neu ", text), encoding="utf-8")

    done = returns.bring(folder, path, who="Ada")

    assert done.taken
    assert 1 == len(done.comments)


@pytest.mark.parametrize(
    ("attributes", "who", "when"),
    [
        ('from="Dora"', "Dora", ""),
        ('from="translator"', "Ada", ""),
        ('from="Dora" priority="2" annotates="target" xml:lang="de"', "Dora", ""),
        ('author="Dora" time="2026-11-22T10:05:00+01:00"', "Dora", "2026-11-22T09:05"),
        ('xmlns:mq="MQXliff" mq:creatoruser="Dora" mq:time="2026-11-22T10:05:00Z"', "Dora", "2026-11-22T10:05"),
        ('from="Dora" date="yesterday"', "Dora", ""),
        ('from="Dora" date="20261122T100500Z"', "Dora", "2026-11-22T10:05"),
    ],
)
def test_who_and_when_are_taken_where_the_file_says(folder: Folder, attributes: str, who: str, when: str) -> None:
    path = sent(folder, "xliff")
    noted(folder, path, "Hm.")
    path.write_text(path.read_text(encoding="utf-8").replace("<note>Hm.", f"<note {attributes}>Hm."), encoding="utf-8")

    returns.bring(folder, path, who="Ada")

    ((author, at, text, _),) = there(folder)
    assert (who, "Hm.") == (author, text)
    assert at.startswith(when)


def test_remarks_on_words_and_notes_in_another_namespace_prefix_are_read(folder: Folder) -> None:
    path = sent(folder, "xliff")
    name = segment(folder, "house")
    tree = etree.parse(str(path))
    unit = next(one for one in tree.iter("{*}trans-unit") if one.get("id") == name)
    target = unit.find("{*}target")
    mark = etree.SubElement(target, target.tag.replace("target", "mrk"), mtype="x-comment", comment="On these words")
    mark.text, target.text = target.text, None
    tree.write(str(path))
    path.write_text(re.sub(r"<(/?)(?=[a-z])", r"<\1q:", path.read_text()).replace("xmlns=", "xmlns:q="))

    done = returns.bring(folder, path, who="Ada")

    assert ["On these words"] == [one.text for one in done.comments]
    assert ((), ()) == (done.taken, done.clashes)


def test_comments_of_memoq_are_read_and_deleted_ones_are_not(folder: Folder) -> None:
    path = sent(folder, "xliff")
    noted(folder, path, "Hm.")
    ours = (
        '<mq:comments xmlns:mq="MQXliff"><mq:comment id="1" creatoruser="Dora" time="2026-11-22T10:05:00Z" deleted="false">Hm.</mq:comment>'
        '<mq:comment id="2" creatoruser="Dora" time="2026-11-22T10:06:00Z" deleted="true">Gone.</mq:comment></mq:comments>'
    )
    path.write_text(path.read_text(encoding="utf-8").replace("<note>Hm.</note>", ours), encoding="utf-8")

    returns.bring(folder, path, who="Ada")

    assert [("Dora", "2026-11-22T10:05", "Hm.", False)] == there(folder)


def test_a_note_inside_a_segment_counts_and_one_of_a_suggestion_does_not(folder: Folder) -> None:
    """translate-toolkit writes notes of XLIFF 2 into the segment."""
    path = sent(folder, "xliff 2.1").rename(folder.path / "second.xlf")
    text = path.read_text(encoding="utf-8")
    place = text.index("</segment>", text.index(segment(folder, "house")))
    path.write_text(text[:place] + '<notes><note category="translator">In the segment</note></notes>' + text[place:], encoding="utf-8")
    older = sent(folder, "xliff")
    noted(folder, older, "Hm.")
    older.write_text(older.read_text(encoding="utf-8").replace("<note>Hm.</note>", "<alt-trans><target>x</target><note>Hm.</note></alt-trans>"), encoding="utf-8")

    assert ["In the segment"] == [one.text for one in returns.bring(folder, path, who="Ada", dry=True).comments]
    assert () == returns.bring(folder, older, who="Ada", dry=True).comments


def test_comments_of_word_come_with_their_author_and_time_settled_ones_as_settled(folder: Folder) -> None:
    path = sent(folder, "docx")
    book = docx.Document(str(path))
    cells = next(row.cells for row in book.tables[0].rows if segment(folder, "house") in row.cells[0].text)
    for text, author in (("Is it hers?", "Ines"), ("Done already.", "Jo")):
        book.add_comment(cells[2].paragraphs[0].runs, text=text, author=author, initials="x")
    book.add_comment(book.paragraphs[0].runs, text="On the heading, of no segment", author="Ines", initials="x")
    book.save(str(path))
    settle(path, "Done already.", "Is it hers?")

    first = returns.bring(folder, path, who="Ada")
    second = returns.bring(folder, path, who="Ada")

    assert (2, (), ()) == (len(first.comments), first.taken, second.comments)
    assert [("Ines", "Is it hers?", False), ("Jo", "Done already.", True)] == [(who, text, done) for who, _, text, done in there(folder)]
    with Store.open(folder.store, readonly=True) as store:
        assert (segment(folder, "house"),) == store.reviewing.commented()


def settle(path: Path, words: str, others: str) -> None:
    """Mark the comment with these words as done, and that with others as not, as Word does."""
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    text = parts["word/comments.xml"].decode()
    for number, said in enumerate((words, others)):
        at = text.rindex("<w:p>", 0, text.index(said))
        text = f'{text[:at]}<w:p {w14} w14:paraId="1A2B3C4{number}"{text[at + 4 :]}'
    parts["word/comments.xml"] = text.encode()
    rows = '<w15:commentEx w15:paraId="1A2B3C40" w15:done="1"/><w15:commentEx w15:paraId="1A2B3C41" w15:done="0"/>'
    parts["word/commentsExtended.xml"] = f'<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{rows}</w15:commentsEx>'.encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)


def test_a_bomb_in_words_comments_is_refused_and_nothing_changes(folder: Folder) -> None:
    path = sent(folder, "docx")
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("word/comments.xml", '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>')
    before = folder.store.read_bytes()

    with pytest.raises(returns.SourceError, match="entities"):
        returns.bring(folder, path, who="Ada")
    assert before == folder.store.read_bytes()


def test_what_is_written_on_one_of_our_lines_is_taken_without_it(folder: Folder) -> None:
    path = sent(folder, "html")
    path.write_text(path.read_text(encoding="utf-8").replace("house = Gebäude", "house = Gebäude no, <b>Haus</b>!"), encoding="utf-8")

    assert ["no, Haus!"] == [one.text for one in returns.bring(folder, path, who="Ada").comments]


def test_a_table_of_an_earlier_export_brings_no_notes(folder: Folder) -> None:
    path = sent(folder, "csv")
    path.write_text(re.sub(r"·[0-9a-f]*(?=\r?\n)", "", path.read_text(encoding="utf-8-sig").replace("house = ", "home = ")), encoding="utf-8")

    assert () == returns.bring(folder, path, who="Ada").comments


def test_import_tells_of_comments_in_lines_and_json(folder: Folder) -> None:
    path = sent(folder, "xliff")
    noted(folder, path, "Which house is meant?")

    dry = here("import", str(folder.path), str(path), "--who", "Ada", "--dry-run", "--json")
    said = here("import", str(folder.path), str(path), "--who", "Ada")

    assert ["Which house is meant?"] == [one["text"] for one in dry.json["comments"]]
    assert "New comments: 1." in said.out
    assert "by Ada: Which house is meant?" in said.out


@given(st.lists(st.text(max_size=30)), st.lists(st.text(alphabet="ab c", max_size=12)))
def test_of_the_lines_only_hers_are_told(ours: list[str], added: list[str]) -> None:
    lines = [line for line in ours if line.strip()]

    assert () == hers(lines, marks(ours))
    told = [one.text for one in hers([*lines, *added], marks(ours))]
    assert len(told) <= len([line for line in added if line.strip()])
    assert all(text for text in told)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("2026-11-22T10:05:00Z", "2026-11-22T10:05:00.000000Z"),
        ("2026-11-22T10:05", "2026-11-22T10:05:00.000000Z"),
        ("20261122T100500Z", "2026-11-22T10:05:00.000000Z"),
        ("2026-11-22 23:05:00-02:00", "2026-11-23T01:05:00.000000Z"),
        ("2026-02-31T10:05:00Z", ""),
        ("0001-01-01T00:00:00+14:00", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_times_are_read_as_tools_write_them(said: str, wanted: str) -> None:
    assert wanted == stamp(said)
