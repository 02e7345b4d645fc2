"""The part of a work that a name of a file names in words: "Erstes Kapitel", "第三章", "s01e02", "2 of 5",
"Act I Scene 2".

Numbers in digits behind a word ("chapter 12.5") are read by whoever asks: they may have decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from converter.document.far_letters import has_far_letters
from converter.document.patterns import regex
from converter.recognisers.headings.words import Lexicon, lexicon, read_number
from converter.recognisers.metadata.volumes_in_names import place_in_volume
from converter.recognisers.vocabulary import either, language_table, languages, listed_words

LONGEST_NAME = 255  # characters of a file's
NAMES = 10_000  # of a folder, which are asked for more than once
SEASON = 1_000  # more than a season has episodes
MOST_WORDS = 2  # of a number before its chapter's word
ARTICLES = frozenset("the das der die le la les el il het de".split())  # that may stand before a chapter's number
VOLUMES = frozenset("卷巻권")  # East Asian counters of books, which are no parts of one
_TOKEN = regex(r"[^\W_]+")
_BETWEEN = regex(r"[\s._\-–—]{0,4}")
_ARTICLE = regex(rf"(?:{'|'.join(sorted(ARTICLES))})[\s._]{{1,3}}")
_CLOSED = regex(r"[\s_]*(?:$|[\-–—.,:;(\[])")  # "chapter the third man" names no number
_VOLUME_TITLED = regex(r"(\S.{2,40}?)(?:\s*[:：–—_]\s*|\s+-\s+|[,.]\s+)(\S.*)", within=LONGEST_NAME)
_EPISODE = regex(r"(?<![^\W_])(?:s(\d{1,2})[\s._-]?e(\d{1,3})|(\d{1,2})x(\d{2,3}))(?![^\W_])")
_BOOK_AND_CHAPTER = regex(  # "b1c01", "v2ch3", "b2 prologue"
    rf"(?<![^\W_])[bv](\d{{1,2}})[\s._-]?(?:ch?(\d{{1,3}})|({either('files', 'frame')}))(?![^\W_])", re.I, LONGEST_NAME
)
_OF_ALL = regex(
    rf"(?P<book>{either('files', 'volume')}[\s._-]{{0,3}})?"
    rf"(?<![^\W_])(\d{{1,3}})(?:[\s_]?(?:{either('files', 'of_all')}|/)[\s_]?|(?<=[ (\[]\d)_(?=\d{{1,2}}[)\]]?\Z)"
    rf"|(?<=[ (\[]\d\d)_(?=\d\d[)\]]?\Z))(\d{{1,3}})(?![^\W_])",  # "1 of 6", "1/6", in names of files "1_6"
    re.I,
    LONGEST_NAME,
)


class PartInName(NamedTuple):
    """Where a name says which part of a work its file is, from its words to behind them, and the part's number."""

    start: int
    end: int
    number: float
    total: int = 0  # of how many, where the name says so


@lru_cache(maxsize=NAMES)
def part_in_name(stem: str) -> PartInName | None:
    """The part that a file's name in small letters, without suffix, names in words; None where it names none so."""
    if episode := _EPISODE.search(stem):
        season, number = (int(n) for n in episode.groups() if n)
        return PartInName(episode.start(), episode.end(), float(SEASON * season + number))
    if volume := _BOOK_AND_CHAPTER.search(stem):
        return PartInName(volume.start(), volume.end(), SEASON * int(volume[1]) + _in_volume(volume))
    if (spelled := place_in_volume(stem)) and not spelled.loose:
        return PartInName(spelled.start, spelled.end, SEASON * spelled.volume + spelled.place)
    if scene := _scene(stem):
        return scene
    if (of := _OF_ALL.search(stem)) and not of["book"] and 0 < int(of[2]) <= int(of[3]) > 1:
        return PartInName(of.start(), of.end(), float(of[2]), int(of[3]))
    if has_far_letters(stem):
        counted = lexicon("en").counter_first.search(stem)
        if counted and not VOLUMES & set(counted[0]) and (counts := _counted(counted[0])):
            return PartInName(counted.start(), counted.end(), float(counts))
    return next(_worded(stem), None)


class Whole(NamedTuple):
    """The book or season that a name says beside its piece: the word or letter for it, its number, and whether its
    pieces are episodes."""

    word: str
    number: int
    episodes: bool = False


def whole_in_name(stem: str) -> Whole | None:
    """The whole of which a name in small letters says a piece: "b" of "b1c01", "s" of "2x03", "vol" of "vol 2 chapter
    1"; None where it says none."""
    if episode := _EPISODE.search(stem):
        return Whole("s", int(episode[1] or episode[3]), episodes=True)
    if found := _BOOK_AND_CHAPTER.search(stem):
        return Whole(found[0][0].lower(), int(found[1]))
    spelled = place_in_volume(stem)
    return Whole(spelled.word, spelled.volume) if spelled else None


