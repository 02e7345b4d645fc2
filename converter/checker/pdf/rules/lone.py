"""Pages that hold a single thing: a note, a heading, a chapter of a line or two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from converter.checker.pdf.flaws import PdfFlaw, pdf_flaw, quoted
from converter.checker.pdf.flow import FEWEST_SIGNS, LEADER, is_larger
from converter.checker.pdf.frame import MANY_LINES, Frame, Leaf
from converter.checker.pdf.lines import Line

NOTE = 0.9  # times the type size: less is a note
MARKS = frozenset("*†‡§¶[(")  # that a note may begin with
FEW = 4  # lines of a page that is nearly empty
TINY = 3  # lines of a chapter, at most
MANY = 4  # tiny chapters, at least
TITLE_LINES = 4  # of a heading, at most
HEAD = 2  # lines over a chapter: its number, its title
SAME_PLACE = 2.0  # points


def lone_rules(
    leaves: Sequence[Leaf], frame: Frame | None, outline: Sequence[tuple[int, str, int]]
) -> Iterator[PdfFlaw]:
    """The pages with one thing alone. `outline` has level, title and page of each entry: a heading with others under it
    is a part's, which stands alone by right."""
    parts = {page for (level, _, page), (below, _, _) in pairwise([*outline, (0, "", 0)]) if below > level}
    chapters = {page for _, _, page in outline} - parts
    if frame is not None:
        yield from _headings(leaves, frame, chapters)
        yield from _notes(leaves, frame)
    yield from _tiny(leaves, chapters)


def _headings(leaves: Sequence[Leaf], frame: Frame, chapters: set[int]) -> Iterator[PdfFlaw]:
    for leaf in leaves:
        lines = frame.within(leaf)
        if leaf.number not in chapters or leaf.number == min(chapters) or not 0 < len(lines) <= TITLE_LINES:
            continue
        if any(is_larger(ln, frame) for ln in lines) and all(
            is_larger(ln, frame) or ln.count < FEWEST_SIGNS for ln in lines
        ):
            named = max(lines, key=lambda line: line.count)
            yield pdf_flaw(leaf.number, "page-only-heading", f"it has only a heading: {quoted(named.text)}")


def _notes(leaves: Sequence[Leaf], frame: Frame) -> Iterator[PdfFlaw]:
    """Pages with small type at their foot and nothing else, after a page of text."""
    below = frame.foot + frame.pitch
    ends = Counter(round(leaf.lines[-1].y) for leaf in leaves if leaf.lines and leaf.lines[-1].y > below)
    numbers = ends.most_common(1)[0][0] if ends else 0
    middle = (frame.top + frame.foot) / 2
    for before, leaf in pairwise(leaves):
        body = [ln for ln in leaf.lines if ln.y > frame.top - frame.pitch / 2 and abs(ln.y - numbers) > SAME_PLACE]
        if not body or body[0].y < middle or sum(map(frame.is_text, before.lines)) <= FEW:
            continue
        begins = body[0].text[:1]
        if all(ln.size < NOTE * frame.size for ln in body) and (begins.isdigit() or begins in MARKS):
            yield pdf_flaw(leaf.number, "page-only-note", f"it has only a note: {quoted(body[0].text)}")


def _tiny(leaves: Sequence[Leaf], chapters: set[int]) -> Iterator[PdfFlaw]:
    tiny = [
        leaf.number
        for leaf in leaves
        if leaf.number in chapters
        and leaf.number != min(chapters)
        and not any(LEADER.search(line.text) for line in leaf.lines)
        and not chapters.isdisjoint((leaf.number + 1, leaf.number + 2))
        and HEAD <= len(_worded(leaf)) <= HEAD + TINY
    ]
    if len(tiny) >= MANY and len(tiny) * 2 > len(chapters):
        said = f"{len(tiny):,} chapters of at most {TINY} lines, each on a page of its own"
        yield pdf_flaw(tiny[0], "chapters-tiny", said)


def _worded(leaf: Leaf) -> list[Line]:
    return [line for line in leaf.lines if any(map(str.isalpha, line.text))] if len(leaf.lines) < MANY_LINES else []
