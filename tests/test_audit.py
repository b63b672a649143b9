"""An audit of a translation made by anyone: what is missing is named, what is sound is left alone, and nothing is changed."""

from __future__ import annotations

import json
import time

import pytest
from click.testing import CliRunner

from tests import works
from translate.cli import group
from translate.document import Document, Kind, Marker, Skip, Slot
from translate.errors import SettingError
from translate.pipeline import counterparts
from translate.pipeline.audit import ALONE, Assignment, audit

LINES = [
    "The printers worked at night, and nobody asked them why.",
    "In 1984 the river rose by three metres, and the house stood in the water until the spring came back to the valley.",
    "“Who is there?” asked the old woman, and she opened the door.",
    "The lamps were lit at six; the men went home along the river in the rain, which had not stopped for nine days.",
    "Nobody had seen the letter before Karl read it aloud in the kitchen.",
    "Then the snow fell on the roofs of the town.",
]
ZEILEN = [
    "Die Drucker arbeiteten nachts, und niemand fragte sie nach dem Grund.",
    "Im Jahr 1984 stieg der Fluss um drei Meter, und das Haus stand im Wasser, bis der Frühling in das Tal zurückkam.",
    "„Wer ist da?“, fragte die alte Frau und öffnete die Tür.",
    "Um sechs wurden die Lampen angezündet; die Männer gingen am Fluss entlang im Regen nach Hause, der seit neun Tagen nicht aufgehört hatte.",
    "Niemand hatte den Brief gesehen, bevor Karl ihn in der Küche vorlas.",
    "Dann fiel der Schnee auf die Dächer der Stadt.",
]


def checked(*arguments):
    """What ``dragoman check`` says as JSON, and its exit code."""
    ran = CliRunner().invoke(group, ["check", *map(str, arguments), "--json"], standalone_mode=False)
    assert ran.exception is None, ran.exception
    return json.loads(ran.stdout), ran.return_value


def epubs(tmp_path, theirs):
    source = works.epub(tmp_path / "source.epub", [LINES], title="Rain")
    target = works.epub(tmp_path / "target.epub", [theirs], title="Regen")
    return source, target


def seen(value, *, severity=("error", "warning")):
    return [
        (row["segment"], row["check"])
        for row in value["findings"]
        if row["severity"] in severity and "c0.xhtml" in row["segment"] and row["kind"] == "paragraph"
    ]


# --- two books


def test_a_sound_translation_is_left_alone(tmp_path):
    value, _ = checked(*epubs(tmp_path, ZEILEN), "--from", "en", "--to", "de")

    assert [] == seen(value)
    assert {"address"} == set(value["paired"])


PLANTED = [
    ("a paragraph is missing", lambda lines: [*lines[:3], *lines[4:]], [("OEBPS/c0.xhtml:/4/10", "missing")]),
    (
        "one was added",
        lambda lines: [*lines[:2], "Ein Zusatz des Übersetzers, der hier gar nichts zu suchen hat und niemandem nützt. " * 6, *lines[2:]],
        [("+OEBPS/c0.xhtml:/4/8", "extra")],
    ),
    ("a number is wrong", lambda lines: [lines[0], lines[1].replace("1984", "1948"), *lines[2:]], [("OEBPS/c0.xhtml:/4/6", "numbers")]),
    ("one was left in the source", lambda lines: [*lines[:3], LINES[3], *lines[4:]], [("OEBPS/c0.xhtml:/4/10", "untranslated")]),
]


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in PLANTED], ids=[case[0] for case in PLANTED])
def test_what_is_planted_is_named_and_nothing_else(tmp_path, change, expected):
    value, code = checked(*epubs(tmp_path, change(ZEILEN)), "--from", "en", "--to", "de")

    found = list(dict.fromkeys(seen(value)))
    assert expected[0] in found
    assert {place for place, _ in expected} == {place for place, _ in found}  # what is in the wrong language has no numbers in words either
    # The titles of the little book are the same on both sides, which is told as well.
    assert code == (3 if any(row["severity"] == "error" for row in value["findings"]) else 0)


def test_two_paragraphs_that_became_one_are_told_and_checked_together(tmp_path):
    merged = [*ZEILEN[:3], f"{ZEILEN[3]} {ZEILEN[4]} Das war 1948.", *ZEILEN[5:]]

    value, _ = checked(*epubs(tmp_path, merged), "--from", "en", "--to", "de")

    assert ["merged"] == [row["check"] for row in value["findings"] if row["check"] in ("merged", "missing", "extra", "split")]
    assert ("OEBPS/c0.xhtml:/4/10", "numbers") in seen(value)


