"""Where two word lists differ: a linear-time alignment that overlooks case, ligatures and the joints of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from sys import intern
from unicodedata import normalize

from converter.document.far_letters import has_far_letters
from converter.document.patterns import regex
from converter.document.record import dataclass

WORD = re.compile(r"[^\W_]+")
# Scripts without spaces: each character is compared as a word of its own.
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
SPACELESS_SIGN = regex(f"[{SPACELESS}]", needs=has_far_letters)
SPACELESS_WORD = regex(f"[{SPACELESS}]|(?:(?![{SPACELESS}])[^\\W_])+")
PIECE = 100_000  # characters of a long text that are read at a time
JOINED = 4  # pieces one word may fall into at line ends and joints ("by-and-\nby")
LETTERED = 60  # pieces of a word whose letters are set one by one, each in its own colour
WINDOWS = (48, 768, 12_288, 196_608, 3_145_728, 1 << 62)  # words looked ahead for a place where both texts agree again
GRAM_SIZES = (3, 4, 6, 8, 8, 8)  # words that must agree there; more in a larger window, where three meet by chance


@dataclass(frozen=True, slots=True)
class Difference:
    """Words `a[start:end]` of one text stand against `b[other:other_end]` of the other."""

    start: int
    end: int
    other: int
    other_end: int


def proof_words(text: str) -> list[str]:
    """The words a proof compares: runs of letters and digits, one by one where a script has no spaces."""
    western = "ascii" if text.isascii() else "cp1252"
    try:  # what these can write has spaces; all other characters made spaces, it is split at once
        return text.encode(western).translate(_letters_alone()).decode(western).split()
    except UnicodeEncodeError:
        if SPACELESS_SIGN.search(text):
            return SPACELESS_WORD.findall(text)
        return WORD.findall(text)


def many_words(texts: Iterable[str]) -> list[str]:
    """The words of these texts, as `proof_words` has them, without one long text of all; equal ones are one object: a
    serial of 60 MB has ten million words, and few that are different."""
    found: list[str] = []
    piece: list[str] = []
    size = 0
    for text in texts:
        piece.append(text)
        size += len(text)
        if size >= PIECE:
            found += map(intern, proof_words("\n".join(piece)))
            piece, size = [], 0
    found += map(intern, proof_words("\n".join(piece)))
    return found


def words_at(text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand that `proof_words` gives."""
    pattern = SPACELESS_WORD if not text.isascii() and SPACELESS_SIGN.search(text) else WORD
    return (m.span() for m in pattern.finditer(text))


@cache
def _letters_alone() -> bytes:
    """A table for bytes in cp1252 (and ASCII): letters and digits as they are, a space for each of the others."""
    signs = bytes(range(256)).decode("cp1252", "replace")
    return bytes(code if WORD.match(sign) else 0x20 for code, sign in enumerate(signs))


def letters(words: Iterable[str]) -> str:
    """Words as bare letters: case, ligatures and the places where they are joined don't matter."""
    text = "".join(words)
    return text.casefold() if text.isascii() else normalize("NFKC", text).casefold()


def bare_letters(text: str) -> str:
    """The letters and digits of a text without accents and case, ligatures undone: the same however it is cut up."""
    if text.isascii():
        return "".join(filter(str.isalnum, text)).lower()
    apart = normalize("NFKD", "".join(filter(str.isalnum, text)))
    return "".join(filter(str.isalnum, apart.casefold()))


# ------------------------------------------------------------------------------------------------- alignment


def gaps(a: Sequence[str], b: Sequence[str], joints: list[Difference] | None = None) -> Iterator[Difference]:
    """Where two word lists differ, in order; differences of case, ligature and joint are none.

    Places where both have the same letters with other borders between the words are put in `joints`, where it is given.
    Linear in the words and in the size of each difference.
    """
    i = j = 0
    while True:
        n = _common(a, i, b, j)
        i, j = i + n, j + n
        if i == len(a) and j == len(b):
            return
        if i == len(a) or j == len(b):
            yield Difference(i, len(a), j, len(b))
            return
        if step := joined_at(a, i, b, j):
            if joints is not None and step != (1, 1):
                joints.append(Difference(i, i + step[0], j, j + step[1]))
            i, j = i + step[0], j + step[1]
            continue
        di, dj = _agree_again(a, i, b, j)
        while di and dj and a[i + di - 1] == b[j + dj - 1]:
            di, dj = di - 1, dj - 1
        if letters(a[i : i + di]) != letters(b[j : j + dj]):
            yield Difference(i, i + di, j, j + dj)
        elif joints is not None:
            joints.append(Difference(i, i + di, j, j + dj))
        i, j = i + di, j + dj


def _common(a: Sequence[str], i: int, b: Sequence[str], j: int) -> int:
    most = min(len(a) - i, len(b) - j)
    n, step = 0, 16
    while n < most:
        size = min(step, most - n)
        if a[i + n : i + n + size] == b[j + n : j + n + size]:
            n += size
            step = min(step * 4, 65_536)
        elif size == 1:
            break
        else:
            step = max(1, size // 4)
    return n


def joined_at(a: Sequence[str], i: int, b: Sequence[str], j: int) -> tuple[int, int] | None:
    """How many words of each, from here on, are the same letters with other borders; None where they are not."""
    left, right = letters(a[i : i + 1]), letters(b[j : j + 1])
    di = dj = 1
    while left != right:
        if max(di, dj) > (JOINED if min(di, dj) > 1 else LETTERED):
            return None
        if len(left) < len(right) and right.startswith(left) and i + di < len(a):
            left += letters(a[i + di : i + di + 1])
            di += 1
        elif len(right) < len(left) and left.startswith(right) and j + dj < len(b):
            right += letters(b[j + dj : j + dj + 1])
            dj += 1
        else:
            return None
    return di, dj


def _agree_again(a: Sequence[str], i: int, b: Sequence[str], j: int) -> tuple[int, int]:
    """How many words of each to skip until both agree for some words; all that's left if they never do."""
    for window, gram in zip(WINDOWS, GRAM_SIZES, strict=True):
        left, right = a[i : i + window], b[j : j + window]
        seen: dict[tuple[str, ...], int] = {}
        for at, key in enumerate(zip(*(right[k:] for k in range(gram)), strict=False)):
            seen.setdefault(key, at)
        best: tuple[int, int] | None = None
        for at, key in enumerate(zip(*(left[k:] for k in range(gram)), strict=False)):
            if best and at >= sum(best):
                break
            if key in seen and (best is None or at + seen[key] < sum(best)):
                best = at, seen[key]
        if best:
            return best
        if i + window >= len(a) and j + window >= len(b):
            break
    return len(a) - i, len(b) - j
