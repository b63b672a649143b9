"""Changed terms put into the TBX file they came from: what was not changed stays as it is, elements and attributes that we do not know among it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from translate.document import Term
from translate.errors import GlossaryError
from translate.glossary import tbx
from translate.glossary.cells import cells_of
from translate.glossary.entries import ENTRIES, LANGUAGES, TERMS

if TYPE_CHECKING:
    from lxml.etree import _Element

MIN = "{http://www.tbxinfo.net/ns/min}"
PARTS = {"conceptEntry": ("langSec", "termSec"), "termEntry": ("langSet", "tig"), "entry": ("langGroup", "termGroup")}
PREFERRED, ADMITTED, DEPRECATED = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"


def merge(terms: Sequence[Term], original: Path, out: Path, *, source: str = "", target: str = "") -> tuple[int, int]:
    """Write ``out``: the TBX file ``original`` with the terms put into it. How many entries were changed, and how many are new.

    An entry is found by its source term. Renderings that are gone from its line are taken out, new ones put in, statuses and a changed note set; entries in no line stay.
    Raises ``GlossaryError`` as ``tbx.read`` does.
    """
    from lxml import etree

    lists, from_, to = tbx.by_entry(original, source=source, target=target)  # refuses bombs, before anything else reads the file
    try:
        tree = etree.parse(str(original), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise GlossaryError(f"{original.name}: cannot be read as XML ({error}). Export the file again.") from error
    elements = [element for element in tree.iter() if _local(element) in ENTRIES]
    if not elements:
        raise GlossaryError(f"{original.name}: holds no entry to put terms into.")
    known = {term.source.casefold(): (term, element) for found, element in zip(lists, elements, strict=True) for term in found}
    changed, new = 0, 0
    for term in terms:
        before = known.get(term.source.casefold())
        if before is None:
            _add(elements[-1], term, from_, to, f"new{new + 1}")
            new += 1
        elif cells_of(before[0]) != cells_of(term):
            _change(before[1], before[0], term, to)
            changed += 1
    try:
        tree.write(str(out), encoding="UTF-8", xml_declaration=True)
    except OSError as error:
        raise GlossaryError(f"{out}: cannot be written ({error.strerror or error}). Check the path.") from error
    return changed, new


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _like(element: _Element, name: str) -> str:
    """``name`` in the namespace of ``element``."""
    return f"{element.tag.rpartition('}')[0]}}}{name}" if element.tag.startswith("{") else name


def _sections(entry: _Element, language: str) -> Iterator[_Element]:
    return (one for one in entry if _local(one) in LANGUAGES and (one.get(f"{tbx.XML}lang") or one.get("lang")) == language)


def _statuses(term: Term) -> dict[str, str]:
    return dict.fromkeys(term.forbidden, DEPRECATED) | dict.fromkeys(term.allowed, ADMITTED) | {term.target: PREFERRED}


def _change(entry: _Element, before: Term, term: Term, language: str) -> None:
    section = next(_sections(entry, language))
    there = {_word(one): one for one in section if _local(one) in TERMS}
    wanted = _statuses(term)
    for text in _statuses(before).keys() - wanted.keys():
        if text in there:
            section.remove(there[text])
    for text, status in wanted.items():
        if text not in there:
            there[text] = _term(section, text)
        if _statuses(before).get(text) != status or text not in _statuses(before):
            _mark(there[text], status)
    if term.note and term.note != before.note:
        note = entry.makeelement(_like(entry, "note"))
        note.text = term.note
        entry.insert(0, note)


def _word(section: _Element) -> str:
    return next((" ".join("".join(map(str, one.itertext())).split()) for one in section.iter() if _local(one) == "term"), "")


def _term(section: _Element, text: str) -> _Element:
    from lxml import etree

    made = etree.SubElement(section, _like(section, PARTS[_local(section.getparent())][1]))
    etree.SubElement(made, _like(section, "term")).text = text
    return made


def _mark(section: _Element, status: str) -> None:
    """Set the status of a term, in the style of its file; it stands right behind the term."""
    for one in section.iter():
        if one.get("type") in tbx.STATUS or _local(one) in tbx.STATUS:
            one.text = status
            return
    term = next(one for one in section.iter() if _local(one) == "term")
    dct = section.getroottree().getroot().get("style") == "dct"
    made = section.makeelement(f"{MIN}administrativeStatus") if dct else section.makeelement(_like(section, "termNote"), {"type": "administrativeStatus"})
    made.text = status
    term.addnext(made)


def _add(last: _Element, term: Term, source: str, target: str, name: str) -> None:
    """A new entry behind the last, in the elements of its file."""
    from lxml import etree

    entry = last.makeelement(last.tag, {"id": name})
    parent = last.getparent()
    if parent is None:
        return
    parent.append(entry)
    for language in (source, target):
        section = etree.SubElement(entry, _like(last, PARTS[_local(last)][0]), {f"{tbx.XML}lang": language})
        for text, status in ({term.source: ""} if language == source else {term.target: PREFERRED} | _statuses(term)).items():
            made = _term(section, text)
            if status:
                _mark(made, status)
