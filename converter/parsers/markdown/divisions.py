"""Parts of a file between lines of colons, as pandoc has them: `::: epigraph`, and `:::` below it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from markdown_it.rules_block import StateBlock

from converter.document.patterns import regex

_LINE = 400
OPENS = regex(
    r":{3,}[ \t]*(?:\{[ \t]*(?P<told>[^{}\n]{1,200})\}|(?P<name>[A-Za-z][\w\-]{0,60}))[ \t]*:*\Z", within=_LINE
)
CLOSES = regex(r":{3,}\Z", within=_LINE)
NAMED = regex(r"[.#][A-Za-z][\w\-]{0,60}")
DEEPEST = 40  # blocks around one; deeper ones are printed as they stand


@lru_cache(maxsize=1)
def _ends(text: str) -> Mapping[int, int]:
    """The lines, from 0, that begin such a part, each with the one that ends it."""
    ends: dict[int, int] = {}
    open_in: list[int] = []
    for number, line in enumerate(text.split("\n")):
        bare = line.strip() if ":::" in line else ""
        if bare and OPENS.match(bare):
            open_in.append(number)
        elif bare and open_in and CLOSES.match(bare):
            ends[open_in.pop()] = number
    return ends


def division_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Makes a `<div>` of a part that is begun and ended; its class is the part's name."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", at):
        return False
    last = _ends(state.src).get(start, -1)
    if not start < last < end or state.level > DEEPEST:
        return False
    if silent:
        return True
    written = state.getLines(start, start + 1, state.blkIndent, False).strip()
    opened = OPENS.match(written)
    told = (opened["told"] or opened["name"] or "") if opened else ""
    names = NAMED.findall(told) or [told]
    token = state.push("div_open", "div", 1)
    token.attrs = {"class": " ".join(name.lstrip(".#") for name in names)}
    token.markup, token.map = written, [start, last]
    around, line_max = state.parentType, state.lineMax
    state.lineMax = last
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax = around, line_max
    state.push("div_close", "div", -1)
    state.line = last + 1
    return True
