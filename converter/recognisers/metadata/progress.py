"""Whether a serial has ended, from what its status says in any language, or its count of chapters."""

from __future__ import annotations

from converter.document.model import Progress
from converter.document.patterns import regex
from converter.recognisers.vocabulary import listed_words

LONGEST = 60  # characters of a status; a longer one is told
_COUNT = regex(r"(\d{1,5})\s?/\s?(\d{1,5}|\?)")


def progress_of(status: str, chapters: str) -> Progress:
    """What the library tools of fan fiction call it: "Completed" or "In-Progress"; "" where nobody says."""
    said = status.casefold().strip(" .!()[]【】")
    if said and len(said) <= LONGEST:
        going, done = (frozenset(listed_words("progress", key)) for key in ("going", "done"))
        if said in going:
            return "In-Progress"
        if said in done:
            return "Completed"
        words = frozenset(said.replace(",", " ").replace("/", " ").split())
        if words & going or any(word in said for word in going if " " in word):
            return "In-Progress"
        if words & done:
            return "Completed"
    count = _COUNT.fullmatch(chapters.strip())
    return "" if not count else "Completed" if count[1] == count[2] else "In-Progress"
