"""What stands right below a title: facts, a byline, who signs, a dedication, a date, an epigraph."""

from __future__ import annotations

from converter.document.patterns import regex
from converter.parsers.text.head.story_words import BOTH, LONGEST_TITLE
from converter.parsers.text.head.telling import is_stat
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.lines.rows import may_end_paragraph
from converter.recognisers.lines.dates import dates_book, is_dateline
from converter.recognisers.lines.letters import WEAK_WORDS, attributes, dedicates
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.names import byline, clean_name, is_by, is_person

SIGNS = (" by ", "--", "—", "–")  # before a name at a line's end
YEAR = regex(r",?\s\(?\d{4}\)?\Z", within=LONGEST_TITLE)
PLACED_YEAR = regex(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,2},\s\d{4}", within=LONGEST_TITLE)  # "London, 1923"


def is_fact(text: str) -> bool:
    """Whether a line says something of the story behind a label, or counts its words."""
    return read_field(text) is not None or is_stat(text)


def signed_in(text: str) -> str:
    """Whom a line right below the title names at its end: "(a story in letters, by Ada Thorn)", "typed up from my red
    notebook -- Ada Thorn, 2015"."""
    if may_end_paragraph(text) and not (text[0] in "([" and text[-1] in ")]"):
        return ""  # a sentence
    line = YEAR.sub("", text[-LONGEST_TITLE:].strip("()[] *_."))
    for sign in SIGNS:
        before, _, name = line.rpartition(sign)
        if before and len(name.split()) >= BOTH and name.strip()[0].isupper() and is_person(name.strip()):
            return clean_name(name.strip())
    return ""


def goes_below_title(text: str) -> bool:
    """Whether a line is one that hardly stands elsewhere: a byline, a "by" alone, a fact."""
    return bool(byline(text)) or is_by(text) or is_fact(text)


def stands_below_titles(below: RowGroup | None, source: RowGroup | None = None) -> bool:
    """Whether a block is a dedication, a date, or an epigraph with its source in its last line, or alone in the block
    `source` below it: what stands below a title."""
    if below is None or below.words > WEAK_WORDS * len(below.rows):
        return False
    last = below.rows[-1].text
    if len(below.rows) == 1 and (is_dateline(last) or dates_book(last) or PLACED_YEAR.fullmatch(last)):
        return True
    if attributes(last) or (source is not None and len(source.rows) == 1 and attributes(source.rows[0].text)):
        return True
    apart = below.rows[0].indent > 0 or not may_end_paragraph(last)
    return below.words <= WEAK_WORDS and apart and dedicates(below.rows[0].text)
