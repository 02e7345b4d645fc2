"""Which chapters of a story's copies are versions of one chapter.

Strategy. Two chapters of different files are versions of one when each is what the other is most like, and much of
their text is the same. Where it is a little (hands have their turns of phrase), number or name, or the chapters around
them, have to say so, too; a number says nothing where others show that the copies count in different ways (one has a
chapter in two). What is not surely a version of another chapter is one of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from converter.document.alignment import bare_letters
from converter.reconciling.copies import (
    NAMED_BODY,
    SEVERAL_BODIES,
    SURE,
    are_versions,
    differ,
    headings_agree,
    numbers_named,
)
from converter.reconciling.recurring import own_pairs

if TYPE_CHECKING:
    from converter.reconciling.copies import ChapterPrint, Copy
    from converter.reconciling.fingerprints import Alike

HELD = 0.5  # of a chapter's runs that are in the one that has it beside others
HOLDS = 1.2  # times the words of a chapter that one has which is divided in another copy
PART_WORDS = 20  # of a chapter that is known by its heading alone

Place = tuple[int, int]  # a copy, and a chapter of it


class Matched:
    """The slots of all chapters of these copies. A slot is a number; `of` has the slot of each chapter, `members` the
    chapters of each copy that are in a slot."""

    def __init__(self, copies: Sequence[Copy]) -> None:
        self.copies = copies
        self.of: dict[Place, int] = {}
        self.members: dict[int, dict[int, list[int]]] = {}
        for copy, its in enumerate(copies):
            for at in range(len(its.chapters)):
                self._open(copy, at)
        self._join_alike()
        self._join_headings()
        self._join_gone()

    def _open(self, copy: int, at: int) -> None:
        number = len(self.of)
        self.of[copy, at] = number
        self.members[number] = {copy: [at]}

    def print_at(self, place: Place) -> ChapterPrint:
        """What the chapter at this place is known by."""
        return self.copies[place[0]].chapters[place[1]]

    def _join_alike(self) -> None:
        places = [p for p in self.of if self.print_at(p).sketch]
        prints = [self.print_at(p) for p in places]
        pairs = own_pairs(prints, lambda one, other: self._differ(places[one], places[other], SEVERAL_BODIES))
        found = sorted(
            ((places[a.one], places[a.other], a) for a in pairs if places[a.one][0] != places[a.other][0]),
            key=self._surest,
        )
        held: list[tuple[Place, Place]] = []
        headed: list[tuple[Place, Place]] = []
        little: list[tuple[Place, Place]] = []
        for one, other, alike in found:
            gone = self.print_at(one).gone, self.print_at(other).gone
            if gone[0] != gone[1] or (gone[0] and self._differ(one, other)):
                continue  # one note in place of many chapters
            if not are_versions(self.print_at(one), self.print_at(other), alike, differ=self._differ(one, other)):
                little.append((one, other))
            elif alike.share < SURE:
                headed.append((one, other))
            elif not self.join(self.of[one], self.of[other]) and alike.share >= HELD and self._is_longer(one, other):
                held.append((one, other))
        self._join_held(held)
        for one, other in headed:
            if self.shift(one, other) is not None and self._numbers_move(self.of[one], self.of[other]):
                little.append((one, other))  # one number, and copies that count in different ways
            else:
                self.join(self.of[one], self.of[other])
        for one, other in sorted(little):
            if self._at_one_place(one, other):
                self.join(self.of[one], self.of[other])

    def _differ(self, one: Place, other: Place, named: float = NAMED_BODY) -> bool:
        """Whether two chapters are different ones by their numbers, their files' names, or since one copy has both."""
        return one[0] == other[0] or differ(self.copies[one[0]], one[1], self.copies[other[0]], other[1], named)

    def _at_one_place(self, one: Place, other: Place) -> bool:
        """Whether two chapters of which a little is the same stand at one place of their copies: between the same
        chapters, or beside one whose number was moved as far as theirs."""
        beside = [self._beside(one, other, step) for step in (-1, 1)]
        shift = self.shift(one, other)
        if shift is None:
            return not self._differ(one, other) and all(same for same, _ in beside)
        if any(same and moved == shift for same, moved in beside):
            return True
        return self.count_apart(one[0], other[0]) and self._between_the_same(one, other)

    def _shifts(self, one: int, other: int) -> set[int | None]:
        """How far the number of a chapter in one copy is from the one in another: of the chapters that were joined.
        None: one of them has no number there, as where it was cut out of a longer one."""
        shifts = set()
        for its in self.members.values():
            if one in its and other in its:
                places = (one, its[one][0]), (other, its[other][0])
                bare = [p.number is None and p.cut_out for p in map(self.print_at, places)]
                if bare[0] != bare[1] or self.shift(*places) is not None:
                    shifts.add(self.shift(*places))
        return shifts

    def _numbers_move(self, one: int, other: int) -> bool:
        """Whether in some of the copies that have these slots other chapters have other numbers."""
        return any(self._shifts(a, b) - {0} for a in self.members[one] for b in self.members[other] if a != b)

    def count_apart(self, one: int, other: int) -> bool:
        """Whether the numbers of one copy tell nothing of those of another."""
        shifts = self._shifts(one, other)
        return None in shifts or len(shifts) > 1

    def _between_the_same(self, one: Place, other: Place) -> bool:
        """Whether two chapters stand beside versions of one chapter on one side, and on the other, too, or one of the
        copies ends there."""
        near = [[(copy, at + step) for copy, at in (one, other)] for step in (-1, 1)]
        inside = [all(place in self.of for place in pair) for pair in near]
        same = [there and self.of[a] == self.of[b] for (a, b), there in zip(near, inside, strict=True)]
        return any(same) and all(is_one or not there for is_one, there in zip(same, inside, strict=True))

    def _beside(self, one: Place, other: Place, step: int) -> tuple[bool, int | None]:
        """Whether the neighbours of two chapters are versions of one chapter, or both have none; how far the number
        of the one is from the other's."""
        near = [(copy, at + step) for copy, at in (one, other)]
        if near[0] not in self.of or near[1] not in self.of:
            return near[0] not in self.of and near[1] not in self.of, None
        return self.of[near[0]] == self.of[near[1]], self.shift(*near)

    def shift(self, one: Place, other: Place) -> int | None:
        """How far the number of the second chapter is from that of the first; None where one has none."""
        a, b = self.print_at(one).number, self.print_at(other).number
        return None if a is None or b is None else b - a

    def _surest(self, found: tuple[Place, Place, Alike]) -> tuple[float, bool, int, Place, Place]:
        """What is joined first: the same text, of those with one number, of those the ones nearest to each other."""
        one, other, alike = found
        a, b = self.print_at(one), self.print_at(other)
        size = min(a.words, b.words) / max(a.words, b.words, 1)
        return -round(alike.share * size, 2), a.number != b.number, abs(one[1] - other[1]), one, other

    def _is_longer(self, one: Place, other: Place) -> bool:
        """Whether the longer of two chapters is long enough to hold more than the other."""
        small, large = sorted((one, other), key=lambda p: self.print_at(p).words)
        return self.print_at(large).words >= HOLDS * self.print_at(small).words

    def _join_held(self, held: Sequence[tuple[Place, Place]]) -> None:
        """Joins chapters to the one that holds them with their neighbours: each stands beside one that is there, and is
        none that is there."""
        for one, other in sorted(held):
            small, large = sorted((one, other), key=lambda p: self.print_at(p).words)
            beside = self.members[self.of[large]].get(small[0], [])
            there = {self.print_at((small[0], at)).digest for at in beside}
            if self.print_at(small).digest not in there and {small[1] - 1, small[1] + 1} & {*beside}:
                self.join(self.of[one], self.of[other], several=True)

    def _join_headings(self) -> None:
        """Joins what has no text of its own (the page of a part) by its heading, where no copy has it twice."""
        named: dict[tuple[str, int | None, str], list[Place]] = {}
        for place in self.of:
            print_ = self.print_at(place)
            if print_.words < PART_WORDS and not print_.sketch and print_.name:
                named.setdefault((print_.kind, print_.number, bare_letters(print_.name)), []).append(place)
        for places in named.values():
            if len({copy for copy, _ in places}) == len(places):
                for place in places[1:]:
                    self.join(self.of[places[0]], self.of[place])

    def _join_gone(self) -> None:
        """Joins a note that a chapter was taken back to that chapter, which its heading, or its file's name, says."""
        for place in [p for p in self.of if self.print_at(p).gone]:
            for other in sorted(self.of, key=lambda p: self.print_at(p).gone):
                if self._is_its_chapter(place, other) and self.join(self.of[other], self.of[place]):
                    break

    def _is_its_chapter(self, note: Place, other: Place) -> bool:
        one, its = self.print_at(note), self.print_at(other)
        if note[0] == other[0]:
            return False
        if headings_agree(one, its):
            return True
        copies = self.copies[note[0]], self.copies[other[0]]
        named = [numbers_named(copy.stem) for copy in copies if len(copy.chapters) == 1]
        return None in (one.number, its.number) and len(named) == 2 and named[0] == named[1] and bool(named[0][1])

    def join(self, one: int, other: int, *, several: bool = False) -> bool:
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

    def first(self, slot: int) -> ChapterPrint:
        """What a chapter of the slot is known by: of the first copy that has one."""
        copy, ats = next(iter(self.members[slot].items()))
        return self.print_at((copy, ats[0]))
