"""How a page uses `<br>` and blank lines, measured once over its story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping

from bs4.element import NavigableString, Tag

from converter.parsers.computed_style import ComputedStyle
from converter.parsers.html.dom.nodes import BLOCKS, NOT_TEXT, UNSEEN, children
from converter.parsers.items.line_habit import LineHabit
from converter.recognisers.line_ends import line_use, usual_blank

LOOK_SHARE = 0.7  # of all letters in one CSS look: that is how the page looks, it stresses nothing


def measure(roots: Iterable[Tag], styles: Mapping[int, ComputedStyle], excluded: Container[int]) -> LineHabit:
    """The habit of the story in these elements."""
    lines: list[str] = []
    runs: Counter[int] = Counter()
    total = 0
    shares: Counter[str] = Counter()
    line: list[str] = []
    breaks = 0
    stack: list[tuple[Tag | NavigableString | None, frozenset[str]]] = [(r, frozenset()) for r in reversed(list(roots))]
    while stack:
        node, held = stack.pop()
        if node is None:
            line, breaks = [], 0
        elif isinstance(node, Tag):
            if node.name in UNSEEN or id(node) in excluded:
                continue
            if node.name == "br":
                breaks += 1
                continue
            look = styles.get(id(node))
            if look is not None:
                held = _held(held, look)
            if node.name in BLOCKS:
                line, breaks = [], 0
                stack.append((None, held))
            stack.extend((c, held) for c in reversed(children(node)))
        elif not isinstance(node, NOT_TEXT):
            text = " ".join(node.split())
            if not text:
                continue
            if breaks:
                before = "".join(line).strip()
                if before:
                    runs[breaks] += 1
                    if breaks == 1:
                        lines.append(before)
                line, breaks = [], 0
            line.append(text + " ")
            total += len(text)
            for name in held:
                shares[name] += len(text)
    return LineHabit(
        line_use(lines, runs),
        usual_blank(runs),
        shares["italic"] < LOOK_SHARE * total,
        shares["bold"] < LOOK_SHARE * total,
        shares["center"] < LOOK_SHARE * total,
        total,
    )


def _held(held: frozenset[str], look: ComputedStyle) -> frozenset[str]:
    for name, value in (
        ("italic", look.italic),
        ("bold", look.bold),
        ("center", look.align == "center" if look.align else None),
    ):
        if value is not None:
            held = held | {name} if value else held - {name}
    return held
