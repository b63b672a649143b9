"""Tells in which encoding a table that a person saved is, where that is certain: UTF-8, UTF-16 with its mark, or Windows-1252 as Excel writes "CSV".

Windows-1252 gives nearly every byte a meaning, so a file is taken for it only where nothing speaks against it: a byte that it does not define,
letters of UTF-8 in the same file, words as only Cyrillic, Greek or Hebrew read by its table can look, or a language that Windows writes with another table.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from translate.errors import DragomanError
from translate.languages.codes import code

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PIECE = 1 << 20
LARGEST = 64 * 1024 * 1024
"""A larger file is read as UTF-8 or not at all: no table that a person keeps in a spreadsheet has so many bytes."""

ELSEWHERE = frozenset(
    [
        *("ar", "az", "be", "bg", "bs", "cs", "el", "et", "fa", "he", "hr", "hu", "hy", "ja", "ka", "kk", "ko", "lt"),
        *("lv", "mk", "mn", "pl", "ro", "ru", "sk", "sl", "sq", "sr", "th", "tr", "uk", "ur", "vi", "yi", "zh"),
    ]
)
"""Languages for which Windows uses another table (code pages 874, 932 to 950, 1250, 1251, 1253 to 1258)."""

_MIXED = re.compile(rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2\x80[\x90-\xba]")
"""Letters and signs of Western Europe in UTF-8."""

_STRANGE = re.compile(r"[À-ÖØ-öø-ÿ]{4}|(?<=[^\W\d_])[¡¢£¤¥¦¨¬¯±²³¸¹¼½¾¿‡ˆ‰„‚˜](?=[^\W\d_])")
"""Four letters with accents one after the other, as no Western language has them; signs inside words, where other tables have letters."""

_TELLING = re.compile(r"\w*[^\W\d_a-zA-Z]\w*")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding as Python calls it, and a sentence for the report where it was inferred, not said by the file."""

    name: str
    remark: str = ""


def encoding_of(path: Path, *, error: type[DragomanError], tags: Iterable[str] = ()) -> Encoding:
    """In which encoding a text file is; ``tags`` are the languages in it, where they are known.

    Raises ``error``, with file and line, where that is not certain, or a letter is not in the encoding that its mark says; and ``OSError``.
    """
    with path.open("rb") as file:
        if file.read(2) in WIDE:
            line = _fault(file, "utf-16")
            if line:
                raise error(f"{path.name}:{line}: not UTF-16, which its first bytes say. Save the table again with the encoding UTF-8 (in Excel: 'CSV UTF-8').")
            return Encoding("utf-16")
        line = _fault(file, "utf-8")
    if not line:
        return Encoding("utf-8-sig")
    text, why = _western(path, tuple(code(tag) for tag in tags if tag))
    if why:
        raise error(f"{path.name}:{line}: not UTF-8{why}. Save the table again with the encoding UTF-8 (in Excel: 'CSV UTF-8').")
    word = _TELLING.search(text)
    shown = f": see whether line {text.count(chr(10), 0, word.start()) + 1} has '{word[0][:40]}'" if word else ""
    return Encoding("cp1252", f"{path.name} is not UTF-8 and was read as Windows-1252{shown}. Where letters are wrong, save it again as 'CSV UTF-8'.")


def _fault(file: BinaryIO, encoding: str) -> int:
    """The number of the first line with bytes that are not in the encoding; 0 where all are."""
    decoder, lines = codecs.getincrementaldecoder(encoding)(), 1
    file.seek(0)
    try:
        while piece := file.read(PIECE):
            lines += decoder.decode(piece).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return lines + error.object.count(b"\n", 0, error.start)
    return 0


def _western(path: Path, tags: tuple[str, ...]) -> tuple[str, str]:
    """The text by Windows-1252, and what speaks against it ("" where nothing does)."""
    if path.stat().st_size > LARGEST:
        return "", ", and too large to be sure of another encoding"
    data = path.read_bytes()
    other = next((tag for tag in tags if tag in ELSEWHERE), "")
    if other:
        return "", f", and Windows-1252 has not the letters of '{other}'"
    if b"\0" in data:
        return "", " (UTF-16 without its mark, or no text)"
    if _MIXED.search(data):
        return "", " everywhere, and UTF-8 in other lines"
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return "", ", and not Windows-1252 either"
    found = _STRANGE.search(text)
    return text, f", and read as Windows-1252 it has '{_around(text, found)}'" if found else ""


def _around(text: str, found: re.Match[str]) -> str:
    """The word of a match."""
    before, after = re.search(r"[^\s;,\"]{0,20}$", text[: found.start()]), re.match(r"[^\s;,\"]{0,20}", text[found.end() :])
    return f"{before[0] if before else ''}{found[0]}{after[0] if after else ''}"


def written(text: str, encoding: str) -> str:
    """The text as a spreadsheet writes it in an encoding, with a question mark for each letter that it lacks."""
    return text.encode(encoding, "replace").decode(encoding)
