"""The gate lets in what the server can take: fewer after a refusal, more again when it copes, never more than was ordered."""

import asyncio

from translate.pipeline.running.gate import Gate


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_never_more_are_in_than_the_limit_and_nobody_is_forgotten():
    inside, most, done = 0, 0, []

    async def visit(gate, number):
        nonlocal inside, most
        async with gate:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1
        done.append(number)

    async def all_visits():
        gate = Gate(3)
        await asyncio.gather(*(visit(gate, number) for number in range(20)))

    asyncio.run(all_visits())

    assert 3 == most
    assert list(range(20)) == sorted(done)


def test_refusals_that_come_together_are_one_signal():
    clock = Clock()
    gate = Gate(16, clock=clock)

    for _ in range(10):
        gate.slower()

    assert 11 == int(gate.limit)
    clock.now += 2
    gate.slower()
    assert 7 == int(gate.limit)


def test_a_server_that_copes_again_gets_all_again_soon():
    gate = Gate(16, clock=Clock())
    gate.slower()

    for _ in range(24):
        gate.faster()

    assert 16 == gate.limit


def test_one_is_always_let_in():
    clock = Clock()
    gate = Gate(4, clock=clock)

    for _ in range(20):
        clock.now += 5
        gate.slower()

    assert 1 == gate.limit


def test_a_visitor_who_gives_up_waiting_takes_no_place():
    async def scene():
        gate = Gate(1)
        async with gate:
            waiting = asyncio.create_task(gate.__aenter__())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        async with asyncio.timeout(1), gate:
            return True

    assert asyncio.run(scene())
