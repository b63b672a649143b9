"""How well the check for glossary terms reads inflected languages: precision and recall on ``tests/cases/terms.tsv``.

``python -m benchmarks.terms`` prints the table and the cases that were judged wrongly; ``--write docs/benchmarks.md`` puts it into that page.
A case is found where the check raises a finding. Precision is the share of its findings that are right, recall the share of wrong renderings that it finds.
"Taken for the term" is the guard: every term is looked for in the translations of all other terms of its language, where hardly any form of it stands.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.tables import replace_section
from translate import glossary
from translate.checks import Facts, Pair
from translate.checks.terms import Terms
from translate.document import Draft, Finding, Kind, Segment, Term

CASES = Path(__file__).parents[1] / "tests" / "cases" / "terms.tsv"
WANTED = 0.97
_LINE = re.compile(r"(?P<source>[^=(]+?)(?: = (?P<forms>[^(]+?))?(?: \(not (?P<not>[^)]+)\))?(?P<keep> \(keep\))?")


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the file: ``right`` is what a person says of ``target``."""

    language: str
    right: bool
    term: Term
    source: str
    target: str
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """What the check made of the cases of one language (or of all): cases, findings that are right, findings in all, wrong renderings in all; and the guard's pairs."""

    language: str
    cases: int
    hits: int
    findings: int
    wrong: int
    taken: int
    pairs: int

    @property
    def precision(self) -> float:
        """The share of the findings that are right; 1 where there are none."""
        return self.hits / self.findings if self.findings else 1.0

    @property
    def recall(self) -> float:
        """The share of the wrong renderings that are found; 1 where there are none."""
        return self.hits / self.wrong if self.wrong else 1.0


def read(path: Path = CASES) -> tuple[Case, ...]:
    """The cases of the file, in its order. Raises ``ValueError``, with the line, where one cannot be read."""
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(_case(row) for row in rows[1:])


def _case(row: str) -> Case:
    cells = row.split("\t")
    if len(cells) != 6 or cells[1] not in ("right", "wrong"):
        raise ValueError(f"{CASES.name}: not six columns with right or wrong in the second: {row}")
    return Case(cells[0], cells[1] == "right", _term(cells[2]), *cells[3:])


def _term(text: str) -> Term:
    """A term as the file writes it: ``source = rendering / another (not a forbidden one)`` or ``source (keep)``."""
    found = _LINE.fullmatch(text)
    if found is None:
        raise ValueError(f"{CASES.name}: this is no term: {text}")
    forms = tuple(form.strip() for form in (found["forms"] or found["source"]).split(" / "))
    return Term(found["source"], forms[0], allowed=forms[1:], forbidden=tuple(filter(None, [found["not"]])), keep=bool(found["keep"]), line=text)


def findings(case: Case) -> tuple[Finding, ...]:
    """What the check says of the case."""
    pair = Pair(Segment("s", "terms", "1", Kind.PARAGRAPH, (case.source,)), Draft("s", (case.target,)))
    return tuple(Terms()(pair, Facts("en", case.language, terms=(case.term,))))


def strangers(cases: Sequence[Case]) -> Iterator[tuple[Case, Case]]:
    """Each term, by the first case that has it, with the translations of its language that belong to other terms."""
    first = {(case.language, case.term.forms): case for case in cases}
    for one in first.values():
        yield from ((one, other) for other in cases if other.language == one.language and not set(other.term.forms) & set(one.term.forms))


def score(language: str, cases: Sequence[Case]) -> Score:
    """The score of ``cases``, under the name ``language``."""
    found = [case for case in cases if findings(case)]
    pairs = list(strangers(cases))
    return Score(
        language=language,
        cases=len(cases),
        hits=sum(not case.right for case in found),
        findings=len(found),
        wrong=sum(not case.right for case in cases),
        taken=sum(taken(*pair) for pair in pairs),
        pairs=len(pairs),
    )


def taken(one: Case, other: Case) -> bool:
    """Whether the term of ``one`` is seen in the translation of ``other``."""
    return glossary.accepted(one.term, other.target, one.language) is not None


def scores(cases: Sequence[Case]) -> tuple[Score, ...]:
    """A score for each language, then one for all."""
    tags = tuple(dict.fromkeys(case.language for case in cases))
    each = tuple(score(tag, [case for case in cases if case.language == tag]) for tag in tags)
    counts = [sum(column) for column in zip(*((one.cases, one.hits, one.findings, one.wrong, one.taken, one.pairs) for one in each), strict=True)]
    return (*each, Score("all", *counts))


def markdown(rows: Sequence[Score]) -> str:
    """The scores as a table."""
    lines = ["| language | cases | precision | recall | taken for the term elsewhere | reached |", "|---|---|---|---|---|---|"]
    for row in rows:
        reached = "yes" if min(row.precision, row.recall) >= WANTED else "NO"
        share = f"{row.taken} of {row.pairs:,} ({row.taken / row.pairs:.2%})"
        lines.append(f"| {row.language} | {row.cases} | {row.precision:.3f} | {row.recall:.3f} | {share} | {reached} |")
    return "\n".join(lines)


def misjudged(cases: Sequence[Case]) -> Iterator[str]:
    """A line for each case where the check and the person disagree, and for each term seen where it hardly stands."""
    for case in cases:
        if bool(findings(case)) == case.right:
            yield f"{case.language}: {'right, but flagged' if case.right else 'wrong, but accepted'}: {case.term.line} · {case.target} ({case.why})"
    for one, other in strangers(cases):
        if taken(one, other):
            yield f"{one.language}: {one.term.line} is seen in: {other.target}"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write; 0 where every language reaches its number."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.terms", description="Measure the check for glossary terms on inflected translations.")
    parser.add_argument("--write", type=Path, help="put the table into this Markdown file")
    arguments = parser.parse_args(argv)
    cases = read()
    began = time.process_time()
    rows = scores(cases)
    seconds = time.process_time() - began
    print("\n".join((markdown(rows), "", *misjudged(cases), "", f"{seconds:.1f} s of CPU")))
    if arguments.write:
        intro = f"{date.today().isoformat()}, `python -m benchmarks.terms`: {len(cases)} cases; wanted: precision and recall of {WANTED} in each language."
        replace_section(arguments.write, "terms", f"{intro}\n\n{markdown(rows)}")
    return 0 if all(min(row.precision, row.recall) >= WANTED for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
