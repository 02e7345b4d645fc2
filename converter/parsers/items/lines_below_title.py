"""The lines below a story's title: its subtitle, the kind of work it is, who wrote it, in one paragraph or several."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

from converter.document.model import Paragraph, SceneBreak
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.parsers.items.front import TakenTitlePage
from converter.parsers.items.front_leaves import is_front
from converter.parsers.items.kinds import Gap, Item
from converter.parsers.items.sections import HEADING_LENGTH, Section, cites_note, same_words
from converter.recognisers.lines.dates import dates_book
from converter.recognisers.lines.letters import dedicates
from converter.recognisers.metadata.author_lines import AuthorLines, signed_by
from converter.recognisers.metadata.kinds import is_kind, names_kind
from converter.recognisers.metadata.names import clean_name, is_by, pen_name
from converter.recognisers.metadata.subtitles import may_be_subtitle
from converter.recognisers.metadata.translators import translator

MOST = 4  # lines: a subtitle, a kind, "by", a name
SUBTITLE_WORDS = 14
BARE = range(1, 3)  # places of a bare name below the title: a subtitle stands between them
RIGHT_BELOW = range(1, 2)  # and right below a line that says what kind of work it is
PLACED_YEAR = regex(r",\s\(?(?:1[5-9]|20)\d\d\)?\Z", within=HEADING_LENGTH)  # "London, 1923"
NO_END = ".,;:…"


class _Row(NamedTuple):
    """A line, and the item whose it is."""

    text: str
    item: Paragraph


class SignedLines(NamedTuple):
    """Whom lines name as the author; the place of the first of them, and the place behind them."""

    name: str
    first: int
    end: int


def take_lines_below_title(
    section: Section, front: TakenTitlePage, story: AuthorLines, authors: Sequence[str], *, alone: bool
) -> None:
    """Takes a subtitle and a byline below it, or the other way round, off the first lines below a title. `authors`: who
    is known to have written the story. `alone`: no heading stands below it.

    A name behind "by" is sure wherever it stands; without it the lines stand in the middle, or say what kind of work it
    is above the name, or no more than a title page is before the first heading.
    """
    items = [item for item in section.items if not isinstance(item, Gap)]
    rows = _rows(items)
    placed = all(row.item.align == "center" for row in rows) or (not alone and _is_all_front(rows, items))
    bare = BARE if placed else RIGHT_BELOW if rows and names_kind(rows[0].text) else range(0)
    signed = lines_that_sign([row.text for row in rows], story, authors, bare=bare)
    if signed is None or not _is_subtitle(rows[: signed.first]):
        return
    rest = items[len({id(row.item) for row in rows}) :]
    beside = not signed.first and _follows_name(rows[signed.end :], rest, placed=placed)
    taken = rows[: signed.end + beside]
    if any(row.item is taken[-1].item for row in rows[len(taken) :]):
        return  # the paragraph says more
    _credit(taken, signed, front)
    _take_off(section, {id(row.item) for row in taken}, alone=alone)


def _follows_name(below: Sequence[_Row], rest: Sequence[Item], *, placed: bool) -> bool:
    """Whether the line below a name is the subtitle: it says what kind of work it is, or is the last of a title page;
    above a date it may be the house that made the book."""
    if below and names_kind(below[0].text):
        return True
    return placed and len(below) == 1 and _is_subtitle(below) and not any(map(dates_book, map(_line, rest[:1])))


def take_translators(section: Section, front: TakenTitlePage) -> None:
    """Takes off the lines below a title that say who translated the work, wherever they stand among its first ones."""
    rows = _rows([item for item in section.items if not isinstance(item, Gap)])
    for row in rows:
        name = translator(row.text) if row.text == _line(row.item) else ""
        if name:
            front.helpers.append(("translator", clean_name(name)))
            front.omit("byline", row.text, row.item.origin)
            section.items[:] = [item for item in section.items if item is not row.item]


def take_kind_line(section: Section, front: TakenTitlePage, *, alone: bool) -> None:
    """Takes a first line off that says what kind of work it is, where the title page has no other subtitle."""
    rows = _rows([item for item in section.items if not isinstance(item, Gap)][:1])
    if front.subtitle or len(rows) != 1 or not names_kind(rows[0].text):
        return
    front.subtitle = rows[0].text
    front.omit("subtitle", rows[0].text, rows[0].item.origin)
    _take_off(section, {id(rows[0].item)}, alone=alone)


def take_date_line(section: Section, front: TakenTitlePage, *, alone: bool) -> None:
    """Takes a line off that says when the work was published, where no more than a title page is left before the first
    heading: above a story it may be the story's own."""
    items = [item for item in section.items if not isinstance(item, Gap)]
    if alone or front.published or not is_front(items):
        return
    for item in items:
        line = _line(item)
        if isinstance(item, Paragraph) and dates_book(line):
            front.published = line.strip(" *_")
            front.omit("title page", line, item.origin)
            section.items.remove(item)
            _take_off(section, set(), alone=alone)
            return


