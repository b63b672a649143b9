"""What goes wrong is said in the language of the page; the sentences that are known are those that the core says."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from string import Formatter

import httpx
import pytest

import translate
from tests import desk
from tests.remarks import remarks
from translate.assessor.asking import Look
from translate.assessor.verdicts import Seen, finding_of
from translate.checks import Facts, Pair
from translate.checks.brackets import Brackets
from translate.document import Draft, Kind, Marker, Segment
from translate.errors import SettingError, SourceError, WikiError
from translate.formats import open_source, rules
from translate.formats.wikitext import defaults, fingerprint
from translate.formats.wikitext.walk import REASONS
from translate.pipeline.review import decisions
from translate.pipeline.running.purse import Purse
from translate.pipeline.wikis import conditions, publishing
from translate.proofreader import Passage
from translate.proofreader.figures import Figures
from translate.sites import Namespace, Provenance, Site
from translate.sites import Seen as WikiSeen
from translate.spoken import said as spoken
from translate.spoken.said import reason
from translate.spoken.words import LANGUAGES
from translate.web.said import forms, said
from translate.wiki import edits, licences, replies
from translate.wiki.known import KnownWiki
from translate.wiki.previews import Preview

PACKAGE = Path(translate.__file__).parent
KNOWN = (*forms(), *spoken.forms())
DESK = [row for _, row in forms()]
ROWS = [row for _, row in KNOWN]


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


CASES = Path(__file__).parent / "cases"
PARTS = [row for _, row in spoken.forms("part")]


@cache
def found() -> tuple[str, ...]:
    """Every sentence that a case of a check, of the neighbours or of the proofreader says, and every remark."""
    cases = [case for name in ("checks", "neighbours", "proofreader") for path in sorted((CASES / name).glob("*.toml")) for case in tomllib.loads(path.read_text(encoding="utf-8")).get("fires", ())]
    return tuple(dict.fromkeys((*(one for case in cases for one in texts(case.get("says", ()))), *rarer(), *remarks())))


def texts(says: object) -> Iterator[str]:
    """The sentences of a case: one, several, or each with the place of its passage."""
    if isinstance(says, str):
        yield says
    elif isinstance(says, list):
        for inner in says:
            yield from texts(inner)


def rarer() -> Iterator[str]:
    """What a judge says, and what no case has."""
    look = Look(Segment("s1", "d", "/1", Kind.PARAGRAPH, ("A house.",)), ("Ein Haus.",))
    for why in ("a word is lost.", ""):
        yield finding_of(Seen("omission", "major", "target", "Haus", 4, why), look, "big").message
    for target in ("So » ging es.", "Er kam spät) heim."):
        yield from (one.message for one in Brackets()(Pair(look.segment, Draft("s1", (target,))), Facts("en", "fr")))
    linked = replace(look.segment, source=(Marker("open", 1, "a"), "A house.", Marker("close", 1, "a"), Marker("atom", 2, "br")))
    for target in (("Ein Haus.",), (*linked.source, Marker("atom", 2)), ("Ein Haus.", Marker("atom", 2), Marker("atom", 2))):
        try:
            decisions.fits(linked, target)
        except SettingError as error:
            yield str(error)
    dates = Figures(Facts("en", "de"))
    for number, target in enumerate(("Am 2001-05-04.", "Am 2002-05-04.", "Am 2003-05-04.", "Am 2004-05-04.", "Am 5.6.2003 dann")):
        dates.see(Passage(Segment(f"s{number}", "d", "/1", Kind.PARAGRAPH, ("Then.",)), Draft(f"s{number}", (target,)), "accepted"))
    yield from (one.finding.message for one in dates.deviations())


def reasons() -> set[str]:
    """Every reason why a format leaves text as it is."""
    constants = {value for name, value in vars(rules).items() if name.endswith("_REASON") or name == "PREFORMATTED"}
    tables = {reason for one in rules.RULES.values() for reason in (*one.skips.values(), *one.reasons.values(), one.reason)}
    given = set()
    for path in (PACKAGE / "formats").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Left", "Skip"):
                given |= {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    named = {f"{rules.LANGUAGE_REASON}{tag}" for tag in ("fr", "la", "zh-Hant")}
    return ((constants - {rules.LANGUAGE_REASON}) | tables | set(REASONS.values()) | set(defaults.OPAQUE.values()) | given | named) - {"", ":", "code", "a", "@", "<", ">"}


@cache
def sentences() -> frozenset[str]:
    """Every text of the source, with {} for what is put in."""
    told = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                told.add("".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                told.add(re.sub(r"\{\d(?::\w+)?\}", "{}", node.value))
    return frozenset(told)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["form"][:40])
def test_the_core_says_each_sentence_that_the_desk_knows(row: dict[str, str]) -> None:
    form = re.sub(r"\{\w+\}", "{}", row["form"])

    pattern = next(pattern for pattern, one in KNOWN if one is row)
    assert form in sentences() or form.removeprefix("{}: ") in sentences() or any(pattern.fullmatch(message) is not None for message in found())


def test_nothing_that_a_check_says_is_changed_on_an_english_page() -> None:
    assert [] == [message for message in found() if message != said(message, "en") and not message.startswith("The formatting of ")]


@pytest.mark.parametrize("why", sorted(reasons()))
def test_no_reason_for_leaving_text_is_english_on_a_german_page(why: str) -> None:
    assert why != reason(why, "de") or why in ("Code",)
    assert why == reason(why, "en") or why.startswith(rules.LANGUAGE_REASON)


def test_a_language_is_called_by_its_name_and_not_by_its_tag() -> None:
    assert ["another language: French", "eine andere Sprache: Französisch"] == [reason(f"{rules.LANGUAGE_REASON}fr", tag) for tag in LANGUAGES]


@pytest.mark.parametrize("sort", fingerprint.WORDS)
def test_what_a_wikis_page_has_lost_is_told_in_german(sort: str) -> None:
    for number in (1, 2):
        what = fingerprint.WORDS[sort][number - 1].format("x")
        for message in (f"The page lost {number} {what}.", f"The page has {number} {what} that the source has not.", f"The source has 3 {what}, the translation 5."):
            told = said(message, "de")

            assert message != told
            assert what not in told or what == "x" or sort in ("parameter", "tag")


def test_what_the_core_sets_in_quotation_marks_has_those_of_the_page() -> None:
    assert "Der Name „Ann“ steht nicht in der Übersetzung." == said("The name “Ann” is not in the translation.", "de")
    assert "„a“ soll „b“ (oder „c“, „d“) heißen, in der Form, die der Satz verlangt; keine Form davon steht in der Übersetzung." == said(
        "“a” is to be rendered as “b” (or “c”, “d”), in the form the sentence asks for; no form of it is in the translation.", "de"
    )


def test_a_part_of_a_sentence_is_told_in_the_language_of_the_page_and_words_of_the_book_are_not() -> None:
    assert "Link „code“ (Marke 3) fehlt in der Übersetzung." == said("The link “code” (marker 3) is missing in the translation.", "de")
    assert "Der Name „table“ steht nicht in der Übersetzung." == said("The name “table” is not in the translation.", "de")


def test_a_judge_is_told_in_german_with_its_own_reason_as_it_gave_it() -> None:
    told = said("A judge (big) sees an error of the kind omission (major) in “Haus”: a word is lost.", "de")

    assert "Ein Gutachter (big) sieht einen Fehler der Art Auslassung (schwer) in „Haus“: a word is lost." == told


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["form"][:40])
def test_each_is_said_in_every_language_of_the_desk_with_nothing_put_in_that_is_not_there(row: dict[str, str]) -> None:
    assert {"form", *LANGUAGES} - {"en"} <= set(row) <= {"form", *LANGUAGES}
    for tag in LANGUAGES:
        told = row.get(tag, row["form"])
        assert holes(told) <= holes(row["form"])
        if tag in row or row in DESK:
            assert "--" not in told
            assert "dragoman " not in told or "erminal" in told


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["form"][:40])
def test_each_is_known_again_with_whatever_is_put_in(row: dict[str, str]) -> None:
    values = {name: f"«{name}» (x) {number}" for number, name in enumerate(sorted(holes(row["form"])))}

    for tag in LANGUAGES:
        told = said(row["form"].format_map(values), tag)
        assert row.get(tag, row["form"]).format_map(values) == told


@pytest.mark.parametrize("row", PARTS, ids=lambda row: row["form"][:40])
def test_a_part_has_no_hole_that_its_form_has_not(row: dict[str, str]) -> None:
    assert holes(row["de"]) == holes(row["form"])


REFUSERS = ("wiki/client.py", "wiki/replies.py", "wiki/pages.py", "wiki/edits.py", "wiki/siteinfo.py", "wiki/addresses.py", "pipeline/wikis/publishing.py", "pipeline/wikis/register.py", "pipeline/wikis/fetching.py")
ELSEWHERE = ("changed on the wiki and here", "is no address: say with --wiki", "categories below it", "The list ", "was not asked", "Nothing of this page")
"""What only the command line can bring about, or is known by another form."""


def refusals() -> Iterator[str]:
    """Every sentence with which a wiki's refusal is raised, its holes filled."""
    for name in REFUSERS:
        for node in ast.walk(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))):
            named = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            first = node.args[0] if isinstance(node, ast.Call) and node.args else None
            if (named.endswith("Error") or named in ("EditConflict", "WikiRefused", "WikiUnreachable", "_refuse")) and isinstance(first, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else f"«{number}»" for number, part in enumerate(first.values))
            elif named.endswith("Error") and isinstance(first, ast.Constant):
                yield str(first.value)


