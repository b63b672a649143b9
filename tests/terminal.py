"""The command line as tests use it: in this process where a test must be quick, as a process of its own where that is the point."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate.cli import main

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "translate")
PLAIN_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""Before a command: so that rights of files bind root too."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What stands on stdout, which must be JSON and nothing else."""
        return json.loads(self.out)

    @property
    def errors(self) -> list[str]:
        """The lines on stderr that are no progress."""
        return [line for line in self.err.splitlines() if " passages" not in line]


def here(*arguments: object) -> Said:
    """The command in this process and folder; an exception that is no exit fails the test."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(one) for one in arguments])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
    return Said(code, out.getvalue(), err.getvalue())


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment without the user's settings and keys; warnings are errors."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "PYTHON", "XDG_", "EDITOR", "VISUAL"))}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "XDG_DATA_HOME": str(home / ".data"), "NO_PROXY": "127.0.0.1", **more}


def started(*arguments: object, folder: Path, before: Sequence[str] = (), **more: str) -> subprocess.Popen[str]:
    """The command as a process in ``folder``, with its output in pipes. Under limits it keeps no byte code: half a module on disk would break every later process."""
    if before:
        more = {"PYTHONDONTWRITEBYTECODE": "1", **more}
    command = [*before, *COMMAND, *(str(one) for one in arguments)]
    return subprocess.Popen(command, cwd=folder, env=environment(folder, **more), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str], *, seconds: float = 120) -> Said:
    """What a process said when it has ended."""
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Said(process.returncode, out, err)


def called(*arguments: object, folder: Path, before: Sequence[str] = (), seconds: float = 120, **more: str) -> Said:
    """The command as a process in ``folder``, to its end."""
    return ended(started(*arguments, folder=folder, before=before, **more), seconds=seconds)


def files(folder: Path) -> Mapping[str, bytes]:
    """Every file under ``folder`` with what is in it, and every empty folder."""

    def found() -> Iterator[tuple[str, bytes]]:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield str(path.relative_to(folder)), path.read_bytes()
            elif not any(path.iterdir()):
                yield f"{path.relative_to(folder)}/", b""

    return dict(found())
