"""The remarks of somebody who read a draft, in one of two versions of a chapter: "[MK: comma]" is none of the story's.

Marks alone don't say it, for a story may have brackets of its own: a remark is what bears such marks in one version and
is not in the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from converter.document.alignment import gaps
from converter.document.record import dataclass

if TYPE_CHECKING:
    from converter.reconciling.drafts import Version


@dataclass(frozen=True, slots=True)
class Remarked:
    """A version beside one that lacks its remarks: how many these are, and its words without them."""

    count: int
    words: Sequence[str]


def remarked(version: Version, other: Version) -> Remarked:
    """The remarks in a version that another one has not."""
    added = [range(g.other, g.other_end) for g in gaps(other.words, version.words)] if version.remarks else []
    strange = {place for words in added for place in words}
    its = [span for span in version.remarks if strange.issuperset(range(*span)) and span[0] < span[1]]
    if not its:
        return Remarked(0, version.words)
    gone = {place for start, end in its for place in range(start, end)}
    return Remarked(len(its), [word for place, word in enumerate(version.words) if place not in gone])
