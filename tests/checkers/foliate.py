"""foliate-js in headless Chromium: what a modern reader finds in our books, and pictures of their pages."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.checkers.programs import HERE, browser, node, node_package


@dataclass(frozen=True)
class Shot:
    """A picture of one page: which document (index in the spine), how many pages further, on what screen."""

    path: str
    section: int
    width: int
    height: int
    dark: bool = False
    pages: int = 0
    scale: float = 1
    size: int = 16


def read_books(books: dict[Path, Iterable[Shot]], *, popups: bool = False) -> list[dict[str, Any]]:
    """For each book: toc, landmarks, metadata, cover, sections (text, links, notes), errors of the console; with
    `popups` also what pops up at each mark of a note."""
    node_package("foliate-js")
    node_package("puppeteer-core")
    jobs = [
        {"book": str(book), "popups": popups, "pictures": [asdict(shot) for shot in shots]}
        for book, shots in books.items()
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as job:
        json.dump(jobs, job)
        job.flush()
        command = [node(), str(HERE / "foliate.mjs"), browser(), job.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"foliate-js did not finish:\n{done.stderr[-2000:]}")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
