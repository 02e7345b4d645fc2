"""Chapters in a folder each, some of which have pictures in a folder beside their page, are one book."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import read
from converter.build.folders import folder_tree
from converter.build.inputs import Beside
from converter.document.words import chapter_name
from tests.folders import books, lay, others, page, told
from tests.strategies import picture

TITLE = '<p class="title">The Tin Pier</p><p class="subtitle">by Wren Halloran</p>'


def chapter(number: int, above: str = "", shown: str = "") -> str:
    drawn = f'<p><img alt="" src="{shown}"></p>' if shown else ""
    text = page(f"Chapter {number}: Rust", told(f"pier {number}")).replace(f"<title>Chapter {number}: Rust</title>", "")
    return text.replace("<h1>", f"{above}{drawn if above else ''}<h1>").replace(
        "</h1>", f"</h1>{'' if above else drawn}"
    )


@pytest.mark.parametrize("pictures", ["images", "pics/small", "Bilder"])
@pytest.mark.parametrize("shown", [1, 3])
def test_a_folder_of_pictures_tears_no_chapter_off(tmp_path: Path, pictures: str, shown: int) -> None:
    files: dict[str, str | bytes] = {
        f"Chapter{n}/Chapter{n}.html": chapter(n, TITLE if n == 1 else "", f"{pictures}/a.png" if n == shown else "")
        for n in (1, 2, 3)
    }
    files[f"Chapter{shown}/{pictures}/a.png"] = picture("a.png").data
    lay(tmp_path / "export", files)
    assert books(tmp_path) == {tuple(f"export/Chapter{n}/Chapter{n}.html" for n in (1, 2, 3))}
    book = read(tmp_path)
    assert book.metadata.title == "The Tin Pier"
    assert [name for c in book.chapters if (name := chapter_name(c))] == [f"Chapter {n}: Rust" for n in (1, 2, 3)]
    assert len(book.resources) == 1


def test_a_folder_with_another_story_is_no_part(tmp_path: Path) -> None:
    lay(tmp_path, {f"Chapter{n}/Chapter{n}.html": chapter(n) for n in (1, 2, 3)})
    lay(tmp_path, {"Chapter3/other/kiln.txt": told("kiln")})
    assert ("Chapter1/Chapter1.html", "Chapter2/Chapter2.html") in books(tmp_path)


def test_a_picture_of_a_later_folder_is_one_that_the_book_is_made_from(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"Chapter{n}/Chapter{n}.html": chapter(n, shown="a.png") for n in (1, 2, 3)}
    lay(tmp_path / "export", files | {"Chapter3/a.png": picture("a.png").data, "secret.png": picture("a.png").data})
    assert len(read(tmp_path).resources) == 1
    beside = Beside(*(tmp_path / "export" / f"Chapter{n}" for n in (1, 3)))
    assert beside.seen_from(tmp_path / "export" / "Chapter3")("a.png")
    assert [beside(name) is not None for name in beside.used] == [True]
    assert beside.seen_from(tmp_path / "export" / "Chapter3")("../secret.png") is None


@pytest.mark.parametrize("way", ["", "images/", "pics/small/"])
@pytest.mark.parametrize("written", ["{}a b.png", "./{}a%20b.png"])
def test_a_picture_that_a_page_shows_is_not_left_out(tmp_path: Path, way: str, written: str) -> None:
    story = page("The Kiln", told("kiln")).replace("<h1>", f"<img src='{written.format(way)}'><h1>")
    lay(tmp_path, {"kiln.html": story, f"{way}a b.png": picture("a.png").data, f"{way}map.png": picture("b.png").data})
    rest = others(folder_tree(tmp_path))
    assert {name: other.kind for name, other in rest.items()} == {"a b.png": "beside", "map.png": "picture"}
