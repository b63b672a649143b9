"""Two real MediaWikis on loopback, an English and a German one that know each other, with Debian's code, PHP's own server and SQLite.

``start`` sets both up in about five seconds and stops them for certain: each server leads a process group of its own, since PHP's workers outlive their parent.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest

CODE = Path("/usr/share/mediawiki")
PAGES = Path(__file__).parent / "data" / "wikis"
HOW = "sudo apt-get install --no-install-recommends mediawiki php-cli php-sqlite3 php-mbstring php-xml php-intl php-curl"
LANGUAGES = ("en", "de")
GRANTS = ["basic", "highvolume", "editpage", "createeditmovepage", "editprotected"]
PASSWORDS = {name: (name.lower() * 9).translate({ord(letter): "0" for letter in "xyz"})[:32] for name in ("Translator", "Other", "Hurried", "Blocked")}
"""Bot passwords: 32 characters of 0-9a-w, or MediaWiki does not take them for ones."""
GROUPS = {"Translator": ["bot"], "Hurried": ["hurried"]}
ACCOUNTS = {
    name: {"password": word, "groups": GROUPS.get(name, []), "grants": GRANTS if name == "Translator" else GRANTS[:1] + GRANTS[2:]}
    for name, word in PASSWORDS.items()
}
EXTENSIONS = "Cite,ParserFunctions,TemplateData,Poem"
SETTINGS = """
$wgCacheDirectory = "{folder}/cache";
$wgReadOnlyFile = "{folder}/readonly";
$wgMainCacheType = CACHE_DB;
$wgSessionCacheType = CACHE_DB;
$wgJobRunRate = 1;
$wgRateLimits['edit'] = ['hurried' => [3, 4]];
$wgGroupPermissions['hurried']['edit'] = true;
$wgRightsUrl = "https://creativecommons.org/licenses/by-sa/4.0/";
$wgRightsText = "CC BY-SA 4.0";
$wgAllowExternalImages = false;
$wgShowExceptionDetails = true;
if ( is_file( "{folder}/more.php" ) ) {{ require "{folder}/more.php"; }}
"""


@dataclass(frozen=True)
class Wiki:
    """One running wiki. ``api`` and ``home`` are its addresses; the account ``Translator`` is a bot, ``Other`` a plain user, ``Hurried`` is made to wait, ``Blocked`` may not edit."""

    language: str
    port: int
    folder: Path

    @property
    def home(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api(self) -> str:
        """The address of api.php."""
        return f"{self.home}/api.php"

    def address(self, title: str) -> str:
        """The address of a page, as a browser shows it."""
        return f"{self.home}/index.php?title={quote(title.replace(' ', '_'), safe=':/')}"

    def ask(self, **parameters: str) -> Any:
        """An answer of the wiki to anyone, without our client."""
        return httpx.post(self.api, data={**parameters, "format": "json", "formatversion": "2"}, timeout=30).raise_for_status().json()

    def text(self, title: str) -> str | None:
        """What a page reads now, None where there is none."""
        (page,) = self.ask(action="query", prop="revisions", rvprop="content", rvslots="main", titles=title)["query"]["pages"]
        return str(page["revisions"][0]["slots"]["main"]["content"]) if "revisions" in page else None

    def revisions(self, title: str) -> list[dict[str, Any]]:
        """All revisions of a page, newest first."""
        (page,) = self.ask(action="query", prop="revisions", rvprop="ids|user|comment|tags|size", rvlimit="max", titles=title)["query"]["pages"]
        return list(page.get("revisions", ()))

    def act(self, user: str, /, **parameters: str) -> Any:
        """Do something as one of the accounts, or as Admin, without our client."""
        with httpx.Client(timeout=30) as session:
            base = {"format": "json", "formatversion": "2"}

            def token(kind: str) -> str:
                said = session.post(self.api, data={**base, "action": "query", "meta": "tokens", "type": kind}).json()
                return str(said["query"]["tokens"][f"{kind}token"])

            if user == "Admin":
                login = {
                    "action": "clientlogin",
                    "username": "Admin",
                    "password": "AdminPassw0rd-test",
                    "loginreturnurl": self.home,
                    "logintoken": token("login"),
                }
            else:
                login = {"action": "login", "lgname": f"{user}@tests", "lgpassword": PASSWORDS[user], "lgtoken": token("login")}
            said = session.post(self.api, data={**base, **login}).json()
            assert "PASS" in str(said) or "Success" in str(said), said
            return session.post(self.api, data={**base, **parameters, "token": token("csrf")}).json()

    def edit(self, title: str, text: str, *, user: str = "Other") -> Any:
        """Another person's edit."""
        return self.act(user, action="edit", title=title, text=text, summary="by hand")

    @contextmanager
    def readonly(self, reason: str = "The disk is being changed") -> Iterator[None]:
        """While it lasts, the wiki takes no edits."""
        lock = self.folder / "readonly"
        lock.write_text(reason)
        try:
            yield
        finally:
            lock.unlink()

    @contextmanager
    def settings(self, php: str) -> Iterator[None]:
        """More settings for a while."""
        more = self.folder / "more.php"
        more.write_text(f"<?php\n{php}\n")
        try:
            yield
        finally:
            more.unlink()


