"""The sections of a page as its wiki counts them, and which of them stand for those of the page on it in the sister wiki."""

from __future__ import annotations

from dataclasses import dataclass

from translate.errors import WikiError, WikiUnreachable
from translate.wiki.client import Client


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of a page: its level, and the name that a link leads to it by (of two that are alike the second has a number)."""

    level: int
    name: str


def of_page(client: Client, title: str) -> tuple[Section, ...]:
    """The sections of a page in its order, those that its templates make too; a redirect has those of the page it leads to. None where there is no such page. Raises ``WikiUnreachable``."""
    try:
        answer = client.ask(action="parse", page=title, prop="sections", redirects=True, disablelimitreport=True)
    except WikiUnreachable:
        raise
    except WikiError:  # no page, or none that is parsed
        return ()
    return tuple(Section(int(row["level"]), str(row["anchor"]).replace("_", " ")) for row in answer["parse"].get("sections", ()))


def by_place(ours: tuple[Section, ...], theirs: tuple[Section, ...]) -> dict[str, str]:
    """What each section of a page is called on the other, by its place: only where both have as many, of the same levels one after the other; else nothing."""
    if [one.level for one in ours] != [one.level for one in theirs]:
        return {}
    return {one.name: other.name for one, other in zip(ours, theirs, strict=True)}
