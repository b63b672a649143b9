"""Hashes with a version tag, and the permanent ids of segments.

A new way of hashing gets a new tag, so that ``verify`` can always tell which rule made a hash.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from translate.document import Runs
from translate.errors import StoreError

LETTERS = "bcdfghjkmnpqrstvwxyz"  # no vowel (no words), no digit (nothing takes an id for a number), no l
LENGTH = 8
STEP = 15_485_863_001  # shares no factor with 20, so multiplying by it modulo 20**8 never meets itself
MASK = "\ufffc"


def digest(*parts: bytes | str) -> str:
    """The "v1" hash of the parts: sha256 over each part's length and bytes, so that no two lists of parts run together."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        sha.update(b"%d:" % len(data))
        sha.update(data)
    return f"v1:{sha.hexdigest()}"


def source_hash(data: bytes | Path) -> str:
    """The "v1" hash of a source, by its bytes or the path of a file that is never in memory as a whole: their plain sha256, which other tools can check."""
    if isinstance(data, bytes):
        return f"v1:{hashlib.sha256(data).hexdigest()}"
    with data.open("rb") as file:
        return f"v1:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def exact(runs: Runs) -> str:
    """The hash of a text with its markers as they are compared: kind and number, not the name of the tag."""
    return digest(json.dumps([run if isinstance(run, str) else [run.kind, run.number] for run in runs], ensure_ascii=False))


def masked(runs: Runs) -> str:
    """The hash of a text with every marker as the same sign: finds a sentence again whose markup was changed."""
    return digest("".join(run if isinstance(run, str) else MASK for run in runs))


def number(digested: str) -> int:
    """The first 64 bits of a hash as a signed whole number, which an index holds in eight bytes."""
    return int.from_bytes(bytes.fromhex(digested.removeprefix("v1:")[:16]), "big", signed=True)


def replay_key(model: str, request_json: str) -> str:
    """The key of an exact request: two requests with the same key are the same request."""
    return digest("request", model, request_json)


def dismissal_key(source: str, target: str, check: str, message: str) -> str:
    """The key of a dismissed finding: it holds for these words of source and translation, and for what this check says of them."""
    return digest("dismissal", source, target, check, message)


def name_of(counter: int, salt: int) -> str:
    """The permanent id of the ``counter``-th segment of a work: 8 letters, different for every counter below 20**8."""
    value = (counter * STEP + salt) % len(LETTERS) ** LENGTH
    letters = []
    for _ in range(LENGTH):
        value, digit = divmod(value, len(LETTERS))
        letters.append(LETTERS[digit])
    return "".join(letters)


def known_form(segment: str) -> None:
    """Refuse what cannot be the id of a segment, before it costs anything: raises ``StoreError``."""
    if len(segment) != LENGTH or not set(segment) <= set(LETTERS):
        raise StoreError(f"'{segment}' is not a segment of this work. Take an id from dragoman findings or the report.")
