"""Blocks into elements: paragraphs, headings, letters, verse, lists, tables, figures, asides, plays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from lxml import etree

from converter.document.edit_script import flat_text
from converter.document.model import (
    Aside,
    AsideKind,
    Block,
    Blocks,
    Cell,
    Definition,
    Figure,
    Heading,
    Inline,
    Inlines,
    List,
    Paragraph,
    Preformatted,
    Quote,
    SceneBreak,
    Speech,
    Table,
    Text,
    Verse,
)  # fmt: skip
from converter.document.tasks import parted_task
from converter.writers.chat_sides import sides, speaker_key
from converter.writers.entries import entries_flush
from converter.writers.epigraphs import with_source, without_look
from converter.writers.inlines import (
    EPUB_TYPE,
    ChapterNotes,
    Rendering,
    add_image,
    add_text,
    fill,
)
from converter.writers.lead_ins import open_paragraph, stands_above
from converter.writers.scene_breaks import BLANK
from converter.writers.stage_directions import opening_direction, parted_directions, with_manner
from converter.writers.tables import add_table

MAX_INDENT = 4  # verse: deeper steps would leave no room on a phone
LOWEST_HEADING = 6
OPENING_BRACKETS = tuple("「『（〈《“")  # what is said in a Japanese book

_ASIDES: Mapping[AsideKind, str] = {
    "note-before": "note before",
    "note-after": "note after",
    "note": "note",
    "summary": "summary",
    "spoiler": "spoiler",
    "box": "box",
}


class BlockWriter:
    """Writes the blocks of one chapter in reading order.

    It remembers what the place of a block decides: whether the next paragraph opens the chapter or follows a scene
    break, and the level of the last heading, so that none is skipped. `top` is the level of the heading above, or 0.
    """

    def __init__(self, rendering: Rendering, notes: ChapterNotes, top: int = 1) -> None:
        self.rendering = rendering
        self.notes = notes
        self.level = top
        self.base = top
        self.place = "opening"  # "opening", "first", "after-break" or ""

    def write(self, parent: etree._Element, blocks: Blocks) -> None:
        """Append top-level blocks of the chapter. A play is not told: no letter leads into it."""
        if any(isinstance(block, Speech) for block in blocks):
            self.rendering = replace(self.rendering, opening="plain")
        for block in blocks:
            self._block(parent, block, nested=False)

    def write_notes(self, parent: etree._Element) -> None:
        """Append a section with all notes that wait, those cited inside notes included; nothing when none waits."""
        if not self.notes.waiting:
            return
        epub = self.rendering.medium == "epub"
        attributes = {"class": "footnotes"}
        if epub:
            attributes |= {EPUB_TYPE: "footnotes", "aria-label": self.rendering.labels.notes}
        section = _child(parent, "section", attributes)
        while self.notes.waiting:
            number, note = self.notes.waiting.pop(0)
            key = self.notes.key
            attributes = {"class": "footnote", "id": f"{key}-note-{number}"}
            if epub:
                attributes |= {EPUB_TYPE: "footnote", "role": "doc-footnote"}
            aside = _child(section, "aside", attributes)
            blocks = note.blocks
            first = blocks[0] if blocks else None
            p = _child(aside, "p", _paragraph_class(first) if isinstance(first, Paragraph) else {})
            back = {"class": "backlink", "href": f"#{key}-ref-{number}"}
            if epub:
                back |= {"role": "doc-backlink", "aria-label": f"{number}: {self.rendering.labels.back}"}
            etree.SubElement(p, "a", back).text = str(number)
            if isinstance(first, Paragraph):
                add_text(p, " ")
                fill(p, first.content, self.rendering, self.notes)
                blocks = blocks[1:]
            self._nested(aside, blocks)

    def _nested(self, parent: etree._Element, blocks: Blocks, *, no_sections: bool = False) -> None:
        for block in blocks:
            self._block(parent, block, nested=True, no_sections=no_sections)

    def _block(self, parent: etree._Element, block: Block, *, nested: bool, no_sections: bool = False) -> None:
        if not nested and self.place == "opening" and _is_story(block):
            self.place = "first"
        match block:
            case Paragraph():
                self._paragraph(parent, block, nested)
            case Heading(content, level):
                self._heading(parent, content, level, nested, no_sections)
            case SceneBreak():
                self._scene_break(parent, block, nested)
            case Quote():
                self._quote(parent, block, no_sections)
            case Verse():
                self._verse(parent, block)
            case List():
                self._list(parent, block, no_sections)
            case Definition():
                self._definition(parent, block, no_sections)
            case Table():
                self._table(parent, block)
            case Figure():
                self._figure(parent, block)
            case Aside():
                self._aside(parent, block, no_sections)
            case Preformatted(text):
                fill(_child(parent, "pre", {}), block.content or (Text(text),), self.rendering, self.notes)
            case Speech(speaker, blocks):
                self._speech(parent, speaker, blocks, no_sections)
            case _:
                assert_never(block)

    def _scene_break(self, parent: etree._Element, block: SceneBreak, nested: bool) -> None:
        hr = _child(parent, "hr", {"class": "scene-break"})
        if block.blank and self.rendering.white_breaks:
            hr.set(BLANK, "true")
        if not nested and self.place == "":
            self.place = "after-break"

    def _quote(self, parent: etree._Element, block: Quote, no_sections: bool) -> None:
        blocks, kind = block.blocks, block.kind
        attributes = {"class": str(kind)}
        if kind in ("epigraph", "dedication") and self.rendering.medium == "epub":
            attributes |= {EPUB_TYPE: kind, "role": f"doc-{kind}"}
        quote = _child(parent, "blockquote", attributes)
        blocks = with_source(blocks) if kind == "epigraph" else blocks
        blocks = without_look(blocks) if kind in ("epigraph", "dedication") else blocks
        blocks = entries_flush(blocks) if kind in ("quote", "document") else blocks
        self._nested(quote, blocks, no_sections=no_sections)
        if kind == "chat":
            _take_sides(quote, blocks)
        _drop_if_empty(quote)

    def _aside(self, parent: etree._Element, block: Aside, no_sections: bool) -> None:
        blocks, kind = block.blocks, block.kind
        attributes = {"class": _ASIDES[kind]}
        if self.rendering.medium == "epub":
            attributes["role"] = "note"  # a bare aside is a landmark, and a page may not have two of one name
        aside = _child(parent, "div" if no_sections else "aside", attributes)
        if block.title:
            fill(_child(aside, "p", {"class": "aside-title"}), block.title, self.rendering, self.notes)
        self._nested(aside, blocks, no_sections=no_sections)
        _drop_if_empty(aside)

    def _paragraph(self, parent: etree._Element, block: Paragraph, nested: bool) -> None:
        if not block.content:
            return
        attributes = _paragraph_class(block)
        if not attributes and self.rendering.language[:2] == "ja" and flat_text(block.content)[:1] in OPENING_BRACKETS:
            attributes = {"class": "spoken"}
            self.place = "" if not nested else self.place
        if nested or attributes or not self.place:
            if not nested and self.place and block.role == "continued":
                self.place = ""
            fill(_child(parent, "p", attributes), block.content, self.rendering, self.notes)
            return
        place, self.place = self.place, ""
        if place == "opening" and stands_above(block.content):
            self.place = place  # what it stands above opens the chapter
        p = _child(parent, "p", {"class": "after-break" if place == "after-break" else "first"})
        content = block.content
        if place == "opening" and self.rendering.opening != "plain":
            content = open_paragraph(p, content, self.rendering)
        fill(p, content, self.rendering, self.notes)

    def _heading(self, parent: etree._Element, content: Inlines, level: int, nested: bool, no_sections: bool) -> None:
        if not content:
            return
        if no_sections:
            fill(_child(parent, "p", {"class": "heading"}), content, self.rendering, self.notes)
            return
        self.level = max(1, min(self.base + max(level, 1), self.level + 1, LOWEST_HEADING))
        fill(_child(parent, f"h{self.level}", {"class": "heading"}), content, self.rendering, self.notes)
        if not nested and self.place != "opening":
            self.place = "first"

    def _verse(self, parent: etree._Element, block: Verse) -> None:
        verse = _child(parent, "div", {"class": "verse"})
        for stanza in block.stanzas:
            if not stanza:
                continue
            p = _child(verse, "p", {"class": "stanza"})
            for number, line in enumerate(stanza, 1):
                indent = min(line.indent, MAX_INDENT)
                span = etree.SubElement(p, "span", {"class": f"line indent-{indent}" if indent > 0 else "line"})
                span.text = ""
                fill(span, line.content, self.rendering, self.notes)
                if number < len(stanza):  # at the end of a block: between two it would be a line of its own in MuPDF
                    etree.SubElement(span, "br")

    def _list(self, parent: etree._Element, block: List, no_sections: bool) -> None:
        if not block.items:
            return
        attributes = {"class": "list cast" if block.cast else "list"}
        if block.ordered and block.start != 1:
            attributes["start"] = str(block.start)
        if block.ordered and block.numerals != "1":
            attributes["type"] = block.numerals
        items = _child(parent, "ol" if block.ordered else "ul", attributes)
        for item in block.items:
            box, rest = ("", item) if block.ordered else parted_task(item)
            li = _child(items, "li", {"class": "task"} if box else {})
            self._item(li, rest, no_sections)
            if box:
                _begin_with_box(li, box)

    def _item(self, parent: etree._Element, blocks: Blocks, no_sections: bool) -> None:
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not _paragraph_class(blocks[0]):
            fill(parent, blocks[0].content, self.rendering, self.notes)
        else:
            self._nested(parent, blocks, no_sections=no_sections)

    def _definition(self, parent: etree._Element, block: Definition, no_sections: bool) -> None:
        """Terms and meanings, in the list of the definition before them where there is one."""
        last = parent[-1] if len(parent) else None
        goes_on = last is not None and last.tag == "dl"
        listed = last if goes_on else _child(parent, "dl", {"class": "definitions"})
        for term in block.terms:
            fill(_child(listed, "dt", {}), term, self.rendering, self.notes)
        if not block.terms and not goes_on:
            _child(listed, "dt", {})
        for meaning in block.meanings or ((),):
            self._item(_child(listed, "dd", {}), meaning, no_sections)
        if not (goes_on or _says_something(listed)):
            parent.remove(listed)

    def _table(self, parent: etree._Element, block: Table) -> None:
        if not block.rows:
            if block.caption:
                fill(_child(parent, "p", {"class": "center"}), block.caption, self.rendering, self.notes)
            return
        add_table(parent, block, lambda element, words: fill(element, words, self.rendering, self.notes), self._cell)

    def _cell(self, td: etree._Element, cell: Cell) -> None:
        if len(cell.blocks) == 1 and isinstance(only := cell.blocks[0], Paragraph):
            if names := _paragraph_class(only).get("class"):
                td.set("class", names)
            fill(td, only.content, self.rendering, self.notes)
        else:
            # HTML, th: no headings and no sectioning content inside.
            self._nested(td, cell.blocks, no_sections=cell.header)

    def _figure(self, parent: etree._Element, block: Figure) -> None:
        figure = _child(parent, "figure", {})
        shown = add_image(figure, block.image, self.rendering, {})
        if block.caption:
            fill(_child(figure, "figcaption", {}), block.caption, self.rendering, self.notes)
        elif not shown:
            parent.remove(figure)

    def _speech(self, parent: etree._Element, speaker: Inlines, blocks: Blocks, no_sections: bool) -> None:
        div = _child(parent, "div", {"class": "speech"})
        first = blocks[0] if blocks else None
        played = parent.get("class") != "chat"
        directs = played and isinstance(first, Paragraph) and first.role == "stage-direction"
        if speaker:
            p = _child(div, "p", _paragraph_class(first) if isinstance(first, Paragraph) and not directs else {})
            speaker, manner = with_manner(speaker) if played else (speaker, "")
            fill(etree.SubElement(p, "span", {"class": "speaker"}), speaker, self.rendering, self.notes)
            if manner:
                add_text(p, " ")
                etree.SubElement(p, "span", {"class": "direction"}).text = manner
            if directs and isinstance(first, Paragraph):
                add_text(p, " ")
                fill(etree.SubElement(p, "span", {"class": "direction"}), first.content, self.rendering, self.notes)
                blocks = blocks[1:]
            elif isinstance(first, Paragraph):
                add_text(p, " ")
                direction, said = opening_direction(first.content) if played else ("", first.content)
                if direction:
                    etree.SubElement(p, "span", {"class": "direction"}).text = direction
                self._said(p, said, played)
                blocks = blocks[1:]
        self._nested(div, blocks, no_sections=no_sections)

    def _said(self, parent: etree._Element, said: Inlines, played: bool) -> None:
        """What somebody says, with the directions in it."""
        rest: list[Inline] = []
        for inline in said:
            pieces = parted_directions(inline.text) if played and isinstance(inline, Text) else []
            for piece, directs in pieces if len(pieces) > 1 else ():
                if directs:
                    fill(parent, tuple(rest), self.rendering, self.notes)
                    rest.clear()
                    etree.SubElement(parent, "span", {"class": "direction"}).text = piece
                else:
                    rest.append(Text(piece))
            if len(pieces) < 2:
                rest.append(inline)
        fill(parent, tuple(rest), self.rendering, self.notes)


def write_in_note(parent: etree._Element, blocks: Blocks, rendering: Rendering, notes: ChapterNotes) -> None:
    """Append what stands in a note that is written where it is cited, after its first paragraphs."""
    begin = len(parent)
    BlockWriter(rendering, notes)._nested(parent, blocks, no_sections=True)
    for block in parent[begin:]:
        for element in block.iter():
            if element.tail == "\n":
                element.tail = None  # between blocks; in a note WeasyPrint sets a line for it


def _take_sides(chat: etree._Element, blocks: Blocks) -> None:
    """Each turn stands on the side of its speaker."""
    taken = sides(blocks)
    turns = [block for block in blocks if isinstance(block, Speech)]
    for div, turn in zip(chat.iterfind("div[@class='speech']"), turns, strict=False):
        if side := taken.get(speaker_key(turn)):
            div.set("class", f"speech {side}")


def _child(parent: etree._Element, tag: str, attributes: Mapping[str, str]) -> etree._Element:
    child = etree.SubElement(parent, tag, attributes)
    child.tail = "\n"
    return child


def _begin_with_box(li: etree._Element, box: str) -> None:
    """Puts a task's box before the first words of its item."""
    first = li[0] if len(li) and li[0].tag == "p" else li
    span = etree.Element("span", {"class": "box"})
    span.text, span.tail, first.text = f"{box} ", first.text, None
    first.insert(0, span)


def _says_something(element: etree._Element) -> bool:
    """Whether there are words in an element, a picture, a place that is led to, or a line's end."""
    told = "".join(element.itertext()).strip()
    return bool(told) or any(e.attrib or e.tag == "br" for e in element.iterdescendants())


def _drop_if_empty(element: etree._Element) -> None:
    if not len(element):
        element.getparent().remove(element)


def _is_story(block: Block) -> bool:
    """Whether the story has begun with this block; a paragraph that follows it opens nothing."""
    if isinstance(block, Quote):
        return block.kind not in ("epigraph", "dedication")
    return isinstance(block, Verse | List | Definition | Table | Speech | Preformatted)


def _paragraph_class(block: Paragraph) -> dict[str, str]:
    names = " ".join(name for name in (block.role, block.align) if name)
    return {"class": names} if names else {}
