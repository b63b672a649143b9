"""What a person at the command line sees: every command, plain and as JSON, its exit code, and one line for every error."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from tests import model_server, works
from tests.terminal import ROOT, called, files, here
from translate.cli import COMMANDS
from translate.pipeline.wikis.fetching import is_asked
from translate.store import Store

CHAPTERS = [[f"The printers of house {chapter} worked {10 + number} hours a day, and <em>nobody</em> asked them number {number}." for number in range(4)] for chapter in range(2)]
ALL = 8 + 2 + 2
PSEUDO = ("translate", "small.epub", "--to", "de", "--model", "pseudo")
HEAVY = ("openai", "numpy", "bs4", "sqlite_utils", "langcodes", "simplemma", "py3langid", "tiktoken", "jinja2", "httpx", "xllamacpp", "llama_cpp", "asyncio")


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """A folder with a small book and its finished pseudo-translation."""
    folder = tmp_path_factory.mktemp("finished")
    works.epub(folder / "small.epub", CHAPTERS)
    assert 0 == here("translate", folder / "small.epub", "--to", "de", "--model", "pseudo", "--out", folder / "output").code
    return folder


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """An empty folder to work in, without the settings and keys of whoever runs the tests."""
    for name in [*os.environ]:
        if name.startswith(("OPENAI_", "EDITOR", "VISUAL")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / ".data"))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def small(shell):
    """The same with a small book in it."""
    works.epub(shell / "small.epub", CHAPTERS)
    return shell


@pytest.fixture
def work(shell, finished):
    """The same with the small book and its finished pseudo-translation."""
    shutil.copytree(finished, shell, dirs_exist_ok=True)
    return shell


@pytest.fixture
def served():
    """A server on loopback that does wrong by the name of the model that it is asked for."""
    with model_server.serving() as served:
        yield served


def segment_of(folder, words, name="small.de"):
    with Store.open(folder / "output" / name / "work.db", readonly=True) as store:
        return next(segment for segment in store.segments() if words in segment.text)


def chapter(folder, number, name="small.de"):
    with zipfile.ZipFile(folder / "output" / name / f"{name}.epub") as book:
        return book.read(f"OEBPS/c{number}.xhtml").decode()


def one_line(said, code=1):
    """The error of a command that failed as it should: one line, nothing else."""
    assert (code, "", 1) == (said.code, said.out, len(said.err.splitlines())), said
    assert said.err.startswith("Error: ")
    return said.err.strip()


# --- every command, plain and as JSON


ANSWERS = {
    "translate": (PSEUDO, ["12 of 12 passages passed", "Book:   output/small.de/small.de.epub", "Report: output/small.de/report.html"], {"book", "report", "segments", "errors"}),
    "quote": ((*PSEUDO, "--quote"), ["Passages to translate  0", "Cost", "nothing"], {"segments", "prompt", "answer", "seconds", "cost"}),
    "inspect": (("inspect", "small.epub"), ["OEBPS/c1.xhtml", "Every visible character is accounted for."], {"adds_up", "total", "documents", "skips"}),
    "status": (("status", "small.de"), ["title", "A Small Book", "accepted", "12"], {"work", "accepted", "pending", "errors", "model", "book"}),
    "findings": (("findings", "small.de"), ["Nothing is flagged in small.de."], {"findings", "segments"}),
    "style": (("style", "de"), ['language = "de"', 'address = "Sie"', "„“‚‘"], {"language", "sheet", "presets"}),
    "ledger": (("ledger", "small.de"), ["The ledger is empty."], {"ledger"}),
    "explain": (("explain", "small.de", "SEGMENT"), ["status: accepted by every check", "found in version 1", "now accepted"], {"segment", "status", "stale", "events"}),
    "correct": (("correct", "small.de", "SEGMENT", "Die Drucker, <1>niemand</1>."), ["is approved as: Die Drucker, <1>niemand</1>.", "dragoman assemble small.de"], {"segment", "target", "who", "at", "findings"}),
    "assemble": (("assemble", "small.de"), ["Book:   output/small.de/small.de.epub", "Report: "], {"book", "report", "errors", "warnings"}),
    "models": (("models",), ["echo", "pseudo"], {"reachable"}),
}


def arguments_of(name, folder):
    return [segment_of(folder, "house 1 worked 12").id if one == "SEGMENT" else one for one in ANSWERS[name][0]]


@pytest.mark.parametrize("name", ANSWERS)
def test_a_command_answers_in_lines_for_people(name, work):
    said = here(*arguments_of(name, work))

    assert 0 == said.code
    assert [] == said.errors
    for words in ANSWERS[name][1]:
        assert words in said.out


@pytest.mark.parametrize("name", ANSWERS)
def test_a_command_answers_in_json_and_nothing_else(name, work):
    said = here(*arguments_of(name, work), "--json")

    assert 0 == said.code
    assert ANSWERS[name][2] <= said.json.keys()


@pytest.mark.slow
def test_verify_answers_in_lines_and_in_json(work):
    """Slow, since epubcheck is."""
    lines, value = here("verify", "small.de"), here("verify", "small.de", "--json")

    assert (0, 0) == (lines.code, value.code)
    assert "Everything holds." in lines.out
    assert (True, []) == (value.json["holds"], value.json["faults"])


def test_dismiss_takes_a_finding_off_the_list_and_gives_it_back(work):
    segment = segment_of(work, "house 1 worked 12").id
    here("correct", "small.de", segment, "Dreizehn <1>Leute</1>.")
    found = {row["check"] for row in here("findings", "--json").json["findings"]}
    assert "numbers" in found

    dismissed = here("dismiss", "small.de", segment, "--check", "numbers", "--reason", "written out", "--json")

    assert 0 == dismissed.code
    assert dismissed.json
    assert found - {"numbers"} == {row["check"] for row in here("findings", "--json").json["findings"]}
    assert 2 == here("dismiss", "small.de", segment, "--check", "numbers").code
    assert 0 == here("dismiss", "small.de", segment, "--check", "numbers", "--undo").code
    assert found == {row["check"] for row in here("findings", "--json").json["findings"]}


def test_check_audits_a_translation_that_was_made_elsewhere(work):
    (work / "pairs.tsv").write_text("In 1984 he left.\tIm Jahr 1948 ging er.\nShe stayed at home.\tSie blieb zu Hause.\n", encoding="utf-8")

    lines = here("check", "--pairs", "pairs.tsv", "--from", "en", "--to", "de")
    value = here("check", "--pairs", "pairs.tsv", "--from", "en", "--to", "de", "--json")

    assert (3, 3) == (lines.code, value.code)
    assert "1984 is in the source and not in the translation." in lines.out
    assert 2 == value.json["segments"]
    assert "numbers" in {row["check"] for row in value.json["findings"]}


def test_every_command_has_a_test_here():
    elsewhere = {
        "verify",
        "check",
        "dismiss",
        "serve",
        "review",
        "memory",
        "export",
        "import",
        "adopt",
        "wiki",
        "quotations",
        "glossary",
        "rule",
        "compare",
        "users",
        "queue",
        "approve",
        "reopen",
        "history",
        "search",
        "ask",
        "comment",
    }

    assert set(COMMANDS) <= {*ANSWERS, *elsewhere}  # each in a test file of its own


@pytest.mark.parametrize("option", ["--version", "--help", "-h"])
def test_the_command_says_what_it_is(option, shell):
    said = here(option)

    assert 0 == said.code
    assert "dragoman, version 0." in said.out if option == "--version" else "Exit codes: 0 finished" in said.out


def test_help_loads_no_heavy_library(tmp_path):
    code = f"""
