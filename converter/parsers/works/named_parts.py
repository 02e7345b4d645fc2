"""Parts of a book that only the folders name in which its files lie: "Part One - Snow"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from converter.document.contracts import Insertion, Parsed
from converter.document.model import PARTS, Chapter
from converter.document.words import chapter_name
from converter.parsers.works.titles import under_heading
from converter.recognisers.headings.words import lexicon

WHY = "the name of a part's folder"


def with_named_parts(parsed: Parsed, part_of: Mapping[str, str]) -> Parsed:
    """The work with its chapters in parts; `part_of` gives by the name of a chapter's file what its part is called, ""
    for none. A work that has parts of its own stays as it is."""
    chapters = parsed.book.chapters
    own = any(chapter.kind in PARTS for _, chapter in parsed.book.walk())
    if own or not any(part_of.values()) or not all(chapter.origin for chapter in chapters):
        return parsed
    lex = lexicon(parsed.book.metadata.language or "en")
    parted = tuple(_parted(chapters, part_of, lambda name: under_heading(Chapter(), name, lex)))
    heads = [Insertion(WHY, chapter_name(c)) for c in parted if c.kind in PARTS and not c.blocks]
    return replace(parsed, book=replace(parsed.book, chapters=parted), insertions=(*parsed.insertions, *heads))


def _parted(
    chapters: Sequence[Chapter], part_of: Mapping[str, str], headed: Callable[[str], Chapter]
) -> Iterator[Chapter]:
    for name, run in groupby(chapters, lambda c: part_of.get(c.origin.source, "") if c.origin else ""):
        inside = tuple(run)
        if name:
            yield replace(headed(name), kind="part", children=inside, origin=inside[0].origin)
        else:
            yield from inside
