"""What of an EPUB is no story: its contents list, its cover's page, its title page, the numbers of printed pages."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import islice

from bs4.element import Tag

from converter.document.model import Metadata
from converter.parsers.epub.book_page import BookPage
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import BLOCKS, element_text, one_line
from converter.parsers.html.dom.selecting import attribute
from converter.recognisers.lines.programs import is_signed_by_program
from converter.recognisers.metadata.author_lines import signed_by
from converter.recognisers.vocabulary import listed_words

OWNER = "EPUB"
CONTENTS = frozenset(("toc", "landmarks", "page-list", "lot", "loi", "toc-brief"))
TITLE_PAGES = frozenset(("titlepage", "halftitlepage", "title-page", "halftitle", "halftitle-page"))
BESIDE_LIST = 12  # words that a contents list's own page may have beside it: its heading, the book's title
COVER_WORDS = 12  # words of a cover's page: what its picture shows
PROGRAM_WORDS = 30  # words of a page on which a program says that it made the book
TITLE_WORDS = 80  # words of a title page
SMALL = 3  # words of a line on a page that says to be a title page: "A Novel"
FRONT = 3  # documents from the first in which a title page stands that says nothing of itself
PAGE_CLASS = re.compile(r"(?:^|\s)(?:page|pg)[-_]?(?:num(?:ber)?|no|break)?s?(?:$|\s)", re.I)  # what scanners call it
PAGE_NUMBER = re.compile(r"[\[({]? ?(?:(?:p|pg|pp|page)\b\.?)? ?(?:\d{1,4}|[ivxlc]{1,8}) ?[\])}]?", re.I)
LOG_LINES = 2_000
_DAY = re.compile(r"[\[(]?(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{4})(?!\w)")
_WORD = re.compile(r"[^\W_]+")


def types_of(element: Tag) -> frozenset[str]:
    """What an element says to be, as EPUB and ARIA word it ("doc-toc" is "toc")."""
    said = f"{attribute(element, 'epub:type')} {attribute(element, 'role')}".lower()
    return frozenset(word.removeprefix("doc-") for word in said.split())


def body_types(body: Tag) -> frozenset[str]:
    """What a document's body says to be, itself or by the one element that holds all of it."""
    types, at = types_of(body), body
    while len(inner := [c for c in at.children if isinstance(c, Tag)]) == 1 and inner[0].name in BLOCKS:
        at = inner[0]
        types |= types_of(at)
    return types


def exclude_own_pages(book: BookPage, excluded: Exclusions, said: Metadata, cover: str) -> str:
    """Excludes what is no story; returns the book's title as its title page has it, or "". `said`: what the package
    says of the book; `cover`: the name of its picture."""
    shown = ""
    guide = {name: kind for kind, name in reversed(book.package.guide)}
    for number, document in enumerate(book.documents):
        for body in book.bodies[number]:
            _exclude_lists(body, excluded, document.name == book.package.navigation)
            _exclude_numbers(body, excluded)
            if body in excluded:
                continue
            types = body_types(body) | {guide.get(document.name, "")}
            words = len(element_text(body, excluded.ids).split())
            if _is_log(body, excluded):
                exclude_body(body, "a program's log", excluded)
            elif words <= PROGRAM_WORDS and is_signed_by_program(list(text_lines(body, excluded.ids))):
                exclude_body(body, "a converter's page", excluded)
            elif _is_cover(body, types, words, cover):
                exclude_body(body, "the cover's page", excluded)
            elif words <= TITLE_WORDS + len(_words(said.description)) and _is_title_page(
                body, types, said, early=number < FRONT
            ):
                exclude_body(body, "the title page", excluded)
                shown = shown or next((line for line in text_lines(body) if _is_title(line, said.title)), "")
    return shown


def _is_title(line: str, title: str) -> bool:
    """Whether a line says a title; articles and the like are not compared."""
    small = listed_words("titles", "small")
    words, known = ([w for w in _words(text) if w not in small] for text in (line, title))
    return bool(known) and words == known


