"""Durable, shared and safe: group commit, kill -9, two processes, one run at a time, a full disk."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest

from tests.test_store import WORK, new_store
from translate.document import Document, Draft, Kind, Slot
from translate.errors import StoreBusy, StoreError
from translate.store import Choice, Judged, Outcome, RequestRow, Store
from translate.store.connections import SAYINGS, told
from translate.store.writer import Writer

COUNT = 300


def lines() -> tuple[Document, ...]:
    return (Document("one", "content", tuple(Slot("one", f"p{number}", Kind.PARAGRAPH, (f"line {number}",)) for number in range(COUNT))),)


def accepted(segment: str, text: str = "Zeile") -> Outcome:
    return Outcome((Judged(Draft(segment, (text,))),), (Choice(segment, "accepted", 0),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "work.db", lines()) as store:
        yield store


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process that runs ``code`` with this file's names at hand and ``path`` as the store."""
    head = "import sys, os, time\nfrom pathlib import Path\nfrom tests.test_store_writer import *\npath = Path(sys.argv[1])\n"
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen([sys.executable, "-c", head + code, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=here)


# --- group commit


def test_a_burst_of_outcomes_shares_few_commits(store: Store) -> None:
    futures = [store.commit(accepted(segment)) for segment in store.states()]
    wait(futures)
    assert {"accepted"} == {state.status for state in store.states().values()}
    assert store._writer.commits <= COUNT // 10


def test_outcomes_from_many_lanes_of_one_loop_are_all_there(store: Store) -> None:
    async def lane(segment: str) -> int:
        request = await asyncio.wrap_future(store.reserve(RequestRow("m", segment, segments=(segment,))))
        await asyncio.wrap_future(store.commit(accepted(segment)))
        return request

    async def run() -> list[int]:
        return await asyncio.gather(*(lane(segment) for segment in store.states()))

    assert len(set(asyncio.run(run()))) == COUNT
    assert {"accepted"} == {state.status for state in store.states().values()}


def test_a_wrong_outcome_does_not_take_its_neighbours_with_it(tmp_path: Path, store: Store) -> None:
    segments = list(store.states())[:20]
    futures = [store.commit(accepted("nonsense" if index == 7 else segment)) for index, segment in enumerate(segments)]
    wait(futures)
    assert [index for index, future in enumerate(futures) if future.exception()] == [7]
    assert sum(state.status == "accepted" for state in store.states().values()) == 19


def test_a_mistake_in_an_operation_reaches_the_caller_and_the_writer_lives_on(store: Store) -> None:
    writer = Writer(store.path)
    with pytest.raises(ZeroDivisionError):
        writer.submit(lambda connection: 1 // 0).result()
    with pytest.raises(StoreError, match="could not be stored"):
        writer.submit(lambda connection: connection.execute("INSERT INTO runs (id) VALUES ('x')")).result()
    assert writer.submit(lambda connection: connection.execute("SELECT 1").fetchone()).result() == (1,)
    writer.close()


def test_a_cancelled_task_does_not_take_its_outcome_with_it(store: Store) -> None:
    async def run(segments: list[str]) -> None:
        tasks = [asyncio.create_task(lane(segment)) for segment in segments]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def lane(segment: str) -> None:
        await asyncio.wrap_future(store.commit(accepted(segment)))

    asyncio.run(run(list(store.states())))
    store.close()
    with Store.open(store.path) as again:
        assert {state.status for state in again.states().values()} == {"accepted"}


def test_closing_writes_what_is_queued(store: Store) -> None:
    futures = [store.commit(accepted(segment)) for segment in store.states()]
    store.close()
    assert all(future.done() for future in futures)
    with Store.open(store.path) as again:
        assert {"accepted"} == {state.status for state in again.states().values()}


def test_every_commit_waits_for_the_disk_and_readers_do_not_block_it(store: Store) -> None:
    mode = store._writer.submit(lambda connection: connection.execute("PRAGMA synchronous").fetchone()).result()
    journal = store._writer.submit(lambda connection: connection.execute("PRAGMA journal_mode").fetchone()).result()
    keys = store._writer.submit(lambda connection: connection.execute("PRAGMA foreign_keys").fetchone()).result()
    assert (mode, journal, keys) == ((2,), ("wal",), (1,))
    reading = store.segments()
    next(reading)
    store.commit(accepted(next(iter(store.states())))).result(timeout=5)
    assert sum(1 for _ in reading) == COUNT - 1


def test_a_store_is_read_from_many_threads(store: Store) -> None:
    counts: list[int] = []
    threads = [threading.Thread(target=lambda: counts.append(len(list(store.segments())))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [COUNT] * 4


# --- kill -9

WORKING = """
store = Store.open(path)
store.start_run({"model": "m"})
waiting = [segment for segment, state in store.states().items() if state.status == "pending"]
for at in range(0, len(waiting), 5):
    some = waiting[at : at + 5]
    wait([store.reserve(RequestRow("m", segment, segments=(segment,), reserved_tokens=1)) for segment in some])
    futures = [store.commit(accepted(segment, "Zeile " + segment)) for segment in some]
    for segment, future in zip(some, futures):
        future.result()
        os.write(1, (segment + "\\n").encode())
print("done", flush=True)
time.sleep(60)
"""


def test_kill_9_loses_nothing_that_was_acknowledged(store: Store) -> None:
    store.close()
    acknowledged: set[str] = set()
    for round_ in range(3):
        worker = child(WORKING, store.path)
        assert worker.stdout
        for _ in range(3 + 30 * round_):
            acknowledged.add(worker.stdout.readline().strip())
        time.sleep(0.003 * round_)
        worker.send_signal(signal.SIGKILL)
        acknowledged.update(line for line in worker.communicate()[0].split("\n") if len(line) == 8)

        with Store.open(store.path) as after:
            states = after.states()
            assert after.verify() == ()
            assert acknowledged <= {segment for segment, state in states.items() if state.status == "accepted"}
            targets = dict(zip(states, (after.targets("one").get(f"p{number}") for number in range(COUNT)), strict=True))
            assert all(targets[segment] == (f"Zeile {segment}",) for segment in acknowledged)
    assert len(acknowledged) > 60


def test_a_run_that_died_is_closed_by_the_next_and_its_reservations_stay(store: Store) -> None:
    store.close()
    worker = child(
        "store = Store.open(path)\nstore.start_run({})\nstore.reserve(RequestRow('m', 'x', reserved_cost=0.5)).result()\nos.kill(os.getpid(), 9)", store.path
    )
    worker.communicate(timeout=30)
    with Store.open(store.path) as after:
        assert after.spent().open_requests == 1
        run = after.start_run({"model": "m"})
        assert ((spent := after.spent()).open_requests, spent.kept_requests, spent.most) == (0, 1, 0.5)
        assert [run.outcome for run in after.runs()] == ["broke off", ""]
        assert after.spent(run).most == 0.0


# --- two processes

RUNNING = """
store = Store.open(path)
run = store.start_run({"model": "m"})
print("running", flush=True)
sys.stdin = open(sys.argv[2])
store.end_run(run, "finished")
store.close()
print("ended", flush=True)
"""


def test_a_second_run_is_told_who_is_at_work_and_since_when(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "gate")
    worker = child(RUNNING, store.path, tmp_path / "gate")
    assert worker.stdout
    assert worker.stdout.readline().strip() == "running"
    with pytest.raises(StoreBusy, match=rf"process {worker.pid} on .*, since 20\d\d-\d\d-\d\dT") as caught:
        store.start_run({})
    with pytest.raises(StoreBusy, match="another run"):
        store.add_version("a.txt", b"b", lines())
    assert len(str(caught.value).splitlines()) == 1
    segment = next(iter(store.states()))
    store.review(segment, ("Zeile",), who="Anna")  # a person works on while it runs

    (tmp_path / "gate").write_text("")
    assert worker.communicate(timeout=30)[0].strip() == "ended"
    run = store.start_run({"jobs": "4"})
    with pytest.raises(StoreBusy, match=f"process {os.getpid()}"):
        store.start_run({})
    store.end_run(run, "budget")
    assert [(run.outcome, run.settings) for run in store.runs()] == [("finished", (("model", "m"),)), ("budget", (("jobs", "4"),))]


def test_the_lock_ends_with_its_process_even_by_kill_9(store: Store) -> None:
    worker = child("store = Store.open(path)\nstore.start_run({})\nprint('running', flush=True)\ntime.sleep(60)", store.path)
    assert worker.stdout
    worker.stdout.readline()
    worker.kill()
    worker.communicate()
    store.end_run(store.start_run({}), "finished")


REVIEWING = """
with Store.open(path) as store:
    print("open", flush=True)
    for segment in list(store.states())[:100]:
        store.review(segment, ("Von Hand",), who="Anna")
"""


def test_a_person_and_a_run_write_at_the_same_time_and_the_persons_word_stays(store: Store) -> None:
    reviewer = child(REVIEWING, store.path)
    assert reviewer.stdout
    reviewer.stdout.readline()
    store.start_run({})
    segments = list(store.states())
    rounds = 0
    while reviewer.poll() is None or rounds < 3:
        wait([store.commit(accepted(segment)) for segment in segments[:100]])
        rounds += 1
    assert reviewer.returncode == 0, reviewer.communicate()[1]
    reviewer.communicate()
    assert {("approved", "person")} == {(state.status, state.origin) for state in list(store.states().values())[:100]}
    assert ({("Von Hand",)}, ()) == (set(store.targets("one").values()), store.verify())


# --- the disk

FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(path)
segments = list(store.states())
store.commit(accepted(segments[0])).result()
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 60_000, resource.RLIM_INFINITY))
done = 1
try:
    for segment in segments[1:]:
        store.commit(accepted(segment, "Zeile " * 500)).result()
        done += 1
except StoreError as error:
    print(done, str(error).count("\\n"), error, flush=True)
os._exit(0)
"""


def test_a_full_disk_is_one_line_and_what_was_done_is_kept(store: Store) -> None:
    store.close()
    out, errors = child(FULL, store.path).communicate(timeout=60)
    assert "full" in out, (out, errors)
    done, breaks = map(int, out.split()[:2])
    with Store.open(store.path) as after:
        assert (breaks, after.verify()) == (0, ())
        assert done <= sum(state.status == "accepted" for state in after.states().values()) <= done + 1


MESSAGES = ["database or disk is full", "attempt to write a readonly database", "database is locked", "file is not a database", "unable to open database file"]


@pytest.mark.parametrize("message", [*MESSAGES, "database disk image is malformed", "disk I/O error", "something new"])
def test_every_error_of_sqlite_becomes_one_line_that_names_the_store(message: str) -> None:
    error = told(Path("output/work.db"), sqlite3.OperationalError(message))
    assert str(error).startswith("output/work.db: ")
    assert len(str(error).splitlines()) == 1
    assert (message == "something new") == (message in str(error) and not any(sign in message for sign, _, _ in SAYINGS))


def test_a_store_that_cannot_be_written_says_so_when_it_is_written(store: Store) -> None:
    segment = next(iter(store.states()))
    store._writer.submit(lambda connection: connection.execute("PRAGMA query_only=ON").fetchall()).result()
    with pytest.raises(StoreError, match="cannot be written"):
        store.commit(accepted(segment)).result()
    with pytest.raises(StoreError, match="cannot be written"):
        store.review(segment, ("x",), who="Anna")
    assert store.states()[segment].status == "pending"


def test_a_store_that_was_packed_without_wal_gets_it_back(store: Store, tmp_path: Path) -> None:
    store._writer.submit(lambda connection: None).result()
    connection = sqlite3.connect(store.path)
    connection.execute("VACUUM INTO ?", (str(tmp_path / "packed.db"),))
    connection.close()
    with Store.open(tmp_path / "packed.db") as packed:
        assert packed._writer.submit(lambda connection: connection.execute("PRAGMA journal_mode").fetchone()).result() == ("wal",)


READING = """
folder = path.parent
folder.chmod(0o555)
if os.getuid() == 0:
    os.setuid(65534)  # root may write anywhere
with Store.open(path, readonly=True) as store:
    print(len(store.states()), len(list(store.pairs())), store.verify())
try:
    Store.open(path).start_run({})
except StoreError as error:
    print(str(error).count("\\n"), error)
"""


def test_a_store_in_a_folder_that_may_not_be_written_can_be_read(store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    store.close()
    with tempfile.TemporaryDirectory() as shared:  # below pytest's own folder no other user may look
        Path(shared).chmod(0o755)
        path = Path(shared) / "work.db"
        shutil.copy(store.path, path)
        out, errors = child(READING, path).communicate(timeout=60)
        Path(shared).chmod(0o755)
    read, _, refused = out.partition("\n")
    assert read == f"{COUNT} {COUNT} ()", errors
    assert refused.startswith("0 ")
    assert "Check" in refused


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="folder cannot be made"):
        Store.create(tmp_path / "file" / "work.db", WORK)


def test_a_creation_that_was_cut_short_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "work.db.new").write_bytes(b"half a store")
    (tmp_path / "work.db.new-journal").write_bytes(b"half a journal")
    with Store.create(tmp_path / "work.db", WORK) as store:
        assert store.verify() == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["work.db", "work.db.lock"]


@pytest.mark.slow
def test_a_hundred_thousand_segments_are_imported_and_told_apart_quickly_in_little_memory(tmp_path: Path) -> None:
    code = """
import resource
def many(version):
    for chapter in range(100):
        texts = [f"Chapter {chapter}, line {number}: the bell rang {number * 7 % 101} times, and nobody came{version * (number % 50 == 0)}." for number in range(1000)]
        yield Document(f"c{chapter}", "content", tuple(Slot(f"c{chapter}", f"p{n}", Kind.PARAGRAPH, (text,)) for n, text in enumerate(texts)))
with Store.create(path, WORK) as store:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = [time.perf_counter()]
    store.add_version("a", b"a", many("")); times.append(time.perf_counter())
    assert 100_000 == sum(1 for _ in store.pairs()); times.append(time.perf_counter())
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    first = set(store.states()); times.append(time.perf_counter())
    store.add_version("a", b"b", many("!")); times.append(time.perf_counter())
    assert first == set(store.states())
print(*(b - a for a, b in zip(times, times[1:])), grown / 1024)
"""
    out, errors = child(code, tmp_path / "work.db").communicate(timeout=110)
    assert out, errors
    first, pairs, states, second, grown = map(float, out.split())
    assert (first < 20, pairs < 10, states < 1, second < 40, grown < 40) == (True, True, True, True, True), out
