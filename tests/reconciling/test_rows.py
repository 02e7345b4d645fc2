"""Files that continue a story by their names alone: "Salt 9" beside copies "Salt 1-5" and "Salt 4-8"."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.heaps import Told, told
from converter.recognisers.metadata.copies_in_names import common_name
from converter.recognisers.metadata.ranges_in_names import range_in_name
from tests.reconciling import book_of, heap_of, kept_from, names
from tests.shell.running import chapbook

SALT = told(1, 9, 150)
BARE = replace(SALT, title="", author="")
ROW = {"Salt 1-5.txt": BARE.part(1, 5).text(), "Salt 4-8 (revised).txt": BARE.part(4, 8).revised(0.1, 3).text()}


def unheaded(story: Told) -> str:
    return "\n\n".join(p for _, paragraphs in story.chapters for p in paragraphs)


@pytest.mark.parametrize("name", ["Salt 9.txt", "salt_9.txt", "Salt ch. 9.txt", "more/Salt - chapter 9 (1).txt"])
@pytest.mark.parametrize("headed", [True, False])
def test_a_chapter_that_continues_the_row_belongs_to_it(name: str, *, headed: bool) -> None:
    last = BARE.part(9, 9)
    files = ROW | {name: last.text() if headed else unheaded(last)}
    assert names(heap_of(files), files) == [list(files)]
    made = book_of(files)
    assert kept_from(made)[-1] == name
    assert [d.code for d in made.result.doubts if d.code == "copy-order"] == []


def test_a_chapter_without_a_heading_goes_where_its_number_says() -> None:
    files = {"Salt 1-2.txt": BARE.part(1, 2).text(), "Salt 2-3.txt": BARE.part(2, 3).text()}
    files |= {"Salt 5-7.txt": BARE.part(5, 7).text(), "Salt 7.txt": BARE.part(7, 7).text()}
    files["Salt 4.txt"] = unheaded(BARE.part(4, 4))
    made = book_of(files)
    assert kept_from(made)[3] == "Salt 4.txt"
    assert made.result.doubts == ()


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Pepper 9.txt", BARE.part(9, 9)),
        ("Salt 8.txt", replace(told(2, 9, 150), title="", author="").part(8, 8)),  # there is another eighth chapter
        ("Salt 9.txt", replace(told(2, 9, 150), title="", author="").part(1, 4)),  # a volume that begins anew
        ("Salt 9.txt", replace(told(2, 9, 150), title="The Glass Sea").part(9, 9)),
    ],
    ids=["another name", "number taken", "other numbers", "another title"],
)
def test_what_the_row_does_not_lack_stays_apart(name: str, other: Told) -> None:
    files = {"a.txt": replace(SALT, title="The Salt Road").part(1, 5).text(), **ROW, name: other.text()}
    assert names(heap_of(files), files) == [["a.txt", *ROW]]


def test_numbers_that_count_volumes_continue_nothing() -> None:
    files = {"Ashfall 1.txt": BARE.text(), "Ashfall 1 (old).txt": BARE.revised(0.1, 2).text()}
    files["Ashfall 2.txt"] = replace(told(2, 9, 150), title="", author="").text()
    assert names(heap_of(files), files) == [["Ashfall 1.txt", "Ashfall 1 (old).txt"]]


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("Salt 1-5", ("salt#", 1, 5)),
        ("Salt 1 – 5 (revised)", ("salt#", 1, 5)),
        ("Salt chapters 4-8", ("salt#", 4, 8)),
        ("03-06 Salt", ("#salt", 3, 6)),
        ("Salt_ch09_v2", ("salt#", 9, 9)),
        ("1-4", ("", 1, 4)),
        ("Salt", None),
        ("Salt v2", None),
        ("Salt (2)", None),
        ("Salt 2020-01-02", None),
        ("Salt 5-1", None),
        ("Salt 2 chapter 9", None),
        ("notes 3", None),
    ],
)
def test_what_a_name_says_of_its_stretch(stem: str, said: tuple[str, int, int] | None) -> None:
    found = range_in_name(stem)
    assert (found and (found.work, found.first, found.last)) == said


@pytest.mark.slow
def test_the_book_is_called_as_the_row_is(tmp_path: Path) -> None:
    """Not "Salt 1-5", for it holds more; a number in the name of one alone is the title's; "FINAL" is a copy's."""
    files = {**ROW, "Salt 9.txt": BARE.part(9, 9).text()}
    other = replace(told(2, 4, 150), title="", author="")
    files |= {"Apollo 13.txt": other.text(), "Apollo 13 (1).txt": other.part(1, 3).text()}
    third = replace(told(3, 4, 150), title="", author="")
    files |= {"Ashwick 1-3.txt": third.part(1, 3).text()}
    files |= {f"ch{n}.txt": third.part(n, n).text() for n in (3, 4)}
    fourth = replace(told(7, 5, 150), title="", author="")
    files |= {"Glass Ferry FINAL.txt": fourth.text(), "Glass Ferry v2.txt": fourth.part(1, 4).text()}
    for letter, share in (("A", 0.0), ("B", 0.1)):  # a copy's letter
        fifth = replace(told(13, 4, 150), title="", author="").revised(share, 5)
        files |= {f"lamp_street_draft {letter}/{n}.txt": fifth.part(n, n).text() for n in range(1, 5)}
    for name, share in (("old", 0.1), ("new", 0.0)):  # which tell the copies apart, and nothing else
        sixth = replace(told(17, 4, 150), title="", author="").revised(share, 5)
        files |= {f"Copper Saints/{name}/Chapter {n}.txt": sixth.part(n, n).text() for n in range(1, 5)}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    run = chapbook("reconcile", ".", "-o", "books", "--dry-run", "--json", cwd=tmp_path)
    titles = {story["title"]: len(story["files"]) for story in json.loads(run.out)["stories"]}
    assert titles == {"Salt": 3, "Apollo 13": 2, "Ashwick": 3, "Glass Ferry": 2, "Lamp Street": 2, "Copper Saints": 2}


@pytest.mark.parametrize(
    ("names", "shared"),
    [
        (("Salt Road draft A", "salt_road_B"), "Salt Road"),
        (("Salt Road 1", "Salt Road 2", "Salt-Road"), "Salt Road"),
        (("Salt Road v1", "Salt Road FINAL"), "Salt Road"),
        (("The Salt", "The Salt of the Road"), ""),  # another title
        (("Salt", "Road"), ""),
        (("draft A", "draft B"), ""),
        (("Salt", "Salt"), ""),
        (("Salt",), ""),
        (("", "Salt"), ""),
    ],
)
def test_what_names_of_copies_share(names: tuple[str, ...], shared: str) -> None:
    assert common_name(names) == shared
