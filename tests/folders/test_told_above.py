"""What files tell of a book that lies beside or below them, and the names that folders lend to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import read
from converter.build.folders import folder_tree, stories_of
from tests.folders import books, lay, others, page, told

RECORD = (
    '{"title": "The Long Weir", "author": ["Colm Hasty"], "series": "Weirs", "series_index": 2, "numChapters": 3,'
    ' "status": "Completed", "description": "Two ferrymen, one boat.", "cover": null}'
)
LABELLED = "Title: The Long Weir\nAuthor: @colmhasty\nStatus: Complete\n"
INDEX = "---\ntitle: The Long Weir\nauthor: Colm Hasty\n---\n# The Long Weir\n\n- [[1 Rain]]\n- [[2 Low Water|Low]]\n"
CHAPTERS = ("1 Rain", "2 Low Water", "3 The Lock")


def _chapters(folder: str, ending: str = "txt") -> dict[str, str | bytes]:
    return {f"{folder}{name}.{ending}": f"Chapter {name}\n\n{told(name)}" for name in CHAPTERS}


def _named(folder: Path) -> dict[str, tuple[str, ...]]:
    """The titles and authors of the books of a folder, and of how many files each is."""
    found = {}
    for story in stories_of(folder_tree(folder)):
        about = {field: value for field, value, _ in story.book.about.facts} if story.book and story.book.about else {}
        author = about.get("author", story.book.author if story.book else "")
        found[story.stem] = (str(len(story.files)), author)
    return found


def test_a_record_of_a_program_tells_of_the_chapters_beside_it(tmp_path: Path) -> None:
    lay(tmp_path / "long-weir", {**_chapters(""), "story.json": RECORD})
    said = read(tmp_path / "long-weir").metadata
    assert (said.title, said.authors, said.series, said.series_index) == (
        "The Long Weir",
        ("Colm Hasty",),
        "Weirs",
        "2",
    )
    assert others(folder_tree(tmp_path))["story.json"].kind == "beside"


@pytest.mark.parametrize("text", ["[1, 2]", '{"a": 1}', "{", '{"title": {"en": "Weir"}}'])
def test_another_record_tells_nothing(tmp_path: Path, text: str) -> None:
    lay(tmp_path / "weir", {**_chapters(""), "story.json": text})
    assert _named(tmp_path) == {"weir": ("3", "")}


@pytest.mark.parametrize(
    ("more", "tells"),
    [
        ("https://stories.example/12-the-long-weir\n", True),
        ("for Hedda\n", True),
        ("He left the boat where it lay.\n", False),
        ("for Hedda\nfor Piet\nfor Wenna\n", False),
    ],
)
def test_an_address_or_a_short_line_beside_labelled_ones_is_told_too(tmp_path: Path, more: str, tells: bool) -> None:
    lay(tmp_path / "weir", {**_chapters(""), "info.txt": LABELLED + more})
    assert ("info.txt" in others(folder_tree(tmp_path))) == tells
    assert ("The Long Weir" in _named(tmp_path)) == tells
    if tells:
        assert more.strip() in (
            read(tmp_path / "weir").metadata.source,
            *dict(read(tmp_path / "weir").metadata.extra).values(),
        )


@pytest.mark.parametrize(("text", "author"), [("Ruth Marsh\n", "Ruth Marsh"), ("by Ruth Marsh", "Ruth Marsh"), ("Ruth\n", ""), ("Ruth Marsh\nwas here.\n", "")])  # fmt: skip
def test_a_file_with_one_name_tells_who_wrote_all_that_lies_there(tmp_path: Path, text: str, author: str) -> None:
    signed = f"Nine Bells\nby Tom Hale\n\n{told('bells')}"
    lay(
        tmp_path, {"Eels.txt": told("eels"), "The Kiln.txt": told("kiln"), "Nine Bells.txt": signed, "author.txt": text}
    )
    found = _named(tmp_path)
    assert (found["Eels"], found["The Kiln"]) == (("1", author), ("1", author))
    assert ("author" in found) == (not author)


@pytest.mark.parametrize("inner", ["src/chapters/", "manuscript/", "text/"])
def test_what_is_told_above_folders_of_files_is_of_the_book_in_them(tmp_path: Path, inner: str) -> None:
    whole = "\n".join(map(str, _chapters("").values()))
    lay(
        tmp_path / "weir",
        {
            "metadata.yaml": "title: The Long Weir\nauthor: Colm Hasty\n",
            **_chapters(inner, "md"),
            "built/the-long-weir.txt": whole,
            "extras/A Walk.txt": told("walk"),
        },
    )
    found = _named(tmp_path)
    assert found["The Long Weir"] == ("3", "Colm Hasty")
    assert found["A Walk"] == ("1", "")


@pytest.mark.parametrize("inner", ["src/chapters", "text", "src/text"])
def test_a_folder_that_says_what_files_it_holds_lends_no_name(tmp_path: Path, inner: str) -> None:
    lay(tmp_path, _chapters(f"Low Water/{inner}/"))
    assert list(_named(tmp_path)) == ["Low Water"]


def test_an_index_note_tells_of_the_chapters_in_a_folder_below(tmp_path: Path) -> None:
    cards = {f"Novel/Characters/{name}.md": f"# {name}\n\n{told(name, 1)}" for name in ("Piet", "Odile")}
    lay(tmp_path, {**_chapters("Novel/Manuscript/", "md"), "Novel/The Long Weir.md": INDEX, **cards})
    assert _named(tmp_path)["The Long Weir"] == ("3", "Colm Hasty")
    assert others(folder_tree(tmp_path))["The Long Weir.md"].kind == "beside"
    assert ("Novel/The Long Weir.md",) not in books(tmp_path)


@pytest.mark.parametrize("more", ["\nIt rained all that night.\n", "\n- [[A Walk]] where Piet is lost\n"])
def test_a_note_that_says_more_than_links_stays_a_story(tmp_path: Path, more: str) -> None:
    lay(tmp_path, {**_chapters("Manuscript/", "md"), "The Long Weir.md": INDEX + more})
    assert ("The Long Weir.md",) in books(tmp_path)


@pytest.mark.parametrize("row", ["day {}", "Drabble {}", "poem {}"])
@pytest.mark.parametrize("beside", [{}, {"pep talk.txt": told("pep")}])
def test_what_is_only_counted_is_called_as_its_folder(tmp_path: Path, row: str, beside: dict[str, str]) -> None:
    lay(tmp_path / "Low Water", {**{f"{row.format(n)}.txt": told(str(n)) for n in range(1, 7)}, **beside})
    assert "Low Water" in _named(tmp_path)


@pytest.mark.parametrize("title", ["Chapter", "Kapitel", "Untitled"])
def test_a_title_of_pages_that_only_says_chapter_is_none(tmp_path: Path, title: str) -> None:
    noted = "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Henrik Marsh</o:Author></o:DocumentProperties></xml><![endif]-->"
    pages = {
        f"Chapter {n}.htm": page(title, told(str(n)), noted).replace(f"<h1>{title}", f"<h1>Chapter {n}")
        for n in range(1, 4)
    }
    lay(tmp_path / "Low Water", pages)
    said = read(tmp_path / "Low Water").metadata
    assert (said.title, said.authors) == ("Low Water", ("Henrik Marsh",))
