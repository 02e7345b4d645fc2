"""Poems that a story quotes: their titles, their long lines, whose they are; and what only looks like one."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.document.model import Verse
from tests.pages.making import PROSE, shown
from tests.pages.outline import blocks as outlined
from tests.text.test_letters import among, read

PARAGRAPH = " ".join(PROSE)

LINES = [
    "The goose went down to the river's edge",
    "And looked for the moon in the reeds,",
    "And all that it found was a bit of a hedge",
    "And a hatful of dandelion seeds.",
]
LONG = "And it said what it thought of the moon, and the reeds, and the miller who had put up the hedge in the first place,"
STANZA = "\n".join(f"    {line}" for line in LINES)


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("They found the poem in his coat:", "THE GOOSE AT LOW WATER"),
        ("They found the poem in his coat.", "GOOSE"),
        ("It was called:", "The Goose at the Mill"),
        ("This was on the back:", "To R."),
    ],
)
@pytest.mark.parametrize("indent", ["", "    "])
def test_a_title_above_a_poem_is_in_the_middle(above: str, title: str, indent: str) -> None:
    if title.endswith("."):
        title = title.rstrip(".")
    assert among(f"{above}\n\n{indent}{title}\n\n{STANZA}") == [
        f"p {above}",
        "quote:",
        f"  p (center) {title}",
        "  stanza:",
        *(f"    {line}" for line in LINES),
    ]


@pytest.mark.parametrize(
    "line", ["And he sang it twice", "He said, Sing.", "“The Goose”", "He Sang:", "Nobody Answered"]
)
def test_a_line_of_the_story_above_a_poem_is_no_title(line: str) -> None:
    assert f"p {line}" in among(f"{PROSE[0]}\n\n{line}\n\n{STANZA}")


def test_a_sign_is_a_sign_where_no_poem_is_below() -> None:
    assert among("Over the door stood:\n\nTHE RED GOOSE\n\nHe went in.")[1:3] == ["sign:", "  p THE RED GOOSE"]
    signed = among("Over the door stood:\n\nTHE RED GOOSE\n\n    NO DOGS\n    NO HAWKERS\n    NO MILLERS")
    assert "sign:" in signed


@pytest.mark.parametrize("whose", ["-- A. C.", "— Anselm Crake", "--A. Crake, 1911", "– old song", "--Anon."])
def test_whose_a_poem_is_stands_at_the_right(whose: str) -> None:
    said = among(f"He sang it once.\n\n{STANZA}\n\n                    {whose}")
    assert said[1:] == ["quote:", "  stanza:", *(f"    {line}" for line in LINES), f"  p (signature) {whose}"]


@pytest.mark.parametrize("spoken", ["-- No.", "— So Ruth was told to sing.", "--And that was all, Ruth?"])
def test_what_is_said_below_a_poem_is_the_story_s(spoken: str) -> None:
    assert among(f"He sang it once.\n\n{STANZA}\n\n{spoken}")[-1] == f"p {spoken}"


@pytest.mark.parametrize("at", range(4))
def test_a_long_line_is_one_of_its_stanza(at: int) -> None:
    lines = [*LINES[:at], LONG, *LINES[at + 1 :]]
    told = f"{PARAGRAPH}\n\n" * 12 + f"{STANZA}\n\n" + "\n".join(f"    {line}" for line in lines)
    said = [line for line in shown(read(f"{told}\n\n{PARAGRAPH}\n")) if PARAGRAPH not in line]
    assert said == ["stanza:", *(f"  {line}" for line in LINES), "stanza:", *(f"  {line}" for line in lines)]


def test_paragraphs_that_are_set_in_are_no_stanza() -> None:
    told = "\n".join(f"    {line}" for line in (*PROSE[1:], PARAGRAPH))
    assert "stanza:" not in shown(read(f"{PARAGRAPH}\n\n{PARAGRAPH}\n\n{told}\n\n{PARAGRAPH}\n"))


def test_a_poem_in_a_text_that_is_broken_by_hand() -> None:
    prose = "\n\n".join(textwrap.fill(p, 66) for p in PROSE)
    said = shown(
        read(
            f"{prose}\n\nThey found the poem:\n\n    THE GOOSE\n\n{STANZA}\n\n{STANZA}\n\n        -- A. C.\n\n{prose}\n"
        )
    )
    at = said.index("  p (center) THE GOOSE")
    assert said[at + 1] == "  stanza:"
    assert said[at + 11] == "  p (signature) -- A. C."


KETTLE = [
    ["Kettle, my kettle,", "   you sang like a train,", "now you sit on the shelf", "   and drink up the rain."],
    ["I bought me another,", "   electric and proud;", "it boils in a minute", "   and never too loud."],
]


KEPT = tuple(line.strip() for stanza in KETTLE for line in stanza)


@pytest.mark.parametrize("above", ["", "I.\n\n", "For Ruth\n\n"])
@pytest.mark.parametrize("indented", [True, False])
def test_a_file_of_narrow_stanzas_keeps_its_lines(above: str, indented: bool) -> None:
    stanzas = [[line if indented else line.strip() for line in stanza] for stanza in KETTLE]
    said = read("Three Songs\nby Wil Dunnock\n\n" + "\n\n".join(above + "\n".join(stanza) for stanza in stanzas) + "\n")
    lines = [line.strip(" >") for _, chapter in said.book.walk() for line in outlined(chapter.blocks, "")]
    assert [line for line in lines if line in KEPT] == list(KEPT)


@given(st.integers(16, 40))
@settings(max_examples=25)
def test_prose_that_is_broken_to_a_narrow_measure_is_no_verse(width: int) -> None:
    text = "\n\n".join(textwrap.fill(p, width, break_on_hyphens=False, break_long_words=False) for p in PROSE)
    said = read(f"Title: The Goose\n\n{text}\n")
    assert not any(isinstance(block, Verse) for _, chapter in said.book.walk() for block in chapter.blocks)


def test_a_poem_in_long_lines_keeps_its_lines_and_its_stanzas() -> None:
    stanzas = [
        [
            "I saw the mill go under, and the miller's cat go over it, as careful as a clerk on a ladder,",
            "I saw the lamp the ferryman had lit for his own drowning, and the ferry that came home without a lamp to see it,",
            "I saw the priest who blessed the flood by accident, and went on blessing it because he was asked to,",
        ],
        [
            "O river, who keeps your books?",
            "Not the heron, for all that he stands there in grey, with his one small entry before him,",
        ],
        ["Let it be written that the water was here and went away again, and was sorry,", "Let it be written in mud."],
    ]
    text = "\n\n".join("\n".join(stanza) for stanza in stanzas)
    found = [block for _, chapter in read(text).book.walk() for block in chapter.blocks]
    verses = [block for block in found if isinstance(block, Verse)]
    assert verses == found
    assert [len(stanza) for verse in verses for stanza in verse.stanzas] == [3, 2, 2]


def test_paragraphs_that_are_a_line_each_are_no_poem() -> None:
    text = "\n".join(f"{' '.join(PROSE)} And so it was, on day {n}, as they said." for n in range(8))
    said = read(text)
    assert not any(isinstance(block, Verse) for _, chapter in said.book.walk() for block in chapter.blocks)
