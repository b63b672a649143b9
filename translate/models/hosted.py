"""Any server that speaks OpenAI's chat or completions API: the hosted ones, and Ollama, LM Studio, llama-server, vLLM.

One client for all requests, one HTTP attempt for each request, answers read as plain JSON (building the library's objects costs twice as much).
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from translate.errors import ModelError, ModelRefused, ModelUnreachable, SettingError
from translate.models import faults, keys, profiles, stream, tokens, usage
from translate.models.seam import Price, Profile, Reply, Request, Watch

if TYPE_CHECKING:
    from openai import AsyncOpenAI

ADDRESS = "OPENAI_BASE_URL"
DEFAULT_ADDRESS = "https://api.openai.com/v1"
JOBS, LOCAL_JOBS = 16, 4
CONNECT_SECONDS = 10.0
READ_SECONDS = 600.0
"""A local server on a slow machine may take minutes to begin."""

FINISHES = {"stop": "stop", "eos": "stop", "end_turn": "stop", "length": "length", "max_tokens": "length", "content_filter": "filter", "safety": "filter"}


class Hosted:
    """A ``Model`` behind an address. The key is read from the environment (``keys``) at the first request and stands in no attribute, error or ``repr`` of ours.

    With a ``watch`` replies are streamed and a runaway repetition is stopped (finish "loop").
    """

    def __init__(
        self,
        name: str,
        *,
        base_url: str | None = None,
        profile: Profile | None = None,
        price: Price | None = None,
        jobs: int | None = None,
        watch: Watch | None = None,
        seconds: float = READ_SECONDS,
    ) -> None:
        self.address = check_address(base_url or os.environ.get(ADDRESS) or DEFAULT_ADDRESS)
        self.spec = f"hosted:{name}"
        self.name = name
        self.profile = profile or profiles.find(name)
        self.local = is_local(self.address)
        self.price = price
        self.jobs = jobs or (LOCAL_JOBS if self.local else JOBS)
        self._watch = watch
        self._seconds = seconds
        self._count = tokens.counter(name)
        self._client: AsyncOpenAI | None = None
        self._asks_usage = True
        self._told = False
        self._lengths = stream.Lengths()

    def __repr__(self) -> str:
        return f"Hosted({self.name!r}, base_url={shown(self.address)!r})"

    def count(self, text: str) -> int:
        """By the model's own encoding where it is on this machine, else by cl100k or the estimate."""
        return self._count(text)

    async def complete(self, request: Request) -> Reply:
        """Ask once. Raises the ``ModelError`` that ``faults`` makes of whatever goes wrong."""
        began = time.monotonic()
        client = self._opened()
        try:
            said = await self._ask(client, request)
        except ModelError:
            raise
        except _foreign() as error:
            fault, cause = faults.mapped(error, self._server()), self._harmless(error)
        else:
            return self._reply(said, request, time.monotonic() - began)
        # raised out here so that an error that repeats the key is not its context either
        raise fault from cause

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _ask(self, client: AsyncOpenAI, request: Request) -> _Said:
        body = _body(request, self.profile, self.name)
        path = "/chat/completions" if request.messages else "/completions"
        if self._watch is None:
            return self._whole(await client.post(path, cast_to=_response(), body=body))
        return await self._streamed(client, path, body, self._watch)

    async def _streamed(self, client: AsyncOpenAI, path: str, body: dict[str, object], watch: Watch) -> _Said:
        import openai

        sent = body | {"stream": True} | ({"stream_options": {"include_usage": True}} if self._asks_usage else {})
        try:
            # Asked for its own response class, the library hands the response out unread; the stream class is then not used.
            response: Any = await client.post(path, cast_to=_response(), body=sent, stream=True, stream_cls=openai.AsyncStream[object])
        except openai.BadRequestError as error:
            if not self._asks_usage or "stream_options" not in error.response.text:
                raise
            # An old server: it refused the request unread, so asking again without the option costs nothing.
            self._asks_usage = False
            return await self._streamed(client, path, body, watch)
        try:
            if "json" in response.headers.get("content-type", ""):
                await response.aread()
                return self._whole(response)
            # What is not compressed need not go through a decoder, event by event.
            pieces = response.aiter_bytes() if "content-encoding" in response.headers else response.aiter_raw()
            got = await stream.read(pieces, watch=watch, fault=self._stray, likely=self._lengths.likely(_most(body)))
        finally:
            await response.aclose()
        if not got.done:
            raise ModelUnreachable(f"{shown(self.address)} broke off in the middle of an answer: start the command again to go on.")
        said = _Said(got.text, got.finish, got.usage, got.model, got.thought)
        self._lengths.learn(_most(body), len(said.text))
        return said

    def _whole(self, response: Any) -> _Said:
        """What an unstreamed answer says. Raises for what is no reply."""
        try:
            body = json.loads(response.content)
        except ValueError:
            raise faults.unreadable(response.text, self._server()) from None
        if not isinstance(body, dict):
            raise faults.unreadable(response.text, self._server())
        if body.get("error"):
            raise self._stray(response.text)
        return _first(body, self._server())

    def _stray(self, text: str) -> ModelError:
        """The error for an answer with status 200 that holds an error, or no reply at all."""
        try:
            error = json.loads(text)["error"]
        except (ValueError, LookupError, TypeError):
            return faults.unreadable(text, self._server())
        code = str(error.get("code", "")) if isinstance(error, dict) else ""
        status = int(code) if re.fullmatch(r"[45]\d\d", code) else 500
        return faults.refused(faults.Answered(status, {}, text), self._server())

    def _reply(self, said: _Said, request: Request, seconds: float) -> Reply:
        counted = usage.read(said.usage, request=request, answer=said.text, count=self.count, thought=said.thought)
        remarks = (counted.remark,) if counted.remark and not self._told else ()
        self._told = self._told or bool(remarks)
        return Reply(said.text, FINISHES.get(said.finish, said.finish or "stop"), counted.usage, said.model or self.name, seconds, remarks)

    def _server(self) -> faults.Server:
        return faults.Server(shown(self.address), self.name, self.local, keys.key(self.address), keys.variable(self.address))

    def _harmless(self, error: BaseException) -> BaseException | None:
        """The error itself as a cause, unless it repeats the key."""
        key = keys.key(self.address)
        return None if key and key in f"{error!r}{error}{error.__cause__!r}" else error

    def _opened(self) -> AsyncOpenAI:
        if self._client is None:
            self._client = _client(self.address, self.local, self._seconds)
        return self._client


