"""The way of a text: bytes to rows, rows to groups, groups to headings and blocks, blocks to a book."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from converter.document.contracts import Evidence, Omission, ParagraphHabit, Parsed, Source, SourceText
from converter.document.errors import NotAStory
from converter.document.findings.chapters import HeadingDoubt
from converter.document.findings.words import LibraryMark
from converter.document.model import Aside, Block, Book, Chapter, Metadata, Origin
from converter.document.patterns import regex
from converter.document.verbatim import quoted_omissions
from converter.parsers import switches
from converter.parsers.decoding import decode
from converter.parsers.text.blocks.authors_notes import announced_notes, settle_notes, with_notes
from converter.parsers.text.blocks.footnotes import signs, take_footnotes
from converter.parsers.text.blocks.lined import is_table
from converter.parsers.text.blocks.making import make_blocks
from converter.parsers.text.blocks.text_habits import TextHabits, learn_habits
from converter.parsers.text.head.front import (
    TextFront,
    drop_half_title,
    fill_from_end,
    fill_from_heading,
    fill_from_library,
    fill_from_works,
    read_front,
    read_header,
)
from converter.parsers.text.head.summaries import without_summary
from converter.parsers.text.headings.asked import asked_for
from converter.parsers.text.headings.contents import find_contents, without_lists
from converter.parsers.text.headings.glued_headings import part_glued
from converter.parsers.text.headings.outline import (
    chapter_tree,
    choose_headings,
    split_headings,
    story_start,
    take_underlines,
    without_edge_breaks,
)
from converter.parsers.text.lines.boilerplate import FRAMES, Stripped, strip_boilerplate
from converter.parsers.text.lines.drawn_boxes import open_boxes
from converter.parsers.text.lines.grouping import groups
from converter.parsers.text.lines.layout import Layout, RowGroup, measure
from converter.parsers.text.lines.rows import Row, estimate_words, rows_of, undouble
from converter.parsers.text.lines.running_heads import strip_furniture
from converter.parsers.text.options import TextOptions
from converter.parsers.text.page.page_frame import Framed, no_frame, take_frame
from converter.parsers.text.systems import marked_headings, recognise
from converter.parsers.text.systems.writing import Translation
from converter.recognisers.headings.families import Decision, Miss
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.misses import MISSES_TOLD
from converter.recognisers.headings.words import Lexicon, lexicon
from converter.recognisers.language.detection import detect_language
from converter.recognisers.marks.habit import Marks
from converter.recognisers.marks.typed_marks import Marked, read_inlines
from converter.recognisers.metadata.fields import in_head, tag_of_language

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

ENTITY = regex(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
NO_HEADING = "no heading"  # the topic of a line that looked like one
DOUBTFUL = 0.8  # a heading with less confidence is shown to the person
SAMPLE = 30_000  # characters from the middle of the text say its language
STORY_WORDS = 150  # words: more before the first heading, with a paragraph among them, are part of the story
UNLABELLED_WORDS = 8  # of unlabelled lines: fewer are a title and a byline
PARAGRAPH_WORDS = 40  # words that no title page has in one block


@dataclass(slots=True)
class _Learnt:
    """What is learnt on the way and is no part of the book."""

    name: str
    evidence: list[Evidence] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    moves: list[Origin] = field(default_factory=list)


class _Rows(NamedTuple):
    """The story's rows, the numbers of those that are underlined, what the library around it said, and the levels of
    headings that marks name, by line."""

    rows: list[Row]
    underlined: set[int]
    header: list[Row]
    named: tuple[str, str]
    layout: Layout
    marked: Mapping[int, int]
    page: Framed


class _Outline(NamedTuple):
    """The groups of the story, its headings, and the group at which its head is over."""

    groups: list[RowGroup]
    decisions: list[Decision]
    first: int


def read_text(source: Source, options: TextOptions) -> Parsed:
    """The book in a text, as `text_parser` promises it."""
    decoded = decode(source.data)
    learnt = _Learnt(source.name)
    learnt.evidence.append(Evidence("encoding", decoded.encoding, decoded.why, decoded.confidence))
    learnt.evidence += [Evidence("encoding", "repaired", r.message) for r in decoded.repairs]
    learnt.findings += decoded.findings
    story, told = _translated(_unescaped(decoded.text, learnt), learnt, options.without)
    text = _story_rows(told, learnt, options.without, options.paragraphs)
    front = TextFront(text.page.head, announced=text.page.notes)
    for field_name, value, line in told.head:
        front.head.add(field_name, value, line)
    if switches.HEAD not in options.without:
        read_header(text.header, front)
    language = options.language or tag_of_language(front.head.one("language")) or _language(text.rows)
    front.language = language
    framed = len(learnt.omissions)
    outline = _outline(text, front, language, options, learnt)
    habits = _habits(outline, text.layout, language, learnt)
    if switches.EMPHASIS in options.without:
        habits = habits._replace(marks=Marks(frozenset()))
    if switches.STRUCTURES in options.without:
        habits = habits._replace(structures=False, speakers=frozenset())
    chapters = _chapters(outline, front, habits, options, learnt)
    framed_off = any(o.rule in FRAMES for o in learnt.omissions)
    if not chapters and (framed_off or _says_more(text.rows)):  # what looked like a frame is all there is: the story
        del learnt.omissions[0 if framed_off else framed :]
        front, rows = TextFront(language=language), list(told.rows) if framed_off else text.rows
        outline = _Outline(groups(rows, text.layout), [], 0)
        chapters = _chapters(outline, front, habits, options, learnt)
    if not chapters:
        where = source.name
        raise NotAStory("there is a head but no story in this file", where, "check that the whole story was saved")
    metadata = _metadata(front, language, options)
    book = Book(metadata, tuple(chapters))
    omissions = (*told.omissions, *quoted_omissions(learnt.omissions, story))
    return Parsed(
        book,
        (SourceText(source.name, story),),
        tuple(learnt.findings),
        omissions,
        tuple(learnt.evidence),
        moves=tuple(learnt.moves),
    )


def _says_more(rows: Sequence[Row]) -> bool:
    """Whether a file without a story has more than a head: lines without a label, enough for a sentence; or one line,
    which is all there is to read."""
    if len(rows) == 1:
        return not in_head(rows[0].text)
    return sum(estimate_words(r.text) for r in rows if not in_head(r.text)) >= UNLABELLED_WORDS


def _unescaped(text: str, learnt: _Learnt) -> str:
    """The text with the entities of a web page (`&mdash;`, `&#8217;`) read as the characters they name."""
    if "&" not in text or not ENTITY.search(text):
        return text
    count = 0

    def read(m: re.Match[str]) -> str:
        nonlocal count
        char = unescape(m[0])
        if char == m[0] or not (char.isprintable() or char == "\u00a0"):
            return m[0]
        count += 1
        return char

    text = ENTITY.sub(read, text)
    if count:
        learnt.evidence.append(Evidence("encoding", "entities", f"{count} entities of HTML read as characters"))
    return text


def _translated(text: str, learnt: _Learnt, without: frozenset[str]) -> tuple[str, Translation]:
    """The file's text, and its rows: those of a text in the marks of another system in the marks that are read here."""
    known = recognise(text, learnt.name) if switches.SYSTEM not in without else None
    if known:
        learnt.findings += known.findings
    if not known or not known.translation:
        return text, Translation(text, tuple(rows_of(text)))
    learnt.evidence.append(Evidence("marks", known.system, known.why))
    return known.translation.text, known.translation


