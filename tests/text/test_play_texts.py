"""Plays in plain text: who speaks when the speech looks like a name, the list of a cast, the fall of the curtain."""

from __future__ import annotations

import pytest

from tests.pages.making import shown
from tests.text.test_verse_and_lines import read

TURNS = [f"{name}. It is {word} dark." for word in ("very", "not", "too", "so") for name in ("SIR HUGO", "MISS PRYCE")]


def played(*rest: str, before: str = "") -> list[str]:
    return shown(read("\n\n".join([*([before] if before else []), *TURNS, *rest])))


@pytest.mark.parametrize(
    "said",
    [
        "The Rev. Dr. Ash, M.A., had an opinion about that.",
        "Mr. Ash. Dr. Moss. They are here.",
        "St. Ives. We went to St. Ives.",
        "I. R. Moss is late.",
    ],
)
@pytest.mark.parametrize("manner", ["", "(rising) "])
def test_a_speech_that_begins_with_a_name_is_one(said: str, manner: str) -> None:
    assert played(f"SIR HUGO. {manner}{said}")[-2:] == ["SIR HUGO.:", f"  p {manner}{said}"]


@pytest.mark.parametrize("told", ["Sir Hugo. The Rev. Dr. Ash left.", "The Rev. Dr. Ash, M.A., comes in."])
def test_what_no_speaker_says_is_no_speech(told: str) -> None:
    assert played(told)[-1] == f"p {told}"


def test_a_cast_is_a_list_also_where_its_names_are_longer() -> None:
    cast = ["SIR HUGO BLENCH, a baronet", "MISS AMITY PRYCE, a passenger", "A GOOSE"]
    said = played(
        before="The Station\n\nby Ida Marsh\n\nDRAMATIS PERSONAE\n\n"
        + "\n".join(cast)
        + "\n\nSCENE: A waiting-room.\n\nNobody is there.\n\nACT ONE"
    )
    assert said[1:9] == [
        "-",
        f"  p {cast[0]}",
        "-",
        f"  p {cast[1]}",
        "-",
        f"  p {cast[2]}",
        "p (stage-direction) SCENE: A waiting-room.",
        "p Nobody is there.",
    ]


@pytest.mark.parametrize("head", ["CHARACTERS", "Dramatis Personae", "PERSONS OF THE PLAY:", "Cast"])
def test_a_cast_has_a_head_and_no_speech(head: str) -> None:
    cast = ["SIR HUGO, a baronet", "MR. PRYCE, an inspector", "VOICE of the Mayor, off", "A BOY"]
    front = f"The Station\n\nby Ida Marsh\n\n{head}\n\n" + "\n".join(cast) + "\n\nACT ONE"
    said = played("BOY. Mrs. Pryce! Mrs. Pryce!", "VOICE. What?", before=front)
    listed = [line for entry in cast for line in ("-", f"  p {entry}")]
    at = said.index("-")
    assert said[at - 1].startswith("# [front]")
    assert said[at - 1].endswith(head)
    assert said[at : at + len(listed)] == listed
    assert said[-4:] == ["BOY.:", "  p Mrs. Pryce! Mrs. Pryce!", "VOICE.:", "  p What?"]


SHORT = (
    "AGNES. It is open.",
    "MR. PELL. I have come about the clock.",
    "AGNES. Sit down, then.",
    "PELL. Where?",
)


def test_a_short_play_has_speeches_where_its_cast_says_who_speaks() -> None:
    front = "The Clock\n\nby Ida Marsh\n\nCHARACTERS\n\nAGNES, its keeper\nMR. PELL, an inspector\n\nSCENE 1"
    scene = shown(read("\n\n".join([front, "The clock room.", *SHORT])))
    assert [line for line in scene if line.endswith(":")] == ["AGNES.:", "MR. PELL.:", "AGNES.:", "PELL.:"]


def test_so_few_turns_are_none_where_no_cast_says_so() -> None:
    assert not any(line.endswith(".:") for line in shown(read("\n\n".join(["The Clock", "by Ida Marsh", *SHORT]))))


def test_a_list_of_characters_makes_no_play_of_a_story() -> None:
    front = "The Clock\n\nby Ida Marsh\n\nCharacters\n\nAgnes, its keeper\nPell, an inspector"
    told = [f"{name}. {s}" for name, s in (("Agnes", "The keeper."), ("Pell", "Of all people."))]
    prose = [f"It was dark, and nobody had come about the clock on day {k}." for k in range(12)]
    assert not any(line.endswith(".:") for line in shown(read("\n\n".join([front, *prose, *told]))))


def test_lines_that_name_nobody_who_speaks_are_no_cast() -> None:
    front = "The Station\n\nby Ida Marsh\n\nDRAMATIS PERSONAE\n\nTHE OLD STATION, a ruin\nA CLOCK\n\nACT ONE"
    assert "-" not in played(before=front)


@pytest.mark.parametrize("words", ["CURTAIN", "Curtain.", "The curtain falls.", "SLOW CURTAIN", "BLACKOUT"])
def test_the_curtain_falls_in_the_middle(words: str) -> None:
    assert played(words)[-1] == f"p (center) {words}"


@pytest.mark.parametrize("words", ["(Curtain.)", "Curtain up on the same room, an hour later.", "Exit SIR HUGO."])
def test_other_directions_stand_as_directions(words: str) -> None:
    assert played(words)[-1] == f"p (stage-direction) {words}"
