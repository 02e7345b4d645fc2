"""Marks that the site a file came from puts beside a title: "The Weir (z-lib.org)", "The Weir - AO3", "(retail)"."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either

LONGEST = 255  # characters of a title or a file's name
_ENDING = r"(?:com|org|net|info|io|is|li|rs|cc|sk|me|to|se|st|gs|ru|fm|ws|co\.uk|de|fr|eu)"
_ADDRESS = rf"(?:https?://)?(?:www\.)?(?:[a-z0-9-]{{2,40}}\.){{1,3}}{_ENDING}/?"
_SITE = either("files", "sites")
_SORT = rf"(?:{either('files', 'sorts')}[\s,.+&-]{{0,3}}){{1,3}}"
_SAID = rf"(?:{_ADDRESS}|{_SITE}|{_SORT})"
_NAMED = rf"(?:{_ADDRESS}|{_SITE})"
_LAST = regex(  # in brackets, between underscores, or behind a dash
    rf" ?[\[({{_]{{1,3}} ?{_SAID} ?[\])}}_]{{1,3}}\Z|"
    rf" ?_[\[({{_]{{0,2}}{_NAMED}\Z|(?: |(?<=_))[-–—|~]{{1,2}} {_NAMED}\Z",
    re.I,
    LONGEST,
)
_FIRST = regex(
    rf"\A(?:[\[({{_]{{1,3}} ?{_NAMED} ?[\])}}_]{{1,3}}[ _-]{{0,3}}|{_ADDRESS} ?[-–—|_]{{1,3}} ?)(?=\S)", re.I, LONGEST
)


def without_site_marks(title: str) -> str:
    """A title, or a file's name without suffix, without what names the site or the sort of file that it was; a title
    that is nothing else stays as it is."""
    whole = bare = " ".join(title.split())
    while bare != (shorter := _LAST.sub("", _FIRST.sub("", bare)).strip()) and shorter:
        bare = shorter
    return bare if any(map(str.isalnum, bare)) and bare != whole else title
