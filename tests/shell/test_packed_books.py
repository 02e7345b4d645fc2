"""EPUBs on the command line: read when they are named, finished books when a folder holds them, never written over."""

from __future__ import annotations

import zipfile
from pathlib import Path

from converter.build.folders import find_stories
from converter.build.unpacked import Laid, unpacked
from tests.hostile.test_archives import locked, patched
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


def zip_of(path: Path, **files: bytes) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6)), data, zipfile.ZIP_DEFLATED)


def test_each_book_of_a_zip_is_made_and_a_bad_one_stops_nobody(tmp_path: Path) -> None:
    inside = {
        "in/The Salt Road.epub": BOOK,
        "in/weir.txt": STORY.replace("harbour", "weir").encode(),
        "in/torn.epub": BOOK[: len(BOOK) // 2],
        "in/bomb.epub": bytes(2_000_000),
        "in/README.txt": b"Thank you for downloading.",
    }
    zip_of(tmp_path / "books.zip", **inside)
    run = chapbook("convert", "books.zip", "-t", "txt", "--log", "--jobs", "1", cwd=tmp_path)
    assert run.code == 1
    assert sorted(path.name for path in (tmp_path / "output").glob("*.txt")) == ["The Salt Road.txt", "weir.txt"]
    failed = [line for line in run.out.splitlines() if "failed" in line]
    assert all(any(name in line for line in failed) for name in ("torn.epub", "bomb.epub would unpack to"))
    assert len(failed) == 2
    assert "finished book" not in run.out + run.err
    again = chapbook("convert", "books.zip", "-t", "txt", "--log", "--jobs", "1", cwd=tmp_path)
    assert again.out.count("up to date") == 2, again.out


def test_a_zip_that_is_looked_at_leaves_nothing_behind(tmp_path: Path) -> None:
    zip_of(tmp_path / "tales.zip", **{"b.epub": BOOK})
    run = chapbook("tales.zip", "-t", "txt", "--dry-run", cwd=tmp_path)
    assert run.code == 0, run.err
    assert not (tmp_path / "output").exists()
    place = Path("output", "unpacked", "tales")
    assert run.out == f"{place / 'b.epub'} -> {Path('output', 'b.txt')}\n"
    assert chapbook("tales.zip", "-t", "txt", cwd=tmp_path).code == 0
    assert chapbook("tales.zip", "-t", "txt", "--dry-run", cwd=tmp_path).out == run.out


def test_only_what_became_another_in_a_zip_is_written_anew(tmp_path: Path) -> None:
    archive, folder = tmp_path / "tales.zip", tmp_path / "unpacked"
    home = folder / "tales"
    zip_of(archive, **{"a.txt": STORY.encode(), "b.epub": BOOK, "gone.epub": BOOK})
    assert unpacked([archive], folder) == Laid((home, home / "b.epub", home / "gone.epub"))
    (home / "a.toml").write_text('author = "Ada Thorn"', encoding="utf-8")  # a person's own
    before = (home / "b.epub").stat()
    grown = f"{STORY}\nChapter 3\n\nNobody came along the road.\n".encode()
    zip_of(archive, **{"a.txt": grown, "b.epub": BOOK, "c.epub": BOOK})
    archive.write_bytes(patched(archive.read_bytes(), "c.epub", locked))
    laid = unpacked([archive], folder)
    assert laid.paths == (home, home / "b.epub")
    assert [job.problem for job in laid.faults] == [f"{archive}: c.epub is locked with a password"]
    assert (home / "a.txt").read_bytes() == grown
    after = (home / "b.epub").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert sorted(p.name for p in home.iterdir()) == [".unpacked.json", "a.toml", "a.txt", "b.epub"]


def test_archives_of_one_name_have_a_folder_each_until_one_is_gone(tmp_path: Path) -> None:
    archives = [tmp_path / str(number) / "tales.zip" for number in (1, 2, 3)]
    for archive in archives:
        archive.parent.mkdir()
        zip_of(archive, **{"../out.epub": BOOK, "/x/._b.epub": BOOK, "b.epub": BOOK, "CON.epub": BOOK})
    folder = tmp_path / "unpacked"
    laid = unpacked(archives[:2], folder)
    assert [path.parent.name for path in laid.paths] == ["tales", "tales", "tales (2)", "tales (2)"]
    assert {path.name for path in laid.paths} == {"b.epub", "CON_.epub"}
    assert not list(tmp_path.glob("**/out*"))
    archives[0].rename(tmp_path / "elsewhere.zip")
    assert unpacked(archives[2:], folder).paths[0].parent.name == "tales"


def test_a_zip_of_one_folder_is_read_as_that_folder(tmp_path: Path) -> None:
    chapters = {f"Salt Road/chapter {n}.txt": f"Chapter {n}\n\n{STORY[60 * n :]}".encode() for n in (1, 2, 3)}
    zip_of(tmp_path / "download.zip", **chapters)
    laid = unpacked([tmp_path / "download.zip"], tmp_path / "unpacked")
    assert laid.paths == (tmp_path / "unpacked" / "download" / "Salt Road",)
    (story,) = find_stories(laid.paths)
    assert (story.stem, len(story.files)) == ("Salt Road", 3)


def test_a_zip_that_holds_no_stories_says_so(tmp_path: Path) -> None:
    zip_of(tmp_path / "none.zip", **{"README.txt": b"Thank you.", "list.txt": b""})
    zip_of(tmp_path / "page.zip", **{"page.html": b"<p>x</p>", "b.epub": BOOK})
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    paths = [tmp_path / name for name in ("page.zip", "broken.zip", "none.zip")]
    laid = unpacked(paths, tmp_path / "unpacked")
    assert laid.paths == tuple(paths[:2])
    assert [("none.zip: there are no stories in it" in job.problem) for job in laid.faults] == [True]


def test_a_document_with_macros_is_read(tmp_path: Path) -> None:
    (tmp_path / "tolls.docm").write_bytes(Document(p("Tolls", style="Title") + document_prose()).data())
    assert chapbook("convert", "tolls.docm", "-t", "txt", cwd=tmp_path).code == 0
