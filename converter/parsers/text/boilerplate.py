"""What is not the story: headers and licences of digital libraries, credits of transcribers, missing pictures."""

from __future__ import annotations

import re
from typing import NamedTuple

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.rows import Row

LINES_OF_A_NAME = 400  # characters: title and author stand on two lines at most
START = regex(r"\*\s*START OF (?:THE|THIS) PROJECT GUTENBERG", re.I)
OLD_START = regex(r"END\W{0,3}\s*(?:\*\s*)?THE SMALL PRINT|\*END\*", re.I)
END = regex(
    r"\W*END OF (?:THE |THIS )?PROJECT GUTENBERG|\W*This (?:file|book) should be named .{1,40}\.(?:txt|zip)|"
    r"\*{3}\s*END OF TH(?:E|IS) PROJECT",
    re.I,
)
LICENCE = regex(r"\W*(?:START: FULL LICENSE|THE FULL PROJECT GUTENBERG LICENSE)", re.I)
NAMED = regex(
    r"(?:(?:The )?Project Gutenberg(?:'s|’s)?(?: e-?(?:book|text))?,?(?: of)?|"
    r"End of (?:the )?Project Gutenberg(?:'s|’s)?(?: e-?(?:book|text))?(?: of)?)\s+"
    r"(.+?),\s+by\s+(.+?)\s*\Z",
    re.I,
    LINES_OF_A_NAME,
)
CREDIT = regex(
    r"\W*(?:produced by|transcribed (?:from|by)|e-?text (?:prepared|produced|scanned) by|"
    r"this e-?(?:book|text) (?:was|is) (?:produced|prepared|transcribed|created|converted)|html version by|prepared by|"
    r"scanned (?:and|by)|digitized by|proofread(?:ing)? by|updated by|edition by|distributed proof|credits?:|"
    r"\[?(?:transcriber|transcription)|images? (?:generously|courtesy)|text file produced by|"
    r"note: (?:project gutenberg|images of the original))",
    re.I,
)
NOTE = regex(r"\W*(?:transcriber|transcriptor|etext editor)(?:'s|s'|’s|s’)?[\s\-]*(?:note|comment|remark)s?\b", re.I)
PICTURE = regex(
    r"\[(?:Illustration|Picture|Image|Frontispiece|Ilustración|Abbildung|Illustrazione|Plate)\b[^\[\]]{0,400}\]\s*",
    re.I,
)
HEADER, TRAILER = FRAMES = ("library header", "library licence")
MARK = "library mark"
MARKS = 4  # in the midst of a story; more are how its lines look
PROSE, STORY = 15, 30  # words of a block that is no heading; words of such blocks that are no library's
LIBRARY = regex(
    r"gutenberg|licen[sc]e|copyright|trademark|donat|royalt|warrant|liab|damages|refund|public domain|e-?texts?\b|"
    r"e-?books?\b|small print|disclaim|indemn|distribut|electronic|foundation|volunteer|proofread|transcri|"
    r"produced by|\bfees?\b|computer|software|\blegal|\blaws?\b|\bfiles?\b|\bcopies\b|\bmedium\b|website|"
    r"internal revenue|newsletter|editions?\b",
    re.I,
)  # what libraries speak of in their headers and licences
HEADER_ROWS = 600  # of the file, or a quarter of it: the old small print alone runs over 250 lines
CREDITS_WITHIN = 30  # rows after the library's header; measured: at most 12
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
    body = _pictures(body, name, omissions)
    if len(body) < len(rows) and not any(c.isalnum() for r in body for c in r.text):
        return Stripped(whole, [], [])  # the story speaks of such lines: nothing is left to be framed by them
    return Stripped(body, header, omissions, named, inside)


def _without_false_marks(rows: list[Row], name: str, omissions: list[Omission]) -> tuple[list[Row], tuple[int, ...]]:
    """The rows without marks that frame nothing of a library's: what stands beyond them tells a story. A mark is left
    out by name; its lines are given, too."""
    marks = [i for i, r in enumerate(rows) if "*" in r.text and (START.search(r.text) or END.match(r.text))]
    false = [i for i in marks if _tells(rows[:i] if START.search(rows[i].text) else rows[i + 1 :])]
    if not false or len(false) > MARKS:
        return rows, ()
    omissions.extend(Omission(MARK, rows[i].text, Origin(name, rows[i].line)) for i in false)
    gone = set(false)
    return [r for i, r in enumerate(rows) if i not in gone], tuple(rows[i].line for i in false)


