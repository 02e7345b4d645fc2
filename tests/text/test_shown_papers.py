"""Papers that a story shows without saying so: cuttings with one headline, signed notes, lists, logs with names in brackets."""

from __future__ import annotations

import pytest

from tests.text.test_letters import SAID, among

HEAD = "NINTH-FLOOR GOOSE REACHES GROUND"
NEWS = "HARROW COURT, Thursday. -- A goose of this block came down nine floors on foot."


@pytest.mark.parametrize(
    "below",
    [
        ["From our own correspondent", NEWS],
        ["Ida Marsh", "HULL (AP) — A goose came down."],
        ["HULL -- A goose came down."],
        ["Canal Street, Tuesday.--A goose came down."],
        ["HULL -- A goose of this block came down nine floors on foot" + ", and so did its brother" * 4 + "."],
        ["Canal Street, Tuesday.--A goose came down nine floors" + ", and so did its brother" * 4 + "."],
        ["Ida Marsh", "Harrow Court, 4 May — A goose came down."],
        ["By our Staff", "A goose of this block came down nine floors on foot."],
        ["Special to the Herald", "A goose came down."],
    ],
)
def test_a_headline_with_a_report_is_a_cutting(below: list[str]) -> None:
    said = among("\n\n".join(["He read it aloud.", HEAD, *below, "“Nine,” said Ruth."]))
    assert said[1:-1] == ["document:", f"  p {HEAD}", *(f"  p {line}" for line in below)]
    assert said[-1] == "p “Nine,” said Ruth."


@pytest.mark.parametrize(
    "below",
    [
        ["She ran -- as geese do -- to the lock."],
        ["Ida Marsh", "She ran to the lock."],
        ["Ruth, Tuesday's child -- She ran to the lock."],
        ["She ran on Tuesday, Thursday and Friday -- Ruth, that is."],
        ["“Hull,” she said -- and ran."],
    ],
)
def test_a_line_in_capitals_above_prose_is_none(below: list[str]) -> None:
    assert "document:" not in among("\n\n".join(["He read it aloud.", HEAD, *below]))
    assert "document:" not in among(f"He shouted.\n\nNO!\n\n{NEWS}")


@pytest.mark.parametrize("name", ["-- P.", "— Odile", "- O. B.", "–Odile Brandt", "~ O."])
@pytest.mark.parametrize("lines", [["Gone to roof.", "Back by six.", "Do NOT feed Gus."], ["Fed the goose."]])
def test_a_signed_note_keeps_its_lines(lines: list[str], name: str) -> None:
    said = among("\n".join([*lines, name]) + "\n\nShe put it back.")
    assert said[:-1] == ["stanza:", *(f"  {line}" for line in (*lines, name))]


@pytest.mark.parametrize("last", ["-- So he said.", "- No!", "-- Odile, too."])
def test_speech_in_lines_is_no_note(last: str) -> None:
    assert "stanza:" not in among(f"Gone to roof.\nBack by six.\n{last}")


def test_a_list_without_blank_lines_is_one() -> None:
    assert among("It was still there:\n\n- lift\n- parcel\n- knees") == [
        "p It was still there:",
        "-",
        "  p lift",
        "-",
        "  p parcel",
        "-",
        "  p knees",
    ]
    spoken = ["- Where is it?", "- On the roof.", "- Ah."]
    assert "-" not in among("\n".join(spoken))


def test_a_log_with_names_in_brackets_is_a_chat() -> None:
    log = ["[JUN]: are you awake", "[KESTREL]: no", "[JUN]: ok.", "[the ship]: six hours :("]
    for parted in ("\n\n", "\n"):
        said = among(parted.join(log))
        assert said[0] == "chat:"
        assert said[1:5] == ["  [JUN]::", "    p are you awake", "  [KESTREL]::", "    p no"]


@pytest.mark.parametrize(
    "lines",
    [["[Note]: wet.", "[Warning]: geese.", "[Hint]: run."], ["[JUN]: are you awake", SAID], ["[sic]: he wrote so."]],
)
def test_other_words_in_brackets_are_no_chat(lines: list[str]) -> None:
    assert "chat:" not in among("\n\n".join(lines))
