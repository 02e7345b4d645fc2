"""The chapters of an EPUB by its contents list: where each begins, its heading, what stands under it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeGuard

from bs4.element import Tag

from converter.document.contracts import Insertion, Omission
from converter.document.edit_script import flat_text
from converter.document.model import (
    Block,
    Chapter,
    ChapterKind,
    Emphasis,
    Figure,
    Inline,
    Inlines,
    LineBreak,
    Note,
    Origin,
    Paragraph,
    SceneBreak,
    Strong,
    Styled,
    Text,
)
from converter.document.record import dataclass
from converter.document.words import plain_text, word_count
from converter.parsers.epub.book_page import BookPage
from converter.parsers.epub.contents import Entry
from converter.parsers.epub.own_pages import body_types
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text
from converter.parsers.html.extraction.extracted import Part
from converter.parsers.html.flow.parts import PartItems
from converter.parsers.items.captions import with_captions
from converter.parsers.items.chapters import chapter, divide, parted
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.parsers.items.letters import name_letters
from converter.parsers.items.mottos import with_epigraphs
from converter.parsers.items.normalisation import gaps_settled
from converter.parsers.items.sections import same_words, sections_of
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.words import Lexicon

KINDS: dict[str, ChapterKind] = {
    name: name
    for name in (
        "part", "volume", "prologue", "epilogue", "preface", "foreword", "introduction", "afterword", "dedication",
        "epigraph", "acknowledgments", "appendix",
    )
}  # fmt: skip
NO_ROW = frozenset(("dedication", "epigraph", "copyright-page", "imprint", "colophon", "titlepage", "halftitlepage"))
FEWEST = 2  # entries that lead to the text: one alone ("Start") divides no text that has headings
HEAD_PARAGRAPHS = 3  # lines of text that may say an entry's words
HEADING_LETTERS = 200
OPENING = 3  # words of a text that its entry repeats
LEAD_WORDS = 8  # of a first line that is set in small capitals
FILE_NAME = re.compile(r"\.x?html?\Z|\A(?:section|document|untitled|page|part|split)[\s_-]*\d*\Z", re.I)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a chapter begins: its entry in the contents list (None: a document that no entry names and that continues
    no chapter), what its document says to be, how deep it stands."""

    body: Tag
    entry: Entry | None
    types: frozenset[str] = frozenset()
    depth: int = 0
    linear: bool = True


def find_starts(book: BookPage, entries: Sequence[Entry], excluded: Exclusions) -> list[Start]:
    """Where chapters begin, in the order of the text; several may begin at one place. Documents without an entry
    continue the chapter before them, but for those that say to be a dedication, an epigraph ... or to stand beside the
    text. Empty where the contents list does not divide the text."""
    numbers = {document.name: number for number, document in enumerate(book.documents)}
    named: dict[int, list[tuple[Entry, int]]] = {}
    for entry in _dividing(book, entries, numbers):
        body = book.split_at(numbers[entry.name], entry.fragment)
        named.setdefault(id(body), []).append((entry, entry.depth))
    starts: list[Start] = []
    for number, document in enumerate(book.documents):
        for at, body in enumerate(book.bodies[number]):
            if body in excluded:
                continue
            types = body_types(body)
            starts += (Start(body, entry, types, depth, document.linear) for entry, depth in named.get(id(body), ()))
            alone = at == 0 and (not starts or bool(types & NO_ROW) or not document.linear)
            if id(body) not in named and alone:
                starts.append(Start(body, None, types, 0, document.linear))
    begun = len({id(s.body) for s in starts if s.entry})
    return starts if begun >= FEWEST or (begun and _headings_in(book, excluded) <= 1) else []


def _headings_in(book: BookPage, excluded: Exclusions) -> int:
    """How many headings stand in the text that may be chapters'."""
    kept = (body for bodies in book.bodies for body in bodies if body not in excluded)
    return sum(len(body.find_all(("h1", "h2", "h3"))) for body in kept)


def _dividing(book: BookPage, entries: Sequence[Entry], numbers: dict[str, int]) -> list[Entry]:
    """The entries that lead to the text and divide it: one below another, in the midst of a document in which that one
    tells something, is a heading inside it."""
    kept: list[Entry] = []
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        number = numbers.get(entry.name, -1)
        if number < 0 or (entry.name, entry.fragment) in seen:
            continue
        seen.add((entry.name, entry.fragment))
        above = next((e for e in reversed(kept) if e.depth < entry.depth), None)
        place = book.places.get((number, entry.fragment)) if entry.fragment else None
        if above is None or place is None or above.name != entry.name or not _tells(book, number, place):
            kept.append(entry)
    return kept


