"""Lines of lists: points, boxes, labels, names, secrets; and whether lines tell something instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either

PROSE_WORDS = 8  # of a line that is told, and not listed
PROSE_SHARE = 0.25  # of the lines: what has so many that are told is a story
LISTED_WORDS = 12  # of a line in a list, at most
LABEL_WORDS = 4  # before a colon or a dash, at most
NAME_WORDS = 3  # of a name that stands in a list, at most
SECRET_LETTERS = range(5, 41)  # characters of a password
SECRET_WORDS = 4  # before it, at most
LONGEST_LINE = 200  # characters
_TOLD = regex(r"[.!?…][\"'”’»)*_]{0,3}\Z")
TOLD_END = 4  # characters of a line that it looks at
_BULLET = regex(r"(?:[-*+•·‣◦]|\d{1,2}[.)])\s+(?=\S)")
_TASK = regex(r"(?:[-*+•]\s*)?(?:\[[ xX✓✔]?\]|[☐☑☒✓✔])\s*\S")
_BOX = regex(r"(?:[-*+•]\s*)?(?:\[[ xX✓✔]?\]|[☐☑☒])\s+\S")
_LABEL = regex(r"([^\s:=–—][^:=–—]{0,50}?)(?:\s*[:=]|\s+[-–—])\s+(?=\S)", within=LONGEST_LINE)
_SECRET_WORD = regex(rf"\b{either('files', 'secret')}\b", re.I, LONGEST_LINE)
_PIN = regex(r"\d{4,16}\Z")


def are_told(lines: Sequence[str]) -> bool:
    """Whether enough of the lines tell something: many words, and the end of a sentence."""
    told = (line for line in lines if ends_told(line) and len(line.split(None, PROSE_WORDS)) >= PROSE_WORDS)
    least = PROSE_SHARE * len(lines)
    return any(number >= least for number, _ in enumerate(told, 1))


def ends_told(line: str) -> bool:
    """Whether a line ends as sentences do."""
    return _TOLD.search(line[-TOLD_END:]) is not None


def is_point(line: str) -> bool:
    """Whether a line is a point of a list: short, and no sentence; what is said behind dashes begins with a capital and
    ends as sentences do."""
    text = point_of(line)
    sentence = ends_told(text) and text[:1].upper() == text[:1]
    return text != "" and not sentence and is_short(text)


def point_of(line: str) -> str:
    """What stands behind the mark of a point or its number; "" where there is none."""
    mark = _BULLET.match(line)
    return line[mark.end() :] if mark else ""


def is_short(line: str) -> bool:
    """Whether a line has no more words than one of a list."""
    return len(line.split(None, LISTED_WORDS)) <= LISTED_WORDS


def is_task(line: str) -> bool:
    """Whether a line is something to do, with a box or a tick before it."""
    return _TASK.match(line) is not None


def has_box(line: str) -> bool:
    """Whether a line is something to do behind a box."""
    return _BOX.match(line) is not None


def label_of(line: str) -> str:
    """What stands before the colon or the dash of a line that says something of it: "ODILE - 34, organist"; "" where
    there is none."""
    found = _LABEL.match(line)
    return found[1] if found and len(found[1].split()) <= LABEL_WORDS else ""


def is_name(line: str) -> bool:
    """Whether a line is nothing but a name: few words, each with a capital, and no end of a sentence."""
    words = line.split()
    return 0 < len(words) <= NAME_WORDS and all(word[:1].isupper() for word in words) and words[-1][-1].isalpha()


def is_secret(line: str) -> bool:
    """Whether a line is a name with a password: "bank: hunter2x", "ada@example.org Gulls!99"."""
    sign = next((sign for sign in ":=|" if sign in line), " ")
    name, _, secret = (part.strip() for part in line.rpartition(sign))
    mixed = any(map(str.isdigit, secret)) and any(map(str.isalpha, secret))
    named = 0 < len(name.split()) <= SECRET_WORDS and (sign != " " or "@" in name)
    return named and mixed and " " not in secret and len(secret) in SECRET_LETTERS


def names_secret(line: str) -> bool:
    """Whether a line calls what it holds a secret: "bank pin 4411", "wifi: gulls99gulls"."""
    words = line.split()
    said = len(words) > 1 and _SECRET_WORD.search(line) is not None
    return said and len(words) <= SECRET_WORDS + 1 and (is_secret(line) or _PIN.match(words[-1]) is not None)
