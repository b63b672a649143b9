"""Serves a desk with uvicorn until it is stopped, and opens it in the browser."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import replace

from translate.errors import SettingError
from translate.web.settings import Settings

Told = Callable[[str, str], None]
"""Is told the desk's address and the link that opens it, once it listens."""
BACKLOG = 256
SWITCH = 0.0005
"""Seconds that a thread computes before another gets its turn: a run works in the same process, and every page would wait for it several times (Python's own 5 ms each)."""
LAST_SECONDS = 3
"""How long answers that are on their way may take when the server is stopped."""


def run(settings: Settings, *, told: Told, leads_to: str = "/", browser: bool = True) -> None:
    """Listen, tell where, serve until Ctrl-C. Port 0 takes a free one.

    Raises ``SettingError`` where the address cannot be had.
    """
    import uvicorn

    from translate.web.app import create

    settings.check()
    sys.setswitchinterval(SWITCH)
    with listen(settings) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        app = create(settings)
        link = app.state.desk.link(leads_to)
        told(settings.address(), link)
        if browser:
            threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
        # No access log: the link's token stands in a path.
        config = uvicorn.Config(app, access_log=False, log_level="warning", server_header=False, timeout_graceful_shutdown=LAST_SECONDS, proxy_headers=False)
        server = uvicorn.Server(config)
        app.state.server = server
        server.run(sockets=[listening])


def listen(settings: Settings) -> socket.socket:
    """A listening socket. Raises ``SettingError`` where the address is taken or is not this machine's."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, since asyncio sends small answers at once on TCP only
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((settings.host, settings.port))
        made.listen(BACKLOG)
    except OSError as error:
        made.close()
        raise SettingError(
            f"{settings.host}:{settings.port} cannot be listened on ({error.strerror}): take another with --port, 0 for any free one."
        ) from error
    return made
