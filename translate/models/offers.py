"""The ways to a model as things to choose from: what each is called, what ``Order`` takes for it, whether it is on this machine."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from translate.errors import SettingError
from translate.models import SHORTCUTS
from translate.models.catalog import Way, downloads
from translate.models.hosted import DEFAULT_ADDRESS, is_local


@dataclass(frozen=True, slots=True)
class Offer:
    """One model to choose. ``spec`` and ``base_url`` are as for ``Order``; ``local`` says that nothing leaves this machine. ``named`` is False where a model's name is still to be given."""

    spec: str
    base_url: str
    label: str
    local: bool
    ready: bool = True
    named: bool = True
    note: str = ""
    lacks: str = ""

    @property
    def host(self) -> str:
        """The server's name."""
        return urlsplit(self.base_url).hostname or ""


def offers(ways: Iterable[Way]) -> tuple[Offer, ...]:
    """What the ways offer: each model of a local server by itself, those that are ready first."""
    found = [offer for way in ways for offer in _of(way)]
    return tuple(sorted(found, key=lambda offer: not offer.ready))


def _of(way: Way) -> list[Offer]:
    words = [word for word in shlex.split(way.options) if "=" not in word]
    options = dict(zip(words[::2], words[1::2], strict=False))
    spec, base = options.get("--model", ""), options.get("--base-url", "")
    local = is_local(base) if base else not spec.startswith("hosted:")
    if way.ready and way.models:
        prefix = spec.partition(":")[0]
        return [Offer(f"{prefix}:{name}", base, f"{name} ({way.name})", local, note=way.note) for name in way.models]
    named = not spec.endswith(":NAME")
    address = base or ("" if named else DEFAULT_ADDRESS)
    return [Offer(spec, address, way.name, local, way.ready, named, way.note, way.lacks)]


def check(spec: str) -> str:
    """``spec`` as it may be typed on a page: a kind of model and a name, never the path of a file. Raises ``SettingError`` for anything else."""
    from translate.models.embedded.engine import KINDS

    head, _, rest = spec.partition(":")
    named = head in ("hosted", *SHORTCUTS) and bool(rest)
    ours = spec in ("embedded", "echo", "pseudo", *(f"embedded:{kind.name}" for kind in KINDS), *(row.name for row in downloads()))
    if not (named or ours):
        raise SettingError("Choose a model from the list, or type the name of one that a server has.")
    return spec
