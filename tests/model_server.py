"""A real HTTP server on loopback that misbehaves on demand: what it does is chosen by the model's name."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

ANSWER = "Die Setzerin las den Satz noch einmal und legte das Blatt dann zu den anderen."
PROMPT_TOKENS, ANSWER_TOKENS = 30, 22
CHOICE = {"index": 0, "message": {"role": "assistant", "content": ANSWER, "reasoning_content": ""}, "finish_reason": "stop"}
USAGE = {"prompt_tokens": PROMPT_TOKENS, "completion_tokens": ANSWER_TOKENS, "prompt_tokens_details": {"cached_tokens": 16}}
GOOD = {"model": "served", "choices": [CHOICE], "usage": USAGE}


def error(message: str, code: str = "") -> dict[str, object]:
    """An error body as OpenAI writes it."""
    return {"error": {"message": message, "code": code, "type": code or "error"}}


# model name → (status, headers, body); a str is sent as HTML
ANSWERS: dict[str, tuple[int, dict[str, str], object]] = {
    "good": (200, {}, GOOD),
    "deepseek-chat": (200, {}, GOOD | {"usage": {"prompt_tokens": 30, "completion_tokens": 22, "prompt_cache_hit_tokens": 24, "prompt_cache_miss_tokens": 6}}),
    "no-usage": (200, {}, {"choices": [CHOICE]}),
    "null-usage": (200, {}, GOOD | {"usage": None}),
    "lying": (200, {}, GOOD | {"usage": {"prompt_tokens": 3000, "completion_tokens": 9000}}),
    "cut": (200, {}, GOOD | {"choices": [CHOICE | {"finish_reason": "length"}]}),
    "filtered": (200, {}, GOOD | {"choices": [CHOICE | {"finish_reason": "content_filter", "message": {"role": "assistant", "content": None}}]}),
    "thinks": (
        200,
        {},
        GOOD
        | {
            "choices": [CHOICE | {"message": {"role": "assistant", "content": ANSWER, "reasoning_content": "Hm. " * 500}}],
            "usage": USAGE | {"completion_tokens": 900},
        },
    ),
    "no-choices": (200, {}, {"choices": [], "usage": USAGE}),
    "list": (200, {}, [1, 2]),
    "html": (200, {}, "<!DOCTYPE html><html><body>Welcome to the router</body></html>"),
    "error-200": (200, {}, error("The upstream is overloaded", "503")),
    "key": (401, {}, error("Incorrect API key provided: SECRET. You can find yours at the site.", "invalid_api_key")),
    "forbidden": (403, {}, error("Project has no access", "forbidden")),
    "unknown": (404, {}, error("The model `unknown` does not exist", "model_not_found")),
    "nowhere": (404, {}, "<html><h1>404</h1></html>"),
    "busy": (429, {"Retry-After": "7"}, error("Rate limit reached for requests per min (RPM). Visit your billing page to raise it.", "rate_limit_exceeded")),
    "busy-silent": (429, {}, error("Too many requests")),
    "quota": (429, {}, error("You exceeded your current quota, please check your plan and billing details.", "insufficient_quota")),
    "daily": (429, {"Retry-After": "20"}, error("Rate limit reached on requests per day (RPD): Limit 200")),
    "broke": (402, {}, error("Insufficient Balance")),
    "long": (400, {}, error("This model's maximum context length is 8192 tokens", "context_length_exceeded")),
    "risk": (400, {}, error("Content Exists Risk", "invalid_request_error")),
    "screened": (400, {}, error("The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", "content_filter")),
    "inspected": (400, {}, error("<400> InternalError.Algo.DataInspectionFailed: Input text data may contain inappropriate content.", "data_inspection_failed")),
    "flagged": (403, {}, error('some/model requires moderation. Your input was flagged for "violence". No credits were charged.')),
    "odd": (400, {}, error("temperature must be 1")),
    "fault": (500, {}, error("The server had an error")),
    "gateway": (502, {}, "<html><body>Bad gateway</body></html>"),
    "moved": (307, {"Location": "https://elsewhere.example/v1"}, ""),
    "echo-key-500": (500, {}, error("config was: SECRET and Bearer SECRET")),
}


@dataclass
class Served:
    """What the server saw. ``bodies`` are the JSON requests in order, ``paths`` and ``keys`` what came with them."""

    address: str = ""
    port: int = 0
    bodies: list[dict[str, object]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    connections: int = 0
    at_once: int = 0
    most_at_once: int = 0
    pieces_sent: int = 0


@contextmanager
def serving() -> Iterator[Served]:
    """Serve on a free loopback port, in a thread of its own, until the block ends."""
    served = Served()
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(lambda reader, writer: _talk(reader, writer, served), "127.0.0.1", 0, backlog=1000))
    served.port = server.sockets[0].getsockname()[1]
    served.address = f"http://127.0.0.1:{served.port}/v1"
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _stop(server: asyncio.Server) -> None:
    server.close()
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, served: Served) -> None:
    served.connections += 1
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])}
            served.paths.append(head.split(" ")[1])
            if head.startswith("GET"):
                await _models(writer)
                break
            body = json.loads(await reader.readexactly(int(headers["content-length"])))
            served.bodies.append(body)
            served.keys.append(headers.get("authorization", ""))
            served.at_once += 1
            served.most_at_once = max(served.at_once, served.most_at_once)
            try:
                if not await _answer(writer, body, headers.get("authorization", ""), served):
                    break
            finally:
                served.at_once -= 1
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
        pass
    finally:
        writer.close()


async def _models(writer: asyncio.StreamWriter) -> None:
    listed = json.dumps({"object": "list", "data": [{"id": "tiny-model"}, {"id": "other"}]}).encode()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + listed)
    await writer.drain()


async def _answer(writer: asyncio.StreamWriter, body: dict[str, object], authorization: str, served: Served) -> bool:
    """Answer one request; False where the connection must be closed."""
    name = str(body["model"])
    if name == "closes":
        return False
    if name == "silent":
        await asyncio.sleep(30)
    if name.startswith("slow"):
        await asyncio.sleep(0.3)
        name = "good"
    if name == "old-server" and "stream_options" in body:
        await _send(writer, 400, {}, error("Unrecognized request argument supplied: stream_options"))
        return True
    if body.get("stream") and name in STREAMS:
        return await _stream(writer, name, bool(body.get("stream_options")), served)
    status, headers, said = ANSWERS.get(name, ANSWERS["good"])
    if "prompt" in body and isinstance(said, dict) and "choices" in said:
        said = said | {"choices": [{"text": ANSWER, "index": 0, "finish_reason": "stop"}]}
    secret = authorization.removeprefix("Bearer ")
    await _send(writer, status, headers, said, secret)
    return True


async def _send(writer: asyncio.StreamWriter, status: int, headers: dict[str, str], said: object, secret: str = "") -> None:
    html = isinstance(said, str)
    data = (str(said) if html else json.dumps(said)).replace("SECRET", secret).encode()
    sent = {"Content-Type": "text/html" if html else "application/json", "Content-Length": str(len(data)), **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    writer.write(f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + data)
    await writer.drain()


STREAMS = {"good", "old-server", "runaway", "breaks", "cut-event", "late-error", "no-finish", "unusual"}


async def _stream(writer: asyncio.StreamWriter, name: str, usage: bool, served: Served) -> bool:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")

    def put(data: str) -> None:
        raw = data.encode()
        writer.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")

    def event(delta: dict[str, object], finish: str | None = None) -> str:
        return f"data: {json.dumps({'choices': [{'index': 0, 'delta': delta, 'finish_reason': finish}]})}\n\n"

    put(": a comment, to keep the line open\n\n")
    put(event({"role": "assistant", "content": ""}))
    words = ["und so weiter "] * 5000 if name == "runaway" else [f"{word} " for word in ANSWER.split(" ")]
    for number, word in enumerate(words):
        put(event({"content": word}))
        served.pieces_sent += 1
        await writer.drain()
        if name == "runaway":
            await asyncio.sleep(0.001)
        if number == 5 and name == "breaks":
            return False
        if number == 5 and name == "late-error":
            put(f"data: {json.dumps(error('The engine died', '500'))}\n\n")
            break
        if number == 5 and name == "cut-event":
            put('data: {"choices": [{"del')
            break
    if name == "unusual":
        put(event({"reasoning_content": "Hm."}).replace("\n\n", "\r\n\r\n"))
    if name not in ("late-error", "cut-event", "no-finish"):
        put(event({}, "stop"))
        if usage:
            put(f"data: {json.dumps({'choices': [], 'usage': USAGE})}\n\n")
        put("data: [DONE]\n\n")
    writer.write(b"0\r\n\r\n")
    await writer.drain()
    return True
