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


def test_lines_that_name_nobody_who_speaks_are_no_cast() -> None:
    front = "The Station\n\nby Ida Marsh\n\nDRAMATIS PERSONAE\n\nTHE OLD STATION, a ruin\nA CLOCK\n\nACT ONE"
    assert "-" not in played(before=front)


@pytest.mark.parametrize("words", ["CURTAIN", "Curtain.", "The curtain falls.", "SLOW CURTAIN", "BLACKOUT"])
def test_the_curtain_falls_in_the_middle(words: str) -> None:
    assert played(words)[-1] == f"p (center) {words}"


@pytest.mark.parametrize("words", ["(Curtain.)", "Curtain up on the same room, an hour later.", "Exit SIR HUGO."])
def test_other_directions_stand_as_directions(words: str) -> None:
    assert played(words)[-1] == f"p (stage-direction) {words}"
