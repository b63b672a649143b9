"""How a desk is served: where it listens, where the works lie, what may be sent to it."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from translate.errors import SettingError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """``out`` is the folder of the works, ``state`` where the desk keeps sessions, ``glossaries`` a folder of glossaries to choose from.

    ``names`` are further host names that the desk answers to (behind a proxy, say); ``https`` whether it is reached by https.
    ``accounts`` says that people sign in with names, whose accounts are in ``workspace``; without accounts the desk listens on loopback only.
    ``proxied`` says that every request comes through a proxy of ours, which puts the client's address last into X-Forwarded-For.
    ``environment`` is where keys are looked up; only their names are ever shown.
    """

    out: Path
    state: Path
    host: str = "127.0.0.1"
    port: int = 8321
    glossaries: Path = Path("glossaries")
    names: tuple[str, ...] = ()
    https: bool = False
    accounts: bool = False
    workspace: Path = Path("workspace.db")
    proxied: bool = False
    largest_upload: int = 200 * MEGABYTE
    largest_form: int = 2 * MEGABYTE
    environment: Mapping[str, str] = field(default_factory=dict)

    def hosts(self) -> frozenset[str]:
        """What a request may have in its Host header. Everything else is another site's page, brought here by a name that was bound anew."""
        here = (*LOOPBACK,) if self.host in LOOPBACK else (*LOOPBACK, *_own_names()) if self.host in EVERYWHERE else (self.host,)
        return frozenset({f"{_bracketed(name)}:{self.port}".lower() for name in here} | {name.lower() for name in self.names})

    def origins(self) -> frozenset[str]:
        """What a request that changes something may have in its Origin header."""
        return frozenset(f"{'https' if self.https else 'http'}://{host}" for host in self.hosts())

    def address(self) -> str:
        """The desk's own address, without a slash at its end."""
        own = next(iter(_own_names()), LOOPBACK[0]) if self.host in EVERYWHERE else self.host
        host = self.names[0] if self.names else f"{_bracketed(own)}:{self.port}"
        return f"{'https' if self.https else 'http'}://{host}"

    def check(self) -> None:
        """Raises ``SettingError`` where the desk would be open to others without asking them who they are."""
        if self.host not in LOOPBACK and not self.accounts:
            raise SettingError(f"{self.host} can be reached by others, and this desk has no accounts: leave --host out, or add --accounts (docs/desk.md).")


@cache
def _own_names() -> tuple[str, ...]:
    """This machine's name, and its addresses as far as its resolver knows them."""
    name = socket.gethostname()
    try:
        found = {str(row[4][0]).partition("%")[0] for row in socket.getaddrinfo(name, None)}
    except OSError:
        found = set()
    return (name, *sorted(found - {*LOOPBACK}))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
