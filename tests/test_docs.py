"""The pages say what the code does."""

import re
from pathlib import Path

import pytest

from docs import make
from translate.checks import ALL
from translate.cli import COMMANDS

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
