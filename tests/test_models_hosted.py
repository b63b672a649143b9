"""Hosted models, against a real HTTP server on loopback that misbehaves on demand."""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
import time
import traceback
from collections.abc import Iterator
from email.utils import formatdate

import pytest

from tests.model_server import ANSWER, Served, serving
from translate.errors import ContentRefused, ModelError, ModelRefused, ModelUnreachable, QuotaEnded, RateLimited, RequestTooLong, SettingError
from translate.models import faults, hosted, usage
from translate.models.hosted import Hosted
from translate.models.seam import Profile, Reply, Request, Watch

SECRET = "sk-very-secret-0123456789"
TEXT = "The compositor read the sentence once more and then laid the sheet with the others. Translate it."
CHAT = Request(messages=(("system", "You translate."), ("user", TEXT)), most=64)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


def ask(address: str, name: str = "good", request: Request = CHAT, *, watch: Watch | None = None, profile: Profile | None = None, seconds: float = 20) -> Reply:
    async def once() -> Reply:
        model = Hosted(name, base_url=address, watch=watch, profile=profile, seconds=seconds)
        try:
            return await model.complete(request)
        finally:
            await model.aclose()

    return asyncio.run(once())


def never(text: str) -> bool:
    return False


def test_a_reply_brings_text_finish_and_usage_with_what_the_cache_held(served: Served) -> None:
    reply = ask(served.address)

    assert (reply.text, reply.finish, reply.usage.prompt, reply.usage.answer, reply.usage.cached, reply.usage.counted) == (ANSWER, "stop", 30, 22, 16, True)
    assert reply.remarks == ()


def test_deepseeks_way_of_saying_what_the_cache_held_is_understood(served: Served) -> None:
    assert ask(served.address, "deepseek-chat").usage.cached == 24


