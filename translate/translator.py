"""Writes what a model is asked, and reads what it answers.

The prompt goes from what never changes to what always does, so that a server's prefix cache pays for the first part once:
rules, then heading trail and context, then the terms of this chunk, then the chunk. Labels carry the segments; never counts, never positions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from translate import languages, prompts
from translate.chunker import Piece
from translate.document import Runs, Term, markers, normal, plain
from translate.languages import Language
from translate.models.seam import Message, Profile, Request
from translate.prompts import labels, spelling

CONTEXT_WORDS = 45
CONTEXT_PAIRS = 2
EXAMPLES = 3
NAME_TOKENS = 30
"""What a line about a new name may take."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What is the same for every request of a run: the languages, how the model likes to be asked, and the lines of the style sheet. ``count`` counts tokens."""

    source: Language
    target: Language
    profile: Profile
    count: Callable[[str], int]
    style: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What stands just before: the headings above, and the last passages with their translations; and ``similar`` passages of earlier works with theirs.

    ``people`` are sentences about those on stage (gender, form of address), ``names`` are names that have no rendering yet: the model is to say which it used.
    """

    trail: tuple[str, ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    similar: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A request together with what is needed to read its reply: which label stands for which piece, and how markers are spelt."""

    request: Request
    pieces: tuple[Piece, ...]
    labels: tuple[int, ...]
    spelling: spelling.Spelling
    prompt: str
    reply: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The translation of one piece as it was read from a reply. ``strays`` are bits of the reply that belong nowhere."""

    piece: Piece
    runs: Runs
    strays: tuple[str, ...] = ()


def compose(pieces: Sequence[Piece], *, brief: Brief, context: Context, terms: Sequence[Term], temperature: float | None = None) -> Ask:
    """The request that asks for ``pieces``, in the form that the model's profile wants."""
    chosen = spelling.choose(run for piece in pieces for run in piece.runs if isinstance(run, str))
    if brief.profile.form == "examples":
        return _by_examples(pieces, chosen, brief, terms, temperature)
    return _by_messages(pieces, chosen, brief, context, terms, temperature)


def _by_messages(pieces: Sequence[Piece], chosen: spelling.Spelling, brief: Brief, context: Context, terms: Sequence[Term], temperature: float | None) -> Ask:
    profile = brief.profile
    kind = profile.reply
    numbers = _labels(pieces)
    spelt = [spelling.spell(piece.runs, chosen) for piece in pieces]
    if kind == "text":
        static, body = _single(brief), spelt[0]
    else:
        static = prompts.load("chat").text.format(source=brief.source.name, target=brief.target.name)
        body = "Translate:\n" + labels.write(list(zip(numbers, spelt, strict=True)))
        if kind == "json":
            body += "\n" + prompts.load("json").text
    if brief.style:
        static += "\n\nStyle of this work (it goes before the rules above)\n" + "\n".join(f"- {line}" for line in brief.style)
    if chosen != spelling.PLAIN:
        body = f"{_spelling_line(chosen)}\n{body}"
    names = tuple(name for name in context.names if any(name in plain(piece.runs) for piece in pieces)) if kind == "lines" else ()
    told = (_context(context), _terms(terms), _people(context.people), _similar(context.similar), _names(names), body)
    user = "\n".join(part for part in told if part)
    messages: tuple[Message, ...] = (("system", static), ("user", user)) if profile.system else (("user", f"{static}\n\n{user}"),)
    request = Request(
        messages=messages,
        most=_most(spelt, brief) + NAME_TOKENS * len(names),
        temperature=profile.temperature if temperature is None else temperature,
        stop=profile.stop,
        schema=_schema(numbers) if kind == "json" and profile.schema else "",
        grammar=_grammar(numbers, names) if kind == "lines" and profile.grammar else "",
        extra=profile.extra,
    )
    return Ask(request, tuple(pieces), numbers, chosen, prompts.load("single" if kind == "text" else "chat").version, kind, names)


def _by_examples(pieces: Sequence[Piece], chosen: spelling.Spelling, brief: Brief, terms: Sequence[Term], temperature: float | None) -> Ask:
    piece = pieces[0]
    spelt = spelling.spell(piece.runs, chosen)
    here, there = brief.source.name, brief.target.name
    shown = [row for row in prompts.examples() if brief.source.code in row and brief.target.code in row]
    plain_rows = [row for row in shown if "<1>" not in row["en"]][:EXAMPLES]
    marked = [row for row in shown if "<1>" in row["en"]][:1] if markers(piece.runs) else []
    rows = [(row[brief.source.code], row[brief.target.code]) for row in (*plain_rows, *marked)]
    rows += [(term.source, term.forms[0]) for term in terms]
    prompt = "".join(f"{here}: {left.strip()}\n{there}: {right}\n\n" for left, right in (*rows, (spelt, "")))
    request = Request(
        prompt=prompt.rstrip(),
        most=_most([spelt], brief),
        temperature=brief.profile.temperature if temperature is None else temperature,
        stop=brief.profile.stop or ("\n",),
        extra=brief.profile.extra,
    )
    return Ask(request, (piece,), (1,), chosen, prompts.example_version(), "text")


