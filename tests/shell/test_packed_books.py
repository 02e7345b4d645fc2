"""EPUBs on the command line: read when they are named, finished books when a folder holds them, never written over."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.packed.documents import Document, p
from tests.packed.documents import prose as document_prose
from tests.packed.epubs import SALT, Epub, document, nav, prose
from tests.shell.running import STORY, chapbook

BOOK = Epub({
    "a.xhtml": document(f"<h1>One</h1>{prose()}"),
    "b.xhtml": document(f"<h1>Two</h1>{prose()}"),
    "nav.xhtml": nav(("One", "a.xhtml"), ("Two", "b.xhtml")),
}).data()  # fmt: skip


def test_an_epub_that_is_named_is_read(tmp_path: Path) -> None:
    (tmp_path / "road.epub").write_bytes(BOOK)
    run = chapbook("convert", "road.epub", "-t", "epub,txt", cwd=tmp_path)
    assert run.code == 0, run.err
    assert "2 chapters" in run.out
    assert SALT[1] in (tmp_path / "output" / "road.txt").read_text(encoding="utf-8")
    assert (tmp_path / "road.epub").read_bytes() == BOOK


def test_in_a_folder_an_epub_is_a_finished_book(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "road.epub").write_bytes(BOOK)
    (tmp_path / "in" / "salt.txt").write_text(STORY, encoding="utf-8")
    run = chapbook("in", "-t", "epub", "-v", cwd=tmp_path)
    assert run.code == 0, run.err
    assert [p.name for p in (tmp_path / "output").glob("*.epub")] == ["salt.epub"]
    assert "a finished book" in run.out + run.err


def test_a_book_never_takes_the_place_of_the_epub_it_is_made_of(tmp_path: Path) -> None:
    (tmp_path / "road.epub").write_bytes(BOOK)
    for force in ([], ["--force"]):
        run = chapbook("convert", "road.epub", "-o", ".", "-t", "epub", *force, cwd=tmp_path)
        assert run.code == 1
        assert "the story's own place" in run.line
        assert (tmp_path / "road.epub").read_bytes() == BOOK
    assert chapbook("convert", "road.epub", "-o", "road.epub", cwd=tmp_path).code == 1
    assert (tmp_path / "road.epub").read_bytes() == BOOK


def test_the_last_name_is_the_book_to_write_unless_it_is_a_book_behind_others(tmp_path: Path) -> None:
    (tmp_path / "salt.txt").write_text(STORY, encoding="utf-8")
    assert chapbook("salt.txt", "new.epub", cwd=tmp_path).code == 0
    assert (tmp_path / "new.epub").exists()
    for name in ("a.epub", "b.epub"):
        (tmp_path / name).write_bytes(BOOK)
    run = chapbook("a.epub", "b.epub", "-t", "txt", cwd=tmp_path)
    assert run.code == 0, run.err
    assert (tmp_path / "b.epub").read_bytes() == BOOK
    assert len(list((tmp_path / "output").glob("*.txt"))) == 2
    assert chapbook("a.epub", "c.epub", cwd=tmp_path).code == 0
    assert (tmp_path / "c.epub").exists()


def test_a_locked_epub_is_refused_in_one_line(tmp_path: Path) -> None:
    locked = Epub({"a.xhtml": document(prose())}, outside={"META-INF/rights.xml": "<rights/>"}).data()
    (tmp_path / "locked.epub").write_bytes(locked)
    run = chapbook("locked.epub", cwd=tmp_path)
    assert run.code == 1
    assert "give an EPUB without a lock" in run.line


def test_inspect_shows_an_epub(tmp_path: Path) -> None:
    (tmp_path / "road.epub").write_bytes(BOOK)
    run = chapbook("inspect", "road.epub", cwd=tmp_path)
    assert run.code == 0, run.err
    assert "The Salt Road" in run.out
    assert "Two" in run.out


def test_a_word_document_becomes_a_book(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    body = p("The Salt Road", style="Title") + p("Chapter One", style="Heading1") + document_prose()
    (tmp_path / "in" / "road.docx").write_bytes(Document(body).data())
    run = chapbook("in", "-t", "epub,txt", cwd=tmp_path)
    assert run.code == 0, run.err
    assert SALT[1] in (tmp_path / "output" / "road.txt").read_text(encoding="utf-8")


def test_an_old_word_document_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    run = chapbook("old.doc", cwd=tmp_path)
    assert run.code == 1
    assert "save it as .docx" in run.line


def test_a_zip_of_books_says_which_are_in_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "books.zip", "w") as archive:
        archive.writestr("in/The Salt Road.epub", BOOK)
        archive.writestr("in/Tolls.docx", b"PK")
    run = chapbook("convert", "books.zip", cwd=tmp_path)
    assert run.code == 1
    assert "in/The Salt Road.epub, in/Tolls.docx" in " ".join(run.err.split())
    assert "unpack it and name these files" in " ".join(run.err.split())


def test_a_document_with_macros_is_read(tmp_path: Path) -> None:
    (tmp_path / "tolls.docm").write_bytes(Document(p("Tolls", style="Title") + document_prose()).data())
    assert chapbook("convert", "tolls.docm", "-t", "txt", cwd=tmp_path).code == 0
