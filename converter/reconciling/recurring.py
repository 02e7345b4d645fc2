"""Which chapters are alike by their own words: what several different chapters have in common tells nothing.

Strategy. An author's note, a status block or a disclaimer stands word for word in many chapters. Chapters that are
alike throughout, or whose headings agree, are one text in several versions; a stretch that stands in three different
texts at least is nobody's own, and likeness is measured again without it. A revision leaves runs here and there, not
one stretch that is the same in all versions.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from converter.reconciling.copies import headings_agree
from converter.reconciling.fingerprints import Alike, hashes_of, likeness, pairs_alike

if TYPE_CHECKING:
    from converter.reconciling.copies import ChapterPrint

THROUGHOUT = 0.5  # of the larger of two texts that is in the other: versions, though no heading says so
SEVERAL = 3  # different texts with one stretch: it is none's own
STRETCH = 8  # hashes in a row: eleven words of a short text; of a long one, which is sampled, about as many a sentence
NEAR = 8  # other texts that are looked through for the stretches of one


def own_pairs(prints: Sequence[ChapterPrint], differ: Callable[[int, int], bool]) -> list[Alike]:
    """The pairs of chapters that are alike without what they have in common with others, each once; `differ` says
    whether something tells that two of them, by their places, are different chapters."""
    pairs = list(pairs_alike([p.digest for p in prints], [p.sketch for p in prints]))
    text_of = _texts(prints, pairs, differ)
    near: dict[int, dict[int, int]] = {}  # of each chapter: other texts beside it, each by one chapter
    for pair in pairs:
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if text_of[one] != text_of[other]:
                near.setdefault(one, {}).setdefault(text_of[other], other)
    own = {place: sketch for place in near if (sketch := _own(place, prints, text_of, near)) is not None}
    found = []
    for pair in pairs:
        mine, theirs = (own.get(place, prints[place].sketch) for place in (pair.one, pair.other))
        if text_of[pair.one] == text_of[pair.other] or (pair.one not in own and pair.other not in own):
            found.append(pair)
        elif mine and theirs and (shared := likeness(mine, theirs))[0]:
            found.append(Alike(pair.one, pair.other, *shared))
    return found


def _texts(prints: Sequence[ChapterPrint], pairs: Sequence[Alike], differ: Callable[[int, int], bool]) -> list[int]:
    """The text that each chapter is a version of, by the place of one of its versions."""
    text_of = list(range(len(prints)))

    def first(place: int) -> int:
        while text_of[place] != place:
            text_of[place] = text_of[text_of[place]]
            place = text_of[place]
        return place

    for pair in pairs:
        one, other = prints[pair.one], prints[pair.other]
        sizes = sorted((one.words, other.words))
        throughout = pair.share * sizes[0] >= THROUGHOUT * sizes[1] or headings_agree(one, other)
        if one.digest == other.digest or (throughout and not differ(pair.one, pair.other)):
            text_of[first(pair.one)] = first(pair.other)
    return [first(place) for place in range(len(prints))]


def _own(
    place: int, prints: Sequence[ChapterPrint], text_of: Sequence[int], near: Mapping[int, Mapping[int, int]]
) -> bytes | None:
    """The sketch of a chapter without what several others have, too; None where there is nothing of that kind."""
    beside = dict(near[place])
    for other in near[place].values():  # of many chapters with one note each is paired with the first alone
        if len(beside) > NEAR:
            break
        beside |= {text: chapter for text, chapter in near.get(other, {}).items() if text != text_of[place]}
    if len(beside) + 1 < SEVERAL:
        return None
    others = [frozenset(hashes_of(prints[other].sketch)) for other in list(beside.values())[:NEAR]]
    hashes = hashes_of(prints[place].sketch)
    kept = array("Q")
    for common, run in groupby(hashes, lambda h: sum(h in known for known in others) + 1 >= SEVERAL):
        stretch = list(run)
        if not common or len(stretch) < STRETCH:
            kept.extend(stretch)
    return kept.tobytes() if len(kept) < len(hashes) else None
