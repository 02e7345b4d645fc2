"""The names of chapters in lists: contents, running heads, bookmarks."""

from __future__ import annotations

import pytest

from converter.document.model import Book, Chapter, ChapterKind, Metadata, Paragraph, Ruby, Text
from converter.document.words import chapter_name
from converter.themes import load_theme
from converter.writers.contents import listed
from converter.writers.running_heads import running_heads


def test_a_name_has_no_readings_of_its_signs() -> None:
    chapter = Chapter((Paragraph((Text("雨。"),)),), (Text("一"),), (Ruby("午后", "ごご"), Text("の雨")))
    assert [name for _, _, _, name, _ in listed(Book(Metadata(), (chapter,)))] == ["一 午后の雨"]
    assert chapter_name(chapter, readings=True) == "一 午后ごごの雨"


@pytest.mark.parametrize(
    ("language", "colon"), [("fr", "\u202f: "), ("fr-BE", "\u202f: "), ("fr-CA", ": "), ("en", ": "), ("", ": ")]
)
def test_the_colon_of_a_name_is_the_language_s(language: str, colon: str) -> None:
    chapter = Chapter((Paragraph((Text("Il."),)),), (Text("Chapitre II"),), (Text("Le perroquet"),))
    book = Book(Metadata(title="T", language=language), (chapter,))
    assert [name for _, _, _, name, _ in listed(book)] == [f"Chapitre II{colon}Le perroquet"]
    assert running_heads(chapter, book.metadata, load_theme("classic"))[1] == f"Chapitre II{colon}Le perroquet"


def names(language: str, *heads: tuple[str, str, ChapterKind]) -> list[str]:
    said = Paragraph((Text("It rained."),))
    chapters = tuple(
        Chapter((said,), (Text(label),) if label else (), (Text(title),) if title else (), kind=kind)
        for label, title, kind in heads
    )
    return [name for _, _, _, name, _ in listed(Book(Metadata(title="Low Water", language=language), chapters))]


@pytest.mark.parametrize(
    ("language", "label", "title", "name"),
    [
        ("en", "CHAPTER ONE", "The Keeper", "Chapter One: The Keeper"),
        ("en", "CHAPTER XII.", "Salt", "Chapter XII. Salt"),
        ("en", "4", "Salt", "4. Salt"),
        ("es", "IV", "La sal", "IV. La sal"),
        ("fr", "CHAPITRE DEUX", "Le Gardien", "Chapitre deux\u202f: Le Gardien"),
        ("de", "DRITTES KAPITEL", "Das Salz", "Drittes Kapitel: Das Salz"),
        ("ru", "ГЛАВА ПЕРВАЯ", "Соль", "Глава первая: Соль"),
    ],
)
def test_a_label_in_capitals_is_calmed_beside_titles_that_are_not(
    language: str, label: str, title: str, name: str
) -> None:
    assert names(language, (label, title, "chapter"), ("", "PROLOGUE", "prologue"), ("", "NASA", "chapter")) == [
        name,
        "Prologue",
        "NASA",
    ]


def test_a_list_in_capitals_throughout_stays_so() -> None:
    heads: list[tuple[str, str, ChapterKind]] = [("CHAPTER ONE", "SALT", "chapter"), ("", "EPILOGUE", "epilogue")]
    assert names("en", *heads) == ["CHAPTER ONE: SALT", "EPILOGUE"]


@pytest.mark.parametrize(
    ("language", "listed_as"),
    [("en", "Chapter {}"), ("es", "Capítulo {}"), ("hu", "{}. fejezet"), ("ja", "第{}章"), ("xx", "Chapter {}")],
)
def test_chapters_that_only_numbers_head_are_listed_with_a_word(language: str, listed_as: str) -> None:
    heads: list[tuple[str, str, ChapterKind]] = [(n, "", "chapter") for n in "123"]
    assert names(language, ("", "Prolog", "prologue"), *heads) == ["Prolog", *map(listed_as.format, "123")]


def test_roman_numbers_are_listed_as_they_are() -> None:
    assert names("de", ("I", "", "chapter"), ("II", "", "chapter")) == ["I", "II"]


def test_numbers_are_listed_as_such_beside_one_with_a_title() -> None:
    assert names("en", ("1", "Salt", "chapter"), ("2", "", "chapter"), ("3", "", "chapter")) == ["1. Salt", "2", "3"]
