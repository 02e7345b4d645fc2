"""Runs the real command line, each time in a process of its own."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 120  # seconds

STORY = """Title: The Salt Road
Author: Ada Thorn

Chapter 1

The lamp went out at nine, and nobody on the pier could say who had lit it in the first place.

"Leave it," said Odile. "The boats know the way."

Chapter 2

By morning the harbour was full of gulls, and the road to the salt pans lay white and empty under the sun.
"""


@dataclass(frozen=True)
class Run:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line of complaint; the test fails where there are more or none."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


class _Server:
    """The process from which this worker's runs are forked."""

    def __init__(self) -> None:
        self.seconds = 0.0  # of processor time that all runs took
        self._place = tempfile.TemporaryDirectory(prefix="runs-")
        command = [sys.executable, "-m", "tests.shell.serving"]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_surroundings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # it ends with all that it began
        )
        atexit.register(self.end)

    def end(self) -> None:
        """No further run; whatever is still at work is ended."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._place.cleanup()

    def run(self, args: list[str], cwd: Path, env: dict[str, str]) -> Run:
        """What became of a run that begins in the folder `cwd`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        out, err = (Path(self._place.name) / name for name in ("out", "err"))
        channels = {"stdin": os.devnull, "stdout": str(out), "stderr": str(err)}
        asked = {"args": args, "cwd": str(cwd), "env": {**_surroundings(), **env}, **channels}
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        if not select.select([self._process.stdout], [], [], LONGEST)[0]:
            self.end()
            _server.cache_clear()
            raise subprocess.TimeoutExpired(args, LONGEST)
        answer = self._process.stdout.readline()
        assert answer, "the process from which runs are forked has ended"
        code, seconds = answer.split()
        self.seconds += float(seconds)
        return Run(int(code), out.read_bytes().decode(), err.read_bytes().decode())


@cache
def _server() -> _Server:
    return _Server()


def seconds_of_runs() -> float:
    """The processor time of all runs so far: it is counted with nobody's children before their server ends."""
    return _server().seconds if _server.cache_info().currsize else 0.0


def _surroundings() -> dict[str, str]:
    return {**os.environ, "COLUMNS": "120"}


def chapbook(*args: str | Path, cwd: Path, stdin: bytes | None = None, anew: bool = False, **env: str) -> Run:
    """`chapbook ARGS` in the folder `cwd`. `anew`: by a Python of its own, as it is where surroundings are given that
    are looked at when it starts or when the program is loaded: all but the places of other programs."""
    words = [str(arg) for arg in args]
    if not anew and stdin is None and env.keys() <= {"PATH"} and hasattr(os, "fork"):
        return _server().run(words, cwd, env)
    done = subprocess.run(
        [sys.executable, "-m", "converter", *words],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**_surroundings(), **env},
        timeout=LONGEST,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def everything(folder: Path) -> set[str]:
    """All files below a folder, hidden ones too."""
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
