"""How often a request is sent before a server is given up: no pause of these tests is a real one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.test_store import book, new_store
from translate.errors import ModelError, ModelUnreachable, RateLimited, RequestFails
from translate.models.scripted import Scripted
from translate.models.seam import Price, Request
from translate.pipeline.progress import Silent
from translate.pipeline.running.caller import PROBE, Caller
from translate.pipeline.running.gate import Gate
from translate.pipeline.running.purse import Purse

DOWN = ModelUnreachable("broke off")
BUSY = RateLimited("asks to wait", 0.0)


def asked(name: str) -> Request:
    return Request(messages=(("user", name),), most=10)


def attempts(tmp_path: Path, script: list[str | ModelError], others: list[int], probe: str | ModelError) -> tuple[int, str]:
    """How many attempts one request took of ``script``, and how it ended; before each of the attempts ``others`` another request is answered, ``probe`` is the answer to a probe."""

    async def scene() -> tuple[int, str]:
        rest = iter(script)
        model = Scripted(lambda request: next(rest) if "hard" in request.messages[0][1] else probe if PROBE in request.messages[0][1] else "easy")
        made = 0

        async def pause(seconds: float) -> None:
            nonlocal made
            made += 1
            if made in others:
                await caller.ask(asked(f"easy {made}"), purpose="translate", prompt="", segments=())

        caller = Caller(model, store, gate=Gate(4), progress=Silent(), purse=Purse(), sleep=pause)
        if 0 in others:
            await caller.ask(asked("easy"), purpose="translate", prompt="", segments=())
        try:
            await caller.ask(asked("hard"), purpose="translate", prompt="", segments=())
        except ModelError as error:
            return made + 1, type(error).__name__
        return made + 1, "answered"

    with new_store(tmp_path / "work.db", book()) as store:
        return asyncio.run(scene())


@pytest.mark.parametrize(
    ("script", "others", "probe", "expected"),
    [
        ([DOWN] * 99, [], DOWN, (3, "ModelUnreachable")),
        ([DOWN] * 99, [], "yes", (3, "RequestFails")),
        ([DOWN] * 99, [0], DOWN, (6, "ModelUnreachable")),
        ([DOWN] * 99, [0], BUSY, (6, "ModelUnreachable")),
        ([DOWN] * 99, [0], "yes", (6, "RequestFails")),
        ([DOWN] * 99, [0, 1, 2, 3], DOWN, (6, "ModelUnreachable")),
        ([DOWN] * 99, list(range(99)), DOWN, (6, "RequestFails")),
        ([DOWN] * 5 + ["answer"], [0, 2, 4], DOWN, (6, "answered")),
        ([BUSY] * 99, [], "yes", (12, "RateLimited")),
        ([BUSY] * 11 + ["answer"], [], DOWN, (12, "answered")),
    ],
    ids=[
        "nobody is there",
        "only this is not answered",
        "died",
        "died, and asks to wait",
        "it is this request",
        "died later",
        "answers all others",
        "a line that gets better",
        "asks to wait for ever",
        "asks to wait",
    ],
)
def test_a_request_is_given_up_after_some_attempts_and_the_server_where_it_answers_no_other(
    tmp_path: Path, script: list[str | ModelError], others: list[int], probe: str | ModelError, expected: tuple[int, str]
) -> None:
    assert expected == attempts(tmp_path, script, others, probe)


def test_a_probe_is_a_few_words_and_is_paid_for_like_any_request(tmp_path: Path) -> None:
    model = Scripted(lambda request: "yes" if PROBE in str(request) else DOWN, price=Price(1e6, 0, 0))

    async def scene(purse: Purse) -> None:
        caller = Caller(model, store, gate=Gate(4), progress=Silent(), purse=purse, sleep=lambda seconds: asyncio.sleep(0))
        with pytest.raises(RequestFails):
            await caller.ask(Request(messages=(("system", "rules"), ("user", "hard " * 99)), most=500, schema="{}"), purpose="translate", prompt="", segments=())

    with new_store(tmp_path / "work.db", book()) as store:
        asyncio.run(scene(Purse()))
        spent = store.spent()

    assert [Request(messages=(("user", PROBE),), most=8)] == [request for request in model.requests if "hard" not in str(request)]
    assert model.count(PROBE) == spent.prompt
