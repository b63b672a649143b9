"""A large work for the measurements of the desk: 200 chapters in a real EPUB, 100,000 passages, translations and findings in its store, without a run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import made as books
from benchmarks import pseudo
from benchmarks.memory import vocabulary
from translate import languages
from translate.document import Decision, Document, Draft, Finding, Kind, LedgerLine, Slot, Sort
from translate.pipeline import works
from translate.pipeline.desk.people import People, Role
from translate.pipeline.works import Folder
from translate.sites import Provenance
from translate.store import Choice, Judged, Outcome, Store, Work

CHAPTER = 500
SMALL, PEOPLE = 40, 50
"""Other works on the same shelf, and people with an account."""
LEMMA = "Kelpie12"
CAME = Provenance("https://wiki.example.org/w/api.php", "A Large Work", 1, "2026-01-01T00:00:00Z")


def sentences(count: int, *, names: int = 300) -> Iterator[str]:
    """Short paragraphs of made words, always the same: a number in each, and one of so many names of the ledger in every tenth."""
    chance = random.Random(7)
    words = vocabulary(chance)[:20_000]
    for number in range(count):
        body = " ".join(words[int(20_000 * chance.random() ** 3)] for _ in range(chance.randrange(8, 40)))
        name = f" Madam Kelpie{number // 10 % names} nodded." if number % 10 == 0 else ""
        yield f"The {body} in {number} towns.{name}"


@dataclass(frozen=True, slots=True)
class Large:
    """The work, a passage of it that a person changed, the workspace with the accounts, and the token of an invitation."""

    place: Folder
    segment: str
    workspace: Path
    invitation: str


def made(folder: Path, segments: int, *, names: int = 300) -> Large:
    """The work under ``folder``, with so many names, beside small ones, and people with accounts ("Olga" owns the desk). What lies there already is taken as it is."""
    place, workspace = Folder(folder / "output" / "a-large-work.de"), folder / "workspace.db"
    if not place.store.is_file():
        _make(folder, segments, names)
        for number in range(SMALL):
            _small(folder, number)
        _accounts(workspace)
    people = People(workspace)
    try:
        token = people.invite("Gast")
    finally:
        people.close()
    with Store.open(place.store) as store:
        segment = store.reviewing.decided_by("bench")[0]
    return Large(place, segment, workspace, token)


def _make(folder: Path, segments: int, names: int) -> None:
    book = books.write(folder / "a-large-work.epub", chapters=max(1, segments // CHAPTER), paragraphs=CHAPTER, texts=sentences(segments, names=names))
    glossary = folder / "glossary.csv"
    glossary.write_text("".join(f"{word},W{word}\n" for word in vocabulary(random.Random(9))[10_000:12_000]), encoding="utf-8")
    _, store, source = works.prepare(book, target=languages.find("de"), source_language=None, out=folder / "output")
    with store:
        run = store.start_run({"model": "pseudo", "model_name": "pseudo", "glossaries": str(glossary)})
        store.decide(Decision(LedgerLine(Sort.PERSON, f"Kelpie{number}", f"Kelpie{number}"), "accepted", "person", "bench") for number in range(300))
        there = [(segment.id, segment.text) for segment in store.segments()]
        for start in range(0, len(there), 1000):
            store.commit(_outcome(there[start : start + 1000], start)).result()
        store.end_run(run, "made")
        store.wiki.keep_provenance(store.version().number, source.name, CAME)
        changed = min(7, names - 1)
        name, text = next(one for one in there if f"Madam Kelpie{changed} " in one[1])
        store.review(name, (pseudo.translate(text).replace(pseudo.translate(f"Kelpie{changed}"), "Anders"),), who="bench", note="", findings=())


def _accounts(workspace: Path) -> None:
    people = People(workspace)
    try:
        people.add("Olga", Role.OWNER, password="a word that nobody needs")
        people.add("Gast", Role.REVIEWER)
        for number in range(PEOPLE):
            people.add(f"Person {number}", Role.REVIEWER)
    finally:
        people.close()


def _small(folder: Path, number: int) -> None:
    path = folder / "output" / f"small-{number}.de" / "work.db"
    path.parent.mkdir(parents=True)
    slots = tuple(Slot("c.xhtml", f"/4/{place}", Kind.PARAGRAPH, (f"Sentence {place}.",)) for place in range(3))
    with Store.create(path, Work(f"Small Work {number}", "small.txt", "text", "en", "de")) as store:
        store.add_version("small.txt", b"a stand-in", [Document("c.xhtml", "content", slots)])


def _outcome(there: list[tuple[str, str]], start: int) -> Outcome:
    drafts: list[Judged] = []
    choices: list[Choice] = []
    for place, (name, text) in enumerate(there, start):
        if place % 50 == 1:
            continue
        wrong = place % 20 == 3
        target = pseudo.translate(text)
        findings = (Finding("numbers", "error", f"{place} is in the source and not in the translation.", source=str(place)),) if wrong else ()
        drafts.append(Judged(Draft(name, (target.replace(str(place), "7") if wrong else target,), model="pseudo"), findings))
        choices.append(Choice(name, "flagged" if wrong else "accepted", draft=len(drafts) - 1))
    return Outcome(drafts=tuple(drafts), choices=tuple(choices))