def _story_rows(told: Translation, learnt: _Learnt, without: frozenset[str], paragraphs: ParagraphHabit) -> _Rows:
    """The lines of the story alone, without a library's header and licence, page numbers and running heads."""
    rows, doubled = undouble(list(told.rows))
    stripped = Stripped(rows, [], [], ("", ""))
    if switches.LIBRARY not in without:
        stripped = strip_boilerplate(rows, learnt.name)
    learnt.omissions += stripped.omissions
    learnt.findings += [LibraryMark(Origin(learnt.name, line)) for line in stripped.inside]
    rows = stripped.rows
    page = no_frame(rows)
    if switches.FRAME not in without:
        page = take_frame(rows, learnt.name, _headings_of(rows))
        learnt.omissions += page.omissions
        learnt.findings += page.findings
    rows = page.rows
    if switches.FURNITURE not in without:
        rows, furniture = strip_furniture(rows, learnt.name)
        learnt.omissions += furniture
    rows, boxed = open_boxes(rows)
    rows, underlined = take_underlines(rows)
    underlined |= boxed
    if not rows:
        what = "nothing is left to read once headers and licences are taken off"
        raise NotAStory(what, learnt.name, "check the file")
    layout = measure(rows, paragraphs)._replace(verse=told.verse, quoted=told.quoted)
    why = f"{layout.why}; double-spaced" if doubled else layout.why
    learnt.evidence.append(Evidence("paragraphs", layout.kind, why, layout.confidence))
    return _Rows(rows, underlined, stripped.header, stripped.named, layout, told.headings, page)


