"""Bylines on a story's own title page: lines and headings that name its author are taken off."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.model import Paragraph
from converter.document.words import plain_text
from converter.parsers.items.front import TakenTitlePage
from converter.parsers.items.front_leaves import is_front
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import Gap, Item
from converter.parsers.items.normalisation import item_texts
from converter.parsers.items.sections import Section, behead, cites_note, head_text, same_words
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.metadata.author_lines import TOLD_WORDS, AuthorLines, signed_by
from converter.recognisers.metadata.kinds import names_kind
from converter.recognisers.metadata.names import author_in, clean_name, is_bare_name
from converter.recognisers.metadata.work_and_chapter import work_before

TITLE_PAGE_WORDS = 40  # words between a work's title and its first chapter that belong to the title page
BYLINE_WORDS = 8


def take_byline(sections: list[Section], index: int, front: TakenTitlePage, authors: Sequence[str] = ()) -> bool:
    """A heading right under the title that names the author, or goes on with the title. `authors`: who is known to
    have written it."""
    at = index if index < len(sections) and sections[index].head is not None else index + 1
    if at >= len(sections) or (at > index and sections[index].words > TITLE_PAGE_WORDS):
        return False
    section = sections[at]
    head = section.head
    if head is None or section.divides or cites_note(joined(head.lines)):
        return False
    text = head_text(section)
    if (name := signed_by(text)) and len(text.split()) <= BYLINE_WORDS:
        front.credit(text, name)
        front.omit("byline", text, head.origin)
    elif not front.author and _is_name(sections, at, authors):
        front.author = clean_name(text)
        front.omit("byline", text, head.origin)
    elif not front.subtitle and _is_subtitle(sections, at, authors):
        front.subtitle = text
        front.omit("subtitle", text, head.origin)
    else:
        return False
    behead(sections, at)
    return True


def _is_name(sections: Sequence[Section], at: int, authors: Sequence[str]) -> bool:
    """Whether a heading is the bare name of the author, whom nothing else names; of several of its level, each heads a
    chapter."""
    head, text = sections[at].head, head_text(sections[at])
    if any(same_words(text, name) for name in authors):
        return True
    alike = [s for s in sections if s.head is not None and head is not None and s.head.level == head.level]
    if authors or not (len(alike) == 1 or _heads_nothing(sections, at)) or not author_lines(sections).has_author(text):
        return False
    return not any(is_bare_name(head_text(s), frozenset()) for s in alike if s is not sections[at])


def _heads_nothing(sections: Sequence[Section], at: int) -> bool:
    """Whether nothing stands under a heading: no text, and the next heading is no smaller one."""
    head, below = sections[at].head, sections[at + 1].head if at + 1 < len(sections) else None
    return not sections[at].words and head is not None and below is not None and below.level <= head.level


def _is_subtitle(sections: Sequence[Section], at: int, authors: Sequence[str]) -> bool:
    """Whether a heading right under the title goes on with it: it says what kind of work it is and heads nothing, or no
    more than a title page has stands under it, the author's name first."""
    section, following = sections[at], sections[at + 1] if at + 1 < len(sections) else None
    items = [item for item in section.items if not isinstance(item, Gap)]
    if following is None:
        return bool(items) and isinstance(items[0], Paragraph) and _is_title_page(_line_of(items[0]), items[1:])
    if section.words > TITLE_PAGE_WORDS:
        return False
    if not section.words:
        return names_kind(head_text(section)) or bool(author_in(head_text(following)))
    line = _line_of(items[0]) if isinstance(items[0], Paragraph) else ""
    if author_in(line) or any(same_words(line, name) for name in authors):
        return is_front(items[1:])
    bare = not authors and author_lines(sections).has_author(line) and not _tellers(sections[at + 1 :])
    return bare and is_front(items[1:])


def _is_title_page(line: str, below: Sequence[Item]) -> bool:
    """Whether the first line under a file's last heading, and all below it, are no more than a title page: who wrote
    it, then whose it is and where it was made."""
    return bool(author_in(line)) and bool(below) and is_front(below)


def take_byline_line(sections: list[Section], front: TakenTitlePage, authors: Sequence[str]) -> None:
    """A first line under the title, in a section without a heading, that says who wrote the story, and nothing else."""
    item = sections[0].items[0] if sections[0].items else None
    if not isinstance(item, Paragraph) or cites_note(item.content):
        return
    text = _line_of(item)
    if name := signed_by(text):
        front.credit(text, name)
    elif not any(same_words(text, name) for name in authors):
        if authors or front.author or not author_lines(sections).has_author(text) or _tellers(sections[1:]):
            return
        front.author = clean_name(text)
    front.omit("byline", text, item.origin)
    del sections[0].items[0]
    if all(isinstance(item, Gap) for item in sections[0].items):
        sections[0].items.clear()


def _tellers(sections: Sequence[Section]) -> bool:
    """Whether a name stands below another heading, too: so do those stand who tell a chapter."""
    first = (item for section in sections for item in section.items[:1])
    return any(isinstance(item, Paragraph) and is_bare_name(_line_of(item), frozenset()) for item in first)


def author_lines(sections: Sequence[Section]) -> AuthorLines:
    """The story's lines as a witness of who is its author."""
    items = [item for section in sections for item in (*((section.head,) if section.head else ()), *section.items)]
    lines = (" ".join(text.split()) for item in items for text in item_texts(item))
    told = (line for item in items for line in item_texts(item) if len(line.split()) > TOLD_WORDS)
    return AuthorLines(told, lines)


def _line_of(item: Paragraph) -> str:
    return " ".join(plain_text(item.content).split())


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
