"""Where a title may break, and where it had better not."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

from converter.document.patterns import regex
from converter.document.record import dataclass

STAY = 1.0
"""Penalty of a line that ends with an article, a preposition or a conjunction."""
LONE_SIGN = 2.0
"""Penalty of a line that begins with a dash that belongs to the line above."""
INSIDE = 1.0
"""Penalty of a break inside a run of Han, kana or hangul where no word seems to end."""
ORPHAN = 0.25
"""What a line of a single Han or kana costs, as a share of the letters' size."""
HYPHEN = 1.6
"""Penalty of a break after the hyphen of a compound."""
HYPHEN_WIDTH = 0.35
"""Em, in the widest of the faces in use."""
DIVIDED = 1.25
"""Penalty of a divided word, however often."""
PAUSE = -0.1
"""A line that ends with the title's own pause reads best."""

LITTLE_WORDS = frozenset(
    """
    & a an the of in on at to for from by with and or but nor as into upon over under is my your his her our their its
    der die das den dem des ein eine einen einem einer im am zum zur von vom und oder mit für in an auf aus bei
    le la les l' un une des du de d' et à au aux en ou par pour sur dans
    el los las del al y o con por para sin una lo il gli i della dello delle dei degli di da nel nella e ed per tra fra
    het een van te op met voor den det ett av och som på til og med af
    в во на с со и к ко у о об от из за по до не а но для при
    z ze w we na i do od po za o u
    η ο το οι τα του της των στο στη στην τον την ένα μια και με σε από για
    في من على إلى عن مع و יש של את על אל עם אין
    """.split()
)
"""Words that belong to the next one, in the languages stories come in most."""

NO_LINE_START = (
    "、。，．・：；！？）」』】〕》〉］｝ー…‥～々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.!?:;)]}’”"
)
NO_LINE_END = "（「『【〔《〈［｛([{‘“"
"""JIS X 4051: characters that may not begin, and that may not end, a line."""

CHINESE_OPENERS, CHINESE_CLOSERS = "与和及或與", "的之"
"""Words of one character that begin, or end, a phrase: and, or, of."""
NO_BREAK = "\u00a0"

STACKED = "\u17d2\u1039"
"""Signs of Khmer and Burmese that put the next letter below the one before."""
ASAT = "\u103a"
"""Burmese: closes a syllable with the letter that it stands on."""

DASH = regex(r"(?<=[^\W\d_][-–—/])(?=[^\W\d_]{2})|(?<=[—/])(?=\w)")


@dataclass(frozen=True, slots=True)
class Unbreakable:
    """What a line break never divides. `spaced`: a space stands before it unless a line begins here; `penalty`: the
    cost of a break before it; `tail`: the width in em of the hyphen it gets at a line's end (0 = none)."""

    text: str
    spaced: bool
    penalty: float
    tail: float = 0.0


def unbreakables(text: str, language: str) -> list[Unbreakable]:
    """The text in pieces, in order. Joined again (with their spaces) they are the text. At no-break spaces it stays."""
    out: list[Unbreakable] = []
    previous = ""
    for word in text.split(" "):
        parts = [bit for half in DASH.split(word) for bit in _inside(half)]
        ends = _phrase_ends(word, language) if len(parts) > 1 and any(map(_wide, word)) else set()
        at = 0
        for i, part in enumerate(parts):
            if i == 0:
                penalty = _after(previous) if any(c.isalnum() or c == "&" for c in part) else LONE_SIGN
            else:
                soft = _soft(parts[i - 1], part) or (at in ends and not _torn(parts[i - 1], part))
                penalty = HYPHEN if parts[i - 1].endswith("-") else 0.0 if soft else INSIDE
            at += len(part)
            out.append(Unbreakable(part.replace(NO_BREAK, " "), i == 0 and bool(out), penalty))
        previous = word
    return [p for p in out if p.text] or [Unbreakable(text, False, 0.0)]


