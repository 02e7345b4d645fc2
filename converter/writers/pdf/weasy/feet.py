"""Feet of pages that are short, and pages of a few lines at a chapter's end, are mended as each page is laid out.

WeasyPrint fills a page until something doesn't fit. Where lines are left over then, a few paragraphs of it are set a
line longer, with more space between words: what follows stands further down, the page ends where it did, and nothing
has to be laid out again. Where a chapter would end in a page of a few lines, its last paragraphs are set tighter until
these lines stand on the page before; or else that page ends earlier, and is filled up in the first manner. Every choice
speaks of one page and the end of its chapter, so that a chapter's pages are the same wherever it is printed.

Only paragraphs that stand on one page whole are changed, only where lines are justified, and only the space between
words: with more or less between letters there would be no ligatures. Private names of WeasyPrint 70: `remake_page` of
`layout.page`, `iter_line_boxes` of `layout.inline`, the context's `page_maker`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from converter.document.record import dataclass
from converter.writers.pdf.weasy.hyphens import is_mere_words

STORY = "body"  # pages of this name
FEW = 4  # lines: a last page of no more is none
SHORTEST_LAST = 0.08  # of the measure, that a line which is won should fill
LARGEST_APART, MOST_APART = 0.13, 0.06  # em between words to win a line; of the measure, that each line gives
MOST_FOR_ONE = 0.045  # where the foot lacks one line
LARGEST_NEARER, MOST_NEARER = -0.05, 0.03  # and to lose one: a line is set at most two hundredths narrower
STEPS = ((0.4, False), (0.7, False), (0.7, True), (1.0, True))  # of the largest; whether hyphens help, too
WORDS_IN_A_LINE = 8  # spaces in a line, about: which of the steps to begin with
TRIALS, TRIALS_FOR_ONE = 16, 4  # for each page; where it lacks one line
MOST_PULLED = 3  # lines
MUCH = 1.5  # lines: a foot that is short by more is seen, though it may lack but one
MANY = 2  # lines left over that are a fault worth a page laid out anew
MOST_DRAWN = 2  # paragraphs that are set shorter for it
MOST_PUSHED = 4  # lines by which a page ends earlier, beside those it must, for the sake of the last one
SHORTEST = 5  # lines by which such a page may be short
SLACK = 0.02  # of a line: what rounding leaves over
NARROW = 0.38  # em: about the width of a letter


@contextmanager
def level_feet() -> Iterator[None]:
    """While it lasts pages are laid out so."""
    from weasyprint.layout import page

    make = page.remake_page
    page.remake_page = _Feet(make).page
    try:
        yield
    finally:
        page.remake_page = make


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph as it was laid out, the box that it was made from, and where that stands in the tree."""

    made: Any
    source: Any
    path: tuple[int, ...]
    begun: bool  # on an earlier page
    goes_on: bool


@dataclass(frozen=True, slots=True)
class _Setting:
    """Lines of a paragraph with other spaces, and the box that makes them."""

    paragraph: _Paragraph
    lines: Sequence[Any]
    source: Any


class _Feet:
    def __init__(self, make: Any) -> None:
        self.make = make
        self.root: Any = None
        self.seen: dict[str, int] = {}  # where pages begin, and how many lines each is to win, beside those it lacks

    def page(self, index: int, context: Any, root: Any, html: Any) -> Any:
        """In the place of `remake_page`."""
        if root is not self.root:
            self.root, self.seen = root, {}
        begin = str(context.page_maker[index][0])
        page, resume = self.make(index, context, root, html)
        pitch = _pitch(page) if page.page_type.name == STORY and not _has_notes(context, page) else 0.0
        goes_on = _goes_on(context, index, resume)
        if not pitch or not (goes_on or begin in self.seen):
            return page, resume
        spread = _Spread(self.make, index, context, root, html, page, resume, pitch)
        if goes_on and begin not in self.seen and len(context.page_maker) == index + 2:
            self.seen |= spread.mend_last_page()
            goes_on = _goes_on(context, index, spread.resume)
        is_new = begin not in self.seen
        self.seen.setdefault(begin, 0)
        spread.fill(self.seen[begin] or (_free(spread.page, pitch) if goes_on else 0))
        if is_new and goes_on and len(context.page_maker) == index + 2:
            spread.draw_up()
        return spread.page, spread.resume


