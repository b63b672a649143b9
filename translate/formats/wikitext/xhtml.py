"""A modest renderer: wikitext to XHTML without a wiki, from what the scanner finds. For books that are built offline; a wiki's own parser does it better.

It knows paragraphs, headings, lists, tables, emphasis, links, references, pictures, poems and the HTML that wikitext allows. Templates and parser functions are left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from translate.formats.wikitext.names import CATEGORY, FILE, Names, capital, spaced
from translate.formats.wikitext.quotes import Row, turns
from translate.formats.wikitext.scanner import Node, Part, scan
from translate.formats.wikitext.templates import call

MARK = 0xF0000
"""Things that were rendered stand in the text as one character from here on."""
MARKS = re.compile("[\U000f0000-\U000ffffd]")
HEADING = re.compile(r"(={1,6})(.+?)\1\s*")
LIST = re.compile(r"[*#:;]+")
APOSTROPHES = re.compile(r"''+")
ADDRESS = re.compile(r"\[((?:(?:https?|ftps?):)?//[^\s\[\]<>\"]+|mailto:[^\s\[\]<>\"]+)\s*([^\[\]\n]*)\]")
TAG = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|\w+);")
BLOCK = re.compile(r"\s*</?(?:div|p|blockquote|center|table|tr|td|th|ul|ol|li|dl|dd|dt|pre|h[1-6]|hr|figure|poem)\b", re.IGNORECASE)
CAPTION = re.compile(r"(?<!\w)caption\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s/>]+))", re.IGNORECASE)
NAME = re.compile(r"\bname\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s/>]+))", re.IGNORECASE)
SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*\"?(\d{1,3})", re.IGNORECASE)
SWITCH = re.compile(r"__[A-Z]+__")
EXPLAINED = re.compile(r":(?!//)")
"""What parts a term from its explanation on one line (``; term : explanation``)."""
LISTS = {"*": ("ul", "li"), "#": ("ol", "li"), ":": ("dl", "dd"), ";": ("dl", "dt")}
DEEPEST = 12
APART = frozenset({"thumb", "thumbnail", "mini", "miniatur", "left", "right", "center", "none", "frame", "framed", "links", "rechts", "zentriert", "gerahmt"})
APART_WORDS = frozenset({"img_thumbnail", "img_manualthumb", "img_framed", "img_left", "img_right", "img_center", "img_none"})
Lookup = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as HTML (to be cleaned before anybody shows it), its notes in order, and what was left out."""

    body: str
    notes: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(slots=True)
