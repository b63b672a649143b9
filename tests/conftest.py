"""Fixtures that several test files share, and the rule that CI may not skip what it should have."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.mediawiki import wikis as wikis
from tests.shelf import CORPUS, CORPUS_FOLDER

ROOT = Path(__file__).parent.parent
MAY_SKIP_IN_CI = ("no key", "the superuser may")
"""What a skip's reason may begin with in CI; any other skip there hides a missing part."""


STRANGERS = ("DRAGOMAN_CONTACT", "DRAGOMAN_ENGINE", "DRAGOMAN_WIKI_", "EDITOR", "HF_", "OPENAI_", "VISUAL")
"""What variables of the user's begin with that change what the program does: no test but a live one sees them."""

TEMPORARY = Path(tempfile.gettempdir()) / f"dragoman-tests-{os.getpid()}"


def pytest_configure() -> None:
    """No test reads or changes the user's keyring, or speaks the user's language."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ["LC_ALL"] = "C.UTF-8"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Every test has a home and a translation memory of its own, not there until something is kept, and none of the user's settings and keys.

    Tests with the embedded model share a home, since its file is large.
    """
    own = TEMPORARY / ("embedded" if item.get_closest_marker("embedded") else str(len(SEEN)))
    os.environ["DRAGOMAN_HOME"], os.environ["DRAGOMAN_WORKSPACE"] = str(own / "home"), str(TEMPORARY / str(len(SEEN)) / "workspace.db")
    SEEN.append(item.nodeid)
    if not item.get_closest_marker("live"):
        for name in [name for name in os.environ if name.upper().startswith(STRANGERS)]:
            del os.environ[name]


def pytest_sessionfinish() -> None:
    """Remove what was kept."""
    shutil.rmtree(TEMPORARY, ignore_errors=True)


SEEN: list[str] = []


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI a skip is a failure."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("DRAGOMAN_CI") and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not reason.removeprefix("Skipped: ").startswith(MAY_SKIP_IN_CI):
            report.outcome = "failed"
            report.longrepr = f"skipped in CI, where nothing may be missing: {reason}"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real books, or a skip."""
    if not CORPUS:
        pytest.skip("no corpus of real books: set DRAGOMAN_CORPUS to a folder of EPUBs to test with them")
    return CORPUS_FOLDER


@pytest.fixture
def model_server(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Starts a real OpenAI-compatible server on loopback, with the options given; gives its address. It ends with the test."""
    with ExitStack() as stack:

        def start(*options: str) -> str:
            command = [sys.executable, "-m", "benchmarks.server", "--port", "0", *options]
            process = stack.enter_context(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
            stack.callback(process.terminate)
            assert process.stdout is not None
            return process.stdout.readline().strip()

        yield start