class _Spread:
    """A page, and the next one where that is the last of the chapter."""

    def __init__(
        self, make: Any, index: int, context: Any, root: Any, html: Any, page: Any, resume: Any, pitch: float
    ) -> None:
        self.make, self.index, self.context, self.root, self.html = make, index, context, root, html
        self.page, self.resume, self.pitch = page, resume, pitch
        self.begin = context.page_maker[index][0]
        self.trials = 0
        self.changes: list[tuple[Any, Any]] = []  # boxes of paragraphs, and what was in them before
        self.is_cut = False  # it ends earlier than it had to

    # ------------------------------------------------------------------------------ lines left over

    def fill(self, rows: int) -> int:
        """Sets paragraphs longer until so many lines are won; how many were. None is, where too many would be lacking
        still."""
        if rows < 1:
            return 0
        is_much = _short(self.page, self.pitch) > MUCH
        self.trials, most = (TRIALS, MOST_APART) if is_much else (TRIALS_FOR_ONE, MOST_FOR_ONE)
        settings: list[_Setting] = []
        for paragraph in sorted(self._paragraphs(self.page, self.begin), key=_ease_of_more):
            if len(settings) == rows or self.trials < 1 or _ease_of_more(paragraph) > most:
                break
            if not paragraph.goes_on and (setting := self._tried(paragraph, 1, hyphens=is_much)):
                settings.append(setting)
        if rows - len(settings) >= MANY:
            return 0
        for setting in settings:
            self._put(setting)
        return len(settings)

    def draw_up(self) -> None:
        """Sets paragraphs shorter where lines are left over still, until what is next has room enough."""
        free = _free(self.page, self.pitch)
        if free >= MANY and not self.is_cut:
            least = 1 if free == MANY else MOST_DRAWN
            self._changed(self._paragraphs(self.page, self.begin), -1, least, MOST_DRAWN, self._is_filled)

    def _is_filled(self) -> bool:
        left = _free(self.page, self.pitch) if _goes_on(self.context, self.index, self.resume) else 0
        return left - self.fill(left) < MANY

    def _put(self, setting: _Setting) -> None:
        """Sets a paragraph anew where it stands, and what follows it on the page a line lower."""
        paragraph = setting.paragraph
        if not paragraph.begun:
            self._set(paragraph.source, setting.source)
        paragraph.made.children = list(setting.lines)
        box, path = self.page.children[0], paragraph.path
        for depth, at in enumerate(path, 1):
            child = next(child for child in box.children if getattr(child, "index", None) == at)
            for sibling in box.children[box.children.index(child) + 1 :]:
                sibling.translate(0, self.pitch)
            if _at(self.resume, path[:depth]) is None:  # what goes on reaches to the foot anyway
                child.height += self.pitch
            box = child

    # ------------------------------------------------------------------------------ the chapter's last page

    def mend_last_page(self) -> dict[str, int]:
        """Sees to it that no few lines stand on the chapter's last page, when that is the next one. The lines that the
        next page has to win for it, by where that page begins."""
        free = _free(self.page, self.pitch)
        if not _is_little(self.root, self.resume, self.page, FEW + 1 + free):
            return {}
        last, rows = self._next()
        if last is None or (rows > FEW and free < MANY):
            return {}
        both = _joined([*self._paragraphs(self.page, self.begin), *self._paragraphs(last, self.resume)])
        over, lacking = rows - free, FEW + 1 - rows
        if over <= MOST_PULLED and self._changed(both, -1, over, over, self._is_last):
            return {}
        if lacking > 0:
            beyond = _Spread(self.make, self.index + 1, self.context, self.root, self.html, last, None, self.pitch)
            beyond.begin = self.resume
            won = beyond.fill(lacking)
            beyond.undo()
            if won == lacking:
                return {str(self.resume): lacking}
            if not self._changed(both, 1, 1, MOST_PULLED, self._is_enough):
                self._end_earlier(free + lacking)
        return {}

    def _is_last(self) -> bool:
        return not _goes_on(self.context, self.index, self.resume)

    def _is_enough(self) -> bool:
        last, rows = self._next()
        return last is not None and rows > FEW and self._is_filled()

    def _end_earlier(self, earlier: int) -> None:
        """Ends this page so many lines earlier, or a few more, until the last one has enough."""
        kept = self._kept()
        for lines in range(earlier, earlier + MOST_PUSHED):
            with _shorter_pages(lines * self.pitch):
                self._remake()
            self.page.height += lines * self.pitch
            last, rows = self._next()
            if last is None or _free(self.page, self.pitch) > SHORTEST:
                break
            if rows > FEW:
                self.is_cut = True
                return
        self._keep(*kept)

    def _next(self) -> tuple[Any, int]:
        """The next page as it would come out now, and its lines, if the chapter ends on it, without notes."""
        context = self.context
        notes, reported, broken = list(context.footnotes), list(context.reported_footnotes), context.broken_out_of_flow
        page, resume = self.make(self.index + 1, context, self.root, self.html)
        ends = not _goes_on(context, self.index + 1, resume) and not _has_notes(context, page)
        context.footnotes[:], context.reported_footnotes[:] = notes, reported
        context.broken_out_of_flow = broken
        del context.page_maker[self.index + 2 :]
        return (page, _rows(page, self.pitch)) if ends else (None, 0)

    # ------------------------------------------------------------------------------ paragraphs

    def _changed(
        self, paragraphs: Sequence[_Paragraph], more: int, least: int, most: int, enough: Callable[[], bool]
    ) -> bool:
        """Whether it is enough when paragraphs, from `least` to `most`, are set a line longer or shorter, those first
        that do it most easily. If it isn't, nothing is changed."""
        kept, mark, count = self._kept(), len(self.changes), 0
        ease, limit = (_ease_of_more, MOST_APART) if more > 0 else (_ease_of_less, MOST_NEARER)
        self.trials = TRIALS
        for paragraph in sorted(paragraphs, key=ease):
            if count == most or self.trials < 1 or ease(paragraph) > limit:
                break
            if paragraph.begun or paragraph.goes_on or not (setting := self._tried(paragraph, more)):
                continue
            self._set(paragraph.source, setting.source)
            count += 1
            if count >= least:
                self._remake()
                if enough():
                    return True
        self.undo(mark)
        self._keep(*kept)
        return False

    def _set(self, source: Any, children: Any) -> None:
        self.changes.append((source, source.children))
        source.children = children

    def undo(self, mark: int = 0) -> None:
        """Takes back how paragraphs are set, down to this number of changes."""
        while len(self.changes) > mark:
            source, children = self.changes.pop()
            source.children = children

    def _remake(self) -> None:
        self.page, self.resume = self.make(self.index, self.context, self.root, self.html)

    def _kept(self) -> tuple[Any, Any, Any]:
        return self.page, self.resume, self.context.page_maker[self.index + 1]

    def _keep(self, page: Any, resume: Any, beyond: Any) -> None:
        self.page, self.resume, self.context.page_maker[self.index + 1] = page, resume, beyond

    def _paragraphs(self, page: Any, begin: Any) -> list[_Paragraph]:
        """What can be set anew of a page that begins there."""
        found: list[_Paragraph] = []

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
                paragraph = _Paragraph(child, of, way, _at(begin, way) is not None, goes_on)
                if _is_free(paragraph):
                    found.append(paragraph)

        visit(page.children[0], self.root, ())
        return found

    def _tried(self, paragraph: _Paragraph, more: int, *, hyphens: bool = True) -> _Setting | None:
        """The paragraph with one line more or less, if spaces that nobody minds make it so."""
        made, source = paragraph.made, paragraph.source.children[0]
        wanted, measure, size = len(made.children) + more, made.width, made.style["font_size"]
        begin = _at(self.begin, paragraph.path)[0] if paragraph.begun else None
        ease, largest = (
            (_ease_of_more(paragraph), LARGEST_APART) if more > 0 else (_ease_of_less(paragraph), LARGEST_NEARER)
        )
        needed = ease * measure / size / WORDS_IN_A_LINE
        likely = [step for step in STEPS if step[0] * abs(largest) >= needed * 0.8 or step[1]]
        for part, moved in [step for step in likely if hyphens or not step[1]][:3]:
            self.trials -= 1
            spaced = _spaced(source, part * largest * size, moved)
            lines = self._lines(made, spaced, begin)
            if len(lines) == wanted and lines[-1].width >= SHORTEST_LAST * measure:
                return _Setting(paragraph, lines, [spaced])
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


