"""``dragoman users``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from translate.cli.shown import json_option, show, table

if TYPE_CHECKING:
    from translate.pipeline.desk.people import People, Person

ROLES = click.Choice(["guest", "reader", "reviewer", "owner"])
stdin_option = click.option("--password-stdin", "piped", is_flag=True, help="Read the password from standard input, one line.")
address_option = click.option("--address", default="http://127.0.0.1:8321", show_default=True, metavar="URL", help="The desk's address, for the link.")


@click.group("users")
def command() -> None:
    """Keep the accounts of a desk that several people use ('dragoman serve --accounts').

    Readers see, reviewers decide on passages, owners run, build, publish and manage; a guest sees only the works that she has a role in.
    A password is asked for or piped, never given as an argument; the desk keeps hashes (Argon2id).
    """


@command.command("list")
@json_option
def list_(as_json: bool) -> int:
    """List who there is and what each may."""
    people = _people().all()
    show({"users": [_record(one) for one in people]}, lambda: _lines(people), as_json=as_json)
    return 0


@command.command("add")
@click.argument("name")
@click.option("--role", type=ROLES, default="reviewer", show_default=True, help="What she may.")
@click.option("--invite", "invited", is_flag=True, help="Print a link by which she chooses her password, instead of asking for one.")
@address_option
@stdin_option
@json_option
def add(name: str, role: str, invited: bool, address: str, piped: bool, as_json: bool) -> int:
    """Make an account for NAME."""
    from translate.pipeline.desk.people import Role

    people = _people()
    made = people.add(name, Role.read(role), password=None if invited else _password(piped))
    link = _link(people, made.name, address) if invited else ""
    show({"user": _record(made), "link": link}, lambda: [f"{made.name} is {made.role.word} now.", *_told(link)], as_json=as_json)
    return 0


@command.command("invite")
@click.argument("name")
@address_option
@json_option
def invite(name: str, address: str, as_json: bool) -> int:
    """Print a new link for NAME to choose a password by; it works once, for a week."""
    link = _link(_people(), name, address)
    show({"link": link}, lambda: _told(link), as_json=as_json)
    return 0


@command.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(["guest", "reader", "reviewer", "owner", "none"]))
@click.option("--work", default="", help="In this work only; 'none' there: as at the desk.")
@json_option
def role(name: str, role: str, work: str, as_json: bool) -> int:
    """Change what NAME may, at the desk or in one work."""
    from translate.pipeline import works
    from translate.pipeline.desk.people import Role
    from translate.pipeline.desk.shelf import key_of

    key = key_of(works.find(work)) if work else ""
    changed = _people().set_role(name, None if role == "none" else Role.read(role), work=key)
    show({"user": _record(changed)}, lambda: _lines((changed,)), as_json=as_json)
    return 0


@command.command("password")
@click.argument("name")
@stdin_option
@json_option
def password(name: str, piped: bool, as_json: bool) -> int:
    """Set another password for NAME; every session of hers ends."""
    people = _people()
    there = people.find(name)
    people.set_password(there.name, _password(piped))
    show({"user": _record(there)}, lambda: [f"{there.name} has another password now, and is signed out everywhere."], as_json=as_json)
    return 0


@command.command("disable")
@click.argument("name")
@json_option
def disable(name: str, as_json: bool) -> int:
    """Shut NAME out at once; what she decided stays."""
    changed = _people().disable(name)
    show({"user": _record(changed)}, lambda: [f"{changed.name} is shut out, and signed out everywhere."], as_json=as_json)
    return 0


@command.command("enable")
@click.argument("name")
@json_option
def enable(name: str, as_json: bool) -> int:
    """Let NAME in again."""
    changed = _people().disable(name, False)
    show({"user": _record(changed)}, lambda: [f"{changed.name} may sign in again."], as_json=as_json)
    return 0


@command.command("sign-out")
@click.argument("name")
@json_option
def sign_out(name: str, as_json: bool) -> int:
    """End every session of NAME."""
    ended = _people().end_all(name)
    show({"ended": ended}, lambda: [f"{ended} sessions ended."], as_json=as_json)
    return 0


@command.command("remove")
@click.argument("name")
@json_option
def remove(name: str, as_json: bool) -> int:
    """Remove the account of NAME; what she decided keeps her name."""
    people = _people()
    there = people.find(name)
    people.remove(name)
    show({"removed": there.name}, lambda: [f"The account of {there.name} is removed."], as_json=as_json)
    return 0


def _people() -> People:
    from translate import settings
    from translate.pipeline.desk.people import People

    people = People(settings.workspace())
    click.get_current_context().call_on_close(people.close)
    return people


def _password(piped: bool) -> str:
    if piped:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt="The same again", err=True))


def _link(people: People, name: str, address: str) -> str:
    return f"{address.rstrip('/')}/join/{people.invite(name)}"


def _told(link: str) -> list[str]:
    return [f"This link works once, for a week, and is shown only now:\n\n  {link}\n"] if link else []


def _record(one: Person) -> dict[str, object]:
    works = {key: role.word for key, role in one.works}
    return {"name": one.name, "role": one.role.word, "works": works, "joined": one.joined, "disabled": one.disabled, "since": one.since}


def _lines(people: tuple[Person, ...]) -> list[str]:
    if not people:
        return ["Nobody has an account yet: 'dragoman users add NAME --role owner' makes the first."]
    rows = [("name", "role", "in single works", "")]
    for one in people:
        works = ", ".join(f"{key}: {role.word}" for key, role in one.works)
        rows.append((one.name, one.role.word, works, "shut out" if one.disabled else "" if one.joined else "invited"))
    return table(rows)
