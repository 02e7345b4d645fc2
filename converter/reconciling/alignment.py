"""The chapters of a story's copies in one order: where each stands.

Strategy. The order of the fullest copy is taken, or of a newer one that has all its chapters; then the other copies are
merged into it one after the other: what they alone have goes between the neighbours that it has in its own file, among
several by the numbers in the headings. A chapter with a number that stands there already, between the same neighbours,
is that chapter written anew; so is, where numbers tell nothing, the only one that stands there. What stands in another
order than there, and what nothing gives a place, is told. Which chapters are versions of one, says `matching.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from converter.document.findings.copies import CopyOrder
from converter.document.model import Origin
from converter.document.record import dataclass
from converter.reconciling.copies import newest, numbers_named
from converter.reconciling.matching import Matched
from converter.reconciling.rows import stretches

if TYPE_CHECKING:
    from converter.reconciling.copies import Copy

FIRST = ("front", "dedication", "epigraph", "foreword", "preface", "introduction", "prologue")
LAST = ("epilogue", "afterword", "acknowledgments", "appendix", "back")


@dataclass(frozen=True, slots=True)
class Slot:
    """One chapter of the story: for each copy that has it, by its place, the chapters that are its version; several
    where another copy has all of them in one."""

    versions: tuple[tuple[int, tuple[int, ...]], ...]
    anew: bool = False  # joined by number and place alone: hardly a word is the same


@dataclass(frozen=True, slots=True)
class Alignment:
    """All chapters of all copies, in the story's order, and what was doubtful about it."""

    slots: tuple[Slot, ...]
    doubts: tuple[CopyOrder, ...]


def aligned(copies: Sequence[Copy]) -> Alignment:
    """The chapters of these copies of one story in one order; every chapter is in one slot."""
    return _Merging(copies).result()


