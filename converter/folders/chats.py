"""Chats as programs write them down: who said what and when, line by line, from the first line on. A tale in the form
of a chat has a title over it, or is told in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.patterns import regex
from converter.folders.listed import are_told
from converter.recognisers.vocabulary import either

CHAT = "a chat that a program wrote down"
SHARE = 0.8  # of the lines that begin with a time
SAID = 0.5  # of the lines in which somebody says something
HEAD = 8  # lines among which a channel's export says what it is of
FEWEST = 2  # messages
LONGEST_LINE = 300  # characters
_TIME = r"\d{1,2}[:.]\d\d[^\]:]{0,12}(?::\d\d[^\]:]{0,6})?"
_STAMP = rf"\W{{0,3}}\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{2,4}},?\s+{_TIME}\]?[\s–-]{{1,4}}"
_RELAYED = r"\[?\d{1,2}:\d\d(?::\d\d)?\]?\s*<[^<>]{1,30}>"
_STAMPED = regex(rf"(?:{_STAMP}\S|{_RELAYED})", within=LONGEST_LINE)
_MESSAGE = regex(rf"(?:{_STAMP}[^:]{{1,40}}:|{_RELAYED})", within=LONGEST_LINE)
_SEALED = regex(rf"{_STAMP}.{{0,120}}{either('files', 'sealed')}", within=LONGEST_LINE)
_OF_CHANNEL = regex(r"\[\d{1,4}[-./]\d{1,2}[-./]\d{2,4},?\s+\d{1,2}:\d\d[^\[\]]{0,8}\]\s\S", within=LONGEST_LINE)
_RULE = regex(r"={6,200}\Z")
CHANNEL = ("guild:", "channel:")  # labels above the messages of a channel


def is_chat(lines: Sequence[str]) -> bool:
    """Whether a program wrote down who said what and when: from the first line on, without a title over it. Some lines
    are the program's own ("Wenna added Piet")."""
    if not _STAMPED.match(lines[0]):
        return False
    stamped = sum(_STAMPED.match(line) is not None for line in lines)
    said = sum(_MESSAGE.match(line) is not None for line in lines)
    return stamped >= SHARE * len(lines) and said >= SAID * len(lines)


def is_sealed_chat(lines: Sequence[str]) -> bool:
    """Whether it is such a chat, and its first line says that nobody else can read it: then the program's hand is
    certain, however it is told."""
    return bool(lines) and _SEALED.match(lines[0].casefold()) is not None and is_chat(lines)


def is_channel(lines: Sequence[str]) -> bool:
    """Whether lines are what a program saved of a channel: its name between two rules, then times with names, each
    above what was said, which is not told in sentences. A game that is played in writing may be."""
    if not lines or not _RULE.match(lines[0]):
        return False
    head = [line.casefold() for line in lines[1:HEAD]]
    if not all(any(line.startswith(label) for line in head) for label in CHANNEL):
        return False
    end = next((at for at, line in enumerate(lines) if at and _RULE.match(line)), 0)
    said = [line for line in lines[end + 1 :] if not _OF_CHANNEL.match(line)]
    return len(lines) - end - 1 - len(said) >= FEWEST and not are_told(said)
