"""Sentences that the core says of a source and of what was made of it, each as the core really says it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from types import SimpleNamespace

from tests.test_wikitext_sister import GERMAN, SISTER
from translate.formats import Edition
from translate.formats.figures import Figure, Told
from translate.formats.soup import mend
from translate.formats.wikitext import walk
from translate.formats.wikitext.localise import SHOWN, _Localiser
from translate.formats.wikitext.page import _remarks as kept_parameters
from translate.models.echo import Echo
from translate.models.pseudo import Pseudo
from translate.pipeline.ledger import Success
from translate.pipeline.results import kept
from translate.pipeline.wikis import unloading
from translate.pipeline.wikis.books import _remarks as left_out
from translate.sites import Choices

SORTS = ("link", "category", "template", "parameter", "dropped", "page", "section")
CHOICES = (Choices(), Choices(missing="interwiki", categories="comment"), Choices(missing="plain", categories="drop"))
LONELY = replace(SISTER, choices=CHOICES[1], target=replace(GERMAN, interwiki=frozenset({"fr"})))
"""A sister that has no prefix for the wiki of the source."""


def remarks() -> Iterator[str]:
    """Each remark that is put together from parts, and each note of a model."""
    for data in (b"<p>a & b</p>", b"<p>a <b>b</p>"):
        yield mend(data, "a.html", "line 1")[1]
    for document in ("", "a.html"):
        for count in (1, 9):
            told = Told(Edition("de", source_language="en"), "en")
            texts = [text for number in range(count) for text in (f"1,{number}00.5", f"1.{number}")]
            list(told.changes([Figure(0, len(text), text) for text in texts[:1]], texts[0]))
            for text in texts:
                list(told.changes([Figure(0, len(text), text)], text))
            yield from told.remarks(document)
    for sister in (*(replace(SISTER, choices=choices) for choices in CHOICES), LONELY):
        page = walk("Text", sister.source, document="Seite")
        for lost in (1, SHOWN + 1):
            yield from _Localiser(page, sister, {}, lost={sort: {f"n{number}": None for number in range(lost)} for sort in SORTS}).remarks()
    for alike in (None, 0.5):
        yield from kept(Success(4, 3, alike, 2))
    yield list(unloading._few(["x"] * 999))[-1]
    yield from kept_parameters("Seite", {"Box": ["shape"]}, ())
    for lost in (1, 99):
        names = [f"n{number}" for number in range(lost)]
        yield from left_out(names, SimpleNamespace(left=dict.fromkeys([*names, *(f"File:{name}" for name in names)])))  # type: ignore[arg-type]
    yield from notes()


def notes() -> Iterator[str]:
    """What the report says of models."""
    profiles = tomllib.loads(files("translate.models").joinpath("data", "profiles.toml").read_text(encoding="utf-8"))
    rows = [row for value in profiles.values() for row in (value if isinstance(value, list) else [value]) if isinstance(row, dict)]
    yield from (str(row["note"]) for row in rows if "note" in row)
    yield from (model.profile.note for model in (Echo(), Pseudo()))