def split_long(words: list[Unbreakable], lengths: list[float], most: float, language: str) -> list[Unbreakable]:
    """The pieces, those longer than `most` em divided in near-equal parts.

    Where the language's hyphenation (pyphen) knows places, only there; a hyphen is added between letters alone.
    """
    out: list[Unbreakable] = []
    for word, length in zip(words, lengths, strict=True):
        count = min(int(length / most) + 1, len(word.text) // 3)
        cuts = _cuts(word.text, count, language) if length > most and count > 1 else []
        for a, b in pairwise([0, *cuts, len(word.text)]):
            inner = b < len(word.text) and word.text[b - 1].isalpha() and word.text[b].isalpha()
            spaced, penalty = (word.spaced, word.penalty) if a == 0 else (False, DIVIDED)
            out.append(Unbreakable(word.text[a:b], spaced, penalty, HYPHEN_WIDTH if inner else 0.0))
    return out


def _cuts(word: str, count: int, language: str) -> list[int]:
    """Where to divide a word into `count` parts of about one length."""
    from pyphen import Pyphen, language_fallback

    known = language_fallback(language.replace("-", "_")) if language else None
    places = Pyphen(lang=known).positions(word) if known and word.isalpha() else []
    even = [len(word) * i / count for i in range(1, count)]
    if len(places) < len(even):
        return [round(place) for place in even]
    return sorted({min(places, key=lambda p, at=at: abs(p - at)) for at in even})


def _after(word: str) -> float:
    bare = word.strip("“”‘’\"'«»(),").casefold()
    if bare in LITTLE_WORDS:
        return STAY
    return PAUSE if word[-1:] in ":;—–,.!?" and len(bare) > 2 else 0.0


def _inside(word: str) -> list[str]:
    """The pieces of a word, or of a text of a script that has no spaces between its words."""
    if any("\u0e00" <= c <= "\u0e7f" for c in word):
        return [str(part) for part in _phrases("th").parse(word)]
    return _syllables(word) if any(map(_unspaced, word)) else _east_asian(word)


def _unspaced(char: str) -> bool:
    """Lao, Burmese, Khmer: no spaces part their words."""
    return "\u0e80" <= char <= "\u0eff" or "\u1000" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff"


def _syllables(word: str) -> list[str]:
    """The syllables of Lao, Burmese and Khmer, roughly: between two of them such a text may be divided."""
    out: list[str] = []
    for char, after in zip(word, word[1:] + " ", strict=True):
        mark = unicodedata.category(char)[0] in "MP" or char in "\u0eb0\u0eb2\u0eb3\u0ebd"
        bound = bool(out) and (out[-1][-1] in STACKED or "\u0ec0" <= out[-1][-1] <= "\u0ec4" or after == ASAT)
        if out and (mark or bound or not _unspaced(char)):
            out[-1] += char
        else:
            out.append(char)
    return out


@cache
def _phrases(language: str) -> Any:
    """Tells the phrases of a language that has no spaces."""
    import budoux

    match language:
        case "th":
            return budoux.load_default_thai_parser()
        case "ja":
            return budoux.load_default_japanese_parser()
        case "zh-hant":
            return budoux.load_default_traditional_chinese_parser()
        case _:
            return budoux.load_default_simplified_chinese_parser()


def _phrase_ends(word: str, language: str) -> set[int]:
    """Where a phrase of Chinese or Japanese ends, as numbers of characters."""
    tag = language.casefold()
    if not tag.startswith(("ja", "zh")):
        return set()
    known = "ja" if tag.startswith("ja") else "zh-hant" if tag.startswith("zh-hant") else "zh-hans"
    return set(accumulate(len(phrase) for phrase in _phrases(known).parse(word)))


def _east_asian(word: str) -> list[str]:
    """The word in pieces between which East Asian text may break; other words whole."""
    out: list[str] = []
    for char in word:
        if out and _together(out[-1][-1], char):
            out[-1] += char
        else:
            out.append(char)
    return out or [word]


def _together(before: str, after: str) -> bool:
    if not (_wide(before) or _wide(after)):
        return True
    if after in NO_LINE_START or before in NO_LINE_END or unicodedata.combining(after):
        return True
    return _hangul(before) and _hangul(after)


def orphan(lines: list[str]) -> bool:
    """Is one of several lines a lone Han or kana?"""
    return len(lines) > 1 and any(len(line) == 1 and _wide(line) and not _hangul(line) for line in lines)


def _wide(char: str) -> bool:
    return ord(char) >= 0x1100 and unicodedata.east_asian_width(char) in "WF"


def _hangul(char: str) -> bool:
    return "가" <= char <= "힣"


def _torn(before: str, after: str) -> bool:
    """Would a break leave a word of one character on the wrong side?"""
    return after[0] in CHINESE_CLOSERS or before[-1] in CHINESE_OPENERS


def _soft(before: str, after: str) -> bool:
    """Does a word seem to end here: after a dash or closing mark, or where hiragana gives way to Han or katakana?"""
    last, first = before[-1], after[0]
    if _unspaced(first):
        return False
    if "\u0e00" <= first <= "\u0e7f":
        return True
    if not last.isalnum():
        return True
    if first in CHINESE_OPENERS or last in CHINESE_CLOSERS:
        return True
    return "ぁ" <= last <= "ゖ" and not "ぁ" <= first <= "ゖ"
