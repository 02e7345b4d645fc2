"""Names, sidecars and folders nobody thought of: they cost themselves, and the others become books."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.folders import lay, told
from tests.shell.running import STORY, chapbook, everything


def books(folder: Path) -> set[str]:
    return {n for n in everything(folder / "output") if n.endswith(".epub")}


@pytest.mark.parametrize(
    "name", [b"red \x1b[31m lamp", b"caf\xe9", b"two\nlines", b"tab\there", b"\xff\xfe", "𝔖alt".encode()]
)
def test_a_name_nobody_thought_of(tmp_path: Path, name: bytes) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "Harbour.txt").write_text(STORY)
    odd = os.fsencode(folder) + b"/" + name + b".txt"
    try:
        with open(odd, "w") as file:  # noqa: PTH123 -- a name in bytes
            file.write("The lamp went out at nine, and nobody on the pier could say who had lit it.\n")
    except OSError:
        pytest.skip("no file here can have this name")
    for line in ("2 converted", "2 up to date"):
        run = chapbook("stories", "-t", "epub", cwd=tmp_path, PYTHONIOENCODING="utf-8:strict")
        assert run.code == 0, run
        assert line in run.out
        assert "\x1b" not in run.out + run.err
        assert len(books(tmp_path)) == 2
    alone = chapbook(
        Path(os.fsdecode(odd)), "-t", "epub,pdf" if "\n" in odd.decode("latin-1") else "epub", "-o", "one", cwd=tmp_path
    )
    assert alone.code == 0, alone
    assert "Traceback" not in alone.err


@pytest.mark.parametrize("text", ["title = ", "x = " + "[" * 3_000, "\0", 'title = "\\uD800"', "a.b.c = 1\n" * 9])
def test_a_sidecar_nobody_can_read(tmp_path: Path, text: str) -> None:
    for name in ("Ash", "Birch", "Cedar"):
        (tmp_path / f"{name}.txt").write_text(STORY.replace("Salt", name))
    (tmp_path / "Ash.toml").write_text(text)
    run = chapbook(".", "-t", "epub", cwd=tmp_path)
    assert run.code == 1
    assert "Ash" in run.line
    assert books(tmp_path) == {"Birch.epub", "Cedar.epub"}


@pytest.fixture
def too_deep(tmp_path: Path) -> Iterator[Path]:
    """A folder whose path is longer than the system reads: the same to everybody, and to root."""
    top = tmp_path / "stories"
    top.mkdir()
    here = os.open(top, os.O_RDONLY)
    for _ in range(30):
        os.mkdir("d" * 200, dir_fd=here)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    yield tmp_path
    shutil.rmtree(top)


@pytest.mark.skipif(
    not os.supports_dir_fd or not shutil.rmtree.avoids_symlink_attacks, reason="paths alone can't make it"
)
def test_a_folder_that_can_not_be_read(too_deep: Path) -> None:
    (too_deep / "stories" / "Harbour.txt").write_text(STORY)
    (too_deep / "stories" / "Zinnia.txt").write_text(STORY.replace("Salt", "Zinnia"))
    run = chapbook("stories", "-t", "epub", cwd=too_deep)
    assert run.code == 1
    assert "can't be read" in run.line
    assert books(too_deep) == {"Harbour.epub", "Zinnia.epub"}


def test_files_that_are_not_read_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "story.txt").write_text(STORY)
    for name in ("letter.odt", "draft", "README.txt", "cover.jpg", "story.toml.bak"):
        (folder / name).write_bytes(b"something")
    run = chapbook("stories", "-t", "epub", cwd=tmp_path)
    assert run.code == 0
    assert "not read: stories/draft: it has no ending" in run.err
    assert "not read: stories/letter.odt: a word processor's file" in run.err
    assert "not read: stories/story.toml.bak: a copy that a program keeps" in run.err
    assert "README" not in run.err
    assert "cover.jpg" not in run.err
    assert "README.txt" in chapbook("stories", "-t", "epub", "-v", "--force", cwd=tmp_path).err


def test_a_file_is_read_once_however_often_it_is_named(tmp_path: Path) -> None:
    """A link beside its file, one elsewhere, a path named twice: one book, and up to date ever after."""
    folder = tmp_path / "stories"
    (folder / "more").mkdir(parents=True)
    (folder / "Harbour.txt").write_text(STORY)
    (folder / "The link.txt").symlink_to("Harbour.txt")
    (folder / "more" / "Elsewhere.txt").symlink_to("../Harbour.txt")
    for line in (": 2 chapters", "is up to date"):
        run = chapbook("stories", "stories/Harbour.txt", "./stories/The link.txt", "-t", "epub", cwd=tmp_path)
        assert run.code == 0
        assert line in run.out
        assert books(tmp_path) == {"Harbour.epub"}


def test_a_link_to_what_lies_hidden_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    (folder / ".store").mkdir(parents=True)
    (folder / ".store" / "4711.txt").write_text(STORY)
    (folder / "Harbour.txt").symlink_to(".store/4711.txt")
    assert chapbook("stories", "-t", "epub", cwd=tmp_path).code == 0
    assert books(tmp_path) == {"Harbour.epub"}


@pytest.mark.parametrize("name", ["draft", "notes.log", "passwords.txt", "README.txt", "story.xyz"])
def test_a_file_that_is_named_is_read(tmp_path: Path, name: str) -> None:
    """Whatever it is called, as long as it is text."""
    (tmp_path / name).write_text(STORY, "utf-8")
    for line in (": 2 chapters, 56 words", "is up to date"):
        run = chapbook(name, "-t", "epub", cwd=tmp_path)
        assert run.code == 0, run
        assert line in run.out


def test_a_page_without_an_ending_is_read_as_a_page(tmp_path: Path) -> None:
    (tmp_path / "salt").write_text("<!doctype html><title>Salt</title><h1>Salt</h1><p>The lamp went out at nine.</p>")
    run = chapbook("salt", "-t", "txt", cwd=tmp_path)
    assert "<" not in (tmp_path / "output" / "salt.txt").read_text(), run


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("old.tar", b"x" * 257 + b"ustar\0", "--cluster local"),
        ("old.tar.gz", b"\x1f\x8b\x08\0", "--cluster local"),
        ("old.parquet", b"PAR1\0\1", "--cluster local"),
        ("old.warc", b"\0WARC", "--cluster local"),
        ("old.rar", b"Rar!\x1a\x07", "unpack it"),
        ("letter.odt", b"PK\x03\x04", "a word processor's file"),
        ("paper.xyz", b"%PDF-1.7\n1 0 obj\n", "known are .txt"),
    ],
)
def test_what_can_not_be_read_says_what_to_do(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    run = chapbook(f"in/{name}", "-t", "epub", cwd=tmp_path)
    assert run.code == 1
    assert said in run.line
    (tmp_path / "in" / "story.txt").write_text(STORY)
    if "known" not in said:
        assert said in chapbook("in", "-t", "epub", cwd=tmp_path).line


@pytest.mark.parametrize("name", ["READ ME.txt", "00_Readme-first.txt", "LIESMICH.txt", "lisez-moi.txt", "ReadMe.md"])
def test_a_readme_is_no_story(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    for file in ("story.txt", name):
        (tmp_path / "in" / file).write_text(STORY)
    assert chapbook("in", "-t", "epub", cwd=tmp_path).code == 0
    assert books(tmp_path) == {"story.epub"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "story.txt").write_text(STORY)
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    for more in ((), ("-q",), ("-v",)):
        run = chapbook("in", "-t", "epub", *more, cwd=tmp_path)
        assert run.code == 0
        assert [line for line in run.err.splitlines() if "pipe.txt" in line] == [
            "chapbook: not read: in/pipe.txt: a pipe, not a file"
        ]
    assert books(tmp_path) == {"story.epub"}
    assert "it is a pipe" in chapbook("in/pipe.txt", "-t", "epub", cwd=tmp_path).line


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links here")
@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("gone.txt", "a link to gone.txt, where nothing is"),
        ("../away/gone\x1b[2J.txt", "a link to ../away/gone\ufffd[2J.txt, where nothing is"),
        ("link.txt", "a link that leads in a circle, to link.txt"),
        (os.devnull, f"a link to {os.devnull}: a device, not a file"),
    ],
)
def test_of_a_dead_link_it_is_said_where_it_points(tmp_path: Path, target: str, said: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "story.txt").write_text(STORY)
    (tmp_path / "in" / "link.txt").symlink_to(target)
    assert f"chapbook: not read: in/link.txt: {said}" in chapbook("in", "-t", "epub", cwd=tmp_path).err


def test_what_is_left_is_counted_and_named_where_all_is_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY)
    beside = ("song.mp3", "old.pdf", "IMG_1.png", "IMG_2.png", "README.md")
    for name in (*beside, *(f"letter {n}.odt" for n in range(8))):
        (folder / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    run = chapbook("stories", "-t", "txt", "--report", "run.html", cwd=tmp_path)
    assert (
        "beside the stories: 1 finished book, 1 readme or licence, 1 file with sound, 2 pictures; -v names" in run.err
    )
    assert "letter 0.odt" in run.err
    assert "and 3 more" in run.err
    page = (tmp_path / "run.html").read_text()
    named = chapbook("stories", "-t", "txt", "-v", cwd=tmp_path).err
    assert "more" not in named
    for path in folder.iterdir():
        assert path.name == "a.txt" or (path.name in named and path.name in page)


def test_books_of_our_own_are_no_stories(tmp_path: Path) -> None:
    """Where books lie among the stories, also those of another run, and of a story that is gone."""
    lay(tmp_path, {"Salt.txt": told("salt"), "in/Weir.txt": told("weir"), "in/Eels.txt": told("eels")})
    assert chapbook(".", "-t", "txt", "-o", "mine", "-q", cwd=tmp_path).code == 0
    (tmp_path / "in/Eels.txt").unlink()
    assert chapbook(".", "-t", "txt", "-o", "other", "-q", cwd=tmp_path).code == 0
    assert everything(tmp_path / "other") - {".chapbook.db"} == {"Salt.txt", "in/Weir.txt"}
    (tmp_path / "mine/Salt.txt").write_text(told("a story that somebody put there"))
    assert chapbook(".", "-t", "txt", "-o", "third", "-q", cwd=tmp_path).code == 0
    assert "mine/Salt.txt" in everything(tmp_path / "third")


COVER_PAGE = (
    '<!DOCTYPE html><html><head><title>Cover</title></head><body>\n<img src="c.jpg" alt="cover"/>\n</body></html>'
)


@pytest.mark.parametrize(
    ("name", "held", "why"),
    [
        ("nothing.txt", b"", "the file is empty"),
        ("nothing.rtf", b"", "the file is empty"),
        ("blank.md", b"\xef\xbb\xbf\n \n", "the file is blank"),
        ("titlepage.xhtml", COVER_PAGE.encode(), "a page of nothing but pictures"),
    ],
)
def test_a_file_that_holds_nothing_is_a_failure_only_where_it_is_named(
    tmp_path: Path, name: str, held: bytes, why: str
) -> None:
    lay(tmp_path / "in", {"Salt.txt": told("salt"), name: held})
    for _ in range(2):
        run = chapbook("in", "-t", "txt", "-o", "books", cwd=tmp_path)
        assert run.code == 0
        assert f"not read: in/{name}: {why}" in run.err
    assert chapbook(f"in/{name}", "-t", "txt", "-o", "books", cwd=tmp_path).code == 1


@pytest.mark.parametrize(
    "page", [COVER_PAGE.replace("\n<", "\nEels<"), COVER_PAGE.replace("<img", "<script src='x'></script><img")]
)
def test_a_page_that_holds_a_word_or_is_made_by_a_script_is_looked_at(tmp_path: Path, page: str) -> None:
    lay(tmp_path / "in", {"Salt.txt": told("salt"), "titlepage.xhtml": page})
    assert "nothing but pictures" not in chapbook("in", "-t", "txt", "-o", "books", cwd=tmp_path).err
