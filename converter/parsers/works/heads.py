"""What a file's first lines say of the work it is from, and its last ones: title, author, chapters, "The End".

A light reading: it only has to tell works apart, before any of them is read. The first bytes of a file are enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from html import unescape
from itertools import takewhile
from quopri import decodestring
from typing import NamedTuple

from converter.document.patterns import regex
from converter.parsers.works.order import PARTING
from converter.parsers.works.page_headings import headings_in, over_chapter, tab_of
from converter.parsers.works.titles import divides, fold
from converter.recognisers.headings.endings import says_the_end
from converter.recognisers.headings.forms import LONGEST_BARE_TITLE, SENTENCE_END, Form, read_form, unwrap
from converter.recognisers.headings.words import Lexicon, first_letters, lexicon
from converter.recognisers.metadata.dates_in_names import is_day
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.file_names import without_part
from converter.recognisers.metadata.names import bare_name, byline, clean_name, is_person, title_by
from converter.recognisers.metadata.parts_in_names import volume_in_name
from converter.recognisers.metadata.pieces_in_titles import Piece, piece_in_title

FIRST_LINES = 12  # with words in them; the head of a story file is over by then
GREETING_ENDS = (",", ":", "!", "-", "—")
RAW_LINES = 30  # blank ones among them, in which the head of a letter stands
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru")  # whose words for "chapter" are looked for
ENVELOPE = 4_000  # bytes, in which an MHTML file says how its page is written
FIRST_HEADINGS = 2  # of a page: the work's, the chapter's
LONGEST_LINE = 200  # characters of a line that names a title or an author
LONGEST_LABEL = 20  # characters of a mail's field before its colon
PROSE = 100  # characters of a line that is no heading, nor one of a list
OPENS = 3  # lines below a heading, one of which is prose where a chapter begins
LISTED = 12  # lines of a list that somebody noted down
LAST_LINES = 3  # with words in them, in which a story says that it is over
ARTICLES = ("the", "das", "der", "le", "la", "el", "il")  # that may stand before a heading's word
ROMAN = frozenset("ivxlcdm")
RICH = "{\\rtf"  # begins a text in Rich Text Format
MARKS = ("\\", "{\\", "{{", "[[", "#+", "%", "..")  # begin the lines that other systems write for themselves
WORD = regex(r"[^\W\d_]+")
COUNTED = tuple("第제卷巻")  # before an East Asian number
PAGE = regex(r"<(?:!doctype|html|head|body|title|meta|p|div|h\d)\b", re.I)
AUTHOR = regex(
    r"""<meta\b(?=[^>]{0,300}\bname=["']?(?:author|dc\.creator)\b)[^>]{0,300}\bcontent=["']([^"'>]{1,200})""", re.I
)


class FileHead(NamedTuple):
    """What a file brings along. `title` and `author` are folded; `own` is a title that only stands there, unsigned;
    `as_written` is the title as the file has it, of a page what stands over its chapter."""

    title: str = ""
    author: str = ""
    own: str = ""
    number: int | None = None  # of the first chapter's heading
    chapters: int = 0  # numbered headings
    over: bool = False  # "The End"
    part: int = 0  # "Part Two", above the first chapter
    told: tuple[int, ...] = ()  # the numbers of the headings under which something is told
    called: str = ""  # all that a page calls itself, folded, where it is no chapter's
    as_written: str = ""
    named: str = ""  # the title or `own` of a text as written, without the number of a part behind it
    listed: bool = False  # a few short lines, and no sentence
    empty: bool = False
    names: tuple[str, ...] = ()  # what a page's title and first headings say beside a chapter, folded
    titles: tuple[str, ...] = ()  # the lines that may be the title, as written
    letter: bool = False  # it begins as a letter does
    volume: bool = False  # its part is called a book or volume and has a title: "Book 1: Ember"

    @property
    def work(self) -> str:
        """`named`, folded: what files of one work share."""
        return fold(self.named)

    @property
    def piece(self) -> Piece | None:
        """The part of a work that one of its titles names."""
        return next((piece for title in self.titles if (piece := piece_in_title(title))), None)


def file_head(first: bytes, last: bytes = b"") -> FileHead:
    """The head of a file from its first bytes, and its last ones where the first are not all."""
    text = _decoded(first)
    if PAGE.search(text[:2_000]):
        return _page(text)
    if text.startswith(RICH):
        return _rich(text, _decoded(last))
    return _text(text, _decoded(last) if last else text)


def _rich(text: str, last: str) -> FileHead:
    """The head of a text in Rich Text Format, as its program shows it; a long table of its fonts may leave nothing."""
    from converter.parsers.text.systems.rtf import read_rtf  # few stories are

    shown = read_rtf(text, "").text
    head = _text(shown, read_rtf(f"{RICH}1 {last}", "").text if last else shown)
    return head._replace(empty=False, listed=False) if head.empty else head


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    start = data[:ENVELOPE].lower()
    if b"multipart/related" in start and b"quoted-printable" in start:  # a page that a browser saved as one file
        data = decodestring(data)
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _page(text: str) -> FileHead:
    lex = lexicon("en")
    title, parts = tab_of(text)
    author = AUTHOR.search(text)
    all_headings = headings_in(text)
    headings = [heading.text for heading in all_headings]
    numbers = [f.number.value for h in (*parts, *headings) if (f := _numbered(h, own=True)) and f.number]
    names = [h for h in (*parts, *headings[:FIRST_HEADINGS]) if not divides(h, lex)]
    return FileHead(
        author=fold(clean_name(unescape(author[1]))) if author else "",
        own=fold(names[0]) if len(parts) == 1 and parts[0] in names and not numbers else "",
        number=numbers[0] if numbers else None,
        chapters=len(set(numbers)),
        called=fold(title) if not numbers and set(parts) <= set(names) else "",
        as_written=over_chapter(all_headings, parts) if numbers and len(headings) > 1 else "",
        names=tuple(map(fold, names)),
        titles=(*parts, *headings[:FIRST_HEADINGS]),
    )


class _Names(NamedTuple):
    """What the first lines call a story and its author; `own` is a title that stands there alone, unsigned so far."""

    title: str
    author: str
    own: str


def _text(text: str, last: str) -> FileHead:
    lines = [line for raw in text.splitlines() if (line := raw.strip())]
    over, letter = _letterhead(lines, text)
    title, author, own = _names(lines[over:FIRST_LINES])
    places = _numbers(lines)
    numbers = [number for _, number in places]
    said = title or _subject(lines[:FIRST_LINES]) or own
    title = "" if _divides(title) else _without_chapter(title)
    ends = [line for raw in last.splitlines() if (line := raw.strip())][-LAST_LINES:]
    return FileHead(
        fold(title),
        fold(clean_name(author)) if author else "",
        "" if title else fold(own),
        numbers[0] if numbers else None,
        len(set(numbers)),
        any(map(says_the_end, ends)),
        (part := _part(lines[:FIRST_LINES]))[0],
        _told(places, lines),
        as_written=title,
        named=_work_in(title or _subject(lines[:FIRST_LINES]) or own),
        empty=not lines,
        letter=letter,
        listed=not numbers and last is text and _is_list(lines),
        titles=(said,) if said else (),
        volume=bool(part[0]) and (volume_in_name(part[1]) or (0, ""))[1] != "",
    )


def _letterhead(lines: Sequence[str], text: str) -> tuple[int, bool]:
    """How many of the first lines are address and day over a letter, and whether the text begins as a letter does."""
    if not any(line.endswith(GREETING_ENDS) for line in lines[:FIRST_LINES]):
        return 0, False
    from converter.recognisers.lines.letterheads import greeting_in, letterhead  # few texts are letters

    letter = greeting_in(lines[:FIRST_LINES]) is not None
    return letterhead(text.splitlines()[:RAW_LINES]) if letter else 0, letter


def _names(lines: Sequence[str]) -> _Names:
    """The names in the first lines of a text: in fields, behind "by", or "Title, by Author" on the very first."""
    title = author = own = ""
    for at, line in enumerate(lines):
        if title and author:
            break
        if len(line) > LONGEST_LINE:
            continue
        if field := read_field(line):
            title = title or (field[1] if field[0] == "title" else "")
            author = author or (field[1] if field[0] == "author" else "")
        elif not author and (name := bare_name(byline(line))) and is_person(name):
            author = name
            title = title or own
        elif at == 0 and (both := title_by(unwrap(line)[0]))[1] and is_person(both[1]):
            title, author = both
        elif not own and at <= 1 and _is_title(line):
            own = unwrap(line)[0]
    return _Names(title, author, own)


def _subject(lines: Sequence[str]) -> str:
    """The title that the subject of a mail says, whose head the first lines are; "" where they are none."""
    if not lines or ":" not in lines[0][:LONGEST_LABEL]:
        return ""
    from converter.recognisers.lines.letters import MAIL_FIELD, MAIL_SUBJECT  # few texts have a mail's head
    from converter.recognisers.lines.subjects import read_subject

    fields = list(takewhile(MAIL_FIELD.match, lines))
    found = next((m[1] for line in fields if (m := MAIL_SUBJECT.match(line))), "")
    return read_subject(found).title if found and len(fields) > 1 else ""


def _work_in(title: str) -> str:
    """What a title calls the work: "The Weir" of "The Weir, part 1", "Weir 12"; the address of a mail names none."""
    if "@" in title:
        return ""
    before = without_part(title.lower()).partition("#")[0]
    return title[: len(before)].rstrip(" \t,.:;-–—([") if fold(before) else title


def _is_list(lines: Sequence[str]) -> bool:
    few = 0 < len(lines) <= LISTED and all(len(line) <= LONGEST_BARE_TITLE for line in lines)
    return few and not any(SENTENCE_END.search(line) for line in lines)


def _without_chapter(title: str) -> str:
    """A title without the part of it that names a chapter: "The Salt Road - Chapter 3"."""
    lex = lexicon("en")
    parts = [p for p in PARTING.split(title) if p.strip()]
    return " ".join(p for p in parts if not divides(p.strip(), lex)) if len(parts) > 1 else title


def _is_title(line: str) -> bool:
    if line.startswith(MARKS):
        return False
    bare = unwrap(line)[0]
    form = _form(line) if len(bare) <= LONGEST_BARE_TITLE else None
    return form is not None and form.shape == "title" and not SENTENCE_END.search(bare) and not is_day(bare)


def _numbers(lines: list[str]) -> list[tuple[int, int]]:
    """The numbers of the chapters' headings, each with its line; bare numbers count at the head of the file."""
    numbers = []
    for at, line in enumerate(lines):
        if len(line) <= LONGEST_BARE_TITLE and (form := _numbered(line, own=at <= 2)) and form.number:
            numbers.append((at, form.number.value))
    return numbers


