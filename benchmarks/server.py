"""An OpenAI-compatible server on loopback that pseudo-translates without an error of its own, at a speed, with slots, with a prefix cache, and with faults on demand.

``python -m benchmarks.server --port 0 --log FILE`` prints its address (``http://127.0.0.1:PORT/v1``) as the first line and serves until it is ended.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import re
import socket
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks import faults, pseudo
from benchmarks.asks import Ask, of_chat, of_prompt
from benchmarks.cache import PrefixCache
from benchmarks.faults import KINDS
from benchmarks.tokens import tokenizer

MODEL = "bench"
PIECE = re.compile(r"\s*\S+|\s+$")


@dataclass(frozen=True, slots=True)
class Settings:
    """How the server behaves. Times are seconds, ``faults`` a probability per request and kind.

    ``quota`` ends after so many answers (-1: never); ``html`` and ``badkey`` answer everything with a web page or a 401; ``slow`` waits before anything.
    A request to the model ``bench`` that holds the word ``filter`` is refused as a provider's own filter does; any other model takes it.
    One that holds the word ``stumble`` gets an error 500 each time.
    """

    slots: int = 16
    delay: float = 0.2
    per_token: float = 0.01
    faults: float = 0.0
    kinds: tuple[str, ...] = KINDS
    seed: int = 1
    quota: int = -1
    html: bool = False
    badkey: bool = False
    slow: float = 0.0
    filter: str = ""
    stumble: str = ""


class Log:
    """JSON lines: ``asked`` when a request comes, ``answered`` when its last byte is sent (or the client is gone)."""

    def __init__(self, file: TextIO | None) -> None:
        self._file = file

    def write(self, event: str, number: int, **facts: object) -> None:
        """One line, on its way to the file at once."""
        if self._file is not None:
            self._file.write(json.dumps({"event": event, "n": number, "at": time.time(), **facts}, ensure_ascii=False) + "\n")
            self._file.flush()


@dataclass(frozen=True, slots=True)
class Question:
    """One request as it came: its number, what it asks, its prompt's tokens, and how it wants its answer."""

    number: int
    ask: Ask
    tokens: tuple[int, ...]
    kinds: tuple[str, ...]
    chance: random.Random
    chat: bool
    stream: bool
    most: int | None
    stop: tuple[str, ...]


