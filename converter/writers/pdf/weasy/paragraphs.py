"""The paragraphs of a page as they can be set anew: a line longer or shorter, by the space between their words.

In come boxes of WeasyPrint 70 that were laid out, and those that they were made from; out come the lines as they would
be, which is asked of WeasyPrint (`iter_line_boxes` of `layout.inline`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from converter.document.record import dataclass
from converter.writers.pdf.weasy.hyphens import is_mere_words

SHORTEST_LAST = 0.08  # of the measure, that a line which is won should fill
LARGEST_APART, MOST_APART = 0.13, 0.06  # em between words to win a line; of the measure, that each line gives
LARGEST_NEARER, MOST_NEARER = -0.05, 0.03  # and to lose one: a line is set at most two hundredths narrower
STEPS = ((0.4, False), (0.7, False), (0.7, True), (1.0, True))  # of the largest; whether hyphens help, too
WORDS_IN_A_LINE = 8  # spaces in a line, about: which of the steps to begin with


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it was laid out, the box that it was made from, and where that stands in the tree."""

    made: Any
    source: Any
    path: tuple[int, ...]
    begun: bool  # on an earlier page
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of a paragraph with other spaces, and the box that makes them."""

    paragraph: Paragraph
    lines: Sequence[Any]
    source: Any


def joined(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Those of two pages, the one that goes from one to the other as one."""
    found: dict[tuple[int, ...], Paragraph] = {}
    for paragraph in paragraphs:
        before = found.get(paragraph.path)
        if before is None:
            found[paragraph.path] = paragraph
        else:
            made = before.made.copy_with_children([*before.made.children, *paragraph.made.children])
            found[paragraph.path] = Paragraph(made, before.source, before.path, before.begun, paragraph.goes_on)
    return list(found.values())


class Trials:
    """Setting paragraphs anew, so many times at most, on a page that begins at this place in the tree."""

    def __init__(self, context: Any, begin: Any, left: int) -> None:
        self.context, self.begin, self.left = context, begin, left

    def tried(self, paragraph: Paragraph, more: int, *, hyphens: bool = True) -> Setting | None:
        """The paragraph with one line more or less, if spaces that nobody minds make it so."""
        made, source = paragraph.made, paragraph.source.children[0]
        wanted, measure, size = len(made.children) + more, made.width, made.style["font_size"]
        begin = place_in(self.begin, paragraph.path)[0] if paragraph.begun else None
        ease, largest = (
            (ease_of_more(paragraph), LARGEST_APART) if more > 0 else (ease_of_less(paragraph), LARGEST_NEARER)
        )
        needed = ease * measure / size / WORDS_IN_A_LINE
        likely = [step for step in STEPS if step[0] * abs(largest) >= needed * 0.8 or step[1]]
        for part, moved in [step for step in likely if hyphens or not step[1]][:3]:
            self.left -= 1
            spaced = _spaced(source, part * largest * size, moved)
            lines = self._lines(made, spaced, begin)
            if len(lines) == wanted and lines[-1].width >= SHORTEST_LAST * measure:
                return Setting(paragraph, lines, [spaced])
        return None

    def _lines(self, made: Any, source: Any, begin: Any) -> list[Any]:
        from weasyprint.layout import inline

        self.context.create_block_formatting_context()
        lines, top = [], made.children[0].position_y
        for line, resume in inline.iter_line_boxes(self.context, source, top, 0, begin, made, [], [], None, None):
            line.resume_at = resume
            lines.append(line)
        self.context.finish_block_formatting_context()
        return lines


def paragraphs_of(root: Any, page: Any, begin: Any) -> list[Paragraph]:
    """What can be set anew of a page that begins there."""
    found: list[Paragraph] = []

    def visit(made: Any, source: Any, path: tuple[int, ...]) -> None:
        for child in made.children:
            at = getattr(child, "index", None)
            if at is None or type(child).__name__ != "BlockBox" or not child.is_in_normal_flow():
                continue
            of, way = source.children[at], (*path, at)
            if not _is_of_lines(child):
                visit(child, of, way)
                continue
            goes_on = child.children[-1].resume_at is not None
            paragraph = Paragraph(child, of, way, place_in(begin, way) is not None, goes_on)
            if _is_free(paragraph):
                found.append(paragraph)

    visit(page.children[0], root, ())
    return found


def _is_of_lines(box: Any) -> bool:
    return bool(box.children) and type(box.children[0]).__name__ == "LineBox"


def place_in(resume: Any, path: Sequence[int]) -> Any:
    """Where a box goes on that stands here in the tree; None if it doesn't, or begins there."""
    for at in path:
        if not resume or at not in resume:
            return None
        resume = resume[at]
    return resume


def _is_free(paragraph: Paragraph) -> bool:
    """Whether it is justified, has a width, and is nothing but words."""
    made, style = paragraph.made, paragraph.made.style
    return (
        made.width > 0
        and len(paragraph.source.children) == 1
        and style["text_align_all"] == "justify"
        and style["white_space"] == "normal"
        and made.first_letter_style is None
        and made.first_line_style is None
        and is_mere_words(paragraph.source.children[0])
    )


def _filled(line: Any, measure: float) -> float:
    return float(line.width / measure) if measure else 1.0


def ease_of_more(paragraph: Paragraph) -> float:
    """The part of the measure that each line has to give up for one more."""
    lines = paragraph.made.children
    return (1 + SHORTEST_LAST - _filled(lines[-1], paragraph.made.width)) / len(lines)


def ease_of_less(paragraph: Paragraph) -> float:
    """The part of the measure by which each line has to be narrower for one less."""
    lines = paragraph.made.children
    return _filled(lines[-1], paragraph.made.width) / (len(lines) - 1) if len(lines) > 1 else 1.0


def _spaced(box: Any, space: float, hyphens: bool) -> Any:
    """A copy of a line that is not broken yet, with so much more between its words, in CSS pixels. With `hyphens` there
    are none where it is to be longer, and as many as can be where it is to be shorter."""
    from weasyprint.css.properties import INITIAL_VALUES

    copy = box.deepcopy()

    def visit(piece: Any) -> None:
        style = piece.style = piece.style.copy()
        style["word_spacing"] = style["word_spacing"] + space
        if hyphens and style["hyphens"] == "auto":
            if space > 0:
                style["hyphens"] = "manual"
            else:
                style["hyphenate_limit_zone"] = INITIAL_VALUES["hyphenate_limit_zone"]  # 0
        for child in piece.children:
            visit(child)

    visit(copy)
    return copy
