"""The report speaks the languages of the desk: the same page, the same words, nothing left in English."""

from __future__ import annotations

import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests import desk, desk_works
from tests.remarks import remarks
from tests.report_sample import Reader, sample
from tests.test_web_said import found, reasons
from tests.test_web_words import holes
from translate.document import Finding
from translate.pipeline import headings, results
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.review import decisions
from translate.report import Coverage, ReportFinding, SkipLine, ending, render
from translate.report.words import load
from translate.spoken import words
from translate.store import Store

ENGLISH = load("en").table
OTHERS = [tag for tag in words.LANGUAGES if tag != "en"]


@pytest.mark.parametrize("tag", OTHERS)
def test_every_word_of_the_report_is_there_in_every_language_with_the_same_put_in(tag: str) -> None:
    other = load(tag).table

    assert list(ENGLISH) == list(other)
    assert {} == {key: said for key, said in ENGLISH.items() if holes(said) != holes(other[key]) or isinstance(said, dict) != isinstance(other[key], dict)}


def test_a_german_report_has_no_english_left_but_the_books_own() -> None:
    findings = tuple(ReportFinding(f"s{number}", "d", Finding("names", "error", message), ("«Quelle»",), ("«Ziel»",)) for number, message in enumerate(found()))
    skips = tuple(SkipLine(reason, 1, 1, ()) for reason in sorted(reasons()))
    told = replace(sample(), checks=headings.CHECKS, findings=findings[:200], remarks=tuple(remarks()), coverage=Coverage(9, 9, 0, 0, skips))
    page = Reader(render(told, language="de"))

    english = {said for value in ENGLISH.values() for said in (value.values() if isinstance(value, dict) else [value])}
    telling = {said for said in english if len(said) > 12 and said not in map(str, load("de").table.values())}
    parts = {part.strip(" .,:;()") for said in telling for part in re.split(r"\{\w+\}", said)}
    assert [] == [part for part in sorted(parts) if len(part) > 12 and part in page.text]
    assert [] == [one.finding.message for one in findings[:200] if f" {one.finding.message} " in f" {page.text} "]
    assert [] == [remark for remark in remarks() if remark in page.text]
    assert [] == [check.name for check in headings.CHECKS if check.says.rstrip(".") in page.text]
    assert "Englisch – Deutsch" in page.text
    assert 'lang="de" dir="ltr"' in render(told, language="de")


def test_whoever_reads_german_at_the_desk_gets_the_report_in_german(tmp_path: Path) -> None:
    wanted = desk.settings(tmp_path)
    folder = desk_works.translated(wanted.out)
    with desk.serving(wanted) as served:
        owner = served.owner()
        key = key_of(folder)
        pages = {}
        for tag in words.LANGUAGES:
            owner.client.headers["accept-language"] = tag
            pages[tag] = owner.get(f"/works/{key}/report")

    assert {"en": 'lang="en"', "de": 'lang="de"'} == {tag: re.findall('<html (lang="..")', page.text)[0] for tag, page in pages.items()}
    assert "What to look at" in pages["en"].text
    assert "Was anzusehen ist" in pages["de"].text
    assert "steht in der Quelle und nicht in der Übersetzung" in pages["de"].text
    assert folder.report(".json").read_text(encoding="utf-8").count("is in the source and not in the translation") > 0


def test_a_report_of_an_older_release_is_shown_in_the_language_it_has(tmp_path: Path) -> None:
    folder = desk_works.translated(tmp_path / "out")
    assert folder.report(".de.html") == folder.read_in("de")

    folder.report(".de.html").unlink()

    assert folder.report(".html") == folder.read_in("de")


@pytest.mark.parametrize(
    ("environ", "tag"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "de_AT@euro"}, "de"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB", "LC_MESSAGES": "", "LC_ALL": "de_CH.UTF-8"}, "de"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "den_NE"}, "en"),
    ],
)
def test_the_command_line_names_the_report_that_its_user_reads(environ: dict[str, str], tag: str) -> None:
    assert tag == words.wanted(environ)


def test_a_german_terminal_is_shown_the_german_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from translate.cli.shown import report_line

    folder = desk_works.translated(tmp_path / "out")
    assert f"Report: {folder.path}/report.html" == report_line(folder)

    monkeypatch.setitem(os.environ, "LC_ALL", "de_DE.UTF-8")

    assert f"Report: {folder.path}/report.de.html" == report_line(folder)


def test_the_first_language_needs_no_name_in_the_files_name() -> None:
    assert [".html", ".de.html"] == [ending(tag) for tag in words.LANGUAGES]


def test_who_approved_a_passage_is_no_model_that_the_text_was_sent_to(tmp_path: Path) -> None:
    folder = desk_works.translated(tmp_path / "out")
    with Store.open(folder.store) as store:
        pair = next(pair for pair in store.pairs() if pair.draft is not None and len(pair.segment.source) == 1)
        decisions.approve(store, folder, pair.segment.id, who="Ada Reviewer", seen=pair.state.draft, target=("Anders gesagt.",))
        book = results.build(store, folder, bilingual=False).book
        passages = store.totals().all

    page = Reader(folder.report(".html").read_text(encoding="utf-8")).text
    assert "Ada Reviewer" not in page
    assert f"on this machine; {passages - 1} passages" in page
    assert book is not None
    with zipfile.ZipFile(book) as read:
        assert not any(b"Ada Reviewer" in read.read(name) for name in read.namelist())
