"""Lays a finished book beside its source and counts what was lost, damaged, or left in the source language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks import pseudo
from benchmarks.book import Book, Page, fold, inventory


@dataclass(frozen=True, slots=True)
class Wrong:
    """One text of the finished book that is not what an errorless model's answers make it.

    ``how`` is "missing", "english" (the source stands there) or "damaged"; ``words`` is the source without its code.
    """

    how: str
    place: str
    source: str
    found: str
    wanted: str
    words: str


@dataclass(frozen=True, slots=True)
class Losses:
    """What is lost by kind, out of how many; the wrong texts of the pages; and what is wrong in contents, titles and metadata."""

    lost: tuple[tuple[str, int, int], ...]
    texts: tuple[Wrong, ...]
    labels: tuple[Wrong, ...]
    remarks: tuple[str, ...]
    passages: int

    def of(self, how: str) -> tuple[Wrong, ...]:
        """The wrong texts of one sort."""
        return tuple(wrong for wrong in self.texts if wrong.how == how)


def compare(source: Book, output: Book, *, language: str) -> Losses:
    """What ``output`` lost of ``source``. Only what the pseudo-translation makes of the source counts as right, terms apart."""
    before, after = inventory(source), inventory(output)
    lost = tuple((kind, (before[kind] - after[kind]).total(), before[kind].total()) for kind in before)
    pages = {page.name: page for page in output.pages}
    texts: list[Wrong] = []
    remarks: list[str] = []
    settled: dict[str, str] = {}
    for page in source.pages:
        if page.name not in pages:
            remarks.append(f"{page.name} is missing")
            continue
        texts += _texts(page, pages[page.name], remarks, settled)
    return Losses(lost, tuple(texts), tuple(_labels(source, output, settled)), (*remarks, *_metadata(source, output, language)), len(settled))


def _texts(before: Page, after: Page, remarks: list[str], settled: dict[str, str]) -> list[Wrong]:
    """The wrong passages and spoken attributes of one page; ``settled`` gets each source text with what stands for it."""
    if [element.tag for element in before.elements()] != [element.tag for element in after.elements()]:
        remarks.append(f"{before.name}: elements differ")
    old, new = before.passages(), after.passages()
    if len(old) != len(new):
        remarks.append(f"{before.name}: {len(old)} passages became {len(new)}")
    wrong = []
    for passage, now in zip(old, new, strict=False):
        right = typed(now.text) in map(typed, passage.expected())
        settled[_unnumbered(passage.text)] = _unnumbered(now.text if right or now.text != passage.text else passage.expected()[0])
        if not right:
            wrong.append(_wrong(passage.place, passage.text, now.text, passage.expected()[0], passage.words))
    return [*wrong, *_attributes(before, after)]


def _attributes(before: Page, after: Page) -> Iterable[Wrong]:
    """The wrong spoken attributes of one page. One goes with its element, so that those of a passage whose markers were moved come in another order."""
    there = Counter(map(typed, after.spoken()))
    for said, now in zip(before.spoken(), after.spoken(), strict=False):
        wanted = pseudo.translate(said)
        if there[typed(wanted)]:
            there[typed(wanted)] -= 1
        else:
            yield _wrong(f"{before.name} attribute", said, now, wanted)


def typed(text: str) -> str:
    """A text with one sort of quotation mark and dash and simple blanks: code may set those as the language wants."""
    text = re.sub(r"[“”„«»‘’‚‹›\"']", '"', text)
    return fold(re.sub(r"\s*[–—]\s*", " – ", re.sub(r"\s", " ", text)))


def _wrong(place: str, source: str, found: str, wanted: str, words: str | None = None) -> Wrong:
    how = "missing" if not found and wanted else "english" if found == source else "damaged"
    return Wrong(how, place, source, found, wanted, source if words is None else words)


def _labels(source: Book, output: Book, settled: Mapping[str, str]) -> Iterable[Wrong]:
    """Labels of nav and NCX, and page titles, that are neither translated nor equal to their heading's translation."""
    rows = [(f"nav {place}", old, new) for place, (old, new) in enumerate(zip(source.labels()[0], output.labels()[0], strict=False))]
    rows += [(f"ncx {place}", old, new) for place, (old, new) in enumerate(zip(source.labels()[1], output.labels()[1], strict=False))]
    pages = {page.name: page for page in output.pages}
    rows += [(f"title of {page.name}", _title(page), _title(pages[page.name])) for page in source.pages if page.name in pages]
    rows += [("dc:title", old, new) for old, new in zip(source.metadata("title"), output.metadata("title"), strict=False)]
    for place, old, new in rows:
        if typed(new) != typed(pseudo.translate(old)) and _unnumbered(new) != settled.get(_unnumbered(old)):
            yield _wrong(place, old, new, pseudo.translate(old))


def _unnumbered(heading: str) -> str:
    """A heading without its section number, which labels leave out."""
    return re.sub(r"^[\d.]+ ", "", heading)


def _title(page: Page) -> str:
    return next((fold(element.text or "") for element in page.root.iter("{*}title")), "")


def _metadata(source: Book, output: Book, language: str) -> Iterable[str]:
    if set(output.metadata("language")) != {language}:
        yield f"dc:language is {', '.join(output.metadata('language'))}"
    for name, old, new in (("nav", *_counts(source, output, 0)), ("ncx", *_counts(source, output, 1))):
        if old != new:
            yield f"{name} has {new} labels instead of {old}"
    changed = dict(source.files).items() - dict(output.files).items()
    kept = re.compile(r"\.(xhtml|html|htm|opf|ncx)$")
    for name, _ in sorted(changed):
        if not kept.search(name) and name != "META-INF/container.xml":
            yield f"{name} is not what it was"


def _counts(source: Book, output: Book, which: int) -> tuple[int, int]:
    return len(source.labels()[which]), len(output.labels()[which])
