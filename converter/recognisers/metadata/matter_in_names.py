"""Names of files that are a book's front or back matter: "Foreword", "Salt Road - Author's Note", "Nachwort"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from converter.document.model import ChapterKind
from converter.document.patterns import regex
from converter.recognisers.vocabulary import either, language_table, languages, listed_words

LONGEST_NAME = 255  # characters of a file's
JOINTS = " \t_,.:;#-–—[("
FRONT: tuple[ChapterKind, ...] = ("dedication", "epigraph", "foreword", "preface", "introduction", "front", "prologue")
BACK: tuple[ChapterKind, ...] = ("epilogue", "afterword", "appendix", "back")
NOTE = len(BACK)  # the author's notes come behind the story's own, then thanks and what is said of the author
LAST = NOTE + 1
TITLE_PAGE = -1  # the rank of the page before all other front matter
_ASIDE = regex(r"\s*[(\[][^()\[\]]{0,60}[)\]]$", within=LONGEST_NAME)
_NOTE = regex(either("notes", "author"), re.I, LONGEST_NAME)
_ABOUT = regex(rf"{either('files', 'about_opens')}\s+{either('files', 'about_what')}", re.I, LONGEST_NAME)
_BRACKET = regex(r"[\[(]([^\[\]()]{1,30})[\])]", within=LONGEST_NAME)
_LAST = regex(
    rf"(?:(?:{either('headings', 'last')}|{either('files', 'final')})[\s_-]*){{1,3}}(?:{either('files', 'chapter')})?",
    re.I,
    LONGEST_NAME,
)
_BLANKS = re.compile(r"[\s_]+")
_NO_JOINTS = str.maketrans("", "", " _-–—.,()[]#")


class Matter(NamedTuple):
    """A place in a book: before the chapters (-1) or behind them (1), and the rank among what stands there."""

    place: int
    rank: int


@cache
def matter_in_name(stem: str, work: str = "") -> Matter | None:
    """Where a file belongs whose name in small letters, without suffix, only says that it is front or back matter;
    `work` is what the names of the book's other files begin with, and may stand before it."""
    bare = _ASIDE.sub("", bare_name(stem, work)).strip()
    if known := _names().get(bare):
        return known
    if is_title_page(bare):
        return Matter(-1, TITLE_PAGE)
    if _ABOUT.fullmatch(bare):
        return Matter(-1, FRONT.index("foreword"))
    return Matter(1, NOTE) if bare and _NOTE.fullmatch(bare) else None


def is_title_page(stem: str) -> bool:
    """Whether a file's name, without suffix, says that it is the title page, whatever its place: "00 Title page"."""
    return letters_of_name(stem) in _title_pages()


def letters_of_name(stem: str) -> str:
    """A name in small letters without blanks and the like, and without the number before it."""
    return stem.casefold().translate(_NO_JOINTS).lstrip("0123456789")


def behind_last(stem: str) -> str:
    """What stands behind a bracket that says that a file is a work's last, in a name in small letters: "i rented a
    room" of "[final] i rented a room"; "" where there is no such bracket."""
    found = _BRACKET.match(stem)
    said = found[1].strip() if found else ""
    last = said and (_LAST.fullmatch(said) or _names().get(said, Matter(0, 0)).place > 0)
    return behind_bracket(stem) if last else ""


def behind_bracket(stem: str) -> str:
    """What stands behind the bracket with which a name begins; "" where it begins with none."""
    found = _BRACKET.match(stem)
    return stem[found.end() :].strip(JOINTS) if found else ""


def bare_name(stem: str, work: str = "") -> str:
    """A name with single blanks and plain apostrophes, without the work's name before it."""
    bare = _BLANKS.sub(" ", stem).strip()
    work = _BLANKS.sub(" ", work).strip(JOINTS)
    if work and bare.startswith(work) and bare[len(work) : len(work) + 1] in JOINTS:
        bare = bare[len(work) :]
    return bare.strip(JOINTS).replace("’", "'")


@cache
def _title_pages() -> frozenset[str]:
    return frozenset(letters_of_name(word) for word in listed_words("files", "title_pages"))


@cache
def _names() -> dict[str, Matter]:
    """The names of front and back matter in all languages, folded."""
    names = {word: Matter(1, LAST) for word in listed_words("files", "behind")}
    names |= {word: Matter(-1, 0) for word in listed_words("files", "before")}
    for language in languages():
        for word, kind in language_table(language, "headings").get("single", {}).items():
            if kind in FRONT:
                names[word.casefold()] = Matter(-1, FRONT.index(kind))
            elif kind in BACK:
                names[word.casefold()] = Matter(1, BACK.index(kind))
            elif kind == "acknowledgments":
                names[word.casefold()] = Matter(1, LAST)
    return names
