"""``dragoman serve``."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import click

from translate.cli.shown import json_option

port_option = click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="Port to listen on; 0 takes a free one.")
browser_option = click.option("--no-open", "closed", is_flag=True, help="Only print the link; do not open a browser.")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; another than this machine's own needs accounts.")
@port_option
@click.option("--out", type=click.Path(path_type=Path), default="output", show_default=True, help="Folder for works.")
@click.option("--glossaries", type=click.Path(path_type=Path), default="glossaries", show_default=True, help="Folder of glossaries to choose from.")
@browser_option
@json_option
def command(host: str, port: int, out: Path, glossaries: Path, closed: bool, as_json: bool) -> int:
    """Open the desk in the browser: translate, watch, review and publish there.

    It listens on this machine only, and opens by a link that works once. Ctrl-C ends it; what was done is kept.
    """
    open_desk(out, host=host, port=port, glossaries=glossaries, browser=not closed, as_json=as_json)
    return 0


def open_desk(
    out: Path, *, host: str = "127.0.0.1", port: int, glossaries: Path = Path("glossaries"), leads_to: str = "/", browser: bool, as_json: bool
) -> None:
    """Serve the desk until it is stopped, and say where it is."""
    from translate import settings
    from translate.web import serve
    from translate.web.settings import Settings

    wanted = Settings(out, settings.folders().data / "desk", host=host, port=port, glossaries=glossaries, environment=dict(os.environ))
    serve.run(wanted, told=_teller(as_json), leads_to=leads_to, browser=browser)


def _teller(as_json: bool) -> Callable[[str, str], None]:
    def tell(address: str, link: str) -> None:
        if as_json:
            click.echo(json.dumps({"address": address, "link": link}))
        else:
            click.echo(f"The desk is open at {address}; Ctrl-C closes it.\nIt opens once with this link, which is yours alone:\n\n  {link}\n")

    return tell
