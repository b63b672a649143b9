"""``dragoman translate``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from translate.cli.results import as_value, quote_lines, result_lines
from translate.cli.shown import Bar, json_option, show
from translate.cli.wiki_pages import pages


@click.command("translate")
@click.argument("source")
@click.option("--to", "to", required=True, metavar="LANG", help="Language to translate into (de, es, pt-BR …).")
@click.option("--from", "from_", metavar="LANG", help="Language of the source, where the book says it wrongly or not at all.")
@click.option(
    "--model", default="embedded", show_default=True, metavar="SPEC", help="embedded, embedded:PATH.gguf, hosted:NAME, echo, pseudo; see 'dragoman models'."
)
@click.option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server (else OPENAI_BASE_URL). The key comes from OPENAI_API_KEY.")
@click.option("--escalate-model", "escalate", metavar="SPEC", help="Model that is asked for what the first one cannot mend.")
@click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Glossary (CSV, TBX, XLSX, ODS or wikitext); may be given again, the later wins. Kept with the work: later runs hold it, 'none' takes it away.",
)
@click.option("--out", type=click.Path(path_type=Path), default="output", show_default=True, help="Folder for works.")
@click.option("--jobs", type=click.IntRange(1, 1000), metavar="N", help="Requests side by side (else what the model can serve).")
@click.option("--budget", type=click.FloatRange(min=0), metavar="AMOUNT", help="Most money to spend on this work, all runs together; never passed.")
@click.option("--price", metavar="P/C/A", help="Price per million tokens: prompt/cached prompt/answer.")
@click.option("--quote", "only_quote", is_flag=True, help="Say what it would take (tokens, money, time) and stop.")
@click.option("--bilingual", is_flag=True, help="Keep the source beside the translation, paragraph by paragraph.")
@click.option("--validate", is_flag=True, help="Put epubcheck's verdicts before and after into the report, where it is installed.")
@click.option("--only", default="", metavar="GLOB", help="Translate only documents whose name fits.")
@click.option("--local-only", is_flag=True, help="Nothing leaves this machine: refuse a model that is elsewhere.")
@click.option("--refresh", is_flag=True, help="Ask again for everything that no person has approved.")
@click.option(
    "--memory",
    type=click.Choice(["off", "suggest", "context", "exact"]),
    default="context",
    show_default=True,
    help="Take from the translation memory without a call: nothing (suggest), the same text between the same neighbours (context), any same text (exact). off also remembers nothing.",
)
@click.option("--no-memory", is_flag=True, help="The same as --memory off.")
@click.option("--series", default="", metavar="NAME", help="Series the work belongs to: its other works are remembered first.")
@click.option("--without", multiple=True, metavar="CHECK", help="Switch a check off for this work; may be given again. 'none' switches all on again.")
@click.option("--judge", metavar="SPEC", help="Have another model read suspicious passages and a sample of the rest, and name errors of meaning.")
@click.option("--judge-sample", type=click.FloatRange(0, 100), default=5.0, show_default=True, metavar="PERCENT", help="How many of the other passages the judge reads.")
@click.option("--style", type=click.Path(path_type=Path), metavar="FILE", help="Style sheet: form of address, marks, numbers, wanted prose; kept with the work, 'none' takes it away. 'dragoman style LANG' prints one to begin with.")
@click.option("--prescan/--no-prescan", default=True, show_default=True, help="Read the whole work first and propose its ledger: terms, names, abbreviations. A model that can is asked once about the candidates (works of 3,000 words or more).")
@click.option("--tries", type=click.IntRange(1, 10), default=3, show_default=True, metavar="N", help="Most requests for one segment.")
@click.option("--wiki", default="", metavar="NAME", help="The known wiki that SOURCE is a title of (a page, or a category with all its pages).")
@click.option("--sister", default="", metavar="NAME", help="The known wiki that a page goes to, where the page's wiki does not link to it.")
@click.option("--recurse", is_flag=True, help="With a category of a wiki: take its subcategories too.")
@json_option
def command(source: str, only_quote: bool, no_memory: bool, as_json: bool, **options: Any) -> int:
    """Translate SOURCE, an EPUB or an HTML, Markdown or text file: import it or go on with it, run, build the book and the report.

    SOURCE may also be the address of a page or category of a MediaWiki (https://WIKI/wiki/TITLE), or @FILE, a list of such addresses (or, with --wiki, of titles).

    Stopped at any moment, the same command goes on where it was.
    """
    from translate.pipeline import order as orders
    from translate.pipeline.wikis.fetching import is_asked

    wiki = {name: options.pop(name) for name in ("wiki", "sister", "recurse")}
    order = orders.Order(source=Path(source), **options | ({"memory": "off"} if no_memory else {}))
    if is_asked(source, wiki["wiki"]):
        return pages(source, order, only_quote=only_quote, as_json=as_json, **wiki)
    if only_quote:
        quote = orders.quoted(order)
        show(asdict(quote), lambda: quote_lines(quote, order), as_json=as_json)
        return 0
    bar = Bar()
    try:
        result = orders.carry_out(order, bar)
    except KeyboardInterrupt:
        raise click.Abort from None
    finally:
        bar.finish()
    show(as_value(result), lambda: result_lines(result, order), as_json=as_json)
    if result.error is not None:
        click.echo(f"Error: {result.error}", err=True)
    return result.exit_code
