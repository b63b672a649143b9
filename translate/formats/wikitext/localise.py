"""What a page's markup is called in the sister wiki: links, categories, files, templates, parameters, magic words. Pure and offline.

Words are not touched: what is changed are names, which ``Page.splice`` takes as edits beside the translations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from translate.document import Runs
from translate.formats.wikitext.fingerprint import Signs
from translate.formats.wikitext.masks import TITLE, is_link
from translate.formats.wikitext.names import CATEGORY, FILE, TEMPLATE, Names, capital, key, names, spaced
from translate.formats.wikitext.page import Page, walk
from translate.formats.wikitext.scanner import Node, every
from translate.formats.wikitext.sections import headings, one_line
from translate.formats.wikitext.spell import Patch, patched
from translate.formats.wikitext.templates import Call, Parameter, Treatments, call, parameters, trimmed
from translate.sites import Sister, Template

SHOWN = 12
LONGEST = 255
"""Letters of a title."""
FUNCTIONS = 1000
"""So many functions of a page are looked at for what is named anew in them."""
BY_HEADING = frozenset({"#lsth", "#section-h"})
EXCERPTS = BY_HEADING | {"#lst", "#lstx", "#section", "#section-x"}
"""Functions that show a section of another page (Extension:Labeled_Section_Transclusion); the first ones call it by its heading."""
ALWAYS_THERE = (-2, -1)
"""Namespaces that no language link leads to: media and special pages."""
Sign = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Localised:
    """The edits for ``Page.splice``, what each sign of the structure is called afterwards (``fingerprint.of``), and sentences for the report."""

    edits: tuple[Patch, ...]
    named: Signs
    remarks: tuple[str, ...]


def localise(page: Page, sister: Sister, targets: Mapping[str, Runs]) -> Localised:
    """Name everything of the page as the sister wiki does; ``targets`` are its translations, whose headings the links to sections follow."""
    work = _Localiser(page, sister, headings(page, targets))
    work.all()
    return Localised(tuple(work.edits), work.named, tuple(work.remarks()))


def follow(page: Page, targets: Mapping[str, Runs]) -> Localised:
    """Links to sections of the page itself follow their headings; for a page that goes to no known wiki."""
    found = headings(page, targets)
    edits: list[Patch] = []
    named: dict[Sign, Sign | None] = {}
    for node in every(page.nodes) if found else ():
        if node.sort == "link" and not node.parts[0].nodes and is_link(page.text, node, page.names):
            start, end = trimmed(page.text, node.parts[0].start, node.parts[0].end)
            raw = page.text[start:end]
            new = found.get(one_line(raw[1:])) if raw.startswith("#") else None
            if new and f"#{new}" != raw:
                edits.append(Patch(start, end, f"#{new}"))
                named["link", capital(spaced(raw))] = ("link", capital(spaced(f"#{new}")))
    return Localised(tuple(edits), named, ())


def page_values(text: str, sister: Sister) -> tuple[str, ...]:
    """The titles that a page's templates are given as the names of pages, each once; the wiki's parser does not tell them, where the template makes no link of them."""
    page = walk(text, sister.source, sister=sister)
    treatments = Treatments(sister.templates, sister.treatment)
    found: dict[str, None] = {}
    for node in every(page.nodes):
        if node.sort == "template" and (one := call(text, node, page.names)).sort == "template":
            for parameter in parameters(text, node):
                value = text[slice(*parameter.value)]
                if not parameter.part.nodes and TITLE.fullmatch(value) and treatments.of(one.name, parameter, value) == "link":
                    found.setdefault(spaced(value.partition("#")[0]))
    return tuple(title for title in found if title and len(title) < LONGEST)


def reverse(sister: Sister) -> Sister:
    """The sister seen from the other side, as far as walking a translated page needs it: what its templates' parameters are."""
    templates = {}
    treatment = {}
    for name, template in sister.templates.items():
        new = template.target.partition(":")[2] or template.target or name
        given = tuple(replace(one, name=template.renamed.get(one.name, one.name)) for one in template.parameters)
        templates[new] = Template(new, name, given)
    for name, wishes in sister.treatment.items():
        known = next((template for one, template in sister.templates.items() if key(one) == key(name)), Template(name))
        new = known.target.partition(":")[2] or known.target or name
        treatment[new] = {known.renamed.get(parameter, parameter): wish for parameter, wish in wishes.items()}
    return Sister(sister.target, sister.source, {}, templates, treatment)


