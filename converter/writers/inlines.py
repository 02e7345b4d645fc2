"""Inlines into elements: what stands inside a paragraph, a heading, a line of verse, a caption."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from itertools import takewhile
from typing import Literal, assert_never

from lxml import etree

from converter.document.model import (
    Anchor,
    Blocks,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    Paragraph,
    Ruby,
    Strong,
    Style,
    Styled,
    Text,
)  # fmt: skip
from converter.document.record import dataclass
from converter.writers.addresses import web_address
from converter.writers.anchors import ANCHOR
from converter.writers.joined_signs import joined_signs
from converter.writers.labels import Labels, labels_for
from converter.writers.languages import direction, has_italics, well_formed_tag
from converter.writers.note_numbers import number_of

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

NO_BREAK_SPACE = "\u00a0"
_INSIDE_LINES = frozenset(["a", "em", "i", "s", "span", "strong", "sub", "sup", "u"])

Medium = Literal["epub", "print"]
Opening = Literal["plain", "lead-in", "drop-cap"]
NotePlace = Literal["chapter", "page"]

_TAGS: Mapping[Style, tuple[str, str]] = {
    "small-caps": ("span", "small-caps"),
    "strike": ("s", ""),
    "underline": ("u", ""),
    "super": ("sup", ""),
    "sub": ("sub", ""),
    "code": ("code", ""),
}


@dataclass(frozen=True, slots=True)
class Rendering:
    """All that the elements depend on besides the story itself.

    `images` and `chapters` give the address (as an attribute would hold it) of each resource by its name and of each
    chapter by its key. `notes` says where notes go: "chapter" collects them at the chapter's end, "page" leaves each
    as a `span.footnote` where it is cited, for a writer that sets footnotes itself. `white_breaks`: breaks between
    scenes that were left blank are told from others. `kept`: the keys of the chapters whose notes keep the numbers of
    the source.
    """

    medium: Medium
    language: str
    opening: Opening = "plain"
    notes: NotePlace = "chapter"
    images: Mapping[str, str] = field(default_factory=dict)
    chapters: Mapping[str, str] = field(default_factory=dict)
    labels: Labels = field(default_factory=lambda: labels_for(""))
    white_breaks: bool = False
    kept: frozenset[str] = frozenset()


BlocksWriter = Callable[[etree._Element, Blocks, "Rendering", "ChapterNotes"], None]


class ChapterNotes:
    """The notes of one chapter in the order in which they are cited; those not yet written wait in `waiting`.

    `write` appends to an element what is no paragraph in a note that is written where it is cited; without it such a
    note waits. `kept`: each has the number that it has in the source.
    """

    def __init__(self, key: str, write: BlocksWriter | None = None, *, kept: bool = False) -> None:
        self.key = key
        self.write = write
        self.kept = kept
        self.count = 0
        self.waiting: list[tuple[int, Note]] = []

    def cite(self, note: Note) -> int:
        """The number of a newly cited note, from 1."""
        self.leap(note)
        self.waiting.append((self.count, note))
        return self.count

    def leap(self, note: Note) -> int:
        """Counts a newly cited note; by how much its number is larger than that of the one before."""
        before, self.count = self.count, number_of(note) if self.kept else self.count + 1
        return self.count - before


def add_text(parent: etree._Element, text: str) -> None:
    """Append text at the element's end."""
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _add_words(parent: etree._Element, text: str, rendering: Rendering) -> None:
    """Append the story's words; code as it is."""
    if text:
        add_text(parent, text if parent.tag == "code" else joined_signs(text, _before(parent), rendering.language))


def _before(parent: etree._Element) -> str:
    """What stands before the element's end on its line, as far as it matters for its last character."""
    if len(parent):
        last = parent[-1]
        return last.tail or ("" if last.tag == "br" else "".join(last.itertext()))
    if parent.text or parent.tag not in _INSIDE_LINES:
        return parent.text or ""
    previous, outer = parent.getprevious(), parent.getparent()
    if previous is not None:
        return previous.tail or ("" if previous.tag == "br" else "".join(previous.itertext()))
    return (outer.text or "") if outer is not None else ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where inlines are being written. Inside a link, `waiting` takes the notes that must wait until it closes."""

    rendering: Rendering
    notes: ChapterNotes
    waiting: list[Note] | None = None


def fill(parent: etree._Element, content: Inlines, rendering: Rendering, notes: ChapterNotes) -> None:
    """Append the inlines at the element's end. Text goes in to the character; what holds nothing leaves no element."""
    if len(content) == 1 and isinstance(content[0], Text):
        add_text(parent, joined_signs(content[0].text, "", rendering.language))
    else:
        _fill(parent, content, _Place(rendering, notes))