def conditions_said() -> Iterator[str]:
    """Why a page may not be published, and what is remarked of it."""
    yield from ("Not published.", "Ask the wiki's administrators.", "Ask the wiki's administrators, or give another title with --as.")
    yield from ("Where you have made sure that it may be published, say --any-licence.", "To save the draft all the same, say --with-faults.")
    site, wiki = Site(namespaces=(Namespace(2, "User"), Namespace(3, "User talk"))), KnownWiki("de", "http://127.0.0.1/api.php", "de")
    yield from (conditions.title(name, site) for name in ("x" * 300, "a|b"))
    yield from (conditions.place(name, site, wiki, final=False) for name in (" ", "User talk:x", "Main page"))
    for numbers in ((1, 1, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1)):
        yield conditions.left_to_do(conditions.Standing(0, 0, numbers[1], numbers[0], numbers[2]))
    for source, target in (("cc by-nd 4.0", "cc0"), ("", "cc0"), ("cc by 4.0", ""), ("cc by-sa 4.0", "gfdl")):
        yield licences.obstacle(licences.read(source), licences.read(target), names=(source, target))
    yield from conditions.parser(Preview("", (), ("Vorlage:X",), (), (), (), (), ("bad",), 0), Provenance("", "", 1, "", seen=WikiSeen(0, (), 1)))
    yield from (f"X is not saved, since {why}. Correct the passage." for text in ("a ~~~~ b", "{{subst:x}}", "[[a|]]", "[[|a]]", "<!-- a") for why in edits.rewritten(text))
    yield from (f"The wiki refuses: {why} (x: y)." for why in replies.REFUSALS.values())