@dataclass(slots=True)
class _Localiser:
    page: Page
    sister: Sister
    sections: Mapping[str, str]
    edits: list[Patch] = field(default_factory=list)
    named: dict[Sign, Sign | None] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    lost: dict[str, dict[str, None]] = field(default_factory=dict)
    gone: int = -1
    line: int = -1

    @property
    def ours(self) -> Names:
        """The names of the wiki that the page is from."""
        return self.page.names

    @property
    def theirs(self) -> Names:
        """The names of the wiki that it goes to."""
        return names(self.sister.target)

    def all(self) -> None:
        """Name everything."""
        text = self.page.text
        functions: list[Node] = []
        for node in sorted(every(self.page.nodes), key=lambda node: node.start):
            if node.start < self.gone:
                continue
            if node.sort == "template":
                found = call(text, node, self.ours)
                if found.sort != "function":
                    self.template(node, found)
                elif len(functions) < FUNCTIONS:
                    functions.append(node)
                    self.excerpt(node)
            elif node.sort == "link" and not node.parts[0].nodes and is_link(text, node, self.ours) and "<" not in text[node.parts[0].start : node.parts[0].end]:
                self.link(node)
        for node in functions:
            raw = text[node.start : node.end]
            inside = [edit for edit in self.edits if node.start <= edit.start and edit.end <= node.end]
            self.named["function", raw] = ("function", patched(text, node.start, node.end, inside))
        for start, end in self.page.switches:
            self.word(start, end, self.ours.switches[text[start:end].lower()])
        if self.page.redirect:
            self.word(*self.page.redirect, "redirect")

    def edit(self, start: int, end: int, new: str) -> None:
        """Replace a span, if it changes."""
        if self.page.text[start:end] != new:
            self.edits.append(Patch(start, end, new))

    def word(self, start: int, end: int, name: str) -> None:
        """A magic word in the target's own spelling."""
        if spelt := self.theirs.spelt(name):
            self.edit(start, end, spelt.rstrip(":"))

    def lose(self, sort: str, name: str) -> None:
        """Something has no counterpart."""
        self.lost.setdefault(sort, {})[name] = None

    def remarks(self) -> Iterator[str]:
        """What has no counterpart in the sister wiki."""
        said = {
            "link": "These pages are not in the sister wiki, their links are {0}",
            "category": "These categories are not in the sister wiki and {0}",
            "template": "These templates are not in the sister wiki and are kept as they are",
            "parameter": "The sister's template wants parameters that the page does not give",
            "unread": "The sister's template does not take these parameters, so that what they say is not shown there",
            "dropped": "These templates were left out",
            "page": "These pages, shown inside of this one, are not in the sister wiki",
            "section": "These links lead to sections whose heading there is not known",
            "placed": "These links lead to sections that were found by their place on both pages, so look whether they are the right ones",
        }
        led = "led to the source wiki" if self.home() else "kept, as that wiki has no prefix for the source's"
        how = {
            "link": {"red": "kept", "interwiki": led, "plain": "only words now"}[self.sister.choices.missing],
            "category": {"keep": "are kept", "comment": "are hidden in a comment", "drop": "were left out"}[self.sister.choices.categories],
        }
        for sort, found in self.lost.items():
            more = f" (+ {len(found) - SHOWN})" if len(found) > SHOWN else ""
            yield f"{self.page.document}: {said[sort].format(how.get(sort, ''))}: {', '.join(list(found)[:SHOWN])}{more}."

    # --- links

    def title(self, title: str) -> str | None:
        """The full title in the sister wiki, or None where there is no such page."""
        _, number, rest = self.ours.split(title)
        local = self.ours.prefix(number) if number else ""
        for name in (spaced(title), capital(spaced(title)), f"{local}:{capital(spaced(rest))}" if local else ""):
            if name and name in self.sister.titles:
                return self.sister.titles[name]
        return None

    def prefixed(self, title: str) -> str:
        """A title with the target's name of its namespace."""
        _, number, rest = self.ours.split(title)
        local = self.theirs.prefix(number) if number else ""
        return f"{local}:{rest}" if local else title

    def link(self, node: Node) -> None:
        """A link of any sort."""
        start, end = trimmed(self.page.text, node.parts[0].start, node.parts[0].end)
        raw = self.page.text[start:end]
        prefix, number, rest = self.ours.split(raw)
        if number == FILE:
            self.edit(start, end, self.title(raw) or self.prefixed(raw))
            self.options(node)
        elif number == CATEGORY:
            self.category(node, start, end, rest)
        elif number is None and self.ours.is_language(prefix):
            if spaced(prefix).casefold() == self.sister.target.language.casefold():
                self.drop(node, ("interlanguage", capital(spaced(raw))))
        else:
            self.page_link(start, end, raw)

    def page_link(self, start: int, end: int, raw: str) -> None:
        """A link to a page: its title, and the section that follows its heading."""
        colon = ":" if raw.startswith(":") else ""
        base, hash_, section = raw.removeprefix(":").partition("#")
        prefix, number, rest = self.ours.split(base)
        sign = ("link", capital(spaced(raw)))
        if number is None:
            if spaced(prefix).casefold() == self.sister.target.language.casefold():
                self.renamed(start, end, sign, rest + hash_ + section)
            return
        if section and self.sister.page and capital(spaced(base)) == self.sister.page:
            base = ""  # a section of this very page, which is wherever the page will be
        whole = self.section(base, section) if hash_ and base else None
        new = whole or (self.title(base) if base else "")
        if base and new is None and number in ALWAYS_THERE:
            new = self.prefixed(base)
        if base and new is None:
            self.lose("link", spaced(base))
            self.missing(start, end, sign, raw.removeprefix(":"), colon)
            return
        if hash_ and not whole:
            known = self.sections.get(one_line(section)) if not base else None
            if known is None and section:
                self.lose("section", f"{spaced(base)}#{section}")
            new = f"{new}#{known or section}"
        self.renamed(start, end, sign, colon + (new or ""))

    def section(self, base: str, section: str) -> str | None:
        """The section of another page in the sister wiki, or None where it is not known there."""
        whole = self.title(f"{spaced(base)}#{one_line(section)}")
        if whole in self.sister.placed:
            self.lose("placed", f"{spaced(base)}#{one_line(section)} → {whole}")
        return whole

    def named_page(self, value: str) -> str | None:
        """The page in the sister wiki that a template is given by its title, its section too, or None where it is not there."""
        base, hash_, section = value.partition("#")
        there = self.title(base)
        if there is None or not hash_:
            return there
        whole = self.section(base, section)
        if whole is None:
            self.lose("section", f"{spaced(base)}#{section}")
        return whole or f"{there}#{section}"

    def renamed(self, start: int, end: int, sign: Sign, new: str) -> None:
        """The same link by another name."""
        self.edit(start, end, new)
        self.named[sign] = ("link", capital(spaced(new)))

    def missing(self, start: int, end: int, sign: Sign, title: str, colon: str) -> None:
        """A link to a page that is not there."""
        there = self.home()
        if self.sister.choices.missing == "red" or (self.sister.choices.missing == "interwiki" and not there):
            self.renamed(start, end, sign, colon + self.prefixed(title))
        elif self.sister.choices.missing == "interwiki":
            self.renamed(start, end, sign, f":{there}:{title}")
        elif (start, end) in {trimmed(self.page.text, *mark.target) for place in self.page.places for mark in place.marks.values() if mark.sort == "link"}:
            self.edits.append(Patch(start, end, ""))
            self.named[sign] = None

    def home(self) -> str:
        """The prefix under which the sister wiki links to the source; "" where it says that it has none."""
        tag, known = self.sister.source.language.lower(), self.sister.target.interwiki
        return next((one for one in (tag, tag.partition("-")[0]) if not known or one in known), "")

    def category(self, node: Node, start: int, end: int, rest: str) -> None:
        """A category, once."""
        raw = self.page.text[start:end]
        sign = ("category", capital(spaced(rest)))
        found = self.title(raw)
        new = found or self.prefixed(raw)
        if found is None:
            self.lose("category", spaced(rest))
        before = self.categories.setdefault(new, sign[1])
        if before != sign[1] or (found is None and self.sister.choices.categories == "drop"):
            self.drop(node, sign)
        elif found is None and self.sister.choices.categories == "comment":
            hidden = f"<!-- {self.page.text[node.start : node.end]} -->"
            self.edits.append(Patch(node.start, node.end, hidden))
            self.gone = node.end
            self.named[sign] = ("comment", hidden)
        else:
            self.edit(start, end, new)
            self.named[sign] = ("category", capital(spaced(new.partition(":")[2])))

    def drop(self, node: Node, sign: Sign) -> None:
        """Leave out a node, with its line where it stands alone there."""
        start, end = node.start, node.end
        text = self.page.text
        if start in (0, self.line) or text[start - 1] == "\n":
            while text[end : end + 1] in (" ", "\t"):
                end += 1
            self.line = end
            end += text[end : end + 1] == "\n"
        self.edits.append(Patch(start, end, ""))
        self.named.setdefault(sign, None)
        self.gone = node.end

    def options(self, node: Node) -> None:
        """A picture's options in the target's spelling."""
        for part in node.parts[1:]:
            start, end = trimmed(self.page.text, part.start, part.end)
            found = self.ours.option(self.page.text[start:end])
            aliases = next((word.aliases for word in self.sister.target.words if found and word.name == found[0]), ())
            valued = bool(found and found[1] + found[2] != self.page.text[start:end])
            if found and found[0] == "img_link":
                self.leads(start + len(found[1]), end - len(found[2]))
            for alias in aliases:
                before, dollar, after = alias.partition("$1")
                if found and bool(dollar) == valued:
                    self.edit(start, start + len(found[1]), before) if before or found[1] else None
                    self.edit(end - len(found[2]), end, after) if valued and found[2] else None
                    break

    def leads(self, start: int, end: int) -> None:
        """The page that a picture leads to."""
        here = self.page.text[start:end]
        if there := self.title(here):
            self.edit(start, end, there)
            self.named["option", f"img_link {here}".strip()] = ("option", f"img_link {there}")

    # --- templates

    def template(self, node: Node, found: Call) -> None:
        """A template, or a word of the wiki that is written like one."""
        if found.sort in ("sortkey", "title", "variable"):
            self.word(*found.span, found.name)
        if found.sort != "template":
            return
        if key(found.name) in {key(name) for name in self.sister.choices.dropped}:
            self.lose("dropped", found.name)
            self.drop(node, ("template", key(found.name)))
            self.forget(node)
            return
        known = next((one for name, one in self.sister.templates.items() if key(name) == key(found.name)), None)
        if known is None and (page := self.shown(found)) is not None:
            self.edit(*found.span, page)
            self.named["template", key(found.name)] = ("template", key(page))
        elif known is None or not known.target:
            self.lose("template", found.name)
        else:
            new = _bare(known.target, self.theirs)
            self.edit(*found.span, new if key(new) != key(found.name) else self.page.text[slice(*found.span)])
            self.named["template", key(found.name)] = ("template", key(new))
        self.parameters(node, found.name, known)

    def shown(self, found: Call) -> str | None:
        """What a page that is no template, and is shown inside of this one (``{{:Page}}``), is called there; None where it is a template."""
        colon, base = ":" if found.name.startswith(":") else "", found.name.removeprefix(":")
        number = self.ours.split(base)[1]
        if number in (None, TEMPLATE) or not (colon or number):
            return None
        new = self.title(base)
        if new is None:
            self.lose("page", base)
            new = self.prefixed(base)
        return new if self.theirs.split(new)[1] else f":{new}"

    def excerpt(self, node: Node) -> None:
        """A function that shows a section of a page (Labeled Section Transclusion): the page, and a heading of it, as they are called there."""
        part = node.parts[0]
        before, colon, _ = self.page.text[part.start : part.end].partition(":")
        if not colon or part.nodes or before.strip().lower() not in EXCERPTS:
            return
        start, end = trimmed(self.page.text, part.start + len(before) + 1, part.end)
        base = self.page.text[start:end]
        new = self.title(base)
        if new is None:
            self.lose("page", spaced(base))
            return
        self.edit(start, end, new)
        for heading in node.parts[1:2] if before.strip().lower() in BY_HEADING else ():
            at = trimmed(self.page.text, heading.start, heading.end)
            whole = self.title(f"{spaced(base)}#{one_line(self.page.text[slice(*at)])}")
            if whole:
                self.edit(*at, whole.partition("#")[2])

    def forget(self, node: Node) -> None:
        """The signs of what is left out with a template."""
        for inner in every([node]):
            if inner.sort == "template" and (one := call(self.page.text, inner, self.ours)).sort == "template":
                self.named["template", key(one.name)] = None
                for parameter in parameters(self.page.text, inner):
                    self.named["parameter", f"{key(one.name)}|{parameter.name}"] = None

    def parameters(self, node: Node, name: str, known: Template | None) -> None:
        """A template's parameters by the sister's names, and those that are pages by theirs."""
        target = self.named.get(("template", key(name))) or ("template", key(name))
        said = Treatments({}, self.sister.treatment)
        given: set[str] = set()
        takes = {key(spelling) for spelling in known.takes} if known else set()
        ours = {key(spelling) for parameter in known.parameters for spelling in (parameter.name, *parameter.aliases)} if known else set()
        for one in parameters(self.page.text, node):
            new = (known.renamed.get(one.name, one.name) if known else one.name) or one.name
            given.add(new)
            wish = said.said(key(name), one.name)
            if wish == "drop":
                self.edits.append(Patch(one.part.start - 1, one.part.end, ""))
                self.named["parameter", f"{key(name)}|{one.name}"] = None
                continue
            self.parameter(one, new, wish, known)
            self.named["parameter", f"{key(name)}|{one.name}"] = ("parameter", f"{target[1]}|{new}")
            if takes and key(new) not in takes and (key(one.name) in ours or "*" in ours) and self.page.text[slice(*one.value)].strip():
                self.lose("unread", f"{name}: {one.name}")
        for wanted in known.wanted if known else ():
            if wanted not in given:
                self.lose("parameter", f"{name}: {wanted}")

    def parameter(self, one: Parameter, new: str, wish: str, known: Template | None) -> None:
        """One parameter's name, and its value where that is a page."""
        if not one.positional and new != one.name:
            self.edit(*one.span, new)
        kind = next((parameter.type for parameter in known.parameters if one.name in (parameter.name, *parameter.aliases)), "") if known else ""
        value = self.page.text[slice(*one.value)]
        if (wish == "link" or kind == "wiki-page-name") and not one.part.nodes and (found := self.named_page(value)):
            self.edit(*one.value, found)


def _bare(title: str, theirs: Names) -> str:
    """A template's title as it is called: without its namespace."""
    _, number, rest = theirs.split(title)
    return rest if number == TEMPLATE else title
