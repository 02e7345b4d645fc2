"""Words that a scanner misread, in one of two versions of a text: "rnurmur" for "murmur", "1ittle" for "little"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from converter.document.alignment import gaps

SHAPES = str.maketrans({"h": "b", "e": "c", "t": "f", "j": "l", "i": "l", "1": "l", "0": "o", "5": "s"})
TWO = (("rn", "m"), ("vv", "w"), ("cl", "d"))
SHORTEST, APART, NEAR = 3, 2, 0.65  # letters of a word; by how many one is longer; the share that is the same
OFTEN = 3  # times that a word stands in the heap that is no slip
FEWEST = 3  # words of a whole copy; fewer are slips of the keyboard
TIMES = 3  # as many as in the other one, or as places that were rewritten


class Slips(NamedTuple):
    """The words of one version that were misread, those of the other, and the places where the two were rewritten."""

    one: int = 0
    other: int = 0
    rewritten: int = 0

    def __add__(self, more: Slips) -> Slips:  # type: ignore[override]
        """Those of several chapters together."""
        return Slips(*(a + b for a, b in zip(self, more, strict=True)))

    @property
    def worse(self) -> int:
        """Whose words were misread, 1 or 2; 0 where it is neither's, or nobody can tell."""
        many, few = max(self.one, self.other), min(self.one, self.other)
        if many < max(FEWEST, TIMES * few, TIMES * self.rewritten):
            return 0
        return 1 if self.one > self.other else 2


def slips(one: Sequence[str], other: Sequence[str], known: Mapping[str, int]) -> Slips:
    """The slips between two versions. `known` counts the words of all copies: what was misread has digits among its
    letters, or stands there less often than what it was."""
    found = Slips()
    for gap in gaps(one, other):
        sides = one[gap.start : gap.end], other[gap.other : gap.other_end]
        if not all(sides):
            continue  # put in, or left out: a note, a page's number
        even = len(sides[0]) == len(sides[1])
        for a, b in [([a], [b]) for a, b in zip(*sides, strict=True) if a != b] if even else [sides]:
            found += _slip(a, b, known)
    return found


def _slip(one: Sequence[str], other: Sequence[str], known: Mapping[str, int]) -> Slips:
    if _shape(one) != _shape(other):
        return _nowhere_else(one, other, known)
    wrong = [sum(_has_digits(word) for word in side) for side in (one, other)]
    if wrong[0] == wrong[1]:
        wrong = [-min((known.get(word, 0) for word in side), default=0) for side in (one, other)]
    return Slips(int(wrong[0] > wrong[1]), int(wrong[1] > wrong[0]))


def _nowhere_else(one: Sequence[str], other: Sequence[str], known: Mapping[str, int]) -> Slips:
    """A word that stands nowhere else in the heap beside one that does, and nearly looks like it, was misread, too."""
    if len(one) > 1 or len(other) > 1 or not _is_near(one[0], other[0]):
        return Slips(rewritten=1)
    often = [known.get(word, 0) for word in (one[0], other[0])]
    if min(often) > 1 or max(often) < OFTEN:
        return Slips(rewritten=1)
    return Slips(int(often[0] == min(often)), int(often[1] == min(often)))


def _is_near(one: str, other: str) -> bool:
    from difflib import SequenceMatcher

    near = min(len(one), len(other)) >= SHORTEST and abs(len(one) - len(other)) <= APART
    return near and SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR


def _has_digits(word: str) -> bool:
    return not word.isdecimal() and any(map(str.isdecimal, word))


def _shape(words: Sequence[str]) -> str:
    """What letters look like to a scanner, those that it takes for each other as one."""
    text = "".join(words).translate(SHAPES)
    for seen, meant in TWO:
        text = text.replace(seen, meant)
    return text
