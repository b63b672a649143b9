"""The wikis that the user works with, and the conventions of each: one TOML file a wiki in the config folder. A password is never among it.

A password comes from the environment (``DRAGOMAN_WIKI_NAME_PASSWORD``), else from the system's keyring.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal

from translate import settings
from translate.errors import SettingError
from translate.models.places import write
from translate.sites import Choices
from translate.wiki.client import Login

SERVICE = "dragoman"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
TREATMENTS = ("translate", "keep", "link", "drop")
CHOICES = {"missing_pages": ("red", "interwiki", "plain"), "missing_categories": ("keep", "comment", "drop")}
"""What the lines may say that choose among a few."""
USER = 2
DRAFT = 118
SUMMARY = "Translated with Dragoman from [[:{prefix}:Special:Redirect/revision/{revision}|{source}]] ({prefix}:{title}, {licence})"
HEAD = "# A wiki that 'dragoman wiki add' wrote; every line may be edited. Passwords do not belong here: DRAGOMAN_WIKI_{name}_PASSWORD, or the keyring."


@dataclass(frozen=True, slots=True)
class KnownWiki:
    """A wiki as the user set it up.

    ``user`` is the account of the bot password ("Name@label"), ``draft_prefix`` what goes before a draft's title, with ``{user}``; ``draft_namespaces`` are those that take drafts.
    ``summary``, ``talk``, ``footer`` and ``notice`` are wikitext with ``{title}``, ``{source}``, ``{prefix}``, ``{revision}``, ``{date}``, ``{url}``, ``{licence}``, ``{model}``, ``{reviewer}``, ``{target}``; empty ones are left out.
    ``categories`` maps categories of the source to the wiki's own (without prefix); ``templates`` says of a template's parameters: translate, keep, link or drop.
    ``missing_pages``, ``missing_categories`` and ``dropped_templates`` are those of ``Choices``: what becomes of what the wiki has no counterpart of.
    ``licence`` is what the wiki's texts stand under where it does not say so itself. ``pause`` is seconds between edits, -1 for the usual.
    """

    name: str
    api: str
    language: str
    user: str = ""
    contact: str = ""
    draft_prefix: str = "User:{user}/"
    draft_namespaces: tuple[int, ...] = (USER, DRAFT)
    summary: str = SUMMARY
    talk: str = ""
    footer: str = ""
    notice: str = ""
    tags: tuple[str, ...] = ()
    licence: str = ""
    pause: float = -1.0
    missing_pages: Literal["red", "interwiki", "plain"] = "red"
    missing_categories: Literal["keep", "comment", "drop"] = "keep"
    dropped_templates: tuple[str, ...] = ()
    categories: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


PLAIN = tuple(one.name for one in fields(KnownWiki) if one.name not in ("name", "categories", "templates"))
"""The lines that hold a value, not a table."""


def folder() -> Path:
    """Where the files lie, or would."""
    return settings.folders().config / "wikis"


def names() -> tuple[str, ...]:
    """The names of the wikis that are known, in order."""
    return tuple(sorted(path.stem for path in folder().glob("*.toml")))


def every() -> tuple[KnownWiki, ...]:
    """All known wikis, in the order of their names. Raises ``SettingError`` where a file cannot be read."""
    return tuple(find(name) for name in names())


def find(name: str) -> KnownWiki:
    """The wiki called ``name``.

    Raises ``SettingError`` where there is none, or its file cannot be read.
    """
    path = _path(name)
    if not path.is_file():
        raise SettingError(
            f"No wiki is called '{name}': add it with 'dragoman wiki add {name} --api URL --lang LANG'. Known: {', '.join(names()) or 'none yet'}."
        )
    try:
        return _from(tomllib.loads(path.read_text(encoding="utf-8")), name)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise SettingError(f"{path}: this wiki cannot be read ({error}): mend the file, or add the wiki again.") from error


def with_api(api: str) -> KnownWiki | None:
    """The known wiki at this address, or None."""
    return next((wiki for wiki in every() if wiki.api == api), None)


def keep(wiki: KnownWiki) -> Path:
    """Write the wiki's file, and give back where.

    Raises ``SettingError`` for a name that is none, or a folder that cannot be written.
    """
    path = _path(wiki.name)
    write(path, "\n".join((HEAD.replace("{name}", _variable(wiki.name)), *_lines(wiki), "")))
    return path


def changed(wiki: KnownWiki, line: str, value: str) -> KnownWiki:
    """The wiki with one line of its file changed; a list is given with commas, "categories.OLD" and "templates.TEMPLATE.PARAMETER" are lines of their tables, and "" takes such a line out.

    Raises ``SettingError`` for a line that there is not, or a value that makes no sense.
    """
    head, _, rest = line.partition(".")
    if head == "categories" and rest:
        return replace(wiki, categories=_with(wiki.categories, rest, value))
    if head == "templates" and rest.rpartition(".")[0]:
        template, _, parameter = rest.rpartition(".")
        treatments = _with(wiki.templates.get(template, {}), parameter, value)
        others = {name: given for name, given in wiki.templates.items() if name != template}
        return _checked(replace(wiki, templates={**others, **({template: treatments} if treatments else {})}), line, value)
    if line not in PLAIN:
        raise SettingError(f"A wiki has no line '{line}': take one of {', '.join(PLAIN)}, categories.NAME, templates.TEMPLATE.PARAMETER.")
    try:
        return _checked(replace(wiki, **{line: _typed(line, getattr(wiki, line), value)}), line, value)  # type: ignore[arg-type]
    except ValueError as error:
        raise SettingError(f"{line} cannot be '{value}' ({error}): nothing was changed.") from error


def _with(mapping: Mapping[str, str], name: str, value: str) -> dict[str, str]:
    return {**{old: new for old, new in mapping.items() if old != name}, **({name: value} if value else {})}


def _typed(line: str, before: object, value: str) -> object:
    """``value`` as the line holds it. Raises ``ValueError``."""
    if isinstance(before, float):
        return float(value)
    if isinstance(before, tuple):
        parts = tuple(part.strip().strip("\"'") for part in value.strip().removeprefix("[").removesuffix("]").split(",") if part.strip())
        if line == "draft_namespaces" and not all(part.lstrip("-").isdigit() for part in parts):
            raise ValueError("numbers of namespaces with commas between them, such as 2, 118")
        return tuple(int(part) for part in parts) if line == "draft_namespaces" else parts
    return value


def _checked(wiki: KnownWiki, line: str, value: str) -> KnownWiki:
    """The wiki, if its file could be read again. Raises ``SettingError``."""
    try:
        return _from(tomllib.loads("\n".join(_lines(wiki))), wiki.name)
    except (ValueError, TypeError, AttributeError) as error:
        raise SettingError(f"{line} cannot be '{value}' ({error}): nothing was changed.") from error


def as_lines(wiki: KnownWiki, line: str = "") -> tuple[str, ...]:
    """What the wiki's file says, a line each by the names that ``changed`` takes; with ``line`` that one, or those of that table."""
    values: dict[str, object] = {name: getattr(wiki, name) for name in PLAIN}
    values |= {f"categories.{old}": new for old, new in wiki.categories.items()}
    values |= {f"templates.{template}.{parameter}": wish for template, given in wiki.templates.items() for parameter, wish in given.items()}
    return tuple(f"{name} = {_toml(value)}" for name, value in values.items() if not line or name == line or name.startswith(f"{line}."))


