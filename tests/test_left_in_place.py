"""Texts between elements that are in a wrong language, where only the kind of the element tells a title from a fault."""

from __future__ import annotations

import pytest

from translate import checker
from translate.checks import Facts, Pair
from translate.document import Draft, Kind, Marker, Segment


def said(name, source, target):
    """What is found where the second of three texts stands in an element called ``name``."""
    runs = [(texts[0], Marker("open", 1, name), texts[1], Marker("close", 1, name), texts[2]) for texts in (source, target)]
    pair = Pair(Segment("s", "d", "/2", Kind.CELL, tuple(filter(None, runs[0]))), Draft("s", tuple(filter(None, runs[1]))))
    return [(finding.severity, finding.message) for finding in checker.check(pair, Facts("en", "de")) if finding.check == "untranslated"]


WRONG = [("error", "This is Spanish, not German: “Por la mañana los”.")]


def test_four_words_in_a_third_language_before_an_element_are_named():
    assert WRONG == said("em", ("all workers in factories, ", "on paper", ""), ("Por la mañana los ", "auf Papier", ""))


@pytest.mark.parametrize(("name", "there"), [("em", []), ("cite", []), ("a", WRONG), ("span", WRONG)])
def test_a_title_may_be_in_a_third_language_and_a_link_may_not(name, there):
    assert there == said(name, ("See also ", "words of the trade", ", below."), ("Siehe auch ", "Por la mañana los", ", unten."))


TITLE = ("info", "What looks like a title was left in English: “Value, Price and Profit”.")


@pytest.mark.parametrize(("name", "there"), [("em", [TITLE]), ("a", [])])
def test_a_title_that_was_left_in_place_is_remarked_upon(name, there):
    found = said(name, ("The lecture was printed as ", "Value, Price and Profit", "."), ("Der Vortrag wurde gedruckt als ", "Value, Price and Profit", "."))

    assert there == [one for one in found if one[0] == "info"]


def test_a_title_that_was_translated_is_left_in_peace():
    assert [] == said("em", ("The lecture was printed as ", "Value, Price and Profit", "."), ("Der Vortrag wurde gedruckt als ", "Lohn, Preis und Profit", "."))
