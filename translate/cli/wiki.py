"""``dragoman wiki``: the wikis that the user works with, and what is done on them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from translate.cli.shown import json_option, show, table


@click.group("wiki")
def command() -> None:
    """Keep the wikis that you work with, publish drafts there, and keep them in step with their sources.

    A page is translated with 'dragoman translate https://WIKI/wiki/TITLE --to LANG'.
    """


@command.command("add")
@click.argument("name")
@click.option("--api", required=True, metavar="URL", help="Address of the wiki's api.php, or of any page of it.")
@click.option("--lang", "language", metavar="LANG", help="Language of the wiki, where it says it wrongly or not at all.")
@click.option("--user", default="", metavar="NAME", help="Account of the bot password, as Account@label.")
@click.option("--contact", default="", metavar="TEXT", help="How the wiki's people can reach you (mail or user page); sent with every request.")
@click.option("--draft-prefix", metavar="TEXT", help="What goes before the title of a draft ('User:{user}/').")
@click.option("--local-only", is_flag=True, help="Refuse a wiki that is not on this machine.")
@json_option
def add(as_json: bool, **options: Any) -> int:
    """Keep a wiki under NAME, after asking it what it is. Its conventions can then be edited in the file that is printed.

    The password of a bot account (Special:BotPasswords) comes from DRAGOMAN_WIKI_NAME_PASSWORD or, with 'dragoman wiki password NAME', from the system's keyring; never from a file.
    """
    from translate.pipeline.wikis import register

    wiki, path, site = register.add(**options)
    value = asdict(wiki) | {"file": str(path), "sitename": site.name, "generator": site.generator, "licence": site.licence}
    show(
        value,
        lambda: [
            f"{wiki.name}: {site.name} ({wiki.language}), {site.generator}, {site.licence or 'licence not said'}",
            f"Its conventions: {path}",
            register.login_line(wiki),
        ],
        as_json=as_json,
    )
    return 0


@command.command("list")
@json_option
def list_(as_json: bool) -> int:
    """List the wikis that are known."""
    from translate.wiki import known

    wikis = known.every()
    lines = table([(wiki.name, wiki.language, wiki.api, wiki.user or "no account") for wiki in wikis])
    show({"wikis": [asdict(wiki) for wiki in wikis]}, lambda: lines or ["None yet: dragoman wiki add NAME --api URL"], as_json=as_json)
    return 0


@command.command("remove")
@click.argument("name")
@json_option
def remove(name: str, as_json: bool) -> int:
    """Forget the wiki NAME, and its password in the keyring. Works that were made of its pages stay."""
    from translate.wiki import known

    known.remove(name)
    show({"removed": name}, lambda: [f"{name} is forgotten."], as_json=as_json)
    return 0


@command.command("password")
@click.argument("name")
@click.password_option("--password", prompt="Bot password", confirmation_prompt=False, help="Asked for where it is not given; it does not show.")
@json_option
def password(name: str, password: str, as_json: bool) -> int:
    """Put the bot password of the wiki NAME into the system's keyring."""
    from translate.wiki import known

    known.find(name)
    known.keep_password(name, password)
    show({"kept": name}, lambda: ["The keyring has it."], as_json=as_json)
    return 0


@command.command("test")
@click.argument("name")
@click.option("--local-only", is_flag=True, help="Refuse a wiki that is not on this machine.")
@json_option
def test(name: str, local_only: bool, as_json: bool) -> int:
    """Try the wiki NAME: whether it answers, whether the login works, what the account may do there. Nothing is changed."""
    from translate.pipeline.wikis import register

    tried = register.try_out(name, local_only=local_only)
    show(asdict(tried), lambda: [*(f"ok       {line}" for line in tried.good), *(f"missing  {line}" for line in tried.lacking)], as_json=as_json)
    return 0 if not tried.lacking else 1
