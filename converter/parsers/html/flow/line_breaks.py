"""How a page uses `<br>` and blank lines, measured once over its story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping

from bs4.element import NavigableString, Tag

from converter.parsers.computed_style import Look
from converter.parsers.html.dom.nodes import BLOCKS, NOT_TEXT, UNSEEN, children
from converter.parsers.items.line_habit import LineHabit, LineUse

ENOUGH_LINES = 8  # single line breaks; fewer say nothing about a habit
PROSE_LINE = 48  # mean characters of a line that is a paragraph; verse has 25 to 45, prose 90 and more
PROSE_ENDS = 0.75  # of such lines end a sentence; verse lines do so in 20 to 50 %
WRAP_LINES = (50, 85)  # the usual widths of hard-wrapped text
WRAP_ENDS = 0.55  # at most so many hard-wrapped lines end a sentence by chance
LOOK_SHARE = 0.7  # of all letters in one CSS look: that is how the page looks, it stresses nothing
ENDS = re.compile(r"""[.!?…:;—–-]["'”’»)\]*_]*$|["”»]$""")


def measure(roots: Iterable[Tag], looks: Mapping[int, Look], excluded: Container[int]) -> LineHabit:
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
            look = looks.get(id(node))
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
        _line_use(lines, runs),
        _blank(runs),
        shares["italic"] < LOOK_SHARE * total,
        shares["bold"] < LOOK_SHARE * total,
        shares["center"] < LOOK_SHARE * total,
        total,
    )


def _held(held: frozenset[str], look: Look) -> frozenset[str]:
    for name, value in (
        ("italic", look.italic),
        ("bold", look.bold),
        ("center", look.align == "center" if look.align else None),
    ):
        if value is not None:
            held = held | {name} if value else held - {name}
    return held


def _line_use(lines: list[str], runs: Counter[int]) -> LineUse:
    doubles = sum(n for size, n in runs.items() if size > 1)
    if len(lines) < ENOUGH_LINES or len(lines) < doubles:
        return "keep"
    ends = sum(bool(ENDS.search(text)) for text in lines) / len(lines)
    lengths = sorted(map(len, lines))
    if ends >= PROSE_ENDS and sum(lengths) / len(lengths) >= PROSE_LINE:
        return "paragraphs"
    low, high = WRAP_LINES
    if (
        ends < WRAP_ENDS
        and low <= lengths[len(lengths) // 2] <= high
        and lengths[int(len(lengths) * 0.98)] <= high + 10
    ):
        return "wrapped"
    return "keep"


def _blank(runs: Counter[int]) -> int:
    several = [(n, -size, size) for size, n in runs.items() if size > 1]
    return max(several)[2] - 1 if several else 1
