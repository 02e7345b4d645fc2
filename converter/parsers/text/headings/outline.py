"""From groups of lines to the chapters of a book: which groups are headings, and the tree of chapters they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from converter.document.contracts import Omission
from converter.document.model import Block, Chapter, ChapterKind, Heading, Note, Origin, SceneBreak, Text
from converter.document.patterns import regex
from converter.parsers.text.blocks.footnotes import MARK, citation, signs
from converter.parsers.text.blocks.markup import lines_of, named_in_heading
from converter.parsers.text.head.front import tells
from converter.parsers.text.head.story_words import any_names_author
from converter.parsers.text.head.telling import labelled_head
from converter.parsers.text.head.typescript import take_address
from converter.parsers.text.lines.layout import Layout, RowGroup
from converter.parsers.text.lines.rows import Row, may_end_paragraph
from converter.recognisers.headings.families import Candidate, Decision, Miss, decide
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.lines.authors_notes import is_note
from converter.recognisers.lines.breaks import is_break
from converter.recognisers.lines.dates import WEEKDAY, is_date
from converter.recognisers.marks.typed_marks import Marked
from converter.recognisers.metadata.fields import HeadFields, in_head
from converter.recognisers.metadata.names import bare_name, byline, is_person

CANDIDATE_ROWS = 5  # lines of a heading at most: label, and a title centred over the others
CANDIDATE_CHARACTERS = 300  # old titles tell the chapter ("In which ...")
HEAD_GROUPS = 30  # blocks in which the head of a story without headings is over
HEADING_BLOCK_WORDS = 20  # words: a block of more is the story
ADDRESS_GROUPS = 10  # blocks of a typescript's corner at most
LEAST_ENTRIES = 3  # dates of a diary
DATE_LONGEST = 30  # characters of one
ENTRY_DATE = regex(rf"[*_\[(]{{0,2}}{WEEKDAY}(?!\w)", re.I, DATE_LONGEST)
LEAST_HEAD = 3  # blocks of a file that has short lines only
TITLE_AND_BYLINE = 2  # lines
UNDERLINE = regex(r"([-=~_*^#+])\1{2,}\Z")
BOXED_ROWS = 3  # lines of a heading between two drawn lines
UNDERLINED_LONGEST = 80  # characters; a line under more is a rule, not a heading's
CLOSING: set[ChapterKind] = {"epilogue", "afterword", "appendix", "back"}


def take_underlines(rows: Sequence[Row]) -> tuple[list[Row], set[int]]:
    """The rows without the lines drawn under (and over) headings, and the numbers of the lines so marked."""
    out: list[Row] = []
    marked: set[int] = set()
    box_end = -1
    begins_box = False  # the next row is the first in a box
    least_gap = 0  # before the next row: the lines taken out before it parted it from the text
    for i, row in enumerate(rows):
        if UNDERLINE.match(row.text):
            above = out[-1] if out and row.gap == 0 else None
            if above and (above.line in marked or (rows[i - 1] is above and _is_underlined(above, row, len(out) == 1))):
                marked.add(above.line)
                continue
            if i == box_end:
                least_gap = 1
                continue
            if (row.gap > 0 or i == 0) and (end := _box_end(rows, i)):
                begins_box, least_gap, box_end = True, max(row.gap, 1), end
                continue
        gap = max(row.gap, least_gap)
        if out and out[-1].line in marked and i > box_end:
            gap = max(gap, 1)
        if begins_box:
            marked.add(row.line)
        begins_box, least_gap = False, 0
        out.append(row if gap == row.gap else row._replace(gap=gap))
    return out, marked


def _box_end(rows: Sequence[Row], over: int) -> int:
    """Where a line like the one at `over` closes a box of one to three short lines; 0 where none does."""
    line = rows[over].text
    for k in range(over + 1, min(len(rows), over + BOXED_ROWS + 2)):
        row = rows[k]
        if row.gap:
            return 0
        if UNDERLINE.match(row.text):
            return k if k > over + 1 and row.text[0] == line[0] else 0
        if len(row.text) > UNDERLINED_LONGEST or len(row.text) > 2 * len(line):
            return 0
    return 0


def _is_underlined(above: Row, line: Row, first: bool) -> bool:
    """Whether a line is drawn under a heading: it is about as long, and so is no other text right above it.

    `first`: nothing stands before the row above.
    """
    text = above.text
    alone = first or above.gap > 0 or len(text) == len(line.text)
    if not alone or len(text) > UNDERLINED_LONGEST or (may_end_paragraph(text) and len(text) > 40):
        return False
    close = abs(len(text) - len(line.text)) <= max(3, 0.3 * len(text))
    return close and not is_break(text)


def split_headings(groups: Sequence[RowGroup], lex: Lexicon, layout: Layout) -> list[RowGroup]:
    """Part a heading line from the paragraph that follows it without a blank line."""
    out: list[RowGroup] = []
    for group in _dated(groups):
        rows = group.rows
        if _heads_lines(group, lex, layout):
            out.extend(RowGroup((row,), row.gap) for row in rows)
            continue
        titled = out and len(rows) == TITLE_AND_BYLINE and not may_end_paragraph(rows[0].text)
        if titled and is_person(bare_name(byline(rows[1].text))):
            out.append(RowGroup(rows[:1], group.gap))
            out.append(RowGroup(rows[1:], 0, group.lines))
            continue
        if len(rows) > 2 and len(rows[0].text) <= 60 and len(rows[1].text) > 0.6 * max(layout.width, 40):
            form = read_form(rows[0].text, lex)
            if form and form.shape in ("division", "single") and not group.lines:
                out.append(RowGroup(rows[:1], group.gap))
                out.append(RowGroup(rows[1:], 0, group.lines))
                continue
        if len(rows) > 1 and len(rows[-1].text) <= 60 and may_end_paragraph(rows[-2].text):
            form = read_form(rows[-1].text, lex)
            if form and form.shape == "division" and len(rows[-2].text) < 0.8 * max(layout.width, 30):
                out.append(RowGroup(rows[:-1], group.gap))
                out.append(RowGroup(rows[-1:], 0))
                continue
        out.append(group)
    return out


def _dated(groups: Sequence[RowGroup]) -> Sequence[RowGroup]:
    """The groups with a diary's dates parted from the entries that begin right below them."""
    dates = {r.line for g in groups for a, r in pairwise((None, *g.rows)) if r and _is_entry(a, r)}
    if len(dates) < LEAST_ENTRIES:
        return groups
    out: list[RowGroup] = []
    for group in groups:
        start = 0
        for i, row in enumerate(group.rows):
            if row.line not in dates:
                continue
            if i > start:
                out.append(group._replace(rows=group.rows[start:i]))
            out.append(RowGroup((row,), max(row.gap, 1)))
            start = i + 1
        if start == 0:
            out.append(group)
        elif start < len(group.rows):
            out.append(group._replace(rows=group.rows[start:], gap=0))
    return out


