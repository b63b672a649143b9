"""Faults of accuracy that code can see: figures, dates, units, addresses, negations, names, terms."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from benchmarks.planters.seam import Bed, Kind, Planted, carried, edited, in_address, prose, sentences, spoiled, swapped, tables, whole
from translate.checks import Pair
from translate.document import Term, plain

FIGURE = r"(?<![\w.,/:-])\d+(?![\w,/:-])(?!\.\w)"
URL = re.compile(r"https?://[^\s<>()\"“”„«»]{6,}[\w/]")
ROMANS = ["II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"]
TONGUES = {"de": ".", "fr": "\u00a0", "es": ".", "it": ".", "ru": "\u00a0"}
"""How thousands are grouped."""


SCALES = {"de": ("Millionen", "Milliarden", "Billionen"), "fr": ("millions", "milliards", "billions"), "es": ("millones", "mil millones", "billones")}
PARTS = {"en": ("one third", "one quarter", "half", "one fifth"), "de": ("ein Drittel", "ein Viertel", "die Hälfte", "ein Fünftel"), "fr": ("un tiers", "un quart", "la moitié", "un cinquième")}
OPPOSITES = {"en": ("before", "after", "more than", "less than"), "de": ("vor", "nach", "mehr als", "weniger als"), "fr": ("avant", "après", "plus de", "moins de")}
QUESTION = {"fr": "\u202f?"}


def digit_changed(pair: Pair, bed: Bed) -> Planted | None:
    """Another first digit in a figure."""
    return spoiled(pair, edited(pair.draft.target, r"\d+", lambda match: str(int(match.group()[0]) % 9 + 1) + match.group()[1:], bed.chance))


def figure_lost(pair: Pair, bed: Bed) -> Planted | None:
    """A figure that stands there once on both sides is gone; carried where the pair has none."""
    found = [figure for figure in re.findall(FIGURE, pair.segment.text) if len(re.findall(rf"(?<!\d){figure}(?!\d)", pair.draft.text)) == 1]
    if not found:
        figure = bed.chance.randint(2, 400)
        return carried(pair, f"(page {figure} there)", f"({_see(bed)} {figure})", f"({_see(bed)})") if prose(pair) else None
    return spoiled(pair, edited(pair.draft.target, rf"(?<![\w.,/:-]){bed.chance.choice(found)}(?![\w,/:-])(?!\.\w) ?", "", bed.chance))


def figure_added(pair: Pair, bed: Bed) -> Planted | None:
    """A figure that the source does not have."""
    return spoiled(pair, edited(pair.draft.target, r"(?<=[a-z]{3}) (?=[^\W\d_]{3})", f" {bed.chance.randint(13, 1999)} ", bed.chance)) if prose(pair) else None


def digits_swapped(pair: Pair, bed: Bed) -> Planted | None:
    """Two digits of a figure changed places."""

    def swap(match: re.Match[str]) -> str:
        text = match.group()
        at = bed.chance.randrange(len(text) - 1)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]

    if not re.search(r"\d{2,}", pair.draft.text) and prose(pair):
        figure = str(bed.chance.choice((1, 2, 3)) * 1000 + bed.chance.randint(400, 456))
        return carried(pair, f"(page {figure})", f"({figure})", f"({figure[1]}{figure[0]}{figure[2:]})")
    return spoiled(pair, edited(pair.draft.target, r"(?<![\d.,])\d{2,}(?![\d.,])", swap, bed.chance))


def number_word(pair: Pair, bed: Bed) -> Planted | None:
    """A number in words became another; where the pair has one in figures on both sides it is written out first."""
    ours, theirs = tables()["en"]["units"], bed.words("units")
    if bed.source != "en" or not theirs or not prose(pair):
        return None
    value, other = bed.chance.sample(range(3, len(theirs)), 2)
    return carried(pair, f"({ours[value]} times)", f"({theirs[value]} {_times(bed)})", f"({theirs[other]} {_times(bed)})")


def _times(bed: Bed) -> str:
    return {"de": "Mal", "fr": "fois"}.get(bed.target, "×")


def roman(pair: Pair, bed: Bed) -> Planted | None:
    """A Roman numeral became another."""
    one, other = bed.chance.sample(ROMANS, 2)
    return carried(pair, f"(Chapter {one})", f"(Nr. {one})", f"(Nr. {other})") if prose(pair) else None


def grouping(pair: Pair, bed: Bed) -> Planted | None:
    """Thousands grouped as in English, where the mark is the decimal one."""
    mark = TONGUES.get(bed.target)
    if not mark or not prose(pair):
        return None
    head, tail = bed.chance.randint(1, 999), bed.chance.randint(100, 999)
    return carried(pair, f"({head},{tail} letters)", f"({head}{mark}{tail})", f"({head},{tail})")


def decimal(pair: Pair, bed: Bed) -> Planted | None:
    """A decimal point where the language has a comma."""
    if bed.target not in TONGUES or not prose(pair):
        return None
    head, tail = bed.chance.randint(1, 99), bed.chance.randint(1, 9)
    return carried(pair, f"({head}.{tail} km)", f"({head},{tail}\u00a0km)", f"({head}.{tail}\u00a0km)")


def unit(pair: Pair, bed: Bed) -> Planted | None:
    """Another unit."""
    figure = bed.chance.randint(3, 99)
    one, other = bed.chance.sample(["km", "kg", "%", "GB", "cm"], 2)
    return carried(pair, f"({figure} {one})", f"({figure}\u00a0{one})", f"({figure}\u00a0{other})") if prose(pair) else None


def scale(pair: Pair, bed: Bed) -> Planted | None:
    """Millions became billions, an English billion the word that looks like it, or the word is gone."""
    words = SCALES.get(bed.target)
    if bed.source != "en" or not words or not prose(pair):
        return None
    figure, place = bed.chance.randint(2, 99), bed.chance.randrange(2)
    wrong = bed.chance.choice([word for word in (*words, "") if word != words[place]])
    return carried(pair, f"({figure} {('million', 'billion')[place]} of them)", f"({figure} {words[place]})", f"({figure} {wrong})".replace(" )", ")"))


def money(pair: Pair, bed: Bed) -> Planted | None:
    """Another currency."""
    figure, (one, other) = bed.chance.randint(3, 99), bed.chance.sample("$€£", 2)
    return carried(pair, f"({one}{figure})", f"({figure}\u00a0{one})", f"({figure}\u00a0{other})") if prose(pair) else None


def part(pair: Pair, bed: Bed) -> Planted | None:
    """A third became a quarter."""
    ours, theirs = PARTS["en"], PARTS.get(bed.target)
    if bed.source != "en" or not theirs or not prose(pair):
        return None
    one, other = bed.chance.sample(range(len(ours)), 2)
    return carried(pair, f"({ours[one]})", f"({theirs[one]})", f"({theirs[other]})")


def minus(pair: Pair, bed: Bed) -> Planted | None:
    """A minus sign is gone."""
    figure = bed.chance.randint(2, 40)
    return carried(pair, f"(−{figure} °C)", f"(−{figure}\u00a0°C)", f"({figure}\u00a0°C)") if prose(pair) else None


def turned(pair: Pair, bed: Bed) -> Planted | None:
    """A range or a ratio is turned about."""
    low, high = sorted(bed.chance.sample(range(2, 400), 2))
    sign = bed.chance.choice("–:")
    return carried(pair, f"({low}{sign}{high})", f"({low}{sign}{high})", f"({high}{sign}{low})") if prose(pair) else None


def question(pair: Pair, bed: Bed) -> Planted | None:
    """A question is none any more: both sides are made one first."""
    ends = [runs[-1] if runs else "" for runs in (pair.segment.source, pair.draft.target)]
    if not prose(pair) or not all(isinstance(end, str) and end.endswith(".") for end in ends) or re.search("[?!…]", pair.draft.text):
        return None
    segment = replace(pair.segment, source=(*pair.segment.source[:-1], f"{str(ends[0])[:-1]}?"))
    good = Pair(segment, replace(pair.draft, target=(*pair.draft.target[:-1], f"{str(ends[1])[:-1]}{QUESTION.get(bed.target, '?')}")))
    return spoiled(good, pair.draft.target)


def opposite(pair: Pair, bed: Bed) -> Planted | None:
    """Before became after, more became less."""
    ours, theirs = OPPOSITES["en"], OPPOSITES.get(bed.target)
    if bed.source != "en" or not theirs or not prose(pair):
        return None
    figure, one = bed.chance.randint(1700, 1999), bed.chance.randrange(len(ours))
    return carried(pair, f"({ours[one]} {figure})", f"({theirs[one]} {figure})", f"({theirs[one ^ 1]} {figure})")


def placeholder(pair: Pair, bed: Bed) -> Planted | None:
    """A placeholder is gone."""
    good = bed.chance.choice((f"{{{_word(bed)}}}", f"<{_word(bed)}>", "%s", f"[{bed.chance.randint(1, 99)}]"))
    return carried(pair, f"and {good}", f"– {good}", "–") if prose(pair) else None


def month(pair: Pair, bed: Bed) -> Planted | None:
    """Another month."""
    return _named(pair, bed, "months", " 1848")


def day(pair: Pair, bed: Bed) -> Planted | None:
    """Another day of the week."""
    return _named(pair, bed, "days", "")


def _named(pair: Pair, bed: Bed, key: str, after: str) -> Planted | None:
    ours, theirs = tables()["en"][key], bed.words(key)
    if bed.source != "en" or not theirs or not prose(pair):
        return None
    one, other = bed.chance.sample(range(len(ours)), 2)
    return carried(pair, f"({ours[one]}{after})", f"({theirs[one]}{after})", f"({theirs[other]}{after})")


def url_changed(pair: Pair, bed: Bed) -> Planted | None:
    """A letter of a web address; carried where the pair has none."""
    found = [match for run in pair.draft.target if isinstance(run, str) for match in URL.finditer(run)]
    if not found:
        good = f"https://www.{_word(bed)}.example/{_word(bed)}/{_word(bed)}.html"
        return carried(pair, f"({good})", f"({good})", f"({_misspelt(good, bed, 12)})") if prose(pair) else None
    address = bed.chance.choice(found).group()
    return spoiled(pair, swapped(pair.draft.target, address, _misspelt(address, bed, 8)))


def url_lost(pair: Pair, bed: Bed) -> Planted | None:
    """A web address is gone."""
    address = f"https://{_word(bed)}.example/{_word(bed)}"
    return carried(pair, f"({address})", f"({address})", "") if prose(pair) else None


def mail(pair: Pair, bed: Bed) -> Planted | None:
    """A letter of an e-mail address."""
    address = f"{_word(bed)}@{_word(bed)}.example"
    return carried(pair, f"({address})", f"({address})", f"({_misspelt(address, bed, 0)})") if prose(pair) else None


def isbn(pair: Pair, bed: Bed) -> Planted | None:
    """A digit of an ISBN."""
    digits = "".join(str(bed.chance.randint(0, 9)) for _ in range(9))
    good = f"ISBN 978-{digits[0]}-{digits[1:4]}-{digits[4:]}-{bed.chance.randint(0, 9)}"
    at = bed.chance.choice([place for place, char in enumerate(good) if char.isdigit()])
    return carried(pair, f"({good})", f"({good})", f"({good[:at]}{(int(good[at]) + 3) % 10}{good[at + 1 :]})") if prose(pair) else None


def file_name(pair: Pair, bed: Bed) -> Planted | None:
    """A letter of a file's name or of a path."""
    good = bed.chance.choice(
        (f"{_word(bed)}_{_word(bed)}.txt", f"/etc/{_word(bed)}/{_word(bed)}.conf", f"{_word(bed)}-{_word(bed)}.py", f"{_word(bed)}.tar.gz")
    )
    return carried(pair, f"({good})", f"({good})", f"({_misspelt(good, bed, 1)})") if prose(pair) else None


