"""Which pages of an export are taken: by namespace, by category, by a list of titles; and what the export itself knows of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from translate.errors import SettingError
from translate.formats.dump import DumpPage
from translate.formats.dump.reading import WIKITEXT
from translate.sites import Site
from translate.wiki import siteinfo

CATEGORY = 14
HIDDEN = re.compile(r"<!--.*?-->|<(nowiki|pre|syntaxhighlight|source)\b[^<>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
LINK = re.compile(r"\[\[\s*([^\[\]|{}<>\n:]{1,40}?)\s*:\s*([^\[\]|{}<>\n]+?)\s*(?:\|[^\[\]]*)?\]\]")
ALL = "all"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted of an export: namespaces by number or name ("all" for every one), categories, titles from a list or as ``pages``. Where several are given, a page has to fit each of them."""

    namespaces: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    recurse: bool = False
    titles: Path | None = None
    pages: tuple[str, ...] = ()


class Chosen:
    """A choice made ready for one wiki. Raises ``SettingError`` where it makes no sense there."""

    def __init__(self, choice: Choice, site: Site) -> None:
        self.site = site
        listed = (*(read_titles(choice.titles) if choice.titles is not None else ()), *choice.pages)
        self.titles = frozenset(listed) if listed else None
        self.categories = frozenset(_bare(site, name) for name in choice.categories)
        wanted = choice.namespaces or ((ALL,) if self.titles is not None or self.categories else ("0",))
        self.namespaces = None if ALL in wanted else frozenset(_number(site, name) for name in wanted)

    def fits(self, page: DumpPage, facts: Facts) -> bool:
        """Whether the page is wanted. A redirect, a page without a text or of another content than wikitext never is."""
        if page.redirect or page.text is None or page.model != WIKITEXT or not page.title:
            return False
        inside = self.namespaces is None or page.namespace in self.namespaces
        listed = self.titles is None or page.title in self.titles
        return inside and listed and (not self.categories or not self.categories.isdisjoint(facts.categories))

    def absent(self, there: Iterable[str]) -> tuple[str, ...]:
        """Titles of the list that no page had."""
        return tuple(sorted(self.titles - set(there))) if self.titles is not None else ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the wikitext of a page says of it: its categories without prefix, and the full title of its counterpart in the language asked for ("" for none)."""

    categories: tuple[str, ...] = ()
    counterpart: str = ""


def facts(page: DumpPage, site: Site, language: str) -> Facts:
    """The facts of a page. What a template adds is not seen."""
    text = page.text or ""
    if "[[" not in text:
        return Facts()
    categories: list[str] = []
    counterpart = ""
    for found in LINK.finditer(HIDDEN.sub("", text)):
        prefix = found[1].strip().casefold()
        if prefix == language.casefold():
            counterpart = _spaced(found[2])
        elif siteinfo.namespace_of(site, f"{prefix}:x") == CATEGORY or prefix == "category":
            categories.append(_spaced(found[2]))
    return Facts(tuple(categories), counterpart)


def below(wanted: frozenset[str], parents: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The categories and all those below them; ``parents`` are the categories that each category is in."""
    children: dict[str, list[str]] = defaultdict(list)
    for child, above in parents.items():
        for one in above:
            children[one].append(child)
    found, left = set(wanted), list(wanted)
    while left:
        for child in children.get(left.pop(), ()):
            if child not in found:
                found.add(child)
                left.append(child)
    return frozenset(found)


def read_titles(path: Path) -> tuple[str, ...]:
    """The titles of a list, one a line; lines that are empty or begin with # are none. Raises ``SettingError`` where it cannot be read or has none."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"The list {path} cannot be read ({error}): give a text file with one title a line.") from error
    titles = tuple(_spaced(line) for line in _kept(lines))
    if not titles:
        raise SettingError(f"The list {path} names no page: write one title a line.")
    return titles


def _kept(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in lines if line.strip() and not line.lstrip().startswith("#"))


def _spaced(title: str) -> str:
    """A title with spaces, its first letter (behind a namespace the first one there) as most wikis have it."""
    words = " ".join(title.replace("_", " ").split())
    return words[:1].upper() + words[1:]


def _bare(site: Site, name: str) -> str:
    number = siteinfo.namespace_of(site, name)
    return _spaced(name.partition(":")[2] if number == CATEGORY or name.casefold().startswith("category:") else name)


def _number(site: Site, name: str) -> int:
    if name.lstrip("-").isdecimal():
        return int(name)
    number = siteinfo.namespace_of(site, f"{name}:x")
    if number == 0 and name.casefold() not in ("main", ""):
        known = ", ".join(f"{one.number} {one.name or 'main'}" for one in site.namespaces if one.number >= 0) or "none said"
        raise SettingError(f"The export has no namespace '{name}'. It has: {known}.")
    return number
