"""``dragoman serve``."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from translate.cli.shown import json_option

port_option = click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="Port to listen on; 0 takes a free one.")
browser_option = click.option("--no-open", "closed", is_flag=True, help="Only print the link; do not open a browser.")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; another than this machine's own needs accounts.")
@port_option
@click.option("--out", type=click.Path(path_type=Path), default="output", show_default=True, help="Folder for works.")
@click.option("--glossaries", type=click.Path(path_type=Path), default="glossaries", show_default=True, help="Folder of glossaries to choose from.")
@click.option("--accounts", is_flag=True, help="People sign in with names and passwords ('dragoman users' keeps them).")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name that the desk answers to, as browsers send it (desk.example.org); may be given again.")
@click.option("--https", is_flag=True, help="It is reached by https, through a proxy.")
@click.option("--behind-proxy", "proxied", is_flag=True, help="Every request comes through a proxy that puts the client's address last into X-Forwarded-For.")
@browser_option
@json_option
def command(out: Path, closed: bool, as_json: bool, **options: Any) -> int:
    """Open the desk in the browser: translate, watch, review and publish there.

    It listens on this machine only, and opens by a link that works once. With --accounts, people sign in, and it may listen on another address.
    Ctrl-C ends it; what was done is kept.
    """
    open_desk(out, browser=not closed, as_json=as_json, **options)
    return 0


def open_desk(out: Path, *, port: int, leads_to: str = "/", browser: bool, as_json: bool, **options: Any) -> None:
    """Serve the desk until it is stopped, and say where it is. ``options`` are other fields of the desk's settings."""
    from translate import settings
    from translate.web import serve
    from translate.web.settings import Settings

    wanted = Settings(out, settings.folders().data / "desk", port=port, workspace=settings.workspace(), environment=dict(os.environ), **options)
    serve.run(wanted, told=_teller(as_json, accounts=wanted.accounts), leads_to=leads_to, browser=browser)


def _teller(as_json: bool, *, accounts: bool) -> Callable[[str, str], None]:
    def tell(address: str, link: str) -> None:
        if as_json:
            click.echo(json.dumps({"address": address, "link": link}))
        elif accounts:
            click.echo(f"The desk is open at {link}; people sign in there. Ctrl-C closes it.")
        else:
            click.echo(f"The desk is open at {address}; Ctrl-C closes it.\nIt opens once with this link, which is yours alone:\n\n  {link}\n")

    return tell
