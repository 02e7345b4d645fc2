"""The rows of a title page: title, subtitle, "by", author, translator, as they stand one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from converter.parsers.text.head.bare_facts import take_bare_facts
from converter.parsers.text.head.below_titles import goes_below_title, is_fact, signed_in, stands_below_titles
from converter.parsers.text.head.story_words import (
    BOTH,
    BYLINE_LONGEST,
    LONGEST_TITLE,
    TITLE_WORDS,
    TWO_SENTENCES,
    StoryWords,
    names_author,
    title_words,
)
from converter.parsers.text.head.telling import tells_on
from converter.parsers.text.head.title_lines import (
    closed_up,
    is_name_of,
    lines_of_title,
    same_title,
    title_and_author,
    title_case,
)
from converter.parsers.text.head.typescript import cells
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.lines.rows import Row, may_end_paragraph
from converter.recognisers.headings.families import title_key
from converter.recognisers.headings.words import lexicon
from converter.recognisers.lines.dates import dates_book, is_time_stamp
from converter.recognisers.lines.imprint import owner, says_rights, series_of
from converter.recognisers.lines.posts import tagged_title
from converter.recognisers.lines.volumes import volume_of
from converter.recognisers.metadata.author_lines import signed_by
from converter.recognisers.metadata.credits import kind_in_byline, role_in_byline
from converter.recognisers.metadata.fields import HeadFields, tidy_title, without_status
from converter.recognisers.metadata.names import (
    LONGEST_NAME,
    byline,
    clean_name,
    is_by,
    is_person,
    pen_name,
)
from converter.recognisers.metadata.subtitles import may_be_subtitle
from converter.recognisers.metadata.translators import announces_translator, translator
from converter.recognisers.vocabulary import listed_words

BOLD = "**"  # at both ends of a line
BARE_BLOCKS = 4  # in which a title in capitals may stand below other lines
BY_BELOW = frozenset(listed_words("names", "by_below"))  # "by" right below a title, and nowhere else
LEAST_NAMED = 6  # letters of a line that the file is called by


class HeadBlock(NamedTuple):
    """A block in the head of a file: its place among all, the block below it, and whether that is a heading."""

    group: RowGroup
    at: int
    below: RowGroup | None
    last: bool
    short: bool = False  # no more than a title page's few lines stand before the heading


class _Line(NamedTuple):
    """A row of a block, as it is meant; `k` is its place in the block, `following` the text below it."""

    row: Row
    text: str
    k: int
    following: str
    block: HeadBlock
    alone: bool  # no other row of the block is left
    first: bool  # the first line of the file


def _announces(line: _Line) -> str:
    """Whom a row without a name says that the row below it names, as a field of the head; "" for any other row."""
    if is_by(line.text):
        return "author"
    named = not line.first and is_person(line.following)
    return "translator" if named and announces_translator(line.text) else ""


def _presents(text: str) -> bool:
    """Whether a line says no more than that the one above it brings what is below it: "presents"."""
    return text.casefold().strip(".:… ") in listed_words("titles", "presents")


class TitlePage:
    """A title page as it is read, from the top. What its rows say is added to `head`.

    `titled` says that the title was seen: what stands below it may be a subtitle.
    """

    def __init__(
        self,
        head: HeadFields,
        language: str,
        story: Sequence[RowGroup],
        file: str = "",
        labelled: str = "",
        top: int = 0,
    ) -> None:
        self._file = title_key(file)  # what the file is called
        self._labelled = labelled  # the title that a label below names
        self.titled = False
        self._head = head
        self._language = language
        self._story = StoryWords(story, file)
        self._top = (top, 0)  # the file's first line: its block, and its place there
        self._by = ""  # "by" stood alone on the row above: who is to follow, an "author" or a "translator"
        self._below_author = False  # the row above was the author's name, and the first of the file
        self._below_title = False  # the row above was the title or its subtitle

    def take(self, rows: Sequence[Row], block: HeadBlock, below: str = "") -> tuple[list[Row], list[Row]]:
        """(the rows that are left to be read, those that are of the title page). `below`: what stands under them."""
        rest: list[Row] = []
        used: list[Row] = []
        below = below or (block.below.rows[0].text if block.below else "")
        lines = self._takes_lines(rows, block, below)
        used += rows[:lines]
        for k, row in enumerate(rows):
            if k < lines:
                continue
            following = rows[k + 1].text if k + 1 < len(rows) else below
            first = (block.at, k) == self._top
            line = _Line(row, without_status(tidy_title(row.text)), k, following, block, len(rows) == 1, first)
            if first and is_time_stamp(row.text) and title_words(following):
                self._top = (block.at, k + 1) if k + 1 < len(rows) else (block.at + 1, 0)
                self._head.add("published", row.text, row.line)
                used.append(row)
            elif first and any(map(_presents, (following, row.text))):  # who brings the book is not what it is called
                self._top = (block.at, k + 1) if k + 1 < len(rows) else (block.at + 1, 0)
                used.append(row)
            elif self._dates_book(row, alone=len(rows) == 1 and block.short):
                self._head.add("published", row.text.strip(" *_"), row.line)
                used.append(row)
            elif self._takes_corners(line) or self._takes(line):
                used.append(row)
            else:
                self._by, self._below_title, self._below_author = "", False, False
                rest.append(row)
        return rest, used

    def _takes_lines(self, rows: Sequence[Row], block: HeadBlock, below: str) -> int:
        """How many rows at the top of the file are one title, set over several lines; or a running head above it."""
        if (block.at, 0) != self._top or self.titled or self._labelled or not rows:
            return 0
        following = title_key(rows[1].text if len(rows) > 1 else below)
        if "/" in rows[0].text and following and following in map(title_key, rows[0].text.split("/")):
            self._top = (block.at, 1) if len(rows) > 1 else (block.at + 1, 0)
            return 1
        bold = rows[0].text.removeprefix(BOLD).removesuffix(BOLD)
        if len(rows) == 1 and len(rows[0].text) - len(bold) == 2 * len(BOLD) and (post := tagged_title(bold)):
            self._head.add("title", post, rows[0].line)
            self.titled = self._below_title = True
            return 1
        count = lines_of_title([r.text for r in rows])
        if count > 1:
            title = " ".join(r.text for r in rows[:count])
            self._head.add("title", title_case(title, self._language, self._story), rows[0].line)
            self.titled = self._below_title = True
            return count
        return 0

    def _takes(self, line: _Line) -> bool:
        """Whether a row is of the title page."""
        if self._names_person(line) or self._says_rights(line) or self._names_series(line):
            return True
        if self._head.one("title"):
            if self._repeats(line.text):
                return True
        elif self._labelled:
            return same_title(line.text, self._labelled)
        elif not self.titled and self._names_story(line):
            self.titled = self._below_title = True
            return True
        return (
            self._names_volume(line)
            or self._is_subtitle(line)
            or self._is_rest_of_title(line.text)
            or (self._is_named() and take_bare_facts(line.row.text, self._head, line.row.line))
        )

    def _dates_book(self, row: Row, *, alone: bool) -> bool:
        """Whether a row says when the work was made: below its title, or `alone` on a page with nothing but titles."""
        if self._below_title and is_time_stamp(row.text):
            return True
        return alone and self._is_named() and dates_book(row.text)

    def _is_named(self) -> bool:
        return self.titled or bool(self._head.one("title"))

    def _says_rights(self, line: _Line) -> bool:
        """Whether a row says whose the story is: "© 2019 by Ada Thorn", "All rights reserved."."""
        if not says_rights(line.text):
            return False
        self._head.add("rights", line.text, line.row.line)
        self._head.add("author", owner(line.text), line.row.line)
        return True

    def _names_series(self, line: _Line) -> bool:
        """Whether a row above the title says of which series the book is: "Book Two of The Pier Cycle"."""
        series = series_of(line.text, lexicon(self._language)) if not self._head.one("series") else None
        if not series:
            return False
        self._head.add("series", series.name, line.row.line)
        self._head.add("series_index", str(series.number), line.row.line)
        self._top = (line.block.at, line.k + 1) if line.k + 1 < len(line.block.group.rows) else (line.block.at + 1, 0)
        return True

    def _names_volume(self, line: _Line) -> bool:
        """Whether a row right below the title says which volume the book is: of the series that it names, or of the one
        that the title was, where the author stands below it."""
        volume = volume_of(line.text, lexicon(self._language)) if self._below_title else None
        if volume is None or self._head.one("series"):
            return False
        signed = names_author(line.following) or self._story.has_author(line.following)
        if volume.series and not volume.title:
            self._head.names_volume(volume, line.row.line)
        elif volume.title and not volume.series and signed:
            self._head.names_volume(volume._replace(series=self._head.one("title")), line.row.line)
        else:
            return False
        return True

    def _takes_corners(self, line: _Line) -> bool:
        """Whether a row has the title in one corner and the byline in the other."""
        corners = cells(line.text)
        if self.titled or len(corners) != BOTH or not names_author(corners[1]) or not title_words(corners[0]):
            return False
        left = line._replace(text=corners[0], following=corners[1])
        return self._takes(left) and self._takes(line._replace(text=corners[1]))

    def _names_person(self, line: _Line) -> bool:
        """Whether a row says who wrote or translated it, or is the "by" before a name."""
        text = line.text
        if announced := _announces(line):
            self._by = announced
            return True
        if self._by and len(text) <= LONGEST_NAME and (name := pen_name(text)):
            self._head.add(self._by, name, line.row.line)
            self._by = ""
            return True
        if name := translator(text):
            self._head.add("translator", name, line.row.line)
            return True
        titled = self.titled or bool(self._head.one("title"))
        named = byline(text) if len(text) < BYLINE_LONGEST else ""
        if named and (name := signed_by(text) if titled else named if is_person(named) else ""):
            self._head.add(role_in_byline(text), name, line.row.line)
            if not self._head.one("subtitle"):
                self._head.add("subtitle", kind_in_byline(text), line.row.line)
            self._below_title = False
            return True
        if line.first and not line.block.last and not self._is_named_by_file(line) and self._begins_with_author(line):
            self._head.add("author", clean_name(text), line.row.line)
            self._below_author = True
            return True
        return self._names_author_right_below(line)

    def _names_author_right_below(self, line: _Line) -> bool:
        """Whether a row right below the title is its author's bare name, or ends with it."""
        if not self._below_title or self._head.values.get("author"):
            return False
        opening, _, rest = line.text.partition(" ")
        text = rest if opening in BY_BELOW else line.text
        name = signed_in(line.text) or (clean_name(text) if self._story.has_author(text) else "")
        if name:
            self._head.add("author", name, line.row.line)
            self._below_title = False
        return bool(name)

    def _begins_with_author(self, line: _Line) -> bool:
        return self._story.begins_with_author(line.block.at, line.k, line.text, line.following)

    def _is_named_by_file(self, line: _Line) -> bool:
        """Whether the file is called as the line says, and not as the one below it: then it is the title."""
        own, below = title_key(line.text), title_key(line.following)
        return len(own) >= LEAST_NAMED and own in self._file and not (below and below in self._file)

    def _repeats(self, text: str) -> bool:
        """Whether a row says once more what is known already: title, subtitle, author."""
        head = self._head
        if same_title(text, head.one("title")):
            self.titled = True
            return True
        return bool(head.one("subtitle") and same_title(text, head.one("subtitle"))) or is_name_of(
            head.one("author"), text
        )

    def _names_story(self, line: _Line) -> bool:
        """Whether a line is a title, alone or with the author's name: the first of the file, or one above a byline, or
        below a name that stands first."""
        if self._below_author and title_words(line.text):
            self._add_title(line)
            return True
        if not line.first:
            if not title_words(line.text) or not self._names_author_below(line):
                return False
            self._add_title(line)
            return True
        title, author = title_and_author(line.text, announced=is_fact(line.following)) if line.alone else ("", "")
        if title:
            self._head.add("title", title, line.row.line)
            self._head.add("author", author, line.row.line)
            return True
        like = _title_like(line) and not _is_listed(line.text, line.following)
        if like or self._is_named_by_file(line) or self._stands_above_author(line):
            self._add_title(line)
            return True
        return False

    def _names_author_below(self, line: _Line) -> bool:
        """Whether the author is named below a line that is not the file's first: by a byline, or a bare name."""
        if names_author(line.following):
            return True
        near = line.block.at < BARE_BLOCKS and line.text.isupper()
        return near and not self._story.has_author(line.text) and self._story.has_author(line.following)

    def _stands_above_author(self, line: _Line) -> bool:
        return title_words(line.text) and self._story.has_author_below(line.block.at, line.k, line.following)

    def _add_title(self, line: _Line) -> None:
        volume = volume_of(line.text, lexicon(self._language)) if line.first else None
        if volume and volume.series and volume.title:
            self._head.names_volume(volume, line.row.line)
        self._head.add("title", title_case(closed_up(line.text), self._language, self._story), line.row.line)

    def _is_subtitle(self, line: _Line) -> bool:
        """Whether a row is a subtitle: it stands between the title and the author's name, or right below the title."""
        if not self.titled or self._head.values.get("author") or self._head.one("subtitle"):
            return False
        if not may_be_subtitle(line.text):
            return False
        named = self._below_title and self._story.has_author(line.following)
        if not (named or names_author(line.following) or _below_title(line)):
            return False
        self._head.add("subtitle", title_case(line.text, self._language, self._story), line.row.line)
        self._below_title = True
        return True

    def _is_rest_of_title(self, text: str) -> bool:
        """Whether a row is part of a title that is known and set over several lines."""
        key = title_key(text)
        return not self.titled and bool(key) and key in title_key(self._head.one("title"))


