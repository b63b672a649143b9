"""Where the user's own files of ours lie: fetched models and measurements in the cache folder, profiles and prices in the config folder."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from translate import settings
from translate.errors import SettingError


def cache_folder() -> Path:
    """The user's cache folder of ours (perhaps not made yet)."""
    return settings.folders().cache


def config_folder() -> Path:
    """The user's config folder of ours (perhaps not made yet)."""
    return settings.folders().config


def models_folder() -> Path:
    """Where fetched models lie."""
    return cache_folder() / "models"


def file_name(name: str) -> str:
    """``name`` as a file name: what is no letter, digit, dot, dash or underscore becomes a dash."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "model"


def write(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` so that a reader sees the old file or the new one, never half of it.

    Raises ``SettingError`` where the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(made, path)
    except OSError as error:
        raise SettingError(f"{path} cannot be written ({error.strerror}): make its folder writable, or set DRAGOMAN_HOME to a folder of your own.") from error
