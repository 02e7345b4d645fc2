"""Headings that run into their paragraph: "Chapter Two. The piano arrived on a Tuesday"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from converter.document.patterns import regex
from converter.parsers.text.lines.layout import RowGroup
from converter.recognisers.headings.forms import NUMBER_INTRO
from converter.recognisers.headings.words import Lexicon, read_number

HEADING_CHARACTERS = 60
LEAST_WORDS = 8  # of the paragraph behind the heading: fewer are its title
LEAST = 2  # headings that go on from one another
JOINT = regex(r"[.:]\s+|\s{1,3}[-–—]{1,3}\s+|[–—]", within=HEADING_CHARACTERS)


def part_glued(groups: Sequence[RowGroup], lex: Lexicon) -> list[RowGroup]:
    """The groups with such headings parted from what they run into, where they number the chapters of the file."""
    glued = {i: found for i, g in enumerate(groups) if (found := _glued(g, lex))}
    numbers = [number for number, _ in glued.values()]
    goes_on = sum(b == a + 1 for a, b in pairwise(numbers))
    if len(numbers) < LEAST or 2 * goes_on < len(numbers) - 1 or numbers[0] > 1:
        return list(groups)
    out: list[RowGroup] = []
    for i, group in enumerate(groups):
        if i not in glued:
            out.append(group)
            continue
        row, cut = group.rows[0], glued[i][1]
        rest = row._replace(text=row.text[cut:].lstrip(), gap=1)
        out.append(group._replace(rows=(row._replace(text=row.text[:cut].rstrip()),), lines=False, notes=()))
        out.append(group._replace(rows=(rest, *group.rows[1:]), gap=1))
    return out


def _glued(group: RowGroup, lex: Lexicon) -> tuple[int, int] | None:
    """The number of the heading with which a paragraph begins, and where the heading ends; None where it has none."""
    text = group.rows[0].text
    word = lex.division_first.match(text)
    intro = NUMBER_INTRO.match(text, word.end()) if word else None
    if word is None or intro is None or not text[0].isupper():
        return None
    number = read_number(text[intro.end() : intro.end() + HEADING_CHARACTERS], lex)
    if number is None or intro.end() == word.end():
        return None
    end = intro.end() + number.end
    joint = JOINT.match(text[end : end + HEADING_CHARACTERS])
    rest = text[end + joint.end() :] if joint else ""
    words = len(rest.split()) + sum(len(r.text.split()) for r in group.rows[1:])
    told = (words >= LEAST_WORDS and any(sign in rest for sign in ".!?…,")) or len(group.rows) > 1
    return (number.value, end + (joint.end() if joint else 0)) if rest and told and words >= LEAST_WORDS else None
