"""Reading a text the way the checks do: words, numbers apart, without addresses, and short enough to quote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from translate import languages
from translate.document import Marker, Runs, excerpt, normal

ATOM = "\ufffc"

URL = re.compile(
    r"(?:https?|ftp|mailto|file|doi|urn|news|irc|git|ssh)s?:(?://)?[^\s<>\"“”„«»{}|\\^`\[\]\ufffc]+"
    r"|(?<![\w@./-])www\.[^\s<>\"“”„«»{}|\\^`\[\]\ufffc]+"
    r"|(?<![\w.+%-])[\w.+%-]++@(?:[\w-]+\.)+[A-Za-z]{2,}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SIMPLE = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=64)
def flat(runs: Runs) -> str:
    """The words of the runs, with one ``ATOM`` for each atom, so that the words around it stay apart."""
    return "".join([run if isinstance(run, str) else ATOM if run.kind == "atom" else "" for run in runs])


@lru_cache(maxsize=64)
def words(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are written; no numbers, hyphens and apostrophes inside."""
    return tuple(_WORD.findall(text))


@lru_cache(maxsize=64)
def parts(text: str) -> tuple[str, ...]:
    """The words of ``text`` in small letters, cut at hyphens and apostrophes as well."""
    return tuple(_SIMPLE.findall(text.casefold()))


@lru_cache(maxsize=64)
def without_addresses(text: str) -> str:
    """The text with a space where a URL or an e-mail address stood."""
    return URL.sub(" ", text) if may_address(text) else text


def may_address(text: str) -> bool:
    """Whether ``text`` has a sign that every URL and e-mail address has."""
    return ":" in text or "@" in text or "www." in text.lower()


def quoted(text: str, size: int = 70) -> str:
    """``text`` in quotation marks for a message, on one line, shortened in the middle of a long text."""
    return f"“{excerpt(text.replace(ATOM, ''), size + 3, middle=True)}”"


def amended(runs: Runs, edits: Mapping[int, str]) -> Runs:
    """The runs with characters replaced: ``edits`` maps places in ``flat(runs)`` to what stands there instead ("" for nothing); atoms stay."""
    out: list[str | Marker] = []
    place = 0
    for run in runs:
        if isinstance(run, str):
            out.append("".join(edits.get(place + offset, char) for offset, char in enumerate(run)))
            place += len(run)
        else:
            out.append(run)
            place += run.kind == "atom"
    return normal(out)


def addressed(text: str) -> frozenset[int]:
    """The places of ``text`` that belong to a URL or an e-mail address, and are not ours to mend; marks after it do not."""
    if not may_address(text):
        return frozenset()
    return frozenset(place for match in URL.finditer(text) for place in range(match.start(), match.start() + len(match.group().rstrip(".,;:!?…"))))


def nearby(text: str, start: int, end: int) -> str:
    """The passage with the word before it and the word after it."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    left = max(before.rfind(" ") + 1, start - 40)
    right = after.find(" ")
    stop = len(text) - len(after) + (right if 0 <= right < 40 else min(len(after), 40))
    return text[left:stop].strip()


def language_name(tag: str) -> str:
    """What the language of ``tag`` is called in a message; the tag itself where nobody knows it."""
    return languages.find(tag).name if languages.exists(tag) else tag
