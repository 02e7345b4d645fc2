"""How a file uses line ends and looks, measured once over its tree."""

from __future__ import annotations

from converter.parsers.computed_style import PLAIN, ComputedStyle
from converter.parsers.items.line_habit import LineHabit, LineMeasure
from converter.parsers.markdown.tree import Element, MarkdownNode, Tree, TreeLeaf


def tree_line_habit(tree: Tree, dropped: set[int]) -> LineHabit:
    """The habit of a story."""
    measure = LineMeasure()
    stack: list[tuple[MarkdownNode | None, ComputedStyle]] = [(tree.body, PLAIN)]
    while stack:
        node, style = stack.pop()
        if node is None:
            measure.border()
        elif isinstance(node, Element):
            if id(node) not in dropped:
                measure.border()
                stack.append((None, style))
                stack.extend((child, _over(style, node.style)) for child in reversed(node.children))
        elif node.kind == "break":
            measure.line_end()
        elif text := " ".join(node.text.split()) if node.kind == "text" else "":
            measure.text(text, _styles(node, style) if tree.styled else ())
    return measure.habit()


def _over(below: ComputedStyle, above: ComputedStyle) -> ComputedStyle:
    """The look of a part within another, as far as it is measured."""
    if above is PLAIN:
        return below
    return ComputedStyle(
        italic=below.italic if above.italic is None else above.italic,
        bold=below.bold if above.bold is None else above.bold,
        align=above.align or below.align,
    )


def _styles(leaf: TreeLeaf, style: ComputedStyle) -> list[str]:
    for element in leaf.around:
        style = _over(style, element.style)
    named = (("italic", style.italic), ("bold", style.bold), ("center", style.align == "center"))
    return [name for name, so in named if so]
