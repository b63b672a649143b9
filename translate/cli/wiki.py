"""``dragoman wiki``: the wikis that the user works with, and what is done on them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli import wiki_import
from translate.cli.shown import Bar, json_option, several, show, show_waits, table

if TYPE_CHECKING:
    from translate.pipeline.wikis.pulling import Pulled
    from translate.pipeline.wikis.rounds import Attempt
    from translate.pipeline.wikis.upkeep import Kept, Updated


@click.group("wiki")
def command() -> None:
    """Keep the wikis that you work with, publish drafts there, and keep them in step with their sources.

    A page is translated with 'dragoman translate https://WIKI/wiki/TITLE --to LANG'.
    """
    show_waits()


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
            *register.doubts(wiki, site),
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


@command.command("set")
@click.argument("name")
@click.argument("line", default="", metavar="[LINE]")
@click.argument("value", required=False, metavar="[VALUE]")
@json_option
def set_(name: str, line: str, value: str | None, as_json: bool) -> int:
    """Show what the file of the wiki NAME says, or one LINE of it, or let it say VALUE.

    \b
    dragoman wiki set de missing_pages interwiki
    dragoman wiki set de dropped_templates 'Stub, Citation needed'
    dragoman wiki set de templates.Quote.text translate
    dragoman wiki set de categories.Work Arbeit
    """
    from translate.pipeline.wikis import register
    from translate.wiki import known

    wiki = register.settings(name, line, value)
    show(asdict(wiki), lambda: list(known.as_lines(wiki, line)), as_json=as_json)
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
@json_option
def password(name: str, as_json: bool) -> int:
    """Put the bot password of the wiki NAME into the system's keyring. It is asked for and does not show."""
    from translate.wiki import known

    known.find(name)
    known.keep_password(name, click.prompt("Bot password", hide_input=True, err=True))
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


@command.command("publish")
@click.argument("works", nargs=-1, required=True, metavar="WORK...")
@click.option("--wiki", required=True, metavar="NAME", help="The known wiki to publish on.")
@click.option("--as", "title", default="", metavar="TITLE", help="Title of the page there; without it the wiki's place for drafts and the source's title.")
@click.option(
    "--final", is_flag=True, help="For readers, not a draft: any namespace, its categories hold; only where nothing is flagged or a person approved it."
)
@click.option("--reviewer", default="", metavar="NAME", help="Who has read it, for the wiki's notice.")
@click.option("--any-licence", is_flag=True, help="You have made sure that the text may be published there.")
@click.option("--with-faults", is_flag=True, help="Save a draft though the wiki's parser finds faults in it.")
@click.option("--merge", is_flag=True, help="Where people changed our page since: join their changes with ours, line by line; without it nothing is saved then.")
@click.option("--dry-run", is_flag=True, help="Check everything and save nothing.")
@click.option("--out", type=click.Path(path_type=Path), default="output", show_default=True, help="Folder for works.")
@click.option("--local-only", is_flag=True, help="Refuse a wiki that is not on this machine.")
@json_option
def publish(works: tuple[str, ...], title: str, out: Path, as_json: bool, **options: Any) -> int:
    """Publish the pages of WORKs on a wiki, as drafts: with the source and its revision in the edit summary, and what the wiki wants on page and talk page.

    A page that is there and is not our own last revision is never overwritten. What was saved is read again, compared, and kept with the work.
    """
    from translate.pipeline.wikis import rounds
    from translate.pipeline.wikis.publishing import Wish

    if title and len(works) > 1:
        raise click.UsageError("--as names one page: give one WORK with it.")
    done = tuple(rounds.publish(works, Wish(title=title, **options), out=out))
    value = [
        {"work": one.work, "published": asdict(one.published) if one.published else None, "error": str(one.error) if one.error else None, "code": _code(one)}
        for one in done
    ]
    show({"pages": value}, lambda: [line for one in done for line in _told(one)], as_json=as_json)
    return max(one.exit_code for one in done)


def _code(one: Attempt) -> str:
    """The wiki's own word for what went wrong, for scripts."""
    return str(getattr(one.error, "code", ""))


