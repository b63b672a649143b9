"""Accounts: names, passwords, roles, invitations, sessions; by the pipeline and by ``dragoman users``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import works
from tests.desk import QUICK
from tests.terminal import called, here
from translate.errors import DragomanError, SettingError
from translate.languages import find
from translate.pipeline.desk import people as people_module
from translate.pipeline.desk.people import DAY, INVITED, SESSION, People, Role, check_name, check_password
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.works import prepare
from translate.store import TranslationMemory
from translate.web.doorman import FREE_BY_ADDRESS, FREE_BY_NAME, LONGEST_BY_ADDRESS, LONGEST_BY_NAME, Doorman

PASSWORD = "correct horse battery"
OTHER = "staple quiet lantern"


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> Iterator[People]:
    made = People(tmp_path / "workspace.db", clock=clock, hasher=QUICK)
    made.add("Olga", Role.OWNER, password=PASSWORD)
    yield made
    made.close()


def test_who_knows_name_and_password_is_let_in(people: People) -> None:
    found = people.sign_in("olga", PASSWORD)

    assert found is not None
    assert ("Olga", Role.OWNER) == (found.name, found.role)


@pytest.mark.parametrize(("name", "password"), [("Olga", "wrong"), ("Olga", ""), ("Nobody", PASSWORD), ("", ""), ("Olga", PASSWORD + " "), ("Olga", "\ud800"), ("\ud800", "x")])
def test_who_does_not_is_not(people: People, name: str, password: str) -> None:
    assert people.sign_in(name, password) is None


def test_a_password_is_the_same_however_the_keyboard_composes_it(people: People) -> None:
    people.set_password("Olga", "Käsebrot am Morgen")

    assert people.sign_in("Olga", "Ka\u0308sebrot am Morgen") is not None


def test_neither_passwords_nor_tokens_stand_in_the_file(people: People, tmp_path: Path) -> None:
    token, link = people.begin("Olga"), people.invite("Olga")
    there = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"$argon2id$" in there
    assert [] == [secret for secret in (PASSWORD, token, link) if secret.encode() in there]


def test_the_workspace_keeps_its_translation_memory(people: People, tmp_path: Path) -> None:
    with TranslationMemory(tmp_path / "workspace.db") as memory:
        assert memory.works() == ()


@pytest.mark.parametrize("name", ["", "  ", "a" * 61, "a\nb\x00", "<b>", 'a"b', "a/b", "a\u202eb"])
def test_a_name_that_others_could_not_read_is_refused(name: str) -> None:
    with pytest.raises(SettingError):
        check_name(name)


def test_names_that_look_alike_are_one(people: People) -> None:
    for alike in ("olga", "OLGA", " Olga ", "\uff2flga"):
        with pytest.raises(SettingError, match="already"):
            people.add(alike, Role.READER)


@pytest.mark.parametrize("password", ["", "short", "a" * 501, "olga12345", "aaaaaaaaaaaa", "1212121212121"])
def test_a_password_that_is_guessed_at_once_is_refused(password: str) -> None:
    with pytest.raises(SettingError):
        check_password(password, "Olga")


def test_an_invitation_sets_a_password_once(people: People) -> None:
    people.add("Rita", Role.REVIEWER)
    assert people.sign_in("Rita", "") is None
    token = people.invite("Rita")

    joined, again = people.join(token, OTHER), people.join(token, PASSWORD)

    assert joined is not None
    assert again is None
    assert people.sign_in("Rita", OTHER) is not None


def test_an_invitation_ends_with_its_time_the_next_one_and_the_account(people: People, clock: Clock) -> None:
    people.add("Rita", Role.REVIEWER)
    first = people.invite("Rita")
    second = people.invite("Rita")
    assert people.invited(first) is None
    assert people.invited(second) is not None
    clock.now += INVITED + 1
    assert people.join(second, OTHER) is None
    third = people.invite("Rita")
    people.disable("Rita")

    assert people.join(third, OTHER) is None
    with pytest.raises(SettingError, match="shut out"):
        people.invite("Rita")


def test_a_weak_password_does_not_use_up_the_invitation(people: People) -> None:
    people.add("Rita", Role.REVIEWER)
    token = people.invite("Rita")
    with pytest.raises(SettingError):
        people.join(token, "short")

    assert people.join(token, OTHER) is not None


@pytest.mark.parametrize("act", ["disable", "remove", "password", "end_all", "time"])
def test_a_session_ends_with(people: People, clock: Clock, act: str) -> None:
    people.add("Rita", Role.REVIEWER, password=PASSWORD)
    token = people.begin("Rita")
    assert people.of_session(token) is not None

    if act == "password":
        people.change_password("Rita", PASSWORD, OTHER)
    elif act == "time":
        clock.now += SESSION + 1
    else:
        getattr(people, act)("Rita")

    assert people.of_session(token) is None


def test_one_who_is_let_in_again_signs_in_anew(people: People) -> None:
    people.add("Rita", Role.REVIEWER, password=PASSWORD)
    token = people.begin("Rita")
    people.disable("Rita")
    assert people.sign_in("Rita", PASSWORD) is None

    people.disable("Rita", False)

    assert people.of_session(token) is None
    assert people.sign_in("Rita", PASSWORD) is not None


def test_a_role_counts_from_the_next_request(people: People) -> None:
    people.add("Rita", Role.READER, password=PASSWORD)
    token = people.begin("Rita")
    people.set_role("Rita", Role.REVIEWER)
    people.set_role("Rita", Role.OWNER, work="abc")

    found = people.of_session(token)

    assert found is not None
    assert (Role.REVIEWER, (("abc", Role.OWNER),)) == (found.role, found.works)
    assert people.set_role("Rita", None, work="abc").works == ()


@pytest.mark.parametrize("act", ["disable", "remove", "role"])
def test_somebody_always_owns_the_desk(people: People, act: str) -> None:
    with pytest.raises(SettingError, match="owner"):
        people.set_role("Olga", Role.REVIEWER) if act == "role" else getattr(people, act)("Olga")

    assert people.owned()
    people.add("Otto", Role.OWNER, password=PASSWORD)
    people.remove("Olga")
    assert [one.name for one in people.all()] == ["Otto"]


def test_a_wrong_present_password_changes_nothing(people: People) -> None:
    with pytest.raises(SettingError, match="present password"):
        people.change_password("Olga", "wrong", OTHER)

    assert people.sign_in("Olga", PASSWORD) is not None


def test_a_name_that_nobody_has_costs_a_hash_too(people: People, tmp_path: Path) -> None:
    tried: list[str] = []
    verify = people._verify
    people._verify = lambda kept, password: tried.append(kept) or verify(kept, password)  # type: ignore[method-assign, func-returns-value]

    people.sign_in("Nobody", PASSWORD)

    assert len(tried) == 1
    assert tried[0].startswith("$argon2id$")


def test_a_session_is_looked_up_while_another_process_writes(people: People, tmp_path: Path) -> None:
    token = people.begin("Olga")
    other = sqlite3.connect(tmp_path / "workspace.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert people.of_session(token) is not None
    other.execute("ROLLBACK")
    other.close()


# --- the doorman


def test_wrong_attempts_cost_growing_waits_and_the_right_one_ends_them() -> None:
    clock = Clock()
    doorman = Doorman(clock=clock)
    waits = []
    for _ in range(FREE_BY_NAME + 4):
        while wait := doorman.admit("ada", "1.1.1.1"):
            waits.append(wait)
            clock.now += wait

    assert [2.0, 4.0, 8.0] == waits
    clock.now += 1000
    assert doorman.admit("ada", "1.1.1.1") == 0
    doorman.welcome("ada", "1.1.1.1")
    assert [0.0] * FREE_BY_NAME == [doorman.admit("ada", "2.2.2.2") for _ in range(FREE_BY_NAME)]


def test_an_address_that_tries_many_names_waits() -> None:
    doorman = Doorman(clock=Clock())
    heard = sum(doorman.admit(f"name{n}", "1.1.1.1") == 0 for n in range(100))

    assert heard == FREE_BY_ADDRESS + 1
    assert doorman.admit("name", "2.2.2.2") == 0


def test_many_addresses_that_try_one_name_wait_but_never_long() -> None:
    clock = Clock()
    doorman = Doorman(clock=clock)
    heard = sum(doorman.admit("ada", f"1.1.1.{n}") == 0 for n in range(100))

    assert heard == FREE_BY_NAME + 1
    for n in range(40):
        clock.now += LONGEST_BY_NAME
        assert doorman.admit("ada", f"2.1.1.{n}") == 0


def test_a_guesser_with_an_account_of_his_own_gains_little() -> None:
    clock = Clock()
    doorman = Doorman(clock=clock)
    heard = 0
    for n in range(300):
        if doorman.admit("mallory", "6.6.6.6") == 0:
            doorman.welcome("mallory", "6.6.6.6")
        heard += doorman.admit(f"victim{n}", "6.6.6.6") == 0

    assert heard <= FREE_BY_ADDRESS + 1


def test_waits_are_forgotten_and_bounded() -> None:
    clock = Clock()
    doorman = Doorman(clock=clock)
    for _ in range(60):
        clock.now += doorman.admit("ada", "1.1.1.1")
    assert doorman.admit("ada", "1.1.1.1") <= LONGEST_BY_ADDRESS
    clock.now += 3 * 3600

    assert [0.0] * FREE_BY_NAME == [doorman.admit("ada", "1.1.1.1") for _ in range(FREE_BY_NAME)]


# --- the command


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DRAGOMAN_WORKSPACE", str(tmp_path / "workspace.db"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def add(name: str, role: str, home: Path) -> None:
    made = People(home / "workspace.db")
    made.add(name, Role.read(role), password=PASSWORD)
    made.close()


def test_a_password_is_piped_and_never_an_argument(tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.terminal import ROOT, environment

    run = subprocess.run(
        [sys.executable, "-m", "translate", "users", "add", "Ada", "--role", "owner", "--password-stdin", "--json"],
        cwd=tmp_path,
        env=environment(tmp_path, PYTHONPATH=str(ROOT), DRAGOMAN_WORKSPACE=str(tmp_path / "w.db")),
        input=PASSWORD + "\n",
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert run.returncode == 0, run.stderr
    assert PASSWORD not in run.stdout + run.stderr
    assert b"$argon2id$v=19$m=65536,t=3,p=4$" in b"".join(path.read_bytes() for path in tmp_path.glob("w.db*"))
    people = People(tmp_path / "w.db")
    assert people.sign_in("Ada", PASSWORD) is not None
    people.close()
    assert called("users", "add", "Bo", PASSWORD, folder=tmp_path).code == 2


def test_users_are_listed_changed_and_removed(home: Path) -> None:
    add("Olga", "owner", home)
    made = here("users", "add", "Rita", "--invite", "--address", "https://desk.example.org/", "--json").json
    assert made["link"].startswith("https://desk.example.org/join/")
    assert here("users", "role", "rita", "reader", "--json").json["user"]["role"] == "reader"
    assert here("users", "disable", "Rita", "--json").json["user"]["disabled"]
    assert here("users", "invite", "Rita").code == 1
    assert not here("users", "enable", "Rita", "--json").json["user"]["disabled"]
    assert here("users", "sign-out", "Rita", "--json").json == {"ended": 0}
    listed = here("users", "list").out
    assert "Olga" in listed
    assert "invited" in listed

    assert here("users", "remove", "Rita").code == 0
    assert [one["name"] for one in here("users", "list", "--json").json["users"]] == ["Olga"]
    assert here("users", "remove", "Olga").errors == ["Error: Nobody would be left who owns this desk: make somebody else its owner first."]


def test_a_role_in_one_work_is_given_by_its_name(home: Path) -> None:
    add("Olga", "owner", home)
    folder, store, _ = prepare(works.epub(home / "small.epub", [["It rained all day."]]), target=find("de"), source_language=None, out=home / "output")
    store.close()

    changed = here("users", "role", "Olga", "reader", "--work", folder.name, "--json").json

    assert {key_of(folder): "reader"} == changed["user"]["works"]
    assert here("users", "role", "Olga", "none", "--work", folder.name, "--json").json["user"]["works"] == {}
    assert here("users", "role", "Olga", "none").code == 1


@pytest.mark.parametrize("arguments", [("role", "Nobody", "reader"), ("disable", "Nobody"), ("password", "Nobody"), ("invite", "Nobody")])
def test_an_unknown_name_is_one_line(home: Path, arguments: tuple[str, ...]) -> None:
    said = here("users", *arguments)

    assert said.code == 1
    assert "There is nobody of the name 'Nobody'" in said.err
    assert said.err.count("\n") == 1


def test_serve_with_accounts_needs_an_owner(home: Path) -> None:
    said = here("serve", "--accounts", "--no-open", "--port", "0")

    assert said.code == 1
    assert "users add" in said.err


def test_a_role_has_one_name() -> None:
    assert [Role.read(role.word) for role in Role] == list(Role)
    with pytest.raises(DragomanError, match="no role"):
        Role.read("king")
    assert people_module.INVITED == 7 * DAY
