"""The text of a book as one row of lines, each with what it is: the first or last of a paragraph, of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from converter.checker.pdf.frame import CLOSE, PAUSE, Frame, Leaf
from converter.checker.pdf.lines import Line
from converter.document.patterns import regex
from converter.recognisers.lines.breaks import is_break

HYPHENS = frozenset("-\u2010\u00ad")
LARGER = 1.12  # times the size of the text: more is a heading
SMALLER = 0.85  # times the size of the text: less is a note
LOW = 1.5  # times the distance of lines below the top of the text: there something begins
FEWEST_SIGNS = 3  # of a heading; fewer are a number or an ornament
FARTHEST = 4  # times the type size: a line that begins further in is no paragraph's first
LEAST_INDENT = 2.5  # points
LONGEST_BREAK = 12  # signs of a scene break
LEADER = regex(r"(?:[.·…] ?){5}")  # on a page of contents
ENDS = frozenset(".!?…:;”’\"'»›)]—")


@dataclass(slots=True)
class Placed:
    """A line of the text: `at` is its place among the `of` lines of its page, `left` and `right` the margins there.

    `text`: it belongs to running text; `start` and `end`: it begins or ends a paragraph; `full`: it reaches the margin.
    """

    page: int
    line: Line
    at: int
    of: int
    left: float
    right: float
    text: bool
    start: bool
    full: bool
    end: bool = False

    @property
    def measure(self) -> float:
        """The width of the text, in points."""
        return self.right - self.left

    @property
    def hyphened(self) -> bool:
        """Whether a word is cut at its end."""
        text = self.line.text
        return text[-1:] in HYPHENS and text[-2:-1].isalpha() and self.line.spaced


def flow_of(leaves: Sequence[Leaf], frame: Frame) -> list[Placed]:
    """The lines of the text in order, from page to page."""
    flow: list[Placed] = []
    for leaf in leaves:
        flow.extend(_on_page(leaf, frame))
    for i, one in enumerate(flow):
        after = flow[i + 1] if i + 1 < len(flow) else None
        if after and after.at == 0 and not after.start:
            after.start = _begins_anew(one, after, frame)
        one.end = _ends(one, after, frame)
    return flow


def _on_page(leaf: Leaf, frame: Frame) -> list[Placed]:
    """The lines of the text on one page."""
    left, right = frame.margins[leaf.number % 2]
    inner = frame.within(leaf)
    out: list[Placed] = []
    for i, line in enumerate(inner):
        above = inner[i - 1] if i else None
        full = abs(line.right - right) < CLOSE + 0.5
        gap = line.y - above.y > frame.pitch * PAUSE if above else line.y > frame.top + LOW * frame.pitch
        text = frame.is_text(line) and not LEADER.search(line.text)
        if not text and abs(line.left - left) < CLOSE:
            goes_on = bool(out) and out[-1].text and not gap and SMALLER < line.size / frame.size < LARGER
            text = full or goes_on  # words in another script have a size of theirs
        set_in = _is_set_in(line, left, frame) and not (above is not None and _hangs(line, above, right))
        start = text and (gap or set_in or (above is not None and is_larger(above, frame)))
        out.append(Placed(leaf.number, line, i, len(inner), left, right, text, start, full))
    return out


def _is_set_in(line: Line, left: float, frame: Frame) -> bool:
    return LEAST_INDENT < line.left - left < frame.size * FARTHEST and not line.beside


def _hangs(line: Line, above: Line, right: float) -> bool:
    """Whether a line goes on with the one above, though it is set in: as in a speech of a play."""
    full = abs(above.right - right) < CLOSE + 0.5
    return full and line.text[:1].islower() and above.text[-1:] not in ENDS


def is_larger(line: Line, frame: Frame) -> bool:
    """Whether a line is in larger type than the text."""
    return line.size > frame.size * LARGER


def _begins_anew(one: Placed, after: Placed, frame: Frame) -> bool:
    """Whether a page's first line, which is not set in, begins a paragraph, as far as the page before tells."""
    if frame.justified or not (one.text and after.text):
        return False
    first = after.line.text.lstrip("“‘«„\"'—–-¿¡")[:1]
    return one.line.text[-1:] in ENDS and not first.islower()


def _ends(one: Placed, after: Placed | None, frame: Frame) -> bool:
    if after is None or after.start or not after.text:
        return True
    if not frame.justified:
        return False
    return not one.full or (after.at == 0 and one.line.right < one.right - 2 * frame.size)


def is_heading(line: Line, frame: Frame) -> bool:
    """Whether a line is a heading: in larger type than the text."""
    return is_larger(line, frame) and line.count >= FEWEST_SIGNS


def is_break_line(line: Line) -> bool:
    """Whether a line is a scene break: a few signs that are no words."""
    return len(line.text) <= LONGEST_BREAK and not any(map(str.isalnum, line.text)) and is_break(line.text)


def running_text(leaves: Sequence[Leaf], frame: Frame | None) -> str:
    """The words of the pages in order, those that a line's end cuts whole again; without running heads and numbers.

    Between a drop cap and what stands beside it is `AFTER_CAP`: one word or two.
    """
    parts: list[str] = []
    cut = False
    for leaf in leaves:
        for line in frame.within(leaf) if frame else leaf.lines:
            text = line.text.replace("\u00ad", "-")
            if cut and text[:1].islower():
                parts[-1] = parts[-1][:-1]
            elif parts:
                parts.append("\n")
            parts.append(text)
            cut = text[-1:] in HYPHENS and text[-2:-1].isalpha()
    return "".join(parts)
