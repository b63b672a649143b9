"""Models that need no server: echo, pseudo, scripted, replay; and what is counted, priced and profiled without a network."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate import models
from translate.document import Kind, Marker, Runs, Segment, markers, normal
from translate.errors import ModelError, RateLimited, SettingError
from translate.models import prices, profiles, tokens
from translate.models.echo import Echo
from translate.models.pseudo import KEPT, Pseudo, accent
from translate.models.replay import Recorder, Replay
from translate.models.scripted import Scripted, ScriptedSegments
from translate.models.seam import DirectModel, Price, Profile, Reply, Request, Usage

RUNS = st.lists(
    st.one_of(st.text(max_size=40), st.builds(Marker, st.sampled_from(["open", "close", "atom"]), st.integers(1, 9), st.just("em"))), max_size=8
).map(normal)
ASK = Request(messages=(("user", "Hello"),))


def segment(*runs: str | Marker) -> Segment:
    return Segment("s1", "a.xhtml", "0", Kind.PARAGRAPH, normal(runs))


def through(model: DirectModel, *runs: str | Marker) -> Runs:
    return asyncio.run(model.translate(segment(*runs)))


@given(RUNS)
def test_echo_gives_every_segment_back(runs: Runs) -> None:
    assert runs == through(Echo(), *runs)


@given(RUNS)
def test_pseudo_keeps_every_marker_in_its_place_and_is_the_same_every_time(runs: Runs) -> None:
    once = through(Pseudo(), *runs)

    assert markers(runs) == markers(once)
    assert once == through(Pseudo(), *runs)
    assert [isinstance(run, str) for run in runs] == [isinstance(run, str) for run in once]


KEPT_WORDS = ["https://example.com/a?b=cd", "www.example.org", "author@example.com", "1984", "3.5%", "B2B", "{name}", "%s", "<b>", "&amp;"]


@pytest.mark.parametrize("word", KEPT_WORDS)
def test_pseudo_leaves_addresses_numbers_and_placeholders_alone(word: str) -> None:
    said = accent(f"The editors see {word} and nothing else.")

    assert f" {word} " in said
    assert "editors" not in said


@given(st.text(st.sampled_from("abcdefgh ijklmnop qrstuvwxyz,. 12"), min_size=80))
def test_pseudo_lengthens_words_by_a_fifth_to_a_third(text: str) -> None:
    changed = KEPT.sub("", text)
    letters = sum(1 for char in changed if char.isalpha())
    longest = max((len(word) for word in changed.split()), default=0)

    grown = len(accent(text)) - len(text)

    assert letters * 0.20 - longest - 1 <= grown <= letters * 0.35 + 1


def test_pseudo_says_what_it_said_before() -> None:
    assert accent("The printers meet 3 times.") == "Ţhé pŕîîîñţéŕš méééţ 3 ţîîîméš."


def test_the_two_doors_of_a_model_are_told_apart() -> None:
    assert isinstance(Echo(), DirectModel)
    assert isinstance(ScriptedSegments(lambda each: each.source), DirectModel)
    assert not isinstance(Scripted(["x"]), DirectModel)


def test_a_scripted_model_answers_in_order_raises_what_it_holds_and_keeps_what_was_asked() -> None:
    ready = Reply("three", "length", Usage(1, 2))
    model = Scripted(["one", RateLimited("wait", 3), ready])

    async def all_four() -> list[object]:
        return await asyncio.gather(*(model.complete(ASK) for _ in range(4)), return_exceptions=True)

    first, second, third, fourth = asyncio.run(all_four())

    assert isinstance(first, Reply)
    assert (first.text, first.finish, first.usage.counted) == ("one", "stop", False)
    assert isinstance(second, RateLimited)
    assert ready is third
    assert isinstance(fourth, ModelError)
    assert model.requests == [ASK] * 4


def test_a_scripted_model_may_answer_by_a_function_of_the_request() -> None:
    reply = asyncio.run(Scripted(lambda request: request.messages[0][1].upper()).complete(ASK))

    assert reply.text == "HELLO"


def test_what_was_recorded_is_replayed_and_nothing_else() -> None:
    recorder = Recorder(Scripted(["one", "two"]))
    other = Request(prompt="Hello")
    asyncio.run(recorder.complete(ASK))
    replay = Replay(recorder.pairs)

    assert asyncio.run(replay.complete(Request(messages=(("user", "Hello"),)))).text == "one"
    with pytest.raises(ModelError, match="No reply is recorded for the request that ends 'Hello'"):
        asyncio.run(replay.complete(other))


TEXTS = [
    ("The printers met at night in the cellar and read what the others had written.", 16),
    ("Die Setzerinnen trafen sich nachts im Keller und lasen, was die anderen geschrieben hatten.", 22),
    ("Печатники встречались ночью в подвале и читали написанное другими.", 31),
    ("印刷工人们晚上在地下室见面，读别人写的东西。", 26),
    ("", 0),
]


@pytest.mark.parametrize(("text", "number"), TEXTS)
def test_tokens_are_counted_as_cl100k_does_and_the_estimate_is_never_far_below(text: str, number: int) -> None:
    assert number == tokens.counter("any")(text)
    assert number <= tokens.estimate(text) <= 2.2 * number + 1


def test_text_that_looks_like_a_control_token_is_counted_as_text() -> None:
    assert tokens.counter()("<|endoftext|>") > 3


def test_counting_asks_no_network_even_for_a_model_whose_encoding_is_not_here(tmp_path: Path) -> None:
    code = """