def _told(one: Attempt) -> list[str]:
    if one.published is None:
        return [f"{one.work}: {one.error}"]
    made = one.published
    lines = [f"{one.work}: {'would be saved' if made.state == 'not saved' else made.state}: {made.title}" + (f", revision {made.revision}" if made.revision else "")]
    lines += [f"  {made.url}", f"  Summary: {made.summary}"]
    if made.talk:
        lines.append(f"  The talk page has its notice (revision {made.talk}).")
    return lines + [f"  Note: {remark}" for remark in made.remarks]


@command.command("preview")
@click.argument("work")
@click.option("--wiki", default="", metavar="NAME", help="The known wiki that renders it; without it the one the page goes to.")
@click.option("--out", type=click.Path(path_type=Path), default="output", show_default=True, help="Folder for works.")
@click.option("--local-only", is_flag=True, help="Refuse a wiki that is not on this machine.")
@json_option
def preview(work: str, wiki: str, out: Path, local_only: bool, as_json: bool) -> int:
    """Let the wiki render the page of WORK as it stands now, into preview.html of its folder. Nothing is translated, nothing is saved on the wiki."""
    from translate.pipeline import works
    from translate.pipeline.wikis import showing

    path, seen = showing.preview_work(works.find(work, out=out), wiki=wiki, local_only=local_only)
    said = showing.complaints(seen)
    show({"preview": str(path), "parser": list(said), "references": seen.references}, lambda: [*said, f"Preview: {path}"], as_json=as_json)
    return 0


@command.command("pull")
@click.argument("works", nargs=-1, required=True, metavar="WORK...")
@click.option("--wiki", default="", metavar="NAME", help="The known wiki to look at; without it the one the work was published on last.")
@click.option("--as", "title", default="", metavar="TITLE", help="Title of the page there, where the work was published as several.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken over, and keep nothing.")
@click.option("--out", type=click.Path(path_type=Path), default="output", show_default=True, help="Folder for works.")
@click.option("--local-only", is_flag=True, help="Refuse a wiki that is not on this machine.")
@json_option
def pull(works: tuple[str, ...], out: Path, as_json: bool, **options: Any) -> int:
    """Bring what people changed on the published pages of WORKs back into the works, as their wording: approved, under their name, never overwritten by a run.

    What cannot be taken over (a paragraph that is new or gone, changed markup, a passage that was changed here too) is listed; such is settled with 'dragoman correct', or by hand on the wiki.
    """
    from translate.pipeline import works as shelf
    from translate.pipeline.wikis import pulling

    done = tuple((name, pulling.pull(shelf.find(name, out=out), **options)) for name in works)
    show({"pages": [{"work": name, **asdict(one)} for name, one in done]}, lambda: [line for name, one in done for line in _pulled_lines(name, one, dry=options["dry_run"])], as_json=as_json)
    return 0


def _pulled_lines(name: str, one: Pulled, *, dry: bool) -> list[str]:
    if not one.who:
        return [f"{name}: nobody changed {one.title} since it was published."]
    lines = [f"{name}: {one.title}, revision {one.revision}, by {one.who}: {several(len(one.adopted), 'passage')} {'would be ' if dry else ''}taken over, {len(one.unsettled)} left to you."]
    for taken in one.adopted:
        lines += [f"  {taken.segment}", f"    was: {taken.before}", f"    now: {taken.wording}"]
    for left in one.unsettled:
        lines += [f"  {left.segment or 'no passage'}: {left.why}", f"    ours:   {left.ours}", f"    theirs: {left.theirs}"]
    return lines if dry else [*lines, f"What changed here goes there, beside their changes, with: dragoman wiki publish {name} --wiki {one.wiki} --merge"]


