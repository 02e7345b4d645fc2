"""The documents say what the program does: diagnostics are listed, options named in them exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| `([a-z.-]+)` \| (\w+) \|", re.M)


def codes_in_the_program() -> set[str]:
    """The first argument of every Diagnostic that is a literal, and what goes through a small maker of its own."""
    found: set[str] = set()
    for path in sorted((ROOT / "converter").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name == "Diagnostic" or (path.parent.name == "checks" and name == "_number"):
                    found.add(str(node.args[0].value))
    return found


def test_every_diagnostic_has_its_row() -> None:
    rows = dict(ROW.findall((ROOT / "docs" / "diagnostics.md").read_text("utf-8")))
    assert set(rows) == codes_in_the_program()
    assert set(rows.values()) <= {"info", "doubt", "warning", "error"}
    assert list(rows) == sorted(rows)


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