def _exclude_lists(body: Tag, excluded: Exclusions, navigation: bool) -> None:
    lists = [e for e in body.find_all(True) if types_of(e) & CONTENTS or (navigation and e.name == "nav")]
    if types_of(body) & CONTENTS:
        lists = [body]
    for element in lists:
        if not excluded.holds(element):
            excluded.add(element, "the contents list", OWNER)
    if lists and len(element_text(body, excluded.ids).split()) <= BESIDE_LIST:
        exclude_body(body, "the contents list", excluded)


def exclude_body(body: Tag, rule: str, excluded: Exclusions) -> None:
    """Excludes a document's body, and the frame around it where it holds nothing else."""
    excluded.add(body, rule, OWNER)
    frame = body.parent
    if frame is not None and all(c is body or c.name == "head" for c in frame.children if isinstance(c, Tag)):
        excluded.add(frame, rule, OWNER)


def _exclude_numbers(body: Tag, excluded: Exclusions) -> None:
    for element in body.find_all(True):
        says = "pagebreak" in types_of(element) and len(one_line(element).split()) <= 1
        if says or (PAGE_CLASS.search(attribute(element, "class")) and PAGE_NUMBER.fullmatch(one_line(element))):
            excluded.add(element, "the number of a printed page", OWNER)


def _is_log(body: Tag, excluded: Exclusions) -> bool:
    """Whether a page is what a program noted of its downloads: a heading that says so, and lines that each begin with
    a day."""
    lines = list(islice(text_lines(body, excluded.ids), LOG_LINES + 1))
    if not 1 < len(lines) <= LOG_LINES or lines[0].casefold().strip(" .:") not in listed_words("files", "log_pages"):
        return False
    return all(_DAY.match(line) for line in lines[1:])


def _is_cover(body: Tag, types: frozenset[str], words: int, cover: str) -> bool:
    pictures = body.find_all("img")
    if words > COVER_WORDS or len(pictures) > 1:
        return False
    if "cover" in types:
        return True
    return bool(cover) and len(pictures) == 1 and not words and _shows(pictures[0], cover)


def _shows(picture: Tag, name: str) -> bool:
    from urllib.parse import unquote

    return unquote(attribute(picture, "src")) == name


def _is_title_page(body: Tag, types: frozenset[str], said: Metadata, *, early: bool) -> bool:
    """Whether a page says nothing but what the package says too; where it says itself to be the title page, small
    words beside that ("A Novel", "Translated by")."""
    declared = bool(types & TITLE_PAGES)
    if body.find("img") is not None or not (declared or early):
        return False
    lines = list(text_lines(body))
    known = known_words(said)
    if not lines or not said.title or not known.intersection(_words(" ".join(lines))):
        return False
    return all(is_known(line, known, declared=declared) for line in lines)


def is_known(line: str, known: set[str], *, declared: bool) -> bool:
    """Whether a line says nothing but `known` words; where its page says to be a title page (`declared`), small words
    beside them."""
    words = _words(line)
    by = signed_by(line)
    if not words or _says_only(words, known) or (by and _words(by) and all(w in known for w in _words(by))):
        return True
    strange = sum(w not in known for w in words)
    return declared and (strange * 2 <= len(words) or len(words) <= SMALL)


def _says_only(words: list[str], known: set[str]) -> bool:
    """Whether words are known ones, and articles and the like between them: "THE SALT ROAD" of "Salt Road"."""
    small = listed_words("titles", "small")
    return any(w in known for w in words) and all(w in known or w in small for w in words)


def text_lines(body: Tag, excluded: Container[int] = ()) -> Iterator[str]:
    """The lines of a page that say anything, without what is `excluded` (ids of elements)."""
    return (line for part in element_text(body, excluded).split("\n") if (line := " ".join(part.split())))


def known_words(said: Metadata) -> set[str]:
    """The words that the package says of the book, in small letters."""
    facts = (said.title, said.subtitle, said.series, said.series_index, said.outer_series, said.publisher, said.rights)
    dates = (said.description, said.published, said.updated, said.source, said.status)
    texts = (*facts, *dates, *(p.name for p in said.people), *said.tags)
    return set(_words(" ".join(texts)))


def _words(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]
