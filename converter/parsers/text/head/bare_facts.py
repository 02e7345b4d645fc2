"""Facts without a label, alone on rows of a title page: "opowiadanie", "ca. 700 words, March 2021", "1.2K Votes"."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.parsers.text.head.typescript import COUNTED
from converter.recognisers.lines.dates import MONTH, is_date
from converter.recognisers.metadata.fields import HeadFields
from converter.recognisers.metadata.kinds import is_kind
from converter.recognisers.metadata.site_counts import site_count
from converter.recognisers.vocabulary import either

LONGEST_ROW = 80  # characters
_PARTS = regex(r"\s*[,;·•|/、，]\s+|\s[–—-]\s|、|，", within=LONGEST_ROW)
_MONTH = regex(rf"(?:{MONTH}\s+(?:(?:de|del)\s+)?\d{{4}}|\d{{4}}年\d{{1,2}}月)", re.I, 40)
_STATUS = regex(either("titles", "status"), re.I, 40)
_BODY = regex(rf"[\W_]{{0,4}}{either('titles', 'body')}[\W_]{{0,4}}", re.I, 30)


def take_bare_facts(text: str, head: HeadFields, line: int) -> bool:
    """Whether every part of a row is a fact of a story: what kind it is, how long, of when. They are added to `head`.

    A date alone may be the story's own; the story's text is announced by a word that says nothing else.
    """
    if len(text) > LONGEST_ROW:
        return False
    if _BODY.fullmatch(text):
        return True
    facts = [_fact(part) for part in _PARTS.split(text.rstrip("."))]
    if not all(facts) or all(f and f[0] == "published" for f in facts):
        return False
    for fact in facts:
        if fact:
            head.add(fact[0], fact[1], line, fact[2])
    return True


def _fact(part: str) -> tuple[str, str, str] | None:
    """The field, what is said and its label; None for words that are no fact."""
    if counted := site_count(part):
        return counted
    known = _known(part)
    return (*known, "") if known else None


def _known(part: str) -> tuple[str, str] | None:
    if is_kind(part):
        return "genres", part
    if counted := COUNTED.fullmatch(part):
        return "words", counted[1].strip()
    if _MONTH.fullmatch(part) or is_date(part):
        return "published", part
    return ("status", part) if _STATUS.fullmatch(part) else None
