"""What a work knows of wikis: where its pages came from, what the wikis called things, and what was published where."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol, TypeVar

from translate.sites import Choices, MagicWord, Namespace, Parameter, Provenance, Seen, Sister, Site, Template
from translate.store.clock import now
from translate.store.coding import packed, safe
from translate.store.connections import telling
from translate.store.hashes import digest
from translate.store.rows import Publication

T = TypeVar("T")
COLUMNS = "id, at, wiki, title, kind, built, sent_hash, base, source_revision, state, revision, note"


class Submit(Protocol):
    """Hands a write to the store's writer."""

    def __call__(self, operation: Callable[[sqlite3.Connection], T], /) -> Future[T]:
        """The write's result, once it is on disk."""


class WikiRows:
    """The wiki's side of one store. What is written is on disk on return."""

    def __init__(self, path: Path, reading: Callable[[], sqlite3.Connection], submit: Submit) -> None:
        self._path, self._reading, self._submit = path, reading, submit

    def keep_provenance(self, version: int, document: str, provenance: Provenance) -> None:
        """Note where a document of a version came from; what is noted last counts (a page that was set back has an old text and a new revision)."""
        row = (version, safe(document), now(), json.dumps(asdict(provenance), ensure_ascii=True))

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO provenance (version, document, at, facts) VALUES (?, ?, ?, ?)", row)

        self._submit(write).result()

    def provenance(self, version: int, document: str | None = None) -> Provenance | None:
        """Where a version (its only or first document, unless one is named) came from, or None where nobody said."""
        with telling(self._path):
            row = (
                self._reading()
                .execute("SELECT facts FROM provenance WHERE version = ? AND (? IS NULL OR document = ?) ORDER BY rowid LIMIT 1", (version, document, document))
                .fetchone()
            )
        return _provenance(json.loads(row[0])) if row else None

    def keep_sister(self, sister: Sister) -> None:
        """Keep what stands for the work's links in the sister wiki, so that the work is built without a network; the last one counts."""
        facts = packed(sister_text(sister))

        def write(connection: sqlite3.Connection) -> None:
            last = connection.execute("SELECT facts FROM sisters ORDER BY id DESC LIMIT 1").fetchone()
            if last is None or last[0] != facts:
                connection.execute("INSERT INTO sisters (at, facts) VALUES (?, ?)", (now(), facts))

        self._submit(write).result()

    def sister(self) -> Sister | None:
        """The sister that was kept last, or None."""
        with telling(self._path):
            row = self._reading().execute("SELECT facts FROM sisters ORDER BY id DESC LIMIT 1").fetchone()
        return load_sister(_unpacked(row[0])) if row else None

    def begin(self, publication: Publication) -> int:
        """Put on record what is about to be sent (``id``, ``at`` and ``state`` are the store's, ``sent`` the text itself); gives its number."""

        def write(connection: sqlite3.Connection) -> int:
            cursor = connection.execute(
                "INSERT INTO publications (at, wiki, title, kind, base, source_revision, built, sent_hash, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'begun')",
                (
                    *(now(), publication.wiki, safe(publication.title), publication.kind, publication.base),
                    *(publication.source_revision, packed(publication.text), text_hash(publication.sent)),
                ),
            )
            return cursor.lastrowid or 0

        return self._submit(write).result()

    def end(self, publication: int, state: str, *, revision: int | None = None, text: str = "", note: str = "") -> None:
        """Note how a publication went: "saved" as ``revision`` with this text of the wiki's, or "failed" and why."""
        row = (state, revision, text_hash(text), safe(note), publication)

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE publications SET state = ?, revision = ?, saved_hash = ?, note = ? WHERE id = ?", row)

        self._submit(write).result()

    def publications(self) -> tuple[Publication, ...]:
        """All that was sent, oldest first."""
        with telling(self._path):
            rows = self._reading().execute(f"SELECT {COLUMNS} FROM publications ORDER BY id").fetchall()
        return tuple(Publication(*(*row[:5], _unpacked(row[5]), *row[6:])) for row in rows)


def text_hash(text: str) -> str:
    """The hash that a publication's text is known by."""
    return digest(safe(text))


def _unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def _provenance(facts: Mapping[str, Any]) -> Provenance:
    seen = facts.get("seen", {})
    return Provenance(**{**facts, "seen": Seen(seen.get("errors", 0), tuple(seen.get("missing", ())), seen.get("references", 0))})


def sister_text(sister: Sister) -> str:
    """A sister as JSON, the same for the same sister."""
    return json.dumps(asdict(sister), ensure_ascii=False, sort_keys=True, default=sorted)


def load_sister(text: str) -> Sister:
    """The inverse of ``sister_text``."""
    facts = json.loads(text)
    templates = {name: _template(row) for name, row in facts["templates"].items()}
    chosen = facts.get("choices", {})
    choices = Choices(**{**chosen, "dropped": tuple(chosen.get("dropped", ()))})
    return Sister(_site(facts["source"]), _site(facts["target"]), facts["titles"], templates, facts["treatment"], choices, facts.get("page", ""), frozenset(facts.get("placed", ())), facts.get("redirects", {}))


def _site(facts: dict[str, Any]) -> Site:
    namespaces = tuple(Namespace(**{**row, "aliases": tuple(row["aliases"])}) for row in facts["namespaces"])
    words = tuple(MagicWord(**{**row, "aliases": tuple(row["aliases"])}) for row in facts["words"])
    sets = {name: frozenset(facts[name]) for name in ("extension_tags", "functions", "interwiki", "languages")}
    return Site(**{**facts, "namespaces": namespaces, "words": words, **sets})


def _template(facts: dict[str, Any]) -> Template:
    parameters = tuple(Parameter(**{**row, "aliases": tuple(row["aliases"])}) for row in facts["parameters"])
    return Template(**{**facts, "parameters": parameters, "wanted": tuple(facts["wanted"]), "takes": tuple(facts.get("takes", ()))})
