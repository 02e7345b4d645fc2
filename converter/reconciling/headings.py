"""Under which headings the chapters stand that were kept: their own, or those of other versions.

A chapter without a heading has that of another version. Where chapters of copies that count in different ways come
together (one has a chapter in two, so that its fifth is the fourth of another), all have the numbers of one copy, if
those go on from chapter to chapter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.reconciling.choice import Choice
    from converter.reconciling.copies import ChapterPrint

Place = tuple[int, int]  # a copy, and a chapter of it
Heading = tuple[Place, "ChapterPrint"]


def headings_of(choices: Sequence[Choice]) -> dict[Place, Place]:
    """Of each kept chapter that has not its own heading: the chapter whose heading it has."""
    given: dict[Place, Place] = {}
    for choice in choices:
        if not choice.kept.name and (named := _named(choice)):
            given[choice.kept.copy, choice.kept.chapters[0]] = named
    if _go_on([print_ for _, print_ in _own(choices)]):
        return given
    copies = Counter(v.copy for c in choices for v in (c.kept, *(r.version for r in c.rivals)))
    for guide, _ in sorted(copies.items(), key=lambda item: (-item[1], item[0])):
        numbers = _numbers_of(guide, choices)
        if _go_on([numbers.get(place, (place, print_))[1] for place, print_ in _own(choices)]):
            return given | {place: there for place, (there, _) in numbers.items() if there != place}
    return given


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
    """The kept chapters that are called by nothing but a number, each with the chapter of this copy that is its
    version, and is called so, too."""
    found: dict[Place, Heading] = {}
    for choice in choices:
        kept = choice.kept
        for version in (r.version for r in choice.rivals):
            if version.copy == guide and len(version.chapters) == len(kept.chapters):
                pairs = zip(kept.chapters, kept.prints, version.chapters, version.prints, strict=True)
                found |= {
                    (kept.copy, at): ((guide, there), other)
                    for at, own, there, other in pairs
                    if _bare(own) and _bare(other) and own.kind == other.kind
                }
    return found


def _bare(print_: ChapterPrint) -> bool:
    """Whether a heading is a word and a number, "Chapter 4", and no title."""
    return print_.number is not None and not print_.titled