def _tells(book: BookPage, number: int, place: Tag) -> bool:
    """Whether text that is no heading stands in a document above a place."""
    for node in place.previous_elements:
        if any(node is body for body in book.bodies[number]):
            return False
        if isinstance(node, Tag) and node.name == "p" and len(element_text(node).split()) > LEAD_WORDS:
            return True
    return False


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


class Divider:
    """The chapters so far, and what was left out and put in for them."""

    def __init__(self, title: str, language: str, lexicon: Lexicon, name: str) -> None:
        self.title, self.language, self.lexicon, self.name = title, language, lexicon, name
        self.omissions: list[Omission] = []
        self.insertions: list[Insertion] = []
        self.made: list[tuple[int, Chapter]] = []  # with their depths

    def take(self, starts: Sequence[Start], part: PartItems, origin: Origin, spoken: int) -> None:
        """The next part. Of several that begin at one place the last has the text, those before it have headings.
        `spoken`: the letters of its documents; where all of them are left out or stand elsewhere as notes, an entry
        leads to nothing."""
        items = gaps_settled(with_captions(list(part.items)))
        if spoken and self._emptied(items, origin, spoken):
            return
        if not starts or starts[0].entry is None:
            self._without_entry(starts[0] if starts else None, items, origin)
            return
        for start in starts[:-1]:
            head, items = self._head(start, items, last=False)
            self._add(start, head, [], origin)
        head, items = self._head(starts[-1], items, last=True)
        self._add(starts[-1], head, items, origin)

    def _emptied(self, items: Sequence[Item], origin: Origin, spoken: int) -> bool:
        """Whether nothing but a heading is left of a part that had more: the heading is left out, too."""
        if any(not isinstance(item, Gap | HeadingItem | SceneBreak) for item in items):
            return False
        heads = [" ".join(plain_text(line) for line in i.lines) for i in items if isinstance(i, HeadingItem)]
        headed = sum(map(str.isalnum, " ".join(heads)))
        if spoken <= headed:
            return False
        self.omissions.extend(Omission("heading without text", head, origin) for head in heads)
        return True

    def chapters(self) -> list[Chapter]:
        """The chapters, those below others in them; parts that the list only names hold what follows them."""
        written = [(depth, c) for depth, c in self.made if c.blocks or c.label or c.title]
        named = [c for _, c in written if c.label or c.title]
        if len(named) == 1 and same_words(plain_text((*named[0].label, *named[0].title)), self.title):
            written = [(d, self._untitled(c) if c is named[0] else c) for d, c in written]
        if all(depth == 0 for depth, _ in written):
            return parted([c for _, c in written])
        return _nested(written)

    def _untitled(self, only: Chapter) -> Chapter:
        """The only chapter without a heading that says the book's title."""
        words = " ".join(filter(None, (plain_text(only.label), plain_text(only.title))))
        inserted = next((i for i in self.insertions if same_words(i.text, words)), None)
        if inserted is not None:
            self.insertions.remove(inserted)
        else:
            self.omissions.append(Omission("duplicate title", words, only.origin or Origin(self.name, 1)))
        return replace(only, label=(), title=(), number=None)

    def _without_entry(self, start: Start | None, items: list[Item], origin: Origin) -> None:
        """What no entry names: it stands before the story, or beside it."""
        beside: ChapterKind = "front" if start is None or start.linear else "back"
        kind = _kind(start.types if start else frozenset(), None)
        kind = beside if kind == "chapter" else kind
        _, rest = _ornaments(items)
        if start is not None and rest and isinstance(rest[0], HeadingItem):
            head, items = self._head(start, items, last=True)
            self._add(start, head, items, origin)
            depth, made = self.made.pop()
            self.made.append((depth, replace(made, kind=kind if made.kind == "chapter" else made.kind)))
            return
        made_of = divide(items, self.language, self.title, self.name, titled=False)
        self.omissions.extend(made_of.omissions)
        for one in made_of.chapters:
            bare = not (one.label or one.title) and one.kind in ("chapter", "front")
            self.made.append((0, replace(one, kind=kind if bare else one.kind, origin=one.origin or origin)))

    def _add(self, start: Start, head: tuple[Inlines, ...], items: Sequence[Item], origin: Origin) -> None:
        form = sections_of([HeadingItem(head, 1, origin)], self.lexicon)[0].form if head else None
        made = with_epigraphs(chapter(joined(head) if head else (), form, items, origin))
        made = replace(made, blocks=tuple(name_letters(made.blocks)), kind=_kind(start.types, made.kind))
        self.made.append((start.depth, made))

    def _head(self, start: Start, items: list[Item], *, last: bool) -> tuple[tuple[Inlines, ...], list[Item]]:
        """A chapter's heading, and what stands under it: that which the text has there, else the entry's words."""
        title = start.entry.title if start.entry else ""
        above, rest = _ornaments(items)
        lines, used = self._headings(rest, title, last=last)
        if used:
            return tuple(lines), [*above, *rest[used:]]
        name = posixpath.splitext(posixpath.basename(start.entry.name))[0] if start.entry else ""
        if not any(map(str.isalnum, title)) or FILE_NAME.search(title) or same_words(title, name):
            return (), items
        if _begins_with(rest, title):
            return (), items
        self.insertions.append(Insertion("a heading from the contents list", title))
        return ((Text(title),),), items

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


