"""What stands before the first heading of a book: its dedication, its epigraphs, a list of other books, each a leaf of
its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from converter.document.model import Aside, Block, Chapter, Emphasis, Figure, Line, Paragraph, Quote, SceneBreak, Verse
from converter.document.words import block_text, chapter_text, plain_text, text_size
from converter.parsers.items.front_sections import note_section
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.parsers.items.mottos import EPIGRAPH_WORDS, names_source, paragraph_text
from converter.recognisers.lines.authors_notes import is_note, surely_to_readers
from converter.recognisers.lines.imprint import names_other_books, names_rights
from converter.recognisers.lines.letters import (
    DEDICATION_WORDS,
    WEAK_WORDS,
    attributes,
    dedicates,
    in_brackets,
    is_motto,
    is_source,
    opens_dedication,
    without_and,
)

STORY_WORDS = 150  # words: more before the first heading, with a paragraph among them, are part of the story
BRIEF = 5  # times as many words a chapter has as what stands before the first of them and is none
PARAGRAPH_WORDS = 40  # words that no title page has in one block
FRONT_BLOCKS = 3  # of a dedication below its first line
SOURCE_WORDS = 8  # of a source below quoted words
MOTTO_WORDS = 40  # of a motto above its source in brackets, and of one set apart without a source
LINE_WORDS = 12  # of a line on such a page: a year, a place, a name
BOOK_WORDS = 12  # of a line in a list of other books
OPENING_QUOTES, CLOSING_QUOTES = "\"“‘'«_*„", "\"”’'»_*“"
ENDS = ".!?…"
SPEECH, SPEECHES = tuple('"“‘«„'), 2  # speeches: somebody talks, as people do in a story
LEAVES = frozenset(["dedication", "epigraph"])


def front_leaves(chapters: Sequence[Chapter]) -> list[Chapter]:
    """The chapters of a book; what stands before the first heading is taken apart, unless it is long enough to be part
    of the story: its dedication, its epigraphs and the list of other books are leaves of their own, and these and
    lines that tell nothing are no chapters. An author's note under a heading is a section behind them."""
    apart = note_section(chapters)
    if apart is None:
        return _with_front(chapters)
    made = _with_front([apart.before, *apart.rest]) if apart.before.blocks else apart.rest
    at = len(made) - len(apart.rest)
    return [*made[:at], apart.note, *made[at:]]


def _with_front(chapters: Sequence[Chapter]) -> list[Chapter]:
    first = chapters[0] if len(chapters) > 1 else None
    if first is None or first.kind not in ("chapter", "front") or not _is_untitled(first) or _is_untitled(chapters[1]):
        return list(chapters)
    if tells_story(first.blocks):
        return list(chapters)
    blocks = _other_books(name_front([part for b in first.blocks for part in _unframed(b)]))
    if sum(isinstance(b, Paragraph) and paragraph_text(b).startswith(SPEECH) for b in blocks) >= SPEECHES:
        return [replace(first, kind="chapter"), *chapters[1:]]
    leaves = [tuple(b for _, b in run) for _, run in groupby(_with_leaves(blocks), lambda pair: pair[0])]
    brief = _is_brief(blocks, chapters[1:])
    return [
        *(
            Chapter(
                leaf,
                kind="front" if brief or not any(map(tells, leaf)) else first.kind,
                origin=leaf[0].origin or first.origin,
            )
            for leaf in leaves
        ),
        *chapters[1:],
    ]


def _is_brief(blocks: Sequence[Block], chapters: Sequence[Chapter]) -> bool:
    """Whether what stands before the first heading is so little beside a chapter that it is none: what a story is
    about, whose it is."""
    words = sum(text_size(block_text(b)) for b in blocks)
    return words < STORY_WORDS and words * BRIEF <= median(text_size(chapter_text(c)) for c in chapters)


def tells_story(blocks: Sequence[Block]) -> bool:
    """Whether what stands before the first heading is part of the story: many words, a paragraph among them."""
    words = [text_size(block_text(b)) for b in blocks]
    return bool(words) and sum(words) >= STORY_WORDS and max(words) > PARAGRAPH_WORDS


def name_front(blocks: list[Block]) -> list[Block]:
    """The blocks before a story, its dedication and its mottos among them."""
    brief = all(len(block_text(b).split()) <= DEDICATION_WORDS for b in blocks)
    named = [_named(part, brief=brief) for block in blocks for part in _stanzas_apart(block)]
    return _front_epigraphs(_dedication(named))


