"""A heading of a page with what follows it, until it is known what the heading is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from converter.document.edit_script import flat_text
from converter.document.model import Inlines
from converter.document.traversal import OBJECT
from converter.document.words import plain_text
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import HeadingItem, Item
from converter.parsers.items.normalisation import item_words
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.words import Lexicon

DIVISIONS = ("division", "single")
PARTS = ("part", "volume")
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


def is_part(section: Section) -> bool:
    """Whether the heading is worded as that of a part or a volume."""
    return section.divides and section.form is not None and section.form.kind in PARTS


def same_words(one: str, other: str) -> bool:
    """Whether two titles are the same but for signs, case and spaces."""
    key = re.sub(r"[\W_]+", "", one.casefold())
    return bool(key) and key == re.sub(r"[\W_]+", "", other.casefold())


def cites_note(content: Inlines) -> bool:
    """Whether a note or a picture hangs on these words: they are not dropped."""
    return OBJECT in flat_text(content)


def head_text(section: Section) -> str:
    """The words of a section's heading, on one line."""
    return " ".join(plain_text(joined(section.head.lines)).split()) if section.head else ""


def behead(sections: list[Section], index: int) -> None:
    """Takes a section's heading away; what stood under it joins what stood before."""
    section = sections[index]
    section.head, section.form = None, None
    if not section.items:
        sections.pop(index)
    elif index and sections[index - 1].head is None:
        sections[index - 1].items.extend(section.items)
        sections.pop(index)


def sections_of(items: Sequence[Item], lex: Lexicon) -> list[Section]:
    """The headings among these items, each with what follows it; what stands above the first has none."""
    sections: list[Section] = [Section(None, [])]
    for item in items:
        if isinstance(item, HeadingItem):
            text = " ".join(plain_text(joined(item.lines)).split())
            form = read_form(text, lex)
            if form is None or form.shape not in ("division", "number"):
                above = _label_above(item, lex)
                apart = above is not None and (above.shape == "division" or form is None or form.shape == "title")
                form = above if apart else form
            sections.append(Section(item, [], form))
        else:
            sections[-1].items.append(item)
    if not sections[0].items:
        sections.pop(0)
    _drop_lonely_numbers(sections)
    return sections


def _label_above(head: HeadingItem, lex: Lexicon) -> Form | None:
    """A heading of several lines, the first of them a bare number, or a chapter's word and number ("1. Kapitel")."""
    form = read_form(" ".join(plain_text(head.lines[0]).split()), lex) if len(head.lines) > 1 else None
    if form is None or form.title or form.shape not in ("number", "division"):
        return None
    shape = "numbered-title" if form.shape == "number" else form.shape
    return replace(form, shape=shape, title=" ".join(plain_text(joined(head.lines[1:])).split()))


def _drop_lonely_numbers(sections: list[Section]) -> None:
    """A bare number heads a chapter only as one of a series."""
    numbered = [s for s in sections if s.form and s.form.shape in ("number", "numbered-title")]
    values = [s.form.number.value for s in numbered if s.form and s.form.number and s.form.number.value is not None]
    steps = sum(b - a == 1 for a, b in itertools.pairwise(values))
    if len(values) > 1 and steps >= len(values) // 2:
        for s in numbered:
            if s.form:
                s.form = replace(s.form, shape="division")


def merge_label_and_title(sections: list[Section]) -> list[Section]:
    """A heading with nothing under it and the heading right after it are one: "CHAPTER I." and its title."""
    out: list[Section] = []
    for section in sections:
        before = out[-1] if out else None
        if (
            before is not None
            and before.head is not None
            and section.head is not None
            and not before.items
            and before.divides
            and before.form is not None
            and not before.form.title
            and before.form.kind not in ("part", "volume")
            and (
                not section.divides
                or (section.form is not None and section.form.shape == "single" and not before.form.word)
            )
            and section.head.level >= before.head.level
        ):
            title = joined(section.head.lines)
            before.head = replace(before.head, lines=(*before.head.lines, title))
            before.form = replace(before.form, title=" ".join(plain_text(title).split()))
            before.items = section.items
            continue
        out.append(section)
    return out