def test_the_language_must_be_known(tmp_path):
    (tmp_path / "a.html").write_text("<p>x</p>", encoding="utf-8")

    with pytest.raises(SettingError, match=r"a\.html does not say which language it is in: give it with --(from|to)"):
        audit(Assignment(tmp_path / "a.html", tmp_path / "a.html"))


# --- other files


@pytest.mark.parametrize("suffix", [".md", ".txt", ".html"])
def test_two_text_files_are_compared(tmp_path, suffix):
    around = ("<p>{}</p>" if suffix == ".html" else "{}").format
    (tmp_path / f"a{suffix}").write_text("\n\n".join(map(around, LINES)), encoding="utf-8")
    (tmp_path / f"b{suffix}").write_text("\n\n".join(map(around, [*ZEILEN[:3], *ZEILEN[4:]])), encoding="utf-8")

    value, code = checked(tmp_path / f"a{suffix}", tmp_path / f"b{suffix}", "--from", "en", "--to", "de")

    missing = [row for row in value["findings"] if row["check"] == "missing"]
    assert [LINES[3]] == [row["source"] for row in missing]
    assert 3 == code


WIKI = "== {} ==\n{}\n\n{{| class=\"wikitable\"\n| {} || [[{}]]\n|}}\n"


def test_two_pages_of_a_wiki_are_compared(tmp_path):
    (tmp_path / "a.wiki").write_text(WIKI.format("Works", LINES[1], LINES[2], "1784"), encoding="utf-8")
    (tmp_path / "b.wiki").write_text(WIKI.format("Werke", ZEILEN[1].replace("1984", "1948"), ZEILEN[2], "1784"), encoding="utf-8")

    value, code = checked(tmp_path / "a.wiki", tmp_path / "b.wiki", "--from", "en", "--to", "de")

    assert {"numbers"} == {row["check"] for row in value["findings"] if row["severity"] == "error"}
    assert 3 == code


def test_many_notes_of_one_check_are_one_line_of_the_list(tmp_path):
    rows = [f"It’s late on day {number}.\tC'est tard le jour {number}." for number in range(11, 19)]
    (tmp_path / "a.tsv").write_text("\n".join(rows), encoding="utf-8")
    arguments = ["check", "--pairs", str(tmp_path / "a.tsv"), "--from", "en", "--to", "fr"]

    short, long = (CliRunner().invoke(group, [*arguments, *more], standalone_mode=False).output for more in ([], ["--notes"]))

    assert (1, 8) == (short.count("  info  apostrophes"), long.count("  info  apostrophes"))
    assert "one of 8; --notes lists them all" in short
    assert "0 errors, 0 warnings, 8 notes." in short


def test_pairs_of_a_table_are_checked(tmp_path):
    rows = [*zip(LINES, ZEILEN, strict=True), ("The end.", "")]
    rows[1] = (LINES[1], ZEILEN[1].replace("1984", "1948"))
    (tmp_path / "a.tsv").write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")

    value, code = checked("--pairs", tmp_path / "a.tsv", "--from", "en", "--to", "de")

    errors = dict.fromkeys((row["segment"], row["check"]) for row in value["findings"] if row["severity"] == "error")
    assert [("a.tsv:2", "numbers"), ("a.tsv:7", "missing")] == list(errors)
    assert 3 == code


def test_an_xliff_file_says_its_languages_itself(tmp_path):
    unit = '<trans-unit id="{}"><source>{}</source><target>{}</target></trans-unit>'
    units = "".join(unit.format(at, *pair) for at, pair in enumerate(zip(LINES, ZEILEN, strict=True)))
    text = f'<xliff version="1.2"><file original="r.html" source-language="en" target-language="de"><body>{units}</body></file></xliff>'
    (tmp_path / "a.xlf").write_text(text, encoding="utf-8")

    value, code = checked("--pairs", tmp_path / "a.xlf")

    assert ("en", "de", 6, 0) == (value["from"], value["to"], value["segments"], code)


def test_glossary_terms_are_looked_for(tmp_path):
    (tmp_path / "terms.csv").write_text("source,target\nletter,Schreiben\n", encoding="utf-8")
    (tmp_path / "a.tsv").write_text(f"{LINES[4]}\t{ZEILEN[4]}", encoding="utf-8")

    value, _ = checked("--pairs", tmp_path / "a.tsv", "--from", "en", "--to", "de", "--glossary", tmp_path / "terms.csv")

    assert ["terms"] == [row["check"] for row in value["findings"] if row["severity"] != "info"]


