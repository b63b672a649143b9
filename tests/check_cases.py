"""Cases of the checks: the spelling of their files, and pairs that hypothesis invents."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from translate.checks import Facts, Pair
from translate.document import Draft, Kind, Marker, Runs, Segment, Term, normal
from translate.style import Style

CASES = Path(__file__).parent / "cases" / "checks"
SPELT = re.compile(r"<(/?)(\d+)(/?)>")


def runs_of(text: str) -> Runs:
    """Runs from the spelling of the case files: ``<1>…</1>`` around words, ``<1/>`` for an atom."""
    out: list[str | Marker] = []
    end = 0
    for match in SPELT.finditer(text):
        kind = "close" if match.group(1) else "atom" if match.group(3) else "open"
        out += [text[end : match.start()], Marker(kind, int(match.group(2)))]
        end = match.end()
    return normal([*out, text[end:]])


def pair_of(case: dict[str, Any]) -> Pair:
    """The pair of texts of a case."""
    segment = Segment("s1", "chapter.xhtml", "/1", Kind(case.get("kind", "paragraph")), runs_of(case["source"]))
    draft = Draft("s1", runs_of(case["target"]), finish=case.get("finish", ""), strays=tuple(case.get("strays", ())))
    return Pair(segment, draft)


def facts_of(case: dict[str, Any]) -> Facts:
    """The facts of a case: its languages ("en-de" where it says nothing), its terms, names and format."""
    source, target = case.get("langs", "en-de").split("-", 1)
    terms = tuple(Term(**{key: tuple(value) if isinstance(value, list) else value for key, value in term.items()}) for term in case.get("terms", ()))
    return Facts(source, target, terms=terms, names=frozenset(case.get("names", ())), format=case.get("format", ""), style=Style(**case.get("style", {})))


def load_cases(name: str) -> dict[str, list[dict[str, Any]]]:
    """The case file of a check."""
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "The press stood still. ",
            "Die Presse stand. ",
            "https://a.example/b ",
            "1,234.5 ",
            "XIV ",
            "```",
            "<think>",
            "12| ",
            "Note: ",
            "La luz entraba por la ventana. ",
        ]
    ),
)
RUNS = st.lists(st.one_of(PIECES, st.builds(Marker, st.sampled_from(["open", "close", "atom"]), st.integers(1, 4))), max_size=8).map(normal)
TAGS = st.sampled_from(["en", "de", "fr", "ru", "zh-Hant", "ja", "th", "ar", "xx"])
TERMS = st.lists(st.builds(Term, st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12), keep=st.booleans()), max_size=3).map(tuple)
PAIRS = st.builds(
    lambda source, target, kind, finish, strays: Pair(Segment("s", "d", "a", kind, source), Draft("s", target, finish=finish, strays=tuple(strays))),
    RUNS,
    RUNS,
    st.sampled_from(Kind),
    st.sampled_from(["", "stop", "length", "loop", "filter"]),
    st.lists(st.text(max_size=5), max_size=2),
)