def _told(places: Sequence[tuple[int, int]], lines: Sequence[str]) -> tuple[int, ...]:
    """The numbers of those headings that prose follows, before the next one: a list of chapters has none."""
    told = []
    for k, (at, number) in enumerate(places):
        end = min(at + 1 + OPENS, places[k + 1][0] if k + 1 < len(places) else len(lines))
        if any(len(line) > PROSE for line in lines[at + 1 : end]):
            told.append(number)
    return tuple(told)


def _numbered(line: str, *, own: bool) -> Form | None:
    """The line as a chapter's heading with a number; `own`: also "3. The Storm", which elsewhere is a list's item."""
    bare = unwrap(line)[0]
    for lex in _lexicons() if _may_divide(bare) else ():
        if lex.division_first.match(bare) or lex.counter_first.match(bare):
            form = read_form(line, lex)
            if form and form.shape == "division" and form.number and form.kind == "chapter":
                return form
    if own and bare[:1].isalnum() and _may_count(bare) and not is_day(bare):
        form = _form(line)
        return form if form and form.number and form.kind == "chapter" else None
    return None


def _part(lines: Sequence[str]) -> tuple[int, str]:
    """The number of the part or volume that one of these lines names, and the line; 0 where none does."""
    short = [line for line in lines if len(line) <= LONGEST_BARE_TITLE]
    words, seen = _part_words(), " ".join(short).casefold()
    if seen.isascii() and not any(word in seen for word in words):
        return 0, ""
    for line in short:
        if not line.isascii() or not words.isdisjoint(WORD.findall(line.casefold())):
            form = _form(line)
            if form and form.number and form.kind in ("part", "volume"):
                return form.number.value, line
    return 0, ""


