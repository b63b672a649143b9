"""The seam to language models: what can be swapped is this folder's listing. ``open_model`` makes one out of what ``--model`` says."""

from __future__ import annotations

import os
from pathlib import Path

from translate.errors import SettingError
from translate.models.seam import DirectModel, Model, Price, Watch

SHORTCUTS = {
    "ollama": "http://127.0.0.1:11434/v1",
    "lmstudio": "http://127.0.0.1:1234/v1",
    "llama-server": "http://127.0.0.1:8080/v1",
    "vllm": "http://127.0.0.1:8000/v1",
}
"""Names for the usual addresses of local servers: ``ollama:NAME`` is ``hosted:NAME`` at this one."""

POSSIBLE = "embedded, embedded:PATH.gguf, hosted:NAME, ollama:NAME, lmstudio:NAME, llama-server:NAME, vllm:NAME, echo, pseudo, or a model fetched with 'dragoman models get'"


def open_model(
    spec: str, *, base_url: str | None = None, price: str | Price | None = None, local_only: bool = False, jobs: int | None = None, watch: Watch | None = None
) -> Model | DirectModel:
    """The model that ``--model`` names, ready to be asked; an embedded one is loaded and measured here, which takes some seconds.

    ``price`` is a ``Price`` or ``PROMPT/CACHED/ANSWER`` for a million tokens. ``local_only`` refuses an address that is not this machine. ``watch`` looks at growing answers and stops a runaway one.
    Raises ``SettingError`` for an unknown model, an address that may not be used, or an engine that is not installed.
    """
    head, _, rest = spec.strip().partition(":")
    if base_url and head in ("embedded", "echo", "pseudo"):
        raise SettingError(f"--base-url means nothing with --model {spec}: give --model hosted:NAME with it.")
    if head in ("echo", "pseudo") and not rest:
        return _direct(head)
    if head == "hosted" or head in SHORTCUTS:
        return _hosted(spec, rest, base_url or SHORTCUTS.get(head), price=price, local_only=local_only, jobs=jobs, watch=watch)
    if head == "embedded":
        return _embedded(spec, rest, jobs, watch)
    from translate.models import catalog

    file = catalog.fetched(spec)
    if file is not None:
        return _embedded(spec, str(file), jobs, watch)
    raise SettingError(f"There is no model '{spec}': take {POSSIBLE}{catalog.hint(spec)}.")


def _direct(name: str) -> DirectModel:
    from translate.models.echo import Echo
    from translate.models.pseudo import Pseudo

    return Echo() if name == "echo" else Pseudo()


def _hosted(spec: str, name: str, base_url: str | None, *, price: str | Price | None, local_only: bool, jobs: int | None, watch: Watch | None) -> Model:
    from translate.models import hosted, prices, profiles

    if not name:
        raise SettingError(f"'{spec}' names no model: give the name that the server knows, such as hosted:deepseek-flash.")
    address = hosted.check_address(base_url or os.environ.get(hosted.ADDRESS) or hosted.DEFAULT_ADDRESS)
    local = hosted.is_local(address)
    if local_only and not local:
        raise SettingError(
            f"{hosted.shown(address)} is not this machine, and --local-only was asked for: leave it out, or take a local model ('dragoman models')."
        )
    said = prices.read(price) if isinstance(price, str) else price
    model = hosted.Hosted(name, base_url=address, profile=profiles.find(name), price=said or prices.find(name, address, local=local), jobs=jobs, watch=watch)
    model.spec = spec
    return model


def _embedded(spec: str, rest: str, jobs: int | None, watch: Watch | None) -> Model:
    """``rest`` is empty, an engine's name, a file, or an engine's name and a file ("xllamacpp:PATH.gguf")."""
    from translate.models import catalog, embedded
    from translate.models.embedded import engine

    head, _, tail = rest.partition(":")
    wanted, said = (head, tail) if head in {kind.name for kind in engine.KINDS} else ("", rest)
    if not said:
        return embedded.load(spec, engine=wanted, jobs=jobs, watch=watch)
    path = catalog.fetched(said) or Path(said).expanduser()
    if not path.is_file():
        raise SettingError(f"There is no model file {path}: give the path of a .gguf file, or fetch a model with 'dragoman models get NAME'.")
    return embedded.load(spec, path=path, engine=wanted, jobs=jobs, watch=watch)
