"""A real cluster of two nodes on this machine, one killed in the middle, stories among the others that are poison."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from converter.build.shelving import TEMPORARY
from converter.catalogue.catalogue import Catalogue
from converter.cluster.tables import stories_in
from tests.cluster import poison
from tests.cluster.making import put, stories, tarred, told, zipped
from tests.shell.running import ROOT, everything

pytestmark = pytest.mark.slow
MANY = 30
POISON = {3: poison.CRASHES, 14: poison.HANGS, 25: poison.GROWS}
LONGEST = 150  # seconds


def test_a_node_is_killed_and_stories_are_poison(tmp_path: Path) -> None:
    files = stories(*range(MANY))
    for number, what in POISON.items():
        files[f"story-{number:04}.txt"] = told(number, what).encode()
    names = sorted(files)
    shards = {
        "a.tar.gz": tarred({n: files[n] for n in names[:15]}),
        "b.zip": zipped({n: files[n] for n in names[15:]}),
    }
    source = put(tmp_path / "in", shards)
    for attempt in range(3):  # the node that is killed may have told all of its pieces just before
        out = tmp_path / f"out-{attempt}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.cluster.two_machines", str(source), str(out), "5"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        lines = (line for line in done.stdout.splitlines() if line.startswith("{"))  # Ray says things of its own
        said: list[dict[str, Any]] = [json.loads(line) for line in lines]
        assert said[0] == {"stories": MANY, "pieces": 6}
        if {"killed": 1} in said:
            break
    assert {"killed": 1} in said, "the node that was killed had no piece at work"
    assert {"merged": ""} in said
    assert not [one for one in said if "lost" in one or "kept" in one]

    became = {one["name"].rpartition("/")[2]: one for one in said if "name" in one}
    assert became.keys() == files.keys()
    errors = {int(name[6:10]): one["error"] for name, one in became.items() if one["error"]}
    assert errors.keys() == POISON.keys(), errors
    assert "killed" in became["story-0003.txt"]["error"]
    assert "seconds" in became["story-0014.txt"]["error"]
    assert "memory" in became["story-0025.txt"]["error"]

    tables = sorted((out / "_done").glob("*.parquet"))
    rows = [story for path in tables for story in stories_in(path.read_bytes(), path.name)]
    assert len(tables) == 6
    assert len(rows) == len({row.source for row in rows}) == MANY
    assert sum(bool(row.problem) for row in rows) == len(POISON)
    books = {book.path.as_posix() for row in rows for book in row.books}
    assert books == {name for name in everything(out) if name.startswith("books/")}
    assert len(books) == MANY - len(POISON)
    assert all(zipfile.ZipFile(out / name).testzip() is None for name in books)
    assert not [name for name in everything(out) if TEMPORARY in name]
    with Catalogue(out) as catalogue:
        known = list(catalogue.stories())
    assert len(known) == MANY
    assert sum(bool(story.problem) for story in known) == len(POISON)
