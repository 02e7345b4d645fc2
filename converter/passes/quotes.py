"""Quotation marks and apostrophes at the edges of words: every straight mark gets the direction it was meant to have.

Strategy: a mark's neighbours say how well it opens, closes, or stands for letters left out; what is open says what
may follow. For each paragraph the cheapest reading of all its marks together is found (Viterbi over the stack of open
quotations). A paragraph may end with speech still open when the next one opens again; anything else costs, and what
costs too much is reported. Marks that are already typeset are not changed but take part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from converter.document.contracts import Edit, Improved
from converter.document.findings.words import QuoteFault, QuotesUnbalanced
from converter.document.model import Book
from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.document.text_units import Unit, chapter_units
from converter.document.words import around
from converter.passes.apostrophes import Elisions
from converter.passes.conventions import Conventions
from converter.passes.marks import SLIP, QuoteHabit, QuoteMark, find_habit, find_marks
from converter.passes.rules import edit_text

CODE = "quotes"
UNCLOSED, UNCLOSED_INNER, CONTINUED = 2.5, 3.0, 0.2  # at a paragraph's end; the last: the next paragraph opens again
REOPENED, NOT_OPEN = 3.0, 3.0  # an opening mark inside its own kind; a closing mark of nothing
OTHER_LEVEL = 1.0  # a quotation whose outer marks are not the book's usual ones
NESTED = 0.3
DOUBTFUL = 2.4  # a reading that costs less has no mark that opens or closes nothing
NEVER = 1e9
AT_EDGE = regex(r"['’‘`´](?:(?<![^\W_].)|(?![^\W_]))")
OTHER_MARKS = regex(r"[“”„‟″′＂＇«»‹›]")
OPEN_DOUBLE, CLOSE_DOUBLE, OPEN_SINGLE, CLOSE_SINGLE, APOSTROPHE = range(5)
STACKS = ("", "D", "S", "DS", "SD", "DSD", "SDS")


def _push(stack: str, kind: str, single_outside: bool) -> tuple[str, float]:
    usual = "S" if single_outside else "D"
    if kind in stack:
        top = stack[: stack.rindex(kind) + 1]
        if stack + kind in STACKS and stack[-1] != kind:
            return stack + kind, NESTED
        return top, REOPENED + (UNCLOSED_INNER if len(stack) > len(top) else 0)
    if not stack:
        return kind, 0.0 if kind == usual else OTHER_LEVEL
    return stack + kind, NESTED


def _pop(stack: str, kind: str) -> tuple[str, float]:
    if stack.endswith(kind):
        return stack[:-1], 0.0
    if kind in stack:
        return stack[: stack.rindex(kind)], UNCLOSED_INNER
    return stack, NOT_OPEN


CostTable = dict[str, tuple[tuple[int, str, float], ...]]


def _table(single_outside: bool) -> CostTable:
    table: CostTable = {}
    for stack in STACKS:
        rows = []
        for kind, opening, closing in (("D", OPEN_DOUBLE, CLOSE_DOUBLE), ("S", OPEN_SINGLE, CLOSE_SINGLE)):
            rows += [(opening, *_push(stack, kind, single_outside)), (closing, *_pop(stack, kind))]
        rows.append((APOSTROPHE, stack, 0.0))
        table[stack] = tuple(rows)
    return table


TABLES = {outside: _table(outside) for outside in (False, True)}


@dataclass(frozen=True, slots=True)
class QuoteReading:
    """What each mark of a paragraph means (one of the five actions), and what all that costs."""

    actions: tuple[int, ...]
    cost: float


def read_marks(
    marks: Sequence[QuoteMark], single_outside: bool, goes_on: bool, inner_goes_on: bool = False
) -> QuoteReading:
    """The cheapest reading of a paragraph's marks.

    `goes_on`: the next paragraph begins with an opening mark; `inner_goes_on`: with the outer and the inner one.
    """
    table = TABLES[single_outside]
    best: dict[str, tuple[float, int]] = {"": (0.0, -1)}  # stack -> cost, index into trail
    trail: list[tuple[int, int]] = []  # action, previous index
    for mark in marks:
        costs = mark.costs
        new: dict[str, tuple[float, int, int]] = {}
        for stack, (so_far, back) in best.items():
            for action, after, extra in table[stack]:
                own = costs[action]
                if own >= NEVER:
                    continue
                total = so_far + own + extra
                if after not in new or total < new[after][0]:
                    new[after] = (total, action, back)
        best = {}
        for stack, (total, action, back) in new.items():
            trail.append((action, back))
            best[stack] = (total, len(trail) - 1)
    usual = "S" if single_outside else "D"

    def ending(stack: str) -> float:
        if not stack:
            return 0.0
        if stack == usual:
            return CONTINUED if goes_on else UNCLOSED
        inner = CONTINUED if inner_goes_on else UNCLOSED_INNER
        return UNCLOSED if stack[0] != usual else inner + (CONTINUED if goes_on else UNCLOSED)

    end = min(best, key=lambda s: (best[s][0] + ending(s), len(s)))
    cost, at = best[end]
    actions: list[int] = []
    while at >= 0:
        action, at = trail[at]
        actions.append(action)
    return QuoteReading(tuple(reversed(actions)), cost + ending(end))


def quotes(conventions: Conventions) -> Callable[[Book], Improved]:
    """The pass for a language's conventions. Reports paragraphs in which a mark could not be decided."""

    def improve(book: Book) -> Improved:
        chapters = [chapter_units(chapter) for _, chapter in book.walk()]
        texts = [u.text for units in chapters for u in units]
        habit = find_habit(texts, conventions)
        elisions = Elisions(texts, conventions)
        doubts: list[QuotesUnbalanced] = []

        def rule(units: Sequence[Unit]) -> list[Sequence[Edit]]:
            return _chapter(units, habit.for_chapter([u.text for u in units]), elisions, doubts)

        done = edit_text(CODE, rule)(book)
        return Improved(done.book, done.changes, tuple(doubts))

    return improve


