"""Writes a walked document back: the source's own bytes, with the text of the slots replaced and a few edits made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from translate.formats.tree import Element


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to one element that is no translation, applied by ``Page.splice``.

    ``text`` sets the element's whole content to ``value`` (escaped); ``append`` puts ``value`` (raw XML) before its end tag, ``before`` and ``after`` outside it;
    ``attribute`` sets the attribute ``name`` to ``value``, or removes it where ``value`` is None; ``remove`` takes the element out.
    An edit of something inside a slot that is translated in the same splice counts only for attributes.
    """

    element: Element
    how: Literal["text", "append", "before", "after", "attribute", "remove"]
    value: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Source and target side by side: the language tags and directions that are set on each side."""

    source: str
    target: str
    source_direction: str = "ltr"
    target_direction: str = "ltr"
