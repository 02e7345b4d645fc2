"""Chapters that run on: where most chapters of a book are a few lines, each but the first begins below the one before.

Each on a page of its own, a hundred drabbles or the days of a diary would be a book of nearly empty pages. In come the
chapters as elements, the theme and the page; out comes which of them begin no page. Poems begin theirs: a collection
has one to a page, and a poem is looked at as a whole. A book's chapters are alike in this: where one runs on, a longer
one among them does, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lxml import etree

from converter.document.contracts import Theme
from converter.document.model import ChapterKind
from converter.document.words import chapter_name
from converter.recognisers.lines.dates import is_date
from converter.writers.pages import PageGeometry
from converter.writers.parting import page_in_lines
from converter.writers.xhtml import ChapterElements

ALIKE: frozenset[ChapterKind] = frozenset(["chapter", "scene", "interlude"])
"""What may run on, and be run on from; a part, a preface, an epilogue begin a page, and so does what follows one."""
FEWEST = 6  # chapters: of fewer it is not seen that they are all short
MOST = 2 / 3  # of them, and as many are tiny
MOST_OF_DIARY = 1 / 3  # of a diary's entries
TINY = 0.4  # of a page, without the heading
LINES = ("p", "li", "pre", "tr", "hr", "figcaption", "dt", "dd")


def run_on(sections: Sequence[ChapterElements], theme: Theme, page: PageGeometry) -> frozenset[str]:
    """The keys of the chapters that begin no page: none where the theme says `chapters = "page"` or `"recto"`, all that
    may where it says `"run-on"`."""
    asked = theme.settings.get("chapters", "")
    if asked in ("page", "recto") or not (asked or _are_tiny(sections, theme, page)):
        return frozenset()
    return frozenset(one.key for before, one in pairwise(sections) if _is_alike(before) and _is_alike(one))


def _are_tiny(sections: Sequence[ChapterElements], theme: Theme, page: PageGeometry) -> bool:
    chapters = [one for one in sections if _is_alike(one) and len(one.pieces[0]) > 1]
    if len(chapters) < FEWEST:
        return False
    rows, line = page_in_lines(theme, page)
    tiny = sum(_rows(one.pieces[0], line) <= rows * TINY and not _is_poem(one.pieces[0]) for one in chapters)
    return tiny >= len(chapters) * (MOST_OF_DIARY if _is_diary(chapters) else MOST)


def _is_diary(chapters: Sequence[ChapterElements]) -> bool:
    """Whether most chapters are headed by a day. A diary's entries are of any length, and one runs on from another."""
    days = sum(is_date(chapter_name(one.chapter)) for one in chapters)
    return days >= len(chapters) * MOST


def _is_alike(section: ChapterElements) -> bool:
    """Whether it is a chapter with a heading, as most are."""
    return section.chapter.kind in ALIKE and section.pieces[0].find("header") is not None


def _rows(piece: etree._Element, line: float) -> float:
    """How many lines it takes, without its heading; pictures count as a page."""
    if piece.find(".//figure") is not None:
        return float("inf")
    rows = [e for block in piece if block.tag != "header" for e in (block.iter(*LINES))]
    verses = sum("line" in (e.get("class") or "").split() for e in piece.iter("span"))
    return verses + sum(1 + len("".join(e.itertext())) // line for e in rows)


def _is_poem(piece: etree._Element) -> bool:
    """Whether more than half of a chapter's words are verse."""
    verse = sum(len("".join(e.itertext())) for e in piece.iter("div") if "verse" in (e.get("class") or "").split())
    return verse > sum(len("".join(block.itertext())) for block in piece if block.tag != "header") / 2
