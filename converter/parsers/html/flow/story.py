"""What a walk over a page's story starts from: the elements, their styles, notes, places and habits."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import field

from bs4.element import Tag

from converter.document.record import dataclass
from converter.parsers.computed_style import ComputedStyle
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.page import Page
from converter.parsers.html.flow.anchors import NOWHERE, PageAnchors
from converter.parsers.html.flow.notes import NO_NOTES, PageNotes
from converter.parsers.items.line_habit import LineHabit


@dataclass(frozen=True, slots=True)
class WalkContext:
    """The ground of a walk. `address` is where relative links start from; `asides` are notes inside the text that a
    site's table names (id(element) -> kind); `plain_headings` (ids) divide nothing, `chapter_headings`
    head chapters however they are worded; `prose_in_pre`: its long preformatted texts hold prose; `captions`: what
    stands under a picture by its class, by the elements (ids) around the picture."""

    page: Page
    excluded: Exclusions
    styles: Mapping[int, ComputedStyle]
    habit: LineHabit
    language: str = ""
    address: str = ""
    notes: PageNotes = NO_NOTES
    places: PageAnchors = NOWHERE
    asides: Mapping[int, str] = field(default_factory=dict)
    plain_headings: Set[int] = frozenset()
    chapter_headings: Set[int] = frozenset()
    prose_in_pre: bool = True
    captions: Mapping[int, Tag] = field(default_factory=dict)
