"""The structure of a page as counts, and what two pages of one structure disagree in.

A translation has the templates, references, links, files, categories, addresses, headings, lists and cells of its source: no fewer, no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from translate.document import Finding, excerpt
from translate.formats.wikitext import defaults
from translate.formats.wikitext.page import Page, walk
from translate.sites import Sister, Site

SHOWN = 60
ONE, MANY = 0, 1
WORDS = {
    "template": ("template {{{{{0}}}}}", "templates {{{{{0}}}}}"),
    "parameter": ("parameter {0}", "parameters {0}"),
    "reference": ("reference {0}", "references {0}"),
    "link": ("link to “{0}”", "links to “{0}”"),
    "address": ("link to {0}", "links to {0}"),
    "file": ("file “{0}”", "files “{0}”"),
    "option": ("option {0} of a picture", "options {0} of pictures"),
    "category": ("category “{0}”", "categories “{0}”"),
    "interlanguage": ("link to the page in another language {0}", "links to the page in other languages {0}"),
    "heading": ("heading of level {0}", "headings of level {0}"),
    "list": ("list item with the sign {0}", "list items with the sign {0}"),
    "tag": ("tag <{0}>", "tags <{0}>"),
    "extension": ("{0}", "{0}"),
    "function": ("function {0}", "functions {0}"),
    "magic": ("magic word {0}", "magic words {0}"),
    "switch": ("switch {0}", "switches {0}"),
    "comment": ("comment {0}", "comments {0}"),
    "kept": ("{0}", "{0}"),
    "table": ("table", "tables"),
    "table's end": ("end of a table", "ends of tables"),
    "row": ("table row", "table rows"),
    "cell": ("table cell", "table cells"),
    "header": ("head cell of a table", "head cells of tables"),
    "caption": ("caption of a table", "captions of tables"),
    "rule": ("rule", "rules"),
    "redirect": ("redirect", "redirects"),
    "as it is": ("line that begins with a space", "lines that begin with a space"),
}

Signs = Mapping[tuple[str, str], tuple[str, str] | None]
"""What a sign of the source is called in the target; None where it is to go. What is absent stays what it is."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How often each thing stands in a page: ((sort, value), count), in order."""

    counts: tuple[tuple[tuple[str, str], int], ...]


def fingerprint(text: str, site: Site = defaults.ENGLISH, *, sister: Sister | None = None) -> Fingerprint:
    """The structure of a page. ``sister`` says which parameters of templates hold words, as for ``walk``."""
    return of(walk(text, site, sister=sister))


def of(page: Page, *, named: Signs | None = None) -> Fingerprint:
    """The structure of a walked page; ``named`` says what its things are called in the page that it is compared to."""
    names = named or {}
    signs = (names.get(sign, sign) for sign in page.signs)
    return Fingerprint(tuple(sorted(Counter(sign for sign in signs if sign is not None).items())))


def compare(before: Fingerprint, after: Fingerprint) -> tuple[Finding, ...]:
    """An error for each thing that the translation has fewer or more of than its source; empty where they agree."""
    return tuple(_differences(dict(before.counts), dict(after.counts)))


def _differences(before: Mapping[tuple[str, str], int], after: Mapping[tuple[str, str], int]) -> Iterator[Finding]:
    for sign in sorted(before.keys() | after.keys()):
        was, now = before.get(sign, 0), after.get(sign, 0)
        if was == now:
            continue
        what = _called(sign, was or now)
        if not now:
            message = f"The page lost {was} {what}."
        elif not was:
            message = f"The page has {now} {what} that the source has not."
        else:
            message = f"The source has {was} {what}, the translation {now}."
        yield Finding("structure", "error", message, source=excerpt(sign[1], SHOWN) if was else "", target=excerpt(sign[1], SHOWN) if now else "")


def _called(sign: tuple[str, str], count: int) -> str:
    sort, value = sign
    if sort == "reference":
        name, _, group = value.partition("|")
        value = " ".join(word for word in (f"“{name}”" if name else "without a name", f"of the group “{group}”" if group else "") if word)
    words = WORDS.get(sort, ("{0}", "{0}"))
    return words[ONE if count == 1 else MANY].format(excerpt(value, SHOWN))