def _word(bed: Bed) -> str:
    """Letters that could be a word."""
    return "".join(bed.chance.choice(letters) for letters in ("bdfgklmnprst", "aeiou") * 3)


def _misspelt(text: str, bed: Bed, start: int) -> str:
    """With one letter changed, from ``start`` on."""
    at = bed.chance.choice([place for place, char in enumerate(text) if place >= start and char.isalpha() and char not in "xX"])
    return f"{text[:at]}x{text[at + 1 :]}"


def negation_lost(pair: Pair, bed: Bed) -> Planted | None:
    """A "not" of the translation is gone, in a sentence whose counterpart has one."""
    return _negation(pair, bed, "lost")


def negation_added(pair: Pair, bed: Bed) -> Planted | None:
    """A "not" was put into a sentence that has none on either side."""
    return _negation(pair, bed, "added")


def _negation(pair: Pair, bed: Bed, key: str) -> Planted | None:
    patterns, no = bed.words(key), bed.words("negation")
    own = tables().get(bed.source, {})
    ours, theirs = sentences(pair, bed)
    if not patterns or not own.get("negation") or len(ours) != len(theirs):
        return None
    found = []
    for mine, yours in zip(ours, theirs, strict=True):
        both = bool(re.search(own["negation"], mine, re.IGNORECASE)), bool(re.search(no, yours, re.IGNORECASE))
        neither = not re.search(own["doubtful"], mine, re.IGNORECASE) and not both[1]
        if whole(pair, yours) and (all(both) if key == "lost" else neither):
            found += [(yours, match, new) for pattern, new in patterns for match in re.finditer(pattern, yours) if not in_address(yours, match)]
    if not found:
        return None
    text, match, new = bed.chance.choice(found)
    return spoiled(pair, swapped(pair.draft.target, text, text[: match.start()] + match.expand(new) + text[match.end() :]))


