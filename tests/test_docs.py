"""The documents say what the program does: diagnostics are listed, README's commands and examples run."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| `([a-z.-]+)` \| (\w+) \|", re.M)


def codes_in_the_program() -> set[str]:
    """The first argument of every Diagnostic that is a literal, and what goes through a small maker of its own."""
    found: set[str] = set()
    for path in sorted((ROOT / "converter").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name == "Diagnostic" or (path.name == "checks.py" and name == "_number"):
                    found.add(str(node.args[0].value))
    return found


def test_every_diagnostic_has_its_row() -> None:
    rows = dict(ROW.findall((ROOT / "docs" / "diagnostics.md").read_text("utf-8")))
    assert set(rows) == codes_in_the_program()
    assert set(rows.values()) <= {"info", "doubt", "warning", "error"}
    assert list(rows) == sorted(rows)


def blocks(name: str, language: str) -> list[str]:
    """The fenced blocks of a language in one document."""
    text = (ROOT / name).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    """A folder as the README's reader has it: the sample stories under the names it uses."""
    shutil.copytree(ROOT / "stories", tmp_path / "stories")
    story = next(p for p in sorted((ROOT / "stories").glob("*.txt")))
    page = next(p for p in sorted((ROOT / "stories").rglob("*.html")))
    shutil.copy(story, tmp_path / "story.txt")
    shutil.copy(page, tmp_path / "story.html")
    return tmp_path


# Commands that install, or that need what a test has not; everything else in a block of shell must work.
NOT_RUN = re.compile(r"^(git clone|cd |make\b|pip install|python3? -m venv|source |\. |eval |sudo |apt|curl )|\|")


@pytest.mark.parametrize(
    "command", [c for b in blocks("README.md", "(?:sh|console|shell|bash)") for c in b.splitlines()]
)
def test_commands_of_the_readme_run(command: str, bench: Path) -> None:
    command = command.removeprefix("$ ").partition("  #")[0].strip()
    if not command or command.startswith("#") or NOT_RUN.search(command):
        return
    words = shlex.split(command)
    if words[0] == "python":
        words[0] = sys.executable
    elif words[0] == "chapbook":
        words[:1] = [sys.executable, "-m", "converter"]
    done = subprocess.run(words, cwd=bench, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"{command}\n{done.stderr}"


@pytest.mark.parametrize("example", blocks("README.md", "python"))
def test_python_examples_of_the_readme_run(example: str, bench: Path) -> None:
    done = subprocess.run([sys.executable, "-c", example], cwd=bench, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{example}\n{done.stderr}"


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
