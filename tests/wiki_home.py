"""A volunteer's home for tests with real wikis: a folder of its own, her bot passwords, the wikis that she knows, and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.mediawiki import PASSWORDS, Wiki
from translate.cli import group


def run(*arguments: str) -> tuple[int, str]:
    """What the command line answers: exit code and output. Its errors are raised."""
    result = CliRunner().invoke(group, list(arguments), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result.stdout


def settle(folder: Path, monkeypatch: pytest.MonkeyPatch, wikis: Mapping[str, Wiki], *, knows: tuple[str, ...] = (), passwords: tuple[str, ...] = ()) -> Path:
    """Work in ``folder``. ``knows`` are the wikis that are added, ``passwords`` those whose bot password stands in the environment."""
    monkeypatch.setenv("DRAGOMAN_HOME", str(folder / "home"))
    for name in passwords:
        monkeypatch.setenv(f"DRAGOMAN_WIKI_{name.upper()}_PASSWORD", PASSWORDS["Translator"])
    monkeypatch.chdir(folder)
    for name in knows:
        run("wiki", "add", name, "--api", wikis[name].api, "--user", "Translator@tests")
    return folder
