"""Many people at one work at once, as the benchmark has them: nothing is lost, nothing doubled, nothing breaks."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from benchmarks import reviewers
from translate.languages import lemmas


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_what_many_people_decide_while_a_run_writes_is_kept_once(tmp_path: Path) -> None:
    found = reviewers.trial(tmp_path, people=10, seconds=15, pace=2, paragraphs=15)

    assert (0, 0, 0) == (found.lost, found.doubled, found.faults)
    assert found.approved > 0
    assert found.translated > 0


def test_an_approval_that_is_not_in_the_store_is_counted_as_lost_and_a_strange_one_as_doubled(tmp_path: Path) -> None:
    from benchmarks import made
    from translate.languages import find
    from translate.pipeline.works import prepare

    folder, store, _ = prepare(made.write(tmp_path / "book.epub", chapters=1), target=find("de"), source_language=None, out=tmp_path / "output")
    with store:
        one, two = store.reviewing.everything()[:2]
        store.review(one, ("Da steht w1n1",), who="Ann")
        store.review(two, ("Da steht w9n9",), who="Bob")
    answer = {"times": {"approve": [10.0, 20.0]}, "statuses": {"200": 2}, "approved": [(one, "w1n1"), (one, "w2n1")], "unsure": [], "overtaken": 0}

    found = reviewers._told(folder.store, [answer], people=2, seconds=1, cpu=0, log="")

    assert (1, 1, 0, 2) == (found.lost, found.doubled, found.faults, found.approved)
    assert not found.reached


def test_threads_that_want_a_dictionary_at_once_load_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[str] = []
    gate = threading.Barrier(6)

    class Slow:
        def get_dictionary(self, name: str) -> None:
            loads.append(name)
            threading.Event().wait(0.05)

    monkeypatch.setattr(lemmas, "_loaded", Slow)
    monkeypatch.setattr(lemmas, "_READY", set())

    def ask() -> None:
        gate.wait()
        lemmas._ready("de")

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert loads == ["de"]
