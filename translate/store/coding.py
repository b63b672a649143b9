"""How values stand in the columns: runs and lists as JSON, long texts compressed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from functools import lru_cache

from translate.document import Finding, Kind, Runs, Segment, dump_runs, load_runs

SEGMENT_COLUMNS = "s.name, d.name, p.address, p.kind, p.source, p.trail"
FINDING_COLUMNS = "f.check_name, f.severity, f.message, f.source, f.target, f.start, f.stop"


def runs_text(runs: Runs) -> str:
    """Runs as JSON that SQLite can hold: half a surrogate pair (models do send them) is escaped."""
    text = dump_runs(runs)
    return text if _encodes(text) else json.dumps(json.loads(text), separators=(",", ":"))


def list_text(items: Sequence[str]) -> str:
    """Strings as one line of JSON."""
    return json.dumps(list(items), ensure_ascii=True, separators=(",", ":"))


def load_list(text: str) -> tuple[str, ...]:
    """The inverse of ``list_text``."""
    return tuple(json.loads(text))


def safe(text: str) -> str:
    """Text for people that SQLite can hold: half a surrogate pair becomes U+FFFD."""
    return text if _encodes(text) else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def packed(text: str) -> bytes:
    """A long text (a request, a reply), compressed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(data: bytes | None) -> str:
    """The inverse of ``packed``; "" for None."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass") if data else ""


def segment_of(row: Sequence[str]) -> Segment:
    """A segment from ``SEGMENT_COLUMNS``. A run reads its passages a dozen times: the sources of as many as a usual book has are kept."""
    name, document, address, kind, source, trail = row
    return Segment(id=name, document=document, address=address, kind=Kind(kind), source=_source(source), trail=_trail(trail))


_source = lru_cache(2048)(load_runs)
_trail = lru_cache(64)(load_list)


def finding_of(row: Sequence[object]) -> Finding:
    """A finding from ``FINDING_COLUMNS``."""
    check, severity, message, source, target, start, stop = row
    span = (int(str(start)), int(str(stop))) if start is not None else None
    return Finding(str(check), severity, str(message), str(source), str(target), span)  # type: ignore[arg-type]


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
