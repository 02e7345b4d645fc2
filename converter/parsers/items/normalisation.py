"""Gaps and breaks by the page's own ratio, stanzas joined, notes put in their place: items -> items and blocks."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import (
    Aside,
    AsideKind,
    Block,
    Chapter,
    Definition,
    Figure,
    Heading,
    List,
    Paragraph,
    Preformatted,
    Quote,
    SceneBreak,
    Table,
    Text,
    Verse,
)
from converter.document.text_units import chapter_units
from converter.document.traversal import children
from converter.document.words import plain_text, text_size
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.parsers.items.note_ends import note_end
from converter.recognisers.lines.authors_notes import is_label, is_note

SPACING_SHARE = 0.5  # of all paragraphs followed by a blank one: blank paragraphs are spacing
FEW_PARAGRAPHS = 4  # fewer say nothing about a habit
SETS_ITSELF_APART = (HeadingItem, Heading, Table, List, Definition)  # blank lines beside one part no scenes
EDGE = 400  # items at either end of a chapter that are looked at for notes
NOTE_SHARE = 0.15  # an author's note stands in the first or last part of a chapter
NOTE_PARAGRAPHS = 6  # a note without an end is taken no further than this


def gaps_settled(items: Sequence[Item]) -> list[Item]:
    """Every `Gap` dropped as spacing or turned into a `SceneBreak`, by how many paragraphs are followed by one."""
    items = _gaps_joined(items)
    paragraphs = sum(isinstance(i, Paragraph | Verse | Quote) for i in items)
    after = [
        b.lines
        for a, b in itertools.pairwise(items)
        if isinstance(b, Gap) and isinstance(a, Paragraph | Verse | Quote | Figure)
    ]
    usual = 0
    if paragraphs >= FEW_PARAGRAPHS and len(after) > SPACING_SHARE * (paragraphs - 1):
        usual = Counter(after).most_common(1)[0][0]
    elif paragraphs < FEW_PARAGRAPHS:
        usual = 10**6
    out: list[Item] = []
    for i, item in enumerate(items):
        if not isinstance(item, Gap):
            out.append(item)
        elif item.lines > usual and not any(isinstance(n, SETS_ITSELF_APART) for n in items[max(0, i - 1) : i + 2]):
            out.append(SceneBreak("", item.origin, blank=True))
    return out


def _gaps_joined(items: Sequence[Item]) -> list[Item]:
    out: list[Item] = []
    for item in items:
        if isinstance(item, Gap) and out and isinstance(out[-1], Gap):
            out[-1] = Gap(out[-1].lines + item.lines, out[-1].origin)
        else:
            out.append(item)
    return out


def breaks_tidied(items: Sequence[Item]) -> list[Item]:
    """One break where several touch (one with a mark stays, else one that is drawn); none at either end or below a
    heading.

    A rule above a heading inside a chapter stays: its author drew it there.
    """
    out: list[Item] = []
    for item in items:
        if isinstance(item, SceneBreak) and not item.mark:
            if out and isinstance(out[-1], SceneBreak) and out[-1].blank:
                out.pop()
            elif not out or isinstance(out[-1], HeadingItem | Heading | SceneBreak):
                continue
        elif isinstance(item, SceneBreak):
            while out and isinstance(out[-1], SceneBreak) and not out[-1].mark:
                out.pop()
        out.append(item)
    while out and isinstance(out[-1], SceneBreak) and not out[-1].mark:
        out.pop()
    return out


def stanzas_joined(items: Sequence[Item]) -> list[Item]:
    """Verses that follow one another are stanzas of one poem."""
    out: list[Item] = []
    for item in items:
        if isinstance(item, Verse) and out and isinstance(out[-1], Verse):
            out[-1] = replace(out[-1], stanzas=out[-1].stanzas + item.stanzas)
        else:
            out.append(item)
    return out


def blocks_of(items: Sequence[Item], inner: bool = False) -> tuple[Block, ...]:
    """Items without chapters -> blocks. Headings become `Heading`, the highest among them level 1.

    `inner`: inside a quote, a box, a note or a cell, where blank lines are never scene breaks.
    """
    if inner:
        settled: list[Item] = [i for i in items if not isinstance(i, Gap)]
    else:
        settled = gaps_settled(items)
    settled = stanzas_joined(breaks_tidied(settled))
    levels = sorted({i.level for i in settled if isinstance(i, HeadingItem)})
    out: list[Block] = []
    for item in settled:
        if isinstance(item, HeadingItem):
            out.append(Heading(joined(item.lines), levels.index(item.level) + 1, item.origin))
        elif not isinstance(item, Gap):
            out.append(item)
    return tuple(out)


def signs_as_text(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks of a place that has no scenes (a cell, a footnote): the mark of a break there is what it says."""
    return tuple(
        Paragraph((Text(b.mark),), "", "", b.origin) if isinstance(b, SceneBreak) and b.mark else b for b in blocks
    )


