"""Author's notes: `A/N: ...` at the start or the end of a chapter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from converter.document.contracts import Omission
from converter.document.model import Aside, Block, Blocks, Origin, Paragraph, SceneBreak, Verse
from converter.document.words import block_text, plain_text
from converter.parsers.items.note_ends import note_end
from converter.parsers.text.blocks.footnotes import signs
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.lines.rows import Row
from converter.recognisers.headings.endings import says_the_end
from converter.recognisers.lines.authors_notes import (
    SAYS_SO,
    follows_the_end,
    in_own_brackets,
    is_label,
    is_note,
    note_writer,
    speaks_to_readers,
)

NEAR_START = 4  # blocks from a chapter's start in which a note may begin: an epigraph and a dateline may stand first
NOTE_BLOCKS = 8  # a note before a chapter that a break closes has no more blocks: what is longer is a scene
NOTE_WORDS = 120  # below the first paragraph of a note that a break parts from the story
SPEECH = "\"“„«'‘—–-"
NOTE_FROM_END = 12  # blocks from a chapter's end in which a note may begin: thanks, answers, a preview


def announced_notes(groups: Sequence[RowGroup], author: str) -> frozenset[str]:
    """The lines that announce a note of somebody's: of the author's, or again and again ("A note from Ada Thorn")."""
    lines = [r.text for g in groups for r in g.rows if len(r.text) <= SAYS_SO]
    named = [(line, writer) for line in lines if (writer := note_writer(line))]
    times = Counter(line for line, _ in named)
    return frozenset(line for line, w in named if times[line] > 1 or w.casefold() == author.casefold())


def with_notes(blocks: Sequence[Block], name: str, announced: Set[str] = frozenset()) -> tuple[Blocks, list[Omission]]:
    """The blocks of a chapter with the author's notes at its start and end set apart. `announced` are lines over notes.

    A note has no breaks; those that were written in letters (`oOo`) are omissions.
    """
    out = list(blocks)
    omissions: list[Omission] = []
    start = next((i for i, b in enumerate(out[:NEAR_START]) if _note(b, announced)), None)
    if start and isinstance(out[start - 1], Verse) and _note_end(out, start, announced) == len(out):
        start = None  # below a whole poem it is the note at its end
    if start is not None:
        end = _note_end(out, start, announced)
        while end < len(out) - 1 and _note(out[end], announced):  # a disclaimer, then an A/N
            end = _note_end(out, end, announced)
        inner = _without_breaks(out[start:end])
        omissions += _lettered_breaks(out[start:end], name)
        mark = out[end] if end < len(out) and isinstance(out[end], SceneBreak) and end - start > 0 else None
        out[start:end] = [Aside(inner, "note-before", origin=inner[0].origin)]
        if mark is not None and start + 1 < len(out) and start == 0:
            out[start + 1 : start + 2] = [mark]
    omissions += _set_apart_at_end(out, name, announced)
    return tuple(out), omissions


def _set_apart_at_end(out: list[Block], name: str, announced: Set[str]) -> list[Omission]:
    """Set the note at a chapter's end apart, in `out`; the breaks in it that have letters."""
    near = range(len(out) - 1, max(-1, len(out) - NOTE_FROM_END), -1)
    last = next((i for i in near if _note(out[i], announced) or _behind_the_end(out, i)), None)
    if last is not None and last > 1 and _is_label(out[last - 1], announced):
        last -= 1
    while last is not None and last > 1 and _note(out[last - 1], announced):  # an edit, and another
        last -= 1
    if last is not None and last > 0:
        stop = _note_stop(out, last, announced)
        inner = _without_breaks(out[last:stop])
        omissions = _lettered_breaks(out[last:stop], name)
        out[last:stop] = [Aside(inner, "note-after", origin=inner[0].origin)]
        return omissions
    return []


def _note_stop(blocks: Sequence[Block], start: int, announced: Set[str]) -> int:
    """Where a note at a chapter's end is over: a label alone on its line holds all that follows; a note that says
    something itself holds what speaks to the reader, too, and up to the last block that does."""
    first = blocks[start]
    if _is_label(first, announced):
        return len(blocks)
    if all(isinstance(b, SceneBreak) for b in blocks[start + 1 :]):
        return len(blocks)
    if _closes_chapter(blocks, start):
        return len(blocks)
    stop = start + 1
    if in_own_brackets(block_text(first)):
        return stop
    for at in range(start + 1, len(blocks)):
        if speaks_to_readers(block_text(blocks[at])):
            stop = at + 1
    return stop


def _closes_chapter(blocks: Sequence[Block], start: int) -> bool:
    """Whether a break parts a note from the story, and only a few words that nobody speaks follow up to the chapter's
    end: then they are the note's."""
    behind = blocks[start + 1 :]
    if not start or not isinstance(blocks[start - 1], SceneBreak) or len(behind) >= NOTE_BLOCKS:
        return False
    texts = [block_text(b) for b in behind]
    plain = all(isinstance(b, Paragraph | Verse) for b in behind) and not any(t[:1] in SPEECH for t in texts if t)
    return plain and sum(len(t.split()) for t in texts) <= NOTE_WORDS


