"""Markdown: CommonMark's blocks with GitHub's tables and footnotes; HTML in it is walked as HTML.

A line's containers (quotes, list items) are told from its beginning alone, which is enough for text: a place holds the words, and what stands before them is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from translate.document import Kind, Marker, Runs, plain
from translate.formats import inline
from translate.formats.hypertext import parse_html
from translate.formats.plain import Line
from translate.formats.prose import Left, Markup, Part, Place, Reading, shown
from translate.formats.rules import ADDRESS_REASON, NUMBER_REASON, Dialect
from translate.formats.walk import WEB_ADDRESS, walk_tree

DEEPEST = 64
"""So many list items may begin inside one another in one line; what follows is text."""
QUOTE = re.compile(r" {0,3}>[ \t]?")
ITEM = re.compile(r"([-+*]|\d{1,9}[.)])([ \t]+|$)(\[[ xX]\][ \t]+)?")
HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
SETEXT = re.compile(r"(=+|-+)[ \t]*$")
RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
FENCE = re.compile(r"(`{3,}|~{3,})(.*)$")
TABLE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
CELL = re.compile(r"(?:[^|\\]|\\.)+")
LABEL = re.compile(r"\[(?!\^)((?:[^\[\]\\]|\\.)+)\]:[ \t]*(?:<[^<>]*>|\S+)(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$")
FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
DEFINITION = re.compile(r":[ \t]+")
RAW = re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
BLOCK = re.compile(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form"
    r"|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|picture|search|section|summary"
    r"|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[\s/>]|$)",
    re.IGNORECASE,
)
ALONE = re.compile(r"(?:<[A-Za-z][^<>]*>|</[A-Za-z][^<>]*>)[ \t]*$")
STARTS = re.compile(r"(?:#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|={3,}\s*$|(?:[-*_]\s*){3,}$|~{3}|`{3}|\[[^\]]+\]:|:\s)|(\d{1,9})[.)](?:\s|$)")


class Content(NamedTuple):
    """What stands in a line behind its quote marks and indentation, and where."""

    start: int
    end: int
    text: str
    line: Line
    indent: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being read."""

    kind: Kind
    spans: list[Content] = field(default_factory=list)


