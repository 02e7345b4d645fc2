"""Stories and lists that only their names put among the chapters of a work, and chapters that downloads have numbered."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.folders import folder_tree, stories_of
from tests.folders import lay, told
from tests.shell.running import chapbook

LISTS = ("eel lines\nnine bells\nthe lamp\nOdile, maybe\n", "wifi: gulls99gulls\nlibrary card 4411\n")
UNTITLED = ("Untitled document", *(f"Untitled document ({n})" for n in range(1, 5)))
DAYS = tuple(f"Note 2022-11-0{n} 18.22.1{n}" for n in range(1, 6))
COUNTED = tuple(f"scan {n}" for n in range(1, 6))


def stems(folder: Path) -> dict[str, list[str]]:
    return {s.stem: [f.stem for f in s.files] for s in stories_of(folder_tree(folder))}


def part(n: int) -> str:
    return f"The Long Weir\nChapter {n}: Rain {n}\n\n{told(f'weir{n}')}"


@pytest.mark.parametrize("names", [UNTITLED, DAYS, COUNTED], ids=lambda names: names[0])
@pytest.mark.parametrize("stranger", [*LISTS, f"The Calf\nby Bo Marsh\n\n{told('calf')}", f"Of Soup\n\n{told('soup')}"])
def test_a_stranger_under_a_numbered_name_is_no_chapter(tmp_path: Path, names: tuple[str, ...], stranger: str) -> None:
    texts = [part(1), part(2), stranger, part(3), part(4)]
    lay(tmp_path, {f"{name}.txt": text for name, text in zip(names, texts, strict=True)})
    assert stems(tmp_path) == {
        "The Long Weir": [name for name in names if name != names[2]],
        names[2]: [names[2]],
    }


@pytest.mark.parametrize("names", [(*UNTITLED[1:], "Untitled document (5)"), DAYS], ids=("copies", "days"))
def test_parts_that_their_titles_count_are_one_book_without_what_lies_between(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    titles = ("# The Weir, part 1", "# Of Soup", "# The Weir, part 2", "# Gannets", "# The Weir, part 3")
    lay(tmp_path, {f"{name}.md": f"{t}\n\n{told(t)}" for name, t in zip(names, titles, strict=True)})
    assert stems(tmp_path) == {"The Weir": list(names[::2]), names[1]: [names[1]], names[3]: [names[3]]}


def test_an_empty_file_in_a_row_stays_a_part_that_is_missed(tmp_path: Path) -> None:
    lay(tmp_path, {f"{name}.txt": part(n) if n else "" for name, n in zip(UNTITLED[1:], (2, 1, 0, 3), strict=True)})
    (files,) = stems(tmp_path).values()
    assert {*files} == {*UNTITLED[1:]}
    assert [name for name in files if name != UNTITLED[3]] == [UNTITLED[at] for at in (2, 1, 4)]


def test_chapters_stand_in_the_order_of_their_headings_where_names_count_downloads(tmp_path: Path) -> None:
    lay(tmp_path, {f"{name}.txt": part(n) for name, n in zip(UNTITLED, (3, 1, 5, 2, 4), strict=True)})
    (files,) = stems(tmp_path).values()
    assert files == [UNTITLED[at] for at in (1, 3, 0, 4, 2)]


@pytest.mark.parametrize("name", ["My story {}", "Notes {}", "Note 2023-0{}-11 10.00.00", "Memo {}"])
def test_titled_stories_under_names_that_count_anything_are_books(tmp_path: Path, name: str) -> None:
    titles = ("The Salt Cow", "Seven Bells", "A Lift out of Order", "Prep")
    lay(tmp_path, {f"{name.format(n)}.txt": f"{t}\n\n{told(t)}" for n, t in enumerate(titles, 1)})
    assert [len(files) for files in stems(tmp_path).values()] == [1, 1, 1, 1]


@pytest.mark.parametrize("name", ["Chapter {}", "Weir {}"])
def test_chapters_with_titles_of_their_own_stay_together(tmp_path: Path, name: str) -> None:
    titles = ("Rain", "Seven Bells", "Low Water", "Home")
    lay(tmp_path / "Weir", {f"{name.format(n)}.txt": f"{t}\n\n{told(t)}" for n, t in enumerate(titles, 1)})
    assert [len(files) for files in stems(tmp_path).values()] == [4]


def test_poems_are_no_lists_beside_each_other(tmp_path: Path) -> None:
    lay(tmp_path, {f"Leaf {n}.txt": f"the gulls at {n}\nthe low tide\nand nobody\n" for n in range(1, 6)})
    assert [len(files) for files in stems(tmp_path).values()] == [5]


def test_close_calls_are_said_in_one_line(tmp_path: Path) -> None:
    lay(tmp_path / "x", {f"scan {n}.txt": f"{t}\n\n{told(t)}" for n, t in enumerate(("Rain", "Bells", "Home"), 1)})
    run = chapbook("x", "-t", "txt", "-o", "books", cwd=tmp_path)
    assert [line for line in run.err.splitlines() if "doubtful" in line] == [
        "chapbook: doubtful which files are one book: x; `chapbook plan` says why"
    ]
