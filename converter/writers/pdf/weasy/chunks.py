"""A long book printed in chunks, by several processes: each lays out some chapters, and the parts are joined.

A chapter begins a page, so its pages depend on those before it by their number alone. Each chunk is laid out as if it
began the story, with the first chapter of the next one, empty, at its end, so that the pages in between are there, too;
it tells how many pages it has, hears at which page it begins (`numbering.py`), and is drawn. What stands before the
story has numbers of its own; it is laid out when it is known on which page each chapter begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from lxml import etree

from converter.document.record import dataclass
from converter.writers.pdf.join import OutlineEntry, PdfPart
from converter.writers.pdf.printed import Talk, Work
from converter.writers.pdf.weasy.numbering import LaidOut, SideMattersError, numbered

CHUNK = 120_000  # characters: 20,000 words; of smaller ones more are made than their beginning is worth
LEAST = 50_000  # characters of a chunk; a book with less than two of these is printed in one piece
POINT = 0.75  # of a CSS pixel
PAGE_OF = "target-counter(attr(data-to url), page)"
NUMBER = "attr(data-page)"
RIGHT, LEFT = "html { break-before: right }", "html { break-before: left }"
ACROSS = re.compile(  # CSS that speaks of pages or chapters beyond the chunk
    r"counter\(\s?pages|counters?-(?:increment|set)|:first\b(?!-)|:nth\(|target-(?:counter|text)"
)
OURS = "@page :nth(1 of body)", "counter-increment: footnote -1"  # notes are counted by chapters


@dataclass(frozen=True, slots=True)
class Begun:
    """On which page each place of a chunk is; said when it has been laid out."""

    pages: dict[str, int]


@dataclass(frozen=True, slots=True)
class Printing:
    """A part of the book as it was drawn: its pages, and what WeasyPrint logged."""

    part: PdfPart
    pages: int
    log: tuple[tuple[int, str], ...]


Render = Callable[[etree._Element, str], Any]  # a document, laid out with some more CSS
Draw = Callable[
    [Any, int, frozenset[str]], bytes
]  # a document, the page of the story it begins with, places in other parts


def chunkable(css: str) -> bool:
    """Whether this style of a theme says nothing of a page but what its own chapter decides."""
    first, *others = css.split("/*")
    bare = first + "".join(other.partition("*/")[2] for other in others)
    for ours in (*OURS, PAGE_OF):
        bare = bare.replace(ours, "")
    carried = (piece.partition(";")[0] for piece in bare.split("string-set:")[1:])
    return ACROSS.search(bare) is None and not any("counter" in value for value in carried)


def numbers_written(css: str) -> str:
    """The style, with page numbers in the contents taken from what is written there."""
    return css.replace(PAGE_OF, NUMBER)


def divided(html: etree._Element, crew: int) -> list[etree._Element]:
    """The tree in parts, what stands before the story first; the tree alone where it is short.

    The chunks are about equal, and so many that all processes of the crew have the same number of them. The tree is
    used up: its chapters are moved.
    """
    story = html.find("body/main")
    chapters = _chapters(story)
    sizes = [sum(len(text) for section in chapter for text in section.itertext()) for chapter in chapters]
    total = sum(sizes)
    wanted = -(-total // CHUNK)
    wanted = max(2, -(-wanted // crew) * crew) if total >= 2 * LEAST else 1
    runs = _runs(sizes, wanted)
    if len(runs) < 2:
        return [html]
    parts = []
    for begin, end in runs:
        part = etree.Element("html", dict(html.attrib))
        etree.SubElement(part, "head")
        main = etree.SubElement(etree.SubElement(part, "body"), "main", dict(story.attrib))
        following = chapters[end][0] if end < len(chapters) else None
        main.extend(section for chapter in chapters[begin:end] for section in chapter)
        if following is not None:
            main.append(_empty(following))
        parts.append(part)
    story.append(_empty(parts[0].find("body/main")[0]))
    return [html, *parts]


def _chapters(story: etree._Element) -> list[list[etree._Element]]:
    """The sections of the story by chapters: a section without a running head goes on with the one before it."""
    chapters: list[list[etree._Element]] = []
    for section in story:
        head = section.find("header")
        head = section[0] if head is None and len(section) else head
        begins = head is not None and "running" in (head.get("class") or "").split()
        if begins or not chapters:
            chapters.append([])
        chapters[-1].append(section)
    return chapters


def _runs(sizes: Sequence[int], wanted: int) -> list[tuple[int, int]]:
    """The chapters, as (begin, end), in at most so many runs of about the same size."""
    total, done, begin = sum(sizes), 0, 0
    runs: list[tuple[int, int]] = []
    for at, size in enumerate(sizes):
        share = total * (len(runs) + 1) / wanted
        if at > begin and done + size / 2 > share:
            runs.append((begin, at))
            begin = at
        done += size
    return [*runs, (begin, len(sizes))] if sizes else []


def _empty(section: etree._Element) -> etree._Element:
    """An element that begins a page as this one does, without its name and what is in it."""
    empty = etree.Element(section.tag, {k: v for k, v in section.attrib.items() if k != "id"})
    if len(section) and section[0].tag == "header":
        etree.SubElement(empty, "header", {"class": "opening"})
    return empty


# ------------------------------------------------------------------------------------------------- in the crew


def works(
    parts: list[etree._Element],
    render: Render,
    settle: Callable[[etree._Element, str], None],
    draw: Draw,
    log: list[tuple[int, str]],
    document: Callable[..., Any],
    before_story: int,
) -> list[Work]:
    """The work of each process: the chunks in order, and what stands before the story as the last.

    The parts are used up: they are kept as text, a tenth of their trees' room, until each is laid out, for a process
    that reads a tree which it shares with others takes all of that room once more.

    `settle` changes a tree so that text goes round what doesn't fit, laid out with some more CSS; `log` is where
    WeasyPrint's messages go; `document` makes WeasyPrint's document of a tree; `before_story` is the number of pages
    before the story, on which the sides of its pages depend.
    """
    names = frozenset(str(element.get("id")) for part in parts for element in part.iter("*") if element.get("id"))
    front, *trees = parts
    parts.clear()
    chunks = []
    while trees:
        chunks.append(etree.tostring(trees.pop(0), encoding="utf-8"))

    def chunk(number: int) -> Work:
        followed = number < len(chunks) - 1

        def work(talk: Talk) -> Printing:
            tree = etree.fromstring(chunks[number], etree.XMLParser(resolve_entities=False, huge_tree=True))
            settle(tree, RIGHT)
            log.clear()
            start = 0

            def ask(laid: LaidOut) -> int:
                nonlocal start
                talk.say(LaidOut(laid.pages - followed, laid.sided))
                start = start or int(talk.hear())
                return start

            made = None
            html = document(tree)
            for side, css in (("right", RIGHT), ("left", LEFT)):
                with suppress(SideMattersError), numbered(html, ask, side, before_story, followed=followed):
                    made = render(html, css)
                    break
            assert made is not None
            made = made.copy(made.pages[:-1]) if followed else made
            places: dict[str, int] = {}
            for at, page in enumerate(made.pages):
                for name in page.anchors:
                    places.setdefault(name, start + at)  # what goes on for pages is where it begins
            talk.say(Begun(places))
            return _drawn(made, start, names, draw, log)

        return work

    def before(talk: Talk) -> Printing:
        log.clear()
        pages: dict[str, int] = talk.hear()
        for entry in front.iter("span"):
            if (number := pages.get(entry.get("data-to", "")[1:])) is not None:
                entry.set("data-page", str(number))
        made = render(document(front), "")
        return _drawn(made.copy(made.pages[:-1]), 0, names, draw, log)

    return [*(chunk(number) for number in range(len(chunks))), before]


def _drawn(made: Any, start: int, names: frozenset[str], draw: Draw, log: list[tuple[int, str]]) -> Printing:
    """Draws the pages of a document: a link to another part of the book is none to nowhere."""
    own = {name for page in made.pages for name in page.anchors}
    away = {link[1] for page in made.pages for link in page.links if link[0] == "internal"} & names - own
    made.pages[0].anchors.update(dict.fromkeys(away, (0, 0, 0, 0)))
    outline = tuple(
        OutlineEntry(level, label, at, x * POINT, (page.height - y) * POINT)
        for at, page in enumerate(made.pages)
        for level, label, (x, y), _ in page.bookmarks
    )
    return Printing(PdfPart(draw(made, start, frozenset(away)), outline), len(made.pages), tuple(log))


# ---------------------------------------------------------------------------------------------- in this process


class Numbers:
    """The numbers that the chunks are told: each begins where the one before it ends."""

    def __init__(self, chunks: int) -> None:
        self.chunks = chunks
        self.laid: dict[int, list[LaidOut]] = {n: [] for n in range(chunks)}
        self.next, self.start, self.told = 0, 1, False
        self.begun: dict[int, Begun] = {}

    def heard(self, number: int, message: object) -> Iterator[tuple[int, object]]:
        """What is answered when a chunk says how many pages it has, or where its places are."""
        if isinstance(message, Begun):
            self.begun[number] = message
            if len(self.begun) == self.chunks:
                yield self.chunks, {k: v for n in range(self.chunks) for k, v in self.begun[n].pages.items()}
            return
        assert isinstance(message, LaidOut)
        self.laid[number].append(message)
        while self.next < self.chunks and self.laid[self.next]:
            laid = self.laid[self.next]
            if not self.told:
                yield self.next, self.start
                self.told = True
            again = laid[0].sided and self.start % 2 == 0
            if again and len(laid) < 2:
                return  # it is laid out again, from the other side
            self.start += laid[-1].pages
            self.next, self.told = self.next + 1, False
