"""What can be used now, and fetching a model from a hub on loopback."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.model_server import serving
from translate.errors import ModelRefused, ModelUnreachable, SettingError
from translate.models import catalog, hub
from translate.models.catalog import Place

DATA = b"GGUF" + bytes(range(256)) * 20_000
SUM = sha256(DATA).hexdigest()


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def ways(*places: Place, **options: object) -> dict[str, catalog.Way]:
    return {way.name: way for way in asyncio.run(catalog.reachable(servers=places, environment={}, **options))}  # type: ignore[arg-type]


def test_a_running_server_is_found_with_what_to_type_and_one_that_is_down_with_what_to_start() -> None:
    with serving() as server:
        found = ways(Place("Ollama", server.port, "ollama"), Place("vLLM", closed_port(), "vllm"))

    up, down = found["Ollama"], found["vLLM"]
    assert (up.ready, up.models) == (True, ("tiny-model", "other"))
    assert up.options == f"--model hosted:tiny-model --base-url http://127.0.0.1:{server.port}/v1"
    assert not down.ready
    assert "start vLLM" in down.lacks


def test_a_port_where_something_else_answers_or_nobody_speaks_is_no_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        found = ways(Place("LM Studio", mute.getsockname()[1], "lmstudio"), seconds=0.2)

    assert not found["LM Studio"].ready


def test_keys_in_the_environment_are_named_and_never_shown() -> None:
    secrets = {"OPENAI_API_KEY": "sk-one-secret", "DEEPSEEK_API_KEY": "sk-two-secret", "MISTRAL_API_KEY": ""}

    found = asyncio.run(catalog.reachable(servers=(), environment=secrets))

    names = [way.name for way in found]
    assert "DEEPSEEK_API_KEY" in names
    assert "MISTRAL_API_KEY" not in names
    assert "secret" not in repr(found)
    deepseek = next(way for way in found if way.name == "DEEPSEEK_API_KEY")
    assert deepseek.options == "--model hosted:NAME --base-url https://api.deepseek.com"


def test_without_a_key_the_catalog_says_which_variable_to_set() -> None:
    assert "OPENAI_API_KEY" in ways()["OPENAI_API_KEY"].lacks


def test_every_way_that_is_not_ready_says_what_it_lacks(tmp_path: Path) -> None:
    for way in ways(folder=tmp_path).values():
        assert way.ready == (not way.lacks)
        assert way.options


def test_a_fetched_model_is_ready_and_an_unfetched_one_says_how_to_get_it(tmp_path: Path) -> None:
    row = catalog.download("qwen3-4b")
    before = ways(folder=tmp_path)["qwen3-4b"]
    (tmp_path / row.file).write_bytes(DATA)

    after = ways(folder=tmp_path)["qwen3-4b"]

    assert "dragoman models get qwen3-4b" in before.lacks
    assert "models get" not in after.lacks
    assert catalog.fetched("qwen3-4b", folder=tmp_path) == tmp_path / row.file


def test_every_download_says_what_it_is_and_names_a_gguf_file() -> None:
    for row in catalog.downloads():
        assert row.file.endswith(".gguf")
        assert row.licence
        assert row.languages
        assert 0 < row.size < row.memory
        assert row.sha256 == "" or re.fullmatch("[0-9a-f]{64}", row.sha256)


def test_an_unknown_download_is_refused_with_the_list() -> None:
    with pytest.raises(SettingError, match=r"'gpt-4' is not on the list: take .*qwen3-4b"):
        catalog.get("gpt-4")


@dataclass
class Hub:
    """A hub that serves one file. ``cut`` closes the line after that many bytes of an answer; ``etag`` is the checksum it claims."""

    address: str = ""
    data: bytes = DATA
    etag: str = SUM
    cut: int | None = None
    status: int = 200
    ranges: list[str] = field(default_factory=list)


@pytest.fixture
def hub_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    served = Hub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *anything: object) -> None:
            """Silence."""

        def do_HEAD(self) -> None:
            self._head(served.status, len(served.data))

        def do_GET(self) -> None:
            said = self.headers.get("Range", "")
            if "/resolve/" not in self.path or (served.ranges and served.cut is not None):
                # a second try of a line that breaks off meets a server that is down
                self._head(503, 0)
                return
            served.ranges.append(said)
            start = int(said.removeprefix("bytes=").partition("-")[0]) if said else 0
            body = served.data[start:]
            self._head(206 if start else served.status, len(body), f"bytes {start}-{len(served.data) - 1}/{len(served.data)}" if start else "")
            if served.status == 200:
                self.wfile.write(body if served.cut is None else body[: served.cut])
                self.close_connection = served.cut is not None

        def _head(self, status: int, length: int, content_range: str = "") -> None:
            self.send_response(status)
            length = 0 if status >= 400 else length
            if status == 404:
                self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", str(length))
            self.send_header("ETag", f'"{served.etag}"')
            self.send_header("X-Repo-Commit", "0" * 40)
            self.send_header("Accept-Ranges", "bytes")
            if content_range:
                self.send_header("Content-Range", content_range)
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    served.address = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setenv("HF_ENDPOINT", served.address)
    monkeypatch.setenv("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    yield served
    server.shutdown()
    server.server_close()
    thread.join(5)


def fetch(folder: Path, *, sha256: str = "") -> Path:
    return hub.fetch("someone/model-GGUF", "model-Q4.gguf", folder=folder, sha256=sha256)


def test_a_model_is_fetched_from_the_hub_that_the_environment_names_and_only_once(hub_server: Hub, tmp_path: Path) -> None:
    path = fetch(tmp_path)
    again = fetch(tmp_path)

    assert path == again == tmp_path / "model-Q4.gguf"
    assert path.read_bytes() == DATA
    assert len(hub_server.ranges) == 1


@pytest.mark.parametrize(("etag", "ours"), [("0" * 64, ""), (SUM, "1" * 64)], ids=["the hub's checksum", "our own checksum"])
def test_a_file_with_another_checksum_is_refused_and_nothing_is_kept(hub_server: Hub, tmp_path: Path, etag: str, ours: str) -> None:
    hub_server.etag = etag

    with pytest.raises(ModelUnreachable, match="its checksum differs"):
        fetch(tmp_path, sha256=ours)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_fetch_that_broke_off_goes_on_where_it_ended(hub_server: Hub, tmp_path: Path) -> None:
    # huggingface_hub writes what it has every 10 MB
    hub_server.data = DATA * 5
    hub_server.etag = sha256(hub_server.data).hexdigest()
    hub_server.cut = 15_000_000
    with pytest.raises(ModelUnreachable, match="run the same command again"):
        fetch(tmp_path)
    hub_server.cut = None

    path = fetch(tmp_path)

    assert path.read_bytes() == hub_server.data
    assert hub_server.ranges == ["", "bytes=10485760-"]


def test_a_token_goes_to_the_hub_and_not_to_the_store_that_it_sends_us_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")

    assert hub._headers("https://hub.example/a", "https://hub.example/b") == {"Authorization": "Bearer hf_secret"}
    assert hub._headers("https://hub.example/a", "https://store.example/b") == {}


def test_a_file_that_the_hub_does_not_have_is_named(hub_server: Hub, tmp_path: Path) -> None:
    hub_server.status = 404

    with pytest.raises(ModelRefused, match=r"has no model-Q4\.gguf in someone/model-GGUF"):
        fetch(tmp_path)


def test_a_hub_that_is_down_is_unreachable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{closed_port()}")

    with pytest.raises(ModelUnreachable, match="same command again"):
        fetch(tmp_path)
