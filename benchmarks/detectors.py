"""Measures the checks: how many planted faults they name, how often they speak of good translations, what they cost.

``python -m benchmarks.detectors`` takes some minutes; ``--write docs/benchmarks.md`` puts the tables there, and what the checks' manual tells into ``docs/measured.toml``.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import alarms, goods, planters, tally
from benchmarks.alarms import Alarms
from benchmarks.goods import Good
from benchmarks.planters import Kind, Rows
from benchmarks.tables import replace_section
from benchmarks.tally import Tally
from translate import proofreader
from translate.checks import ALL, NEIGHBOURS

TABLE_SEED = 1867
"""The seed of the table. Nobody tunes on it: tuning takes another (``--seed 1``)."""

COUNT = 200
MEASURED = Path(__file__).parent.parent / "docs" / "measured.toml"
RATE = 0.01
"""The share of passages with a fault for which a check's precision is given."""

COMMAND = "python -m benchmarks.detectors --write docs/benchmarks.md"


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of fault with its tallies by language."""

    kind: Kind | Rows
    tallies: tuple[tuple[str, Tally], ...]

    @property
    def reached(self) -> str:
        """Whether every language names as many as is asked: by errors and warnings, or only with remarks."""
        met = [one for _, one in self.tallies if one.planted]
        if met and all(one.flagged >= self.kind.target for one in met):
            return "yes"
        return "with remarks" if met and all(one.named >= self.kind.target for one in met) else "**no**"


def lines(beds: Sequence[Good], *, count: int, seed: int, only: str = "") -> Iterator[Line]:
    """Every kind planted in every language of ``beds``, ``count`` times each; ``only`` takes the kinds whose name or family holds it."""
    tags = list(dict.fromkeys(good.target for good in beds))
    for kinds, plant in _kinds():
        for kind in kinds:
            if only in kind.name or only in kind.family:
                yield Line(kind, tuple((tag, plant(kind, [good for good in beds if good.target == tag], count=count, seed=seed)) for tag in tags))


def _kinds() -> Iterator[tuple[Sequence[Kind | Rows], Callable[..., Tally]]]:
    yield planters.SINGLE, tally.plant
    yield planters.STRETCHES, tally.plant_rows
    yield planters.WORKS, tally.plant_works


# --- the tables ----------------------------------------------------------------------------------------------------


def recall_table(found: Sequence[Line]) -> str:
    """The faults and which of them were named."""
    tags = [tag for tag, _ in found[0].tallies]
    head = " | ".join(f"{tag}: planted | error | error or warning | any finding" for tag in tags)
    rows = [f"| fault | class | {head} | asked | reached | named by |", "|---|---|" + "---|" * (4 * len(tags) + 3)]
    for line in found:
        cells = " | ".join(_cells(one) for _, one in line.tallies)
        rows.append(f"| {line.kind.name} | {line.kind.family} | {cells} | {line.kind.target:.2f} | {line.reached} | {_names(line)} |")
    return "\n".join(rows).replace("* # |", "* # \\|")


def _cells(one: Tally) -> str:
    if not one.planted:
        return "– | – | – | –"
    return f"{one.planted} | {one.share(one.errors):.2f} | {one.flagged:.2f} | {one.named:.3f}"


def _names(line: Line) -> str:
    """The checks that named at least a tenth of the faults, those that are there for the kind first."""
    planted = sum(one.planted for _, one in line.tallies) or 1
    by: dict[str, int] = {}
    for _, one in line.tallies:
        for check, times in one.by:
            by[check] = by.get(check, 0) + times
    order = sorted(by, key=lambda check: (check not in line.kind.checks, -by[check]))
    return ", ".join(f"{check} {by[check] / planted:.0%}" for check in order if by[check] * 10 >= planted or check in line.kind.checks)


def alarm_table(found: Sequence[Alarms]) -> str:
    """What is said of untouched translations."""
    rows = [
        "| book | passages | error, markup compared too | error, raw | error, judged apart | warning, markup compared too | warning, raw | warning, judged apart | whole work, raw | judged apart |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        cells = [
            f"{one.share(severity, markup=markup, clean=clean):.2%}"
            for severity in ("error", "warning")
            for markup, clean in ((True, False), (False, False), (False, True))
        ]
        rows.append(f"| {one.name} | {one.passages} | {' | '.join(cells)} | {len(one.deviations)} | {len(one.left)} |")
    return "\n".join(rows)


def judged_list(found: Sequence[Alarms]) -> str:
    """The passages that were judged to be truly wrong."""
    rows = ["| book | passage | what is wrong |", "|---|---|---|"]
    return "\n".join(rows + [f"| {one.name} | `{segment}` | {reason} |" for one in found for segment, reason in (*one.judged.items(), *one.works.items())])


def cost_table(costs: dict[str, float]) -> str:
    """Milliseconds a passage, the dearest first."""
    rows = ["| check | ms per passage |", "|---|---|"]
    rows += [f"| {name} | {spent:.3f} |" for name, spent in sorted(costs.items(), key=lambda pair: -pair[1]) if spent >= 0.02]
    rest = [name for name, spent in costs.items() if spent < 0.02]
    rows.append(f"| each of {len(rest)} others | < 0.02 |")
    return "\n".join([*rows, f"| **all together** | **{sum(costs.values()):.2f}** |"])


# --- what the manual of the checks tells ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measured:
    """One check: how many faults of the kinds it is there for were planted and which share it named itself; of how many of ``passages`` good passages it complained."""

    name: str
    planted: int
    named: int
    errors: int
    warnings: int
    remarks: int
    passages: int

    @property
    def recall(self) -> float:
        """The share of its faults that it named."""
        return self.named / self.planted if self.planted else 0.0

    @property
    def precision(self) -> float:
        """The share of its findings that would be right where one passage in a hundred has a fault of its kinds."""
        right, wrong = RATE * self.recall, (1 - RATE) * (self.errors + self.warnings + self.remarks) / self.passages
        return right / (right + wrong) if right + wrong else 0.0


def measured(found: Sequence[Line], said: Sequence[Alarms]) -> Iterator[Measured]:
    """What is known of each check."""
    passages = sum(one.passages for one in said)
    alarmed = {name: [sum(one.by_check()[name, severity] for one in said) for severity in ("error", "warning", "info")] for name in names()}
    for name in names():
        own = [one for line in found if name in line.kind.checks[:1] for _, one in line.tallies]
        errors, warnings, remarks = alarmed[name]
        yield Measured(name, sum(one.planted for one in own), sum(dict(one.by).get(name, 0) for one in own), errors, warnings, remarks, passages)


def names() -> tuple[str, ...]:
    """Every check: of passages, of neighbours, of the whole work."""
    return (*(check.name for check in ALL), *(check.name for check in NEIGHBOURS), *(reading.name for reading in proofreader.ALL))


def as_toml(rows: Sequence[Measured], found: Sequence[Line]) -> str:
    """The file that the manual is made with, and that the tests hold the share of each fault to."""
    head = [
        "# Made by the command below; the manual of the checks is made with it.",
        f'command = "{COMMAND}"',
        f"date = {date.today().isoformat()}",
        f"rate = {RATE}",
        "",
    ]
    for row in rows:
        head += [f"[checks.{row.name}]", f"planted = {row.planted}", f"recall = {row.recall:.3f}", f"precision = {row.precision:.2f}"]
        head += [f"errors = {row.errors}", f"warnings = {row.warnings}", f"remarks = {row.remarks}", f"passages = {row.passages}", ""]
    head += ["[faults]"]
    for line in found:
        head.append(f'"{line.kind.name}" = {{ {", ".join(f"{tag} = {one.named:.3f}" for tag, one in line.tallies if one.planted)} }}')
    return "\n".join([*head, ""])


# --- the page ------------------------------------------------------------------------------------------------------

INTRO = """## The checks

