"""Source and target side by side: a paragraph is followed by its translation; a cell, item or heading holds both."""

from __future__ import annotations

from translate.document import Runs
from translate.formats.splice import Bilingual, Patches
from translate.formats.weave import Recipe


def both(target: Runs, recipe: Recipe, patches: Patches, bilingual: Bilingual) -> None:
    """Put ``target`` beside the source of its slot."""
    raise NotImplementedError
