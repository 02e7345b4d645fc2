"""Faults of lines and paragraphs: widows, orphans, runts, loose lines, hyphens, dashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from converter.checker.pdf.flaws import PdfFlaw, pdf_flaw, quoted
from converter.checker.pdf.flow import Placed, is_break_line
from converter.checker.pdf.frame import CLOSE, Frame
from converter.document.patterns import regex

LOOSE, VERY_LOOSE = 2.0, 3.0  # times the usual gap between words
UNEVEN = 3.0  # times the narrowest gap of its line: a wider one was left on purpose, as before a page's number
ENOUGH_SIGNS = 12  # of a line whose gaps are judged
RUNT = 0.05  # of the measure
RUNT_LETTERS = 3  # a last line with fewer letters is one, however wide
LADDER = 3  # lines in a row that end in a hyphen
DASHES = frozenset("—–")
NO_DASH = ("", *DASHES, *"⸺⸻")  # after one: it stands alone, or two are a name left blank
BESIDE = 2.0  # points: a line that begins so near to the margin is not set in
HANGING = 0.8  # of the type size: marks may hang so far into the margin
HANGING_WHOLE = 1.1  # the same where each mark has a square of its own
OPENS_WITH_DASH = regex(r"(?<=\s)[—–](?=\w)")  # as in Spanish: there a line may begin with one
WORDS_ROUND_DASH = regex(r"(?<=\w)[—–](?=\w)")
QUOTED_END = 40  # signs of a line's end that are quoted


def lines_rules(flow: Sequence[Placed], frame: Frame) -> Iterator[PdfFlaw]:
    """The faults of lines and paragraphs in the text, in order."""
    flow = [one for one in flow if not is_break_line(one.line)]
    yield from _loose(flow, frame)
    yield from _overfull(flow, frame)
    yield from _hyphens(flow)
    yield from _dashes(flow)
    yield from _runts(flow)
    yield from _widows(flow)
    yield from _orphans(flow)


def stretch(one: Placed) -> float:
    """The mean gap between the words of a line, in points; 0 where it has none."""
    return sum(one.line.gaps) / len(one.line.gaps) if one.line.gaps else 0.0


def stretched(flow: Sequence[Placed], frame: Frame) -> Iterator[Placed]:
    """The lines that were drawn out to the margin."""
    if not (frame.justified and frame.gap):
        return
    for one in flow:
        if one.text and one.full and one.line.spaced and one.line.count > ENOUGH_SIGNS and _is_even(one.line.gaps):
            yield one


def _is_even(gaps: Sequence[float]) -> bool:
    """Whether the gaps of a line are such as justified text has: one among narrow ones is none between words."""
    return len(gaps) > 1 and max(gaps) < UNEVEN * min(gaps)


def _loose(flow: Sequence[Placed], frame: Frame) -> Iterator[PdfFlaw]:
    for one in stretched(flow, frame):
        times = stretch(one) / frame.gap
        if times > LOOSE:
            code = "line-very-loose" if times > VERY_LOOSE else "line-loose"
            yield pdf_flaw(one.page, code, f"the gaps are {times:.1f} times the usual: {quoted(one.line.text)}")


def _overfull(flow: Sequence[Placed], frame: Frame) -> Iterator[PdfFlaw]:
    for one in flow if frame.justified else ():
        over = one.line.right - one.right
        begins = one.start or abs(one.line.left - one.left) < BESIDE or one.line.beside
        room = HANGING if one.line.spaced else HANGING_WHOLE
        if one.text and begins and over > room * frame.size and one.line.count > ENOUGH_SIGNS:
            yield pdf_flaw(
                one.page, "line-overfull", f"a line runs {over:.0f} pt into the margin: {quoted(one.line.text)}"
            )


def _hyphens(flow: Sequence[Placed]) -> Iterator[PdfFlaw]:
    row = 0
    for one, after in zip(flow, [*flow[1:], None], strict=False):
        cut = one.text and one.hyphened and (one.full or not one.end)
        row = row + 1 if cut else 0
        end = one.line.text[-QUOTED_END:]
        if row == LADDER:
            yield pdf_flaw(
                one.page, "hyphen-ladder", f"{LADDER} lines in a row end in a hyphen, the last {quoted(end)}"
            )
        if cut and after and after.page != one.page:
            yield pdf_flaw(one.page, "hyphen-page-end", f"the page ends in the midst of a word: {quoted(end)}")


def _dashes(flow: Sequence[Placed]) -> Iterator[PdfFlaw]:
    texts = [one.line.text for one in flow if one.text and one.line.text[:1] not in DASHES]
    opening = sum(len(OPENS_WITH_DASH.findall(text)) for text in texts)
    between = sum(len(WORDS_ROUND_DASH.findall(text)) for text in texts)
    for one in flow:
        text = one.line.text
        if not one.text or one.start or text[:1] not in DASHES or text[1:2] in NO_DASH or not one.line.spaced:
            continue
        if one.line.left - one.left > BESIDE and not one.line.beside:
            continue  # a signature, a source
        if text[1] != " " and opening > between:
            continue  # it opens what stands between two dashes
        yield pdf_flaw(one.page, "line-dash", f"a line begins with a dash: {quoted(text, QUOTED_END)}")


def _runts(flow: Sequence[Placed]) -> Iterator[PdfFlaw]:
    for before, one in pairwise(flow):
        line = one.line
        if not (one.text and before.text and one.end and not one.start and line.spaced):
            continue
        few = sum(map(str.isalpha, line.text)) < RUNT_LETTERS and not one.full
        if few or line.right - line.left < RUNT * one.measure:
            yield pdf_flaw(one.page, "line-runt", f"a paragraph's last line is only {quoted(line.text)}")
        if before.hyphened and " " not in line.text.strip():
            whole = f"{before.line.text.rsplit(' ', 1)[-1]}{line.text}"
            yield pdf_flaw(one.page, "line-half-word", f"a paragraph's last line is half a word: {quoted(whole)}")


def _widows(flow: Sequence[Placed]) -> Iterator[PdfFlaw]:
    for i in range(1, len(flow)):
        one, before = flow[i], flow[i - 1]
        if one.at or one.start or not one.text or not before.text or before.page != one.page - 1:
            continue
        if abs(one.line.left - one.left) > BESIDE or not one.line.spaced or one.of == 1 or not one.end:
            continue
        goes_on = before.full or before.hyphened or not before.end
        if goes_on and (i + 1 == len(flow) or flow[i + 1].page == one.page):
            yield pdf_flaw(
                one.page, "line-widow", f"a paragraph's last line at the page's head: {quoted(one.line.text)}"
            )


def _orphans(flow: Sequence[Placed]) -> Iterator[PdfFlaw]:
    for one, after in pairwise(flow):
        if one.at != one.of - 1 or not (one.text and one.start and one.line.spaced) or after.page != one.page + 1:
            continue
        if after.at or after.start or not after.text or one.end:
            continue
        if abs(after.line.left - after.left) < CLOSE:
            yield pdf_flaw(
                one.page, "line-orphan", f"a paragraph's first line at the page's foot: {quoted(one.line.text)}"
            )