def _line(item: Item) -> str:
    """The words of a paragraph on one line; "" for any other item, and where a note hangs on them."""
    if not isinstance(item, Paragraph) or cites_note(item.content):
        return ""
    return " ".join(plain_text(item.content).split())


def _is_all_front(rows: Sequence[_Row], items: Sequence[Item]) -> bool:
    """Whether lines and what else stands before the first heading is all a title page's: a dedication, an epigraph, a
    year."""
    taken = {id(row.item) for row in rows}
    return is_front([item for item in items if id(item) not in taken])


def _take_off(section: Section, gone: Set[int], *, alone: bool) -> None:
    """Takes the first items off; rules that are left above the first heading part nothing."""
    while section.items and (isinstance(section.items[0], Gap) or id(section.items[0]) in gone):
        section.items.pop(0)
    if not alone and all(isinstance(i, SceneBreak) and not any(map(str.isalnum, i.mark)) for i in section.items):
        section.items.clear()


def _credit(taken: Sequence[_Row], signed: SignedLines, front: TakenTitlePage) -> None:
    """Keeps what the lines say, and tells that they are taken."""
    front.credit(" ".join(row.text for row in taken[signed.first : signed.end]), signed.name)
    for k, row in enumerate(taken):
        names = signed.first <= k < signed.end
        front.subtitle = front.subtitle or ("" if names else row.text)
        front.omit("byline" if names else "subtitle", row.text, row.item.origin)


def _rows(items: Sequence[object]) -> list[_Row]:
    """The first lines, as far as they may stand on a title page: short, and no sentences."""
    rows: list[_Row] = []
    for item in items[:MOST]:
        if not isinstance(item, Paragraph) or cites_note(item.content):
            break
        lines = [" ".join(line.split()) for line in plain_text(item.content).strip().split("\n")]
        if len(rows) + len(lines) > MOST or not all(map(_may_be_titles, lines)):
            break
        rows.extend(_Row(line, item) for line in lines)
    return rows


def _may_be_titles(line: str) -> bool:
    if not 0 < len(line) <= HEADING_LENGTH or not any(map(str.isalpha, line)):
        return False
    return line[-1] not in NO_END or bool(signed_by(line)) or is_by(line)


def lines_that_sign(
    lines: Sequence[str], story: AuthorLines, authors: Sequence[str] = (), *, bare: range | None = None
) -> SignedLines | None:
    """Which of the lines below a title name the author: one behind "by", "by" alone and the line below it, or the bare
    name in one of the places `bare` (everywhere, if that is left open)."""
    for k, line in enumerate(lines):
        if name := signed_by(line):
            return SignedLines(name, k, k + 1)
        if is_by(line) and k + 1 < len(lines) and (name := pen_name(lines[k + 1])):
            return SignedLines(name, k, k + 2)
    for k in bare if bare is not None else range(len(lines)):
        if k < len(lines) and (
            any(same_words(lines[k], name) for name in authors) or (not authors and story.has_author(lines[k]))
        ):
            return SignedLines(clean_name(lines[k]), k, k + 1)
    return None


def _is_subtitle(rows: Sequence[_Row]) -> bool:
    """Whether lines are a subtitle, or nothing; a second one says what kind of work it is."""
    if len(rows) > 1 and not (len(rows) == 2 and is_kind(rows[1].text)):
        return False
    if any(dates_book(row.text) or PLACED_YEAR.search(row.text) or not may_be_subtitle(row.text) for row in rows):
        return False
    return all(len(row.text.split()) <= SUBTITLE_WORDS and not dedicates(row.text, brief=True) for row in rows)
