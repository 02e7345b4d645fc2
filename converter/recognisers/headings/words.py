"""The words of headings and the numbers in them, by language: a lexicon made from the vocabulary's `[headings]`.

division  word = kind: takes a number before or after it ("Chapter 3", "Drittes Kapitel", "FIRST ACT")
single    word = kind: a heading that may stand alone ("Prologue")
contents  what a contents list is called; pictures: a list of illustrations
ones      cardinal and ordinal number words, place in the list = value, from 1; alternatives parted by "|"
tens      the same for 10, 20, 30 ...; joined to ones by a hyphen, a blank or "and"
hundred   what makes hundreds of ones before it ("two hundred and six")
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple, cast
from unicodedata import normalize

from converter.document.model import ChapterKind
from converter.document.patterns import regex
from converter.recognisers.language.numerals import CJK_NUMBER, greek_number, hebrew_number, roman
from converter.recognisers.vocabulary import language_table, listed_words

NumberStyle = Literal["digit", "roman", "small-roman", "word", "cjk", "letter"]

DIGITS = regex(
    r"(\d{1,4})(?:[.,](\d{1,2})(?![\d]))?(?:st|nd|rd|th|er|re|ère|ème|e|º|ª|°|o|a|\.ª|\.º|ος|ο|η|-[аийоя]|-[аыи][йя])?(?![\w])",
    re.I,
)
ROMANS = regex(r"([ivxlcdm]{1,9})(?![\w'’])", re.I)
LETTERS = regex(r"[^\W\d_]+")
# vowels and other signs that are written around a letter, and are none themselves
_AROUND = (
    "\u0300-\u036f\u05b0-\u05bd\u05bf-\u05c7\u064b-\u0655\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0980-\u0983\u09bc-\u09cd\u09d7\u0b82\u0bbe-\u0bcd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
_WORD = rf"[^\W\d_](?:[^\W\d_]|[{_AROUND}])*+"
WORDS = regex(rf"{_WORD}(?:['’]{_WORD})?")
TWO_WORDS = regex(rf"{_WORD}[\s\-]+{_WORD}")
THREE_WORDS = regex(rf"{_WORD}(?:[\s\-]+{_WORD}){{2}}")
GREEK = regex(r"([\u0391-\u03a9\u03b1-\u03c9\u03da-\u03df]{1,4})['’´ʹ\u0374\u0384](?!\w)")
HEBREW = regex(r"([\u05d0-\u05ea]{1,3})(?:['’׳]|[\"”״]([\u05d0-\u05ea]))(?!\w)")
HEBREW_BARE = regex(r"([\u05d0-\u05ea]{1,2})(?=\s*(?:[:.–—\-]|\Z))")
_ARTICLE = r"(?:the\s+|das\s+|der\s+|le\s+|la\s+|el\s+|il\s+)?"
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer: no space between words
SHORTEST_TENS = 7  # letters; "fortyone" has eight
JOINT = regex(r"[\s\-–]+(?:and[\s\-]+|und[\s\-]+|et[\s\-]+|y[\s\-]+|e[\s\-]+)?")
HUNDRED = regex(r"\s+|-")  # before the word
BEHIND_HUNDRED = regex(r"(?:\s+|-)(?:and(?:\s+|-))?")
ALIASES = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "fil": "tl", "sh": "hr", "bs": "hr"}
LAST_WORDS = frozenset(listed_words("headings", "last"))


class Lexicon(NamedTuple):
    """What headings are made of in one language (English words are always in it, and the East Asian counters)."""

    language: str
    division: dict[str, ChapterKind]
    single: dict[str, ChapterKind]
    contents: frozenset[str]
    pictures: frozenset[str]
    numbers: dict[str, int]
    tens: dict[str, int]
    hundred: frozenset[str]
    number_starts: frozenset[str]  # first words of number words
    single_words: frozenset[str]  # all words of the headings that stand alone
    single_starts: frozenset[str]  # the letters with which they begin
    counters: dict[str, ChapterKind]
    division_first: re.Pattern[str]
    counter_first: re.Pattern[str]


def _folded(words: dict[str, ChapterKind]) -> dict[str, ChapterKind]:
    """Words as they are compared; a Greek word's last letter is another one in capitals."""
    return words | {word.casefold(): kind for word, kind in words.items()}


