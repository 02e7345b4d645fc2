"""What was made of what: kept beside the books, format by format, and never lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from converter.build.batch import plan
from converter.build.settings import layer
from converter.build.shelving import write_book
from converter.build.unchanged import unchanged
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.database import CATALOGUE
from converter.catalogue.records import Record, digest, state_of
from converter.catalogue.schema import VERSION, _with_later
from tests.shell.running import STORY, chapbook

OLD = 10.0  # seconds ago: no doubt that a file has been left alone since


def aged(path: Path) -> Path:
    moment = time.time() - OLD
    os.utime(path, (moment, moment))
    return path


def heap(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(STORY.replace("Salt", name.title() if name.isascii() else "Odd"))
        aged(folder / f"{name}.txt")


def states(folder: Path) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in folder.iterdir() if p.suffix in (".epub", ".pdf", ".txt")}


def made(before: dict[str, int], folder: Path) -> set[str]:
    """The books that are others now."""
    return {name for name, moment in states(folder).items() if before.get(name) != moment}


def run(tmp_path: Path, *more: str, to: str = "epub,txt") -> dict[str, int]:
    before = states(tmp_path / "books") if (tmp_path / "books").exists() else {}
    done = chapbook("in", "-t", to, "-o", "books", *more, cwd=tmp_path)
    assert done.code == 0, done
    return before


def test_only_what_depends_on_it_is_made_again(tmp_path: Path) -> None:
    heap(tmp_path / "in", "ash", "birch")
    books = tmp_path / "books"
    run(tmp_path)
    assert made(run(tmp_path), books) == set()
    assert made(run(tmp_path, "--page", "6x9"), books) == set()  # no PDF was asked for
    assert made(run(tmp_path, "--notes-at", "book"), books) == {"ash.epub", "birch.epub"}
    assert made(run(tmp_path, "--no-typography"), books) == {"ash.epub", "ash.txt", "birch.epub", "birch.txt"}
    run(tmp_path)
    assert made(run(tmp_path, to="epub,txt,pdf"), books) == {"ash.pdf", "birch.pdf"}  # the first are not made again
    assert made(run(tmp_path, "--page", "6x9", to="epub,txt,pdf"), books) == {"ash.pdf", "birch.pdf"}
    (tmp_path / "in" / "ash.txt").write_text(STORY + "And then it rained.\n")
    run(tmp_path)
    (tmp_path / "in" / "birch.toml").write_text('title = "The Beech"')
    assert made(run(tmp_path), books) == {"birch.epub", "birch.txt"}


def test_a_theme_of_ones_own_that_changed(tmp_path: Path) -> None:
    heap(tmp_path / "in", "ash")
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "theme.toml").write_text('title = "Mine"')
    (theme / "epub.css").write_text("p { color: green }")
    asked = ("--style", str(theme))
    run(tmp_path, *asked, to="epub,txt,pdf")
    assert made(run(tmp_path, *asked, to="epub,txt,pdf"), tmp_path / "books") == set()
    (theme / "epub.css").write_text("p { color: red }")
    assert made(run(tmp_path, *asked, to="epub,txt,pdf"), tmp_path / "books") == {"ash.epub"}


def test_an_unchanged_folder_is_not_read(tmp_path: Path) -> None:
    heap(tmp_path / "in", "ash", "birch", "cedar")
    run(tmp_path, to="epub")
    jobs = plan([tmp_path / "in"], layer({"to": ["epub"]}), tmp_path / "books")
    assert all(unchanged(job) for job in jobs)
    (tmp_path / "in" / "ash.txt").write_text(STORY + "More.\n")
    now = [
        job.group.stem for job in plan([tmp_path / "in"], layer({"to": ["epub"]}), tmp_path / "books") if unchanged(job)
    ]
    assert now == ["birch", "cedar"]


def test_a_change_within_the_same_tick_is_seen(tmp_path: Path) -> None:
    """A file of the same size and time, written just after it was read."""
    heap(tmp_path / "in", "ash")
    run(tmp_path, to="epub")
    path = tmp_path / "in" / "ash.txt"
    status = path.stat()
    with Catalogue(tmp_path / "books") as catalogue:
        (story,) = catalogue.stories()
        (read,) = story.ingredients
    fresh = type(read)(read.path, read.role, read.digest, read.state, noted=status.st_mtime_ns + 1)
    assert read.is_unchanged
    assert not fresh.is_unchanged


def test_a_change_of_a_book_that_was_just_written_is_seen(tmp_path: Path) -> None:
    """Its state tells at once that it is as it was written, and does no more when it was changed in the same tick."""
    book = tmp_path / "ash.epub"
    for _ in range(30):
        write_book(book, b"as it was written")
        record = Record(book, "", digest(b"as it was written"), state=state_of(book) or (0, 0, 0), noted=time.time_ns())
        assert record.is_untouched
        with book.open("r+b") as file:
            file.write(b"as it was CHANGED")
        assert not record.is_untouched


def test_the_way_a_path_is_written_does_not_matter(tmp_path: Path) -> None:
    heap(tmp_path / "in", "ash", "birch")
    run(tmp_path, to="epub")
    (tmp_path / "link").symlink_to(tmp_path / "in")
    for path in ("./in", str(tmp_path / "in"), "in/../in", "link"):
        assert "2 up to date" in chapbook(path, "-t", "epub", "-o", "books", cwd=tmp_path).out, path
    assert "is up to date" in chapbook("in/ash.txt", "-t", "epub", "-o", f"{tmp_path}/books/", cwd=tmp_path).out


def test_a_file_has_one_name_in_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way from the books' folder, whatever links lead there; that folder, and those it lies in, are no exception."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "books").mkdir(parents=True)
    (tmp_path / "in" / "ash.txt").write_text(STORY)
    (tmp_path / "linked").symlink_to("in")
    (tmp_path / "in" / "birch.txt").symlink_to("ash.txt")
    books = tmp_path / "linked" / "books"
    catalogue = Catalogue(books)
    ways = (
        "in/ash.txt", "linked/ash.txt", "linked/birch.txt", "in/../in/ash.txt", "in/gone.txt", "in/books", "in",
        "linked/books", "in/books/Ash.epub", ".", "in/..", "/", "in/books/deeper/ash.txt",
    )  # fmt: skip
    for way in ways:
        for path in (Path(way), tmp_path / way):
            assert catalogue.name(path) == os.path.relpath(os.path.realpath(path), os.path.realpath(books)), path
    assert catalogue.name_of_book(books / "a" / "Ash.epub") == "a/Ash.epub"
    assert Catalogue(Path()).name_of_book(Path("a/Ash.epub")) == "a/Ash.epub"


def test_a_moved_story_is_known_again(tmp_path: Path) -> None:
    heap(tmp_path / "in", "ash", "birch")
    run(tmp_path, to="epub")
    (tmp_path / "in" / "trees").mkdir()
    shutil.move(tmp_path / "in" / "ash.txt", tmp_path / "in" / "trees" / "ash.txt")
    assert made(run(tmp_path, to="epub"), tmp_path / "books") == set()
    shutil.move(tmp_path / "in" / "birch.txt", tmp_path / "in" / "yew.txt")
    run(tmp_path, to="epub")
    assert set(states(tmp_path / "books")) == {"ash.epub", "birch.epub"}  # what it was called is kept
    with Catalogue(tmp_path / "books") as catalogue:
        assert {story.source for story in catalogue.stories()} == {"../in/trees/ash.txt", "../in/yew.txt"}


def test_the_history_remembers_every_book(tmp_path: Path) -> None:
    heap(tmp_path / "in", "ash")
    run(tmp_path, to="epub")
    (tmp_path / "in" / "ash.txt").write_text(STORY + "\nChapter 9\n\nAnd then it rained.\n")
    run(tmp_path, to="epub")
    rows = sqlite3.connect(tmp_path / "books" / CATALOGUE).execute("SELECT path, chapters FROM history").fetchall()
    assert [path for path, _ in rows] == ["ash.epub", "ash.epub"]
    assert len({chapters for _, chapters in rows}) == 2


def test_what_earlier_versions_noted_is_taken_over(tmp_path: Path) -> None:
    heap(tmp_path / "in", "ash")
    run(tmp_path, to="epub")
    with Catalogue(tmp_path / "books") as catalogue:
        (story,) = catalogue.stories()
        (book,) = story.books
    (tmp_path / "books" / CATALOGUE).unlink()
    entry = {
        "story": "in/ash.txt",
        "source": story.source,
        "from": book.made_from,
        "book": book.book,
        "title": book.title,
    }
    notes = tmp_path / "books" / ".chapbook.json"
    notes.write_text(json.dumps({"books": {"ash.epub": entry}}))
    assert made(run(tmp_path, to="epub"), tmp_path / "books") == set()
    assert not notes.exists()
    with Catalogue(tmp_path / "books") as catalogue:
        assert [s.title for s in catalogue.stories()] == [book.title]


def test_a_story_without_a_book_says_why(tmp_path: Path) -> None:
    heap(tmp_path / "in", "ash")
    (tmp_path / "in" / "damaged.txt").write_bytes(bytes(range(256)) * 40)
    assert chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).code == 1
    run = chapbook("library", "-o", "books", "--json-lines", cwd=tmp_path)
    problems = {row["source"]: row["problem"] for row in map(json.loads, run.out.splitlines())}
    assert problems["../in/ash.txt"] == ""
    assert "binary data" in problems["../in/damaged.txt"]


def test_a_damaged_catalogue_is_said(tmp_path: Path) -> None:
    heap(tmp_path / "in", "ash", "birch")
    run(tmp_path, to="epub")
    (tmp_path / "books" / CATALOGUE).write_bytes(b"no database " * 400)
    done = chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path)
    assert done.code == 0
    assert "it is damaged, and is begun anew" in done.err
    assert "damaged" not in chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).err


def test_a_story_named_alone_is_the_one_of_its_folder(tmp_path: Path) -> None:
    """Its series is told by its neighbours' names, whether the folder or the file is named."""
    heap(tmp_path / "in", "Ashfall II - The Forge", "Ashfall I - The Kiln", "Ashfall III - The Glaze")
    run(tmp_path, to="epub")
    for name in ("Ashfall I - The Kiln", "Ashfall II - The Forge"):
        assert "is up to date" in chapbook(f"in/{name}.txt", "-t", "epub", "-o", "books", cwd=tmp_path).out, name


