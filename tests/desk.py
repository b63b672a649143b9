"""A desk for tests: a real uvicorn on a free loopback port, and real clients that open it as a browser does."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import uvicorn
from argon2 import PasswordHasher
from starlette.applications import Starlette

from translate.pipeline.desk.people import People, Role
from translate.web import serve
from translate.web.app import create
from translate.web.call import cookie_name
from translate.web.desk import Desk
from translate.web.settings import Settings

WORD = re.compile(r'name="form_word" value="([0-9a-f]+)"')


@dataclass(frozen=True, slots=True)
class Served:
    """A desk that is being served."""

    app: Starlette
    address: str
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        """What its pages share."""
        desk: Desk = self.app.state.desk
        return desk

    def stranger(self) -> httpx.Client:
        """A client without a session."""
        client = httpx.Client(base_url=self.address, timeout=30, trust_env=False)
        self.clients.append(client)
        return client

    def owner(self) -> Browser:
        """A client that has opened the link."""
        client = self.stranger()
        client.get(self.desk.link()).raise_for_status()
        return Browser(client)

    def session(self, name: str) -> Browser:
        """A client with a session of somebody who has an account, without a password being hashed."""
        people = self.desk.people
        assert people is not None
        client = self.stranger()
        client.cookies.set(cookie_name(self.desk), people.begin(name))
        return Browser(client)


PASSWORD = "correct horse battery"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""Hashes a thousand times as fast as it should be, for passwords that protect nothing."""


def with_people(wanted: Settings, **roles: str) -> Settings:
    """The settings of a desk with accounts; ``roles`` by name (an owner "Olga" is always there)."""
    people = People(wanted.workspace, hasher=QUICK)
    try:
        for name, role in ({"Olga": "owner"} | roles).items():
            people.add(name, Role.read(role), password=PASSWORD)
    finally:
        people.close()
    return replace(wanted, accounts=True)


class Browser:
    """A client that sends forms as a page of the desk does: with its origin and the form's word."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        found = WORD.search(client.get("/").text)
        self.word = found[1] if found else ""

    def get(self, path: str) -> httpx.Response:
        """Look at a page."""
        return self.client.get(path)

    def waited(self, path: str) -> str:
        """A page that may say first that it is being looked for: what it says in the end."""
        text = self.get(path).text
        while 'class="waiting"' in text:
            time.sleep(0.05)
            text = self.get(f"{path}{'&' if '?' in path else '?'}waited=1").text
        return text

    def post(self, path: str, fields: dict[str, str] | None = None, *, files: dict[str, tuple[str, bytes]] | None = None) -> httpx.Response:
        """Send a form."""
        origin = str(self.client.base_url).rstrip("/")
        return self.client.post(path, data={"form_word": self.word, **(fields or {})}, files=files, headers={"origin": origin})


def settings(folder: Path, **wanted: object) -> Settings:
    """Settings of a desk whose folders are under ``folder``."""
    return replace(Settings(folder / "output", folder / "state", port=0, glossaries=folder / "glossaries", workspace=folder / "workspace.db"), **wanted)


@contextmanager
def serving(wanted: Settings) -> Iterator[Served]:
    """Serve until the block ends."""
    listening = serve.listen(wanted)
    wanted = replace(wanted, port=listening.getsockname()[1])
    app = create(wanted)
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning", server_header=False, timeout_graceful_shutdown=1, proxy_headers=False))
    app.state.server = server
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    served = Served(app, wanted.address())
    try:
        yield served
    finally:
        for client in served.clients:
            client.close()
        server.should_exit = True
        thread.join(20)
        listening.close()
        assert not thread.is_alive()