class Renderer:
    """Renders one page. ``link`` gives the address of a title and ``picture`` that of a file, "" for none."""

    names: Names
    link: Lookup
    picture: Lookup
    done: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    named: dict[str, int] = field(default_factory=dict)
    used: dict[int, int] = field(default_factory=dict)
    left: dict[str, None] = field(default_factory=dict)
    depth: int = 0

    def page(self, text: str) -> Rendered:
        """The whole page."""
        body = self.blocks(MARKS.sub("\ufffd", text))
        return Rendered(body, tuple(self.notes), tuple(self.left))

    def blocks(self, text: str) -> str:
        """Text of several lines."""
        if self.depth > DEEPEST:
            return f"<p>{escape(text)}</p>"
        self.depth += 1
        flat = SWITCH.sub("", self.flat(text))
        out = "".join(_Blocks(self, flat.split("\n")).all())
        self.depth -= 1
        return self.whole(out)

    def words(self, text: str) -> str:
        """Text in a row, with its marks put back."""
        if self.depth > DEEPEST:
            return escape(text)
        self.depth += 1
        out = self.inline(self.flat(text))
        self.depth -= 1
        return self.whole(out)

    def flat(self, text: str) -> str:
        """The text with a mark for everything that the preprocessor sees."""
        out: list[str] = []
        at = 0
        for node in scan(text, 0, len(text), tags=self.names.tags).nodes:
            out += [text[at : node.start], self.mark(self.node(text, node))]
            at = node.end
        return "".join([*out, text[at:]])

    def mark(self, html: str) -> str:
        """A character that stands for this HTML; none for nothing."""
        if not html or len(self.done) >= 60_000:
            return ""
        self.done.append(html)
        return chr(MARK + len(self.done) - 1)

    def whole(self, html: str) -> str:
        """HTML with its marks put back."""
        return MARKS.sub(lambda found: self.done[ord(found[0]) - MARK] if ord(found[0]) - MARK < len(self.done) else "", html)

    def inline(self, text: str) -> str:
        """One line: apostrophes, addresses, the HTML that is allowed."""
        rows = [Row(found.start(), len(found[0]), text[: found.start()]) for found in APOSTROPHES.finditer(text)]
        out: list[str] = []
        at = 0
        for turn in turns(_between(rows)) or () if rows else ():
            out += [self._plain(text[at : turn.start]), f"<{'/' if turn.kind == 'close' else ''}{turn.letter}>"]
            at = turn.start + {"i": 2, "b": 3}[turn.letter]
        return "".join([*out, self._plain(text[at:])])

    def _plain(self, text: str) -> str:
        text = ADDRESS.sub(lambda found: self.mark(f'<a href="{escape(found[1])}">{escape(found[2].strip() or found[1])}</a>'), text)
        out: list[str] = []
        at = 0
        for found in TAG.finditer(text):
            out += [escape(text[at : found.start()], quote=False), found[0]]
            at = found.end()
        return "".join([*out, escape(text[at:], quote=False)])

    # --- what the preprocessor sees

    def node(self, text: str, node: Node) -> str:
        """One node as HTML; nothing for what is not shown."""
        if node.sort == "link":
            return self.bracket(text, node)
        if node.sort == "extension":
            return self.extension(text, node)
        if node.sort == "template":
            called = call(text, node, self.names)
            if called.sort in ("template", "function"):
                self.left[called.name.split("\n")[0].strip()[:60]] = None
            return ""
        return escape(text[node.start : node.end]) if node.sort == "variant" else ""

    def extension(self, text: str, node: Node) -> str:
        """A reference, a poem, text that is meant as it stands."""
        inner = text[slice(*node.inner)] if node.inner else ""
        if node.name == "ref":
            return self.reference(text[node.start : node.inner[0] if node.inner else node.end], inner)
        if node.name == "poem":
            return "<blockquote><p>" + "<br>".join(self.verse(line) for line in inner.strip("\n").split("\n")) + "</p></blockquote>"
        if node.name == "gallery":
            named = CAPTION.search(text, node.start, node.inner[0] if node.inner else node.end)
            title = f"<p><b>{self.words(unescape(next(filter(None, named.groups()), '')))}</b></p>" if named else ""
            return title + "".join(self.shown(*line.partition("|")[::2], apart=True) for line in inner.split("\n") if line.strip())
        if node.name in ("pre", "syntaxhighlight", "source"):
            return f"<pre>{escape(inner.strip(chr(10)))}</pre>"
        return f"<code>{escape(inner)}</code>" if node.name in ("math", "chem") else escape(inner) if node.name == "nowiki" else ""

    def verse(self, line: str) -> str:
        """A line of a poem: spaces and colons before it move it in."""
        words = line.lstrip(" :")
        inside = sum(2 if sign == ":" else 1 for sign in line[: len(line) - len(words)])
        return "\u00a0" * min(inside, DEEPEST) + self.words(words)

    def reference(self, tag: str, inner: str) -> str:
        """The sign of a note, and the note itself where it comes first."""
        found = NAME.search(tag)
        name = next((group for group in found.groups() if group), "") if found else ""
        number = self.named.get(name) if name else None
        if number is None:
            self.notes.append("")
            number = len(self.notes)
            if name:
                self.named[name] = number
        if inner.strip() and not self.notes[number - 1]:
            self.notes[number - 1] = self.words(inner.strip())
        self.used[number] = self.used.get(number, 0) + 1
        again = f"-{self.used[number]}" if self.used[number] > 1 else ""
        return f'<a class="noteref" id="ref{number}{again}" href="#note{number}">{number}</a>'

    def bracket(self, text: str, node: Node) -> str:
        """A link, a picture; categories and language links are not shown."""
        raw = _part(text, node.parts[0]).strip()
        prefix, number, rest = self.names.split(raw.lstrip(":"))
        label = text[node.parts[1].start : node.parts[-1].end] if len(node.parts) > 1 else ""
        if not raw.startswith(":"):
            if number == FILE:
                options = "|".join(_part(text, part) for part in node.parts[1:])
                return self.shown(rest, options, apart=_stands_apart(options, self.names))
            if number == CATEGORY or (number is None and self.names.is_language(prefix)):
                return ""
        title = capital(spaced(raw.lstrip(":").partition("#")[0]))
        words = self.words(label or raw.lstrip(":"))
        address = self.link(title) if title else ""
        return f'<a href="{escape(address)}">{words}</a>' if address else words

    def shown(self, name: str, options: str, *, apart: bool) -> str:
        """A picture with its caption, or the caption alone where the picture was not given; one that does not stand ``apart`` is part of its line."""
        name = name.strip().partition(":")[2] or name.strip()
        caption = "" if not options else _caption(options, self.names)
        words = self.words(caption)
        address = self.picture(capital(spaced(name)))
        if address and not apart:
            return f'<img src="{escape(address)}" alt="{escape(re.sub("<[^>]+>", "", words) or name)}">'
        if address:
            return f'<figure><img src="{escape(address)}" alt="{escape(re.sub("<[^>]+>", "", words) or name)}"><figcaption>{words}</figcaption></figure>'
        self.left[f"File:{name}"] = None
        said = f"[{escape(name)}] {words}".strip()
        return f'<p class="picture">{said}</p>' if apart else said


