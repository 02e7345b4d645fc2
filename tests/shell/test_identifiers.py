"""A book keeps its identifier while its story is retitled, revised and continued; no two stories share one."""

from __future__ import annotations

from pathlib import Path

import converter
from converter.build.identity import epub_identifier

RAIN = "Chapter 1\n\nIt began in the rain, and it went on raining for as long as anybody there could remember it.\n"
SNOW = "Chapter 1\n\nNobody had seen the snow come, and in the morning the whole of the square was under it.\n"
MORE = "\nChapter 2\n\nThen it stopped, and the gutters went on talking for a while.\n"


def identifier(folder: Path, text: str, name: str = "story.txt") -> str:
    (folder / name).write_text(text, "utf-8")
    return epub_identifier(converter.convert(folder / name, output=folder / "books", to=["epub"])["epub"])


def test_a_new_title_is_no_new_book(tmp_path: Path) -> None:
    first = identifier(tmp_path, f"The Gutter\nby Ann Bee\n\n{RAIN}")
    assert identifier(tmp_path, f"What the Gutter Said\nby Ann Bee\n\n{RAIN}{MORE}") == first
    assert identifier(tmp_path, f"What the Gutter Said\nby Ann Bee\n\n{SNOW}{MORE}") == first, "the title had stayed"


def test_another_story_in_the_same_file_is_another_book(tmp_path: Path) -> None:
    first = identifier(tmp_path, f"The Gutter\nby Ann Bee\n\n{RAIN}")
    assert identifier(tmp_path, f"The Square\nby Ann Bee\n\n{SNOW}") != first


def test_an_identifier_that_is_given_holds(tmp_path: Path) -> None:
    identifier(tmp_path, f"The Gutter\nby Ann Bee\n\n{RAIN}")
    (tmp_path / "story.toml").write_text('identifier = "my-own-7"\n', "utf-8")
    assert identifier(tmp_path, f"The Gutter\nby Ann Bee\n\n{RAIN}") == "my-own-7"


def test_stories_without_a_name_have_identifiers_of_their_own(tmp_path: Path) -> None:
    texts = [RAIN, SNOW, f"Untitled\nby Ann Bee\n\n{RAIN}{MORE}", f"Untitled\nby Ann Bee\n\n{SNOW}{MORE}"]
    found = [identifier(tmp_path, text, f"{name}.txt") for name, text in zip("abcd", texts, strict=True)]
    assert len(set(found)) == 4
