"""The story in a file's trees: what is left out, the items, the title page, the chapters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from converter.document.contracts import Evidence, Omission
from converter.document.model import (
    NAMED_ROLES,
    Book,
    Chapter,
    List,
    Metadata,
    Note,
    Origin,
    Paragraph,
    Person,
    Quote,
    Resource,
    Text,
)
from converter.document.traversal import pictures_in
from converter.document.words import chapter_text
from converter.parsers.items.chapters import Divided, divide
from converter.parsers.items.header import take_header
from converter.parsers.items.kinds import Item
from converter.parsers.items.letter_books import told_in_letters
from converter.parsers.items.sign_offs import with_sign_offs
from converter.parsers.markdown.cited import Cited
from converter.parsers.markdown.contents import contents_of
from converter.parsers.markdown.habit import tree_line_habit
from converter.parsers.markdown.kinds import items_of
from converter.parsers.markdown.links import linked_neighbours, listed_chapters, rows_of_ways
from converter.parsers.markdown.marks import MarkdownContext
from converter.parsers.markdown.pictures import FilePictures
from converter.parsers.markdown.places import find_places
from converter.parsers.markdown.tree import Element, Tree, tree_leaves
from converter.parsers.markdown.walk import MarkdownWalk, words_of_node
from converter.parsers.tag_names import ANNOUNCING
from converter.recognisers.language.detection import detect_language
from converter.recognisers.lines.list_headings import over_notes
from converter.recognisers.metadata.fields import HeadFields
from converter.recognisers.metadata.names import clean_name, split_names
from converter.recognisers.metadata.resolution import resolve

LANGUAGE_LETTERS = 2_000  # enough to tell the language of a story
LISTING_WORDS = 1_500  # of a file that may list the others
SAID_BY = "text, heading"  # the source of what headings and the lines below them say


class FileTrees(NamedTuple):
    """What stands in a file: the tree of its text, those of its notes by their keys, and the numbers of those. `cited`
    are notes that stand in the text itself, their blocks `dropped` there."""

    name: str
    tree: Tree
    notes: Mapping[str, Tree]
    numbers: Mapping[str, str]
    cited: Mapping[str, Cited]
    dropped: frozenset[int]


class Story(NamedTuple):
    """A story in chapters, none where nothing but a title was found. `left_out` are words of the text, `title_page`
    those of its head and its title page."""

    metadata: Metadata
    chapters: tuple[Chapter, ...] = ()
    pictures: tuple[Resource, ...] = ()
    left_out: tuple[Omission, ...] = ()
    title_page: tuple[Omission, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Citations:
    """The notes of a walk. `reached` are those that it met."""

    def __init__(self, written: FileTrees) -> None:
        self.written = written
        self.reached: set[str] = set()

    def note(self, walk: MarkdownWalk, key: str) -> Note:
        """The note of a key."""
        self.reached.add(key)
        if (cited := self.written.cited.get(key)) is not None:
            return walk.note_of(cited.holder.children, cited.mark)
        return walk.note_of(self.written.notes[key].body.children, self.written.numbers[key])

    def unreached(self, walk: MarkdownWalk) -> list[Item]:
        """The notes that the walk never met, as a list, so that none is lost: no text of the story cites them."""
        bodies = [tree.body for key, tree in self.written.notes.items() if key not in self.reached]
        entries = [blocks for body in bodies if (blocks := walk.blocks(body.children, depth=1))]
        listed: list[Item] = [List(tuple(entries), True, 1, walk.origin(bodies[0]))] if entries else []
        cited = [note for key, note in self.written.cited.items() if key not in self.reached]
        return [*(item for note in cited for item in walk.items(note.holder.children)), *listed]


def story_in(
    written: FileTrees,
    pictures: FilePictures,
    front: Metadata,
    *,
    titled: bool,
    dedication: Sequence[tuple[str, int]] = (),
) -> Story:
    """The story of a file of which the front matter says `front`. `titled`: it may have a head and a title page;
    `dedication`: the lines of one, with their numbers, that the front matter holds."""
    name, tree = written.name, written.tree
    left_out = list(_left_out(written))
    dropped = {*written.dropped, *(id(element) for element, _ in left_out)}
    places = find_places(tree, name, dropped)
    ground = MarkdownContext(tree_line_habit(tree, dropped), front.language, places.keys, places.names)
    citations = Citations(written)
    walk = MarkdownWalk(name, ground, pictures, dropped, items_of, citations.note)
    items = walk.items(tree.body.children)
    items.extend(citations.unreached(walk))
    items, head, omissions = take_header(items, name) if titled else (items, HeadFields(), [])
    known = resolve([head.metadata(), front])
    language = known.language or detect_language(_beginning(tree.body))[0]
    divided = divide(items, language, known.title, name, known.authors, titled=titled, typed=True)
    metadata = resolve([known, _own(divided)])
    if not any(c.blocks or c.children for c in divided.chapters):
        return Story(metadata)
    return Story(
        metadata,
        (*_dedicated(dedication, name), *told_in_letters(with_sign_offs(divided.chapters))),
        _shown(pictures.resources, divided.chapters),
        tuple(omission for element, rule in left_out for omission in _omissions(rule, element, name)),
        (*omissions, *divided.omissions),
        (
            *linked_neighbours(tree, name),
            *(listed_chapters(tree, name, language) if _is_short(divided.chapters) else ()),
        ),
    )


def _left_out(written: FileTrees) -> Iterator[tuple[Element, str]]:
    """Contents lists, lines that lead to the pages around this one, and a last heading that only announces the notes;
    each with the rule that leaves it out."""
    for element in contents_of(written.tree):
        yield element, "contents list"
    for element in rows_of_ways(written.tree):
        yield element, "navigation"
    last = next((c for c in reversed(written.tree.body.children) if isinstance(c, Element)), None)
    if written.notes and last is not None and last.name in ANNOUNCING and over_notes(words_of_node(last)):
        yield last, "note heading"


def _omissions(rule: str, element: Element, name: str) -> Iterator[Omission]:
    """The texts of an element, each in its line."""
    for leaf in tree_leaves(element):
        for row, text in enumerate(leaf.text.strip().split("\n") if leaf.kind == "text" else ()):
            if any(map(str.isalnum, text)):
                yield Omission(rule, text.strip(), Origin(name, leaf.line + row))


def _own(divided: Divided) -> Metadata:
    """What the story's own headings say."""
    people = tuple(
        Person(clean_name(name), NAMED_ROLES[role])
        for role, name in (*(("author", name) for name in split_names(divided.author)), *divided.helpers)
        if name
    )
    values = (
        ("title", divided.title),
        ("subtitle", divided.subtitle),
        ("people", people),
        ("published", divided.published),
        ("series", divided.series),
        ("series_index", divided.series_index),
    )
    return Metadata(
        title=" ".join(divided.title.split()),
        subtitle=" ".join(divided.subtitle.split()),
        people=people,
        published=divided.published,
        series=divided.series,
        series_index=divided.series_index,
        provenance=tuple((field, SAID_BY) for field, value in values if value),
    )


