"""Pages that only list others are named and no books; beside stories they are no failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.batch import plan
from converter.build.folders import folder_tree
from converter.build.making import do
from converter.reports.run import RunRow, failed
from tests.folders import books, lay, others, page, told

STORY = {"kiln.html": page("The Kiln", told("kiln"))}


def bare(body: str) -> str:
    return f"<!doctype html><html><head><title>Ink</title><style>a {{ color: red }}</style></head><body>{body}</body></html>"


def listed(*titles: str) -> str:
    return "<ul>" + "".join(f'<li><a href="{n}.html">{title}</a></li>' for n, title in enumerate(titles)) + "</ul>"


WORK = "<div class=card><h3><a href=/n/{0}>Weir {0}</a></h3><p>A key is found, part {0}. Words: 9000</p></div>"
WORKS = bare("".join(map(WORK.format, range(4))))
LISTS = {
    "of a year": bare(f"<h1>Archive for 2020</h1>{listed('The Weir, Part 3', 'Three Spoons')}"),
    "with dates": bare("<h1>Januar</h1><p>3.1. <a href=a.html>Der Mühlstein</a></p><p>9.1. <a href=b.html>Salz</a></p><p>Seite 2 von 9</p>"),
    "in a table": bare("<table><tr><td><a href='1.htm'>Le phare</a></td><td>12 mars</td></tr><tr><td><a href='2.htm'>La digue</a></td><td>2 avril</td></tr></table><script>say('They came to the weir and stayed there for ever.')</script>"),
    "with a menu": bare("<nav><a href=/>Home</a> <a href=/me>About</a></nav><h2>Stories</h2><a href=1>One</a><br><a href=2>Two</a><footer>Powered by eels</footer>"),
    "of works": bare("<h2>Low Water</h2><ul class='work index group'><li class='work blurb group'><a href=/works/1>Kiln</a><blockquote>In which it burns, and Odile is not to blame.</blockquote></li></ul>"),
}  # fmt: skip
STORIES = {
    "with a menu": bare("<p>They came to the weir and nobody spoke of it again.</p><a href=1>Home</a> <a href=2>Next</a>"),
    "a poem": bare("<h1>Rain</h1><p>on tin<br>on the weir<br>on us</p><p><a href=1>Home</a> <a href=2>Next</a></p>"),
    "told in links": bare("<p><a href=1>She went down to the weir and did not come back.</a></p><p><a href=2>He waited there until the lamps were out.</a></p>"),
    "with links in it": bare("<p>The <a href=w>weir</a> was <a href=h>high</a> and Odile did not <a href=x>wait</a> for anybody that day.</p>"),
    "a comic": bare("<img src=page1.png><p><a href=1>Back</a> <a href=2>Next</a></p>"),
}  # fmt: skip


@pytest.mark.parametrize("kind", LISTS)
def test_a_page_that_only_lists_others_is_named(tmp_path: Path, kind: str) -> None:
    lay(tmp_path, {**STORY, "2020.html": LISTS[kind]})
    assert books(tmp_path) == {("kiln.html",)}
    assert others(folder_tree(tmp_path))["2020.html"].why.startswith("a list of ")


@pytest.mark.parametrize("kind", STORIES)
def test_a_page_that_tells_something_beside_its_links_is_a_story(tmp_path: Path, kind: str) -> None:
    lay(tmp_path, {**STORY, "2020.html": STORIES[kind]})
    assert ("2020.html",) in books(tmp_path)


def test_a_long_index_is_known_by_its_name_and_the_links_in_it(tmp_path: Path) -> None:
    index = bare(f"<h1>Ink</h1>{listed(*(f'The {n}th Weir' for n in range(200)))}")
    lay(tmp_path, {**STORY, "index.html": index, "more/index.html": bare(told("index", 30).replace("\n\n", "<p>"))})
    assert books(tmp_path) == {("kiln.html",), ("more/index.html",)}


@pytest.mark.parametrize(
    ("note", "listed"),
    [
        ("# My stories\n\n- [Kiln](kiln.md)\n- [Weir](weir.md), 2019\n", True),
        ("# Alles\n\n1. [[Kiln]]\n2. [[Weir|das Wehr]]\n", True),
        ("# Kiln\n\n[[Odile]] stood before the kiln.\n\n[[Bram]] did not.\n", False),
        ("[Weir](https://example.org/weir)\n", False),
    ],
)
def test_a_note_of_nothing_but_links_is_named(tmp_path: Path, note: str, listed: bool) -> None:
    lay(tmp_path, {**STORY, "all.md": note})
    assert (("all.md",) not in books(tmp_path)) == listed


def test_a_list_of_the_archives_is_known_below_a_long_head(tmp_path: Path) -> None:
    head = f"<meta name=description content='Archive of Our Own'><style>{'p { margin: 0 }' * 400}</style>"
    lay(tmp_path, {**STORY, "Low Water.html": LISTS["of works"].replace("<style>", f"{head}<style>", 1)})
    assert books(tmp_path) == {("kiln.html",)}


def test_the_index_of_a_work_stays_with_its_chapters(tmp_path: Path) -> None:
    """It tells their order."""
    chapters = {f"ch{n}.html": page(f"Chapter {n}", told(str(n))) for n in (1, 2, 3)}
    lay(tmp_path, {**chapters, "index.html": bare(f"<h1>Salt</h1>{listed('Chapter 1', 'Chapter 2', 'Chapter 3')}")})
    assert max(map(len, books(tmp_path))) >= len(chapters)


def test_a_list_that_is_known_when_it_is_read_is_no_failure_beside_stories(tmp_path: Path) -> None:
    lay(tmp_path / "in", {**STORY, "mine.html": WORKS})
    rows = {Path(row.story).name: row for row in _rows(tmp_path, "")}
    assert {name: row.state for name, row in rows.items()} == {"kiln.html": "made", "mine.html": "left out"}
    assert "list of works" in rows["mine.html"].doubts[0]
    assert not failed(list(rows.values()))


@pytest.mark.parametrize("asked", ["mine.html", ""])
def test_a_list_fails_where_it_was_named_or_nothing_else_is_there(tmp_path: Path, asked: str) -> None:
    lay(tmp_path / "in", {"mine.html": WORKS})
    assert failed(_rows(tmp_path, asked))


def _rows(folder: Path, asked: str) -> list[RunRow]:
    return [do(job).row for job in plan([folder / "in" / asked], {"to": ("txt",)}, folder / "out")]
