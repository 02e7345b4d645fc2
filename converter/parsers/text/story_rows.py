"""From a file to the rows of its story: decoded entities, other systems' marks, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from converter.document.contracts import Evidence, Omission, ParagraphHabit
from converter.document.errors import NotAStory
from converter.document.findings.words import LibraryMark
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers import switches
from converter.parsers.text.learnt import Learnt
from converter.parsers.text.lines.boilerplate import Stripped, strip_boilerplate
from converter.parsers.text.lines.drawn_boxes import open_boxes
from converter.parsers.text.lines.layout import Layout, measure
from converter.parsers.text.lines.rows import Row, rows_of, undouble
from converter.parsers.text.lines.running_heads import strip_furniture
from converter.parsers.text.lines.underlines import take_underlines
from converter.parsers.text.page.page_frame import Framed, no_frame, take_frame
from converter.parsers.text.systems import recognise
from converter.parsers.text.systems.writing import Translation
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.language.detection import detect_language

if TYPE_CHECKING:
    pass

ENTITY = regex(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
SAMPLE = 30_000  # characters from the middle of the text say its language


class StoryRows(NamedTuple):
    """The story's rows, the numbers of those that are underlined, what the library around it said, and the levels of
    headings that marks name, by line."""

    rows: list[Row]
    underlined: set[int]
    header: list[Row]
    named: tuple[str, str]
    layout: Layout
    marked: Mapping[int, int]
    page: Framed


def unescaped(text: str, learnt: Learnt) -> str:
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


def translated(text: str, learnt: Learnt, without: frozenset[str]) -> tuple[str, Translation]:
    """The file's text, and its rows: those of a text in the marks of another system in the marks that are read here."""
    known = recognise(text, learnt.name) if switches.SYSTEM not in without else None
    if known:
        learnt.findings += known.findings
    if not known or not known.translation:
        return text, Translation(text, tuple(rows_of(text)))
    learnt.evidence.append(Evidence("marks", known.system, known.why))
    return known.translation.text, known.translation


def story_rows(told: Translation, learnt: Learnt, without: frozenset[str], paragraphs: ParagraphHabit) -> StoryRows:
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
    furniture: list[Omission] = []
    if switches.FURNITURE not in without:
        rows, furniture = strip_furniture(rows, learnt.name)
        learnt.omissions += furniture
    rows, boxed = open_boxes(rows)
    rows, underlined = take_underlines(rows)
    underlined |= boxed | told.like_headings
    if not rows:
        what = "nothing is left to read once headers and licences are taken off"
        raise NotAStory(what, learnt.name, "check the file")
    layout = measure(rows, paragraphs)._replace(verse=told.verse, quoted=told.quoted, printed=bool(furniture))
    why = f"{layout.why}; double-spaced" if doubled else layout.why
    learnt.evidence.append(Evidence("paragraphs", layout.kind, why, layout.confidence))
    return StoryRows(rows, underlined, stripped.header, stripped.named, layout, told.headings, page)


def _headings_of(rows: Sequence[Row]) -> Callable[[str], bool]:
    """Whether a line is a chapter's heading by its words, whatever the rest of the file says."""
    lex = cache(lambda: lexicon(language_of(rows)))

    def divides(line: str) -> bool:
        form = read_form(line, lex())
        return form is not None and form.shape == "division"

    return divides


def language_of(rows: Sequence[Row]) -> str:
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
