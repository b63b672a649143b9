"""A wiki's page at the desk, by its address, from a real MediaWiki."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests import desk
from tests.mediawiki import Wiki

pytestmark = pytest.mark.mediawiki


def test_a_wikis_page_is_brought_by_its_address_and_translated(wikis: dict[str, Wiki], tmp_path: Path) -> None:
    with desk.serving(desk.settings(tmp_path)) as served:
        owner = served.owner()
        owner.client.timeout = 120
        answer = owner.post("/pages", {"address": wikis["en"].address("Night shift"), "to": "de"})
        assert answer.status_code == 303, answer.text
        key = answer.headers["location"].split("/")[2]
        owner.post(f"/works/{key}/run", {"model": "pseudo"})
        job = served.desk.conductor.job(served.desk.shelf.find(key))
        assert job is not None
        while not job.view().over:
            time.sleep(0.05)

        assert (job.view().state, job.view().message) == ("finished", "")
        assert served.desk.shelf.store(key).work.format == "wikitext"
        assert "[[" in owner.get(f"/works/{key}/book").text
