"""The stretch of a work that a file's name says it holds: chapters 1 to 5 of "Salt 1-5", chapter 9 of "Salt ch 9"."""

from __future__ import annotations

import re
from typing import NamedTuple

from converter.document.alignment import bare_letters
from converter.document.patterns import regex
from converter.recognisers.metadata.copies_in_names import counts_versions, unversioned
from converter.recognisers.metadata.file_names import fits_any_row
from converter.recognisers.metadata.versions import date_in
from converter.recognisers.vocabulary import either

LONGEST_NAME = 255  # characters of a file's
_STRETCH = regex(
    rf"(?:(?<![^\W_]){either('files', 'chapter', 'chapter_short', 'page')}s?[\s._-]{{0,3}})?"
    r"(?<!\d)(\d{1,4})(?:\s?[-–—]\s?(\d{1,4}))?(?!\d)",
    re.I,
    LONGEST_NAME,
)
_JOINTS = " \t._,:;#-–—([+"


class RangeInName(NamedTuple):
    """The work as a name calls it before the numbers, what all names of that work share ("" where nothing stands
    beside the numbers), and the first and the last chapter."""

    title: str
    work: str
    first: int
    last: int

    @property
    def several(self) -> bool:
        """Whether it says that it holds more than one chapter."""
        return self.last > self.first


def range_in_name(stem: str) -> RangeInName | None:
    """What a file's name without suffix says; None where it has no such number, or several that may be it, a date,
    or a number that counts versions or whatever somebody wrote ("notes 3")."""
    text = unversioned(stem)
    if counts_versions(stem) or date_in(text):
        return None
    found = list(_STRETCH.finditer(text))
    if len(found) != 1:
        return None
    at = found[0]
    first, last = int(at[1]), int(at[2] or at[1])
    title = text[: at.start()].strip(_JOINTS)
    work = f"{bare_letters(title)}#{bare_letters(text[at.end() :])}"
    if last < first or (title and fits_any_row(title.casefold())):
        return None
    return RangeInName(title, work if len(work) > 1 else "", first, last)