def missing() -> str:
    """What this machine lacks, or "" where a wiki can be started."""
    if not (CODE / "maintenance" / "install.php").is_file() or shutil.which("php") is None:
        return f"no MediaWiki here: {HOW}"
    return ""


@contextmanager
def start(folder: Path) -> Iterator[Mapping[str, Wiki]]:
    """Both wikis, by language, set up and filled; they are gone when the block ends, however it ends."""
    wikis = {language: Wiki(language, port, folder / language) for language, port in zip(LANGUAGES, _free_ports(len(LANGUAGES)), strict=True)}
    servers: list[subprocess.Popen[bytes]] = []
    try:
        settings_up = [(wiki, _install(wiki)) for wiki in wikis.values()]
        for wiki, process in settings_up:
            _finished(process, wiki)
            with (wiki.folder / "conf" / "LocalSettings.php").open("a") as local:
                local.write(SETTINGS.format(folder=wiki.folder))
        for wiki, process in [(wiki, _seed(wiki, wikis)) for wiki in wikis.values()]:
            _finished(process, wiki)
        servers += [_serve(wiki) for wiki in wikis.values()]
        for wiki in wikis.values():
            _wait(wiki)
            wiki.act("Admin", action="block", user="Blocked", reason="Test", expiry="infinite")
        yield wikis
    finally:
        for server in servers:
            _stop(server)


def _free_ports(number: int) -> list[int]:
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _environment(wiki: Wiki) -> dict[str, str]:
    return {**os.environ, "MW_CONFIG_FILE": str(wiki.folder / "conf" / "LocalSettings.php"), "MW_INSTALL_PATH": str(CODE)}


def _install(wiki: Wiki) -> subprocess.Popen[bytes]:
    for part in ("data", "conf", "cache"):
        (wiki.folder / part).mkdir(parents=True)
    options = {
        "--dbtype": "sqlite",
        "--dbname": "wiki",
        "--dbpath": str(wiki.folder / "data"),
        "--server": wiki.home,
        "--scriptpath": "",
        "--lang": wiki.language,
        "--confpath": str(wiki.folder / "conf"),
        "--pass": "AdminPassw0rd-test",
        "--extensions": EXTENSIONS,
    }
    command = ["php", str(CODE / "maintenance" / "install.php"), *(part for pair in options.items() for part in pair), f"Test{wiki.language}", "Admin"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _seed(wiki: Wiki, wikis: Mapping[str, Wiki]) -> subprocess.Popen[bytes]:
    pages = {unquote(path.stem): path.read_text(encoding="utf-8") for path in (PAGES / wiki.language).glob("*.wiki")}
    first = sorted(pages, key=lambda title: (not title.startswith(("Template:", "Vorlage:")), title))
    given = {
        "accounts": ACCOUNTS,
        "interwiki": {other.language: f"{other.home}/index.php/$1" for other in wikis.values() if other is not wiki},
        "pages": {title: pages[title] for title in first},
    }
    process = subprocess.Popen(
        ["php", str(PAGES / "seed.php")], env=_environment(wiki), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(given).encode())
    process.stdin.close()
    process.stdin = None
    return process


def _finished(process: subprocess.Popen[bytes], wiki: Wiki) -> None:
    said, _ = process.communicate(timeout=90)
    assert process.returncode == 0, f"{wiki.language}: {said.decode(errors='replace')[-2000:]}"


def _serve(wiki: Wiki) -> subprocess.Popen[bytes]:
    log = (wiki.folder / "server.log").open("wb")
    environment = {**_environment(wiki), "PHP_CLI_SERVER_WORKERS": "3"}
    command = ["php", "-d", "opcache.revalidate_freq=0", "-S", f"127.0.0.1:{wiki.port}", "-t", str(CODE)]
    with log:
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


def _wait(wiki: Wiki) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(httpx.HTTPError, ValueError):
            wiki.ask(action="query", meta="siteinfo")
            return
        time.sleep(0.1)
    raise AssertionError(f"the {wiki.language} wiki did not start: {(wiki.folder / 'server.log').read_text()[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """The whole process group, gently, then for certain."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        server.wait(5)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait(5)


@pytest.fixture(scope="session")
def wikis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Wiki]]:
    """Two editions of one wiki, "en" and "de", running for the session; a skip says how to get MediaWiki."""
    if missing():
        pytest.skip(missing())
    with start(tmp_path_factory.mktemp("wikis")) as running:
        yield running
