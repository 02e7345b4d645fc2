"""What a chapter is called that has no heading of its own: its file's name, as an editor would write it.

"ch03" is Chapter 3, "B1C01" Chapter 1 of a book, "Day 01 - 1637" Day 1 (the rest counts words), "Drabble 001 - Ring" is
Ring.
"""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.metadata.copies_in_names import unversioned
from converter.recognisers.metadata.dates_in_names import date_in_name
from converter.recognisers.metadata.file_names import fits_any_row
from converter.recognisers.metadata.parts_in_names import SEASON, part_in_name, spelled_out, whole_in_name
from converter.recognisers.metadata.titles_in_names import JUNK, titled
from converter.recognisers.metadata.volumes_in_names import place_in_volume
from converter.recognisers.vocabulary import listed_words

LONGEST = 255  # characters of a name
_WORDED = regex(
    r"(?P<word>[^\W\d_]+)[\s._#-]{0,3}(?P<number>\d{1,4}(?:\.\d{1,2})?)(?P<letter>[a-z])?(?=[\s_.,:–—-]|\Z)",
    re.I,
    LONGEST,
)
_LAST_WORD = regex(r"(?<![^\W_])([^\W\d_]+)[\W_]*\Z", within=LONGEST)
_NUMBER = regex(r"\d{1,4}(?:\.\d{1,2})?", within=LONGEST)
_JOINT = regex(r"\s*[:–—]|\s+-+\s")  # before a title
_JOINTS = " \t_.,:;#-–—()[]"  # between a number and a title


def chapter_from_name(stem: str, common: str, lex: Lexicon, *, page: bool = False) -> str:
    """A chapter's name from that of its file, without suffix; "" where that says none in a form known here. `common` is
    the beginning that all names share, in small letters. `page`: it may be a page of a longer text, which a number
    alone makes no chapter."""
    if inside := place_in_volume(stem.lower()):
        named = stem[inside.behind :]
        return _worded(named, lex) or _titled(named)
    shared = _LAST_WORD.search(common)
    word = shared[1] if shared else ""
    start = shared.start() if shared and _divides(word, lex) else len(common)
    own = stem[start if stem.lower().startswith(common) else 0 :]
    return (
        _day(stem, common, lex)
        or _coded(stem, len(stem) - len(own), lex)
        or _worded(own, lex)
        or ("" if page else _numbered(own, common, lex))
    )


def _day(stem: str, common: str, lex: Lexicon) -> str:
    """The date of a name that says nothing else but what is counted ("Letter 3 May 1916"), or what all names share."""
    dated = date_in_name(stem.lower())
    before, behind = dated.without(stem) if dated else ("", "")
    known = common.startswith(before.lower()) or before.lower() in lex.division
    return stem[dated.start : dated.end] if dated and known and not behind else ""


def _coded(stem: str, start: int, lex: Lexicon) -> str:
    """The chapter of a code that has its book or season, too ("B1C01", "s01e02"), or of a count ("1 of 6"), where it
    stands at the name's `start`."""
    part = part_in_name(stem.lower())
    if part is None or stem[start : part.start].strip(_JOINTS):
        return ""
    whole = whole_in_name(stem.lower())
    number = int(part.number % SEASON)
    if not part.total and not (whole and 0 < number < SEASON - 1):
        return ""
    short = "pt" if part.total else "ep" if whole and whole.episodes else "ch"
    return _with_title(f"{spelled_out(short, lex.language)} {number}", stem[part.end :])


def _worded(own: str, lex: Lexicon) -> str:
    """The name of "ch03", "Ch2.5 interlude", "Day 01 - 1637", "Drabble 001 - Ring", where a word says what is counted.
    What is no division of a book is called by its title, where it has one."""
    name = own.strip(_JOINTS)
    found = _WORDED.match(name)
    word = found["word"].lower() if found else ""
    if not found or not _divides(word, lex):
        return ""
    chapter = word in _chapter_words()
    label = spelled_out(word, lex.language) if chapter else word.capitalize()
    title = _titled(name[found.end() :])
    alone = read_form(title, lex) if title else None
    if title and ((alone and alone.shape == "single") or not (chapter or word in lex.division)):
        return title
    number = found["number"].lstrip("0") or "0"
    return _with_title(f"{label} {number}{found['letter'] or ''}", name[found.end() :])


def _numbered(own: str, common: str, lex: Lexicon) -> str:
    """The name of a file whose own name is a number behind what all share: "Widow-engine-06"."""
    number = own.strip(_JOINTS)
    shared = common.strip(_JOINTS)
    if not _NUMBER.fullmatch(number) or not any(map(str.isalpha, shared)) or fits_any_row(shared):
        return ""
    last = re.split(r"[\W_]+", shared)[-1]
    return (
        "" if last in listed_words("files", "page") else f"{spelled_out('ch', lex.language)} {number.lstrip('0') or 0}"
    )


def _divides(word: str, lex: Lexicon) -> bool:
    """Whether a word before a number says what part of a book it counts, or what sort of pieces."""
    return word in _chapter_words() or word in lex.division or _counts(word)


def _chapter_words() -> tuple[str, ...]:
    return (*listed_words("files", "chapter"), *listed_words("files", "chapter_short"))


def _counts(word: str) -> bool:
    """Whether a word before a number says what is counted, and is no small word of a title."""
    return word in listed_words("files", "counted") and word not in listed_words("titles", "small")


def _with_title(label: str, rest: str) -> str:
    title = _titled(rest)
    return f"{label}: {title}" if title else label


def _titled(rest: str) -> str:
    """A title behind a number, with blanks between its words; figures alone count words, and are none, and neither is
    what only says which version of the chapter the file has ("new"), unless a joint or a capital makes it a title."""
    if not _JOINT.match(rest) and not rest.strip(_JOINTS).istitle() and unversioned(f"x{rest}") == "x":
        return ""
    bare = JUNK.sub("", rest).replace("_", " ").strip(_JOINTS)
    if not any(map(str.isalpha, bare)):
        return ""
    words = bare if " " in bare else bare.replace("-", " ")
    return titled(words) if words != bare else words[:1].upper() + words[1:]
