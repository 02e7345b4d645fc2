"""What the head of one part says of its chapter alone stays in the book."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.words import book_text, chapter_name, chapter_text
from converter.parsers.html import html_parser
from converter.parsers.text.options import TextOptions
from converter.parsers.text.reading import read_text
from converter.parsers.works.assembly import assemble

PROSE = (
    "The ferry left without her, and the rope that had held it lay on the stones like something asleep.",
    "“You could still swim,” said the man with the lamp. He had said so to others, and one of them had.",
    "Across the water somebody rang a bell for supper, twice, and then once more for whoever was late.",
)


def part(number: int, *head: str) -> Parsed:
    paragraphs = [f"{line} It was the evening number {number}." for line in PROSE]
    text = "\n".join(head) + "\n\n" + "\n\n".join(paragraphs) + "\n"
    return read_text(Source(f"bell{number}.txt", text.encode(), ".txt"), TextOptions())


def names(parsed: Parsed) -> list[str]:
    return [chapter_name(chapter) for chapter in parsed.book.chapters]


def left_out(parsed: Parsed) -> str:
    return "\n".join(omission.text for omission in parsed.omissions)


def test_a_second_line_that_differs_from_part_to_part_is_the_chapter_s_title() -> None:
    lines = ("Rising", "Falling", "Drifting")
    made = assemble([part(n, "The Late Bell", f"Tide {word}") for n, word in enumerate(lines, 1)])
    assert made.book.metadata.title == "The Late Bell"
    assert not made.book.metadata.subtitle
    assert names(made) == [f"Tide {word}" for word in lines]
    assert "Tide" not in left_out(made)


def test_a_second_line_that_all_parts_share_is_the_work_s() -> None:
    made = assemble([part(n, "The Late Bell", "A Story of the River", "by Ona Birk") for n in (1, 2, 3)])
    assert made.book.metadata.subtitle == "A Story of the River"
    assert [p.name for p in made.book.metadata.people] == ["Ona Birk"]
    assert book_text(made.book).count("A Story of the River") == 0


@pytest.mark.parametrize(
    "own",
    [
        ("Summary: The rope is cut.", "Summary: The bell is stolen.", "Summary: The lamp goes out."),
        ("for Bram", "for Ilse", "for the ferryman"),
        ("Rating: G", "Rating: T", "Rating: M"),
    ],
)
def test_what_a_part_says_of_itself_stands_at_its_beginning(own: tuple[str, ...]) -> None:
    made = assemble([part(n, "The Late Bell", line) for n, line in enumerate(own, 1)])
    text = [chapter_text(chapter) for chapter in made.book.chapters]
    for line, chapter in zip(own[1:], text[1:], strict=True):
        assert line in chapter[: chapter.index("The ferry")]
        assert line not in left_out(made)


def test_a_title_of_its_own_and_a_second_line_are_both_there() -> None:
    made = assemble([part(n, f"Salt {word}", f"Rope {word}") for n, word in enumerate(("One", "Two", "Three"), 1)])
    text = "\n".join((book_text(made.book), *names(made), made.book.metadata.subtitle))
    assert all(f"{what} {word}" in text for what in ("Salt", "Rope") for word in ("One", "Two", "Three"))


def test_chapters_called_by_names_have_no_authors_of_their_own() -> None:
    called = ("Marren Ash", "Tobias Quill", "Aunt Josephine")
    made = assemble([part(n, "The Late Bell", name) for n, name in enumerate(called, 1)])
    assert names(made) == list(called)
    assert not made.book.metadata.people


def test_several_who_wrote_a_work_are_its_authors() -> None:
    writers = ("Marren Ash", "Tobias Quill", "Ida Fen")
    made = assemble([part(n, f"Lamp {n * 11}", f"by {name}") for n, name in enumerate(writers, 1)])
    assert [p.name for p in made.book.metadata.people] == list(writers)


def test_what_pages_say_in_no_line_stays_what_the_work_is_described_by() -> None:
    def page(number: int) -> Parsed:
        told = "".join(f"<p>{line} It was the evening number {number}.</p>" for line in PROSE)
        head = f"<title>The Late Bell</title><meta name='description' content='The evening number {number}.'>"
        html = f"<html><head>{head}</head><body><h1>The Late Bell</h1>{told}</body></html>"
        return html_parser()(Source(f"bell{number}.html", html.encode(), ".html"))

    made = assemble([page(n) for n in (1, 2, 3)])
    assert made.book.metadata.description == "The evening number 1."


def test_what_the_work_s_title_page_says_is_not_said_again() -> None:
    made = assemble(
        [
            part(1, "The Late Bell", "by Ona Birk", "Summary: A river keeps what it is given.", "Words: 120"),
            part(2, "The Late Bell", "by Ona Birk", "Posted: 2021-03-04", "Words: 140"),
            part(3, "The Late Bell", "by Ona Birk", "Posted: 2021-04-04", "Words: 160"),
        ]
    )
    assert made.book.metadata.description == "A river keeps what it is given."
    text = book_text(made.book)
    assert not any(word in text for word in ("Late Bell", "Ona Birk", "Words:", "Posted", "keeps what"))
