"""How a page uses `<br>` and blank lines, measured once over its story."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from bs4.element import NavigableString, Tag

from converter.parsers.computed_style import ComputedStyle
from converter.parsers.html.dom.nodes import BLOCKS, NOT_TEXT, UNSEEN, child_nodes
from converter.parsers.items.line_habit import LineHabit, LineMeasure


def page_line_habit(roots: Iterable[Tag], styles: Mapping[int, ComputedStyle], excluded: Container[int]) -> LineHabit:
    """The habit of the story in these elements."""
    measure = LineMeasure()
    stack: list[tuple[Tag | NavigableString | None, frozenset[str]]] = [(r, frozenset()) for r in reversed(list(roots))]
    while stack:
        node, within = stack.pop()
        if node is None:
            measure.border()
        elif isinstance(node, Tag):
            if node.name in UNSEEN or id(node) in excluded:
                continue
            if node.name == "br":
                measure.line_end()
                continue
            style = styles.get(id(node))
            if style is not None:
                within = _in_force(within, style)
            if node.name in BLOCKS:
                measure.border()
                stack.append((None, within))
            stack.extend((c, within) for c in reversed(child_nodes(node)))
        elif not isinstance(node, NOT_TEXT) and (text := " ".join(node.split())):
            measure.text(text, within)
    return measure.habit()


def _in_force(names: frozenset[str], style: ComputedStyle) -> frozenset[str]:
    for name, value in (
        ("italic", style.italic),
        ("bold", style.bold),
        ("center", style.align == "center" if style.align else None),
    ):
        if value is not None:
            names = names | {name} if value else names - {name}
    return names
