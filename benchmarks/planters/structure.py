"""Faults of structure: markers, brackets, lines, signs of the format; and what a model says besides the translation."""

from __future__ import annotations

import re
from dataclasses import replace

from benchmarks.planters.seam import Bed, Kind, Planted, atoms, carried, edited, opened, prose, sentences, spoiled, with_target
from translate.checks import Pair
from translate.document import Kind as SegmentKind
from translate.document import Marker, markers, normal


def marker_lost(pair: Pair, bed: Bed) -> Planted | None:
    """An element is gone, both ends of it."""
    numbers = sorted({marker.number for marker in markers(pair.draft.target)})
    if not numbers:
        return None
    gone = bed.chance.choice(numbers)
    return spoiled(pair, normal(run for run in pair.draft.target if not (isinstance(run, Marker) and run.number == gone)))


def half_lost(pair: Pair, bed: Bed) -> Planted | None:
    """One end of an element is gone."""
    places = [place for both in opened(pair.draft.target) for place in both]
    if not places:
        return None
    gone = bed.chance.choice(places)
    return spoiled(pair, (*pair.draft.target[:gone], *pair.draft.target[gone + 1 :]))


def marker_doubled(pair: Pair, bed: Bed) -> Planted | None:
    """A marker stands twice."""
    found = markers(pair.draft.target)
    return spoiled(pair, (*pair.draft.target, bed.chance.choice(found))) if found else None


def markers_crossed(pair: Pair, bed: Bed) -> Planted | None:
    """Two elements overlap, or one ends before it begins."""
    both = list(opened(pair.draft.target))
    if not both:
        return None
    start, end = bed.chance.choice(both)
    runs = list(pair.draft.target)
    runs[start], runs[end] = runs[end], runs[start]
    return spoiled(pair, tuple(runs))


def marker_moved(pair: Pair, bed: Bed) -> Planted | None:
    """What stands alone (a note, a picture, code) went to another sentence, the first or the last."""
    ours, theirs = sentences(pair, bed)
    found = atoms(pair.draft.target)
    if not found or len(ours) != len(theirs) or len(theirs) < 3:
        return None
    moved = bed.chance.choice(found)
    place = pair.draft.target.index(moved)
    before = sum(len(run) for run in pair.draft.target[:place] if isinstance(run, str))
    rest = [run for run in pair.draft.target if run is not moved]
    early = before < len(theirs[0])
    last = before >= sum(map(len, theirs[:-1]))
    if not early and not last and bed.chance.random() < 0.5:
        early = True
    return spoiled(pair, (*rest, moved) if early else (moved, *rest))


def bracket_lost(pair: Pair, bed: Bed) -> Planted | None:
    """A round bracket is gone."""
    return spoiled(pair, edited(pair.draft.target, r"[()]", "", bed.chance))


def quotation_mark_lost(pair: Pair, bed: Bed) -> Planted | None:
    """One quotation mark is gone."""
    return spoiled(pair, edited(pair.draft.target, r"[„“”«»\"]", "", bed.chance))


def quotation_marks_lost(pair: Pair, bed: Bed) -> Planted | None:
    """Both marks of a quotation are gone; carried."""
    good = bed.words("quoted")
    return carried(pair, good[0], good[1], re.sub(r"[„“]|«\s?|\s?»", "", good[1])) if good and prose(pair) else None


def list_line(pair: Pair, bed: Bed) -> Planted | None:
    """A line begins in the middle of the text with a sign that makes a list of it."""
    sign = bed.chance.choice(("* ", "# ", "| "))
    return spoiled(pair, edited(pair.draft.target, r"(?<=\w) (?=\w)", "\n" + sign.replace("\\", ""), bed.chance))


def bar_in_cell(pair: Pair, bed: Bed) -> Planted | None:
    """A bar stands in the cell of a wiki's table."""
    return spoiled(pair, edited(pair.draft.target, r"(?<=\w) (?=\w)", " | ", bed.chance), format="wiki")


def wiki_signs(pair: Pair, bed: Bed) -> Planted | None:
    """Words were made a link or bold in the wiki's signs."""
    around = bed.chance.choice((("[[", "]]"), ("''", "''"), ("{{", "}}")))
    return spoiled(pair, edited(pair.draft.target, r"\b[^\W\d_]{4,}\b", lambda match: around[0] + match.group() + around[1], bed.chance), format="wiki")


def control_sign(pair: Pair, bed: Bed) -> Planted | None:
    """A character that no text has."""
    return spoiled(pair, edited(pair.draft.target, r"(?<=\w)(?=\w)", bed.chance.choice("\x02\x0b\x1b\ufffd"), bed.chance))


def verse_line(pair: Pair, bed: Bed) -> Planted | None:
    """Two lines of a poem were made one; the poem is made of the pair's own sentences."""
    ours, theirs = sentences(pair, bed)
    if len(ours) != len(theirs) or len(ours) < 3 or markers(pair.segment.source) or any(not any(map(str.isalpha, line)) for line in (*ours, *theirs)):
        return None

    def poem(lines: tuple[str, ...], without: int = -1) -> tuple[str | Marker, ...]:
        breaks = (Marker("atom", place, "br") for place in range(1, len(lines)))
        return normal(run for place, line in enumerate(lines) for run in (*(() if place in (0, without) else (next(breaks),)), line.strip()))

    segment = replace(pair.segment, kind=SegmentKind.VERSE, source=poem(ours))
    good = Pair(segment, replace(pair.draft, target=poem(theirs)))
    joined = list(good.draft.target)
    gone = bed.chance.choice([place for place, run in enumerate(joined) if isinstance(run, Marker)])
    moved = joined.pop(gone)
    return Planted(good, with_target(good, (*joined, moved)))