@dataclass(frozen=True, slots=True)
class _Said:
    """What a server answered, as it says it."""

    text: str
    finish: str
    usage: object
    model: str
    thought: bool


def is_local(address: str) -> bool:
    """Whether ``address`` is this very machine: a loopback address or ``localhost``."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_address(address: str) -> str:
    """``address`` without a trailing slash. Raises ``SettingError`` where it is no http(s) address, or holds a password, which would end up in logs."""
    parts = urlsplit(address.strip())
    if "@" in parts.netloc:
        raise SettingError(f"The address {shown(address)} holds a user or a password: leave it out and set {keys.ANY}.")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError(f"'{shown(address)}' is no address of a model server: give one such as http://127.0.0.1:8080/v1.")
    return address.strip().rstrip("/")


def shown(address: str) -> str:
    """``address`` for people: without a user, a password or a query, where a key may stand."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _client(address: str, local: bool, seconds: float) -> AsyncOpenAI:
    """One client with as many connections as there are requests in flight.

    A local address is asked directly, whatever proxy the environment names, and a redirect of it is not followed: nothing leaves the machine.
    """
    import httpx2
    import openai

    key = keys.key(address)
    if not key.isascii() or re.search(r"\s", key.strip()):
        raise ModelRefused(f"{keys.variable(address)} holds characters that no key has: set it again, without spaces or line breaks.")
    client = openai.DefaultAsyncHttpxClient(
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=None),
        timeout=httpx2.Timeout(seconds, connect=CONNECT_SECONDS, pool=None),
        trust_env=not local,
        follow_redirects=not local,
        # No certificates are read (40 ms, 10 MB) where plain HTTP on this machine is all there can be.
        verify=not (local and address.startswith("http:")),
    )
    return openai.AsyncOpenAI(api_key=key.strip() or "none", base_url=address, max_retries=0, http_client=client)


def _body(request: Request, profile: Profile, name: str) -> dict[str, object]:
    """The JSON body of a request; what the profile's and the request's ``extra`` name goes on top, None takes a field out."""
    body: dict[str, object] = {"model": name, "temperature": request.temperature, "max_tokens": request.most}
    if request.messages:
        body["messages"] = [{"role": role, "content": text} for role, text in request.messages]
    else:
        body["prompt"] = request.prompt
    if request.stop:
        body["stop"] = list(request.stop)
    if request.schema:
        body["response_format"] = {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": json.loads(request.schema)}}
    if request.grammar:
        body["grammar"] = request.grammar
    extra = {name: plain(value) for name, value in (*profile.extra, *request.extra)}
    if "max_completion_tokens" in extra:
        extra |= {"max_tokens": None, "max_completion_tokens": request.most}
    return {name: value for name, value in (body | extra).items() if value is not None}


def _most(body: Mapping[str, object]) -> int:
    """The most tokens that the answer may have; 0 where nothing says it."""
    most = body.get("max_tokens") or body.get("max_completion_tokens") or 0
    return most if isinstance(most, int) else 0


def plain(value: object) -> object:
    """A value of ``extra`` as JSON has it: a tuple of pairs is an object, another tuple a list."""
    if not isinstance(value, tuple):
        return value
    if value and all(isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str) for item in value):
        return {key: plain(inner) for key, inner in value}
    return [plain(item) for item in value]


def _first(body: Mapping[str, Any], server: faults.Server) -> _Said:
    """The first choice of an answer. Raises ``ModelUnreachable`` where there is none."""
    choices = body.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        raise ModelUnreachable(f"{server.address} answered without a reply in it: start the command again to go on.")
    message = choice.get("message")
    holder = message if isinstance(message, dict) else {"content": choice.get("text")}
    thought = bool(holder.get("reasoning_content") or holder.get("reasoning"))
    return _Said(str(holder.get("content") or ""), str(choice.get("finish_reason") or ""), body.get("usage"), str(body.get("model") or ""), thought)


def _foreign() -> tuple[type[BaseException], ...]:
    """The errors that the libraries below us raise for a request."""
    import httpx2
    import openai

    return (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError)


def _response() -> Any:
    import httpx2

    return httpx2.Response
