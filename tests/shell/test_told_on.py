"""A story that was downloaded anew under another name, and with more chapters, is the same book as before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from converter.build.batch import build, plan
from converter.build.identity import epub_identifier
from converter.catalogue.catalogue import Catalogue

PLACES = "quay mill weir bridge orchard tower stair market chapel ferry".split()
NAMES = "Ada Odile Jory Maren Tobias Hesper Lund Ines Carver Wim".split()


def chapter(number: int) -> str:
    lines = (
        f"{NAMES[(number + n) % 10]} went to the {PLACES[(number * 3 + n) % 10]} on the {number}th evening, "
        f"and counted {number * 17 + n * n} lamps before {NAMES[(number * 7 + n) % 10]} said a word."
        for n in range(12)
    )
    return f"Chapter {number}\n\n" + "\n\n".join(lines) + "\n"


def serial(chapters: Sequence[int], head: str = "The Lamplighters\n\n") -> str:
    return head + "\n".join(map(chapter, chapters))


def made(place: Path, *names: str) -> None:
    paths = [place / name for name in names] or [place / "in"]
    for outcome in build(plan(paths, {"to": ("epub",)}, place / "out"), place / "out"):
        assert not outcome.error


def identifiers(place: Path) -> dict[str, str]:
    return {path.name: epub_identifier(path.read_bytes()) for path in (place / "out").glob("*.epub")}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path


@pytest.mark.parametrize("named", [True, False], ids=["file", "folder"])
def test_renamed_and_grown(place: Path, named: bool) -> None:
    old, new = place / "in" / "serial ch1-4.txt", place / "in" / "serial ch1-5.txt"
    old.write_text(serial(range(1, 5)))
    (place / "in" / "other.txt").write_text("Title: Other\n\n" + serial(range(30, 33), "").replace("Chapter", "Day"))
    made(place)
    before = identifiers(place)
    old.unlink()
    new.write_text(serial(range(1, 6)))
    made(place, *(["in/serial ch1-5.txt"] if named else []))
    assert identifiers(place) == before
    with Catalogue(place / "out") as catalogue:
        story = catalogue.story("../in/serial ch1-5.txt")
        assert story
        assert [edition.chapters for edition in catalogue.editions_of(story.source)] == [4, 5]
        assert not catalogue.knows("../in/serial ch1-4.txt")


def test_a_folder_of_chapters_renamed_and_grown(place: Path) -> None:
    for count in (4, 5):
        folder = place / "in" / f"Lamplighters 1-{count}"
        folder.mkdir()
        for number in range(1, count + 1):
            (folder / f"Lamplighters - Chapter {number:02}.txt").write_text(chapter(number))
        made(place)
        if count == 4:
            before = identifiers(place)
            folder.rename(place / "gone")
    assert len(before) == 1
    assert identifiers(place) == before


def test_packed_files_are_known_by_their_words(place: Path) -> None:
    for count in (4, 5):
        own = place / f"own {count}"
        own.mkdir()
        (own / "serial.txt").write_text(serial(range(1, count + 1)))
        for outcome in build(plan([own], {"to": ("epub",)}, own), own):
            assert outcome.written
        (own / "serial.epub").rename(place / "in" / f"serial-{count}.epub")
        made(place, f"in/serial-{count}.epub")
        if count == 4:
            before = identifiers(place)
            (place / "in" / "serial-4.epub").unlink()
    assert list(identifiers(place).values()) == list(before.values())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (serial(range(6, 11)), "another part of it"),
        (serial([1, *range(11, 20)]), "the same beginning alone"),
        ("A Guide\n\n" + serial(range(20, 26), "") + serial(range(1, 5), ""), "it is in it, but not its beginning"),
    ],
    ids=["part", "beginning", "collection"],
)
def test_others_are_books_of_their_own(place: Path, text: str, why: str) -> None:
    old = place / "in" / "serial ch1-4.txt"
    old.write_text(serial(range(1, 5)))
    made(place)
    before = identifiers(place)
    old.unlink()
    (place / "in" / "serial.txt").write_text(text)
    made(place)
    after = identifiers(place)
    assert len(after) == 2, why
    assert before.items() < after.items()


def test_while_the_old_one_is_there_both_are_books(place: Path) -> None:
    (place / "in" / "serial ch1-4.txt").write_text(serial(range(1, 5)))
    made(place)
    (place / "more").mkdir()
    (place / "more" / "serial ch1-5.txt").write_text(serial(range(1, 6)))
    made(place, "more/serial ch1-5.txt")
    assert len(identifiers(place)) == 2