import sys
from translate.cli import COMMANDS, group
for arguments in (["--help"], *([name, "--help"] for name in COMMANDS)):
    group.main(args=arguments, standalone_mode=False)
print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "[]" == ran.stderr.strip()


@pytest.mark.slow
def test_help_is_there_in_under_a_third_of_a_second(tmp_path):
    from time import perf_counter

    walls = []
    for _ in range(7):
        began = perf_counter()
        assert 0 == called("--help", folder=tmp_path).code
        walls.append(perf_counter() - began)

    assert min(walls) < 0.3


# --- translate


def test_a_second_run_says_that_nothing_is_left_to_do(work):
    said = here(*PSEUDO)

    assert 0 == said.code
    assert "There was nothing left to do" in said.out
    assert 0 == here(*PSEUDO, "--json").json["asked"]


def test_the_first_run_does_not_say_that_nothing_was_left(small):
    said = here(*PSEUDO)

    assert 0 == said.code
    assert "nothing left" not in said.out


def test_progress_goes_to_stderr_and_ends_at_all_passages(small):
    said = here(*PSEUDO)

    assert "passages ·" not in said.out
    assert "100% · 12 of 12 passages" in said.err.splitlines()[-1]


def test_an_echo_gives_every_file_of_the_book_back(small):
    said = here("translate", "small.epub", "--to", "de", "--model", "echo")

    assert 0 == said.code
    with zipfile.ZipFile("small.epub") as source, zipfile.ZipFile("output/small.de/small.de.epub") as book:
        assert {name: source.read(name) for name in source.namelist()} == {name: book.read(name) for name in book.namelist()}


