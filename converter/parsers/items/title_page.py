"""A story's own title page: title, subtitle, byline and contents list are taken off its front, and told."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from converter.document.contracts import Edit
from converter.document.edit_script import edit_inlines
from converter.document.model import Inlines, Paragraph, SceneBreak, Strong, Text
from converter.document.words import plain_text
from converter.parsers.items.bylines import BYLINE_WORDS, author_lines, take_byline, take_byline_below, take_byline_line
from converter.parsers.items.front import TakenTitlePage
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.parsers.items.lines_below_title import (
    SignedLines,
    lines_that_sign,
    take_date_line,
    take_kind_line,
    take_lines_below_title,
    take_translators,
)
from converter.parsers.items.names_above import take_names_above
from converter.parsers.items.normalisation import item_texts
from converter.parsers.items.sections import HEADING_LENGTH, Section, behead, cites_note, head_text, is_part, same_words
from converter.recognisers.headings.forms import SENTENCE_END, read_form
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.lines.imprint import owner, says_rights
from converter.recognisers.lines.letters import dedicates
from converter.recognisers.lines.posts import tagged_title
from converter.recognisers.metadata.author_lines import AuthorLines, signed_by
from converter.recognisers.metadata.names import author_in
from converter.recognisers.metadata.subtitles import may_be_subtitle
from converter.recognisers.metadata.work_and_chapter import work_before

TITLE_LINES = 4  # in the middle of the page, above the story: title, subtitle, "by", a name
WHOLE_TITLE = 3  # lines at least of a title page that says all: title, subtitle, author
CONTENTS_SHARE = 0.6  # of a contents list's words are in the headings it lists


def take_title_page(
    sections: list[Section], title: str, source: str, lex: Lexicon, authors: Sequence[str] = ()
) -> TakenTitlePage:
    """Takes the work's title, subtitle and byline off the front, and contents lists out of it."""
    front = TakenTitlePage(source)
    take_names_above(sections, title, front, authors)
    first = sections[0] if sections else None
    if first is not None and first.head is None and first.items:
        _drop_title_line(first, title, front, lex, author_lines(sections), alone=len(sections) == 1)
        title = title or front.title
    index = next((i for i, s in enumerate(sections[:3]) if s.head is not None), None)
    if index is not None and _is_work_title(sections, index, title):
        _take_title(sections, index, title, front)
        while index < len(sections) and take_byline(sections, index, front, authors):
            pass
        _take_lines_below(sections, front, authors)
        if _is_said_again(sections, title or front.title):
            _take_title(sections, 0, title or front.title, front)
            _take_lines_below(sections, front, authors)
    elif title:
        _take_lines_below(sections, front, authors)
        take_byline_below(sections, front, lex)
    if len(sections) > 1 and sections[0].head is None:
        _take_rights(sections[0], front)
    for section in sections:
        _take_work_off(section, title, front, lex)
    _drop_contents(sections, lex, front)
    if front.omissions:
        _drop_small_lines(sections, front)
    return front


def _take_lines_below(sections: list[Section], front: TakenTitlePage, authors: Sequence[str]) -> None:
    """What stands below the title, above the first heading."""
    alone = len(sections) == 1
    if sections and sections[0].head is None:
        take_translators(sections[0], front)
        take_lines_below_title(sections[0], front, author_lines(sections), authors, alone=alone)
        take_byline_line(sections, front, authors)
        take_kind_line(sections[0], front, alone=alone)
        take_date_line(sections[0], front, alone=alone)
    if sections and sections[0].head is None and not sections[0].items:
        sections.pop(0)


def _take_lines_in_middle(
    section: Section, title: str, front: TakenTitlePage, story: AuthorLines, *, alone: bool
) -> bool:
    """The first lines of a story that nothing names, in the middle of the page: its title, then what kind of story it
    is and who wrote it. All that stands before the first heading; a story without headings (`alone`) has its title in
    bold, and prose below."""
    items = [item for item in section.items if not isinstance(item, Gap | SceneBreak)]
    rows = list(itertools.takewhile(_is_title_line, items[:TITLE_LINES]))
    rest = items[len(rows) :]
    first = rows[0] if rows else None
    lines = [" ".join(item_texts(row)[0].split()) for row in rows]
    named = lines_that_sign(lines[1:], story)
    if not isinstance(first, Paragraph) or bool(rest) != alone:
        return False
    if any(dedicates(line, brief=True) for line in lines[1:]):
        return False
    if alone and not isinstance(first.content[0], Strong) and named is None:
        return False
    if title and (named is None or len(lines) < WHOLE_TITLE or same_words(lines[0], title)):
        return False  # a name of the page is the title's, unless a whole title page says another
    left = _take_rows(rows, lines, named, front)
    section.items[:] = [*left, *(section.items[section.items.index(rest[0]) :] if rest else [])]
    return True