def mend(ask: Ask, reply: str, complaints: Mapping[int, Sequence[str]], *, brief: Brief) -> Ask:
    """The next turn of ``ask``: its prompt and reply stay as they were (a prefix cache has them), and the pieces named in ``complaints`` are asked for again.

    ``complaints`` maps a label to sentences for it.
    """
    lines = "\n".join(f"{label}! {' '.join(said)}" for label, said in complaints.items())
    pairs = [(piece, label) for piece, label in zip(ask.pieces, ask.labels, strict=True) if label in complaints]
    text = prompts.load("mend").text.format(findings=lines)
    if ask.reply == "json":
        text += "\n" + prompts.load("json").text
    numbers = tuple(label for _, label in pairs)
    request = replace(
        ask.request,
        messages=(*ask.request.messages, ("assistant", reply), ("user", text)),
        most=_most([spelling.spell(piece.runs, ask.spelling) for piece, _ in pairs], brief),
        schema=_schema(numbers) if ask.request.schema else "",
        grammar=_grammar(numbers) if ask.request.grammar else "",
    )
    return replace(ask, request=request, pieces=tuple(piece for piece, _ in pairs), labels=numbers, prompt=prompts.load("mend").version, names=())


def as_reply(ask: Ask, runs: Runs) -> str:
    """The reply that would have given ``runs`` for the only piece of ``ask``: the inverse of ``read``."""
    spelt = spelling.spell(runs, ask.spelling)
    if ask.reply == "json":
        return json.dumps({str(ask.labels[0]): spelt}, ensure_ascii=False)
    return spelt if ask.reply == "text" else labels.write([(ask.labels[0], spelt)])


def read(ask: Ask, reply: str) -> tuple[Answer, ...]:
    """What ``reply`` holds for each piece that was asked for; a piece without an answer is absent.

    What belongs to no piece is kept with the first answer, so that a check can name it.
    """
    found = _texts(ask, reply)
    by_label = dict(found.texts)
    strays = found.strays + tuple(f"{label}| {_TWICE}" for label in found.doubled)
    answers = []
    for piece, label in zip(ask.pieces, ask.labels, strict=True):
        if label in by_label:
            runs, unknown = spelling.read(by_label[label], ask.spelling, piece.runs)
            answers.append(Answer(piece, runs, unknown + strays))
            strays = ()
    return tuple(answers)


_TWICE = "(twice)"


def renderings(ask: Ask, reply: str) -> tuple[tuple[str, str], ...]:
    """The names that ``ask`` wanted to know of, each with the rendering that the reply says it used; those that it does not say are absent."""
    said = {match[1].strip(): match[2].strip(" .") for match in _NAMED.finditer(reply)}
    return tuple((name, said[name]) for name in ask.names if said.get(name, "") and len(said[name]) < 4 * len(name) + 20)


_NAMED = re.compile(r"^[ \t]*@[ \t]*(.+?)[ \t]*=[ \t]*(.+?)[ \t]*$", re.MULTILINE)
"""A line at the end of a reply that says how a name was rendered: "@ name = rendering"."""


def _without_names(ask: Ask, reply: str) -> str:
    """The reply without the lines about the names that were asked for; any other line that looks so is text."""
    if not ask.names:
        return reply
    return "\n".join(line for line in reply.splitlines() if not ((match := _NAMED.match(line)) and match[1].strip() in ask.names))


def _texts(ask: Ask, reply: str) -> labels.Labelled:
    if ask.reply == "text":
        return labels.Labelled(((ask.labels[0], reply.strip()),) if reply.strip() else (), (), ())
    if ask.reply == "json":
        return _from_json(ask, reply)
    reply = _without_names(ask, reply)
    found = labels.read(reply, ask.labels)
    if not found.texts and len(ask.labels) == 1 and reply.strip():
        return labels.Labelled(((ask.labels[0], " ".join(reply.split())),), (), ())
    return found


