"""Files beside a book that tell of it: a title page, labelled lines, settings, a package; and the picture there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from converter.build.api import read
from converter.build.folders import folder_tree, stories_of
from converter.build.plan_file import plan_text, read_plan
from converter.build.planning import unplaced
from converter.build.reading import read_job
from converter.build.sidecars import Defaults
from converter.build.story_files import StoryFiles
from converter.document.model import Metadata
from converter.folders.understood import Understood
from tests.folders import lay, others, told
from tests.shell.running import chapbook

CHAPTERS = {f"{n}.txt": told(f"c{n}") for n in (1, 2, 3)}
LABELLED = "Title: The Long Weir\nAuthor: Colm Hasty\nSeries: Weirs\nVolume: 2\nSummary: Two ferrymen,\none boat.\n"
YAML = "title: The Long Weir\nauthor: [Colm Hasty]\nseries: Weirs\nvolume: 2\nsummary: Two ferrymen, one boat.\ncover: front.png\n"
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf"><metadata
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:title id="t">The Long Weir</dc:title><dc:creator opf:role="aut">Colm Hasty</dc:creator>
<dc:creator opf:role="trl">Ida Moor</dc:creator><dc:description>&lt;p&gt;Two ferrymen, one boat.&lt;/p&gt;</dc:description>
<meta name="calibre:series" content="Weirs"/><meta name="calibre:series_index" content="2"/>
<meta name="cover" content="pic"/></metadata><manifest><item id="pic" href="images/front.png"/></manifest></package>"""
SIGNED = "THE LONG WEIR\n\nA Romance\n\nby Colm Hasty\n"


def story(folder: Path, files: Mapping[str, str | bytes]) -> tuple[StoryFiles, Metadata]:
    """The only book of these files as it is planned, and what the book says of itself."""
    lay(folder, files)
    (found,) = stories_of(folder_tree(folder))
    return found, read(folder).metadata


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("info.txt", LABELLED),
        ("About this story.md", LABELLED),
        ("metadata.yaml", YAML),
        ("metadata.opf", PACKAGE),
        ("content.opf", PACKAGE),
    ],
)
def test_what_a_file_tells_of_the_chapters_beside_it_is_said_by_their_book(
    tmp_path: Path, name: str, text: str
) -> None:
    planned, said = story(tmp_path / "16-weirs", {**CHAPTERS, name: text})
    assert [f.name for f in planned.files] == list(CHAPTERS)
    assert planned.stem == said.title == "The Long Weir"
    assert [p.name for p in said.people if p.role == "aut"] == ["Colm Hasty"]
    assert (said.series, said.series_index, said.description) == ("Weirs", "2", "Two ferrymen, one boat.")


@pytest.mark.parametrize("name", ["titlepage.txt", "00 Title Page.txt", "title_page.md", "Titelseite.txt"])
def test_a_title_page_names_the_book_beside_it(tmp_path: Path, name: str) -> None:
    planned, said = story(tmp_path / "16-weirs", {**CHAPTERS, name: SIGNED})
    assert [f.name for f in planned.files] == list(CHAPTERS)
    assert (said.title, said.subtitle, said.people[0].name) == ("THE LONG WEIR", "A Romance", "Colm Hasty")


def test_the_last_line_of_a_title_page_is_a_name_without_a_word_for_it(tmp_path: Path) -> None:
    _, said = story(tmp_path / "16-weirs", {**CHAPTERS, "title page.txt": "THE LONG WEIR\n\na novel\n\nColm Hasty\n"})
    assert (said.title, said.subtitle, said.people[0].name) == ("THE LONG WEIR", "a novel", "Colm Hasty")


@pytest.mark.parametrize("name", ["info.txt", "titlepage.txt", "story.txt"])
@pytest.mark.parametrize(
    "text",
    [
        f"{LABELLED}\n{told('inside')}",
        f"{SIGNED}\n{told('inside', 1)}",
        "The Lamp\nby Ada Thorn\n\nA moth came in.\n\nIt left.\n",
        "The harbour was shut that winter.\n",
    ],
)
def test_a_file_that_tells_a_story_stays_one_whatever_it_is_called(tmp_path: Path, name: str, text: str) -> None:
    lay(tmp_path, {**CHAPTERS, name: text})
    assert name in {f.name for s in stories_of(folder_tree(tmp_path)) for f in s.files}


def test_what_the_chapters_say_counts_more_than_what_is_told_of_them(tmp_path: Path) -> None:
    head = "The Kiln\nby Bo Marsh\n\n"
    texts = {f"ch{n}.txt": f"{head}Chapter {n}\n\n{told(str(n))}" for n in (1, 2)}
    planned, said = story(tmp_path / "x", {**texts, "info.txt": LABELLED})
    assert planned.stem == said.title == "The Kiln"
    assert [p.name for p in said.people] == ["Bo Marsh"]


