"""Which language a text is in, and what it costs to say so."""

from __future__ import annotations

import sys
from subprocess import run

import pytest

from translate.checks import tongues

ENGLISH = "The light came through the window, and the old man looked at the streets of the town."
GERMAN = "Das Licht fiel durch das Fenster, und der alte Mann sah auf die Straßen der Stadt."


def test_identifiers_of_different_languages_share_one_set_of_tables() -> None:
    whole, some = tongues._identifier(frozenset()), tongues._identifier(frozenset({"en", "de"}))

    assert whole is not None
    assert some is not None
    assert some.tk_nextmove is whole.tk_nextmove
    assert ["de", "en"] == sorted(some.labels)
    assert len(whole.labels) > 90


def test_an_identifier_that_does_not_know_a_language_says_nothing() -> None:
    assert tongues.likelihood("Zyx abc", "xx", frozenset({"de"})) is None


@pytest.mark.parametrize(("text", "expected"), [(ENGLISH, True), (GERMAN, False)])
def test_a_text_is_likely_in_its_own_language(text: str, expected: bool) -> None:
    likely = tongues.likelihood(text, "en", frozenset({"de"}))

    assert likely is not None
    assert expected == (likely > 0.5)


def test_no_identifier_is_loaded_where_the_dictionaries_leave_no_doubt() -> None:
    """It takes 80 MB; a server's refusal in English is no reason for that."""
    program = f"import sys; from translate.checks import tongues; print(tongues.likelihood({ENGLISH!r}, 'en', frozenset({{'de'}})), 'py3langid' in sys.modules)"

    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "1.0 False" == done.stdout.strip()
