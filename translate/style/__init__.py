"""The style sheet of a work: what a publisher settles about its prose, read from a plain file that she edits; presets for languages to begin with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Any

from translate import languages
from translate.errors import SettingError
from translate.languages.address import FORMS, forms
from translate.languages.typography import Quotes, quotes

SEPARATORS = {".": "a full stop", ",": "a comma", "'": "an apostrophe", "’": "an apostrophe", " ": "a space", "\u00a0": "a space", "\u202f": "a space", "none": "nothing"}
"""What may group thousands, and what it is called."""

_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b[12]\d{3}-\d\d-\d\d\b|\b(?:\d{1,2}(?:st|nd|rd|th|\.)?(?: of)? [^\W\d]{3,}|[^\W\d]{3,} \d{1,2},) [12]\d{3}\b")
_UNIT = re.compile(r"\b\d[\d.,]{0,40} ?(?:km|cm|mm|m|kg|g|lb|oz|ft|in|°[CF]|miles?|yards?|feet|foot|inch(?:es)?|pounds?|ounces?|acres?|gallons?|degrees?)\b", re.IGNORECASE)
_YOU = {"en": re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.IGNORECASE)}


@dataclass(frozen=True, slots=True)
class Style:
    """What is settled about the prose of a translation; "" where the sheet leaves it open.

    ``address`` is how the reader is addressed, one of the language's two forms. ``quotation`` are four signs: the outer pair and the inner pair of quotation marks.
    ``thousands`` is what groups the digits of large numbers ("none" for nothing), ``percent`` what stands before the sign ("space" or "none").
    The rest are sentences for the translator, in any language; ``examples`` are passages with the prose that is wanted.
    """

    language: str = ""
    address: str = ""
    quotation: str = ""
    thousands: str = ""
    percent: str = ""
    dates: str = ""
    units: str = ""
    spelling: str = ""
    gender: str = ""
    footnotes: str = ""
    titles: str = ""
    rules: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()

    def ways(self, tag: str) -> tuple[Quotes, ...]:
        """The ways of setting quotation marks that are accepted: the sheet's alone where it names one, else all of the language's."""
        known = quotes(tag)
        if not self.quotation:
            return known
        outer, inner = (self.quotation[0], self.quotation[1]), (self.quotation[2], self.quotation[3])
        same = next((way for way in known if way.outer == outer), None)
        return (Quotes(outer, inner, same.pad if same else "", same.bare if same else True),)

    def lines(self) -> tuple[str, ...]:
        """The sheet as lines for a prompt, the same for every request of a work."""
        told = [
            ("Address the reader as", f"“{self.address}”" if self.address else ""),
            ("Quotation marks", f"{self.quotation[:2]}, inside them {self.quotation[2:]}" if self.quotation else ""),
            ("Thousands are grouped with", SEPARATORS.get(self.thousands, "")),
            ("Before % stands", {"space": "a no-break space", "none": "nothing"}.get(self.percent, "")),
            *((name.capitalize(), getattr(self, name)) for name in TEXTS),
        ]
        lines = [f"{name}: {text}" for name, text in told if text]
        return (*lines, *self.rules, *(f"Prose such as: {source} → {target}" for source, target in self.examples))

    def governing(self, text: str, source: str) -> tuple[str, ...]:
        """Those lines of the sheet that a translation of ``text`` from the language ``source`` would have to be asked for again for.

        Marks and digits are not among them, since code sets them; nor are sentences for the whole work, which new passages follow and ``--refresh`` applies.
        """
        you = _YOU.get(languages.code(source))
        both = forms(source)
        spoken = bool(you and you.search(text)) or any(form.words.search(f"x {text}") for form in both or ()) or (you is None and both is None)
        held = [("address", self.address if spoken else ""), ("dates", self.dates if _DATE.search(text) else ""), ("units", self.units if _UNIT.search(text) else "")]
        return tuple(f"{name}={value}" for name, value in held if value)


NO_STYLE = Style()
"""Nothing is settled: the language's own norms hold."""

TEXTS = ("dates", "units", "spelling", "gender", "footnotes", "titles")
"""Fields that are sentences."""

KEYS = tuple(field.name for field in fields(Style) if field.name != "examples")


def load(path: Path, *, target: str) -> Style:
    """The style sheet in a file, for a translation into ``target``. Raises ``SettingError``, with file and line, where it cannot be read."""
    data = b""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise SettingError(f"{path}: the style sheet cannot be opened ({error.strerror}). 'dragoman style {target} > FILE' writes one to begin with.") from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingError(f"{path.name}:{line}: not UTF-8. Save the style sheet again with the encoding UTF-8.") from error
    return parse(text, path.name, target=target)


def _no_toml(name: str, number: int, line: str, error: str) -> SettingError:
    """What is wrong with a line that is no TOML, and what to do: mostly it lacks its quotation marks, or a word processor has turned them."""
    found = re.match(r"\s*(\w+)\s*=\s*([^\"'\s\[].*)", line)
    if found is None:
        return SettingError(f"{name}:{number}: this is no TOML ({error}). Mend the line.")
    bare = found[2].strip().strip("„“”‚‘’«»‹›")
    return SettingError(f'{name}:{number}: a text stands between straight quotation marks: {found[1]} = "{bare}".')