class _Blocks:
    """Lines as blocks."""

    def __init__(self, renderer: Renderer, lines: list[str]) -> None:
        self.renderer, self.lines, self.at = renderer, lines, 0
        self.paragraph: list[str] = []

    def all(self) -> Iterator[str]:
        """Every block in order."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            found = HEADING.fullmatch(line)
            if line.lstrip(" :").startswith("{|"):
                yield from self.end()
                yield self.table()
                continue
            if found:
                yield from self.end()
                level = min(6, max(2, len(found[1])))
                yield f"<h{level}>{self.renderer.inline(found[2].strip())}</h{level}>"
            elif LIST.match(line):
                yield from self.end()
                yield self.items()
                continue
            elif re.match("-{4,}", line):
                yield from self.end()
                yield "<hr>"
            elif not line.strip():
                yield from self.end()
            elif BLOCK.match(line) or self._stands_alone(line):
                yield from self.end()
                yield self.renderer.inline(line)
            else:
                self.paragraph.append(line.strip())
            self.at += 1
        yield from self.end()

    def end(self) -> Iterator[str]:
        """The paragraph that was collected."""
        if self.paragraph:
            yield f"<p>{self.renderer.inline(' '.join(self.paragraph))}</p>"
        self.paragraph = []

    def _stands_alone(self, line: str) -> bool:
        marks = MARKS.findall(line)
        return bool(marks) and not MARKS.sub("", line).strip() and BLOCK.match(self.renderer.done[ord(marks[0]) - MARK]) is not None

    def items(self) -> str:
        """List lines side by side."""
        rows = []
        while self.at < len(self.lines) and (found := LIST.match(self.lines[self.at])):
            signs, words = found[0][:DEEPEST], self.lines[self.at][found.end() :].strip()
            parted = EXPLAINED.split(words, maxsplit=1) if signs.endswith(";") else [words]
            rows.append((signs, parted[0].strip()))
            rows += [(f"{signs[:-1]}:", words.strip()) for words in parted[1:]]
            self.at += 1
        return _nested(rows, self.renderer.inline)

    def table(self) -> str:
        """A table to its end; what its cells hold is blocks again, another table too."""
        rows: list[list[_Cell]] = [[]]
        caption, depth = "", 0
        while self.at < len(self.lines):
            line = self.lines[self.at].strip()
            self.at += 1
            depth += line.lstrip(":").startswith("{|")
            if depth > 1:
                depth -= line.startswith("|}")
                if rows[-1]:
                    rows[-1][-1].lines.append(line)
            elif line.startswith("|}"):
                break
            elif line.startswith("|+"):
                caption = f"<caption>{self.renderer.inline(_parted(line[2:])[1])}</caption>"
            elif line.startswith("|-"):
                rows.append([])
            elif line.startswith(("|", "!")):
                rows[-1] += [_cell(piece, line[0]) for piece in re.split(r"\|\||!!" if line[0] == "!" else r"\|\|", line[1:])]
            elif rows[-1]:
                rows[-1][-1].lines.append(line)
        body = "".join(f"<tr>{''.join(map(self._filled, row))}</tr>" for row in rows if row)
        return f"<table>{caption}<tbody>{body}</tbody></table>" if body else ""

    def _filled(self, cell: _Cell) -> str:
        lines = "\n".join(cell.lines).strip().split("\n")
        renderer = self.renderer
        if len(lines) == 1 or renderer.depth > DEEPEST:
            words = renderer.inline(" ".join(lines))
        else:
            renderer.depth += 1
            blocks = list(_Blocks(renderer, lines).all())
            words = blocks[0][3:-4] if len(blocks) == 1 and blocks[0].startswith("<p>") else "".join(blocks)
            renderer.depth -= 1
        return f"<{cell.name}{cell.spans}>{words}</{cell.name}>"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table: its element, the attributes that say how far it reaches, its lines."""

    name: str
    spans: str
    lines: list[str]