import socket
def refuse(*anything): raise RuntimeError("the network was asked")
socket.socket.connect = socket.getaddrinfo = refuse
from translate.models import tokens
print(tokens.counter("gpt-4o")("The printers met at night."))
"""
    for folder in (str(tmp_path), ""):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | {"TIKTOKEN_CACHE_DIR": folder})
        assert done.stdout.strip() == "6", done.stderr


def test_a_damaged_encoding_on_the_disk_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hashlib import sha1

    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    (tmp_path / sha1(tokens.O200K_SOURCE.encode()).hexdigest()).write_bytes(b"half a file")

    assert not tokens._on_disk(tokens.O200K_SOURCE)


PLAUSIBLE = [
    (100, 150, "latin words", True),
    (1000, 2500, "latin words", False),
    (1000, 300, "latin words", False),
    (1000, 300, "नमस्ते दुनिया", True),
    (5, 60, "hi", True),
]


@pytest.mark.parametrize(("ours", "theirs", "text", "fine"), PLAUSIBLE)
def test_a_count_twice_off_is_no_longer_plausible(ours: int, theirs: int, text: str, fine: bool) -> None:
    assert fine == tokens.plausible(ours, theirs, text)


FAMILIES = [
    ("deepseek-chat", "chat", "chunk", (("thinking", (("type", "disabled"),)),)),
    ("Qwen/Qwen3-8B", "chat", "chunk", (("chat_template_kwargs", (("enable_thinking", False),)),)),
    ("gemma-3-270m-q4_k_m", "examples", "sentence", ()),
    ("gemma-3-4b-it-Q4_K_M", "chat", "chunk", ()),
    ("translategemma-4b-it", "chat", "segment", ()),
    ("gpt-5-mini", "chat", "chunk", (("reasoning_effort", "low"), ("max_completion_tokens", 0), ("temperature", None))),
    ("something-new", "chat", "chunk", ()),
]


@pytest.mark.parametrize(("name", "form", "unit", "extra"), FAMILIES)
def test_a_model_is_asked_as_its_family_likes_it(name: str, form: str, unit: str, extra: tuple[tuple[str, object], ...], tmp_path: Path) -> None:
    profile = profiles.find(name, folder=tmp_path)

    assert (name, form, unit, extra) == (profile.name, profile.form, profile.unit, profile.extra)


def test_every_shipped_profile_is_sound() -> None:
    for row in profiles._families():
        profile = profiles.family(row["name"])
        hash(profile)
        assert profile.form in ("chat", "examples")
        assert profile.unit in ("chunk", "segment", "sentence")
        assert profile.reply in ("lines", "json", "text")
        assert profile.reply == "text" or profile.unit == "chunk"
        assert profile.chunk < profile.context


@given(
    note=st.text(),
    stop=st.lists(st.text(), max_size=3),
    temperature=st.floats(0, 2),
    extra=st.dictionaries(st.from_regex(r"[a-z_]{1,9}", fullmatch=True), st.one_of(st.text(), st.integers(), st.booleans()), max_size=3),
)
def test_a_profile_that_was_kept_is_found_again(
    tmp_path_factory: pytest.TempPathFactory, note: str, stop: list[str], temperature: float, extra: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("profiles")
    nested = (("chat_template_kwargs", (("enable_thinking", False), ("deep", (("a", ("b",)),)))), ("temperature", None))
    kept = Profile("org/My model: 7B", unit="segment", stop=tuple(stop), temperature=temperature, note=note.replace("\r", ""), extra=(*extra.items(), *nested))

    profiles.keep(kept, folder=folder)

    assert kept == profiles.find("org/My model: 7B", folder=folder)


@pytest.mark.parametrize("text", ["form = ", "unknown_field = 3\nname = 'x'", "\x00"])
def test_a_profile_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.toml").write_text(text)

    with pytest.raises(SettingError, match=r"mine\.toml: this profile cannot be read"):
        profiles.find("mine", folder=tmp_path)


def test_every_price_has_a_date_and_a_source() -> None:
    for row in prices._ours():
        price = prices._price(row)
        assert price.date[:2] == "20"
        assert price.source
        assert price.cached <= price.prompt <= price.answer
        assert row["host"]


def test_a_price_belongs_to_a_host_and_an_unknown_one_is_none(tmp_path: Path) -> None:
    none = tmp_path / "none.toml"
    known = prices.find("gpt-5-mini", "https://api.openai.com/v1", file=none)

    assert known is not None
    assert known.answer == 2.0
    assert prices.find("gpt-5-mini", "https://elsewhere.example/v1", file=none) is None
    assert prices.find("gpt-99", "https://api.openai.com/v1", file=none) is None
    assert prices.find("gpt-99", "http://127.0.0.1/v1", local=True, file=none) == prices.FREE


def test_the_users_own_price_goes_before_ours(tmp_path: Path) -> None:
    own = tmp_path / "prices.toml"
    own.write_text('[[price]]\nmodel = "gpt-5-mini"\nprompt = 1\ncached = 0.5\nanswer = 3\ncurrency = "EUR"\n')

    assert Price(1, 0.5, 3, "EUR") == prices.find("gpt-5-mini", "https://api.openai.com/v1", file=own)

    own.write_text('[[price]]\nmodel = "gpt-5-mini"\n')
    with pytest.raises(SettingError, match=r"prices\.toml: these prices cannot be read"):
        prices.find("gpt-5-mini", "https://api.openai.com/v1", file=own)


SAID = [("0.28/0.028/0.42", Price(0.28, 0.028, 0.42)), ("1/2", Price(1, 1, 2)), (" 0.5/0.1/2 EUR", Price(0.5, 0.1, 2, "EUR")), ("0/0/0", Price(0, 0, 0))]


@pytest.mark.parametrize(("said", "price"), SAID)
def test_a_price_can_be_given_in_one_word(said: str, price: Price) -> None:
    assert price == prices.read(said)


@pytest.mark.parametrize("said", ["", "1", "a/b/c", "1/2/3/4", "-1/0/0", "nan/1/1", "inf/1/1", "1,5/2/3"])
def test_what_is_no_price_is_refused_with_how_to_give_one(said: str) -> None:
    with pytest.raises(SettingError, match="is no price: give PROMPT/CACHED/ANSWER"):
        prices.read(said)


WRONG = [
    ("gpt-4o", "There is no model 'gpt-4o': take embedded"),
    ("ecko", r"did you mean echo\?"),
    ("gemma-3-4b", "fetch it first: dragoman models get gemma-3-4b"),
    ("hosted:", "names no model"),
    ("embedded:/nowhere/model.gguf", "There is no model file /nowhere/model.gguf"),
    ("", "There is no model ''"),
]


@pytest.mark.parametrize(("spec", "words"), WRONG)
def test_an_unknown_model_is_refused_with_what_is_possible(spec: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_HOME", str(tmp_path))

    with pytest.raises(SettingError, match=words):
        models.open_model(spec)


def test_an_address_with_a_model_that_has_none_is_a_wrong_setting() -> None:
    with pytest.raises(SettingError, match="--base-url means nothing"):
        models.open_model("echo", base_url="http://127.0.0.1/v1")


OPENED = [
    ("echo", None, "echo", True),
    ("pseudo", None, "pseudo", True),
    ("hosted:gpt-5-mini", None, "gpt-5-mini", False),
    ("hosted:org/name:free", "https://openrouter.ai/api/v1", "org/name:free", False),
    ("hosted:mine", "http://127.0.0.1:9999/v1", "mine", True),
    ("ollama:qwen3:8b", None, "qwen3:8b", True),
    ("lmstudio:mine", None, "mine", True),
]


@pytest.mark.parametrize(("spec", "base_url", "name", "local"), OPENED)
def test_every_kind_of_model_opens_by_its_spec(spec: str, base_url: str | None, name: str, local: bool) -> None:
    model = models.open_model(spec, base_url=base_url)

    assert (spec, name, local) == (model.spec, model.name, model.local)
    assert (model.price == prices.FREE) == local


def test_local_only_refuses_whatever_is_not_this_machine() -> None:
    with pytest.raises(SettingError, match=r"https://api\.openai\.com/v1 is not this machine, and --local-only"):
        models.open_model("hosted:gpt-5-mini", local_only=True)

    assert models.open_model("hosted:x", base_url="http://localhost:8080/v1", local_only=True).local
    assert models.open_model("echo", local_only=True).local


def test_the_price_that_the_user_gives_counts() -> None:
    assert Price(1, 0.5, 2) == models.open_model("hosted:gpt-5-mini", price="1/0.5/2").price
    assert models.open_model("hosted:unheard-of").price is None
