"""Names right below a title, which are bylines without "by" and head no chapter."""

from __future__ import annotations

from collections.abc import Sequence

from converter.parsers.text.head.front import tells
from converter.parsers.text.head.story_words import BOTH, StoryWords, names_author
from converter.parsers.text.lines.layout import RowGroup
from converter.recognisers.metadata.names import byline, is_bare_name

TOP = 4  # groups in which a title page of this kind is over
MOST_WORDS = 16  # of a title above the name
LEAST_SERIES = 2  # later lines that are names, too: then the first may head a chapter as they do
NAME_WORDS = 2  # of a name that nobody else vouches for


def names_on_top(groups: Sequence[RowGroup], author: str) -> frozenset[int]:
    """The places of the lines that name who wrote the story: below its title, whatever series the lines further on may
    make with them. `author` is whom others know as its author, "" for nobody."""
    top = next((at for at, g in enumerate(groups[:TOP]) if tells(g)), min(TOP, len(groups)))
    places: set[int] = set()
    for at in range(top):
        text = _alone(groups[at])
        if author and text and author.casefold() in (text.casefold(), byline(text).casefold()):
            places.add(at)
    if top > 1 and groups[0].words <= MOST_WORDS and _is_byline(groups):
        places.add(1)
    return frozenset(places)


def _is_byline(groups: Sequence[RowGroup]) -> bool:
    """Whether the second line is a bare name that is not one of several, and no title above somebody else's."""
    name, below = _alone(groups[1]), groups[2].rows[0].text if len(groups) > BOTH else ""
    if not _is_name(name) or names_author(below):
        return False
    story = StoryWords(groups)
    others = (text for g in groups[2:] if _is_name(text := _alone(g)))
    return story.has_author(name) and sum(map(story.has_author, others)) < LEAST_SERIES


def _alone(group: RowGroup) -> str:
    return group.rows[0].text if len(group.rows) == 1 else ""


def _is_name(text: str) -> bool:
    return len(text.split()) >= NAME_WORDS and is_bare_name(text, frozenset())
