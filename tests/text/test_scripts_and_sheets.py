"""Scripts for radio and screen, sheets of a game between rules, messages of systems and of chats: none heads a chapter."""

from __future__ import annotations

import pytest

from converter.document.words import plain_text
from tests.pages.making import shown
from tests.text.test_verse_and_lines import STORY, read


def headings(text: str) -> list[str]:
    return [plain_text((*c.label, *c.title)) for c in read(text).book.chapters]


def test_what_is_heard_first_is_no_title_of_a_scene() -> None:
    scene = "SOUND: {}\n\nPEG:       Who is it?\n\nMERCER:    Nobody who would knock so late, and with a\n           lamp in his hand.\n\nPEG:       Oh.\n\nMERCER:    Quite."
    text = f"SCENE ONE\n\n{scene.format('WIND.')}\n\nSCENE TWO\n\n{scene.format('A DOOR.')}"
    assert headings(text) == ["SCENE ONE", "SCENE TWO"]
    assert "  p Nobody who would knock so late, and with a lamp in his hand." in shown(read(text))


SCREEN = """THE QUIET LAMP

by Ada Thorn

FADE IN:

INT. LAMP ROOM - NIGHT - 2 A.M.

The wick is out. One KEEPER, asleep over the log with a cup of
something at his elbow.

                         NESS
               (waking him)
          It's out.

                         KEEPER
          It never is.

He climbs the ladder with the oil can in one hand and the box of
matches between his teeth.

                         NESS
          Mind the third rung. It was never any
          good, and you know it.

EXT. GALLERY - CONTINUOUS

The bell rings. Nobody has rung it.

                         KEEPER
          Who's there?

                         NESS
          The tide."""


def test_the_places_of_a_script_are_its_scenes() -> None:
    said = shown(read(SCREEN))
    scenes = ["h1 INT. LAMP ROOM - NIGHT - 2 A.M.", "h1 EXT. GALLERY - CONTINUOUS"]
    assert [line for line in said if line.startswith(("#", "h1"))] == scenes  # they divide no book
    assert "p The wick is out. One KEEPER, asleep over the log with a cup of something at his elbow." in said
    assert "p FADE IN:" in said


def test_rules_around_a_sheet_are_its_frame() -> None:
    text = f"{STORY}\n\nStatus\n———\nName: Ann Brandt\nLevel: 2\nOil: 11 / 14\n———\n\n{STORY}"
    assert not [line for line in shown(read(text)) if line.startswith("break")]
    apart = f"{STORY}\n\n———\n\nName: Ann Brandt\nLevel: 2\nOil: 11 / 14\n\n{STORY}"
    assert [line for line in shown(read(apart)) if line.startswith("break")]


def test_messages_of_a_system_head_nothing() -> None:
    text = f"Chapter 1\n\n{STORY}\n\n【Class amended: Keeper】\n\n{STORY}\n\nChapter 2\n\n【Skill unlocked: Oil】\n【It burns.】\n\n{STORY}"
    assert headings(text) == ["Chapter 1", "Chapter 2"]
    assert headings(f"【Chapter 1】\n\n{STORY}\n\n【Chapter 2】\n\n{STORY}") != []


def test_messages_with_day_and_hour_are_a_chat() -> None:
    said = [("Joe", "its me"), ("Nan", "Who is this"), ("Joe", "Joe"), ("Nan", "Too late"), ("Joe", "NAN")]
    text = "\n".join(f"14/06/2019, 18:0{k} - {name}: {words}" for k, (name, words) in enumerate(said))
    assert headings(text) == [""]
    assert shown(read(text))[0] == "chat:"


@pytest.mark.parametrize("mark", "*_/")
def test_lines_each_in_marks_are_a_song(mark: str) -> None:
    song = f"{mark}I saw you at the landing{mark}\n{mark}there's a slow boat after all,{mark}"
    assert "stanza:" in shown(read(f"{STORY}\n\n{song}\n\n{STORY}"))


def test_days_and_months_head_a_diary() -> None:
    days = ["3/11 on the quay", "4/11 same boat!!", "6/11 48 lamps", "7/11 later, in bed"]
    assert headings("\n\n".join(f"{day}\n\n{STORY}" for day in days)) == days


def test_paragraphs_that_only_their_last_lines_part() -> None:
    lines = (
        "THE LAMP\nA Country Tale by Ada Thorn\nCHAPTER ONE\nThe lamp had been burning since four o'clock, and since three, and on\n"
        "one occasion since a quarter to midnight, and the island was of the\nopinion that it could not go on.\n"
        '"He is not well," said the eldest of them, who had kept the oil for\nall of three winters.\n'
        '"He is not asleep, either," said a young one. "He does it because we\nget up."\n'
        "There was a silence in the boathouse while this was thought about and\nnot answered, and several of them found that it\nwent "
    )
    text = lines.removesuffix("went ").replace("that it\n", "that it went\nround.\n")
    text += "At last the old one proposed that nobody should get up.\n" * 1 + text.partition("CHAPTER ONE\n")[2]
    said = shown(read(text))
    assert (
        "p The lamp had been burning since four o'clock, and since three, and on one occasion since a quarter to midnight, and the island was of the opinion that it could not go on."
        in said
    )
    assert 'p "He is not asleep, either," said a young one. "He does it because we get up."' in said


def test_japanese_lines_that_end_sentences_are_paragraphs() -> None:
    prose = "　灯台の明かりがついた。\n　誰がつけたのか、島の者は知らない。\n「潮がつけたのです」と、老婆が言った。\n「潮は何も言いません」\n　船が着いた。"
    text = "\n\n".join(
        f"第{n}話　灯台\n\n【前書き】\nはじめまして、ゆずと申します。\n\n{prose}\n\n【後書き】\n読んでくださってありがとうございます。"
        for n in "123"
    )
    said = shown(read(text))
    assert "p 灯台の明かりがついた。" in said
    assert "stanza:" not in said
    assert said.count("note-before:") == said.count("note-after:") == 3


def test_a_rule_with_letters_beside_a_sheet_is_a_break() -> None:
    text = f"{STORY}\n\n--- oOo ---\nName: Ann Brandt\nLevel: 2\nOil: 11 / 14\n\n{STORY}"
    assert [line for line in shown(read(text)) if line.startswith("break")]


def test_a_time_below_the_title_presents_nothing() -> None:
    parsed = read(f"The Quiet Lamp\n\nPresent\n\n{STORY}\n\nPast\n\n{STORY}")
    assert parsed.book.metadata.title == "The Quiet Lamp"
