"""Many stories: what is found, where books go, what is skipped, what is never overwritten."""

from __future__ import annotations

import json
import os
import re
import zipfile
from pathlib import Path

import pytest

from converter.build.batch import plan
from converter.build.folders import find_stories
from converter.build.inputs import Beside
from converter.build.settings import layer
from converter.build.shelving import write_book
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.database import CATALOGUE, DAMAGED
from tests.shell.running import STORY, chapbook, everything

OTHER = STORY.replace("The Salt Road", "Harbour Lights").replace("gulls", "crows")


def made(folder: Path) -> set[str]:
    return {name for name in everything(folder / "output") if not name.endswith(CATALOGUE)}


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A folder as people have them."""
    files = {
        "stories/Harbour.txt": OTHER,
        "stories/deep/down/Salt.md": "# The Salt Road\n\nOne paragraph of it.\n",
        "stories/Lamp.html": "<html><head><title>The Lamp</title></head><body><p>The lamp went out.</p></body></html>",
        "stories/Lamp_files/frame.html": "<p>Not a story.</p>",
        "stories/.hidden.txt": STORY,
        "stories/.folder/also.txt": STORY,
        "stories/README.md": "About this folder.",
        "stories/Harbour.toml": 'author = "Bryn Tar"\n',
        "stories/notes.pdf": "%PDF-",
        "stories/output/old.txt": STORY,
        "stories/Serial/ch10.txt": "Chapter 10\n\nThe tenth began at sea, far out, and ended there.\n",
        "stories/Serial/ch2.txt": "Chapter 2\n\nThe second began on land, in the rain, and ended there.\n",
        "stories/Serial/story.toml": 'title = "The Long Serial"\nauthor = "Ada Thorn"\n',
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_stories_are_found_and_nothing_else(stories: Path) -> None:
    groups = find_stories([stories / "stories"], avoid=stories / "stories" / "output")
    found = {tuple(f.relative_to(stories / "stories").as_posix() for f in g.files) for g in groups}
    assert found == {
        ("Harbour.txt",),
        ("deep/down/Salt.md",),
        ("Lamp.html",),
        ("Serial/ch2.txt", "Serial/ch10.txt"),
    }


def test_a_folder_becomes_books(stories: Path) -> None:
    run = chapbook("stories", "--jobs", "2", "-t", "epub", cwd=stories)
    assert run.code == 0, run
    assert made(stories) == {"Harbour.epub", "Lamp.epub", "Serial.epub", "deep/down/Salt.epub", "output/old.epub"}
    assert "5 converted" in run.out
    with zipfile.ZipFile(stories / "output" / "Serial.epub") as book:
        package = next(book.read(n).decode() for n in book.namelist() if n.endswith(".opf"))
    assert "The Long Serial" in package
    assert "Ada Thorn" in package


def test_what_is_up_to_date_is_not_made_again(stories: Path) -> None:
    assert chapbook("stories", "-t", "epub", cwd=stories).code == 0
    book = stories / "output" / "Harbour.epub"
    times = {n: (stories / "output" / n).stat().st_mtime_ns for n in made(stories)}
    again = chapbook("stories", "-t", "epub", cwd=stories)
    assert again.code == 0
    assert "5 up to date" in again.out
    assert {n: (stories / "output" / n).stat().st_mtime_ns for n in made(stories)} == times
    story = stories / "stories" / "Harbour.txt"
    story.write_text(OTHER + "\nOne more paragraph.\n")
    third = chapbook("stories", "-t", "epub", cwd=stories)
    assert "1 converted, 4 up to date" in third.out
    assert book.stat().st_mtime_ns != times["Harbour.epub"]
    for args in (["--style", "modern"], ["--title", "Another"], ["--force"]):
        assert "is up to date" not in chapbook("stories/Harbour.txt", "-t", "epub", *args, cwd=stories).out
    os.truncate(book, 100)
    assert "is up to date" not in chapbook("stories/Harbour.txt", "-t", "epub", "--force", cwd=stories).out


def test_a_new_picture_beside_the_story_makes_it_new(tmp_path: Path) -> None:
    from PIL import Image

    page = "<html><body><h1>The Lamp</h1><p>It stood there.</p><p><img src='lamp.png' alt='a lamp'></p></body></html>"
    (tmp_path / "lamp.html").write_text(page)
    Image.new("RGB", (300, 300), "red").save(tmp_path / "lamp.png")
    assert chapbook("lamp.html", "-t", "epub", cwd=tmp_path).code == 0
    assert "up to date" in chapbook("lamp.html", "-t", "epub", cwd=tmp_path).out
    Image.new("RGB", (300, 300), "blue").save(tmp_path / "lamp.png")
    assert "up to date" not in chapbook("lamp.html", "-t", "epub", cwd=tmp_path).out


def test_another_book_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    assert chapbook("story.txt", "x.epub", cwd=tmp_path).code == 0
    before = (tmp_path / "x.epub").read_bytes()
    (tmp_path / "story.txt").write_text(OTHER)
    run = chapbook("story.txt", "x.epub", cwd=tmp_path)
    assert run.code == 1
    assert "another book" in run.line
    assert (tmp_path / "x.epub").read_bytes() == before
    assert chapbook("story.txt", "x.epub", "--force", cwd=tmp_path).code == 0
    assert (tmp_path / "x.epub").read_bytes() != before


@pytest.mark.parametrize("format_name", ["epub", "pdf"])
def test_a_grown_story_replaces_its_own_book(tmp_path: Path, format_name: str) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    book = tmp_path / f"x.{format_name}"
    assert chapbook("story.txt", book, cwd=tmp_path).code == 0
    before = book.read_bytes()
    (tmp_path / "story.txt").write_text(STORY + "\nChapter 3\n\nThe boats came back in the evening.\n")
    assert chapbook("story.txt", book, cwd=tmp_path).code == 0
    assert book.read_bytes() != before


@pytest.mark.parametrize("format_name", ["epub", "kepub"])
def test_a_grown_serial_keeps_the_bytes_of_its_old_chapters(tmp_path: Path, format_name: str) -> None:
    def files() -> dict[str, bytes]:
        (book,) = (tmp_path / "output").glob("*.epub")
        with zipfile.ZipFile(book) as held:
            return {name: held.read(name) for name in held.namelist()}

    (tmp_path / "story.txt").write_text(STORY)
    assert chapbook("story.txt", "-t", format_name, cwd=tmp_path, anew=True).code == 0
    old = files()
    (tmp_path / "story.txt").write_text(STORY + "\nChapter 3\n\nThe boats came back in the evening.\n")
    assert chapbook("story.txt", "-t", format_name, cwd=tmp_path, anew=True).code == 0
    new = files()
    assert set(new) - set(old) == {"EPUB/chapter-3.xhtml"}
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {"EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/contents.xhtml"}
    names = [re.findall(rb"<dc:identifier[^>]*>(.*?)<", book["EPUB/content.opf"]) for book in (old, new)]
    assert names[0] == names[1] != []
    places = [set(re.findall(rb'<itemref idref="([^"]+)"', book["EPUB/content.opf"])) for book in (old, new)]
    assert places[1] - places[0] == {b"chapter-3"}


def test_stories_of_one_name_get_books_of_their_own(tmp_path: Path) -> None:
    for name, text in (("a/story.txt", STORY), ("b/story.txt", OTHER), ("b/story.html", f"<p>{OTHER}</p>")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    run = chapbook("a/story.txt", "b/story.txt", "b/story.html", "-t", "epub", cwd=tmp_path)
    assert run.code == 0, run
    assert made(tmp_path) == {"story.epub", "b - story.epub", "story.html.epub"}


def test_names_that_differ_in_capitals_only(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    (tmp_path / "a" / "Story.txt").write_text(STORY)
    (tmp_path / "b" / "story.txt").write_text(OTHER)
    jobs = plan([tmp_path / "a" / "Story.txt", tmp_path / "b" / "story.txt"], {"to": ["epub"]}, tmp_path / "output")
    assert len({str(path).lower() for job in jobs for _, path in job.outputs}) == 2


def test_dry_run_writes_nothing(stories: Path) -> None:
    before = everything(stories)
    run = chapbook("stories", "--dry-run", "-t", "epub,pdf", cwd=stories)
    assert run.code == 0
    assert everything(stories) == before
    assert "stories/Harbour.txt -> output/Harbour.epub" in run.out
    assert "output/Harbour.pdf" in run.out


def test_several_files_as_one_book(stories: Path) -> None:
    run = chapbook("stories/Serial/ch10.txt", "stories/Harbour.txt", "--together", "-o", "one.epub", cwd=stories)
    assert run.code == 0, run
    with zipfile.ZipFile(stories / "one.epub") as book:
        text = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xhtml"))
    assert text.index("The tenth began") < text.index("full of crows")


def test_standard_input_to_a_file(tmp_path: Path) -> None:
    run = chapbook("-", "book.epub", "--title", "Piped", cwd=tmp_path, stdin=STORY.encode())
    assert run.code == 0, run
    assert everything(tmp_path) == {"book.epub"}
    page = b"<!doctype html><title>The Lamp</title><p>The lamp went out at nine, and that was that.</p>"
    assert chapbook("-", "page.epub", cwd=tmp_path, stdin=page).code == 0


def test_a_text_named_as_the_book_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    assert chapbook("convert", "story.txt", "-o", "clean.txt", cwd=tmp_path).code == 0
    assert everything(tmp_path) == {"story.txt", "clean.txt"}
    refused = chapbook("convert", "story.txt", "-o", "story.txt", "--force", cwd=tmp_path)
    assert (refused.code, (tmp_path / "story.txt").read_text("utf-8")) == (1, STORY)


def test_same_input_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    for n, zone, seed in ((1, "Asia/Tokyo", "1"), (2, "America/Lima", "2")):
        run = chapbook(
            "story.txt", "-o", f"o{n}", "-t", "epub,pdf,kepub", cwd=tmp_path, TZ=zone, PYTHONHASHSEED=seed, LC_ALL="C"
        )
        assert run.code == 0, run
    for name in ("story.epub", "story.pdf", "story.kepub.epub"):
        assert (tmp_path / "o1" / name).read_bytes() == (tmp_path / "o2" / name).read_bytes(), name


def test_the_date_is_given_from_outside(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    assert chapbook("story.txt", "-t", "epub", cwd=tmp_path, SOURCE_DATE_EPOCH="1700000000").code == 0
    with zipfile.ZipFile(tmp_path / "output" / "story.epub") as book:
        package = next(book.read(n).decode() for n in book.namelist() if n.endswith(".opf"))
    assert "2023-11-14T22:13:20Z" in package


def test_files_beside_a_story_and_none_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "story"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "a.png").write_bytes(b"inside")
    (tmp_path / "secret.txt").write_bytes(b"outside")
    (folder / "link.png").symlink_to(tmp_path / "secret.txt")
    beside = Beside(folder)
    assert beside("pictures/a.png") == b"inside"
    for path in ("../secret.txt", str(tmp_path / "secret.txt"), "link.png", "missing.png", "pictures", "a\0b", ""):
        assert beside(path) is None, path


def test_broken_notes_of_a_shelf_are_no_notes(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "output").mkdir()
    for notes in ("", "[]", '{"books": 3}', '{"books": {"story.epub": 7}}', "\0"):
        for name in (".chapbook.json", CATALOGUE):
            (tmp_path / "output" / name).write_text(notes)
        assert chapbook("story.txt", "-t", "epub", cwd=tmp_path).code == 0
        with Catalogue(tmp_path / "output") as catalogue:
            known = catalogue.record(tmp_path / "output" / "story.epub")
        assert known
        assert known.title == "The Salt Road"
    assert (tmp_path / "output" / DAMAGED).read_text() == '{"books": {"story.epub": 7}}'


def test_a_book_keeps_the_rights_of_ordinary_files(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_book(tmp_path / "a" / "b.epub", b"x")
    finally:
        os.umask(mask)
    assert (tmp_path / "a" / "b.epub").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    "command", [("plan", "stories", "--force", "-o"), ("cover", "--title", "Salt", "-o"), ("stories", "--report")]
)
@pytest.mark.parametrize("linked", [False, True])
def test_a_pipe_stays_a_pipe(stories: Path, command: tuple[str, ...], *, linked: bool) -> None:
    """And a device a device: a file that is moved to its place would take it from every program."""
    os.mkfifo(pipe := stories / "pipe.png")
    if linked:
        (stories / "link.png").symlink_to("pipe.png")
    run = chapbook(*command, "link.png" if linked else "pipe.png", cwd=stories)
    assert run.code != 0
    assert "Traceback" not in run.err
    assert pipe.is_fifo()
    assert not linked or (stories / "link.png").is_symlink()


def test_a_sidecar_that_can_not_be_read_stops_one_story_only(stories: Path) -> None:
    (stories / "stories" / "Harbour.toml").write_text("title = ")
    run = chapbook("stories", "-t", "epub", cwd=stories)
    assert run.code == 1
    assert "Harbour.toml:1" in run.err
    assert "4 converted, 1 failed" in run.out


def test_options_win_over_the_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "story.toml").write_text('title = "Sidecar"\nseries = "Pans"\nto = ["pdf"]\n')
    (job,) = plan([tmp_path / "a.txt"], layer({"to": ["epub"]}), tmp_path / "output")
    assert job.settings.to == ("epub",)
    shown = json.loads(chapbook("inspect", "a.txt", "--json", "--title", "Option", cwd=tmp_path).out)
    assert shown["metadata"]["title"] == "Option"
    assert shown["metadata"]["series"] == "Pans"
    assert shown["metadata"]["provenance"]["series"] == "story.toml"


def test_a_zip_is_read_when_it_is_named_and_left_alone_in_a_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "Doc.zip", "w") as archive:
        archive.writestr("Doc.html", "<html><body><p>The lamp went out at nine.</p></body></html>")
    (tmp_path / "Other.txt").write_text(STORY, encoding="utf-8")
    assert [g.stem for g in find_stories([tmp_path / "Doc.zip"])] == ["Doc"]
    assert [g.stem for g in find_stories([tmp_path])] == ["Other"]
    assert chapbook("convert", "Doc.zip", "-t", "epub", cwd=tmp_path).code == 0


def test_a_folder_put_together_is_read_in_order_not_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "weir"
    folder.mkdir()
    for name in ("Chapter 1", "Chapter 10", "Chapter 2", "Epilogue", "Prologue"):
        (folder / f"{name}.txt").write_text(f"{name}\n\n{STORY}\n\nThis is {name}, and nobody saw the tide.\n")
    for given in (["weir"], sorted(str(p.relative_to(tmp_path)) for p in folder.iterdir())):
        run = chapbook(*given, "--together", "-o", "one.epub", "--force", cwd=tmp_path)
        assert run.code == 0, run
        with zipfile.ZipFile(tmp_path / "one.epub") as book:
            text = "".join(book.read(i.filename).decode() for i in book.filelist if i.filename.endswith(".xhtml"))
        found = [text.rindex(f"This is {n},") for n in ("Prologue", "Chapter 1", "Chapter 2", "Chapter 10", "Epilogue")]
        assert found == sorted(found)
