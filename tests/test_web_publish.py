"""A wiki's page from the desk to the wiki, as a draft."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import desk, works
from tests.mediawiki import PASSWORDS
from tests.terminal import here
from tests.wiki_home import settle
from translate.pipeline import order as orders
from translate.pipeline.desk.shelf import key_of
from translate.pipeline.progress import Silent
from translate.pipeline.works import Folder


def test_a_book_has_nothing_to_publish_on_a_wiki(tmp_path: Path) -> None:
    wanted = desk.settings(tmp_path)
    orders.carry_out(orders.Order(works.epub(tmp_path / "small.epub", [["It rained."]]), "de", model="pseudo", out=wanted.out), Silent())
    with desk.serving(wanted) as served:
        owner, key = served.owner(), key_of(served.desk.shelf.folders()[0])
        page = owner.get(f"/works/{key}/publish")

        assert page.status_code == 422
        assert "did not come from a wiki" in page.text
        assert "/publish" not in owner.get(f"/works/{key}/finish").text
        assert owner.get(f"/works/{key}/publish/preview").status_code == 404
        for name in ("../../evil", "nothing", ""):
            assert owner.post(f"/works/{key}/publish", {"wiki": name, "act": "save"}).status_code == 422


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wikis) -> None:  # type: ignore[no-untyped-def]
    """Both wikis, of which the German one is known with its password in the environment."""
    settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de",))


@pytest.mark.mediawiki
def test_a_page_is_checked_seen_and_saved_as_a_draft_from_the_desk(tmp_path: Path, known: None, wikis) -> None:  # type: ignore[no-untyped-def]
    wikis["en"].edit("Desk night", "Some words about the night.\n\n[[Category:Drafts]]")
    assert here("translate", wikis["en"].address("Desk night"), "--to", "de", "--model", "pseudo", "--json").code in (0, 3)
    folder = Folder(next((tmp_path / "output").glob("*/work.db")).parent)
    wanted = desk.with_people(desk.settings(tmp_path), Vera="reviewer")
    with desk.serving(wanted) as served:
        owner, path = served.session("Olga"), f"/works/{key_of(folder)}"
        assert f'href="{path}/publish"' in owner.get(f"{path}/finish").text
        assert f"{path}/publish" not in served.session("Vera").get(f"{path}/finish").text
        checked = owner.post(f"{path}/publish", {"wiki": "de", "act": "check"})
        assert "nothing was saved" in checked.text, checked.text
        assert owner.post(f"{path}/publish/preview", {"wiki": "de"}).status_code == 303
        seen = owner.get(f"{path}/publish/preview")
        assert "sandbox" in seen.headers["content-security-policy"]
        saved = owner.post(f"{path}/publish", {"wiki": "de", "act": "save", "reviewer": "Anna"})
        refused = owner.post(f"{path}/publish", {"wiki": "de", "act": "save", "title": "Talk:Nothing"})

    title = re.search(r'<p><a href="[^"]+"[^>]*>([^<]+)</a></p>', saved.text)
    assert title is not None, saved.text
    assert wikis["de"].text(title[1])
    assert refused.status_code == 422
    assert "It was not saved" in refused.text
    assert [] == [page for page in (checked, seen, saved, refused) if PASSWORDS["Translator"] in page.text]
