"""The page: hostile text stays text, everybody can read it, and a browser shows it whole without asking for anything."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report_sample import CODE, EM, END, Reader, sample, with_texts
from translate import languages
from translate.document import Finding, Marker, Runs, plain
from translate.report import ReportFinding, as_json, render
from translate.report.passage import pieces

# --- hostile text -----------------------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</title></head><body onload=alert(1)>",
    "--><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; &#60;b&#62;",
    "{n} {total} {0}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_book_never_becomes_markup(text: str) -> None:
    page, calm = Reader(render(with_texts(text))), Reader(render(with_texts("calm")))

    assert [tag for tag, _ in page.elements] == [tag for tag, _ in calm.elements]
    assert [sorted(attributes) for _, attributes in page.elements] == [sorted(attributes) for _, attributes in calm.elements]
    assert " ".join(text.split()) in page.text
    assert "alert" not in "".join(page.values("href"))


@given(st.text(alphabet=st.sampled_from("<>&\"'/=-!{}%#;`\\ \n\0aé\u202e\u2066\ud800"), min_size=1, max_size=40))
def test_no_text_whatever_adds_an_element_of_its_own(text: str) -> None:
    page, calm = Reader(render(with_texts(text))), Reader(render(with_texts("calm")))

    def own(reader: Reader) -> list[str]:
        return [tag for tag, attributes in reader.elements if attributes.get("class") not in ("control", "cut") and tag not in ("mark", "code", "p")]

    assert own(page) == own(calm)


def test_half_a_character_does_not_stop_the_report() -> None:
    report = with_texts("half \ud800 a character")

    assert "half \ufffd a character" in render(report)
    assert "half ? a character" in as_json(report)
    assert as_json(report).encode()
    assert render(report).encode()


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_control_that_turns_the_direction_is_shown_and_not_obeyed(control: str) -> None:
    page = render(with_texts(f"invoice{control}fdp.exe"))

    assert control not in page
    assert "invoice\ufffdfdp.exe" in page
    assert any(attributes.get("class") == "control" for attributes in Reader(page).all("span"))


def test_the_policy_lets_only_our_own_style_and_script_run() -> None:
    import base64
    import hashlib

    page = render(sample())

    (policy,) = (meta["content"] for meta in Reader(page).all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    for kind in ("style", "script"):
        (text,) = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("; img-src data:; base-uri 'none'; form-action 'none'")
    assert "unsafe" not in policy


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    page = Reader(render(sample()))

    addresses = [*page.values("href"), *page.values("src"), *page.values("xlink:href"), *page.values("srcset"), *page.values("action")]
    assert {address for address in addresses if not address.startswith("#")} == {"data:,"}
    assert not page.values("style")
    assert "url(" not in render(sample())
    assert "@import" not in render(sample())


# --- the texts side by side -------------------------------------------------------------------------------------------

PIECES: tuple[tuple[str, Runs, tuple[int, int] | None, str], ...] = (
    ("nothing marked", ("one two",), None, "one two"),
    ("a word is marked", ("one two three",), (4, 7), "one [two] three"),
    ("the mark runs through an element", ("one ", EM, "two", END, " three"), (2, 9), "on[e ][two/em][ t]hree"),
    ("an atom has no place of its own", ("one ", CODE, "two"), (4, 7), "one {lp -d casedemo}[two]"),
    ("an atom that shows nothing is named", (Marker("atom", 1, "br"), "two"), None, "{[br]}two"),
    ("a span beyond the end stops there", ("one",), (1, 99), "o[ne]"),
    ("a span out of the text marks nothing", ("one",), (7, 9), "one"),
    ("a close that nothing opened is passed over", (END, "one"), None, "one"),
    ("elements stand inside each other", (EM, Marker("open", 2, "strong"), "a", Marker("close", 2, "strong"), "b", END), None, "a/em/strongb/em"),
    ("a turning control is named", ("a\u202eb",), (0, 3), "[a][{right-to-left override}][b]"),
)


@pytest.mark.parametrize(("why", "runs", "span", "expected"), PIECES, ids=[case[0] for case in PIECES])
def test_a_passage_is_shown_with_its_doubtful_words_marked(why: str, runs: Runs, span: tuple[int, int] | None, expected: str) -> None:
    shown = "".join(
        ("[{}]" if piece.marked else "{}").format(("{" + piece.text + "}") if piece.role != "text" else "/".join((piece.text, *piece.looks)))
        for piece in pieces(runs, span)
    )

    assert shown == expected


@given(st.lists(st.text("ab ", min_size=1, max_size=300), max_size=8), st.tuples(st.integers(0, 900), st.integers(1, 300)))
def test_no_word_of_a_passage_is_lost_or_doubled_by_the_mark(texts: list[str], place: tuple[int, int]) -> None:
    runs: Runs = tuple(run for text in texts for run in (text, CODE))
    words, span = plain(runs), (place[0], place[0] + place[1])

    shown = pieces(runs, span)

    read = "".join(piece.text for piece in shown if piece.role == "text")
    assert read in words
    assert "".join(piece.text for piece in shown if piece.marked) == words[slice(*span)]
    assert read == words or any(piece.role == "cut" for piece in shown)


def test_a_long_passage_is_shown_round_its_doubtful_words_and_says_that_it_is_cut() -> None:
    text = "word " * 400 + "HERE" + " word" * 400

    shown = pieces((text,), (2000, 2004))

    assert [piece.role for piece in (shown[0], shown[-1])] == ["cut", "cut"]
    assert [piece.text for piece in shown if piece.marked] == ["HERE"]
    assert sum(len(piece.text) for piece in shown) < 600


@pytest.mark.parametrize(("source", "target", "direction"), [("en", "ar", "rtl"), ("en", "zh-Hans", "ltr"), ("he", "en", "ltr")])
def test_texts_carry_their_language_and_direction(source: str, target: str, direction: str) -> None:
    page = Reader(render(sample(source=source, target=target)))

    both = [(attributes["lang"]) for attributes in page.all("dd") if "lang" in attributes]
    assert set(both) == {source, target}
    assert both.count(target) == len(page.all("article"))
    directions = [attributes["dir"] for attributes in page.all("div") if "dir" in attributes]
    assert set(directions[1::2]) == {direction}
    assert set(directions[::2]) == {languages.find(source).direction}


def test_a_passage_without_translation_says_so() -> None:
    report = replace(sample(), findings=(ReportFinding("1.1", "text/1.xhtml", Finding("empty", "error", "Nothing came back."), ("One.",)),))

    assert "no translation yet" in Reader(render(report)).text
    assert json.loads(as_json(report))["findings"][0]["target"] is None


def test_the_command_under_a_finding_can_be_pasted_as_it_is() -> None:
    report = replace(sample(), work="output/Marx' Kapital.de", findings=(ReportFinding("s 1", "", Finding("empty", "error", "Nothing.")),))

    assert """dragoman correct 'output/Marx'"'"' Kapital.de' 's 1'""" in Reader(render(report)).text


def test_a_finding_of_the_whole_work_stands_under_the_whole_work() -> None:
    report = replace(sample(), findings=(ReportFinding("", "", Finding("voice", "warning", "Two forms of address are used.")),))

    page = render(report)

    assert '<h4 id="g1c0">The whole work</h4>' in page
    assert "dragoman correct" not in page


# --- for every reader -------------------------------------------------------------------------------------------------


def test_headings_lead_down_one_step_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in Reader(render(sample())).elements if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_tables_pictures_and_controls_are_named_for_those_who_cannot_see() -> None:
    page = Reader(render(sample()))

    assert page.all("main")
    assert page.all("header")
    assert page.all("footer")
    assert all("scope" in header for header in page.all("th"))
    assert all(picture.get("aria-label") or picture.get("aria-hidden") for picture in page.all("svg"))
    assert all(part.get("aria-label") or part.get("aria-labelledby") for part in page.all("section"))
    assert "lang" in page.all("html")[0]
    assert page.all("a")[0] == {"class": "skip", "href": "#findings"}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_every_colour_can_be_read(scheme: int) -> None:
    blocks = re.findall(r":root \{(.*?)\}", render(sample()), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", blocks[scheme]))
    colours = {name: "#" + "".join(char * 2 for char in code[1:]) if len(code) == 4 else code for name, code in colours.items()}

    for ground in ("paper", "card", "wash"):
        for ink in ("ink", "soft", "link", "error-ink", "warning-ink", "good-ink"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert contrast(colours["mark-ink"], colours["mark"]) >= 4.5
    for fill in ("approved", "warning", "error", "pending"):
        assert contrast(colours[fill], colours["paper"]) >= 3, fill
