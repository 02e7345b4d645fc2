"""Text goes round what doesn't fit at the foot of a page: pictures wait for paragraphs after them, boxes are parted.

In come a chapter's blocks as they were laid out, in rows; out comes in which order they are to be set, how much smaller
a picture becomes, and which boxes may be parted. It knows no engine: each lays out a book, reads the heights back, does
what is said here and lays out once more; where pages end otherwise then than was reckoned, up to `ROUNDS` times. A
picture is moved as a block among blocks, so that it is read aloud between two paragraphs, in its own chapter, at most
one page after its place and never before it; pictures keep their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from converter.document.record import dataclass
from converter.writers.pdf.filling import Filled, Parting, Rule, fill

UnitKind = Literal["text", "picture", "box", "fixed"]

ROUNDS = 3
EMPTY = 2.0  # rows at the foot of a page that nobody minds; paragraphs leave one anyway
SMALLEST, SMALL = 0.55, 0.7  # of its size: what a picture is set in to fit; below the other only to fill half a page
SHRUNK, TOO_SMALL = 20.0, 60.0  # the whole of it, in rows left empty: a tenth is worth two; what is lacking to `SMALL`
MOVED, EACH_ROW, PAST_BREAK = 2.0, 0.1, 4.0  # the same for a picture that waits, for each row, for another scene
PARTED, PARTED_HIGH, HIGH = 5.0, 2.0, 3  # for a box over two pages; for one that is higher than this part of a page
SLIGHTLY = 0.05  # rows: what rounding could add
LEAST_PART = 4.0  # rows of a parted box on either page


@dataclass(frozen=True, slots=True)
class Thing:
    """What is set at one time, as `filling.fill` takes it: its rows, the gap before it, what must stand above it."""

    rows: float
    parting: Parting = "lines"
    gap: float = 0.0
    lead: float = 0.0


@dataclass(frozen=True, slots=True)
class Unit:
    """Blocks that follow each other in any case, by their places in the chapter, and what they are made of.

    `picture`: a picture, of whose rows `shrinks` are not its caption. `box`: one that is not parted so far. `fixed`:
    nothing waits for it (a heading and what it stands above, an aside). `breaks`: it begins with a scene break.
    `alone`: the gap before it where no picture stands above. `waited`: rows that a picture has waited for already.
    `above`: rows that were taken of the page on which the unit before ended, where an engine ends pages by rules of its
    own.
    """

    blocks: tuple[int, ...]
    things: tuple[Thing, ...]
    kind: UnitKind = "text"
    shrinks: float = 0.0
    breaks: bool = False
    alone: float = 0.0
    waited: float = 0.0
    above: float | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The order of the chapter's blocks, by their places so far; by these too, the size of pictures that are set
    smaller, as a part of what it was, the boxes that may be parted, and how many rows pictures that wait have waited
    for."""

    order: tuple[int, ...]
    sizes: dict[int, float]
    parted: frozenset[int]
    waited: Mapping[int, float]

    @property
    def nothing(self) -> bool:
        """Whether all stays as it is."""
        return not self.sizes and not self.parted and self.order == tuple(range(len(self.order)))


@dataclass(frozen=True, slots=True)
class _Option:
    """What can be done: `cost` in rows left empty; how many of the units that follow are set first; what it becomes."""

    cost: float
    unit: Unit
    past: int = 0
    size: float = 1.0
    waited: float = 0.0


def arranged(units: Sequence[Unit], rule: Rule, used: float) -> Arrangement:
    """What is to be done in a chapter, of whose first page `used` rows are taken by its opening."""
    order = list(units)
    sizes: dict[int, float] = {}
    waited: dict[int, float] = {}
    parted: set[int] = set()
    done: set[int] = set()
    at = 0
    while at < len(order):
        unit = order[at]
        if unit.above is not None and not (sizes or parted or waited):
            used = unit.above
        ahead = _set(rule, used, _after(order[at - 1] if at else None, unit))
        if unit.kind in ("picture", "box") and unit.blocks[0] not in done and _empty(ahead, used) > EMPTY:
            done.add(unit.blocks[0])
            best = min(_options(order, at, rule, used, ahead), key=lambda option: option.cost)
            _follow(order, at, best)
            if best.unit is not unit and unit.kind == "box":
                parted.add(unit.blocks[0])
            if best.size < 1:
                sizes[unit.blocks[0]] = best.size
            if best.past:
                waited[unit.blocks[0]] = best.waited
            continue
        used = ahead.used
        at += 1
    return Arrangement(tuple(block for unit in order for block in unit.blocks), sizes, frozenset(parted), waited)