def _headings_of(rows: Sequence[Row]) -> Callable[[str], bool]:
    """Whether a line is a chapter's heading by its words, whatever the rest of the file says."""
    lex = cache(lambda: lexicon(_language(rows)))

    def divides(line: str) -> bool:
        form = read_form(line, lex())
        return form is not None and form.shape == "division"

    return divides


def _language(rows: Sequence[Row]) -> str:
    """The language of a sample from the middle on; a short text is read whole."""
    middle = len(rows) // 2
    sample: list[str] = []
    size = 0
    for row in [*rows[middle:], *rows[:middle]]:
        sample.append(row.text)
        size += len(row.text)
        if size > SAMPLE:
            break
    return detect_language(" ".join(sample))[0]


def _outline(
    text: _Rows,
    front: TextFront,
    language: str,
    options: TextOptions,
    learnt: _Learnt,
) -> _Outline:
    """The groups without contents lists and what the head of the file says; the headings among them."""
    name = learnt.name
    lex = lexicon(language)
    parts = split_headings(groups(text.rows, text.layout), lex, text.layout)
    chapters = options.chapters and switches.HEADINGS not in options.without
    parts = part_glued(parts, lex) if chapters else parts
    lists = find_contents(parts, lex) if chapters and switches.CONTENTS not in options.without else []
    parts, entries, listed = without_lists(parts, lists, name)
    learnt.omissions += listed
    if switches.FOOTNOTES not in options.without:
        parts = take_footnotes(parts)
    entries |= text.page.names
    title = front.head.one("title") or text.named[0]
    decisions, missed = _headings(parts, text, lex, entries, title) if chapters else ([], [])
    if chapters and options.chapter:
        looked_like = [*((d.line, _shown(d)) for d in decisions), *((m.line, m.text) for m in missed)]
        decisions, vain = asked_for(parts, options.chapter, lex, looked_like, name)
        missed = []
        learnt.findings += vain
    decisions = without_summary(decisions, parts, read=switches.HEAD not in options.without)
    first = decisions[0].at if decisions else story_start(parts)
    head: set[int] = set()
    if switches.HEAD not in options.without:
        read_front(parts, first, front, name, text.layout, headed=bool(decisions))
        head = {parts[i].line for i in front.used}
        fill_from_library(front, text.named)
        fill_from_works(parts, decisions, front)
        parts, decisions = fill_from_heading(parts, decisions, front, name)
        fill_from_end(parts, front)
        parts, decisions = drop_half_title(parts, decisions, front, name, first)
    learnt.omissions += front.omissions
    learnt.evidence += [Evidence("heading", _shown(d), d.why, d.confidence, Origin(name, d.line)) for d in decisions]
    missed = [m for m in missed if m.line not in head][:MISSES_TOLD]
    learnt.evidence += [Evidence(NO_HEADING, m.text, m.why, 1 - m.nearness, Origin(name, m.line)) for m in missed]
    return _Outline(parts, decisions, decisions[0].at if decisions else first)


def _headings(
    parts: Sequence[RowGroup], text: _Rows, lex: Lexicon, entries: frozenset[str], title: str
) -> tuple[list[Decision], list[Miss]]:
    """The headings: those that the marks of the text name, if they name any; and what looked like one and is none."""
    if text.marked:
        return marked_headings(parts, text.marked, lex), []
    return choose_headings(parts, text.underlined, lex, entries, text.layout.usual_gap, title)


def _shown(d: Decision) -> str:
    return f"{d.label} {d.title}".strip()


