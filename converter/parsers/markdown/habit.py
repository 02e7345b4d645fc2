"""How a file uses line ends and looks, measured once over its tree."""

from __future__ import annotations

from collections import Counter

from converter.parsers.computed_style import PLAIN, ComputedStyle
from converter.parsers.items.line_habit import LineHabit
from converter.parsers.markdown.tree import Element, Leaf, Node, Tree
from converter.recognisers.line_ends import line_use, usual_blank

LOOK_SHARE = 0.7  # of all letters in one look: that is how the story is set, it stresses nothing


def measure(tree: Tree, dropped: set[int]) -> LineHabit:
    """The habit of a story."""
    lines: list[str] = []
    runs: Counter[int] = Counter()
    shares: Counter[str] = Counter()
    total = breaks = 0
    line: list[str] = []
    stack: list[tuple[Node | None, ComputedStyle]] = [(tree.body, PLAIN)]
    while stack:
        node, look = stack.pop()
        if node is None:
            line, breaks = [], 0
        elif isinstance(node, Element):
            if id(node) not in dropped:
                line, breaks = [], 0
                inner = _over(look, node.look)
                stack.append((None, look))
                stack.extend((child, inner) for child in reversed(node.children))
        elif node.kind == "break":
            breaks += 1
        elif text := " ".join(node.text.split()) if node.kind == "text" else "":
            if breaks:
                before = "".join(line).strip()
                if before:
                    runs[breaks] += 1
                    if breaks == 1:
                        lines.append(before)
                line, breaks = [], 0
            line.append(text + " ")
            total += len(text)
            if tree.styled:
                shares.update(dict.fromkeys(_looks(node, look), len(text)))
    return LineHabit(
        line_use(lines, runs),
        usual_blank(runs),
        shares["italic"] < LOOK_SHARE * total,
        shares["bold"] < LOOK_SHARE * total,
        shares["center"] < LOOK_SHARE * total,
        total,
    )


def _over(below: ComputedStyle, above: ComputedStyle) -> ComputedStyle:
    """The look of a part within another, as far as it is measured."""
    if above is PLAIN:
        return below
    return ComputedStyle(
        italic=below.italic if above.italic is None else above.italic,
        bold=below.bold if above.bold is None else above.bold,
        align=above.align or below.align,
    )


def _looks(leaf: Leaf, look: ComputedStyle) -> list[str]:
    for element in leaf.around:
        look = _over(look, element.look)
    named = (("italic", look.italic), ("bold", look.bold), ("center", look.align == "center"))
    return [name for name, so in named if so]
