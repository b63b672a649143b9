"""Which engines for GGUF models there are, and which of them is used."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from translate.errors import SettingError
from translate.models.embedded.contract import Engine

VARIABLE = "DRAGOMAN_ENGINE"


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