def _take_rows(
    rows: Sequence[Item], lines: Sequence[str], named: SignedLines | None, front: TakenTitlePage
) -> Sequence[Item]:
    """Keeps what the rows of a title page say, and tells that they are taken; gives those that are notes."""
    front.title, below = lines[0], list(lines[1:])
    if named is not None:
        front.credit(" ".join(below[named.first : named.end]), named.name)
        del below[named.first : named.end]
    notes = [line for line in below if not may_be_subtitle(line)]
    front.subtitle = front.subtitle or next((line for line in below if line not in notes), "")
    for row, line in zip(rows, lines, strict=True):
        if line not in notes:
            front.omit("title page", line, getattr(row, "origin", None))
    return [row for row, line in zip(rows, lines, strict=True) if line in notes]


def _take_bold_line(section: Section, front: TakenTitlePage, *, alone: bool) -> bool:
    """A first line that is bold and nothing else, where nothing tells the title: it is all that stands before the first
    heading, or (`alone`) a story without headings is below it, and it is tagged as a post or ends no sentence."""
    items = [item for item in section.items if not isinstance(item, Gap | SceneBreak)]
    first = items[0] if items else None
    if not isinstance(first, Paragraph) or len(first.content) != 1 or not isinstance(first.content[0], Strong):
        return False
    line = plain_text(first.content).strip()
    post = tagged_title(line)
    if "\n" in line or cites_note(first.content) or bool(items[1:]) != alone or not any(map(str.isalpha, line)):
        return False
    if not post and (len(line) > HEADING_LENGTH or SENTENCE_END.search(line)):
        return False
    front.title = post or line
    front.omit("title page", line, first.origin)
    section.items[:] = section.items[section.items.index(items[1]) :] if alone else []
    return True


def _take_rights(section: Section, front: TakenTitlePage) -> bool:
    """Lines that only say whose the story is, where nothing else stands before the first heading."""
    items = [item for item in section.items if not isinstance(item, Gap | SceneBreak)]
    lines = [plain_text(item.content).strip() for item in items if isinstance(item, Paragraph)]
    if not lines or len(lines) < len(items) or not all(map(says_rights, lines)):
        return False
    for item, line in zip(items, lines, strict=True):
        front.omit("title page", line, getattr(item, "origin", None))
    front.author = front.author or next(filter(None, map(owner, lines)), "")
    section.items.clear()
    return True


def _is_title_line(item: Item) -> bool:
    """Whether an item may stand on a title page: a short line in the middle, and no sentence."""
    if not isinstance(item, Paragraph) or item.align != "center" or cites_note(item.content):
        return False
    line = plain_text(item.content).strip()
    return 0 < len(line) <= HEADING_LENGTH and line[-1] not in ".,;:…" and any(map(str.isalpha, line))


def _drop_small_lines(sections: list[Section], front: TakenTitlePage) -> None:
    """Headings of a title page that head nothing: smaller than a chapter's, with rules at most under them
    ("LONDON 1899")."""
    chapter = next((s.head for s in sections if s.head is not None and s.divides), None)
    while chapter is not None and sections[0].head is not chapter:
        head = sections[0].head
        if any(not isinstance(i, SceneBreak) or any(map(str.isalnum, i.mark)) for i in sections[0].items):
            return
        if head is not None:
            if head.level <= chapter.level or cites_note(joined(head.lines)):
                return
            front.omit("title page", head_text(sections[0]), head.origin)
        sections.pop(0)


def _drop_title_and_byline(section: Section, title: str, front: TakenTitlePage, lex: Lexicon) -> bool:
    """Two lines in the middle of the page, or where nothing else tells the title, the second "by Somebody". Where the
    first goes on with a chapter's number, that is the section's heading."""
    lines, count, in_line = _first_lines(section, title)
    if len(lines) != 2 or not (author := signed_by(lines[1])):
        return False
    if len(lines[1].split()) > BYLINE_WORDS or len(lines[0]) > HEADING_LENGTH:
        return False
    front.credit(lines[1], author)
    origin = getattr(section.items[0], "origin", None)
    del section.items[:count]
    work, chapter = work_before(lines[0], lex)
    if work and (not title or same_words(work, title)):
        front.title = front.title or ("" if title else work)
        section.head = HeadingItem(((Text(chapter),),), 2, origin, marked=False)
        section.form = read_form(chapter, lex)
        front.omit("title page", work, origin)
        front.omit("title page", lines[1], origin)
        return True
    if not title or not same_words(lines[0], title):
        front.title = lines[0]
    front.omit("title page", (" " if in_line else "\n").join(lines), origin)
    return True


def _first_lines(section: Section, title: str) -> tuple[list[str], int, bool]:
    """The lines of a section's first paragraphs, until there are two; how many paragraphs these are, and whether both
    lines are one of the paragraph's."""
    lines: list[str] = []
    count = 0
    in_line = False
    for item in section.items[:2]:
        if not isinstance(item, Paragraph) or cites_note(item.content) or (title and item.align != "center"):
            break
        lines.extend(_title_lines(item.content))
        in_line = "\n" not in plain_text(item.content) and len(lines) > 1 and not count
        count += 1
        if len(lines) > 1:
            break
    return lines, count, in_line