def test_a_file_that_tells_of_one_of_several_books_makes_none_and_is_named(tmp_path: Path) -> None:
    lay(tmp_path, {"Kiln.txt": told("kiln"), "Eels.txt": told("eels"), "info.txt": LABELLED})
    tree = folder_tree(tmp_path)
    assert {s.stem for s in stories_of(tree)} == {"Kiln", "Eels"}
    assert all(s.book and not s.book.about for s in stories_of(tree))
    assert "2 are here" in others(tree)["info.txt"].why


def test_a_file_that_lies_alone_is_read(tmp_path: Path) -> None:
    lay(tmp_path, {"info.txt": LABELLED})
    assert [s.files[0].name for s in stories_of(folder_tree(tmp_path))] == ["info.txt"]


@pytest.mark.parametrize("pictures", ["cover.png", "images/cover.png"])
def test_what_lies_above_a_folder_of_chapters_tells_of_their_book(tmp_path: Path, pictures: str) -> None:
    home = tmp_path / "repo"
    chapters = {f"chapters/0{n}-{t}.md": f"# {t}\n\n{told(t)}" for n, t in enumerate(("tether", "rope", "oil"), 1)}
    files = {
        **chapters,
        "chapters/_template.md": "# TITLE\n\nText here.\n",
        "metadata.yaml": YAML,
        pictures: b"picture",
    }
    lay(home, files)
    (found,) = stories_of(folder_tree(home))
    assert [f.stem for f in found.files] == ["01-tether", "02-rope", "03-oil"]
    assert (found.stem, found.cover) == ("The Long Weir", home / pictures)
    assert read(home).metadata.people[0].name == "Colm Hasty"


def test_the_picture_that_a_file_names_is_the_cover(tmp_path: Path) -> None:
    files = {**CHAPTERS, "metadata.opf": PACKAGE, "front.png": b"picture", "map.png": b"picture"}
    lay(tmp_path, files)
    (found,) = stories_of(folder_tree(tmp_path))
    assert found.cover == tmp_path / "front.png"


def test_a_cover_above_several_books_is_nobodys(tmp_path: Path) -> None:
    lay(tmp_path, {"cover.png": b"picture", **{f"{w}/{n}.txt": told(w + n) for w in ("Salt", "Weir") for n in "123"}})
    assert [s.cover for s in stories_of(folder_tree(tmp_path))] == [None, None]


@pytest.mark.parametrize("words", ["", "<p>A moth came in.</p>"])
def test_a_page_with_a_picture_alone_is_no_story(tmp_path: Path, words: str) -> None:
    page = f"<html><head><title>Cover</title></head><body><svg><image href='cover.jpeg'/></svg>{words}</body></html>"
    lay(tmp_path, {**CHAPTERS, "shown.xhtml": page})
    assert len(list(stories_of(folder_tree(tmp_path)))) == (2 if words else 1)


def test_what_is_told_is_remembered_and_written_into_a_plan(tmp_path: Path) -> None:
    home = tmp_path / "repo"
    lay(home, {**{f"chapters/{n}": t for n, t in CHAPTERS.items()}, "info.txt": LABELLED})
    tree = folder_tree(home)
    assert Understood.from_json(tree.understood.as_json()) == tree.understood
    (tmp_path / "plan.toml").write_text(plan_text(tree, tmp_path))
    assert '\ntitle = "The Long Weir"\nauthor = ["Colm Hasty"]\n' in (tmp_path / "plan.toml").read_text()
    plan = read_plan(tmp_path / "plan.toml")
    metadata = read_job(unplaced(plan.books[0], {}, Defaults())).book.metadata
    assert (metadata.title, metadata.authors) == ("The Long Weir", ("Colm Hasty",))
    assert plan.notes == ()


def test_a_book_is_made_again_when_other_things_are_told_of_it(tmp_path: Path) -> None:
    lay(tmp_path / "weir", {**CHAPTERS, "info.txt": LABELLED})
    assert chapbook("weir", "-t", "txt", "-o", "out", cwd=tmp_path).code == 0
    lay(tmp_path / "weir", {"info.txt": LABELLED.replace("Colm Hasty", "Ida Moor")})
    assert chapbook("weir", "-t", "txt", "-o", "out", cwd=tmp_path).code == 0
    (book,) = (tmp_path / "out").glob("*.txt")
    assert "Ida Moor" in book.read_text()