def _after(before: Unit | None, unit: Unit) -> Unit:
    """The unit with the gap that it has below this one."""
    first, *others = unit.things
    gap = unit.alone if before is None or before.kind != "picture" else max(unit.alone, before.alone)
    return replace(unit, things=(replace(first, gap=gap), *others))


def _set(rule: Rule, used: float, unit: Unit) -> Filled:
    left_over: tuple[float, ...] = ()
    at_head = False
    for i, thing in enumerate(unit.things):
        filled = fill(rule, used, thing.gap, thing.lead, thing.rows, thing.parting)
        used, left_over = filled.used, left_over + filled.left_over
        at_head = filled.at_head if not i else at_head
    return Filled(used, left_over, at_head)


def _empty(filled: Filled, used: float) -> float:
    """Rows that stay empty on the page on which something would have begun."""
    return filled.left_over[0] if used and filled.at_head and filled.left_over else 0.0


def _options(order: Sequence[Unit], at: int, rule: Rule, used: float, ahead: Filled) -> Iterator[_Option]:
    unit = _after(order[at - 1] if at else None, order[at])
    yield _Option(_empty(ahead, used), order[at])
    if unit.kind == "box":
        (thing,) = unit.things
        begun = rule.rows - used - thing.gap - thing.lead
        if begun >= LEAST_PART and thing.rows - begun >= LEAST_PART:
            cost = PARTED_HIGH if thing.rows > rule.rows / HIGH else PARTED
            yield _Option(cost, replace(order[at], things=(replace(thing, parting="rows"),), kind="text"))
        return
    yield from _smaller(unit, rule, used, _Option(0.0, unit))
    yield from _waiting(order, at, rule, used)


def _smaller(unit: Unit, rule: Rule, used: float, whole: _Option) -> Iterator[_Option]:
    """The picture in the size for which there is room on the page, else as this option has it."""
    (thing,) = unit.things
    room = int(rule.rows - used - thing.gap - thing.lead + 0.02)
    size = (room - SLIGHTLY - thing.rows + unit.shrinks) / unit.shrinks if unit.shrinks else 0.0
    if SMALLEST <= size < 1:
        smaller = replace(unit, things=(replace(thing, rows=float(room)),))
        lost = SHRUNK * (1 - size) + TOO_SMALL * max(0.0, SMALL - size)
        yield replace(whole, cost=whole.cost + lost, unit=smaller, size=size)


def _waiting(order: Sequence[Unit], at: int, rule: Rule, used: float) -> Iterator[_Option]:
    """The picture after one, two, ... of the units that follow, as far as it is not more than a page away."""
    picture, before = order[at], order[at - 1] if at else None
    cost, turned, rows = MOVED, 0, picture.waited
    for past, unit in enumerate(_not_pictures(order[at + 1 :]), 1):
        if unit.kind in ("fixed", "box"):
            return
        set_ = _set(rule, used, _after(before, unit))
        used, before = set_.used, unit
        turned += len(set_.left_over)
        more = sum(thing.rows + thing.lead for thing in unit.things)
        rows += more
        cost += EACH_ROW * more + (PAST_BREAK if unit.breaks else 0)
        cost += sum(max(0.0, left - 1) for left in set_.left_over)
        if turned > 1 or rows > rule.rows:
            return
        here = _after(before, picture)
        then = _set(rule, used, here)
        option = _Option(cost, picture, past, waited=rows)
        if turned + len(then.left_over) <= 1:
            yield replace(option, cost=cost + max(0.0, _empty(then, used) - 1))
        if then.left_over:
            yield from _smaller(here, rule, used, option)


def _not_pictures(units: Iterable[Unit]) -> Iterator[Unit]:
    return (unit for unit in units if unit.kind != "picture")


def _follow(order: list[Unit], at: int, option: _Option) -> None:
    """Sets the units that go first before the picture; pictures among them wait behind it."""
    if not option.past:
        order[at] = option.unit
        return
    first: list[Unit] = []
    waiting = [option.unit]
    end = at + 1
    while len(first) < option.past:
        (waiting if order[end].kind == "picture" else first).append(order[end])
        end += 1
    order[at:end] = [*first, *waiting]
