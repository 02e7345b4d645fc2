"""Boxes drawn around headings and title pages."""

from __future__ import annotations

from converter.document.contracts import Parsed, Source
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
