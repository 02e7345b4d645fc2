"""A run over archives by processes of this machine: every story once, poison alone, nothing twice, nothing half."""

from __future__ import annotations

import ctypes
import time
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import fsspec
import pyarrow
import pytest

from converter.build.apart import ask_apart
from converter.build.attempts import Task
from converter.build.executor import LocalPool, LostPiece, Make
from converter.build.making import do
from converter.build.watching import StoryLimits
from converter.catalogue.catalogue import Catalogue
from converter.cluster import addresses, shard
from converter.cluster.addresses import read_file, write_whole
from converter.cluster.ray_cluster import _done, _Telling
from converter.cluster.run import ArchiveRun, KeptShard, merged
from converter.cluster.shard import SCRATCH, StoryTold
from converter.cluster.tables import stories_in, table_of
from converter.document.errors import ConverterError, MissingInput, OutputError, SettingError
from converter.document.findings.reading import Killed, OutOfMemory, OutOfTime
from tests.cluster import poison
from tests.cluster.making import crawled, page, put, stories, table, tarred, told, zipped
from tests.shell.running import everything

pytestmark = pytest.mark.slow
EPUB: Mapping[str, Any] = {"to": ("epub",)}


def made(run: ArchiveRun, task: Task = do) -> list[StoryTold | KeptShard | LostPiece]:
    pool = LocalPool(1, task)
    run.find(pool)
    return list(run.results(pool))


def titles(told: list[StoryTold | KeptShard | LostPiece]) -> set[str]:
    return {one.row.title for one in told if isinstance(one, StoryTold)}


def title(number: int) -> str:
    return told(number).splitlines()[0].removeprefix("Title: ")


def rows(run: ArchiveRun) -> list[Any]:
    return [story for name, data in run.tables() for story in stories_in(data, name)]