def name_altered(pair: Pair, bed: Bed) -> Planted | None:
    """A letter of a name was changed, left out or doubled; a name is a word with a capital letter inside a sentence that stands alike on both sides."""
    name = _name(pair, bed.chance)
    if not name:
        return None
    at = bed.chance.randrange(1, len(name) - 1)
    other = chr((ord(name[at]) - 97 + 7) % 26 + 97)
    bad = bed.chance.choice((name[:at] + other + name[at + 1 :], name[:at] + name[at + 1 :], name[: at + 1] + name[at:]))
    return spoiled(pair, edited(pair.draft.target, rf"\b{name}\b", bad, bed.chance))


def name_exchanged(pair: Pair, bed: Bed) -> Planted | None:
    """A person's name became another one."""
    people = ("Weber", "Harrow", "Kowalski", "Larsson", "Brandt", "Hollis", "Marchetti", "Duval", "Okafor", "Lindqvist")
    one, other = bed.chance.sample(people, 2)
    return carried(pair, f"(see Emil {one})", f"({_see(bed)} Emil {one})", f"({_see(bed)} Emil {other})") if prose(pair) else None


def _see(bed: Bed) -> str:
    return {"de": "siehe", "fr": "voir"}.get(bed.target, "→")


def _name(pair: Pair, chance: random.Random) -> str:
    found = [
        word
        for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b", pair.segment.text)
        if len(re.findall(rf"\b{word}\b", pair.draft.text)) == 1 and whole(pair, word)
    ]
    return chance.choice(found) if found else ""


