"""How often a request is sent before a server is given up: no pause of these tests is a real one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.test_store import book, new_store
from translate.errors import ModelError, ModelUnreachable, RateLimited
from translate.models.scripted import Scripted
from translate.models.seam import Request
from translate.pipeline.caller import Caller
from translate.pipeline.gate import Gate
from translate.pipeline.progress import Silent
from translate.pipeline.purse import Purse

DOWN = ModelUnreachable("broke off")
BUSY = RateLimited("asks to wait", 0.0)


def asked(name: str) -> Request:
    return Request(messages=(("user", name),), most=10)


def attempts(tmp_path: Path, script: list[str | ModelError], others: list[int]) -> tuple[int, bool]:
    """How many attempts one request took of ``script``, and whether it was answered; before each of the attempts ``others``, another request is answered."""

    async def scene() -> tuple[int, bool]:
        rest = iter(script)
        model = Scripted(lambda request: next(rest) if "hard" in request.messages[0][1] else "easy")
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
        except ModelError:
            return made + 1, False
        return made + 1, True

    with new_store(tmp_path / "work.db", book()) as store:
        return asyncio.run(scene())


@pytest.mark.parametrize(
    ("script", "others", "expected"),
    [
        ([DOWN] * 99, [], (3, False)),
        ([DOWN] * 99, [0], (5, False)),
        ([DOWN] * 99, [0, 1, 2, 3], (9, False)),
        ([DOWN] * 99, list(range(99)), (10, False)),
        ([DOWN] * 6 + ["answer"], [0, 2, 4], (7, True)),
        ([BUSY] * 99, [], (12, False)),
        ([BUSY] * 11 + ["answer"], [], (12, True)),
    ],
    ids=["nobody is there", "died", "died later", "a bad line", "a line that gets better", "asks to wait for ever", "asks to wait"],
)
def test_a_server_is_given_up_sooner_the_less_it_answers_others(tmp_path: Path, script: list[str | ModelError], others: list[int], expected: tuple[int, bool]) -> None:
    assert expected == attempts(tmp_path, script, others)
