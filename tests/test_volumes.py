"""A story in volumes: each word in one of them, and the first stays as it is when the story grows."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converter.build.volumes import divided
from converter.document.model import Book, Chapter, ChapterKind, Link, Metadata, Note, Paragraph, Person, Text
from converter.document.words import chapter_name, chapter_strands
from converter.proof import prove_epub
from converter.writers.epub import write_epub
from tests.strategies import books
from tests.writers.feature_book import BOOK, picture, theme
from tests.writers.reading import files

SALT = Metadata("The Salt Road", people=(Person("Ada Thorn"),), language="en", identifier="urn:x:salt")


def chapter(name: str, *content: object, kind: ChapterKind = "chapter", children: tuple[Chapter, ...] = ()) -> Chapter:
    blocks = (Paragraph((Text(f"What happened in {name}."), *content)),)  # type: ignore[arg-type]
    return Chapter(blocks, title=(Text(name),), kind=kind, children=children)


def serial(count: int, *after: Chapter, **said: str) -> Book:
    return Book(replace(SALT, **said), (*(chapter(f"Day {n}") for n in range(1, count + 1)), *after))  # type: ignore[arg-type]


def names(book: Book) -> list[str]:
    return [chapter_name(c) for _, c in book.walk()]


def test_chapters_are_counted() -> None:
    preface, thanks = chapter("Before", kind="preface"), chapter("Thanks", kind="afterword")
    book = replace(serial(7, thanks), chapters=(preface, *serial(7, thanks).chapters))
    volumes = divided(book, "3")
    assert [names(v.book) for v in volumes] == [
        ["Before", "Day 1", "Day 2", "Day 3"],
        ["Day 4", "Day 5", "Day 6"],
        ["Day 7", "Thanks"],
    ]
    assert names(divided(book, "7")[0].book) == ["Before", *(f"Day {n}" for n in range(1, 8)), "Thanks"]
    assert divided(book, "8") == ()  # it fills no volume yet
    assert [v.book.metadata.title for v in volumes] == [f"The Salt Road, Volume {n}" for n in (1, 2, 3)]
    assert {v.book.metadata.series for v in volumes} == {"The Salt Road"}
    assert [v.book.metadata.series_index for v in volumes] == ["1", "2", "3"]
    assert len({v.book.metadata.identifier for v in volumes}) == 3


def test_a_part_that_goes_on_in_the_next_volume_has_its_heading_once() -> None:
    parts = tuple(
        chapter(f"Part {p}", kind="part", children=tuple(chapter(f"Day {p}.{n}") for n in (1, 2, 3))) for p in (1, 2)
    )
    book = Book(SALT, (*parts, chapter("Thanks", kind="afterword")))
    assert [names(v.book) for v in divided(book, "2")] == [
        ["Part 1", "Day 1.1", "Day 1.2"],
        ["Day 1.3", "Part 2", "Day 2.1"],
        ["Day 2.2", "Day 2.3", "Thanks"],
    ]
    volumes = divided(book, "parts")
    assert [names(v.book) for v in volumes] == [
        ["Part 1", "Day 1.1", "Day 1.2", "Day 1.3"],
        ["Part 2", "Day 2.1", "Day 2.2", "Day 2.3", "Thanks"],
    ]
    assert [v.book.metadata.title for v in volumes] == ["The Salt Road: Part 1", "The Salt Road: Part 2"]
    assert divided(serial(9), "parts") == ()


def test_scenes_stay_with_their_chapter() -> None:
    scenes = tuple(chapter(f"Scene {n}", kind="scene") for n in (1, 2, 3))
    book = Book(SALT, (chapter("Day 1", children=scenes), chapter("Day 2", children=scenes)))
    assert [names(v.book)[0] for v in divided(book, "1")] == ["Day 1", "Day 2"]


def test_volumes_of_a_book_in_a_series_keep_it() -> None:
    data = write_epub(divided(serial(4, series="Roads", series_index="3"), "2")[1].book, theme())
    said = files(data)["EPUB/content.opf"].decode()
    assert '<meta name="calibre:series" content="The Salt Road"/>' in said
    assert '<meta refines="#series" property="group-position">2</meta>' in said
    assert '<meta refines="#series" property="belongs-to-collection" id="outer-series">Roads</meta>' in said
    assert '<meta refines="#outer-series" property="group-position">3</meta>' in said
    assert re.findall(r'<p class="series">([^<]+)', files(data)["EPUB/title.xhtml"].decode()) == ["Book 3 of Roads"]


@pytest.mark.parametrize(
    ("language", "title"),
    [("de", "The Salt Road, Band 1"), ("ja", "The Salt Road 第1巻"), ("hu", "The Salt Road, 1. kötet"), ("xx", "The Salt Road, Volume 1")],
)  # fmt: skip
def test_a_volume_is_called_so_in_the_language_of_the_story(language: str, title: str) -> None:
    assert divided(serial(2, language=language), "1")[0].book.metadata.title == title


def test_links_lead_within_a_volume_and_nowhere_else() -> None:
    def linked(name: str, to: str) -> Chapter:
        note = Note((Paragraph((Link(to, (Text("noted"),)),)),))
        return chapter(name, Link(to, (Text("see there"),)), note)

    book = Book(
        SALT, (linked("One", "#chapter-3"), linked("Two", "#chapter-1"), linked("Three", "#chapter-4"), chapter("Four"))
    )
    first, second = (files(write_epub(v.book, theme())) for v in divided(book, "2"))
    assert b"href" not in first["EPUB/chapter-1.xhtml"].partition(b"<p")[2].partition(b"see there")[0]
    assert b'<a href="chapter-1.xhtml">see there</a>' in first["EPUB/chapter-2.xhtml"]
    assert second["EPUB/chapter-1.xhtml"].count(b'<a href="chapter-2.xhtml">') == 2


def test_the_look_is_that_of_the_story_and_the_number_is_on_it() -> None:
    assert [v.on_cover for v in divided(serial(4), "2")] == [replace(SALT, subtitle=f"Volume {n}") for n in (1, 2)]
    whole = serial(4, subtitle="A diary")
    assert divided(whole, "2")[0].on_cover.subtitle == "A diary – Volume 1"


def test_pictures_go_with_the_volume_that_shows_them() -> None:
    volumes = divided(replace(BOOK, resources=(*BOOK.resources, picture("more.png"))), "1")
    assert [[r.name for r in v.book.resources] for v in volumes][1] == ["map.png", "plain.jpg", "dot.gif"]
    assert "more.png" not in {r.name for v in volumes for r in v.book.resources}


GROWING = ("words", "chapters", "updated", "status")


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 5), st.integers(0, 9), st.integers(1, 6))
def test_full_volumes_keep_their_bytes_when_the_story_grows(most: int, extra: int, more: int) -> None:
    count = most + extra
    old = divided(
        serial(count, **dict.fromkeys(GROWING, "1"), progress="In-Progress", modified="2026-02-03T04:05:06Z"), str(most)
    )
    new = divided(
        serial(count + more, **dict.fromkeys(GROWING, "2"), progress="Completed", modified="2026-03-04T05:06:07Z"),
        str(most),
    )
    full = count // most
    assert [write_epub(v.book, theme()) for v in old[:full]] == [write_epub(v.book, theme()) for v in new[:full]]
    assert [v.on_cover.title for v in old[:full]] == [v.on_cover.title for v in new[:full]]


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(books(), st.sampled_from(("1", "2", "3", "parts")))
def test_every_word_of_any_book_is_in_one_volume(book: Book, how: str) -> None:
    volumes = divided(book, how)
    if not volumes:
        return
    together = [chapter_strands(c) for v in volumes for _, c in v.book.walk()]
    assert together == [chapter_strands(c) for _, c in book.walk()]
    for volume in volumes:
        try:
            data = write_epub(volume.book, theme())
        except Exception as error:
            assert type(error).__name__ == "NotAStory"  # noqa: PT017 - chapters in which there is nothing to read
            continue
        prove_epub(volume.book, data)