STRUCTURE = (
    Kind("an element is gone", "structure", 0.98, ("markers",), marker_lost),
    Kind("half of an element is gone", "structure", 0.98, ("markers",), half_lost),
    Kind("an element stands twice", "structure", 0.98, ("markers",), marker_doubled),
    Kind("elements cross", "structure", 0.98, ("markers",), markers_crossed),
    Kind("an element moved to another sentence", "structure", 0.98, ("moved",), marker_moved),
    Kind("a bracket is gone", "structure", 0.98, ("brackets",), bracket_lost),
    Kind("a quotation mark is gone", "structure", 0.98, ("brackets", "quotation"), quotation_mark_lost),
    Kind("both quotation marks are gone", "structure", 0.98, ("brackets",), quotation_marks_lost),
    Kind("a line begins with * # |", "structure", 0.98, ("format",), list_line),
    Kind("a bar in a wiki's cell", "structure", 0.98, ("format",), bar_in_cell),
    Kind("a wiki's signs in the text", "structure", 0.98, ("format", "brackets"), wiki_signs),
    Kind("a control character", "structure", 0.98, ("format", "invisible"), control_sign),
    Kind("two lines of verse made one", "structure", 0.98, ("verse",), verse_line),
)


# --- what a model says besides -------------------------------------------------------------------------------------

PREAMBLES = (
    "Here is the translation:\n\n",
    "Sure! Here is the translated text:\n",
    "Hier ist die Übersetzung:\n",
    "Voici la traduction :\n",
    "Translation: ",
    "Certainly! Below is the translation of the passage:\n\n",
    "Of course. Here's the translated version:\n",
)
AFTERWORDS = (
    "\n\nNote: I kept the technical terms in English.",
    "\n\nLet me know if you need anything else!",
    "\n\nAnmerkung: Der Begriff wurde beibehalten.",
    "\n\nI hope this helps!",
    "\n\n(Note: the name was left as it is.)",
    "\n\nRemarque : le terme anglais a été conservé.",
)
THOUGHTS = (
    "<think>The user wants a translation. Let me see.</think>\n",
    "<think>\nOkay, first the term.\n</think>\n\n",
    "<reasoning>Which word fits?</reasoning> ",
)
REFUSALS = (
    "I'm sorry, but I can't help with that request.",
    "I cannot translate this text.",
    "As an AI language model, I am unable to continue.",
    "Es tut mir leid, aber ich kann dabei nicht helfen.",
    "Je suis désolé, mais je ne peux pas traduire ce texte.",
    "I'm unable to assist with translating this content.",
)
LABELS = ("12| ", "s12| ", "[7] | ", "Segment 4: ", "id=33 | ")
ORDERS = ("Translate the following segments into German. ", "Keep the markers as they are. ", "Reply only with the translation. ", "Do not translate names. ")
SIGNS = ("<|im_end|>", "</s>", "<end_of_turn>", "[/INST]", "<|assistant|>")


def _before(stock: tuple[str, ...], pair: Pair, bed: Bed) -> Planted | None:
    return spoiled(pair, normal((bed.chance.choice(stock), *pair.draft.target)))


def preamble(pair: Pair, bed: Bed) -> Planted | None:
    """Words before the translation."""
    return _before(PREAMBLES, pair, bed)


def afterword(pair: Pair, bed: Bed) -> Planted | None:
    """A remark after it."""
    return spoiled(pair, normal((*pair.draft.target, bed.chance.choice(AFTERWORDS))))


def thinking(pair: Pair, bed: Bed) -> Planted | None:
    """The model's thinking."""
    return _before(THOUGHTS, pair, bed)


def refusal(pair: Pair, bed: Bed) -> Planted | None:
    """A refusal, the markers kept, so that only the words are wrong."""
    return spoiled(pair, normal((bed.chance.choice(REFUSALS), *markers(pair.draft.target))))


def label(pair: Pair, bed: Bed) -> Planted | None:
    """The number of a segment."""
    return _before(LABELS, pair, bed)


def order(pair: Pair, bed: Bed) -> Planted | None:
    """A line of the prompt."""
    return _before(ORDERS, pair, bed)


def fence(pair: Pair, bed: Bed) -> Planted | None:
    """A code fence around it."""
    return spoiled(pair, normal(("```\n", *pair.draft.target, "\n```")))


def control_word(pair: Pair, bed: Bed) -> Planted | None:
    """A control sign of a model's template."""
    return spoiled(pair, normal((*pair.draft.target, bed.chance.choice(SIGNS))))


LEAKAGE = tuple(
    Kind(name, "leakage", 0.98, ("leakage",), plant)
    for name, plant in (
        ("a preamble", preamble),
        ("a remark after it", afterword),
        ("thinking", thinking),
        ("a refusal", refusal),
        ("a segment's number", label),
        ("a line of the prompt", order),
        ("a code fence", fence),
        ("a control sign of the model", control_word),
    )
)
