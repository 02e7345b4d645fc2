"""The parts of a story as items: their headings, what stands under them, and the notes beside them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bs4.element import Tag

from converter.document.contracts import Omission
from converter.document.model import Aside, AsideKind, Block, Blocks, Inlines, Quote, Text
from converter.document.record import dataclass
from converter.parsers.computed_style import ComputedStyle
from converter.parsers.html.boilerplate.contents import exclude_contents
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.local_links import links_start
from converter.parsers.html.dom.nodes import UNSEEN, child_nodes, element_text
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import place
from converter.parsers.html.extraction.extracted import Extracted, Part, PartNote
from converter.parsers.html.flow.anchors import find_anchors
from converter.parsers.html.flow.dividers import drawn_dividers, with_dividers
from converter.parsers.html.flow.drawings import drawings_left_out
from converter.parsers.html.flow.elements import special_items
from converter.parsers.html.flow.figures import called_captions
from converter.parsers.html.flow.headings import HEADINGS, heading
from converter.parsers.html.flow.images import Images
from converter.parsers.html.flow.line_breaks import page_line_habit
from converter.parsers.html.flow.notes import NO_NOTES, find_notes
from converter.parsers.html.flow.preformatted import holds_prose
from converter.parsers.html.flow.story import WalkContext
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.parsers.switches import FOOTNOTES

APART = 9  # blank lines that are a scene break by any habit


@dataclass(frozen=True, slots=True)
class PartItems:
    """A part of the story. `unseen`: its heading, where no browser shows it (a list of chapters to choose from);
    `front`: notes that stand before the heading, `before` and `after`: those beside the text."""

    items: tuple[Item, ...]
    start: Tag | None = None  # where it begins
    head: Inlines = ()
    unseen: str = ""
    front: tuple[Aside, ...] = ()
    before: tuple[Aside, ...] = ()
    after: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """The parts as items. `uncited`: notes whose marks nobody met; `shown`: the elements whose words are here."""

    parts: tuple[PartItems, ...]
    uncited: tuple[Item, ...]
    images: Images
    shown: tuple[Tag, ...]
    omissions: tuple[Omission, ...]


def flow(
    page: Page, excluded: Exclusions, styles: Mapping[int, ComputedStyle], extracted: Extracted, without: frozenset[str]
) -> Flow:
    """What was extracted from a page as items. `without`: what is left alone (`parsers/switches.py`)."""
    roots = extracted.bodies
    unknown = extracted.by == "unknown"
    plain_headings: frozenset[int] = frozenset()
    if extracted.divides:
        plain_headings = exclude_contents(page, excluded, roots, inner=unknown)
    notes = NO_NOTES if FOOTNOTES in without else find_notes(page, excluded, roots, sources=unknown)
    story = WalkContext(
        page,
        excluded,
        styles,
        page_line_habit(roots, styles, excluded.ids),
        extracted.facts.text("language"),
        links_start(page.index, extracted.facts.address),
        notes,
        find_anchors(page, excluded, roots, notes.bodies),
        extracted.asides,
        plain_headings,
        extracted.chapter_headings,
        holds_prose(page, excluded),
        called_captions(page, excluded),
    )
    walked = _Parts(PageWalk(story, special_items, Images(page.assets)), extracted)
    parts = tuple(walked.part(part) for part in extracted.parts)
    if dividers := drawn_dividers([part.items for part in parts], walked.walk.images.resources):
        parts = tuple(replace(part, items=tuple(with_dividers(part.items, dividers))) for part in parts)
    walked.walk.images.findings += drawings_left_out(page, excluded, roots)
    uncited = tuple(walked.walk.uncited())
    shown = (*walked.shown, *walked.walk.note_roots)
    return Flow(parts, uncited, walked.walk.images, shown, (*notes.omissions, *walked.omissions))


class _Parts:
    """A walk from part to part, and what it has used of the page."""

    def __init__(self, walk: PageWalk, extracted: Extracted) -> None:
        self.walk, self.extracted = walk, extracted
        self.shown: list[Tag] = []
        self.omissions: list[Omission] = []

    def part(self, part: Part) -> PartItems:
        """One part: its text first, then its heading and its notes, as a reader meets what they cite."""
        self.shown.extend(part.bodies)
        amid = [n for n in part.after if place(n.element) < place(part.bodies[-1])] if part.bodies else []
        items = self._text(part, amid)
        head, unseen = self._head(part.head) if part.head is not None else ((), "")
        above: list[Aside] = []
        before: list[Aside] = []
        for note in part.before:
            if (made := self._note(note, "note-before")) is not None:
                over = bool(head) and part.head is not None and place(note.element) < place(part.head)
                (above if over else before).append(made)
        after = [a for n in part.after if n not in amid and (a := self._note(n, "note-after")) is not None]
        start = part.head or (part.bodies[0] if part.bodies else None)
        return PartItems(tuple(items), start, head, unseen, tuple(above), tuple(before), tuple(after))

    def _text(self, part: Part, amid: Sequence[PartNote]) -> list[Item]:
        """What stands in a part's bodies, with the notes between them in their places."""
        notes = {id(n.element): n for n in amid}
        items: list[Item] = []
        elements = sorted((*part.bodies, *(n.element for n in amid)), key=place) if amid else part.bodies
        for element in elements:
            if note := notes.get(id(element)):
                if (made := self._note(note, "note-after")) is not None:
                    items.append(made)
                continue
            if id(element) in self.extracted.chapter_headings:
                items.extend(heading(self.walk, element, element.name if element.name in HEADINGS else "h2"))
                continue
            if self.extracted.apart and items and not isinstance(items[-1], HeadingItem):
                items.append(Gap(APART))
            frame = element is self.walk.page.body or (element.name == "blockquote" and len(part.bodies) == 1)
            items.extend(self.walk.items(child_nodes(element) if frame else [element]))
        return items

    def _head(self, head: Tag) -> tuple[Inlines, str]:
        """A heading's words; the same as text where no browser shows them. Nothing of a hidden one."""
        walk, pattern = self.walk, self.extracted.head_pattern
        above = list(itertools.takewhile(lambda p: p is not walk.page.body, head.parents))
        if any(walk.excluded.rule(e) == "hidden" for e in (head, *head.parents)):
            return (), ""
        unseen = head.name in UNSEEN or any(p.name in UNSEEN for p in above)
        if not unseen and not pattern:
            self.shown.append(head)
            return walk.inline(head), ""
        whole = " ".join(
            (
                (head.get_text(" ") or attribute(head, "content")) if unseen else element_text(head, walk.excluded.ids)
            ).split()
        )
        match = pattern.search(whole) if pattern else None
        text = ((match[1] if match.re.groups else match[0]) or "") if match else whole
        if text and not unseen:
            self.shown.append(head)
            start, _, rest = whole.partition(text)
            cut = (start, rest) if match else ()
            self.omissions.extend(Omission("heading", c, walk.page.origin(head)) for c in cut if c)
        return (Text(text),) if text else (), text if unseen else ""

    def _note(self, note: PartNote, where: AsideKind) -> Aside | None:
        """A note with its name; None when it says nothing."""
        walk = self.walk
        name = ""
        title: Inlines = ()
        if note.name is not None:
            name = " ".join(element_text(note.name, walk.excluded.ids).split())
            title = (Text(name.rstrip(": ")),) if name else ()
            walk.excluded.move(note.name, "name of a note")
        self.shown.append(note.element)
        walk.forced.add(id(note.element))
        inner = walk.blocks([note.element])
        while len(inner) == 1 and (within := _frame(inner[0])):
            inner = within
        if not inner:
            if name and note.name is not None:
                self.omissions.append(Omission("heading without text", name, walk.page.origin(note.name)))
            return None
        kind: AsideKind = "summary" if note.kind == "summary" else where if note.kind == "note" else "box"
        return Aside(inner, kind, title, walk.page.origin(note.element))


def _frame(block: Block) -> Blocks:
    """What a block holds that is only a frame around it."""
    return block.blocks if isinstance(block, Quote) or (isinstance(block, Aside) and not block.title) else ()
