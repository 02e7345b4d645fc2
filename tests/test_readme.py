"""What the README says is true: its commands run, its Python runs, its keys exist, its pictures and links are there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from converter.build.settings import layer
from converter.folders.named_files import FILES, listed_files
from converter.themes import theme_names

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
SHELL = [
    text for language, text in BLOCKS if language == "sh" and "pip install" not in text
]  # installing made this run
HEAVIEST = 250_000  # bytes of a picture: the README opens at once on a telephone
DIARY = "Day 1\n\nThe gulls have voted again.\n\nDay 2\n\nA recount was held upon the roof, and it rained.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with what the README's commands speak of."""
    stories = ROOT / "stories"
    for name in ("the-salt-post.txt", "the-understudy-dragon.txt", "level-one-librarian.txt"):
        shutil.copy(stories / name, tmp_path)
    shutil.copytree(stories / "the-orchard-under-the-lake", tmp_path / "the-orchard-under-the-lake")
    for page in (tmp_path / "the-orchard-under-the-lake").glob("chapter-0*.html"):
        shutil.copy(page, tmp_path)
    (tmp_path / "diary.txt").write_text(DIARY, encoding="utf-8")
    return tmp_path


def name_of(block: str) -> str:
    return "-".join(re.findall(r"\w+", block.split("#", maxsplit=1)[0])[:4])


@pytest.mark.slow
@pytest.mark.parametrize("block", SHELL, ids=name_of)
def test_commands_run(block: str, desk: Path) -> None:
    from converter.covers import draw_cover
    from converter.document.model import Metadata

    (desk / "cover.jpg").write_bytes(draw_cover(Metadata(title="Ours")).data)
    if "chapbook cover" in block:
        (desk / "cover.jpg").unlink()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", block],
        cwd=desk,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_commands_cover_the_program() -> None:
    from converter.cli import COMMANDS

    said = " ".join(SHELL)
    assert [name for name in COMMANDS if f"chapbook {name}" not in said] == []


@pytest.mark.slow
def test_python_runs(desk: Path) -> None:
    code = next(text for language, text in BLOCKS if language == "python")
    done = subprocess.run([sys.executable, "-c", code], cwd=desk, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("The Salt Post by R. A. Tolland\n")
    assert (desk / "books" / "the-salt-post.epub").is_file()


def test_sidecar_keys_are_known() -> None:
    said = tomllib.loads(next(text for language, text in BLOCKS if language == "toml"))
    assert listed_files(said.pop(FILES))
    assert layer({key: str(v) if key == "published" else v for key, v in said.items()}, "README.md")


def test_styles_are_named() -> None:
    assert ", ".join(sorted(theme_names())) in README


def test_links_and_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^):]+)\)", README)
    assert pictures
    assert [p for p in (*pictures, *links) if not (ROOT / p).exists()] == []
    assert [p for p in pictures if (ROOT / p).stat().st_size > HEAVIEST] == []
