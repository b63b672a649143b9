"""Measures Dragoman on one book against the benchmark server, and prints a table.

``python -m benchmarks.measure --book BOOK.epub`` takes some ten minutes; ``--quick`` leaves out the kill, the faults at 5 %, the long books and the embedded model.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import embedded, made, pseudo
from benchmarks.book import Book, Passage, read
from benchmarks.faults import KINDS
from benchmarks.losses import Losses, Wrong, compare
from benchmarks.processes import SUCCESS, Bench, Call, Taken, repeated, run, serving, translate
from benchmarks.tables import Row, markdown, plain, replace_section
from benchmarks.tokens import tokenizer

SLOTS = 16
PER_TOKEN = 0.01
CACHED = 0.1
ANSWER = 4
PEERS_SOURCE = 62_631
PEERS_ANSWER = 75_700
BEGINNING = 60
TELLING = 20
"""So many letters tell passages apart: fewer must be the whole of a passage."""


@dataclass(frozen=True, slots=True)
class Words:
    """A book's tokens: of its source, and of an errorless pseudo-translation of it; ``pure`` is that without inline code, which is never answered."""

    source: int
    answer: int
    pure: int

    @property
    def ideal(self) -> float:
        """Seconds that the answers take with every slot always busy."""
        return self.answer * PER_TOKEN / SLOTS

    @property
    def floor(self) -> float:
        """The cost of the source once and the answer once."""
        return self.source + ANSWER * self.answer


@dataclass(frozen=True, slots=True)
class Run:
    """One translation of the book: what it took, what the server heard, the finished book and its report, where they came to be."""

    taken: Taken
    calls: tuple[Call, ...]
    book: Book | None
    report: Mapping[str, Any]

    @property
    def cost(self) -> float:
        """Prompt tokens at 1, cached ones at a tenth, answers at 4."""
        return sum(call.prompt - call.cached + CACHED * call.cached + ANSWER * call.answer for call in self.calls)

    @property
    def tokens(self) -> int:
        """Prompt and answer tokens of everything that was answered."""
        return sum(call.prompt + call.answer for call in self.calls)


@dataclass(frozen=True, slots=True)
class Bookwork:
    """The book that is measured, read and counted, and the folder to work in."""

    path: Path
    book: Book
    words: Words
    folder: Path


def words_of(book: Book, *, without_pre: bool = True) -> Words:
    """The tokens of all visible text of the pages, scripts and styles apart, and preformatted text too unless told otherwise."""
    text = book.text(without_pre=without_pre)
    count = tokenizer().count
    pure = sum(count(pseudo.translate(passage.words)) for passage in _passages(book))
    return Words(count(text), count(pseudo.translate(text)), pure)


def _passages(book: Book) -> Iterator[Passage]:
    return (passage for page in book.pages for passage in page.passages() if passage.text)


def one_run(work: Bookwork, name: str, *options: str, server: Sequence[str] = (), book: Path | None = None) -> Run:
    """Translate the book (or another one) from nothing on a fresh server."""
    folder = work.folder / name
    folder.mkdir(parents=True)
    say(f"{name} …")
    with serving(folder / "server.jsonl", *server) as bench:
        taken = translate(book or work.path, bench, folder / "out", *options)
        made_run = finished(taken, bench, folder / "out")
    say(f"  {taken.wall:.1f} s, exit {taken.code}, {len(made_run.calls)} calls, CPU {taken.cpu:.1f} s, {taken.peak:.0f} MB")
    if taken.code not in SUCCESS:
        say("  " + "\n  ".join(taken.said.strip().splitlines()[-6:]))
    return made_run


def finished(taken: Taken, bench: Bench, out: Path) -> Run:
    """The run with what it left in ``out``."""
    time.sleep(0.2)  # the server writes its last line when the answer has already come
    books, reports = sorted(out.glob("*/*.epub")), sorted(out.glob("*/report.json"))
    report = json.loads(reports[0].read_text(encoding="utf-8")) if reports else {}
    return Run(taken, bench.calls(), read(books[0]) if books else None, report)


