"""The first page of a typescript: the author's name and address in a corner, the number of words in the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.document.patterns import regex
from converter.parsers.text.lines.rows import Row
from converter.recognisers.lines.dates import is_date
from converter.recognisers.lines.letterheads import STREET
from converter.recognisers.lines.letters import greets
from converter.recognisers.metadata.author_lines import signed_by
from converter.recognisers.metadata.fields import HeadFields
from converter.recognisers.metadata.names import clean_name, is_by, is_person
from converter.recognisers.metadata.translators import translator
from converter.recognisers.vocabulary import either

LEAST_LINES, MOST_LINES = 3, 9  # of the block
LONGEST_LINE = 100  # characters, with the corner on the right
CELLS = regex(r"(?<!\s)(?:\s{4,}|\t+)", within=LONGEST_LINE)  # what parts the corners
COUNTED = regex(
    rf"(?:{either('typescript', 'about')}\s*)?(\d[\d,. ]{{1,8}})\s*{either('typescript', 'words')}\.?"
    r"(?:\s*\([^()]{1,30}\))?",
    re.I,
    LONGEST_LINE,
)
CLASS_LINES = 5
LONGEST_TITLE = 16  # words; a line below of more is the story
_TEACHES = regex(rf"{either('typescript', 'teachers')}(?!\w)", re.I, LONGEST_LINE)
APART = 3  # blank lines below a block that has a street and nothing surer
RIGHTS = regex(rf"{either('typescript', 'rights')}.{{0,30}}", re.I, LONGEST_LINE)
REACHED = regex(  # a mail's address, a telephone's number, a postal code behind a town
    r"c/o\s.{2,60}|\S{1,40}@\S{1,40}\.\w{2,10}|\+?[\d(][\d\s().\-/]{6,18}\d|.{2,40}\s(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]{2}\s\d{5})|"
    r"\d{4,5}\s[^\W\d_].{1,40}",
    within=LONGEST_LINE,
)


def cells(text: str) -> list[str]:
    """What stands in the corners of a line: parts with wide space between them."""
    return [cell for part in CELLS.split(text) if (cell := part.strip())]


def running_head(rows: Sequence[Row]) -> int:
    """1 where the first of these rows is a typescript's running head: name, title and page number between strokes, or
    the name of the row below and a number; else 0."""
    if not rows:
        return 0
    parts = [p.strip() for p in rows[0].text.split("/")]
    if len(parts) > 1 and parts[-1].isdigit() and parts[0][:1].isalpha() and len(rows[0].text) <= LONGEST_LINE:
        return 1
    name, _, number = rows[0].text.rpartition(" ")
    below = cells(rows[1].text)[0] if len(rows) > 1 else ""
    return int(number.isdigit() and bool(name) and is_person(below) and name in below.split()[1:])


def take_address(rows: Sequence[Row], head: HeadFields, *, before_story: bool = False) -> list[Row]:
    """The rows of the block with which a typescript begins; [] where the first rows are none. What it says is added
    to `head`: the author (unless a byline follows, which is asked later and wins nothing over it), the words.
    `before_story`: what stands below the last of the rows is the story, and no title."""
    block = _first_block(rows)
    lines = [cell for row in block for cell in cells(row.text)]
    name = lines[0] if lines else ""
    if not LEAST_LINES <= len(block) < MOST_LINES or not is_person(name) or len(name.split()) < 2:
        return []
    if any(len(r.text) > LONGEST_LINE or r.text.endswith((".", "!", "?", "”", '"')) for r in block):
        return []
    below = rows[len(block)] if len(block) < len(rows) else None
    if _has_title(lines) and (_is_long(below) if below else before_story):
        return []
    if any(map(_is_of_title_page, lines)) or not _is_corner(lines, below):
        return []
    head.add("author", clean_name(name), block[0].line)
    for row in block:
        for cell in cells(row.text):
            if counted := COUNTED.fullmatch(cell):
                head.add("words", counted[1].strip(), row.line)
    return block


def _first_block(rows: Sequence[Row]) -> list[Row]:
    """The first rows up to a blank line, and no more than a corner has."""
    end = next((k for k, row in enumerate(rows[:MOST_LINES]) if k and row.gap), MOST_LINES)
    return list(rows[:end])


def _is_of_title_page(line: str) -> bool:
    """Whether a line says who wrote or translated a work: what stands above it is the title, and no name."""
    return is_by(line) or bool(signed_by(line)) or bool(translator(line))


def _has_title(lines: Sequence[str]) -> bool:
    """Whether lines may be a title, its author's name, and no more than what is said of the text and where the author
    is reached: where the story stands below them, the first is no name."""
    named = is_person(lines[1]) and len(lines[1].split()) > 1
    return named and all(is_date(line) or _is_sign(line, street=False) for line in lines[2:])


def _is_long(row: Row) -> bool:
    """Whether a row has more words than a title."""
    return len(row.text.split()) > LONGEST_TITLE


def _is_corner(lines: Sequence[str], below: Row | None) -> bool:
    """Whether lines below a name are those of a typescript's corner, or of an essay's; `below`: the row under them."""
    apart = below is not None and below.gap >= APART
    if any(_is_sign(cell, street=apart) for cell in lines[1:]):
        return True
    return not (below and greets(below.text)) and _is_of_a_class(lines)


def _is_of_a_class(lines: Sequence[str]) -> bool:
    """Whether these are the lines that schools ask for above an essay: name, teacher, class, date."""
    taught = [_TEACHES.match(line) is not None for line in lines[1:]]
    return len(lines) <= CLASS_LINES and any(taught) and (taught[-1] or is_date(lines[-1]))


def _is_sign(cell: str, *, street: bool) -> bool:
    """Whether what stands in a corner is of a typescript's: words counted, rights, where the author is reached; a
    street alone where the block stands far above the title."""
    signs = (COUNTED, REACHED, RIGHTS, STREET) if street else (COUNTED, REACHED, RIGHTS)
    return any(pattern.fullmatch(cell) for pattern in signs)
