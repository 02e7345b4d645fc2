"""The chapters of a story's copies in one order: which are versions of one chapter, and where each stands.

Strategy. Two chapters of different files are versions of one when each is what the other is most like, and much of
their text is the same. Where it is a little (hands have their turns of phrase), number or name, or the chapters around
them, have to say so, too: what is not surely a version of another chapter is one of its own.

The order of the fullest copy is taken, then the other copies are merged into it one after the other: what they alone
have goes between the neighbours that it has in its own file, among several by the numbers in the headings. A chapter
with a number that stands there already, between the same neighbours, is that chapter written anew. What stands in
another order than in a fuller copy, and what nothing gives a place, is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from converter.document.alignment import bare_letters
from converter.document.findings.copies import CopyOrder
from converter.document.model import Origin
from converter.document.record import dataclass
from converter.reconciling.copies import NAMED_BODY, SEVERAL_BODIES, are_versions, differ, numbers_named
from converter.reconciling.recurring import own_pairs
from converter.reconciling.rows import stretches

if TYPE_CHECKING:
    from converter.reconciling.copies import ChapterPrint, Copy
    from converter.reconciling.fingerprints import Alike

FIRST = ("front", "dedication", "epigraph", "foreword", "preface", "introduction", "prologue")
LAST = ("epilogue", "afterword", "acknowledgments", "appendix", "back")
HOLDS = 1.5  # times the words of a chapter that one has which is divided in another copy
PART_WORDS = 20  # of a chapter that is known by its heading alone

Place = tuple[int, int]  # a copy, and a chapter of it


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
    """The slots as they are found and put in order. A slot is a number; `of` has the slot of each chapter."""

    def __init__(self, copies: Sequence[Copy]) -> None:
        self.copies = copies
        self.named = stretches(copies)
        self.of: dict[Place, int] = {}
        self.members: dict[int, dict[int, list[int]]] = {}
        self.anew: set[int] = set()
        self.order: list[int] = []
        self.doubts: list[CopyOrder] = []
        for copy, its in enumerate(copies):
            for at in range(len(its.chapters)):
                self._open(copy, at)
        self._join_alike()
        self._join_headings()

    def result(self) -> Alignment:
        """The slots of all copies, merged one after the other: the fullest first, then the fullest of those that have a
        chapter which is there already."""
        waiting = sorted(range(len(self.copies)), key=self._turn)
        while waiting:
            placed = frozenset(self.order)
            copy = next((c for c in waiting if not placed.isdisjoint(self._slots_of(c))), waiting[0])
            waiting.remove(copy)
            self._merge(copy)
        slots = (
            Slot(tuple((copy, tuple(ats)) for copy, ats in sorted(self.members[s].items())), s in self.anew)
            for s in self.order
        )
        return Alignment(tuple(slots), tuple(self.doubts))

    def _turn(self, copy: int) -> tuple[bool, tuple[int, ...], int, int]:
        """When a copy is merged, where nothing else says so: the fullest first; last, by the numbers of their names,
        files of one chapter whose headings have none."""
        its = self.copies[copy]
        named = numbers_named(its.stem)[1] if len(its.chapters) == 1 and its.chapters[0].number is None else ()
        return bool(named), named, -its.words, copy

    def _open(self, copy: int, at: int) -> None:
        number = len(self.of)
        self.of[copy, at] = number
        self.members[number] = {copy: [at]}

    def _print(self, place: Place) -> ChapterPrint:
        return self.copies[place[0]].chapters[place[1]]

    # ------------------------------------------------------------------------------------- versions of one chapter

    def _join_alike(self) -> None:
        places = [p for p in self.of if self._print(p).sketch]
        prints = [self._print(p) for p in places]
        pairs = own_pairs(prints, lambda one, other: self._differ(places[one], places[other], SEVERAL_BODIES))
        found = sorted(
            ((places[a.one], places[a.other], a) for a in pairs if places[a.one][0] != places[a.other][0]),
            key=self._surest,
        )
        held: list[tuple[Place, Place]] = []
        little: list[tuple[Place, Place]] = []
        for one, other, alike in found:
            if not are_versions(self._print(one), self._print(other), alike, differ=self._differ(one, other)):
                little.append((one, other))
            elif not self._join(self.of[one], self.of[other]) and self._holds(one, other):
                held.append((one, other))
        for one, other in held:
            self._join(self.of[one], self.of[other], several=True)
        for one, other in sorted(little):
            if self._at_one_place(one, other):
                self._join(self.of[one], self.of[other])

    def _differ(self, one: Place, other: Place, named: float = NAMED_BODY) -> bool:
        """Whether two chapters are different ones by their numbers, their files' names, or since one copy has both."""
        return one[0] == other[0] or differ(self.copies[one[0]], one[1], self.copies[other[0]], other[1], named)

    def _at_one_place(self, one: Place, other: Place) -> bool:
        """Whether two chapters of which a little is the same stand at one place of their copies: between the same
        chapters, or beside one whose number was moved as far as theirs."""
        beside = [self._beside(one, other, step) for step in (-1, 1)]
        shift = self._shift(one, other)
        if shift is None:
            return not self._differ(one, other) and all(same for same, _ in beside)
        return any(same and moved == shift for same, moved in beside)

    def _beside(self, one: Place, other: Place, step: int) -> tuple[bool, int | None]:
        """Whether the neighbours of two chapters are versions of one chapter, or both have none; how far the number
        of the one is from the other's."""
        near = [(copy, at + step) for copy, at in (one, other)]
        if near[0] not in self.of or near[1] not in self.of:
            return near[0] not in self.of and near[1] not in self.of, None
        return self.of[near[0]] == self.of[near[1]], self._shift(*near)

    def _shift(self, one: Place, other: Place) -> int | None:
        a, b = self._print(one).number, self._print(other).number
        return None if a is None or b is None else b - a

    def _surest(self, found: tuple[Place, Place, Alike]) -> tuple[float, bool, int, Place, Place]:
        """What is joined first: the same text, of those with one number, of those the ones nearest to each other."""
        one, other, alike = found
        a, b = self._print(one), self._print(other)
        size = min(a.words, b.words) / max(a.words, b.words, 1)
        return -round(alike.share * size, 2), a.number != b.number, abs(one[1] - other[1]), one, other

    def _holds(self, one: Place, other: Place) -> bool:
        """Whether the longer of two chapters holds the other, and more chapters of that copy beside it."""
        small, large = sorted((one, other), key=lambda p: self._print(p).words)
        beside = self.members[self.of[large]].get(small[0], [])
        longer = self._print(large).words >= HOLDS * self._print(small).words
        return (
            longer
            and bool(beside)
            and self._print(small).digest not in {self._print((small[0], at)).digest for at in beside}
        )

    def _join_headings(self) -> None:
        """Joins what has no text of its own (the page of a part) by its heading, where no copy has it twice."""
        named: dict[tuple[str, int | None, str], list[Place]] = {}
        for place in self.of:
            print_ = self._print(place)
            if print_.words < PART_WORDS and not print_.sketch and print_.name:
                named.setdefault((print_.kind, print_.number, bare_letters(print_.name)), []).append(place)
        for places in named.values():
            if len({copy for copy, _ in places}) == len(places):
                for place in places[1:]:
                    self._join(self.of[places[0]], self.of[place])

    def _join(self, one: int, other: int, *, several: bool = False) -> bool:
        """Makes one slot of two, unless a copy would have two chapters in it."""
        if one == other:
            return True
        ours, theirs = self.members[one], self.members[other]
        if not several and not ours.keys().isdisjoint(theirs):
            return False
        for copy, ats in self.members.pop(other).items():
            ours[copy] = sorted({*ours.get(copy, ()), *ats})
            for at in ats:
                self.of[copy, at] = one
        return True

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
        return list(dict.fromkeys(self.of[copy, at] for at in range(len(self.copies[copy].chapters))))

    def _insert(self, copy: int, run: Sequence[int], before: int | None, behind: int | None) -> None:
        """Puts a run of slots between two neighbours, where there are such."""
        lost: list[int] = []
        if before is None and behind is not None:
            at = self.order.index(behind)
            start = self._free_before(at, copy)
        else:
            start = self.order.index(before) + 1 if before is not None else 0
        for slot in run:
            end = self._end(start, behind)
            twin = self._written_anew(copy, slot, start, end)
            if twin is not None:
                self._join(twin, slot)
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
        while at > 0 and copy not in self.members[self.order[at - 1]]:
            at -= 1
        return at

    def _end(self, start: int, behind: int | None) -> int:
        if behind is None or (at := self.order.index(behind)) < start:
            return len(self.order) if behind is None else start
        return at

    def _place_of(self, slot: int, start: int, end: int, *, bounded: bool) -> tuple[int, bool]:
        """Where between two places a slot belongs, and whether anything says so."""
        print_ = self._first(slot)
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
                and self._first(self.order[n]).kind == print_.kind
            ]
            smaller = [n for n, number in numbered if number < own]
            if numbered:
                place = smaller[-1] + 1 if smaller else numbered[0][0]
                return place, True
        return (start if bounded else end), False

    def _written_anew(self, copy: int, slot: int, start: int, end: int) -> int | None:
        """The slot among these places that bears the number of this one, and that this copy has not."""
        print_ = self._first(slot)
        if print_.number is None:
            return None
        for other in self.order[start:end]:
            first = self._first(other)
            if (first.kind, first.number) == (print_.kind, print_.number) and copy not in self.members[other]:
                return other
        return None

    def _first(self, slot: int) -> ChapterPrint:
        copy, ats = next(iter(self.members[slot].items()))
        return self._print((copy, ats[0]))

    def _number(self, slot: int) -> int | None:
        """The number of a chapter: in its heading, else in the name of the file that it is alone."""
        copy, ats = next(iter(self.members[slot].items()))
        its = self.copies[copy]
        if (number := self._print((copy, ats[0])).number) is not None or len(its.chapters) > 1:
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
        prints = [self._print((copy, self.members[slot][copy][0])) for slot in slots]
        names = tuple(p.name or f"the chapter at line {p.line}" for p in prints)
        file = self.copies[copy].file
        self.doubts.append(CopyOrder(names, file, contradicts, Origin(file, max(1, prints[0].line))))
