"""EPUBCheck on many books in one JVM: `check_books(paths)`. A book is clean when it has no message of any kind."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from converter.checker.epub import Flaw
from converter.checker.epub.epubcheck import epubcheck


def check_books(books: Iterable[Path]) -> dict[Path, list[Flaw]]:
    """The messages for each book, usages among them. Raises RuntimeError, saying what to install, when a tool is missing."""
    paths = list(books)
    found = epubcheck(paths)
    if found is None:
        raise RuntimeError("EPUBCheck or Java is missing: make test, or apt-get install default-jdk-headless")
    return dict(zip(paths, found, strict=True))
