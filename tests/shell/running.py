"""Runs the real command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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


def chapbook(*args: str | Path, cwd: Path, stdin: bytes | None = None, **env: str) -> Run:
    """`chapbook ARGS` in the folder `cwd`."""
    done = subprocess.run(
        [sys.executable, "-m", "converter", *map(str, args)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, "COLUMNS": "120", **env},
        timeout=120,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def everything(folder: Path) -> set[str]:
    """All files below a folder, hidden ones too."""
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
