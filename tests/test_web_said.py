"""What goes wrong is said in the language of the page; the sentences that are known are those that the core says."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import httpx
import pytest

import translate
from tests import desk
from translate.errors import SourceError
from translate.formats import open_source
from translate.pipeline.purse import Purse
from translate.web import words
from translate.web.said import forms, said

PACKAGE = Path(translate.__file__).parent
ROWS = [row for _, row in forms()]


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@cache
def sentences() -> frozenset[str]:
    """Every text of the source, with {} for what is put in."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["form"][:40])
def test_the_core_says_each_sentence_that_the_desk_knows(row: dict[str, str]) -> None:
    form = re.sub(r"\{\w+\}", "{}", row["form"])

    assert form in sentences() or form.removeprefix("{}: ") in sentences()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["form"][:40])
def test_each_is_said_in_every_language_of_the_desk_with_nothing_put_in_that_is_not_there(row: dict[str, str]) -> None:
    assert {"form", *words.LANGUAGES} - {"en"} <= set(row) <= {"form", *words.LANGUAGES}
    for tag in words.LANGUAGES:
        told = row.get(tag, row["form"])
        assert holes(told) <= holes(row["form"])
        assert "--" not in told
        assert "dragoman " not in told


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["form"][:40])
def test_each_is_known_again_with_whatever_is_put_in(row: dict[str, str]) -> None:
    values = {name: f"«{name}» (x) {number}" for number, name in enumerate(sorted(holes(row["form"])))}

    for tag in words.LANGUAGES:
        told = said(row["form"].format_map(values), tag)
        assert row.get(tag, row["form"]).format_map(values) == told


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
    ("found", "told"),
    [
        ("21 is in the source and not in the translation.", "21 steht in der Quelle und nicht in der Übersetzung."),
        ("“fifteen” (15) is in the source and not in the translation.", "“fifteen” (15) steht in der Quelle und nicht in der Übersetzung."),
        ("12 of the source has become 21 in the translation.", "Aus 12 der Quelle ist in der Übersetzung 21 geworden."),
        ("“Jan” has become “Jon”.", "Aus “Jan” ist “Jon” geworden."),
        ("“press” is to be rendered as “Presse” (or “Druckpresse”), in the form the sentence asks for; no form of it is in the translation.", "“press” soll “Presse” (or “Druckpresse”) heißen, in der Form, die der Satz verlangt; keine Form davon steht in der Übersetzung."),
        ("The figures differ.", "Die Zahlen sind andere."),
    ],
)
def test_what_a_check_finds_is_told_in_german(found: str, told: str) -> None:
    assert told == said(found, "de")
    assert found == said(found, "en")
