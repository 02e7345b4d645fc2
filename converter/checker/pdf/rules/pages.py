"""Faults of whole pages: blank ones, feet that are short, headings and scene breaks that stand alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from converter.checker.pdf.flaws import PdfFlaw, pdf_flaw, quoted
from converter.checker.pdf.flow import ENDS, HYPHENS, LOW, is_break_line, is_heading
from converter.checker.pdf.frame import MANY_LINES, Frame, Leaf
from converter.checker.pdf.lines import Line

FEW = 4  # lines of a page that is nearly empty
NEAR = 2.5  # times the distance of lines: what stands so near under a heading belongs to it
LABEL = 20  # signs of a label, at most
FOLLOWING = 2  # lines that must follow a heading on its page
ONE_SHORT, MORE_SHORT = 0.5, 1.5  # lines


def pages_rules(leaves: Sequence[Leaf], frame: Frame) -> Iterator[PdfFlaw]:
    """The faults of pages, in order."""
    inner = [(leaf, frame.within(leaf)) for leaf in leaves]
    first = next((i for i, (_, lines) in enumerate(inner) if len(lines) > MANY_LINES), len(inner))
    breaks = Counter(line.text for _, lines in inner for line in lines[1:-1] if is_break_line(line))
    for i, (leaf, lines) in enumerate(inner):
        after = inner[i + 1][1] if i + 1 < len(inner) else None
        opens = after is None or _opens(after, frame)
        if lines:
            yield from _breaks(leaf.number, lines, opens, breaks, frame)
            yield from _heading(leaf.number, lines, after, frame)
            yield from _label(leaf.number, lines, frame) if i > first and after else ()
            if (
                i > first
                and len(lines) + leaf.pictured / frame.pitch <= FEW
                and lines[0].y < frame.top + 0.6 * frame.pitch
                and _is_prose(lines, frame)
            ):
                said = f"it has {len(lines)} {'lines' if len(lines) > 1 else 'line'}: {quoted(lines[0].text)}"
                yield pdf_flaw(leaf.number, "page-near-empty", said)
            if after and not opens:
                yield from _foot(leaf.number, lines, frame)


def blank_rules(leaves: Sequence[Leaf], frame: Frame | None) -> Iterator[PdfFlaw]:
    """Pages with nothing on them. The last of a book, and one that lets a chapter begin on the right, may be."""
    for i, leaf in enumerate(leaves):
        if not leaf.bare:
            continue
        after = leaves[i + 1] if i + 1 < len(leaves) else None
        if after is None:
            yield pdf_flaw(leaf.number, "page-blank-verso", "the last page is blank")
        elif leaf.number % 2 == 0 and not after.bare and (frame is None or _opens(frame.within(after), frame)):
            yield pdf_flaw(leaf.number, "page-blank-verso", "a left-hand page is blank")
        else:
            yield pdf_flaw(leaf.number, "page-blank", "a page is blank")


def _opens(lines: Sequence[Line], frame: Frame) -> bool:
    """Whether something new begins on a page with these lines: they begin low, or with a heading."""
    return not lines or lines[0].y > frame.top + LOW * frame.pitch or not _is_text_or_break(lines[0], frame)


def _is_text_or_break(line: Line, frame: Frame) -> bool:
    return is_break_line(line) or frame.is_text(line)


def _is_prose(lines: Sequence[Line], frame: Frame) -> bool:
    return all(map(frame.is_text, lines)) and not any(is_heading(line, frame) for line in lines)


def _breaks(page: int, lines: Sequence[Line], opens: bool, breaks: Counter[str], frame: Frame) -> Iterator[PdfFlaw]:
    if len(lines) <= 2:
        return
    if is_break_line(lines[0]):
        yield pdf_flaw(page, "break-at-head", f"a scene break at the page's head, before {quoted(lines[1].text)}")
    if not is_break_line(lines[-1]) or not frame.is_text(lines[-2]):
        return
    after = f"after {quoted(lines[-2].text)}"
    if not opens:
        yield pdf_flaw(page, "break-at-foot", f"a scene break at the page's foot, {after}")
    elif breaks[lines[-1].text]:  # another sign is an ornament for the end
        yield pdf_flaw(page, "break-at-end", f"a scene break that nothing follows, {after}")


def _heading(page: int, lines: Sequence[Line], after: Sequence[Line] | None, frame: Frame) -> Iterator[PdfFlaw]:
    at = max((i for i, line in enumerate(lines) if is_heading(line, frame)), default=None)
    if at is None or after is None or len(lines) <= FEW:
        return
    above = sum(map(frame.is_text, lines[:at]))
    below = sum(_goes_on(line, one, frame) for line, one in pairwise(lines[at:]))
    if above >= FOLLOWING > below:  # else it is a title page
        yield pdf_flaw(page, "heading-stranded", f"a heading at the page's foot: {quoted(lines[at].text)}")


def _goes_on(above: Line, line: Line, frame: Frame) -> bool:
    """Whether a line under a heading belongs to what it heads: to the text, or to a table in smaller type."""
    return frame.is_text(line) or line.y - above.y < NEAR * frame.pitch


def _label(page: int, lines: Sequence[Line], frame: Frame) -> Iterator[PdfFlaw]:
    """A few signs under a scene break as the last of a page: what they stand over is on the next."""
    if len(lines) <= FEW or not frame.is_text(lines[-3]) or not is_break_line(lines[-2]) or is_break_line(lines[-1]):
        return
    label = lines[-1]
    if label.count <= LABEL and label.text[-1:] not in ENDS and lines[-2].text[-1:] not in HYPHENS:
        yield pdf_flaw(page, "heading-stranded", f"a label alone at the page's foot: {quoted(label.text)}")


def _foot(page: int, lines: Sequence[Line], frame: Frame) -> Iterator[PdfFlaw]:
    if len(lines) <= MANY_LINES - FOLLOWING:
        return
    short = (frame.foot - lines[-1].y) / frame.pitch
    if short > ONE_SHORT:
        code = "foot-shorter" if short > MORE_SHORT else "foot-short"
        much = f"{round(short)} {'lines' if short > MORE_SHORT else 'line'}"
        yield pdf_flaw(page, code, f"the page ends {much} short, with {quoted(lines[-1].text)}")
