"""What parts paragraphs: first lines set in, double spacing, a page's end; and what a person says of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from converter.document.contracts import ParagraphHabit, Parsed, Source
from converter.parsers.text import TextOptions, text_parser
from converter.proof import prove_parsed
from tests.pages.making import left_out, shown


def read(text: str, paragraphs: ParagraphHabit = "") -> Parsed:
    parsed = text_parser(TextOptions(paragraphs=paragraphs))(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


TYPED = """\
   The kitchen had been yellow in his time and was white.
Odile meant to ask her sister about it. The stove that he
had built was gone.
   "You never wrote, though."
   "I wrote it all down and burned it after," Odile said
to the stove.
   "Which of us was cross?"
   Bram carried the first of the crates out. He never let
go of it on the stairs, or at the gate, or in the car.
   "Leave me the clock."
   "It has never gone once."
   The dog was old, and fat, and had no opinion on any of
it, but it followed the clock out.
"""


def _joined(lines: Sequence[str]) -> list[str]:
    """The paragraphs that lines set in begin, as they are shown."""
    return [f"p {' '.join(part.split())}" for part in "\n".join(lines).replace("\n   ", "\0").strip().split("\0")]


SHOWN = _joined(TYPED.splitlines())


def test_first_lines_set_in_part_paragraphs_though_speech_is_short() -> None:
    assert shown(read(TYPED)) == SHOWN


def test_a_double_spaced_typescript() -> None:
    assert shown(read("\n\n".join((TYPED * 2).splitlines()))) == SHOWN * 2


LINES = """\
   The river was low that year, as the old women had said,
and nobody came to the quay to look at it.
   She waited for them on the wall with a basket of plums.
Nobody came again until the end of the month, and then
   there were two of them, and a dog that did not bark.
"""
A, B, C, D, E = (line.strip() for line in LINES.splitlines())


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("blank", [f"p {A} {B} {C} {D} {E}"]),
        ("indent", [f"p {A} {B}", f"p {C} {D}", f"p {E}"]),
        ("lines", [f"p {line}" for line in (A, B, C, D, E)]),
        ("wrapped", [f"p {A} {B}", f"p {C} {D} {E}"]),
    ],
)
def test_a_person_says_what_parts_paragraphs(said: ParagraphHabit, wanted: list[str]) -> None:
    assert shown(read(LINES, said)) == wanted


def test_a_page_number_beside_a_title_goes_and_the_paragraph_goes_on() -> None:
    rows = TYPED.splitlines()
    pages = [
        *rows[:2],
        "8      THE KITCHEN",
        *rows[2:8],
        "THE KITCHEN      9",
        *rows[8:10],
        "10      THE KITCHEN",
        *rows[10:],
    ]
    parsed = read("\n".join(pages))
    assert shown(parsed) == SHOWN
    assert left_out(parsed) == [
        ("running head", "8      THE KITCHEN"),
        ("running head", "THE KITCHEN      9"),
        ("running head", "10      THE KITCHEN"),
    ]


def _scenes(between: Sequence[str]) -> str:
    """Scenes of a story with a line for each paragraph; `between` them stands this, again and again."""
    scenes = [
        "\n".join(f"On day {n} of the harvest Odile counted the crates again, {k} of them." for k in range(2, 9))
        for n in range(2, 2 + len(between) + 1)
    ]
    return "".join(a + b for a, b in zip(scenes, (*between, "\n"), strict=True))


def _breaks(parsed: Parsed) -> list[str]:
    return [line for line in shown(parsed) if line.startswith("break")]


def test_a_blank_line_parts_scenes_beside_signs_where_no_other_line_is_blank() -> None:
    parsed = read(_scenes(["\n\n", "\n#\n", "\n\n", "\n\n#\n\n", "\n\n"]))
    assert _breaks(parsed) == ["break", "break #", "break", "break #", "break"]


def test_blank_lines_around_a_paragraph_part_no_scenes_beside_signs() -> None:
    scenes = _scenes(["\n#\n", "\n\nTHE WELL IS DRY. ASK AT THE MILL.\n\n", "\n#\n"])
    assert _breaks(read(scenes)) == ["break #", "break #"]


def test_blank_lines_part_no_scenes_beside_signs_where_many_lines_are_blank() -> None:
    speech = "\n".join(f"“So you say, {k} times.”\n“And so it is.”\n\n“Then go.”" for k in range(2, 6))
    assert _breaks(read(_scenes(["\n#\n", f"\n{speech}\n", "\n#\n"]))) == ["break #", "break #"]
