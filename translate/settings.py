"""The user's own folders: data (workspace, models), config, cache. ``DRAGOMAN_HOME`` puts all three under one folder, for tests and portable installs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from translate.errors import SettingError

HOME = "DRAGOMAN_HOME"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the user's things are kept. The folders may not exist yet: ``made`` makes one."""

    data: Path
    config: Path
    cache: Path


def folders(environ: Mapping[str, str] = os.environ) -> Folders:
    """The user's folders, where the system wants them, or under ``DRAGOMAN_HOME`` where that is set."""
    home = environ.get(HOME, "").strip()
    if home:
        root = Path(home).expanduser().absolute()
        return Folders(root / "data", root / "config", root / "cache")
    from platformdirs import PlatformDirs

    places = PlatformDirs("dragoman", appauthor=False)
    return Folders(places.user_data_path, places.user_config_path, places.user_cache_path)


def made(folder: Path) -> Path:
    """The folder, made if need be.

    Raises ``SettingError`` where it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"{folder}: the folder cannot be made ({error.strerror}). Set {HOME} to a folder of your own.") from error
    if not os.access(folder, os.W_OK):
        raise SettingError(f"{folder}: the folder cannot be written. Set {HOME} to a folder of your own.")
    return folder
