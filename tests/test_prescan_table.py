"""The proposals as an editor reads them: no piece of an address, no article, no word that nobody writes."""

from __future__ import annotations

import pytest

from translate import prescan
from translate.document import Kind, Segment, Sort


def proposed(texts: list[str], language: str) -> dict[str, Sort]:
    """What is proposed for a work of these paragraphs: each lemma with its sort."""
    segments = [Segment(f"s{number}", "d", str(number), Kind.PARAGRAPH, (text,)) for number, text in enumerate(texts)]
    return {one.line.lemma: one.line.sort for one in prescan.scan(segments, language)}


@pytest.mark.parametrize(
    ("language", "texts", "wanted", "unwanted"),
    [
        (
            "en",
            ["The archive is at ftp.debian.org or www.debian.org today.", "The archive of lists.debian.org is old.", "Write to owner@bugs.debian.org about the archive."] * 2,
            ["archive"],
            ["org", "owner"],
        ),
        ("en", ["The server salsa.debian.org is new.", "A project on salsa.debian.org is public.", "The server is fast."] * 2, ["salsa"], ["org"]),
        ("fr", ["Il demande à l'équipe de sécurité.", "Puis l'équipe de sécurité répond.", "C'est l'équipe de sécurité."] * 2, ["équipe de sécurité"], ["l'équipe de sécurité"]),
        ("fr", ["La mise en page est belle.", "Elle fit une mise en page.", "Cette mise est haute."] * 2, ["mise"], ["miser"]),
        ("fr", ["Mais assurez-vous du paquet.", "Alors assurez-vous du paquet.", "Puis assurez-vous du paquet."], ["paquet"], ["assurez-vous"]),
        ("en", ["It fixes bug XXX in the archive.", "Then it fixes bug XXX in the archive.", "See XXX of the archive."] * 2, ["archive"], ["XXX", "xxx"]),
        (
            "en",
            ["He bought the Barnes & Noble Nook in town.", "Later the Barnes & Noble Nook broke down.", "She liked the Barnes & Noble Nook a lot."],
            ["Barnes & Noble Nook"],
            ["Barnes", "Noble Nook"],
        ),
    ],
    ids=["addresses", "the name of a host", "elided article", "a form that occurs", "an imperative", "a placeholder", "an ampersand in a name"],
)
def test_a_proposal_is_something_that_an_editor_would_write(language: str, texts: list[str], wanted: list[str], unwanted: list[str]) -> None:
    found = proposed(texts, language)

    assert set(wanted) <= found.keys()
    assert not set(unwanted) & found.keys()
