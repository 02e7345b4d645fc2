"""Lines that the rules of Markdown would misread in a story: each is escaped, and none is added or taken away."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from converter.document.patterns import regex
from converter.parsers.markdown.set_in import set_in_code
from converter.parsers.markdown.tags import is_element
from converter.recognisers.lines.line_ends import ENDS

CITED = regex(r"\[\^([^\]\s<>]{1,40})\]")
RULE = regex(r" {0,3}([-*_=~])(?:[ \t]*\1){2,}[ \t]*$")
NUMBER = regex(r"( {0,3})(\d{1,9})([.)])([ \t]+\S)")
ALONE = regex(r"( {0,3}\d{1,4})([.)])[ \t]*$")  # a number: no list has an item without words
BETWEEN = regex(r"( {0,3})([*+-])([ \t]+[^\s*+-]{1,12}[ \t]+\2[ \t]*)$")  # a number, or a word, between dashes
FENCE = regex(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
BULLETS = regex(r"( {0,3})([*+-])(?:[ \t]+\2){2,}[ \t]+\S")  # a line drawn in signs, with words in it
PREFIX = regex(r"(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t])))*[ \t]*")
MARKER = regex(r">|[*+-]|\d{1,9}[.)]")
OPENS = regex(r"<(?:!--|[?]|!\[|/?([a-zA-Z][a-zA-Z0-9-]*))")
AUTOLINK = regex(r"<(?:[a-z][a-z0-9+.-]*://|(?:mailto|tel|news|doi|urn|magnet):|[^<>:@\s]+@)[^<>\s]*>", re.I)
DELIMITERS = regex(r"[ \t]*+(?=.*[|:])\|?[ \t]*+:?-+:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)*+\|?[ \t]*+$")
PIPE = regex(r"(?<!\\)\|")
END = regex(r"\n")
PRODUCT = regex(r"(?<=\d)\*(?=\d)")  # no stress: 2*3*4
LONGEST_FENCE = 40  # signs; a longer one is a line that is drawn
NESTING_LIMIT = 8  # quotations and lists in one another that a line begins
INDENT_LIMIT = 24  # columns of space before them; both are further than a story goes, and near enough for the parser


def lines_before(text: str, at: int) -> int:
    """How many lines of a text end before this place. Asked for many places of one text after the other."""
    return bisect_left(_ends(text), at)


@lru_cache(maxsize=1)
def _ends(text: str) -> list[int]:
    return [end.start() for end in END.finditer(text)]


def as_story(text: str) -> str:
    """The text with its lines escaped where Markdown would lose their words or take them for what they are not."""
    lines = text.split("\n")
    last = columns = -1
    fence = ""
    ends = _fence_ends(lines)
    comments_end = text.rfind("-->")
    code = set_in_code(lines)
    at = 0
    for i, line in enumerate(tuple(lines)):
        begin, at = at, at + len(line) + 1
        if i in code:
            continue
        marks = FENCE.match(line)
        if fence:
            fence = "" if marks and marks[1].startswith(fence) and not line[marks.end() :].strip() else fence
            continue
        if marks and ends.get(marks[1][0], {}).get(len(marks[1]), -1) > i:
            fence = marks[1]
            continue
        if marks:  # a fence that never ends would take the rest of the story with it
            lines[i] = line[: marks.start(1)] + "\\" + line[marks.start(1) :]
            continue
        if RULE.match(line) and i and ENDS.search(CITED.sub("", lines[i - 1]).rstrip()):
            lines[i] = "* * *"  # not a heading's underline
            continue
        kept, last = _numbered(_shallow(_bullets(_alone(lines, i))), last)
        row = kept.lstrip("> \t")
        if DELIMITERS.match(row) and i and "|" in lines[i - 1]:
            columns = _columns(row)
        elif columns > 0:
            columns = columns if row else 0
            kept = kept[: len(kept) - len(row)] + _no_surplus(row, columns)
        if "*" in kept:
            kept = PRODUCT.sub(r"\\*", kept)
        lines[i] = _no_markup(kept, comments_end > begin) if "<" in kept else kept
    return "\n".join(lines)


def _numbered(line: str, last: int) -> tuple[str, int]:
    """A line whose number begins no list and follows none is a sentence: "1986. That year". And the last number."""
    number = NUMBER.match(line)
    if number is None:
        return line, last
    value = int(number[2])
    if value in (0, 1, last + 1):
        return line, value
    return f"{number[1]}{number[2]}\\{number[3]}{line[number.end(3) :]}", last


def _fence_ends(lines: Sequence[str]) -> dict[str, dict[int, int]]:
    """The last line that ends a fence of this sign and length, for each: one as long as it, or longer."""
    last: dict[str, dict[int, int]] = {"`": {}, "~": {}}
    for number, line in enumerate(lines):
        marks = FENCE.match(line)
        if marks and not line[marks.end() :].strip():
            for length in range(3, min(len(marks[1]), LONGEST_FENCE) + 1):
                last[marks[1][0]][length] = number
    return last


def fenced(text: str) -> Iterator[tuple[int, int]]:
    """Where code between fences begins and ends."""
    fence, start, at = "", 0, 0
    lines = text.split("\n")
    ends = _fence_ends(lines)
    for number, line in enumerate(lines):
        marks = FENCE.match(line)
        if marks and not fence and ends[marks[1][0]].get(len(marks[1]), -1) > number:
            fence, start = marks[1], at
        elif marks and fence and marks[1].startswith(fence) and not line[marks.end() :].strip():
            yield start, at
            fence = ""
        at += len(line) + 1


def without_definitions(text: str, numbers: Iterable[int]) -> str:
    """The text with the brackets at the beginning of these lines (from 0) escaped: `[Kestrel]: Hello`."""
    lines = text.split("\n")
    for n in numbers:
        lines[n] = lines[n].replace("[", "\\[", 1)
    return "\n".join(lines)


def _alone(lines: Sequence[str], i: int) -> str:
    """A line; the sign behind a number that stands alone between blank lines, and the dash before one between dashes,
    escaped: both head a chapter, and no list begins there."""
    line = lines[i]
    if (i and lines[i - 1].strip()) or (i + 1 < len(lines) and lines[i + 1].strip()):
        return line
    if number := ALONE.match(line):
        return f"{number[1]}\\{number[2]}"
    between = BETWEEN.match(line)
    return f"{between[1]}\\{between[2]}{between[3]}" if between else line


def _bullets(line: str) -> str:
    bullet = BULLETS.match(line)
    return f"{bullet[1]}\\{line[bullet.end(1) :]}" if bullet else line


def _shallow(line: str) -> str:
    """A line with no more markers, and no more space before them, than the parser follows."""
    prefix = PREFIX.match(line)
    if prefix is None or len(prefix[0]) <= NESTING_LIMIT:
        return line
    markers = MARKER.findall(prefix[0])
    rest = line[prefix.end() :]
    if len(markers) <= NESTING_LIMIT:
        wide = len(prefix[0].expandtabs(4)) - len(markers) > INDENT_LIMIT
        return (
            " " * INDENT_LIMIT + line.lstrip() if wide and not markers else " ".join((*markers, rest)) if wide else line
        )
    over = [m if m[0] == ">" else f"\\{m}" if len(m) == 1 else f"{m[:-1]}\\{m[-1]}" for m in markers[NESTING_LIMIT:]]
    return " ".join(
        (*markers[:NESTING_LIMIT], "\\" + over[0].lstrip("\\") if len(over[0]) < 3 else over[0], *over[1:], rest)
    )


def _columns(line: str) -> int:
    return len(line.strip().strip("|").split("|"))


def _no_surplus(line: str, columns: int) -> str:
    """A table's row whose cells beyond the last column are parts of the last."""
    inner = [m.start() for m in PIPE.finditer(line) if line[: m.start()].strip() and line[m.end() :].strip()]
    for at in reversed(inner[columns - 1 :]):
        line = f"{line[:at]}\\{line[at:]}"
    return line


def _no_markup(line: str, closed: bool) -> str:
    """A line that begins a block of markup only with a tag that formats; a comment is one only when it is `closed`."""
    start = PREFIX.match(line)
    at = start.end() if start else 0
    opening = OPENS.match(line, at)
    tag = line[at : line.find(">", at) + 1] if opening else ""
    is_tag = opening is not None and bool(opening[1]) and is_element(tag, opening[1])
    if opening and not is_tag and not (opening[0] == "<!--" and closed) and not AUTOLINK.match(line, at):
        line = f"{line[:at]}\\{line[at:]}"
    if not closed and "<!--" in line:
        line = re.sub(r"(?<!\\)<!--", r"\\<!--", line)
    return line
