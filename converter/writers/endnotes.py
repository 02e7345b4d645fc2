"""A book's notes in one document at its end: taken out of the chapters' pages, with links both ways.

They stand grouped under the names of their chapters, and each chapter counts its own: a note more in one chapter
changes that chapter's page and the notes' own, and no other. Each is a `div` of the type "footnote" ("endnote" is
deprecated): an `aside` of that type is taken out of the flow by reading systems that show notes as pop-ups.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from converter.document.record import dataclass
from converter.writers.inlines import EPUB_TYPE, Rendering
from converter.writers.xhtml import OPS, ChapterElements

KEY = "notes"
_ON_EACH_PAGE = 400  # bytes of markup around the notes of a page


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A page that is read in order: its key in the manifest, its name, its one element."""

    key: str
    name: str
    element: etree._Element

    @property
    def address(self) -> str:
        """The name of its file."""
        return f"{self.key}.xhtml"


@dataclass(frozen=True, slots=True)
class _Group:
    """The notes of one piece of a chapter, with the chapter's name and the address of its page."""

    name: str
    address: str
    notes: tuple[etree._Element, ...]


def endnotes(
    sections: Sequence[ChapterElements], pages: Sequence[StoryPage], rendering: Rendering, limit: int
) -> list[StoryPage]:
    """The pages of notes, none for a book without; the notes are gone from the chapters, all links lead on.

    `pages` are those of the chapters, one for each piece. More than one page of notes only where it would be longer
    than `limit` bytes: filled in order, so that those of earlier chapters stay.
    """
    chapters = (section for section in sections for _ in section.pieces)
    groups = [
        _Group(chapter.name, f"{chapter.key}.xhtml", notes)
        for chapter, page in zip(chapters, pages, strict=True)
        if (notes := _taken_out(page.element))
    ]
    made = list(_pages(groups, rendering, limit))
    _relink([*pages, *made])
    return made


def _taken_out(piece: etree._Element) -> tuple[etree._Element, ...]:
    """The notes at the end of a piece; they are there no more."""
    waiting = piece.find("section[@class='footnotes']")
    if waiting is None:
        return ()
    piece.remove(waiting)
    for aside in waiting:
        aside.tag = "div"
    return tuple(waiting)


def _pages(groups: Sequence[_Group], rendering: Rendering, limit: int) -> Iterator[StoryPage]:
    number = size = 0
    page: StoryPage | None = None
    holder: etree._Element | None = None
    last = ""
    for group in groups:
        if group.address != last:
            holder, last = None, group.address
        for note in group.notes:
            weight = len(etree.tostring(note, encoding="utf-8"))
            if page is None or size + weight > limit:
                if page is not None:
                    yield page
                number += 1
                page, holder, size = _page(number, rendering), None, _ON_EACH_PAGE
            if holder is None:
                holder = _holder_of(page.element, group)
            holder.append(note)
            size += weight
    if page is not None:
        yield page


def _page(number: int, rendering: Rendering) -> StoryPage:
    key = KEY if number == 1 else f"{KEY}-{number}"
    attributes = {
        "class": "endnotes", EPUB_TYPE: "endnotes", "role": "doc-endnotes", "aria-labelledby": f"{key}-title",
    }  # fmt: skip
    section = etree.Element("section", attributes, nsmap={"epub": OPS})
    section.text = "\n"
    heading = etree.SubElement(section, "h1", {"class": "endnotes-title", "id": f"{key}-title"})
    heading.text, heading.tail = rendering.labels.notes, "\n"
    return StoryPage(key, rendering.labels.notes, section)


def _holder_of(page: etree._Element, group: _Group) -> etree._Element:
    """What holds a chapter's notes, under the chapter's name, which leads to it."""
    heading = etree.SubElement(page, "h2", {"class": "endnotes-of"})
    heading.tail = "\n"
    etree.SubElement(heading, "a", {"href": group.address}).text = group.name
    notes = etree.SubElement(page, "div", {"class": "footnotes"})
    notes.text = notes.tail = "\n"
    return notes


def _relink(pages: Sequence[StoryPage]) -> None:
    """Every mark leads to its note and every note back to its mark, whichever page they are on."""
    places = {}
    links = []
    for page in pages:
        for element in page.element.iter("a", "div"):
            kind = element.get("class")
            if kind in ("noteref", "footnote"):
                places[element.get("id")] = page.address
            if kind in ("noteref", "backlink"):
                links.append((page.address, element))
    for address, link in links:
        target = link.get("href", "")
        there = places.get(target[1:], address)
        link.set("href", target if there == address else f"{there}{target}")