def clean_rows(work: Bookwork, clean: Run, load: Taken) -> Iterator[Row]:
    """Wall time, cost, tokens, CPU and memory of the clean run."""
    words = work.words
    yield Row(
        "wall ÷ ideal",
        f"{clean.taken.wall / words.ideal:.2f}",
        "≤ 1.15",
        "1.76",
        clean.taken.wall / words.ideal <= 1.15,
        timeline(clean, words),
    )
    yield cost_row("cost ÷ floor", clean, words)
    cpu = clean.taken.cpu - load.cpu
    yield Row(
        "client CPU, loading apart",
        f"{cpu:.1f} s",
        "≤ 10 s",
        "2.2 s",
        cpu <= 10,
        f"{clean.taken.cpu:.1f} s in all; a book of one paragraph takes {load.cpu:.1f} s",
    )
    yield Row("peak memory", f"{clean.taken.peak:.0f} MB", "≤ 250 MB", "46 MB", clean.taken.peak <= 250, f"a book of one paragraph: {load.peak:.0f} MB")
    findings = clean.report.get("findings", [])
    kinds = Counter(f"{found['check']} {found['severity']}" for found in findings)
    yield Row("findings on errorless answers", str(len(findings)), "", "", None, ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


def timeline(done: Run, words: Words) -> str:
    """Where the wall time went."""
    first, last = min(call.asked for call in done.calls), max(call.answered or call.asked for call in done.calls)
    began = done.taken.ended - done.taken.wall
    busy = sum((call.answered or call.asked) - call.asked for call in done.calls) / SLOTS
    return (
        f"{done.taken.wall:.1f} s ÷ {words.ideal:.1f} s: {first - began:.1f} s before the first request, {last - first:.1f} s of requests "
        f"(at least {busy:.1f} s with every slot busy), {done.taken.ended - last:.1f} s after the last answer"
    )


def cost_row(name: str, done: Run, words: Words) -> Row:
    """Cost over the floor, with what it is made of."""
    fresh = sum(call.prompt - call.cached for call in done.calls)
    cached = sum(call.cached for call in done.calls)
    answer = sum(call.answer for call in done.calls)
    note = f"{len(done.calls)} calls; prompt {fresh:,} fresh + {cached:,} cached, answers {answer:,} (words in them {sum(call.words for call in done.calls):,})"
    return Row(name, f"{done.cost / words.floor:.2f}", "≤ 1.20", "1.47", done.cost / words.floor <= 1.20, note)


def loss_rows(losses: Losses) -> Iterator[Row]:
    """What the finished book lost, by kind."""
    for kind, lost, total in losses.lost:
        if total:
            yield Row(f"{kind} lost", f"{lost} of {total}", "0", "", lost == 0)
    for how in ("missing", "damaged"):
        yield Row(f"texts {how}", f"{len(losses.of(how))} of {losses.passages}", "0", "", not losses.of(how), examples(losses.of(how)))
    yield Row("texts left in English", str(len(losses.of("english"))), "0", "0", not losses.of("english"), examples(losses.of("english")))
    yield Row("labels and titles wrong", str(len(losses.labels)), "0", "", not losses.labels, examples(losses.labels))
    yield Row("other losses", str(len(losses.remarks)), "0", "", not losses.remarks, "; ".join(losses.remarks[:4]))


def examples(wrong: Sequence[Wrong]) -> str:
    """The first few wrong texts, for the table's last column."""
    return "; ".join(f"{one.place}: “{one.source[:50]}” → “{one.found[:50]}”" for one in wrong[:3])


def kill_rows(work: Bookwork, clean: Run) -> Iterator[Row]:
    """Kill the run half-way, run the same command again, and count what was asked twice."""
    folder = work.folder / "killed"
    folder.mkdir()
    say("killed half-way …")
    half = len(clean.calls) // 2
    with serving(folder / "server.jsonl") as bench:
        first = translate(work.path, bench, folder / "out", stop=lambda: bench.log.read_text(encoding="utf-8").count('"answered"') >= half)
        time.sleep(3)
        before = bench.calls()
        again = finished(translate(work.path, bench, folder / "out"), bench, folder / "out")
    after = again.calls[len(before) :]
    calls, passages = repeated(before, after, usual=clean.calls, killed=first.ended)
    flying = sum(call.answered is None or call.answered > first.ended or call.status == 0 for call in before)
    note = f"killed after {len(before)} calls with {flying} in flight; {len(after)} calls afterwards; {passages} passages asked again; exit {again.taken.code}"
    yield Row("calls repeated after kill -9", str(calls), "0", "0", calls == 0 and first.code == -9 and again.taken.code in SUCCESS, note)
    if again.book is not None:
        losses = compare(work.book, again.book, language="de")
        yield Row("texts wrong after the kill", str(len(losses.texts)), "0", "", not losses.texts, examples(losses.texts))


def fault_rows(work: Bookwork, clean: Run, rate: float) -> Iterator[Row]:
    """A run on a server that does wrong: what of it is left in the book, and whether a finding names it."""
    done = one_run(work, f"faults-{rate:.0%}", server=("--faults", str(rate)))
    title = f"faults at {rate:.0%}"
    if done.book is None:
        yield Row(
            f"{title}: finished",
            "no",
            "yes",
            "",
            False,
            f"exit {done.taken.code}: {done.taken.said.strip().splitlines()[-1] if done.taken.said.strip() else ''}",
        )
        return
    injected = Counter(call.fault["kind"] for call in done.calls if call.fault)
    left = wrong_of(compare(work.book, done.book, language="de"))
    unnamed = unnamed_of(left, done.report.get("findings", []))
    texts = sum(count for kind, count in injected.items() if kind not in {"http429", "http500", "dropped"})
    yield Row(
        f"{title}: wrong text that no finding names",
        f"{len(unnamed)} of {texts}",
        "0",
        "10 of 29",
        not unnamed,
        _kinds(unnamed, done.calls) + " " + examples(unnamed),
    )
    share = len(left) / max(1, sum(1 for _ in _passages(work.book)))
    most = 0.001 if rate < 0.02 else 0.12
    yield Row(f"{title}: wrong texts left", f"{len(left)} ({share:.2%})", f"≤ {most:.1%}", "34 %", share <= most, _kinds(left, done.calls))
    yield Row(f"{title}: by kind, injected/left/unnamed", "", "", "", None, by_kind(injected, causes(left, done.calls), causes(unnamed, done.calls)))
    ratio, bound = done.tokens / clean.tokens, 1.25 if rate < 0.02 else 2.2
    yield Row(
        f"{title}: tokens ÷ clean run",
        f"{ratio:.2f}",
        f"≤ {bound}",
        "",
        ratio <= bound,
        f"{done.taken.wall:.0f} s, exit {done.taken.code}, {len(done.calls)} calls; injected: " + _tally(injected),
    )


def wrong_of(losses: Losses) -> tuple[Wrong, ...]:
    """All wrong texts, of pages and labels."""
    return (*losses.texts, *losses.labels)


def key_of(text: str) -> str:
    """The letters of a text alone, addresses apart, to find it again whatever markers and numbers are called and whatever is kept whole."""
    return re.sub(r"[\W\d_]+", "", re.sub(pseudo.URL, "", re.sub(pseudo.MARKER, "", text))).lower()


def unnamed_of(wrong: Sequence[Wrong], findings: Iterable[Mapping[str, object]]) -> list[Wrong]:
    """Those of ``wrong`` that are no passage of the report's ``findings``.

    They are told by their first letters: the reader begins anew behind a drawing, in the middle of a passage, and counts words of a third language in.
    """
    named = {key_of(str(found["source"])) for found in findings if found.get("source")}
    keys = ((one, key_of(one.words)[:BEGINNING]) for one in wrong)
    return [one for one, key in keys if key not in named and not any(len(key) >= TELLING and key in whole for whole in named)]


def causes(wrong: Sequence[Wrong], calls: Sequence[Call]) -> Counter[str]:
    """Which faults the wrong texts come from, as far as the server's log tells."""
    known: dict[str, str] = {}
    for call in calls:
        if call.fault:
            for source in (call.fault["source"],) if call.fault.get("source") else call.sources:
                known[key_of(source)] = call.fault["kind"]
    return Counter(known.get(key_of(one.words), "no fault") for one in wrong)


def _kinds(wrong: Sequence[Wrong], calls: Sequence[Call]) -> str:
    return _tally(causes(wrong, calls))


def by_kind(injected: Counter[str], left: Counter[str], unnamed: Counter[str]) -> str:
    """Every kind of fault with how often it was injected, left in the book, and left without a finding that names it."""
    return ", ".join(f"{kind} {injected[kind]}/{left[kind]}/{unnamed[kind]}" for kind in (*KINDS, *sorted(set(left) - set(KINDS))))


def _tally(counts: Counter[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in counts.most_common())


def glossary_rows(work: Bookwork) -> Iterator[Row]:
    """The clean run with the book's thirty commonest longer words as terms."""
    path = work.folder / "terms.csv"
    path.write_text("source,target\n" + "".join(f"{term},{pseudo.word(term).capitalize()}begriff\n" for term in terms_of(work.book)), encoding="utf-8")
    done = one_run(work, "glossary", "--glossary", str(path))
    yield Row("wall ÷ ideal, 30 terms", f"{done.taken.wall / work.words.ideal:.2f}", "≤ 1.15", "", done.taken.wall / work.words.ideal <= 1.15)
    yield cost_row("cost ÷ floor, 30 terms", done, work.words)
    kinds = Counter(f"{found['check']} {found['severity']}" for found in done.report.get("findings", []))
    yield Row("findings, 30 terms", str(kinds.total()), "", "", None, _tally(kinds))


def terms_of(book: Book, most: int = 30) -> tuple[str, ...]:
    """The commonest words of five letters and more that occur in no other form than their plural: the server knows no other."""
    found = Counter(re.findall(r"(?<![\w<-])[a-z]{5,}(?![\w-])", " ".join(passage.words for passage in _passages(book))))

    def alone(term: str) -> bool:
        return not any(other.startswith(term[:-1]) and other not in {term, f"{term}s", f"{term}es", f"{term[:-1]}ies"} for other in found)

    fit = (term for term, _ in found.most_common() if term not in pseudo.lexicon().common and not term.endswith(("s", "ed", "er", "ing", "ly")) and alone(term))
    return tuple(islice(fit, most))


def memory_rows(work: Bookwork) -> Iterator[Row]:
    """Peak memory for a book of 30 chapters and one of 300."""
    fast = ("--delay", "0.02", "--per-token", "0")
    peaks = {}
    for chapters in (30, 300):
        path = made.write(work.folder / f"chapters-{chapters}.epub", chapters=chapters)
        peaks[chapters] = one_run(work, f"chapters-{chapters}", server=fast, book=path).taken
    ratio = peaks[300].peak / peaks[30].peak
    note = f"{peaks[30].peak:.0f} MB and {peaks[300].peak:.0f} MB; {peaks[300].wall:.0f} s and {peaks[300].cpu:.0f} s of CPU for the long one"
    yield Row("memory, 300 ÷ 30 chapters", f"{ratio:.2f}", "≤ 1.20", "", ratio <= 1.2 and peaks[300].code in SUCCESS, note)


def embedded_rows(work: Bookwork) -> Iterator[Row]:
    """Each embedded engine that is installed beside its own figure."""
    say("embedded …")
    done = run([sys.executable, "-m", "benchmarks.embedded", "--json"], work.folder / "embedded")
    for line in done.said.splitlines():
        if line.startswith('{"engine"'):
            yield from embedded.rows(embedded.Speeds(**json.loads(line)))
    if done.code != 0:
        yield Row("embedded", f"exit {done.code}", "0", "", False, done.said.strip().splitlines()[-1] if done.said.strip() else "")


def help_row(work: Bookwork) -> Row:
    """How soon the help is there: the best of five."""
    walls = [run([sys.executable, "-m", "translate", "--help"], work.folder / "help").wall for _ in range(5)]
    return Row("dragoman --help", f"{min(walls):.2f} s", "< 0.3 s", "", min(walls) < 0.3)


def load_of(work: Bookwork) -> Taken:
    """What a book of one paragraph takes: start, libraries, store, report."""
    path = made.write(work.folder / "one.epub", chapters=1, paragraphs=1)
    return one_run(work, "one-paragraph", server=("--delay", "0", "--per-token", "0"), book=path).taken


def measure(work: Bookwork, *, quick: bool) -> Iterator[Row]:
    """Every row of the table, as it comes."""
    yield help_row(work)
    load = load_of(work)
    clean = one_run(work, "clean")
    yield from clean_rows(work, clean, load)
    if clean.book is None:
        return
    yield from loss_rows(compare(work.book, clean.book, language="de"))
    steps: list[Callable[[], Iterator[Row]]] = [lambda: glossary_rows(work), lambda: fault_rows(work, clean, 0.01)]
    if not quick:
        steps += [lambda: kill_rows(work, clean), lambda: fault_rows(work, clean, 0.05), lambda: memory_rows(work), lambda: embedded_rows(work)]
    for step in steps:
        yield from step()


def heading(work: Bookwork) -> str:
    """What was measured where, in sentences."""
    whole = words_of(work.book, without_pre=False)
    words = work.words
    return (
        f"{date.today().isoformat()}, {machine()}, load {os.getloadavg()[0]:.1f} at the start.\n"
        f"Book: {work.path.name}. Source {words.source:,} {tokenizer().name} tokens without preformatted text ({whole.source:,} with it; the peers' table says {PEERS_SOURCE:,}), "
        f"answer {words.answer:,} ({whole.answer:,} with it; the peers' table says {PEERS_ANSWER:,}; {words.pure:,} without inline code).\n"
        f"Ideal wall time {words.ideal:.1f} s; cost floor {words.floor:,.0f}."
    )


def machine() -> str:
    """The processor and the Python, in a phrase."""
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return f"{os.cpu_count()} × {found[1] if found else platform.machine()}, Python {platform.python_version()}"


def say(line: str) -> None:
    """One line of progress."""
    print(line, file=sys.stderr, flush=True)


def default_book() -> Path:
    """The corpus' Developer's Reference, beside the checkout or where ``DRAGOMAN_CORPUS`` says."""
    folder = Path(os.environ.get("DRAGOMAN_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))
    return folder / "developers-reference.epub"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write; 0 where every row reaches its number."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measure", description="Measure Dragoman against the benchmark server.")
    parser.add_argument("--book", type=Path, default=default_book(), help="an English EPUB (default: the corpus' Developer's Reference)")
    parser.add_argument("--quick", action="store_true", help="without the kill, the faults at 5 %%, the long books and the embedded model")
    parser.add_argument("--write", type=Path, help="put the table into this Markdown file")
    parser.add_argument("--keep", type=Path, help="work in this folder and keep it")
    arguments = parser.parse_args(argv)
    if not arguments.book.exists():
        parser.error(f"{arguments.book} is not there: give --book, or set DRAGOMAN_CORPUS")
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        book = read(arguments.book)
        work = Bookwork(arguments.book, book, words_of(book), folder.resolve())
        intro = heading(work)
        say(intro)
        rows = tuple(measure(work, quick=arguments.quick))
    print(plain(rows))
    if arguments.write:
        replace_section(arguments.write, "translate", f"{intro}\n\n{markdown(rows)}")
    return 0 if all(row.reached is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
