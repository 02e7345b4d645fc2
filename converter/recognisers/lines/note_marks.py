"""The sign by which a text cites a note, the way back from the note, and how authors of pages call either."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either

MARK_LETTERS = 12
BACK_LETTERS = 40
_ARROWS = "↑↩⏎⤴↵←^"
NAMES_LETTERS = 2_000  # of the classes, ids and addresses of a link
_MARK = regex(
    r"[\[({]?\s*(?:\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§¶]{1,4}|"
    rf"{either('notes_lists', 'mark')}\s?\d{{1,3}})\s*[\])}}]?",
    re.I,
    MARK_LETTERS,
)
_SIGN = regex(r"[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?", re.I, MARK_LETTERS)
_BACK = regex(rf"[{_ARROWS}]\ufe0e?|\[?{either('notes_lists', 'way_back')}\]?", re.I, BACK_LETTERS)
_FIGURE = regex(r"\d")
_NUMBERED = regex(
    rf"(?<!\w){either('notes_lists', 'by_number')}\s?(?:no\.?|nr\.?|n\.?[°º]|№)?\s?\[?(\d{{1,4}})(?!\w)", re.I
)
_NAMED = regex(r"footnote|noteref|fnref|endnote|footref|fnanchor|ftnref", re.I, NAMES_LETTERS)


def is_mark(text: str) -> bool:
    """Whether a link's words are the sign of a note: "1", "[12]", "*", "fn3"."""
    return _MARK.fullmatch(text) is not None


def is_sign_of_note(text: str) -> bool:
    """Whether the words beside a note are only its sign, with or without an arrow back: "[←1]", "2."; or nothing."""
    bare = text.strip(f"[](){{}}.: {_ARROWS}\ufe0e")
    return not bare or (len(bare) <= MARK_LETTERS and is_mark(bare))


def is_short_mark(text: str) -> bool:
    """Whether a link's words are the sign of a note, and not more than a number or a letter."""
    return _SIGN.fullmatch(text) is not None


def stands_apart(mark: str) -> bool:
    """Whether a sign shows by itself that it is no word of the sentence: it has brackets, or is a star or a dagger."""
    return mark[:1] in tuple("[({*†‡§")


def leads_back(text: str) -> bool:
    """Whether the words of a link in a note lead back to where the note is cited: "↩", "[back]"."""
    return _BACK.fullmatch(text) is not None


def names_note(names: str) -> bool:
    """Whether the classes, ids and addresses of a link say that it cites a note, or belongs to one."""
    return _NAMED.search(names) is not None


def notes_named(text: str) -> set[int]:
    """The numbers of notes that a text names: "(But see note 3.)" is 3."""
    return {int(number) for number in _NUMBERED.findall(text)} if _FIGURE.search(text) else set()
