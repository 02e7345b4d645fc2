"""Groups of lines to typed blocks: prose, speeches of a play, breaks, and the blocks whose line ends matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.document.contracts import Omission
from converter.document.findings.words import EmphasisOpen
from converter.document.model import (
    Align,
    Block,
    Heading,
    Inlines,
    Note,
    Origin,
    Paragraph,
    ParagraphRole,
    SceneBreak,
    Speech,
    Verse,
)
from converter.parsers.text.blocks.footnotes import cite, notes_for_tokens, signs
from converter.parsers.text.blocks.lined import (
    is_table,
    line_alignment,
    line_blocks,
    merge_verse,
    poem_columns,
    preformatted_block,
)
from converter.parsers.text.blocks.markup import tag_omissions
from converter.parsers.text.blocks.plays import (
    called,
    is_slugline,
    name_casts,
    script_speech,
    sung_speech,
    with_directions,
)
from converter.parsers.text.blocks.set_in import groups_set_in
from converter.parsers.text.blocks.songs import stroke_lines, stroke_song, sung
from converter.parsers.text.blocks.structures import name_structures
from converter.parsers.text.blocks.text_habits import SPEAKER, TextHabits, between_prose, set_apart, speaker_end, speaks
from converter.parsers.text.blocks.verse_columns import VerseColumns
from converter.parsers.text.blocks.windows import drawn_window, name_windows
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.lines.line_joining import join_rows
from converter.parsers.text.lines.rows import Row, may_end_paragraph
from converter.recognisers.headings.endings import says_the_end
from converter.recognisers.lines.authors_notes import is_label
from converter.recognisers.lines.breaks import LINE_TAGS, between_marks, is_break, without_tags
from converter.recognisers.lines.letters import greets
from converter.recognisers.lines.list_headings import over_notes
from converter.recognisers.marks.typed_marks import read_inlines

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

BREAK_APART = 3  # blocks between two breaks at least
BREAK_WORDS = 4  # of the paragraph after a break: a shorter one is a heading or a signature
CARRY = 6  # paragraphs an emphasis may run through: a quoted letter, a dream


def make_blocks(
    groups: Sequence[RowGroup],
    habits: TextHabits,
    findings: list[Finding],
    omissions: list[Omission],
    *,
    front: bool = False,
) -> list[Block]:
    """The blocks of one chapter, or of the front matter.

    Doubts, and the marks of footnotes (which a note replaces), are added to the lists given.
    """
    out: list[Block] = []
    poems = poem_columns(groups, habits.layout)
    edges = [0]  # what stands on either side of one is no poem or letter together
    emphasis = _RunningEmphasis(habits, findings)
    for k, raw in enumerate(groups):
        group, notes = raw, dict[str, Note]()
        if is_table(raw):  # a table can't cite: its notes stand below it
            out.append(_drawn(raw, habits, omissions))
            for footnote in raw.notes:
                omissions.extend(signs(footnote, habits.name))
                edges.append(len(out))
                out.extend(make_blocks(footnote.groups, habits, findings, omissions))
                edges.append(len(out))
            continue
        if raw.notes:
            group, notes = cite(
                raw, lambda part: make_blocks(part, habits, findings, omissions), omissions, habits.name
            )
        text = group.rows[0].text
        origin = Origin(habits.name, group.line)
        if not notes and _is_sign(group, habits):
            if bare := without_tags(text):
                omissions.extend(tag_omissions(LINE_TAGS.findall(text), group.rows, habits.name))
            _add_break(out, SceneBreak(bare or text, origin), habits)
            emphasis.end()
            continue
        if out and habits.gap_breaks and group.gap >= habits.gap_breaks and _blank_break(groups, k, out, habits):
            out.append(SceneBreak("", origin, blank=True))
        made, tags = _made(group, groups[k + 1 : k + 1 + CARRY], emphasis, habits, notes, poems.get(raw.line))
        out.extend(made)
        omissions.extend(tag_omissions(tags, group.rows, habits.name))
    if not habits.structures:
        return out
    set_in = groups_set_in(groups, habits)

    def structured(part: Sequence[Block]) -> list[Block]:
        named = _named(part, habits)
        return name_structures(named, set_in, omissions, habits.name, front=front, dash_speech=habits.dash_speech)

    return [block for a, b in pairwise((*edges, len(out))) for block in structured(out[a:b])]


def _is_sign(group: RowGroup, habits: TextHabits) -> bool:
    """Whether a group is a sign for a scene break."""
    text = group.rows[0].text
    return len(group.rows) == 1 and (is_break(text) or text in habits.weak_breaks)


def _add_break(out: list[Block], mark: SceneBreak, habits: TextHabits) -> None:
    """One break more; signs that say little alone, one below the other, are one break together."""
    last = out[-1] if out else None
    if isinstance(last, SceneBreak) and mark.mark in habits.weak_breaks and mark.mark in last.mark:
        out[-1] = SceneBreak(f"{last.mark} {mark.mark}", last.origin)
    else:
        out.append(mark)


def _drawn(group: RowGroup, habits: TextHabits, omissions: list[Omission]) -> Block:
    """A block with drawn lines or columns: a window, else as it stands."""
    window = drawn_window(group, habits.marks, habits.name) if habits.structures else None
    if window is None:
        return preformatted_block(group, habits.name)
    omissions.extend(tag_omissions(window[1], group.rows, habits.name))
    return window[0]


def _made(
    group: RowGroup,
    following: Sequence[RowGroup],
    emphasis: _RunningEmphasis,
    habits: TextHabits,
    notes: dict[str, Note],
    columns: VerseColumns | None,
) -> tuple[Sequence[Block], list[str]]:
    """The blocks of a group, and the tags in it: a speech under a name, a song, lines in `columns`, or a paragraph."""
    rows, marks, name = group.rows, habits.marks, habits.name
    if habits.callers and not notes and len(rows) > 1 and called(rows[0].text) in habits.callers:
        speech, tags = script_speech(rows, habits.words, partial(read_inlines, marks=marks), name, habits.spoken_verse)
        return (speech,), tags
    if habits.structures and not notes:
        song = sung(group, marks, name)
        stroked = song is None and not group.lines and any("/" in r.text for r in rows)
        if stroked and (parts := stroke_lines(join_rows(rows, habits.words))):
            song = stroke_song(parts, marks, Origin(name, group.line))
        if song:
            return (song[0],), song[1]
    spoken = group.lines and habits.speakers and not notes and group.line not in habits.cast
    if spoken and (end := _speaker_of_verse(rows, habits)):
        speech, tags = sung_speech(rows, end, partial(read_inlines, marks=marks), name, habits.spoken_verse)
        return (speech,), tags
    if group.lines:
        return line_blocks(group, habits.layout, marks, notes, name, columns)
    block, tags = _prose(group, following, emphasis, habits, notes)
    return (block,), tags


def _speaker_of_verse(rows: Sequence[Row], habits: TextHabits) -> int:
    """Where the name ends that stands above verse or before its first line; 0 where none does."""
    m = SPEAKER.match(f"{rows[0].text} (") if len(rows) > 1 else None
    return m.end(2) if m is not None and speaks(m[1], habits) else 0


def _named(made: Sequence[Block], habits: TextHabits) -> list[Block]:
    """The blocks with stanzas as poems, and a play's cast or a system's windows as such."""
    of_verse = habits.layout.kind == "verse" and not habits.speakers
    blocks = _without_lone_greetings(merge_verse(made, verse=of_verse))
    if habits.speakers:
        return with_directions(name_casts(blocks, habits.speakers), habits.speakers, stage=not habits.screenplay)
    return name_windows(blocks, alone=habits.windows)


def _prose(
    group: RowGroup,
    following: Sequence[RowGroup],
    emphasis: _RunningEmphasis,
    habits: TextHabits,
    notes: dict[str, Note],
) -> tuple[Block, list[str]]:
    """A group as a paragraph, the heading of a scene for the screen as one, and its tags; a line with rows of marks
    around it is set in the middle without them."""
    joined = join_rows(group.rows, habits.words)
    if habits.screenplay and len(group.rows) == 1 and is_slugline(joined):
        read = read_inlines(joined, habits.marks)
        return Heading(notes_for_tokens(read.content, notes), 1, Origin(habits.name, group.line)), list(read.tags)
    between = between_marks(joined) if len(group.rows) == 1 else ""
    origin = Origin(habits.name, group.line)
    content, tags = emphasis.read(between or joined, following, origin)
    made = _paragraph(notes_for_tokens(content, notes), between or joined, group, habits, origin, notes)
    return (replace(made, align="center") if between and isinstance(made, Paragraph) else made), tags


class _RunningEmphasis:
    """Reads the paragraphs of a chapter one by one; an emphasis may run through the ends of several."""

    def __init__(self, habits: TextHabits, findings: list[Finding]) -> None:
        self.habits = habits
        self.findings = findings
        self.mark = ""
        self.paragraphs = 0

    def end(self) -> None:
        """Nothing runs through a break."""
        self.mark = ""

    def read(self, text: str, following: Sequence[RowGroup], origin: Origin) -> tuple[Inlines, list[str]]:
        """The inlines of the next paragraph, and its tags; `following` are the groups in which an open mark may be
        closed."""
        marks = self.habits.marks
        content, left_open, tags = read_inlines(text, marks, open_at_start=self.mark)
        if self.mark:
            self.paragraphs += 1
            if left_open == self.mark and self.paragraphs <= CARRY:
                content = read_inlines(f"{left_open}{text}{left_open}", marks).content
            else:
                self.mark = ""
        elif left_open and _closes_in(following, left_open):
            self.mark, self.paragraphs = left_open, 0
            content = read_inlines(text + left_open, marks).content
        elif left_open:
            self.findings.append(EmphasisOpen(left_open, origin))
        return content, list(tags)


def _closes_in(groups: Sequence[RowGroup], mark: str) -> bool:
    """Whether the next group with an odd number of the mark closes it: it stands after a word there."""
    for group in groups:
        text = " ".join(r.text for r in group.rows)
        if text.count(mark) % 2:
            at = text.find(mark)
            return at > 0 and not text[at - 1].isspace()
        if mark in text:
            return False
    return False


def _blank_break(groups: Sequence[RowGroup], k: int, out: Sequence[Block], habits: TextHabits) -> bool:
    """A wide gap between two pieces of prose.

    In a hand-set text, and beside signs for breaks where any blank line is a wide gap, the gaps on both sides of it
    are ordinary, for there wide gaps also set off letters and titles.
    """
    if k == 0 or isinstance(out[-1], SceneBreak):
        return False
    before, here = groups[k - 1], groups[k]
    opens = here.rows[0].text
    if says_the_end(opens) or over_notes(opens) or is_label(opens):
        return False
    layout = habits.layout
    close = habits.signed and layout.usual_gap == 0
    if set_apart(here, layout) or set_apart(before, layout):
        return False
    if (layout.wrapped or close) and not _gap_alone(groups, k, habits):
        return False
    if habits.signed and layout.wrapped and not close and not between_prose(before, here, layout):
        return False
    words = sum(r.text.count(" ") + 1 for r in here.rows)
    enough = words >= BREAK_WORDS or not layout.wrapped
    return enough and may_end_paragraph(before.rows[-1].text) and before.rows[-1].text[-1] != ":"


def _gap_alone(groups: Sequence[RowGroup], k: int, habits: TextHabits) -> bool:
    """Whether no other wide gap is near that before a group; those around signs say nothing."""
    near = (*range(max(1, k - BREAK_APART + 1), k), *range(k + 1, min(len(groups), k + BREAK_APART)))
    beside = [n for n in near if _is_sign(groups[n], habits) or _is_sign(groups[n - 1], habits)]
    return not any(groups[n].gap >= habits.gap_breaks for n in near if n not in beside)


def _paragraph(
    content: Inlines, text: str, group: RowGroup, habits: TextHabits, origin: Origin, notes: dict[str, Note]
) -> Block:
    if habits.speakers and group.line not in habits.cast and (end := speaker_end(text, habits)):
        speaker = notes_for_tokens(read_inlines(text[:end], habits.marks).content, notes)
        rest = notes_for_tokens(read_inlines(text[end:].lstrip(), habits.marks).content, notes)
        return Speech(speaker, (Paragraph(rest, origin=origin),), origin)
    role: ParagraphRole = ""
    align: Align = ""
    if habits.speakers and text[:1] in "[(" and text[-1:] in "])":
        role = "stage-direction"
    elif len(group.rows) == 1:
        row = group.rows[0]
        align = line_alignment(row, habits.layout)
        if greets(text):
            role = "salutation"
    return Paragraph(content, role, align, origin)


def _without_lone_greetings(blocks: list[Block]) -> list[Block]:
    """A greeting right before verse belongs to the poem: it opens no letter."""
    out = list(blocks)
    for k, (block, following) in enumerate(pairwise(blocks)):
        if isinstance(block, Paragraph) and block.role == "salutation" and isinstance(following, Verse):
            out[k] = replace(block, role="")
    return out