@command.command("status")
@click.option("--out", type=click.Path(path_type=Path), default="output", show_default=True, help="Folder for works.")
@click.option("--all", "everything", is_flag=True, help="List the pages that are current too.")
@click.option("--local-only", is_flag=True, help="Refuse a wiki that is not on this machine.")
@json_option
def status(out: Path, everything: bool, local_only: bool, as_json: bool) -> int:
    """List translated pages whose source has changed since; nothing is changed."""
    from translate.pipeline.wikis import upkeep

    kept = upkeep.status(out, local_only=local_only)
    value = {
        "pages": [
            asdict(one) | {"work": str(one.work), "published": [{"wiki": p.wiki, "title": p.title, "revision": p.revision} for p in one.published]}
            for one in kept
        ]
    }
    show(value, lambda: _kept_lines(kept, everything), as_json=as_json)
    return 0


def _kept_lines(kept: tuple[Kept, ...], everything: bool) -> list[str]:
    says = {"changed": "changed {when}", "gone": "is gone from its wiki", "moved": "is called '{note}' now", "merged": "leads to '{note}' now: translate that page", "unknown": "unknown: {note}", "current": "current"}
    shown = [one for one in kept if everything or one.state != "current"]
    rows = [(one.title, one.language, says[one.state].format(when=one.changed, note=one.note), str(one.work)) for one in shown]
    current = sum(1 for one in kept if one.state == "current")
    return [
        *table(rows),
        f"{several(len(kept), 'translated page')}, {current} current." + (" dragoman wiki update TITLE does the changed passages." if any(one.state in ("changed", "moved") for one in kept) else ""),
    ]


@command.command("update")
@click.argument("title")
@click.option(
    "--publish", "wiki", default="", metavar="NAME", help="Publish on this known wiki, over our own page there, joined with what people changed on it."
)
@click.option("--as", "page", default="", metavar="TITLE", help="Title of the page there; without it where it was published last.")
@click.option("--model", default="", metavar="SPEC", help="Another model than the work's last one.")
@click.option("--reviewer", default="", metavar="NAME", help="Who has read it, for the wiki's notice.")
@click.option("--any-licence", is_flag=True, help="You have made sure that the text may be published there.")
@click.option("--with-faults", is_flag=True, help="Save a draft though the wiki's parser finds faults in it.")
@click.option("--out", type=click.Path(path_type=Path), default="output", show_default=True, help="Folder for works.")
@json_option
def update(title: str, wiki: str, page: str, model: str, out: Path, as_json: bool, **options: Any) -> int:
    """Bring the translation of TITLE (or of a work) up to the present revision of its source: only what changed is translated, and what a person wrote stays.

    Shows what changed in the source and in the translation. What people and we changed alike on the published page is shown and not overwritten.
    """
    from translate.pipeline.wikis import rounds
    from translate.pipeline.wikis.publishing import Wish

    bar = Bar()
    try:
        updated, error = rounds.update(title, bar, out=out, model=model, wish=Wish(wiki, page, **options) if wiki else None)
    except KeyboardInterrupt:
        raise click.Abort from None
    finally:
        bar.finish()
    value: dict[str, object] = {
        "title": updated.title,
        "moved": updated.moved,
        "revisions": updated.revisions,
        "source": updated.source,
        "target": updated.target,
        "error": str(error) if error else None,
    }
    value["published"] = asdict(updated.published) if updated.published else None
    show(value, lambda: _update_lines(updated), as_json=as_json)
    if error is not None:
        click.echo(f"Error: {error}", err=True)
        return error.exit_code
    return updated.result.exit_code


def _update_lines(updated: Updated) -> list[str]:
    moved = [f"{updated.title} is called '{updated.moved}' now."] if updated.moved else []
    if not updated.source and not updated.target:
        lines = [*moved, f"{updated.moved or updated.title} is current (revision {updated.revisions[1]})."]
    else:
        lines = [*moved, f"{updated.title}: revision {updated.revisions[0]} to {updated.revisions[1]}, {several(updated.result.asked, 'passage')} translated anew."]
        lines += ["", "In the source:", updated.source or "(nothing)", "", "In the translation:", updated.target or "(nothing)"]
    if updated.published is not None:
        lines += ["", f"{updated.published.state}: {updated.published.title}, revision {updated.published.revision}", *updated.published.remarks]
    return lines


command.add_command(wiki_import.command)
