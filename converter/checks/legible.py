"""Is it a text at all? What was decoded in a wrong encoding has no words, or words that nobody writes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from unicodedata import category

from converter.document.errors import NotAStory
from converter.document.far_letters import has_far_letters
from converter.document.findings.encoding import LONGEST_WORD, NAME_ENCODING, EncodingNonsense
from converter.document.model import Origin
from converter.document.patterns import regex

LOOKED_AT, SLICES = 20_000, 4  # characters of a text; a wrong encoding shows on every line
LEAST_CHARACTERS = 200  # characters: in fewer anything may be meant
NO_TEXT, NEARLY_NONE = 0.5, 0.1  # of the characters in such runs: in 128 measured stories and pages at most 0.04
FEW_LETTERS = 0.3  # of what is no space: of the measured, one has 0.61, all others above 0.79
MIXED = 0.2  # of the words, of letters of two scripts; none of the measured has one
INNER, LEAST_INNER = (
    0.02,
    3,
)  # of the words, small letters before capitals (measured: 0.003): KOI8 read as cp1251 turns them
ACCENTED = 0.5  # of the Latin letters; Vietnamese has 0.28, Czech 0.17
UNSPACED = regex(  # scripts that put no space between words, and the word space of Ethiopic
    "[\u0e00-\u10ff\u1361\u1780-\u17ff\u1900-\u1aaf\u1b00-\u1bbf\u2e80-\uabff\ud7b0-\ufaff\uff00-\uffef"
    "\U0001b000-\U0001b2ff\U00020000-\U0003ffff]",
    needs=has_far_letters,
)
UNSPACED_TEXT = 2  # times the letters of the other scripts: such a text is written without spaces
ADDRESS = regex(r"(?<!\w)\w+://\S+")
FAR = regex(r"[^\x00-\x7f]+")
LETTERS = regex(r"[^\W\d_]")
WORD = regex(r"[^\W\d_]{4,}")
SCRIPTS = tuple(
    map(regex, ("[A-Za-zÀ-ɏ]", "[\u0370-\u03ff\u1f00-\u1fff]", "[\u0400-\u052f]", "[\u0590-\u05ff]", "[\u0600-\u06ff]"))
)
INNER_CAPITALS = regex("[a-zß-öø-ÿа-я][A-ZÀ-ÖØ-ÞА-Я]{2}")
LATIN, ACCENTS = regex("[A-Za-zÀ-ɏ\u1e00-\u1eff]"), regex("[À-ɏ\u1e00-\u1eff]")


def illegible(text: str, name: str) -> Iterator[EncodingNonsense]:
    """A doubt when a decoded text reads like the wrong encoding. Raises NotAStory where it holds no words at all.

    `text` is what a reader of the source sees, `name` what messages call it.
    """
    sample = _sample(text)
    spaced = UNSPACED.sub(" ", sample)
    runs = (ADDRESS.sub(" ", spaced) if "://" in spaced else spaced).split()
    size = sum(map(len, runs))
    if size < LEAST_CHARACTERS:
        return
    long = sum(len(run) for run in runs if len(run) > LONGEST_WORD and len(set(run)) > 3)
    if long / size > NO_TEXT:
        odd = EncodingNonsense("long words", long, size)
        raise NotAStory(f"this reads like no text: {odd.odd_part}", name, NAME_ENCODING)
    if oddity := _oddity(sample, runs, long, size, Origin(name, 1)):
        yield oddity


def _oddity(sample: str, runs: Sequence[str], long: int, size: int, origin: Origin) -> EncodingNonsense | None:
    """What is odd about a text; `long`: characters in endless words, of so many (`size`) that are no space."""
    if long / size > NEARLY_NONE:
        return EncodingNonsense("long words", long, size, origin=origin)
    letters, signs = _count(LETTERS, sample), sum(map(len, sample.split()))
    if letters / signs < FEW_LETTERS:
        return EncodingNonsense("few letters", letters, signs, origin=origin)
    words = WORD.findall(_with_marks(" ".join(runs)))
    if not words and letters > UNSPACED_TEXT * _count(LETTERS, " ".join(runs)):
        return None  # all that is written with spaces are its stops and figures
    if not words:
        return EncodingNonsense("no words", 0, 0, origin=origin)
    mixed = sum(sum(bool(s.search(w)) for s in SCRIPTS) > 1 for w in words if not w.isascii())
    if mixed > MIXED * len(words):
        return EncodingNonsense("two scripts", mixed, len(words), _first_mixed(words), origin)
    inner = [w for w in words if INNER_CAPITALS.search(w)] if INNER_CAPITALS.search(" ".join(words)) else []
    if len(inner) > max(INNER * len(words), LEAST_INNER):
        return EncodingNonsense("capitals inside", len(inner), len(words), inner[0], origin)
    joined = "".join(words)
    accents, latin = _count(ACCENTS, joined), _count(LATIN, joined)
    if accents > ACCENTED * latin:
        return EncodingNonsense("accents", accents, latin, words[0], origin)
    return None


def _with_marks(text: str) -> str:
    """A text with the vowels and marks above and below its letters as letters: in many scripts they are half of it."""
    marks = "" if text.isascii() else "".join(c for c in set(text) if category(c).startswith("M"))
    if not marks:
        return text
    return re.sub(rf"([^\W\d_])([{marks}]+)", lambda m: m[1] * (1 + len(m[2])), text)


def _count(character: re.Pattern[str], text: str) -> int:
    """How many characters of a text are of this kind. ASCII is counted apart: that is a hundred times as fast."""
    plain = text.encode("utf-8", "surrogatepass")
    near = len(plain) - len(plain.translate(None, _ascii_of(character)))
    far = Counter("".join(FAR.findall(text))) if len(plain) > len(text) else Counter()
    return near + sum(n for c, n in far.items() if character.match(c))


@cache
def _ascii_of(character: re.Pattern[str]) -> bytes:
    """The ASCII characters of this kind."""
    return bytes(c for c in range(128) if character.match(chr(c)))


def _first_mixed(words: Sequence[str]) -> str:
    return next(w for w in words if sum(bool(s.search(w)) for s in SCRIPTS) > 1)


def _sample(text: str) -> str:
    if len(text) <= LOOKED_AT:
        return text
    piece, step = LOOKED_AT // SLICES, (len(text) - LOOKED_AT // SLICES) // (SLICES - 1)
    return "\n".join(text[n * step : n * step + piece] for n in range(SLICES))
