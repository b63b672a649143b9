"""Many pages at once, with one login: each is published or named with its error, none stops the others but a wiki that is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from translate.errors import FINISHED, DragomanError, WikiError, WikiUnreachable
from translate.pipeline import works
from translate.pipeline.progress import Progress
from translate.pipeline.wikis import register, upkeep
from translate.pipeline.wikis.publishing import Place, Published, Wish, publish_with
from translate.pipeline.wikis.publishing import publish as publish_one
from translate.pipeline.wikis.upkeep import Updated
from translate.wiki import known, siteinfo
from translate.wiki.client import Client

MOST_FAILURES = 3
"""So many pages in a row that the wiki does not answer end the round."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one work: what was published, or the error."""

    work: str
    published: Published | None = None
    error: DragomanError | None = None

    @property
    def exit_code(self) -> int:
        """As ``errors`` defines them."""
        return self.error.exit_code if self.error is not None else FINISHED


def publish(names: Sequence[str], wish: Wish, *, out: Path, client: Client | None = None) -> Iterator[Attempt]:
    """Publish the page of each work, one after the other. ``client`` is one that is logged in already.

    Raises ``SettingError`` and ``WikiError`` where the wiki is not known or lets nobody in.
    """
    wiki = known.find(wish.wiki)
    with client or register.opened(wiki, local_only=wish.local_only, login=True) as session:
        place, silent = Place(wiki, siteinfo.read(session), session), 0
        for name in names:
            if silent >= MOST_FAILURES:
                yield Attempt(
                    name, error=WikiUnreachable(f"{session.host} did not answer {silent} times in a row: run the same command again later.", "network")
                )
                continue
            try:
                attempt = Attempt(name, publish_with(works.find(name, out=out), wish, place))
                silent = 0
            except WikiUnreachable as error:
                silent += 1
                attempt = Attempt(name, error=error)
            except DragomanError as error:
                attempt = Attempt(name, error=error)
            yield attempt


def update(title: str, progress: Progress, *, out: Path, model: str = "", wish: Wish | None = None) -> tuple[Updated, DragomanError | None]:
    """Bring a page up to date, and publish it as ``wish`` says where there is one: what was done, and what publishing was refused for.

    It goes where it was published last (wherever people moved that) unless the wish names a title, and what people changed there is joined with it. Raises ``DragomanError`` where the page cannot be brought up to date.
    """
    folder = upkeep.find(title, out=out)
    updated = upkeep.update(folder, progress, model=model)
    if wish is None or updated.result.error is not None:
        return updated, updated.result.error
    last = upkeep.last_place(folder, wish.wiki)
    wish = replace(wish, final=bool(last and last.kind == "final"), merge=True, again=True)
    try:
        return replace(updated, published=publish_one(folder, wish)), None
    except WikiError as error:
        return updated, error
