"""Names right below a title, which are bylines without "by" and head no chapter."""

from __future__ import annotations

from collections.abc import Sequence

from converter.parsers.text.head.front import tells
from converter.parsers.text.head.story_words import BOTH, StoryWords, names_author
from converter.parsers.text.lines.layout import RowGroup
from converter.recognisers.headings.families import Decision
from converter.recognisers.headings.series import SERIES
from converter.recognisers.metadata.names import byline, is_bare_name

TOP = 4  # groups in which a title page of this kind is over
MOST_WORDS = 16  # of a title above the name
LEAST_SERIES = 2  # later lines that are names, too: then the first may head a chapter as they do
WIDE = 2  # blank lines
NAME_WORDS = 2  # of a name that nobody else vouches for


def names_on_top(groups: Sequence[RowGroup], author: str) -> tuple[frozenset[int], frozenset[int]]:
    """The places of the lines on top that are the name of `author`, whom others know as the story's ("" for nobody);
    and of a bare name below the title, which is a byline unless it is set as the first of a series of chapters."""
    top = next((at for at, g in enumerate(groups[:TOP]) if tells(g)), min(TOP, len(groups)))
    sure: set[int] = set()
    for at in range(top):
        text = _alone(groups[at])
        if author and text and author.casefold() in (text.casefold(), byline(text).casefold()):
            sure.add(at)
    named = top > 1 and 1 not in sure and groups[0].words <= MOST_WORDS and _is_byline(groups)
    return frozenset(sure), frozenset([1] if named else [])


def begins_series(groups: Sequence[RowGroup], at: int, decisions: Sequence[Decision]) -> bool:
    """Whether the name in place `at` is the first of several titles among the headings, and has wide space above it as
    they have: a byline stands nearer to its title."""
    alike = [d for d in decisions if not d.label and groups[d.at].gap >= WIDE]
    return len(alike) > SERIES and alike[0].at == at


def _is_byline(groups: Sequence[RowGroup]) -> bool:
    """Whether the second line is a bare name that is not one of several, and no title above somebody else's."""
    name, below = _alone(groups[1]), groups[2].rows[0].text if len(groups) > BOTH else ""
    if not _is_name(name) or names_author(below):
        return False
    story = StoryWords(groups)
    others = (text for g in groups[2:] if _is_name(text := _alone(g)))
    named = story.has_author(name) and not story.writes_small(name)
    return named and sum(map(story.has_author, others)) < LEAST_SERIES


def _alone(group: RowGroup) -> str:
    return group.rows[0].text if len(group.rows) == 1 else ""


def _is_name(text: str) -> bool:
    return len(text.split()) >= NAME_WORDS and is_bare_name(text, frozenset())
