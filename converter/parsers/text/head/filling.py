"""What the head of a file left open, and others say: a library, headings, bylines below them, the end of the file."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.parsers.text.head.closing_name import author_at_end
from converter.parsers.text.head.front import TextFront
from converter.parsers.text.head.page_heads import title_on_pages
from converter.parsers.text.head.story_words import BYLINE_LONGEST, StoryWords
from converter.parsers.text.head.title_lines import title_case
from converter.parsers.text.head.typescript import cells
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.lines.rows import Row
from converter.recognisers.headings.families import Decision, title_key
from converter.recognisers.metadata.fields import read_facts, read_field
from converter.recognisers.metadata.names import author_in

HELPERS = frozenset(("translator", "editor", "illustrator"))
LEAST_WORKS = 2  # titles with a byline below them


def fill_from_library(front: TextFront, named: tuple[str, str]) -> None:
    """Title and author as a library's own lines name them fill what the head left open."""
    for field_name, value in zip(("title", "author"), named, strict=True):
        if value and not front.head.one(field_name):
            front.head.add(field_name, value, 1)


def fill_from_works(groups: Sequence[RowGroup], decisions: Sequence[Decision], front: TextFront) -> None:
    """The author that the bylines below the titles of several works name fills what the head left open."""
    below = (groups[d.at + d.blocks].rows[0] for d in decisions if d.at + d.blocks < len(groups))
    named = {name: row.line for row in reversed(list(below)) if (name := author_in(row.text))}
    if len(decisions) >= LEAST_WORKS and named and not front.head.one("author"):
        names = sorted(named, key=named.__getitem__)
        front.head.add("author", "; ".join(names), named[names[0]])


def fill_from_heading(
    groups: list[RowGroup], decisions: Sequence[Decision], front: TextFront, name: str
) -> tuple[list[RowGroup], list[Decision]]:
    """Who wrote, translated, edited it, as lines right below the first heading say; without those lines."""
    out, moved = list(groups), list(decisions)
    at = decisions[0].at + decisions[0].blocks if decisions else len(groups)
    while at < len(out) and len(out[at].rows) == 1 and _names_people(out[at].rows[0], front, len(decisions)):
        row = out.pop(at).rows[0]
        front.omissions.append(Omission("head of the file", row.text, Origin(name, row.line)))
        moved = [d if d.at < at else d._replace(at=d.at - 1) for d in moved]
    return out, moved


def _names_people(row: Row, front: TextFront, headings: int) -> bool:
    """Whether a row is a byline below the only heading, or has labels of those who helped and their names."""
    author = author_in(row.text) if len(row.text) <= BYLINE_LONGEST and headings < LEAST_WORKS else ""
    if author and not front.head.one("author"):
        front.head.add("author", author, row.line)
        return True
    facts: Sequence[tuple[str, str, str] | None] = read_facts(row.text)
    fields = facts or [read_field(part) for part in cells(row.text)]
    if not fields or any(f is None or f[0] not in HELPERS or not f[1] for f in fields):
        return False
    for field_name, value, label in filter(None, fields):
        front.head.add(field_name, value, row.line, label)
    return True


def fill_from_end(groups: Sequence[RowGroup], front: TextFront) -> None:
    """The author whom the end of the file names fills what the head left open."""
    if not front.head.one("author"):
        name, line = author_at_end(groups)
        front.head.add("author", name, line)


def fill_from_pages(groups: Sequence[RowGroup], omissions: Sequence[Omission], front: TextFront) -> None:
    """The title that stands over the pages of a scan fills what the head left open."""
    title, line = title_on_pages(omissions)
    if title and not front.head.one("title"):
        front.head.add("title", title_case(title, front.language, StoryWords(groups)), line)


def drop_half_title(
    groups: list[RowGroup], decisions: list[Decision], front: TextFront, name: str, first: int
) -> tuple[list[RowGroup], list[Decision]]:
    """Without the half-title: the book's title alone once more from group `first` on, right before a heading."""
    key = title_key(front.head.one("title"))
    heads = {d.at for d in decisions}
    gone = {
        i
        for i, g in enumerate(groups)
        if key
        and i >= first
        and len(g.rows) == 1
        and not g.notes
        and i + 1 in heads
        and title_key(g.rows[0].text) == key
        and not _belongs_to_heading(i, decisions)
    }
    if not gone:
        return groups, decisions
    for i in sorted(gone):
        front.omissions.append(Omission("repeated title", groups[i].rows[0].text, Origin(name, groups[i].line)))
    places = [i for i in range(len(groups)) if i not in gone]
    new = {old: k for k, old in enumerate(places)}
    return [groups[i] for i in places], [d._replace(at=new[d.at]) for d in decisions if d.at in new]


def _belongs_to_heading(at: int, decisions: Sequence[Decision]) -> bool:
    """Whether it is (part of) a numbered heading: a chapter may be called like the book."""
    return any(d.at < at < d.at + d.blocks or (d.at == at and d.label) for d in decisions)
