"""Where the chapters of an EPUB begin: by its contents list, and by documents that no entry of it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bs4.element import NavigableString, Tag

from converter.document.record import dataclass
from converter.parsers.epub.book_page import BookPage
from converter.parsers.epub.contents import Entry
from converter.parsers.epub.own_pages import body_types
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, element_text
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import place
from converter.parsers.html.extraction.extracted import Part
from converter.parsers.tag_names import HEADINGS

NO_ROW = frozenset(("dedication", "epigraph", "copyright-page", "imprint", "colophon", "titlepage", "halftitlepage"))
FEWEST = 2  # entries that lead to the text: one alone ("Start") divides no text that has headings
WORDS_ABOVE = 3  # a picture that heads a chapter: a running head, a number
TELLING_WORDS = 8  # of a paragraph: fewer may be a line of a heading


@dataclass(frozen=True, slots=True)
class Start:
    """Where a chapter begins: its entry in the contents list (None: a document that no entry names and that continues
    no chapter), what its document says to be, how deep it stands. `headed`: no entry names it, but it begins as the
    chapters of this book do; `drawn`: what the picture with which it begins is said to show."""

    body: Tag
    entry: Entry | None
    types: frozenset[str] = frozenset()
    depth: int = 0
    linear: bool = True
    headed: bool = False
    drawn: str = ""


def find_starts(book: BookPage, entries: Sequence[Entry], excluded: Exclusions) -> list[Start]:
    """Where chapters begin, in the order of the text; several may begin at one place. Documents without an entry
    continue the chapter before them, but for those before the first chapter, those that say to be a dedication, an
    epigraph ... or to stand beside the text, and those that begin with a heading as the chapters do. Empty where the
    contents list does not divide the text. The elements of `book` are counted."""
    numbers = {document.name: number for number, document in enumerate(book.documents)}
    dividing = _dividing(book, entries, numbers)
    usual = _usual_headings(book, dividing, numbers)
    bodies = book.split_all((numbers[entry.name], entry.fragment) for entry in dividing)
    named: dict[int, list[Entry]] = {}
    for entry in dividing:
        named.setdefault(id(bodies[numbers[entry.name], entry.fragment]), []).append(entry)
    found = _Starts(usual, named)
    for number, document in enumerate(book.documents):
        for at, body in enumerate(book.bodies[number]):
            if body not in excluded:
                found.take(body, document.linear, first=at == 0)
    begun = len(found.begun)
    return found.made if begun >= FEWEST or (begun and not _divides_itself(book, excluded)) else []


class _Starts:
    """The starts so far. `usual`: the headings with which chapters begin; `named`: the entries of a body, by id."""

    def __init__(self, usual: frozenset[str], named: Mapping[int, Sequence[Entry]]) -> None:
        self.usual, self.named = usual, named
        self.made: list[Start] = []
        self.begun: set[int] = set()  # the bodies to which entries lead

    def take(self, body: Tag, linear: bool, *, first: bool) -> None:
        """The next body; `first` of its document."""
        types = body_types(body)
        if entries := self.named.get(id(body)):
            self.begun.add(id(body))
            drawn = _opening_picture(body)
            self.made += (Start(body, entry, types, entry.depth, linear, drawn=drawn) for entry in entries)
            return
        headed = bool(self.begun) and linear and opening_heading(body) in self.usual
        if first and (headed or not self.begun or not linear or types & NO_ROW):
            depth = self.made[-1].depth if headed else 0
            self.made.append(Start(body, None, types, depth, linear, headed))


def _divides_itself(book: BookPage, excluded: Exclusions) -> bool:
    """Whether a text has several headings that may be chapters', or several documents that tell something."""
    kept = [body for bodies in book.bodies for body in bodies if body not in excluded]
    told = sum(next(_telling(body), None) is not None for body in kept)
    return told >= FEWEST or sum(len(body.find_all(("h1", "h2", "h3"))) for body in kept) > 1


def _usual_headings(book: BookPage, entries: Sequence[Entry], numbers: dict[str, int]) -> frozenset[str]:
    """The kinds of headings ("h2") with which most documents begin that the contents list names."""
    whole = {entry.name for entry in entries if not entry.fragment}
    opened = Counter(opening_heading(book.bodies[numbers[name]][0]) for name in whole)
    return frozenset(name for name, count in opened.items() if name and count > 1 and count * 2 >= len(whole))


def opening_heading(body: Tag) -> str:
    """The name of the heading with which a document, or what stands at a place of it, begins; "" where it begins with
    anything else."""
    for node in (body, *body.descendants):
        if isinstance(node, Tag) and node.name in HEADINGS:
            return node.name if node.get_text().strip() else ""
        if isinstance(node, NavigableString) and node.strip():
            return ""
    return ""


def _opening_picture(body: Tag) -> str:
    """What the picture is said to show with which a document begins, below a few words at most; "" where none does."""
    words = 0
    for node in body.descendants:
        if isinstance(node, Tag) and node.name == "img":
            return " ".join(attribute(node, "alt").split())
        if isinstance(node, NavigableString) and not isinstance(node, NOT_TEXT):
            words += len(node.split())
            if words > WORDS_ABOVE:
                break
    return ""


def _dividing(book: BookPage, entries: Sequence[Entry], numbers: dict[str, int]) -> list[Entry]:
    """The entries that lead to the text and divide it: one below another, in the midst of a document in which that one
    tells something, is a heading inside it."""
    kept: list[Entry] = []
    above: list[Entry] = []  # the last one kept, and those it stands below
    seen: set[tuple[str, str]] = set()
    first: dict[int, int] = {}
    for entry in entries:
        number = numbers.get(entry.name, -1)
        if number < 0 or (entry.name, entry.fragment) in seen:
            continue
        seen.add((entry.name, entry.fragment))
        over = next((e for e in reversed(above) if e.depth < entry.depth), None)
        at = book.places.get((number, entry.fragment)) if entry.fragment else None
        if number not in first:
            first[number] = next(_telling(book.bodies[number][0]), -1)
        told = at is not None and 0 <= first[number] < place(at)
        if over is None or over.name != entry.name or not told:
            kept.append(entry)
            while above and above[-1].depth >= entry.depth:
                above.pop()
            above.append(entry)
    return kept


def _telling(body: Tag) -> Iterator[int]:
    """The places of the paragraphs that are no line of a heading."""
    return (place(p) for p in body.find_all("p") if len(element_text(p).split()) > TELLING_WORDS)


def letters(body: Tag) -> int:
    """How many letters and digits a document's body has."""
    return sum(map(str.isalnum, element_text(body)))


def parts_of(book: BookPage, starts: Sequence[Start], excluded: Exclusions) -> list[tuple[list[Start], Part]]:
    """The text in parts, each with what begins there; what was excluded is in none."""
    begins: dict[int, list[Start]] = {}
    for start in starts:
        begins.setdefault(id(start.body), []).append(start)
    parts: list[tuple[list[Start], list[Tag]]] = []
    for bodies in book.bodies:
        for body in bodies:
            if body in excluded:
                continue
            if id(body) in begins or not parts:
                parts.append((begins.get(id(body), []), []))
            parts[-1][1].append(body)
    return [(begun, Part(tuple(bodies))) for begun, bodies in parts]
