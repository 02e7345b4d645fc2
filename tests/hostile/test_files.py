"""Pipes, devices, folders and links where a story, a picture, a cover, a sidecar or a site's table should be."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from converter.limits.files import lies_in, read_regular
from tests.pages.making import page, prose
from tests.pages.test_hostile import png
from tests.shell.running import STORY, Run, chapbook, everything
from tests.shell.test_check import clean

SECRET = "The ledger of the lighthouse is kept in the third drawer."


def run(folder: Path, *args: str) -> Run:
    """A run that must end soon, whatever blocks."""
    return chapbook(*args, cwd=folder)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


ODD: list[Callable[[Path], None]] = [pipe, endless, circle, Path.mkdir]
SAID = {
    pipe: "a pipe, not a file",
    endless: "a link to /dev/zero: a device, not a file",
    circle: "a link that leads in a circle, to other.txt",
}


@pytest.mark.parametrize("make", ODD[:3])
def test_a_story_that_is_no_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "story.txt")
    done = run(tmp_path, "story.txt")
    assert done.code == (2 if make is circle else 1)  # behind a link to itself there is nothing
    assert done.line.startswith("chapbook: story.txt: ")


@pytest.mark.parametrize("make", ODD)
@pytest.mark.parametrize("name", ["b.png", "cover.jpg", "story.toml", "other.txt"])
def test_what_lies_beside_a_story_and_is_no_file(tmp_path: Path, make: Callable[[Path], None], name: str) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "story.html").write_bytes(page(prose() + '<p><img src="b.png" alt="b"></p>' + prose()))
    make(folder / name)
    done = run(tmp_path, "stories", "-t", "epub")
    told = name == "other.txt" and make is not Path.mkdir
    said = f"chapbook: not read: stories/other.txt: {SAID[make]}\n" if told else ""
    assert (done.code, done.err) == (0, said), done
    assert everything(tmp_path / "output") == {".chapbook.db", "story.epub"}


@pytest.mark.parametrize("make", ODD)
@pytest.mark.parametrize(("option", "name"), [("--cover", "cover.jpg"), ("--site", "site.toml")])
def test_what_is_named_and_is_no_file(tmp_path: Path, make: Callable[[Path], None], option: str, name: str) -> None:
    (tmp_path / "story.html").write_bytes(page(prose()))
    make(tmp_path / name)
    done = run(tmp_path, "story.html", option, name, "-t", "epub")
    assert done.code == 1
    assert name in done.line


@pytest.mark.parametrize("make", ODD[:2])
def test_a_book_in_the_way_that_is_no_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "output").mkdir()
    make(tmp_path / "output" / "story.epub")
    make(tmp_path / "output" / ".chapbook.json")
    make(tmp_path / "output" / ".chapbook.db")
    done = run(tmp_path, "story.txt", "-t", "epub")
    assert done.code == 0
    assert (tmp_path / "output" / f"{tmp_path.name} - story.epub").is_file()
    assert not (tmp_path / "output" / "story.epub").is_file()


def outside(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of stories, and one beside it with what is nobody's business."""
    stories, private = tmp_path / "stories", tmp_path / "private"
    stories.mkdir()
    private.mkdir()
    (private / "secret.txt").write_text(f"{SECRET}\n" * 3)
    (private / "secret.png").write_bytes(png(240, 350))
    (private / "site.toml").write_text('name = "x"\n')
    return stories, private


def texts(book: Path) -> str:
    with zipfile.ZipFile(book) as epub:
        return "".join(epub.read(n).decode("utf-8", "replace") for n in epub.namelist())


def pictures(book: Path) -> list[str]:
    with zipfile.ZipFile(book) as epub:
        return [n for n in epub.namelist() if "/images/" in n]


def test_links_out_of_a_folder_are_not_followed_and_that_is_said(tmp_path: Path) -> None:
    stories, _ = outside(tmp_path)
    (stories / "own.txt").write_text(STORY)
    (stories / "taken.txt").symlink_to("../private/secret.txt")
    (stories / "rooms").symlink_to("../private")
    (stories / "again").symlink_to(".")
    (stories / "within.txt").symlink_to("own.txt")
    done = run(tmp_path, "stories", "-t", "epub", "-o", "books")
    assert done.code == 0
    assert sorted(p.name for p in (tmp_path / "books").glob("*.epub")) == [
        "own.epub"
    ]  # a link beside its file is no other story
    lines = done.err.splitlines()
    assert len(lines) == 2, done.err
    assert all("leads out of the folder" in line for line in lines)
    assert {line.split(": ")[1] for line in lines} == {"stories/taken.txt", "stories/rooms"}
    assert run(tmp_path, "stories/taken.txt", "-t", "epub", "-o", "named").code == 0
    assert SECRET in texts(tmp_path / "named" / "taken.epub")
    (stories / "own.txt").unlink()
    (stories / "within.txt").unlink()
    done = run(tmp_path, "stories", "-t", "epub")
    assert done.code == 1
    assert "links out of it" in done.line


