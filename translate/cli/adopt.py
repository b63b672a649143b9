"""``dragoman adopt``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.shown import json_option, show

if TYPE_CHECKING:
    from translate.pipeline.interchange.adoption import Adopted

SHOWN = 12
WIDTH = 110


@click.command("adopt")
@click.argument("work")
@click.argument("other", type=click.Path(path_type=Path))
@click.option("--to", default="", metavar="LANG", help="Language of the translation, where WORK is a source that is not imported yet.")
@click.option("--from", "from_", default="", metavar="LANG", help="Language of the source, where it says it wrongly or not at all.")
@click.option("--out", type=click.Path(path_type=Path), default="output", show_default=True, help="Folder for works.")
@click.option("--who", default="", metavar="NAME", help="Whose translation it is (else the file's name).")
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be adopted; change nothing.")
@json_option
def command(work: str, other: Path, to: str, from_: str, out: Path, who: str, dry: bool, as_json: bool) -> int:
    """Adopt OTHER, an unfinished or older human translation of WORK (a work, or a source with --to), as that person's wording.

    OTHER is a book, a page, a text file, or pairs (TMX, XLIFF, TSV). What is certain is approved and never done over;
    what is doubtful is listed, and shown to the model and the reviewer as an example. 'dragoman translate' then does what is missing.
    """
    from translate.pipeline.interchange import adoption

    done = adoption.adopt(adoption.find(work, to=to, from_=from_, out=out), other, who=who, dry=dry)
    value = {
        "work": str(done.folder.path),
        "adopted": done.adopted,
        "with_findings": done.findings,
        "doubtful": [asdict(one) for one in done.doubts],
        "kept": done.kept,
        "missing": done.missing,
        "extra": list(done.extra),
        "dry_run": dry,
    }
    show(value, lambda: _lines(done, other, dry), as_json=as_json)
    return 0


def _lines(done: Adopted, other: Path, dry: bool) -> list[str]:
    from translate.document import excerpt

    lines = [f"{done.adopted:,} passages of {other.name} {'would be' if dry else 'are'} adopted, {done.findings:,} of them with findings."]
    if done.kept:
        lines.append(f"{done.kept:,} passages were approved before and stay as they are.")
    if done.doubts:
        lines.append(f"{len(done.doubts):,} are doubtful and were not adopted{'; the model will see them as examples' if done.remembered else ''}:")
        for one in done.doubts[:SHOWN]:
            lines += [f"  {one.segment}: {one.why}", f"    {excerpt(one.source, WIDTH)}", f"    {excerpt(one.theirs, WIDTH)}"]
        lines += [f"  … and {len(done.doubts) - SHOWN:,} more (--json has all)."] if len(done.doubts) > SHOWN else []
    if done.missing:
        lines.append(f"{done.missing:,} passages have no counterpart there: dragoman translate does them.")
    if done.extra:
        lines.append(f"{len(done.extra):,} passages are only in {other.name}, the first: {excerpt(done.extra[0], WIDTH)}")
    return lines
