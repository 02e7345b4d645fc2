"""Boxes drawn around headings and title pages."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.markdown import markdown_parser
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import shown

PROSE = "The lamp was lit at nine, and nobody on the pier could say who had carried the oil up there for so many years."
TOLD = f"{PROSE}\n\n{PROSE}\n\n"


def read(text: str) -> Parsed:
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


def test_headings_in_boxes() -> None:
    box = "+----------------+\n|  {}  |\n+----------------+\n"
    text = "".join(f"{box.format(f'CHAPTER {n}: {t}')}\n{TOLD}" for n, t in ((1, "Reveille"), (2, "Vespers")))
    assert shown(read(text)) == [
        "# [chapter 1] CHAPTER 1 / Reveille",
        *[f"p {PROSE}"] * 2,
        "# [chapter 2] CHAPTER 2 / Vespers",
        *[f"p {PROSE}"] * 2,
    ]


def test_a_title_page_in_a_box_of_stars() -> None:
    box = "*" * 24
    side = "*" + " " * 22 + "*"
    text = f"{box}\n{side}\n*    THE LODGERS       *\n*    by Jo Pym         *\n{side}\n{box}\n\n\n{TOLD}"
    parsed = read(text)
    assert (parsed.book.metadata.title, list(parsed.book.metadata.authors)) == ("The Lodgers", ["Jo Pym"])
    assert shown(parsed) == [f"p {PROSE}"] * 2


def test_a_status_window_stays_as_it_is_drawn() -> None:
    window = "+----------------+\n| Level up!      |\n| Strength: 7    |\n+----------------+"
    said = "\n".join(shown(read(f"{TOLD}{window}\n\n{TOLD}")))
    assert "Level up!" in said
    assert "# " not in said


def in_markdown(text: str) -> list[str]:
    parsed = markdown_parser()(Source("story.md", f"{TOLD}{text}\n\n{TOLD}".encode(), ".md"))
    prove_parsed(parsed)
    return shown(parsed, (PROSE,))[1:-1]


@pytest.mark.parametrize("signs", ["+-+||+-+", "┌─┐││└─┘", "╔═╗║║╚═╝"])
def test_a_box_that_is_drawn_in_markdown(signs: str) -> None:
    a, line, b, left, right, c, low, d = signs
    inside = "".join(f"{left} {words:<20} {right}\n" for words in ("Level 3", "Keeper of the Lamp"))
    box = f"{a}{line * 22}{b}\n{inside}{c}{low * 22}{d}\n"
    told = ["box:", "  p Level 3 / Keeper of the Lamp"]
    assert in_markdown(box) == told
    assert in_markdown("".join(f"> {row}\n" for row in box.splitlines())) == ["quote:", *(f"  {row}" for row in told)]


def test_a_table_that_is_drawn_in_markdown() -> None:
    rule = "+----------+------+\n"
    table = f"{rule}| Skill    | Rank |\n{rule}| Rowing   | 3    |\n| Lighting | 7    |\n{rule}"
    assert in_markdown(table) == ["table", "  Skill | Rank", "  Rowing | 3", "  Lighting | 7"]


@pytest.mark.parametrize(
    "text",
    ["+--------+\n| open   |\n", "+---+---+\n| a | b | c |\n+---+---+\n", "+--------+\n+--------+\n"],
)
def test_what_does_not_end_is_no_box(text: str) -> None:
    assert not [line for line in in_markdown(text) if line in ("box:", "table")]