# ------------------------------------------------------------------------------------------------ author's notes


def notes_placed(items: Sequence[Item]) -> list[Item]:
    """Notes know whether they stand before or after the story; paragraphs that open like a note become one.

    Only in the first and last part of a chapter, and only up to a break, a heading or the end.
    """
    items = list(items)
    if any(isinstance(i, Aside) and i.kind == "note" for i in items):
        items = _typed_notes(items)
    edges = items if len(items) <= 2 * EDGE else [*items[:EDGE], *items[-EDGE:]]
    if any(isinstance(i, Paragraph) and is_note(plain_text(i.content)) for i in edges):
        return _written_notes(items)
    return items


def _typed_notes(items: list[Item]) -> list[Item]:
    sizes = [_words(i) for i in items]
    total = sum(s for s, i in zip(sizes, items, strict=True) if not _is_note(i)) or 1
    done = 0
    out: list[Item] = []
    for item, size in zip(items, sizes, strict=True):
        if isinstance(item, Aside) and item.kind == "note":
            kind: AsideKind = (
                "note-before"
                if done <= NOTE_SHARE * total
                else "note-after"
                if done >= (1 - NOTE_SHARE) * total
                else "note"
            )
            out.append(replace(item, kind=kind))
        else:
            done += size
            out.append(item)
    return out


def _is_note(item: Item) -> bool:
    return isinstance(item, Aside) and item.kind in ("note", "note-before", "note-after")


def _written_notes(items: list[Item]) -> list[Item]:
    total = sum(map(_words, items)) or 1
    done = 0
    for i, item in enumerate(items):
        size = _words(item)
        if isinstance(item, Paragraph) and is_note(plain_text(item.content)):
            if done <= NOTE_SHARE * total:
                end = _note_end(items, i)
                return [*items[:i], _as_note(items[i:end], "note-before"), *_written_after(items[end:], total)]
            break
        done += size
        if done > NOTE_SHARE * total:
            break
    return _written_after(items, total)


def _written_after(items: list[Item], total: int) -> list[Item]:
    left = 0
    for i in range(len(items) - 1, -1, -1):
        left += _words(items[i])
        if left > max(NOTE_SHARE * total, 60) or isinstance(items[i], HeadingItem):
            break
        item = items[i]
        if isinstance(item, Paragraph) and is_note(plain_text(item.content)) and i > 0:
            if any(isinstance(x, SceneBreak | HeadingItem) for x in items[i + 1 :]):
                break
            return [*items[:i], _as_note(items[i:], "note-after")]
    return items


def _note_end(items: list[Item], start: int) -> int:
    """Where a note at the start ends: a label alone on its line holds all up to a break or a heading near it."""
    first = items[start]
    if isinstance(first, Paragraph) and is_label(plain_text(first.content)):
        near = range(start + 1, min(start + 1 + NOTE_PARAGRAPHS, len(items)))
        return next((j for j in near if isinstance(items[j], SceneBreak | HeadingItem | Heading)), start + 1)
    return note_end(items, start)


def _as_note(items: list[Item], kind: AsideKind) -> Aside:
    blocks = blocks_of(items, inner=True)
    return Aside(blocks, kind, (), getattr(items[0], "origin", None))


def _words(item: Item) -> int:
    match item:
        case Paragraph(content):
            return text_size(plain_text(content))
        case Verse(stanzas):
            return sum(text_size(plain_text(line.content)) for s in stanzas for line in s)
        case Quote(blocks) | Aside(blocks):
            return sum(map(_words, blocks))
        case Preformatted(text):
            return text_size(text)
        case _:
            return 0


def item_words(item: Item) -> int:
    """About how many words stand in an item."""
    return _words(item)


def item_texts(item: Item) -> list[str]:
    """All words of an item, unit by unit."""
    if isinstance(item, Gap):
        return []
    if isinstance(item, HeadingItem):
        return [plain_text(line) for line in item.lines]
    if isinstance(item, SceneBreak):
        return [item.mark] if any(map(str.isalnum, item.mark)) else []  # "xXx"
    if isinstance(item, Preformatted):  # no unit: nothing in it is set otherwise
        return [item.text]
    runs, groups = children(item)
    if not groups:
        return [unit.text for unit in chapter_units(Chapter((item,)))]
    own = [t for run in runs for t in item_texts(Paragraph(run.content))]
    return [*own, *(t for blocks in groups for block in blocks for t in item_texts(block))]