def tells(block: Block) -> bool:
    """Whether a block may be the story's: it is no leaf of its own, no note, no short line without an end, and does not
    say whose the book is."""
    if isinstance(block, Aside | Figure | SceneBreak) or _leaf_of(block):
        return False
    text = block_text(block).strip()
    if names_rights(text):
        return False
    return len(text.split()) > LINE_WORDS or text[-1:] in ENDS


def _named(block: Block, *, brief: bool) -> Block:
    """A block; what is set apart as quoted, a dedication or an epigraph: a few words, or words with their source, in
    which nobody speaks to readers."""
    if not isinstance(block, Quote) or block.kind != "quote":
        return block
    text = block_text(block).strip()
    if dedicates(text, brief=brief):
        return replace(block, kind="dedication")
    words, sourced = len(text.split()), names_source(block.blocks)
    if words > (EPIGRAPH_WORDS if sourced else MOTTO_WORDS) or is_note(text) or surely_to_readers(text):
        return block
    return replace(block, kind="epigraph")


def is_front(items: Sequence[Item]) -> bool:
    """Whether items between a title and the first heading are all a title page's: a dedication, an epigraph, a year."""
    blocks = [item for item in items if not isinstance(item, Gap | HeadingItem)]
    if any(isinstance(item, HeadingItem) for item in items) or tells_story(blocks):
        return False
    return not any(map(tells, name_front(blocks)))


def _stanzas_apart(block: Block) -> Iterator[Block]:
    """A block; the stanzas of lines that were taken for a poem each alone, where one dedicates the book or is quoted
    with its source."""
    if not isinstance(block, Verse) or (len(block.stanzas) == 1 and not _is_quoted(block.stanzas[0])):
        yield block
        return
    apart = [_dedicates_alone(stanza) or _is_quoted(stanza) for stanza in block.stanzas]
    for alone, run in groupby(zip(apart, block.stanzas, strict=True), lambda pair: pair[0]):
        stanzas = tuple(stanza for _, stanza in run)
        for part in ((s,) for s in stanzas) if alone else (stanzas,):
            if _is_quoted(part[0]):
                *lines, source = part[0]
                said = (
                    Paragraph(lines[0].content, origin=lines[0].origin)
                    if len(lines) == 1
                    else Verse((tuple(lines),), lines[0].origin)
                )
                yield from (said, Paragraph(source.content, origin=source.origin))
            else:
                yield Verse(tuple(map(_flush, part)) if alone else part, part[0][0].origin or block.origin)


def _dedicates_alone(stanza: Sequence[Line]) -> bool:
    return dedicates("\n".join(plain_text(line.content).strip() for line in stanza))


def _is_quoted(stanza: Sequence[Line]) -> bool:
    """Whether lines are in quotes, and the last one says behind a dash where they are from."""
    *lines, last = (plain_text(line.content).strip() for line in stanza)
    said = "\n".join(lines)
    return bool(said) and said[0] in OPENING_QUOTES and said[-1] in CLOSING_QUOTES and is_source(last)


def _flush(stanza: Sequence[Line]) -> tuple[Line, ...]:
    """Lines without the indent that all of them have."""
    least = min(line.indent for line in stanza)
    return tuple(replace(line, indent=line.indent - least) for line in stanza)


def _is_untitled(chapter: Chapter) -> bool:
    return not (chapter.label or chapter.title or chapter.children) and chapter.number is None


def _unframed(block: Block) -> tuple[Block, ...]:
    """A publisher's lines in capitals are no sign on a wall."""
    return block.blocks if isinstance(block, Quote) and block.kind == "sign" else (block,)


def _with_leaves(blocks: Sequence[Block]) -> list[tuple[int, Block]]:
    """The blocks, each with the number of the leaf it stands on; a break between two leaves parts nothing."""
    out: list[tuple[int, Block]] = []
    leaf = 0
    kind = ""  # of the leaf: "dedication", "epigraph", "books", "" for any other
    breaks: list[SceneBreak] = []
    for block in blocks:
        if isinstance(block, SceneBreak):
            breaks.append(block)
            continue
        own = _leaf_of(block)
        listed = kind == "books" and not own and isinstance(block, Paragraph) and block.align == "center"
        turns = not listed and own != kind
        out += [(leaf, b) for b in breaks if out and (not turns or any(map(str.isalnum, b.mark)))]
        breaks.clear()
        if turns:
            leaf += 1
            kind = own
        out.append((leaf, block))
    return out


def _leaf_of(block: Block) -> str:
    if isinstance(block, Quote):
        return block.kind if block.kind in LEAVES else ""
    return "books" if names_other_books(paragraph_text(block)) else ""


