"""A heading of a page with what follows it, until it is known what the heading is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from converter.document.edit_script import flat_text
from converter.document.model import Inlines
from converter.document.traversal import OBJECT
from converter.parsers.items.kinds import HeadingItem, Item
from converter.parsers.items.normalisation import item_words
from converter.recognisers.headings.forms import Form

DIVISIONS = ("division", "single")
HEADING_LENGTH = 90  # characters of a paragraph that may be a heading


@dataclass(slots=True)
class Section:
    """A heading with what follows it."""

    head: HeadingItem | None
    items: list[Item]
    form: Form | None = None

    @property
    def words(self) -> int:
        """The words under the heading."""
        return sum(map(item_words, self.items))

    @property
    def divides(self) -> bool:
        """Whether the heading is worded as a division, or the page calls its chapter so."""
        worded = self.form is not None and self.form.shape in DIVISIONS
        return worded or (self.head is not None and self.head.named)


def same_words(one: str, other: str) -> bool:
    """Whether two titles are the same but for signs, case and spaces."""
    key = re.sub(r"[\W_]+", "", one.casefold())
    return bool(key) and key == re.sub(r"[\W_]+", "", other.casefold())


def cites_note(content: Inlines) -> bool:
    """Whether a note or a picture hangs on these words: they are not dropped."""
    return OBJECT in flat_text(content)
