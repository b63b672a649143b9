"""The desk's server is killed while people type and a run goes on: nothing that is older than a second is lost."""

from __future__ import annotations

import getpass
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests import works
from tests.test_web_command import started
from translate.document import plain
from translate.languages import find
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.works import prepare
from translate.store import Store

TYPISTS = 4
OLD = 1.0
"""Seconds after which what was typed must be there."""


def test_nothing_older_than_a_second_is_lost_when_the_server_is_killed(tmp_path: Path, model_server: Callable[..., str]) -> None:
    address = model_server("--delay", "0.1", "--slots", "1")
    chapters = [[f"House {n} of row {m} had many printers at work." for n in range(40)] for m in range(3)]
    folder, store, _ = prepare(works.epub(tmp_path / "small.epub", chapters), target=find("de"), source_language=None, out=tmp_path / "output")
    names = [segment.id for segment in store.segments()][-TYPISTS:]
    store.close()
    typed: dict[str, list[tuple[float, str]]] = {name: [] for name in names}
    over = threading.Event()
    with started("serve", folder=tmp_path) as (process, said), httpx.Client(trust_env=False, base_url=said["address"], timeout=20) as client:
        client.get(said["link"])
        word = client.get("/").text.split('name="form_word" value="')[1].split('"')[0]
        origin, base = {"origin": said["address"]}, f"/works/{key_of(folder)}"
        assert 303 == client.post(f"{base}/run", data={"form_word": word, "model": "hosted", "model_name": "bench", "base_url": address}, headers=origin).status_code

        def types(name: str) -> None:
            number = 0
            while not over.is_set():
                text, at = f"What was typed {number}", time.monotonic()
                try:
                    client.post(f"{base}/passages/{name}/jot", data={"form_word": word, "pieces": json.dumps([text]), "seen": ""}, headers=origin)
                except httpx.TransportError:
                    return
                typed[name].append((at, text))
                number += 1

        people = [threading.Thread(target=types, args=(name,)) for name in names]
        for person in people:
            person.start()
        deadline = time.monotonic() + 30
        while (min(len(rows) for rows in typed.values()) < 5 or not _translated(folder.store)) and time.monotonic() < deadline:
            time.sleep(0.1)
        process.kill()
        killed = time.monotonic()
        over.set()
        for person in people:
            person.join(30)

    with Store.open(folder.store) as kept:
        assert () == kept.verify()
        assert kept.runs()[-1].outcome == ""
        for name, rows in typed.items():
            jotted = kept.reviewing.jotted(name, getpass.getuser())
            there = int(plain(jotted.target).split()[-1]) if jotted else -1
            assert len(rows) >= 5
            assert there >= max((int(text.split()[-1]) for at, text in rows if at < killed - OLD), default=0)


def _translated(path: Path) -> int:
    """How many passages the run has brought so far."""
    with Store.open(path, readonly=True) as store:
        return store.totals().done