@dataclass(slots=True)
class Scanner:
    """Reads line by line; ``lists`` are the columns at which the open list items' content begins."""

    text: str
    lines: tuple[Line, ...]
    labels: frozenset[str]
    parts: list[Part] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    trail: list[tuple[int, str]] = field(default_factory=list)
    open: Paragraph | None = None

    def scan(self) -> None:
        """Read all lines."""
        at = self.front_matter()
        while at < len(self.lines):
            at = self.line(at)
        self.flush()

    def front_matter(self) -> int:
        """Leave out the metadata that stand between two lines of hyphens at the top."""
        if self.lines and self.lines[0].text.rstrip() == "---":
            for at, line in enumerate(self.lines[1:], 1):
                if line.text.rstrip() in ("---", "..."):
                    self.parts.append(Left(self.lines[0].start, line.end, "front matter"))
                    return at + 1
        return 0

    def line(self, at: int) -> int:
        """Read the line with this number; gives that of the next to be read."""
        content = self.content(self.lines[at])
        if not content.text:
            self.flush()
            return at + 1
        if self.open is None or content.indent < min(self.lists, default=0):
            while self.lists and content.indent < self.lists[-1] and (self.open is None or self.begins(content)):
                self.lists.pop()
        if self.open is None and content.indent - (self.lists[-1] if self.lists else 0) >= 4:
            return self.code(at)
        return self.block(at, content)

    def content(self, line: Line) -> Content:
        """The line without quote marks and indentation."""
        at = 0
        while found := QUOTE.match(line.text, at):
            at = found.end()
        bare = line.text[at:].lstrip(" \t")
        indent = len(line.text[at:].expandtabs(4)) - len(line.text[at:].expandtabs(4).lstrip())
        start = line.start + len(line.text) - len(bare)
        return Content(start, line.start + len(line.text.rstrip()), bare.rstrip(), line, indent)

    def begins(self, content: Content) -> bool:
        """Whether the line begins a block that ends a paragraph."""
        text = content.text
        item = ITEM.match(text)
        return bool(
            HEADING.match(text)
            or RULE.match(text)
            or FENCE.match(text)
            or FOOTNOTE.match(text)
            or BLOCK.match(text)
            or text.startswith("<!--")
            or (item and item.end() < len(text))
            or (self.open and self.open.kind is Kind.NOTE and LABEL.match(text))
        )

    def block(self, at: int, content: Content) -> int:
        """Read the block that begins, or goes on, in this line."""
        text = content.text
        if self.open is not None:
            if SETEXT.match(text) and self.open.kind is Kind.PARAGRAPH and (text[0] == "=" or len(self.open.spans) == 1 or len(text) > 2):
                self.open.kind = Kind.HEADING
                self.flush(level=1 if text[0] == "=" else 2)
                return at + 1
            if not self.begins(content):
                self.open.spans.append(content)
                return at + 1
            self.flush()
        if FENCE.match(text) and not ("`" in text.lstrip("`") and text[0] == "`"):
            return self.fence(at, content)
        if text.startswith("<") and (RAW.match(text) or BLOCK.match(text) or text.startswith(("<!--", "<?")) or ALONE.match(text)):
            return self.markup(at, content)
        if RULE.match(text):
            return at + 1
        if found := HEADING.match(text):
            self.heading(content, found)
            return at + 1
        if LABEL.match(text):
            self.parts.append(Left(content.start, content.end, "link address"))
            return at + 1
        if (
            "|" in text
            and at + 1 < len(self.lines)
            and "-" in (row := self.content(self.lines[at + 1]).text)
            and TABLE.match(row)
            and _columns(row) == _columns(text)
        ):
            return self.table(at)
        return self.prefixed(at, content)

    def prefixed(self, at: int, content: Content) -> int:
        """A list item, a footnote, a definition, or a paragraph."""
        text = content.text
        found = ITEM.match(text)
        kind = Kind.ITEM if found else Kind.NOTE if (found := FOOTNOTE.match(text)) else Kind.PARAGRAPH
        found = found or DEFINITION.match(text)
        if found is None:
            self.open = Paragraph(self.kind(), [content])
            return at + 1
        rest = text[found.end() :]
        quoted = QUOTE.match(rest) if kind is Kind.ITEM else None
        width = found.end() + (quoted.end() if quoted else 0)
        if kind is Kind.ITEM:
            self.lists.append(content.indent + len(found[1]) + (len(found[2].expandtabs(4)) if found.end() < len(text) else 1))
        if not text[width:]:
            return at + 1
        inner = Content(content.start + width, content.end, text[width:], content.line, content.indent + width)
        if kind is Kind.ITEM and len(self.lists) < DEEPEST and (self.begins(inner) or LABEL.match(inner.text)):
            return self.block(at, inner)
        self.open = Paragraph(kind, [inner])
        return at + 1

    def kind(self) -> Kind:
        """What a paragraph is where it stands."""
        return Kind.ITEM if self.lists else Kind.PARAGRAPH

    def flush(self, level: int = 0) -> None:
        """End the open paragraph."""
        paragraph, self.open = self.open, None
        if paragraph is None:
            return
        first, last = paragraph.spans[0], paragraph.spans[-1]
        text = "\n".join([*(self.text[one.start : one.line.end] for one in paragraph.spans[:-1]), last.text])
        prefix = self.text[paragraph.spans[1].line.start : paragraph.spans[1].start] if len(paragraph.spans) > 1 else ""
        self.place(paragraph.kind, first.start, last.end, text, prefix, level)
        if self.parts and isinstance(self.parts[-1], Place):  # what is left alone is left with its signs
            self.signs.extend(self.text[one.line.start : one.start] for one in paragraph.spans[1:])

    def heading(self, content: Content, found: re.Match[str]) -> None:
        """A heading of the form ``## Words ##``."""
        if found[2]:
            self.place(Kind.HEADING, content.start + found.start(2), content.start + found.end(2), found[2], "", len(found[1]))

    def place(self, kind: Kind, start: int, end: int, text: str, prefix: str, level: int = 0) -> None:
        """A place for words, or a stretch that holds none."""
        read = inline.read(text, self.labels, prefix=prefix)
        words = plain(read.runs)
        if not any(map(str.isalpha, words)):
            atom = next((run for run in read.runs if isinstance(run, Marker) and run.kind == "atom" and run.shows), None)
            self.parts.append(Left(start, end, "code" if atom and atom.name == "code" else ADDRESS_REASON if atom and atom.name == "a" else NUMBER_REASON))
            return
        if WEB_ADDRESS.fullmatch(plain(read.runs, atoms=True)):
            self.parts.append(Left(start, end, ADDRESS_REASON))
            return
        if level:
            self.trail = [one for one in self.trail if one[0] < level]
        spell = partial(_spelt, spellings=read.spellings, labels=self.labels, prefix=prefix, kind=kind)
        line = self.text.rfind("\n", 0, start) + 1
        self.parts.append(
            Place(kind, start, end, read.runs, spell, partial(_beside, kind=kind, before=self.text[line:start]), tuple(words for _, words in self.trail))
        )
        self.signs.append(read.signs)
        if level:
            self.trail.append((level, shown(read.runs)))

    def code(self, at: int) -> int:
        """Code that is indented: up to the next line that is not."""
        base = self.lists[-1] if self.lists else 0
        last = at
        for number in range(at, len(self.lines)):
            content = self.content(self.lines[number])
            if content.text and content.indent - base < 4:
                break
            last = number if content.text else last
        self.parts.append(Left(self.lines[at].start, self.lines[last].end, "code"))
        return last + 1

    def fence(self, at: int, content: Content) -> int:
        """Code between fences, up to the end where the second is missing."""
        found = FENCE.match(content.text)
        mark = found[1] if found else "```"
        last = len(self.lines) - 1
        for number in range(at + 1, len(self.lines)):
            text = self.content(self.lines[number]).text
            if text.startswith(mark) and not text.strip(mark[0]):
                last = number
                break
        self.parts.append(Left(content.start, self.lines[last].end, "code"))
        return last + 1

    def markup(self, at: int, content: Content) -> int:
        """HTML: up to its end tag, the end of a comment, or a blank line."""
        raw = RAW.match(content.text)
        closer = f"</{raw[1].lower()}>" if raw else "-->" if content.text.startswith("<!--") else "?>" if content.text.startswith("<?") else ""
        last = len(self.lines) - 1
        for number in range(at, len(self.lines)):
            text = self.content(self.lines[number]).text
            if closer and closer in text.lower():
                last = number
                break
            if not closer and not text:
                last = number - 1
                break
        start, end = content.start, self.lines[last].end
        data = self.text[start:end].encode("utf-8", "replace")
        page = walk_tree(parse_html(data, "HTML"), data=data, document="HTML", dialect=Dialect.XHTML, language=None)
        self.parts.append(Markup(start, end, page, tuple(words for _, words in self.trail)))
        return last + 1

    def table(self, at: int) -> int:
        """A table: each cell is a place."""
        number = at
        while number < len(self.lines) and (content := self.content(self.lines[number])).text and (number < at + 2 or "|" in content.text):
            for found in CELL.finditer(content.text) if number != at + 1 else ():
                cell = found[0].strip()
                if cell:
                    start = content.start + found.start() + len(found[0]) - len(found[0].lstrip())
                    self.place(Kind.CELL, start, start + len(cell), cell, "")
            number += 1
        return number


