"""Which lines begin a chapter, as a person types it: a pattern, or how such a line looks, with # for its number."""

from __future__ import annotations

import re

NUMBER, ANYTHING = "#", "…"
SIGNS = frozenset("\\^$[](){}*+?|")  # of patterns
WRONG = (  # the beginning of what Python says, and the same in plain words
    ("unterminated character set", "a bracket [ is opened and not closed"),
    ("missing ), unterminated", "a bracket ( is opened and not closed"),
    ("unbalanced parenthesis", "a bracket ) is closed that was not opened"),
    ("nothing to repeat", "a sign like *, + or ? has nothing before it"),
    ("multiple repeat", "two signs like *, + or ? follow each other"),
    ("bad escape", "a \\ stands before a letter with which it means nothing"),
    ("bad character range", "in [ ] a range runs backwards"),
)


def pattern_of(typed: str) -> str:
    """The pattern that somebody means: "Day #" are the lines that begin with Day and a number."""
    if SIGNS & set(typed) or not ({NUMBER, ANYTHING} & set(typed)) or not set(typed) - {NUMBER, ANYTHING, " "}:
        return typed
    means = {NUMBER: r"\d+\b", ANYTHING: ".*"}
    return "^" + "".join(means.get(sign, sign if sign in " '" else re.escape(sign)) for sign in typed)


def what_is_wrong(pattern: str) -> str:
    """What is wrong with the signs of a pattern, in plain words; "" for nothing."""
    try:
        re.compile(pattern)
    except re.error as error:
        plain = next((plain for said, plain in WRONG if error.msg.startswith(said)), "its signs can't be understood")
        return f"“{pattern}” is no pattern: {plain}. Write it as Day #, where # stands for a number."
    return ""
