"""The contents: which chapters a book shows, under which names; the one list for page, nav, NCX and bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lxml import etree

from converter.document.edit_script import flat_text
from converter.document.model import Book, Chapter, ChapterKind, Inlines, Text
from converter.document.record import dataclass
from converter.document.words import block_text, chapter_keys, chapter_name, is_number
from converter.writers.inlines import Rendering
from converter.writers.labels import labels_for
from converter.writers.printers_rules import calmed_label

LEVELS = 3  # of a list: books of one volume, their parts, the chapters of these
LEAST_COUNTED = 2  # chapters headed by numbers alone
NAME_WORDS = 6  # a chapter without a heading is listed by its first words, as poems are
_TITLED: frozenset[ChapterKind] = frozenset(["chapter", "part", "volume", "act", "scene", "front", "back"])
"""Kinds of chapters whose title is the author's; that of others says what they are (a prologue, a preface)."""
_UNNAMED: frozenset[ChapterKind] = frozenset(["dedication", "epigraph", "front", "back"])


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: never empty, in reading order."""

    name: str
    address: str
    children: tuple[Entry, ...] = ()


def listed(book: Book) -> Iterator[tuple[str, int, Chapter, str, str]]:
    """Key, depth, chapter, name in the contents, and the heading to invent (only for the sole chapter of a story)."""
    walked = list(book.walk())
    mixed = any(map(_is_mixed, (chapter for _, chapter in walked)))
    counted = _counted([chapter for _, chapter in walked], book.metadata.language)
    opening = _opening([chapter for _, chapter in walked])
    lifted: list[int] = []  # depths at which an empty chapter stood above those that follow
    for key, (depth, chapter) in zip(chapter_keys(book), walked, strict=True):
        while lifted and lifted[-1] >= depth:
            lifted.pop()
        name = entry_name(chapter, book.metadata.language, mixed=mixed)
        name = counted.format(number=name) if counted and _is_counted(chapter) else name
        if not chapter.blocks and not if_shown(chapter.label) and not if_shown(chapter.title):
            lifted.append(depth)
            continue
        title = "" if name else " ".join(book.metadata.title.split())
        heading = title if len(walked) == 1 else ""
        opens = heading or (title if chapter is opening else "")
        yield key, depth - len(lifted), chapter, name or opens or _first_words(chapter) or key, heading


def _counted(chapters: Sequence[Chapter], language: str) -> str:
    """The words for a number in a list, where no more than numbers head chapters: a column of bare numbers beside those
    of pages says nothing. "" where one number has a title, too; Roman ones, which may count parts, stay as they are."""
    numbered = [c for c in chapters if is_number(chapter_name(replace(c, title=())))]
    if len(numbered) < LEAST_COUNTED or not all(map(_is_counted, numbered)):
        return ""
    return labels_for(language).chapter


def _is_counted(chapter: Chapter) -> bool:
    """Whether a chapter is headed by a number and nothing else."""
    return chapter.kind == "chapter" and chapter_name(chapter).isdecimal()


def entry_name(chapter: Chapter, language: str, *, mixed: bool = True) -> str:
    """What a chapter is called in a list: label and title on one line. In a list of names that are `mixed`, some or
    parts of some in capitals, labels are not."""
    if not mixed:
        return chapter_name(chapter, language=language)
    label, title = chapter_name(replace(chapter, title=())), chapter_name(replace(chapter, label=()))
    if (calm := calmed_label(label, language)) != label:
        chapter = replace(chapter, label=(Text(calm),))
    elif not label and chapter.kind not in _TITLED and (calm := calmed_label(title, language)) != title:
        chapter = replace(chapter, title=(Text(calm),))
    return chapter_name(chapter, language=language)


def _is_mixed(chapter: Chapter) -> bool:
    title = flat_text(chapter.title)
    return title != title.upper()


def _opening(chapters: Sequence[Chapter]) -> Chapter | None:
    """The chapter without a heading with which a story begins that has headings further on: it is the story that
    begins, and listed under the story's title."""
    own = [c for c in chapters if c.kind not in _UNNAMED]
    unnamed = [c for c in own if c.blocks and not chapter_name(c)]
    return own[0] if len(own) > 1 and unnamed == own[:1] else None


def if_shown(content: Inlines) -> Inlines:
    """The content, or nothing where a reader would see nothing."""
    return content if flat_text(content).strip() else ()


def _first_words(chapter: Chapter) -> str:
    for block in chapter.blocks:
        words = block_text(block).split()
        if words:
            return " ".join(words[:NAME_WORDS]).rstrip(",;:—–-") + (" …" if len(words) > NAME_WORDS else "")
    return ""


def shown_keys(book: Book) -> Iterator[str]:
    """The keys of the chapters that a book shows: those with a heading or text."""
    return (key for key, *_ in listed(book))


def contents(book: Book, rendering: Rendering) -> tuple[Entry, ...]:
    """The one list from which the contents page, nav, NCX and bookmarks are made: at most `LEVELS` deep, chapters that
    stand deeper are listed at the last of these. A dedication or a title page's small print without a heading has no
    name to list, unless nothing else is there.
    """
    chapters = list(listed(book))
    worthy = [c for c in chapters if chapter_name(c[2]) or c[2].kind not in _UNNAMED] or chapters
    above: list[list[Entry]] = [[]]  # the entries under way of each level
    for key, depth, _chapter, name, _heading in worthy:
        level = min(depth, LEVELS - 1, len(above) if above[-1] else len(above) - 1)
        _close(above, level + 1)
        if level == len(above):
            above.append([])
        above[level].append(Entry(name, rendering.chapters[key]))
    _close(above, 1)
    return tuple(above[0])


def _close(above: list[list[Entry]], level: int) -> None:
    """Gives the entries that stand deeper than a level to those that hold them."""
    while len(above) > level:
        inner = above.pop()
        above[-1][-1] = replace(above[-1][-1], children=tuple(inner))


def in_two_levels(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries with all that stand deeper at the second level (Kindle Publishing Guidelines, "two levels")."""
    return tuple(replace(entry, children=tuple(_flat(entry.children))) for entry in entries)


def _flat(entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield replace(entry, children=())
        yield from _flat(entry.children)


def contents_page(entries: tuple[Entry, ...], rendering: Rendering) -> etree._Element:
    """`nav.contents` with a heading and a nested list of links."""
    attributes = {"class": "contents"}
    if rendering.medium == "epub":
        attributes |= {"role": "doc-toc", "aria-labelledby": "contents-title"}
    nav = etree.Element("nav", attributes)
    h1 = etree.SubElement(nav, "h1", {"class": "contents-title"})
    if rendering.medium == "epub":
        h1.set("id", "contents-title")
    h1.text, h1.tail = rendering.labels.contents, "\n"
    entry_list(nav, entries)
    return nav


def entry_list(parent: etree._Element, entries: tuple[Entry, ...]) -> None:
    """Append the entries as an `ol` of links."""
    ol = etree.SubElement(parent, "ol")
    ol.tail = "\n"
    for entry in entries:
        li = etree.SubElement(ol, "li")
        li.tail = "\n"
        etree.SubElement(li, "a", {"href": entry.address}).text = entry.name
        if entry.children:
            li[0].tail = "\n"
            entry_list(li, entry.children)
