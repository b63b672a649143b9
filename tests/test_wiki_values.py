"""What the wiki parts do without a wiki: values, rules, the user's own configuration."""

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from translate.errors import SettingError, WikiError, WikiUnreachable
from translate.sites import Parameter
from translate.wiki import addresses, edits, known, siteinfo, templates
from translate.wiki.client import Client, Patience
from translate.wiki.known import KnownWiki

QUICK = Patience(tries=4, first=0.05, longest=3.0, timeout=20)


TRAILS = {
    "/^([a-z]+)(.*)$/sD": "[a-z]+",
    "/^([äöüßa-z]+)(.*)$/sDu": "[äöüßa-z]+",
    "/^()(.*)$/sD": "",
    r"/^([\x{0621}-\x{064A}]+)(.*)$/sDu": "[ء-ي]+",
    "/^([a-zéâèîôûäëïöüñç]+|'(?!'))(.*)$/sDu": "[a-zéâèîôûäëïöüñç]+|'(?!')",
    "no rule": "",
    "/^([a-z)(.*)$/": "",
}


@pytest.mark.parametrize(("rule", "expected"), TRAILS.items())
def test_a_link_trail_is_read_as_the_wiki_has_it(rule, expected):
    assert expected == siteinfo.trail(rule)


def test_parameters_are_read_from_a_source_without_templatedata():
    assert ["name", "1", "kind"] == [one.name for one in templates.in_source("{{{name}}} {{{1|}}} {{#if:{{{kind|}}}|{{{ kind }}}}} {{{name|x}}}")]


@pytest.mark.parametrize("text", ["<nowiki>~~~~ {{subst:x}} [[a|]]</nowiki>", "<!-- ~~~~ -->", "<pre>\n~~~\n</pre>", "~~ two", "<nowiki><!--</nowiki> x"])
def test_what_is_shielded_is_saved(text):
    assert () == edits.rewritten(text)


def test_a_wiki_that_does_not_answer_is_named_after_some_tries():
    naps = []
    with Client("http://127.0.0.1:1/api.php", patience=QUICK, sleep=naps.append) as wiki, pytest.raises(WikiUnreachable, match="cannot be reached"):
        wiki.ask(action="query")

    assert 3 == len(naps)


def test_a_wiki_elsewhere_is_refused_where_nothing_may_leave_the_machine():
    with pytest.raises(WikiError, match="is not this machine"):
        Client("https://wiki.example.org/w/api.php", local_only=True)


def test_a_template_is_paired_by_numbers_and_by_names_written_alike():
    source = (Parameter("Birth-Date", ("born",), "date"), Parameter("1"), Parameter("only here"))
    there = (Parameter("birth_date", (), "date"), Parameter("1", required=True), Parameter("Ort", required=True))

    paired = templates.paired("Person", "Mensch", source, there)

    assert {"Birth-Date": "birth_date", "born": "birth_date"} == dict(paired.renamed)
    assert ("Ort",) == paired.wanted


@given(st.text())
def test_what_the_wiki_stores_is_stored_the_same_again(text):
    assert edits.stored(text) == edits.stored(edits.stored(text))


ADDRESSES = {
    "https://w.org/wiki/A_B": "A B",
    "https://w.org/wiki/User:Me/Entwurf/%C3%9C?x=1": "User:Me/Entwurf/Ü",
    "https://w.org/w/index.php?title=A_B&action=history": "A B",
    "https://w.org/index.php/A%3FB": "A?B",
}


@pytest.mark.parametrize(("url", "title"), ADDRESSES.items())
def test_an_address_is_read_as_its_title(url, title):
    assert title == addresses.read(url, "https://w.org/wiki/$1").title


# --- the user's wikis


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("none")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home of the test's own, and a keyring of its own."""
    monkeypatch.setenv("DRAGOMAN_HOME", str(tmp_path))
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield tmp_path
    keyring.set_keyring(before)


WIKI = KnownWiki(
    "prole-de",
    "https://de.example.org/api.php",
    "de",
    user="Me@app",
    draft_prefix='User:{user}/"Entwurf"/',
    draft_namespaces=(2,),
    tags=("mt", "x"),
    categories={"Work": "Arbeit"},
    templates={"Quote": {"text": "translate", "1": "keep"}, "Info box": {"x": "drop"}},
)


def test_a_wiki_that_is_kept_is_found_again_as_it_was():
    known.keep(WIKI)

    assert (WIKI,) == known.every()
    assert WIKI == known.with_api(WIKI.api)
    known.remove("prole-de")
    assert () == known.names()


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_any_text_in_a_wikis_settings_comes_back(summary, category, parameter):
    wiki = KnownWiki("any", "https://x.org/api.php", "de", summary=summary, categories={category: parameter}, templates={category: {parameter: "keep"}})
    known.keep(wiki)

    assert wiki == known.find("any")


WRONG = {
    "nonsense = [": "cannot be read",
    'api = "x"\nlanguage = "de"\nbaseline = 3': "unknown: baseline",
    'api = "x"\nlanguage = "de"\n[templates.Quote]\ntext = "perhaps"': "must be one of",
    'api = 3\nlanguage = "de"': "wrong kind",
    'language = "de"': "cannot be read",
}


@pytest.mark.parametrize(("text", "says"), WRONG.items())
def test_a_wrong_file_is_named_with_what_is_wrong_in_it(text, says):
    known.keep(WIKI)
    (known.folder() / "bad.toml").write_text(text, encoding="utf-8")

    with pytest.raises(SettingError, match=says) as caught:
        known.find("bad")
    assert "bad.toml" in str(caught.value)


def test_a_password_comes_from_the_environment_or_the_keyring_and_is_never_on_disk(home):
    known.keep(WIKI)
    assert known.login(WIKI, {}) is None
    known.keep_password("prole-de", "hush-hush")

    assert "hush-hush" == known.login(WIKI, {}).password
    assert ("Me@app", "quiet") == (
        known.login(WIKI, {"DRAGOMAN_WIKI_PROLE_DE_PASSWORD": "quiet"}).user,
        known.login(WIKI, {"DRAGOMAN_WIKI_PROLE_DE_PASSWORD": "quiet"}).password,
    )
    assert "hush" not in repr(known.login(WIKI, {}))
    assert "hush" not in "".join(path.read_text(encoding="utf-8") for path in home.rglob("*") if path.is_file())
    known.remove("prole-de")
    assert known.login(WIKI, {}) is None


@pytest.mark.parametrize("name", ["", "../x", "a b", "x" * 50])
def test_a_name_that_is_no_file_name_is_refused(name):
    with pytest.raises(SettingError, match="cannot be a wiki's name"):
        known.find(name)