class _Merging:
    """The slots as they are put in order. A slot is a number."""

    def __init__(self, copies: Sequence[Copy]) -> None:
        self.copies = copies
        self.found = Matched(copies)
        self.named = stretches(copies)
        self.anew: set[int] = set()
        self.order: list[int] = []
        self.doubts: list[CopyOrder] = []

    def result(self) -> Alignment:
        """The slots of all copies, merged one after the other: the fullest first, or a newer one that has all its
        chapters; then the fullest of those that have a chapter which is there already."""
        waiting = sorted(range(len(self.copies)), key=self._turn)
        first = self._newest_whole(waiting)
        waiting.sort(key=lambda copy: copy != first)
        while waiting:
            placed = frozenset(self.order)
            copy = next((c for c in waiting if not placed.isdisjoint(self._slots_of(c))), waiting[0])
            waiting.remove(copy)
            self._merge(copy)
        slots = (
            Slot(tuple((copy, tuple(ats)) for copy, ats in sorted(self.found.members[s].items())), s in self.anew)
            for s in self.order
        )
        return Alignment(tuple(slots), tuple(self.doubts))

    def _newest_whole(self, waiting: Sequence[int]) -> int:
        """The newest copy that has all chapters of the fullest one: its author may have put them in another order."""
        fullest = frozenset(self._slots_of(waiting[0]))
        whole = [copy for copy in waiting if fullest.issubset(self._slots_of(copy))]
        return whole[newest([self.copies[copy] for copy in whole])]

    def _turn(self, copy: int) -> tuple[bool, tuple[int, ...], int, int]:
        """When a copy is merged, where nothing else says so: the fullest first; last, by the numbers of their names,
        files of one chapter whose headings have none."""
        its = self.copies[copy]
        named = numbers_named(its.stem)[1] if len(its.chapters) == 1 and its.chapters[0].number is None else ()
        return bool(named), named, -its.words, copy

    # --------------------------------------------------------------------------------------------------- the order

    def _merge(self, copy: int) -> None:
        """Puts what this copy alone has between the neighbours that it has there."""
        own = self._slots_of(copy)
        if not self.order:
            self.order = own
            return
        self._tell_contradictions(copy, own)
        placed = frozenset(self.order)
        unplaced: list[int] = []
        anchor: int | None = None
        for slot in (*own, None):
            if slot is not None and slot not in placed:
                unplaced.append(slot)
                continue
            if unplaced:
                self._insert(copy, unplaced, anchor, slot)
                unplaced = []
            anchor = slot

    def _slots_of(self, copy: int) -> list[int]:
        return list(dict.fromkeys(self.found.of[copy, at] for at in range(len(self.copies[copy].chapters))))

    def _insert(self, copy: int, run: Sequence[int], before: int | None, behind: int | None) -> None:
        """Puts a run of slots between two neighbours, where there are such."""
        lost: list[int] = []
        if before is None and behind is not None:
            at = self.order.index(behind)
            start = self._free_before(at, copy)
        else:
            start = self.order.index(before) + 1 if before is not None else 0
        there = self._one_by_one(copy, run, start, self._end(start, behind)) if before is not None else {}
        for slot in run:
            end = self._end(start, behind)
            twin = there[slot] if there else self._written_anew(copy, slot, start, end)
            if twin is not None:
                self.found.join(twin, slot)
                self.anew.add(twin)
                start = self.order.index(twin) + 1
                continue
            place, sure = self._place_of(slot, start, end, bounded=before is not None or behind is not None)
            self.order.insert(place, slot)
            start = place + 1
            if not sure:
                lost.append(slot)
        if lost:
            self._tell(copy, lost, contradicts=False)

    def _free_before(self, at: int, copy: int) -> int:
        """From where on what stands before this place is none of this copy's."""
        while at > 0 and copy not in self.found.members[self.order[at - 1]]:
            at -= 1
        return at

    def _end(self, start: int, behind: int | None) -> int:
        if behind is None or (at := self.order.index(behind)) < start:
            return len(self.order) if behind is None else start
        return at

    def _place_of(self, slot: int, start: int, end: int, *, bounded: bool) -> tuple[int, bool]:
        """Where between two places a slot belongs, and whether anything says so."""
        print_ = self.found.first(slot)
        if start == end:
            return start, True
        if print_.kind in FIRST and not bounded:
            return start, True
        if print_.kind in LAST and not bounded:
            return end, True
        if (own := self._number(slot)) is not None:
            numbered = [
                (n, number)
                for n in range(start, end)
                if (number := self._number(self.order[n])) is not None
                and self.found.first(self.order[n]).kind == print_.kind
            ]
            smaller = [n for n, number in numbered if number < own]
            if numbered:
                place = smaller[-1] + 1 if smaller else numbered[0][0]
                return place, True
        return (start if bounded else end), False

    def _written_anew(self, copy: int, slot: int, start: int, end: int) -> int | None:
        """The slot among these places that bears the number of this one, as both copies count, and that this copy has
        not."""
        print_ = self.found.first(slot)
        if print_.number is None:
            return None
        anchor = self.found.members[self.order[start - 1]] if start else {}
        for other in self.order[start:end]:
            first, its = self.found.first(other), next(iter(self.found.members[other]))
            shift = None
            if copy in anchor and its in anchor:
                shift = self.found.shift((copy, anchor[copy][-1]), (its, anchor[its][-1]))
            number = print_.number + (shift or 0)
            if (first.kind, first.number) == (print_.kind, number) and copy not in self.found.members[other]:
                return other
        return None

    def _one_by_one(self, copy: int, run: Sequence[int], start: int, end: int) -> dict[int, int]:
        """The slot of each of this run, where as many of another copy stand at its place and numbers tell nothing: the
        copies count in different ways, or one was cut out of a longer chapter for standing there."""
        others = self.order[start:end]
        if len(others) != len(run) or any(copy in self.found.members[other] for other in others):
            return {}
        for mine, other in zip(run, others, strict=True):
            prints, its = (self.found.first(mine), self.found.first(other)), next(iter(self.found.members[other]))
            bare = any(p.cut_out and not p.name for p in prints)
            if prints[0].kind != prints[1].kind or not (bare or self.found.count_apart(copy, its)):
                return {}
        return dict(zip(run, others, strict=True))

    def _number(self, slot: int) -> int | None:
        """The number of a chapter: in its heading, else in the name of the file that it is alone."""
        copy, ats = next(iter(self.found.members[slot].items()))
        its = self.copies[copy]
        if (number := self.found.print_at((copy, ats[0])).number) is not None or len(its.chapters) > 1:
            return number
        said = self.named.get(copy)
        return said.first if said and not said.several else None

    # ------------------------------------------------------------------------------------------------ what is told

    def _tell_contradictions(self, copy: int, own: Sequence[int]) -> None:
        place = {slot: n for n, slot in enumerate(self.order)}
        known = [place[slot] for slot in own if slot in place]
        highest = -1
        odd = []
        for n, slot in zip(known, (s for s in own if s in place), strict=True):
            if n < highest:
                odd.append(slot)
            highest = max(highest, n)
        if odd:
            self._tell(copy, odd, contradicts=True)

    def _tell(self, copy: int, slots: Sequence[int], *, contradicts: bool) -> None:
        prints = [self.found.print_at((copy, self.found.members[slot][copy][0])) for slot in slots]
        names = tuple(p.name or f"the chapter at line {p.line}" for p in prints)
        file = self.copies[copy].file
        self.doubts.append(CopyOrder(names, file, contradicts, Origin(file, max(1, prints[0].line))))
