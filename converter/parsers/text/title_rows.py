"""The rows of a title page: title, subtitle, "by", author, translator, as they stand one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from converter.document.patterns import regex
from converter.parsers.text.bare_facts import take_bare_facts
from converter.parsers.text.layout import RowGroup
from converter.parsers.text.rows import Row, may_end_paragraph
from converter.parsers.text.story_words import (
    BOTH,
    BYLINE_LONGEST,
    TITLE_WORDS,
    TWO_SENTENCES,
    WORD,
    StoryWords,
    names_author,
    title_words,
)
from converter.parsers.text.telling import is_stat, tells_on
from converter.parsers.text.typescript import cells
from converter.recognisers.headings.families import title_key
from converter.recognisers.lines.dates import is_time_stamp
from converter.recognisers.metadata.fields import HeadFields, read_field, tidy_title, without_status
from converter.recognisers.metadata.names import (
    LONGEST_NAME,
    PARTICLES,
    byline,
    clean_name,
    is_by,
    is_person,
    pen_name,
    title_by,
    translator,
)
from converter.recognisers.vocabulary import listed_words

LONGEST_SUFFIX = 3  # letters before the full stop of a name: "Esq."
_QUOTED = regex(r"[\"“”„«]([^\"“”„«»]{2,80})[\"“”«»]")
FEW_FORMS = frozenset("fr es it pt ca nl sv da nb no".split())  # languages whose names have one form
SMALL_TURKISH = frozenset("ve ile ya da de ki mi mı mu mü veya".split())
SMALL = frozenset(listed_words("titles", "small"))  # words in a title


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


class TitlePage:
    """A title page as it is read, from the top. What its rows say is added to `head`.

    `titled` says that the title was seen: what stands below it may be a subtitle.
    """

    def __init__(self, head: HeadFields, language: str, story: Sequence[RowGroup]) -> None:
        self.titled = False
        self._head = head
        self._language = language
        self._story = StoryWords(story)
        self._top = (0, 0)  # the file's first line: its block, and its place there
        self._by = False  # "by" stood alone on the row above: a name is to follow
        self._below_author = False  # the row above was the author's name, and the first of the file
        self._below_title = False  # the row above was the title or its subtitle

    def take(self, rows: Sequence[Row], block: HeadBlock, below: str = "") -> tuple[list[Row], list[Row]]:
        """(the rows that are left to be read, those that are of the title page). `below`: what stands under them."""
        rest: list[Row] = []
        used: list[Row] = []
        below = below or (block.below.rows[0].text if block.below else "")
        for k, row in enumerate(rows):
            following = rows[k + 1].text if k + 1 < len(rows) else below
            first = (block.at, k) == self._top
            line = _Line(row, without_status(tidy_title(row.text)), k, following, block, len(rows) == 1, first)
            if first and is_time_stamp(row.text) and title_words(following):
                self._top = (block.at, k + 1) if k + 1 < len(rows) else (block.at + 1, 0)
                self._head.add("published", row.text, row.line)
                used.append(row)
            elif self._takes_corners(line) or self._takes(line):
                used.append(row)
            else:
                self._by = self._below_title = self._below_author = False
                rest.append(row)
        return rest, used

    def _takes(self, line: _Line) -> bool:
        """Whether a row is of the title page."""
        if self._names_person(line):
            return True
        if self._head.one("title"):
            if self._repeats(line.text):
                return True
        elif not self.titled and self._names_story(line):
            self.titled = self._below_title = True
            return True
        return (
            self._is_subtitle(line)
            or self._is_rest_of_title(line.text)
            or (self._is_named() and take_bare_facts(line.row.text, self._head, line.row.line))
        )

    def _is_named(self) -> bool:
        return self.titled or bool(self._head.one("title"))

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
        if is_by(text):
            self._by = True
            return True
        if self._by and len(text) <= LONGEST_NAME and (name := pen_name(text)):
            self._head.add("author", name, line.row.line)
            self._by = False
            return True
        if name := translator(text):
            self._head.add("translator", name, line.row.line)
            return True
        titled = self.titled or bool(self._head.one("title"))
        named = byline(text) if len(text) < BYLINE_LONGEST else ""
        if named and (name := pen_name(named) if titled else named if is_person(named) else ""):
            self._head.add("author", name, line.row.line)
            self._below_title = False
            return True
        if (
            line.first
            and not line.block.last
            and self._story.has_author(text)
            and self._story.has_title(line.following, text)
        ):
            self._head.add("author", clean_name(text), line.row.line)
            self._below_author = True
            return True
        if self._below_title and not self._head.values.get("author") and self._story.has_author(text):
            self._head.add("author", clean_name(text), line.row.line)
            self._below_title = False
            return True
        return False

    def _repeats(self, text: str) -> bool:
        """Whether a row says once more what is known already: title, subtitle, author."""
        head = self._head
        if _same(text, head.one("title")):
            self.titled = True
            return True
        return bool(head.one("subtitle") and _same(text, head.one("subtitle"))) or is_name_of(head.one("author"), text)

    def _names_story(self, line: _Line) -> bool:
        """Whether a line is a title, alone or with the author's name: the first of the file, or one above a byline, or
        below a name that stands first."""
        if self._below_author and title_words(line.text):
            self._add_title(line)
            return True
        if not line.first:
            if not (names_author(line.following) and title_words(line.text)):
                return False
            self._add_title(line)
            return True
        title, author = _title_and_author(line.text, announced=_is_fact(line.following)) if line.alone else ("", "")
        if title:
            self._head.add("title", title, line.row.line)
            self._head.add("author", author, line.row.line)
            return True
        if _title_like(line) or self._stands_above_author(line):
            self._add_title(line)
            return True
        return False

    def _stands_above_author(self, line: _Line) -> bool:
        return title_words(line.text) and self._story.has_author_below(line.block.at, line.k, line.following)

    def _add_title(self, line: _Line) -> None:
        self._head.add("title", _title_case(line.text, self._language, self._story), line.row.line)

    def _is_subtitle(self, line: _Line) -> bool:
        """Whether a row is a subtitle: it stands between the title and the author's name, or right below the title."""
        if not self.titled or self._head.values.get("author") or self._head.one("subtitle"):
            return False
        named = self._below_title and self._story.has_author(line.following)
        if not (named or names_author(line.following) or _below_title(line)):
            return False
        self._head.add("subtitle", _title_case(line.text, self._language, self._story), line.row.line)
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


