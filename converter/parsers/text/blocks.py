"""Groups of lines to typed blocks: prose, verse, letters, breaks, centred lines, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import assert_never

from converter.contracts import Diagnostic, Omission
from converter.model import (
    Align, Block, Emphasis, Foreign, Image, Inline, Inlines, Line, LineBreak, Link, Note, Origin, Paragraph,
    ParagraphRole, Preformatted, Ruby, SceneBreak, Speech, Strong, Styled, Text, Verse,
)  # fmt: skip
from converter.parsers.text.breaks import is_break
from converter.parsers.text.flow import Vocabulary, join_rows
from converter.parsers.text.habit import Group, Habit
from converter.parsers.text.inline import Marks, needs_parsing, read_inlines
from converter.parsers.text.rows import Row, ends_sentence
from converter.parsers.text.structures import name_structures

COLUMNS = re.compile(r"\S {3,}\S|\t|\S\s*\|\s*\S|[─│┌┐└┘├┤┬┴┼═║╔╗╚╝]")
TABLE_SHARE = 0.6  # of a block's lines are parted into columns
CENTRED = 8  # columns of indent at least
OFF_CENTRE = 4  # columns a centred line may be off
INDENT_STEP = 2  # columns to a step of verse indent
QUOTE_INDENT = 2  # columns more than the text
BREAK_APART = 3  # blocks between two breaks at least
BREAK_WORDS = 4  # of the paragraph after a break: a shorter one is a heading or a signature
CARRY = 6  # paragraphs an emphasis may run through
SALUTATION = re.compile(
    r"(?:My |Oh |O )?(?:Dear(?:est)?|Darling|Beloved|Sir|Madam|Gentlemen|Honou?red|Lieber?|Liebste[rs]?|Sehr geehrte[rs]?|Cher|Chère|Mon cher|Querid[oa]|Car[oa]|Дорог\w+|Beste)\b.{0,50}[,:!—-]+\Z",
    re.I,
)
SPEAKER = re.compile(
    r"((?:[A-Z][\w'’.\-]*|[A-Z]{2,}[\w'’.\-]*)(?:,? (?:[A-Z][\w'’.\-]*|and|of|the|&|de|van|von))*)(\.?:|\.)(\s*[\[(_][^\])]{0,200}[\])_]+\.?:?)?(?:\s+)(?=\S)"
)
SPEAKER_LONGEST = 40
SPEAKERS_SHARE = 0.35  # of the paragraphs begin with a returning speaker: it is a play
SPEAKER_AGAIN = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """What the block maker needs to know of the file."""

    name: str
    habit: Habit
    marks: Marks
    words: Vocabulary
    weak_breaks: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    dash_speech: bool = False  # speech opens with a dash in this language
    gap_breaks: int = 0  # a gap of this many blank lines is a scene break (0 = none is)


def find_speakers(texts: Sequence[str]) -> frozenset[str]:
    """The names that begin paragraphs again and again, as in a play; empty when the text is none."""
    names: Counter[str] = Counter()
    for text in texts:
        m = SPEAKER.match(text)
        if m and len(m[1]) <= SPEAKER_LONGEST:
            names[m[1]] += 1
    again = {n: c for n, c in names.items() if c >= SPEAKER_AGAIN}
    if len(again) < 2 or sum(again.values()) < SPEAKERS_SHARE * len(texts):
        return frozenset()
    return frozenset(again)


def make_blocks(
    groups: Sequence[Group],
    setting: Setting,
    doubts: list[Diagnostic],
    omissions: list[Omission],
    *,
    front: bool = False,
) -> list[Block]:
    """The blocks of one chapter, or of the front matter. Doubts and the marks of footnotes (which a note replaces) are added to the lists given."""
    out: list[Block] = []
    carried = ""
    carried_for = 0
    for k, group in enumerate(groups):
        origin = Origin(setting.name, group.line)
        notes: dict[str, Note] = {}
        if group.notes:
            group, notes = _cite(group, setting, doubts, omissions)
        text = group.rows[0].text
        if len(group.rows) == 1 and (is_break(text) or text in setting.weak_breaks):
            out.append(SceneBreak(text, origin))
            carried = ""
            continue
        if out and setting.gap_breaks and group.gap >= setting.gap_breaks and _blank_break(groups, k, out, setting):
            out.append(SceneBreak("", origin))
        if _is_table(group):
            out.append(Preformatted("\n".join(" " * (r.indent - group.indent) + r.text for r in group.rows), origin))
        elif group.lines:
            _add_lines(out, group, setting, origin, notes)
        else:
            joined = join_rows(group.rows, setting.words)
            content, left = read_inlines(joined, setting.marks, open_at_start=carried)
            if left and not carried and not _closes_in(groups[k + 1 : k + 1 + CARRY], left):
                message = f"“{left}” opens emphasis that nothing closes: it is kept as a sign"
                doubts.append(Diagnostic("emphasis-open", message, origin))
            elif left and not carried:
                content, _ = read_inlines(joined + left, setting.marks)
                carried, carried_for = left, 0
            elif carried:
                carried_for += 1
                if left != carried or carried_for > CARRY:
                    carried = ""
                else:
                    content, _ = read_inlines(f"{carried}{joined}{carried}", setting.marks)
            out.append(_paragraph(place_notes(content, notes), joined, group, setting, origin))
    blocks = _merge_quotes(_merge_verse(out))
    return name_structures(blocks, _set_in(groups, setting), front=front, dash_speech=setting.dash_speech)


def _cite(
    group: Group, setting: Setting, doubts: list[Diagnostic], omissions: list[Omission]
) -> tuple[Group, dict[str, Note]]:
    """The group with each citation mark made a token, and the notes by their tokens."""
    notes: dict[str, Note] = {}
    rows = list(group.rows)
    for k, (mark, held) in enumerate(group.notes):
        token = f"\x02{k}\x02"
        pattern = re.compile(r"(?<=\S)\s?[\[{]" + re.escape(mark) + r"[\]}]", re.I)
        for i, row in enumerate(rows):
            if (m := pattern.search(row.text)) is not None:
                rows[i] = row._replace(text=row.text[: m.start()] + token + row.text[m.end() :])
                blocks = tuple(make_blocks(held, setting, doubts, omissions))
                notes[token] = Note(blocks, mark)
                omissions.append(Omission("footnote mark", m[0].strip(), Origin(setting.name, row.line)))
                omissions.append(Omission("footnote mark", mark, Origin(setting.name, held[0].line)))
                break
    return replace(group, rows=tuple(rows)), notes


def place_notes(content: Inlines, notes: dict[str, Note]) -> Inlines:
    """The inlines with every token replaced by its note."""
    if not notes:
        return content
    out: list[Inline] = []
    for inline in content:
        match inline:
            case Text(text) if "\x02" in text:
                for part in re.split("(\x02\\d+\x02)", text):
                    if part in notes:
                        out.append(notes[part])
                    elif part:
                        out.append(Text(part))
            case Emphasis() | Strong() | Styled() | Link() | Foreign():
                out.append(replace(inline, content=place_notes(inline.content, notes)))
            case Text() | LineBreak() | Ruby() | Image() | Note():
                out.append(inline)
            case _:
                assert_never(inline)
    return tuple(out)


def _set_in(groups: Sequence[Group], setting: Setting) -> frozenset[int]:
    """First lines of the groups that are set in from the margin of a hand-set text, prose and verse alike."""
    habit = setting.habit
    if not habit.wrapped or setting.speakers:
        return frozenset()
    least = max(habit.base, habit.first) + QUOTE_INDENT
    return frozenset(g.line for g in groups if len(g.rows) > 1 and g.indent >= least)


def _closes_in(groups: Sequence[Group], mark: str) -> bool:
    for group in groups:
        text = " ".join(r.text for r in group.rows)
        if text.count(mark) % 2:
            at = text.find(mark)
            return at > 0 and not text[at - 1].isspace()
        if mark in text:
            return False
    return False


def _blank_break(groups: Sequence[Group], k: int, out: Sequence[Block], setting: Setting) -> bool:
    """A wide gap between two pieces of prose; in a hand-set text with ordinary gaps on both sides of it, for there wide
    gaps also set off letters and titles."""
    if k == 0 or isinstance(out[-1], SceneBreak):
        return False
    before, here = groups[k - 1], groups[k]
    around = [*groups[max(1, k - BREAK_APART + 1) : k], *groups[k + 1 : k + BREAK_APART]]
    if here.lines or before.lines or (setting.habit.wrapped and any(g.gap >= setting.gap_breaks for g in around)):
        return False
    words = sum(r.text.count(" ") + 1 for r in here.rows)
    enough = words >= BREAK_WORDS or not setting.habit.wrapped
    return enough and ends_sentence(before.rows[-1].text) and before.rows[-1].text[-1] != ":"


def _is_table(group: Group) -> bool:
    if len(group.rows) < 2 or not group.lines:
        return False
    return sum(bool(COLUMNS.search(r.text)) for r in group.rows) >= TABLE_SHARE * len(group.rows)


def _paragraph(content: Inlines, text: str, group: Group, setting: Setting, origin: Origin) -> Block:
    habit = setting.habit
    if setting.speakers and (m := SPEAKER.match(text)) and m[1] in setting.speakers:
        said = read_inlines(text[: m.end(2)], setting.marks)[0]
        rest = read_inlines(text[m.end(2) :].lstrip(), setting.marks)[0]
        return Speech(said, (Paragraph(rest, origin=origin),), origin)
    role: ParagraphRole = ""
    align: Align = ""
    if setting.speakers and text[:1] in "[(" and text[-1:] in "])":
        role = "stage-direction"
    elif len(group.rows) == 1:
        row = group.rows[0]
        align = _alignment(row, habit)
        if len(text) <= 60 and SALUTATION.match(text):
            role = "salutation"
    return Paragraph(content, role, align, origin)


def _alignment(row: Row, habit: Habit) -> Align:
    if not habit.width or row.indent < habit.base + CENTRED:
        return ""
    right = habit.width - row.indent - len(row.text)
    if abs(row.indent - habit.base - right) <= OFF_CENTRE:
        return "center"
    return "right" if right <= OFF_CENTRE and row.indent > habit.width / 3 else ""


def _add_lines(out: list[Block], group: Group, setting: Setting, origin: Origin, notes: dict[str, Note]) -> None:
    """A block whose line ends matter: one stanza, joined later to its neighbours."""
    rows = group.rows
    aligned = {_alignment(r, setting.habit) for r in rows}
    if aligned == {"center"} or aligned == {"right"}:
        for row in rows:
            content = read_inlines(row.text, setting.marks)[0]
            out.append(Paragraph(content, "", next(iter(aligned)), Origin(setting.name, row.line)))
        return
    whole = "\x00".join(r.text for r in rows)
    content = read_inlines(whole, setting.marks)[0] if needs_parsing(whole) else (Text(whole),)
    base = min(r.indent for r in rows)
    lines = [place_notes(line, notes) for line in _lines_of(content, rows)]
    stanza = tuple(
        Line(c, min(4, (r.indent - base) // INDENT_STEP), Origin(setting.name, r.line))
        for c, r in zip(lines, rows, strict=True)
    )
    out.append(Verse((stanza,), origin))


def _lines_of(content: Inlines, rows: Sequence[Row]) -> list[Inlines]:
    """Cut inlines at their line breaks; emphasis over several lines is closed and opened again."""
    lines = split_at_breaks(content)
    if len(lines) == len(rows):
        return lines
    return [(Text(r.text),) for r in rows]  # a mark swallowed a line end: the plain lines are safe


def split_at_breaks(content: Inlines) -> list[Inlines]:
    """Inlines as lines; nested content is cut as well."""
    lines: list[list[Inline]] = [[]]
    for inline in content:
        match inline:
            case LineBreak():
                lines.append([])
            case Emphasis() | Strong() | Styled():
                for i, inner in enumerate(split_at_breaks(inline.content)):
                    if i:
                        lines.append([])
                    if inner:
                        lines[-1].append(replace(inline, content=inner))
            case Text(text) if "\x00" in text:
                for i, part in enumerate(text.split("\x00")):
                    if i:
                        lines.append([])
                    if part:
                        lines[-1].append(Text(part))
            case _:
                lines[-1].append(inline)
    return [tuple(line) for line in lines]


def _merge_verse(blocks: Iterable[Block]) -> list[Block]:
    """Stanzas that follow each other make one poem."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Verse) and out and isinstance(out[-1], Verse):
            out[-1] = replace(out[-1], stanzas=out[-1].stanzas + block.stanzas)
        else:
            out.append(block)
    return out


def _merge_quotes(blocks: list[Block]) -> list[Block]:
    """A salutation with the paragraphs up to the signature in lines is a letter: left in the flow, its parts are typed."""
    for a, b in pairwise(range(len(blocks))):
        first, second = blocks[a], blocks[b]
        if isinstance(first, Paragraph) and first.role == "salutation" and isinstance(second, Verse):
            blocks[a] = replace(first, role="")
    return blocks