def _without_breaks(blocks: Sequence[Block]) -> Blocks:
    return tuple(b for b in blocks if not isinstance(b, SceneBreak))


def _lettered_breaks(blocks: Sequence[Block], name: str) -> list[Omission]:
    breaks = [b for b in blocks if isinstance(b, SceneBreak) and any(map(str.isalnum, b.mark))]
    return [Omission("scene break", b.mark, b.origin or Origin(name, 1)) for b in breaks]


def settle_notes(
    blocks: Sequence[Block], groups: Sequence[RowGroup], omissions: Sequence[Omission], name: str, *, drop: bool
) -> tuple[list[Block], list[Omission]]:
    """The blocks of a chapter, without its author's notes where they are dropped, and its omissions.

    `groups` are what the blocks were made of, `omissions` what they left out; a note that is dropped is an omission as
    it stands there, and what its inside left out is none of its own any more.
    """
    settled = list(omissions)
    if not drop:
        return list(blocks), settled
    asides = [b for b in blocks if isinstance(b, Aside) and b.kind in ("note-before", "note-after")]
    kept = [b for b in blocks if b not in asides]
    for note in asides:
        rows = _rows_of(note, blocks, groups)
        whole = [g for r, g in rows if r is g.rows[0]]
        own = frozenset((*(r.line for r, _ in rows), *_lines_of_notes(whole)))
        settled = [o for o in settled if o.origin.line not in own]
        settled += _dropped([r for r, _ in rows], whole, name)
    return kept, settled


def _rows_of(note: Aside, blocks: Sequence[Block], groups: Sequence[RowGroup]) -> list[tuple[Row, RowGroup]]:
    """The rows of which a note was made, each with its group: those up to the first of the block behind it."""
    first = note.origin.line if note.origin else 1
    following = next((b.origin.line for b in blocks[blocks.index(note) + 1 :] if b.origin), 0)
    rows = [(r, g) for g in groups for r in g.rows]  # in the blocks' order: a footnote may come before its line
    lines = [r.line for r, _ in rows]
    begin = lines.index(first) if first in lines else 0
    end = lines.index(following, begin + 1) if following in lines[begin + 1 :] else len(rows)
    return rows[begin:end]


def _lines_of_notes(groups: Sequence[RowGroup]) -> Iterator[int]:
    """The lines of the footnotes that these groups cite, and of those cited in them."""
    for footnote in (n for g in groups for n in g.notes):
        yield from (r.line for g in footnote.groups for r in g.rows)
        yield from _lines_of_notes(footnote.groups)


def _dropped(rows: Sequence[Row], groups: Sequence[RowGroup], name: str) -> list[Omission]:
    """The rows as they stand, and the footnotes that these groups cite."""
    dropped: list[Omission] = []
    start = 0
    for k, row in enumerate(rows, 1):
        following = rows[k] if k < len(rows) else None
        if following is None or following.line - row.line > 2 * (1 + following.gap):  # other things stand between
            text = "\n".join(r.text for r in rows[start:k])
            dropped.append(Omission("author's note", text, Origin(name, rows[start].line)))
            start = k
    for footnote in (n for g in groups for n in g.notes):
        dropped += signs(footnote, name)
        dropped += _dropped([r for g in footnote.groups for r in g.rows], footnote.groups, name)
    return dropped


def _note(block: Block, announced: Set[str]) -> bool:
    """Whether a block begins a note: a paragraph, or lines of which the first does."""
    match block:
        case Paragraph(content):
            text = plain_text(content)
        case Verse(stanzas):
            text = plain_text(stanzas[0][0].content)
        case _:
            return False
    return is_note(text) or text in announced


def _behind_the_end(blocks: Sequence[Block], at: int) -> bool:
    """Whether a labelled paragraph stands behind the line that closes the story."""
    block = blocks[at]
    if not isinstance(block, Paragraph) or not follows_the_end(plain_text(block.content)):
        return False
    return any(says_the_end(block_text(b)) for b in blocks[max(0, at - NEAR_START) : at])


def _is_label(block: Block, announced: Set[str]) -> bool:
    """Whether a block only announces a note: what follows is the note."""
    return isinstance(block, Paragraph) and (
        is_label(plain_text(block.content)) or plain_text(block.content) in announced
    )


def _note_end(blocks: Sequence[Block], start: int, announced: Set[str]) -> int:
    """A note's label alone on its line holds the paragraphs up to the next break."""
    first = blocks[start]
    stop = next(
        (i for i in range(start + 1, min(len(blocks), start + NOTE_BLOCKS)) if isinstance(blocks[i], SceneBreak)), None
    )
    if _is_label(first, announced):
        return stop if stop is not None else min(len(blocks), start + 2)
    return note_end(blocks, start)
