"""What opens a chapter: the letter and words that lead into its text stand before the first of it that is told."""

from __future__ import annotations

import pytest
from lxml import etree

from converter.document.model import Chapter, Paragraph, Text
from converter.themes import load_theme
from converter.writers.xhtml import chapter_sections, rendering_for
from tests.print.feature import small

TOLD = "The ferry left at six, and nobody on the quay could say who had paid for it."


def openings(*lines: str) -> list[tuple[str, str]]:
    """Of each paragraph of a chapter in print its first word, and "dropcap" and "lead" where it has them."""
    told = Chapter(tuple(Paragraph((Text(line),)) for line in lines), (), (Text("One"),))
    book = small(told)
    sections = list(chapter_sections(book, rendering_for(book, load_theme("classic"), "print")))
    found = []
    for p in etree.ElementTree(sections[0].pieces[0]).iter("p"):
        names = " ".join(sorted({e.get("class", "") for e in p.iter("span")} & {"dropcap", "lead"}))
        found.append(("".join(p.itertext()).replace("\u2060", "").split()[0].strip("“”"), names))
    return [one for one in found if one[0] in {line.split()[0].strip("“”") for line in lines}]


@pytest.mark.parametrize(
    "above",
    [
        "[MIA]",
        "[Mia’s side]",
        "(the day before)",
        "Third day of Thaw",
        "London, 14 March 1911",
        "In bed",
        "Lower Lock House",
        "Kasimir Trask",
        "14 March 1911.",
    ],
)
def test_what_stands_above_the_text_has_no_cap_and_leaves_it_to_the_text(above: str) -> None:
    assert openings(above, TOLD, TOLD) == [(above.split(maxsplit=1)[0], ""), ("The", "dropcap lead"), ("The", "")]


@pytest.mark.parametrize(
    "begun", ["…and then the sea rose over the wall.", "...and then it rose.", "and then the sea rose."]
)
def test_a_sentence_that_goes_on_has_none(begun: str) -> None:
    assert openings(begun, TOLD) == [(begun.split(maxsplit=1)[0], ""), ("The", "")]


@pytest.mark.parametrize(
    "told", [TOLD, "She slept.", "“Who is there?”", "He said to me, on the third day of that thaw, nothing at all"]
)
def test_what_is_told_has(told: str) -> None:
    assert openings(told)[0][1].startswith("dropcap")


@pytest.mark.parametrize("told", ["No.", "Wait—", "“What?”", "Non\u00a0!"])
def test_a_paragraph_of_one_word_has_no_cap(told: str) -> None:
    assert openings(told, TOLD)[0][1] == "lead"


@pytest.mark.parametrize(
    "told", ["—¿Y tú? Nadie supo qué decir.", "«—Ven acá», dijo él.", "(She knew him.)", "2 Men came."]
)
def test_no_cap_stands_behind_a_dash_a_bracket_or_a_number(told: str) -> None:
    assert "dropcap" not in openings(told)[0][1]


@pytest.mark.parametrize("told", ["„Komm her“, sagte er.", "«¿Qué quiere?», dijo él.", "’Twas late that night."])
def test_marks_that_open_speech_stand_before_it(told: str) -> None:
    assert openings(told)[0][1] == "dropcap lead"