def _tells(rows: list[Row]) -> bool:
    """Whether these rows tell a story, and are no library's header or licence: prose without a word of theirs."""
    words = talk = held = 0
    library = False
    for row in (*rows, None):
        if row is None or row.gap:
            if held > PROSE:
                words, talk = words + held, talk + held * library
            held, library = 0, False
        if row is not None:
            held += row.text.count(" ") + 1
            library = library or bool(LIBRARY.search(row.text))
    return words - talk > STORY and words - talk > talk


def _start(rows: list[Row]) -> tuple[bool, int]:
    found = 0
    for i, row in enumerate(rows[: max(HEADER_ROWS, len(rows) // 4)]):
        if "*" not in row.text and "SMALL PRINT" not in row.text.upper():
            continue
        if START.search(row.text):
            found = i + 1
            if row.text.count("***") < 2:  # the line goes on
                while found < len(rows) and rows[found].gap == 0 and "***" not in rows[found - 1].text[3:]:
                    found += 1
        elif OLD_START.search(row.text):
            found = i + 1
    return bool(found), found


def _end(rows: list[Row], after: int) -> int:
    for i in range(max(after, len(rows) // 2), len(rows)):
        if END.match(rows[i].text) or LICENCE.match(rows[i].text):
            return i
    return len(rows)


def _named(rows: list[Row]) -> tuple[str, str] | None:
    for i, row in enumerate(rows[:4]):
        text = row.text
        if i + 1 < len(rows) and rows[i + 1].gap == 0 and not START.search(rows[i + 1].text):
            text = f"{text} {rows[i + 1].text}"
        for candidate in (text, row.text):
            if m := NAMED.search(candidate.strip("* ")):
                return m[1].strip(), m[2].strip(" .*")
    return None


def _credits(rows: list[Row], name: str, omissions: list[Omission]) -> list[Row]:
    """Blocks of credit in the first rows, and transcriber's notes at either end."""
    out: list[Row] = []
    taken: list[Row] = []
    i = 0
    while i < len(rows):
        block_end = i + 1
        while block_end < len(rows) and rows[block_end].gap == 0:
            block_end += 1
        early = i < CREDITS_WITHIN
        late = i > len(rows) - 2 * CREDITS_WITHIN
        if (early and CREDIT.match(rows[i].text)) or ((early or late) and NOTE.match(rows[i].text)):
            if NOTE.match(rows[i].text) and block_end - i == 1:
                while block_end < len(rows) and rows[block_end].gap <= 1 and block_end - i < CREDITS_WITHIN:
                    block_end += 1
            taken = rows[i:block_end]
            omissions.append(_omit("transcriber's note", taken, name))
        else:
            out.extend(rows[i:block_end])
        i = block_end
    return out


def _pictures(rows: list[Row], name: str, omissions: list[Omission]) -> list[Row]:
    """Places of pictures that are not there: `[Illustration: a ship]`, also inside a paragraph or over several rows."""
    out: list[Row] = []
    i = 0
    carried = 0
    while i < len(rows):
        row = rows[i]
        if "[" not in row.text:
            out.append(row._replace(gap=row.gap + carried) if carried else row)
            carried = 0
            i += 1
            continue
        text, used = row.text, 1
        while (
            used < PICTURE_ROWS
            and text.rfind("[") > text.rfind("]")
            and i + used < len(rows)
            and PICTURE.match(text + "]")
            and "[" not in rows[i + used].text.partition("]")[0]
        ):
            text += " " + rows[i + used].text
            used += 1
        m = PICTURE.search(text)
        if not m:
            out.append(row._replace(gap=row.gap + carried) if carried else row)
            carried = 0
            i += 1
            continue
        omissions.append(Omission("place of a missing picture", m[0].strip(), Origin(name, row.line)))
        joint = " " if text[: m.start()][-1:].isalnum() else ""
        rest = (text[: m.start()] + joint + text[m.end() :]).strip()
        if rest:
            out.append(Row(row.line, rest, row.indent, row.gap + carried))
            carried = 0
        else:
            carried = max(carried, row.gap)
        i += used
    return out


def _omit(rule: str, rows: list[Row], name: str) -> Omission:
    return Omission(rule, "\n".join(r.text for r in rows), Origin(name, rows[0].line))
