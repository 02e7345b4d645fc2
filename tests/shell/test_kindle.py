"""AZW3: through calibre's tool where it is, and one clear line where it isn't."""

from __future__ import annotations

import os
from pathlib import Path

from tests.shell.running import STORY, chapbook, everything

# Stands for calibre, which is too large to be asked for by the tests: it takes and gives files as the real one does.
TOOL = """#!/bin/sh
case "$2" in *.azw3) head -c 4 "$1" > "$2"; printf BOOKMOBI >> "$2" ;; *) exit 3 ;; esac
"""


def test_without_calibre(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    run = chapbook("story.txt", "-t", "azw3", cwd=tmp_path, PATH="/nowhere")
    assert run.code == 1
    assert "calibre" in run.line
    assert everything(tmp_path) == {"story.txt"}


def test_with_a_tool_of_its_kind(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "bin").mkdir()
    tool = tmp_path / "bin" / "ebook-convert"
    tool.write_text(TOOL)
    tool.chmod(0o755)
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    run = chapbook("story.txt", "-t", "epub,azw3", cwd=tmp_path, PATH=path)
    assert run.code == 0, run
    assert (tmp_path / "output" / "story.azw3").read_bytes() == b"PK\x03\x04BOOKMOBI"
    assert (tmp_path / "output" / "story.epub").exists()
    tool.write_text("#!/bin/sh\necho no such thing >&2; exit 1\n")
    run = chapbook("story.txt", "-t", "azw3", "--force", cwd=tmp_path, PATH=path)
    assert run.code == 1
    assert "no such thing" in run.line
