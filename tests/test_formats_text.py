"""HTML, Markdown and plain text: an echo is the file itself, and a change of words changes nothing else."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import works
from translate.document import Kind, Marker, plain
from translate.errors import SourceError
from translate.formats import Edition, inline, markdown, open_source
from translate.formats import plain as plaintext
from translate.formats.inspector import count
from translate.models.scripted import Scripted
from translate.models.seam import Profile
from translate.pipeline import order, verification
from translate.pipeline.progress import Silent

ECHO, GERMAN = Edition("en", translated=False), Edition("de", source_language="en")

HTML = """<!DOCTYPE html>
<!-- kept -->
<HTML lang=en><head><meta charset=utf-8><title>Rain &amp; Fog</title><style>p > a { x: "<p>" }</style>
<script>if (a < b && c) { document.write("<p>no</p>") }</script>
<body class=x onload='go("a")'>
<h1>Rain &amp; Fog</h1>
<p>It <b>rained</b> for AT&T&nbsp;days.<br>A second &copy line
<p>Next <i>paragraph <p TITLE='A tip'>Third</p>
<ul><li>One<li>Two <a href=x>link</a> more<ul><li>inner</ul><li>Three</ul>
<table><tr><td>a cell<td>b cell<tr><td>c cell <img src=x ALT="A picture of rain"></table>
</b>stray <div>Text in div <p>para</div>
<pre>left
 alone</pre> a < b and 1 <2
tail text</body></html>
<!-- end -->
"""

MARKDOWN = """---
title: left alone
---
# The *night* shift #