def _chapter(
    units: Sequence[Unit], habit: QuoteHabit, elisions: Elisions, doubts: list[QuotesUnbalanced]
) -> list[Sequence[Edit]]:
    edits: list[Sequence[Edit]] = [()] * len(units)
    at = 0
    while at < len(units):
        end = at + 1
        if units[at].kind == "line":  # the lines of verse are read as one
            while end < len(units) and units[end].kind == "line":
                end += 1
        if any(habit.may_change(u.text) or (elisions.english and SLIP.search(u.text)) for u in units[at:end]):
            following = units[end].text if end < len(units) else ""
            for i, own in enumerate(_paragraph(units[at:end], following, habit, elisions, doubts)):
                edits[at + i] = own
        at = end
    return edits


def _paragraph(
    units: Sequence[Unit], following: str, habit: QuoteHabit, elisions: Elisions, doubts: list[QuotesUnbalanced]
) -> list[Sequence[Edit]]:
    text = "\n".join(u.text for u in units)
    if len(units) == 1 and (plain := _plain(text, habit, following)) is not None:
        return [plain]
    marks = find_marks(text, habit, elisions)
    reading = read_marks(marks, habit.single_outside, habit.opens(following), habit.opens_inner(following))
    new: list[Edit] = []
    if reading.cost > DOUBTFUL and (fault := _fault(text, marks, reading, habit, following)):
        doubts.append(QuotesUnbalanced(*fault, units[0].origin))
    for mark, action in zip(marks, reading.actions, strict=True):
        if mark.straight or (action == APOSTROPHE and text[mark.start] == "‘"):
            new.append(Edit(mark.start, mark.end, habit.glyphs[action]))
    if len(units) == 1:
        return [new]
    answers: list[Sequence[Edit]] = []
    start = 0
    for unit in units:
        end = start + len(unit.text)
        answers.append([Edit(e.start - start, e.end - start, e.new) for e in new if start <= e.start < end])
        start = end + 1
    return answers


def _plain(text: str, habit: QuoteHabit, following: str) -> list[Edit] | None:
    """The edits of a paragraph whose double marks open and close in turn beyond doubt, or None (most are so: 70 %)."""
    if habit.single_outside or _has_more_marks(text):
        return None
    edits: list[Edit] = []
    inside = False
    at = text.find('"')
    while at >= 0:
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if inside:
            fits = (before.isalnum() or before in ".,!?…;:—)") and (not after or after in " \n—,.;:!?)")
        else:
            fits = (not before or before in " \n([—") and (after.isalnum() or after in "…—$£")
        if not fits or not (before or after):
            return None
        edits.append(Edit(at, at + 1, habit.glyphs[CLOSE_DOUBLE if inside else OPEN_DOUBLE]))
        inside = not inside
        at = text.find('"', at + 1)
    return None if inside and not habit.opens(following) else edits


def _has_more_marks(text: str) -> bool:
    """Whether a paragraph has other marks than straight double ones and apostrophes inside words."""
    pairs = ",," in text or "<<" in text or ">>" in text
    return pairs or AT_EDGE.search(text) is not None or OTHER_MARKS.search(text) is not None


def _fault(
    text: str, marks: Sequence[QuoteMark], reading: QuoteReading, habit: QuoteHabit, following: str
) -> tuple[QuoteFault, str] | None:
    """What is wrong with the pairs of a paragraph, and the words around; None when they pair."""
    table = TABLES[habit.single_outside]
    stack = ""
    opened = 0
    for mark, action in zip(marks, reading.actions, strict=True):
        after, extra = next((to, cost) for a, to, cost in table[stack] if a == action)
        near = around(text, mark.start, mark.end).strip()
        if extra >= min(REOPENED, NOT_OPEN, UNCLOSED_INNER):
            if action in (OPEN_DOUBLE, OPEN_SINGLE):
                return "begun again", near
            return "never opened", near
        if len(after) > len(stack):
            opened = mark.start
        stack = after
    if stack and not habit.opens(following):
        return "never closed", around(text, opened, opened, 40).strip()
    return None
