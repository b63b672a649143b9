"""What every request passes first: the right host, the right origin, a bearable size; and the headers that every answer gets.

A page of another site that had its name bound to this machine sends its own name as Host, and gets nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cache-control": "no-store",
    "x-dns-prefetch-control": "off",
}
"""An answer that sets one of these itself keeps its own."""

Limit = Callable[[str], int]
"""The most bytes that may be sent to a path."""


class TooLarge(Exception):
    """More was sent than may be."""


class Guard:
    """The outermost layer. ``hosts`` and ``origins`` are those that count as ours; ``limit`` gives the most bytes for a path."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str], origins: frozenset[str], https: bool, limit: Limit) -> None:
        self._app = app
        self._hosts = hosts
        self._origins = origins
        self._limit = limit
        self._headers = HEADERS | ({"strict-transport-security": "max-age=31536000"} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, self._dressed(send))

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        most = self._limit(scope["path"])
        refusal = self._refusal(scope["method"], headers, most)
        if refusal:
            await _say(send, *refusal)
            return
        begun = False

        async def counted() -> Message:
            nonlocal most
            message = await receive()
            most -= len(message.get("body", b""))
            if most < 0:
                raise TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except TooLarge:
            if not begun:
                await _say(send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is more than this desk takes.")

    def _refusal(self, method: str, headers: dict[str, str], most: int) -> tuple[HTTPStatus, str] | None:
        if headers.get("host", "").lower() not in self._hosts:
            return HTTPStatus.MISDIRECTED_REQUEST, "This desk does not answer to that name."
        if method not in SAFE and not self._ours(headers):
            return HTTPStatus.FORBIDDEN, "This request comes from another page."
        size = headers.get("content-length", "0")
        if not size.isdigit() or int(size) > most:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is more than this desk takes."
        return None

    def _ours(self, headers: dict[str, str]) -> bool:
        """Whether a page of ours sent this. A browser says so in Origin; one that leaves it out must say so in Sec-Fetch-Site."""
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site") == "same-origin"
        return origin.lower() in self._origins

    def _dressed(self, send: Send) -> Send:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                more = [(name.encode(), value.encode()) for name, value in self._headers.items() if name.encode() not in there]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        return dressed


async def _say(send: Send, status: HTTPStatus, text: str) -> None:
    body = text.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})