def first_letters(text: str) -> str:
    """The letters with which a text begins, up to the first sign that is none."""
    letters = LETTERS.match(text)
    return letters[0] if letters else ""


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon for a BCP 47 tag; an unknown language has the English one."""
    primary = language.partition("-")[0].lower()
    primary = ALIASES.get(primary, primary)
    tags = ["en"] + ([primary] if language_table(primary, "headings") and primary not in ("en", "cjk") else [])
    division: dict[str, ChapterKind] = {}
    single: dict[str, ChapterKind] = {}
    contents: set[str] = set()
    pictures: set[str] = set()
    numbers: dict[str, int] = {}
    tens: dict[str, int] = {}
    for tag in tags:
        section = language_table(tag, "headings")
        division |= _folded(cast("dict[str, ChapterKind]", section["division"]))
        single |= _folded(cast("dict[str, ChapterKind]", section["single"]))
        contents |= set(section["contents"])
        pictures |= set(section.get("pictures", ()))
        for value, names in enumerate(section["ones"], 1):
            numbers |= dict.fromkeys(map(_folded_word, names.split("|")), value)
        for value, names in enumerate(section.get("tens", ()), 1):
            if names:
                tens |= dict.fromkeys(map(_folded_word, names.split("|")), 10 * value)
    cjk = language_table("cjk", "headings")
    contents |= set(cjk["contents"])
    single |= cast("dict[str, ChapterKind]", cjk["single"])
    counters = cast("dict[str, ChapterKind]", cjk["division"])
    names = "|".join(sorted(map(re.escape, division), key=len, reverse=True))
    marks = "|".join(map(re.escape, counters))
    return Lexicon(
        primary,
        division,
        single,
        frozenset(contents),
        frozenset(pictures),
        numbers,
        tens,
        frozenset(word for tag in tags for word in language_table(tag, "headings").get("hundred", ())),
        frozenset(re.split(r"[\s\-]", n, maxsplit=1)[0] for n in numbers),
        frozenset(w for name in single for w in name.split()),
        frozenset(map(first_letters, single)),
        counters,
        regex(rf"{_ARTICLE}({names})(?:(?<=[{SPACELESS}])|(?![\w'’]))\.?", re.I),
        re.compile(
            rf"(?:[第제]\s*([{CJK_NUMBER}]{{1,7}})\s*({marks})|(卷|巻)\s*([{CJK_NUMBER}]{{1,7}})|(\d{{1,4}})\s*(화|장|章|回|話|话)"
            rf"|({'|'.join(cjk['counted'])})([{CJK_NUMBER}]{{1,4}})(?=[\s:：]|\Z))"
        ),
    )


class Number(NamedTuple):
    """A number read at the start of a text: its value, how it was written, and where it ends."""

    value: int
    style: NumberStyle
    end: int
    text: str


def read_number(text: str, lex: Lexicon) -> Number | None:
    """The number at the very start of `text`, or None. Part numbers ("10.5") count as their whole part."""
    if m := DIGITS.match(text):
        return Number(int(m[1]), "digit", m.end(), m[0])
    if (
        (m := ROMANS.match(text))
        and (value := roman(m[1])) is not None
        and (m[1].isupper() or m[1].islower())
        and _folded_word(m[1]) not in lex.numbers  # "dix" is ten in French, and no 509
    ):
        return Number(value, "roman", m.end(), m[0])
    return _letter_number(text, lex) or _word_number(text, lex)


def _letter_number(text: str, lex: Lexicon) -> Number | None:
    """Letters that count, with the signs that say so ("Α΄", "י״א"); in Hebrew also without, where nothing follows."""
    if lex.language == "el" and (m := GREEK.match(text)):
        value = greek_number(m[1])
    elif lex.language == "he" and (m := HEBREW.match(text) or HEBREW_BARE.match(text)):
        value = hebrew_number("".join(filter(None, m.groups())))
    else:
        return None
    return Number(value, "letter", m.end(), m[0]) if value else None


def _folded_word(word: str) -> str:
    """A word of a number as it is compared: the Turkish i's are one letter, and Greek capitals have no accents."""
    folded = word.casefold().replace("i\u0307", "i").replace("ı", "i")
    if folded.isascii() or not any("\u0370" <= c <= "\u03ff" for c in folded):
        return folded
    return normalize("NFD", folded).replace("\u0301", "")


def _word_number(text: str, lex: Lexicon) -> Number | None:
    first = _below_hundred(text, lex)
    if not (lex.hundred and first and first.value < 10):
        return first
    behind = HUNDRED.match(text, first.end)
    word = WORDS.match(text, behind.end()) if behind else None
    if not word or word[0].casefold() not in lex.hundred:
        return first
    joint = BEHIND_HUNDRED.match(text, word.end())
    rest = _below_hundred(text[joint.end() :], lex) if joint else None
    end = joint.end() + rest.end if joint and rest else word.end()
    return Number(100 * first.value + (rest.value if rest else 0), "word", end, text[:end])


def _below_hundred(text: str, lex: Lexicon) -> Number | None:
    m = WORDS.match(text)
    if not m:
        return None
    word = _folded_word(m[0])
    if word in lex.tens:
        joint = JOINT.match(text, m.end())
        after = WORDS.match(text, joint.end()) if joint else None
        if after and lex.numbers.get(unit := _folded_word(after[0]), 99) < 10:
            return Number(lex.tens[word] + lex.numbers[unit], "word", after.end(), text[: after.end()])
        return Number(lex.tens[word], "word", m.end(), m[0])
    for tens, value in lex.tens.items() if len(word) > SHORTEST_TENS else ():
        if word.startswith(tens) and lex.numbers.get(word[len(tens) :], 99) < 10:
            return Number(value + lex.numbers[word[len(tens) :]], "word", m.end(), m[0])
    if word not in lex.number_starts:
        return None
    for parts in (THREE_WORDS.match(text), TWO_WORDS.match(text)):
        if parts and (joined := " ".join(_folded_word(parts[0]).split())) in lex.numbers:
            return Number(lex.numbers[joined], "word", parts.end(), parts[0])
    if word in lex.numbers:
        return Number(lex.numbers[word], "word", m.end(), m[0])
    return None