def _title_and_author(text: str, *, announced: bool) -> tuple[str, str]:
    """`The Salt Road, by Ada Thorn` on one line: most words of the title are capitals, and the name is one. Above the
    facts of a head (`announced`) the name may be a handle, and all of it in small letters."""
    title, author = title_by(text)
    if not title or not is_person(author, handle=announced):
        return "", ""
    quoted = _QUOTED.fullmatch(title)
    title = quoted[1] if quoted else title
    if re.search(r"[,;.!?]\s", title) or (may_end_paragraph(title) and not quoted):
        return "", ""
    words = title.split()
    large = sum(w[0].isupper() or w[0].isdigit() for w in words)
    return (title, author) if announced or (2 * large >= len(words) and words[0][0].isupper()) else ("", "")


def _is_fact(text: str) -> bool:
    return read_field(text) is not None or is_stat(text)


def _title_like(line: _Line) -> bool:
    """Whether the first line of a file is set and worded as a title."""
    text, following, block = line.text, line.following, line.block
    if (
        TWO_SENTENCES.search(text)
        or len(text.split()) > TITLE_WORDS
        or text[:1] in "\"“'‘«([-–—"
        or len(text) > 90
        or tells_on(text)
    ):
        return False
    if byline(following) or is_by(following) or _is_fact(following):
        return True
    if text.endswith((".", ",", ";", ":", "…")) and not text.isupper():
        return False
    rows = len(block.group.rows)
    wide = block.below is not None and block.below.gap >= 2 and not text.endswith(("!", "?"))
    alone = rows == 1 and (block.last or wide or (line.first and block.short))
    return alone or (text.isupper() and rows <= 2)


def _same(a: str, b: str) -> bool:
    ka, kb = title_key(a), title_key(b)
    if not ka or not kb:
        return False
    short, long = sorted((ka.removeprefix("the"), kb.removeprefix("the")), key=len)
    return short == long or (len(short) >= 6 and len(short) > 0.6 * len(long) and short in long)


def is_name_of(author: str, text: str) -> bool:
    """The author's name as the title page has it: alone, or with capitalised words beside it ("Sir Arthur ...")."""
    if not author or len(text.split()) > 6 or len(text) > LONGEST_NAME:
        return False
    name = re.sub(r"^by\s+", "", text, flags=re.I)
    own = [w.casefold() for w in re.findall(r"[^\W\d_]+", author)]
    words = [w.casefold() for w in re.findall(r"[^\W\d_]+", name)]
    if not words:
        return False
    if len(own) < 2:
        return bool(own) and words == own and not re.search(r"[?!]", name)
    if _is_sentence(name, author):
        return False
    rest = iter(words)
    return all(w in rest for w in own) or f"{own[-1]}, {' '.join(own[:-1])}" == name.casefold()


def _is_sentence(name: str, author: str) -> bool:
    """Whether the words around a name make it a sentence of the story: a small word, another sign than those of
    initials, or a full stop after a word."""
    words = re.findall(r"[^\W\d_]+", name)
    own = [w.casefold() for w in re.findall(r"[^\W\d_]+", author)]
    last = words[-1].casefold()
    if re.search(r"[?!:;\"“”…]", name):
        return True
    if name.endswith(".") and not name.isupper() and (last in own or len(last) > LONGEST_SUFFIX):
        return True
    return any(w.islower() and w not in author and w not in PARTICLES for w in words)


def _title_case(text: str, language: str, story: StoryWords) -> str:
    """A title in capitals as it would be written elsewhere; any other as it is, and one of which that is not sure."""
    if not text.isupper() or len(text) < 4:
        return text
    tag = language.partition("-")[0]
    if tag == "tr":
        words = [w[0] + w[1:].replace("İ", "i").replace("I", "ı").lower() for w in text.split()]
    elif tag == "en":
        words = [w.capitalize() if not re.fullmatch(r"[IVXLC]+\W?", w) else w for w in text.split()]
    else:
        return _as_told(text, story, sure=tag in FEW_FORMS)
    small = SMALL_TURKISH if tag == "tr" else SMALL
    cased = [
        w.lower() if i and w.lower() in small and not words[i - 1].endswith(":") else w for i, w in enumerate(words)
    ]
    return " ".join(cased)


def _as_told(text: str, story: StoryWords, *, sure: bool) -> str:
    """A title in capitals with each word as the story writes it. Where it lacks one, that is no name if names have one
    form (`sure`); elsewhere only names are large and nobody says which, and the title stays as it is."""
    told = [story.recased(w) or (w.lower() if sure else "") for w in WORD.findall(text)]
    if not all(told):
        return text
    rest = iter(told)
    recased = WORD.sub(lambda _: next(rest), text)
    return recased[0].upper() + recased[1:]
