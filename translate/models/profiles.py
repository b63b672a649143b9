"""Finds the profile of a model by its name: the user's own (written by ``dragoman models try``) first, then the family it belongs to."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from fnmatch import fnmatch
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from translate.errors import SettingError
from translate.models import places
from translate.models.seam import Profile

FIELDS = {field.name for field in fields(Profile)}


def find(name: str, *, folder: Path | None = None) -> Profile:
    """The profile of the model ``name``; the last family of ``data/profiles.toml`` fits every name.

    ``folder`` holds the user's profiles (default: in the user's config folder).
    Raises ``SettingError`` where the user's file cannot be read.
    """
    own = path(name, folder=folder)
    if own.is_file():
        return _from_file(own, name)
    short = name.lower()
    family = next(row for row in _families() if any(fnmatch(short, pattern) for pattern in row["match"]))
    return replace(_profile(family), name=name)


def family(name: str) -> Profile:
    """The shipped profile of the family called ``name`` ("qwen3"). Raises ``SettingError`` for an unknown one."""
    for row in _families():
        if row["name"] == name:
            return _profile(row)
    raise SettingError(f"There is no profile family '{name}': take one of {', '.join(row['name'] for row in _families())}.")


def path(name: str, *, folder: Path | None = None) -> Path:
    """Where the user's own profile of the model ``name`` lies, or would."""
    return (folder or places.config_folder() / "profiles") / f"{places.file_name(name)}.toml"


def keep(profile: Profile, *, folder: Path | None = None) -> Path:
    """Write ``profile`` as the user's own one for its model, and give back where.

    Raises ``SettingError`` where the folder cannot be written.
    """
    target = path(profile.name, folder=folder)
    lines = ["# Written by 'dragoman models try'. Delete this file to go back to the profile that Dragoman brings.", *_lines(profile)]
    places.write(target, "\n".join(lines) + "\n")
    return target


def _lines(profile: Profile) -> list[str]:
    values = {name: getattr(profile, name) for name in sorted(FIELDS - {"extra", "name"})}
    lines = [f"name = {_toml(profile.name)}", *(f"{name} = {_toml(value)}" for name, value in values.items())]
    left_out = [name for name, value in profile.extra if value is None]
    extra = [f"{name} = {_toml(value)}" for name, value in profile.extra if value is not None]
    return [*lines, *([f"leave_out = {_toml(tuple(left_out))}"] if left_out else []), *(["", "[extra]", *extra] if extra else [])]


def _toml(value: object) -> str:
    """A value in TOML; JSON's strings, numbers and booleans are TOML's."""
    if isinstance(value, tuple) and value and all(isinstance(item, tuple) for item in value):
        return "{ " + ", ".join(f"{json.dumps(str(key))} = {_toml(inner)}" for key, inner in value) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    # TOML takes no raw DEL, which JSON leaves as it is
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@cache
def _families() -> tuple[Mapping[str, Any], ...]:
    text = resources.files("translate.models").joinpath("data/profiles.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["family"])


def _from_file(own: Path, name: str) -> Profile:
    try:
        return replace(_profile(tomllib.loads(own.read_text(encoding="utf-8"))), name=name)
    except (OSError, ValueError, TypeError) as error:
        raise SettingError(f"{own}: this profile cannot be read ({error}): mend it, or delete it to go back to the one that Dragoman brings.") from error


def _profile(row: Mapping[str, Any]) -> Profile:
    """A profile out of a table. Raises ``ValueError`` for a field that no profile has."""
    unknown = row.keys() - FIELDS - {"match", "leave_out"}
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    values = {name: _frozen(value) for name, value in row.items() if name in FIELDS - {"extra"}}
    extra = tuple((name, _frozen(value)) for name, value in row.get("extra", {}).items()) + tuple((name, None) for name in row.get("leave_out", ()))
    return Profile(**values, extra=extra)


def _frozen(value: object) -> Any:
    if isinstance(value, Mapping):
        return tuple((key, _frozen(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value