def _beginning(body: Element) -> str:
    """The first words of a text, enough to tell its language."""
    parts: list[str] = []
    size = 0
    for leaf in tree_leaves(body):
        if size > LANGUAGE_LETTERS:
            break
        parts.append(leaf.text)
        size += len(leaf.text)
    return " ".join(" ".join(parts).split())[:LANGUAGE_LETTERS]


def _shown(resources: Sequence[Resource], chapters: Sequence[Chapter]) -> tuple[Resource, ...]:
    """The pictures that are in the story; a divider that became a scene break is not."""
    if not resources:
        return ()
    used = pictures_in(chapters)
    return tuple(r for r in resources if r.name in used)


def _dedicated(lines: Sequence[tuple[str, int]], name: str) -> tuple[Chapter, ...]:
    """The page before a story that dedicates it, where its front matter does."""
    if not lines:
        return ()
    paragraphs = tuple(Paragraph((Text(said),), origin=Origin(name, line)) for said, line in lines)
    origin = paragraphs[0].origin
    return (Chapter((Quote(paragraphs, "dedication", origin),), kind="front", origin=origin),)


def _is_short(chapters: tuple[Chapter, ...]) -> bool:
    """Whether a story has no more words than a file that lists others."""
    words = 0
    for _, chapter in Book(Metadata(), chapters).walk():
        words += len(chapter_text(chapter).split())
        if words > LISTING_WORDS:
            return False
    return True