def parse(text: str, name: str, *, target: str) -> Style:
    """The style sheet in ``text``, a file called ``name``; raises as ``load`` does."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        lines = text.splitlines()
        number = int(line[1]) if line else len(lines)
        raise _no_toml(name, number, "".join(lines[number - 1 : number]), str(error)) from error
    unknown = next((key for key in table if key not in (*KEYS, "example")), None)
    if unknown is not None:
        raise _wrong(text, name, unknown, f"there is no '{unknown}'. Known: {', '.join(KEYS)}, [[example]]")
    for key in KEYS:
        kinds: type | tuple[type, ...] = list if key == "rules" else str
        if key in table and (not isinstance(table[key], kinds) or (key == "rules" and not all(isinstance(one, str) for one in table[key]))):
            raise _wrong(text, name, key, f"'{key}' must be {'a list of sentences' if key == 'rules' else 'a text between quotation marks'}")
    values: dict[str, Any] = {key: tuple(table[key]) if key == "rules" else table[key] for key in KEYS if key in table}
    style = Style(**values, examples=_examples(table, text, name))
    _check(style, text, name, target)
    return style


def _examples(table: dict[str, Any], text: str, name: str) -> tuple[tuple[str, str], ...]:
    rows = table.get("example", [])
    if not isinstance(rows, list) or any(not isinstance(row, dict) or set(row) != {"source", "target"} or not all(isinstance(one, str) for one in row.values()) for row in rows):
        raise _wrong(text, name, r"\[\[example\]\]", "each [[example]] has a 'source' and a 'target', and nothing else")
    return tuple((row["source"], row["target"]) for row in rows)


def _check(style: Style, text: str, name: str, target: str) -> None:
    if style.language and languages.code(style.language) != languages.code(target):
        raise _wrong(text, name, "language", f"this sheet is for '{style.language}', and the translation is into '{target}'")
    known = [form.name for form in forms(target) or ()]
    if style.address and known and style.address not in known:
        raise _wrong(text, name, "address", f"'{style.address}' is no form of address there: write {' or '.join(known)}, or leave it empty")
    if style.quotation and len(style.quotation) != 4:
        raise _wrong(text, name, "quotation", "'quotation' is four signs: the outer pair and the inner pair")
    if style.thousands and style.thousands not in SEPARATORS:
        raise _wrong(text, name, "thousands", f"'{style.thousands}' groups no thousands: write one of . , ' a space or none")
    if style.percent not in ("", "space", "none"):
        raise _wrong(text, name, "percent", "'percent' is space or none")


def _wrong(text: str, name: str, key: str, says: str) -> SettingError:
    """The error for a key, with the line it stands on."""
    pattern = re.compile(rf"^\s*{key if key.startswith(chr(92)) else rf'[{chr(34)}]?{re.escape(key)}[{chr(34)}]?'}\s*(?:=|$)|^\s*\[+{key if not key.startswith(chr(92)) else 'x^'}\]", re.MULTILINE)
    match = pattern.search(text)
    line = text.count("\n", 0, match.start() + len(match.group()) - len(match.group().lstrip())) + 1 if match else 1
    return SettingError(f"{name}:{line}: {says}.")


OF_LANGUAGE: dict[str, dict[str, str]] = {
    "it": {"percent": "none", "dates": "1º maggio 1890"},
    "pt": {"percent": "none", "dates": "1 de maio de 1890"},
    "nl": {"percent": "none", "dates": "1 mei 1890"},
    "pl": {"percent": "none", "dates": "1 maja 1890 roku"},
    "ru": {"dates": "1 мая 1890 года"},
}
"""What a sheet says in languages without a preset of their own."""

OF_COUNTRY: dict[str, dict[str, str]] = {
    "en-US": {"dates": "May 1, 1890", "spelling": "American spelling"},
    "de-CH": {"spelling": "Swiss spelling of 2024, ss instead of ß"},
    "de-LI": {"spelling": "Swiss spelling of 2024, ss instead of ß"},
}
"""Where a country writes otherwise than its language's preset says."""

RULES = {"de-AT": "January is Jänner."}


def preset(tag: str) -> str:
    """The text of the sheet to begin with for the language of ``tag``, with remarks; the language's own marks where there is none for it alone. Raises ``SettingError``."""
    language = languages.find(tag)
    there = resources.files(__name__).joinpath("data")
    own = there.joinpath(f"{language.code}.toml")
    text = (own if own.is_file() else there.joinpath("any.toml")).read_text(encoding="utf-8")
    way = next(iter(quotes(language.tag)), None)
    signs = "".join((*way.outer, *way.inner)) if way else ""
    known = " or ".join(form.name for form in FORMS.get(language.code, ())) or "(this language has one form, or we do not know its forms)"
    for name, value in (("TAG", language.tag), ("NAME", language.name), ("SIGNS", signs), ("FORMS", known)):
        text = text.replace(f"@{name}@", value)
    facts = {key: f'"{value}"' for key, value in {"thousands": _thousands(language.tag), **OF_LANGUAGE.get(language.code, {}), **OF_COUNTRY.get(language.tag, {})}.items()}
    if language.tag in RULES:
        facts["rules"] = f'["{RULES[language.tag]}"]'
    for key, value in facts.items():
        text = re.sub(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
    return text


def _thousands(tag: str) -> str:
    """How a sheet names what the language and country group thousands with."""
    return languages.grouping_mark(tag).replace("\u202f", " ")


def known() -> Iterable[str]:
    """The languages that have a preset of their own."""
    return sorted(path.name.removesuffix(".toml") for path in resources.files(__name__).joinpath("data").iterdir() if path.name.endswith(".toml") and path.name != "any.toml")
