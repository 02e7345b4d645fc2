"""Verse in books of it and in prose, songs, and the lines of letters: they stay lines."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import PROSE, shown

STORY = "\n\n".join(PROSE)


def read(text: str) -> Parsed:
    parsed = text_parser()(Source("poems.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


COUPLETS = (
    "I bought a clock that tells the tide\nand hung it on the landward side",
    "of the one wall that never dries,\nand now it tells the tide in lies",
    "to every visitor who comes\nand sits beneath it, and who drums",
    "upon the table with a spoon.\nIt says the sea is coming soon.",
)


@pytest.mark.parametrize("size", [2, 3, 4])
def test_a_book_of_verse_is_read_in_lines(size: int) -> None:
    lines = "\n".join(COUPLETS * 3).split("\n")
    stanzas = [lines[k : k + size] for k in range(0, len(lines), size)]
    wanted = [row for stanza in stanzas for row in ("stanza:", *(f"  {line}" for line in stanza))]
    assert shown(read("\n\n".join("\n".join(s) for s in stanzas))) == wanted


def test_one_line_among_stanzas_is_one() -> None:
    poem = "\n\n".join([*COUPLETS, "They are not small.", *COUPLETS])
    assert shown(read(poem))[12:15] == ["stanza:", "  They are not small.", "stanza:"]


def test_lines_set_in_keep_their_indent() -> None:
    song = "Oh, carry me over, the water is wide,\n   the water is wide and the evening is thin"
    assert shown(read(f"{STORY}\n\n{song}\n\n{STORY}")) == [
        "prose(1)",
        "stanza:",
        "  Oh, carry me over, the water is wide,",
        "  > the water is wide and the evening is thin",
        "prose(1)",
    ]


@pytest.mark.parametrize(
    "song",
    [
        "//Oh the river, the river//\n//it runs to the sea//\n//and it carries my lover//",
        "~Oh the river, the river~\n~it runs to the sea~\n~and it carries my lover~",
    ],
)
def test_a_song_between_signs_is_stressed(song: str) -> None:
    assert shown(read(f"{STORY}\n\n{song}\n\n{STORY}")) == [
        "prose(1)",
        "stanza:",
        "  _Oh the river, the river_",
        "  _it runs to the sea_",
        "  _and it carries my lover_",
        "prose(1)",
    ]


def test_strokes_part_the_lines_of_a_song() -> None:
    song = "Oh the river / the river runs down / past the mill and into the town"
    assert shown(read(f"{STORY}\n\n{song}\n\n{STORY}")) == [
        "prose(1)",
        "stanza:",
        "  Oh the river",
        "  the river runs down",
        "  past the mill and into the town",
        "prose(1)",
    ]


def test_strokes_part_a_song_in_quotation_marks_and_one_that_is_stressed() -> None:
    for song in (
        '"Oh the river / The river runs down / Don\'t follow the river."',
        "*Oh the river / The river / It runs*",
    ):
        assert shown(read(f"{STORY}\n\n{song}\n\n{STORY}"))[1] == "stanza:"


@pytest.mark.parametrize(
    "line",
    [
        "Callum / Rosa / Ben",
        "He could ask for the moon / the stars / the price of coal.",
        "It was his and/or hers and/or the cat's, he said.",
        'He hummed: "Oh the river / The river / runs down to the mill."',
        'and then, softly: "Oh the river / The river / runs down."',
        'She wrote "the heron stands there / like an unpaid bill / nobody looks" and meant it.',
        "He sang it again. Oh the river / the river runs down / past the mill",
        "Oh the river / the river runs down / past the mill. He stopped there.",
        '"Oh the river / the river runs down / past the mill," he sang.',
    ],
)
def test_strokes_between_words_part_nothing(line: str) -> None:
    assert shown(read(f"{STORY}\n\n{line}\n\n{STORY}")) == ["prose(1)", f"p {line}", "prose(1)"]


def test_replies_in_lines_are_no_verse() -> None:
    replies = '"Where are you?"\n"At the quay."\n"Which quay?"'
    assert shown(read(f"{STORY}\n\n{replies}\n\n{STORY}")) == [
        "prose(1)",
        *(f"p {line}" for line in replies.split("\n")),
        "prose(1)",
    ]


def test_a_letter_keeps_its_date_its_signature_and_its_postscripts() -> None:
    letter = (
        "Saint-Malo, le 4 octobre\n\nDear Ada,\n\nI am well, and so is the dog.\n\nWith the moon's regards,\nConstance Vale"
        "\n\nP.S. The dog sends his.\n\nP.P.S. He did not."
    )
    assert shown(read(f"{STORY}\n\n{letter}\n\n{STORY}")) == [
        "prose(1)",
        "letter:",
        "  p (dateline) Saint-Malo, le 4 octobre",
        "  p (salutation) Dear Ada,",
        "  p I am well, and so is the dog.",
        "  p (signature) With the moon's regards,",
        "  p (signature) Constance Vale",
        "  p P.S. The dog sends his.",
        "  p P.P.S. He did not.",
        "prose(1)",
    ]


def test_two_lines_of_a_dedication_stay_together() -> None:
    text = f"The Salt Post\n\nby Ada Thorn\n\nTo my mother,\nwho waited\n\nChapter 1\n\n{STORY}\n\nChapter 2\n\n{STORY}"
    assert shown(read(text))[:5] == ["# [front]", "dedication:", "  stanza:", "    To my mother,", "    who waited"]


def test_the_address_over_a_letter_is_in_it() -> None:
    letter = "14 Harbour Row\nWhitby\n3 October 1911\n\nMy dear Ada,\n\nI am well.\n\nYour loving sister,\nConstance"
    assert shown(read(f"{PROSE[0]}\n\n{letter}\n\n{STORY}"))[1:6] == [
        "letter:",
        "  p (dateline) 14 Harbour Row",
        "  p (dateline) Whitby",
        "  p (dateline) 3 October 1911",
        "  p (salutation) My dear Ada,",
    ]


def test_the_steps_of_a_shaped_poem_are_in_proportion_over_its_stanzas() -> None:
    poem = "    Down by the mill\n        the wheel\n            stood still,\n\n    and none\n                to ask it why.\n"
    said = shown(read(f"{STORY}\n\n{poem}\n{STORY}\n"))
    assert said[1:-1] == [
        "stanza:",
        "  Down by the mill",
        "  > the wheel",
        "  > > > stood still,",
        "stanza:",
        "  and none",
        "  > > > > to ask it why.",
    ]


LONG_LINES = (
    "I have heard the ferries of four rivers complain in the night, each in its own voice, of ropes and of the price of coal,",
    "who carried the widows and the fiddlers and the calves with their eyes shut over the brown water to the other side,",
    "who waited,",
    "and who did not wait, when the bell had gone, for a man who ran along the quay with one boot in his hand.",
)


def test_a_poem_in_long_lines() -> None:
    assert shown(read("\n\n".join((STORY, "\n".join(LONG_LINES), STORY))))[1:-1] == [
        "stanza:",
        *(f"  {line}" for line in LONG_LINES),
    ]


def test_paragraphs_a_line_each_are_no_poem_in_long_lines() -> None:
    told = [f"p {line.capitalize().rstrip(',')}." for line in LONG_LINES]
    said = shown(read("\n\n".join((STORY, "\n".join(line[2:] for line in told), STORY))))
    assert [line.rstrip(".") for line in said[1:-1]] == [line.rstrip(".") for line in told]


def test_a_note_below_a_poem_in_a_book_of_verse() -> None:
    book = "\n\n".join(f"TIDE {n}\n\n{stanza}" for n, stanza in enumerate(COUPLETS * 2, 1))
    said = shown(
        read(f"{book}\n\n\nNOTES\n\nThe first of these was printed in a paper that nobody has heard of since.\n")
    )
    assert said[-3:] == ["note-after:", "  p NOTES", said[-1]]
