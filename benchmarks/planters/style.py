"""Faults of style: marks, spaces, signs of markup, letters that do not belong."""

from __future__ import annotations

import re

from benchmarks.planters.seam import Bed, Kind, Planted, carried, edited, prose, spoiled
from translate.checks import Pair

ALIKE = str.maketrans("aeocpxABEKMHOPCTX", "аеосрхАВЕКМНОРСТХ")
MOJIBAKE = {char: char.encode("utf-8").decode("cp1252", "replace") for char in "äöüßéèêçÄÖÜ"}


def straight(pair: Pair, bed: Bed) -> Planted | None:
    """Straight quotation marks where the language has its own."""
    good = bed.words("quoted")
    return carried(pair, good[0], good[1], re.sub(r"[„“]|«\s?|\s?»", '"', good[1])) if good and prose(pair) else None


def english_marks(pair: Pair, bed: Bed) -> Planted | None:
    """The quotation marks of English."""
    good = bed.words("quoted")
    return carried(pair, good[0], good[1], re.sub(r"[„«]\s?(\w+)\s?[“»]", "“\\1”", good[1])) if good and prose(pair) else None


def apostrophe(pair: Pair, bed: Bed) -> Planted | None:
    """A straight apostrophe."""
    good, bad = {"de": ("(so ist’s)", "(so ist's)"), "fr": ("(c’est ainsi)", "(c'est ainsi)")}.get(bed.target, ("", ""))
    return carried(pair, "(that’s so)", good, bad) if good and prose(pair) and "'" not in pair.draft.text else None


def dash(pair: Pair, bed: Bed) -> Planted | None:
    """The dash of English, without spaces."""
    mark = bed.words("dash")
    words = {"de": ("so sagt man", "und so ist es"), "fr": ("dit-on", "et c’est ainsi")}.get(bed.target)
    return carried(pair, "so they say—and so it is", mark[0].join(words), mark[1].join(words)) if mark and words and prose(pair) else None


def dots(pair: Pair, bed: Bed) -> Planted | None:
    """Three full stops where the source has an ellipsis."""
    return carried(pair, "(he waited…)", "(…)", "(...)") if prose(pair) else None


def two_spaces(pair: Pair, bed: Bed) -> Planted | None:
    """Two spaces in a row."""
    return spoiled(pair, edited(pair.draft.target, r"(?<=\w) (?=\w)", "  ", bed.chance))


def space_before(pair: Pair, bed: Bed) -> Planted | None:
    """A space before a comma or a full stop."""
    return spoiled(pair, edited(pair.draft.target, r"(?<=[^\W\d_]{2})(?=[,.](?:\s|\Z))", " ", bed.chance))


def close_mark(pair: Pair, bed: Bed) -> Planted | None:
    """In French no space before a mark that wants one."""
    return carried(pair, "(why?)", "(pourquoi\u202f?)", "(pourquoi?)") if bed.words("apart") and prose(pair) else None


def stars(pair: Pair, bed: Bed) -> Planted | None:
    """Stars or underscores of Markdown round a word."""
    sign = bed.chance.choice(("**", "*", "__"))
    return spoiled(pair, edited(pair.draft.target, r"(?<= )[^\W\d_]{4,}(?= )", lambda match: f"{sign}{match.group()}{sign}", bed.chance))


def entity(pair: Pair, bed: Bed) -> Planted | None:
    """An entity of HTML."""
    sign = bed.chance.choice(("&amp;", "&nbsp;", "&quot;", "&#8217;"))
    return spoiled(pair, edited(pair.draft.target, r"(?<=\w) (?=\w)", f" {sign} ", bed.chance))


def tag(pair: Pair, bed: Bed) -> Planted | None:
    """A tag of HTML."""
    name = bed.chance.choice(("b", "em", "i", "span", "p"))
    return spoiled(pair, edited(pair.draft.target, r"(?<= )[^\W\d_]{4,}(?= )", lambda match: f"<{name}>{match.group()}</{name}>", bed.chance))


def doubled(pair: Pair, bed: Bed) -> Planted | None:
    """A word of two letters and more stands twice; not those that may ("die die", "vous vous", "sehr sehr")."""
    skip = r"(?!(?:die|der|das|dass|sie|nous|vous|en|in|an|den|zu|sehr|très)\b)"
    return spoiled(pair, edited(pair.draft.target, rf"(?<= ){skip}[a-zäöüéèà]{{2,}}(?= )", lambda match: f"{match.group()} {match.group()}", bed.chance))


def mixed(pair: Pair, bed: Bed) -> Planted | None:
    """A Cyrillic letter that looks like a Latin one."""

    def alike(match: re.Match[str]) -> str:
        places = [place for place, char in enumerate(match.group()) if char.translate(ALIKE) != char]
        at = bed.chance.choice(places) if places else 0
        return match.group()[:at] + match.group()[at].translate(ALIKE) + match.group()[at + 1 :]

    return spoiled(pair, edited(pair.draft.target, r"\b(?=[^\W\d_]*[aeocpx])[a-z]{4,}\b", alike, bed.chance))


def small_letter(pair: Pair, bed: Bed) -> Planted | None:
    """A sentence begins with a small letter."""
    return spoiled(
        pair,
        edited(pair.draft.target, r"(?<=[a-zäöüß]{4}\. )[A-ZÄÖÜ][a-zäöüßéèêà]+(?= )", lambda match: match.group()[0].lower() + match.group()[1:], bed.chance),
    )


def soft_hyphen(pair: Pair, bed: Bed) -> Planted | None:
    """A soft hyphen that parts no word."""
    return spoiled(pair, edited(pair.draft.target, r"(?<=\w) (?=\w)", bed.chance.choice(("\u00ad ", " \u00ad", "\u00ad\u00ad")), bed.chance))


def hidden(pair: Pair, bed: Bed) -> Planted | None:
    """A character that nobody sees."""
    return spoiled(pair, edited(pair.draft.target, r"(?<=\w)(?=\w)", bed.chance.choice("\u200b\ufeff\u2060"), bed.chance))


def garbled(pair: Pair, bed: Bed) -> Planted | None:
    """A letter read in the wrong encoding."""
    return spoiled(pair, edited(pair.draft.target, "[äöüßéèêç]", lambda match: MOJIBAKE[match.group()], bed.chance))


STYLE = tuple(
    Kind(name, "style", 0.95, tuple(checks.split()), plant)
    for name, checks, plant in (
        ("straight quotation marks", "quotation", straight),
        ("quotation marks of English", "quotation", english_marks),
        ("a straight apostrophe", "apostrophes", apostrophe),
        ("the dash of English", "dashes", dash),
        ("three full stops for an ellipsis", "ellipses", dots),
        ("two spaces", "spacing", two_spaces),
        ("a space before a mark", "spacing", space_before),
        ("no space before a French mark", "spacing", close_mark),
        ("stars of Markdown", "markup", stars),
        ("an entity of HTML", "markup", entity),
        ("a tag of HTML", "markup", tag),
        ("a word twice", "doubled", doubled),
        ("a letter of another script", "mixed", mixed),
        ("a small letter after a full stop", "capitals", small_letter),
        ("a soft hyphen that parts no word", "invisible", soft_hyphen),
        ("a character nobody sees", "invisible", hidden),
        ("letters garbled by the encoding", "invisible", garbled),
    )
)