def choices(wiki: KnownWiki) -> Choices:
    """What becomes of what the wiki has no counterpart of."""
    return Choices(wiki.missing_pages, wiki.missing_categories, wiki.dropped_templates)


def remove(name: str) -> None:
    """Forget the wiki called ``name``, and its password in the keyring. Raises ``SettingError`` where there is none."""
    find(name)
    _path(name).unlink()
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError):
        keyring.delete_password(SERVICE, f"wiki:{name}")


def login(wiki: KnownWiki, environ: Mapping[str, str] = os.environ) -> Login | None:
    """The account and its bot password, from the environment or the keyring; None where one of them is not given."""
    variable = _variable(wiki.name)
    user = environ.get(f"DRAGOMAN_WIKI_{variable}_USER", "").strip() or wiki.user
    password = environ.get(f"DRAGOMAN_WIKI_{variable}_PASSWORD", "") or _from_keyring(wiki.name)
    return Login(user, password) if user and password else None


def how_to_log_in(wiki: KnownWiki) -> str:
    """What the user must do so that there is a login."""
    return (
        f"Make a bot password at Special:BotPasswords of the wiki (rights: high-volume editing, edit pages, create pages), "
        f"then set DRAGOMAN_WIKI_{_variable(wiki.name)}_USER='Account@label' and DRAGOMAN_WIKI_{_variable(wiki.name)}_PASSWORD, or run 'dragoman wiki password {wiki.name}'."
    )


def keep_password(name: str, password: str) -> None:
    """Put a wiki's password into the system's keyring. Raises ``SettingError`` where there is none."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, f"wiki:{name}", password)
    except KeyringError as error:
        raise SettingError(f"This system has no keyring that takes a password ({error}): set DRAGOMAN_WIKI_{_variable(name)}_PASSWORD instead.") from error


def _from_keyring(name: str) -> str:
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError):
        return keyring.get_password(SERVICE, f"wiki:{name}") or ""
    return ""


def _variable(name: str) -> str:
    return name.upper().replace("-", "_")


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise SettingError(f"'{name}' cannot be a wiki's name here: take letters, digits, - and _.")
    return folder() / f"{name}.toml"


def _from(row: Mapping[str, object], name: str) -> KnownWiki:
    """A wiki out of a table. Raises ``ValueError`` for a field that there is not or that makes no sense."""
    unknown = row.keys() - {one.name for one in fields(KnownWiki)}
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items() if key != "name"}
    wiki = KnownWiki(name=name, **values)  # type: ignore[arg-type]
    wrong = [f"{template}.{parameter}" for template, given in wiki.templates.items() for parameter, treatment in given.items() if treatment not in TREATMENTS]
    if wrong:
        raise ValueError(f"{', '.join(wrong)} must be one of {', '.join(TREATMENTS)}")
    unsaid = [f"{one} must be one of {', '.join(may)}" for one, may in CHOICES.items() if getattr(wiki, one) not in may]
    if unsaid:
        raise ValueError("; ".join(unsaid))
    texts = [
        one for one in ("api", "language", "user", "draft_prefix", "summary", "talk", "footer", "notice", "licence") if not isinstance(getattr(wiki, one), str)
    ]
    if texts or not all(isinstance(number, int) for number in wiki.draft_namespaces):
        raise ValueError(f"{', '.join(texts) or 'draft_namespaces'} is of the wrong kind")
    return wiki


def _lines(wiki: KnownWiki) -> list[str]:
    lines = [f"{name} = {_toml(getattr(wiki, name))}" for name in PLAIN]
    lines += ["", "[categories]", *(f"{_toml(old)} = {_toml(new)}" for old, new in wiki.categories.items())]
    for template, given in wiki.templates.items():
        lines += ["", f"[templates.{_toml(template)}]", *(f"{_toml(parameter)} = {_toml(treatment)}" for parameter, treatment in given.items())]
    return lines


def _toml(value: object) -> str:
    """A value in TOML; JSON's strings, numbers and lists are TOML's, but for a raw DEL."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False).replace("\x7f", "\\u007f")
