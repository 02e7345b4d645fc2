"""Names that begin with a place in the row and say their chapter in words behind it: "03 Chapter One - The Weir"."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.patterns import regex
from converter.recognisers.metadata.matter_in_names import matter_in_name
from converter.recognisers.metadata.parts_in_names import SEASON, part_in_name

LONGEST_NAME = 255  # characters of a file's
_PLACE = regex(r"(\d{1,4})(?:[\s_]*[-–—.)_]{1,3}[\s_]*|[\s_]+)(?=[^\W\d_])", within=LONGEST_NAME)


def with_digits(names: Sequence[str]) -> Sequence[str]:
    """These names, those that say a chapter in words behind their place with its number in digits: "03 ch 1 - Weir".
    The place orders such files, and the prologue and epilogue between them, as long as no two have the same one."""
    places = {i: place for i, name in enumerate(names) if name[:1].isdecimal() and (place := _PLACE.match(name))}
    if len({int(place[1]) for place in places.values()}) < len(places):
        return names
    named = [_in_digits(name, places[i].end()) if i in places else name for i, name in enumerate(names)]
    return names if named == list(names) else named


def _in_digits(name: str, behind: int) -> str:
    low = name.lower()
    part = part_in_name(low) if len(low) == len(name) <= LONGEST_NAME else None
    if part is None or part.start != behind or part.total or part.number >= SEASON:
        return name
    return f"{name[:behind]}ch {part.number:g}{name[part.end :]}"


def is_matter(stem: str) -> bool:
    """Whether a name in small letters, without suffix, only says front or back matter behind its place in the row."""
    place = _PLACE.match(stem) if len(stem) <= LONGEST_NAME else None
    return matter_in_name(stem[place.end() :] if place else stem) is not None