def _divides(title: str) -> bool:
    """As `divides` in English, of a title that was asked a moment before."""
    form = _form(title) if title else None
    return form is not None and form.shape in ("division", "single")


@lru_cache(maxsize=FIRST_LINES)
def _form(line: str) -> Form | None:
    """A line as an English heading; several ask it of one line, one after the other."""
    return read_form(line, lexicon("en"))


@cache
def _lexicons() -> tuple[Lexicon, ...]:
    return tuple(lexicon(language) for language in LANGUAGES)


def _may_divide(line: str) -> bool:
    """Whether a line begins, an article aside, with a word that a chapter's heading may begin with, or with a number's
    sign."""
    first = first_letters(line).casefold()
    if first in ARTICLES and first not in _first_words():
        first = first_letters(line[len(first) :].lstrip()).casefold()
    return first in _first_words() or line[:1] in COUNTED or line[:1].isdigit()


def _may_count(line: str) -> bool:
    """Whether there may be a number in a line: in digits, in letters, roman."""
    if not line.isascii() or any(map(str.isdigit, line)):
        return True
    lex = lexicon("en")
    words = WORD.findall(line.casefold())
    return any(w in lex.number_starts or w.startswith(tuple(lex.tens)) or ROMAN.issuperset(w) for w in words)


@cache
def _part_words() -> frozenset[str]:
    """What the parts of a book are called."""
    return frozenset(name for name, kind in lexicon("en").division.items() if kind in ("part", "volume"))


@cache
def _first_words() -> frozenset[str]:
    """The first letters of what chapters are called."""
    return frozenset(first_letters(name) for lex in _lexicons() for name in lex.division)
