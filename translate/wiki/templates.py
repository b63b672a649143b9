"""What a wiki's templates take: from TemplateData where they have it, else from their source; and how the sister's are called.

The mapping of parameters follows ContentTranslation's TemplateParameterMapper: positional ones by their number, named ones where names or aliases agree once they are written alike.
ContentTranslation drops what it cannot map; here it keeps its name and is reported by whoever writes the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from translate.errors import WikiError
from translate.sites import Parameter, Template
from translate.wiki.client import Client
from translate.wiki.pages import batched

IN_PAGE = re.compile(r"<templatedata\s*>(.*?)</templatedata\s*>", re.IGNORECASE | re.DOTALL)
READS_ITSELF = re.compile(r"\{\{\s*#(?!(?:if|ifeq|ifexpr|ifexist|iferror|switch|expr|time|timel|tag|titleparts|rel2abs|language|formatdate)\s*:)\w+\s*:", re.IGNORECASE)
"""A function that may read what its template is given without naming it there (a module), whatever the wiki calls it."""
IN_SOURCE = re.compile(r"\{\{\{\s*([^{}|<>\n]{1,80}?)\s*(?:\||\}\}\})")


ANY = Parameter("*")
"""Stands among the parameters of a template that may take others, which nobody can see in its source."""


def described(client: Client, titles: Iterable[str]) -> dict[str, tuple[Parameter, ...]]:
    """Full title of a template → its parameters, those without TemplateData by the ``{{{names}}}`` in their source. Raises as the client does."""
    wanted = tuple(dict.fromkeys(titles))
    found: dict[str, tuple[Parameter, ...]] = {}
    for group in batched(wanted):
        found.update(_from_data(client, group))
    for group in batched(title for title in wanted if title not in found):
        found.update(_from_source(client, group))
    return found


def _from_data(client: Client, group: tuple[str, ...]) -> dict[str, tuple[Parameter, ...]]:
    try:
        answer = client.ask(action="templatedata", titles="|".join(group), redirects=True)
    except WikiError as error:
        if error.code in ("badvalue", "unknown_action", "moduledisabled"):  # a wiki without the extension
            return {}
        raise
    spelt = _renames(answer)
    given = {str(page["title"]): page for page in answer.get("pages", {}).values() if not page.get("notemplatedata")}
    return {title: tuple(_parameters(given[_end(spelt, title)])) for title in group if _end(spelt, title) in given}


def _parameters(page: Mapping[str, Any]) -> Iterable[Parameter]:
    rows = page.get("params", {})
    for name, row in rows.items() if isinstance(rows, Mapping) else ():
        if not isinstance(row, Mapping):
            continue
        aliases = row.get("aliases", ())
        yield Parameter(str(name), tuple(str(alias) for alias in aliases) if isinstance(aliases, list) else (), _type(str(row.get("type", ""))), bool(row.get("required")))


def _type(name: str) -> str:
    """MediaWiki gives old spellings for a few types ("string/line")."""
    old = {"unknown": "", "string/line": "line", "string/wiki-page-name": "wiki-page-name", "string/wiki-user-name": "wiki-user-name"}
    return old.get(name, name)


def _from_source(client: Client, group: tuple[str, ...]) -> dict[str, tuple[Parameter, ...]]:
    found: dict[str, tuple[Parameter, ...]] = {}
    for query in client.batches(titles="|".join(group), prop="revisions", rvprop="content", rvslots="main", redirects=True):
        spelt = _renames(query)
        texts = {row["title"]: row["revisions"][0]["slots"]["main"].get("content", "") for row in query.get("pages", ()) if row.get("revisions")}
        for title in group:
            if (text := texts.get(_end(spelt, title))) is not None:
                found[title] = in_source(text)
    return found


def in_page(text: str) -> tuple[Parameter, ...]:
    """The parameters that a page describes with TemplateData, as its wikitext has it; none where it has none or it cannot be read."""
    found = IN_PAGE.search(text)
    try:
        page = json.loads(found[1]) if found else {}
    except ValueError:
        return ()
    return tuple(_parameters(page)) if isinstance(page, dict) else ()


def in_source(text: str) -> tuple[Parameter, ...]:
    """The parameters that a template's source asks for, each once, in order; nothing is known of their types. ``ANY`` is among them where there may be others."""
    return (*map(Parameter, dict.fromkeys(IN_SOURCE.findall(text))), *((ANY,) if READS_ITSELF.search(text) else ()))


def _renames(answer: Mapping[str, Any]) -> dict[str, str]:
    return {str(row["from"]): str(row["to"]) for kind in ("normalized", "redirects") for row in answer.get(kind, ())}


def _end(renames: Mapping[str, str], title: str) -> str:
    for _ in range(3):
        title = renames.get(title, title)
    return title


def paired(name: str, target: str, source: tuple[Parameter, ...], there: tuple[Parameter, ...]) -> Template:
    """The template ``name`` with what stands for it in the sister: its parameters renamed where both name them alike, and what the sister requires besides."""
    renamed: dict[str, str] = {}
    for parameter in source:
        match = _match(parameter, there)
        if match is not None:
            renamed.update({spelling: match for spelling in (parameter.name, *parameter.aliases) if not (spelling.isdigit() and _takes(there, spelling))})
    covered = {_alike(given) for given in renamed.values()} | {number for number in (one.name for one in source) if number.isdigit()}
    wanted = tuple(one.name for one in there if one.required and not ({_alike(spelling) for spelling in (one.name, *one.aliases)} & covered))
    takes = () if ANY in there else tuple(spelling for one in there for spelling in (one.name, *one.aliases))
    return Template(name, target, source, {old: new for old, new in renamed.items() if old != new}, wanted, takes)


def _takes(there: tuple[Parameter, ...], spelling: str) -> bool:
    return any(spelling in (one.name, *one.aliases) for one in there)


def _match(parameter: Parameter, there: tuple[Parameter, ...]) -> str | None:
    mine = {_alike(spelling) for spelling in (parameter.name, *parameter.aliases)}
    for one in there:
        if mine & {_alike(spelling) for spelling in (one.name, *one.aliases)}:
            return one.name
    return None


def _alike(name: str) -> str:
    """A parameter's name without what people write differently."""
    return re.sub(r"[\s_+-]+", "", name).casefold()
