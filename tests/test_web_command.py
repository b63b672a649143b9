"""``dragoman serve`` and ``dragoman review``, as a person starts them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests import works
from tests.terminal import ROOT, here
from translate.languages import find
from translate.pipeline import order as orders
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.progress import Silent
from translate.pipeline.works import prepare
from translate.store import Store


@contextmanager
def started(*arguments: object, folder: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """The command in a process of its own, and what it says as JSON."""
    command = [sys.executable, "-m", "translate", *map(str, arguments), "--port", "0", "--no-open", "--json"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DRAGOMAN_HOME": str(folder / "home")}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def test_serve_prints_the_link_that_opens_the_desk_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    with started("serve", folder=tmp_path) as (process, said):
        with httpx.Client(trust_env=False) as client:
            assert client.get(said["address"]).status_code == 401
            assert client.get(said["link"]).status_code == 200
            assert client.get(said["address"]).status_code == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)

    assert process.returncode in (0, 130, -signal.SIGINT)
    assert "Traceback" not in err
    assert said["link"].rsplit("/", 1)[-1] not in out + err


def test_a_page_that_listens_does_not_hold_up_the_end(tmp_path: Path, model_server: Callable[..., str]) -> None:
    address = model_server("--delay", "0.5", "--slots", "1")
    folder, store, _ = prepare(works.epub(tmp_path / "small.epub", [["It rained all day."] * 3]), target=find("de"), source_language=None, out=tmp_path / "output")
    store.close()
    with started("serve", folder=tmp_path) as (process, said), httpx.Client(trust_env=False, base_url=said["address"]) as client:
        client.get(said["link"])
        word = client.get("/").text.split('name="form_word" value="')[1].split('"')[0]
        fields = {"form_word": word, "model": "hosted", "model_name": "bench", "base_url": address}
        path = f"/works/{key_of(folder)}"
        assert client.post(f"{path}/run", data=fields, headers={"origin": said["address"]}).status_code == 303
        with client.stream("GET", f"{path}/events") as stream:
            lines = stream.iter_lines()
            while not next(lines).startswith("event: standing"):
                pass
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=20)

    assert "Traceback" not in err
    assert "Cancel" not in err
    with Store.open(folder.store, readonly=True) as kept:
        assert kept.runs()[-1].outcome in ("stopped", "finished")


def test_review_opens_its_work(tmp_path: Path) -> None:
    book = works.epub(tmp_path / "small.epub", [["It rained all day."]])
    orders.carry_out(orders.Order(book, "de", model="pseudo", out=tmp_path / "output"), Silent())

    with started("review", "small.de", folder=tmp_path) as (_, said), httpx.Client(trust_env=False, base_url=said["address"]) as client:
        opened = client.get(said["link"]).text
        path = opened.split('content="0;url=', 1)[1].split('"', 1)[0]

        assert "A Small Book" in client.get(path).text


def test_an_address_that_is_taken_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = here("serve", "--no-open", "--port", str(taken.getsockname()[1]))

    assert said.code == 1
    assert "cannot be listened on" in said.err
    assert said.err.count("\n") == 1


def test_an_address_that_others_can_reach_needs_accounts() -> None:
    said = here("serve", "--no-open", "--host", "0.0.0.0", "--port", "0")

    assert said.code == 1
    assert "accounts" in said.err


def test_review_of_an_unknown_work_says_which_there_are(tmp_path: Path) -> None:
    said = here("review", "nothing-here", "--no-open", "--port", "0")

    assert said.code == 1
    assert "No work" in said.err
