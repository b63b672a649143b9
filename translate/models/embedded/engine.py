"""What an engine for GGUF models must be able to do; which engines there are."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from translate.errors import SettingError
from translate.models.seam import Request

VARIABLE = "DRAGOMAN_ENGINE"

Stopped = Callable[[str], bool]
"""Is shown the answer so far, token by token, and says True to stop it: nobody waits for it any more, or it runs away."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine generated. ``prompt``, ``cached`` and ``answer`` are tokens; ``finish`` is "stop" or "length"."""

    text: str
    finish: str
    prompt: int
    answer: int
    cached: int = 0


class Engine(Protocol):
    """Runs one GGUF model in this process. ``run`` may be called from several threads at once, up to ``slots`` at a time.

    ``context`` is how many tokens one sequence holds, prompt and answer together.
    """

    name: str
    slots: int
    context: int

    def run(self, request: Request, stopped: Stopped) -> Answer:
        """Generate until a stop string, the model's end of text, ``request.most`` tokens, or ``stopped`` says so.

        Raises ``RequestTooLong`` where the prompt does not fit, ``ModelRefused`` for a grammar that cannot be read, ``ModelUnreachable`` where the engine fails.
        """

    def count(self, text: str) -> int:
        """How many tokens ``text`` has by the model's own tokenizer."""

    def threads(self, number: int) -> None:
        """Compute with ``number`` threads from now on; nothing may be running."""

    def close(self) -> None:
        """Free the model. Nothing may be running."""


@dataclass(frozen=True, slots=True)
class Kind:
    """An engine that Dragoman can use. ``package`` is what must be importable, ``install`` what to type where it is not."""

    name: str
    package: str
    install: str


KINDS = (
    Kind("llama-cpp-python", "llama_cpp", "pip install 'dragoman[llama-cpp-python]' (compiles for your hardware, 8-25 minutes)"),
    Kind("xllamacpp", "xllamacpp", "pip install 'dragoman[embedded]' (prebuilt)"),
)


def installed() -> tuple[Kind, ...]:
    """The engines that can be used on this machine, the preferred one first."""
    return tuple(kind for kind in KINDS if importlib.util.find_spec(kind.package) is not None)


def choose(wanted: str = "", *, environment: Mapping[str, str] | None = None, found: tuple[Kind, ...] | None = None) -> Kind:
    """The engine asked for by name, or by ``DRAGOMAN_ENGINE``, else the first that is installed.

    Raises ``SettingError`` with what to install.
    """
    wanted = wanted or (os.environ if environment is None else environment).get(VARIABLE, "")
    present = installed() if found is None else found
    if wanted and wanted not in {kind.name for kind in KINDS}:
        raise SettingError(f"There is no engine '{wanted}': take {' or '.join(kind.name for kind in KINDS)}.")
    fitting = [kind for kind in present if wanted in ("", kind.name)]
    if fitting:
        return fitting[0]
    how = " or ".join(kind.install for kind in reversed(KINDS) if wanted in ("", kind.name))
    raise SettingError(f"No engine for embedded models is installed: {how}.")


def load(kind: Kind, path: Path, *, context: int, slots: int, threads: int) -> Engine:
    """Load the model at ``path``, with ``slots`` sequences of ``context`` tokens each.

    Raises ``SettingError`` where the file is no model that the engine can load.
    """
    if kind.name == "xllamacpp":
        from translate.models.embedded.xllamacpp_engine import XLlamaCpp

        return XLlamaCpp(path, context=context, slots=slots, threads=threads)
    from translate.models.embedded.llama_cpp_engine import LlamaCpp

    return LlamaCpp(path, context=context, slots=slots, threads=threads)
