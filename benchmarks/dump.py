"""Makes an export of many pages, and measures how long it takes to import, pseudo-translate and write it, with how much memory, and what ``kill -9`` costs.

    python -m benchmarks.dump [--pages N] [--kills N] [--keep FOLDER] [--write docs/benchmarks.md]

The pages have what pages have: headings, links, templates, references, lists, tables, categories, language links; no two have the same prose. Same seed, same file.
"""

from __future__ import annotations

import argparse
import bz2
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from benchmarks.measure import machine
from benchmarks.tables import Row, markdown, plain, replace_section

WORDS = ["the", "of", "and", "to", "in", "a", "is", "that", "was", "for", "on", "with", "as", "by", "at", "from", "it", "an", "were", "which", "this", "are", "be", "had", "or", "his", "their", "not", "but", "its", "has", "have", "one", "all", "history", "people", "work", "time", "state", "party", "class", "labour", "value", "price", "money", "land", "war", "peace", "street", "village", "river", "bridge", "harbour", "school", "church", "letter", "book", "library", "member", "council", "worker", "strike", "factory", "engine", "machine", "night", "morning", "winter", "summer", "question", "answer", "reason", "method", "theory", "practice", "movement"]
NAMES = ("Amara", "Bello", "Cora", "Dressel", "Enzo", "Farkas", "Greta", "Holm", "Ines", "Jansen", "Kofi", "Lund", "Mara", "Novak", "Olga", "Petrov", "Rosa")
HEAD = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo><sitename>Benchwiki</sitename><dbname>bench</dbname><base>https://wiki.example/wiki/Main_Page</base><generator>MediaWiki 1.39.17</generator><case>first-letter</case>
    <namespaces><namespace key="-1" case="first-letter">Special</namespace><namespace key="0" case="first-letter" /><namespace key="1" case="first-letter">Talk</namespace><namespace key="6" case="first-letter">File</namespace><namespace key="10" case="first-letter">Template</namespace><namespace key="14" case="first-letter">Category</namespace></namespaces>
  </siteinfo>