def _below_title(line: _Line) -> bool:
    """The second line of the file, right below its title: a subtitle."""
    group = line.block.group
    if line.block.at == 0:
        second = line.k == 1 == len(group.rows) - 1
    else:
        second = line.block.at == 1 and line.k == 0 and group.gap == 0
    return second and not may_end_paragraph(line.text)


def _is_listed(text: str, following: str) -> bool:
    """Whether a line and the one below it are a word in small letters each: points of a list."""
    return all(" " not in line and line.islower() for line in (text, following))


def _title_like(line: _Line) -> bool:
    """Whether the first line of a file is set and worded as a title."""
    text, block = line.text, line.block
    if TWO_SENTENCES.search(text) or len(text.split()) > TITLE_WORDS or len(text) > LONGEST_TITLE:
        return False
    if text[:1] in "\"“'‘«([-–—" or tells_on(text):
        return False
    if goes_below_title(line.following) or (line.first and is_time_stamp(line.following)):
        return True
    if text.endswith((".", ",", ";", ":", "…")) and not text.isupper():
        return False
    rows = len(block.group.rows)
    wide = block.below is not None and block.below.gap >= 2 and not text.endswith(("!", "?"))
    alone = rows == 1 and (block.last or wide or (line.first and (block.short or stands_below_titles(block.below))))
    return alone or (text.isupper() and rows <= 2)