class Bench:
    """The server's state: slots, the prefix cache, what was asked how often."""

    def __init__(self, settings: Settings, log: Log) -> None:
        self.settings = settings
        self.log = log
        self.slots = asyncio.Semaphore(settings.slots)
        self.cache = PrefixCache()
        self.requests = 0
        self.answers = 0
        self._seen: Counter[str] = Counter()

    def app(self) -> ASGIApp:
        """The application, its three addresses routed."""
        return Starlette(
            routes=[
                Route("/v1/models", self.models),
                Route("/v1/chat/completions", self.chat, methods=["POST"]),
                Route("/v1/completions", self.completion, methods=["POST"]),
            ]
        )

    async def models(self, request: Request) -> Response:
        """The one model there is."""
        if refusal := self._refusal():
            return refusal
        return JSONResponse({"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "benchmarks"}]})

    async def chat(self, request: Request) -> ASGIApp:
        """Answers a chat: content as a string or as text parts."""
        body = await request.json()
        messages = [(str(message["role"]), _content(message.get("content"))) for message in body["messages"]]
        wanted = (body.get("response_format") or {}).get("type") in {"json_schema", "json_object"}
        tokens = tuple(token for _, text in messages for token in tokenizer().encode(text))
        return await self._take(body, of_chat(messages, schema=wanted), tokens, chat=True)

    async def completion(self, request: Request) -> ASGIApp:
        """Answers a completion of one prompt."""
        body = await request.json()
        prompt = body["prompt"] if isinstance(body["prompt"], str) else body["prompt"][0]
        return await self._take(body, of_prompt(prompt), tokenizer().encode(prompt), chat=False)

    async def _take(self, body: Mapping[str, Any], ask: Ask, tokens: tuple[int, ...], *, chat: bool) -> ASGIApp:
        self.requests += 1
        number = self.requests
        sources = [source for _, source in ask.passages] if ask.form != "glossary" else []  # words, and no text of the work
        self.log.write("asked", number, sources=sources, prompt=len(tokens), stream=bool(body.get("stream")))
        if self.settings.slow:
            await asyncio.sleep(self.settings.slow)
        if refusal := self._refusal() or self._filtered(body) or self._stumbled(body):
            self.log.write("answered", number, status=refusal.status_code, fault=None, prompt=0, cached=0, answer=0)
            return refusal
        chance = self._chance(ask)
        kinds = faults.draw(chance, self.settings.faults, self.settings.kinds)
        most = body.get("max_completion_tokens") or body.get("max_tokens")
        stop = body.get("stop") or ()
        stops = (stop,) if isinstance(stop, str) else tuple(stop)
        question = Question(number, ask, tokens, kinds, chance, chat, bool(body.get("stream")), most, stops)
        if kinds and kinds[0] in {"http429", "http500"}:
            return self._http_fault(question, kinds[0])
        return Answer(self, question)

    def _refusal(self) -> Response | None:
        """The switches that answer everything alike."""
        if self.settings.html:
            return HTMLResponse("<!DOCTYPE html><title>Welcome</title><p>It works!")
        if self.settings.badkey:
            return _error(401, "invalid_api_key", "Incorrect API key provided.")
        if 0 <= self.settings.quota <= self.answers:
            return _error(429, "insufficient_quota", "You exceeded your current quota, please check your plan and billing details.")
        return None

    def _filtered(self, body: Mapping[str, Any]) -> Response | None:
        if not _holds(body, self.settings.filter):
            return None
        return _error(400, "content_filter", "The response was filtered due to the prompt triggering our content management policy.")

    def _stumbled(self, body: Mapping[str, Any]) -> Response | None:
        return _server_error() if _holds(body, self.settings.stumble) else None

    def _http_fault(self, question: Question, kind: str) -> Response:
        status = 429 if kind == "http429" else 500
        self.log.write("answered", question.number, status=status, fault={"kind": kind}, prompt=0, cached=0, answer=0)
        if kind == "http429":
            return _error(429, "rate_limit_exceeded", "Rate limit reached for requests per minute.", {"Retry-After": "1"})
        return _server_error()

    def _chance(self, ask: Ask) -> random.Random:
        """Chance by the seed, the texts that are asked for and how often they were: neither the order in which requests arrive changes it nor labels, which differ in each run."""
        digest = hashlib.sha256(repr((self.settings.seed, ask.form, [source for _, source in ask.passages])).encode()).hexdigest()
        self._seen[digest] += 1
        return random.Random(f"{digest}{self._seen[digest]}")


class Answer:
    """Waits for a slot, takes as long as a model would, and sends. A client that hangs up frees the slot."""

    def __init__(self, bench: Bench, question: Question) -> None:
        self._bench = bench
        self._question = question
        texts = {label: pseudo.translate(source, question.ask.terms) for label, source in question.ask.passages}
        self._words = texts
        self._outcome = _held(faults.compose(question.ask, texts, question.kinds, question.chance), question)
        self._answer = tokenizer().count(self._outcome.text)
        self._breaks = bool(question.kinds) and question.kinds[0] == "dropped"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._bench.slots:
            gone = asyncio.ensure_future(receive())
            cached = self._bench.cache.see(self._question.tokens)
            try:
                send_all = self._stream if self._question.stream else self._whole
                sent = await send_all(send, gone, cached)
            finally:
                gone.cancel()
        self._bench.answers += 1
        self._log(cached, sent)

    def _log(self, cached: int, sent: bool) -> None:
        fault = faults.Fault("dropped") if self._breaks else self._outcome.fault
        self._bench.log.write(
            "answered",
            self._question.number,
            status=200 if sent else 0,
            fault=asdict(fault) if fault else None,
            prompt=len(self._question.tokens),
            cached=cached,
            answer=self._answer,
            words=sum(tokenizer().count(text) for text in self._words.values()),
        )

    async def _whole(self, send: Send, gone: asyncio.Future[Any], cached: int) -> bool:
        settings = self._bench.settings
        seconds = settings.delay + settings.per_token * self._answer
        if await _pause(gone, seconds / 2 if self._breaks else seconds):
            return False
        body = json.dumps(self._object(cached), ensure_ascii=False).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        part = body[: len(body) // 2] if self._breaks else body
        await send({"type": "http.response.body", "body": part, "more_body": self._breaks})
        return True

    async def _stream(self, send: Send, gone: asyncio.Future[Any], cached: int) -> bool:
        """One event a word, each when it is due."""
        settings = self._bench.settings
        began = time.monotonic()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
        pieces = PIECE.findall(self._outcome.text)
        length = max(1, len(self._outcome.text))
        done = 0
        for place, piece in enumerate(pieces):
            done += len(piece)
            due = began + settings.delay + settings.per_token * self._answer * done / length
            if await _pause(gone, due - time.monotonic()):
                return False
            if self._breaks and place >= len(pieces) // 2:
                return True
            await _event(send, self._chunk(piece, None))
        await _event(send, self._chunk("", self._outcome.finish))
        await _event(send, {**self._chunk("", None), "choices": [], "usage": self._usage(cached)})
        await send({"type": "http.response.body", "body": b"data: [DONE]\n\n", "more_body": False})
        return True

    def _usage(self, cached: int) -> dict[str, object]:
        prompt = len(self._question.tokens)
        return {
            "prompt_tokens": prompt,
            "completion_tokens": self._answer,
            "total_tokens": prompt + self._answer,
            "prompt_tokens_details": {"cached_tokens": cached},
        }

    def _object(self, cached: int) -> dict[str, object]:
        text, finish = self._outcome.text, self._outcome.finish
        said = {"message": {"role": "assistant", "content": text}} if self._question.chat else {"text": text, "logprobs": None}
        kind = "chat.completion" if self._question.chat else "text_completion"
        return {**self._head(kind), "choices": [{"index": 0, "finish_reason": finish, **said}], "usage": self._usage(cached)}

    def _chunk(self, text: str, finish: str | None) -> dict[str, object]:
        said = {"delta": {"content": text}} if self._question.chat else {"text": text}
        kind = "chat.completion.chunk" if self._question.chat else "text_completion"
        return {**self._head(kind), "choices": [{"index": 0, "finish_reason": finish, **said}]}

    def _head(self, kind: str) -> dict[str, object]:
        return {"id": f"bench-{self._question.number}", "object": kind, "created": int(time.time()), "model": MODEL}


def _held(outcome: faults.Outcome, question: Question) -> faults.Outcome:
    """The reply, stopped at a stop text, and cut where it is longer than the request allows."""
    text, finish = outcome.text, outcome.finish
    cut = min((place for stop in question.stop if stop and (place := text.find(stop)) >= 0), default=len(text))
    text = text[:cut]
    count = tokenizer().count(text)
    if question.most and count > question.most:
        text, finish = text[: len(text) * question.most // count], "length"
    return faults.Outcome(text, finish, outcome.fault)


async def _pause(gone: asyncio.Future[Any], seconds: float) -> bool:
    """Wait; True as soon as the client has hung up."""
    if seconds > 0:
        await asyncio.wait({gone}, timeout=seconds)
    return gone.done()


async def _event(send: Send, data: Mapping[str, object]) -> None:
    await send({"type": "http.response.body", "body": f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode(), "more_body": True})


def _content(content: object) -> str:
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content)
    return "" if content is None else str(content)


def _error(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"error": {"message": message, "type": code, "code": code, "param": None}}, status_code=status, headers=headers)


def _server_error() -> Response:
    return _error(500, "server_error", "The server had an error while processing your request.")


def _holds(body: Mapping[str, Any], word: str) -> bool:
    """Whether a request to the model ``bench`` holds the word; no request holds the empty one."""
    return bool(word) and body.get("model") == MODEL and word in json.dumps(body, ensure_ascii=False)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.server", description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--slots", type=int, default=16, help="requests answered at once")
    parser.add_argument("--delay", type=float, default=0.2, help="seconds before the first token")
    parser.add_argument("--per-token", type=float, default=0.01, help="seconds for each token of the answer")
    parser.add_argument("--faults", type=float, default=0.0, help="probability of each kind of fault per request")
    parser.add_argument("--kinds", default="all", help=f"which kinds, by commas: {', '.join(KINDS)}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, help="JSON lines of what was asked and answered")
    parser.add_argument("--quota", type=int, default=-1, help="answers until the quota is used up")
    parser.add_argument("--html", action="store_true", help="answer with a web page")
    parser.add_argument("--badkey", action="store_true", help="refuse every key")
    parser.add_argument("--slow", type=float, default=0.0, help="seconds of silence before anything")
    parser.add_argument("--filter", default="", metavar="WORD", help=f"refuse requests to the model {MODEL} that hold this word, as a provider's own filter does")
    parser.add_argument("--stumble", default="", metavar="WORD", help=f"answer each request to the model {MODEL} that holds this word with an error 500")
    arguments = parser.parse_args(argv)
    kinds = KINDS if arguments.kinds == "all" else tuple(arguments.kinds.split(","))
    if unknown := sorted(set(kinds) - set(KINDS)):
        parser.error(f"unknown kinds: {', '.join(unknown)}")
    arguments.kinds = kinds
    return arguments


def _settings(arguments: argparse.Namespace) -> Settings:
    given = vars(arguments)
    return Settings(**{name: given[name] for name in Settings.__dataclass_fields__})


async def _serve(arguments: argparse.Namespace, log: Log) -> None:
    listening = socket.create_server(("127.0.0.1", arguments.port))
    app = Bench(_settings(arguments), log).app()
    tokenizer().encode("load the encoding before the first request")
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off", timeout_graceful_shutdown=1))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}/v1", flush=True)
    await server.serve(sockets=[listening])


def main(argv: Sequence[str] | None = None) -> None:
    """Serve until ended by a signal."""
    arguments = _arguments(sys.argv[1:] if argv is None else argv)
    if arguments.log is None:
        asyncio.run(_serve(arguments, Log(None)))
        return
    with arguments.log.open("a", encoding="utf-8") as file:
        asyncio.run(_serve(arguments, Log(file)))


if __name__ == "__main__":
    main()
