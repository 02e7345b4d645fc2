"""The documents say what the program does: the options named in them exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_options_named_in_the_documents_exist() -> None:
    from click import Context

    from converter.cli import COMMANDS, chapbook

    known = {"--help", "--version"}
    for name in COMMANDS:
        command = chapbook.get_command(Context(chapbook), name)
        assert command is not None, name
        known |= {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for line in document.read_text("utf-8").splitlines():
            if "chapbook" in line:
                named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", line.partition("chapbook")[2]))
                assert named <= known, f"{document.name}: {named - known}"
