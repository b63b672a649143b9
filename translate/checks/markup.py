"""Signs of Markdown or HTML that stand in the translation as text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from translate.checks.reading import addressed, amended, flat, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Runs

_TAGS = "a|abbr|b|big|blockquote|br|center|cite|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|kbd|li|mark|ol|p|pre|q|ruby|s|small|span|strike|strong|sub|sup|table|td|th|tr|tt|u|ul|var"


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of markup: what it looks like, and the text in it that stays (``{0}`` groups in order); ``certain`` ones are mended, and one that stands ``alone`` is looked for where two asterisks have no others."""

    pattern: re.Pattern[str]
    what: str
    certain: bool = True
    alone: bool = False


SIGNS = (
    Sign(re.compile(r"(?<![\w*])(\*\*\*?)(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])(\*\*\*?)(?![\w*])"), "Asterisks for bold type"),
    Sign(re.compile(r"(?<![\w*/])\*\*[^\s*]{1,40}|[^\s*]{1,40}\*\*(?![\w*/])"), "Asterisks for bold type, opened or closed only", certain=False, alone=True),
    Sign(re.compile(r"(?<![\w_])(__)(?=[^\s_])([^_\n]{1,300}?)(?<=[^\s_])(__)(?![\w_])"), "Underscores for bold type"),
    Sign(re.compile(r"(?<![\w*])(\*)(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])(\*)(?![\w*])"), "Asterisks for italics"),
    Sign(re.compile(r"(?<![\w_/])(_)(?=[^\s_])([^_\n]{1,300}?)(?<=[^\s_])(_)(?![\w_])"), "Underscores for italics"),
    Sign(re.compile(r"\A(\s*#{1,6} +)(?=\S)()()"), "A number sign for a heading"),
    Sign(re.compile(r"(?<!`)(`)(?=[^\s`])([^`\n]{1,300}?)(?<=[^\s`])(`)(?!`)"), "Backticks for code", certain=False),
    Sign(re.compile(r"\[[^\]\n]{1,300}\]\((?:https?:|#|/|mailto:)[^)\s]*\)"), "A link in Markdown", certain=False),
    Sign(re.compile(rf"</?(?:{_TAGS})(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>", re.IGNORECASE), "A tag of HTML", certain=False),
    Sign(re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"), "An entity of HTML"),
    Sign(re.compile(r"\\(?:n|t|\"|')(?![A-Za-z\\])"), "A backslash of the reply's format", certain=False),
)


class Markup:
    """Signs of Markdown or HTML stand in the translation as text: asterisks, number signs, backticks, tags, entities.

    What the source has of the same kind is none. Blind to signs that the source has too, and to a single asterisk.
    """

    name = "markup"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield one finding per kind of sign."""
        for sign, matches in _signs(pair):
            words = matches[0].group().strip()
            yield Finding(self.name, "warning", f"{sign.what}: {quoted(words)} stands in the translation as text.", target=words)

    def fix(self, pair: Pair, facts: Facts) -> Runs | None:
        """Without asterisks, underscores and number signs, and with the characters that entities stand for."""
        edits: dict[int, str] = {}
        for sign, matches in _signs(pair):
            for match in matches if sign.certain else ():
                if not edits.keys() & set(range(*match.span())):
                    edits.update(_entity(match) if match.group().startswith("&") else _stripped(match))
        return amended(pair.draft.target, edits) if edits else None


def _signs(pair: Pair) -> Iterator[tuple[Sign, list[re.Match[str]]]]:
    """The signs that the target has and the source has not, with their places."""
    text, source = flat(pair.draft.target), flat(pair.segment.source)
    if not any(char in text for char in "*_#`[<&\\"):
        return
    kept = addressed(text)
    for sign in SIGNS:
        matches = [match for match in sign.pattern.finditer(text) if match.start() not in kept and _unescapes(match)]
        if matches and not sign.pattern.search(source) and (not sign.alone or text.count("**") % 2):
            yield sign, matches


def _unescapes(match: re.Match[str]) -> bool:
    """Whether an entity is one; every other sign is what it looks like."""
    return not match.group().startswith("&") or html.unescape(match.group()) != match.group()


def _stripped(match: re.Match[str]) -> dict[int, str]:
    """Without the first and the third group."""
    return {place: "" for group in (1, 3) for place in range(*match.span(group))}


def _entity(match: re.Match[str]) -> dict[int, str]:
    return dict.fromkeys(range(*match.span()), "") | {match.start(): html.unescape(match.group())}
