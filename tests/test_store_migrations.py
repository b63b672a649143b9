"""Stores of earlier releases come forward with all they hold; newer ones are refused.

``tests/data/stores`` has one store of each release, made by ``make_old_store`` as it was in that release::

    cd tests && python -c "from pathlib import Path; from test_store_migrations import make_old_store; make_old_store(Path('data/stores/0.1.0.db'))"

A store that is there is never made again: a released schema does not change.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from translate.document import Document, Draft, Finding, Kind, Marker, Skip, Slot
from translate.errors import StoreBusy, StoreError
from translate.models.seam import Reply, Usage
from translate.store import Choice, Judged, Outcome, RequestRow, Settled, Store, Work, migrations
from translate.store.connections import connect
from translate.store.lock import RunLock
from translate.store.migrations import LEDGER

OLD = Path(__file__).parent / "data" / "stores"
WORK = Work("The Night Shift", "night.epub", "epub", "en", "de")
EM, END = Marker("open", 1, "em"), Marker("close", 1, "em")


def chapters(last: str, *more: str) -> list[Document]:
    texts = [("The bell",), ("It ", EM, "rang", END, " twice."), ("Nobody came.",), (last,), *((text,) for text in more)]
    slots = tuple(Slot("one.xhtml", f"p{index}", Kind.HEADING if index == 0 else Kind.PARAGRAPH, text, ("Part One",)) for index, text in enumerate(texts))
    label = Slot("nav.xhtml", "n0", Kind.LABEL, ("The bell",), mirrors=("one.xhtml", "p0"))
    return [
        Document("nav.xhtml", "toc", (label,), visible=7),
        Document("one.xhtml", "content", slots, (Skip("one.xhtml", "s0", "preformatted text", "10 PRINT"),), 80, ("tag soup: read leniently",)),
    ]


def make_old_store(path: Path) -> None:
    """A store with something in every table: two versions, a broken-off request, a mend, an outdated and an orphaned wording."""
    with Store.create(path, WORK) as store:
        store.add_version("night.epub", b"first", chapters("The lamp went out at six in the morning.", "A line that goes."))
        bell, rang, came, lamp, goes = (segment.id for segment in store.segments("one.xhtml"))
        run = store.start_run({"model": "hosted:m", "jobs": "2"})
        store.fail(store.reserve(RequestRow("m", '{"n": 0}', segments=(bell,), reserved_tokens=90, reserved_cost=0.5)).result(), "broken stream").result()
        request = store.reserve(RequestRow("m", '{"n": 1}', "translate", "v1:prompt", (bell, rang), 100, 0.5)).result()
        finding = Finding("numbers", "error", "A number is missing.", "twice", "", None)
        drafts = (
            Judged(Draft(bell, ("Die Glocke",), model="m", request=request)),
            Judged(Draft(rang, ("Es läutete.",), model="m", strays=("<7>",)), (finding,)),
        )
        choices = (Choice(bell, "accepted", 0, dependency="v1:dependency"), Choice(rang, "flagged", 1, why="a number is missing"))
        store.commit(Outcome(drafts, choices, Settled(request, Reply("1| Die Glocke", "stop", Usage(60, 20, 40), "m-2026", 1.5), 0.25))).result()
        store.review(came, ("Keiner kam.",), who="Anna", note="shorter")
        store.review(lamp, ("Um sechs ging die Lampe aus.",), who="Anna")
        store.review(goes, ("Eine Zeile, die geht.",), who="Ben")
        store.add_version("night.epub", b"second", chapters("The lamp went out at seven in the morning."))
        store.end_run(run, "finished")
    path.with_name(path.name + ".lock").unlink()


def check_old_store(store: Store) -> None:
    """What ``make_old_store`` put in is all there."""
    assert store.work == WORK
    assert ([store.source(version.number) for version in store.versions()], store.verify()) == ([b"first", b"second"], ())
    assert store.targets("nav.xhtml") == {}
    wordings = [("Die Glocke",), ("Es läutete.",), ("Keiner kam.",), ("Um sechs ging die Lampe aus.",)]
    assert wordings == list(store.targets("one.xhtml").values())
    assert [state.status for state in store.states().values()] == ["accepted", "flagged", "approved", "approved"]
    assert [finding.check for _, finding, _ in store.findings()] == ["numbers", "outdated"]
    assert [(orphan.review.who, orphan.review.target) for orphan in store.orphans()] == [("Ben", ("Eine Zeile, die geht.",))]
    assert ((spent := store.spent()).requests, spent.prompt, spent.cached, spent.answer, spent.cost, spent.kept_requests, spent.kept_cost) == (
        1,
        60,
        40,
        20,
        0.25,
        1,
        0.5,
    )
    replayed = store.replay(RequestRow("m", '{"n": 1}').replay_key)
    assert replayed is not None
    assert (replayed.reply.text, replayed.reply.model) == ("1| Die Glocke", "m-2026")
    assert (tuple(skip.reason for skip in store.skips("one.xhtml")), tuple(run.outcome for run in store.runs())) == (("preformatted text",), ("finished",))


def m9998_colours(db: Any) -> None:
    db.table("segments").add_column("colour", str, not_null_default="red")


def m9999_breaks(db: Any) -> None:
    db.table("segments").add_column("shape", str)
    db.execute("INSERT INTO nowhere VALUES (1)")


LATER = (*LEDGER, m9998_colours)


def old_stores() -> list[Path]:
    return sorted(OLD.glob("*.db"))


def test_there_is_a_store_of_the_first_release() -> None:
    assert "0.1.0.db" in [path.name for path in old_stores()]


@pytest.mark.parametrize("old", old_stores(), ids=lambda path: path.stem)
def test_a_store_of_an_earlier_release_is_brought_forward_with_all_it_holds(old: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(old, tmp_path / "work.db"))
    with Store.open(path) as store:
        check_old_store(store)
        store.review(next(iter(store.states())), ("Neu",), who="Anna")
        assert store.verify() == ()


@pytest.mark.parametrize("old", old_stores(), ids=lambda path: path.stem)
def test_every_migration_keeps_what_was_there_and_a_backup_beside_it(old: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(old, tmp_path / "work.db"))
    connection = connect(path)
    there = migrations.applied(connection)
    backup = migrations.forward(connection, path, LATER)
    assert [migration.__name__ for migration in LATER] == list(migrations.applied(connection))
    assert connection.execute("SELECT DISTINCT colour FROM segments").fetchone() == ("red",)
    assert None is migrations.forward(connection, path, LATER)
    connection.close()

    assert backup == tmp_path / f"work.db.backup-{there[-1].split('_')[0]}"
    with Store.open(backup) as store:
        check_old_store(store)


def test_an_earlier_backup_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    make_old_store(path)
    earlier = tmp_path / f"work.db.backup-{LEDGER[-1].__name__.split('_')[0]}"
    earlier.write_bytes(b"precious")
    connection = connect(path)
    assert earlier.with_name(f"{earlier.name}.2") == migrations.forward(connection, path, LATER)
    connection.close()
    assert earlier.read_bytes() == b"precious"


def test_a_migration_that_breaks_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    make_old_store(path)
    connection = connect(path)
    with pytest.raises(sqlite3.OperationalError):
        migrations.forward(connection, path, (*LATER, m9999_breaks))
    connection.close()
    with Store.open(path) as store:
        check_old_store(store)


def newer(path: Path) -> Path:
    make_old_store(path)
    connection = connect(path)
    migrations.forward(connection, path, LATER)
    connection.close()
    return path


@pytest.mark.parametrize("readonly", [False, True])
def test_a_newer_store_is_refused_in_one_line_and_left_alone(tmp_path: Path, readonly: bool) -> None:
    path = newer(tmp_path / "work.db")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"a newer Dragoman wrote this store.*m9998_colours.*Install the newest version") as caught:
        Store.open(path, readonly=readonly)
    assert (1, before) == (len(str(caught.value).splitlines()), path.read_bytes())


def test_an_older_store_is_not_migrated_by_a_reader_or_under_a_run(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    make_old_store(path)
    with pytest.raises(StoreError, match="Open it once for writing"):
        migrations.bring_forward(path, readonly=True, ledger=LATER)
    with RunLock(path).during(), pytest.raises(StoreBusy):
        migrations.bring_forward(path, ledger=LATER)
    with Store.open(path) as store:
        check_old_store(store)
    migrations.bring_forward(path, ledger=LATER)
    with pytest.raises(StoreError, match="newer Dragoman"):
        Store.open(path)


def shape(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Every column and index, however its SQL is spelt."""
    columns = """SELECT m.name, c.name, c.type, c."notnull", trim(c.dflt_value, char(34, 39)), c.pk FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"""
    indices = """SELECT m.name, group_concat(c.name), i."unique" FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
        WHERE m.type = 'table' GROUP BY m.name, i.name"""
    return sorted(connection.execute(columns).fetchall(), key=str) + sorted(connection.execute(indices).fetchall(), key=str)


def test_the_schema_of_a_release_never_changes() -> None:
    """A changed column in a released migration would leave old and new stores different."""
    old = sqlite3.connect(f"file:{OLD / '0.1.0.db'}?mode=ro&immutable=1", uri=True)
    new = sqlite3.connect(":memory:", isolation_level=None)
    migrations.apply(new, LEDGER[:1])
    assert shape(old) == shape(new)
    old.close()
    new.close()
