"""Faults on demand: what a model or its server can do wrong, one kind at a time, and logged, so that it can be looked for afterwards.

At most one fault hits a request, so that whatever is wrong in a book has one cause.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks import pseudo
from benchmarks.asks import Ask

HTTP_KINDS = ("http429", "http500", "dropped")
REPLY_KINDS = ("empty", "truncated", "refusal", "preamble", "fence", "think")
SEGMENT_KINDS = ("echo", "dropped_sentence", "loop", "lost_marker", "changed_number", "changed_url", "wrong_language")
KINDS = (*HTTP_KINDS, *REPLY_KINDS, *SEGMENT_KINDS)

REFUSAL = "I'm sorry, but I can't help with translating this text."
PREAMBLE = "Sure! Here is the German translation you asked for:"
THOUGHT = "<think>The user wants these passages in German. Let me consider how to render them.</think>"
STRANGE = (
    "Le matin, les ouvriers descendaient vers le port où les bateaux attendaient depuis la veille. Personne ne savait encore ce que le jour apporterait.",
    "Por la mañana los obreros bajaban al puerto, donde los barcos esperaban desde la víspera. Nadie sabía todavía lo que traería el día.",
    "Al mattino gli operai scendevano al porto, dove le navi aspettavano dal giorno prima. Nessuno sapeva ancora che cosa avrebbe portato il giorno.",
    "Rankiem robotnicy schodzili do portu, gdzie statki czekały od poprzedniego dnia. Nikt jeszcze nie wiedział, co przyniesie dzień.",
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])")
FIGURE = re.compile(r"(?<![\w.,/<:⟦{-])\d{2,}(?![\w,/>⟧}-])(?!\.\w)")
ADDRESS = re.compile(pseudo.URL)


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong in one reply: the kind, and for a fault in a passage its label, its source and the text that was sent instead."""

    kind: str
    label: str = ""
    source: str = ""
    sent: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reply as it is sent, and the fault in it, if there is one."""

    text: str
    finish: str
    fault: Fault | None = None


def draw(chance: random.Random, rate: float, kinds: Sequence[str]) -> tuple[str, ...]:
    """The kinds that hit this request, each with probability ``rate``, in random order."""
    hit = [kind for kind in kinds if chance.random() < rate]
    chance.shuffle(hit)
    return tuple(hit)


def compose(ask: Ask, texts: Mapping[str, str], kinds: Sequence[str], chance: random.Random) -> Outcome:
    """The reply of ``texts`` with the first of ``kinds`` that can happen to it (a number cannot change where there is none)."""
    for kind in kinds:
        if kind in REPLY_KINDS:
            return _reply_fault(kind, ask.reply(texts))
        if kind in SEGMENT_KINDS and (fault := _segment_fault(kind, ask, texts, chance)):
            text = ask.reply({**texts, fault.label: fault.sent})
            return Outcome(text, "length" if kind == "loop" else "stop", fault)
    return Outcome(ask.reply(texts), "stop")


def _reply_fault(kind: str, reply: str) -> Outcome:
    made = {
        "empty": "",
        "truncated": reply[: max(1, len(reply) * 3 // 5)],
        "refusal": REFUSAL,
        "preamble": f"{PREAMBLE}\n\n{reply}",
        "fence": f"```\n{reply}\n```",
        "think": f"{THOUGHT}\n{reply}",
    }[kind]
    return Outcome(made, "length" if kind == "truncated" else "stop", Fault(kind, sent=made))


def _segment_fault(kind: str, ask: Ask, texts: Mapping[str, str], chance: random.Random) -> Fault | None:
    """The fault in one passage that can have it, chosen by chance; None where none can."""
    order = list(ask.passages)
    chance.shuffle(order)
    for label, source in order:
        sent = SPOIL[kind](source, texts[label], chance)
        if sent is not None and sent != texts[label]:
            return Fault(kind, label, source, sent)
    return None


def _echo(source: str, text: str, chance: random.Random) -> str | None:
    words = re.findall(pseudo.WORD, source)
    return source if len(words) >= 4 else None


def _dropped_sentence(source: str, text: str, chance: random.Random) -> str | None:
    """One sentence less; only sentences of five words without a marker go, so that nothing else is wrong."""
    sentences = SENTENCE_END.split(text)
    plain = [i for i, sentence in enumerate(sentences) if len(sentence.split()) >= 5 and not re.search(pseudo.MARKER, sentence)]
    if len(sentences) < 2 or not plain:
        return None
    gone = chance.choice(plain)
    return " ".join(sentence for i, sentence in enumerate(sentences) if i != gone)


def _loop(source: str, text: str, chance: random.Random) -> str | None:
    words = re.sub(pseudo.MARKER, "", text).split()
    return text + " " + " ".join(words[-6:] * 30) if len(words) >= 6 else None


def _lost_marker(source: str, text: str, chance: random.Random) -> str | None:
    found = list(re.finditer(pseudo.MARKER, text))
    if not found:
        return None
    gone = chance.choice(found)
    return text[: gone.start()] + text[gone.end() :]


def _changed_number(source: str, text: str, chance: random.Random) -> str | None:
    bare = [match for match in FIGURE.finditer(text) if not any(a.start() <= match.start() < a.end() for a in ADDRESS.finditer(text))]
    if not bare:
        return None
    chosen = chance.choice(bare)
    return text[: chosen.start()] + str(int(chosen[0]) + chance.choice((1, 3, 10))) + text[chosen.end() :]


def _changed_url(source: str, text: str, chance: random.Random) -> str | None:
    found = [match for match in ADDRESS.finditer(text) if len(match[0]) > 8]
    if not found:
        return None
    chosen = chance.choice(found)
    middle = chosen.start() + len(chosen[0]) * 2 // 3
    spot = next((i for i in range(middle, chosen.start(), -1) if text[i].isalpha()), middle)
    return text[:spot] + ("x" if text[spot] != "x" else "y") + text[spot + 1 :]


def _wrong_language(source: str, text: str, chance: random.Random) -> str | None:
    """Another language's words, as many sentences as the passage is long, its markers kept at the end."""
    if len(re.findall(pseudo.WORD, source)) < 4:
        return None
    stock = chance.choice(STRANGE)
    words = (stock + " ") * (1 + len(text) // len(stock))
    return " ".join([*words.split()[: max(4, len(text.split()))], *re.findall(pseudo.MARKER, text)])


SPOIL: dict[str, Callable[[str, str, random.Random], str | None]] = {
    "echo": _echo,
    "dropped_sentence": _dropped_sentence,
    "loop": _loop,
    "lost_marker": _lost_marker,
    "changed_number": _changed_number,
    "changed_url": _changed_url,
    "wrong_language": _wrong_language,
}