def _is_entry(above: Row | None, row: Row) -> bool:
    """Whether a row is a date that heads an entry: a weekday and a day, and a sentence ended above it."""
    if len(row.text) > DATE_LONGEST or not ENTRY_DATE.match(row.text) or not is_date(row.text):
        return False
    return above is None or may_end_paragraph(above.text)


def _heads_lines(group: RowGroup, lex: Lexicon, layout: Layout) -> bool:
    """Whether short lines are no poem, but a heading or a date with what a site sets under it."""
    rows = group.rows
    if len(rows) == 1 or not group.lines or layout.wrapped or layout.kind == "verse":
        return False
    form = read_form(rows[0].text, lex)
    if rows[0].text[-1] == ",":
        return False  # the title is on the next line
    return is_date(rows[0].text) or (form is not None and form.shape != "title")


def story_start(groups: Sequence[RowGroup]) -> int:
    """The head of a story without headings is over at the first block that is a paragraph, a break or a note; what
    stands above labels that name title or author is no story yet."""
    rows = [r for g in groups[:ADDRESS_GROUPS] for r in g.rows]
    corner = {r.line for r in take_address(rows, HeadFields())}
    labelled = labelled_head(groups)
    for i, group in enumerate(groups[:HEAD_GROUPS]):
        if i <= labelled or group.line in corner:
            continue
        text = group.rows[0].text
        if is_break(text) or is_note(text) or tells(group) or (group.words > HEADING_BLOCK_WORDS and not in_head(text)):
            return i
    return min(len(groups), LEAST_HEAD)


