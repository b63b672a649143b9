"""What a MediaWiki site calls things, and what its sister in another language calls them: plain values, no network.

The scanner of wikitext needs a ``Site`` (which prefixes are files, which tags are extensions); writing a page for another wiki needs a ``Sister``.
They are read from a wiki by ``wiki`` and kept with a work, so that a page is rebuilt the same without a network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Namespace:
    """One namespace: its number, its local name, the canonical English one, and other names it answers to."""

    number: int
    name: str
    canonical: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MagicWord:
    """One magic word (``defaultsort``, ``notoc``, ``img_thumbnail``, ``redirect``) with its local spellings, the preferred first (``siprop=magicwords``)."""

    name: str
    aliases: tuple[str, ...]
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """One wiki as it describes itself (``meta=siteinfo``).

    ``language`` is a BCP 47 tag, ``api`` the address of api.php (empty: the wiki is not known), ``article`` the address of a page with ``$1`` for its title.
    ``extension_tags`` and ``functions`` are lower-case names without brackets or ``#``; ``trail`` is the regular expression of the letters that belong to a link before them.
    ``interwiki`` holds the prefixes that lead to other wikis, ``languages`` those of them that are language links.
    """

    language: str = "en"
    name: str = ""
    api: str = ""
    article: str = ""
    namespaces: tuple[Namespace, ...] = ()
    words: tuple[MagicWord, ...] = ()
    extension_tags: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    trail: str = "[a-z]+"
    interwiki: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    licence: str = ""
    licence_url: str = ""
    generator: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a template: ``type`` as TemplateData names it ("content", "string", "line", "wiki-page-name", "url", …; empty where nobody said)."""

    name: str
    aliases: tuple[str, ...] = ()
    type: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A template of the source wiki and what stands for it in the sister: ``target`` is empty where there is none.

    ``renamed`` maps parameters of the source to the sister's; ``wanted`` are parameters that the sister requires, ``takes`` all that it reads (none: nobody knows).
    """

    name: str
    target: str = ""
    parameters: tuple[Parameter, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What becomes of what the sister wiki has no counterpart of.

    ``missing``: a link to a page that is not there stays as it is ("red"), leads to the source wiki ("interwiki"), or only its words stay ("plain").
    ``categories``: one that is not there stays ("keep"), is hidden in a comment ("comment") or goes ("drop"). ``dropped`` are templates that go with all that is in them (hatnotes, maintenance).
    """

    missing: Literal["red", "interwiki", "plain"] = "red"
    categories: Literal["keep", "comment", "drop"] = "keep"
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sister:
    """The wiki that a page goes to, seen from the one it comes from.

    ``titles`` maps full titles of the source wiki (normalised: first letter as the wiki has it, spaces) to full titles there; a title that is absent has no page there.
    ``templates`` are by their name without the prefix. ``treatment`` is the wiki's own map: template → parameter → "translate", "keep", "link" or "drop".
    A section of a page is named too where it is known what it is called there: ``Title#Heading`` to ``Title#Heading``; ``placed`` are those of the latter that were found by their place only.
    ``redirects`` lead from titles of the source wiki that are not translated to those of pages that are (an export's). ``page`` is the full title of the page that is translated, "" where that is not known.
    """

    source: Site
    target: Site
    titles: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)
    treatment: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    choices: Choices = Choices()
    page: str = ""
    placed: frozenset[str] = frozenset()
    redirects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a wiki's own parser says of a page: how many errors it shows, which templates are not there, how many notes it has."""

    errors: int = 0
    missing: tuple[str, ...] = ()
    references: int = 0


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a page came from: one revision of a page of a wiki, with the wiki's licence and what its parser saw in it.

    ``api`` is the wiki's, ``url`` leads to this very revision; ``timestamp`` is UTC, ISO 8601.
    """

    api: str
    title: str
    revision: int
    timestamp: str
    url: str = ""
    page: int = 0
    sha1: str = ""
    wiki: str = ""
    language: str = ""
    licence: str = ""
    licence_url: str = ""
    seen: Seen = Seen()
