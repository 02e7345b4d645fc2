"""The way of a text: bytes to rows, rows to groups, groups to headings and blocks, blocks to a book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.document.contracts import Evidence, Omission, Parsed, Source, SourceText
from converter.document.errors import NotAStory
from converter.document.findings.chapters import HeadingDoubt
from converter.document.model import Aside, Block, Book, Chapter, ChapterKind, Heading, Metadata, Origin
from converter.document.verbatim import quoted_omissions
from converter.parsers import switches
from converter.parsers.decoding import decode
from converter.parsers.items.end_line import with_end_line, without_chapters_ends
from converter.parsers.items.front_leaves import front_leaves, tells_story
from converter.parsers.items.letter_books import told_in_letters
from converter.parsers.items.sign_offs import with_sign_offs
from converter.parsers.noted_title import with_noted_title
from converter.parsers.text.blocks.authors_notes import announced_notes, settle_notes, with_notes
from converter.parsers.text.blocks.footnotes import signs
from converter.parsers.text.blocks.lined import is_table
from converter.parsers.text.blocks.making import make_blocks
from converter.parsers.text.blocks.text_habits import TextHabits, learn_habits
from converter.parsers.text.head.front import TextFront, read_header
from converter.parsers.text.head.noted_author import signed_head, with_noted
from converter.parsers.text.headings.chapter_tree import chapter_tree, without_edge_breaks
from converter.parsers.text.learnt import Learnt
from converter.parsers.text.lines.boilerplate import FRAMES
from converter.parsers.text.lines.grouping import groups
from converter.parsers.text.lines.layout import Layout, RowGroup
from converter.parsers.text.lines.rows import Row, estimate_words
from converter.parsers.text.options import TextOptions
from converter.parsers.text.outlining import Outline, outlined, shown_heading
from converter.parsers.text.story_rows import StoryRows, language_of, story_rows, translated, unescaped
from converter.recognisers.headings.words import lexicon
from converter.recognisers.marks.habit import Marks
from converter.recognisers.marks.typed_marks import Marked, read_inlines
from converter.recognisers.metadata.fields import in_head, tag_of_language

if TYPE_CHECKING:
    pass

DOUBTFUL = 0.8  # a heading with less confidence is shown to the person
UNLABELLED_WORDS = 8  # of unlabelled lines: fewer are a title and a byline


def read_text(source: Source, options: TextOptions) -> Parsed:
    """The book in a text, as `text_parser` promises it."""
    decoded = decode(source.data)
    learnt = Learnt(source.name)
    learnt.evidence.append(Evidence("encoding", decoded.encoding, decoded.why, decoded.confidence))
    learnt.evidence += [Evidence("encoding", "repaired", r.message) for r in decoded.repairs]
    learnt.findings += decoded.findings
    story, told = translated(unescaped(decoded.text, learnt), learnt, options.without)
    text, behind = _parted(story_rows(told, learnt, options.without, options.paragraphs), told.behind)
    front = TextFront(text.page.head, announced=text.page.notes)
    for field_name, value, line in (*told.head, *signed_head(text.rows, told.author)):
        front.head.add(field_name, value, line)
    if switches.HEAD not in options.without:
        read_header(text.header, front)
    language = options.language or tag_of_language(front.head.one("language")) or language_of(text.rows)
    front.language = language
    framed = len(learnt.omissions)
    outline = outlined(text, front, language, options, learnt)
    habits = _habits(outline, text.layout, language, learnt)
    if switches.EMPHASIS in options.without:
        habits = habits._replace(marks=Marks(frozenset()))
    if switches.STRUCTURES in options.without:
        habits = habits._replace(structures=False, speakers=frozenset())
    chapters = _chapters(outline, front, habits, options, learnt)
    framed_off = any(o.rule in FRAMES for o in learnt.omissions)
    if not chapters and (
        framed_off or _says_more(text.rows, signed=bool(front.head.one("author")))
    ):  # what looked like a frame is all there is: the story
        del learnt.omissions[0 if framed_off else framed :]
        front, rows = TextFront(language=language), list(told.rows) if framed_off else text.rows
        outline = Outline(groups(rows, text.layout), [], 0)
        chapters = _chapters(outline, front, habits, options, learnt)
    if not chapters:
        where = source.name
        raise NotAStory("there is a head but no story in this file", where, "check that the whole story was saved")
    chapters = told_in_letters(with_sign_offs(chapters) if habits.structures else chapters)
    chapters += _behind(behind, habits, learnt)
    book = Book(with_noted(_metadata(front, language, options), told.author), tuple(chapters))
    book = replace(book, metadata=with_noted_title(book.metadata, told.title, book))
    omissions = (*told.omissions, *quoted_omissions(learnt.omissions, story))
    return Parsed(
        book,
        (SourceText(source.name, story),),
        tuple(learnt.findings),
        omissions,
        tuple(learnt.evidence),
        moves=tuple(learnt.moves),
    )


def _parted(text: StoryRows, behind: int) -> tuple[StoryRows, list[Row]]:
    """The story's rows, and those from this line on, which say what the text was made from; a text that is nothing
    else is a story."""
    story = [row for row in text.rows if not behind or row.line < behind]
    return (text._replace(rows=story), text.rows[len(story) :]) if story else (text, [])


def _behind(rows: Sequence[Row], habits: TextHabits, learnt: Learnt) -> list[Chapter]:
    """What stands behind the story, a paragraph for each row."""
    made = [RowGroup((row,), row.gap) for row in rows]
    blocks = make_blocks(made, habits, learnt.findings, learnt.omissions)
    return [Chapter(tuple(blocks), kind="back", origin=Origin(learnt.name, rows[0].line))] if blocks else []


def _says_more(rows: Sequence[Row], *, signed: bool) -> bool:
    """Whether a file without a story has more than a head: lines without a label, enough for a sentence; or a line or
    a few that no author stands below (`signed`), which are all there is to read: a note, an ask."""
    if not signed or len(rows) == 1:
        return not any(in_head(row.text) for row in rows)
    return sum(estimate_words(r.text) for r in rows if not in_head(r.text)) >= UNLABELLED_WORDS


def _habits(outline: Outline, layout: Layout, language: str, learnt: Learnt) -> TextHabits:
    """How the file sets its text; the doubts about its headings stand before those about its words."""
    headings = {d.at + k for d in outline.decisions for k in range(d.blocks + 1)}
    habits = learn_habits(outline.groups, layout, learnt.name, language, headings)
    learnt.evidence += [Evidence("emphasis", m, f"{n} pairs") for m, n in habits.marks.pairs if n]
    for d in outline.decisions:
        if d.confidence < DOUBTFUL:
            learnt.findings.append(HeadingDoubt(shown_heading(d), d.why, d.shared, Origin(learnt.name, d.line)))
    return habits


def _chapters(
    outline: Outline, front: TextFront, habits: TextHabits, options: TextOptions, learnt: Learnt
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
        return list(with_end_line(blocks))

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
        chapters = without_chapters_ends(chapters, lexicon(front.language), name, learnt.omissions)
        front_blocks = without_edge_breaks(make(opening, front=True), learnt.omissions, name) if opening else []
        chapters = _with_front(front_blocks, chapters, name)
    else:
        chapters = chapter_tree(opening, (), 0, make, inlines, name, learnt.omissions) if opening else []
    return _with_note(chapters, make(of_title), name) if of_title else chapters


def _with_front(blocks: Sequence[Block], chapters: list[Chapter], name: str) -> list[Chapter]:
    """The chapters, and before them what stands before the first heading: a chapter of the story when it is long
    enough, else front matter."""
    if not blocks:
        return chapters
    kind: ChapterKind = "chapter" if tells_story(blocks) else "front"
    front = Chapter(tuple(blocks), kind=kind, origin=blocks[0].origin or Origin(name, 1))
    return [_titled(chapter) for chapter in front_leaves([front, *chapters])]


def _titled(chapter: Chapter) -> Chapter:
    """What stands before the first heading, with the head of a play's cast as its title where it opens with that."""
    head = (
        next(iter(chapter.blocks), None) if chapter.kind == "front" and not (chapter.label or chapter.title) else None
    )
    return replace(chapter, title=head.content, blocks=chapter.blocks[1:]) if isinstance(head, Heading) else chapter


def _with_note(chapters: list[Chapter], of_title: Sequence[Block], name: str) -> list[Chapter]:
    """The chapters with what is said of the title set apart before the story."""
    if not of_title:
        return chapters
    note = Aside(tuple(of_title), "note", origin=of_title[0].origin)
    if chapters and not (chapters[0].label or chapters[0].title):
        return [replace(chapters[0], blocks=(note, *chapters[0].blocks)), *chapters[1:]]
    return [Chapter((note,), kind="front", origin=of_title[0].origin or Origin(name, 1)), *chapters]


def _metadata(front: TextFront, language: str, options: TextOptions) -> Metadata:
    """What the head says; a language that neither it nor the person names is the one read off the text."""
    metadata = front.head.metadata()
    if metadata.language or not language or options.language:
        return metadata
    provenance = (*metadata.provenance, ("language", "read off the text"))
    return replace(metadata, language=language, provenance=provenance)
