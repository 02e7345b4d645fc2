"""On which side of a chat a speaker's turns stand: each keeps one, as on the telephone that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from converter.document.model import Block, Speech
from converter.document.patterns import regex
from converter.document.words import plain_text

TWO = 2  # speakers; more have no sides, their names tell them apart
_HOUR = regex(r"[\d\W_]*(?:[ap]m\b)?[\d\W_]*", within=200)


def sides(turns: Sequence[Block]) -> Mapping[str, str]:
    """The class of each speaker's turns, by `speaker_key`: "side-a" for who speaks first, "side-b" for who answers.
    Empty where not just two speak."""
    names = list(dict.fromkeys(speaker_key(turn) for turn in turns if isinstance(turn, Speech)))
    return dict(zip(names, ("side-a", "side-b"), strict=True)) if len(names) == TWO else {}


def speaker_key(turn: Speech) -> str:
    """Who speaks, without the hour before the name and the colon behind it."""
    name = plain_text(turn.speaker).casefold()
    hour = _HOUR.match(name)
    return name[hour.end() if hour else 0 :].strip(" :<>[]()")
