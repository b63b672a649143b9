"""Signs that mean something to the format of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from translate.checks.reading import flat, quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that breaks a format where the source does not have it too, and what is said of it."""

    pattern: re.Pattern[str]
    severity: Severity
    says: str


_LINE = Rule(
    re.compile(r"(?m)^[ \t]*(?:[*#]+[ \t]|[|!]|\|-|={2,}[^=\n])"), "error", "A line begins with a sign that makes a list, a table or a heading of it: {0}."
)
_CONTROL = Rule(re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ufffd]"), "error", "A character that no text has stands in the translation (code {0}).")
_BREAK = Rule(re.compile(r"\n[ \t]*\n"), "warning", "The translation is cut into paragraphs, and the source is not: {0}.")

RULES: dict[str, tuple[Rule, ...]] = {
    "": (_CONTROL, _LINE, _BREAK),
    "wiki": (
        _CONTROL,
        Rule(re.compile(r"(?m)^[ \t]*[*#:;|!=]|^ (?=\S)|^-{4,}"), "error", "A line begins with a sign that makes a list, a table, a heading or code of it: {0}."),
        Rule(re.compile(r"\[\[|\]\]|\{\{|\}\}|\{\||\|\}|~{3,}|'{2,}|</?(?:ref|nowiki|math|gallery|includeonly|noinclude|onlyinclude)\b"), "error", "Signs of the wiki's markup stand in the translation: {0}."),
        Rule(re.compile(r"\|"), "error", "A bar would cut the cell or the template in two: {0}."),
        Rule(re.compile(r"__[A-Z]{3,}__"), "error", "A word that switches the page's behaviour stands in the translation: {0}."),
        _BREAK,
    ),
    "markdown": (
        _CONTROL,
        Rule(re.compile(r"(?m)^[ \t]*(?:[*+-][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|\||```|~~~)|^(?: {4}|\t)(?=\S)"), "error", "A line begins with a sign that makes a list, a heading, a quotation or code of it: {0}."),
        _BREAK,
    ),
}  # fmt: skip
"""What breaks a format, by its name; "" holds for formats in which text is only text (EPUB, HTML, plain text)."""


class Format:
    """The translation has a sign that its format takes for something else: a line that begins with ``*``, ``#`` or ``|``, a control character, an empty line.

    What the source has as well is let pass.
    Blind to signs inside a line, but for those of a wiki's own markup.
    """

    name = "format"
    structural = True

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding per rule of the format."""
        source, target = flat(pair.segment.source), flat(pair.draft.target)
        for rule in RULES.get(facts.format, RULES[""]):
            match = rule.pattern.search(target)
            if match and not rule.pattern.search(source):
                yield Finding(self.name, rule.severity, rule.says.format(_shown(target, match)), target=match.group())


def _shown(text: str, match: re.Match[str]) -> str:
    if len(match.group()) == 1 and not match.group().isprintable():
        return f"U+{ord(match.group()[0]):04X}"
    return quoted(text[match.start() : match.end() + 40])