def _from_json(ask: Ask, reply: str) -> labels.Labelled:
    """The values of a JSON object by label; a reply that is no such object is read as lines."""
    start, end = reply.find("{"), reply.rfind("}")
    try:
        values = json.loads(reply[start : end + 1])
    except ValueError:
        return labels.read(reply, ask.labels)
    if not isinstance(values, dict):
        return labels.Labelled((), (reply,), ())
    texts = tuple((label, str(values[str(label)]).strip()) for label in ask.labels if isinstance(values.get(str(label)), str))
    around = tuple(part.strip() for part in (reply[:start], reply[end + 1 :]) if part.strip())
    return labels.Labelled(tuple((label, text) for label, text in texts if text), around, ())


def _labels(pieces: Sequence[Piece]) -> tuple[int, ...]:
    """A number for each piece, ascending, the same for the same pieces: a short hash picks where the count starts, so that neighbouring chunks do not share theirs."""
    start = 100 + sum(map(ord, pieces[0].segment.id)) * 7 % 860
    return tuple(range(start, start + len(pieces)))


def _context(context: Context) -> str:
    lines = []
    if context.trail:
        lines.append("Place: " + " › ".join(context.trail[-2:]))
    if context.before:
        lines.append("Before:")
        for source, target in context.before[-CONTEXT_PAIRS:]:
            lines += [f"> {_tail(source)}", *([f"< {_tail(target)}"] if target else [])]
    return "\n".join(lines)


def _tail(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= CONTEXT_WORDS else "… " + " ".join(words[-CONTEXT_WORDS:])


def _terms(terms: Sequence[Term]) -> str:
    lines = [f"- {term.source} = {' / '.join(term.forms)}" for term in _worth_telling(terms)]
    return "\n".join(("Terms:", *lines)) if lines else ""


def _worth_telling(terms: Sequence[Term]) -> list[Term]:
    """The terms that tell a model something: not the plural beside its singular with the same rendering, nor an abbreviation that it said itself stays as it is."""
    told: list[Term] = []
    for term in sorted(terms, key=lambda term: len(term.source)):
        stays = term.soft and term.source.isupper() and term.target == term.source
        if not stays and not any(term.forms == other.forms and languages.same_stem(term.source, other.source) for other in told):
            told.append(term)
    return [term for term in terms if term in told]


def _similar(similar: Sequence[tuple[str, str]]) -> str:
    """Examples from the translation memory; they say themselves what they are, so that the static part need not speak of what is mostly absent."""
    if not similar:
        return ""
    lines = [f"> {source}\n< {target}" for source, target in similar]
    return "\n".join(("Similar passages of earlier works, with their translation (take over what is the same, translate anew what differs):", *lines))


def _people(people: Sequence[str]) -> str:
    return "People (for pronouns and forms of address):\n" + "\n".join(f"* {one}" for one in people) if people else ""


def _names(names: Sequence[str]) -> str:
    """What asks for the renderings of new names; it stands with the chunk, since it is another one in each."""
    return f"New names: {'; '.join(names)}. After the last passage add for each a line \"@ name = the rendering you used, in its basic form\"." if names else ""


def _single(brief: Brief) -> str:
    return prompts.load("single").text.format(source=brief.source.name, target=brief.target.name)


def _spelling_line(chosen: spelling.Spelling) -> str:
    left, right = chosen.left, chosen.right
    return f"(In this request formatting is written {left}1{right}…{left}/1{right} and kept things {left}2/{right}.)"


def _most(spelt: Sequence[str], brief: Brief) -> int:
    return int(brief.count("\n".join(spelt)) * 2.2) + 24 * len(spelt) + 40


def _schema(numbers: Sequence[int]) -> str:
    """A JSON schema that holds exactly the labels asked for, each once, as strings."""
    keys = [str(number) for number in numbers]
    return json.dumps(
        {"type": "object", "properties": {key: {"type": "string"} for key in keys}, "required": keys, "additionalProperties": False}, separators=(",", ":")
    )


def _grammar(numbers: Sequence[int], names: Sequence[str] = ()) -> str:
    """A GBNF grammar that allows exactly one line a label, in order, and then one for each new name."""
    rows = [f'"{number}| " text' for number in numbers] + [f"{json.dumps(f'@ {name} = ', ensure_ascii=False)} text" for name in names]
    lines = ' "\\n" '.join(rows)
    return f"root ::= {lines}\ntext ::= [^\\n]+"


def context_of(trail: tuple[str, ...], before: Sequence[tuple[Runs, Runs]]) -> Context:
    """Context out of the last passages of a lane, as ``(source, target)`` runs."""
    shown = tuple((plain(normal(source), atoms=True), plain(normal(target), atoms=True)) for source, target in before[-CONTEXT_PAIRS:])
    return Context(trail, shown)
