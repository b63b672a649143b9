"""``dragoman rule``: what corrections teach."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import click

from translate.cli.shown import Bar, json_option, show

if TYPE_CHECKING:
    from translate.pipeline.rules import Asking, Place, Proposal
    from translate.pipeline.works import Folder

SHOWN = 5
"""So many places are shown of each kind; --json has them all."""

source_option = click.option("--source", default="", metavar="WORD", help="The word of the source that it is about, where that could not be told.")
ask_option = click.option("--ask", is_flag=True, help="Ask the work's model for the places that code cannot mend; the same is never paid twice.")
who_option = click.option("--who", default=None, metavar="NAME", help="Who decides (else the user's name on this machine).")


@click.group("rule")
def command() -> None:
    """Make a correction the rule: see every other place, mend them, take it back as one.

    "dragoman correct" says what a correction suggests. Nothing that a person approved is ever changed.
    """


@command.command("propose")
@click.argument("work")
@click.argument("segment", required=False, default="")
@source_option
@ask_option
@json_option
def propose(work: str, segment: str, source: str, ask: bool, as_json: bool) -> int:
    """Show the rules that the correction of SEGMENT suggests, and every place before and after. Nothing is changed.

    Without SEGMENT: what all corrections of WORK suggest (of the last 50), however they came in, as far as it touches other places and is no rule yet.
    """
    from translate.pipeline import rules, works

    folder = works.find(work)
    asking = _asking(folder) if ask else None
    found = rules.propose(folder, segment, source=source, asking=asking) if segment else rules.suggestions(folder)
    show({"proposals": [record(one) for one in found]}, lambda: _proposals(found, folder.called), as_json=as_json)
    return 0


@command.command("accept")
@click.argument("work")
@click.argument("segment")
@click.option("--number", default=1, show_default=True, metavar="N", help="Which of the proposals.")
@source_option
@ask_option
@who_option
@json_option
def accept(work: str, segment: str, number: int, source: str, ask: bool, who: str | None, as_json: bool) -> int:
    """Make what the correction of SEGMENT suggests the rule: a line of the ledger, and every place mended that can be.

    Without --ask, places where grammar must follow are flagged, and the next run asks for them.
    """
    from translate.pipeline import rules, works

    folder = works.find(work)
    done = rules.accept(folder, segment, number=number, source=source, who=who or getpass.getuser(), asking=_asking(folder) if ask else None)
    value = {
        "rule": done.rule,
        "source": done.line.lemma,
        "target": done.line.target,
        "forbidden": list(done.line.forbidden),
        "mended": list(done.mended),
        "waiting": list(done.waiting),
        "approved": list(done.approved),
    }
    lines = [f"Rule {done.rule}: '{done.line.lemma}' is '{done.line.target}', not '{done.line.forbidden[-1]}'. {len(done.mended)} places were mended."]
    lines += [f"{len(done.waiting)} wait for a request: dragoman translate asks for these and no others."] if done.waiting else []
    lines += [f"{len(done.approved)} were approved by a person and stay as they are: {', '.join(done.approved)}."] if done.approved else []
    show(value, lambda: [*lines, f"To take it back: dragoman rule undo {folder.called} {done.rule}"], as_json=as_json)
    return 0


@command.command("list")
@click.argument("work", required=False, default="")
@json_option
def list_(work: str, as_json: bool) -> int:
    """List the rules that corrections made in WORK."""
    from translate.pipeline import rules, works

    found = rules.rules(works.find(work))
    value = [
        {"rule": one.number, "source": one.decision.line.lemma, "target": one.decision.line.target, "why": one.decision.why, "places": len(one.places)}
        for one in found
    ]
    lines = [f"{row['rule']}  {row['source']} = {row['target']}  {row['why']}; {row['places']} places" for row in value]
    show({"rules": value}, lambda: lines or ["No correction was made a rule."], as_json=as_json)
    return 0


@command.command("show")
@click.argument("work")
@click.argument("rule", type=int)
@json_option
def show_rule(work: str, rule: int, as_json: bool) -> int:
    """Show what RULE did: each passage it touched, and how."""
    from translate.pipeline import rules, works

    one = rules.find(works.find(work), rule)
    line = one.decision.line
    value = {
        "rule": rule,
        "source": line.lemma,
        "target": line.target,
        "forbidden": list(line.forbidden),
        "who": one.decision.who,
        "at": one.decision.at,
        "places": dict(one.places),
    }
    head = f"Rule {rule} by {one.decision.who} on {one.decision.at[:10]}: '{line.lemma}' is '{line.target}'. {one.decision.why}."
    show(value, lambda: [head, *(f"{segment}  {why}" for segment, why in one.places)], as_json=as_json)
    return 0


@command.command("undo")
@click.argument("work")
@click.argument("rule", type=int)
@who_option
@json_option
def undo(work: str, rule: int, who: str | None, as_json: bool) -> int:
    """Take RULE back as one: the ledger and every passage are as they were before it."""
    from translate.pipeline import rules, works

    back = rules.undo(works.find(work), rule, who=who or getpass.getuser())
    show({"rule": rule, "restored": list(back)}, lambda: [f"Rule {rule} was taken back; {len(back)} passages are as they were."], as_json=as_json)
    return 0


def _asking(folder: Folder) -> Asking:
    from translate.pipeline import order
    from translate.pipeline.rules import Asking

    return Asking(order.again(folder), Bar())


def record(one: Proposal) -> dict[str, object]:
    """A proposal in plain values, for JSON."""
    return {
        "segment": one.segment,
        "number": one.number,
        "source": one.lesson.source,
        "old": one.lesson.old,
        "new": one.lesson.new,
        "places": [{"segment": place.segment.id, "document": place.segment.document, "how": place.how, **_texts(place)} for place in one.places],
    }


def _texts(place: Place) -> dict[str, str | None]:
    from translate.document import plain

    return {"source": plain(place.segment.source), "before": plain(place.before), "after": plain(place.after) if place.after is not None else None}


def summary(one: Proposal) -> str:
    """A proposal in one sentence."""
    about = f" for '{one.lesson.source}'" if one.lesson.source else ""
    more = f"{one.total} more place{'s' * (one.total != 1)}" if one.total else "no other place"
    return f"{one.number}. You changed '{one.lesson.old}' to '{one.lesson.new}'{about}: {more}."


def _proposals(found: tuple[Proposal, ...], name: str) -> list[str]:
    lines: list[str] = []
    for one in found:
        lines += [summary(one), *_places(one)]
        number = f" --number {one.number}" if one.number > 1 else ""
        source = "" if one.lesson.source else " --source WORD"
        lines.append(f"   Make it the rule: dragoman rule accept {name} {one.segment}{number}{source}")
    return lines or ["The correction suggests no rule."]


def _places(one: Proposal) -> list[str]:
    lines = []
    for how, said in (("code", "mended by code"), ("request", "grammar must follow: a request mends it"), ("approved", "approved by a person: stays")):
        places = [place for place in one.places if place.how == how]
        for place in places[:SHOWN]:
            texts = _texts(place)
            lines += [f"   {place.segment.id}  {said}", f"     - {texts['before']}", *([f"     + {texts['after']}"] if texts["after"] else [])]
        lines += [f"   … {len(places) - SHOWN} more {said}"] if len(places) > SHOWN else []
    return lines
