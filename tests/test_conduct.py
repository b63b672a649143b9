"""Runs that a person can pause, take up again and stop at once, several side by side; nothing that came in is lost or paid for twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import works
from translate import languages
from translate.errors import ModelRefused, SettingError
from translate.models.scripted import Scripted
from translate.models.seam import Profile, Request
from translate.pipeline import order as orders
from translate.pipeline.desk.conduct import Conductor, Job
from translate.pipeline.order import Order
from translate.pipeline.progress import Silent, Standing
from translate.pipeline.works import Folder, prepare
from translate.store import Store

CHAPTERS = [[f"House {chapter} had {10 + number} printers, and nobody asked them number {number}." for number in range(10)] for chapter in range(3)]
PROFILE = Profile("scripted", chunk=60)


def imported(folder: Path, name: str = "small.epub") -> Folder:
    """A work that lies there, with nothing translated."""
    place, store, _ = prepare(works.epub(folder / name, CHAPTERS), target=languages.find("de"), source_language=None, out=folder / "out")
    store.close()
    return place


def begun(folder: Folder, model: Scripted, conductor: Conductor | None = None) -> Job:
    return (conductor or Conductor()).begin(folder, Order(folder.path / "small.epub", "de", jobs=2, out=folder.path.parent), model=model)


def until(true: Callable[[], bool], *, seconds: float = 20) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.005)


def done(folder: Folder) -> int:
    with Store.open(folder.store, readonly=True) as store:
        return store.totals().done


def ended(job: Job) -> Job:
    assert job.thread is not None
    job.thread.join(30)
    assert not job.thread.is_alive()
    return job


def test_a_run_is_carried_out_to_its_end_and_says_how_it_stands(tmp_path: Path) -> None:
    folder = imported(tmp_path)

    job = ended(begun(folder, Scripted(works.answer, profile=PROFILE)))

    view = job.view()
    assert view.standing is not None
    assert (view.state, view.standing.done, view.left) == ("finished", view.standing.total, None)
    assert view.quote is not None
    assert done(folder) == view.standing.total
    assert job.result is not None
    assert job.result.book is not None


def test_nothing_is_asked_while_a_run_is_paused(tmp_path: Path) -> None:
    model = Scripted(works.answer, profile=PROFILE, delay=0.02)
    job = begun(imported(tmp_path), model)
    until(lambda: len(model.requests) >= 3)

    job.pause()
    time.sleep(0.15)
    asked = len(model.requests)
    time.sleep(0.3)

    assert job.view().state == "paused"
    assert asked == len(model.requests)
    job.resume()
    assert ended(job).view().state == "finished"
    assert len(model.requests) > asked


def test_a_stop_breaks_off_at_once_and_keeps_what_came_in(tmp_path: Path) -> None:
    folder = imported(tmp_path)
    slow = Scripted(works.answer, profile=PROFILE, delay=0.1)
    job = begun(folder, slow)
    until(lambda: done(folder) > 0)

    began = time.monotonic()
    job.stop()
    ended(job)

    assert time.monotonic() - began < 5
    assert job.view().state == "stopped"
    kept = done(folder)
    assert kept > 0
    model = Scripted(works.answer, profile=PROFILE)
    assert ended(begun(folder, model)).view().state == "finished"
    answered = {text for request in slow.requests[:-2] for _, text in works.asked(request)}
    assert set() == answered & {text for request in model.requests for _, text in works.asked(request)}


def test_a_paused_run_can_be_stopped(tmp_path: Path) -> None:
    folder = imported(tmp_path)
    model = Scripted(works.answer, profile=PROFILE, delay=0.02)
    job = begun(folder, model)
    until(lambda: len(model.requests) >= 2)

    job.pause()
    job.stop()

    assert ended(job).view().state == "stopped"


def test_a_run_that_is_stopped_before_it_began_asks_nothing(tmp_path: Path) -> None:
    folder = imported(tmp_path)
    model = Scripted(works.answer, profile=PROFILE)
    job = Job(folder, Order(folder.path / "small.epub", "de", out=folder.path.parent))
    job.stop()

    job.work(orders.carry_out, model)

    assert job.view().state == "stopped"
    assert [] == model.requests


def test_stopping_ends_the_run_in_the_store_so_that_another_can_begin(tmp_path: Path) -> None:
    folder = imported(tmp_path)
    job = begun(folder, Scripted(works.answer, profile=PROFILE, delay=0.1))
    until(lambda: done(folder) > 0)
    job.stop()
    ended(job)

    with Store.open(folder.store, readonly=True) as store:
        assert [run.outcome for run in store.runs()] == ["stopped"]


def test_one_run_at_a_time_on_a_work(tmp_path: Path) -> None:
    conductor, folder = Conductor(), imported(tmp_path)
    job = begun(folder, Scripted(works.answer, profile=PROFILE, delay=0.05), conductor)

    with pytest.raises(SettingError, match="under way"):
        begun(folder, Scripted(works.answer), conductor)

    job.stop()
    ended(job)
    assert ended(begun(folder, Scripted(works.answer, profile=PROFILE), conductor)).view().state == "finished"


def test_several_works_go_on_side_by_side(tmp_path: Path) -> None:
    conductor = Conductor()
    together = threading.Barrier(2, timeout=20)

    def meets(request: Request) -> str:
        if "House 0" in str(request.messages[-1]):
            together.wait()
        return works.answer(request)

    profile = Profile("scripted", chunk=4000)
    jobs = [begun(imported(tmp_path, name), Scripted(meets, profile=profile), conductor) for name in ("one.epub", "two.epub")]

    assert {"finished"} == {ended(job).view().state for job in jobs}
    assert {"one.de", "two.de"} == set(conductor.views())


def test_what_is_being_mended_is_told_with_what_is_wrong(tmp_path: Path) -> None:
    seen = []

    class Told(Silent):
        def mends(self, mending: object) -> None:
            seen.append(mending)

    def always_loses(request: Request) -> str:
        return "\n".join(f"{label}| {works.rendered(text.replace('15', '51'))}" for label, text in works.asked(request))

    folder = imported(tmp_path)
    orders.carry_out(Order(folder.path, "de", out=folder.path.parent), Told(), model=Scripted(always_loses, profile=PROFILE), folder=folder)

    assert {"again", "alone"} <= {one.rung for one in seen}
    assert all("15" in one.source and any("15" in said for said in one.findings) for one in seen)


def test_why_a_run_failed_is_told(tmp_path: Path) -> None:
    job = ended(begun(imported(tmp_path), Scripted(lambda request: ModelRefused("the key was refused"), profile=PROFILE)))

    assert (job.view().state, job.view().message) == ("failed", "the key was refused")


def test_a_fault_of_ours_does_not_leave_a_run_under_way_for_ever(tmp_path: Path) -> None:
    def broken(*arguments: object, **named: object) -> orders.Result:
        raise ZeroDivisionError

    job = Job(Folder(tmp_path), Order(tmp_path, "de"))
    with pytest.raises(ZeroDivisionError):
        job.work(broken, None)

    assert job.view().over


def test_closing_stops_every_run(tmp_path: Path) -> None:
    conductor, folder = Conductor(), imported(tmp_path)
    job = begun(folder, Scripted(works.answer, profile=PROFILE, delay=0.1), conductor)
    until(lambda: done(folder) > 0)

    conductor.close()

    assert job.view().state == "stopped"


def test_the_time_that_is_left_leaves_pauses_out(tmp_path: Path) -> None:
    now = 0.0
    job = Job(Folder(tmp_path), Order(tmp_path, "de"), clock=lambda: now)
    job.stands(Standing(120, 20, 0))
    now = 100.0
    job.stands(Standing(120, 70, 0))
    job.pause()
    now = 5000.0

    view = job.view()

    assert view.seconds == 100
    assert view.left is not None
    assert view.left.low < 100 < view.left.high


def test_a_run_is_ordered_again_as_it_was(tmp_path: Path) -> None:
    folder = imported(tmp_path)
    glossary = tmp_path / "terms.csv"
    glossary.write_text("printer,Drucker\n", encoding="utf-8")
    first = Order(folder.path / "small.epub", "de", model="pseudo", glossaries=(glossary,), out=folder.path.parent, budget=2.5, jobs=3, price="1/1/2", local_only=True, bilingual=True, only="c*")
    orders.carry_out(first, Silent(), folder=folder)

    again = orders.again(folder)

    assert (again.model, again.glossaries, again.budget, again.jobs, again.price) == ("pseudo", (glossary,), 2.5, 3, "1/1/2")
    assert (again.local_only, again.bilingual, again.only, again.to) == (True, True, "c*", "de")
