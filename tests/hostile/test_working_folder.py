"""Python files beside the stories: none of them is run, whatever module it is called after."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell.running import LONGEST, ROOT, STORY, everything

pytestmark = pytest.mark.slow

NAMES = (
    "converter/__init__.py",
    "multiprocessing/__init__.py",
    "signal.py",
    "threading.py",
    "uuid.py",
    "weasyprint.py",
)
INSTALLED = """
import multiprocessing, sys
from converter.cli import main

if __name__ == "__main__":
    if {methods}:
        multiprocessing.get_all_start_methods = lambda: {methods}
    main()
"""  # what an installed `chapbook` does: unlike `python -m`, it doesn't look for modules where it is run


@pytest.mark.parametrize("methods", [[], ["spawn"]], ids=["the system's way", "spawned"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_beside_the_stories_is_run(tmp_path: Path, name: str, methods: list[str]) -> None:
    program, stories, trace = tmp_path / "bin" / "chapbook.py", tmp_path / "stories", tmp_path / "trace"
    for file in (program, stories / name):
        file.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(INSTALLED.format(methods=methods))
    (stories / name).write_text(f"open({str(trace)!r}, 'w').close()\nraise ImportError\n")
    for story in ("one.txt", "two.txt"):
        (stories / story).write_text(STORY)
    done = subprocess.run(
        [sys.executable, program, "convert", "one.txt", "two.txt", "-t", "epub", "-o", tmp_path / "books"],
        cwd=stories,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert not trace.exists()
    assert done.returncode == 0, done.stderr
    assert {"one.epub", "two.epub"} <= everything(tmp_path / "books")