def books(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in (folder / "books").rglob("*") if p.is_file()}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with a shard of each kind and two stories beside them; thirteen stories in all."""
    return put(
        tmp_path / "archive",
        {
            "a.tar.gz": tarred(stories(0, 1, 2)),
            "deep/b.zip": zipped(stories(3, 4)),
            "c.parquet": table({"html": [page(5), page(6), page(7)], "title": [title(n) for n in (5, 6, 7)]}),
            "d.warc.gz": crawled([8, 9, 10]),
            **{f"loose/{name}": data for name, data in stories(11, 12).items()},
        },
    )


def test_every_story_of_every_kind_of_shard_the_same_wherever_it_is_made(archive: Path, tmp_path: Path) -> None:
    run = ArchiveRun([str(archive)], str(tmp_path / "out"), EPUB)
    told = made(run)
    assert titles(told) == {title(n) for n in range(13)}
    assert run.stories == len(told) == 13
    assert len(books(tmp_path / "out")) == 13
    assert all(zipfile.ZipFile(p).testzip() is None for p in (tmp_path / "out").rglob("*.epub"))
    kept = rows(run)
    assert {story.title for story in kept} == {title(n) for n in range(13)}
    assert {b.path.as_posix() for story in kept for b in story.books} == set(books(tmp_path / "out"))

    place = f"memory://{uuid.uuid4()}"
    for path in archive.rglob("*.*"):
        if path.is_file():
            write_whole(f"{place}/in/{path.relative_to(archive).as_posix()}", path.read_bytes())
    stored = ArchiveRun([f"{place}/in"], f"{place}/out", EPUB, fewest=4)
    there = made(stored)
    assert merged(stored) == ""  # a store has no catalogue
    assert titles(there) == titles(told)
    bytes_there = {book.rpartition("/")[2]: read_file(book) for one in there for book in one.row.books}  # type: ignore[union-attr]
    bytes_here = {name.rpartition("/")[2]: data for name, data in books(tmp_path / "out").items()}
    from_shards = {name for name in bytes_here if "story-0011" not in name and "story-0012" not in name}
    assert {bytes_there[name] == bytes_here[name] for name in from_shards} == {True}
    again = made(ArchiveRun([f"{place}/in"], f"{place}/out", EPUB, fewest=4))
    assert sum(len(one.problems) for one in again if isinstance(one, KeptShard)) == len(told)


def test_a_run_begun_again_makes_what_is_missing(tmp_path: Path) -> None:
    put(tmp_path, {"in/a.tar": tarred(stories(0, 1, 2, 3, 4), "w")})

    def run(**given: Any) -> ArchiveRun:
        return ArchiveRun([str(tmp_path / "in")], str(tmp_path / "out"), EPUB, fewest=2, **given)

    first = run()
    made(first)
    assert [len(piece.contents) for piece in first.pieces] == [2, 2, 1]
    (tmp_path / "out" / "_done" / first.pieces[0].table).unlink()
    half = tmp_path / "out" / "_done" / first.pieces[2].table
    half.write_bytes(half.read_bytes()[:-7])  # no table of ours is ever half: somebody else did that
    before = {p: p.stat().st_ino for p in (tmp_path / "out" / "books").rglob("*.epub")}
    results = made(run())
    assert titles(results) == {title(n) for n in (0, 1, 4)}
    assert [one.problems for one in results if isinstance(one, KeptShard)] == [("", "")]
    after = {p: p.stat().st_ino for p in (tmp_path / "out" / "books").rglob("*.epub")}
    assert before.keys() == after.keys()
    assert sum(before[p] != after[p] for p in before) == 3
    assert len(titles(made(run(force=True)))) == 5


def test_what_changed_is_made_anew_and_nothing_else(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", {"a.tar": tarred(stories(0, 1), "w"), "b.tar": tarred(stories(2, 3), "w")})
    made(ArchiveRun([str(folder)], str(tmp_path / "out"), EPUB))
    put(folder, {"b.tar": tarred(stories(2, 3, 4), "w")})
    told = made(ArchiveRun([str(folder)], str(tmp_path / "out"), EPUB))
    assert titles(told) == {title(n) for n in (2, 3, 4)}
    assert [one.problems for one in told if isinstance(one, KeptShard)] == [("", "")]
    assert len(made(ArchiveRun([str(folder)], str(tmp_path / "out"), {**EPUB, "capitals": "italic"}))) == 5


class _Counting:
    """A piece of three things that counts those that it was asked for."""

    name = "three"

    def __init__(self) -> None:
        self.made = 0

    def run(self, make: Make) -> Iterator[str]:
        for thing in ("one", "two", "three"):
            self.made += 1
            yield thing


def test_a_cluster_tells_each_story_as_it_comes_and_once() -> None:
    piece = _Counting()
    coming = _done(piece, do)
    assert next(coming) == ["one"]
    assert piece.made == 1  # the others are not made yet
    telling: _Telling[str] = _Telling(piece, set())
    before = list(telling.new(["one"]))  # then its machine is lost, and another one tells it in its own order
    assert [*before, *(new for told in (["two"], ["one"], ["one", "two", "three"]) for new in telling.new(told))] == [
        "one", "two", "three",
    ]  # fmt: skip


def test_copies_of_a_story_in_several_folders_are_made_once(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", {f"{home}/{n}": d for home in ("a", "b/deep") for n, d in stories(0, 1).items()})
    put(folder, {"b/of one.txt": told(0, "And the gulls came back.").encode()})  # the fuller copy of a story
    run = ArchiveRun([str(folder / "a"), str(folder / "b")], str(tmp_path / "out"), EPUB)
    assert titles(made(run)) == {title(0), title(1)}
    assert run.stories == 2


def test_a_story_that_is_poison_costs_itself(tmp_path: Path) -> None:
    files = stories(*range(6))
    for number, what in ((1, poison.CRASHES), (4, poison.GROWS)):
        files[f"story-{number:04}.txt"] = told(number, what).encode()
    put(tmp_path, {"a.tar": tarred(files, "w")})
    run = ArchiveRun([str(tmp_path / "a.tar")], str(tmp_path / "out"), poison.LIMITS)
    results = made(run, poison.do)
    assert titles(results) - {""} == {title(n) for n in (0, 2, 3, 5)}
    problems = {one.name.rpartition("/")[2]: one.error for one in results if isinstance(one, StoryTold) and one.error}
    assert problems.keys() == {"story-0001.txt", "story-0004.txt"}
    assert "killed" in problems["story-0001.txt"]
    assert "memory" in problems["story-0004.txt"] or "MB" in problems["story-0004.txt"]
    assert [bool(story.problem) for story in rows(run)] == [False, True, False, False, True, False]
    assert all(SCRATCH not in problem for problem in problems.values())
    assert len(books(tmp_path / "out")) == 4
    (again,) = made(ArchiveRun([str(tmp_path / "a.tar")], str(tmp_path / "out"), poison.LIMITS), poison.do)
    assert isinstance(again, KeptShard)
    assert [bool(problem) for problem in again.problems] == [False, True, False, False, True, False]


def test_the_catalogue_knows_what_the_tables_say(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = ArchiveRun([str(archive)], str(out), EPUB)
    made(run)
    for _ in range(2):  # told twice it is the same
        assert merged(run) == ""
    with Catalogue(out) as catalogue:
        known = list(catalogue.stories())
        assert catalogue.vanished.sources() == ()
        assert {story.title for story in known} == {title(n) for n in range(13)}
        assert all(book.path.is_file() and book.is_untouched for story in known for book in story.books)
        names = {story.source for story in known}
        assert {"../archive/a.tar.gz#/story-0000.txt", "../archive/loose/story-0011.txt"} <= names
        (archive / "a.tar.gz").unlink()
        assert len(catalogue.vanished.sources()) == 3


def test_archives_are_counted_together_and_one_that_is_gone_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("converter.cluster.run.COUNTS", 2)
    put(tmp_path, {f"in/{n}.tar": tarred(stories(*range(n)), "w") for n in range(1, 7)})
    run = ArchiveRun([str(tmp_path / "in")], str(tmp_path / "out"), EPUB)
    run.find(LocalPool(1, do))
    assert [len(piece.contents) for piece in run.pieces] == [1, 2, 3, 4, 5, 6]

    class Late(LocalPool):
        """By the time that anything is counted one archive is gone."""

        def results(self, pieces: Any) -> Any:
            (tmp_path / "in" / "2.tar").unlink()
            return super().results(pieces)

    run = ArchiveRun([str(tmp_path / "in")], str(tmp_path / "out"), EPUB)
    run.find(Late(1, do))
    assert [len(piece.contents) for piece in run.pieces] == [1, 3, 4, 5, 6]
    (lost,) = run.lost
    assert "2.tar" in lost.why


def test_one_story_in_two_shards_is_one_book(tmp_path: Path) -> None:
    put(tmp_path, {"in/a.tar": tarred(stories(0, 1), "w"), "in/b.tar": tarred(stories(1, 2), "w")})
    run = ArchiveRun([str(tmp_path / "in")], str(tmp_path / "out"), EPUB)
    assert len(made(run)) == len(rows(run)) == 4
    assert len(books(tmp_path / "out")) == 3
    assert merged(run) == ""
    with Catalogue(tmp_path / "out") as catalogue:
        assert sorted(len(story.books) for story in catalogue.stories()) == [1, 1, 1]


def test_a_book_that_cannot_be_put_there_leaves_no_table(tmp_path: Path) -> None:
    put(tmp_path, {"a.tar": tarred(stories(0), "w"), "out/books": b"a file where the folder of books should be"})
    run = ArchiveRun([str(tmp_path / "a.tar")], str(tmp_path / "out"), EPUB)
    (lost,) = made(run)
    assert isinstance(lost, LostPiece)
    assert "can't be written" in lost.why
    assert everything(tmp_path / "out") == {"books"}


def test_a_shard_that_vanishes_costs_itself(tmp_path: Path) -> None:
    put(tmp_path, {"in/a.tar": tarred(stories(0), "w"), "in/b.tar": tarred(stories(1), "w")})
    run = ArchiveRun([str(tmp_path / "in")], str(tmp_path / "out"), EPUB)
    pool = LocalPool(1, do)
    run.find(pool)
    (tmp_path / "in" / "a.tar").unlink()
    lost, kept = run.results(pool)
    assert isinstance(lost, LostPiece)
    assert "a.tar" in lost.why
    assert isinstance(kept, StoryTold)


def test_what_a_folder_says_of_its_stories_holds(tmp_path: Path) -> None:
    files = {f"book/{n}.txt": f"Chapter {n}\n\n{told(n).splitlines()[5]}\n".encode() for n in (1, 2, 3)}
    files["book/story.toml"] = b'title = "The Long Way"\nauthor = "Bram"\n'
    files["alone.txt"], files["alone.toml"] = told(4).encode(), b'title = "Another Name"\n'
    put(tmp_path / "in", files)
    results = made(ArchiveRun([str(tmp_path / "in")], str(tmp_path / "out"), EPUB))
    assert titles(results) == {"The Long Way", "Another Name"}
    assert {one.row.chapters for one in results if isinstance(one, StoryTold)} == {3, 2}
    put(tmp_path / "in", {"alone.toml": b'title = "A Third Name"\n'})
    again = made(ArchiveRun([str(tmp_path / "in")], str(tmp_path / "out"), EPUB))
    assert "A Third Name" in titles(again)


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    put(tmp_path, {"a.tar": tarred(stories(0, 1), "w")})
    run = ArchiveRun([str(tmp_path / "a.tar")], str(tmp_path / "out"), {**EPUB, "volumes": "1"})
    made(run)
    for name, data in run.tables():
        kept = list(stories_in(data, name))
        assert table_of(kept) == data
        for story in kept:
            assert story.findings or story.title
            assert {book.volumes for book in story.books} == {len(story.books)}
    odd = replace(kept[0], source="caf\udce9.txt", problem="a line\nwith “signs”")
    (back,) = stories_in(table_of([odd]), "odd")
    assert back.source == "caf\\udce9.txt"
    assert back.problem == odd.problem


def crash() -> str:
    return ctypes.string_at(0).decode()


def hang() -> str:
    time.sleep(600)
    return ""


def grow() -> str:
    return str(len([bytearray(50_000_000) for _ in range(1_000)]))


def leap() -> str:
    return str(len(bytearray(10**13)))


def refuse() -> str:
    raise MissingInput("it is gone", "s3://archive/a", "look there")


def answer() -> str:
    return "told"


def test_a_question_that_takes_its_process_with_it_is_told() -> None:
    limits = StoryLimits(1.0, 1_000.0)
    assert ask_apart(answer, limits._replace(seconds=60.0)) == "told"
    assert isinstance(ask_apart(crash, limits._replace(seconds=60.0)), Killed)
    assert isinstance(ask_apart(hang, limits), OutOfTime)
    assert isinstance(ask_apart(grow, limits._replace(seconds=60.0)), OutOfMemory)
    assert isinstance(ask_apart(leap, limits._replace(seconds=60.0)), OutOfMemory)
    with pytest.raises(MissingInput, match="it is gone; look there"):
        ask_apart(refuse, limits._replace(seconds=60.0))


def test_a_shard_that_takes_its_reader_with_it_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table whose rows take more memory than reading a shard may."""
    put(tmp_path, {"in/b.tar": tarred(stories(2), "w")})
    large = pyarrow.array(["x" * 60_000_000]).dictionary_encode().take(pyarrow.array([0] * 20))
    put(tmp_path, {"in/a.parquet": table({"text": large})})
    monkeypatch.setattr(shard, "READING", StoryLimits(60.0, 700.0))
    results = made(ArchiveRun([str(tmp_path / "in")], str(tmp_path / "out"), EPUB))
    (failed,) = [one for one in results if isinstance(one, StoryTold) and one.error]
    assert "can't be read: " in failed.error
    assert "memory" in failed.error
    assert titles(results) - {""} == {title(2)}