# --- a translation alone

FAULTS = [
    ("English left", LINES[3], "language"),
    ("a doubled word", "Dann fiel der Schnee und und auf die Dächer der Stadt.", "doubled"),
    ("Markdown", "Dann fiel der **Schnee** auf die Dächer der Stadt.", "markup"),
    ("a preamble", "Here is the translation: Dann fiel der Schnee auf die Dächer der Stadt.", "leakage"),
    ("quotation marks of English", "“Wer ist da?”, fragte die alte Frau und öffnete die Tür.", "quotation"),
    ("a loop", "Dann fiel der Schnee. " * 14, "repetition"),
]


@pytest.mark.parametrize(("line", "check"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_a_translation_is_checked_without_its_source(tmp_path, line, check):
    (tmp_path / "a.txt").write_text("\n\n".join([*ZEILEN, line]), encoding="utf-8")

    value, _ = checked("--target-only", tmp_path / "a.txt", "--to", "de")

    assert check in [row["check"] for row in value["findings"] if row["severity"] in ("error", "warning")]


def test_a_sound_translation_without_its_source_is_left_alone(tmp_path):
    (tmp_path / "a.txt").write_text("\n\n".join(ZEILEN), encoding="utf-8")

    value, code = checked("--target-only", tmp_path / "a.txt", "--to", "de")

    assert ([], 0) == ([row for row in value["findings"] if row["severity"] != "info"], code)


def test_checks_that_need_no_source_find_nothing_in_what_is_sound():
    from translate.checks import ALL

    known = {check.name for check in ALL}

    assert {"leakage", "repetition", "script", "quotation", "doubled", "markup"} <= ALONE & known


# --- the report


def test_the_report_is_a_page_and_json_and_says_that_it_is_an_audit(tmp_path):
    source, target = epubs(tmp_path, [*ZEILEN[:3], *ZEILEN[4:]])

    value, _ = checked(source, target, "--from", "en", "--to", "de", "--out", tmp_path / "audit")

    record = json.loads((tmp_path / "audit" / "report.json").read_text(encoding="utf-8"))
    page = (tmp_path / "audit" / "report.html").read_text(encoding="utf-8")
    assert record["findings"] == value["findings"]
    assert (True, value["segments"]) == (record["audit"], record["segments"])
    assert "Audit of a translation" in page
    assert "What it cost" not in page
    assert "dragoman correct" not in page
    assert "dragoman dismiss" in page
    assert not (tmp_path / "audit" / "dismissals.json").exists()


def test_a_dismissed_finding_of_an_audit_is_left_out_until_the_text_changes(tmp_path):
    source, target = epubs(tmp_path, [*ZEILEN[:3], *ZEILEN[4:]])
    arguments = (source, target, "--from", "en", "--to", "de", "--out", tmp_path / "audit")
    checked(*arguments)

    CliRunner().invoke(
        group, ["dismiss", str(tmp_path / "audit"), "OEBPS/c0.xhtml:/4/10", "--check", "missing", "--reason", "left out on purpose", "--who", "Ida"]
    )
    again, _ = checked(*arguments)
    works.epub(tmp_path / "target.epub", [ZEILEN], title="Regen")
    healed, _ = checked(*arguments)

    assert [] == [row for row in again["findings"] if row["check"] == "missing"]
    assert [("missing", "Ida", "left out on purpose", False)] == [(one["check"], one["who"], one["reason"], one["stale"]) for one in again["dismissed"]]
    assert [True] == [one["stale"] for one in healed["dismissed"]]


def test_dismissals_from_elsewhere_are_kept_beside_the_report(tmp_path):
    source, target = epubs(tmp_path, [*ZEILEN[:3], *ZEILEN[4:]])
    arguments = (source, target, "--from", "en", "--to", "de", "--out")
    checked(*arguments, tmp_path / "one")
    CliRunner().invoke(group, ["dismiss", str(tmp_path / "one"), "OEBPS/c0.xhtml:/4/10", "--check", "missing", "--reason", "no", "--who", "Ida"])

    value, _ = checked(*arguments, tmp_path / "two", "--dismissals", tmp_path / "one" / "dismissals.json")

    assert 1 == len(value["dismissed"])
    assert (tmp_path / "one" / "dismissals.json").read_bytes() == (tmp_path / "two" / "dismissals.json").read_bytes()


def test_what_deviates_from_the_rest_of_the_work_is_told(tmp_path):
    again = "Die Buchdrucker schufteten bei Nacht, und keiner wollte von ihnen wissen, warum."
    rows = [(LINES[0], ZEILEN[0]), (LINES[2], ZEILEN[2]), (LINES[0], ZEILEN[0]), (LINES[5], ZEILEN[5]), (LINES[0], again)]
    (tmp_path / "a.tsv").write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")

    value, _ = checked("--pairs", tmp_path / "a.tsv", "--from", "en", "--to", "de")

    assert [("a.tsv:5", "repeats")] == [(row["segment"], row["check"]) for row in value["findings"]]


def test_translations_that_belong_to_the_next_passage_are_told(tmp_path):
    rows = [*zip(LINES, [*ZEILEN[1:], ZEILEN[0]], strict=True)]
    (tmp_path / "a.tsv").write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")

    value, _ = checked("--pairs", tmp_path / "a.tsv", "--from", "en", "--to", "de")

    assert "shift" in [row["check"] for row in value["findings"]]


def test_of_passages_that_slipped_the_shift_alone_is_told(tmp_path):
    ours = [
        "You will find the ledger in the archive; read it with care.",
        "“We never saw the owner,” the weaver said. “He lived in Leeds.”",
        "When the strike began, the gates were closed for nine weeks.",
        "The second strike lasted only three days, since the owners gave in at once.",
        "A strike is a strike, the foreman said, and a wage is a wage.",
        "You should compare the figures yourself: 1,250 looms in 1840, 3,400 in 1860.",
        "The dyer wrote to the newspaper in Bradford, but the letter was never printed.",
    ]
    theirs = [
        "Sie finden das Hauptbuch im Archiv; lesen Sie es mit Sorgfalt.",
        "Als der Streik begann, blieben die Tore neun Wochen lang geschlossen.",
        "Der zweite Streik dauerte nur drei Tage, da die Besitzer sofort nachgaben.",
        "Ein Streik ist ein Streik, sagte der Vorarbeiter, und ein Lohn ist ein Lohn.",
        "Sie sollten die Zahlen selbst vergleichen: 1.250 Webstühle im Jahr 1840, 3.400 im Jahr 1860.",
        "Der Färber schrieb an die Zeitung in Bradford, aber der Brief wurde nie gedruckt.",
        "„Den Besitzer haben wir nie gesehen“, sagte der Weber. „Er wohnte in Leeds.“",
    ]
    (tmp_path / "a.tsv").write_text("\n".join(map("\t".join, zip(ours, theirs, strict=True))), encoding="utf-8")

    value, _ = checked("--pairs", tmp_path / "a.tsv", "--from", "en", "--to", "de")

    assert {"shift"} == {row["check"] for row in value["findings"] if row["severity"] == "error"}
    assert {f"a.tsv:{row}" for row in range(2, 7)} <= {row["segment"] for row in value["findings"] if row["check"] == "shift"}


def test_lines_of_a_text_are_paragraphs_where_the_other_side_has_them(tmp_path):
    (tmp_path / "a.txt").write_text("\n\n".join(LINES), encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n".join(ZEILEN[:4]) + "\n\n" + "\n\n".join(ZEILEN[4:]), encoding="utf-8")

    value, code = checked(tmp_path / "a.txt", tmp_path / "b.txt", "--from", "en", "--to", "de")

    assert 0 == code
    assert ["merged"] == [row["check"] for row in value["findings"] if row["check"] in ("merged", "missing", "extra", "markers")]


def test_numbers_in_words_say_which_of_two_like_passages_was_left_out(tmp_path):
    (tmp_path / "a.md").write_text("The first strike lasted nine weeks.\n\nThe other one lasted three days.\n\nThen all went home in May.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("Der erste Streik dauerte neun Wochen.\n\nDann gingen alle im Mai heim.\n", encoding="utf-8")

    value, _ = checked(tmp_path / "a.md", tmp_path / "b.md", "--from", "en", "--to", "de")

    assert ["The other one lasted three days."] == [row["source"] for row in value["findings"] if row["check"] == "missing"]


def test_the_findings_of_a_passage_stand_together_and_its_texts_once_where_the_fault_is(tmp_path):
    long = " ".join(["Every evening the printers of the house carried the sheets down to the river and counted them by lamplight."] * 4)
    lang = " ".join(["Jeden Abend trugen die Drucker des Hauses die Bogen zum Fluss hinunter und zählten sie beim Schein der Lampe."] * 4)
    (tmp_path / "a.tsv").write_text(f"{long} In 1848 the owner Whitcombe paid them. {long}\t{lang} 1849 zahlte der Besitzer Whitcumbe sie aus. {lang}", encoding="utf-8")

    said = CliRunner().invoke(group, ["check", "--pairs", str(tmp_path / "a.tsv"), "--from", "en", "--to", "de"], standalone_mode=False).output

    assert 1 == said.count("    source: ") == said.count("    target: ")
    assert "1848" in next(line for line in said.splitlines() if line.startswith("    source: "))
    assert max(map(len, said.splitlines())) < 330
    assert "1 pair.\n" in said


def test_a_reader_of_an_audit_hears_nothing_of_the_numbers_of_markers(tmp_path):
    (tmp_path / "a.md").write_text("He read *Capital* aloud to all of them.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("Er las ihnen allen das Kapital laut vor.\n", encoding="utf-8")

    value, _ = checked(tmp_path / "a.md", tmp_path / "b.md", "--from", "en", "--to", "de")

    assert ["markers"] == [row["check"] for row in value["findings"]]
    assert "marker" not in value["findings"][0]["message"]


def test_a_translation_alone_is_held_to_its_own_ways(tmp_path):
    told = ["Fragen Sie den Wächter, wenn Sie Zeit haben.", "Nehmen Sie Ihren Schlüssel mit, wenn Sie gehen.", "Dann nimm dein Heft.", "„Eins“, sagte er.", "„Zwei“, sagte sie.", "„Drei“, sagten alle.", "»Vier«, rief er."]
    (tmp_path / "b.md").write_text("\n\n".join(told), encoding="utf-8")

    value, _ = checked("--target-only", tmp_path / "b.md", "--to", "de")

    assert [("address", told[2]), ("quotes", told[6])] == [(row["check"], told[int(row["segment"].rpartition("/")[2]) - 1]) for row in value["findings"]]
    assert {} == value["paired"]


@pytest.mark.parametrize("arguments", [[], ["a.txt"], ["a.txt", "a.txt", "--target-only", "a.txt"], ["--pairs", "a.txt", "--target-only", "a.txt"]])
def test_wrong_usage_is_said(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")

    ran = CliRunner().invoke(group, ["check", *arguments])

    assert 2 == ran.exit_code
    assert "Give SOURCE and TARGET" in ran.output


# --- pairing

EM, END = Marker("open", 1, "em"), Marker("close", 1, "em")
NUMBERED = [
    ("the same order", ("a ", EM, "b", END), ("x ", EM, "y", END), ("x ", EM, "y", END)),
    (
        "moved",
        ("a ", EM, "b", END, Marker("atom", 2, "img")),
        (Marker("atom", 1, "img"), "x ", Marker("open", 2, "em"), "y", Marker("close", 2, "em")),
        (Marker("atom", 2, "img"), "x ", EM, "y", END),
    ),
    (
        "atoms that show the same",
        (Marker("atom", 1, "code", "a"), Marker("atom", 2, "code", "b")),
        (Marker("atom", 1, "code", "b"), Marker("atom", 2, "code", "a")),
        (Marker("atom", 2, "code", "b"), Marker("atom", 1, "code", "a")),
    ),
    ("another name", ("a ", EM, "b", END), ("x ", Marker("open", 1, "i"), "y", Marker("close", 1, "i")), ("x ", EM, "y", END)),
    ("one too many", ("a",), ("x", EM, "y", END), ("x", EM, "y", END)),
    (
        "one too many of the kind",
        (Marker("atom", 1, "br"),),
        (Marker("atom", 1, "br"), Marker("atom", 2, "br")),
        (Marker("atom", 1, "br"), Marker("atom", 3, "br")),
    ),
]


@pytest.mark.parametrize(("source", "target", "expected"), [case[1:] for case in NUMBERED], ids=[case[0] for case in NUMBERED])
def test_markers_of_a_translation_get_the_numbers_of_the_source(source, target, expected):
    assert expected == counterparts.numbered_like(source, target)


def slots(name, *texts, kind=Kind.PARAGRAPH):
    return tuple(Slot(name, f"/{at}", kind, (text,)) for at, text in enumerate(texts))


def test_what_one_side_keeps_as_code_is_not_missing():
    source = Document("a", "content", slots("a", LINES[0], "string", LINES[3]))
    target = Document("a", "content", slots("a", ZEILEN[0], ZEILEN[3]), (Skip("a", "/9", "code", "string"),))

    (chapter,) = counterparts.pair((source,), (target,))

    assert ["pair", "pair"] == [one.how for one in chapter.counterparts]


def test_documents_of_other_names_are_compared_as_a_whole():
    source = tuple(Document(f"part{at}", "content", slots(f"part{at}", *LINES[at * 2 : at * 2 + 2])) for at in range(3))
    target = (Document("all", "content", slots("all", *ZEILEN)),)

    found = [one for chapter in counterparts.pair(source, target) for one in chapter.counterparts]

    assert [("pair", line, zeile) for line, zeile in zip(LINES, ZEILEN, strict=True)] == [(one.how, one.segment.text, one.draft.text) for one in found]
    assert ["part0", "part0", "part1", "part1", "part2", "part2"] == [one.segment.document for one in found]


def test_a_document_of_the_same_name_that_holds_all_of_the_book_is_no_counterpart_of_a_part():
    source = tuple(Document(f"part{at}", "content", slots(f"part{at}", *LINES[at * 2 : at * 2 + 2])) for at in range(3))
    target = (Document("part0", "content", slots("part0", *ZEILEN)),)

    found = [one for chapter in counterparts.pair(source, target) for one in chapter.counterparts]

    assert ["pair"] * 6 == [one.how for one in found]


def test_labels_that_follow_their_heading_on_both_sides_are_not_told_twice():
    def side(heading, label, mirrors):
        contents = Slot("nav", "/1", Kind.LABEL, (label,), mirrors=mirrors)
        return (Document("nav", "toc", (contents,)), Document("a", "content", slots("a", heading, kind=Kind.HEADING)))

    both = counterparts.pair(side("Rain", "Rain", ("a", "/0")), side("Regen", "Regen", ("a", "/0")))
    one = counterparts.pair(side("Rain", "Rain", ("a", "/0")), side("Regen", "Rain", None))

    assert [1, 2] == [sum(len(chapter.counterparts) for chapter in chapters) for chapters in (both, one)]


# --- real books


@pytest.mark.slow
def test_a_real_book_and_its_human_translation_are_paired_by_address(corpus):
    began = time.process_time()
    found = audit(Assignment(corpus / "developers-reference.epub", corpus / "developers-reference-de.epub", from_="en", to="de"))

    paired = dict(found.paired)
    assert paired["address"] > 0.97 * sum(paired.values())
    assert time.process_time() - began < 40


# --- what stands beside the passages

PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{1}</h1>{2}</body></html>"
NOTE = '<sup><a href="#n1">1</a></sup>'


def pages(tmp_path, ours, theirs):
    (tmp_path / "source.html").write_text(ours, encoding="utf-8")
    (tmp_path / "target.html").write_text(theirs, encoding="utf-8")
    value, _ = checked(tmp_path / "source.html", tmp_path / "target.html", "--from", "en", "--to", "de")
    return [(row["check"], row["severity"]) for row in value["findings"] if row["severity"] != "info"]


def test_a_note_reference_that_went_to_the_end_of_the_passage_is_moved_and_not_missing(tmp_path):
    ours = PAGE.format("Rain", "Rain", f"<p>The lamps were lit at six.{NOTE} The men went home along the river in the rain.</p>")
    theirs = PAGE.format("Regen", "Regen", f"<p>Um sechs wurden die Lampen angezündet. Die Männer gingen am Fluss entlang im Regen nach Hause.{NOTE}</p>")

    assert [("moved", "warning")] == pages(tmp_path, ours, theirs)


def test_a_number_that_stands_alone_in_a_table_is_compared_too(tmp_path):
    table = "<table><tr><td>Wage</td><td>{0}</td></tr><tr><td>Hours</td><td>{1}</td></tr></table>"
    ours, theirs = PAGE.format("Rain", "Rain", table.format("1,250", "12")), PAGE.format("Regen", "Regen", table.format("1.250", "21"))

    found = pages(tmp_path, ours, theirs.replace("Wage", "Lohn").replace("Hours", "Stunden"))

    assert [("numbers", "error"), ("numbers", "error")] == found


def test_the_title_of_a_page_is_held_to_its_heading_though_the_files_have_other_names(tmp_path):
    words = "<p>The lamps were lit at six.</p>"
    ours, theirs = PAGE.format("Rain", "Rain", words), PAGE.format("Schnee", "Regen", "<p>Um sechs wurden die Lampen angezündet.</p>")

    assert {("labels", "warning"), ("repeats", "warning")} >= set(pages(tmp_path, ours, theirs)) > set()
