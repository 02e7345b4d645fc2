"""What stands below and around the story in a message: a mailing list's words and its sponsor's, marks of parts."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.parsers.text.lines.rows import estimate_words
from converter.parsers.text.systems.mail_heads import Lines
from converter.recognisers.vocabulary import either

FOOTER_WORDS = 150  # of a list's words below a story at most
OPENING = 3  # lines of a message in which it says where its headers are
_FOOTER = regex(rf"[\W_]{{0,60}}{either('mail', 'footers')}\b", re.I, 200)
_PART = either("mail", "part")
_NUMBER = rf"(?:(?:{_PART}\.? )?[\d/]{{1,7}}(?: {either('mail', 'of')} \d{{1,3}})?|{_PART} \w{{1,8}})"
_END = regex(rf"[\W_]{{0,6}}{either('mail', 'end_of')} {_NUMBER}[\W_]{{0,6}}", re.I, 80)
_HEADERS = regex(rf"[\W_]{{0,6}}{either('mail', 'headers')} {_NUMBER}[\W_]{{0,6}}", re.I, 80)


def footer_start(body: Lines) -> int:
    """The place of the line at which a list's own words begin, to the end of a message; its length where none do."""
    start, words = len(body), 0
    for at in range(len(body) - 1, -1, -1):
        line = body[at][1].strip()
        words += estimate_words(line) if line else 0
        if words > FOOTER_WORDS:
            break
        if _FOOTER.match(line):
            start = at
    return start


def marks_of_parts(body: Lines) -> set[int]:
    """The places of the lines that say at which part's end a reader is, or in which part's head to look."""
    told = [at for at, (_, line) in enumerate(body) if line.strip()]
    return {at for at in told[:OPENING] if _HEADERS.fullmatch(body[at][1].strip())} | {
        at for at in told[-OPENING:] if _END.fullmatch(body[at][1].strip())
    }
