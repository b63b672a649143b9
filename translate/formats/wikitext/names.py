"""Looks up what a wiki's names mean: prefixes, magic words, options of pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache

from translate.formats.wikitext import defaults
from translate.sites import MagicWord, Site

FILE, CATEGORY, TEMPLATE, MEDIA = 6, 14, 10, -2
_SPACES = re.compile(r"[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def spaced(title: str) -> str:
    """A title with single spaces for underscores, and none at its ends."""
    return _SPACES.sub(" ", title.replace("\u200e", "").replace("\u200f", "")).strip(" ")


def capital(title: str) -> str:
    """A title with its first letter as most wikis have it."""
    return title[:1].upper() + title[1:]


def key(name: str) -> str:
    """By what a template or parameter is found: small letters, spaces for underscores and hyphens."""
    return spaced(name).replace("-", " ").casefold()


class Names:
    """The names of one site, ready to be looked up. What the site does not say is taken from MediaWiki's English defaults, which every wiki understands."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.tags = (site.extension_tags or defaults.TAGS) - {"translate", "languages", "tvar"}
        self.languages = site.languages or defaults.LANGUAGES
        self.interwiki = (site.interwiki or defaults.INTERWIKI) | self.languages
        self.trail = re.compile(_trail(site.trail))

    @cached_property
    def namespaces(self) -> Mapping[str, int]:
        """Namespace numbers by their names in small letters with spaces."""
        found = {}
        for namespace in (*defaults.NAMESPACES, *self.site.namespaces):
            for name in (namespace.canonical, *namespace.aliases, namespace.name):
                if name:
                    found[spaced(name).casefold()] = namespace.number
        return found

    def prefix(self, number: int) -> str:
        """What this wiki calls a namespace; where it does not say, the English name of one that every wiki has, else ""."""
        for namespace in (*self.site.namespaces, *defaults.NAMESPACES):
            if namespace.number == number and (number < defaults.CUSTOM or namespace in self.site.namespaces):
                return namespace.name
        return ""

    def split(self, title: str) -> tuple[str, int | None, str]:
        """A title as (prefix as spelt, namespace number, rest); the number is None where the prefix leads to another wiki, 0 where there is none."""
        before, colon, rest = title.partition(":")
        name = spaced(before).casefold()
        if colon and name in self.namespaces:
            return before, self.namespaces[name], rest
        if colon and name.replace(" ", "-") in self.interwiki:
            return before, None, rest
        return "", 0, title

    def is_language(self, prefix: str) -> bool:
        """Whether a prefix leads to the same page in another language."""
        return spaced(prefix).casefold() in self.languages

    @cached_property
    def words(self) -> tuple[MagicWord, ...]:
        """The site's magic words, and the English ones, which it understands too."""
        return (*self.site.words, *defaults.WORDS)

    def spelt(self, name: str) -> str | None:
        """The preferred spelling of a magic word, or None where the site does not say."""
        return next((word.aliases[0] for word in self.site.words if word.name == name and word.aliases), None)

    @cached_property
    def switches(self) -> Mapping[str, str]:
        """Names of behaviour switches by their spelling (``__NOTOC__``) in small letters."""
        return {alias.lower(): word.name for word in reversed(self.words) for alias in word.aliases if alias.startswith("__")}

    @cached_property
    def switch(self) -> re.Pattern[str]:
        """Any behaviour switch."""
        return re.compile("|".join(re.escape(word[2:]) for word in sorted(self.switches, key=len, reverse=True)), re.IGNORECASE)

    @cached_property
    def redirect(self) -> re.Pattern[str]:
        """The beginning of a page that leads to another."""
        spellings = {alias for word in self.words if word.name == "redirect" for alias in word.aliases}
        return re.compile(rf"\s*(?P<word>{'|'.join(re.escape(one) for one in sorted(spellings))})\s*:?\s*(?=\[\[)", re.IGNORECASE)

    @cached_property
    def _options(self) -> tuple[Mapping[str, str], tuple[tuple[str, str, str], ...]]:
        whole: dict[str, str] = {}
        valued: list[tuple[str, str, str]] = []
        for word in reversed(self.words):
            if word.name.startswith(("img_", "timedmedia_")):
                for alias in word.aliases:
                    before, dollar, after = alias.partition("$1")
                    if dollar:
                        valued.append((word.name, before, after))
                    else:
                        whole[alias] = word.name
        return whole, tuple(reversed(valued))

    def option(self, text: str) -> tuple[str, str, str] | None:
        """Which option of a picture this is: its magic word, and what stands before and after its value; None where it is a caption."""
        whole, valued = self._options
        if text in whole:
            return whole[text], text, ""
        for name, before, after in valued:
            if len(text) >= len(before) + len(after) and text.startswith(before) and text.endswith(after):
                value = text[len(before) : len(text) - len(after)]
                if name != "img_width" or re.fullmatch(r"\s*\d*(?:x\d*)?\s*", value):
                    return name, before, after
        return None

    @cached_property
    def variables(self) -> Mapping[str, str]:
        """Magic words that are written like a template, by their spelling; ``DEFAULTSORT`` without its colon."""
        skipped = ("__", "#")
        return {
            alias.rstrip(":").casefold() if not word.sensitive else alias.rstrip(":"): word.name
            for word in reversed(self.words)
            for alias in word.aliases
            if not alias.startswith(skipped) and not word.name.startswith("img_") and "$1" not in alias
        }

    def variable(self, text: str) -> str:
        """The magic word that this spelling means, or nothing."""
        return self.variables.get(text) or self.variables.get(text.casefold(), "")

    def function(self, text: str) -> bool:
        """Whether a template of this name with a colon is a parser function."""
        return text.startswith("#") or text.casefold() in defaults.FUNCTIONS or text.casefold() in self.site.functions


def _trail(pattern: str) -> str:
    """The letters that belong to a link before them, from the site's pattern, be it a class of letters or PHP's whole expression."""
    php = re.fullmatch(r"/\^\((.+?)\)\(\.\*\)\$/\w*", pattern)
    text = re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda found: re.escape(chr(int(found[1], 16))), php[1] if php else pattern)
    try:
        re.compile(text)
    except re.error:
        return "[a-z]+"
    return text or "[a-z]+"


@lru_cache(maxsize=64)
def names(site: Site) -> Names:
    """The names of a site."""
    return Names(site)
