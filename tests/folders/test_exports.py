"""Exports of a newsletter's site: a table with the titles and dates of posts beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert, read
from converter.build.folders import folder_tree, stories_of
from converter.document.words import chapter_name
from tests.folders import lay, others, told
from tests.shell.running import chapbook

NAMES = ("12.the-millers-lamp", "20.ash", "31.visitors", "25.the-weir")
TITLES = ("The Miller's Lamp", "Ash", "Visitors", "The Weir, Again")
ABOUT = "The Lock Keeper\nby Wenna Marsh\n"
HEAD = "post_id,post_date,is_published,type,title\n"


def _table(titles: tuple[str, ...] = TITLES, drafts: tuple[str, ...] = ()) -> str:
    rows = zip(NAMES, range(1, 9), titles, strict=False)
    return HEAD + "".join(
        f'{name},2022-01-0{day}T07:00:00Z,{str(name not in drafts).lower()},newsletter,"{title}"\n'
        for name, day, title in rows
    )


def _posts() -> dict[str, str]:
    return {f"posts/{n}.html": "".join(f"<p>{p}</p>" for p in told(n).split("\n\n")) for n in NAMES}


def _found(folder: Path) -> list[tuple[str, tuple[str, ...]]]:
    return [(s.book.title or s.stem, tuple(f.stem for f in s.files)) for s in stories_of(folder_tree(folder)) if s.book]


def test_the_posts_of_a_serial_are_one_book_with_the_titles_of_the_table(tmp_path: Path) -> None:
    lay(tmp_path / "export", {**_posts(), "posts.csv": _table(), "about.txt": ABOUT})
    assert _found(tmp_path) == [("The Lock Keeper", NAMES)]
    made = read(tmp_path / "export")
    assert (made.metadata.title, made.metadata.authors) == ("The Lock Keeper", ("Wenna Marsh",))
    shown = [chapter_name(chapter).replace("’", "'") for _, chapter in made.walk()]
    assert shown == list(TITLES)
    assert {name: other.kind for name, other in others(folder_tree(tmp_path)).items()} == {
        "posts.csv": "beside",
        "about.txt": "beside",
    }


def test_posts_that_are_parts_by_their_titles_are_one_book(tmp_path: Path) -> None:
    titles = tuple(f"The Lamp, part {n}" for n in (1, 2, 3, 4))
    lay(tmp_path / "export", {**_posts(), "posts.csv": _table(titles)})
    assert [files for _, files in _found(tmp_path)] == [NAMES]


def test_other_posts_are_stories_with_their_titles(tmp_path: Path) -> None:
    lay(tmp_path / "export", {**_posts(), "posts.csv": _table()})
    found = dict(_found(tmp_path))
    assert found == {title: (name,) for title, name in zip(TITLES, NAMES, strict=True)}
    run = chapbook("convert", "export", "-o", "books", "-t", "epub", cwd=tmp_path)
    assert [title for title in TITLES if title.replace("'", "’") not in run.out] == []


def test_what_was_not_published_is_no_part_of_the_serial(tmp_path: Path) -> None:
    lay(tmp_path / "export", {**_posts(), "posts.csv": _table(drafts=NAMES[1:2]), "about.txt": ABOUT})
    assert sorted(_found(tmp_path)) == [("Ash", NAMES[1:2]), ("The Lock Keeper", (NAMES[0], *NAMES[2:]))]


@pytest.mark.parametrize("table", ["", "name,title\na,b\n", HEAD, f"{HEAD}99.other,2022-01-01,true,newsletter,Other\n"])
def test_another_table_tells_nothing(tmp_path: Path, table: str) -> None:
    lay(tmp_path / "export", {**_posts(), "posts.csv": table, "about.txt": ABOUT})
    assert not {title for title, _ in _found(tmp_path)}.intersection(TITLES)
    assert others(folder_tree(tmp_path))["posts.csv"].kind != "beside"


def test_a_changed_title_makes_the_book_anew(tmp_path: Path) -> None:
    def made() -> str:
        return chapbook("convert", "export", "-o", "books", "-t", "txt", cwd=tmp_path).out

    lay(tmp_path / "export", {**_posts(), "posts.csv": _table(), "about.txt": ABOUT})
    made()
    text = next((tmp_path / "books").glob("*.txt"))
    assert "Visitors" in text.read_text("utf-8")
    lay(tmp_path / "export", {"posts.csv": _table((*TITLES[:2], "Guests", TITLES[3]))})
    made()
    assert "Guests" in text.read_text("utf-8")
    assert "Visitors" not in text.read_text("utf-8")


def test_a_post_alone_is_called_without_its_number(tmp_path: Path) -> None:
    lay(tmp_path, {f"{NAMES[3]}.html": _posts()[f"posts/{NAMES[3]}.html"]})
    assert convert(tmp_path / f"{NAMES[3]}.html", to="epub", output=tmp_path / "books")
    assert read(tmp_path / f"{NAMES[3]}.html").metadata.title == "The Weir"