@contextmanager
def _shorter_pages(by: float) -> Iterator[None]:
    """While it lasts pages are laid out so much lower than they are."""
    from weasyprint.layout import page

    height = page.page_height

    def lower(box: Any, *rest: Any) -> None:
        height(box, *rest)
        box.height -= by

    page.page_height = lower
    try:
        yield
    finally:
        page.page_height = height


def _goes_on(context: Any, index: int, resume: Any) -> bool:
    """Whether this page ends within a chapter."""
    return resume is not None and context.page_maker[index + 1][1]["break"] == "any"


def _has_notes(context: Any, page: Any) -> bool:
    return bool(page.children[1].children or context.reported_footnotes or context.broken_out_of_flow)


def _is_of_lines(box: Any) -> bool:
    return bool(box.children) and type(box.children[0]).__name__ == "LineBox"


def _leaf(box: Any, at: int = -1) -> Any:
    """What stands last on a page, or first (0)."""
    while type(box).__name__ != "LineBox" and (
        inside := [child for child in box.children if child.is_in_normal_flow()]
    ):
        box = inside[at]
    return box


def _pitch(page: Any) -> float:
    """The distance of the lines of the page's last paragraph; 0 where something else stands last."""
    leaf = _leaf(page.children[0])
    return float(leaf.height) if type(leaf).__name__ == "LineBox" else 0.0


