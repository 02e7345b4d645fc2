"""The chapters of a book whose contents list divides nothing: by the headings in its text; where there are too few of
them each document is a chapter, unless a program cut the text into pieces of a size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from statistics import median

from converter.document.model import Chapter, Paragraph, Strong
from converter.document.words import block_text, plain_text, word_count
from converter.parsers.epub.adverts import is_advert
from converter.parsers.epub.cut_sentences import with_whole_sentences
from converter.parsers.epub.front import is_brief
from converter.parsers.epub.heads import ornaments
from converter.parsers.epub.type_look import as_heading
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.extracted import Extracted
from converter.parsers.html.flow.parts import Flow, PartItems
from converter.parsers.html.structure.division import Division, divided
from converter.parsers.items.chapters import chapter
from converter.parsers.items.front_leaves import BRIEF
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import Gap, HeadingItem, Item

FEWEST = 2  # documents that tell something
TOLD = 40  # words of a document that tells something
PIECE = 20_000  # words of documents that were cut by their size: no chapter is usually so long
HEAD_LETTERS = 80  # of a line in bold over a chapter
CUTS = 10  # of so many documents one may end in mid-sentence


def unlisted(page: Page, content: Extracted, made: Flow, without: frozenset[str]) -> tuple[Division, str]:
    """The chapters, and by what they were divided. `made` has a part for each document."""
    behind = [*takewhile(_is_advert, reversed(made.parts))][::-1]
    own = _with_typed_heads(made.parts[: len(made.parts) - len(behind)])
    if not own:
        own, behind = list(made.parts), []
    by_headings = divided(page, content, replace(made, parts=(_together(own), *behind)), without)
    documents = _whole_documents(own)
    if 2 * _headed(by_headings.chapters) >= len(documents) or not _are_chapters(own, documents):
        return by_headings, "the headings in the text: no contents list divides it"
    before, chapters = _front(own, documents)
    parts = (*before, *map(_under_its_heading, chapters), *behind)
    each = divided(page, content, replace(made, parts=parts), without)
    front = {_source(part.items) for part in before} - {""}
    each = replace(each, chapters=tuple(_as_front(c) if _source(c.blocks) in front else c for c in each.chapters))
    return each, "its documents: no contents list and too few headings divide it"


def _with_typed_heads(parts: Sequence[PartItems]) -> list[PartItems]:
    """The parts; where most that tell something begin with a short line in bold, these lines are their headings."""
    heads = [_typed_head(part) for part in parts]
    told = [head for head, part in zip(heads, parts, strict=True) if _words(part) >= TOLD]
    if 2 * sum(head is not None for head in told) <= len(told) or len(told) < FEWEST:
        return list(parts)
    return [_headed_by(part, head) for part, head in zip(parts, heads, strict=True)]


def _typed_head(part: PartItems) -> Paragraph | None:
    """The paragraph in bold with which a part begins, if it may be a heading."""
    first = next((item for item in part.items if not isinstance(item, Gap)), None)
    if not isinstance(first, Paragraph) or not all(isinstance(i, Strong) for i in first.content):
        return None
    text = plain_text(first.content).strip()
    return first if 0 < len(text) <= HEAD_LETTERS and not text.endswith(tuple('.,;:”"')) else None


def _headed_by(part: PartItems, head: Paragraph | None) -> PartItems:
    if head is None:
        return part
    made = HeadingItem((as_heading(head.content),), 2, head.origin)
    return replace(part, items=tuple(made if item is head else item for item in part.items))


def _is_advert(part: PartItems) -> bool:
    return bool(part.items) and is_advert(chapter((), None, part.items))


def _together(parts: Sequence[PartItems]) -> PartItems:
    """Several parts as one; sentences that their ends cut are whole."""
    return replace(parts[0], items=tuple(with_whole_sentences([item for part in parts for item in part.items])))


def _whole_documents(parts: Sequence[PartItems]) -> list[PartItems]:
    """The parts that tell something, each with what follows it and tells nothing, or goes on with its sentence."""
    groups: list[list[PartItems]] = []
    told = 0  # words of the last group
    for part in parts:
        words = _words(part)
        if groups and (min(words, told) < TOLD or _goes_on(groups[-1][-1], part)):
            groups[-1].append(part)
            told += words
        else:
            groups.append([part])
            told = words
    return [_together(group) for group in groups]


def _front(
    parts: Sequence[PartItems], documents: Sequence[PartItems]
) -> tuple[Sequence[PartItems], Sequence[PartItems]]:
    """The pages before the first document that is a chapter by its length, and the documents from there on."""
    usual = median(map(_words, documents))
    before = [*takewhile(lambda part: is_brief(part.items) and _words(part) * BRIEF <= usual, parts)]
    return before, _whole_documents(parts[len(before) :])


def _under_its_heading(part: PartItems) -> PartItems:
    """A document with the heading with which it begins as its own, where no other one in it ranks as high."""
    above, rest = ornaments(list(part.items))
    head = rest[0] if rest else None
    if not isinstance(head, HeadingItem):
        return part
    inside = [item.level for item in rest[1:] if isinstance(item, HeadingItem)]
    if min(inside, default=head.level + 1) <= head.level:
        return part
    return replace(part, head=joined(head.lines), items=(*above, *rest[1:]))


def _source(items: Iterable[Item]) -> str:
    """The document in which these begin; "" where none of them says it."""
    return next((i.origin.source for i in items if not isinstance(i, Gap) and i.origin is not None), "")


def _as_front(one: Chapter) -> Chapter:
    named = one.label or one.title or one.kind != "chapter"
    return one if named else replace(one, kind="front")


def _words(part: PartItems) -> int:
    return sum(word_count(block_text(i)) for i in part.items if isinstance(i, Paragraph))


def _goes_on(above: PartItems, below: PartItems) -> bool:
    """Whether a part goes on in the midst of a sentence."""
    if any(isinstance(item, HeadingItem) for item in below.items[:1]):
        return False
    return len(_together((above, below)).items) < len(above.items) + len(below.items)


def _headed(chapters: Sequence[Chapter]) -> int:
    """How many chapters have a heading."""
    return sum(bool(c.label or c.title or c.number is not None) + _headed(c.children) for c in chapters)


def _are_chapters(parts: Sequence[PartItems], documents: Sequence[PartItems]) -> bool:
    """Whether documents may be chapters: several of them, of no more words than chapters have, and few of what they
    were made of cut in mid-sentence."""
    if len(documents) < FEWEST or median(map(_words, documents)) > PIECE:
        return False
    cut = sum(_goes_on(above, below) for above, below in pairwise(parts))
    return cut * CUTS <= len(parts)
