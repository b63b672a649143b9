"""The user's own folders: data (workspace, models), config, cache. ``DRAGOMAN_HOME`` puts all three under one folder, for tests and portable installs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOME = "DRAGOMAN_HOME"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the user's things are kept. The folders may not exist yet."""

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


WORKSPACE = "DRAGOMAN_WORKSPACE"


def workspace(environ: Mapping[str, str] = os.environ) -> Path:
    """The database of all works together (translation memory): ``DRAGOMAN_WORKSPACE`` where that is set, else ``workspace.db`` among the user's data. It may not exist yet."""
    named = environ.get(WORKSPACE, "").strip()
    return Path(named).expanduser().absolute() if named else folders(environ).data / "workspace.db"
