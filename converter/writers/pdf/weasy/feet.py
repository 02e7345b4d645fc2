"""Feet of pages that are short, and pages of a few lines at a chapter's end, are mended as each page is laid out.

WeasyPrint fills a page until something doesn't fit. Where lines are left over then, a few paragraphs of it are set a
line longer, with more space between words: what follows stands further down, the page ends where it did, and nothing
has to be laid out again. Where a chapter would end in a page of a few lines, its last paragraphs are set tighter until
these lines stand on the page before; or else that page ends earlier, and is filled up in the first manner. Every choice
speaks of one page and the end of its chapter, so that a chapter's pages are the same wherever it is printed.

Only paragraphs that stand on one page whole are changed, only where lines are justified, and only the space between
words: with more or less between letters there would be no ligatures. Private names of WeasyPrint 70: `remake_page`
and `page_height` of `layout.page`, the context's `page_maker`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from converter.writers.pdf.weasy.paragraphs import (
    MOST_APART,
    MOST_NEARER,
    Paragraph,
    Setting,
    Trials,
    ease_of_less,
    ease_of_more,
    joined,
    paragraphs_of,
    place_in,
)

STORY = "body"  # pages of this name
FEW, FEWEST = 4, 2  # lines: a last page of no more is none; of no more, and it is worth a short page before it
MOST_SHORT = 2  # lines by which that page may be short for a last one with more than a few
MOST_FOR_ONE = 0.045  # where the foot lacks one line
TRIALS, TRIALS_FOR_ONE = 16, 4  # for each page; where it lacks one line
MOST_PULLED = 3  # lines
MUCH = 1.5  # lines: a foot that is short by more is seen, though it may lack but one
MANY = 2  # lines left over that are a fault worth a page laid out anew
MOST_DRAWN = 2  # paragraphs that are set shorter for it
MOST_PUSHED = 4  # lines by which a page ends earlier, beside those it must, for the sake of the last one
SHORTEST = 5  # lines by which such a page may be short
HOLE = 4  # lines that are lacking at a page's foot and seen before anything else
NEAR = 3  # blocks that stand above a scene break for whose sake a page ends early
RELEASED = "auto"  # what `break-after` a scene break then has that may be the last thing on its page
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
            spread.leave_sign()
        return spread.page, spread.resume


class _Spread:
    """A page, and the next one where that is the last of the chapter."""

    def __init__(
        self, make: Any, index: int, context: Any, root: Any, html: Any, page: Any, resume: Any, pitch: float
    ) -> None:
        self.make, self.index, self.context, self.root, self.html = make, index, context, root, html
        self.page, self.resume, self.pitch = page, resume, pitch
        self.begin = context.page_maker[index][0]
        self.changes: list[tuple[Any, Any]] = []  # boxes of paragraphs, and what was in them before
        self.is_cut = False  # it ends earlier than it had to

    # ------------------------------------------------------------------------------ lines left over

    def fill(self, rows: int) -> int:
        """Sets paragraphs longer until so many lines are won; how many were. None is, where too many would be lacking
        still."""
        if rows < 1:
            return 0
        is_much = _short(self.page, self.pitch) > MUCH
        count, most = (TRIALS, MOST_APART) if is_much else (TRIALS_FOR_ONE, MOST_FOR_ONE)
        trials = Trials(self.context, self.begin, count)
        settings: list[Setting] = []
        for paragraph in sorted(paragraphs_of(self.root, self.page, self.begin), key=ease_of_more):
            if len(settings) == rows or trials.left < 1 or ease_of_more(paragraph) > most:
                break
            if not paragraph.goes_on and (setting := trials.tried(paragraph, 1, hyphens=is_much)):
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
            self._changed(paragraphs_of(self.root, self.page, self.begin), -1, least, MOST_DRAWN, self._is_filled)

    def leave_sign(self) -> None:
        """Leaves the sign of a scene break last on the page where lines went over to stand above it, and too many are
        lacking still."""
        free = _free(self.page, self.pitch)
        sign = _break_near(self.root, self.resume) if free >= HOLE and not self.is_cut else None
        if sign is None:
            return
        kept, room = self._kept(), sign.style["margin_bottom"]
        sign.style |= {"break_after": RELEASED, "margin_bottom": room._replace(value=0)}
        self._remake()
        left = _free(self.page, self.pitch)
        if left >= free or not _goes_on(self.context, self.index, self.resume):
            sign.style |= {"break_after": "avoid", "margin_bottom": room}
            self._keep(*kept)
        elif left < MANY:
            self.fill(left)

    def _is_filled(self) -> bool:
        left = _free(self.page, self.pitch) if _goes_on(self.context, self.index, self.resume) else 0
        return left - self.fill(left) < MANY

    def _put(self, setting: Setting) -> None:
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
            if place_in(self.resume, path[:depth]) is None:  # what goes on reaches to the foot anyway
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
        both = joined([*paragraphs_of(self.root, self.page, self.begin), *paragraphs_of(self.root, last, self.resume)])
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
                enough = FEW if lacking <= MOST_SHORT else FEWEST
                self._end_earlier(free + enough + 1 - rows, enough)
        return {}

    def _is_last(self) -> bool:
        return not _goes_on(self.context, self.index, self.resume)

    def _is_enough(self) -> bool:
        last, rows = self._next()
        return last is not None and rows > FEW and self._is_filled()

    def _end_earlier(self, earlier: int, enough: int) -> None:
        """Ends this page so many lines earlier, or a few more, until the last one has more than are `enough`."""
        kept = self._kept()
        for lines in range(earlier, earlier + MOST_PUSHED):
            with _shorter_pages(lines * self.pitch):
                self._remake()
            self.page.height += lines * self.pitch
            last, rows = self._next()
            if last is None or _free(self.page, self.pitch) > SHORTEST:
                break
            if rows > enough:
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
        self, paragraphs: Sequence[Paragraph], more: int, least: int, most: int, enough: Callable[[], bool]
    ) -> bool:
        """Whether it is enough when paragraphs, from `least` to `most`, are set a line longer or shorter, those first
        that do it most easily. If it isn't, nothing is changed."""
        kept, mark, count = self._kept(), len(self.changes), 0
        ease, limit = (ease_of_more, MOST_APART) if more > 0 else (ease_of_less, MOST_NEARER)
        trials = Trials(self.context, self.begin, TRIALS)
        for paragraph in sorted(paragraphs, key=ease):
            if count == most or trials.left < 1 or ease(paragraph) > limit:
                break
            if paragraph.begun or paragraph.goes_on or not (setting := trials.tried(paragraph, more)):
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


def _break_near(root: Any, resume: Any) -> Any:
    """The scene break that comes next after this place in a chapter, if it comes soon."""
    box = root
    while resume and box.element_tag != "section":
        at, resume = next(iter(resume.items()))
        box = box.children[at]
    while resume and box.element_tag == "section":
        at, resume = next(iter(resume.items()))
        inside, box = box, box.children[at]
        for child in inside.children[at : at + NEAR + 1] if box.element_tag != "section" else ():
            if child.element_tag == "hr":
                return child
    return None


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
