"""Address and date over a letter with which a text begins: they are the letter's, and name neither story nor author."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from converter.document.patterns import regex
from converter.recognisers.lines.dates import is_dateline, names_day
from converter.recognisers.lines.letters import GREETING_LONGEST, greets
from converter.recognisers.metadata.author_lines import signed_by
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.names import is_by

LONGEST_STREET = 100  # characters
MOST_LINES = 6  # over a greeting
LEAST_LINES = 2  # where no street is named: a day alone may be the title
STREET = regex(r"\d{1,4}[A-Za-z]?,? [^\W\d_][\w'’.]*(?: [^\W\d_][\w'’.]*){0,3}", within=LONGEST_STREET)


def greeting_in(lines: Sequence[str]) -> int | None:
    """The place of the greeting with which a letter begins among the first of these lines that are not blank; None
    where the text begins with anything else."""
    first = islice(filter(str.strip, lines), MOST_LINES + 1)
    return next((k for k, line in enumerate(first) if len(line) <= GREETING_LONGEST and greets(line.strip())), None)


def letterhead(lines: Sequence[str]) -> int:
    """How many of a text's first lines, blank ones not counted, are the head of a letter, down to its greeting: a
    street, or lines of which the first or the last is a day, without a blank line between them; 0 where there is none.
    """
    end = greeting_in(lines)
    if not end:
        return 0
    head = list(islice((line.strip() for line in lines if line.strip()), end))
    if any(is_by(line) or signed_by(line) or read_field(line) for line in head):
        return 0
    if STREET.fullmatch(head[0].partition(",")[0]):
        return end
    start = next(at for at, line in enumerate(lines) if line.strip())
    close = end >= LEAST_LINES and all(line.strip() for line in lines[start : start + end])
    return end if close and any(is_dateline(line) or names_day(line) for line in (head[0], head[-1])) else 0
