"""What a byline says beside the name: that somebody edited or illustrated the work, and of what kind the work is."""

from __future__ import annotations

import re
from typing import Literal

from converter.document.patterns import regex
from converter.recognisers.metadata.names import BYLINE_LONGEST, author_in, byline
from converter.recognisers.vocabulary import either, listed_words

Role = Literal["author", "editor", "illustrator", "translator"]
_BEHIND = rf"(?:{either('names', 'by')}|{either('names', 'by_behind_kind')}|d['’])"
_BEFORE_BY = regex(rf"(\S.{{2,60}}?)\s+{_BEHIND}(?:\s*[:|／/・：]\s*|\s+|(?<=['’]))\Z", re.I, BYLINE_LONGEST)
_EDITS = regex(rf"(?:{either('names', 'edits')})", re.I, 60)
_DRAWS = regex(rf"(?:{either('names', 'draws')})", re.I, 60)
_DONE = frozenset(listed_words("names", "by_done"))
_ARTICLES = frozenset(listed_words("names", "kind_articles"))


def role_in_byline(line: str) -> Role:
    """What the somebody did whom a byline names: "editor" for "Edited by Ada Thorn", "author" where it says nothing
    else."""
    before = _before_by(line)
    if _EDITS.fullmatch(before):
        return "editor"
    return "illustrator" if _DRAWS.fullmatch(before) else "author"


def kind_in_byline(line: str) -> str:
    """The kind of work that a byline names before its "by", as it stands there: "A Ghost Story by Ada Thorn"; "" for
    what somebody did ("Written by") and for "by" alone."""
    before = _before_by(line)
    folded = before.casefold()
    article, _, rest = folded.partition(" ")
    bare = rest if article in _ARTICLES else folded
    return "" if bare in _DONE or role_in_byline(line) != "author" else before


def _before_by(line: str) -> str:
    """The words before the "by" of a byline; "" where nothing stands before it, or the line is none."""
    name = author_in(line) or byline(line)
    at = line.rfind(name) if name else -1
    m = _BEFORE_BY.match(line[:at]) if at > 0 else None
    return m[1].strip(" ,:;–—-") if m else ""