def without_type(one: Chapter) -> Chapter:
    """A chapter without what is only its typesetter's: the look of headings, small capitals of first words."""
    return replace(
        one,
        label=as_heading(one.label),
        title=as_heading(one.title),
        blocks=tuple(with_plain_openings(one.blocks)),
        children=tuple(map(without_type, one.children)),
    )


def as_heading(content: Inlines) -> Inlines:
    """A heading's words without a look that all of them have: italics, bold and small capitals are its type."""
    while True:
        spoken = [i for i in content if not isinstance(i, Note) and any(map(str.isalnum, flat_text((i,))))]
        if not spoken or not all(map(_is_type, spoken)):
            return content
        content = tuple(c for i in content for c in (i.content if i in spoken and _is_type(i) else (i,)))


def _is_type(inline: Inline) -> TypeGuard[Emphasis | Strong | Styled]:
    return isinstance(inline, Emphasis | Strong) or (isinstance(inline, Styled) and inline.style == "small-caps")


def with_plain_openings(blocks: Iterable[Block]) -> list[Block]:
    """The blocks; small capitals of the first words of a chapter or a scene are the typesetter's."""
    out: list[Block] = []
    opens = True
    for block in blocks:
        out.append(_with_plain_opening(block) if opens and isinstance(block, Paragraph) else block)
        opens = isinstance(block, SceneBreak | Figure)
    return out


def _with_plain_opening(paragraph: Paragraph) -> Paragraph:
    first = paragraph.content[0] if paragraph.content else None
    if (
        not isinstance(first, Styled)
        or first.style != "small-caps"
        or word_count(flat_text(first.content)) > LEAD_WORDS
    ):
        return paragraph
    return replace(paragraph, content=merged((*first.content, *paragraph.content[1:])))


def merged(content: Inlines) -> Inlines:
    """The inlines with texts that touch as one."""
    out: list[Inline] = []
    for inline in content:
        if isinstance(inline, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + inline.text)
        else:
            out.append(inline)
    return tuple(out)


def _ornaments(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Pictures and rules above a heading, and the rest."""
    at = next((i for i, item in enumerate(items) if not isinstance(item, Figure | Gap | SceneBreak)), 0)
    if at < len(items) and isinstance(items[at], HeadingItem):
        return [i for i in items[:at] if isinstance(i, Figure)], list(items[at:])
    return [], list(items)


def _begins_with(items: Sequence[Item], title: str) -> bool:
    """Whether an entry only repeats how its text begins ("It was raining …")."""
    first = next((i for i in items if isinstance(i, Paragraph)), None)
    text, said = (
        "".join(filter(str.isalnum, t)).casefold() for t in (plain_text(first.content) if first else "", title)
    )
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


def _kind(types: frozenset[str], known: ChapterKind | None) -> ChapterKind:
    said = next((KINDS[name] for name in KINDS if name in types), None)
    if said is not None and known in (None, "chapter"):
        return said
    return known or "chapter"


def _nested(chapters: Sequence[tuple[int, Chapter]]) -> list[Chapter]:
    """Chapters below those that stand less deep before them."""
    done: list[Chapter] = []
    open_ones: list[tuple[int, Chapter]] = []

    def close(depth: int) -> None:
        while open_ones and open_ones[-1][0] >= depth:
            _, one = open_ones.pop()
            if open_ones:
                level, above = open_ones[-1]
                open_ones[-1] = level, replace(above, children=(*above.children, one))
            else:
                done.append(one)

    for depth, one in chapters:
        close(depth)
        open_ones.append((depth, one))
    close(-1)
    return done
