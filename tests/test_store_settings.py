"""The user's own folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.settings import Folders, folders


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    assert Folders(tmp_path / "data", tmp_path / "config", tmp_path / "cache") == folders({"DRAGOMAN_HOME": str(tmp_path)})


@pytest.mark.parametrize("environ", [{}, {"DRAGOMAN_HOME": ""}, {"DRAGOMAN_HOME": "  "}])
def test_without_it_the_folders_are_where_the_system_wants_them(environ: dict[str, str]) -> None:
    found = folders(environ)
    assert {"dragoman"} == {folder.name for folder in (found.data, found.config, found.cache)}
    assert len({found.data, found.config, found.cache}) == 3


def test_a_relative_home_and_a_tilde_become_absolute() -> None:
    assert Path.cwd() / "here" / "data" == folders({"DRAGOMAN_HOME": "here"}).data
    assert Path.home() / "d" / "data" == folders({"DRAGOMAN_HOME": "~/d"}).data
