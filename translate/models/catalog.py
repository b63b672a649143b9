"""What can be used now, and what each way of getting a model lacks; fetching a better one."""

from __future__ import annotations

import asyncio
import difflib
import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from translate.errors import SettingError
from translate.models import places
from translate.models.embedded import engine, files
from translate.models.keys import KEYS

PROBE_SECONDS = 0.5
LARGEST_ANSWER = 1 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """A local server on its usual port. ``prefix`` is the shortcut of ``--model`` for it."""

    name: str
    port: int
    prefix: str


PLACES = (Place("Ollama", 11434, "ollama"), Place("LM Studio", 1234, "lmstudio"), Place("llama-server", 8080, "llama-server"), Place("vLLM", 8000, "vllm"))


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a model. ``ready`` is whether it works now; ``lacks`` says what is missing, ``options`` what to type, ``models`` which models it has, where it says so."""

    name: str
    ready: bool
    options: str
    lacks: str = ""
    models: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """One line of the curated list. ``size`` and ``memory`` are in GB; ``sha256`` is empty where we do not know it."""

    name: str
    repository: str
    file: str
    size: float
    memory: float
    languages: str
    licence: str
    sha256: str = ""
    revision: str = "main"


async def reachable(
    *, servers: Iterable[Place] = PLACES, environment: Mapping[str, str] | None = None, folder: Path | None = None, seconds: float = PROBE_SECONDS
) -> tuple[Way, ...]:
    """Every way to a model: embedded, fetched files, local servers (asked all at once, ``seconds`` each), keys in the environment (their names only)."""
    found = await asyncio.gather(*(_server(place, seconds) for place in servers))
    keys = _keys(os.environ if environment is None else environment)
    return (*_embedded(), *_files(folder), *found, *keys, Way("echo", True, "--model echo"), Way("pseudo", True, "--model pseudo"))


@cache
def downloads() -> tuple[Download, ...]:
    """The curated list, from small to large within a family."""
    text = resources.files("translate.models").joinpath("data/downloads.toml").read_text(encoding="utf-8")
    return tuple(Download(**row) for row in tomllib.loads(text)["download"])


def download(name: str) -> Download:
    """One line of the curated list. Raises ``SettingError`` for an unknown name."""
    for row in downloads():
        if row.name == name:
            return row
    raise SettingError(
        f"'{name}' is not on the list: take {', '.join(row.name for row in downloads())}, or fetch a .gguf file yourself and use --model embedded:PATH.gguf."
    )


def fetched(name: str, *, folder: Path | None = None) -> Path | None:
    """The file of a model that was fetched under ``name``, or None."""
    known = [row for row in downloads() if row.name == name]
    path = (folder or places.models_folder()) / known[0].file if known else None
    return path if path is not None and path.is_file() else None


def get(name: str, *, folder: Path | None = None) -> Path:
    """Fetch a model of the curated list and give back its file; with progress on stderr, and where a broken fetch ended, from there.

    Raises ``SettingError`` for an unknown name, ``ModelUnreachable`` where the hub cannot be reached or the file is not what it should be (it is then not kept).
    """
    from translate.models import hub

    row = download(name)
    return hub.fetch(row.repository, row.file, revision=row.revision, sha256=row.sha256, folder=folder or places.models_folder())


def hint(spec: str) -> str:
    """What was perhaps meant, as the end of a sentence; empty where nothing is near."""
    name = spec.strip()
    if name in {row.name for row in downloads()}:
        return f" (fetch it first: dragoman models get {name})"
    near = difflib.get_close_matches(name.lower(), ["embedded", "echo", "pseudo", *(row.name for row in downloads())], 1)
    return f" (did you mean {near[0]}?)" if near else ""


def _embedded() -> tuple[Way, ...]:
    present = {kind.name for kind in engine.installed()}
    small = files.has_default()
    lacks_model = "" if small else f"the small model: {files.INSTALL}"
    note = "a demonstration model of 270 million parameters: it translates roughly"
    return tuple(
        Way(
            f"embedded, engine {kind.name}",
            kind.name in present and small,
            f"--model embedded:{kind.name}",
            "; ".join(part for part in ("" if kind.name in present else f"the engine: {kind.install}", lacks_model) if part),
            note=note,
        )
        for kind in engine.KINDS
    )


def _files(folder: Path | None) -> tuple[Way, ...]:
    """The curated models: which are here, and what to type for the others."""
    have_engine = bool(engine.installed())
    ways = []
    for row in downloads():
        here = fetched(row.name, folder=folder) is not None
        lacks = [] if here else [f"the file ({row.size:g} GB): dragoman models get {row.name}"]
        lacks += [] if have_engine else [f"an engine: {engine.KINDS[-1].install}"]
        ways.append(
            Way(row.name, not lacks, f"--model {row.name}", "; ".join(lacks), note=f"needs {row.memory:g} GB of memory; {row.languages}; {row.licence}")
        )
    return tuple(ways)


def _keys(environment: Mapping[str, str]) -> tuple[Way, ...]:
    ways = []
    for variable, address in KEYS.items():
        if environment.get(variable):
            base = f" --base-url {address}" if address else ""
            ways.append(Way(variable, True, f"--model hosted:NAME{base}", note="a key is set; it was not tried"))
    if "OPENAI_API_KEY" not in {way.name for way in ways}:
        ways.append(Way("OPENAI_API_KEY", False, "--model hosted:NAME", "a key: set the environment variable OPENAI_API_KEY"))
    return tuple(ways)


async def _server(place: Place, seconds: float) -> Way:
    address = f"http://127.0.0.1:{place.port}/v1"
    options = f"--model {place.prefix}:NAME" if place in PLACES else f"--model hosted:NAME --base-url {address}"
    try:
        models = await asyncio.wait_for(_models(place.port), seconds)
    except (OSError, ValueError, TimeoutError, EOFError):
        return Way(place.name, False, options, f"a server on port {place.port}: start {place.name}")
    if not models:
        return Way(place.name, False, options, f"a model: the server on port {place.port} has none loaded")
    return Way(place.name, True, options.replace("NAME", models[0]), models=models)


async def _models(port: int) -> tuple[str, ...]:
    """The names in a server's ``/v1/models``. Asked in plain HTTP/1.0: a probe must not load a client library.

    Raises ``OSError`` or ``ValueError`` where nothing there speaks that language.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"GET /v1/models HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nConnection: close\r\n\r\n")
        await writer.drain()
        head, _, body = (await _all(reader)).partition(b"\r\n\r\n")
    finally:
        writer.close()
    if b" 200 " not in head.split(b"\r\n")[0] + b" ":
        raise ValueError("not a model server")
    listed = json.loads(body[body.index(b"{") : body.rindex(b"}") + 1])
    rows = listed.get("data") or listed.get("models") or ()
    return tuple(str(row.get("id") or row.get("name")) for row in rows if isinstance(row, dict))


async def _all(reader: asyncio.StreamReader) -> bytes:
    parts = b""
    while len(parts) < LARGEST_ANSWER and (part := await reader.read(65536)):
        parts += part
    return parts
