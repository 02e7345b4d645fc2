"""What is not the story: headers and licences of digital libraries, credits of transcribers, missing pictures."""

from __future__ import annotations

from typing import NamedTuple

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.parsers.items.chats import is_said
from converter.parsers.text.lines.rows import Row
from converter.recognisers.lines.library import (
    PICTURE_PLACE,
    caption_in,
    is_credit,
    is_end,
    is_licence,
    is_old_start,
    is_start,
    is_transcribers_note,
    speaks_as_library,
    title_and_author,
)

HEADER, TRAILER = FRAMES = ("library header", "library licence")
MARK_RULE = "library mark"
MARKS_LIMIT = 4  # in the midst of a story; more are how its lines look
PROSE, STORY = 15, 30  # words of a block that is no heading; words of such blocks that are no library's
HEADER_ROWS = 600  # of the file, or a quarter of it: the old small print alone runs over 250 lines
CREDITS_WITHIN = 30  # rows after the library's header; measured: at most 12
PICTURE_RULE = "place of a missing picture"
CAPTION_WIDTH = 72  # columns in the middle of which a caption stands, as in the pages of such libraries
PICTURE_ROWS = 8  # a caption runs over this many lines at most


class Stripped(NamedTuple):
    """The story's rows, the header's rows, and what was left out. `named` holds title and author of the end line."""

    rows: list[Row]
    header: list[Row]
    omissions: list[Omission]
    named: tuple[str, str] = ("", "")
    inside: tuple[int, ...] = ()  # lines of a library's marks that stand in the midst of the story


def strip_boilerplate(rows: list[Row], name: str) -> Stripped:
    """Take the library's header and licence off, and the transcriber's credits. Linear in the rows."""
    omissions: list[Omission] = []
    whole = rows
    rows, inside = _without_false_marks(rows, name, omissions)
    start, header_end = _start(rows)
    end = _end(rows, header_end)
    header = rows[:header_end]
    if header:
        omissions.append(_omit(HEADER, header, name))
    if end < len(rows):
        omissions.append(_omit(TRAILER, rows[end:], name))
    body = rows[header_end:end]
    named = _named(header) or _named(rows[end : end + 3]) or ("", "")
    if start or end < len(rows):
        body = _credits(body, name, omissions)
        body = _pictures(body, name, omissions)  # in any other text "[image attached]" may be what somebody says
    if len(body) < len(rows) and not any(c.isalnum() for r in body for c in r.text):
        return Stripped(whole, [], [])  # the story speaks of such lines: nothing is left to be framed by them
    return Stripped(body, header, omissions, named, inside)


def _without_false_marks(rows: list[Row], name: str, omissions: list[Omission]) -> tuple[list[Row], tuple[int, ...]]:
    """The rows without marks that frame nothing of a library's: what stands beyond them tells a story. A mark is left
    out by name; its lines are given, too."""
    marks = [i for i, r in enumerate(rows) if "*" in r.text and (is_start(r.text) or is_end(r.text))]
    false = [i for i in marks if _tells(rows[:i] if is_start(rows[i].text) else rows[i + 1 :])]
    if not false or len(false) > MARKS_LIMIT:
        return rows, ()
    omissions.extend(Omission(MARK_RULE, rows[i].text, Origin(name, rows[i].line)) for i in false)
    gone = set(false)
    return [r for i, r in enumerate(rows) if i not in gone], tuple(rows[i].line for i in false)


def _tells(rows: list[Row]) -> bool:
    """Whether these rows tell a story, and are no library's header or licence: prose without a word of theirs."""
    words = talk = size = 0
    library = False
    for row in (*rows, None):
        if row is None or row.gap:
            if size > PROSE:
                words, talk = words + size, talk + size * library
            size, library = 0, False
        if row is not None:
            size += row.text.count(" ") + 1
            library = library or speaks_as_library(row.text)
    return words - talk > STORY and words - talk > talk


