"""xllamacpp: llama.cpp's own server inside this process, with slots that decode side by side and a prefix cache."""

from __future__ import annotations

import http.client
import json
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from translate.errors import ModelError, ModelRefused, ModelUnreachable, RequestTooLong, SettingError
from translate.models.embedded.contract import Answer, Stopped
from translate.models.seam import Request

SILENT = -1
CLOSED = "The embedded model was closed: open it again."


class XLlamaCpp:
    """An ``Engine``. The server inside listens on a loopback port of its own, which we use for its tokenizer; a random key keeps others out."""

    name = "xllamacpp"

    def __init__(self, path: Path, *, context: int, slots: int, threads: int) -> None:
        self.slots = slots
        self.context = context
        self._path = path
        self._key = secrets.token_hex(16)
        self._server = self._load(threads)
        self._counted = lru_cache(maxsize=4096)(self._tokenize)

    def run(self, request: Request, stopped: Stopped) -> Answer:
        """See ``Engine.run``. The reply is streamed, so that it can be stopped between two tokens."""
        if self._server is None:
            raise ModelUnreachable(CLOSED)
        heard = _Heard(stopped)
        ask = self._server.handle_chat_completions if request.messages else self._server.handle_completions
        try:
            ask(_body(request), heard)
        except RuntimeError as error:
            raise ModelUnreachable(f"The engine xllamacpp failed ({error}): start the command again to go on.") from error
        if heard.error:
            raise _fault(heard.error)
        return heard.answer()

    def count(self, text: str) -> int:
        """See ``Engine.count``."""
        return self._counted(text)

    def threads(self, number: int) -> None:
        """See ``Engine.threads``. The server takes its threads at the start, so it is started anew."""
        if number != self._threads:
            self._server = None
            self._server = self._load(number)

    def close(self) -> None:
        """See ``Engine.close``."""
        self._server = None

    def _load(self, threads: int) -> Any:
        import xllamacpp

        self._threads = threads
        params = xllamacpp.CommonParams()
        params.model.path = str(self._path)
        params.n_ctx = self.context * self.slots
        params.n_parallel = self.slots
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
        params.verbosity = SILENT
        params.api_keys = [self._key]
        params.ui = params.warmup = params.endpoint_slots = False
        params.cache_ram_mib = 0
        # A sliding-window model (Gemma) drops what left its window, and with it every shared prefix, unless the cache keeps all of it.
        params.swa_full = True
        try:
            return xllamacpp.Server(params)
        except RuntimeError as error:
            raise SettingError(f"{self._path} cannot be loaded ({error}): is it a GGUF model, and is there memory for it?") from error

    def _tokenize(self, text: str) -> int:
        if self._server is None:
            raise ModelUnreachable(CLOSED)
        address = urlsplit(self._server.listening_address)
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)
        try:
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"}
            connection.request("POST", "/tokenize", json.dumps({"content": text}), headers)
            return len(json.loads(connection.getresponse().read())["tokens"])
        except (OSError, ValueError, LookupError, http.client.HTTPException) as error:
            raise ModelUnreachable(f"The engine xllamacpp cannot count tokens ({error}): start the command again.") from error
        finally:
            connection.close()


class _Heard:
    """Takes the pieces of a streamed reply in; as a callback it says True to stop."""

    def __init__(self, stopped: Stopped) -> None:
        self._stopped = stopped
        self._parts: list[str] = []
        self._finish = ""
        self._last: dict[str, Any] = {}
        self.error: dict[str, Any] = {}

    def __call__(self, said: Any) -> bool:
        for event in said if isinstance(said, list) else [said]:
            self._take(event)
        return self._stopped("".join(self._parts))

    def _take(self, event: dict[str, Any]) -> None:
        if "error" in event:
            self.error = event["error"]
            return
        if event.get("timings"):
            self._last = event["timings"]
        for choice in event.get("choices") or ():
            self._parts.append(choice.get("text") or (choice.get("delta") or {}).get("content") or "")
            self._finish = choice.get("finish_reason") or self._finish

    def answer(self) -> Answer:
        """What was heard, with the server's own figures."""
        told = self._last
        cached = int(told.get("cache_n", 0))
        return Answer("".join(self._parts), self._finish or "stop", cached + int(told.get("prompt_n", 0)), int(told.get("predicted_n", 0)), cached)


def _body(request: Request) -> dict[str, object]:
    body: dict[str, object] = {"max_tokens": request.most, "temperature": request.temperature, "stream": True, "cache_prompt": True}
    if request.messages:
        body["messages"] = [{"role": role, "content": text} for role, text in request.messages]
        body["chat_template_kwargs"] = {"enable_thinking": False}
    else:
        body["prompt"] = request.prompt
    if request.stop:
        body["stop"] = list(request.stop)
    if request.schema:
        body["json_schema"] = json.loads(request.schema)
    elif request.grammar:
        body["grammar"] = request.grammar
    return body


def _fault(error: dict[str, Any]) -> ModelError:
    said = str(error.get("message", error))
    if "context" in said or error.get("type") == "exceed_context_size_error":
        return RequestTooLong(f"The request does not fit into the model's context ({said}): use smaller chunks or a model with a larger context.")
    if error.get("code") == 400:
        return ModelRefused(f"The engine xllamacpp does not take the request ({said}): check the model's profile.")
    return ModelUnreachable(f"The engine xllamacpp failed ({said}): start the command again to go on.")
