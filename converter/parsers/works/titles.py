"""What a work of several files is called, and its chapters: the titles of the pages without what all of them share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import PurePath
from typing import NamedTuple

from converter.document.contracts import Omission
from converter.document.model import Chapter, Heading, Text
from converter.document.patterns import regex
from converter.document.words import count_words, plain_text
from converter.parsers.works.chapter_names import chapter_from_name
from converter.parsers.works.order import PARTING, FilePart
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import Lexicon, lexicon
from converter.recognisers.metadata.file_names import fits_any_story, says_part
from converter.recognisers.metadata.matter_in_names import is_title_page
from converter.recognisers.metadata.parts_in_names import spelled_out
from converter.recognisers.metadata.pieces_in_titles import piece_in_title
from converter.recognisers.metadata.threads_in_names import thread_page
from converter.recognisers.vocabulary import either, listed_words

TITLE_LINES = ("duplicate title", "head of the file")  # rules that leave out the line of a title
NUMBERED = re.compile(
    r"(\S.{0,200}?\S)[\s,:;–—-]{1,5}([^\W\d_]{2,12}\.?\s{1,3}(?:\d{1,4}|[^\W\d_]{1,12}))(\s?[:–—-]\s{1,3}\S.{0,200})?"
)
NUMBERED_NAME = regex(rf"({either('files', 'chapter', 'chapter_short')})[\s.-]*(\d{{1,4}}(?:\.\d{{1,2}})?)", re.I, 255)
LAST_WORD = regex(rf"(?<=[\W_])({either('files', 'chapter', 'chapter_short')})[\W_]*\Z", re.I, 255)
LEAF = 30  # words at most that stand above the first heading and are no chapter
TITLE_PAGE = 150  # words at most of a page that is called one: more are told
SAME_PART = 0.8  # of all titles share a part: it is the work's title, or the site's


class Headed(NamedTuple):
    """A part's chapters, each with its heading, and where the words of a heading given to it are from.

    `shown` is a heading that no line of the part has; `back` an omission whose last words are the heading, with the
    words before them, which stay left out.
    """

    chapters: tuple[Chapter, ...]
    shown: str = ""
    back: tuple[Omission, str] | None = None


def titles_of(pieces: Sequence[FilePart], index: FilePart | None) -> tuple[str, list[str]]:
    """(the work's title, each part's own title): what the parts' titles share is the work's."""
    titles = [p.parsed.book.metadata.title for p in pieces]
    if index is not None and index.parsed.book.metadata.title:
        work = index.parsed.book.metadata.title
        return work, [_less(t, {fold(work)}) for t in titles]
    if len(set(titles)) <= 1:
        return titles[0] if titles else "", [""] * len(titles)
    if opening := _on_first_page(pieces, titles):
        return opening, [""] * len(titles)
    shared = _shared(titles)
    work = next((part.strip() for t in titles for part in PARTING.split(t) if fold(part) in shared), "")
    if not work and (named := _numbered_parts(titles)):
        return named
    return work or _cut_up(titles) or _site_of_one(pieces), [_less(t, shared) for t in titles]


def _on_first_page(pieces: Sequence[FilePart], titles: Sequence[str]) -> str:
    """The title that the first part alone bears, above a heading of its own, or as a title page by its name: what a
    manuscript's first page says is the work's. Else ""."""
    headed_below = any(chapter.label or chapter.title for chapter in pieces[0].chapters[: 1 + _leaves(pieces[0])])
    headed_below = headed_below or is_title_page(pieces[0].stem)
    return titles[0] if headed_below and not any(titles[1:]) and not divides(titles[0], lexicon("en")) else ""


def _leaves(piece: FilePart) -> int:
    """How many leaves a part begins with before its first heading: a picture, a dedication."""
    bare = takewhile(lambda chapter: not (chapter.label or chapter.title), piece.chapters)
    return sum(1 for _ in takewhile(lambda chapter: count_words([chapter]) <= LEAF, bare))


def _shared(titles: Sequence[str]) -> set[str]:
    """What most titles share: their common parts, folded."""
    parts = Counter(fold(part) for t in titles for part in set(PARTING.split(t)) if part.strip())
    return {part for part, n in parts.items() if n >= SAME_PART * len(titles)}


def _cut_up(titles: Sequence[str]) -> str:
    """The work of which all these titles name a part: "The Weir" of "The Weir (1/3)", "The Weir (2/3)". Else ""."""
    parts = [piece_in_title(title) for title in titles]
    works = {fold(part.work) for part in parts if part}
    return parts[0].work if parts[0] and all(parts) and len(works) == 1 else ""


def _site_of_one(pieces: Sequence[FilePart]) -> str:
    """The name of a site for one serial: it bears the work's, where the titles name chapters alone. Else ""."""
    if not all(divides(p.parsed.book.metadata.title, lexicon("en")) for p in pieces):
        return ""
    sites = {p.parsed.book.metadata.publisher for p in pieces}
    return next(iter(sites)) if len(sites) == 1 else ""