def test_an_echo_leaves_a_label_alone_that_differs_from_its_heading_by_a_space(shell):
    works.epub(shell / "small.epub", CHAPTERS)
    _changed(shell / "small.epub", "OEBPS/nav.xhtml", "Chapter number 1", "Chapter\u00a0number 1")

    assert 0 == here("translate", "small.epub", "--to", "de", "--model", "echo").code
    with zipfile.ZipFile("output/small.de/small.de.epub") as book:
        assert ">Chapter\u00a0number 1<" in book.read("OEBPS/nav.xhtml").decode()


def test_bilingual_keeps_the_source_beside_the_translation(small):
    assert 0 == here(*PSEUDO, "--bilingual").code

    assert "The printers of house 1" in chapter(small, 1)
    assert "13" in chapter(small, 1)
    assert 2 == len(re.findall(r"13 ", chapter(small, 1)))


def test_only_translates_the_documents_that_fit_and_says_what_is_left(small):
    said = here(*PSEUDO, "--only", "c1*")

    assert 0 == said.code
    assert "5 of 5 passages" in said.err.splitlines()[-1]
    assert "5 of 12 passages passed" in said.out
    assert "7 are not translated yet and stand as they are in the source: leave out --only" in said.out
    assert "The printers" in chapter(small, 0)
    assert "The printers" not in chapter(small, 1)


def test_what_only_left_is_done_later(small):
    here(*PSEUDO, "--only", "c1*")

    said = here(*PSEUDO)

    assert "12 of 12 passages passed" in said.out
    assert "The printers" not in chapter(small, 0)


def test_a_quote_asks_no_model(small, served):
    command = ("translate", "small.epub", "--to", "de", "--model", "hosted:good", "--base-url", served.address, "--price", "1/0.1/4", "--quote")

    lines, value = here(*command), here(*command, "--json")

    assert (0, 0) == (lines.code, value.code)
    assert re.search(r"^Passages to translate +12$", lines.out, re.MULTILINE)
    assert re.search(r"^Cost +0\.00 to 0\.\d\d USD$", lines.out, re.MULTILINE)
    assert 12 == value.json["segments"]
    assert 0 < value.json["cost"]["low"] < value.json["cost"]["high"]
    assert ([], False) == (served.bodies, (small / "output" / "small.de" / "small.de.epub").exists())


def test_a_quote_says_that_a_price_is_not_known(small):
    said = here("translate", "small.epub", "--to", "de", "--model", "hosted:somebody", "--base-url", "http://models.example/v1", "--quote")

    assert 0 == said.code
    assert "not known for this model: give --price" in said.out


def test_a_stand_in_is_never_taken_for_a_translation(work, served):
    said = here("translate", "small.epub", "--to", "de", "--model", "hosted:good", "--base-url", served.address, "--tries", "1")

    assert 3 == said.code
    assert 2 < len(served.bodies)
    assert "good" in zipfile.ZipFile("output/small.de/small.de.epub").read("OEBPS/book.opf").decode()
    assert not set("ŕţšçñ") & set(chapter(work, 1))


@pytest.mark.parametrize("direct", ["echo", "pseudo"])
def test_a_stand_in_does_not_come_over_a_translation(direct, small, served):
    here("translate", "small.epub", "--to", "de", "--model", "hosted:good", "--base-url", served.address, "--tries", "1")
    before = (small / "output/small.de/small.de.epub").read_bytes()

    said = one_line(here("translate", "small.epub", "--to", "de", "--model", direct))

    assert "holds a translation by good" in said
    assert before == (small / "output/small.de/small.de.epub").read_bytes()


