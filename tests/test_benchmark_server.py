"""The promises of the benchmark server: what it answers, how fast, what it counts and logs, and what it does wrong on demand."""

from __future__ import annotations

import http.client
import json
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

import pytest
import uvicorn

from benchmarks import faults, pseudo, server
from benchmarks.asks import GLOSSARY, Ask
from benchmarks.tokens import tokenizer

ROOT = Path(__file__).parent.parent
PROSE = "The old press stood idle for 30 weeks. Nobody in the house had the courage to sell it, and see https://example.org/press for more."
Start = Callable[..., "Bench"]


class Bench:
    """A running server: ``post`` and ``get`` give status and body, ``log`` what it wrote down."""

    def __init__(self, address: str, log: Path) -> None:
        self.host = urlsplit(address).netloc
        self._log = log

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, timeout=20)

    def post(self, path: str = "/v1/chat/completions", **body: Any) -> tuple[int, str]:
        connection = self.connect()
        connection.request("POST", path, json.dumps({"model": "bench", **body}), {"Content-Type": "application/json"})
        response = connection.getresponse()
        try:
            return response.status, response.read().decode()
        finally:
            connection.close()

    def ask(self, text: str, **body: Any) -> Any:
        status, answer = self.post(messages=[{"role": "user", "content": text}], **body)
        assert status == 200, answer
        return json.loads(answer)

    def say(self, text: str, **body: Any) -> str:
        return str(self.ask(text, **body)["choices"][0]["message"]["content"])

    def log(self, event: str, count: int = 0) -> list[dict[str, Any]]:
        """The lines of one kind, once there are ``count`` of them (the last is written when its answer has already come)."""
        for _ in range(100):
            lines = [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]
            found = [line for line in lines if line["event"] == event]
            if len(found) >= count:
                break
            time.sleep(0.02)
        return found


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Runs servers of given settings in threads of this process: starting one takes no time."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def run(**settings: Any) -> Bench:
        log = tmp_path / f"log-{len(running)}.jsonl"
        file = log.open("a", encoding="utf-8")
        listening = socket.create_server(("127.0.0.1", 0))
        app = server.Bench(server.Settings(**{"delay": 0.0, "per_token": 0.0, **settings}), server.Log(file)).app()
        unit = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=_serve, args=(unit, listening, file), daemon=True)
        running.append((unit, thread))
        thread.start()
        return Bench(f"http://127.0.0.1:{listening.getsockname()[1]}/v1", log)

    yield run
    for unit, thread in running:
        unit.should_exit = True
        thread.join(10)


