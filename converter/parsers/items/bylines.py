"""Bylines on a story's own title page: lines and headings that name its author are taken off."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.model import Paragraph
from converter.document.words import plain_text
from converter.parsers.items.front import TakenTitlePage
from converter.parsers.items.inlines import joined
from converter.parsers.items.sections import Section, behead, cites_note, head_text, same_words
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.metadata.names import author_in
from converter.recognisers.metadata.work_and_chapter import work_before

TITLE_PAGE_WORDS = 40  # words between a work's title and its first chapter that belong to the title page
BYLINE_WORDS = 8


def take_byline(sections: list[Section], index: int, front: TakenTitlePage) -> bool:
    """A heading right under the title that names the author, or goes on with the title."""
    at = index if index < len(sections) and sections[index].head is not None else index + 1
    if at >= len(sections) or (at > index and sections[index].words > TITLE_PAGE_WORDS):
        return False
    section = sections[at]
    head = section.head
    if head is None or section.divides or section.words > TITLE_PAGE_WORDS or cites_note(joined(head.lines)):
        return False
    text = head_text(section)
    if (name := author_in(text)) and len(text.split()) <= BYLINE_WORDS:
        front.credit(text, name)
        front.omit("byline", text, head.origin)
    elif not front.subtitle and author_in(_line_below(sections, at)):
        front.subtitle = text
        front.omit("subtitle", text, head.origin)
    else:
        return False
    behead(sections, at)
    return True


def _line_below(sections: Sequence[Section], at: int) -> str:
    """The line below a heading, if it is the only one before the story: the next heading, or a person's name; else
    ""."""
    section = sections[at]
    following = sections[at + 1] if at + 1 < len(sections) else None
    under = section.items[0] if len(section.items) == 1 else None
    if isinstance(under, Paragraph) and following is not None:
        line = " ".join(plain_text(under.content).split())
        return line if author_in(line) else ""
    return head_text(following) if following is not None and not section.words else ""


def take_byline_line(sections: list[Section], front: TakenTitlePage, authors: Sequence[str]) -> None:
    """A first line under the title that says who wrote the story, and nothing else."""
    if not sections or sections[0].head is not None or not sections[0].items:
        return
    item = sections[0].items[0]
    if not isinstance(item, Paragraph) or cites_note(item.content):
        return
    text = " ".join(plain_text(item.content).split())
    if name := author_in(text):
        front.credit(text, name)
    elif not any(same_words(text, name) for name in authors):
        return
    front.omit("byline", text, item.origin)
    del sections[0].items[0]
    if not sections[0].items:
        sections.pop(0)


def take_byline_below(sections: Sequence[Section], front: TakenTitlePage, lex: Lexicon) -> None:
    """A byline under a heading that names work and chapter ("The Ox Part 2")."""
    first = sections[0] if sections else None
    item = first.items[0] if first is not None and first.items else None
    if first is None or not isinstance(item, Paragraph) or not work_before(head_text(first), lex)[0]:
        return
    text = " ".join(plain_text(item.content).split())
    name = author_in(text)
    if name and len(text.split()) <= BYLINE_WORDS and not cites_note(item.content):
        front.credit(text, name)
        front.omit("byline", text, item.origin)
        del first.items[0]