# --- exit codes


def test_flagged_errors_exit_3_and_are_named(small, served):
    said = here("translate", "small.epub", "--to", "de", "--model", "hosted:good", "--base-url", served.address, "--tries", "1")

    assert 3 == said.code
    assert re.search(r"^\d+ are flagged \(\d+ errors, \d+ warnings\): dragoman findings output/small.de$", said.out, re.MULTILINE)
    found = here("findings", "--json").json
    lines = here("findings").out
    assert found["findings"]
    assert {"segment", "document", "check", "severity", "message", "source", "target", "span"} <= found["findings"][0].keys()
    assert {row["segment"] for row in found["findings"]} == set(re.findall(r"^(\S+)  (?:error|warning|info)  ", lines, re.MULTILINE))
    assert all(row["severity"] == "error" for row in here("findings", "--severity", "error", "--json").json["findings"])
    check = found["findings"][0]["check"]
    assert {check} == {row["check"] for row in here("findings", "--check", check, "--json").json["findings"]}


def test_the_budget_exits_4_and_is_never_passed(small, served):
    command = ("translate", "small.epub", "--to", "de", "--model", "hosted:good", "--base-url", served.address, "--tries", "1", "--price", "1000/1000/1000", "--jobs", "1")
    first = here(*command, "--budget", "0.1")
    assert (4, []) == (first.code, served.bodies)
    enough_for_one = float(re.search(r"could cost up to ([\d.]+);", first.errors[-1])[1]) + 0.02

    said = here(*command, "--budget", enough_for_one)

    assert 4 == said.code
    assert "run the same command with a higher --budget" in said.errors[-1]
    status = here("status", "--json").json
    assert 0 < status["cost"] <= enough_for_one
    assert 0 < status["pending"] < ALL
    assert 3 == here(*command, "--budget", "100").code
    assert 0 == here("status", "--json").json["pending"]


REFUSALS = {
    "key": "refuses the key in OPENAI_API_KEY",
    "unknown": "has no model 'unknown'",
    "quota": "The quota at",
    "daily": "The quota at",
    "broke": "The quota at",
}


