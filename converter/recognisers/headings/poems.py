"""The titles of poems: lines alone above their stanzas, in a collection as in its sections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from converter.recognisers.headings.candidates import Chosen, ReadCandidate, title_like
from converter.recognisers.headings.series import SERIES
from converter.recognisers.lines.list_headings import over_notes

POEM_WORDS = 8  # words of a poem, its title with it
POEMS = 0.75  # of the lines alone after wide space have a poem below them; else they are something else


def titles_of_poems(loose: Sequence[ReadCandidate], stops: Sequence[int]) -> list[ReadCandidate]:
    """The lines alone with more space before than after them that head poems; none where they are no series.

    `stops`: the words before each heading that is known, and of the whole text; a poem may have few words.
    """
    wide = [i for i in loose if i.candidate.gap > max(1, i.candidate.gap_after) and i.candidate.gap_after]
    ends = sorted({*stops, *(i.candidate.words for i in wide)})
    titles = [i for i in wide if _room(i, ends) >= POEM_WORDS]
    if len(titles) <= SERIES or len(titles) < POEMS * len(wide):
        return []
    return [i._replace(why="one of a series of lines alone after wide space", confidence=0.7) for i in titles]


def heads_of_poems(items: Sequence[ReadCandidate], chosen: Chosen, total_words: int) -> frozenset[int]:
    """The places of the titles of poems in a collection whose sections are known."""
    return frozenset(i.at for i in _in_sections(items, chosen, total_words))


def take_poems(items: Sequence[ReadCandidate], chosen: Chosen, total_words: int) -> None:
    """Add the titles of the poems in a collection in verse whose sections are known. Where each section begins with
    the title of a poem, the sections are its parts; a list of notes stands behind it."""
    titles = _in_sections(items, chosen, total_words)
    places = {i.at for i in titles}
    sections = [i for i in chosen.values() if i.form.shape != "single"]
    if titles and all(i.at + 1 + i.title_block in places for i in sections):
        for item in sections:
            chosen[item.at] = item._replace(form=replace(item.form, kind="part"))
    for item in titles:
        notes = item is titles[-1] and over_notes(item.candidate.text)
        chosen[item.at] = item._replace(form=replace(item.form, kind="back")) if notes else item


def _in_sections(items: Sequence[ReadCandidate], chosen: Chosen, total_words: int) -> list[ReadCandidate]:
    """The titles of poems below the first heading that is known, each a line alone."""
    first = min(chosen, default=0)
    free = [i for i in items if i.at > first and i.at not in chosen and len(i.candidate.lines) == 1 and title_like(i)]
    return titles_of_poems(free, [*(i.candidate.words for i in chosen.values()), total_words]) if chosen else []


def _room(item: ReadCandidate, stops: Sequence[int]) -> int:
    """The words from a line to the next of the `stops`."""
    at = bisect_right(stops, item.candidate.words)
    return stops[at] - item.candidate.words if at < len(stops) else 0
