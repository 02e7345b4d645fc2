"""What is given with a story: what its person says of it, and what its surroundings do."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import SiteText
from converter.document.model import Metadata, Resource
from converter.document.record import dataclass


@dataclass(frozen=True, slots=True)
class EarlierBook:
    """What is remembered of a book that was made of the same file: its identifier and title, and the first words of
    its story."""

    identifier: str
    title: str
    opening: str


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a story beside its files.

    `above` are the witnesses that overrule what the story says of itself, `below` those it overrules. `modified` is
    UTC, ISO 8601. `cover` is a person's own image, already checked; `sites` are their own descriptions of sites' pages.
    `in_order`: the sources stand in reading order; else their order is found out, but for the last ones that are
    `settled`. `earlier` is what was made of this
    story before. `titles` are told of the sources, one of each, for those that say none; `parts` are
    what the parts are called in whose folders they lie.
    """

    above: Sequence[Metadata] = ()
    below: Sequence[Metadata] = ()
    modified: str = ""
    cover: Resource | None = None
    sites: Sequence[SiteText] = ()
    in_order: bool = False
    earlier: EarlierBook | None = None
    titles: Sequence[str] = ()
    parts: Sequence[str] = ()
    settled: int = 0


NOTHING = Given()