class _Piece:
    """A piece that goes wrong in the middle."""

    name = "the piece"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def run(self, _make: Make) -> Iterator[str]:
        yield "said before"
        raise self.error


@pytest.mark.parametrize("error", [ConverterError("it is lost"), OSError(5, "input/output error"), ValueError("why")])
def test_a_piece_that_goes_wrong_costs_no_other(error: Exception) -> None:
    told = list(LocalPool(1, do).results([_Piece(error), _Piece(error)]))
    assert [isinstance(one, LostPiece) for one in told] == [False, True, False, True]


def test_addresses_of_unknown_kinds_are_refused() -> None:
    for address in ("http://tales.example/a.tar", "simplecache::s3://bucket/a", "ftp://x/a", "s3a://b/c"):
        with pytest.raises(SettingError, match="no way to addresses"):
            ArchiveRun([address], "memory://out", EPUB)


def test_a_store_that_fails_is_tried_again_and_then_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "PAUSE", 0.0)
    fs = fsspec.filesystem("memory")
    tried: list[str] = []
    put_there = type(fs).pipe_file

    def failing(self: object, path: str, value: bytes, **given: object) -> None:
        tried.append(path)
        if len(tried) != 3:
            raise ConnectionResetError(104, "connection reset by peer")
        put_there(self, path, value, **given)

    monkeypatch.setattr(type(fs), "pipe_file", failing)
    write_whole("memory://once/a", b"data")
    assert read_file("memory://once/a") == b"data"
    tried[:] = ["", "", ""]
    with pytest.raises(OutputError, match="connection reset"):
        write_whole("memory://once/b", b"data")