def test_a_folder_that_is_one_book_takes_no_link_for_a_chapter(tmp_path: Path) -> None:
    stories, private = outside(tmp_path)
    (stories / "story.toml").write_text('title = "The Salt Road"')
    (stories / "1.txt").write_text(STORY)
    (stories / "2.txt").symlink_to(private / "secret.txt")
    done = run(tmp_path, "stories", "book.epub")
    assert done.code == 0, done
    assert "leads out" in done.line
    assert SECRET not in texts(tmp_path / "book.epub")


@pytest.mark.parametrize("address", ["link.png", "../private/secret.png", "rooms/secret.png", "{private}/secret.png"])
def test_pictures_outside_the_storys_folder_are_not_taken(tmp_path: Path, address: str) -> None:
    stories, private = outside(tmp_path)
    (stories / "link.png").symlink_to(private / "secret.png")
    (stories / "rooms").symlink_to(private)
    (stories / "own.png").symlink_to("real.png")
    (stories / "real.png").write_bytes(png(30, 30))
    shown = f'<p><img src="{address.format(private=private)}" alt="x"></p><p><img src="own.png" alt="own"></p>'
    (stories / "story.html").write_bytes(page(prose() + shown + prose()))
    assert run(tmp_path, "stories/story.html", "book.epub").code == 0
    assert len(pictures(tmp_path / "book.epub")) == 1


@pytest.mark.parametrize(
    ("key", "name"),
    [("cover", "../private/secret.png"), ("cover", "{private}/secret.png"), ("cover", "link.png"), ("cover", "/dev/zero"),
     ("site", "../private/site.toml")],
)  # fmt: skip
def test_a_sidecar_names_nothing_outside(tmp_path: Path, key: str, name: str) -> None:
    stories, private = outside(tmp_path)
    (stories / "link.png").symlink_to(private / "secret.png")
    (stories / "story.html").write_bytes(page(prose()))
    (stories / "story.toml").write_text(f'{key} = "{name.format(private=private)}"\n')
    done = run(tmp_path, "stories/story.html", "book.epub")
    assert done.code == 0
    assert "[sidecar-outside]" in done.line
    assert "stories/story.toml:1" in done.line
    if key == "cover":
        assert run(tmp_path, "stories/story.html", "two.epub", "--cover", "private/secret.png").err == ""


def test_a_sidecar_that_is_a_link_out_of_its_folder(tmp_path: Path) -> None:
    stories, private = outside(tmp_path)
    (private / "story.toml").write_text('title = "Taken"')
    (stories / "story.txt").write_text(STORY)
    (stories / "story.toml").symlink_to(private / "story.toml")
    done = run(tmp_path, "stories/story.txt")
    assert done.code == 1
    assert "link out of its folder" in done.line


def test_a_style_that_a_sidecar_names_is_not_the_whole_disk(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "story.toml").write_text('style = "/"')
    done = run(tmp_path, "story.txt")
    assert done.code == 1
    assert "no style '/'" in done.line


def test_what_is_read_is_a_regular_file_of_a_size(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"12345")
    assert read_regular(place, 5) == b"12345"
    with pytest.raises(OSError, match="more than"):
        read_regular(place, 4)
    if Path("/proc/self/status").exists():
        assert read_regular(Path("/proc/self/status"), 100_000)  # a file that says it has no bytes
    circle(tmp_path / "round")
    assert not lies_in(tmp_path / "round", tmp_path)
    assert lies_in(place, tmp_path)
    assert not lies_in(tmp_path / ".." / "x", tmp_path)


def test_a_book_is_checked_through_a_link_that_was_named(tmp_path: Path) -> None:
    (tmp_path / "real.epub").write_bytes(clean())
    (tmp_path / "link.epub").symlink_to("real.epub")
    assert io.BytesIO(clean()).read(2) == b"PK"
    assert run(tmp_path, "check", "link.epub", "--no-epubcheck").code == 0
