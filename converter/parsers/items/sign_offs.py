"""The name, place and date with which a preface or an afterword is signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Block, Chapter, Paragraph, SceneBreak, Verse
from converter.document.patterns import regex
from converter.parsers.items.letter_ends import INITIALS
from converter.parsers.items.letter_lines import lines_of, text_of
from converter.recognisers.lines.dates import dates_book, is_dateline, is_placed_year
from converter.recognisers.lines.sentences import ends_sentence
from converter.recognisers.metadata.names import is_person
from converter.recognisers.vocabulary import either

SIGNED = ("preface", "foreword", "introduction", "afterword", "acknowledgments")  # kinds of chapters
MOST_LINES, MOST_NAMES = 3, 2  # more names are a list
NAME_WORDS, LONGEST = 4, 60
DASHES = "-–—― "
_WITHOUT_NAME = regex(either("names", "signs_as"), re.I, LONGEST)


def with_sign_offs(chapters: Sequence[Chapter]) -> list[Chapter]:
    """The chapters; lines at the end of a preface or an afterword that say who wrote it, where and when as its
    signature."""
    return [
        replace(
            c, blocks=_signed(c.blocks) if c.kind in SIGNED else c.blocks, children=tuple(with_sign_offs(c.children))
        )
        for c in chapters
    ]


def _signed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    end = len(blocks)
    lines: list[Paragraph] = []
    while end and (parts := _lines(blocks[end - 1])) and len(lines) + len(parts) <= MOST_LINES:
        texts = [text_of(p) for p in parts]
        if not all(_is_name(text) or _says_when(text) for text in texts):
            break
        lines[:0] = parts
        end -= 1
    names = sum(not _says_when(text_of(p)) for p in lines)
    told = [b for b in blocks[:end] if not isinstance(b, SceneBreak)]
    if not lines or names > MOST_NAMES or not told or not ends_sentence(text_of(told[-1])):
        return blocks
    while isinstance(blocks[end - 1], SceneBreak) and blocks[end - 1] == SceneBreak("", blank=True):
        end -= 1  # the space that sets the signature off
    return (*blocks[:end], *(replace(p, role="signature", align="") for p in lines))


def _lines(block: Block) -> list[Paragraph]:
    """A short block line by line; [] for any other."""
    match block:
        case Paragraph(role="" | "dateline" | "signature") if len(text_of(block)) <= MOST_LINES * LONGEST:
            return [replace(block, content=part) for part in lines_of(block)]
        case Verse(stanzas) if len(stanzas) == 1 and len(stanzas[0]) <= MOST_LINES:
            return [Paragraph(line.content, origin=line.origin) for line in stanzas[0]]
    return []


def _says_when(text: str) -> bool:
    bare = text.strip("*_() ").rstrip(".")
    return len(bare) <= LONGEST and (is_dateline(bare) or dates_book(bare) or is_placed_year(bare))


def _is_name(text: str) -> bool:
    """Whether a line is a name, initials, or "The Author"."""
    bare = text.strip(DASHES)
    if INITIALS.match(bare) or _WITHOUT_NAME.fullmatch(bare.strip("*_.")):
        return True
    return len(bare.split()) <= NAME_WORDS and not ends_sentence(bare) and is_person(bare)
