"""Folders in which the chapters of two works lie shuffled, and works that lie there twice in part."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.folders import folder_tree, stories_of
from tests.folders import lay, page, told
from tests.shell.running import chapbook

THREE = (1, 2, 3)


def stems(folder: Path) -> dict[str, list[str]]:
    """The books of a folder by what they are called, with the names of their files."""
    return {s.stem: [f.name for f in s.files] for s in stories_of(folder_tree(folder))}


def serial(name: str, head: str = "", count: int = 3) -> dict[str, str]:
    """Chapters under such names; `{}` is the number in name and head."""
    return {name.format(n): head.format(n) + told(f"{name}{n}") for n in range(1, count + 1)}


@pytest.mark.parametrize(
    "pattern", ["ch0{} %.txt", "Chapter {} - %.txt", "{} %.txt", "part {} of %.txt", "Kapitel {} von %.txt"]
)
@pytest.mark.parametrize("count", [3, 5])
def test_the_name_behind_the_number_parts_two_works(tmp_path: Path, pattern: str, count: int) -> None:
    one, other = (pattern.replace("%", name) for name in ("Ashfall", "Eel Bridge"))
    lay(tmp_path, {**serial(one), **serial(other, count=count)})
    assert stems(tmp_path) == {
        "Ashfall": [one.format(n) for n in THREE],
        "Eel Bridge": [other.format(n) for n in range(1, count + 1)],
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<h1>Salt</h1>", "<h1>The Eels</h1>"),
        ("<h1>Salt</h1><p>by Ada Thorn</p>", "<h1>The Eels</h1><p>by Bo Marsh</p>"),
        ("Salt\n\n", "The Eels\n\n"),
    ],
)
def test_what_files_call_their_work_parts_those_that_a_browser_has_numbered(
    tmp_path: Path, one: str, other: str
) -> None:
    """Which of two serials was saved first, and so has no "(1)", differs from chapter to chapter."""
    files = {}
    for n in THREE:
        names = (f"chapter-{n}", f"chapter-{n} (1)")
        for name, head in zip(names, (one, other) if n != 2 else (other, one), strict=True):
            text = head + f"Chapter {n}\n\n{told(f'{head}{n}')}"
            made = page(f"Chapter {n}", told(f"{head}{n}")).replace("<body>", f"<body>{head}")
            files[f"{name}.html" if "<" in head else f"{name}.txt"] = made if "<" in head else text
    lay(tmp_path, files)
    ending = "html" if "<" in one else "txt"
    assert {tuple(names) for names in (tuple(s.name for s in st.files) for st in stories_of(folder_tree(tmp_path)))} == {
        tuple(f"{name}.{ending}" for name in ("chapter-1", "chapter-2 (1)", "chapter-3")),
        tuple(f"{name}.{ending}" for name in ("chapter-1 (1)", "chapter-2", "chapter-3 (1)")),
    }  # fmt: skip


def test_pages_are_called_as_what_stands_over_their_chapters(tmp_path: Path) -> None:
    files = {}
    for name, work in (("chapter-{}", "Salt"), ("chapter-{} (1)", "The Eels")):
        for n in THREE:
            made = page(f"Chapter {n} - {work}", told(f"{work}{n}")).replace("<h1>", f"<h1>{work}</h1><h2>")
            files[f"{name.format(n)}.html"] = made.replace("</h1>\n", "</h2>\n")
    lay(tmp_path / "web", files)
    assert stems(tmp_path / "web").keys() == {"Salt", "The Eels"}


def test_two_rows_that_nothing_but_a_browsers_numbers_tells_apart_are_two_books_and_a_close_call(
    tmp_path: Path,
) -> None:
    lay(tmp_path, {**serial("Chapter {}.txt", "Chapter {}\n\n"), **serial("Chapter {} (1).txt", "Chapter {}\n\n")})
    found = list(stories_of(folder_tree(tmp_path)))
    assert sorted(len(s.files) for s in found) == [3, 3]
    assert [s.doubt.taken_for for s in found if s.doubt] == ["stories"]


@pytest.mark.parametrize(
    "names",
    [
        ("ch1 Storm", "ch2 Storm", "ch3 Storm"),  # each number once
        ("ch1 part 1", "ch1 part 2", "ch2 part 1", "ch2 part 2"),
        ("ch1", "ch1 notes", "ch2", "ch2 notes"),
        ("ch1 Storm", "ch1 Rain", "ch2 Storm", "ch2 Hail"),  # one of them is a chapter's own title
    ],
)
def test_chapters_of_one_work_stay_together(tmp_path: Path, names: tuple[str, ...]) -> None:
    lay(tmp_path, {f"{name}.txt": told(name) for name in names})
    assert [len(found) for found in stems(tmp_path).values()] == [len(names)]


def test_chapters_that_a_file_of_several_has_too_are_in_one_book_once(tmp_path: Path) -> None:
    chapters = {n: told(f"ashfall {n}") for n in range(1, 7)}
    whole = "".join(f"Chapter {n}\n\n{chapters[n]}\n" for n in range(1, 5))
    lay(tmp_path / "x", {"Ashfall 1-4.txt": whole, **{f"Ashfall ch{n}.txt": chapters[n] for n in range(3, 7)}})
    assert stems(tmp_path / "x") == {
        "Ashfall 1-4": ["Ashfall 1-4.txt"],
        "Ashfall": [f"Ashfall ch{n}.txt" for n in range(3, 7)],
    }
    for said in (chapbook("plan", "x", cwd=tmp_path), chapbook("x", "-o", "books", cwd=tmp_path)):
        assert "chapter 3 in both" in said.out + said.err


def test_a_file_is_left_out_or_made_and_never_said_to_be_made(tmp_path: Path) -> None:
    """A range whose chapters another file has, all of them: as a copy it is left out, and said to be."""
    chapters = {n: told(f"museum {n}") for n in range(1, 5)}
    parts = {n: f"Chapter {n}\n\n{text}\n" for n, text in chapters.items()}
    head = "Title: The Museum\nAuthor: Ada Thorn\n\n\n"
    files = {"s1.txt": head + "\n\n".join(parts.values()), "s2.txt": head + "\n\n".join(list(parts.values())[1:])}
    lay(tmp_path / "x", files)
    found = list(stories_of(folder_tree(tmp_path / "x")))
    made = {file.name for story in found for file in story.files}
    for story in found:
        for twin in story.book.twins if story.book else ():
            assert twin.made == (twin.name in made), twin
    assert made == {"s1.txt"}
    assert "not made: x/s2.txt" in chapbook("x", "-o", "books", "-t", "txt", cwd=tmp_path).err