def test_what_is_sent_is_the_request_with_the_profiles_extras_on_top(served: Served) -> None:
    profile = Profile("x", extra=(("temperature", None), ("chat_template_kwargs", (("enable_thinking", False),)), ("list", ("a", "b"))))
    schema = '{"type": "object"}'
    ask(served.address, request=Request(messages=CHAT.messages, most=77, stop=("\n",), schema=schema, grammar="root ::= x"), profile=profile)

    assert served.bodies[-1] == {
        "model": "good",
        "messages": [{"role": "system", "content": "You translate."}, {"role": "user", "content": TEXT}],
        "max_tokens": 77,
        "stop": ["\n"],
        "response_format": {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": {"type": "object"}}},
        "grammar": "root ::= x",
        "chat_template_kwargs": {"enable_thinking": False},
        "list": ["a", "b"],
    }
    assert f"Bearer {SECRET}" == served.keys[-1]


def test_a_model_that_counts_its_answer_under_a_newer_name_is_asked_so(served: Served) -> None:
    ask(served.address, "gpt-5-mini")

    body = served.bodies[-1]
    assert body["max_completion_tokens"] == 64
    assert not {"max_tokens", "temperature"} & body.keys()


def test_a_request_by_examples_goes_to_the_completions_door(served: Served) -> None:
    reply = ask(served.address, request=Request(prompt=TEXT, stop=("\n",)))

    assert reply.text == ANSWER
    assert served.paths[-1] == "/v1/completions"
    assert served.bodies[-1]["prompt"] == TEXT


# model name, kind of error, words that its message must hold
FAULTS = [
    ("key", ModelRefused, "OPENAI_API_KEY"),
    ("forbidden", ModelRefused, "OPENAI_API_KEY"),
    ("unknown", ModelRefused, "no model 'unknown'"),
    ("nowhere", ModelUnreachable, "--base-url"),
    ("busy", RateLimited, "asks to wait"),
    ("busy-silent", RateLimited, "asks to wait"),
    ("quota", QuotaEnded, "used up"),
    ("daily", QuotaEnded, "used up"),
    ("broke", QuotaEnded, "Insufficient Balance"),
    ("long", RequestTooLong, "larger context"),
    ("risk", ContentRefused, "takes no request with this text (HTTP 400: Content Exists Risk"),
    ("screened", ContentRefused, "content management policy"),
    ("inspected", ContentRefused, "inappropriate content"),
    ("flagged", ContentRefused, "another model"),
    ("odd", ModelRefused, "temperature must be 1"),
    ("fault", ModelUnreachable, "HTTP 500"),
    ("gateway", ModelUnreachable, "Bad gateway"),
    ("moved", ModelUnreachable, "elsewhere"),
    ("html", ModelUnreachable, "web page"),
    ("list", ModelUnreachable, "no reply"),
    ("no-choices", ModelUnreachable, "without a reply"),
    ("error-200", ModelUnreachable, "overloaded"),
    ("closes", ModelUnreachable, "broke off"),
]


@pytest.mark.parametrize("watch", [None, never], ids=["whole", "streamed"])
@pytest.mark.parametrize(("name", "kind", "words"), FAULTS, ids=[row[0] for row in FAULTS])
def test_every_fault_of_a_server_becomes_the_error_that_says_what_to_do(
    served: Served, name: str, kind: type[ModelError], words: str, watch: Watch | None
) -> None:
    with pytest.raises(ModelError) as caught:
        ask(served.address, name, watch=watch)

    assert kind is type(caught.value)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 5


def test_a_request_is_one_attempt_whatever_becomes_of_it(served: Served) -> None:
    before = len(served.bodies)

    for name in ("fault", "busy", "closes"):
        with pytest.raises(ModelError):
            ask(served.address, name)

    assert len(served.bodies) - before == 3


STREAM_FAULTS = [("breaks", "broke off"), ("no-finish", "broke off"), ("late-error", "engine died"), ("cut-event", "no reply")]


@pytest.mark.parametrize(("name", "words"), STREAM_FAULTS)
def test_a_stream_that_breaks_in_the_middle_is_no_reply(served: Served, name: str, words: str) -> None:
    with pytest.raises(ModelUnreachable, match=words):
        ask(served.address, name, watch=never)


def test_a_server_that_is_down_is_unreachable() -> None:
    with pytest.raises(ModelUnreachable, match=r"Nothing answers at http://127\.0\.0\.1:9/v1"):
        ask("http://127.0.0.1:9/v1")


def test_a_server_that_says_nothing_for_too_long_is_unreachable(served: Served) -> None:
    with pytest.raises(ModelUnreachable, match="in time"):
        ask(served.address, "silent", seconds=0.2)


def test_a_rate_limit_says_how_long_to_wait(served: Served) -> None:
    with pytest.raises(RateLimited) as told:
        ask(served.address, "busy")
    with pytest.raises(RateLimited) as silent:
        ask(served.address, "busy-silent")

    assert (told.value.retry_after, silent.value.retry_after) == (7.0, None)


NOW = 1_795_000_000.0
WAITS = [
    ({"retry-after": "12"}, 12.0),
    ({"retry-after-ms": "1500"}, 1.5),
    ({"retry-after": formatdate(NOW + 90, usegmt=True)}, 90.0),
    ({"retry-after": formatdate(NOW - 90, usegmt=True)}, 0.0),
    ({"retry-after": "soon"}, None),
    ({"x-ratelimit-reset-requests": "1s", "x-ratelimit-reset-tokens": "6m0s"}, 360.0),
    (
        {"x-ratelimit-reset-requests": "120ms", "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-tokens": "6m0s", "x-ratelimit-remaining-tokens": "5"},
        0.12,
    ),
    ({"x-ratelimit-reset": str(int((NOW + 30) * 1000))}, 30.0),
    ({"x-ratelimit-reset": str(int(NOW + 30))}, 30.0),
    ({"x-ratelimit-reset": "45"}, 45.0),
    ({}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), WAITS)
def test_every_way_of_asking_to_wait_is_understood(headers: dict[str, str], seconds: float | None) -> None:
    assert pytest.approx(seconds) == faults.wait(headers, now=NOW)


QUOTAS = [
    ("Rate limit reached for gpt-x on tokens per min (TPM): Limit 30000. Add a payment method to your account.", RateLimited),
    ("Quota exceeded for metric: generate_requests_per_model_per_minute, limit: 10. Check your plan and billing details.", RateLimited),
    ("Quota exceeded: GenerateRequestsPerDayPerProjectPerModel-FreeTier", QuotaEnded),
    ("Daily limit reached", QuotaEnded),
    ("Your credit balance is too low", QuotaEnded),
    ("Slow down", RateLimited),
]


@pytest.mark.parametrize(("said", "kind"), QUOTAS)
def test_a_limit_a_minute_is_no_quota_and_a_limit_a_day_is_one(said: str, kind: type[ModelError]) -> None:
    error = faults.refused(faults.Answered(429, {}, said), faults.Server("http://x", "m", False))

    assert kind is type(error)


def test_no_error_of_the_openai_library_is_unmapped() -> None:
    import httpx2
    import openai

    kinds = [kind for module in (openai, openai._exceptions, httpx2) for _, kind in inspect.getmembers(module, inspect.isclass) if issubclass(kind, Exception)]
    caught = [kind for kind in kinds if issubclass(kind, hosted._foreign())]

    assert len(caught) > 20
    assert [kind.__name__ for kind in caught if not any(base.__name__ in faults.TABLE for base in kind.__mro__)] == []
    assert [name for name in faults.TABLE if name not in {kind.__name__ for kind in kinds}] == []


@pytest.mark.parametrize("watch", [None, never], ids=["whole", "streamed"])
@pytest.mark.parametrize("name", ["key", "echo-key-500", "closes", "moved", "fault"])
def test_no_key_ever_stands_in_an_error_a_repr_or_a_log(served: Served, name: str, watch: Watch | None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    model = Hosted(name, base_url=served.address, watch=watch)

    async def once() -> None:
        try:
            await model.complete(CHAT)
        finally:
            await model.aclose()

    with pytest.raises(ModelError) as caught:
        asyncio.run(once())

    said = "".join(traceback.format_exception(caught.value))
    context = [repr(caught.value.__context__), repr(caught.value.__cause__), repr(model), repr(model._server()), repr(vars(model).keys()), caplog.text]
    assert SECRET not in said + "".join(context)


CLEANED = [
    ("it was mykey1234 there", "it was … there"),
    ("sk-proj-abcdef012345 is wrong", "… is wrong"),
    ("Authorization: Bearer abc.def", "Authorization: …"),
    ("a\n  b", "a b"),
]


@pytest.mark.parametrize(("said", "shown"), CLEANED)
def test_what_a_server_says_is_told_without_keys_in_one_line(said: str, shown: str) -> None:
    assert faults.Server("http://x", "m", False, "mykey1234").clean(said) == shown


def test_an_address_with_a_password_is_refused_without_showing_it() -> None:
    with pytest.raises(SettingError, match=r"The address http://127\.0\.0\.1/v1 holds a user or a password") as caught:
        Hosted("x", base_url=f"http://me:{SECRET}@127.0.0.1/v1?key={SECRET}")

    assert SECRET not in str(caught.value)


def test_a_key_with_letters_that_no_key_has_is_refused_without_showing_it(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-ключ")

    with pytest.raises(ModelRefused, match="OPENAI_API_KEY") as caught:
        ask(served.address)

    assert "ключ" not in "".join(traceback.format_exception(caught.value))


def test_without_a_key_the_error_names_the_variable_to_set(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")

    with pytest.raises(ModelRefused, match="set the environment variable OPENAI_API_KEY"):
        ask(served.address, "key")


@pytest.mark.parametrize("name", ["no-usage", "null-usage"])
def test_a_server_that_says_nothing_about_usage_is_counted_by_us(served: Served, name: str) -> None:
    counted = ask(served.address, name).usage

    assert not counted.counted
    assert 15 <= counted.prompt <= 40
    assert 15 <= counted.answer <= 40


def test_a_server_that_lies_about_usage_is_noticed_and_said_once(served: Served) -> None:
    async def twice() -> tuple[Reply, Reply]:
        model = Hosted("lying", base_url=served.address)
        first, second = await model.complete(CHAT), await model.complete(CHAT)
        await model.aclose()
        return first, second

    first, second = asyncio.run(twice())

    assert "The server says 3000 + 9000 tokens where we count" in first.remarks[0]
    assert second.remarks == ()


def test_tokens_of_reasoning_are_no_lie_and_no_answer(served: Served) -> None:
    reply = ask(served.address, "thinks")

    assert (reply.text, reply.usage.answer, reply.remarks) == (ANSWER, 900, ())


# what the server says of usage, what we take from it: answer, cached, whether it is remarked upon
SAID = [
    ({"prompt_tokens": 30, "completion_tokens": 900, "completion_tokens_details": {"reasoning_tokens": 878}}, (900, 0, False)),
    ({"prompt_tokens": 30, "completion_tokens": 900}, (900, 0, True)),
    ({"prompt_tokens": 30, "completion_tokens": 22, "prompt_tokens_details": {"cached_tokens": 99}}, (22, 30, False)),
    ({"prompt_tokens": 30, "completion_tokens": 22, "prompt_tokens_details": None}, (22, 0, False)),
]


@pytest.mark.parametrize(("said", "taken"), SAID)
def test_usage_is_read_with_what_was_reasoned_and_cached(said: dict[str, object], taken: tuple[int, int, bool]) -> None:
    counted = usage.read(said, request=CHAT, answer=ANSWER, count=lambda text: len(text) // 4)

    assert (counted.usage.answer, counted.usage.cached, bool(counted.remark)) == taken


@pytest.mark.parametrize(("name", "finish"), [("cut", "length"), ("filtered", "filter")])
def test_a_cut_or_filtered_answer_says_so(served: Served, name: str, finish: str) -> None:
    assert finish == ask(served.address, name).finish


@pytest.mark.parametrize("name", ["good", "unusual", "old-server"])
def test_a_streamed_reply_is_the_same_as_a_whole_one(served: Served, name: str) -> None:
    reply = ask(served.address, name, watch=never)

    assert (reply.text.strip(), reply.finish) == (ANSWER, "stop")
    assert (name != "old-server") == reply.usage.counted


def test_a_server_that_ignores_the_wish_to_stream_is_read_all_the_same(served: Served) -> None:
    assert ask(served.address, "lying", watch=never).text == ANSWER


def test_a_runaway_repetition_is_stopped_while_it_streams(served: Served) -> None:
    before = served.pieces_sent

    reply = ask(served.address, "runaway", watch=lambda text: text.count("und so weiter") > 30)

    assert reply.finish == "loop"
    assert 30 < reply.text.count("und so weiter") < 200
    assert not reply.usage.counted
    time.sleep(0.1)
    assert served.pieces_sent - before < 1000


def test_hundreds_of_requests_are_in_flight_from_one_client_with_little_work_for_each(served: Served) -> None:
    number = 300
    served.most_at_once = 0

    async def all_of_them() -> float:
        model = Hosted("slow", base_url=served.address, jobs=number)
        await model.complete(CHAT)
        began = time.thread_time()
        await asyncio.gather(*(model.complete(CHAT) for _ in range(number)))
        spent = time.thread_time() - began
        await model.aclose()
        return spent / number

    seconds = asyncio.run(all_of_them())

    assert served.most_at_once > 250
    assert seconds < 0.010


def test_a_request_that_is_cancelled_leaves_the_client_usable(served: Served) -> None:
    async def cancelled() -> str:
        model = Hosted("slow", base_url=served.address)
        task = asyncio.create_task(model.complete(CHAT))
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        text = (await model.complete(CHAT)).text
        await model.aclose()
        return text

    assert asyncio.run(cancelled()) == ANSWER


LOCAL = [
    ("http://127.0.0.1:8080/v1", True),
    ("http://127.9.9.9/v1", True),
    ("http://localhost:1234", True),
    ("http://[::1]:8000/v1", True),
    ("http://LOCALHOST:1234", True),
    ("http://192.168.1.5:8000/v1", False),
    ("https://api.openai.com/v1", False),
    ("http://127.0.0.1.example.com/v1", False),
    ("http://localhost.example.com/v1", False),
    ("http://127.0.0.1@example.com/v1", False),
    ("http://127.0.0.1\\@example.com/v1", False),
    ("http://0.0.0.0:80", False),
]


@pytest.mark.parametrize(("address", "local"), LOCAL)
def test_only_this_machine_is_local(address: str, local: bool) -> None:
    assert local == hosted.is_local(address)


@pytest.mark.parametrize("address", ["api.openai.com", "ftp://x/v1", "http://", "not an address"])
def test_an_address_that_is_none_is_a_wrong_setting(address: str) -> None:
    with pytest.raises(SettingError, match="no address of a model server"):
        Hosted("x", base_url=address)


def test_the_address_comes_from_the_environment_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Hosted("x").address == "https://api.openai.com/v1"

    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:8080/v1/")
    assert Hosted("x").address == "http://127.0.0.1:8080/v1"


def test_importing_a_hosted_model_loads_no_client_library() -> None:
    import subprocess
    import sys

    code = "import sys, translate.models.hosted, translate.models.catalog; print(sorted({'openai', 'httpx2', 'pydantic', 'tiktoken', 'llama_cpp', 'xllamacpp'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ))

    assert done.stdout.strip() == "[]"
