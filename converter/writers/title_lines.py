"""Where the lines of a title end: by its sense, as whoever reads it aloud would pause, and about equally long.

No line ends with an article, a preposition or a conjunction where another end is as good, and words of scripts without
spaces stay whole; what may be broken, and what that costs, is known from the titles on covers (`covers/breaks.py`). A
title that needs several lines gets a `br` at each of these ends, so that every engine breaks it there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from converter.covers.breaks import Unbreakable, unbreakables

LONGEST = 60  # pieces of a title; a longer one is a paragraph
ANOTHER = 0.6  # what a line costs that a title needn't have, in the penalties of `covers/breaks.py`
NUMBER = 0.5  # the same for a line that begins with a number: "Chapter / 12"
PLAIN = frozenset(["em", "i", "strong", "b", "span"])
HELD = re.compile(r"(?<=[^\W\d_])\u00a0(?=\w)")  # by `printers_rules.py`; beside marks and numbers, by typography

Widths = Callable[[str], float]


def break_by_sense(title: etree._Element, width: Widths, room: float, language: str) -> bool:
    """Breaks a title that is wider than its line; whether its lines are as they are to be now. `width` is that of a
    text in the title's type, `room` that of its line."""
    runs = list(_runs(title))
    text = HELD.sub(" ", "".join(text for _, _, text in runs))
    if text != " ".join(text.split(" ")).strip(" ") or "\n" in text or not all(map(_is_plain, title.iterdescendants())):
        return False
    if width(text) <= room:
        return True
    pieces = unbreakables(text, language)
    if len(pieces) > LONGEST or max(width(piece.text) for piece in pieces) > room:
        return False
    for holder, tail, words in runs:
        _set(holder, HELD.sub(" ", words), tail=tail)
    for place in reversed(_places(pieces, width, room)):
        _break(title, place)
    return True


def _is_plain(element: etree._Element) -> bool:
    return element.tag in PLAIN and "note" not in (element.get("class") or "")


def _runs(title: etree._Element) -> Iterator[tuple[etree._Element, bool, str]]:
    """The texts of a title in order: the element that holds one, and whether it is its tail."""
    if title.text:
        yield title, False, title.text
    for child in title:
        yield from _runs(child)
        if child.tail:
            yield child, True, child.tail


def _set(holder: etree._Element, text: str, *, tail: bool) -> None:
    if tail:
        holder.tail = text
    else:
        holder.text = text


def _places(pieces: Sequence[Unbreakable], width: Widths, room: float) -> list[int]:
    """The numbers of characters before which lines begin, but the first: by dynamic programming, over the pieces, the
    least sum of what the ends cost and of how far the lines are from being equally long."""
    ends, space = [0.0], width(" ")
    for piece in pieces:
        ends.append(ends[-1] + space * piece.spaced + width(piece.text))
    begins = [sum(len(p.text) + p.spaced for p in pieces[:at]) for at in range(len(pieces))]
    least = 1 + int(ends[-1] / room)
    costs = []
    for count in range(least, min(least + 3, len(pieces)) + 1):
        found = _best(pieces, ends, space, room, count)
        if found is not None:
            costs.append((found[0] + ANOTHER * count, found[1]))
    if not costs:
        return []
    _, chosen = min(costs)
    return [begins[at] + pieces[at].spaced for at in chosen]


def _best(
    pieces: Sequence[Unbreakable], ends: Sequence[float], space: float, room: float, count: int
) -> tuple[float, list[int]] | None:
    """The best way to so many lines: its cost, the pieces with which lines begin; None where they don't fit."""
    mean = ends[-1] / count
    ways: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for line in range(count):
        after: dict[int, tuple[float, list[int]]] = {}
        for begin, (cost, cuts) in ways.items():
            for end in range(begin + 1, len(pieces) + 1):
                wide = ends[end] - ends[begin] - space * pieces[begin].spaced
                if wide > room:
                    break
                here = cost + ((wide - mean) / mean) ** 2 + (_cost(pieces[begin]) if begin else 0.0)
                if end not in after or here < after[end][0]:
                    after[end] = here, [*cuts, begin] if line else []
        ways = after
    return ways.get(len(pieces))


def _cost(piece: Unbreakable) -> float:
    return piece.penalty + (NUMBER if piece.text[:1].isdigit() and len(piece.text) <= len("2,000.") else 0.0)


def _break(title: etree._Element, place: int) -> None:
    """Puts a `br` before this character of a title, in the place of the space there."""
    at = 0
    for holder, tail, text in _runs(title):
        if at + len(text) < place:
            at += len(text)
            continue
        line = etree.Element("br")
        before, line.tail = text[: place - at], text[place - at :]
        _set(holder, before.removesuffix(" "), tail=tail)
        if tail:
            parent = holder.getparent()
            assert parent is not None  # it has a tail
            parent.insert(parent.index(holder) + 1, line)
        else:
            holder.insert(0, line)
        return