{date}, {machine}, `{command}` (seed {seed}; tuning takes other seeds).
Known faults are planted by code, one at a time, in human translations that the checks have nothing against, {count} of each kind and language where the books have room for so many.
A fault is named when the spoiled passage has a finding that the good one has not; whatever the severity, but errors and warnings are counted apart, since a remark flags nothing.
“With remarks” says that the number is reached only with them.
What is asked of one or two words that were left is a bound of our own: they are told only where dictionaries leave no doubt, and nothing was told of a good passage.
What the books seldom hold (an ISBN, a month, a number in words) is put on both sides first, right, and then spoiled.
"""

ALARMS = """### What is said of good translations

The same four human translations, untouched: the share of passages whose gravest finding is an error or a warning.
These translators changed links, code and emphasis at will. What `markers` says of that is true but no fault of words, so it stands in columns of its own; in “raw” the markup of the translation is taken for that of the source.
“Judged apart” leaves out the passages that a person who read both sides judged to be truly wrong; they are listed below.
Asked are at most 1 % errors, 3 % warnings, and 5 findings about a whole work.
"""


def page(found: Sequence[Line], said: Sequence[Alarms], costs: dict[str, float], *, seed: int, count: int) -> str:
    """The whole section."""
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    parts = [INTRO.format(date=date.today().isoformat(), machine=machine, command=COMMAND, seed=seed, count=count), recall_table(found), ""]
    if said:
        parts += [ALARMS, alarm_table(said), "", "Judged to be truly wrong:", "", judged_list(said), ""]
    parts += [
        "### What checking costs",
        "",
        "Processor time for a passage of the German Developer's Reference; at most 1.5 ms a check and 8 ms together are asked.",
        "",
        cost_table(costs),
    ]
    return "\n".join(parts)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write; 0 where every number is reached, with remarks at least."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detectors", description="Measure the checks on planted faults and on good translations.")
    parser.add_argument("--corpus", type=Path, help="the folder of human translations (default: DRAGOMAN_CORPUS; without it our own small sample)")
    parser.add_argument("--seed", type=int, default=TABLE_SEED, help="another seed, for tuning")
    parser.add_argument("--count", type=int, default=COUNT, help="how many faults of each kind and language")
    parser.add_argument("--only", default="", help="the kinds whose name or class holds this word")
    parser.add_argument("--show", type=int, default=0, help="show so many faults of each kind that nothing names")
    parser.add_argument("--write", type=Path, help="put the tables into this Markdown file, and the checks' figures into docs/measured.toml")
    arguments = parser.parse_args(argv)
    folder = arguments.corpus or (Path(os.environ["DRAGOMAN_CORPUS"]) if "DRAGOMAN_CORPUS" in os.environ else None)
    if arguments.write and (folder is None or arguments.only):
        parser.error("the page is written from the whole corpus: give --corpus (or set DRAGOMAN_CORPUS), and no --only")
    beds = goods.human(folder) if folder else goods.own()
    found = []
    for line in lines(beds, count=arguments.count, seed=arguments.seed, only=arguments.only):
        found.append(line)
        print(_told(line, arguments.show), flush=True)
    if arguments.only:
        return 0
    said = [alarms.alarms(good) for good in beds]
    costs = alarms.costs(beds[0].pairs[:400], beds[0].facts)
    print(alarm_table(said), cost_table(costs), sep="\n\n")
    if arguments.write:
        replace_section(arguments.write, "detectors", page(found, said, costs, seed=arguments.seed, count=arguments.count))
        MEASURED.write_text(as_toml(tuple(measured(found, said)), found), encoding="utf-8")
    return 0 if all(line.reached != "**no**" for line in found) else 1


def _told(line: Line, show: int) -> str:
    """The line for a terminal, with some of the faults that were missed."""
    cells = "  ".join(f"{tag} {one.planted:3} {one.share(one.errors):.2f} {one.flagged:.2f} {one.named:.3f}" for tag, one in line.tallies)
    told = f"{line.kind.name[:40]:40} {cells}  {line.kind.target:.2f} {line.reached:12} {_names(line)}"
    missed = [f"    {source[:240]}\n    → {target[:280]}" for _, one in line.tallies for source, target in one.missed[:show]]
    return "\n".join([told, *missed])


if __name__ == "__main__":
    sys.exit(main())
