"""The wiki commands as a user types them, against real MediaWikis."""

import json

import keyring
import pytest
from click.testing import CliRunner
from keyring.backends.null import Keyring as NoKeyring

from tests.mediawiki import PASSWORDS
from translate.cli import group

pytestmark = pytest.mark.mediawiki


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home and a working folder of the test's own."""
    monkeypatch.setenv("DRAGOMAN_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield tmp_path
    keyring.set_keyring(before)


def run(*arguments):
    """What the command line answers: exit code and output."""
    result = CliRunner().invoke(group, list(arguments), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result.stdout


def test_a_wiki_is_added_by_any_of_its_pages_tried_and_forgotten(wikis, monkeypatch, home):
    code, said = run("wiki", "add", "de", "--api", wikis["de"].address("Leuchtturm"), "--user", "Translator@tests", "--json")

    added = json.loads(said)
    assert (0, wikis["de"].api, "de", "CC BY-SA 4.0") == (code, added["api"], added["language"], added["licence"])
    code, said = run("wiki", "test", "de")
    assert (1, True) == (code, "DRAGOMAN_WIKI_DE_PASSWORD" in said)
    monkeypatch.setenv("DRAGOMAN_WIKI_DE_PASSWORD", PASSWORDS["Translator"])
    code, said = run("wiki", "test", "de")
    assert (0, True) == (code, "logged in as Translator@tests (bot)" in said), said
    assert PASSWORDS["Translator"] not in "".join(path.read_text() for path in home.rglob("*.toml"))
    assert wikis["de"].api in run("wiki", "list")[1]
    run("wiki", "remove", "de")
    assert "None yet" in run("wiki", "list")[1]


def test_a_blocked_account_is_named_before_anything_is_written(wikis, monkeypatch):
    run("wiki", "add", "de", "--api", wikis["de"].api, "--user", "Blocked@tests")
    monkeypatch.setenv("DRAGOMAN_WIKI_DE_PASSWORD", PASSWORDS["Blocked"])

    code, said = run("wiki", "test", "de")

    assert (1, True) == (code, "blocked" in said or "gesperrt" in said), said
