"""The history of what people decided in a work, and taking back a decision of it: what stood before stands again."""

from __future__ import annotations

from translate.errors import SettingError
from translate.pipeline.review import decisions
from translate.pipeline.works import Folder
from translate.store import Chosen, Decided, Review, Store


def latest(store: Store, who: str) -> Decided | None:
    """The latest decision of a person that still stands, or None."""
    return next((one for one in store.reviewing.decided(who=who, most=50) if one.stands), None)


def undo(store: Store, folder: Folder, one: Decided, *, who: str) -> None:
    """Take a decision back: the wording that stood before it stands again (an earlier person's as approved again), or the finding does.

    Raises ``SettingError`` where it does not stand any more, ``Overtaken`` where somebody else decided just now; nothing is changed then.
    """
    if one.kind == "dismissed":
        if not store.dismissing.withdraw(one.number, who=who):
            raise SettingError("That was taken back already: nothing was changed.")
        return
    events = [event for event in store.history(one.segment) if isinstance(event, (Chosen, Review))]
    place = next((place for place, event in enumerate(events) if isinstance(event, Review) and event.id == one.number), None)
    if place is None or not one.stands:
        raise SettingError(f"Something else was decided on {one.segment} since: nothing was changed.")
    this, before = events[place], events[place - 1] if place else None
    if isinstance(before, Review):
        decisions.restore(store, folder, one.segment, before.draft, who=who, seen=this.draft)
    else:
        decisions.reopen(store, one.segment, who=who, seen=this.draft)


def find(store: Store, kind: str, number: int) -> Decided:
    """The decision of this kind and number. Raises ``SettingError`` where there is none."""
    found = store.reviewing.decision(kind, number)
    if found is None:
        raise SettingError("There is no such decision in this work (any more).")
    return found
