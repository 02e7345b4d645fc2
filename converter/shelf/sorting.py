"""By what books stand in a list: titles without their articles, authors by the family's name; letters to jump to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Literal, NamedTuple

from converter.document.record import dataclass
from converter.recognisers.metadata.resolution import file_as
from converter.shelf.plain_names import in_order

Sort = Literal["", "title", "author", "longest", "series"]
SORTS: dict[Sort, str] = {
    "": "Newest", "title": "Title", "author": "Author", "longest": "Longest", "series": "Series"
}  # fmt: skip
MOST_LETTERS = 32  # in a row: Latin's with a few others, or Cyrillic's
FEW_NAMES = 60  # in a list that needs no letters
LAST = "\U0010ffff"  # the key of what a book does not say: behind all others
ARTICLES = {  # that may open a title, as catalogues leave them out
    "ca": "el la els les en un una l'", "cy": "y yr", "da": "en et den det de", "de": "der die das ein eine",
    "el": "ο η το οι τα ενας μια ενα", "en": "the a an", "eo": "la", "es": "el la lo los las un una unos unas",
    "fr": "le la les un une l'", "ga": "an na", "gl": "o a os as un unha", "hu": "a az egy",
    "it": "il lo la i gli le un uno una l' un'", "nb": "en ei et den det de", "nl": "de het een 't 'n",
    "nn": "ein ei eit den det dei", "no": "en ei et den det de", "pt": "o a os as um uma", "ro": "un o niste",
    "sv": "en ett den det de",
}  # fmt: skip
_ARABIC = re.compile(r"\u0627\u0644(?=\w\w)")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with which books, or names, begin, or the first and the last of a script: what it is called, and how
    many stand before it."""

    called: str
    before: int


class _Run(NamedTuple):
    """Letters of one script that stand together, each with how many begin with it."""

    letters: list[tuple[str, int]]

    @property
    def each(self) -> float:
        """How many begin with each of them."""
        return sum(count for _, count in self.letters) / len(self.letters)


def title_key(title: str, language: str) -> str:
    """By what a title stands: without the article of its language, signs before it, accents and strokes. A title that
    is an article alone stands by that; one without a language is taken for English."""
    key = plain_key(title)
    if opened := _article(language.partition("-")[0].lower() or "en").match(key):
        key = plain_key(key[opened.end() :]) or key
    return key


def author_key(authors: Sequence[str]) -> str:
    """By what a book stands among those of others: its first author as libraries file the name ("Thorn, Ada")."""
    return name_key(authors[0]) if authors else LAST


def name_key(name: str) -> str:
    """By what somebody's name stands: as libraries file it."""
    return plain_key(file_as(name))


def series_key(series: str) -> str:
    """By what a book's series stands; books of none stand behind the others."""
    return plain_key(series) if series else LAST


def initial(key: str) -> str:
    """The letter under which a key stands; "0" for all digits."""
    return "0" if "0" <= key[:1] <= "9" else key[:1]


def letters_of(counts: Sequence[tuple[str, int]], nothing: str = "none") -> tuple[Letter, ...]:
    """The letters to jump to, of initials in their order with how many books have each. Where they are too many, those
    of the scripts with the fewest books for a letter become one each. `nothing` is what books are called that say
    nothing."""
    runs = [_Run(list(run)) for _, run in groupby(counts, lambda row: _script(row[0]))]
    whole: set[int] = set()
    for at in sorted(range(len(runs)), key=lambda at: runs[at].each):
        if sum(1 if at in whole else len(run.letters) for at, run in enumerate(runs)) <= MOST_LETTERS:
            break
        whole.add(at)
    found: list[Letter] = []
    before = 0
    for at, run in enumerate(runs):
        if at in whole and len(run.letters) > 1:
            ends = (_called(run.letters[end][0], nothing) for end in (0, -1))
            found.append(Letter("–".join(ends), before))
        for letter, count in run.letters:
            if at not in whole or len(run.letters) == 1:
                found.append(Letter(_called(letter, nothing), before))
            before += count
    return tuple(found)


def letters_of_names(names: Sequence[str], *, authors: bool) -> dict[int, str]:
    """The letters under which names in their order begin, by the place of the first of each; none of a short list, or
    of one letter."""
    if len(names) <= FEW_NAMES:
        return {}
    key = name_key if authors else plain_key
    initials = [(letter, len(list(alike))) for letter, alike in groupby(names, lambda name: initial(key(name)))]
    return {letter.before: letter.called for letter in letters_of(initials)} if len(initials) > 1 else {}


def plain_key(text: str) -> str:
    """By what a text stands in a list: letters with accents and strokes as those without, no signs before them."""
    key = in_order(text).strip()
    opened = _SIGNS.match(key)
    return key[opened.end() :] or key if opened else key


@cache
def _article(language: str) -> re.Pattern[str]:
    """What matches an article of this language at the beginning of a key."""
    if language == "ar":
        return _ARABIC
    words = ARTICLES.get(language, "").replace("'t", "t").replace("'n", "n").split()  # signs are gone already
    joined = [re.escape(word[:-1]) + "['’]" for word in words if word.endswith("'")]
    apart = [re.escape(word) + r"\s+" for word in words if not word.endswith("'")]
    return re.compile("|".join([*joined, *apart]) or r"(?!)")


def _called(letter: str, nothing: str) -> str:
    return nothing if letter in (LAST, "") else "0–9" if letter == "0" else letter.upper()


def _script(letter: str) -> str:
    """The script of a letter, as Unicode's names begin."""
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""
