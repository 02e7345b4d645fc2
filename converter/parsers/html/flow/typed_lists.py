"""Lists of a word processor's web pages: paragraphs with their signs typed before their words -> `List`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.element import Tag

from converter.document.model import Block
from converter.document.patterns import regex
from converter.parsers.computed_style import ComputedStyle
from converter.parsers.html.dom.nodes import child_nodes, one_line, texts
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.listed import Listed, nested_lists
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.inlines import INDENT
from converter.parsers.items.paragraphs import is_break_text
from converter.parsers.items.style_marks import State
from converter.recognisers.language.numerals import roman
from converter.recognisers.lines.sentences import ends_sentence

STYLED = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.I)
CLASS = re.compile(r"(?:^|\s)MsoList(?:Paragraph|Bullet|Number|Continue)?(\d?)(?:CxSp\w+)?(?:$|\s)")
HANGING = re.compile(r"text-indent:\s*-", re.I)  # the first line begins further out: room for a sign
IGNORED = re.compile(r"mso-list:\s*ignore", re.I)
MARGIN = regex(r"margin(?:-left:|:\s*[^\s;]+\s+[^\s;]+\s+[^\s;]+)\s*(\d+(?:\.\d+)?|\.\d+)(in|pt|cm|mm|px)", re.I, 2_000)
STEP = 36.0  # points that an item is set in for each level
POINTS = {"in": 72.0, "pt": 1.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
SPACER = re.compile(r"font:\s*7(?:\.0)?pt", re.I)  # of the white space between a sign and its words
PARTED = re.compile(r"(?:^|\s)lst-(kix_\w+)-(\d)(?:$|\s)")  # Google Docs: the list's name, the level from 0
SIGN_LENGTH = 12  # characters of a typed sign: "(xviii)", "1.2.14."
NUMBERED = re.compile(r"\(?(?:(?:\d+\.)*(?P<digits>\d{1,6})(?:[.):]|$)|(?P<letters>[A-Za-z]{1,6})[.)])\)?")
DASHES = frozenset("-–—―")  # word processors make a list of typed speech ("– Come in!"), and that is none


def listed_item(walk: PageWalk, node: Tag, style: ComputedStyle, state: State, depth: int) -> Sequence[Listed] | None:
    """The item that a paragraph says it is, its sign left out by name; None for any other paragraph."""
    names, css = attribute(node, "class"), attribute(node, "style")
    styled, named = STYLED.search(css), CLASS.search(names)
    if not styled and not named and not (names.startswith("Mso") and HANGING.search(css)):
        return None
    sign = _sign(node)
    inner = walk.inherit(node, style, state)
    origin = walk.page.origin(node)
    if sign is None:
        if not named or styled or is_break_text(words := one_line(node)) or not any(map(str.isalnum, words)):
            return None
        return (Listed(walk.blocks(child_nodes(node), inner, depth + 1), more=True, origin=origin),)
    typed = one_line(sign)
    if typed in DASHES and ends_sentence(one_line(node)):
        return None
    walk.passed.add(id(sign))
    level = int(styled[1]) if styled else _level(css, named[1] if named else "")
    blocks = walk.blocks(child_nodes(node), inner, depth + 1)
    return (Listed(blocks, level, _numbers(typed), False, sign, typed, origin),)


def _sign(node: Tag) -> Tag | None:
    """The element of the typed sign: marked as one, or the first, with small white space in an element of its own at
    its end."""
    spans = [s for s in node.find_all("span", limit=6) if isinstance(s, Tag)]
    for span in spans:
        if IGNORED.search(attribute(span, "style")):
            return span if _is_sign(one_line(span)) else None
    first = next((t for t in texts(node) if t.strip(INDENT + "\r\n")), None)
    for span in spans:
        last = span.contents[-1] if span.contents else None
        if (
            isinstance(last, Tag)
            and SPACER.search(attribute(last, "style"))
            and not "".join(texts(last)).strip(INDENT + "\r\n")
            and first is not None
            and any(p is span for p in first.parents)
            and _is_sign(one_line(span))
        ):
            return span
    return None


def _is_sign(text: str) -> bool:
    if len(text) > SIGN_LENGTH:
        return False
    return len(text) == 1 or not any(map(str.isalnum, text)) or bool(NUMBERED.fullmatch(text))


def _level(css: str, level: str) -> int:
    if level:
        return max(1, int(level))
    margin = MARGIN.search(css)
    return max(1, round(float(margin[1]) * POINTS[margin[2].lower()] / STEP)) if margin else 1


def _numbers(typed: str) -> tuple[int, ...]:
    """What a sign may count: `3.`, `(c)`, `iv)`. A letter alone is a bullet of another font."""
    numbered = NUMBERED.fullmatch(typed)
    if numbered is None:
        return ()
    if numbered["digits"]:
        return (int(numbered["digits"]),)
    letters = numbered["letters"].lower()
    value = roman(letters)
    numeral = () if value is None else (value,)
    if len(letters) > 1:
        return numeral
    letter = (ord(letters) - ord("a") + 1,)
    return numeral + letter if letters == "i" else letter + numeral


# --------------------------------------------------------------------------------------- lists in several elements


def parted_list(walk: PageWalk, node: Tag, state: State, depth: int) -> Sequence[Block] | None:
    """A list whose levels stand side by side, each an element of its own (`lst-kix_x-0`, `lst-kix_x-1`), as one; None
    for any other list. The elements after the first are taken with it."""
    kind = PARTED.search(attribute(node, "class"))
    if kind is None:
        return None
    parts = [node]
    for after in walk.after(node):
        other = PARTED.search(attribute(after, "class")) if after.name in ("ul", "ol") else None
        if other is None or other[1] != kind[1]:
            break
        parts.append(after)
    if len(parts) == 1:
        return None
    walk.joined.update(map(id, parts[1:]))
    run: list[Listed] = []
    counts: dict[int, int] = {}
    for part in parts:
        named = PARTED.search(attribute(part, "class"))
        level = int(named[2]) + 1 if named else 1
        start = attribute(part, "start").strip()
        if start.isdecimal() and len(start) <= 6:
            counts[level] = int(start) - 1
        elif "start" in attribute(part, "class").split():
            counts[level] = 0
        for item in part.find_all("li", recursive=False):
            counts[level] = counts.get(level, 0) + 1
            numbers = (counts[level],) if part.name == "ol" else ()
            run.append(Listed(walk.blocks([item], state, depth + 1), level, numbers, origin=walk.page.origin(item)))
    return nested_lists(run)
