"""`--page-list`: the same EPUB whether its PDF was asked for or not, and none of it without the wish."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.shell.running import STORY, chapbook


def nav(book: Path) -> str:
    with zipfile.ZipFile(book) as opened:
        return opened.read("EPUB/nav.xhtml").decode()


def test_the_epub_is_the_same_with_and_without_its_pdf(tmp_path: Path) -> None:
    (tmp_path / "salt.txt").write_text(STORY, "utf-8")
    for folder, formats in (("a", "epub"), ("b", "epub,pdf"), ("c", "pdf,epub")):
        done = chapbook("convert", "salt.txt", "-o", folder, "-t", formats, "--page-list", cwd=tmp_path)
        assert done.code == 0, done.err
    books = [(tmp_path / folder / "salt.epub").read_bytes() for folder in "abc"]
    assert books[0] == books[1] == books[2]
    assert not (tmp_path / "a" / "salt.pdf").exists()
    assert (tmp_path / "b" / "salt.pdf").read_bytes() == (tmp_path / "c" / "salt.pdf").read_bytes()
    assert 'epub:type="page-list"' in nav(tmp_path / "a" / "salt.epub")
    done = chapbook("check", "a/salt.epub", "--no-epubcheck", cwd=tmp_path)
    assert "nothing wrong" in done.out
    assert "Go to page" in done.out
    assert "Page breaks included" in done.out


def test_nobody_has_pages_who_did_not_ask(tmp_path: Path) -> None:
    (tmp_path / "salt.txt").write_text(STORY, "utf-8")
    chapbook("convert", "salt.txt", "-o", "a", "-t", "epub,pdf", cwd=tmp_path)
    assert "page-list" not in nav(tmp_path / "a" / "salt.epub")


def test_each_volume_has_the_pages_of_its_own_pdf(tmp_path: Path) -> None:
    (tmp_path / "salt.txt").write_text(STORY, "utf-8")
    (tmp_path / "salt.toml").write_text('page-list = true\nvolumes = 1\nto = ["epub", "kepub"]\n', "utf-8")
    done = chapbook("convert", "salt.txt", "-o", "a", cwd=tmp_path)
    assert done.code == 0, done.err
    books = sorted((tmp_path / "a").glob("*.epub"))
    assert len(books) == 4
    assert all('<a href="chapter-1.xhtml#page-1">1</a>' in nav(book) for book in books)