def test_a_newer_catalogue_is_left_alone(tmp_path: Path) -> None:
    heap(tmp_path / "in", "ash")
    run(tmp_path, to="epub")
    database = sqlite3.connect(tmp_path / "books" / CATALOGUE)
    database.execute(f"PRAGMA user_version = {VERSION + 1}")
    database.close()
    done = chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path)
    assert done.code == 1
    assert "newer chapbook" in done.line


def test_the_library_is_searched_and_sorted(tmp_path: Path) -> None:
    heap(tmp_path / "in", "cedar", "ash", "birch")
    (tmp_path / "in" / "birch.toml").write_text('author = "Zoë Ångström"')
    run(tmp_path, to="epub")

    def titles(*asked: str) -> list[str]:
        done = chapbook("library", "-o", "books", "--json-lines", *asked, cwd=tmp_path)
        assert done.code == 0, done
        return [json.loads(line)["title"] for line in done.out.splitlines()]

    assert titles() == ["The Ash Road", "The Birch Road", "The Cedar Road"]
    assert titles("--sort", "author")[-1] == "The Birch Road"
    assert titles("angstrom") == ["The Birch Road"]
    assert titles("road", "CEDAR") == ["The Cedar Road"]
    assert titles("--since", "2000-01-01") == titles()
    assert titles("--since", "2990-01-01") == []
    assert chapbook("library", "-o", "books", "--since", "soon", cwd=tmp_path).code != 0
    assert "The Cedar Road" in chapbook("library", "-o", "books", cwd=tmp_path).out
    assert "no books were made" in chapbook("library", "-o", "in", cwd=tmp_path).line


