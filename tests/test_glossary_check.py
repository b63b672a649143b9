"""What ``glossary check`` finds: a table of files, each with the flaws it must get, and no more of them than it says."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from translate import glossary
from translate.cli import group
from translate.document import Term

HEAD = "source,target,allowed,forbidden,pos,gender,keep,case\n"

# file, then (line, kind, severity, words of the sentence)
FLAWS = [
    ("two renderings", "capital,Kapital\ncapital,Hauptstadt\n", [(2, "contradiction", "error", "'Hauptstadt' here and 'Kapital' in x.csv:1")]),
    ("capitals make two terms", HEAD + "party,Partei,,,noun,f\nParty,Partei der Arbeit,,,noun,f,,yes\n", []),
    ("the same line twice", "wages,Lohn\nWages,Lohn\n", [(2, "duplicate", "warning", "x.csv:1")]),
    ("a rendering twice", HEAD + "wages,Lohn,Lohn,,noun,m\n", [(2, "duplicate", "warning", "'lohn' stands twice")]),
    ("forbids itself", HEAD + "wages,Lohn,Gehalt,Gehalt,noun,m\n", [(2, "forbids-itself", "error", "'Gehalt'")]),
    ("a forbidden part of a good one is none", HEAD + "rate of surplus value,Mehrwertrate,,Mehrwert,noun,f\n", []),
    ("stays and has a rendering", HEAD + "Emacs,Editor,,,name,,yes\n", [(2, "keep", "error", "to stay as it is and has the rendering")]),
    ("stays, but not in a longer term", HEAD + "Emacs,,,,name,,yes\nEmacs command,Befehl,,,noun,m\n", [(3, "keep", "warning", "x.csv:2")]),
    ("one word, two spellings, two renderings", "labour power,Arbeitskraft\nlabor-power,Kraft\n", [(2, "twins", "warning", "found by the same words")]),
    ("one word, two spellings, one rendering", "labour power,Arbeitskraft\nlabor-power,Arbeitskraft\n", []),
    ("plural and singular, two renderings", "wage,Lohn\nwages,Gehalt\n", [(2, "twins", "warning", "'Gehalt' and 'Lohn'")]),
    ("plural and singular, inflected alike", "productive force,Produktivkraft\nproductive forces,Produktivkräfte\n", []),
    ("one forbids what the other wants", HEAD + "labour,Arbeit,,Werk,noun,f\nlabor,Werk,,,noun,n\n", [(3, "unsatisfiable", "error", "Make one line of them")]),
    ("a slip of the pen", "alienation,Entfremdung\nallienation,Entäußerung\n", [(2, "twins", "warning", "Is one a slip?")]),
    ("two words that look alike", "formal,formell\nnormal,üblich\n", []),
    ("a chain", "commodity,Ware\nWare,Gut\n", [(1, "chain", "warning", "x.csv:2 turns into 'Gut'")]),
    ("a term and its part that do not fit", HEAD + "profit,Profit,,Gewinn,noun,m\nrate of profit,Gewinnrate,,,noun,f\n", [(3, "overlap", "warning", "holds 'Gewinn', which x.csv:2 forbids")]),
    ("a gender that is none", HEAD + "wages,Lohn,,,noun,x\n", [(2, "gender", "warning", "'x'")]),
    ("a gender that the language has not", HEAD.replace("source,target", "en,fr") + "wages,salaire,,,noun,n\n", [(2, "gender", "warning", "'n' is no gender here")]),
    ("an article before a term", "en,de\nthe state,Staat\n", [(2, "article", "warning", "List it as a dictionary does: 'state'.")]),
    ("an unreadable line", "source,target\nwages,\n", [(2, "unreadable", "error", "the target is missing")]),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in FLAWS], ids=[row[0] for row in FLAWS])
def test_each_flaw_is_found_on_its_line(tmp_path: Path, text: str, expected: list[tuple[int, str, str, str]]) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    french = text.startswith("en,fr")

    found = [one for one in glossary.examine_files([path], source="en", target="fr" if french else "de") if one.severity != "info"]

    assert [(f"x.csv:{line}", kind, severity) for line, kind, severity, _ in expected] == [(one.line, one.kind, one.severity) for one in found]
    assert [words for _, _, _, words in expected if words not in " ".join(one.message for one in found)] == []


NOTES = [
    ("a word in no dictionary", HEAD + "wages,Lohhn,,,noun,m\n", "unknown", "'Lohhn'"),
    ("a noun without gender", HEAD + "wages,Lohn,,,noun\n", "gender", "is not told"),
    ("a kind of word that is none", HEAD + "wages,Lohn,,,thing,m\n", "pos", "'thing'"),
    ("a term rendered without its part", HEAD + "day,Tag,,,noun,m\nday labourer,Knecht,,,noun,m\n", "overlap", "Is that so meant?"),
    ("forbidden here, wanted there", HEAD + "overtime,Überstunden,,Mehrarbeit,noun,f\nsurplus labour,Mehrarbeit,,,noun,f\n", "shared", "is let through"),
]


@pytest.mark.parametrize(("text", "kind", "words"), [row[1:] for row in NOTES], ids=[row[0] for row in NOTES])
def test_what_may_be_meant_so_is_only_noted(tmp_path: Path, text: str, kind: str, words: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")

    found = glossary.examine_files([path], source="en", target="de")

    assert [(kind, "info")] == [(one.kind, one.severity) for one in found]
    assert words in found[0].message


GERMAN = ["Arbeit", "Haus", "Wasser", "Kirche", "Straße", "Fenster", "Schule", "Freund", "Garten", "Buch"]
ENGLISH = ["work", "house", "water", "church", "street", "window", "school", "friend", "garden", "book"]


def pairs(ours: list[str], theirs: list[str]) -> str:
    return "".join(f"{source},{target}\n" for source, target in zip(ours, theirs, strict=True))


LANGUAGES = [
    ("right", "en-de.csv", pairs(ENGLISH, GERMAN), "", "", ""),
    ("columns the wrong way round", "en-de.csv", pairs(GERMAN, ENGLISH), "", "", "the wrong way round"),
    ("another language", "en-fr.csv", pairs(ENGLISH, GERMAN), "", "", "the renderings should be French and look like German"),
    ("a file for another pair", "en-de.csv", pairs(ENGLISH, GERMAN), "en", "fr", "the file says en to de, and en to fr is wanted"),
    ("the heading counts too", "mine.csv", "English,German\n" + pairs(GERMAN, ENGLISH), "", "", "the wrong way round"),
]


@pytest.mark.parametrize(("name", "text", "source", "target", "message"), [row[1:] for row in LANGUAGES], ids=[row[0] for row in LANGUAGES])
def test_a_glossary_of_the_wrong_languages_is_an_error(tmp_path: Path, name: str, text: str, source: str, target: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    errors = [one for one in glossary.examine_files([path], source=source, target=target) if one.severity == "error"]

    assert bool(message) == any(one.kind == "languages" and message in one.message for one in errors)
    assert bool(errors) == bool(message)


def test_each_kind_of_flaw_is_explained_and_tried() -> None:
    tried = {kind for row in FLAWS for _, kind, _, _ in row[2]} | {row[2] for row in NOTES} | {"languages", "won"}

    assert set(glossary.KINDS) == tried


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(group, ["glossary", *map(str, arguments)], standalone_mode=False)
    assert result.exception is None, result.exception
    return int(result.return_value or 0), result.output


def test_the_command_says_so_and_leaves_with_three_where_there_are_errors(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("wages,Lohn\n", encoding="utf-8")
    bad.write_text("wages,Gehalt\nwages,Entgelt\n", encoding="utf-8")

    assert run("check", good)[0] == 0
    code, told = run("check", good, bad, "--json")

    assert (code, json.loads(told)["errors"]) == (3, 1)
    assert [one["kind"] for one in json.loads(told)["flaws"]] == ["won", "contradiction", "won"]


def test_a_glossary_is_converted_and_looked_into(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("en,de,forbidden\nwages,Lohn,Gehalt\n", encoding="utf-8")

    assert run("convert", tmp_path / "a.csv", tmp_path / "a.tbx") == (0, f"1 terms were written to {tmp_path / 'a.tbx'}.\n")
    code, told = run("show", "lohn", tmp_path / "a.csv", tmp_path / "a.tbx")

    assert code == 0
    assert told.splitlines()[:2] == ["wages = Lohn  (a.tbx:12, in place of a.csv:2)", "    forbidden: Gehalt"]


def test_a_large_glossary_is_examined_in_no_time(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("".join(f"term number{number} of work,Wort {number}\n" for number in range(20_000)), encoding="utf-8")
    began = time.process_time()

    glossary.examine_files([path])

    assert time.process_time() - began < 5


def test_the_manual_explains_each_kind_of_flaw() -> None:
    manual = (Path(__file__).parents[1] / "docs" / "glossary.md").read_text(encoding="utf-8")

    assert [kind for kind, says in glossary.KINDS.items() if f"| {kind} | {says} |" not in manual] == []


def test_a_german_noun_is_no_form_of_a_verb_that_is_written_alike() -> None:
    terms = (Term("Waren", "commodities", pos="noun"), Term("gesellschaftliches Sein", "social being", pos="noun"))

    assert [] == [flaw.message for flaw in glossary.examine(terms, source="de", target="en") if flaw.kind == "overlap"]
