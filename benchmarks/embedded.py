"""Dragoman's embedded models beside the engine's own figure: the same model, machine, threads and minute.

``python -m benchmarks.embedded`` prints a table; ``--json`` one line of JSON for each engine. Each figure is the best of five, taken in turn with its rival, since a busy machine only ever makes it worse.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.tables import Row, plain

ROUNDS = 5
PROMPT = 256
ANSWER = 64
CONTEXT = 1024
TEXT = "The old press stood idle for weeks, and nobody in the house had the courage to sell it, because the printers still believed in better days. "
Pair = tuple[float, float]
"""Tokens per second of prompt and of generation."""


@dataclass(frozen=True, slots=True)
class Speeds:
    """One engine's figures in tokens per second: its own and ours, for prompt and generation, and our generation with all sequences side by side."""

    engine: str
    threads: int
    raw_prompt: float
    raw_answer: float
    our_prompt: float
    our_answer: float
    side_by_side: float
    slots: int


@dataclass(frozen=True, slots=True, order=True)
class Timed:
    """One run of ours: how long it took, the tokens of its prompt that were computed, and those of its answer. The shorter is the smaller."""

    seconds: float
    prompt: int
    answer: int


def measure(engine: str, path: Path) -> Speeds:
    """The figures of one engine on the model at ``path``."""
    from translate.models.embedded import engine as engines
    from translate.models.embedded import fit

    kind = engines.choose(engine)
    loaded = engines.load(kind, path, context=CONTEXT, slots=8, threads=1)
    cores, busy = fit.machine()
    found = fit.measure(loaded, cores=cores, busy=busy)
    loaded.threads(found.threads)
    raw, close = RAW[engine](path, found.threads)
    try:
        pairs = [(raw(number), _timed(loaded, f"a{number}", 1), _timed(loaded, f"b{number}", ANSWER)) for number in range(ROUNDS)]
        together = max(_side_by_side(loaded, number) for number in range(ROUNDS))
    finally:
        close()
        loaded.close()
    raw_prompt, raw_answer = (max(pair[which] for pair, _, _ in pairs) for which in (0, 1))
    short, long = min(pair[1] for pair in pairs), min(pair[2] for pair in pairs)
    ours = short.prompt / short.seconds, (long.answer - short.answer) / (long.seconds - short.seconds)
    return Speeds(engine, found.threads, raw_prompt, raw_answer, *ours, together, loaded.slots)


def _prompt(number: int | str) -> str:
    """Some 256 tokens that begin differently for every number, so that no cache helps."""
    return f"{number}. {TEXT * (PROMPT // 28)}"


def _timed(engine: Any, number: str, most: int) -> Timed:
    from translate.models.seam import Request

    began = time.perf_counter()
    answer = engine.run(Request(prompt=_prompt(number), most=most), lambda said: False)
    return Timed(time.perf_counter() - began, answer.prompt - answer.cached, answer.answer)


def _side_by_side(engine: Any, number: int) -> float:
    """Generated tokens per second with a short prompt in every slot."""
    from translate.models.seam import Request

    def one(slot: int) -> int:
        return int(engine.run(Request(prompt=f"{number}.{slot} {TEXT}", most=ANSWER), lambda said: False).answer)

    began = time.perf_counter()
    with ThreadPoolExecutor(engine.slots) as pool:
        tokens = sum(pool.map(one, range(engine.slots)))
    return tokens / (time.perf_counter() - began)


def _raw_llama_cpp(path: Path, threads: int) -> tuple[Callable[[int], Pair], Callable[[], None]]:
    """llama.cpp's decode and nothing else, as its own llama-bench does it: one batch of prompt tokens, then one token at a time."""
    import llama_cpp

    model = llama_cpp.llama_model_load_from_file(str(path).encode(), llama_cpp.llama_model_default_params())
    params = llama_cpp.llama_context_default_params()
    params.n_ctx, params.n_batch, params.n_ubatch, params.n_threads, params.n_threads_batch = CONTEXT, 512, 512, threads, threads
    context = llama_cpp.llama_init_from_model(model, params)

    def decode(count: int, first: int) -> None:
        tokens = (llama_cpp.llama_token * count)(*(2000 + (first + place) % 1000 for place in range(count)))
        if llama_cpp.llama_decode(context, llama_cpp.llama_batch_get_one(tokens, count)) != 0:
            raise SystemExit("llama.cpp could not decode")

    def run(number: int) -> Pair:
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(context), True)
        began = time.perf_counter()
        decode(PROMPT, number)
        llama_cpp.llama_synchronize(context)
        half = time.perf_counter()
        for place in range(ANSWER):
            decode(1, place)
        llama_cpp.llama_synchronize(context)
        return PROMPT / (half - began), ANSWER / (time.perf_counter() - half)

    def close() -> None:
        llama_cpp.llama_free(context)
        llama_cpp.llama_model_free(model)

    return run, close


def _raw_xllamacpp(path: Path, threads: int) -> tuple[Callable[[int], Pair], Callable[[], None]]:
    """The figures that llama.cpp's server gives with its answer."""
    xllamacpp: Any = import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path, params.n_ctx, params.n_parallel, params.verbosity = str(path), CONTEXT, 1, -1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    servers = [xllamacpp.Server(params)]

    def run(number: int) -> Pair:
        said = servers[0].handle_completions({"prompt": _prompt(f"r{number}"), "max_tokens": ANSWER, "temperature": 0.0, "cache_prompt": False})
        timings = (json.loads(said) if isinstance(said, str) else said)["timings"]
        return float(timings["prompt_per_second"]), float(timings["predicted_per_second"])

    return run, servers.clear


RAW: dict[str, Callable[[Path, int], tuple[Callable[[int], Pair], Callable[[], None]]]] = {"llama-cpp-python": _raw_llama_cpp, "xllamacpp": _raw_xllamacpp}


def rows(speeds: Speeds) -> Iterator[Row]:
    """An engine's rows of the table."""
    for what, ours, raw in (("prompt", speeds.our_prompt, speeds.raw_prompt), ("generation", speeds.our_answer, speeds.raw_answer)):
        note = f"ours {ours:.1f} tokens/s, llama.cpp's own {raw:.1f}, {speeds.threads} threads"
        yield Row(f"{speeds.engine}: {what} ÷ raw", f"{ours / raw:.2f}", "≥ 0.90", "", ours / raw >= 0.9, note)
    gain = speeds.side_by_side / speeds.our_answer
    yield Row(
        f"{speeds.engine}: side by side",
        f"{speeds.side_by_side:.1f} tokens/s",
        "",
        "",
        None,
        f"{speeds.slots} sequences, {gain:.2f} × one alone, short prompts included",
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Measure every engine that is installed."""
    from translate.models.embedded import engine as engines
    from translate.models.embedded import files

    parser = argparse.ArgumentParser(prog="python -m benchmarks.embedded", description="Embedded models beside the engine's own figure.")
    parser.add_argument("--model", type=Path, help="a GGUF file (default: the demonstration's)")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    path = arguments.model or files.default()
    for kind in engines.installed():
        speeds = measure(kind.name, path)
        print(json.dumps(asdict(speeds)) if arguments.json else plain(tuple(rows(speeds))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
