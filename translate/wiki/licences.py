"""Whether a text under one licence may be published on a wiki under another.

Only the families that wikis use are told apart; whatever is not sure is "unknown", and a person must say.
Creative Commons' own rule for adaptations: https://creativecommons.org/share-your-work/cclicenses/ ("BY-SA: adaptations must be shared under identical terms", a later version counts as identical).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FREE = re.compile(r"\bcc0\b|publicdomain|public[ -]domain|gemeinfrei", re.IGNORECASE)
CC = re.compile(
    r"(?:creativecommons\.org/licenses/|\bcc[ -]?|creative commons )(by(?:[- ](?:nc|nd|sa))*|attribution(?:[- ](?:non[- ]?commercial|no[- ]?deriv\w*|share[- ]?alike))*)(?:[/ -]v?(\d\.\d))?",
    re.IGNORECASE,
)
GFDL = re.compile(r"\bgfdl\b|free documentation|licenses/fdl", re.IGNORECASE)
LONG = (
    ("attribution", "by"),
    ("non-commercial", "nc"),
    ("noncommercial", "nc"),
    ("no-deriv", "nd"),
    ("noderiv", "nd"),
    ("share-alike", "sa"),
    ("sharealike", "sa"),
)


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as far as it matters here: its ``family`` ("free", "by", "by-sa", "by-nc-sa", …, "gfdl", "" where it is not known) and version (0 where none is named)."""

    family: str
    version: float = 0.0


def read(text: str, url: str = "") -> Licence:
    """The licence that a wiki names by its words and its address; the address counts first."""
    for said in (url, text):
        if FREE.search(said):
            return Licence("free")
        found = CC.search(said)
        if found is not None:
            return Licence(_family(found[1]), float(found[2] or 0))
        if GFDL.search(said):
            return Licence("gfdl")
    return Licence("")


def _family(words: str) -> str:
    plain = words.lower().replace(" ", "-")
    for long, short in LONG:
        plain = plain.replace(long, short)
    parts = {part[:2] for part in plain.split("-")}
    return "-".join(part for part in ("by", "nc", "nd", "sa") if part in parts)


def obstacle(source: Licence, target: Licence, *, names: tuple[str, str] = ("", "")) -> str:
    """Why a translation of a text under ``source`` may not be published under ``target``, as a sentence; "" where it may. ``names`` are how people call them."""
    mine, theirs = (name or licence.family or "a licence that is not said" for name, licence in zip(names, (source, target), strict=True))
    if source.family == "free":
        return ""
    if "nd" in source.family.split("-"):
        return f"The source is under {mine}, which allows no translations."
    if not source.family:
        return f"Nobody knows the licence of the source ({mine})."
    if not target.family:
        return f"Nobody knows the licence of the wiki ({theirs})."
    if source.family == target.family and (not source.version or not target.version or target.version >= source.version):
        return ""
    if source.family == "by" and target.family in ("by-sa", "by-nc", "by-nc-sa"):
        return ""
    return f"The source is under {mine}, and its translation may not be published under {theirs}."
