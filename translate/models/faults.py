"""What went wrong at a hosted model, as an error of ours: the one place where errors of the openai library are mapped.

Errors are told apart by the names of their classes, so that nothing here loads the library.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from translate.document import excerpt
from translate.errors import ContentRefused, ModelError, ModelRefused, ModelUnreachable, QuotaEnded, RateLimited, RequestTooLong

if TYPE_CHECKING:
    import openai

PER_DAY = re.compile(r"per[ _-]?day|\b[RT]PD\b|daily", re.IGNORECASE)
PER_MINUTE = re.compile(r"per[ _-]?min|\b[RT]PM\b|per[ _-]?second|too many requests", re.IGNORECASE)
QUOTA = re.compile(r"insufficient_quota|quota|billing|balance|credit|payment", re.IGNORECASE)
TOO_LONG = re.compile(
    r"context_length_exceeded|context (length|size|window)|exceed\w* .{0,30}context|maximum context|too long|too many tokens|exceed_context", re.IGNORECASE
)
FILTERED = re.compile(
    r"content[_ ]?(?:filter|moderation|policy|management policy|exists risk)|data_?inspection_?failed|inappropriate content|ResponsibleAI"
    r"|requires moderation|input was flagged|safety (?:filter|system)|prohibited[_ ]content|sensitive content",
    re.IGNORECASE,
)
"""What servers say whose own filter has found something: Azure OpenAI, DeepSeek, DashScope (Qwen), OpenRouter, Gemini."""
NO_MODEL = re.compile(r"model", re.IGNORECASE)
SECRET = re.compile(r"\b(?:sk|key|gsk|xai|hf)[-_][\w*.-]{6,}|Bearer\s+\S+", re.IGNORECASE)
DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
LONGEST_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class Server:
    """Whom we asked: for the words of an error. ``variable`` is where its key is read from, ``key`` is kept out of them and of every ``repr``."""

    address: str
    model: str
    local: bool
    key: str = ""
    variable: str = "OPENAI_API_KEY"

    def __repr__(self) -> str:
        return f"Server({self.address!r}, {self.model!r})"

    def clean(self, text: str) -> str:
        """``text`` in one short line, without the key or anything that looks like one."""
        if self.key:
            text = text.replace(self.key, "…")
        return excerpt(SECRET.sub("…", text), LONGEST_MESSAGE)


@dataclass(frozen=True, slots=True)
class Answered:
    """An HTTP answer that is no reply: its status, headers (lower-case names) and text."""

    status: int
    headers: Mapping[str, str]
    text: str


def mapped(error: BaseException, server: Server) -> ModelError:
    """The error of ours for one of the openai library or of the HTTP client below it."""
    for kind in type(error).__mro__:
        if kind.__name__ in TABLE:
            return TABLE[kind.__name__](error, server)
    return ModelUnreachable(f"{server.address} broke off ({server.clean(type(error).__name__)}): start the command again to go on.")


def refused(answer: Answered, server: Server) -> ModelError:
    """The error of ours for an HTTP answer, by its status and what it says."""
    said, status = _said(answer.text), answer.status
    message = server.clean(said)
    if status in (400, 403, 422, 451) and FILTERED.search(said):
        return ContentRefused(f"{server.address} takes no request with this text (HTTP {status}: {message}): give it to another model, or translate it yourself.")
    if status in (401, 403):
        return ModelRefused(_key_words(server, status))
    if status == 402 or (status == 429 and _quota(said)):
        return QuotaEnded(f"The quota at {server.address} is used up ({message}): top up the account or wait for the next day, then start the command again.")
    if status == 429:
        return RateLimited(f"{server.address} asks to wait ({message}): use fewer --jobs if this goes on.", wait(answer.headers))
    if status in (400, 413, 422) and (status == 413 or TOO_LONG.search(said)):
        return RequestTooLong(f"{server.model} cannot take so long a request ({message}): use a model with a larger context, or smaller chunks.")
    if status < 400:
        return ModelUnreachable(f"{server.address} sends us elsewhere (HTTP {status}): give the final address with --base-url.")
    if status == 404:
        return _not_found(answer, said, server)
    if status in (408, 409, 425) or status >= 500:
        return ModelUnreachable(f"{server.address} has a fault of its own (HTTP {status}: {message}): start the command again to go on.")
    return ModelRefused(f"{server.address} does not take our request (HTTP {status}: {message}): check --model and --base-url.")


def unreadable(text: str, server: Server) -> ModelUnreachable:
    """For an answer with status 200 that is no reply: a web page, cut-off JSON, a list."""
    if "<html" in text[:1000].lower() or text.lstrip()[:1] == "<":
        return ModelUnreachable(f"{server.address} answers with a web page, not as a model server: check --base-url (it often ends in /v1).")
    return ModelUnreachable(f"{server.address} answers with something that is no reply ({server.clean(text)[:80]!r}): check --base-url.")


def wait(headers: Mapping[str, str], *, now: float | None = None) -> float | None:
    """How many seconds the server asks to wait: ``Retry-After`` (seconds or a date) or the ``x-ratelimit-reset`` family; None where it does not say.

    Of OpenAI's two resets the longer one counts, of those whose rest is 0 if there are any.
    """
    now = time.time() if now is None else now
    if "retry-after-ms" in headers:
        return _number(headers["retry-after-ms"], 0.001)
    if "retry-after" in headers:
        said = headers["retry-after"]
        seconds = _number(said, 1.0)
        return seconds if seconds is not None else _until(said, now)
    resets = {name: _reset(value, now) for name, value in headers.items() if name.startswith("x-ratelimit-reset")}
    empty = {name for name in resets if headers.get(name.replace("reset", "remaining")) == "0"}
    known = [seconds for name, seconds in resets.items() if seconds is not None and (not empty or name in empty)]
    return max(known) if known else None


def _number(said: str, unit: float) -> float | None:
    try:
        return max(0.0, float(said) * unit)
    except ValueError:
        return None


def _until(said: str, now: float) -> float | None:
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    except ValueError:
        return None


def _reset(said: str, now: float) -> float | None:
    """Seconds out of "6m0s", "120ms", "12.5", or a moment in seconds or milliseconds since 1970."""
    number = _number(said, 1.0)
    if number is None:
        parts = DURATION.findall(said)
        return sum(float(amount) * SECONDS[unit] for amount, unit in parts) if parts else None
    for unit in (1e-3, 1.0):
        if number * unit > 1e9:
            return max(0.0, number * unit - now)
    return number


def _quota(said: str) -> bool:
    """Whether a 429 speaks of a quota that some seconds do not bring back.

    A limit a day is one, a limit a minute is not, even where its message speaks of billing (OpenAI's and Gemini's do).
    """
    if "insufficient_quota" in said or PER_DAY.search(said):
        return True
    return not PER_MINUTE.search(said) and QUOTA.search(said) is not None


def _said(text: str) -> str:
    """What an error answer says: its message, code and type, else its text."""
    try:
        body = json.loads(text)
    except ValueError:
        return re.sub(r"<[^>]*>", " ", text)
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return str(error)
    parts = [error.get(name) for name in ("message", "code", "type", "status", "detail")]
    return " · ".join(str(part) for part in parts if part) or text


def _key_words(server: Server, status: int) -> str:
    if server.key:
        return f"{server.address} refuses the key in {server.variable} (HTTP {status}): set the key of this server, and check that it may use {server.model}."
    return f"{server.address} wants a key (HTTP {status}): set the environment variable {server.variable}."


def _not_found(answer: Answered, said: str, server: Server) -> ModelError:
    if answer.text.lstrip()[:1] == "{" and NO_MODEL.search(said):
        return ModelRefused(f"{server.address} has no model '{server.model}' ({server.clean(said)}): see what it has with 'dragoman models'.")
    return ModelUnreachable(f"{server.address} is no model server (HTTP 404): check --base-url (it often ends in /v1).")


def _by_status(error: Any, server: Server) -> ModelError:
    response: Any = error.response
    return refused(Answered(response.status_code, {name.lower(): value for name, value in response.headers.items()}, response.text), server)


def _no_connection(error: Any, server: Server) -> ModelError:
    cause = error.__cause__
    if cause is not None and type(cause).__name__ != "ConnectError":
        return mapped(cause, server)
    if server.local:
        return ModelUnreachable(f"Nothing answers at {server.address}: start the model server, or give its address with --base-url.")
    return ModelUnreachable(f"{server.address} cannot be reached: check the network and --base-url, then start the command again to go on.")


def _too_slow(error: Any, server: Server) -> ModelError:
    return ModelUnreachable(f"{server.address} did not answer in time: start the command again to go on, with fewer --jobs if the server is busy.")


def _broken(error: Any, server: Server) -> ModelError:
    return ModelUnreachable(f"{server.address} broke off in the middle of an answer: start the command again to go on.")


def _odd(error: Any, server: Server) -> ModelError:
    return ModelUnreachable(f"{server.address} answers with something that is no reply: check --base-url.")


def _api(error: openai.APIError, server: Server) -> ModelError:
    """An error inside a stream: the library knows its body and no status."""
    body = json.dumps({"error": error.body or error.message})
    code = str(error.code or "")
    return refused(Answered(int(code) if re.fullmatch(r"[45]\d\d", code) else 500, {}, body), server)


def _client(error: Any, server: Server) -> ModelError:
    return ModelRefused(f"The client for {server.address} cannot be set up ({server.clean(str(error))}): check {server.variable} and --base-url.")


TABLE: dict[str, Callable[[Any, Server], ModelError]] = {
    # openai's classes; a class that is not here is found by its nearest base that is
    "APITimeoutError": _too_slow,
    "APIConnectionError": _no_connection,
    "APIResponseValidationError": _odd,
    "APIStatusError": _by_status,
    "APIError": _api,
    "LengthFinishReasonError": _odd,
    "ContentFilterFinishReasonError": _odd,
    "WebSocketConnectionClosedError": _broken,
    "WebSocketQueueFullError": _broken,
    "InvalidWebhookSignatureError": _odd,
    "SubjectTokenProviderError": _client,
    "OpenAIError": _client,
    # the HTTP client's own, which pass through openai while a body is read
    "TimeoutException": _too_slow,
    "ConnectError": _no_connection,
    "HTTPError": _broken,
    "StreamError": _broken,
    "DecodingError": _odd,
    "InvalidURL": _client,
    "UnsupportedProtocol": _client,
}
