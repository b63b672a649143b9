"""What the tests of wikitext do with a page: open it, walk it, show its slots so that people can read them."""

from __future__ import annotations

import io
from pathlib import Path

from translate.document import Marker, Runs
from translate.formats import Edition
from translate.formats.wikitext import Page, Wikitext, walk
from translate.sites import Sister

ECHO = Edition("en", translated=False)
GERMAN = Edition("de", source_language="en")
CASES = Path(__file__).parent / "cases" / "wikitext"


def shown(runs: Runs) -> str:
    """Runs as the case files have them: ``<1>words</1>`` and ``<2/note>``."""
    return "".join(run if isinstance(run, str) else _marker(run) for run in runs)


def _marker(marker: Marker) -> str:
    return {"open": f"<{marker.number}>", "close": f"</{marker.number}>", "atom": f"<{marker.number}/{marker.name}>"}[marker.kind]


def slots(page: Page) -> list[str]:
    """The slots of a page, a line each."""
    return [f"{slot.kind}: {shown(slot.source)}" for slot in page.slots]


def read(text: str, sister: Sister | None = None) -> Page:
    return walk(text, sister=sister)


def echoed(data: bytes) -> bytes:
    """The file, written with every segment's own words."""
    source, out = Wikitext(data, name="a.wiki", language="en"), io.BytesIO()
    (found,) = source.documents()
    source.write(lambda _: {slot.address: slot.source for slot in found.slots}, edition=ECHO, out=out)
    return out.getvalue()


def changed(text: str, change, address: str = "") -> str:
    """The page with ``change`` made to the words of its slots, or of one of them."""
    page = read(text)
    return page.splice(
        {slot.address: tuple(change(run) if isinstance(run, str) else run for run in slot.source) for slot in page.slots if address in ("", slot.address)}
    )


def cases() -> list[tuple[str, str, list[str]]]:
    """The case files: ``%% name``, the wikitext, and a line ``%> kind: words`` for each slot that is to be found."""
    found = []
    for path in sorted(CASES.glob("*.case")):
        for part in path.read_text(encoding="utf-8").split("\n%% ")[1:]:
            name, _, rest = part.partition("\n")
            text, _, wanted = rest.partition("\n%>")
            expected = [line.removeprefix("%>").removeprefix(" ") for line in f"%>{wanted}".strip().split("\n")] if wanted else []
            found.append((f"{path.stem}: {name}", text, [line for line in expected if line]))
    return found