def _term(pair: Pair, bed: Bed) -> tuple[str, str, str] | None:
    """A term with its rendering and another word for it, of those that stand in the pair once on both sides."""
    found = [
        (source, good, bad)
        for source, good, bad in bed.words("terms") or ()
        if re.search(rf"\b{source}s?\b", pair.segment.text, re.IGNORECASE)
        and len(re.findall(rf"\b{good}", pair.draft.text)) == 1
        and len(re.findall(good, pair.draft.text, re.IGNORECASE)) == 1
        and whole(pair, good)
    ]
    return bed.chance.choice(found) if found else None


def term_missed(pair: Pair, bed: Bed) -> Planted | None:
    """A term is rendered by another word than the glossary's."""
    if (found := _term(pair, bed)) is None:
        return None
    return spoiled(pair, edited(pair.draft.target, rf"\b{found[1]}[^\W\d_]*", found[2], bed.chance), terms=(Term(found[0], found[1]),))


def term_forbidden(pair: Pair, bed: Bed) -> Planted | None:
    """A rendering that the glossary forbids stands beside the right one."""
    if (found := _term(pair, bed)) is None:
        return None
    target = edited(pair.draft.target, rf"\b{found[1]}[^\W\d_]*", lambda match: f"{match.group()} ({found[2]})", bed.chance)
    return spoiled(pair, target, terms=(Term(found[0], found[1], forbidden=(found[2],)),))


