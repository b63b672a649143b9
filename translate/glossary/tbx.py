"""Terms read from a TBX file, and written as one (TBX-Basic, ISO 30042:2019, data categories as attributes)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate import languages
from translate.document import Term
from translate.errors import GlossaryError
from translate.glossary.entries import ENTRIES, LANGUAGES, TERMS, Node, entries

if TYPE_CHECKING:
    from lxml.etree import _Element

XML = "{http://www.w3.org/XML/1998/namespace}"

PREFERRED = frozenset({"preferredTerm-admn-sts", "preferredTerm", "preferred", "standardizedTerm", "legalTerm"})
FORBIDDEN = frozenset(
    [
        "deprecatedTerm-admn-sts",
        "deprecatedTerm",
        "deprecated",
        "supersededTerm-admn-sts",
        "supersededTerm",
        "obsolete",
        "forbiddenTerm",
        "forbidden",
        "notRecommended",
    ]
)
STATUS = frozenset({"administrativeStatus", "normativeAuthorization", "termStatus", "usageStatus", "usage-status"})
POS = {"adjective": "adj", "adverb": "adv", "properNoun": "name"}
GENDER = {"masculine": "m", "feminine": "f", "neuter": "n"}
WRITTEN_POS = {"noun": "noun", "verb": "verb", "adj": "adjective", "adv": "adverb", "name": "noun"}
WRITTEN_GENDER = {short: long for long, short in GENDER.items()}

OURS = "dragoman:"
"""A note that begins so holds what TBX-Basic has no category for."""

KNOWN = STATUS | {
    "partOfSpeech",
    "grammaticalGender",
    "gender",
    "subjectField",
    "subject",
    "context",
    "definition",
    "note",
    "term",
    "termGrp",
    "descripGrp",
    "termNoteGrp",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one term of an entry. ``status`` is "wanted", "allowed" or "forbidden"."""

    text: str
    status: str
    pos: str
    gender: str
    example: str
    note: str


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry, as light as a large file asks for: its line, what is said above its terms by category, its terms by language."""

    line: int
    above: dict[str, list[str]]
    known: dict[str, tuple[Known, ...]]


@dataclass(frozen=True, slots=True)
class Read:
    """What a TBX file holds: its terms, their languages, and sentences about what was left out."""

    terms: tuple[Term, ...]
    source: str
    target: str
    remarks: tuple[str, ...]


def read(path: Path, *, source: str = "", target: str = "") -> Read:
    """The terms of a TBX file from ``source`` into ``target``; where these are not told, the file's own two languages, that of its header first.

    Every term of the source language becomes a line of its own. Of the other language, the preferred term (else the first that is not deprecated) is wanted, deprecated and superseded ones are forbidden, the rest is allowed.
    Raises ``GlossaryError`` as ``entries`` does, and where the languages are not there or more than two and none was told.
    """
    concepts, from_, to, left_out = _opened(path, source, target)
    lists = [_terms(concept, from_, to, path.name) for concept in concepts]
    without = sum(not made for made in lists)
    remarks = [f"{without} entries have no term in both languages and were left out."] if without else []
    return Read(tuple(term for made in lists for term in made), from_, to, (*remarks, *_told(left_out)))


def by_entry(path: Path, *, source: str = "", target: str = "") -> tuple[list[list[Term]], str, str]:
    """The terms of each entry in the order of the file, none for one without a term in both languages; and the two languages. Raises as ``read`` does."""
    concepts, from_, to, _ = _opened(path, source, target)
    return [_terms(concept, from_, to, path.name) for concept in concepts], from_, to


def _opened(path: Path, source: str, target: str) -> tuple[list[Concept], str, str, Counter[str]]:
    """The entries, the two languages that are meant, and what has no column with us."""
    told, left_out = ["", ""], Counter[str]()
    concepts: list[Concept] = []
    for node in entries(path):
        if node.name in ENTRIES:
            concepts.append(_concept_of(node))
            left_out.update(one.category for one in node.all() if one.name not in LANGUAGES | TERMS and one.category not in KNOWN)
        else:
            told = [node.attributes.get("source", node.language or told[0]), node.attributes.get("target", told[1])]
    there = Counter(tag for concept in concepts for tag in concept.known)
    from_, to = _languages(there, [tag if tag in there else "" for tag in told], source, target, path.name)
    return concepts, from_, to, left_out


def _languages(there: Counter[str], told: Sequence[str], source: str, target: str, name: str) -> tuple[str, str]:
    """Which of the languages that are there is the source, which the target."""
    known = [tag for tag, _ in there.most_common()]
    if not known:
        raise GlossaryError(f"{name}: the TBX file holds no entry in any language.")
    to = _wanted(known, target, name)
    left = [tag for tag in known if tag != to]
    from_ = _wanted(left, source, name) or (told[0] if told[0] in left else "")
    from_ = from_ or (left[0] if len(left) == 1 else "")
    left = [tag for tag in known if tag != from_]
    to = to or (told[1] if told[1] in left else "") or (left[0] if len(left) == 1 else "")
    if not from_ or not to:
        raise GlossaryError(f"{name}: the file holds the languages {', '.join(sorted(known))}. Say which are meant, with --from and --to.")
    return from_, to


def _wanted(known: Sequence[str], tag: str, name: str) -> str:
    if not tag:
        return ""
    same = [one for one in known if one.casefold() == tag.casefold()]
    near = [one for one in known if languages.code(one.casefold()) == languages.code(tag)]
    if not (same or near):
        raise GlossaryError(f"{name}: the file holds no terms in '{tag}', but in {', '.join(sorted(known)) or 'no language'}.")
    return (same or near)[0]


def _terms(concept: Concept, source: str, target: str, name: str) -> list[Term]:
    """One line for each source term of a concept; none where a language is missing."""
    above, ours, theirs = concept.above, concept.known.get(source, ()), concept.known.get(target, ())
    good = sorted((one for one in theirs if one.status != "forbidden"), key=lambda one: one.status != "wanted")
    if not ours or not good:
        return []
    best = good[0]
    notes = [*above.get("note", ()), *(f"Definition: {text}" for text in above.get("definition", ())), best.note, *(one.note for one in ours)]
    plain = [note for note in dict.fromkeys(notes) if note and not note.startswith(OURS)]
    term = Term(
        source="",
        target=best.text,
        allowed=tuple(one.text for one in good[1:]),
        forbidden=tuple(one.text for one in theirs if one.status == "forbidden"),
        pos=best.pos,
        gender=best.gender,
        domain=", ".join(above.get("subjectField", ())),
        note=" · ".join(plain),
        example=best.example,
        line=f"{name}:{concept.line}",
    )
    said = best.note if best.note.startswith(OURS) else ""
    return [_ours(replace(term, source=one.text), said) for one in ours]


def _ours(term: Term, note: str) -> Term:
    """The term with what our own note says of it."""
    said = dict(part.partition("=")[::2] for part in note.removeprefix(OURS).split(";"))
    said = {key.strip(): value.strip() for key, value in said.items()}
    return replace(term, keep="keep" in said, case="case" in said, pos=said.get("pos", term.pos), gender=said.get("gender", term.gender))


def _above(concept: Node) -> dict[str, list[str]]:
    """What is said of the concept itself, or of a language in it."""
    said: dict[str, list[str]] = {"note": [], "definition": [], "subjectField": []}
    for node in concept.children:
        outer = [child for child in (node.children if node.name in LANGUAGES else [node]) if child.name not in TERMS]
        for part in (inner for child in outer for inner in (child, *child.all())):
            category = "subjectField" if part.category == "subject" else part.category
            if category in said:
                said[category].append(_text(part))
    return said


def _concept_of(entry: Node) -> Concept:
    known: dict[str, tuple[Known, ...]] = {}
    for section in (node for node in entry.children if node.name in LANGUAGES):
        found = tuple(one for one in (_one(node) for node in section.children if node.name in TERMS) if one.text)
        known[section.language] = (*known.get(section.language, ()), *found)
    return Concept(entry.line, {name: texts for name, texts in _above(entry).items() if texts}, known)


def _one(section: Node) -> Known:
    said: dict[str, str] = {}
    ours = ""
    for node in section.all():
        if node.name == "note" and _text(node).startswith(OURS):
            ours = _text(node)
        said.setdefault("status" if node.category in STATUS else node.category, _text(node))
    status = said.get("status", "")
    pos, gender = said.get("partOfSpeech", ""), said.get("grammaticalGender", said.get("gender", ""))
    return Known(
        text=said.get("term", ""),
        status="wanted" if status in PREFERRED else "forbidden" if status in FORBIDDEN else "allowed",
        pos=POS.get(pos, pos),
        gender=GENDER.get(gender, gender),
        example=said.get("context", ""),
        note=ours or said.get("note", ""),
    )


def _text(node: Node) -> str:
    return unicodedata.normalize("NFC", node.words())


def _told(left_out: Counter[str]) -> list[str]:
    """A sentence on what has no column with us, the most frequent first."""
    told = ", ".join(f"{name} ({number})" for name, number in left_out.most_common(8))
    return [f"Left out, since a glossary has no column for it: {told}."] if told else []


def write(terms: Sequence[Term], path: Path, *, source: str, target: str, title: str) -> None:
    """The terms as a TBX file of the dialect TBX-Basic: one concept a line, wanted as preferred, allowed as admitted, forbidden as deprecated.

    Raises ``GlossaryError`` where there is no term, or a text that no XML can hold.
    """
    from lxml import etree

    if not terms:
        raise GlossaryError(f"There is no term to write: {path.name} was not made.")
    root = etree.Element("tbx", {"type": "TBX-Basic", "style": "dca", f"{XML}lang": source, "xmlns": "urn:iso:std:iso:30042:ed-2"})
    _add(_add(_add(_add(root, "tbxHeader"), "fileDesc"), "sourceDesc"), "p", title)
    body = _add(_add(root, "text"), "body")
    for number, term in enumerate(terms, start=1):
        try:
            _concept(_add(body, "conceptEntry", id=f"c{number}"), term, source, target)
        except ValueError as error:
            raise GlossaryError(f"{term.line or term.source}: holds a character that XML cannot hold. Delete it there.") from error
    path.write_bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _add(parent: _Element, name: str, text: str = "", **attributes: str) -> _Element:
    from lxml import etree

    element = etree.SubElement(parent, name, attributes)
    element.text = text or None
    return element


def _concept(entry: _Element, term: Term, source: str, target: str) -> None:
    if term.domain:
        _add(entry, "descrip", term.domain, type="subjectField")
    if term.note:
        _add(entry, "note", term.note)
    section = _add(entry, "langSec", **{f"{XML}lang": source})
    _term(section, term.source, ())
    section = _add(entry, "langSec", **{f"{XML}lang": target})
    kinds = [
        ("partOfSpeech", WRITTEN_POS.get(term.pos, "other" if term.pos else "")),
        ("grammaticalGender", WRITTEN_GENDER.get(term.gender, "other" if term.gender else "")),
    ]
    wanted = _term(section, term.target, (*kinds, ("administrativeStatus", "preferredTerm-admn-sts")))
    if term.example:
        _add(wanted, "descrip", term.example, type="context")
    if ours := _extra(term):
        _add(wanted, "note", ours)
    for form in term.allowed:
        _term(section, form, [("administrativeStatus", "admittedTerm-admn-sts")])
    for form in term.forbidden:
        _term(section, form, [("administrativeStatus", "deprecatedTerm-admn-sts")])


def _term(section: _Element, text: str, notes: Iterable[tuple[str, str]]) -> _Element:
    added = _add(section, "termSec")
    _add(added, "term", text)
    for name, value in notes:
        if value:
            _add(added, "termNote", value, type=name)
    return added


def _extra(term: Term) -> str:
    """What TBX-Basic has no category for, as one note; "" where there is nothing."""
    said = ["keep=yes"] * term.keep + ["case=yes"] * term.case
    if term.pos and POS.get(WRITTEN_POS.get(term.pos, ""), WRITTEN_POS.get(term.pos, "")) != term.pos:
        said.append(f"pos={term.pos}")
    if term.gender and term.gender not in WRITTEN_GENDER:
        said.append(f"gender={term.gender}")
    return f"{OURS} {'; '.join(said)}" if said else ""
