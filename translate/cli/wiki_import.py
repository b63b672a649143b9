"""``dragoman wiki import``: a whole wiki's export."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.results import quote_lines
from translate.cli.shown import Bar, json_option, report_line, show
from translate.errors import FINISHED

if TYPE_CHECKING:
    from translate.pipeline.wikis.dumps import Imported

BOOK = ("book", "images", "licence", "renderer")
CHOICE = ("namespaces", "categories", "recurse", "titles")


@click.command("import")
@click.argument("dump", type=click.Path(path_type=Path), metavar="DUMP")
@click.option("--to", required=True, metavar="LANG", help="Language to translate into.")
@click.option("--from", "from_", metavar="LANG", help="Language of the wiki, where the export says it wrongly or not at all.")
@click.option("--namespace", "namespaces", multiple=True, metavar="NAME", help="Take pages of this namespace (number or name; 'all'); may be given again. Without a choice: the main one.")
@click.option("--category", "categories", multiple=True, metavar="NAME", help="Take pages whose wikitext puts them into this category; may be given again.")
@click.option("--recurse", is_flag=True, help="Take the categories below it too.")
@click.option("--titles", type=click.Path(path_type=Path), metavar="FILE", help="Take the pages of this list, a title a line.")
@click.option("--wiki", default="", metavar="NAME", help="The known wiki that the export is of: its magic words and extensions are asked for.")
@click.option("--sister", default="", metavar="NAME", help="The known wiki that the pages go to: its names are used, and only links to pages that are there.")
@click.option("--book", default="", metavar="LIST", help="Make one EPUB: a file with a title a line or a collection (:[[Page]], ;Part), or the title of a collection page. Without another choice, its pages are taken.")
@click.option("--images", type=click.Path(path_type=Path), metavar="FOLDER", help="Folder with the pictures of the book, by their names in the wiki.")
@click.option("--licence", default="", metavar="TEXT", help="Licence of the wiki, for the book's licence page, where it is not known from --wiki.")
@click.option("--rendered-by", "renderer", default="", metavar="NAME", help="Known wiki whose own parser renders the chapters of the book.")
@click.option("--as", "forms", type=click.Choice(["pages", "xml"]), multiple=True, default=("pages",), show_default=True, help="What is written: a file for each page, or an export to import; may be given again.")
@click.option("--with-existing", is_flag=True, help="Put pages into the export that the sister has already; an import replaces their text. Else they are left out.")
@click.option("--model", default="embedded", show_default=True, metavar="SPEC", help="As for 'dragoman translate'.")
@click.option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server.")
@click.option("--escalate-model", "escalate", metavar="SPEC", help="Model that is asked for what the first one cannot mend.")
@click.option("--glossary", "glossaries", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="Glossary; may be given again.")
@click.option("--style", type=click.Path(path_type=Path), metavar="FILE", help="Style sheet.")
@click.option("--out", type=click.Path(path_type=Path), default="output", show_default=True, help="Folder for works.")
@click.option("--jobs", type=click.IntRange(1, 1000), metavar="N", help="Requests side by side.")
@click.option("--budget", type=click.FloatRange(min=0), metavar="AMOUNT", help="Most money to spend on this work, all runs together.")
@click.option("--price", metavar="P/C/A", help="Price per million tokens: prompt/cached prompt/answer.")
@click.option("--memory", type=click.Choice(["off", "suggest", "context", "exact"]), default="context", show_default=True, help="What is taken from the translation memory without a call.")
@click.option("--tries", type=click.IntRange(1, 10), default=3, show_default=True, metavar="N", help="Most requests for one segment.")
@click.option("--prescan/--no-prescan", default=True, show_default=True, help="Read the pages first (of more than 1,500 an even share) and propose one ledger for all: terms, names, abbreviations. A model that can is asked once about the candidates.")
@click.option("--refresh", is_flag=True, help="Ask again for everything that no person has approved.")
@click.option("--quote", "only_quote", is_flag=True, help="Import the pages, say what translating them would take (tokens, money, time), and stop.")
@click.option("--local-only", is_flag=True, help="Nothing leaves this machine: no model and no wiki elsewhere.")
@json_option
def command(dump: Path, only_quote: bool, as_json: bool, **options: Any) -> int:
    """Take a wiki's export (a dump, or what Special:Export gives: .xml, .xml.bz2, .gz, .xz, .7z) as one work, translate it, and write its pages.

    Of each page the latest revision counts; redirects are followed, not translated. Stopped at any moment, the same command goes on where it was.
    """
    from translate.pipeline.order import Order
    from translate.pipeline.wikis import dumps
    from translate.pipeline.wikis.choosing import Choice
    from translate.pipeline.wikis.selecting import Import
    from translate.pipeline.wikis.unloading import Wish

    choice = Choice(**{name: options.pop(name) for name in CHOICE})
    book = dumps.Book(**{name: options.pop(name) for name in BOOK})
    wanted = Import(dump, choice, options.pop("wiki"), options.pop("sister"), options["local_only"])
    forms = options.pop("forms")
    wish = Wish(pages="pages" in forms, xml="xml" in forms, with_existing=options.pop("with_existing"))
    order = Order(source=dump, **options)
    bar = Bar()
    try:
        if only_quote:
            quote = dumps.quoted(wanted, order, bar, book=book)
            show(asdict(quote), lambda: quote_lines(quote, order), as_json=as_json)
            return FINISHED
        done = dumps.carry_out(wanted, order, wish, bar, book=book)
    except KeyboardInterrupt:
        raise click.Abort from None
    finally:
        bar.finish()
    show(_value(done), lambda: _lines(done), as_json=as_json)
    if done.error is not None:
        click.echo(f"Error: {done.error}", err=True)
    return done.exit_code


def _value(done: Imported) -> dict[str, object]:
    written = done.written
    return {
        "work": str(done.folder.path),
        "pages": str(written.pages) if written and written.pages else None,
        "count": written.count if written else 0,
        "xml": str(written.xml) if written and written.xml else None,
        "book": str(written.book) if written and written.book else None,
        "report": str(done.folder.report(".html")),
        "segments": dict(done.statuses),
        "asked": done.asked,
        "errors": written.errors if written else 0,
        "warnings": written.warnings if written else 0,
        "remarks": list(done.remarks),
        "exit_code": done.exit_code,
    }


def _lines(done: Imported) -> list[str]:
    counts = dict(done.statuses)
    good = counts.get("accepted", 0) + counts.get("approved", 0)
    lines = [f"{good:,} of {sum(counts.values()):,} passages passed every check or were approved by a person."]
    if counts.get("flagged"):
        lines.append(f"{counts['flagged']:,} are flagged: dragoman findings {done.folder.path}")
    if counts.get("pending"):
        lines.append(f"{counts['pending']:,} are not translated yet and stand as they are in the source: run the same command again to go on.")
    lines += [f"Note: {remark}" for remark in done.remarks[:10]]
    written = done.written
    if written is not None:
        lines += [f"Pages:  {written.pages} ({written.count:,})"] if written.pages else []
        lines += [f"Export: {written.xml}"] if written.xml else []
        lines += [f"Book:   {written.book}"] if written.book else []
        lines.append(report_line(done.folder))
    return lines
