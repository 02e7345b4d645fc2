"""Letters that one of two versions has lost on its way: "Zo?" for "Zoë", "?Have" for "“Have", "caf" for "café".

A copy was saved in an encoding that had not its letters: each of them is a question mark now, or a sign that stands for
what can't be read, or gone, or bare of its accent. Accents alone may be an author's own mind about a name; so they are
counted by words that differ.
"""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import combining, normalize

from converter.document.alignment import gaps

FEWEST = 3  # places, or words that lost an accent: fewer are slips
MARKS = frozenset("?\ufffd\u25a1")  # that stand for a letter
LONGEST = 60  # letters of a word
TYPED = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "..."})
TIMES = 3  # as many as in the other one


class Losses(NamedTuple):
    """How often letters are lost in the first of two versions, in the second; words that differ for another reason."""

    one: int = 0
    other: int = 0
    rewritten: int = 0

    @property
    def worse(self) -> int:
        """Which one is the same text with letters lost, 1 or 2; 0 for neither."""
        many, few = max(self.one, self.other), min(self.one, self.other)
        if many < max(FEWEST, TIMES * few) or self.rewritten * TIMES > many:
            return 0
        return 1 if self.one > self.other else 2

    @property
    def damaged(self) -> int:
        """Which one has letters lost, whatever else was rewritten, 1 or 2; 0 for neither."""
        return self._replace(rewritten=0).worse


def losses(one: str, other: str) -> Losses:
    """What two versions of a text lost, by their words as they are written."""
    sides = one.split(), other.split()
    lost, bare = [0, 0], (set[str](), set[str]())
    rewritten = 0
    for gap in gaps(*sides):
        mine, theirs = sides[0][gap.start : gap.end], sides[1][gap.other : gap.other_end]
        if len(mine) != len(theirs):
            rewritten += max(len(mine), len(theirs))
            continue
        for a, b in zip(mine, theirs, strict=True):
            for n, (word, whole) in enumerate(((a, b), (b, a))):
                if _typed(word) == _without_accents(_typed(whole)) != _typed(whole):
                    bare[n].add(word)
                elif _is_lost(word, whole):
                    lost[n] += 1
                else:
                    continue
                break
            else:
                rewritten += _typed(a) != _typed(b)
    counts = [n + (len(words) if len(words) >= FEWEST else 0) for n, words in zip(lost, bare, strict=True)]
    return Losses(counts[0], counts[1], rewritten)


def _is_lost(word: str, whole: str) -> bool:
    """Whether a word is another one of whose signs beyond ASCII some are lost: a mark for each, or for each of its
    bytes, or nothing."""
    if whole.isascii() or _typed(word) == _typed(whole) or len(word) > LONGEST:
        return False
    reached = {0}
    for sign in whole[:LONGEST]:
        there = {at + len(said) for at in reached for said in {sign, _typed(sign)} if word.startswith(said, at)}
        if not sign.isascii():
            most = len(sign.encode("utf-8", "surrogatepass"))
            runs = {(at, at + n) for at in reached for n in range(most + 1)}
            there |= {end for at, end in runs if end <= len(word) and MARKS.issuperset(word[at:end])}
        reached = there
    return len(word) in reached


def _typed(word: str) -> str:
    """A word with the signs of a typewriter."""
    return word if word.isascii() else word.translate(TYPED)


def _without_accents(word: str) -> str:
    return word if word.isascii() else "".join(c for c in normalize("NFKD", word) if not combining(c))
