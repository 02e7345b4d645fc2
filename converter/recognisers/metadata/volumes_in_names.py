"""Names of files that say volume and piece in words: "Vol 2 Chapter 1", "Book Two - Prologue", "Band 3 Nachwort"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.headings.words import lexicon, read_number
from converter.recognisers.metadata.matter_in_names import JOINTS, matter_in_name
from converter.recognisers.vocabulary import either, language_table, languages, listed_words

LONGEST_NAME = 255  # characters of a file's
NAMES = 10_000  # of a folder, which are asked for more than once
PIECES = 1_000  # more than a volume has chapters
OPENS = 0.01  # the place of what stands before a volume's chapters is below 1
CLOSES = PIECES - 1.0  # what stands behind them
LOOSE = CLOSES - 1.0  # what stands in the volume, nobody says where: behind the chapters, before the epilogue
_VOLUME = regex(
    rf"(?<![^\W_])(?P<word>{either('files', 'volume')})[\s._-]{{0,3}}(?P<number>\d{{1,3}}(?!\d)|[^\W\d_]{{1,12}})"
    r"(?P<joint>[\s._,:;()\[\]–—-]{1,5})(?=[^\W\d_])",
    re.I,
    LONGEST_NAME,
)
_CHAPTER = regex(
    rf"{either('files', 'chapter', 'chapter_short')}[\s._-]{{0,3}}"
    r"(?P<number>\d{1,3}(?:\.\d{1,2})?(?!\d)|[^\W\d_]{1,12})(?![^\W_])",
    re.I,
    LONGEST_NAME,
)
_JOINT = regex(r"\s*[-–—:_,;(\[]", within=LONGEST_NAME)


class InVolume(NamedTuple):
    """A volume that a name says, the word for it, where its number begins, where the piece is named and where what is
    said of it ends, and the place of that piece in the volume; `loose`: the name tells the volume, and not where in
    it."""

    word: str
    start: int
    behind: int
    end: int
    volume: int
    place: float
    loose: bool = False


@lru_cache(maxsize=NAMES)
def place_in_volume(stem: str) -> InVolume | None:
    """What a name in small letters, without suffix, says of volume and piece; None where it says no volume, or nothing
    behind it. A prologue opens its volume and an afterword closes it, whatever other volumes there are."""
    for found in _VOLUME.finditer(stem) if len(stem) <= LONGEST_NAME else ():
        if (volume := _counted(found["number"], found["word"])) is None:
            continue
        start, behind = found.start("number"), found.end()
        if piece := _CHAPTER.match(stem, behind):
            number = _number(piece["number"])
            if number is not None and number < LOOSE:
                return InVolume(found["word"], start, behind, piece.end(), volume, number)
        end = (joint.start() if (joint := _JOINT.search(stem, behind)) else len(stem)) or behind
        said = stem[behind:end].strip(JOINTS)
        if matter := matter_in_name(said):
            place = matter.rank * OPENS if matter.place < 0 else CLOSES + matter.rank * OPENS
            return InVolume(found["word"], start, behind, end, volume, place)
        end = end if said in _between() else found.end("number")
        return InVolume(found["word"], start, behind, end, volume, LOOSE, loose=True)
    return None


def _number(text: str) -> float | None:
    if text.isascii() and text[0].isdecimal():
        return float(text)
    number = next((n for tag in languages() if (n := read_number(text, lexicon(tag))) and n.end == len(text)), None)
    return float(number.value) if number else None


def _counted(number: str, word: str) -> int | None:
    """The number of a volume, in figures or in the words of a language that has this word for it."""
    if number.isdecimal():
        return int(number)
    for tag in languages():
        if word in listed_words("files", "volume", tag):
            found = read_number(number, lexicon(tag))
            if found and found.end == len(number):
                return found.value
    return None


@cache
def _between() -> frozenset[str]:
    """The words for chapters that stand between others, in all languages."""
    single = (item for tag in languages() for item in language_table(tag, "headings").get("single", {}).items())
    words = {word.casefold() for word, kind in single if kind == "interlude"}
    return frozenset(words | set(listed_words("files", "between")))
