"""A wiki's own view of a text that is not saved: how it renders, what it complains of, which templates and links are there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape

from translate.wiki.client import Client

ERROR = re.compile(r"<(\w+)[^>]*\bclass=\"[^\"]*\b(?:mw-ext-cite-error|error|scribunto-error|mw-parser-error|texerror)\b[^\"]*\"[^>]*>(.*?)</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
REFERENCE = re.compile(r"class=\"(?:mw-)?reference-text\b")


@dataclass(frozen=True, slots=True)
class Preview:
    """A rendered text. ``missing_templates`` and ``missing_links`` are not there; ``errors`` are what the parser says in the page, ``warnings`` what it says about it.

    ``references`` counts the notes that are shown, ``categories`` those the page is put in, ``html`` is the body, not to be trusted.
    """

    html: str
    templates: tuple[str, ...]
    missing_templates: tuple[str, ...]
    links: tuple[str, ...]
    missing_links: tuple[str, ...]
    categories: tuple[str, ...]
    warnings: tuple[str, ...]
    errors: tuple[str, ...]
    references: int


def preview(client: Client, title: str, text: str, *, contents: bool = True) -> Preview:
    """The text as the wiki would show it under this title, with its table of ``contents``; nothing is saved. Raises as the client does."""
    said = client.ask(
        action="parse",
        title=title,
        text=text,
        contentmodel="wikitext",
        preview=True,
        disableeditsection=True,
        disabletoc=not contents,
        disablelimitreport=True,
        prop="text|templates|links|categories|parsewarnings",
    )["parse"]
    templates, links = said.get("templates", ()), said.get("links", ())
    html = str(said.get("text", ""))
    missing = tuple(str(row["title"]) for row in templates if not row.get("exists"))
    return Preview(
        html=html,
        templates=tuple(str(row["title"]) for row in templates),
        missing_templates=missing,
        links=tuple(str(row["title"]) for row in links),
        missing_links=tuple(str(row["title"]) for row in links if not row.get("exists") and row["title"] not in missing),
        categories=tuple(str(row["category"]).replace("_", " ") for row in said.get("categories", ())),
        warnings=tuple(_plain(str(warning)) for warning in said.get("parsewarnings", ())),
        errors=tuple(_plain(found[2]) for found in ERROR.finditer(html)),
        references=len(REFERENCE.findall(html)),
    )


def tree(client: Client, title: str, text: str) -> str:
    """The text as the wiki's preprocessor takes it apart (XML: templates, arguments, extensions, comments, headings). Raises as the client does."""
    return str(client.ask(action="expandtemplates", title=title, text=text, prop="parsetree")["expandtemplates"]["parsetree"])


def expanded(client: Client, title: str, text: str) -> str:
    """The text with its templates put in. Raises as the client does."""
    return str(client.ask(action="expandtemplates", title=title, text=text, prop="wikitext")["expandtemplates"]["wikitext"])


def shape(parsetree: str) -> Counter[str]:
    """How many of each thing a parse tree has: templates, arguments, extension tags by name, comments, headings by level."""
    counts = Counter(re.findall(r"<(template|tplarg|comment)\b", parsetree))
    counts.update(f"<{name.strip().lower()}>" for name in re.findall(r"<ext><name>([^<]*)</name>", parsetree))
    counts.update(f"heading {level}" for level in re.findall(r"<h level=\"(\d)\"", parsetree))
    return counts


def _plain(html: str) -> str:
    return " ".join(unescape(TAG.sub(" ", html)).split())[:300]