def test_books_whose_story_is_gone_are_taken_off_when_asked(tmp_path: Path) -> None:
    heap(tmp_path / "in", "ash", "birch", "cedar")
    run(tmp_path, to="epub")
    (tmp_path / "in" / "ash.txt").unlink()
    (tmp_path / "in" / "birch.txt").unlink()
    (tmp_path / "books" / "birch.epub").write_bytes(b"somebody worked on it")
    no = chapbook("library", "-o", "books", "--prune", cwd=tmp_path, stdin=b"n\n")
    assert no.code == 1
    assert set(states(tmp_path / "books")) == {"ash.epub", "birch.epub", "cedar.epub"}
    done = chapbook("library", "-o", "books", "--prune", "--yes", cwd=tmp_path)
    assert done.code == 0
    assert "left alone" in done.out
    assert set(states(tmp_path / "books")) == {"birch.epub", "cedar.epub"}
    assert "where it was" in chapbook("library", "-o", "books", "--prune", cwd=tmp_path).out


def test_books_that_are_older_than_their_story_are_taken_off_when_asked(tmp_path: Path) -> None:
    """A format that was asked for once, volumes beside a whole: never while the story is as it was."""
    heap(tmp_path / "in", "ash", "birch")
    run(tmp_path, to="epub,txt")
    run(tmp_path, to="epub")
    assert "no book is older" in chapbook("library", "-o", "books", "--prune", cwd=tmp_path).out
    (tmp_path / "in" / "ash.txt").write_text(STORY + "And then it rained.\n")
    run(tmp_path, to="epub")
    rows = {
        r["source"]: r
        for r in map(json.loads, chapbook("library", "-o", "books", "--json-lines", cwd=tmp_path).out.splitlines())
    }
    assert {Path(p).name for row in rows.values() for p in row["stale"]} == {"ash.txt"}
    assert chapbook("library", "-o", "books", "--prune", "--yes", cwd=tmp_path).code == 0
    assert set(states(tmp_path / "books")) == {"ash.epub", "birch.epub", "birch.txt"}
    assert "no book is older" in chapbook("library", "-o", "books", "--prune", cwd=tmp_path).out
    assert made(run(tmp_path, to="epub,txt"), tmp_path / "books") == {"ash.txt"}


