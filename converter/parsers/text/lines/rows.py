"""The lines of a text that are not blank, each with its indent and the blank lines before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.vocabulary import listed_words

TAB = 4  # columns
TERMINAL = regex(r"[.!?…:;。！？」』：；—–-][\"'”’»«“‘´`)\]}_*/~<>a-z]{0,6}\Z|[\"”»’]\Z")
LOWER = regex(r"[\"'“‘(\[_*/]{0,3}[^\W\d_A-Z]")

BEFORE_NAMES = tuple(listed_words("line_ends", "before_names"))  # no sentence ends so
SLACK = 3  # columns of grace at a line's end: hyphens and two spaces after a full stop
LONGEST_WORDS = 12  # characters a word, spaces counted, on the average of a line; more only where spaces are no custom
DOUBLE_ALONE = 0.9  # of the lines of a double-spaced text stand alone; all but the lines of a title page do
DOUBLE_RUN_ON = 0.2  # of single gaps fall inside a sentence there (measured 0.25 to 0.8); elsewhere below 0.05


class Row(NamedTuple):
    """One line with something on it. `line` counts from 1, `indent` in columns, `gap` = blank lines before it."""

    line: int
    text: str
    indent: int
    gap: int


def rows_of(text: str) -> list[Row]:
    """All lines of a decoded text that are not blank. A form feed counts as a gap of three lines."""
    return numbered_rows(enumerate(text.split("\n"), 1))


def numbered_rows(lines: Iterable[tuple[int, str]]) -> list[Row]:
    """Those of these lines, given with their numbers, that are not blank."""
    rows: list[Row] = []
    gap = 0
    for number, raw in lines:
        stripped = raw.strip()
        if not stripped:
            gap += 3 if "\f" in raw else 1
            continue
        if raw[0] == "\f":
            gap += 3
        lead = len(raw) - len(raw.lstrip())
        indent = 0
        if lead:
            for c in raw[:lead]:
                indent += TAB - indent % TAB if c == "\t" else 2 if c == "\u3000" else 1
        rows.append(Row(number, stripped, indent, gap))
        gap = 0
    return rows


def estimate_words(text: str) -> int:
    """About how many words a line has; half its characters where a script puts no spaces between words."""
    spaced = len(text.split()) if "   " in text else text.count(" ") + 1
    if text.isascii() or spaced > len(text) / LONGEST_WORDS:
        return spaced
    return max(spaced, len(text) // 2)


def may_end_paragraph(text: str) -> bool:
    """Whether a line may close a paragraph: final punctuation, with whatever marks are closed after it."""
    return bool(TERMINAL.search(text[-8:])) and not text.endswith(BEFORE_NAMES)


def starts_lower(text: str) -> bool:
    """Whether a line begins with a small letter, so that it continues what stood before."""
    m = LOWER.match(text)
    return bool(m) and text[m.end() - 1].islower() if m else False


def runs_on(before: str, after: str) -> bool:
    """Whether a line end between the two falls inside a sentence."""
    return not may_end_paragraph(before) or starts_lower(after)


def ended_on_purpose(a: Row, b: Row, width: int) -> bool:
    """The first word of the next line would have fitted: the line was ended on purpose."""
    word = b.text.split(None, 1)[0]
    return a.indent + len(a.text) + 1 + len(word) <= width - SLACK


def undouble(rows: list[Row]) -> tuple[list[Row], bool]:
    """Take one blank line out of every gap of a double-spaced text; says whether it was one."""
    if len(rows) < 20:
        return rows, False
    inner = rows[1:]
    alone = sum(r.gap > 0 for r in inner) / len(inner)
    if alone < DOUBLE_ALONE:
        return rows, False
    least = min((g for g in (1, 2, 3) if sum(r.gap == g for r in inner) > len(inner) / 3), default=0)
    pairs = [(a, b) for a, b in zip(rows, inner, strict=False) if b.gap == least]
    if not least or sum(not may_end_paragraph(a.text) and starts_lower(b.text) for a, b in pairs) < DOUBLE_RUN_ON * len(
        pairs
    ):
        return rows, False
    return [rows[0], *(r._replace(gap=max(0, r.gap - least)) for r in inner)], True
