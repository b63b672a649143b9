"""What people change on a published draft comes back into the work as their wording; and a page is looked at without being translated or saved."""

import json

import pytest

from tests.wiki_home import run, settle
from translate.document import plain
from translate.errors import DragomanError
from translate.pipeline import works
from translate.store import Review, Store

pytestmark = pytest.mark.mediawiki


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, wikis):
    """A home and a working folder of the test's own, in which the German wiki is known."""
    return settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de",))


def draft(wikis, title, text, change=lambda text: text):
    """A page, translated and published as a draft, and then changed there by somebody."""
    wikis["en"].edit(title, text)
    run("translate", wikis["en"].address(title), "--to", "de", "--model", "pseudo", "--json")
    name = works.slug(title) + ".de"
    code, said = run("wiki", "publish", name, "--wiki", "de", "--json")
    assert 0 == code, said
    there = f"Benutzer:Translator/{title}"
    before = wikis["de"].text(there)
    if change(before) != before:
        wikis["de"].edit(there, change(before))
    return name, there, before


def words(name):
    """The words of the work's passages, by the words of their sources."""
    with Store.open(works.find(name).store, readonly=True) as store:
        return {pair.segment.text: (plain(pair.draft.target), pair.status) for pair in store.pairs()}


TEXT = """The [[lighthouse]] is ''dark'' at noon.<ref>A letter of 1891.</ref>

Nobody comes here at noon.

* Bread
* Salt

{{Quote|text=The night is long.|author=Hill}}

<references />"""


def test_a_persons_wording_on_the_draft_becomes_the_works_own(wikis):
    def by_hand(text):
        text = text.replace(_line(text, "[[Leuchtturm"), "Am Mittag ist der [[Leuchtturm|alte Turm]] ''dunkel''.<ref>Ein Brief von 1891.</ref>")
        text = text.replace(_line(text, "* B"), "* Brot")
        return text.replace(text[text.index("|Text=") + 6 : text.index("|Autor=")], "Die Nacht ist lang.")

    name, there, _ = draft(wikis, "Pulled one", TEXT, by_hand)

    code, said = run("wiki", "pull", name, "--json")

    (page,) = json.loads(said)["pages"]
    assert (0, "Other on de", []) == (code, page["who"], page["unsettled"])
    now = words(name)
    assert ("Am Mittag ist der alte Turm dunkel.", "approved") == now["The lighthouse is dark at noon."]
    assert ("Ein Brief von 1891.", "approved") == now["A letter of 1891."]
    assert ("Brot", "approved") == now["Bread"]
    assert ("Die Nacht ist lang.", "approved") == now["The night is long."]
    assert "accepted" == now["Nobody comes here at noon."][1]
    assert wikis["de"].text(there).strip() == works.find(name).path.joinpath(f"{name}.wiki").read_text().strip()
    with Store.open(works.find(name).store, readonly=True) as store:
        assert {"Other on de"} == {event.who for pair in store.pairs() for event in store.history(pair.segment.id) if isinstance(event, Review)}


def test_what_was_taken_over_once_is_neither_taken_again_nor_left_to_anybody(wikis):
    name, _, _ = draft(wikis, "Pulled twice", TEXT, lambda text: text.replace(_line(text, "[[Leuchtturm"), "Am Mittag ist der [[Leuchtturm|alte Turm]] ''dunkel''.<ref>Ein Brief von 1891.</ref>"))
    run("wiki", "pull", name)

    _, said = run("wiki", "pull", name, "--json")

    (page,) = json.loads(said)["pages"]
    assert ([], []) == (page["adopted"], page["unsettled"])


def _line(text, beginning):
    return next(line for line in text.split("\n") if beginning in line)


def test_what_is_no_wording_of_a_passage_is_listed_and_left_alone(wikis):
    def by_hand(text):
        text = text.replace(_line(text, "* B"), _line(text, "* B") + "!\n* Wein")
        return text.replace("''", "")

    name, _, _ = draft(wikis, "Pulled two", TEXT, by_hand)
    before = words(name)

    _, said = run("wiki", "pull", name, "--json")

    (page,) = json.loads(said)["pages"]
    assert [True] == [one["wording"].endswith("!") for one in page["adopted"]]
    allowed = {"the work has no such passage", "links, notes or emphasis were added or taken away", "only its markup was changed"}
    assert allowed >= {one["why"] for one in page["unsettled"]} != set()
    now = words(name)
    assert {"Bread"} == {source for source in before if before[source] != now[source]}


def test_a_passage_that_was_corrected_here_too_is_not_overwritten(wikis):
    name, _, _ = draft(wikis, "Pulled three", "Nobody comes here at noon.\n\nThe end.", lambda text: text.replace(text.split("\n")[0], "Mittags kommt niemand."))
    with Store.open(works.find(name).store, readonly=True) as store:
        segment = next(pair.segment.id for pair in store.pairs())
    run("correct", f"output/{name}", segment, "Um zwölf kommt keiner.", "--who", "me")

    _, said = run("wiki", "pull", name, "--json")

    (page,) = json.loads(said)["pages"]
    assert (0, "it was changed here too since it was published") == (len(page["adopted"]), page["unsettled"][0]["why"])
    assert "Um zwölf kommt keiner." == words(name)["Nobody comes here at noon."][0]


def test_a_dry_pull_keeps_nothing_and_a_page_that_nobody_changed_says_so(wikis):
    name, there, before = draft(wikis, "Pulled four", "Nobody comes here at noon.\n\nThe end.")
    assert "nobody changed" in run("wiki", "pull", name)[1]
    wikis["de"].edit(there, before.replace(before.split("\n")[0], "Mittags kommt niemand."))
    was = words(name)

    _, said = run("wiki", "pull", name, "--dry-run")

    assert "Mittags kommt niemand." in said
    assert was == words(name)


