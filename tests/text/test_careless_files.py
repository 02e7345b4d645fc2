"""Files as people type and paste them: bylines that are none, notes that are none, headings of every kind, forum marks."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from tests.pages.making import shown

BODY = "\n\n".join(
    f"The whole village was out of doors by {hour} to see the snow, and nobody had a shovel that was any good at all."
    for hour in ("six", "seven", "eight", "nine")
)
PARAGRAPHS = BODY.split("\n\n")


def read(text: str) -> Parsed:
    return text_parser()(Source("story.txt", text.encode(), ".txt"))


@pytest.mark.parametrize(
    ("head", "title", "author"),
    [
        ("Snow Song\nby pim", "Snow Song", "pim"),
        ("Snow Song\n\nby Ada Thorn", "Snow Song", "Ada Thorn"),
        ("Snow Song, by Ada Thorn", "Snow Song", "Ada Thorn"),
        ("SNOW SONG\n\nBY\n\nADA THORN", "Snow Song", "Ada Thorn"),
        ("Snow Song\nwritten by: salty_orme", "Snow Song", "salty_orme"),
    ],
)
def test_title_and_author_are_found(head: str, title: str, author: str) -> None:
    metadata = read(f"{head}\n\n{BODY}\n").book.metadata
    assert (metadata.title, metadata.authors) == (title, (author,))


@pytest.mark.parametrize(
    ("line", "above"),
    [
        ("It was cold, and nobody had come by in an hour.", []),
        ("She had been raised by wolves.", []),
        ("Nobody had come by yet.", []),
        ("By morning the snow had come to the very door of the inn.", []),
        ("by the river there lived a cat who had no opinion of snow", []),
    ],
)
def test_a_sentence_is_no_byline(line: str, above: list[str]) -> None:
    parsed = read(f"Snow Song\n\n{line}\n\n{BODY}\n")
    assert shown(parsed, PARAGRAPHS) == [*above, f"p {line}", "prose(1)"]
    assert parsed.book.metadata.authors == ()


@pytest.mark.parametrize(
    "line",
    ['"Note: buy milk," it said on the larder door.', "Note: the door was open when she came, and shut when she left."],
)
def test_a_note_in_the_story_is_no_note_of_the_author(line: str) -> None:
    parsed = read(f"{BODY}\n\n{line}\n\nAnd that was the end of the evening.\n")
    assert shown(parsed, PARAGRAPHS) == ["prose(1)", f"p {line}", "p And that was the end of the evening."]


@pytest.mark.parametrize(
    ("first", "lines"),
    [
        ("It snowed.", ["p It snowed."]),
        ("A/N: sorry for the wait", ["note-before:", "  p A/N: sorry for the wait"]),
        ("Disclaimer: I own nothing", ["note-before:", "  p Disclaimer: I own nothing"]),
        (
            "Disclaimer: I own nothing\n\nA/N: sorry for the wait",
            ["note-before:", "  p Disclaimer: I own nothing", "  p A/N: sorry for the wait"],
        ),
        ("Hi guys! I had exams.", ["p Hi guys! I had exams."]),
    ],
)
def test_the_first_sentence_is_no_title(first: str, lines: list[str]) -> None:
    text = "".join(f"Chapter {n}\n\n{first}\n\n{BODY}\n\n" for n in (1, 2, 3, 4))
    wanted = [line for n in (1, 2, 3, 4) for line in (f"# [chapter {n}] Chapter {n}", *lines, "prose(1)")]
    assert shown(read(text), PARAGRAPHS) == wanted


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("chp 1", 1), ("Chapter 1 of 3", 1), ("Chapter 2/3", 2), ("🌸 Chapter 1 🌸", 1), (">>Chapter 4<<", 4), ("Chapter5", 5),
        ("C H A P T E R   O N E", 1), ("Winter Roads, Chapter 3", 3), ("Winter Roads - Chapter 3 - Snow", 3), ("~*~ Chapter 2 ~*~", 2),
    ],
)  # fmt: skip
def test_ways_to_write_chapter(line: str, number: int) -> None:
    form = read_form(line, lexicon("en"))
    assert form is not None
    assert form.shape == "division"
    assert form.number is not None
    assert form.number.value == number


@pytest.mark.parametrize("line", ["Chapter 7 was a lie", "I said, chapter 3 was bad.", "Partisan", "Chance 5"])
def test_what_is_no_chapter(line: str) -> None:
    form = read_form(line, lexicon("en"))
    assert form is None or form.shape != "division"


@pytest.mark.parametrize("mark", ["[center]***[/center]", "[hr]", "♥ ♥ ♥", "☾", "🌙🌙🌙", "<center>* * *</center>"])
def test_marks_of_forums_part_scenes(mark: str) -> None:
    bare = mark.removeprefix("[center]").removesuffix("[/center]").removeprefix("<center>").removesuffix("</center>")
    assert shown(read(f"{BODY}\n\n{mark}\n\n{BODY}\n"), PARAGRAPHS) == ["prose(1)", f"break {bare}", "prose(1)"]


def test_entities_are_characters() -> None:
    parsed = read(f"Tom &amp; Ann&#8217;s cat &mdash; and AT&T; too.\n\n{BODY}\n")
    assert shown(parsed, PARAGRAPHS) == ["p Tom & Ann’s cat — and AT&T; too.", "prose(1)"]


def test_a_file_name_is_no_stress() -> None:
    parsed = read(f"He opened my_secret_file and read it.\n\n{BODY}\n")
    assert shown(parsed, PARAGRAPHS) == ["p He opened my_secret_file and read it.", "prose(1)"]


def test_tasks_are_ticked_or_open() -> None:
    parsed = read(f"{BODY}\n\n- [x] Fold the red scarf.\n- [ ] Ask Bram about the whistle\n\n{BODY}\n")
    prove_parsed(parsed)
    assert shown(parsed)[4:8] == ["-", "  p ☑ Fold the red scarf.", "-", "  p ☐ Ask Bram about the whistle"]
    assert [(o.rule, o.text) for o in parsed.omissions] == [("task", "[x]")]


def test_brackets_that_are_no_tasks() -> None:
    lines = ["- [x]", "- [y] no", "[x] a line without a bullet"]
    assert [line for line in shown(read("\n\n".join([BODY, *lines, BODY]))) if "☑" in line] == []