def _other_books(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with a list of other books ("Also by ...") in the middle of the page, line by line."""
    out: list[Block] = []
    listing = False
    for block in blocks:
        text = paragraph_text(block)
        if text and names_other_books(text):
            listing = True
        elif not text or text[-1] in ENDS or len(text.split()) > BOOK_WORDS:
            listing = False
        out.append(replace(block, align="center") if listing and isinstance(block, Paragraph) else block)
    return out


def _front_epigraphs(blocks: list[Block]) -> list[Block]:
    """Quoted words with their author after a dash or their source in brackets, and what calls itself a motto, among the
    pages before the story."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        block, below = blocks[k], blocks[k + 1] if k + 1 < len(blocks) else None
        end = k + 1
        if isinstance(block, Paragraph) and is_motto(paragraph_text(block)):
            end += below is not None and _names_source(below)
        elif below is not None and _may_be_quoted(block, below) and (_names_source(below) or _sources(block, below)):
            end += 1
        elif not _holds_source(block):
            out.append(block)
            k = end
            continue
        quoted = (replace(b, align="") if isinstance(b, Paragraph) else b for b in blocks[k:end])
        out.append(Quote(tuple(quoted), "epigraph", block.origin))
        k = end
    return out


def _is_slanted(block: Block) -> bool:
    """Whether a paragraph is emphasised as a whole."""
    return isinstance(block, Paragraph) and len(block.content) == 1 and isinstance(block.content[0], Emphasis)


def _sources(block: Block, below: Block) -> bool:
    """Whether a few words behind a dash say where the quoted words above them are from: "-- a proverb of the coast"."""
    text, source = block_text(block).strip(), paragraph_text(below)
    quoted = text[:1] in OPENING_QUOTES and text[-1:] in CLOSING_QUOTES
    return quoted and source[:1] in "-–—" and len(source.split()) <= SOURCE_WORDS and source[-1:] not in ENDS


def _may_be_quoted(block: Block, source: Block) -> bool:
    """Whether a block may be what the source below it is named for: verse, words in quotes or emphasised as a whole;
    above a source in brackets any short paragraph."""
    if isinstance(block, Verse):
        return True
    text = paragraph_text(block)
    quoted = text[:1] in OPENING_QUOTES or (_is_slanted(block) and len(text.split()) <= EPIGRAPH_WORDS)
    return bool(text) and (quoted or (in_brackets(paragraph_text(source)) and len(text.split()) <= MOTTO_WORDS))


def _names_source(block: Block) -> bool:
    return isinstance(block, Paragraph) and (attributes(paragraph_text(block)) or in_brackets(paragraph_text(block)))


def _holds_source(block: Block) -> bool:
    """Whether the last line of a stanza, or of a paragraph, names where the lines above it are from."""
    above, _, source = paragraph_text(block).rpartition("\n")
    if above and len(above.split()) <= EPIGRAPH_WORDS and attributes(source.strip()):
        return True
    if not isinstance(block, Verse) or len(block.stanzas) != 1 or len(block.stanzas[0]) < 2:
        return False
    last = plain_text(block.stanzas[0][-1].content).strip()
    return attributes(last) or in_brackets(last)


def _dedication(blocks: list[Block]) -> list[Block]:
    brief = all(len(block_text(b).split()) <= DEDICATION_WORDS for b in blocks)
    for k, block in enumerate(blocks):
        text = _lines_or_text(block)
        if dedicates(text, brief=brief):
            end = k + 1
            while end < len(blocks) and end - k < FRONT_BLOCKS and _dedicates_more(blocks[end]):
                end += 1
            return [*blocks[:k], Quote(tuple(blocks[k:end]), "dedication", block.origin), *blocks[end:]]
        if opens_dedication(text) and k + 1 < len(blocks):
            end = k + 1
            while end < len(blocks) and end - k < FRONT_BLOCKS + 1 and isinstance(blocks[end], Paragraph):
                end += 1
            return [*blocks[:k], Quote(tuple(blocks[k:end]), "dedication", block.origin), *blocks[end:]]
    return blocks


def _lines_or_text(block: Block) -> str:
    return block_text(block).strip() if isinstance(block, Verse) and len(block.stanzas) == 1 else paragraph_text(block)


def _dedicates_more(block: Block) -> bool:
    """Whether a block below a dedication is one, too: "And for my mother", a few words that end no sentence."""
    text = _lines_or_text(block)
    if not text or len(text.split()) > WEAK_WORDS or text[-1] in ENDS:
        return False
    return dedicates(without_and(text))
