"""What heads a chapter of an EPUB: the lines of its text, else the words of the entry that leads to it or of a picture
with which it begins."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from converter.document.contracts import Insertion
from converter.document.edit_script import flat_text
from converter.document.model import Figure, Inline, Inlines, LineBreak, Paragraph, SceneBreak, Text
from converter.document.words import plain_text
from converter.parsers.epub.starts import Start
from converter.parsers.epub.type_look import as_heading
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.parsers.items.sections import same_words
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.metadata.empty_labels import says_nothing

HEAD_PARAGRAPHS = 3  # lines of text that may say an entry's words
HEADING_LETTERS = 200
OPENING = 3  # words of a text that its entry repeats


class Heads:
    """Reads the heads of a book's chapters; `insertions` are those that its text does not have."""

    def __init__(self, title: str, lexicon: Lexicon) -> None:
        self.title, self.lexicon = title, lexicon
        self.insertions: list[Insertion] = []

    def read(self, start: Start, items: list[Item], *, last: bool) -> tuple[tuple[Inlines, ...], list[Item]]:
        """A chapter's heading, and what stands under it: that which the text has there, else the entry's words. `last`:
        of the chapters that begin at this place."""
        title = start.entry.title if start.entry else ""
        above, rest = ornaments(items)
        lines, used = self._headings(rest, title, last=last)
        if drawn := self._drawn(start, title, lines):
            self.insertions.append(Insertion("a heading from its picture's description", drawn))
            return ((Text(drawn),),), [*above, *rest[used:]] if used else items
        if used:
            return tuple(lines), [*above, *rest[used:]]
        name = posixpath.splitext(posixpath.basename(start.entry.name))[0] if start.entry else ""
        if says_nothing(title) or same_words(title, name):
            return (), items
        if _begins_with(rest, title):
            return (), items
        self.insertions.append(Insertion("a heading from the contents list", title))
        return ((Text(title),),), items

    def _drawn(self, start: Start, title: str, lines: Sequence[Inlines]) -> str:
        """The heading that a picture shows: its description, where that says the entry's words and more, or is a
        chapter's name and the entry says nothing."""
        drawn = start.drawn if len(start.drawn) <= HEADING_LETTERS else ""
        written, said, shown = (_letters(text) for text in (" ".join(map(plain_text, lines)), title, drawn))
        if not shown or written not in ("", said):
            return ""
        if said and not says_nothing(title):
            return drawn if len(shown) > len(said) and shown.startswith(said) else ""
        form = read_form(drawn, self.lexicon)
        return drawn if form is not None and form.label else ""

    def _headings(self, items: Sequence[Item], title: str, *, last: bool) -> tuple[list[Inlines], int]:
        """The lines of the heading that these items begin with, and how many of them they are."""
        heads: list[tuple[list[Inlines], int]] = []
        for at, item in enumerate(items):
            if isinstance(item, Gap):
                continue
            if not isinstance(item, HeadingItem):
                break
            heads.append((list(item.lines), at + 1))
        paragraphs = _first_lines(items)
        for run in (heads, paragraphs):
            lines: list[Inlines] = []
            for own, used in run:
                lines += own
                if same_words(" ".join(plain_text(line) for line in lines), title):
                    return lines, used
        if not heads or not last:
            return [], 0
        if len(heads) > 1 and same_words(plain_text(joined(tuple(heads[0][0]))), self.title):
            return [*heads[0][0], *heads[1][0]], heads[1][1]
        form = self._form(heads[0][0])
        if len(heads) > 1 and form is not None and form.label and not form.title:
            return [*heads[0][0], *heads[1][0]], heads[1][1]
        return heads[0]

    def _form(self, lines: Sequence[Inlines]) -> Form | None:
        return read_form(" ".join(plain_text(joined(tuple(lines))).split()), self.lexicon)


def ornaments(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Pictures and rules above a heading, and the rest."""
    at = next((i for i, item in enumerate(items) if not isinstance(item, Figure | Gap | SceneBreak)), 0)
    if at < len(items) and isinstance(items[at], HeadingItem):
        return [i for i in items[:at] if isinstance(i, Figure)], list(items[at:])
    return [], list(items)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _begins_with(items: Sequence[Item], title: str) -> bool:
    """Whether an entry only repeats how its text begins ("It was raining …")."""
    first = next((i for i in items if isinstance(i, Paragraph)), None)
    text, said = _letters(plain_text(first.content) if first else ""), _letters(title)
    return len(title.split()) >= OPENING and len(text) > len(said) and text.startswith(said)


def _first_lines(items: Sequence[Item]) -> list[tuple[list[Inlines], int]]:
    """The paragraphs and headings that these items begin with, as lines of a heading, each with its place."""
    lines: list[tuple[list[Inlines], int]] = []
    for at, item in enumerate(items):
        if isinstance(item, Gap):
            continue
        if isinstance(item, Paragraph) and len(flat_text(item.content)) <= HEADING_LETTERS:
            lines.append((_parted_lines(as_heading(item.content)), at + 1))
        elif isinstance(item, HeadingItem):
            lines.append((list(item.lines), at + 1))
        else:
            break
        if len(lines) == HEAD_PARAGRAPHS:
            break
    return lines


def _parted_lines(content: Inlines) -> list[Inlines]:
    """A paragraph's lines."""
    lines: list[list[Inline]] = [[]]
    for inline in content:
        if isinstance(inline, LineBreak):
            lines.append([])
        else:
            lines[-1].append(inline)
    return [tuple(line) for line in lines if line]
