"""The command line: one command a file, each imported when it is used, none with logic of its own."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from translate import __version__
from translate.errors import FINISHED, STOPPED, USAGE, DragomanError

COMMANDS = {
    "translate": "Translate a book or a page: import it or go on with it, run, build.",
    "inspect": "Account for every character of a source: what would be translated, what not, and why.",
    "status": "Say where a work stands.",
    "findings": "List what is flagged in a work.",
    "explain": "Tell the story of a segment: why it is as it is.",
    "correct": "Take a person's wording for a segment; it is never overwritten.",
    "queue": "List the passages that somebody should look at, the doubtful first.",
    "approve": "Approve what stands for a segment; a run never overwrites it.",
    "reopen": "Take an approval back.",
    "history": "List what people decided in a work, the latest first; take the last back.",
    "search": "Find words in either text, and replace them in translations.",
    "ask": "Ask the model again for one segment, with a wish.",
    "comment": "Put a comment beside a segment, or settle one.",
    "dismiss": "Say that a finding is none; it stays so until its text changes.",
    "ledger": "Show and change what is settled for a work: terms, names, who says du to whom.",
    "style": "Print a style sheet to edit: form of address, marks, numbers, wanted prose.",
    "check": "Audit a translation that anybody made.",
    "rule": "Make a correction the rule, everywhere; and take that back.",
    "glossary": "Check, convert and look into glossaries.",
    "assemble": "Build a work's book and report again from its store.",
    "verify": "Derive every hash of a work again and say what does not hold.",
    "compare": "Let several models translate one page of a work, side by side.",
    "serve": "Open the desk: translate, watch, review and publish in the browser.",
    "users": "Keep the accounts of a desk that several people use.",
    "review": "Open one work at the desk, at its first doubtful passage.",
    "export": "Take a work to another tool: XLIFF, TMX, a table, a Word document.",
    "import": "Bring it back: what a person changed there becomes her wording.",
    "adopt": "Take an existing human translation of the same work as its start.",
    "quotations": "List what a work quotes from others, with the references.",
    "memory": "Look into the translation memory, search, export, import, forget.",
    "wiki": "Keep wikis, publish drafts there, keep them in step with their sources.",
    "models": "Show which models can be used now; fetch one; try one.",
}
MODULES = {"import": "import_"}
"""The modules that cannot be called as their command is."""


class Commands(click.Group):
    """The group of all commands; a command's module is imported when it is called, so that help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the manual."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command ``name``, imported."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"translate.cli.{MODULES.get(name, name)}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dragoman")
def group() -> None:
    """Translates whole books with a language model, and proves what it did.

    \b
    Exit codes: 0 finished · 3 finished, but passages are flagged as errors · 4 stopped at the budget
    5 the model could not be reached or refused (run again to go on) · 6 the same of a wiki
    1 another error · 2 wrong usage
    """


YOUNG = 20_000
"""So many new objects make Python look for cycles that nobody holds any more. Its 700 cost a tenth of a run's processor time; values that never change make no cycles."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the code that ``errors`` gives; an error of ours is one line."""
    gc.set_threshold(YOUNG, 10, 10)
    try:
        code = group.main(args=None if arguments is None else list(arguments), standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = USAGE if isinstance(error, click.UsageError) else error.exit_code
    except click.Abort:
        click.echo("Stopped. Run the same command again to go on.", err=True)
        code = STOPPED
    except DragomanError as error:
        click.echo(f"Error: {error}", err=True)
        code = error.exit_code
    except BrokenPipeError:
        code = FINISHED
    sys.exit(code if isinstance(code, int) else FINISHED)