def _numbered_parts(titles: Sequence[str]) -> tuple[str, list[str]] | None:
    """ "Rose Part 1", "Rose, Part 2: Thorns": the work's title, and what each part adds to it."""
    halves = [NUMBERED.fullmatch(t) for t in titles]
    numbered = [h for h in halves if h and divides(h[2], lexicon("en")) and not divides(h[0], lexicon("en"))]
    if len(numbered) < len(titles) or len({fold(h[1]) for h in numbered}) != 1:
        return None
    return numbered[0][1], [h[2] + (h[3] or "") for h in numbered]


def fold(text: str) -> str:
    """A text's letters and digits alone, whatever their case."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _less(title: str, shared: set[str]) -> str:
    """A title without the parts in `shared`."""
    if fold(title) in shared:
        return ""
    parts = PARTING.split(title)
    if not any(fold(p) in shared for p in parts):
        return title
    kept = [p.strip() for p in parts if fold(p) not in shared and p.strip()]
    return ": ".join(kept)


def in_numbers(pieces: Sequence[FilePart]) -> list[str]:
    """The number that is the name of each of these parts, where none has a heading, and none is the next page of
    another; of pages of a thread their places; else "" for each."""
    bare = all(len(p.chapters) == 1 and not (p.chapters[0].label or p.chapters[0].title) for p in pieces)
    if bare and _are_pages([p.stem.lower() for p in pieces]):
        return [str(number) for number in range(1, len(pieces) + 1)]
    said = bare and not any(p.address or p.next or p.previous or _opens(p) for p in pieces)
    numbers = [re.fullmatch(r"0*(\d{1,4})", p.stem) for p in pieces if said]
    return [n[1] for n in numbers if n] if numbers and all(numbers) else [""] * len(pieces)


def _are_pages(stems: Sequence[str]) -> bool:
    """Whether these names are addresses of the pages of one thread."""
    pages = [thread_page(stem) for stem in stems]
    return any(pages) and len({page.thread if page else stem for page, stem in zip(pages, stems, strict=True)}) == 1


def _opens(piece: FilePart) -> bool:
    """Whether a part begins with a heading of its own."""
    blocks = piece.chapters[0].blocks
    return bool(blocks) and isinstance(blocks[0], Heading)


def headed(chapters: Sequence[Chapter], title: str, piece: FilePart, common: str) -> Headed:
    """A part's chapters; its only chapter without a heading gets one: the page's title, else the heading it begins with
    where that says which part it is, else what the file's name says beyond what all names have in `common`, when that
    is a division's name, else the heading it begins with, else the file's name."""
    if len(chapters) != 1 or chapters[0].label or chapters[0].title:
        return Headed(tuple(chapters))
    only = chapters[0]
    if (
        is_title_page(piece.stem) and count_words([only]) <= TITLE_PAGE
    ):  # what it says of the book is taken off: dates and houses are left
        return Headed((replace(only, kind="front"),))
    lex = lexicon(piece.parsed.book.metadata.language or "en")
    named = _named(piece, common, lex)
    first = only.blocks[0] if only.blocks else None
    if not title and isinstance(first, Heading) and len(only.blocks) > 1 and _is_own(first, named, piece.stem, lex):
        return Headed((replace(only, title=first.content, blocks=only.blocks[1:]),))
    heading = title or named
    if not heading:
        return Headed((only,))
    chapter = under_heading(only, heading, lex)
    back = _left_out(piece.parsed.omissions, heading) if title else None
    return Headed((chapter,), back=back) if back is not None else Headed((chapter,), shown=heading)


def _is_own(first: Heading, named: str, stem: str, lex: Lexicon) -> bool:
    """Whether the heading with which a part begins is its chapter's, where the file's name says this; a number alone in
    a name says less."""
    worded = says_part(stem.lower()) or fold(named.partition(" ")[0]) in fold(stem)
    return not divides(named, lex) or not worded or piece_in_title(plain_text(first.content)) is not None


def _named(piece: FilePart, common: str, lex: Lexicon) -> str:
    """A heading from a part's file name: what it says beyond what all names share, when that names a division or a day;
    of "part1/text.txt" what the folder's name says."""
    stem = piece.stem
    last = LAST_WORD.search(common)
    size = last.start(1) if last else len(common)  # "3" of "salt-road-chapter-3" is a chapter's
    behind = stem[size:] if stem.lower().startswith(common) else ""
    if called := chapter_from_name(stem, common, lex, page=bool(piece.address or piece.next or piece.previous)):
        return called
    own = from_name(behind, lex)
    if divides(own, lex):
        return own
    if not fits_any_story(stem.lower()):
        return from_name(stem, lex)
    folder = from_name(PurePath(piece.name.replace("\\", "/")).parent.name, lex)
    return folder if divides(folder, lex) else from_name(stem, lex)