def _serve(unit: uvicorn.Server, listening: socket.socket, file: TextIO) -> None:
    with file, listening:
        unit.run(sockets=[listening])


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One real process without delay and faults, for every test that needs no other."""
    log = tmp_path_factory.mktemp("bench") / "log.jsonl"
    command = [sys.executable, "-m", "benchmarks.server", "--log", str(log), "--delay", "0", "--per-token", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Bench(process.stdout.readline().strip(), log)
        process.terminate()


# The server


def test_the_model_is_listed(quick: Bench) -> None:
    connection = quick.connect()
    connection.request("GET", "/v1/models")
    models = json.loads(connection.getresponse().read())
    connection.close()

    assert [model["id"] for model in models["data"]] == ["bench"]


def test_a_reply_holds_the_same_labels_and_nothing_else(quick: Bench) -> None:
    reply = quick.say("Translate:\n12| The old mill.\n15| A <1>press</1><2/>.")

    assert reply == f"12| {pseudo.translate('The old mill.')}\n15| {pseudo.translate('A <1>press</1><2/>.')}"


def test_a_json_schema_gets_an_object_by_label(quick: Bench) -> None:
    reply = quick.say("12| The old mill.", response_format={"type": "json_schema", "json_schema": {"name": "x", "schema": {}}})

    assert json.loads(reply) == {"12": pseudo.translate("The old mill.")}


def test_a_mending_turn_gets_only_what_it_names(quick: Bench) -> None:
    messages = [("user", "1| The mill.\n2| The press."), ("assistant", "1| a\n2| b"), ("user", "Not right:\n2! Too short.\nAgain.")]
    _, answer = quick.post(messages=[{"role": role, "content": text} for role, text in messages])

    assert json.loads(answer)["choices"][0]["message"]["content"] == f"2| {pseudo.translate('The press.')}"


def test_a_completion_is_answered_up_to_its_stop(quick: Bench) -> None:
    _, answer = quick.post("/v1/completions", prompt="English: The mill, the old press.\nGerman:", stop=[","])

    assert json.loads(answer)["choices"][0]["text"] == pseudo.translate("The mill")


def test_usage_counts_the_prompt_the_answer_and_what_was_cached(quick: Bench) -> None:
    text = "Rules for counting, long enough for some blocks. " * 8 + "\nTranslate:\n1| The mill."
    first, second = quick.ask(text)["usage"], quick.ask(text)["usage"]

    tokens = tokenizer().count(text)
    assert first["prompt_tokens"] == tokens
    assert first["completion_tokens"] == tokenizer().count(f"1| {pseudo.translate('The mill.')}")
    assert second["prompt_tokens_details"]["cached_tokens"] == tokens // 16 * 16


def test_a_stream_holds_the_same_text_and_ends_with_the_usage(quick: Bench) -> None:
    _, body = quick.post(messages=[{"role": "user", "content": f"1| {PROSE}"}], stream=True)

    *events, last = [line.removeprefix("data: ") for line in body.splitlines() if line]
    chunks = [json.loads(event) for event in events]
    said = "".join(choice["delta"]["content"] for chunk in chunks for choice in chunk["choices"])
    assert (said, last) == (f"1| {pseudo.translate(PROSE)}", "[DONE]")
    assert chunks[-2]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-1]["usage"]["completion_tokens"] == tokenizer().count(said)


def test_an_answer_longer_than_allowed_is_cut_and_says_so(quick: Bench) -> None:
    answer = quick.ask(f"1| {PROSE}", max_tokens=10)

    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"]["completion_tokens"] <= 13


def test_no_more_requests_are_answered_at_once_than_there_are_slots(start: Start) -> None:
    bench = start(slots=2, delay=0.3)
    bench.say("1| Warm.")
    began = time.monotonic()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: bench.say(f"1| Number {number}."), range(6)))

    assert 0.9 <= time.monotonic() - began < 1.7


@pytest.mark.parametrize("stream", [False, True])
def test_an_answer_takes_its_delay_and_its_tokens(start: Start, stream: bool) -> None:
    bench = start(delay=0.1, per_token=0.01)
    bench.say("1| Warm.")
    began = time.monotonic()
    bench.post(messages=[{"role": "user", "content": f"1| {PROSE}"}], stream=stream)

    tokens = tokenizer().count(f"1| {pseudo.translate(PROSE)}")
    assert 0 <= time.monotonic() - began - (0.1 + 0.01 * tokens) < 0.4


def test_a_client_that_hangs_up_frees_its_slot(start: Start) -> None:
    bench = start(slots=1, delay=3.0)
    connection = bench.connect()
    connection.request("POST", "/v1/chat/completions", json.dumps({"messages": [{"role": "user", "content": "1| The mill."}]}))
    bench.log("asked", 1)
    time.sleep(0.1)
    connection.close()

    gone = bench.log("answered", 1)[0]
    assert gone["status"] == 0
    assert gone["at"] - bench.log("asked")[0]["at"] < 2


def test_what_was_asked_and_answered_is_logged(start: Start) -> None:
    bench = start()
    bench.say("1| The mill.\n2| The press.")

    assert bench.log("asked", 1)[0]["sources"] == ["The mill.", "The press."]
    answered = bench.log("answered", 1)[0]
    assert (answered["n"], answered["status"], answered["fault"]) == (1, 200, None)
    assert answered["words"] == sum(tokenizer().count(pseudo.translate(source)) for source in ("The mill.", "The press."))


def test_candidates_of_a_glossary_are_rendered_as_the_model_renders_them(quick: Bench) -> None:
    body = "1| mill owner (concept): The mill owners said so.\n2| Berlin (place): He saw Berlin.\n3| BTS = Bug Tracking System (abbreviation): See the BTS.\n4| Good Press (organisation): The Good Press."

    answer = quick.post(messages=[{"role": "system", "content": f"{GLOSSARY} of a whole work."}, {"role": "user", "content": body}])[1]

    reply = json.loads(answer)["choices"][0]["message"]["content"]
    assert [f"1| concept| {pseudo.translate('mill owner')}", "2| place| Berlin", "3| abbreviation| BTS", "4| no"] == reply.splitlines()


def test_a_term_that_asks_for_what_the_model_writes_anyway_changes_nothing(quick: Bench) -> None:
    own = f"- mill = {pseudo.translate('mill')}\n- press = Druckwerk"

    reply = quick.say(f"Terms:\n{own}\n\n1| Two mills and a press.")

    assert f"1| {pseudo.translate('Two mills and a press.', (('press', 'Druckwerk'),))}" == reply


# Faults


RICH = (("1", PROSE), ("2", "Then <1>two</1> more<2/> came, with much noise and no money."))
TEXT_KINDS = (*faults.REPLY_KINDS, *faults.SEGMENT_KINDS)


def _composed(kind: str) -> tuple[faults.Outcome, dict[str, str]]:
    ask = Ask(RICH, (), "lines")
    texts = {label: pseudo.translate(source) for label, source in RICH}
    return faults.compose(ask, texts, (kind,), random.Random(3)), texts


@pytest.mark.parametrize("kind", TEXT_KINDS)
def test_each_text_fault_changes_the_reply_and_is_named(kind: str) -> None:
    outcome, texts = _composed(kind)

    assert outcome.fault is not None
    assert outcome.fault.kind == kind
    assert outcome.text != Ask(RICH, (), "lines").reply(texts)


@pytest.mark.parametrize("kind", faults.SEGMENT_KINDS)
def test_a_fault_in_a_passage_is_in_that_passage_alone(kind: str) -> None:
    outcome, texts = _composed(kind)

    assert outcome.fault is not None
    assert outcome.fault.source == dict(RICH)[outcome.fault.label]
    assert outcome.text == Ask(RICH, (), "lines").reply({**texts, outcome.fault.label: outcome.fault.sent})


WRONG = [
    ("changed_number", r"30", 1, 0),
    ("changed_url", re.escape("https://example.org/press"), 1, 0),
    ("dropped_sentence", r"\.", 2, 1),
]


@pytest.mark.parametrize(("kind", "pattern", "before", "after"), WRONG, ids=[row[0] for row in WRONG])
def test_a_fault_is_what_its_name_says(kind: str, pattern: str, before: int, after: int) -> None:
    outcome, texts = _composed(kind)

    assert outcome.fault is not None
    bare = re.compile(rf"{pattern}(?!\w)")
    assert (len(bare.findall(texts["1"])), len(bare.findall(outcome.fault.sent))) == (before, after)


@pytest.mark.parametrize("kind", ["dropped_sentence", "changed_number", "changed_url", "lost_marker"])
def test_a_fault_that_cannot_happen_does_not(kind: str) -> None:
    ask = Ask((("1", "One sentence only, without anything."),), (), "lines")
    texts = {"1": pseudo.translate("One sentence only, without anything.")}

    assert faults.compose(ask, texts, (kind,), random.Random(1)) == faults.Outcome(ask.reply(texts), "stop")


def test_a_truncated_reply_and_a_loop_end_for_length() -> None:
    assert [_composed(kind)[0].finish for kind in ("truncated", "loop", "echo")] == ["length", "length", "stop"]


def test_kinds_are_drawn_at_their_rate() -> None:
    chance = random.Random(1)
    drawn = [kind for _ in range(2000) for kind in faults.draw(chance, 0.05, faults.KINDS)]

    assert all(60 <= drawn.count(kind) <= 140 for kind in faults.KINDS)


STATUSES = [("http429", 429), ("http500", 500)]


@pytest.mark.parametrize(("kind", "status"), STATUSES)
def test_http_faults_come_as_statuses_and_are_logged(start: Start, kind: str, status: int) -> None:
    bench = start(faults=1.0, kinds=(kind,))

    assert bench.post(messages=[{"role": "user", "content": "1| The mill."}])[0] == status
    assert bench.log("answered", 1)[0]["fault"]["kind"] == kind


@pytest.mark.parametrize("stream", [False, True])
def test_a_dropped_connection_breaks_off_in_the_middle(start: Start, stream: bool) -> None:
    bench = start(faults=1.0, kinds=("dropped",))

    with pytest.raises(http.client.IncompleteRead):
        bench.post(messages=[{"role": "user", "content": f"1| {PROSE}"}], stream=stream)
    assert bench.log("answered", 1)[0]["fault"]["kind"] == "dropped"


def test_the_same_seed_does_the_same_wrong_in_any_order(start: Start) -> None:
    def replies(order: list[int]) -> dict[int, tuple[int, str]]:
        bench = start(faults=0.1, seed=7, kinds=tuple(kind for kind in faults.KINDS if kind != "dropped"))
        return {number: bench.post(messages=[{"role": "user", "content": f"1| {PROSE} {number}"}]) for number in order}

    def shown(answer: tuple[int, str]) -> str:
        return answer[1] if answer[0] != 200 else str(json.loads(answer[1])["choices"])

    forwards, backwards = replies(list(range(12))), replies(list(range(11, -1, -1)))
    assert {number: shown(answer) for number, answer in forwards.items()} == {number: shown(answer) for number, answer in backwards.items()}
    assert len({shown(answer) for answer in forwards.values()}) == 12


def test_labels_change_nothing_of_what_goes_wrong(start: Start) -> None:
    def kinds(first_label: int) -> list[str | None]:
        bench = start(faults=0.1, seed=7)
        for number in range(12):
            with suppress(http.client.IncompleteRead):
                bench.post(messages=[{"role": "user", "content": f"{first_label + number}| {PROSE} {number}"}])
        return [line["fault"] and line["fault"]["kind"] for line in bench.log("answered", 12)]

    assert kinds(1) == kinds(400)
    assert len(set(kinds(1))) > 3


SWITCHES = [("html", 200, "<!DOCTYPE html>"), ("badkey", 401, "invalid_api_key")]


@pytest.mark.parametrize(("switch", "status", "holds"), SWITCHES)
def test_a_switch_answers_everything_alike(start: Start, switch: str, status: int, holds: str) -> None:
    bench = start(**{switch: True})

    answer = bench.post(messages=[{"role": "user", "content": "1| The mill."}])
    assert answer[0] == status
    assert holds in answer[1]


def test_a_quota_ends_after_so_many_answers(start: Start) -> None:
    bench = start(quota=1)
    bench.say("1| The mill.")

    status, body = bench.post(messages=[{"role": "user", "content": "1| The mill."}])
    assert (status, json.loads(body)["error"]["code"]) == (429, "insufficient_quota")


def test_an_unknown_kind_of_fault_is_refused() -> None:
    done = subprocess.run([sys.executable, "-m", "benchmarks.server", "--kinds", "gremlins"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "unknown kinds: gremlins" in done.stderr