def _title_lines(content: Inlines) -> list[str]:
    """The lines of a paragraph of a title page; bold words and a byline after them are two."""
    if len(content) > 1 and isinstance(content[0], Strong) and author_in(plain_text(content[1:]).strip()):
        return [plain_text(content[:1]).strip(), plain_text(content[1:]).strip()]
    return [line.strip() for line in plain_text(content).split("\n") if line.strip()]


def _is_work_title(sections: list[Section], index: int, title: str) -> bool:
    section = sections[index]
    head = section.head
    if head is None or not head.marked or section.divides or cites_note(joined(head.lines)):
        return False
    if title:
        return same_words(head_text(section), title) or same_words(plain_text(head.lines[0]), title)
    alike = [s for s in sections if s.head and s.head.level == head.level]
    bare = [s for s in alike if _heads_nothing(s) and not is_part(s)]
    titles = index == 0 and head.level == 1 and bare == [section]
    return (len(alike) == 1 or titles) and head.level <= 2


def _is_said_again(sections: list[Section], title: str) -> bool:
    """Whether the first heading below a title page is the title once more, with no story of its own below it: a few
    words and the chapters, or all of a story that has none."""
    head = sections[0].head if sections else None
    if (
        head is None
        or not head.marked
        or not same_words(head_text(sections[0]), title)
        or cites_note(joined(head.lines))
    ):
        return False
    return len(sections) == 1 or sections[0].words <= BYLINE_WORDS


def _heads_nothing(section: Section) -> bool:
    """Whether nothing stands below a heading, or a byline alone."""
    items = [item for item in section.items if not isinstance(item, Gap)]
    if len(items) == 1 and isinstance(items[0], Paragraph) and section.words <= BYLINE_WORDS:
        return bool(signed_by(" ".join(plain_text(items[0].content).split())))
    return not section.words


def _take_title(sections: list[Section], index: int, title: str, front: TakenTitlePage) -> None:
    section = sections[index]
    head = section.head
    if head is None:
        return
    if not title:
        front.title = head_text(section)
    elif len(head.lines) > 1 and same_words(plain_text(head.lines[0]), title):
        for line in head.lines[1:]:
            text = " ".join(plain_text(line).split())
            if name := author_in(text):
                front.credit(text, name)
    front.omit("duplicate title", head_text(section), head.origin)
    behead(sections, index)


def _take_work_off(section: Section, title: str, front: TakenTitlePage, lex: Lexicon) -> None:
    """The work's title off the heading of its chapter ("The Ox - Chapter 2: Rain")."""
    head = section.head
    if head is None or not head.named or not title or cites_note(joined(head.lines)):
        return
    text = plain_text(joined(head.lines))
    work, chapter = work_before(text, lex)
    if not work or not same_words(work, title):
        return
    content = edit_inlines(joined(head.lines), [Edit(0, len(text) - len(chapter), "")])
    section.head = replace(head, lines=(content,))
    section.form = read_form(" ".join(chapter.split()), lex)
    front.omit("duplicate title", work, head.origin)


def _drop_contents(sections: list[Section], lex: Lexicon, front: TakenTitlePage) -> None:
    """A section headed "Contents" whose few words are those of the headings after it, and on which no note hangs."""
    for i, section in enumerate(sections):
        if section.head is None or head_text(section).strip(" .:").casefold() not in lex.contents:
            continue
        if any(isinstance(item, Paragraph) and cites_note(item.content) for item in section.items):
            continue
        later = {w for s in sections[i + 1 :] for w in _key_words(head_text(s))}
        text = "\n".join(t for item in section.items for t in item_texts(item))
        words = _key_words(text)
        if words and sum(w in later for w in words) < CONTENTS_SHARE * len(words):
            continue
        front.omit("contents list", head_text(section), section.head.origin)
        if text:
            front.omit("contents list", text, section.head.origin)
        sections.pop(i)
        return


def _key_words(text: str) -> list[str]:
    return [w for w in re.findall(r"\w+", text.casefold()) if not w.isdigit()]


def _drop_title_line(
    section: Section, title: str, front: TakenTitlePage, lex: Lexicon, story: AuthorLines, *, alone: bool
) -> None:
    """A first line in bold or in the middle that repeats the title; or a title and a byline, whatever the page
    is called; where nothing is known, lines in the middle (`alone`: above a story without headings)."""
    item = section.items[0]
    if not isinstance(item, Paragraph):
        return
    if not alone and _take_rights(section, front):
        return
    if _take_lines_in_middle(section, title, front, story, alone=alone):
        return
    if (item.align == "center" or not title) and _drop_title_and_byline(section, title, front, lex):
        return
    if not title and _take_bold_line(section, front, alone=alone):
        return
    if title and same_words(plain_text(item.content), title) and not cites_note(item.content):
        front.omit("duplicate title", plain_text(item.content), item.origin)
        section.items.pop(0)
