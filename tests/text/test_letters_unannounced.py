"""Letters that no greeting of the tables opens, and what stands like one: what is around them says what they are."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.parsers.html import html_parser
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import PROSE, shown
from tests.text.test_letters import LETTER, SAID, among


@pytest.mark.parametrize(
    "letter",
    [
        "Harbour Office\nOstend\n1 June 1911\n\nNephew--\n\nIt rains.\n\nI remain (for now)\nYour Aunt,\nOdile\n\nP.S. Burn this.",
        "Hull, 3 May 1911\n\nMembers of the Board:\n\nIt rains.\n\nRespectfully,\nT. Moss",
        "4 May 1911\n\nBram, you rogue—\n\nIt rains.\n\nWith love,\n\nOdile",
        "14 May 1911\n\nMy dear Bram\n\nIt rains.\n\nYour loving sister,\nOdile\n\nP.S. More soon.",
    ],
)
def test_below_a_date_a_line_that_may_address_somebody_opens_what_is_signed(letter: str) -> None:
    head, greeting, told, *rest = letter.split("\n\n")
    signed = [line for part in rest for line in part.split("\n")]
    assert among(letter) == [
        "letter:",
        *(f"  p (dateline) {line}" for line in head.split("\n")),
        f"  p (salutation) {greeting}",
        f"  p {told}",
        *(f"  p {'' if line.startswith('P.S.') else '(signature) '}{line}" for line in signed),
    ]


def test_a_line_that_is_announced_opens_what_is_signed() -> None:
    said = among("The second sheet said only:\n\nBoy,\n\nIt rains.\n\nYour father")
    assert said[1:] == ["letter:", "  p (salutation) Boy,", "  p It rains.", "  p (signature) Your father"]


@pytest.mark.parametrize(
    "above",
    ["Nobody spoke--", "“Nephew--”", "3 May 1911\n\nNobody spoke--", "He knew:\n\nNobody spoke--"],
)
def test_words_that_break_off_above_a_letter_are_the_story_s(above: str) -> None:
    told = f"{above}\n\n{SAID}\n\nIt was late, and the boat had gone.\n\nDear Ruth,\n\n{SAID}\n\nYours,\nOdile"
    said = among(told)
    assert said[-5:] == ["letter:", *LETTER[3:7]]
    assert said[-6] == "p It was late, and the boat had gone."  # a sentence is no address


@pytest.mark.parametrize("above", ["Nobody spoke--", "Bram--"])
def test_words_that_break_off_without_a_date_open_no_letter(above: str) -> None:
    assert "letter:" not in among(f"{SAID}\n\n{above}\n\n{SAID}\n\nYours,\nOdile")


def test_a_postscript_is_no_address() -> None:
    said = among(
        f"{SAID}\n\nOdile Brandt of the Lock\n\nP.S. Burn this.\n\nLisbon\n9 June\n\nDear Ruth,\n\n{SAID}\n\nYours,\nOdile"
    )
    assert said[2:5] == ["p P.S. Burn this.", "letter:", "  p (dateline) Lisbon"]


def test_letters_among_the_paragraphs_of_a_page() -> None:
    told = "".join(f"<p>{line}</p>" for line in PROSE)

    def paragraphs(*lines: str) -> str:
        return "".join(f"<p>{line}</p>" for line in lines)

    signed = '<p align="right"><em>C.</em></p>'
    italic = paragraphs("<em>My dear Ruth,</em>", f"<em>{SAID}</em>") + signed
    one_word = paragraphs("My dear Ruth,", "It is <em>well</em>.", "Yours,", "C.")
    spoken = paragraphs("<em>My dear Ruth,</em>", "<em>he thought.</em>")
    body = told + italic + told + one_word + told + spoken + told
    source = Source("story.html", f"<html><body><article>{body}</article></body></html>".encode(), ".html")
    parsed = html_parser(text=text_parser())(source)
    prove_parsed(parsed)
    said = [line for line in shown(parsed) if not line.startswith("prose(")]
    assert said == [
        "letter:",
        "  p (salutation) My dear Ruth,",
        f"  p {SAID}",
        "  p (signature) (right) C.",
        "letter:",
        "  p (salutation) My dear Ruth,",
        "  p It is _well_.",
        "  p (signature) Yours,",
        "  p (signature) C.",
        "p _My dear Ruth,_",
        "p _he thought._",
    ]


def test_a_sentence_that_begins_as_words_of_parting_do_closes_nothing() -> None:
    said = among("Dear Ruth,\n\nYour lamp smokes. See to it.\n\nYours,\nOdile")
    assert said == ["letter:", LETTER[3], "  p Your lamp smokes. See to it.", *LETTER[5:7]]