"""
FULL, LIMIT_SECONDS, LIMIT_MB = 10_000, 900, 300


def sentence(dice: random.Random, least: int = 8, most: int = 22) -> str:
    """A row of words that begins and ends like a sentence, now and then with a number, emphasis or a link."""
    words = [dice.choice(WORDS) for _ in range(dice.randint(least, most))]
    if dice.random() < 0.3:
        words[dice.randrange(len(words))] = str(dice.randint(1600, 1999))
    if dice.random() < 0.4:
        place = dice.randrange(len(words))
        words[place] = f"[[Page {dice.randrange(10_000)}|{words[place]}]]"
    if dice.random() < 0.2:
        words[-1] = f"''{words[-1]}''"
    return f"{dice.choice(NAMES)} {' '.join(words)}."


def page(number: int, dice: random.Random) -> str:
    """The wikitext of one page: about 3,000 characters, some two dozen passages."""
    lines = [f"{{{{Infobox|name=Page {number}|born={dice.randint(1600, 1999)}}}}}", f"'''Page {number}''' {sentence(dice)}<ref>{sentence(dice, 4, 8)}</ref> {sentence(dice)}", ""]
    for part in range(dice.randint(2, 4)):
        lines += [f"== {sentence(dice, 2, 4).rstrip('.')} ==", f"{sentence(dice)} {sentence(dice)} {sentence(dice)}", "", f"{sentence(dice)}<ref name=\"r{part}\">{sentence(dice, 4, 8)}</ref> {sentence(dice)}", ""]
        lines += [f"* {sentence(dice, 3, 7)}" for _ in range(dice.randint(0, 4))]
    lines += ['{| class="wikitable"', f"! {sentence(dice, 1, 2)} !! {sentence(dice, 1, 2)}", "|-", f"| {sentence(dice, 2, 5)} || {dice.randint(1, 999)}", "|}", "", "== References ==", "<references />", ""]
    lines += [f"[[Category:Topic {number % 40}]]", *([f"[[de:Seite {number}]]"] if number % 3 == 0 else [])]
    return "\n".join(lines)


def pages(count: int, seed: int = 4) -> Iterator[str]:
    """The page elements of the export."""
    from xml.sax.saxutils import escape

    dice = random.Random(seed)
    for number in range(count):
        text = escape(page(number, dice))
        yield (
            f"  <page><title>Page {number}</title><ns>0</ns><id>{number + 1}</id><revision><id>{number + 100_000}</id><timestamp>2026-01-01T00:00:00Z</timestamp>"
            f"<contributor><username>Someone</username><id>1</id></contributor><model>wikitext</model><format>text/x-wiki</format>"
            f'<text bytes="{len(text)}" xml:space="preserve">{text}</text><sha1>x</sha1></revision></page>\n'
        )


def make(path: Path, count: int) -> int:
    """Write the export, packed where its name says so; gives its size unpacked, in bytes."""
    size = 0
    with bz2.open(path, "wb") if path.suffix == ".bz2" else path.open("wb") as out:
        for piece in _stream(count):
            data = piece.encode()
            size += len(data)
            out.write(data)
    return size


def _stream(count: int) -> Iterator[str]:
    yield HEAD
    yield from pages(count)
    yield "</mediawiki>\n"


@dataclass(frozen=True, slots=True)
class Took:
    """One run of the command: seconds, those of them on a processor, peak memory in MB, exit code (-9: it was killed)."""

    seconds: float
    busy: float
    memory: float
    code: int


def run(dump: Path, out: Path, *options: str, kill_after: float | None = None) -> Took:
    """Import, pseudo-translate and write; with ``kill_after`` the process is killed with SIGKILL after so many seconds, if it lives so long."""
    command = [sys.executable, "-m", "translate", "wiki", "import", str(dump), "--to", "de", "--model", "pseudo", "--out", str(out), "--as", "pages", "--as", "xml", *options]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    timer = threading.Timer(kill_after or 0, process.kill) if kill_after is not None else None
    if timer:
        timer.start()
    _, status, usage = os.wait4(process.pid, 0)
    if timer:
        timer.cancel()
    return Took(time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def killed(dump: Path, out: Path, kills: int, took: float, seed: int = 9) -> list[Took]:
    """The same, killed ``kills`` times at moments drawn over the whole course of it, then left to end; every start goes on where the one before was."""
    dice = random.Random(seed)
    share = took / (kills + 1)
    starts = [run(dump, out, kill_after=share * dice.uniform(0.4, 1.6)) for _ in range(kills)]
    return [*starts, run(dump, out)]


def differences(one: Path, other: Path) -> tuple[int, int]:
    """How many pages of the first work the other lacks or has otherwise (or has more), and how many passages of it were not stored exactly once."""
    from translate.formats.dump import Dump

    pages = {path.name: path.read_bytes() for path in sorted((one / "pages").iterdir())}
    theirs = {path.name: path.read_bytes() for path in sorted((other / "pages").iterdir())}
    wrong = sum(pages.get(name) != theirs.get(name) for name in {*pages, *theirs})
    exports = (Dump(next(folder.glob("*.de.xml"))).pages() for folder in (one, other))
    wrong += sum(left is None or right is None or (left.title, left.text) != (right.title, right.text) for left, right in zip_longest(*exports))
    with sqlite3.connect(f"file:{next(other.glob('work.db'))}?mode=ro", uri=True) as store:
        query = "SELECT count(*) FROM (SELECT s.id, count(d.id) n, s.status FROM segments s LEFT JOIN drafts d ON d.segment = s.id GROUP BY s.id HAVING n != 1 OR s.status = 'pending')"
        return wrong, store.execute(query).fetchone()[0]


def rows(pages: int, dump: Path, folder: Path, kills: int) -> Iterator[Row]:
    """Measure, a row at a time."""
    first = run(dump, folder / "out")
    spent = f"{1000 * first.busy / pages:.0f} ms of a processor a page ({first.busy / 60:.1f} min together)"
    yield Row("import, pseudo-translate, write", f"{first.seconds / 60:.1f} min", "≤ 15 min", "", first.seconds <= LIMIT_SECONDS and first.code == 0 if pages == FULL else None, spent)
    yield Row("peak memory", f"{first.memory:.0f} MB", "≤ 300 MB", "", first.memory <= LIMIT_MB)
    again = run(dump, folder / "out")
    yield Row("the same command again", f"{again.seconds / 60:.1f} min", "", "", None, f"nothing is left to translate, all is written anew; {again.memory:.0f} MB")
    if not kills:
        return
    starts = killed(dump, folder / "killed", kills, first.seconds)
    hit = sum(one.code == -signal.SIGKILL for one in starts)
    wrong, twice = differences(*(next((folder / name).iterdir()) for name in ("out", "killed")))
    note = f"{hit} kills; {sum(one.busy for one in starts) / 60:.1f} min of a processor in all starts together, peak {max(one.memory for one in starts):.0f} MB"
    yield Row("killed and begun again: pages that differ", str(wrong), "0", "", wrong == 0 and hit > 0, note)
    yield Row("killed and begun again: passages lost or stored twice", str(twice), "0", "", twice == 0)


def main() -> None:
    """Measure, print a table, and put it into a page where that is wished."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=FULL)
    parser.add_argument("--kills", type=int, default=8, help="how often the second run is killed (0: no second run)")
    parser.add_argument("--keep", type=Path, help="folder to work in and keep (else a temporary one)")
    parser.add_argument("--make", type=Path, help="only write the export to this file")
    parser.add_argument("--one", type=Path, help="only write the pages' wikitext, as one page, to this file")
    parser.add_argument("--write", type=Path, help="put the table into this file, in the place of the one there")
    asked = parser.parse_args()
    if asked.make:
        print(f"{make(asked.make, asked.pages):,} bytes")
        return
    if asked.one:
        dice = random.Random(4)
        asked.one.write_text("\n\n".join(page(number, dice) for number in range(asked.pages)), encoding="utf-8")
        return
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dragoman-dump-")))
        folder.mkdir(parents=True, exist_ok=True)
        dump = folder / "bench.xml.bz2"
        size = make(dump, asked.pages)
        head = f"{date.today().isoformat()}, {machine()}, load {os.getloadavg()[0]:.1f} at the start: {asked.pages:,} pages, {size / 1e6:.1f} MB of XML."
        measured = list(rows(asked.pages, dump, folder, asked.kills))
    print(f"{head}\n\n{plain(measured)}")
    if asked.write:
        replace_section(asked.write, "dump", f"{head}\n\n{markdown(measured)}")
    sys.exit(any(row.reached is False for row in measured))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
