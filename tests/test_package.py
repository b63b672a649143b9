"""What is installed from a wheel is whole: every sub-package, every data file, and nothing of the checkout around it."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests import works
from tests.terminal import ROOT, Said, environment

pytestmark = pytest.mark.slow

PACKED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]["translate"]
DATA = tuple(Path(pattern).suffix for pattern in PACKED)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of what git knows (so that what lies about is not packed), without a build folder of earlier."""
    folder = tmp_path_factory.mktemp("wheel")
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (folder / "checkout" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / "checkout" / name)
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(folder / "checkout")], check=True, timeout=300)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory):
    """An environment with the wheel, whose libraries are those of this one; the checkout is not on its path."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    libraries = folder / "libraries"
    libraries.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "dragoman" not in path.name.lower() and path.name != "translate" and path.suffix != ".pth":
            (libraries / path.name).symlink_to(path)
    (packages / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    return folder / "bin" / "python"


def run(python, *arguments, folder):
    clean = {name: value for name, value in environment(folder).items() if name != "PYTHONPATH"}
    entry = "import sys; from translate.cli import main; sys.argv[0] = 'dragoman'; main()"
    ran = subprocess.run([str(python), "-c", entry, *map(str, arguments)], cwd=folder, env=clean, capture_output=True, text=True, timeout=120)
    return Said(ran.returncode, ran.stdout, ran.stderr)


def names_of(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_module_and_every_data_file(wheel):
    wanted = {str(path.relative_to(ROOT)) for path in (ROOT / "translate").rglob("*") if path.is_file() and "__pycache__" not in path.parts}

    assert set() == {name for name in wanted if name.endswith((".py", *DATA))} - names_of(wheel)
    assert set() == {name for name in wanted if not name.endswith((".py", *DATA))}, "files of a kind that pyproject.toml does not take along"


def test_the_wheel_holds_nothing_of_the_checkout_around_it(wheel):
    assert {"translate"} == {name.split("/")[0] for name in names_of(wheel) if ".dist-info/" not in name}
    assert not [name for name in names_of(wheel) if name.endswith((".pyc", ".db", ".epub"))]


def test_the_wheel_brings_its_licence_and_its_command(wheel):
    with zipfile.ZipFile(wheel) as archive:
        texts = {name.rpartition("/")[2]: archive.read(name).decode() for name in archive.namelist() if ".dist-info/" in name}

    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in texts["LICENSE"]
    assert "dragoman = translate.cli:main" in texts["entry_points.txt"]
    assert "License-Expression: AGPL-3.0-or-later" in texts["METADATA"]


def test_what_is_installed_runs_outside_the_checkout(installed, tmp_path):
    source = works.epub(tmp_path / "small.epub", [["One paragraph, and <em>another</em>."]])

    version = run(installed, "--version", folder=tmp_path)
    where = subprocess.run([str(installed), "-E", "-c", "import translate; print(translate.__file__)"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    translated = run(installed, "translate", source, "--to", "de", "--model", "pseudo", folder=tmp_path)

    assert (0, "") == (version.code, version.err)
    assert not where.startswith(str(ROOT) + os.sep)
    assert 0 == translated.code, translated.err
    assert (tmp_path / "output/small.de/small.de.epub").is_file()
    assert "<html" in (tmp_path / "output/small.de/report.html").read_text(encoding="utf-8")


def test_what_is_installed_has_its_prompts_checks_and_profiles(installed, tmp_path):
    """Against a server that is not there: everything is loaded before the first request goes out."""
    source = works.epub(tmp_path / "small.epub", [["One paragraph, and <em>another</em>."]])

    asked = run(installed, "translate", source, "--to", "de", "--model", "hosted:nothing", "--base-url", "http://127.0.0.1:1/v1", folder=tmp_path)
    quoted = run(installed, "translate", source, "--to", "de", "--model", "hosted:nothing", "--base-url", "http://127.0.0.1:1/v1", "--quote", folder=tmp_path)

    assert 5 == asked.code, asked.err
    assert "Nothing answers at" in asked.err
    assert 0 == quoted.code, quoted.err
