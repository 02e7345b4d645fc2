"""Books by cable: which drive is a reader, and how a book comes onto it."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

import pytest

from converter.build.exth import with_asin
from converter.build.identity import known_by
from converter.document.errors import MissingInput, OutputError
from converter.shelf.devices.copying import Copied, copy_book, move_to_free
from converter.shelf.devices.readers import PLACES, reader_at, readers, the_reader
from tests.formats.test_exth import kindle_book
from tests.shelf.post import zipped
from tests.shelf.shelves import TALE, make_books, write_stories
from tests.shell.running import chapbook, everything

KOBO = "N4181234567890,4.1.15,4.45.23640,4.1.15,4.1.15,00000000-0000-0000-0000-000000000390"
MARKS = {
    "kobo": {".kobo/version": KOBO, ".kobo/KoboReader.sqlite": "x"},
    "kindle": {"documents/My Clippings.txt": "x", "system/version.txt": "x"},
    "pocketbook": {"system/config/device.cfg": "x", "Books/a.txt": "x"},
    "tolino": {".tolino": "x", "Books/a.txt": "x"},
    "tolino new": {".kobo/version": KOBO, ".kobo/KoboReader.sqlite": "x"},
    "sony": {".adobe-digital-editions/device.xml": "x", "Digital Editions/a.txt": "x"},
    "tablet": {"koreader/settings.reader.lua": "return {}"},
}
READ = {
    "kobo": ("Kobo", "kepub", ""),
    "kindle": ("Kindle", "azw3", "documents"),
    "pocketbook": ("PocketBook", "epub", "Books"),
    "tolino": ("tolino", "epub", "Books"),
    "tolino new": ("tolino", "epub", ""),
    "sony": ("reader", "epub", "Digital Editions"),
    "tablet": ("KOReader", "epub", ""),
}


def drive(place: Path, name: str) -> Path:
    folder = place / name
    for way, text in MARKS[name].items():
        (folder / way).parent.mkdir(parents=True, exist_ok=True)
        (folder / way).write_text(text)
    return folder


@pytest.mark.parametrize("name", MARKS)
def test_a_reader_is_known_by_two_marks(tmp_path: Path, name: str) -> None:
    folder = drive(tmp_path, name)
    found = reader_at(folder)
    assert found is not None
    assert (found.name, found.format, found.home()) == (*READ[name][:2], folder / READ[name][2])
    for way in MARKS[name]:
        top = folder / way.split("/")[0]
        away = tmp_path / "away"
        (top if top.name != ".kobo" else folder / way).rename(away)
        assert reader_at(folder) is None or name == "tolino new", way
        away.rename(top if top.name != ".kobo" else folder / way)


@pytest.mark.parametrize("said", ["", "one,two", "N418", ",,,,", "N1,\x002,3", "é" * 9])
def test_a_file_that_is_no_kobo_s(tmp_path: Path, said: str) -> None:
    folder = drive(tmp_path, "kobo")
    (folder / ".kobo" / "version").write_text(said, "utf-8")
    assert reader_at(folder) is None


def test_drives_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACES, os.pathsep.join([str(tmp_path / "media"), str(tmp_path / "nowhere")]))
    with pytest.raises(MissingInput, match="no reader is plugged in"):
        the_reader()
    one = drive(tmp_path / "media" / "ada", "kobo")
    (tmp_path / "media" / "ada" / "disk" / "documents").mkdir(parents=True)
    assert the_reader().drive == one
    two = drive(tmp_path / "media", "kindle")
    assert [reader.drive for reader in readers()] == [one, two]
    with pytest.raises(MissingInput, match="2 readers are plugged in"):
        the_reader()
    assert the_reader(str(two)).name == "Kindle"
    assert the_reader(str(tmp_path)).format == "epub"
    with pytest.raises(MissingInput, match="no such folder"):
        the_reader(str(tmp_path / "nowhere"))


def test_no_book_goes_over_another(tmp_path: Path) -> None:
    first = copy_book(b"one", tmp_path, "Salt", ".epub")
    second = copy_book(b"two", tmp_path, "Salt", ".epub")
    again = copy_book(b"two", tmp_path, "Salt", ".epub")
    assert [done.path.name for done in (first, second, again)] == ["Salt.epub", "Salt (2).epub", "Salt (2).epub"]
    assert [done.came for done in (first, second, again)] == [True, True, False]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "Salt.epub": b"one",
        "Salt (2).epub": b"two",
    }
    (tmp_path / "Weir.epub").symlink_to(tmp_path / "nowhere")
    assert copy_book(b"three", tmp_path, "Weir", ".epub").path.name == "Weir (2).epub"
    (tmp_path / "Lamp.epub").mkdir()
    assert copy_book(b"four", tmp_path, "Lamp", ".epub").path.name == "Lamp (2).epub"


def epub(text: str, identifier: str = "urn:x:salt") -> bytes:
    opf = f"<package><metadata><dc:identifier>{identifier}</dc:identifier></metadata></package>"
    return zipped(**{"mimetype": "application/epub+zip", "a.opf": opf, "text": text})


def azw3(text: str, identifier: str = "urn:x:salt") -> bytes:
    key = str(UUID(int=7)).encode()
    return with_asin(kindle_book([(113, key)], 7) + text.encode(), identifier, 7, dated=False)


BOOKS = [(epub, ".epub"), (epub, ".kepub.epub"), (azw3, ".azw3")]
of_each_format = pytest.mark.parametrize(("book", "ending"), BOOKS, ids=["epub", "kepub", "azw3"])


@of_each_format
def test_a_copy_that_was_moved_on_the_drive_is_known_again(
    tmp_path: Path, book: Callable[..., bytes], ending: str
) -> None:
    copy_book(book("one"), tmp_path, "Salt", ending)
    (tmp_path / "Serials" / "Long").mkdir(parents=True)
    moved = (tmp_path / f"Salt{ending}").rename(tmp_path / "Serials" / "Long" / f"Salt{ending}")
    assert copy_book(book("one"), tmp_path, "Salt", ending) == Copied(moved, came=False)
    assert copy_book(book("one, two"), tmp_path, "Salt", ending) == Copied(moved, replaced=True)
    assert everything(tmp_path) == {f"Serials/Long/Salt{ending}"}
    assert moved.read_bytes() == book("one, two")
    other = book("three", "urn:x:other")
    assert copy_book(other, tmp_path, "Salt", ending) == Copied(tmp_path / f"Salt{ending}")
    assert moved.read_bytes() == book("one, two")
    hidden = tmp_path / ".trash"
    moved.parent.rename(hidden)
    assert copy_book(book("one"), tmp_path, "Salt", ending) == Copied(tmp_path / f"Salt (2){ending}")


@of_each_format
def test_a_book_that_has_another_name_now_takes_its_own_place(
    tmp_path: Path, book: Callable[..., bytes], ending: str
) -> None:
    """A reader keeps place and notes beside a file, under its name."""
    old = copy_book(book("one"), tmp_path, "Salt", ending).path
    (tmp_path / f"Noise{ending}").write_bytes(b"PK" if ending != ".azw3" else b"BOOKMOBI" * 99)
    (tmp_path / f"Salt{'.azw3' if ending != '.azw3' else '.epub'}").write_bytes(book("one"))
    assert copy_book(book("one, two"), tmp_path, "The Salt Road", ending) == Copied(old, replaced=True)
    assert copy_book(book("one, two"), tmp_path, "The Salt Road", ending) == Copied(old, came=False)
    assert old.read_bytes() == book("one, two")
    theirs = copy_book(book("another's"), tmp_path, "The Weir", ending, others=["Salt"])
    assert theirs == Copied(tmp_path / f"The Weir{ending}"), "another book of the shelf has that name"
    assert copy_book(book(""), tmp_path, "The Weir", ending) == Copied(theirs.path, replaced=True)
    assert copy_book(book("three", "urn:x:other"), tmp_path, "Tolls", ending).path.name == f"Tolls{ending}"


def test_of_a_copy_on_a_slow_drive_little_is_read(tmp_path: Path) -> None:
    (tmp_path / "Salt.epub").write_bytes(epub("one" * 1_000_000))
    read = 0

    class Counted(io.FileIO):
        def read(self, size: int | None = -1, /) -> bytes:
            nonlocal read
            data = super().read(size if size is not None else -1)
            read += len(data)
            return data

    with Counted(tmp_path / "Salt.epub") as file:
        assert known_by(cast("BinaryIO", file)) == "urn:x:salt"
    assert read < 200_000


def test_a_name_that_is_taken_meanwhile(tmp_path: Path) -> None:
    def another(_: int) -> None:
        (tmp_path / "Salt.epub").write_bytes(b"another")

    assert copy_book(b"ours", tmp_path, "Salt", ".epub", another).path.name == "Salt (2).epub"
    assert (tmp_path / "Salt.epub").read_bytes() == b"another"
    (tmp_path / "a").write_bytes(b"a")
    with pytest.raises(FileExistsError):
        move_to_free(tmp_path / "a", tmp_path / "Salt.epub")


def test_a_book_that_grew_takes_its_own_place(tmp_path: Path) -> None:
    stories, books = tmp_path / "stories", tmp_path / "books"
    write_stories(stories, {"salt.txt": f"Title: Salt\n\n{TALE}"})
    make_books(stories, books)
    before = (books / "salt.epub").read_bytes()
    write_stories(stories, {"salt.txt": f"Title: Salt\n\n{TALE}\n\nAnd the sea came in.\n"})
    make_books(stories, books)
    after = (books / "salt.epub").read_bytes()
    assert before != after
    to = tmp_path / "drive"
    copy_book(before, to, "Salt", ".epub")
    done = copy_book(after, to, "Salt", ".epub")
    assert (done.replaced, everything(to)) == (True, {"Salt.epub"})
    assert done.path.read_bytes() == after


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("a/../../b", "a-..-..-b.x"),
        ("con", "con_.x"),
        ('What? "No": <yes>|*', ""),
        (" .. ", "book.x"),
        ("a\n\x00b", ""),
    ],
)
def test_names_that_fat_takes(tmp_path: Path, stem: str, name: str) -> None:
    done = copy_book(b"x", tmp_path, stem, ".x")
    assert done.path.parent == tmp_path
    assert not set(done.path.name) & set('/\\:*?"<>|\n\0')
    assert not name or done.path.name == name


def test_a_drive_that_is_pulled_out(tmp_path: Path) -> None:
    to = tmp_path / "drive"

    def pull(written: int) -> None:
        if written > 600_000 and to.exists():
            shutil.rmtree(to)

    with pytest.raises(OutputError, match="still plugged in"):
        copy_book(bytes(900_000), to, "Salt", ".epub", pull)
    assert everything(tmp_path) == set()


def test_a_drive_that_nobody_may_write_to() -> None:
    with pytest.raises(OutputError, match="can't be written"):
        copy_book(b"x", Path("/proc/books"), "Salt", ".epub")


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "Books").write_text("x")
    with pytest.raises(OutputError, match="can't be written"):
        copy_book(b"x", tmp_path / "Books", "Salt", ".epub")


COPY = """
import sys, time, pathlib
from converter.shelf.devices.copying import copy_book
def told(_):
    if sys.argv[2:]: print(flush=True); time.sleep(60)