def _fill(parent: etree._Element, content: Inlines, place: _Place) -> None:
    for inline in content:
        match inline:
            case Text(text):
                _add_words(parent, text, place.rendering)
            case Emphasis(inner):
                _wrap(parent, "em", {}, inner, place)
            case Strong(inner):
                _wrap(parent, "strong", {}, inner, place)
            case Styled(style, inner):
                tag, name = _TAGS[style]
                _wrap(parent, tag, {"class": name} if name else {}, inner, place)
            case Link(target, inner):
                _link(parent, target, inner, place)
            case Anchor(key, inner):
                _wrap(parent, "span", {"id": key} if ANCHOR.fullmatch(key) else {}, inner, place)
            case Foreign(language, inner):
                tag, attributes = _foreign(language, inline.direction, place.rendering)
                _wrap(parent, tag, attributes, inner, place)
            case Ruby(base, reading):
                if base and reading:
                    ruby = etree.SubElement(parent, "ruby")
                    ruby.text = base
                    etree.SubElement(ruby, "rt").text = reading
                else:
                    add_text(parent, base + reading)
            case LineBreak():
                etree.SubElement(parent, "br")
            case Image():
                add_image(parent, inline, place.rendering, {"class": "inline-image"})
            case Note():
                if place.waiting is None:
                    _note(parent, inline, place)
                else:
                    place.waiting.append(inline)
            case _:
                assert_never(inline)


def _wrap(parent: etree._Element, tag: str, attributes: Mapping[str, str], content: Inlines, place: _Place) -> None:
    if content:
        _fill(etree.SubElement(parent, tag, attributes), content, place)


def _link(parent: etree._Element, target: str, content: Inlines, place: _Place) -> None:
    """A link that leads nowhere leaves its words. Links don't nest in HTML, so a note cited inside one follows it."""
    address = _address_in_book(target, place.rendering) if target.startswith("#") else web_address(target)
    if not address or place.waiting is not None:
        _fill(parent, content, place)
        return
    waiting: list[Note] = []
    link = etree.SubElement(parent, "a", {"href": address})
    _fill(link, content, _Place(place.rendering, place.notes, waiting))
    if not len(link) and not link.text:
        parent.remove(link)
    for note in waiting:
        _note(parent, note, place)


def _address_in_book(target: str, rendering: Rendering) -> str:
    """A chapter's address; an anchor's place is settled when all is written (`anchors.settle_anchors`)."""
    return target if ANCHOR.fullmatch(target[1:]) else rendering.chapters.get(target[1:], "")


def _foreign(language: str, way: str, rendering: Rendering) -> tuple[str, dict[str, str]]:
    tag = well_formed_tag(language)
    upright = not has_italics(tag)
    attributes = {"class": "other-script" if upright else "foreign"}
    if tag:
        attributes["lang"] = tag
        if rendering.medium == "epub":
            attributes[XML_LANG] = tag
    way = way or (direction(tag) if tag else "")
    if way and way != direction(rendering.language):
        attributes["dir"] = way
    return "span" if upright else "i", attributes


def _note(parent: etree._Element, note: Note, place: _Place) -> None:
    rendering, notes = place.rendering, place.notes
    lines = list(takewhile(lambda block: isinstance(block, Paragraph), note.blocks))
    rest = note.blocks[len(lines) :]
    if rendering.notes == "page" and (not rest or notes.write):
        span = etree.SubElement(parent, "span", {"class": "footnote" if lines or not rest else "footnote opens-apart"})
        if (leap := notes.leap(note)) != 1:
            span.set("data-number", str(notes.count))
            span.set("style", f"counter-increment: footnote {leap - 1}")
        for i, block in enumerate(lines):
            if i:
                etree.SubElement(span, "br")
            if isinstance(block, Paragraph):
                fill(span, block.content, rendering, notes)
        if notes.write:
            notes.write(span, rest, rendering, notes)
        return
    number = notes.cite(note)
    attributes = {"class": "noteref", "href": f"#{notes.key}-note-{number}", "id": f"{notes.key}-ref-{number}"}
    if rendering.medium == "epub":
        attributes |= {EPUB_TYPE: "noteref", "role": "doc-noteref"}
    # Without the space a word and its note's number are one word to a search, a dictionary and a voice; the style sheet
    # takes its width back. Old e-readers draw a box for U+202F.
    space = NO_BREAK_SPACE if rendering.medium == "epub" else "\u202f"
    etree.SubElement(parent, "a", attributes).text = f"{space}{number}"


def add_image(parent: etree._Element, image: Image, rendering: Rendering, attributes: Mapping[str, str]) -> bool:
    """Append the image; False (and nothing appended) when the book has no such resource."""
    source = rendering.images.get(image.resource)
    if source is None:
        return False
    etree.SubElement(parent, "img", {**attributes, "src": source, "alt": image.alt})
    return True


def split_lead(content: Inlines, words: int) -> tuple[str, Inlines]:
    """The first words of a paragraph and the rest, for an opening in small capitals.

    Empty when the paragraph begins with anything but plain text in a script that has capitals. Never cuts a word, and
    never reaches past the first mark that closes a phrase.
    """
    if not content or not isinstance(content[0], Text):
        return "", content
    text = content[0].text
    end = 0
    for _ in range(words):
        start = end
        while start < len(text) and text[start].isspace():
            start += 1
        stop = start
        while stop < len(text) and not text[stop].isspace():
            stop += 1
        if stop == start or (stop == len(text) and len(content) > 1):
            break
        end = stop
        if text[stop - 1] in ",.;:!?—…”’»)":
            break
    lead = text[:end]
    first = next(filter(str.isalpha, lead), "")
    if first.lower() == first.upper():
        return "", content
    rest: tuple[Inline, ...] = content[1:] if end == len(text) else (Text(text[end:]), *content[1:])
    return lead, rest
