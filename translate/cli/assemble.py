"""``dragoman assemble``."""

from __future__ import annotations

import click

from translate.cli.shown import json_option, report_line, show, work_argument


@click.command("assemble")
@work_argument
@click.option("--bilingual", is_flag=True, help="Keep the source beside the translation, paragraph by paragraph.")
@click.option("--validate", is_flag=True, help="Put epubcheck's verdicts before and after into the report, where it is installed.")
@json_option
def command(work: str, bilingual: bool, validate: bool, as_json: bool) -> int:
    """Build the book and the report of WORK again from its store; no model is asked."""
    from translate.errors import FINDINGS_LEFT, FINISHED
    from translate.pipeline import results, works
    from translate.store import Store

    folder = works.find(work)
    with Store.open(folder.store) as store:
        built = results.build(store, folder, bilingual=bilingual, validate=validate)
    value = {"book": str(built.book), "report": str(folder.report(".html")), "errors": built.errors, "warnings": built.warnings, "remarks": list(built.remarks)}
    show(value, lambda: [f"Book:   {built.book}", report_line(folder), *(f"Note: {one}" for one in built.remarks)], as_json=as_json)
    return FINDINGS_LEFT if built.errors else FINISHED