def choose_headings(
    groups: Sequence[RowGroup],
    underlined: set[int],
    lex: Lexicon,
    entries: frozenset[str],
    usual_gap: int,
    title: str,
) -> tuple[list[Decision], list[Miss]]:
    """The headings among the groups, those that stand out as such; and what looked like a heading and is none.

    `underlined` are numbers of lines, `entries` the keys of the contents list, `title` the book's.
    """
    counts = [0, *accumulate(g.words for g in groups)]
    return decide(candidates(groups, underlined, counts, lex), lex, counts[-1], entries, usual_gap, title)


def candidates(
    groups: Sequence[RowGroup], underlined: set[int], counts: Sequence[int], lex: Lexicon
) -> list[Candidate]:
    """The short groups that might be headings. `counts[i]` is the number of words before group i."""
    out: list[Candidate] = []
    for at, group in enumerate(groups):
        rows = group.rows
        if len(rows) > CANDIDATE_ROWS or sum(len(r.text) for r in rows) > CANDIDATE_CHARACTERS:
            continue
        if is_break(rows[0].text) and not rows[0].text.isalpha():
            continue
        if group.lines and len(rows) > 1 and rows[0].text[-1] == "," and not _divides(rows[0].text, lex):
            continue  # words of parting over a name
        gap_after = groups[at + 1].gap if at + 1 < len(groups) else 99
        lines = heading_words(group)
        marked = rows[0].line in underlined and not (at == 0 and any_names_author(lines))
        out.append(Candidate(at, lines, group.gap, gap_after, counts[at], group.indent, marked, 0, group.line))
    return out


def _divides(text: str, lex: Lexicon) -> bool:
    form = read_form(text, lex)
    return form is not None and form.shape == "division"


def chapter_tree(
    groups: Sequence[RowGroup],
    decisions: Sequence[Decision],
    first: int,
    make: Callable[[Sequence[RowGroup]], list[Block]],
    inlines: Callable[[str], Marked],
    name: str,
    omissions: list[Omission],
) -> list[Chapter]:
    """The tree of chapters of these groups. Without headings it is one chapter, from group `first` on.

    `make` gives the blocks of some groups, `inlines` the words of a heading with the tags in them.
    """

    def story(part: Sequence[RowGroup]) -> list[Block]:
        return without_edge_breaks(make(part), omissions, name)

    if not decisions:
        body = without_edge_breaks(make(groups[first:]), omissions, name, headed=False)
        return [Chapter(tuple(body), origin=Origin(name, groups[first].line))] if body else []
    flat: list[tuple[Decision, Chapter]] = []
    for k, d in enumerate(decisions):
        stop = decisions[k + 1].at if k + 1 < len(decisions) else len(groups)
        blocks = tuple(story(groups[d.at + d.blocks : stop]))
        origin = Origin(name, d.line)
        head = groups[d.at : d.at + d.blocks]
        if d.depth == 2 and flat:
            owner, chapter = flat[-1]
            words = f"{d.label} {d.title}".strip() if d.title else d.label
            read = inlines(words)
            if not read.content:  # nothing but tags
                read = Marked((Text(words),))
            heading = Heading((*read.content, *_notes_of(head, make, omissions, name)), 1, origin)
            flat[-1] = (owner, replace(chapter, blocks=(*chapter.blocks, heading, *blocks)))
            omissions.extend(_tags_of(head, words, read.tags, name))
            continue
        of_label, of_title = inlines(d.label), inlines(d.title)
        label, title = of_label.content, of_title.content
        omissions.extend(_tags_of(head, f"{d.label} {d.title}", (*of_label.tags, *of_title.tags), name))
        if cited := _notes_of(head, make, omissions, name):
            label, title = (label, (*title, *cited)) if title else ((*label, *cited), title)
        flat.append((d, Chapter(blocks, label, title, d.kind, d.number, (), origin)))
    return _nest(flat)


