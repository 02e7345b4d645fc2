"""CONTRIBUTING's recipes are followed word by word in a copy of the project, and what they add works there."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
COPIED = ("converter", "styles", "docs", "tests", "pyproject.toml", "README.md")
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("\n## Recipes\n")[2].partition("\n## ")[0]
SECTIONS = dict(re.findall(r"^### (.*?)\n(.*?)(?=^### |\Z)", TEXT, re.MULTILINE | re.DOTALL))
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Recipe(NamedTuple):
    """The files of a section, the lines it adds to others, and the commands that show that it works."""

    files: dict[str, str]
    additions: dict[str, str]
    commands: list[list[str]]


def recipe(section: str) -> Recipe:
    blocks = BLOCK.findall(SECTIONS[section])
    named = [(language, name, text) for language, name, text in blocks if name]
    return Recipe(
        {name: text for language, name, text in named if language != "diff"},
        {name: text for language, name, text in named if language == "diff"},
        [
            shlex.split(line, comments=True)
            for language, _, text in blocks
            if language == "sh"
            for line in text.splitlines()
        ],
    )


def added(text: str, addition: str) -> str:
    """The text with the lines that a hunk marks with "+", beside the lines that it shows."""
    for hunk in addition.split("\n...\n"):
        rows = [(row[:1], row[1:]) for row in hunk.splitlines()]
        shown = [row for sign, row in rows if sign == " "]
        lines = text.split("\n")
        (at,) = [i for i, line in enumerate(lines) if line.startswith(shown[0])]  # one place, and no other
        there = iter(lines[at : at + len(shown)])
        lines[at : at + len(shown)] = [row if sign == "+" else next(there) for sign, row in rows]
        text = "\n".join(lines)
    return text


class Copy(NamedTuple):
    """A copy of the project with one recipe followed in it."""

    place: Path
    recipe: Recipe

    def run(self, command: list[str], **surroundings: str) -> str:
        """What the program says. Fails where it fails."""
        path = os.pathsep.join(filter(None, (str(self.place), surroundings.pop("PYTHONPATH", ""))))
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **surroundings}
        environment.pop("CI", None)  # there golden files are not rewritten
        environment.pop("PYTEST_XDIST_WORKER", None)  # else what is made once would be that of earlier runs
        done = subprocess.run(command, cwd=self.place, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def follow(self) -> str:
        """The commands of the recipe, one after the other; all that they say."""
        programs = {".venv/bin/python": [sys.executable], ".venv/bin/chapbook": [sys.executable, "-m", "converter"]}
        return "".join(self.run([*programs[first], *rest]) for first, *rest in self.recipe.commands)


@pytest.fixture
def copy(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Copy]:
    """The copy for the section that the test names."""
    made = recipe(request.param)
    place = tmp_path / "project"
    place.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("node_modules"))
        else:
            shutil.copy(ROOT / name, place / name)
    for name, addition in made.additions.items():
        (place / name).write_text(added((place / name).read_text("utf-8"), addition), "utf-8")
    for name, text in made.files.items():
        assert not (place / name).exists()
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, "utf-8")
    yield Copy(place, made)
    shutil.rmtree(place)


def following(section: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("copy", [section], indirect=True, ids=[""])


def test_every_recipe_is_followed() -> None:
    followed = re.findall(r'^@following\("(.*)"\)$', Path(__file__).read_text("utf-8"), re.MULTILINE)
    assert followed == list(SECTIONS)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_code_of_recipes_is_clean(section: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in recipe(section).files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    ruff = Path(sys.executable).with_name("ruff")
    for command in (
        ["check", "--config", "lint.isort.known-first-party=['converter', 'tests']"],
        ["format", "--check"],
    ):
        done = subprocess.run([ruff, *command, "."], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@following("A format that is read, a format that is written")
def test_a_reader_and_a_writer(copy: Copy) -> None:
    install, convert = copy.recipe.commands
    assert install[:2] == ["pip", "install"]
    site = copy.place / "site"
    offline = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(site)]
    copy.run([sys.executable, "-m", *install, *offline])
    (copy.place / "talk.chat").write_text("nell\tare you still in the tree\nRufus\tyes\nIt rained.\n", "utf-8")
    assert convert[0] == "chapbook"
    copy.run([sys.executable, "-m", "converter", *convert[1:]], PYTHONPATH=str(site))
    said = (copy.place / "output" / "talk.txt").read_text("utf-8")
    assert [line.strip() for line in said.split("\n\n")[-3:]] == [
        "nell: are you still in the tree",
        "Rufus: yes",
        "It rained.",
    ]
    assert (copy.place / "output" / "talk.tsv").read_text("utf-8").split("\t")[0] == "11"


@following("A pass")
def test_a_pass(copy: Copy) -> None:
    assert " passed" in copy.follow()
    (copy.place / "story.txt").write_text("She went through the door -> hall.\n", "utf-8")
    copy.run([sys.executable, "-m", "converter", "story.txt", "-t", "txt"])
    assert "the door → hall." in (copy.place / "output" / "story.txt").read_text("utf-8")
    told = json.loads(copy.run([sys.executable, "-m", "converter", "inspect", "story.txt", "--json"]))
    assert told["changes"] == {"arrows": 1}


@following("A site")
def test_a_site(copy: Copy) -> None:
    copy.follow()
    golden = (copy.place / "tests/pages/cases/lantern-post/book.txt").read_text("utf-8")
    assert golden.startswith("title: The Tin Whistle\npeople: Ada Thorn (aut)\n")
    assert "# [chapter 2] Chapter 2 / The Ferry\np The ferry left at six" in golden
    assert "read by the table 'lantern-post'" in golden
    assert "page furniture\n  | Share this!\n" in golden
    assert "Lantern Post" in copy.run([sys.executable, "-m", "converter", "sites"])


@following("A cover layout")
def test_a_cover_layout(copy: Copy) -> None:
    said = copy.follow()
    assert re.search(r"^\d\d passed", said, re.MULTILINE), said
    assert (copy.place / "stripe.jpg").read_bytes().startswith(b"\xff\xd8")
    assert "stripe" in copy.run([sys.executable, "-m", "converter", "cover", "--list"])


@following("A language")
def test_a_language(copy: Copy) -> None:
    copy.follow()
