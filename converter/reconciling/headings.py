"""Under which headings the chapters stand that were kept: their own, or those of other versions.

A chapter without a heading has that of another version. Where chapters of copies that count in different ways come
together (one has a chapter in two, so that its fifth is the fourth of another), all have the numbers of one copy, if
those go on from chapter to chapter; what that copy lacks is counted as `numbering.py` says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.document.record import dataclass
from converter.reconciling.numbering import Counted, numbers_in_order, renumbered

if TYPE_CHECKING:
    from converter.document.model import Chapter
    from converter.reconciling.choice import Choice
    from converter.reconciling.copies import ChapterPrint
    from converter.reconciling.drafts import Version

_DIGITS = re.compile(r"[0-9]+")
Place = tuple[int, int]  # a copy, and a chapter of it
Heading = tuple[Place, "ChapterPrint"]


@dataclass(frozen=True, slots=True)
class Given:
    """The heading that a kept chapter has instead of its own: that of the chapter at this place, with another number
    where one is given; in the form that a third chapter has (`like`) where it has none. `bare`: what else it says is
    nothing but the name of its file."""

    place: Place
    number: int | None = None
    like: Place | None = None
    bare: bool = False


def headings_of(choices: Sequence[Choice]) -> dict[Place, Given]:
    """Of each kept chapter that has not its own heading: the one that it has."""
    given: dict[Place, Place] = {}
    for choice in choices:
        if not choice.kept.name and (named := _named(choice)):
            given[choice.kept.copy, choice.kept.chapters[0]] = named
    prints = {(v.copy, at): p for v in _versions(choices) for at, p in zip(v.chapters, v.prints, strict=True)}
    own = [(place, prints[given.get(place, place)]) for place, _ in _own(choices)]
    if not _go_on([print_ for _, print_ in own]):
        given |= _of_one_copy(choices, own)
    whole = {place: Given(there) for place, there in given.items()}
    return whole | _counted_on([place for place, _ in own], given, prints)


def _of_one_copy(choices: Sequence[Choice], own: Sequence[Heading]) -> dict[Place, Place]:
    """The headings of that copy whose numbers go on from chapter to chapter, for those chapters that it has, too;
    `own` are those that the kept chapters have as yet."""
    copies = Counter(v.copy for v in _versions(choices))
    for guide, _ in sorted(copies.items(), key=lambda item: (-item[1], item[0])):
        numbers = _numbers_of(guide, choices)
        if _go_on([numbers.get(place, (place, print_))[1] for place, print_ in own]):
            return {place: there for place, (there, _) in numbers.items() if there != place}
    return {}


def _counted_on(
    places: Sequence[Place], given: Mapping[Place, Place], prints: Mapping[Place, ChapterPrint]
) -> dict[Place, Given]:
    """The headings of those chapters whose numbers go on from chapter to chapter only when they are counted anew."""
    headed = [given.get(place, place) for place in places]
    row = [Counted(p[0], (its := prints[p]).kind, its.number, bool(its.name)) for p in headed]
    numbers = numbers_in_order(row)
    found: dict[Place, Given] = {}
    for at, number in numbers.items():
        there = headed[at]
        before = (headed[n] for n in range(at - 1, -1, -1) if row[n].number is not None)
        like = next(before, None) if row[at].number is None else None
        found[places[at]] = Given(there, number, like, _is_code(there, number, prints))
    return found


def _is_code(place: Place, number: int, prints: Mapping[Place, ChapterPrint]) -> bool:
    """Whether a heading is nothing but the name of a file: it says the number, and other chapters of its copy are
    called so with numbers of their own ("salt-road-06")."""
    said = _DIGITS.findall(prints[place].name)
    if prints[place].number is not None or [int(digits) for digits in said] != [number]:
        return False
    called = _DIGITS.sub("#", prints[place].name)
    return sum(copy == place[0] and _DIGITS.sub("#", p.name) == called for (copy, _), p in prints.items()) > 1


def headed(chapter: Chapter, given: Given, chapters: Callable[[Place], Chapter]) -> Chapter:
    """The chapter under the heading that it is given; `chapters` gives those of all copies."""
    other = chapters(given.place)
    whole = replace(chapter, label=other.label, title=other.title, kind=other.kind, number=other.number)
    if given.number is None:
        return whole
    if given.bare:
        whole = replace(whole, title=())
    counted = renumbered(whole, given.number, chapters(given.like) if given.like else None)
    return counted or replace(whole, title=other.title)


def _versions(choices: Sequence[Choice]) -> Iterator[Version]:
    for choice in choices:
        yield choice.kept
        yield from (r.version for r in choice.rivals)


def _named(choice: Choice) -> Place | None:
    named = (r.version for r in choice.rivals if r.version.prints[0].name)
    return next(((v.copy, v.chapters[0]) for v in named), None)


def _own(choices: Sequence[Choice]) -> Iterator[Heading]:
    """The kept chapters, each with what it is known by."""
    for choice in choices:
        for at, print_ in zip(choice.kept.chapters, choice.kept.prints, strict=True):
            yield (choice.kept.copy, at), print_


def _go_on(row: Sequence[ChapterPrint]) -> bool:
    """Whether the numbers of these chapters grow, but behind what has none: there may be a part."""
    return all(
        a.number is None or b.number is None or a.kind != b.kind or a.number < b.number for a, b in pairwise(row)
    )


def _numbers_of(guide: int, choices: Sequence[Choice]) -> Mapping[Place, Heading]:
    """The kept chapters that are called by a number at most, each with the chapter of this copy that is its version,
    and is called by one."""
    found: dict[Place, Heading] = {}
    for choice in choices:
        kept = choice.kept
        for version in (r.version for r in choice.rivals):
            if version.copy == guide and len(version.chapters) == len(kept.chapters):
                pairs = zip(kept.chapters, kept.prints, version.chapters, version.prints, strict=True)
                found |= {
                    (kept.copy, at): ((guide, there), other)
                    for at, own, there, other in pairs
                    if (_bare(own) or not own.name) and _bare(other) and own.kind == other.kind
                }
    return found


def _bare(print_: ChapterPrint) -> bool:
    """Whether a heading is a word and a number, "Chapter 4", and no title."""
    return print_.number is not None and not print_.titled
