"""Makes an export of many pages, and measures how long it takes to import, pseudo-translate and write it, with how much memory: ``python -m benchmarks.dump``.

The pages have what pages have: headings, links, templates, references, lists, tables, categories, language links; no two have the same prose. Same seed, same file.
"""

from __future__ import annotations

import argparse
import bz2
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

WORDS = ["the", "of", "and", "to", "in", "a", "is", "that", "was", "for", "on", "with", "as", "by", "at", "from", "it", "an", "were", "which", "this", "are", "be", "had", "or", "his", "their", "not", "but", "its", "has", "have", "one", "all", "history", "people", "work", "time", "state", "party", "class", "labour", "value", "price", "money", "land", "war", "peace", "street", "village", "river", "bridge", "harbour", "school", "church", "letter", "book", "library", "member", "council", "worker", "strike", "factory", "engine", "machine", "night", "morning", "winter", "summer", "question", "answer", "reason", "method", "theory", "practice", "movement"]
NAMES = ("Amara", "Bello", "Cora", "Dressel", "Enzo", "Farkas", "Greta", "Holm", "Ines", "Jansen", "Kofi", "Lund", "Mara", "Novak", "Olga", "Petrov", "Rosa")
HEAD = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo><sitename>Benchwiki</sitename><dbname>bench</dbname><base>https://wiki.example/wiki/Main_Page</base><generator>MediaWiki 1.39.17</generator><case>first-letter</case>
    <namespaces><namespace key="-1" case="first-letter">Special</namespace><namespace key="0" case="first-letter" /><namespace key="1" case="first-letter">Talk</namespace><namespace key="6" case="first-letter">File</namespace><namespace key="10" case="first-letter">Template</namespace><namespace key="14" case="first-letter">Category</namespace></namespaces>
  </siteinfo>
"""
LIMIT_SECONDS, LIMIT_MB = 900, 300


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


def run(dump: Path, out: Path, *options: str) -> tuple[float, float, float, int]:
    """Import, pseudo-translate and write; gives seconds, those of them on a processor, peak memory in MB, and the exit code."""
    command = [sys.executable, "-m", "translate", "wiki", "import", str(dump), "--to", "de", "--model", "pseudo", "--out", str(out), *options]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="folder to work in and keep (else a temporary one)")
    parser.add_argument("--make", type=Path, help="only write the export to this file")
    asked = parser.parse_args()
    if asked.make:
        print(f"{make(asked.make, asked.pages):,} bytes")
        return
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dragoman-dump-")))
        folder.mkdir(parents=True, exist_ok=True)
        dump = folder / "bench.xml.bz2"
        size = make(dump, asked.pages)
        load = os.getloadavg()[0]
        seconds, busy, memory, code = run(dump, folder / "out", "--as", "pages", "--as", "xml")
        again, _, memory_again, code_again = run(dump, folder / "out", "--as", "pages", "--as", "xml")
        print(f"{asked.pages:,} pages, {size / 1e6:.1f} MB of XML; {os.cpu_count()} cores, load {load:.1f} at the start; exit {code} and {code_again}")
        print("\n| | ours | must reach | reached |\n|---|---|---|---|")
        print(f"| import, pseudo-translate, write | {seconds / 60:.1f} min ({1000 * seconds / asked.pages:.0f} ms a page; {busy / 60:.1f} min on a processor) | ≤ {LIMIT_SECONDS / 60:.0f} min | {'yes' if seconds <= LIMIT_SECONDS else 'NO'} |")
        print(f"| peak memory | {memory:.0f} MB | ≤ {LIMIT_MB} MB | {'yes' if memory <= LIMIT_MB else 'NO'} |")
        print(f"| the same command again (nothing left to translate) | {again / 60:.1f} min, {memory_again:.0f} MB | | |")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
