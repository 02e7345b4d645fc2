"""Who wrote a story as its end says it, where the head names nobody: "by Ada Thorn", "—Ada Thorn, 2021", the few lines
about the author. Nothing is taken away: only the name is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.document.patterns import regex
from converter.parsers.text.head.story_words import StoryWords
from converter.parsers.text.lines.layout import RowGroup
from converter.recognisers.metadata.author_lines import AROUND_NAME
from converter.recognisers.metadata.names import OF_NAMES, byline, clean_name, is_person
from converter.recognisers.vocabulary import either, whole

LAST_GROUPS = 4  # blocks at the end of a file in which its author is named
LAST_SHORT = 2  # of them that a name alone stands in
SIGNED_LONGEST = 80  # characters of a line with a name
LEAST_NAME = 2  # words of a name that stands alone
DASHES = "-–—~"
BIOGRAPHY_LONGEST = 1_000  # characters
_YEAR = regex(r"[,.]?\s\(?(?:\w{3,10}\s)?\d{4}\)?\Z", within=SIGNED_LONGEST)
_BIOGRAPHY = regex(
    rf"(?P<name>[^\W\d_][\w.'’\-]*(?:\s[^\W\d_][\w.'’\-]*){{1,3}}?)\s{either('biography', 'opens')}\b", within=200
)
_WRITES = regex(whole("biography", "writes"), re.I)
_ABOUT = regex(either("headings", "back"), re.I, SIGNED_LONGEST)


def author_at_end(groups: Sequence[RowGroup]) -> tuple[str, int]:
    """The author whom the last lines name, and the line; ("", 0) where they name nobody."""
    words = StoryWords(groups)
    last = groups[-LAST_GROUPS:]
    for back, group in enumerate(reversed(last)):
        at = len(groups) - 1 - back
        text = " ".join(r.text for r in group.rows)
        name = _signed(text, groups[:at], words) if back < LAST_SHORT and len(group.rows) == 1 else ""
        above = groups[at - 1].rows[0].text if at else ""
        name = name or _told(text, groups[:at], announced=_ABOUT.match(above) is not None)
        if name and at:
            return clean_name(name), group.line
    return "", 0


def _signed(text: str, story: Sequence[RowGroup], words: StoryWords) -> str:
    """The name in a line that holds nothing else: behind "by", or behind a dash if the story never mentions it."""
    if len(text) > SIGNED_LONGEST:
        return ""
    if name := byline(text.strip(AROUND_NAME)):
        return name if is_person(name) and len(name.split()) >= LEAST_NAME else ""
    name = _YEAR.sub("", text.strip(AROUND_NAME)).strip(AROUND_NAME)
    if text[0] not in DASHES or not words.has_author(name):
        return ""
    return "" if _mentions(story, name) else name


def _mentions(story: Sequence[RowGroup], name: str) -> bool:
    """Whether a story has one of the words of a name: then it is one of its persons'."""
    known = {w.casefold() for w in re.findall(r"[^\W\d_]{2,}", name) if w.casefold() not in OF_NAMES}
    told = (w.casefold() for g in story for r in g.rows for w in re.findall(r"[^\W\d_]{2,}", r.text))
    return any(w in known for w in told)


def _told(text: str, story: Sequence[RowGroup], *, announced: bool) -> str:
    """Whom a paragraph tells of as somebody who writes: "Ada Thorn lives in Harwick. Her stories ..."."""
    about = _BIOGRAPHY.match(text[:BIOGRAPHY_LONGEST])
    if not about or not is_person(about["name"]):
        return ""
    rest = text[about.end() : BIOGRAPHY_LONGEST]
    writes = announced or (_WRITES.search(rest) and not _mentions(story, about["name"]))
    return about["name"] if writes else ""