def test_what_was_pulled_is_published_joined_with_the_rest_that_they_changed(wikis):
    name, there, _ = draft(
        wikis, "Pulled five", "Nobody comes here at noon.\n\nThe end.\n\n* one", lambda text: text.replace(text.split("\n")[0], "Mittags kommt niemand.") + "\n* zwei"
    )
    run("wiki", "pull", name)
    assert 1 == run("wiki", "publish", name, "--wiki", "de")[0]

    code, said = run("wiki", "publish", name, "--wiki", "de", "--merge")

    assert 0 == code, said
    assert wikis["de"].text(there).startswith("Mittags kommt niemand.")
    assert wikis["de"].text(there).endswith("* zwei")


def test_a_work_that_is_on_no_wiki_has_nothing_to_pull(wikis):
    wikis["en"].edit("Pulled six", "Words.")
    run("translate", wikis["en"].address("Pulled six"), "--to", "de", "--model", "pseudo", "--json")

    with pytest.raises(DragomanError, match="not published"):
        run("wiki", "pull", "pulled-six.de")


def test_a_preview_is_rendered_anew_without_a_run(wikis, home):
    wikis["en"].edit("Seen", "A word for [[lighthouse|it]].\n\n{{Nowhere}}")
    run("translate", wikis["en"].address("Seen"), "--to", "de", "--model", "pseudo", "--json")
    page = home / "output" / "seen.de" / "preview.html"
    page.unlink()
    with Store.open(works.find("seen.de").store, readonly=True) as store:
        segment = next(pair.segment.id for pair in store.pairs())
    run("correct", "output/seen.de", segment, "Ein Wort <1>dafür</1>.")

    code, said = run("wiki", "preview", "seen.de")

    assert (0, True) == (code, "Vorlage:Nowhere" in said), said
    assert "Ein Wort <a" in page.read_text(encoding="utf-8")
    assert wikis["de"].text("Seen") is None


# --- what becomes of what the sister has not


def test_links_categories_and_templates_without_a_counterpart_go_as_the_wikis_file_says(wikis, home):
    text = "See [[Nowhere page|there]] and [[Lighthouse]].\n\n{{Cleanup|why=all}}\n{{Motto|1=Bread|2=Salt}}\n[[Category:Unknown]]"
    wikis["en"].edit("Chosen", text)

    def made():
        assert 0 == run("translate", wikis["en"].address("Chosen"), "--to", "de", "--model", "pseudo", "--json")[0]
        return (home / "output" / "chosen.de" / "chosen.de.wiki").read_text(encoding="utf-8")

    assert "[[Nowhere page|" in made()
    run("wiki", "set", "de", "missing_pages", "interwiki")
    run("wiki", "set", "de", "missing_categories", "comment")
    run("wiki", "set", "de", "dropped_templates", "Cleanup")
    run("wiki", "set", "de", "templates.Motto.*", "translate")
    now = made()
    assert ("[[:en:Nowhere page|" in now, "<!-- [[Category:Unknown]] -->" in now, "Cleanup" in now, "Bread" in now) == (True, True, False, False), now
    run("wiki", "set", "de", "missing_pages", "plain")
    run("wiki", "set", "de", "missing_categories", "drop")
    run("wiki", "set", "de", "templates.Motto.*", "drop")
    now = made()
    assert ("Nowhere page" in now, "Unknown" in now, "{{Motto}}" in now) == (False, False, True), now
    assert [[]] == [json.loads(run("findings", "output/chosen.de", "--json")[1])["findings"]]


def test_a_line_of_a_wikis_file_is_set_shown_and_refused_where_it_makes_no_sense(home):
    code, said = run("wiki", "set", "de", "draft_namespaces", "2, 118, 3000")
    assert (0, "draft_namespaces = [2, 118, 3000]\n") == (code, said)
    run("wiki", "set", "de", "templates.Main page box.text", "keep")
    run("wiki", "set", "de", "categories.Work", "Arbeit")
    before = run("wiki", "set", "de")[1]
    assert 'templates.Main page box.text = "keep"' in before
    assert 'categories.Work = "Arbeit"' in before

    for line, value in (("missing_pages", "blue"), ("colour", "blue"), ("pause", "soon"), ("draft_namespaces", "user"), ("templates.Quote.text", "burn"), ("templates.Quote", "keep")):
        with pytest.raises(DragomanError):
            run("wiki", "set", "de", line, value)

    assert before == run("wiki", "set", "de")[1]
    run("wiki", "set", "de", "categories.Work", "")
    assert "categories.Work" not in run("wiki", "set", "de")[1]


def test_words_stay_in_their_places_when_more_parameters_are_translated_than_before(wikis, home):
    wikis["en"].edit("Rewalked", "{{Motto|Bread}}\n\nThe first line.\n\nThe second line.")
    run("translate", wikis["en"].address("Rewalked"), "--to", "de", "--model", "pseudo", "--json")
    before = (home / "output" / "rewalked.de" / "rewalked.de.wiki").read_text(encoding="utf-8")
    run("wiki", "set", "de", "templates.Motto.1", "translate")

    code, said = run("translate", wikis["en"].address("Rewalked"), "--to", "de", "--model", "pseudo", "--json")

    after = (home / "output" / "rewalked.de" / "rewalked.de.wiki").read_text(encoding="utf-8")
    assert (0, before.partition("\n")[2]) == (code, after.partition("\n")[2]), said
    assert "{{Motto|Bread}}" != after.partition("\n")[0]