def _short(page: Any, pitch: float) -> float:
    """By how many lines, and parts of one, a page is short."""
    leaf = _leaf(page.children[0])
    left: float = page.content_box_y() + page.height - leaf.position_y - leaf.height
    return left / pitch


def _free(page: Any, pitch: float) -> int:
    return int(_short(page, pitch) + SLACK)


def _rows(page: Any, pitch: float) -> int:
    first, last = _leaf(page.children[0], 0), _leaf(page.children[0])
    height: float = last.position_y + last.margin_height() - first.position_y
    return round(height / pitch)


def _at(resume: Any, path: Sequence[int]) -> Any:
    """Where a box goes on that stands here in the tree; None if it doesn't, or begins there."""
    for at in path:
        if not resume or at not in resume:
            return None
        resume = resume[at]
    return resume


def _is_free(paragraph: _Paragraph) -> bool:
    """Whether it is justified, and nothing but words."""
    made, style = paragraph.made, paragraph.made.style
    return (
        len(paragraph.source.children) == 1
        and style["text_align_all"] == "justify"
        and style["white_space"] == "normal"
        and made.first_letter_style is None
        and made.first_line_style is None
        and is_mere_words(paragraph.source.children[0])
    )


def _joined(paragraphs: Sequence[_Paragraph]) -> list[_Paragraph]:
    """Those of two pages, the one that goes from one to the other as one."""
    found: dict[tuple[int, ...], _Paragraph] = {}
    for paragraph in paragraphs:
        before = found.get(paragraph.path)
        if before is None:
            found[paragraph.path] = paragraph
        else:
            made = before.made.copy_with_children([*before.made.children, *paragraph.made.children])
            found[paragraph.path] = _Paragraph(made, before.source, before.path, before.begun, paragraph.goes_on)
    return list(found.values())


def _filled(line: Any, measure: float) -> float:
    return float(line.width / measure)


def _ease_of_more(paragraph: _Paragraph) -> float:
    """The part of the measure that each line has to give up for one more."""
    lines = paragraph.made.children
    return (1 + SHORTEST_LAST - _filled(lines[-1], paragraph.made.width)) / len(lines)


def _ease_of_less(paragraph: _Paragraph) -> float:
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


def _is_little(root: Any, resume: Any, page: Any, lines: int) -> bool:
    """Whether what is left of the chapter may be no more than so many lines."""
    leaf = _leaf(page.children[0])
    room: float = lines * page.width / (NARROW * leaf.style["font_size"])

    def left(box: Any, resume: Any) -> bool:
        """Takes what is left in a box; whether the chapter ends in it, or there is too much."""
        nonlocal room
        if not box.children:
            text = getattr(box, "text", "")
            room -= len(text) - (next(iter(resume)) if resume else 0)
            return room < 0
        at, inside = next(iter(resume.items())) if resume else (0, None)
        for number, child in enumerate(box.children[at:]):
            if (number or not resume) and child.style["break_before"] not in ("auto", "avoid"):
                return True
            if left(child, inside):
                return True
            inside = None
        return False

    left(root, resume)
    return room >= 0
