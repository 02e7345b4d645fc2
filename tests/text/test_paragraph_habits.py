"""What parts paragraphs: first lines set in, double spacing, a page's end; and what a person says of it."""

from __future__ import annotations

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
   The garden had been clever once and was now merely old.
Cyrus decided to be brave about it later. The clock on the
landing struck four.
   "Your handwriting has, then."
   "Shut the door, you're letting the dark in," Cyrus told
the wall.
   "When would be better?"
   Someone had left a light on in the museum. He did not
look back until the second corner, and then he did.
   "Say that again, slower."
   "I'm not afraid of him."
   The soup was thin, and hot, and there was a great deal of
it, and nobody had asked for any.
"""
SHOWN = [
    "p The garden had been clever once and was now merely old. Cyrus decided to be brave about it later. The clock on the"
    " landing struck four.",
    'p "Your handwriting has, then."',
    'p "Shut the door, you\'re letting the dark in," Cyrus told the wall.',
    'p "When would be better?"',
    "p Someone had left a light on in the museum. He did not look back until the second corner, and then he did.",
    'p "Say that again, slower."',
    'p "I\'m not afraid of him."',
    "p The soup was thin, and hot, and there was a great deal of it, and nobody had asked for any.",
]


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
        "8      THE GARDEN",
        *rows[2:8],
        "THE GARDEN      9",
        *rows[8:10],
        "10      THE GARDEN",
        *rows[10:],
    ]
    parsed = read("\n".join(pages))
    assert shown(parsed) == SHOWN
    assert left_out(parsed) == [
        ("running head", "8      THE GARDEN"),
        ("running head", "THE GARDEN      9"),
        ("running head", "10      THE GARDEN"),
    ]