def _in_volume(found: re.Match[str]) -> float:
    """The place of a chapter in its volume: a prologue's before the first, an epilogue's behind all."""
    if found[2]:
        return float(found[2])
    kinds = (
        k for tag in languages() for w, k in language_table(tag, "headings").get("single", {}).items() if w == found[3]
    )
    return 0.0 if "prologue" in kinds else SEASON - 1.0


def _scene(stem: str) -> PartInName | None:
    """The scene of an act that a name says: "Act I Scene 2", counted on from act to act."""
    for found in _scenes().finditer(stem) if len(stem) <= LONGEST_NAME else ():
        numbers = [read_number(found[n], lexicon("en")) for n in (1, 2)]
        act, scene = (n.value if n and n.end == len(found[at]) else 0 for at, n in enumerate(numbers, 1))
        if act and 0 < scene < SEASON:
            return PartInName(found.start(), found.end(), float(SEASON * act + scene))
    return None


@cache
def _scenes() -> re.Pattern[str]:
    words: dict[str, set[str]] = {"act": set(), "scene": set()}
    for language in languages():
        for word, kind in language_table(language, "headings").get("division", {}).items():
            if kind in words and len(word) > 1:
                words[kind].add(re.escape(word))
    act, scene = ("|".join(sorted(words[kind], key=lambda w: (-len(w), w))) for kind in ("act", "scene"))
    number = r"[\s._]{1,3}([^\W_]{1,12})"
    return regex(rf"(?<![^\W_])(?:{act}){number}[\s._,–-]{{1,4}}(?:{scene}){number}(?![^\W_])", re.I, LONGEST_NAME)


def _counted(words: str) -> int | None:
    from converter.recognisers.headings.forms import read_form

    form = read_form(words, lexicon("en"))
    return form.number.value if form and form.number else None


def _worded(stem: str) -> Iterator[PartInName]:
    tokens = list(_TOKEN.finditer(stem))
    for at, token in enumerate(tokens):
        for language in _chapter_words().get(token[0], ()):
            lex = lexicon(language)
            if (behind := _behind(stem, token.end(), lex)) is not None:
                yield PartInName(token.start(), *behind)
            for words in range(min(MOST_WORDS, at), 0, -1):
                text = " ".join(t[0] for t in tokens[at - words : at])
                number = read_number(text, lex)
                if number and number.end == len(text) and number.style != "digit":
                    first = at - words
                    while first and tokens[first - 1][0] in ARTICLES:
                        first -= 1
                    yield PartInName(tokens[first].start(), token.end(), float(number.value))


def _behind(stem: str, place: int, lex: Lexicon) -> tuple[int, float] | None:
    """Where the number behind a chapter's word ends, and the number."""
    between = _BETWEEN.match(stem, place)
    start = between.end() if between else place
    if start == place:
        return None
    article = _ARTICLE.match(stem, start)
    start = article.end() if article else start
    number = read_number(stem[start:].replace("_", " "), lex)
    if not number or number.style == "digit":
        return None
    end = start + number.end
    if article and not _CLOSED.match(stem, end):
        return None
    return None if stem[end : end + 1].isalnum() else (end, float(number.value))


@cache
def _chapter_words() -> dict[str, tuple[str, ...]]:
    """The words for a chapter in names of files, each with the languages that have it."""
    return _with_languages("chapter", "chapter_short")


def _with_languages(*keys: str) -> dict[str, tuple[str, ...]]:
    """The words in names of files under these keys, each with the languages that have it."""
    words: dict[str, tuple[str, ...]] = {}
    for language in languages():
        for key in keys:
            for word in listed_words("files", key, language):
                words[word] = (*words.get(word, ()), language)
    return words


def spelled_out(word: str, language: str) -> str:
    """A chapter's word in a file's name as a heading has it: "Chapter" for "ch", in German "Kapitel" for "kap"."""
    for tag in dict.fromkeys((language, "en", *languages())):
        for pair in listed_words("files", "spelled", tag):
            short, full = pair.split(" ", 1)
            if short == word:
                return full
    return word.capitalize()


def only_volume(stem: str) -> bool:
    """Whether a name only says which book of a work it is, and not of which: "Volume 1", "Zweiter Band"."""
    return _volume_number(stem) is not None


def volume_in_name(stem: str) -> tuple[int, str] | None:
    """The number of a volume and its title in a name that says no more: "Volume 1 - The Weir", "Band 2"."""
    if (number := _volume_number(stem)) is not None:
        return number, ""
    parted = _VOLUME_TITLED.fullmatch(stem)
    number = _volume_number(parted[1]) if parted else None
    return (number, parted[2]) if parted and number is not None else None


def _volume_number(stem: str) -> int | None:
    tokens = [t[0] for t in _TOKEN.finditer(stem.lower())]
    if not 1 < len(tokens) <= 1 + MOST_WORDS:
        return None
    for word, rest in ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1])):
        for language in _volume_words().get(word, ()):
            text = " ".join(t for t in rest if t not in ARTICLES)
            number = read_number(text, lexicon(language)) if text else None
            if number and number.end == len(text):
                return number.value
    return None


@cache
def _volume_words() -> dict[str, tuple[str, ...]]:
    """The words for a volume in names of files, each with the languages that have it."""
    return _with_languages("volume")
