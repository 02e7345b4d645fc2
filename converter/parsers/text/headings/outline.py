"""From groups of lines to the chapters of a book: which groups are headings, and the tree of chapters they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from converter.document.patterns import regex
from converter.parsers.items.chats import is_stamped
from converter.parsers.text.blocks.footnotes import citation
from converter.parsers.text.blocks.listed_notes import places_of_notes
from converter.parsers.text.blocks.markup import lines_of
from converter.parsers.text.blocks.plays import is_screenplay, is_transition
from converter.parsers.text.head.front import tells
from converter.parsers.text.head.story_words import any_names_author
from converter.parsers.text.head.telling import labelled_head
from converter.parsers.text.head.typescript import take_address
from converter.parsers.text.headings.names_on_top import begins_series, names_on_top
from converter.parsers.text.lines.layout import Layout, RowGroup
from converter.parsers.text.lines.rows import Row, may_end_paragraph
from converter.recognisers.headings.families import Candidate, Decision, Miss, decide, title_key
from converter.recognisers.headings.forms import read_form, unwrap
from converter.recognisers.headings.levels import PART_KINDS
from converter.recognisers.headings.title_blocks import INSIDE
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.lines.authors_notes import is_label, is_note, is_told_note
from converter.recognisers.lines.breaks import is_break
from converter.recognisers.lines.dates import WEEKDAY, is_date
from converter.recognisers.metadata.fields import HeadFields, in_head
from converter.recognisers.metadata.names import bare_name, byline, is_person

BRACKETS = "【[［〔(（〈<＜《"  # around the label of a note, on a line of its own
MESSAGE_OPENS, MESSAGE_CLOSES = "【〖『", "】〗』"
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
ANNOUNCING_WORDS = 4  # of a sentence above what it shows: fewer are a label


def split_headings(groups: Sequence[RowGroup], lex: Lexicon, layout: Layout) -> list[RowGroup]:
    """Part a heading line from the paragraph that follows it without a blank line."""
    out: list[RowGroup] = []
    for group in _dated(groups):
        rows = group.rows
        if _heads_lines(group, lex, layout):
            out.extend(RowGroup((row,), row.gap) for row in rows)
            continue
        if parts := _two_in_one(group, first=not out):
            out.extend(parts)
            continue
        if len(rows) > 2 and len(rows[0].text) <= 60 and len(rows[1].text) > 0.6 * max(layout.width, 40):
            form = read_form(rows[0].text, lex)
            if form and form.shape in ("division", "single") and not group.lines:
                out.append(RowGroup(rows[:1], group.gap))
                out.append(RowGroup(rows[1:], 0, group.lines))
                continue
        if len(rows) > 1 and _counts_part(rows[-2], lex) and _stands_in_part(rows[-1], lex):
            out += [RowGroup(rows[:-1], group.gap), RowGroup(rows[-1:], 0)]
            continue
        if len(rows) > 1 and len(rows[-1].text) <= 60 and may_end_paragraph(rows[-2].text):
            form = read_form(rows[-1].text, lex)
            if form and form.shape == "division" and len(rows[-2].text) < 0.8 * max(layout.width, 30):
                out.append(RowGroup(rows[:-1], group.gap))
                out.append(RowGroup(rows[-1:], 0))
                continue
        out.append(group)
    return out


def _counts_part(row: Row, lex: Lexicon) -> bool:
    """Whether a row says a volume's or a part's number and no more: what stands below it is a heading by itself."""
    form = read_form(row.text, lex)
    return form is not None and form.kind in PART_KINDS and form.number is not None and not form.title


def _stands_in_part(row: Row, lex: Lexicon) -> bool:
    """Whether a row is the heading of what a part holds beside its chapters: "Prologue"."""
    form = read_form(row.text, lex)
    return form is not None and form.shape == "single" and form.kind in INSIDE


def _two_in_one(group: RowGroup, *, first: bool) -> list[RowGroup]:
    """The label of a note and the note below it, a title and the byline below it; [] for any other group."""
    rows = group.rows
    if group.lines and len(rows) > 1 and is_label(rows[0].text):
        return [RowGroup(rows[:1], group.gap), RowGroup(rows[1:], 0, len(rows) > 2)]
    titled = not first and len(rows) == TITLE_AND_BYLINE and not may_end_paragraph(rows[0].text)
    if titled and is_person(bare_name(byline(rows[1].text))):
        return [RowGroup(rows[:1], group.gap), RowGroup(rows[1:], 0)]
    return []


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
    layout: Layout,
    title: str,
    author: str = "",
) -> tuple[list[Decision], list[Miss]]:
    """The headings among the groups, those that stand out as such; and what looked like a heading and is none.

    `underlined` are numbers of lines, `entries` the keys of the contents list, `title` and `author` the book's.
    """
    counts = [0, *accumulate(g.words for g in groups)]
    sure, likely = names_on_top(groups, author)
    verse = layout.kind == "verse"

    def decided(names: frozenset[int]) -> tuple[list[Decision], list[Miss]]:
        heads = [c for c in found if c.at not in names or _divides(c.text, lex) or title_key(c.text) in entries]
        return decide(heads, lex, counts[-1], entries, layout.usual_gap, title, verse=verse)

    found = candidates(groups, underlined, counts, lex)
    if likely:
        named = decided(sure)
        return named if any(begins_series(groups, at, named[0]) for at in likely) else decided(sure | likely)
    return decided(sure)


def candidates(
    groups: Sequence[RowGroup], underlined: set[int], counts: Sequence[int], lex: Lexicon
) -> list[Candidate]:
    """The short groups that might be headings. `counts[i]` is the number of words before group i."""
    out: list[Candidate] = []
    scripted = is_screenplay(g.rows for g in groups)  # its scenes are no chapters, and short lines tell what is seen
    notes = places_of_notes(groups)
    for at, group in enumerate(groups):
        rows = group.rows
        if at in notes or (scripted and not _divides(rows[0].text, lex)) or _heads_nothing(group, lex):
            continue
        gap_after = groups[at + 1].gap if at + 1 < len(groups) else 99
        lines = heading_words(group)
        marked = rows[0].line in underlined and not (at == 0 and any_names_author(lines))
        announced = at > 0 and _announces(groups[at - 1])
        place = Candidate(at, lines, group.gap, gap_after, counts[at], group.indent, marked, 0, group.line, announced)
        out.append(place)
    return out


def _announces(group: RowGroup) -> bool:
    """Whether a sentence says that what stands below it is to be read somewhere: "The telegram said:"."""
    return group.words >= ANNOUNCING_WORDS and group.rows[-1].text[-1] in ":："


def _heads_nothing(group: RowGroup, lex: Lexicon) -> bool:
    """Whether a group is too long for a heading, or surely something else: a break, a message, a note, a signature."""
    rows, first = group.rows, group.rows[0].text
    if len(rows) > CANDIDATE_ROWS or sum(len(r.text) for r in rows) > CANDIDATE_CHARACTERS:
        return True
    if is_break(first) and not first.isalpha():
        return True
    if is_stamped(first) or is_transition(first) or _is_message(rows, lex):
        return True
    if is_told_note(first) or (first[0] in BRACKETS and is_label(first)):
        return True
    return group.lines and len(rows) > 1 and first[-1] == "," and not _divides(first, lex)  # words of parting


def _is_message(rows: Sequence[Row], lex: Lexicon) -> bool:
    """Whether every line is said by the system of a game: "【Skill unlocked】". A chapter's name may be so."""
    if not all(r.text[0] in MESSAGE_OPENS and r.text[-1] in MESSAGE_CLOSES for r in rows):
        return False
    return not any(_divides(unwrap(r.text)[0], lex) for r in rows)


def _divides(text: str, lex: Lexicon) -> bool:
    form = read_form(text, lex)
    return form is not None and form.shape == "division"


def heading_words(group: RowGroup) -> tuple[str, ...]:
    """The lines of what may be a heading, without the marks of the footnotes it cites."""
    lines = tuple(line for r in group.rows for line in lines_of(r.text))
    for footnote in group.notes:
        pattern = citation(footnote.mark)
        at = next((i for i, line in enumerate(lines) if pattern.search(line)), None)
        if at is not None:
            lines = (*lines[:at], pattern.sub("", lines[at], count=1), *lines[at + 1 :])
    return lines
