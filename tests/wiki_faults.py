"""A small HTTP server before a wiki that passes everything on, but for the faults it is told to make."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import httpx

Spoiler = Callable[[dict[str, str]], None]


class Proxy(ThreadingHTTPServer):
    """``faults`` are made one after the other, each for one request whose ``action`` is ``only``.

    "429", "503" (with Retry-After), "500", "maxlag", "before" (the connection drops before the wiki hears of it), "after" (it drops when the wiki has done it), "slow" (the wiki has done it, and the answer takes two seconds), "badtoken", "html", "elsewhere" (a redirect to another host), "moved" (one to the same place on another port), "big",
    "" (none), or a function that is given the form and does something first (another person's edit).
    """

    daemon_threads = True

    def __init__(self, upstream: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream = upstream
        self.faults: deque[str | Spoiler] = deque()
        self.only = "edit"
        self.made: Counter[str] = Counter()
        self.seen: list[tuple[dict[str, str], dict[str, str]]] = []
        self.busy = 0
        self.most = 0
        self.lock = threading.Lock()

    @property
    def home(self) -> str:
        """The address of the proxy."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def api(self) -> str:
        """The address of api.php through the proxy."""
        return f"{self.home}/api.php"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Proxy
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Pass on or spoil."""
        self._answer(b"")

    def do_POST(self) -> None:
        """Pass on or spoil."""
        self._answer(self.rfile.read(int(self.headers.get("content-length", 0))))

    def _answer(self, body: bytes) -> None:
        server = self.server
        form = {name: values[0] for name, values in parse_qs((body.decode() + "&" + self.path.partition("?")[2]).strip("&"), keep_blank_values=True).items()}
        with server.lock:
            server.seen.append((form, dict(self.headers)))
            fault = server.faults.popleft() if server.faults and (form.get("action") == server.only or not server.only) else ""
        if callable(fault):
            server.made["conflict"] += 1
            fault(form)
            fault = ""
        elif fault:
            server.made[fault] += 1
        self._made(fault, body)

    def _made(self, fault: str, body: bytes) -> None:
        if fault in ("429", "503", "500"):
            self._say(int(fault), b"busy", {"Retry-After": "1"} if fault != "500" else {})
        elif fault == "maxlag":
            self._say(
                200,
                json.dumps({"error": {"code": "maxlag", "info": "Waiting for a database server: 7 seconds lagged.", "lag": 7}}).encode(),
                {"Retry-After": "5"},
            )
        elif fault == "html":
            self._say(200, b"<html>a hotel's login page</html>", {})
        elif fault == "elsewhere":
            self._say(302, b"", {"Location": "http://elsewhere.invalid/api.php"})
        elif fault == "moved":
            self._say(301, b"", {"Location": self.server.upstream + self.path})
        elif fault == "big":
            with suppress(ConnectionError):  # who asked hangs up before the end
                self._say(200, b'{"x": "' + b"x" * 70_000_000 + b'"}', {})
            self.close_connection = True
        elif fault == "before":
            self.connection.close()
            self.close_connection = True
        else:
            self._pass_on(body.replace(b"token=", b"token=0") if fault == "badtoken" else body, drop=fault == "after", wait=2.0 if fault == "slow" else 0.0)

    def _pass_on(self, body: bytes, *, drop: bool, wait: float) -> None:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "content-length", "connection", "accept-encoding")}
        server = self.server
        with server.lock:
            server.busy += 1
            server.most = max(server.most, server.busy)
        try:
            answer = httpx.request(self.command, server.upstream + self.path, content=body or None, headers=headers, timeout=60)
        finally:
            with server.lock:
                server.busy -= 1
        time.sleep(wait)
        if drop or wait:
            self.connection.close()
            self.close_connection = True
            return
        kept = {name: value for name, value in answer.headers.multi_items() if name.lower() in ("content-type", "retry-after", "location")}
        self._say(answer.status_code, answer.content, kept, cookies=answer.headers.get_list("set-cookie"))

    def _say(self, status: int, body: bytes, headers: dict[str, str], *, cookies: list[str] | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        for cookie in cookies or ():
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def before(upstream: str) -> Iterator[Proxy]:
    """A proxy before the server at ``upstream`` while the block lasts."""
    proxy = Proxy(upstream)
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()
