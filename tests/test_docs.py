"""The pages say what the code does."""

import re
import tomllib
from pathlib import Path

import pytest

from docs import make
from tests.test_web_said import found
from translate import assessor, proofreader
from translate.checks import ALL, NEIGHBOURS
from translate.cli import COMMANDS
from translate.pipeline import headings
from translate.spoken.said import check_name, check_says
from translate.web.said import said

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["command-line.md", "checks.md"])
def test_the_made_pages_are_what_the_code_says(name):
    assert make.pages()[name] == (ROOT / "docs" / name).read_text(encoding="utf-8"), "run: make docs"


def test_every_command_and_check_is_documented():
    lines = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    manual = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")

    assert [] == [name for name in COMMANDS if f"## dragoman {name}\n" not in lines]
    assert [] == [check.name for check in ALL if f"## {check.name}\n" not in manual]


def test_every_link_between_pages_leads_somewhere():
    broken = []
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "books").glob("*.md"), *(ROOT / "glossaries").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")

    assert [] == broken


def test_every_option_that_the_readme_shows_exists():
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", (ROOT / "README.md").read_text(encoding="utf-8")))
    known = set(re.findall(r"--[a-z][a-z-]+", make.command_line()))

    assert set() == shown - known


def test_every_make_target_that_the_readme_shows_exists():
    shown = set(re.findall(r"`make ([a-z-]+)`", (ROOT / "README.md").read_text(encoding="utf-8")))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert shown
    assert set() == shown - targets


def test_every_page_stands_in_the_index_of_pages():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")

    assert [] == [page.name for page in (ROOT / "docs").glob("*.md") if page.name != "index.md" and f"]({page.name})" not in index]


def test_every_decision_has_a_number_of_its_own_and_is_listed_in_its_place():
    folder = ROOT / "docs" / "decisions"
    records = sorted(page.name for page in folder.glob("[0-9]*.md"))
    listed = re.findall(r"\]\((\d{4}-[^)]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))

    assert records == listed
    assert len(records) == len({name[:4] for name in records})


def test_every_library_that_is_needed_is_accounted_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = (ROOT / "docs" / "decisions" / "0002-libraries.md").read_text(encoding="utf-8").casefold()

    names = [re.split(r"[<>=!~\[ ]", wanted)[0] for wanted in project["dependencies"]]

    assert [] == [name for name in names if name not in said and {"beautifulsoup4": "beautifulsoup"}.get(name, name) not in said]


def test_every_setting_of_the_environment_is_documented():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "translate").rglob("*.py"))
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))

    named = set(re.findall(r"[\"'](DRAGOMAN_[A-Z_]*[A-Z]|OPENAI_[A-Z_]+|HF_[A-Z_]+)[\"']", code))

    assert named
    assert set() == {name for name in named if name not in pages}


def test_every_option_says_what_it_does():
    page = make.command_line()
    silent = re.findall(r"^  (?:-\w, )?(--[a-z-]+)(?: [A-Z/|a-z\[\]-]+)?$(?!\n {12,})", page, re.MULTILINE)

    assert [] == silent


def test_what_a_check_says_is_said_in_german_too() -> None:
    """Each new sentence of a check needs its form, and its German, in translate/spoken/found.toml: reviewers read it at the desk."""
    assert [] == [message for message in found() if message == said(message, "de")]


def test_the_manual_of_the_checks_shows_every_check_at_a_glance_and_by_an_example():
    manual = make.checks()
    sections = {part.partition("\n")[0]: part for part in re.split(r"^## ", manual, flags=re.MULTILINE)[1:]}
    names = {check.name for check in (*ALL, *NEIGHBOURS)} | {reading.name for reading in proofreader.ALL}

    assert names == set(re.findall(r"^\| \[(\w+)\]\(#\1\) \|", manual, re.MULTILINE))
    assert [] == sorted(name for name in names if "For instance (" not in sections[name])


def test_an_example_of_the_manual_stays_in_its_quotation():
    lost = [line for example in re.findall(r"^For instance .*:\n\n((?:.+\n)+)", make.checks(), re.MULTILINE) for line in example.splitlines() if not line.startswith(">")]

    assert [] == lost


def test_what_markdown_would_take_for_markup_is_written_out_in_an_example():
    assert "> \\* Die Männer \\<b\\>\\\n> \\# und" == make._quotation("* Die Männer <b>\n# und")


def test_every_check_has_a_name_in_german() -> None:
    """Each new check needs its German name in translate/spoken/found.toml: reviewers choose it from a list at the desk."""
    names = {*(check.name for check in ALL), *(check.name for check in NEIGHBOURS), *proofreader.NAMES, assessor.NAME, "outdated"}

    assert [] == sorted(name for name in names if check_name(name, "de") == name)
    assert [] == sorted(name for name in names if check_name(name, "en") != name)


def test_every_heading_of_a_report_is_in_german_too() -> None:
    """Each new check needs a sentence that heads its findings, under [headings.de] in translate/spoken/found.toml."""
    checks = (*headings.OF_A_WORK, *headings.OF_AN_AUDIT, headings.JUDGE, *headings.CHECKS)

    assert [] == sorted(check.name for check in checks if check_says(check.name, check.says, "de") == check.says)
    assert [] == sorted(check.name for check in checks if check_says(check.name, check.says, "en") != check.says)
