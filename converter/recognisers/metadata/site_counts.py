"""What a site counts of a story, without a label: "23.4K Reads", "1,204 Votes", "8 Parts"."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either

_LONGEST = 40  # characters
_PARTS = regex(rf"(\d{{1,4}})\s(?:{either('ways', 'told')}s?|{either('catalogue', 'chapters')})", re.I, _LONGEST)
_READERS = regex(
    rf"(\d[\d.,]*[kKmM]?)\s({either('catalogue', 'counted')}|{either('interface', 'counted')})", re.I, _LONGEST
)


_LABEL = regex(rf"(?:{either('catalogue', 'counted', 'numbered')}|{either('interface', 'counted')})", re.I, _LONGEST)


def is_site_s_own(label: str) -> bool:
    """Whether a label of a fact names what a site counts of its readers, or by what number it knows a story: "Reviews",
    "id". That is no word about the story."""
    return _LABEL.fullmatch(label.strip(" .:")) is not None


def site_count(text: str) -> tuple[str, str, str] | None:
    """The field, the number and its label; None for words that count nothing of a site's."""
    if readers := _READERS.fullmatch(text):
        return "extra", readers[1], readers[2].capitalize()
    parts = _PARTS.fullmatch(text)
    return ("chapters", parts[1], "") if parts else None