def test_volumes_beside_a_whole_are_known(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    told = "The lamp went out at nine, and nobody on the pier could say who had lit it.\n\n" * 9
    chapters = "".join(f"Chapter {n}\n\n{told}Then it was {n}.\n\n" for n in (1, 2, 3, 4))
    (tmp_path / "in" / "ash.txt").write_text(f"Ash\nby Ada Thorn\n\n{chapters}")
    run(tmp_path, "--volumes", "2", to="epub")
    assert len(run(tmp_path, to="epub")) > 1
    assert len(states(tmp_path / "books")) > 2
    assert chapbook("library", "-o", "books", "--prune", "--yes", cwd=tmp_path).code == 0
    assert set(states(tmp_path / "books")) == {"ash.epub"}


@pytest.mark.parametrize("name", ["caf\udce9", "\udcff\udcfe", "тест", "e\N{COMBINING ACUTE ACCENT}"])
def test_names_that_are_no_text(tmp_path: Path, name: str) -> None:
    heap(tmp_path / "in", name)
    for word in ("✓", "·"):
        done = chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path)
        assert done.code == 0, (word, done)
    with Catalogue(tmp_path / "books") as catalogue:
        (story,) = catalogue.stories()
    assert (tmp_path / "books" / story.source).exists()


def test_what_nobody_may_look_at_is_not_gone(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with Catalogue(tmp_path) as catalogue:
        assert catalogue.is_there("loop/story.txt")
        assert not catalogue.is_there("nowhere/story.txt")


def test_an_old_catalogue_that_may_only_be_read_knows_of_no_accounts(tmp_path: Path) -> None:
    (tmp_path / "salt.txt").write_text(STORY)
    assert chapbook("salt.txt", "-t", "epub", cwd=tmp_path).code == 0
    place = tmp_path / "output" / CATALOGUE

    def told() -> int:
        read = _with_later(sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True))
        (count,) = read.execute("SELECT COUNT(*) FROM accounts JOIN stories ON story = id").fetchone()
        read.close()
        return int(count)

    assert told() == 1
    with sqlite3.connect(place) as database:
        database.execute("DROP TABLE accounts")
    assert told() == 0
