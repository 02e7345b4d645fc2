"""Whether a book's contents list is worth following: an editor disregards one whose entries name nothing, lead nowhere,
or are pages and paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from bs4.element import Tag

from converter.document.findings.chapters import ContentsDisregarded
from converter.document.model import Origin
from converter.document.record import dataclass
from converter.parsers.epub.book_page import BookPage
from converter.parsers.epub.contents import Entry
from converter.parsers.epub.own_pages import text_lines
from converter.parsers.epub.starts import opening_heading
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text
from converter.parsers.items.sections import same_words
from converter.recognisers.metadata.empty_labels import says_nothing

FEWEST = 2  # entries of a list that would divide a text
SAME = 3  # places to which one label leads
LINES = 3  # of a text that may say its entry's words
SHOWN = 3  # entries that are told
OPENING = 3  # words of a paragraph that its entry repeats
CUTS = 4  # of so many places to which entries lead one may stand in mid-sentence by mistake


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of the text to which an entry leads: its document, the lines with which it begins, whether it is a
    paragraph, whether it begins with a heading."""

    entry: Entry
    number: int
    lines: tuple[str, ...]
    paragraph: bool
    headed: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """The entries of a contents list that are followed (none of one that is not worth it), and what is told of one that
    is not. Where only their words say nothing, and a heading stands at most of their places, they have none."""

    entries: tuple[Entry, ...]
    doubt: ContentsDisregarded | None = None


def followed(book: BookPage, entries: tuple[Entry, ...], excluded: Exclusions, title: str) -> Followed:
    """What of a contents list is followed. One of a single entry divides nothing, and nothing is told of it. `title`:
    the book's, which names no chapter of it."""
    if len(entries) < FEWEST:
        return Followed(entries)
    places = _places(book, entries, excluded)
    if not places:
        why, shown = "its entries lead nowhere in the story", list(entries)
    elif _are_pages(book, places, excluded):
        why, shown = "its entries are pages, which end in mid-sentence", [p.entry for p in places]
    elif _are_paragraphs(book, places):
        why, shown = "its entries are paragraphs", [p.entry for p in places]
    elif not (empty := _empty(places, title)):
        return Followed(entries)
    elif 2 * sum(p.headed for p in places) > len(places):
        unnamed = frozenset(empty)
        return Followed(tuple(replace(e, title="") if e in unnamed else e for e in entries))
    else:
        why, shown = "its entries say nothing", empty
    labels = tuple(islice(dict.fromkeys(label for e in shown if (label := " ".join(e.title.split()))), SHOWN))
    return Followed((), ContentsDisregarded(why, labels, Origin(book.package.source, 1)))


def _places(book: BookPage, entries: Sequence[Entry], excluded: Exclusions) -> list[_Place]:
    """The places in the story to which entries lead."""
    numbers = {document.name: number for number, document in enumerate(book.documents)}
    found: list[_Place] = []
    known: dict[tuple[int, str], _Place] = {}
    for entry in entries:
        number = numbers.get(entry.name, -1)
        if number < 0 or all(body in excluded for body in book.bodies[number]):
            continue
        at = number, entry.fragment
        if at not in known:
            element = _element(book, at)
            lines = tuple(islice(text_lines(element, excluded.ids), LINES))
            paragraph = element.name == "p" and element.find("br") is None
            known[at] = _Place(entry, number, lines, paragraph, bool(opening_heading(element)))
        found.append(replace(known[at], entry=entry))
    return found


def _element(book: BookPage, at: tuple[int, str]) -> Tag:
    """The element to which a place leads, or the next one that has words."""
    body = book.bodies[at[0]][0]
    element = book.places.get(at) if at[1] else None
    if element is None:
        return body
    while not element_text(element).strip():
        following = element.find_next(True)
        if not isinstance(following, Tag):
            return body
        element = following
    return element


def _empty(places: Sequence[_Place], title: str) -> list[Entry]:
    """The entries that name no chapter, where they are more than the others: those that say nothing, or the book's
    title, or what most others say. What stands over the text to which it leads is its heading, whatever it says."""
    said = Counter(p.entry.title.casefold().strip() for p in places)
    label, most = said.most_common(1)[0]
    alike = label if most >= SAME and most * 2 > len(places) else None
    empty = [
        p.entry
        for p in places
        if not any(same_words(line, p.entry.title) for line in p.lines)
        and (
            says_nothing(p.entry.title) or same_words(p.entry.title, title) or p.entry.title.casefold().strip() == alike
        )
    ]
    return empty if len(empty) * 2 > len(places) else []


def _are_pages(book: BookPage, places: Sequence[_Place], excluded: Exclusions) -> bool:
    """Whether many entries lead to documents that go on in the midst of a sentence."""
    whole = {p.number for p in places if not p.entry.fragment}
    cut = whole & cut_documents([own[0] for own in book.bodies], excluded)
    return len(whole) > CUTS and len(cut) * CUTS > len(whole)


def cut_documents(bodies: Sequence[Tag], excluded: Exclusions) -> set[int]:
    """Which of these begin in the midst of the sentence with which the one before them ends."""
    found: set[int] = set()
    above = ""
    for number, body in enumerate(bodies):
        text = "" if body in excluded else element_text(body, excluded.ids).strip()
        if text and above and text[0].islower() and (above[-1].isalnum() or above[-1] == ","):
            found.add(number)
        above = text or above
    return found


def _are_paragraphs(book: BookPage, places: Sequence[_Place]) -> bool:
    """Whether most paragraphs of the text have entries, which only say how these begin."""
    opening = sum(p.paragraph and bool(p.lines) and _opens(p.lines[0], p.entry.title) for p in places)
    numbers = {p.number for p in places}
    there = sum(len(body.find_all("p")) for number in numbers for body in book.bodies[number])
    return opening >= SAME and opening * 2 > there


def _opens(line: str, label: str) -> bool:
    text, said = ("".join(filter(str.isalnum, words)).casefold() for words in (line, label))
    return len(label.split()) >= OPENING and len(text) > len(said) and text.startswith(said)
