"""How far each line of a poem is set in: by the margins that CSS gives it, else by classes as Project Gutenberg names
them ("i2")."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import pairwise

from bs4.element import Tag

from converter.parsers.computed_style import PLAIN, ComputedStyle
from converter.parsers.html.dom.nodes import BLOCKS
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.items.inlines import Run
from converter.parsers.items.paragraphs import INDENT_MAX, INDENT_STEP
from converter.recognisers.marks.class_names import steps_set_in

LEAST = 8.0  # px; half the size of the type: less is no indent, and what one step of a class's number stands for
HARD_SPACE = "\u00a0"
NO_LEADS: Mapping[int, str] = {}


def leads(poem: Tag, styles: Mapping[int, ComputedStyle]) -> Mapping[int, str]:
    """The hard spaces that stand for the indent of a poem's lines, by id() of the elements that hold a line or begin
    one. The line that is set in least has none; what the one after that is set in more is a step."""
    margins: dict[int, float] = {id(poem): 0.0}
    lines: dict[int, float] = {id(poem): 0.0}  # the elements that begin a line, or that are set in
    holding: set[int] = set()  # those with others in them
    numbered: dict[int, float] = {}
    for element in poem.find_all(True):
        parent = element.parent
        style = styles.get(id(element), PLAIN)
        own = (style.indent or 0.0) + (style.padding or 0.0)
        margins[id(element)] = margins.get(id(parent), 0.0) + own
        if (steps := steps_set_in(attribute(element, "class"))) is not None:
            numbered[id(element)] = steps * LEAST
        if own or style.first or style.block or element.name in BLOCKS or id(element) in numbered:
            lines[id(element)] = margins[id(element)] + (style.first or 0.0)
            while parent is not None and id(parent) not in holding:
                holding.add(id(parent))
                parent = parent.parent if parent is not poem else None
    spoken = set(_with_words(poem, lines))
    set_in = {key: margin for key, margin in lines.items() if key in spoken and key not in holding}
    beside = [lines[key] for key in spoken & holding]
    return _in_steps(set_in, beside) or _in_steps(numbered, [0.0] if spoken - set(numbered) else [])


def _with_words(poem: Tag, lines: Container[int]) -> Iterator[int]:
    """The ids of those of these elements in which words stand, each the nearest around them."""
    for text in poem.find_all(string=True):
        if str(text).strip():
            yield next(id(parent) for parent in text.parents if id(parent) in lines)


def _in_steps(set_in: Mapping[int, float], beside: list[float]) -> dict[int, str]:
    levels = sorted({*set_in.values(), *beside})
    apart = [more - less for less, more in pairwise(levels) if more - less >= LEAST]
    if not apart:
        return {}
    step = min(apart)
    steps = {key: min(round((value - levels[0]) / step), INDENT_MAX) for key, value in set_in.items()}
    return {key: HARD_SPACE * (INDENT_STEP * count) for key, count in steps.items() if count > 0}


def lead_of(line: Tag, leads: Mapping[int, str]) -> list[Run]:
    """What stands before the words of an element."""
    return [Run(leads[id(line)])] if id(line) in leads else []


def lead_below(line_end: Tag, leads: Mapping[int, str]) -> list[Run]:
    """What stands before the next line of the element in which one ends, where that goes on."""
    if id(line_end.parent) not in leads:
        return []
    more = any(isinstance(node, Tag) or not str(node).isspace() for node in line_end.next_siblings)
    return [Run(leads[id(line_end.parent)])] if more else []
