"""A process that is killed while it makes the book of a heap: the next run makes that book, at its place, once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.heaps import told
from converter.build.reconcile import files_of, look_through, make_reconciled, reconcile
from converter.catalogue.catalogue import Catalogue
from tests.shell.killing import Fault, nobody_left
from tests.shell.running import LONGEST, chapbook

pytestmark = pytest.mark.slow
COMMAND = ["reconcile", "heap", "-o", "books", "-t", "epub", "--jobs", "2"]
BOOKS = {f"{n}b (reconciled){end}" for n in range(2) for end in (".epub", ".changes.html")}


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    (tmp_path / "heap").mkdir()
    for n in range(2):
        story = told(n + 1, 4, 150, title=f"Tale {n}")
        (tmp_path / "heap" / f"{n}a.txt").write_text(story.without(2).text(), "utf-8")
        (tmp_path / "heap" / f"{n}b.txt").write_text(story.part(1, 3).revised(0.1, 2).text(), "utf-8")
    return tmp_path


def _there(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (folder / "books").glob("[!.]*")}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_next_run_makes_the_book_at_its_place(heap: Path, number: int) -> None:
    command = [*Fault("rename", number).words, sys.executable, "-m", "converter", *COMMAND]
    subprocess.run(command, cwd=heap, capture_output=True, timeout=LONGEST, check=False)
    assert nobody_left(heap)
    left = {name: data for name, data in _there(heap).items() if name.endswith(".epub")}
    again = chapbook(*COMMAND, cwd=heap)
    assert (again.code, again.err) == (0, "")
    assert _there(heap).keys() == BOOKS
    assert all(_there(heap)[name] == data for name, data in left.items())
    assert chapbook(*COMMAND, "--force", cwd=heap).code == 0
    assert _there(heap).keys() == BOOKS


def test_a_book_that_was_whole_before_the_process_died_is_not_replaced_by_a_plain_one(heap: Path) -> None:
    output, options = heap / "books", {"to": ("epub", "txt")}
    group, *_ = look_through(files_of([heap / "heap"], options, output), options, output).jobs
    usual = make_reconciled(group, write=True)
    (book,) = (p for p in usual.written if p.suffix == ".epub")
    before = {n: data for n, data in _there(heap).items() if not n.endswith(".txt")}
    next(output.glob("*.txt")).unlink()
    plain = make_reconciled(replace(group, plain=True, done=(book,)), write=True)
    assert plain.error == ""
    assert {n: data for n, data in _there(heap).items() if not n.endswith(".txt")} == before
    assert len(list(output.glob("*.txt"))) == 1
    with Catalogue(output) as catalogue:
        from converter.build.batch import remember

        remember(output, catalogue, group, plain)
    again, *_ = look_through(files_of([heap / "heap"], options, output), options, output).jobs
    (outcome,) = reconcile([again], output)
    assert outcome.error == ""
    assert {n: data for n, data in _there(heap).items() if not n.endswith(".txt")} == before
    assert len(list(output.glob("*.txt"))) == 1