def under_heading(chapter: Chapter, heading: str, lex: Lexicon) -> Chapter:
    """The chapter under this heading, which is read as one: its label, its title, its number."""
    form = read_form(heading, lex)
    number = form.number.value if form and form.number else chapter.number
    if form is None or form.shape not in ("division", "single"):
        return replace(chapter, title=(Text(heading),), number=number)
    label = (Text(form.label.rstrip(" :–—-")),) if form.label else ()
    title = (Text(form.title),) if form.title else ()
    return replace(chapter, label=label, title=title, kind=form.kind, number=number)


def _left_out(omissions: Sequence[Omission], heading: str) -> tuple[Omission, str] | None:
    """The line of a title that was left out and holds the heading, with what stands before it."""
    return next((back for o in omissions if o.rule in TITLE_LINES and (back := _comes_back(o, heading))), None)


def _comes_back(omission: Omission, heading: str) -> tuple[Omission, str] | None:
    """An omission that ends with the heading, with what stands before it."""
    if fold(omission.text) == fold(heading):
        return omission, ""
    before = omission.text.removesuffix(heading)
    return (omission, before.strip()) if before != omission.text and not before[-1:].isalnum() else None


def divides(heading: str, lex: Lexicon) -> bool:
    """Whether a heading is worded as a division: "Chapter 3", "Prologue"."""
    form = read_form(heading, lex) if heading else None
    return form is not None and form.shape in ("division", "single")


def from_name(stem: str, lex: Lexicon) -> str:
    """A heading from a file's name: "03 - The Storm" gives "The Storm", "chapter_3" and "ch03" give "Chapter 3" (in
    German "kap3" gives "Kapitel 3", "3. Kapitel" itself), "0003" nothing."""
    text = " ".join(re.sub(r"[_]+", " ", stem).split()).strip(" -–—.,([")
    if numbered := NUMBERED_NAME.fullmatch(text):
        return f"{spelled_out(numbered[1].lower(), lex.language)} {numbered[2].lstrip('0') or '0'}"
    numbered_so, text = text, re.sub(r"^\d{1,4}\s*[-–—.)]*\s+(?=\D)", "", text)
    if text.lower() in listed_words("files", "chapter"):
        return numbered_so  # "1. Kapitel"
    if not re.search(r"[^\W\d_]{2}", text) or re.fullmatch(r"(?:page|file|text|index|story)?[\s.-]*\d*", text, re.I):
        return ""
    if re.fullmatch(r"[^\W\d_]+[\s.-]*\d+", text) and not divides(text, lexicon("en")):
        return ""  # "save9"
    return text[:1].upper() + text[1:]
