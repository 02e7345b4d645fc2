"""`chapbook reconcile` on real files: books, the page of changes, and nothing else touched."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.heaps import told
from converter.proof import epub_text
from converter.reconciling.fingerprints import bare_words
from tests.shell.running import chapbook

pytestmark = pytest.mark.slow
SALT = told(1, 6, 150, title="The Salt Road")
NEW = replace(SALT, updated="2024-05-06")
OLD = SALT.part(1, 4).revised(0.15, 3, 2, 3, updated="2020-01-02")


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    folder = tmp_path / "heap"
    (folder / "old").mkdir(parents=True)
    (folder / "salt.txt").write_text(NEW.without(3).text(), "utf-8")
    (folder / "old" / "salt-1.txt").write_bytes(OLD.text().encode("utf-16"))
    (folder / "page.html").write_text(NEW.part(5, 6).page(), "utf-8")
    (folder / "sea.txt").write_text(told(2, 3, 150, title="The Glass Sea").text(), "utf-8")
    return tmp_path


def _sums(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_a_heap_becomes_a_book_and_a_page_of_changes(heap: Path) -> None:
    before = _sums(heap / "heap")
    run = chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap)
    assert (run.code, run.err) == (0, "")
    assert "The Salt Road by Ada Thorn: 3 files, 6 chapters, 1 rewritten" in run.out
    assert "nothing to reconcile: heap/sea.txt" in run.out
    assert _sums(heap / "heap") == before
    made = sorted(p.name for p in (heap / "books").iterdir() if not p.name.startswith("."))
    assert made == ["salt (reconciled).changes.html", "salt (reconciled).epub"]
    said = bare_words(epub_text((heap / "books" / "salt (reconciled).epub").read_bytes())[0])
    third = OLD.chapters[2]
    whole = (*SALT.chapters[:2], third, *SALT.chapters[3:])
    story = [w for heading, paragraphs in whole for t in (heading, *paragraphs) for w in bare_words(t)]
    assert " ".join(story) in " ".join(said)


def test_the_page_shows_each_file_each_chapter_and_what_was_rewritten(heap: Path) -> None:
    chapbook("reconcile", "heap", "-o", "books", "-t", "txt", cwd=heap)
    page = (heap / "books" / "salt (reconciled).changes.html").read_text("utf-8")
    rows = re.findall(r"<tr>(.*?)</tr>", page)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows]
    assert ["heap/salt.txt", "2024-05-06", "5 of 5"] in [row[:3] for row in cells]
    assert ["heap/old/salt-1.txt", "2020-01-02", "1 of 4"] in [row[:3] for row in cells]
    (second,) = [row for row in cells if row and row[0] == "Chapter 2"]
    assert second[1].startswith("heap/salt.txt, line ")
    assert re.fullmatch(r"heap/old/salt-1.txt, line \d+: the one kept is newer by its date", second[2])
    removed = " ".join(re.findall(r"<del>(.*?)</del>", page))
    gone = [w for w in bare_words(" ".join(OLD.chapters[1][1])) if w not in bare_words(" ".join(SALT.chapters[1][1]))]
    assert gone
    assert set(gone) <= set(bare_words(removed))
    body = page.partition("<body>")[2].rpartition("</body>")[0]
    ElementTree.fromstring(f"<body>{body}</body>")


def test_a_dry_run_writes_nothing_and_says_the_same(heap: Path) -> None:
    dry = chapbook("reconcile", "heap", "-o", "books", "-t", "epub", "--dry-run", cwd=heap)
    assert not (heap / "books").exists()
    done = chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap)
    assert dry.out.splitlines() == [line for line in done.out.splitlines() if not line.startswith("  -> ")]


def test_json_has_every_chapter_with_its_file(heap: Path) -> None:
    run = chapbook("reconcile", "heap", "-o", "books", "--dry-run", "--json", cwd=heap)
    values = json.loads(run.out)
    (story,) = values["stories"]
    assert [c["file"] for c in story["chapters"]] == ["heap/salt.txt"] * 2 + ["heap/old/salt-1.txt"] + [
        "heap/salt.txt"
    ] * 3
    assert sum(f["words_kept"] for f in story["files"]) == sum(c["words"] for c in story["chapters"])
    assert values["alone"] == ["heap/sea.txt"]


def test_again_gives_the_same_bytes_and_takes_nobodys_place(heap: Path) -> None:
    chapbook("convert", "heap/salt.txt", "-o", "books", "-t", "epub", cwd=heap)
    own = (heap / "books" / "salt.epub").read_bytes()
    (heap / "books" / "salt (reconciled).epub").write_bytes(b"somebody else's")
    first = chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap)
    assert (heap / "books" / "salt.epub").read_bytes() == own
    assert (heap / "books" / "salt (reconciled).epub").read_bytes() == b"somebody else's"
    made = heap / "books" / "salt (reconciled)-2.epub"
    sums = _sums(heap / "books")
    assert made.exists(), first
    again = chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap)
    assert again.code == 0
    assert {n: s for n, s in _sums(heap / "books").items() if n[0] != "."} == {
        n: s for n, s in sums.items() if n[0] != "."
    }


def test_a_page_of_changes_is_no_story(heap: Path) -> None:
    chapbook("reconcile", "heap", "-o", "heap/books", "-t", "epub", cwd=heap)
    run = chapbook("reconcile", "heap", "-o", "other", "--dry-run", cwd=heap)
    assert (heap / "heap" / "books" / "salt (reconciled).changes.html").exists()
    assert "changes.html" not in run.out
    assert "3 files" in run.out


def test_a_file_that_cannot_be_read_costs_one_line(heap: Path) -> None:
    (heap / "heap" / "empty.txt").write_bytes(b"")
    run = chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap)
    assert run.code == 1
    assert "empty.txt" in run.line
    assert (heap / "books" / "salt (reconciled).epub").exists()


def test_a_newer_copy_makes_the_book_anew_in_its_place(heap: Path) -> None:
    chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap)
    path = heap / "books" / "salt (reconciled).epub"
    before = path.read_bytes()
    (heap / "heap" / "third.txt").write_text(NEW.part(3, 3).text(), "utf-8")
    run = chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap)
    assert run.code == 0
    assert path.read_bytes() != before
    assert not (heap / "books" / "salt (reconciled)-2.epub").exists()


def test_a_book_is_made_again_when_something_of_it_changed(heap: Path) -> None:
    """Like every other: kept while nothing changes, in each format by itself, and never over what a person changed."""
    asked = ("reconcile", "heap", "-o", "books", "-t")
    chapbook(*asked, "epub,txt", cwd=heap)
    books = {e: heap / "books" / f"salt (reconciled).{e}" for e in ("epub", "txt", "changes.html")}
    before = {end: path.stat().st_mtime_ns for end, path in books.items()}
    run = chapbook(*asked, "epub,txt", cwd=heap)
    assert run.code == 0
    assert "salt (reconciled).epub is up to date" in run.out
    assert {end: path.stat().st_mtime_ns for end, path in books.items()} == before
    assert chapbook(*asked, "epub,txt", "--style", "modern", cwd=heap).code == 0
    assert books["epub"].stat().st_mtime_ns != before["epub"]
    assert books["txt"].stat().st_mtime_ns == before["txt"]
    (heap / "heap" / "third.txt").write_text(NEW.part(3, 3).text(), "utf-8")
    assert "up to date" not in chapbook(*asked, "txt", cwd=heap).out


def test_exact_copies_are_one_story(tmp_path: Path) -> None:
    (tmp_path / "heap").mkdir()
    for name in ("salt.txt", "salt (1).txt", "that tale.txt"):
        (tmp_path / "heap" / name).write_text(SALT.text(), "utf-8")
    run = chapbook("reconcile", "heap", "-o", "books", "-t", "txt", cwd=tmp_path)
    assert run.code == 0
    assert "The Salt Road by Ada Thorn: 3 files, 6 chapters" in run.out


def broken(path: Path) -> None:
    path.write_bytes(b"")


def logged_out(path: Path) -> None:
    path.write_text("<html><head><title>Log in</title></head><body><form><p>Log in to read.</p></form></body></html>")


@pytest.mark.parametrize("harm", [broken, logged_out])
@pytest.mark.parametrize("copy", ["salt.txt", "page.html", "old/salt-1.txt"])
def test_a_copy_that_broke_takes_nothing_from_the_book(heap: Path, copy: str, harm: Callable[[Path], None]) -> None:
    """As when a book of one folder is made again; with --force it is made of what is left."""
    assert chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap).code == 0
    before = _sums(heap / "books")
    book = "salt (reconciled).epub"
    harm(heap / "heap" / copy)
    run = chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap)
    assert run.code == 1
    assert f"heap/{copy}: " in run.err
    assert "the book that is there is kept" in run.err
    assert _sums(heap / "books")[book] == before[book]
    assert chapbook("reconcile", "heap", "-o", "books", "-t", "epub", "--force", cwd=heap).code == 1
    again = [name for name in _sums(heap / "books") if name.endswith(".epub")]
    assert again == [book]
    alone_had_words = copy == "old/salt-1.txt"
    assert (_sums(heap / "books")[book] != before[book]) == alone_had_words


def test_a_book_of_two_copies_is_kept_when_one_breaks(heap: Path) -> None:
    (heap / "heap/old/salt-1.txt").unlink()
    assert chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap).code == 0
    before = _sums(heap / "books")
    broken(heap / "heap/page.html")
    run = chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap)
    assert run.code == 1
    assert "the book would lose what it told; the book that is there is kept" in run.err
    assert {n: s for n, s in _sums(heap / "books").items() if not n.startswith(".")} == {
        n: s for n, s in before.items() if not n.startswith(".")
    }
    (heap / "heap/page.html").unlink()  # taken out by the person: nothing is lost unseen
    assert chapbook("reconcile", "heap", "-o", "books", "-t", "epub", cwd=heap).code == 0