def _habits(outline: _Outline, layout: Layout, language: str, learnt: _Learnt) -> TextHabits:
    """How the file sets its text; the doubts about its headings stand before those about its words."""
    headings = {d.at + k for d in outline.decisions for k in range(d.blocks + 1)}
    habits = learn_habits(outline.groups, layout, learnt.name, language, headings)
    learnt.evidence += [Evidence("emphasis", m, f"{n} pairs") for m, n in habits.marks.pairs if n]
    for d in outline.decisions:
        if d.confidence < DOUBTFUL:
            learnt.findings.append(HeadingDoubt(_shown(d), d.why, d.shared, Origin(learnt.name, d.line)))
    return habits


def _chapters(
    outline: _Outline, front: TextFront, habits: TextHabits, options: TextOptions, learnt: _Learnt
) -> list[Chapter]:
    """The chapters of the story, and before them what its head left to be read."""
    name = learnt.name
    announced = announced_notes(outline.groups, front.head.one("author")) | front.announced

    def make(part: Sequence[RowGroup], *, front: bool = False) -> list[Block]:
        omissions: list[Omission] = []
        blocks = make_blocks(part, habits, learnt.findings, omissions, front=front)
        if switches.AUTHORS_NOTES not in options.without:
            apart, breaks = with_notes(blocks, name, announced)
            blocks, omissions = settle_notes(apart, part, [*omissions, *breaks], name, drop=options.drop_notes)
        learnt.omissions += omissions
        return blocks

    def inlines(text: str) -> Marked:
        return read_inlines(text, habits.marks)

    decisions = outline.decisions
    stop = decisions[0].at if decisions else len(outline.groups)
    opening: list[RowGroup] = []
    of_title: list[RowGroup] = []
    for i, g in enumerate(outline.groups[:stop]):
        if i not in front.used:
            opening.append(g._replace(rows=tuple(front.kept.get(i, g.rows))))
        for footnote in g.notes if i in front.used else ():  # the title is no text that could cite
            of_title.extend(footnote.groups)
            learnt.moves += [Origin(name, g.line) for g in footnote.groups]
            learnt.omissions += signs(footnote, name)
    below = (n for g in outline.groups if g.notes and is_table(g) for n in g.notes)
    learnt.moves += [Origin(name, g.line) for footnote in below for g in footnote.groups]
    if decisions:
        chapters = chapter_tree(outline.groups, decisions, outline.first, make, inlines, name, learnt.omissions)
        front_blocks = without_edge_breaks(make(opening, front=True), learnt.omissions, name) if opening else []
        chapters = [*_front_matter(opening, front_blocks, name), *chapters]
    else:
        chapters = chapter_tree(opening, (), 0, make, inlines, name, learnt.omissions) if opening else []
    return _with_note(chapters, make(of_title), name) if of_title else chapters


def _with_note(chapters: list[Chapter], of_title: Sequence[Block], name: str) -> list[Chapter]:
    """The chapters with what is said of the title set apart before the story."""
    if not of_title:
        return chapters
    note = Aside(tuple(of_title), "note", origin=of_title[0].origin)
    if chapters and not (chapters[0].label or chapters[0].title):
        return [replace(chapters[0], blocks=(note, *chapters[0].blocks)), *chapters[1:]]
    return [Chapter((note,), kind="front", origin=of_title[0].origin or Origin(name, 1)), *chapters]


def _front_matter(opening: Sequence[RowGroup], blocks: Sequence[Block], name: str) -> list[Chapter]:
    """What stands before the first heading: a chapter of the story when it is long enough, else front matter."""
    if not blocks:
        return []
    origin = Origin(name, opening[0].line)
    words = [g.words for g in opening]
    if sum(words) >= STORY_WORDS and max(words) > PARAGRAPH_WORDS:
        return [Chapter(tuple(blocks), origin=origin)]
    return [Chapter(tuple(blocks), kind="front", origin=origin)]


def _metadata(front: TextFront, language: str, options: TextOptions) -> Metadata:
    """What the head says; a language that neither it nor the person names is the one read off the text."""
    metadata = front.head.metadata()
    if metadata.language or not language or options.language:
        return metadata
    provenance = (*metadata.provenance, ("language", "read off the text"))
    return replace(metadata, language=language, provenance=provenance)
