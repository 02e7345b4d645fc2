"""Whether several people tell a thread's story in turn, or one tells it and the others speak of it."""

from __future__ import annotations

import pytest

from converter.recognisers.lines.turns import Post, Turns, turns

OSK = (
    "The lantern went out before anybody had reached the stair, and Osk counted the steps aloud so that the others "
    "would know where he stood. Nobody answered him. Below, the water had begun to talk to itself again."
)
MIREL = (
    "Mirel did not count. She went down on her hands and knees, felt along the wall for the iron ring, and found a "
    "hand there already, cold as the wall was. “Osk,” she said, “tell me that this is yours.”"
)
TALK = (
    "{} I had to read the part with the stairs three times before I saw what the water was doing, and then I went back "
    "to the beginning and read all of it again, with the light on, which is not a thing that I do in June."
)
REACTIONS = [
    "Great chapter!",
    "Thanks for the update.",
    "Wickman, what a start.",
    "@Wickman how?",
    "Your story scares me.",
    "Tolles Kapitel!",
    "Quel beau chapitre, vivement la suite !",
    "Wickman wrote: it was dark.",
]


def thread(*said: str) -> list[Post]:
    return [Post(who, text) for who, text in zip(("Wickman", "Mossy", "Grue", "Sal"), said, strict=False)]


def test_posts_as_long_as_the_first_that_tell() -> None:
    assert turns(thread(OSK, MIREL, OSK)) == Turns(together=True, like_story=2)


@pytest.mark.parametrize("reaction", REACTIONS)
def test_what_speaks_of_the_story_tells_nothing(reaction: str) -> None:
    assert turns(thread(OSK, TALK.format(reaction))) == Turns(together=False, like_story=0)


def test_short_posts_between_chapters_are_no_turns() -> None:
    assert not turns(thread(" ".join([OSK] * 9), MIREL, OSK)).together


def test_most_of_the_others_must_tell() -> None:
    answers = [Post("Grue", "More of this, please!"), Post("Sal", "Is the boy all right?")]
    assert turns([*thread(OSK, MIREL), *answers]) == Turns(together=False, like_story=1)


@pytest.mark.parametrize("title", ["[RP] The Cistern", "The Cistern (Round Robin)", "Rollenspiel: Die Zisterne"])
def test_a_title_that_says_so(title: str) -> None:
    assert turns(thread(OSK, "She nods.", "He does not."), title).together


def test_a_thread_of_one_writer_or_of_nobody() -> None:
    assert not turns([Post("Wickman", OSK), Post("Wickman", MIREL)]).together
    assert not turns([Post("Wickman", OSK), Post("", MIREL)]).together