copy_book(bytes(900_000), pathlib.Path(sys.argv[1]), "Salt", ".epub", told)
"""


@pytest.mark.slow
def test_a_drive_that_is_full(tmp_path: Path) -> None:
    (tmp_path / "Other.epub").write_bytes(b"other")
    limited = ["bash", "-c", f'ulimit -f 400; exec "{sys.executable}" "$@"', "x", "-c", COPY, str(tmp_path)]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert f"OutputError: {tmp_path}: can't be written" in done.stderr
    assert "free some space" in done.stderr
    assert everything(tmp_path) == {"Other.epub"}


@pytest.mark.slow
def test_a_copy_that_is_killed_leaves_no_book(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", COPY, str(tmp_path), "slow"], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(signal.SIGKILL)
    assert not list(tmp_path.glob("*.epub"))
    assert len(everything(tmp_path)) == 1
    copy_book(b"x", tmp_path, "Weir", ".epub")
    assert everything(tmp_path) == {"Weir.epub"}


@pytest.mark.slow
def test_the_command(tmp_path: Path) -> None:
    make_books(write_stories(tmp_path / "stories"), tmp_path / "books")
    folder = drive(tmp_path / "media", "kobo")
    env = {PLACES: str(tmp_path / "media")}
    ran = chapbook("send", "salt", "--usb", "-o", "books", cwd=tmp_path, **env)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == f"{folder / 'salt.kepub.epub'}: is there"
    assert b"koboSpan" in subprocess.run(
        ["unzip", "-p", folder / "salt.kepub.epub"], capture_output=True, check=True
    ).stdout  # fmt: skip
    again = chapbook("send", "salt", "--usb", "-o", "books", cwd=tmp_path, **env)
    assert "was there already" in again.out
    shutil.rmtree(folder)
    kindle = drive(tmp_path / "media", "kindle")
    without = {**env, "PATH": str(Path(sys.executable).parent)}
    refused = chapbook("send", "salt", "--usb", "-o", "books", cwd=tmp_path, **without)
    assert refused.code == 1
    assert "--to kindle" in refused.err
    assert chapbook("send", "salt", "--usb", "--as", "epub", "-o", "books", cwd=tmp_path, **env).code == 0
    assert (kindle / "documents" / "salt.epub").read_bytes() == (tmp_path / "books" / "salt.epub").read_bytes()
    if shutil.which("ebook-convert"):
        assert chapbook("send", "salt", "--usb", "-o", "books", cwd=tmp_path, **env).code == 0
        copy = kindle / "documents" / "salt.azw3"
        before = copy.read_bytes()
        assert before[60:68] == b"BOOKMOBI"
        moved = copy.rename(copy.with_name("Read first.azw3"))
        with (tmp_path / "stories" / "salt.txt").open("a", encoding="utf-8") as story:
            story.write("\n\nAnd the sea came in.\n")
        make_books(tmp_path / "stories", tmp_path / "books")
        grown = chapbook("send", "salt", "--usb", "-o", "books", cwd=tmp_path, **env)
        assert grown.out.splitlines()[0] == f"{moved}: is there, in the place of an earlier one"
        assert moved.read_bytes() != before
        assert everything(kindle / "documents") == {"My Clippings.txt", "Read first.azw3", "salt.epub"}