@pytest.mark.parametrize("message", [*dict.fromkeys((*refusals(), *conditions_said()))], ids=lambda message: message[:50])
def test_no_refusal_of_a_wiki_is_english_on_a_german_page(message: str) -> None:
    if any(words in message for words in ELSEWHERE):
        assert said(message, "de")
        return
    told = said(message, "de")

    assert message != told
    for english in ("the account", "passages", " flagged", "not translated", "would ", "a comment", "Nothing", " the "):
        assert english not in told
    assert not re.search(r" --(?!final|any-licence)", said(message, "en"))


def test_a_refusal_of_several_sentences_is_told_in_german_one_by_one() -> None:
    with pytest.raises(WikiError) as caught:
        publishing._refuse("Templates that are not there: X.", "The page lost 1 link to Y.", remedy="To save the draft all the same, say --with-faults.")

    told = " ".join(said(one, "de") for one in caught.value.sentences)
    assert "Nicht veröffentlicht. Vorlagen, die es dort nicht gibt: X." in told
    assert str(caught.value) == " ".join(caught.value.sentences)
    assert "--with-faults" not in told


def test_what_nobody_knows_is_shown_as_it_is() -> None:
    assert "Something {else} went wrong." == said("Something {else} went wrong.", "de")
    assert said("", "de") == ""


def test_real_errors_are_said_in_german(tmp_path: Path) -> None:
    book = tmp_path / "buch.epub"
    book.write_bytes(b"no zip at all")
    with pytest.raises(SourceError) as caught:
        open_source(book)
    assert "buch.epub ist kein EPUB (nicht einmal ein ZIP): Bringen Sie eine .epub-Datei." == said(str(caught.value), "de")

    with pytest.raises(translate.errors.BudgetReached) as reached:
        Purse(cap=0.5, spent=0.25).reserve(0.75)
    assert "bis zu 0.7500" in said(str(reached.value), "de")
    assert "0.2500 von 0.5000" in said(str(reached.value), "de")


def test_a_page_tells_an_error_in_its_own_language(tmp_path: Path) -> None:
    with desk.serving(desk.settings(tmp_path)) as served:
        owner = served.owner()
        owner.client.headers["accept-language"] = "de"

        page: httpx.Response = owner.post("/uploads", files={"source": ("Buch.epub", b"no zip at all")})

        assert page.status_code == 422
        assert "ist kein EPUB (nicht einmal ein ZIP)" in page.text


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("21 is in the source and not in the translation.", "21 steht in der Quelle und nicht in der Übersetzung."),
        ("“fifteen” (15) is in the source and not in the translation.", "„fifteen“ (15) steht in der Quelle und nicht in der Übersetzung."),
        ("12 of the source has become 21 in the translation.", "Aus 12 der Quelle ist in der Übersetzung 21 geworden."),
        ("“Jan” has become “Jon”.", "Aus „Jan“ ist „Jon“ geworden."),
        ("“press” is to be rendered as “Presse” (or “Druckpresse”), in the form the sentence asks for; no form of it is in the translation.", "„press“ soll „Presse“ (oder „Druckpresse“) heißen, in der Form, die der Satz verlangt; keine Form davon steht in der Übersetzung."),
        ("The figures differ.", "Die Zahlen sind andere."),
    ],
)
def test_what_a_check_finds_is_told_in_german(message: str, told: str) -> None:
    assert told == said(message, "de")
    assert message == said(message, "en")
