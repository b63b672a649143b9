"""Keeps stand-ins and translations apart: what echo and pseudo gave is no translation, and neither may be taken for the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from translate.errors import SettingError
from translate.models.seam import DirectModel, Model
from translate.store import Choice, Outcome, Pair, State, Store

STAND_INS = ("echo", "pseudo")
"""Models whose output stands in for a translation, to see the layout or to prove that nothing is lost."""


def states(store: Store, model: Model | DirectModel, portion: Sequence[str] = ()) -> Mapping[str, State]:
    """Every segment's state, or those of a ``portion`` of the documents, as ``model`` finds it: what another model gave as a stand-in is not translated yet.

    Raises ``SettingError`` where ``model`` gives stand-ins and the work holds a translation.
    """
    found = dict(store.states(portion or None))
    if all(dict(run.settings).get("model") == model.spec or not _concerned(dict(run.settings).get("model", ""), model) for run in store.runs()):
        return found
    for pair in chain.from_iterable(map(store.pairs, portion or (None,))):
        if pair.draft is None or pair.status == "approved":
            continue
        if _stands_in(pair) and pair.draft.model != model.name:
            found[pair.segment.id] = State("pending")
        elif not _stands_in(pair) and pair.draft.model and model.name in STAND_INS:
            raise SettingError(
                f"{store.path.parent} holds a translation by {pair.draft.model}, which {model.name} would not improve: choose another folder with --out."
            )
    return found


def clear(store: Store, found: Mapping[str, State], portion: Sequence[str] = ()) -> None:
    """Make ``found`` the work's states, so that a run that stops half-way leaves no stand-in behind that passes for a translation."""
    there = store.states(portion or None)
    gone = tuple(Choice(segment, "pending", why="it was a stand-in, not a translation") for segment, state in found.items() if state != there[segment])
    if gone:
        store.commit(Outcome(choices=gone)).result()


def _concerned(earlier: str, model: Model | DirectModel) -> bool:
    """Whether what a run with the model ``earlier`` left can clash with ``model``."""
    return earlier in STAND_INS or model.name in STAND_INS


def _stands_in(pair: Pair) -> bool:
    return pair.draft is not None and pair.draft.model in STAND_INS and pair.draft.request is None