def kept_changed(pair: Pair, bed: Bed) -> Planted | None:
    """A term that is to stay as it is was misspelt or translated."""
    name = _name(pair, bed.chance)
    # What an element shows counts as well.
    if not name or plain(pair.draft.target, atoms=True).casefold().count(name.casefold()) > 1:
        return None
    return spoiled(
        pair,
        edited(pair.draft.target, rf"\b{name}\b", bed.chance.choice((name[::-1].title(), _word(bed).title())), bed.chance),
        terms=(Term(name, name, keep=True),),
    )


def _kind(name: str, target: float, checks: str, plant: object) -> Kind:
    return Kind(name, "accuracy", target, tuple(checks.split()), plant)  # type: ignore[arg-type]


ACCURACY = (
    _kind("a digit changed", 0.95, "numbers", digit_changed),
    _kind("two digits changed places", 0.95, "numbers", digits_swapped),
    _kind("a figure is gone", 0.95, "numbers", figure_lost),
    _kind("a figure was added", 0.95, "numbers", figure_added),
    _kind("a number in words changed", 0.95, "numerals", number_word),
    _kind("a Roman numeral changed", 0.95, "numerals", roman),
    _kind("thousands grouped as in English", 0.95, "grouping", grouping),
    _kind("a decimal point as in English", 0.95, "grouping", decimal),
    _kind("another unit", 0.95, "units", unit),
    _kind("another currency", 0.95, "units", money),
    _kind("millions became billions", 0.95, "units", scale),
    _kind("a third became a quarter", 0.95, "numerals", part),
    _kind("a minus sign is gone", 0.95, "numbers", minus),
    _kind("a range is turned about", 0.95, "numbers", turned),
    _kind("a question is none any more", 0.85, "questions", question),
    _kind("before became after, or more less", 0.85, "opposites", opposite),
    _kind("a placeholder is gone", 0.95, "files", placeholder),
    _kind("another month", 0.95, "dates", month),
    _kind("another day of the week", 0.95, "dates", day),
    _kind("a web address changed", 0.95, "urls", url_changed),
    _kind("a web address is gone", 0.95, "urls", url_lost),
    _kind("an e-mail address changed", 0.95, "urls", mail),
    _kind("an ISBN changed", 0.95, "urls", isbn),
    _kind("a file's name changed", 0.95, "files", file_name),
    _kind("a negation is gone", 0.85, "negation", negation_lost),
    _kind("a negation was added", 0.85, "negation", negation_added),
    _kind("a name is misspelt", 0.85, "names", name_altered),
    _kind("a name became another", 0.85, "names", name_exchanged),
    Kind("a term is rendered by another word", "terms", 0.95, ("terms",), term_missed),
    Kind("a forbidden rendering", "terms", 0.95, ("terms",), term_forbidden),
    Kind("a term that stays as it is was changed", "terms", 0.95, ("terms",), kept_changed),
)