@pytest.mark.parametrize("model", REFUSALS)
def test_a_refusing_server_exits_5_in_one_line_and_nothing_is_lost(model, small, served, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-my-own-secret-key")
    said = here("translate", "small.epub", "--to", "de", "--model", f"hosted:{model}", "--base-url", served.address)

    assert 5 == said.code
    assert 1 == len(said.errors)
    assert REFUSALS[model] in said.errors[0]
    assert "12 are not translated yet" in said.out
    assert "secret" not in said.out + said.err
    assert not [name for name, data in files(small).items() if b"sk-my-own-secret-key" in data]
    assert 3 == here("translate", "small.epub", "--to", "de", "--model", "hosted:good", "--base-url", served.address, "--tries", "1").code


def test_a_server_that_lies_about_usage_is_noticed(small, served):
    said = here("translate", "small.epub", "--to", "de", "--model", "hosted:lying", "--base-url", served.address, "--tries", "1")

    assert 3 == said.code
    assert any("9000" in line or "9,000" in line for line in said.errors)


USAGE = {
    "no source": ("translate", "--to", "de"),
    "no language": ("translate", "small.epub"),
    "no such command": ("translat", "small.epub"),
    "no such option": (*PSEUDO, "--fast"),
    "no requests at all": (*PSEUDO, "--jobs", "0"),
    "too many tries": (*PSEUDO, "--tries", "11"),
    "a budget below nothing": (*PSEUDO, "--budget", "-1"),
    "a severity that is none": ("findings", "--severity", "bad"),
    "no segment": ("explain", "small.de"),
    "a file that is not there": ("correct", "small.de", "1", "--file", "nothing.txt"),
}


@pytest.mark.parametrize("arguments", USAGE.values(), ids=USAGE)
def test_wrong_usage_exits_2_and_says_how_it_is_meant(arguments, small):
    before = files(small)

    said = here(*arguments)

    assert (2, "") == (said.code, said.out)
    assert "Usage: " in said.err
    assert "Error: " in said.err
    assert before == files(small)


WRONG = {
    "an unknown language": (("translate", "small.epub", "--to", "klingonese", "--model", "pseudo"), "'klingonese' is not a language we know"),
    "an unknown source language": ((*PSEUDO, "--from", "xx"), "'xx' is not a language we know"),
    "a book in the target language": (("translate", "small.epub", "--to", "en", "--model", "pseudo"), "is in English already"),
    "no language in the book": (("translate", "silent.epub", "--to", "de", "--model", "pseudo"), "give it with --from"),
    "a language in the book that is none": (("translate", "odd.epub", "--to", "de", "--model", "pseudo"), "'UND-x' , which is none"),
    "no such file": (("translate", "nothing.epub", "--to", "de", "--model", "pseudo"), "There is no file nothing.epub"),
    "a folder": (("translate", ".", "--to", "de", "--model", "pseudo"), "is a folder"),
    "no such file to inspect": (("inspect", "nothing.epub"), "There is no file nothing.epub"),
    "no such model": (("translate", "small.epub", "--to", "de", "--model", "bigbrain"), "There is no model 'bigbrain'"),
    "no such model file": (("translate", "small.epub", "--to", "de", "--model", "embedded:none.gguf"), "There is no model file none.gguf"),
    "no such model to mend": ((*PSEUDO, "--escalate-model", "bigbrain"), "There is no model 'bigbrain'"),
    "a model that cannot mend": ((*PSEUDO, "--escalate-model", "echo"), "cannot mend anything"),
    "an address for a model that has none": ((*PSEUDO, "--base-url", "http://127.0.0.1:1/v1"), "--base-url means nothing"),
    "an address that is none": (("translate", "small.epub", "--to", "de", "--model", "hosted:x", "--base-url", "models.example/v1"), "is no address"),
    "a model elsewhere": (("translate", "small.epub", "--to", "de", "--model", "hosted:x", "--base-url", "http://models.example/v1", "--local-only"), "is not this machine"),
    "a mending model elsewhere": (
        (*PSEUDO, "--escalate-model", "hosted:x", "--local-only"),
        "is not this machine",
    ),
    "a budget without a price": (
        ("translate", "small.epub", "--to", "de", "--model", "hosted:x", "--base-url", "http://models.example/v1", "--budget", "1"),
        "give it with --price",
    ),
    "a budget that is no number": ((*PSEUDO, "--budget", "nan"), "is no budget"),
    "a price that is none": (("translate", "small.epub", "--to", "de", "--model", "hosted:x", "--price", "cheap"), "'cheap' is no price"),
    "no such glossary": ((*PSEUDO, "--glossary", "nothing.csv"), "nothing.csv: the glossary cannot be opened"),
    "a glossary line without a target": ((*PSEUDO, "--glossary", "terms.csv"), "terms.csv:3: "),
    "documents that are not there": ((*PSEUDO, "--only", "appendix*"), "No document of this book fits --only 'appendix*'. It has: OEBPS/book.opf"),
    "an output folder that is a file": ((*PSEUDO, "--out", "small.epub"), "small.epub/small.de cannot be made"),
    "an output folder that cannot be": ((*PSEUDO, "--out", "/proc/nothing"), "/proc/nothing/small.de cannot be made"),
    "no work at all": (("status",), "No work here"),
    "no such work": (("findings", "other.de"), "No work 'other.de' here"),
}


@pytest.mark.parametrize(("arguments", "words"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_one_line_and_nothing_is_written(arguments, words, small):
    works.epub(small / "silent.epub", CHAPTERS)
    _without_language(small / "silent.epub", "")
    works.epub(small / "odd.epub", CHAPTERS)
    _without_language(small / "odd.epub", "<dc:language>qqqqqqqqq</dc:language>")
    (small / "terms.csv").write_text("source,target\nhouse,Haus\nprinter\n", encoding="utf-8")
    before = files(small)

    error = one_line(here(*arguments))

    assert words.replace("'UND-x' , ", "") in error
    assert [name for name in files(small) if not name.startswith("output/small.de")] == [*before]
    assert not list(small.rglob("*.de.epub"))


def _without_language(path, instead):
    _changed(path, "OEBPS/book.opf", "<dc:language>en</dc:language>", instead)


def _changed(path, entry, old, new):
    with zipfile.ZipFile(path) as book:
        entries = {name: book.read(name) for name in book.namelist()}
    assert old.encode() in entries[entry]
    entries[entry] = entries[entry].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as book:
        for name, data in entries.items():
            book.writestr(name, data)


def test_from_gives_the_language_that_a_book_lacks(shell):
    works.epub(shell / "silent.epub", CHAPTERS)
    _without_language(shell / "silent.epub", "")

    assert 0 == here("translate", "silent.epub", "--from", "en", "--to", "de", "--model", "pseudo").code
    assert "en" == here("status", "--json").json["from"]


# --- works


def test_an_unknown_work_lists_what_there_is(work):
    here("translate", "small.epub", "--to", "fr", "--model", "pseudo")

    assert "In output/: small.de, small.fr." in one_line(here("status", "small.it"))


@pytest.mark.parametrize("name", ["small.de", "output/small.de", "output/small.de/", "output/small.de/work.db"])
def test_a_work_is_found_by_its_name_its_folder_and_its_store(name, work):
    assert "output/small.de" == here("status", name, "--json").json["work"]


@pytest.mark.parametrize("last", ["de", "fr"])
def test_without_a_name_the_work_that_was_worked_on_last_is_meant(last, work):
    for language in ("fr", "de", last):
        here("translate", "small.epub", "--to", language, "--model", "pseudo")

    assert last == here("status", "--json").json["to"]


def test_a_correction_counts_as_work(work):
    here("translate", "small.epub", "--to", "fr", "--model", "pseudo")
    here("correct", "small.de", segment_of(work, "house 0 worked 10").id, "Neu <1>da</1>.")

    assert "de" == here("status", "--json").json["to"]


def test_another_book_under_the_same_name_is_refused(work):
    before = files(work / "output")
    works.epub(work / "small.epub", CHAPTERS, title="Another Book")

    error = one_line(here(*PSEUDO))

    assert "holds the translation of 'A Small Book' (small.epub), not of 'Another Book'" in error
    assert before.keys() == files(work / "output").keys()
    assert before["small.de/small.de.epub"] == files(work / "output")["small.de/small.de.epub"]


def test_a_new_version_of_the_book_keeps_what_did_not_change(work):
    changed = [[text.replace("house 1 worked 12", "house 1 worked 99") for text in texts] for texts in CHAPTERS]
    works.epub(work / "small.epub", changed)

    said = here(*PSEUDO, "--json")

    assert (0, 1) == (said.code, said.json["asked"])
    assert 2 == here("status", "--json").json["version"]
    assert "99" in chapter(work, 1)


# --- a person's word


WORDING = "Die Drucker von Haus 1, und <1>niemand</1>, arbeiteten 12 Stunden."
SHIPPED = "Die Drucker von Haus 1, und <em>niemand</em>, arbeiteten 12 Stunden."


def _by_argument(folder, segment):
    return here("correct", "small.de", segment, WORDING, "--who", "Ada", "--note", "better")


def _by_file(folder, segment):
    (folder / "mine.txt").write_text(WORDING + "\n", encoding="utf-8")
    return here("correct", "small.de", segment, "--file", "mine.txt", "--who", "Ada", "--note", "better")


def _by_editor(folder, segment):
    editor = folder / "editor.sh"
    editor.write_text(f'#!/bin/sh\ncp "$1" sheet.txt\ngrep "^#" sheet.txt > "$1"\necho "{WORDING}" >> "$1"\ntouch -d "+5 seconds" "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    os.environ["EDITOR"] = str(editor)
    try:
        said = here("correct", "small.de", segment, "--who", "Ada", "--note", "better")
    finally:
        del os.environ["EDITOR"]
    sheet = (folder / "sheet.txt").read_text(encoding="utf-8")
    assert "# Source: The printers of house 1 worked 12 hours a day, and <1>nobody</1> asked them number 2." in sheet
    assert "\n# Write the translation below" in sheet
    return said


def test_what_no_words_came_back_for_stays_in_the_book_as_it_is_and_is_named(small, served):
    """The server's answers have no ids, so that nothing can be told apart."""
    assert 3 == here("translate", "small.epub", "--to", "de", "--model", "hosted:good", "--base-url", served.address, "--tries", "1").code

    assert CHAPTERS[1][2] in chapter(small, 1)
    assert segment_of(small, "house 1 worked 12").id in {row["segment"] for row in here("findings", "--check", "empty", "--json").json["findings"]}


def test_findings_in_what_a_person_approved_are_shown_and_not_counted_as_left(work):
    segment = segment_of(work, "house 1 worked 12").id

    taken = here("correct", "small.de", segment, "Dreizehn <1>Leute</1>.")

    assert "Note: " in taken.out
    assert "approved by a person" in here("findings").out
    assert 0 == here("status", "--json").json["errors"]
    assert 0 == here("assemble").code
    assert 0 == here(*PSEUDO).code


@pytest.mark.parametrize("given", [_by_argument, _by_file, _by_editor])
def test_a_person_s_wording_is_in_the_book_and_no_run_takes_it_away(given, work):
    segment = segment_of(work, "house 1 worked 12").id

    taken = given(work, segment)

    assert 0 == taken.code
    assert f"{segment} is approved as: {WORDING}" in taken.out
    assert 0 == here("assemble").code
    assert SHIPPED in chapter(work, 1)
    assert 0 == here(*PSEUDO, "--refresh").code
    assert SHIPPED in chapter(work, 1)
    story = here("explain", "small.de", segment)
    assert "status: approved by a person" in story.out
    assert "Ada decided" in story.out
    assert "better" in story.out
    assert 1 == here("status", "--json").json["approved"]


@pytest.mark.parametrize("editor", ["true", "cat"])
def test_an_editor_that_saves_nothing_changes_nothing(editor, work, monkeypatch):
    monkeypatch.setenv("EDITOR", editor)

    said = here("correct", "small.de", segment_of(work, "house 1 worked 12").id)

    assert (0, "Nothing was changed.\n") == (said.code, said.err)
    assert 0 == here("status", "--json").json["approved"]


@pytest.mark.parametrize(
    ("segment", "wording", "words"),
    [
        ("", "Ohne Auszeichnung.", "must hold each of these once: </1> <1>"),
        ("", "Zu <1>viel</1> <1>davon</1>.", "Your wording holds"),
        ("", "Fremd <1>hier</1> <9/>.", "<9/>"),
        ("", "  ", "is empty"),
        ("nothing", "Neu.", "'nothing'"),
    ],
)
def test_a_wording_that_cannot_stand_is_refused_and_nothing_changes(segment, wording, words, work):
    name = segment or segment_of(work, "house 1 worked 12").id

    error = one_line(here("correct", "small.de", name, wording))

    assert words in error
    assert 0 == here("status", "--json").json["approved"]


def test_an_unknown_segment_has_no_story(work):
    assert "'nothing'" in one_line(here("explain", "small.de", "nothing"))


# --- what a shell and a script rely on


def test_json_is_utf_8_and_readable(work):
    said = here("explain", "small.de", segment_of(work, "house 1 worked 12").id, "--json")

    assert "\\u" not in said.out
    assert json.loads(said.out)["target"] != json.loads(said.out)["source"]


def test_a_reader_that_hangs_up_is_no_fault(work):
    ran = subprocess.run(f"{sys.executable} -m translate inspect small.epub --skips | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}", shell=True, executable="/bin/bash", cwd=work, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60)

    assert "Traceback" not in ran.stderr
    assert "" == ran.stderr


def test_the_module_and_the_entry_point_are_one_command(work):
    said = called("status", folder=work)

    assert (0, "") == (said.code, said.err)
    assert here("status").out == said.out


@pytest.mark.parametrize(
    ("source", "wiki", "expected"),
    [
        ("https://wiki.example/wiki/Title", "", True),
        ("HTTPS://wiki.example/wiki/Title", "", True),
        ("@titles.txt", "", True),
        ("A title", "home", True),
        ("book.epub", "", False),
        ("http.epub", "", False),
    ],
)
def test_what_is_a_wikis_is_told_from_a_file(source, wiki, expected):
    assert expected == is_asked(source, wiki)