Para one with **bold** and
a second line,\x20\x20
a hard break and `code` [link](http://x.org/a_b "T") and [ref].

> A quote that
> goes on
>
> - item in quote
>   more of it

1. First
   goes on

   second para
2. Second
   - nested **x**
   - [ ] task

         code in list

~~~python
print("x")
~~~

| Head | Two |
|------|:---:|
| a `x` | b \\| c |

Setext title
------------

<details><summary>More</summary>
<p align="center">Text <b>bold</b></p>
</details>

    indented code

Text<br>with html &amp; [^1], 2 * 3 * 4 and snake_case_name.

[^1]: A note here.
[ref]: http://example.org "t"

***

2021\\. A year
"""

TEXT = """THE NIGHT SHIFT

Chapter I

It was a dark night in the house of the printers and nobody asked them why the
lamps were lit along the river, when winter came to the town and the snow fell
on the roofs.

  The rain falls
    on the roofs
  and the lamps are out

- one item
- another item that goes on and on until the line ends and is wrapped to the
  next line of it

A title
=======

https://example.org

* * *

Last. 1984.
"""

FILES = {"a.html": HTML, "a.md": MARKDOWN, "a.txt": TEXT}


def opened(name, text, **options):
    return open_source(text if isinstance(text, bytes) else text.encode(), name=name, **{"language": "en", **options})


def document(name, text):
    (found,) = opened(name, text).documents()
    return found


def written(name, text, change, edition=GERMAN):
    """The file with ``change`` made to each text of each slot."""
    source = opened(name, text)
    (found,) = source.documents()
    out = io.BytesIO()
    targets = {slot.address: tuple(change(run) if isinstance(run, str) else run for run in slot.source) for slot in found.slots if slot.mirrors is None}
    source.write(lambda _: targets, edition=edition, out=out)
    return out.getvalue().decode()


def words(name, text):
    return [plain(slot.source) for slot in document(name, text).slots]


# --- identity and account

ENCODED = {
    "as it is": lambda text: text.encode(),
    "with a byte order mark": lambda text: text.encode("utf-8-sig"),
    "lines of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "Windows' Latin": lambda text: text.replace("night", "nïght").replace("Rain", "Räin").encode("cp1252"),
    "without a last line end": lambda text: text.rstrip().encode(),
    "nothing": lambda text: b"",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encode", ENCODED.values(), ids=ENCODED.keys())
def test_an_echo_is_the_file_byte_for_byte(name, encode):
    data = encode(FILES[name])
    source, out = opened(name, data), io.BytesIO()
    (found,) = source.documents()

    source.write(lambda _: {slot.address: slot.source for slot in found.slots}, edition=ECHO, out=out)

    assert data == out.getvalue()
    assert 0 == count(found).balance


markup = st.text(alphabet="ab \n\t#*_`[]()<>!|-=+1.:\\&~/\"'é", max_size=80)
html_soup = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<div>",
            "</div>",
            "<li>",
            "<table>",
            "<td>",
            "</td>",
            "<br>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<",
            ">",
            "&amp;",
            "&",
            "a word ",
            "\n",
            "<title>",
            '<img alt="so">',
            "<a href='x",
            "'>",
            "</html>",
            "<html>",
            "<body>",
        ]
    ),
    max_size=14,
).map("".join)


@pytest.mark.parametrize("text", ["1\n>1", "> 1\n> 2\n\nWords.", "- 1\n  > 2\n> 3", "https://x.org/a\n> b"])
def test_signs_inside_of_what_is_left_alone_are_counted_once(text):
    (found,) = opened("a.md", text.encode()).documents()

    assert 0 == count(found).balance


@pytest.mark.parametrize("name", FILES)
@given(st.data())
@settings(max_examples=120, deadline=None)
def test_any_text_is_given_back_and_accounted_for(name, data):
    text = data.draw(html_soup if name == "a.html" else markup)
    source, out = opened(name, text.encode()), io.BytesIO()
    (found,) = source.documents()

    source.write(lambda _: {slot.address: slot.source for slot in found.slots}, edition=ECHO, out=out)

    assert text.encode() == out.getvalue()
    assert 0 == count(found).balance
    assert len(found.slots) == len({slot.address for slot in found.slots})


@pytest.mark.parametrize("name", FILES)
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_runs_can_be_written_into_any_text(name, data):
    text = data.draw(html_soup if name == "a.html" else markup)
    source, out = opened(name, text.encode()), io.BytesIO()
    (found,) = source.documents()
    runs = st.lists(st.one_of(markup, st.builds(Marker, st.sampled_from(["open", "close", "atom"]), st.integers(1, 3))), max_size=5).map(tuple)
    targets = {slot.address: data.draw(runs) for slot in found.slots}

    source.write(lambda _: targets, edition=data.draw(st.sampled_from([GERMAN, ECHO, Edition("ar", bilingual=True)])), out=out)

    assert out.getvalue().decode() is not None


# --- HTML


def test_html_is_read_as_browsers_read_it():
    expected = [
        "Rain & Fog",
        "Rain & Fog",
        "It rained for AT&T\xa0days.A second © line",
        "Next paragraph ",
        "Third",
        "A tip",
        "One",
        "Two link more",
        "inner",
        "Three",
    ]
    expected += ["a cell", "b cell", "c cell", "A picture of rain", "stray", "Text in div", "para", "a < b and 1 <2 tail text"]
    assert sorted(expected) == sorted(words("a.html", HTML))


RAW = [
    ("<title>Rain <em> Fog</title>", ["Rain <em> Fog"]),
    ('<div>one<script>"</div>"</script> two</div>', ["one two"]),
    ("<p>a <!-- b</p><p>c", ["a <!-- b", "c"]),
    ("<style><!-- </p> --></style><p>x", ["x"]),
]


@pytest.mark.parametrize(("text", "expected"), RAW)
def test_what_looks_like_tags_and_is_none_ends_nothing(text, expected):
    assert expected == words("a.html", text)


def test_only_the_words_of_html_change():
    changed = written("a.html", HTML, str.upper)

    assert '<style>p > a { x: "<p>" }</style>\n<script>if (a < b && c) { document.write("<p>no</p>") }</script>' in changed
    assert "<p>IT <b>RAINED</b> FOR AT&amp;T\xa0DAYS.<br>A SECOND © LINE\n<p>NEXT <i>PARAGRAPH <p TITLE='A TIP'>THIRD</p>" in changed
    assert '<img src=x ALT="A PICTURE OF RAIN"></table>' in changed
    assert "<pre>left\n alone</pre>" in changed
    assert "<title>RAIN &amp; FOG</title>" in changed


def test_the_language_of_html_is_set_once():
    assert '<HTML lang="de"><head>' in written("a.html", HTML, str.upper)
    assert '<html lang="ar" dir="rtl"><body dir="rtl">' in written("a.html", "<html><body><p>Rain", str.upper, Edition("ar"))
    assert "<p>RAIN" == written("a.html", "<p>Rain", str.upper)


def test_bilingual_html_holds_both():
    both = written("a.html", "<html lang=en><body><p id=x>Rain <b>falls</b></p></body></html>", str.upper, Edition("de", source_language="en", bilingual=True))

    assert "Rain <b>falls</b></p>" in both
    assert "RAIN <b>FALLS</b></p>" in both
    assert 1 == both.count("id=x")


@pytest.mark.parametrize(
    "text", ["<p>" * 50_000, "<b>" * 255 + "x", "<!--" * 50_000, "<a '" * 20_000, "<script>" * 50_000, "<" * 100_000, "&" * 100_000, "</p>" * 30_000]
)
def test_hostile_html_costs_no_more_than_its_length(text):
    try:
        document("a.html", text)
    except SourceError as error:
        assert "nested" in str(error)  # noqa: PT017


def test_html_nested_too_deep_is_refused():
    with pytest.raises(SourceError, match="nested more than 256 deep"):
        document("a.html", "<div>" * 300)


@pytest.mark.parametrize("head", ["<!DOCTYPE html><p>x", "\ufeff\n<html>", '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'])
def test_html_is_known_by_its_first_bytes(head):
    assert "html" == open_source(head.encode(), name="page", language="en").format


# --- Markdown


def test_markdown_gives_its_words_with_what_they_are():
    found = [(slot.kind, plain(slot.source)) for slot in document("a.md", MARKDOWN).slots]

    assert [
        (Kind.HEADING, "The night shift"),
        (Kind.PARAGRAPH, "Para one with bold and a second line,a hard break and  link and ref."),
        (Kind.PARAGRAPH, "A quote that goes on"),
        (Kind.ITEM, "item in quote more of it"),
        (Kind.ITEM, "First goes on"),
        (Kind.ITEM, "second para"),
        (Kind.ITEM, "Second"),
        (Kind.ITEM, "nested x"),
        (Kind.ITEM, "task"),
        (Kind.CELL, "Head"),
        (Kind.CELL, "Two"),
        (Kind.CELL, "a "),
        (Kind.CELL, "b | c"),
        (Kind.HEADING, "Setext title"),
        (Kind.CAPTION, "More"),
        (Kind.PARAGRAPH, "Text bold"),
        (Kind.PARAGRAPH, "Textwith html & , 2 * 3 * 4 and snake_case_name."),
        (Kind.NOTE, "A note here."),
        (Kind.PARAGRAPH, "2021. A year"),
    ] == found


def test_what_is_left_alone_in_markdown_is_named():
    skips = {(skip.reason, skip.text.split("\n")[0]) for skip in document("a.md", MARKDOWN).skips}

    assert {
        ("front matter", "---"),
        ("code", "code in list"),
        ("code", "~~~python"),
        ("code", "indented code"),
        ("link address", '[ref]: http://example.org "t"'),
    } <= skips


def test_headings_of_markdown_are_trails():
    trails = {plain(slot.source): slot.trail for slot in document("a.md", "# A\n\none\n\n## B\n\ntwo\n\n# C\n\nthree\n").slots}

    assert ((), ("A",), ("A",), ("A", "B"), (), ("C",)) == tuple(trails.values())


def test_only_the_words_of_markdown_change():
    changed = written("a.md", MARKDOWN, str.upper)

    assert [line for line in MARKDOWN.split("\n") if line.startswith(("---", "~~~", "print", "    indented", "|---", "</details", "[ref]", "***"))] == [
        line for line in changed.split("\n") if line.startswith(("---", "~~~", "print", "    indented", "|---", "</details", "[ref]", "***"))
    ]
    assert '**BOLD** AND A SECOND LINE,  \nA HARD BREAK AND `code` [LINK](http://x.org/a_b "T") AND [REF][ref].' in changed
    assert "> A QUOTE THAT GOES ON\n>\n> - ITEM IN QUOTE MORE OF IT" in changed
    assert "| A `x` | B \\| C |" in changed
    assert '<p align="center">TEXT <b>BOLD</b></p>' in changed
    assert "2 * 3 * 4 AND SNAKE_CASE_NAME." in changed


def test_what_was_written_is_read_again_as_the_same():
    again = words("a.md", written("a.md", MARKDOWN, str.upper))

    assert [text.upper() for text in words("a.md", MARKDOWN)] == again


HARMFUL = [
    "# not a heading",
    "- not an item",
    "1. not a number",
    "> not a quote",
    "***",
    "--- ",
    "a *b* c",
    "_x_",
    "`c`",
    "[x](y)",
    "<b>",
    "&amp;",
    "~~~",
    "| a | b |",
    "\\*",
    "![i](j)",
    "a\n\n# b",
]


@pytest.mark.parametrize("text", HARMFUL)
@pytest.mark.parametrize("form", ["Rain falls.\n", "- Rain falls.\n", "> Rain falls.\n", "# Rain falls.\n", "| Rain falls. |\n|---|\n"])
def test_words_that_look_like_markup_stay_words(form, text):
    target = f"{text} Regen"

    again = document("a.md", written("a.md", form, lambda _: target)).slots

    assert [" ".join(target.split())] == [" ".join(plain(slot.source).split()) for slot in again]
    assert () == tuple(run for slot in again for run in slot.source if isinstance(run, Marker))


EMPHASIS = [
    ("***x** y*", "<1><2>x</2> y</1>"),
    ("*a **b***", "<1>a <2>b</2></1>"),
    ("**Gomez (*x*)**", "<1>Gomez (<2>x</2>)</1>"),
    ("2 * 3 * 4", "2 * 3 * 4"),
    ("snake_case_name", "snake_case_name"),
    ("foo*bar*", "foo<1>bar</1>"),
    ("foo_bar_", "foo_bar_"),
    ("**open", "**open"),
    ("~~gone~~ ~a~", "<1>gone</1> ~a~"),
    ("[a *b](c)*", "<1>a *b</1>*"),
    ("`*a*` \\*b\\*", "<1/> *b*"),
    ("*foo**bar*", "<1>foo**bar</1>"),
    ("![alt](x.png)", "<1>alt</1>"),
    ("[foo] [bar]", "<1>foo</1> [bar]"),
    ("<https://x.org> <b>c</b>", "<1/> <2/>c<3/>"),
    ("https://x.org/a_b_c *d*", "https://x.org/a_b_c <1>d</1>"),
]


@pytest.mark.parametrize(("text", "expected"), EMPHASIS)
def test_inline_markup_is_read_by_the_rules_of_commonmark(text, expected):
    read = inline.read(text, frozenset({"foo"}))
    spelt = {"open": "<{}>", "close": "</{}>", "atom": "<{}/>"}

    assert expected == "".join(run if isinstance(run, str) else spelt[run.kind].format(run.number) for run in read.runs)


def test_signs_at_the_end_of_a_heading_stay_words():
    assert ["C #"] == words("a.md", written("a.md", "# Rain\n", lambda _: "C #"))


def test_what_is_too_long_to_be_looked_through_has_no_markup():
    assert ("*a* " * 6000,) == inline.read("*a* " * 6000).runs
    assert not [run for run in inline.read(f"[{'a~' * 600}](x)").runs if isinstance(run, Marker)]


def test_every_marker_is_written_once_whatever_comes_back():
    read = inline.read("a *b* [c](d) `e`")
    lost = ("nur ", Marker("close", 2), Marker("open", 2), "c", Marker("open", 9), Marker("open", 2))

    assert "nur [c](d)`e`" == inline.write(lost, read.spellings)


def test_a_paragraph_without_end_costs_no_more_than_its_length():
    for piece in ("[", "*a ", "a*_", "`" * 3 + "a`", "![](", "<a "):
        began = time.process_time()
        markdown.read(piece * 30_000)
        markdown.read(piece * 2_000)
        assert time.process_time() - began < 10, piece


# --- plain text


def test_plain_text_gives_headings_paragraphs_verse_and_items():
    found = [(slot.kind, plain(slot.source)) for slot in document("a.txt", TEXT).slots]

    assert [
        (Kind.HEADING, "THE NIGHT SHIFT"),
        (Kind.HEADING, "Chapter I"),
        (
            Kind.PARAGRAPH,
            "It was a dark night in the house of the printers and nobody asked them why the lamps were lit along the river, "
            "when winter came to the town and the snow fell on the roofs.",
        ),
        (Kind.VERSE, "The rain fallson the roofsand the lamps are out"),
        (Kind.ITEM, "one item"),
        (Kind.ITEM, "another item that goes on and on until the line ends and is wrapped to the next line of it"),
        (Kind.HEADING, "A title"),
        (Kind.PARAGRAPH, "Last. 1984."),
    ] == found


def test_a_wrapped_paragraph_is_wrapped_again_and_verse_keeps_its_lines():
    changed = written("a.txt", TEXT, lambda run: f"{run.upper()} UND")

    paragraph = changed[changed.index("IT WAS") : changed.index("UND\n\n  THE RAIN")]
    assert max(map(len, paragraph.split("\n"))) <= 78
    assert "  THE RAIN FALLS UND\n    ON THE ROOFS UND\n  AND THE LAMPS ARE OUT UND\n" in changed
    assert "- ONE ITEM UND\n- ANOTHER ITEM" in changed
    assert "WRAPPED TO THE\n  NEXT LINE OF IT UND\n" in changed
    assert "A TITLE UND\n=======\n" in changed


def test_short_lines_are_verse_where_there_is_nothing_else():
    assert [Kind.VERSE] == [slot.kind for slot in document("a.txt", "The rain falls on the roof\nand on the river too\nand nobody is out\n").slots]


def test_lines_of_windows_stay_lines_of_windows():
    changed = written("a.txt", TEXT.replace("\n", "\r\n"), str.upper)

    assert changed.count("\n") == changed.count("\r\n")


def test_letters_that_the_encoding_lacks_make_the_file_utf_8():
    source, out = opened("a.txt", "Caf\xe9 noir".encode("cp1252")), io.BytesIO()
    (found,) = source.documents()

    remarks = source.write(lambda _: {found.slots[0].address: ("Чёрный кофе",)}, edition=GERMAN, out=out)

    assert "Чёрный кофе" == out.getvalue().decode()
    assert ("a.txt is written as UTF-8, since cp1252 lacks letters of the translation.",) == remarks


def test_bilingual_text_holds_both():
    both = written("a.txt", "Rain falls.\n\n- item\n", str.upper, Edition("de", bilingual=True))

    assert "Rain falls.\n\nRAIN FALLS.\n\n- item / ITEM\n" == both


def test_a_text_that_does_not_say_its_language_is_guessed_and_that_is_said():
    source = open_source("Es war einmal ein König, der hatte drei Töchter, und die jüngste war die schönste.".encode(), name="a.txt")

    assert "de" == source.language
    assert ("a.txt does not say which language it is in; it looks like 'de'.",) == source.remarks


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"\0\1\2binary"), ("a.html", b"<p>\0"), ("a.md", b"\xff\xfe\0")])
def test_what_is_no_text_is_refused(name, data):
    with pytest.raises(SourceError, match=r"is not (text|in the encoding)"):
        list(opened(name, data).documents())


def test_reading_the_same_text_gives_the_same_places():
    assert plaintext.read(TEXT).parts[0].start == plaintext.read(TEXT).parts[0].start == 0


# --- the whole way


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_translated_and_verified_like_a_book(tmp_path, name):
    path = tmp_path / name
    path.write_text(FILES[name], encoding="utf-8")

    result = order.carry_out(
        order.Order(source=path, to="de", from_="en", out=tmp_path / "out", jobs=2),
        Silent(),
        model=Scripted(works.answer, profile=Profile("scripted", chunk=120)),
    )

    assert result.book is not None
    assert f"a.de{path.suffix}" == result.book.name
    assert "thgin" in result.book.read_text(encoding="utf-8").lower() or "niar" in result.book.read_text(encoding="utf-8").lower()
    assert () == verification.verify(result.folder).faults


@pytest.mark.parametrize("name", FILES)
def test_an_echo_through_the_whole_way_is_the_file(tmp_path, name):
    path = tmp_path / name
    path.write_text(FILES[name], encoding="utf-8")

    result = order.carry_out(order.Order(source=path, to="de", from_="en", model="echo", out=tmp_path / "out"), Silent())

    assert path.read_bytes() == result.book.read_bytes()
