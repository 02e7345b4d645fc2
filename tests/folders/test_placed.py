"""Chapters whose front matter, or whose first lines, say which book they are from and where they stand in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert, read
from converter.build.folders import folder_tree, stories_of
from converter.build.plan_file import plan_text, read_plan
from tests.folders import lay, told
from tests.shell.running import chapbook

TITLES = ("Low Water", "Beacon", "Tether", "Cargo")  # in the order of the book; their files stand otherwise


def front(**said: object) -> str:
    return "---\n" + "".join(f"{key.replace('_', ' ')}: {value}\n" for key, value in said.items()) + "---\n\n"


def stems(folder: Path) -> dict[str, list[str]]:
    return {s.stem: [f.stem for f in s.files] for s in stories_of(folder_tree(folder))}


@pytest.mark.parametrize("work", ["book", "novel", "story"])
@pytest.mark.parametrize("place", ["chapter", "series_chapter", "part", "order", "weight"])
def test_files_that_name_one_book_are_it_in_the_order_that_they_say(tmp_path: Path, work: str, place: str) -> None:
    for n, title in enumerate(TITLES, 1):
        head = front(title=title, author="Ada Thorn", **{work: "The Long Weir", place: n})
        lay(tmp_path / "Scenes", {f"{title}.md": head + told(title) + "\n\nI <3 you.<br>\n"})
    lay(tmp_path / "Scenes", {"Eels.md": f"# Eels\n\n{told('eels')}"})
    assert stems(tmp_path) == {"The Long Weir": list(TITLES), "Eels": ["Eels"]}


def test_their_book_bears_its_title_and_its_chapters_theirs_in_their_order(tmp_path: Path) -> None:
    texts = {title: told(title) for title in TITLES}
    for n, title in enumerate(TITLES, 1):
        lay(tmp_path / "Scenes", {f"{title}.md": front(title=title, book="The Long Weir", chapter=n) + texts[title]})
    assert read(tmp_path).metadata.title == "The Long Weir"
    book = convert(tmp_path, to=("txt",))["txt"].decode()
    places = [
        place for title in TITLES for place in (book.index(f"\n{title}\n"), book.index(texts[title].split(",")[0]))
    ]
    assert places == sorted(places)


def test_a_plan_that_is_written_down_keeps_their_order(tmp_path: Path) -> None:
    for n, title in enumerate(TITLES, 1):
        lay(tmp_path / "in", {f"{title}.md": front(title=title, book="The Long Weir", chapter=n) + told(title)})
    (tmp_path / "plan.toml").write_text(plan_text(folder_tree(tmp_path / "in"), tmp_path))
    assert read_plan(tmp_path / "plan.toml").books[0].in_order
    for asked in (("in",), ("--plan", "plan.toml")):
        assert chapbook("convert", *asked, "-t", "txt", "-o", f"out{len(asked)}", cwd=tmp_path).code == 0
    one, other = ((tmp_path / f"out{n}" / "The Long Weir.txt").read_text() for n in (1, 2))
    assert one == other


def test_lines_at_the_top_of_texts_say_it_too(tmp_path: Path) -> None:
    heads = {t: f"Book: The Long Weir\nChapter: {n}\n\n" for n, t in enumerate(TITLES, 1)}
    lay(tmp_path / "x", {**{f"{t}.txt": head + told(t) for t, head in heads.items()}, "Eels.txt": told("eels")})
    assert stems(tmp_path) == {"The Long Weir": list(TITLES), "Eels": ["Eels"]}


def test_parts_chapters_and_scenes_count_together(tmp_path: Path) -> None:
    places = [(1, 1, 1), (1, 1, 2), (1, 2, 1), (2, 1, 1)]
    names = ("d", "b", "c", "a")
    for name, (part, chapter, scene) in zip(names, places, strict=True):
        head = front(book="Weir", part=part, chapter=chapter, scene=scene)
        lay(tmp_path / "x", {f"{name}.md": head + told(name)})
    assert stems(tmp_path) == {"Weir": list(names)}


def test_files_that_only_say_their_chapters_are_one_book(tmp_path: Path) -> None:
    for n, title in enumerate(TITLES, 1):
        lay(tmp_path / "Weir", {f"{title}.md": front(title=title, chapter=n) + told(title)})
    assert stems(tmp_path) == {"Weir": list(TITLES)}


@pytest.mark.parametrize(
    "heads",
    [
        [{"title": t, "weight": n} for n, t in enumerate(TITLES)],  # a site sorts its stories so
        [{"book": t, "chapter": 1} for t in TITLES],
        [{"book": "Tales", "chapter": n, "author": a} for n, a in enumerate(("Ada Thorn", "Bo Marsh", "Cy Oakes", "Di Lund"))],
        [{"book": n, "title": t} for n, t in enumerate(TITLES)],
    ],
    ids=("weights", "books", "authors", "numbers"),
)  # fmt: skip
def test_files_that_do_not_say_that_they_are_one_book_stay_apart(
    tmp_path: Path, heads: list[dict[str, object]]
) -> None:
    lay(tmp_path, {f"{t}.md": front(**head) + told(t) for t, head in zip(TITLES, heads, strict=True)})
    assert [len(files) for files in stems(tmp_path).values()] == [1] * len(TITLES)


def test_a_sentence_with_a_colon_says_nothing_of_a_place(tmp_path: Path) -> None:
    lines = ("Book: closed.", "Chapter: and verse, she said.")
    lay(tmp_path, {f"{t}.txt": f"{line}\n\n{told(t)}" for t in TITLES for line in lines[:1]})
    assert len(stems(tmp_path)) == len(TITLES)


@pytest.mark.parametrize("place", ["part", "chapter"])
def test_posts_that_name_a_series_and_their_part_of_it_are_one_book(tmp_path: Path, place: str) -> None:
    days = ("2020-11-02", "2020-12-07", "2021-01-04", "2021-01-18")
    names = [f"{day}-{title.lower().replace(' ', '-')}" for day, title in zip(days, TITLES, strict=True)]
    texts = {t: told(t) for t in TITLES}
    for n, (name, title) in enumerate(zip(names, TITLES, strict=True), 1):
        said = {"layout": "post", "title": title, "author": "Ada Thorn", "series": "The Long Weir", place: n}
        lay(tmp_path / "_posts", {f"{name}.md": front(**said) + texts[title]})
    lay(tmp_path / "_posts", {"2020-12-24-away.md": front(layout="post", title="Away") + "No part this week.\n"})
    assert stems(tmp_path) == {"The Long Weir": names, "2020-12-24-away": ["2020-12-24-away"]}
    (tmp_path / "_posts" / "2020-12-24-away.md").unlink()
    said = read(tmp_path).metadata
    assert (said.title, said.series, said.series_index) == ("The Long Weir", "", "")


def test_books_that_name_their_series_and_their_part_of_it_stay_books(tmp_path: Path) -> None:
    for n, title in enumerate(TITLES, 1):
        text = "".join(f"Chapter {c}\n\n{told(f'{title} {c}')}\n" for c in (1, 2, 3))
        lay(tmp_path, {f"2020-0{n}-01 {title}.md": front(title=title, series="The Long Weir", part=n) + text})
    assert [len(files) for files in stems(tmp_path).values()] == [1] * len(TITLES)