def _cell(piece: str, sign: str) -> _Cell:
    attributes, words = _parted(piece)
    spans = "".join(f' {key.lower()}="{value}"' for key, value in SPAN.findall(attributes))
    return _Cell("th" if sign == "!" else "td", spans, [words.strip()])


def _between(rows: list[Row]) -> list[Row]:
    """Each row with the text between it and the one before."""
    ends = [0, *(row.start + row.width for row in rows)]
    return [Row(row.start, row.width, row.before[end:]) for row, end in zip(rows, ends, strict=False)]


def _parted(piece: str) -> tuple[str, str]:
    """Attributes and words of a cell."""
    before, bar, after = piece.partition("|")
    return (before, after) if bar and "[" not in before else ("", piece)


def _part(text: str, part: Part) -> str:
    return text[part.start : part.end]


def _stands_apart(options: str, names: Names) -> bool:
    """Whether a picture's options put it beside the text, or between its paragraphs."""
    said = (one.strip() for one in options.split("|"))
    return any(one.casefold() in APART or (names.option(one) or ("",))[0] in APART_WORDS for one in said)


def _caption(options: str, names: Names) -> str:
    """The caption among a picture's options: the last that is no option."""
    known = {"thumb", "thumbnail", "mini", "miniatur", "left", "right", "center", "none", "frame", "framed", "frameless", "border", "links", "rechts", "hochkant", "upright"}
    kept = [one for one in re.split(r"\|(?![^\[]*\]\])", options) if one.strip().casefold() not in known]
    kept = [one for one in kept if not re.match(r"\s*(?:\d*x?\d+\s*px|[a-z]+\s*=)", one, re.IGNORECASE)]
    return kept[-1].strip() if kept else ""


def _nested(rows: list[tuple[str, str]], inline: Callable[[str], str]) -> str:
    """Rows of (signs, words) as lists inside lists."""
    out: list[str] = []
    at = 0
    while at < len(rows):
        sign = rows[at][0][0]
        outer, item = LISTS[sign]
        out.append(f"<{outer}>")
        while at < len(rows) and LISTS[rows[at][0][0]][0] == outer:
            item = LISTS[rows[at][0][0]][1]
            signs, words = rows[at]
            own = inline(words) if len(signs) == 1 else ""
            at += len(signs) == 1
            deeper = []
            while at < len(rows) and len(rows[at][0]) > 1 and LISTS[rows[at][0][0]][0] == outer:
                deeper.append((rows[at][0][1:], rows[at][1]))
                at += 1
            out.append(f"<{item}>{own}{_nested(deeper, inline) if deeper else ''}</{item}>")
        out.append(f"</{outer}>")
    return "".join(out)
