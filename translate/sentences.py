"""Where sentences end, for cutting what is too long and for counting what came back.

The rules are those of sentencex (Wikimedia; MIT), with abbreviations that it does not know joined again.
"""

from __future__ import annotations

import re

_NO_BREAK = re.compile(r"(?:\b(?:vol|no|nos|ch|chap|fig|figs|p|pp|art|sec|Bd|Bde|Nr|S|Kap|Abb|Abs|Vgl|vgl|t|art|cap|núm|pág|págs|т|стр)\.)\s*$", re.IGNORECASE)
_STARTS_LOW = re.compile(r"^[\d(\[]")


def split(text: str, language: str) -> tuple[str, ...]:
    """The sentences of ``text``, white space included: joined, they are ``text`` again."""
    if len(text) < 2:
        return (text,) if text else ()
    import sentencex

    pieces = list(sentencex.segment(language, text))
    if "".join(pieces) != text:
        return (text,)
    return tuple(_joined(pieces))


def _joined(pieces: list[str]) -> list[str]:
    """Pieces with "vol. | 1" put together again, and lone white space given to the sentence before."""
    out: list[str] = []
    for piece in pieces:
        if out and (not piece.strip() or (_NO_BREAK.search(out[-1]) and _STARTS_LOW.match(piece))):
            out[-1] += piece
        else:
            out.append(piece)
    return out
