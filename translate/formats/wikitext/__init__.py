"""Wikitext, MediaWiki's markup: spans of the original text, never a tree that is written anew.

``walk`` reads one page; ``Page.splice`` puts translations in their places; ``Wikitext`` is the file as a source.
"""

from __future__ import annotations

from translate.formats.wikitext.defaults import ENGLISH
from translate.formats.wikitext.page import Page, walk
from translate.formats.wikitext.source import Wikitext

__all__ = ["ENGLISH", "Page", "Wikitext", "walk"]