def without_edge_breaks(
    blocks: Sequence[Block], omissions: list[Omission], name: str, *, headed: bool = True
) -> list[Block]:
    """The blocks of a chapter without breaks at its end, and at its beginning below a heading: there they part
    nothing. Letters in them are named."""
    inner = [i for i, b in enumerate(blocks) if not isinstance(b, SceneBreak)]
    if not inner:
        return list(blocks)
    start = inner[0] if headed else 0
    for block in (*blocks[:start], *blocks[inner[-1] + 1 :]):
        if isinstance(block, SceneBreak) and any(map(str.isalnum, block.mark)):
            omissions.append(Omission("scene break", block.mark, block.origin or Origin(name, 1)))
    return list(blocks[start : inner[-1] + 1])


def _notes_of(
    groups: Sequence[RowGroup], make: Callable[[Sequence[RowGroup]], list[Block]], omissions: list[Omission], name: str
) -> list[Note]:
    """The footnotes that a heading cites; their marks were taken off its words (`heading_words`)."""
    notes: list[Note] = []
    for group in groups:
        for footnote in group.notes:
            notes.append(Note(tuple(make(footnote.groups)), footnote.mark))
            pattern = citation(footnote.mark)
            mark = next(((m[0].strip(), r.line) for r in group.rows if (m := pattern.search(r.text))), None)
            if mark is not None and footnote.mark.isalnum():
                omissions.append(Omission(MARK, mark[0], Origin(name, mark[1])))
            omissions.extend(signs(footnote, name))
    return notes


def _tags_of(groups: Sequence[RowGroup], words: str, read: Sequence[str], name: str) -> list[Omission]:
    """The tags of a heading, named; the marks of its notes are named with the notes."""
    rows = [r for g in groups for r in g.rows]
    cited = {m[0].strip() for g in groups for n in g.notes for r in g.rows if (m := citation(n.mark).search(r.text))}
    return [o for o in named_in_heading(rows, words, read, name) if o.text not in cited]


def heading_words(group: RowGroup) -> tuple[str, ...]:
    """The lines of what may be a heading, without the marks of the footnotes it cites."""
    lines = tuple(line for r in group.rows for line in lines_of(r.text))
    for footnote in group.notes:
        pattern = citation(footnote.mark)
        at = next((i for i, line in enumerate(lines) if pattern.search(line)), None)
        if at is not None:
            lines = (*lines[:at], pattern.sub("", lines[at], count=1), *lines[at + 1 :])
    return lines


def _nest(flat: Sequence[tuple[Decision, Chapter]]) -> list[Chapter]:
    """Volumes hold parts, parts hold chapters; what opens or closes the whole book stands beside them."""
    last_chapter = max((i for i, (d, _) in enumerate(flat) if d.depth == 1 and d.kind not in CLOSING), default=-1)
    last_part = max((i for i, (d, _) in enumerate(flat) if d.depth == 0), default=-1)
    levels = {"volume": 0, "part": 1, "act": 1}
    stack: list[tuple[int, Chapter]] = []
    out: list[Chapter] = []

    def close(level: int) -> None:
        while stack and stack[-1][0] >= level:
            _, done = stack.pop()
            if stack:
                above, holder = stack[-1]
                stack[-1] = (above, replace(holder, children=(*holder.children, done)))
            else:
                out.append(done)

    for i, (d, chapter) in enumerate(flat):
        level = levels.get(d.kind, 1) if d.depth == 0 else 2
        leaves = d.depth == 1 and d.kind in CLOSING and i > last_chapter
        leaves = leaves or (
            d.kind in ("preface", "foreword") and i < last_part and bool(stack) and bool(stack[-1][1].children)
        )
        close(0 if leaves else level)
        stack.append((level, chapter))
    close(0)
    return out
