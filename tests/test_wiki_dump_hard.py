"""Tests of exports against the hard parts of the world: a run that is killed, and a real MediaWiki that imports what was written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import dump as made
from tests.mediawiki import CODE
from tests.test_wiki_dump import SMALL, export, imported, page, revision
from tests.wiki_home import run, settle
from translate.formats.dump import Dump
from translate.pipeline.wikis.choosing import Choice
from translate.pipeline.wikis.unloading import Wish
from translate.store import Store
from translate.store.rows import Drafted

ROOT = Path(__file__).parent.parent


def command(dump, out):
    return [sys.executable, "-m", "translate", "wiki", "import", str(dump), "--to", "de", "--model", "pseudo", "--out", str(out), "--as", "pages", "--as", "xml"]


def texts(path):
    """Titles and texts; the time of the last run, which differs, is left out."""
    return [(one.title, one.text) for one in Dump(path).pages()]


def files(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_import_that_is_killed_again_and_again_ends_as_if_it_had_not_been(tmp_path):
    made.make(tmp_path / "d.xml.bz2", 24)
    began = time.monotonic()
    subprocess.run(command(tmp_path / "d.xml.bz2", tmp_path / "whole"), cwd=ROOT, check=True, capture_output=True)
    took = time.monotonic() - began

    kills = 0
    for share in (0.3, 0.45, 0.55, 0.65, 0.75):
        with subprocess.Popen(command(tmp_path / "d.xml.bz2", tmp_path / "killed"), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(took * share)
            except subprocess.TimeoutExpired:
                process.kill()
                kills += 1
    subprocess.run(command(tmp_path / "d.xml.bz2", tmp_path / "killed"), cwd=ROOT, check=True, capture_output=True)

    assert kills >= 2
    assert texts(tmp_path / "whole" / "d.de" / "d.de.xml") == texts(tmp_path / "killed" / "d.de" / "d.de.xml")
    assert files(tmp_path / "whole" / "d.de" / "pages") == files(tmp_path / "killed" / "d.de" / "pages")
    with Store.open(tmp_path / "killed" / "d.de" / "work.db") as store:
        assert () == store.verify()
        drafts = [pair.draft for pair in store.pairs()]
        assert all(draft is not None for draft in drafts)
        events = [sum(1 for event in store.history(pair.segment.id) if isinstance(event, Drafted)) for pair in store.pairs("Page 3")]
        assert {1} == set(events)


@pytest.mark.mediawiki
def test_a_real_wiki_imports_what_was_written(wikis, tmp_path):
    data = export(
        page("Dump night", revision(7, "The night is [[Dump day|long]] <ref>A & b</ref> and cold.\n\n[[Category:Dump times]]")),
        page("Dump day", revision(8, "The day is warm.")),
        page("Category:Dump times", revision(9, "All times."), ns=14),
    )
    done = imported(tmp_path, data, choice=Choice(namespaces=("all",)), wish=Wish(pages=False, xml=True))
    wiki = wikis["de"]
    environment = {**os.environ, "MW_CONFIG_FILE": str(wiki.folder / "conf" / "LocalSettings.php"), "MW_INSTALL_PATH": str(CODE)}

    said = subprocess.run(["php", str(CODE / "maintenance" / "importDump.php"), "--no-updates", str(done.written.xml)], env=environment, capture_output=True, text=True, timeout=120, check=False)

    assert 0 == said.returncode, said.stdout + said.stderr
    for one in Dump(done.written.xml).pages():
        title = one.title.replace("Category:", "Kategorie:")
        assert one.text == wiki.text(title)
        assert "[[:en:Dump" in wiki.revisions(title)[0]["comment"] or "[[:en:Category" in wiki.revisions(title)[0]["comment"]


@pytest.mark.mediawiki
def test_a_real_export_is_taken_and_its_sister_told(wikis, tmp_path):
    wiki = wikis["en"]
    environment = {**os.environ, "MW_CONFIG_FILE": str(wiki.folder / "conf" / "LocalSettings.php"), "MW_INSTALL_PATH": str(CODE)}
    with (tmp_path / "small.xml").open("wb") as out:
        subprocess.run(["php", str(CODE / "maintenance" / "dumpBackup.php"), "--full"], env=environment, stdout=out, stderr=subprocess.DEVNULL, timeout=120, check=True)

    done = imported(tmp_path, "", choice=Choice(namespaces=("all",)), wish=Wish(xml=True))

    titles = [one.title for one in Dump(done.folder.path / "small.xml").pages()]
    assert len(titles) == len(set(titles)) > 10
    assert done.written.errors == 0, list(done.remarks)[:9]
    for one in Dump(done.folder.path / "small.xml").pages():
        assert one.text == wiki.text(one.title)


@pytest.mark.mediawiki
def test_the_templates_of_an_export_are_paired_with_the_sisters(wikis, tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de",))
    wiki = wikis["en"]
    wiki.edit("Dumped quote", "{{Quote|text=Nobody sees the baker.|author=Anna Hill}} {{Cite book|title=Work and Sleep}} {{Only here|x}}")
    wiki.edit("Template:Only here", "{{{1}}}")
    environment = {**os.environ, "MW_CONFIG_FILE": str(wiki.folder / "conf" / "LocalSettings.php"), "MW_INSTALL_PATH": str(CODE)}
    with (tmp_path / "small.xml").open("wb") as out:
        subprocess.run(["php", str(CODE / "maintenance" / "dumpBackup.php"), "--current"], env=environment, stdout=out, stderr=subprocess.DEVNULL, timeout=120, check=True)

    (tmp_path / "list.txt").write_text("Dumped quote")
    _, said = run("wiki", "import", "small.xml", "--to", "de", "--model", "pseudo", "--sister", "de", "--titles", "list.txt", "--json")

    text = next((tmp_path / "output" / "small.de" / "pages").glob("*.wiki")).read_text(encoding="utf-8")
    assert text.startswith("{{Zitat|Text="), text
    assert "|Autor=" in text
    assert [line for line in json.loads(said)["remarks"] if "templates are not in the sister wiki" in line and line.endswith("as they are: Only here.")]


@pytest.mark.mediawiki
def test_a_namespace_that_the_sister_lacks_is_named(wikis, tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de",))
    (tmp_path / "small.xml").write_text(SMALL, encoding="utf-8")

    _, said = run("wiki", "import", "small.xml", "--to", "de", "--model", "pseudo", "--sister", "de", "--namespace", "all", "--as", "xml", "--json")

    assert ["Testde has no namespace 'Essay': 1 pages get titles that begin with 'Essay:', which are in its main namespace."] == [line for line in json.loads(said)["remarks"] if "Essay" in line and "namespace" in line]


@pytest.mark.mediawiki
def test_a_page_that_another_one_shows_is_looked_for_in_the_sister_wiki(wikis, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    wikis["en"].edit("Shown inside", "Some words. [[de:Leuchtturm]]")
    wikis["en"].edit("Shows another", "More words. {{:Shown inside}} {{:Nowhere at all}}")

    run("translate", wikis["en"].address("Shows another"), "--to", "de", "--model", "pseudo")

    (path,) = (tmp_path / "output").glob("*/*.de.wiki")
    text = path.read_text(encoding="utf-8")
    assert "{{:Leuchtturm}} {{:Nowhere at all}}" in text


@pytest.mark.mediawiki
@pytest.mark.parametrize("wanted", [(), ("--with-existing",)])
def test_an_import_of_what_was_written_replaces_nobodys_page(wikis, tmp_path, monkeypatch, wanted):
    settle(tmp_path, monkeypatch, wikis, knows=("de",), passwords=("de",))
    (tmp_path / "small.xml").write_text(
        export(page("Fresh", revision(7, "Some words.")), page("Light", revision(8, "More. [[de:Leuchtturm]]")), page("Template:Quote", revision(9, "{{{1}}}<noinclude>[[de:Vorlage:Zitat]]</noinclude>"), ns=10)), encoding="utf-8"
    )

    _, said = run("wiki", "import", "small.xml", "--to", "de", "--model", "pseudo", "--sister", "de", "--namespace", "all", "--as", "xml", *wanted, "--json")

    titles = [one.title for one in Dump(json.loads(said)["xml"]).pages()]
    told = [line for line in json.loads(said)["remarks"] if "sister wiki already" in line]
    assert (["Leuchtturm", "Vorlage:Zitat"] if wanted else []) == [title for title in titles if wikis["de"].text(title)]
    assert (len(titles), len(told)) == ((3, 0) if wanted else (1, 1))


def test_pages_with_a_counterpart_are_named_before_an_export_is_imported(tmp_path):
    done = imported(tmp_path, SMALL, choice=Choice(namespaces=("all",)), wish=Wish(xml=True))

    (told,) = [line for line in done.written.remarks if line.startswith("Look before you import")]
    assert "Nacht, Vorlage:Kasten, Kategorie:Zeiten" in told
    assert [] == [line for line in imported(tmp_path, SMALL, choice=Choice(namespaces=("all",)), wish=Wish(xml=True, with_existing=True)).written.remarks if "Look" in line]
