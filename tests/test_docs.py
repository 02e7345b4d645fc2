"""The documents say what the program does: the options and the files named in them exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
CODE = sorted((ROOT / "converter").rglob("*.py"))
OUR_FOLDERS = ("converter", "docs", "styles", "tests", "tools", "benchmarks", "stories", "output")
PATH = re.compile(r"`(?:\.?/)?([\w./*-]+\.(?:py|toml|css|java|m?js|tsv|md)|[\w./-]+/)(?::\w+)?`")
FENCED = re.compile(r"(?ms)^```.*?^```$")
OF_A_PERSON = {
    "NAME.toml",
    "story.toml",
    "chapbook.toml",
    "config.toml",
    "plan.toml",
    "NAME_files/",
}  # files beside a story


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


def _ours() -> set[str]:
    """All files and folders of the project, each by its name and by every end of its path."""
    found = [ROOT / name for name in OUR_FOLDERS]
    found += [p for folder in found for p in folder.rglob("*") if "node_modules" not in p.parts]
    found += ROOT.glob("*.*")
    ends = set()
    for path in found:
        parts = path.relative_to(ROOT).parts
        ends |= {"/".join(parts[n:]) + ("/" if path.is_dir() else "") for n in range(len(parts))}
    return ends


@pytest.fixture(scope="module")
def ours() -> set[str]:
    return _ours()


@pytest.mark.parametrize("document", [*DOCUMENTS, *CODE], ids=lambda p: str(p.relative_to(ROOT)))
def test_files_named_in_the_documents_and_the_code_exist(document: Path, ours: set[str]) -> None:
    text = FENCED.sub("", document.read_text("utf-8"))
    assert [path for path in PATH.findall(text) if path not in ours | OF_A_PERSON and "*" not in path] == []
