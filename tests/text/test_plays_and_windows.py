"""Plays whose speakers stand over their speeches, chats and logs, windows of a game's system."""

from __future__ import annotations

import pytest

from tests.pages.making import shown
from tests.text.test_verse_and_lines import STORY, read


def test_names_over_speeches_make_a_play() -> None:
    play = (
        "MRS. PENDLE, a widow\nJACK, her lodger\n\nA kitchen in Hull.\n\n(JACK enters, wet.)\n\nJACK\nIt's raining.\n\n"
        "MRS. PENDLE\nIt does that.\n\nJACK\n(wringing his hat)\nThere's a man outside\nwho says that he is from the Board.\n\n"
        "MRS. PENDLE\nWhich Board?\n\nA VOICE (off)\nThe Board of Trade!"
    )
    assert shown(read(play)) == [
        "-",
        "  p MRS. PENDLE, a widow",
        "-",
        "  p JACK, her lodger",
        "p A kitchen in Hull.",
        "p (stage-direction) (JACK enters, wet.)",
        "JACK:",
        "  p It's raining.",
        "MRS. PENDLE:",
        "  p It does that.",
        "JACK:",
        "  p (stage-direction) (wringing his hat)",
        "  p There's a man outside who says that he is from the Board.",
        "MRS. PENDLE:",
        "  p Which Board?",
        "A VOICE (off):",
        "  p The Board of Trade!",
    ]


def test_who_speaks_aside_speaks() -> None:
    turns = [f"{name}: It is {word} dark." for name in ("ANNA", "BRAM") for word in ("very", "not", "too", "so")]
    assert shown(read("\n\n".join([*turns, "STRANGER (aside): They are closed."])))[-2:] == [
        "STRANGER (aside)::",
        "  p They are closed.",
    ]


def test_a_log_of_a_channel_is_a_chat() -> None:
    log = "<nightjar> who let gran in here\n<Gran> I let myself in.\n* nightjar has quit (reset)\n<Gran> Good.\n<moth> lol"
    assert shown(read(f"{STORY}\n\n{log}\n\n{STORY}")) == [
        "prose(1)",
        "chat:",
        "  <nightjar>:",
        "    p who let gran in here",
        "  <Gran>:",
        "    p I let myself in.",
        "  p * nightjar has quit (reset)",
        "  <Gran>:",
        "    p Good.",
        "  <moth>:",
        "    p lol",
        "prose(1)",
    ]