def read(text: str) -> Reading:
    """The blocks of a Markdown text."""
    lines: list[Line] = []
    at = 0
    for raw in re.findall(r"[^\n]*\n|[^\n]+", text):
        bare = raw.rstrip("\r\n")
        lines.append(Line(at, at + len(bare), bare))
        at += len(raw)
    scanner = Scanner(text, tuple(lines), frozenset(_labels(lines)))
    scanner.scan()
    return Reading(tuple(scanner.parts), "".join(scanner.signs))


def _labels(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if found := LABEL.match(line.text.lstrip(" >\t")):
            yield found[1].strip().casefold()


def _columns(row: str) -> int:
    return len(CELL.findall(row.strip().strip("|")))


def _spelt(target: Runs, *, spellings: Mapping[tuple[str, int], str], labels: frozenset[str], prefix: str, kind: Kind) -> str:
    """The words as Markdown in their place: nothing in them begins another block."""
    text = inline.write(target, spellings, labels).strip()
    if kind is Kind.CELL:
        return re.sub(r"(?<!\\)\|", r"\\|", text)
    if kind is Kind.HEADING:
        return re.sub(r"(^|\s)(#+)$", r"\1\\\2", text)
    return "\n".join(prefix + _harmless(line.removeprefix(prefix)) if number else _harmless(line) for number, line in enumerate(text.split("\n")))


def _harmless(line: str) -> str:
    """A line that begins no heading, list, quote or rule."""
    found = STARTS.match(line)
    if found is None:
        return line
    return f"{found[1]}\\{line[len(found[1]) :]}" if found[1] else f"\\{line}"


def _beside(source: str, target: str, *, kind: Kind, before: str) -> str:
    """Source and translation: a paragraph after the other; headings, items and cells on one line."""
    if kind is not Kind.PARAGRAPH:
        return f"{source} / {target}"
    return f"{source}\n{before.rstrip()}\n{before}{target}"
