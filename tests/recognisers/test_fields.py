"""Lines of a story's head, and the field that each of them fills, in `fields.tsv`; "-" is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.metadata.fields import HeadFields, read_field, read_stat_line, split_series, tag_of_language

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "fields.tsv").read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize(("field", "line"), TABLE)
def test_a_line(field: str, line: str) -> None:
    read = read_field(line)
    assert (read[0] if read else "-") == field


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (
            "Rated: T - English - Drama/Mystery - Chapters: 12 - Words: 27,137 - Status: Complete",
            {"rating": "T", "language": "English", "genres": "Drama, Mystery", "chapters": "12", "words": "27,137"},
        ),
        ("Rated: Fiction M - German - Words: 4,711", {"rating": "M", "language": "German", "words": "4,711"}),
        (
            "Category: Books » Misc. Rated: T - Genre: Adventure/Humor - Chapters: 3 - Words: 3,221",
            {"rating": "T", "genres": "Adventure, Humor", "fandoms": "", "chapters": "3"},
        ),
        (
            "Anime/Manga » Weir Tales Rated: K+ - English - Hurt/Comfort/Drama - Chapters: 3",
            {"rating": "K+", "genres": "Hurt/Comfort, Drama", "fandoms": "Weir Tales", "language": "English"},
        ),
        ("She said - and it rated well with her - that he should go", {}),
        ("One - two - three", {}),
    ],
)
def test_a_line_of_facts(line: str, values: dict[str, str]) -> None:
    head = HeadFields()
    assert read_stat_line(line, head, 1) == bool(values)
    assert {name: head.one(name) for name in values} == values


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("English", "en"),
        ("deutsch", "de"),
        ("Français", "fr"),
        ("中文", "zh"),
        ("Español (castilian)", "es"),
        ("pt-BR", "pt-BR"),
        ("Klingon", ""),
        ("", ""),
    ],
)
def test_a_language(name: str, tag: str) -> None:
    assert tag_of_language(name) == tag


@pytest.mark.parametrize(
    ("value", "series"),
    [
        ("The Long Coast #2", ("The Long Coast", "2")),
        ("Part 2 of The Long Coast", ("The Long Coast", "2")),
        ("The Long Coast, Book 2", ("The Long Coast", "2")),
        ("The Long Coast vol. 1.5", ("The Long Coast", "1.5")),
        ("The Long Coast", ("The Long Coast", "")),
        ("The Long Coast [3]", ("The Long Coast", "3")),
        ("The Long Coast (Book 3)", ("The Long Coast", "3")),
        ("The Long Coast (1911)", ("The Long Coast (1911)", "")),
    ],
)
def test_a_series(value: str, series: tuple[str, str]) -> None:
    assert split_series(value, "") == series


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Series: The Long Coast [3]", "The Long Coast [3]"),
        ("[Series: The Long Coast]", "The Long Coast"),
        ("**Title: The Long Coast [complete]**", "The Long Coast [complete]"),
    ],
)
def test_a_bracket_that_a_value_opens_is_closed_in_it(line: str, value: str) -> None:
    field = read_field(line)
    assert field is not None
    assert field[1] == value