def test_a_chat_goes_on_over_pictures_and_what_the_app_says() -> None:
    log = "nell: look\nnell: [image]\ntoby: lol\n[nell changed the topic]\ntoby: why\nnell: because"
    again = "toby: still here\nnell: same"
    assert shown(read(f"{STORY}\n\n{log}\n\n{STORY}\n\n{again}\n\n{STORY}")) == [
        "prose(1)",
        "chat:",
        "  nell::",
        "    p look",
        "  nell::",
        "    p [image]",
        "  toby::",
        "    p lol",
        "  p [nell changed the topic]",
        "  toby::",
        "    p why",
        "  nell::",
        "    p because",
        "prose(1)",
        "chat:",
        "  toby::",
        "    p still here",
        "  nell::",
        "    p same",
        "prose(1)",
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_bracketed_lines_in_a_row_are_one_box(gap: str) -> None:
    window = f"[SYSTEM: You have died.]{gap}[Respawn in 3.]"
    assert shown(read(f"{STORY}\n\n{window}\n\n{STORY}")) == [
        "prose(1)",
        "box:",
        "  stanza:",
        "    [SYSTEM: You have died.]",
        "    [Respawn in 3.]",
        "prose(1)",
    ]


def test_lines_with_labels_are_a_box() -> None:
    sheet = "Name: Bettany Crake\nClass: Clerk\nLevel: 7"
    assert shown(read(f"{STORY}\n\n{sheet}\n\n{STORY}")) == [
        "prose(1)",
        "box:",
        "  stanza:",
        *(f"    {line}" for line in sheet.split("\n")),
        "prose(1)",
    ]


def test_what_stands_together_is_one_window() -> None:
    window = "[The gate is open.]\n[Level: 3 -> 4]\n\nName: Bettany Crake\nClass: Clerk\nLevel: 7"
    assert shown(read(f"{STORY}\n\n{window}\n\n{STORY}")) == [
        "prose(1)",
        "box:",
        "  stanza:",
        "    [The gate is open.]",
        "    [Level: 3 -> 4]",
        "  stanza:",
        "    Name: Bettany Crake",
        "    Class: Clerk",
        "    Level: 7",
        "prose(1)",
    ]


def test_a_break_beside_a_window_is_no_edge_of_it() -> None:
    lines = f"{STORY}\n{STORY}\n***\n[You have died.]\n[Respawn in 3.]\n***\n{STORY}\n{STORY}\n"
    found = shown(read(lines))
    assert [line for line in found if line.startswith(("break", "box"))] == ["break ***", "box:", "break ***"]


def test_a_part_of_a_box_is_no_heading() -> None:
    box = "+----------------+\n| QUEST RECEIVED |\n+----------------+\n| Reward: 400 XP |\n+----------------+"
    book = read(f"Chapter 1\n\n{STORY}\n\n{box}\n\n{STORY}\n\nChapter 2\n\n{STORY}\n")
    assert sum(1 for _ in book.book.walk()) == 2


def test_a_drawn_box_is_one() -> None:
    box = "╔═══════════╗\n║ LEVEL UP  ║\n╠═══════════╣\n║ HP: 40    ║\n║ MP: 3     ║\n╚═══════════╝"
    assert shown(read(f"{STORY}\n\n{box}\n\n{STORY}")) == [
        "prose(1)",
        "box:",
        "  stanza:",
        "    LEVEL UP",
        "  stanza:",
        "    HP: 40",
        "    MP: 3",
        "prose(1)",
    ]


def test_drawn_columns_are_a_table() -> None:
    table = "+------+-------+\n| Stat | Value |\n+------+-------+\n| STR  | 12    |\n| DEX  | 9     |\n+------+-------+"
    assert shown(read(f"{STORY}\n\n{table}\n\n{STORY}")) == [
        "prose(1)",
        "table",
        "  Stat | Value",
        "  STR | 12",
        "  DEX | 9",
        "prose(1)",
    ]


def test_the_notes_of_a_table_are_no_poem_with_the_lines_around_them() -> None:
    """Each stands below the table that cites it, though other lines stand between them in the file."""
    parsed = read("+---+\n|W|\n|   |\nw[A][2]\no\n<\n[2]p\n\ne i\ns\n\n[FootnoteA]\nn\n")
    assert shown(parsed)[-7:] == ["p p", "stanza:", "  n", "break <", "stanza:", "  e i", "  s"]


def test_a_stanza_whose_first_line_is_nothing_but_a_mark() -> None:
    assert shown(read("m\n[\n[\n[\n[\n-----+\n[b]\n[\n[/b]"))[:2] == ["stanza:", "  m"]


@pytest.mark.parametrize("source", ["-- Rowan Hale", "-- old saying"])
def test_verse_above_its_source_opens_a_chapter_as_an_epigraph(source: str) -> None:
    motto = f"    The river takes no interest,\n    and keeps no book.\n        {source}"
    assert shown(read(f"Chapter 1\n\n{motto}\n\n{STORY}\n\nChapter 2\n\n{STORY}\n"))[1] == "epigraph:"


def test_verse_that_ends_with_speech_is_no_epigraph() -> None:
    song = '    The river takes no interest,\n    and keeps no book.\n    "No," -- said he.'
    assert "epigraph:" not in shown(read(f"Chapter 1\n\n{song}\n\n{STORY}\n\nChapter 2\n\n{STORY}\n"))


VERSE_PLAY = """\
ACT I

ADA.
How slow the ferry goes against the tide,
As if some hand had hold of it below,
And yet we come, and nobody has died.

BEN. [Within]
                Ada!

ADA.
                        Who calls?

BEN.
                                Nobody that you know.

ADA.
O most unlooked-for of my visitors!
Thou hast the manners of a garden gate.

BEN.
A gate that thou hast left upon the latch,
And so may any visitor come in.

[Exeunt severally.
"""


def test_short_speeches_of_a_play_in_verse_are_verse() -> None:
    said = shown(read(VERSE_PLAY))
    assert said[said.index("BEN. [Within]:") : -4] == [
        "BEN. [Within]:",
        "  stanza:",
        "    > > Ada!",
        "ADA.:",
        "  stanza:",
        "    > > > Who calls?",
        "BEN.:",
        "  stanza:",
        "    > > > > Nobody that you know.",
        "ADA.:",
        "  stanza:",
        "    O most unlooked-for of my visitors!",
        "    Thou hast the manners of a garden gate.",
        "BEN.:",
    ]
    assert said[-1] == "p (stage-direction) [Exeunt severally."


def test_short_speeches_of_a_play_in_prose_are_prose() -> None:
    told = "".join(
        f"ADA\nThere is a man outside\nwho says the tide is {n} days late.\n\nBEN\nTell him to wait.\nWe all do.\n\n"
        for n in (2, 3, 4)
    )
    assert "  p Tell him to wait. We all do." in shown(read(told))


def test_who_comes_and_goes_in_a_chat_with_the_hours_is_in_it() -> None:
    chat = "[09:14] odile: still there\n[09:14] ben: it is\n[09:15] odile: :(\n[09:15] * ben has left the chat\n[09:21] odile: typical"
    said = shown(read(f"{STORY}\n\n{chat}\n\n{STORY}"))
    assert said[1] == "chat:"
    assert "  p [09:15] * ben has left the chat" in said
    assert said[-3:-1] == ["  [09:21] odile::", "    p typical"]


def test_what_is_said_below_a_direction_in_brackets_is_no_direction() -> None:
    said = shown(read(VERSE_PLAY.replace("[Exeunt severally.", "[Enter Ben, wet.] He comes, and he is wet!")))
    assert said[-1] == "p [Enter Ben, wet.] He comes, and he is wet!"
    assert shown(read(VERSE_PLAY.replace("severally.", "severally.]")))[-1] == "p (stage-direction) [Exeunt severally.]"


def test_a_play_with_names_before_speeches_has_its_directions_and_songs_alike() -> None:
    turns = "\n\n".join(
        [
            "ODILE: Is it the goose that I hear, or is it the lockkeeper who has come home early again?",
            "BRAM: (aside) She knows.",
            "ODILE: [laughing] It bit me.",
            "BRAM: I (who never lie) say no. (He sits.) No.",
        ]
        * 3
    )
    song = "ODILE sings.\n\nODILE: Low lock, slow lock,\n    The barges wait in line;\nHigh lock, my lock,\n    And half of them are mine."
    play = f"SCENE 1\n\nA lock. Dusk. ODILE is feeding a goose.\n\n{turns}\n\n{song}\n\nBRAM: I like that one."
    second = f"SCENE 2\n\nThe same.\n\n{turns}"
    said = shown(read(f"The Goose\n\nA Play\n\nby Ida Marsh\n\n\n{play}\n\n\n{second}\n"))
    assert [line for line in said if "(stage-direction)" in line] == [
        "p (stage-direction) ODILE sings.",
    ]
    at = said.index("p (stage-direction) ODILE sings.")
    assert said[at + 1 : at + 7] == [
        "ODILE::",
        "  stanza:",
        "    Low lock, slow lock,",
        "    > > The barges wait in line;",
        "    High lock, my lock,",
        "    > > And half of them are mine.",
    ]