def _start(rows: list[Row]) -> tuple[bool, int]:
    begin = 0
    for i, row in enumerate(rows[: max(HEADER_ROWS, len(rows) // 4)]):
        if "*" not in row.text and "SMALL PRINT" not in row.text.upper():
            continue
        if is_start(row.text):
            begin = i + 1
            if row.text.count("***") < 2:  # the line goes on
                while begin < len(rows) and rows[begin].gap == 0 and "***" not in rows[begin - 1].text[3:]:
                    begin += 1
        elif is_old_start(row.text):
            begin = i + 1
    return bool(begin), begin


def _end(rows: list[Row], after: int) -> int:
    for i in range(max(after, len(rows) // 2), len(rows)):
        if is_end(rows[i].text) or is_licence(rows[i].text):
            return i
    return len(rows)


def _named(rows: list[Row]) -> tuple[str, str] | None:
    for i, row in enumerate(rows[:4]):
        text = row.text
        if i + 1 < len(rows) and rows[i + 1].gap == 0 and not is_start(rows[i + 1].text):
            text = f"{text} {rows[i + 1].text}"
        for candidate in (text, row.text):
            if named := title_and_author(candidate):
                return named
    return None


def _credits(rows: list[Row], name: str, omissions: list[Omission]) -> list[Row]:
    """Blocks of credit in the first rows, and transcriber's notes at either end."""
    out: list[Row] = []
    block: list[Row] = []
    i = 0
    while i < len(rows):
        block_end = i + 1
        while block_end < len(rows) and rows[block_end].gap == 0:
            block_end += 1
        early = i < CREDITS_WITHIN
        late = i > len(rows) - 2 * CREDITS_WITHIN
        if (early and is_credit(rows[i].text)) or ((early or late) and is_transcribers_note(rows[i].text)):
            if is_transcribers_note(rows[i].text) and block_end - i == 1:
                while block_end < len(rows) and rows[block_end].gap <= 1 and block_end - i < CREDITS_WITHIN:
                    block_end += 1
            block = rows[i:block_end]
            omissions.append(_omit("transcriber's note", block, name))
        else:
            out.extend(rows[i:block_end])
        i = block_end
    return out


def _pictures(rows: list[Row], name: str, omissions: list[Omission]) -> list[Row]:
    """Places of pictures that are not there: `[Illustration: a ship]`, also inside a paragraph or over several rows.
    What a picture of the printed book had below it, somebody's words or a sentence, stays as a line in the middle."""
    out: list[Row] = []
    i = 0
    carried = 0
    while i < len(rows):
        row = rows[i]
        if "[" not in row.text:
            out.append(row._replace(gap=max(row.gap, carried)) if carried else row)
            carried = 0
            i += 1
            continue
        text, used = row.text, 1
        while (
            used < PICTURE_ROWS
            and text.rfind("[") > text.rfind("]")
            and i + used < len(rows)
            and PICTURE_PLACE.match(text + "]")
            and "[" not in rows[i + used].text.partition("]")[0]
        ):
            text += " " + rows[i + used].text
            used += 1
        m = PICTURE_PLACE.search(text)
        if not m or is_said(text, m.start()):  # "ada: [image]" says who sent it
            out.append(row._replace(gap=max(row.gap, carried)) if carried else row)
            carried = 0
            i += 1
            continue
        if captioned := caption_in(text):
            before, caption, behind = captioned
            omissions.extend(Omission(PICTURE_RULE, part, Origin(name, row.line)) for part in (before, behind))
            indent = max(0, (CAPTION_WIDTH - len(caption)) // 2)
            out.append(Row(row.line, caption, indent, max(row.gap, carried)))
            carried = 0
            i += used
            continue
        omissions.append(Omission(PICTURE_RULE, m[0].strip(), Origin(name, row.line)))
        joint = " " if text[: m.start()][-1:].isalnum() else ""
        rest = (text[: m.start()] + joint + text[m.end() :]).strip()
        if rest:
            out.append(Row(row.line, rest, row.indent, max(row.gap, carried)))
            carried = 0
        else:
            carried = max(carried, row.gap)
        i += used
    return out


def _omit(rule: str, rows: list[Row], name: str) -> Omission:
    return Omission(rule, "\n".join(r.text for r in rows), Origin(name, rows[0].line))
