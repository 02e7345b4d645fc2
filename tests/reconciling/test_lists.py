"""Pages of a heap that only list works are told, and are no failure beside stories."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.read_copies import fingerprint
from converter.build.reconcile import Heap, files_of
from converter.writers.changes import GENERATOR
from tests.folders import lay, page, told

CARD = "<div class=card><h3><a href=/n/{0}>Weir {0}</a></h3><p>A key is found, part {0}. Words: 9000</p></div>"
WORKS = f"<!doctype html><html><head><title>Ink</title></head><body>{''.join(map(CARD.format, range(4)))}</body></html>"
OURS = f'<!DOCTYPE html>\n<html><head><meta name="generator" content="{GENERATOR}"/></head><body></body></html>'
STORY = {"kiln.html": page("The Kiln", told("kiln"))}


def _heap(folder: Path, *asked: str) -> Heap:
    """What is known of a heap's files, read in this process, before they are compared."""
    files = files_of([folder / "heap" / name for name in asked], {"to": ("txt",)}, folder / "books")
    read = [fingerprint(job) for job in files.jobs]
    return Heap((), tuple(o.name for o in read if not o.error), tuple(o for o in read if o.error), ())


@pytest.mark.parametrize("names", [("mine.html",), ("mine.html", "mine (1).html"), ("works 1.html", "works 2.html")])
def test_lists_of_works_beside_a_story_are_told_and_no_failure(tmp_path: Path, names: tuple[str, ...]) -> None:
    lay(tmp_path / "heap", {**STORY, **dict.fromkeys(names, WORKS)})
    heap = _heap(tmp_path, "")
    assert {o.name.rpartition("/")[2] for o in heap.failed} == {*names}
    assert all("list of works" in o.error for o in heap.failed)
    assert not heap.has_failed


def test_what_is_no_story_by_its_look_is_named(tmp_path: Path) -> None:
    links = "<ul><li><a href=1.html>Weir</a></li><li><a href=2.html>Salt</a></li></ul>"
    listed = page("2020", "").replace("</body>", f"{links}</body>")
    lay(tmp_path / "heap", {**STORY, "2020.html": listed, "old.changes.html": OURS})
    files = files_of([tmp_path / "heap"], {"to": ("txt",)}, tmp_path / "books")
    assert {o.path.name: o.what.kind for o in files.left} == {"2020.html": "no story"}
    assert [job.group.stem for job in files.jobs] == ["kiln"]


@pytest.mark.parametrize("asked", [("kiln.html", "mine.html"), ("mine.html",)])
def test_a_list_that_was_named_is_a_failure(tmp_path: Path, asked: tuple[str, ...]) -> None:
    lay(tmp_path / "heap", {**STORY, "mine.html": WORKS})
    assert _heap(tmp_path, *asked).has_failed


def test_a_heap_of_nothing_but_lists_is_a_failure(tmp_path: Path) -> None:
    lay(tmp_path / "heap", {"mine.html": WORKS})
    assert _heap(tmp_path, "").has_failed


def test_a_file_that_holds_nothing_is_a_failure_beside_a_list(tmp_path: Path) -> None:
    lay(tmp_path / "heap", {**STORY, "mine.html": WORKS, "salt.txt": ""})
    heap = _heap(tmp_path, "")
    assert {o.name.rpartition("/")[2]: o.listed for o in heap.failed} == {"mine.html": True, "salt.txt": False}
    assert heap.has_failed
