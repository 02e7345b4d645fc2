"""Files whose names are days: in which order they stand in the plan and in the book."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from converter.build.api import convert, read
from converter.build.folders import folder_tree, stories_of
from converter.document.words import chapter_name
from tests.folders import books, lay, told

ROWS = (
    ("05.03.2021", "12.03.2021", "02.04.2021"),
    ("3.5.2021", "12.5.2021", "1.6.2021"),
    ("15-01-2021", "01-02-2021", "03-03-2021"),
    ("12-28-2020", "01-05-2021", "02-01-2021"),
    ("Weir 2020-12-25", "Weir 2021-01-01", "Weir 2021-02-05"),
    ("20210305", "20210312", "20210402"),
    ("20210305_1830", "20210306_0715", "20210402_0001"),
    ("5 March 2021", "12 March 2021", "2 April 2021"),
    ("March 5, 2021", "March 12, 2021", "April 2, 2021"),
    ("March 5", "March 12", "April 2"),
    ("le 5 févr 2021", "le 14 févr 2021", "le 2 août 2021"),
    ("3 января 2021", "14 января 2021", "2 мая 2021"),
    ("2021年3月5日", "2021年3月12日", "2021年4月2日"),
)


@pytest.mark.parametrize("stems", ROWS, ids=lambda stems: stems[0])
def test_instalments_stand_in_the_order_of_their_days(tmp_path: Path, stems: Sequence[str]) -> None:
    lay(tmp_path, {f"{stem}.txt": told(stem) for stem in sorted(stems)})
    assert books(tmp_path) == {tuple(f"{stem}.txt" for stem in stems)}


@pytest.mark.parametrize("stems", [ROWS[0], ROWS[4], ROWS[7], ROWS[9]], ids=lambda stems: stems[0])
def test_a_book_has_its_instalments_in_the_order_of_their_days(tmp_path: Path, stems: Sequence[str]) -> None:
    texts = {f"{stem}.txt": told(stem) for stem in sorted(stems)}
    lay(tmp_path / "Weir", texts)
    book = _made(tmp_path)
    places = [book.index(texts[f"{stem}.txt"].split(",")[0]) for stem in stems]
    assert places == sorted(places)


def test_a_heading_that_is_a_day_numbers_no_chapter(tmp_path: Path) -> None:
    stems = ("5 March 2021", "12 March 2021", "2 April 2021")
    texts = {f"{stem}.txt": f"{stem}\n\n{told(stem)}" for stem in stems}
    lay(tmp_path / "Weir", texts)
    assert books(tmp_path) == {tuple(f"Weir/{stem}.txt" for stem in stems)}
    book = _made(tmp_path)
    places = [book.index(stem) for stem in stems]
    assert places == sorted(places)


def test_days_that_can_be_read_both_ways_are_doubtful(tmp_path: Path) -> None:
    lay(tmp_path / "Weir", {f"{stem}.txt": told(stem) for stem in ("03-02-2021", "01-05-2021", "02-06-2021")})
    story = next(stories_of(folder_tree(tmp_path)))
    assert [f.stem for f in story.files] == ["01-05-2021", "02-06-2021", "03-02-2021"]
    assert story.book
    assert "month before day" in story.book.remarks[0]
    assert "work-dates" in {finding.code for finding in convert(tmp_path, to=("txt",)).reading.findings}


@pytest.mark.parametrize(
    ("names", "headings"),
    [
        (("Weir 2021-01-08", "Weir 2021-01-15", "Weir 2021-02-05"), ("2021-01-08", "2021-01-15", "2021-02-05")),
        (("5 March 2021", "12 March 2021", "2 April 2021"), ("5 March 2021", "12 March 2021", "2 April 2021")),
        (("part1/text", "part2/text", "part10/text"), ("Part 1", "Part 2", "Part 10")),
        (("ch1/story", "ch2/story"), ("Chapter 1", "Chapter 2")),
    ],
)
def test_parts_without_headings_are_called_as_their_files_say(
    tmp_path: Path, names: Sequence[str], headings: Sequence[str]
) -> None:
    lay(tmp_path / "Salt", {f"{name}.txt": told(name) for name in names})
    assert tuple(chapter_name(c) for _, c in read(tmp_path).walk()) == headings


def _made(folder: Path) -> str:
    return convert(folder, to=("txt",))["txt"].decode()


@pytest.mark.parametrize(
    "week",
    [
        ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        ("lundi", "mardi", "jeudi", "vendredi"),
        ("lunes", "martes", "miércoles"),
        ("maandag", "dinsdag", "woensdag", "donderdag"),
        ("понедельник", "вторник", "среда"),
    ],
    ids=lambda week: week[0],
)
def test_the_days_of_a_week_in_other_languages_are_one_diary(tmp_path: Path, week: Sequence[str]) -> None:
    lay(tmp_path / "Reise", {f"{day}.txt": told(day) for day in sorted(week)})
    assert books(tmp_path / "Reise") == {tuple(f"{day}.txt" for day in week)}


def test_people_are_no_days(tmp_path: Path) -> None:
    lay(tmp_path / "Lives", {f"{who}.txt": told(who) for who in ("Don", "Sam", "Mit")})
    assert len(books(tmp_path / "Lives")) == 3
