"""Papers and talk in a story: telegrams, cuttings, quoted mail, chats, plays, windows; and words in brackets that stay."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import left_out, shown

TALE = "The mill had stood empty for a year when the miller's cat came back with a key in its mouth and would not say."
TOLD = f"p {TALE}"


def read(text: str) -> Parsed:
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


@pytest.mark.parametrize("words", ["[image attached]", "[picture]", "[Illustration: a mill]", "[image missing]"])
def test_words_in_brackets_are_the_story_s(words: str) -> None:
    for line in (words, f"He sent it. {words}", f"**ada:** {words}"):
        parsed = read(f"{TALE}\n\n{line}\n\n{TALE}\n")
        assert any(words in text for text in shown(parsed))
        assert left_out(parsed) == []


def test_in_a_library_s_text_they_are_places_of_pictures() -> None:
    start, end = (f"*** {word} OF THE PROJECT GUTENBERG EBOOK THE MILL ***" for word in ("START", "END"))
    parsed = read(f"{start}\n\n{TALE}\n\n[Illustration: a mill]\n\n{TALE}\n\n{end}\n")
    assert ("place of a missing picture", "[Illustration: a mill]") in left_out(parsed)
    assert shown(parsed) == [TOLD, TOLD]


def test_a_telegram_from_its_head_to_its_sender() -> None:
    text = "TELEGRAM\n\nHANDED IN AT WEIR 8.05\nTO MOSS THE MILL\nCAT FOUND STOP KEY LOST STOP COME AT ONCE STOP\nPELL"
    assert shown(read(f"{TALE}\n\n{text}\n\n{TALE}\n")) == [
        TOLD,
        "telegram:",
        *("  p TELEGRAM", "  stanza:", "    HANDED IN AT WEIR 8.05", "    TO MOSS THE MILL"),
        *("    CAT FOUND STOP KEY LOST STOP COME AT ONCE STOP", "    PELL"),
        TOLD,
    ]


def test_the_head_of_a_newspaper_and_a_sign_on_a_wall() -> None:
    head = "THE VALLEY OBSERVER\nMonday, 4 May 1896\nCAT RETURNS TO MILL"
    sign = "NOTICE\n\nTHIS MILL IS SHUT\nBY ORDER\ncats excepted"
    said = shown(read(f"1. The Cat\n\n{TALE}\n\n{head}\n\n{TALE}\n\n2. The Door\n\n{sign}\n\n{TALE}\n"))
    assert [line for line in said if line.endswith(":")] == ["document:", "sign:", "  stanza:"]
    assert "  p NOTICE" in said
    assert [line for line in said if line.startswith("#")] == [
        "# [chapter 1] 1. / The Cat",
        "# [chapter 2] 2. / The Door",
    ]


def test_mail_that_quotes_mail() -> None:
    said = shown(read(f"{TALE}\n\n> Did you see the cat?\n> I did not.\n>> Nobody did.\n\n{TALE}\n"))
    assert said == [
        TOLD,
        "quote:",
        *("  stanza:", "    Did you see the cat?", "    I did not."),
        *("  quote:", "    p Nobody did."),
        TOLD,
    ]


def test_a_quotation_with_its_source_opens_a_chapter() -> None:
    said = shown(read(f"Chapter 1\n\n> The wheel is slow.\n> -- a saying\n\n{TALE}\n\nChapter 2\n\n{TALE}\n"))
    assert said[1:3] == ["epigraph:", "  stanza:"]


def test_a_letter_signed_with_initials() -> None:
    said = shown(read(f"{TALE}\n\nDear Ida,\n\n{TALE}\n\nYours, by the sluice,\n\nB. P.\n\n{TALE}\n"))
    assert said[-3:] == ["  p (signature) Yours, by the sluice,", "  p (signature) B. P.", TOLD]


def test_the_days_of_a_diary() -> None:
    said = shown(read(f"The diary lay open.\n\nMay 4th.\n\n{TALE}\n\n{TALE}\n\n4 May was cold.\n\n{TALE}\n"))
    assert "p (dateline) May 4th." in said
    assert "p 4 May was cold." in said


CHAT = ["ida: are you up", "ben: no", "ida: the cat is back", "ben: which cat", "ida: THE cat"]


@pytest.mark.parametrize("name", ["{}:", "**{}:**"])
def test_a_chat_below_the_hour(name: str) -> None:
    lines = [line.replace(f"{line[:4]}", name.format(line[:3]), 1) for line in CHAT]
    said = shown(read(f"{TALE}\n\n**monday, 23:10**\n\n" + "\n".join(lines) + f"\n\n{TALE}\n"))
    assert said[1:6] == ["chat:", "  p (dateline) **monday, 23:10**", "  ida::", "    p are you up", "  ben::"]
    assert said[-1] == TOLD


PLAY = "IDA. Who is there?\n\nBEN. Nobody.\n\n" * 5


def test_a_play_s_cast_directions_and_songs() -> None:
    cast = "THE PERSONS\n\nIDA, a miller\nBEN, her brother\nA CAT\n\nACT ONE\n\n"
    tail = "Enter A CAT.\n\nIDA (rising). You!\n\nBEN. (softly) Hush. (He points.) Look.\n\nA CAT. (off)\n    Grind, grind,\n    never mind.\n\nCURTAIN\n"
    said = shown(read(f"{cast}A mill by night. The wheel stands.\n\n{PLAY}{tail}"))
    at = said.index("p (stage-direction) Enter A CAT.")
    assert said[at + 1 :] == [
        *("IDA (rising).:", "  p You!"),
        *("BEN.:", "  p (softly) Hush. (He points.) Look."),
        *("A CAT.:", "  p (stage-direction) (off)", "  stanza:", "    Grind, grind,", "    never mind."),
        "p (center) CURTAIN",
    ]
    assert said[said.index("  p IDA, a miller") - 1] == "-"


def test_a_sheet_between_rules_is_one_box() -> None:
    sheet = "--------------------\nName: Ida\nLevel: 4\nFlour: 12\n\nSkills:\n- Grinding (Lv. 2)\n- Silence (Lv. 9)\n--------------------"
    said = shown(read(f"{TALE}\n\n{sheet}\n\n{TALE}\n"))
    assert not [line for line in said if line.startswith("break")]
    assert said[1:] == [
        "box:",
        *("  stanza:", "    Name: Ida", "    Level: 4", "    Flour: 12"),
        "  p Skills:",
        *("  -", "    p Grinding (Lv. 2)", "  -", "    p Silence (Lv. 9)"),
        TOLD,
    ]


def test_messages_of_a_system_have_one_look() -> None:
    several = "<Quest: The Key>\n<Reward: flour>"
    said = shown(
        read(
            f"{TALE}\n\n[System: You are late.]\n\n{TALE}\n\n{several}\n\n[Later]\n\n{TALE}\n\n[Level up! 4]\n\n{TALE}\n"
        )
    )
    assert said.count("box:") == 3
    assert "p [Later]" in said or "    [Later]" in said
    alone = shown(read(f"{TALE}\n\n[System: You are late.]\n\n{TALE}\n"))
    assert "box:" not in alone


def test_empty_lines_part_scenes_where_another_chapter_has_signs() -> None:
    signed = f"Chapter 1\n\n{TALE}\n\n***\n\n{TALE}\n\n{TALE}\n\n"
    spaced = f"Chapter 2\n\n{TALE}\n\n{TALE}\n\n\n\n\n{TALE}\n\n{TALE}\n"
    assert [line for line in shown(read(signed + spaced)) if line.startswith("break")] == ["break ***", "break"]
    also = spaced.replace("\n\n\n\n\n", "\n\n\n\n\n***\n\n\n\n\n")
    assert [line for line in shown(read(signed + also)) if line.startswith("break")] == ["break ***", "break ***"]


@pytest.mark.parametrize("words", ["THE END", "Fin", "Koniec", "（完）", "Τέλος", "To be continued..."])
def test_the_line_that_closes_a_story(words: str) -> None:
    assert shown(read(f"{TALE}\n\n{TALE}\n\n{words}\n"))[-1] == f"p (center) {words}"
    assert f"p {words}" in shown(read(f"{TALE}\n\n{words}\n\n{TALE}\n\n{TALE}\n"))


def test_steps_of_verse_that_go_far_in() -> None:
    said = shown(
        read(
            f"{TALE}\n\n    Down\n               the\n                     slow\n                           wheel\n\n{TALE}\n"
        )
    )
    assert said[2:6] == ["  Down", "  > > the", "  > > > slow", "  > > > > wheel"]


CUTTING = (
    "THE HARBOUR ECHO",
    "9 October 1934",
    "MILL TO DROWN",
    'OWNER "MIFFED"',
    "From our own correspondent",
    "The Board said so.",
)


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        (CUTTING, ()),
        ((*CUTTING, '"It was a joke," said the owner.', "(Continued on page 7)"), ()),
        (("THE HARBOUR ECHO, 9 October 1934", "MILL TO DROWN", "The Board said so."), ('"Well," said Ida.',)),
    ],
)
def test_a_cutting_whose_parts_blank_lines_part(head: tuple[str, ...], rest: tuple[str, ...]) -> None:
    said = shown(read("\n\n".join((TALE, *head, *rest, TALE))))
    at = said.index("document:")
    assert [line.partition("p ")[2].removeprefix("(dateline) ") for line in said[at + 1 :]][: len(head)] == list(head)
    assert said[at + 1 + len(head) :] == [*(f"p {line}" for line in rest), f"p {TALE}"]


def test_capitals_without_a_day_are_no_cutting() -> None:
    said = shown(read("\n\n".join((TALE, "HE WAS RIGHT", "AND SHE KNEW IT", TALE, TALE))))
    assert "document:" not in said


def test_a_poster() -> None:
    said = shown(
        read(
            f"{TALE}\n\n{TALE}\n\nMISSING\n\nOne bell, bronze, very old\nAnswers to Great Tom\nApply to the Vicar\n\n{TALE}"
        )
    )
    assert said[2:4] == ["sign:", "  p MISSING"]


def test_a_line_in_capitals_that_the_sentence_above_announces() -> None:
    said = shown(read(f"{TALE}\n\nAnd below, in smaller letters:\n\nALSO HIS WIFE\n\n{TALE}"))
    assert said[2:4] == ["sign:", "  p ALSO HIS WIFE"]
    assert "sign:" not in shown(read(f"{TALE}\n\nHe shouted:\n\nRUN TO THE MILL!\n\n{TALE}"))


def test_messages_of_a_system_have_one_form_blank_lines_or_not() -> None:
    said = shown(
        read(
            "\n\n".join(
                (TALE, "[Ding!]", "[You are at level 2!]", TALE, "<<Warning: oil is low.>>", TALE, "[Later]", TALE)
            )
        )
    )
    assert said.count("box:") == 2
    assert "p [Later]" in said


@pytest.mark.parametrize(
    "lines",
    [
        "नदी बोली धीरे से,\nमैं रुकूँ तो कैसे रुकूँ,\nघाट पर दीपक जलता है",
        "春の川は流れて\n橋の下に船がある\n誰も乗らない",
        "قال النهر همسا\nكيف أقف هنا\nوالمصباح على الضفة",
    ],
)
def test_a_script_without_capitals_has_no_signs_in_capitals(lines: str) -> None:
    said = shown(read(f"{TALE}\n\n{TALE}\n\n{lines}\n\n{TALE}\n"))
    assert "sign:" not in said
    assert all(any(line in one for one in said) for line in lines.split("\n"))
