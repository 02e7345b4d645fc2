"""Which files of a heap are copies of one story.

Strategy. Two files belong together when the words of the chapters that they share outweigh those that contradict it:
chapters that stand at one place of both, or bear one number, and have hardly a word in common. So ranges that overlap
in one chapter are one story, and two stories with the same prologue or the same note before them are two: what stands
in several stories tells nothing, but of two files most of which is the same no third one changes anything. Where the
files call themselves by different names, most of both must be the same. What was found of two files goes on to others;
a file that holds two stories whose files contradict each other is a collection, and joins nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.document.findings.copies import CopyApart, CopyCollection, CopyLeft
from converter.document.model import Origin
from converter.document.record import dataclass
from converter.reconciling.copies import NAMED_BODY, SEVERAL_BODIES, SURE, are_versions, contradiction, differ
from converter.reconciling.families import components_of, joined_by_families
from converter.reconciling.fingerprints import Alike
from converter.reconciling.notes import with_notes
from converter.reconciling.recurring import own_pairs
from converter.reconciling.rows import continuing

if TYPE_CHECKING:
    from converter.reconciling.copies import ChapterPrint, Copy

RETITLED = 0.5  # of the words of both files that are the same where their titles or authors are not
TELLING = 20  # words of a chapter; fewer are a heading, a date, "to be continued"
NOTED = 0.25  # of the smaller file's words: what two files share and is told though they were not joined
RECURRING = 2  # files of different stories with one text; in more it tells nothing of the story
OTHERS = 2  # times the words they share: so much speaks against two files that a third one joins
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Groups:
    """The files by their places in the heap: those of one story together, those that have no other copy (`alone`),
    and what was doubtful about it."""

    groups: tuple[tuple[int, ...], ...]
    alone: tuple[int, ...]
    doubts: tuple[CopyApart | CopyCollection | CopyLeft, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kin:
    """Two files that share text: how many chapters, words of both that are the same, words that contradict it."""

    chapters: int
    words: int
    against: int
    named: str  # what contradicts between their heads: "title", "author", "series number", or ""
    whole: bool  # most of both is the same

    @property
    def is_plain(self) -> bool:
        """Whether they are copies of one story whatever else is there: most of both is the same, and they are called
        alike."""
        return self.whole and not self.named and self.words > self.against

    @property
    def one_story(self) -> bool:
        """Whether they are copies of one story."""
        return self.whole if self.named else self.words > self.against


def grouped(copies: Sequence[Copy], families: Sequence[Sequence[int]] = ()) -> Groups:
    """The groups among these copies. `families` are files that are the chapters of one work by their names: where some
    of them are of one story, so are the others."""
    copies = with_notes(copies)
    shared = shared_chapters(copies)
    kin = {(a, b): _kin(copies[a], copies[b], found) for (a, b), found in shared.items()}
    if recurring := _recurring(copies, shared, kin):
        kin = {
            (a, b): k if k.is_plain else _kin(copies[a], copies[b], shared[a, b], recurring)
            for (a, b), k in kin.items()
        }
    edges = {pair for pair, k in kin.items() if k.one_story}
    of_families, left = joined_by_families(copies, families, components_of(edges))
    edges |= of_families
    edges |= set(continuing(copies, components_of(edges)))
    edges, collections = _without_hubs(copies, edges, kin)
    groups = components_of(edges)
    together = _story_of(edges)
    alone = tuple(place for place in range(len(copies)) if place not in together)
    apart = _apart(copies, kin, together, {c.origin.source for c in collections if c.origin})
    return Groups(tuple(groups), alone, (*collections, *apart, *(doubt for n, doubt in left if n not in together)))


def _without_hubs(
    copies: Sequence[Copy], edges: set[Pair], kin: Mapping[Pair, _Kin]
) -> tuple[set[Pair], list[CopyCollection]]:
    """The pairs without those of collections, and what is told of these."""
    collections: list[CopyCollection] = []
    for members in components_of(edges):
        for hub, holds in _hubs(copies, members, edges, kin):
            edges = {pair for pair in edges if hub not in pair}
            collections.append(CopyCollection(tuple(copies[h].file for h in holds), Origin(copies[hub].file, 1)))
    return edges, collections


def shared_chapters(copies: Sequence[Copy]) -> dict[Pair, list[Alike]]:
    """For every two files that share chapters: which, by their places in each."""
    copies = with_notes(copies)
    places = [
        (place, at)
        for place, copy in enumerate(copies)
        for at, chapter in enumerate(copy.chapters)
        if chapter.words >= TELLING and not chapter.gone
    ]
    prints = [copies[place].chapters[at] for place, at in places]
    shared: dict[Pair, list[Alike]] = {}

    def are_apart(one: int, other: int, named: float = NAMED_BODY) -> bool:
        (a, at), (b, there) = places[one], places[other]
        return a == b or differ(copies[a], at, copies[b], there, named)

    for alike in own_pairs(prints, partial(are_apart, named=SEVERAL_BODIES)):
        (a, one), (b, other) = places[alike.one], places[alike.other]
        apart = are_apart(alike.one, alike.other)
        same = are_versions(prints[alike.one], prints[alike.other], alike, differ=apart)
        if a != b and (same or (not apart and _one_name(copies[a], copies[b]))):
            shared.setdefault((a, b), []).append(Alike(one, other, alike.share))
    return shared


def _one_name(one: Copy, other: Copy) -> bool:
    """Whether two files that are one chapter each call themselves by one name."""
    return (
        len(one.chapters) == len(other.chapters) == 1
        and bool(one.title)
        and not contradiction(one, other)
        and bool(other.title)
    )


def _recurring(
    copies: Sequence[Copy], shared: Mapping[Pair, Sequence[Alike]], kin: Mapping[Pair, _Kin]
) -> frozenset[str]:
    """What stands in stories that are certainly different, an author's note before each: the digests of these texts.
    Turns of phrase that they share are no text of both."""
    strangers: dict[str, set[int]] = {}
    for (a, b), found in shared.items():
        if not kin[a, b].whole and (kin[a, b].named or kin[a, b].against > OTHERS * kin[a, b].words):
            for alike in (each for each in found if each.share >= SURE):
                strangers.setdefault(copies[a].chapters[alike.one].digest, set()).update((a, b))
                strangers.setdefault(copies[b].chapters[alike.other].digest, set()).update((a, b))
    return frozenset(digest for digest, files in strangers.items() if len(files) > RECURRING)


def _kin(one: Copy, other: Copy, found: Sequence[Alike], recurring: Set[str] = frozenset()) -> _Kin:
    same = [c.digest for c in one.chapters] == [c.digest for c in other.chapters]
    telling = [
        a
        for a in found
        if same or one.chapters[a.one].digest not in recurring or other.chapters[a.other].digest not in recurring
    ]
    words = sum(_common(one.chapters, other.chapters, telling))
    sure = sum(_common(one.chapters, other.chapters, [a for a in telling if a.share >= SURE]))
    whole = sure >= RETITLED * max(one.words, other.words)
    here, there = {a.one for a in found}, {a.other for a in found}
    against = _against(one.chapters, other.chapters, found, here, there)
    return _Kin(min(len(here), len(there)), words, against, contradiction(one, other), whole)


def _common(one: Sequence[ChapterPrint], other: Sequence[ChapterPrint], found: Sequence[Alike]) -> Iterator[int]:
    """The words of the smaller of each two chapters, each chapter counted once."""
    seen: set[tuple[int, int]] = set()
    for alike in sorted(found, key=lambda a: -a.share):
        small = (0, alike.one) if one[alike.one].words <= other[alike.other].words else (1, alike.other)
        if small not in seen:
            seen.add(small)
            yield (one[alike.one] if small[0] == 0 else other[alike.other]).words


def _against(
    one: Sequence[ChapterPrint],
    other: Sequence[ChapterPrint],
    found: Sequence[Alike],
    here: set[int],
    there: set[int],
) -> int:
    """The words of chapters that are not alike though they bear one number, or stand between the same shared chapters
    of both."""
    left = {n: c for n, c in enumerate(one) if n not in here and c.words >= TELLING and not c.gone}
    right = {n: c for n, c in enumerate(other) if n not in there and c.words >= TELLING and not c.gone}
    twins = _twins(list(left.values()), list(right.values()))
    told = {id(chapter) for pair in twins for chapter in pair}
    words = sum(min(x.words, y.words) for x, y in twins)
    anchors = [(-1, -1), *_in_order(found), (len(one), len(other))]
    for (a, b), (next_a, next_b) in pairwise(anchors):
        words += _between(
            [c for n in range(a + 1, next_a) if (c := left.get(n)) and id(c) not in told],
            [c for n in range(b + 1, next_b) if (c := right.get(n)) and id(c) not in told],
        )
    return words


def _between(left: Sequence[ChapterPrint], right: Sequence[ChapterPrint]) -> int:
    """The words of chapters at one place of two files that may be meant for the same, and are not: not of those with
    different numbers."""
    sides = left, right
    whole = min(sum(c.words for c in side) for side in sides)
    return whole - min(sum(c.words for c in side if c.number is not None) for side in sides)


def _twins(left: Sequence[ChapterPrint], right: Sequence[ChapterPrint]) -> list[tuple[ChapterPrint, ChapterPrint]]:
    """The chapters of both that bear one number."""
    numbered: dict[tuple[str, int | None], ChapterPrint] = {}
    numbered |= {(c.kind, c.number): c for c in left if c.number is not None}
    return [(twin, c) for c in right if (twin := numbered.pop((c.kind, c.number), None))]


def _in_order(found: Sequence[Alike]) -> list[Pair]:
    """The longest row of shared chapters that stand in one order in both files (patience sorting)."""
    from bisect import bisect_left

    pairs = sorted({(a.one, a.other) for a in found}, key=lambda p: (p[0], -p[1]))
    ends: list[int] = []
    last: list[int] = []  # the pair that ends a row of each length
    before: dict[int, int] = {}
    for n, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        if length == len(ends):
            ends.append(there)
            last.append(n)
        else:
            ends[length], last[length] = there, n
        before[n] = last[length - 1] if length else -1
    row: list[Pair] = []
    at = last[-1] if last else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]


def _story_of(edges: Set[Pair]) -> dict[int, int]:
    """The number of the group of each place that the edges join with others."""
    return {place: number for number, members in enumerate(components_of(edges)) for place in members}


def _hubs(
    copies: Sequence[Copy], members: Sequence[int], edges: set[Pair], kin: Mapping[Pair, _Kin]
) -> Iterator[tuple[int, list[int]]]:
    """The files of a group that hold stories of others which contradict each other: the file, and those it holds."""
    heads: dict[tuple[str, tuple[str, ...], str, str], list[int]] = {}
    for place in members:
        copy = copies[place]
        heads.setdefault((copy.title, copy.authors, copy.series, copy.series_index), []).append(place)
    strangers = {pair for pair in _pairs_of(members, kin) if kin[pair].against > OTHERS * kin[pair].words}
    for n, alike in enumerate(others := list(heads.values())):
        for unlike in others[n + 1 :]:
            if contradiction(copies[alike[0]], copies[unlike[0]]):
                strangers |= {(min(a, b), max(a, b)) for a in alike for b in unlike}
    strangers -= edges
    held_by: dict[int, set[int]] = {}
    for a, b in edges if strangers else ():
        held_by.setdefault(a, set()).add(b)
        held_by.setdefault(b, set()).add(a)
    for hub in members if strangers else ():
        held = held_by.get(hub, set())
        if both := next((pair for pair in sorted(strangers) if held.issuperset(pair)), None):
            yield hub, list(both)


def _pairs_of(members: Sequence[int], kin: Mapping[Pair, _Kin]) -> list[Pair]:
    inside = set(members)
    return [pair for pair in kin if inside.issuperset(pair)]


def _apart(
    copies: Sequence[Copy], kin: Mapping[Pair, _Kin], together: Mapping[int, int], told: set[str]
) -> Iterator[CopyApart]:
    """What is told of files that share a good deal and are not in one group."""
    seen: set[Pair] = set()
    for (a, b), k in sorted(kin.items()):
        sides = together.get(a, -1 - a), together.get(b, -1 - b)
        apart = sides[0] != sides[1] and sides not in seen
        files = copies[a].file, copies[b].file
        if apart and told.isdisjoint(files) and k.words >= NOTED * min(copies[a].words, copies[b].words):
            why = f"their {k.named}s differ" if k.named else "more of their chapters differ at the same place"
            seen.add(sides)
            yield CopyApart(files[1], k.chapters, why, Origin(files[0], 1))
