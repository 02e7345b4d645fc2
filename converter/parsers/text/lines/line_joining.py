"""Lines joined to running text: hyphens at line ends undone with the book as its own dictionary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from converter.document.patterns import regex
from converter.parsers.text.lines.rows import Row
from converter.recognisers.vocabulary import listed_words

HYPHEN_END = regex(r"(?<![^\W\d_])(?<![^\W\d_]['’-])([^\W\d_]+(?:['’-][^\W\d_]+)*)[-‐¬]\Z")
WORD_START = regex(r"([^\W\d_]+)")
DASHES, BEHIND_DASH = ("--", "—", "–", "―"), "\"'”’_*"
SPLIT_LINES, SPLIT_SHARE = 4, 0.04  # that end in a hyphen: compounds alone end 1 line in 100 so
WORD_REACH = 200  # characters of a paragraph's end; a word is shorter
PARTICIPLE = regex(r"[A-Za-z]{3,20}ing")  # its second half, where a word is divided, is no long one
COATED = regex(r"[a-z]{3,20}ed")
LONG_HALF = 4  # letters
NO_SPACES = (("\u2e80", "\u9fff"), ("\uac00", "\ud7af"), ("\uff00", "\uffef"))  # East Asian signs and letters


class Vocabulary(NamedTuple):
    """The book's words in small letters, plain and hyphenated, with their counts."""

    counts: Counter[str]
    splits: bool = True  # words are parted at line ends in this file

    def rejoin(self, left: str, right: str) -> str:
        """How `left-` at a line's end and `right` belong together: "" (one word) or "-"."""
        plain = self.counts[f"{left}{right}".casefold()]
        hyphenated = self.counts[f"{left}-{right}".casefold()]
        if hyphenated >= plain and hyphenated:
            return "-"
        if plain or f"{left}{right}".casefold() in _whole() or right.casefold() in _endings():
            return ""
        if PARTICIPLE.fullmatch(left) and len(right) >= LONG_HALF:
            return "-"  # "dancing-master"
        if COATED.fullmatch(right) and len(left) >= LONG_HALF and self.counts[left.casefold()] > 0:
            return "" if left.casefold() in listed_words("line_ends", "prefixes") else "-"  # "green-coated"
        both = self.counts[left.casefold()] and self.counts[right.casefold()]
        return "-" if both or not self.splits else ""


@cache
def _whole() -> frozenset[str]:
    """Common words of two halves that are words themselves: "anything" is never meant as "any-thing"."""
    return frozenset(listed_words("line_ends", "whole"))


@cache
def _endings() -> frozenset[str]:
    """Ends of words that are none themselves."""
    return frozenset(listed_words("line_ends", "endings"))


def vocabulary(texts: Iterable[str], *, needed: bool, typeset: bool = False) -> Vocabulary:
    """Count the words of a text; nothing is counted where no line ends in a hyphen. `typeset`: its lines are those of
    printed pages, where words are parted."""
    counts: Counter[str] = Counter()
    if not needed:
        return Vocabulary(counts)
    halves: list[tuple[str, str]] = []
    before, lines = "", 0
    for text in texts:
        lines += 1
        folded = text.casefold()
        if before and (right := WORD_START.match(folded)):
            halves.append((before, right[1]))
            counts[right[1]] -= 1  # the other half is none, either
        counts.update(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", folded))
        last = re.search(r"(?<![^\W\d_])[^\W\d_]+[-‐¬]\Z", folded) if text and text[-1] in "-‐¬" else None
        before = last[0][:-1] if last else ""
        if last:  # a half word at a line's end is no word
            counts[before] -= 1
    many = len(halves) >= SPLIT_LINES and len(halves) >= SPLIT_SHARE * lines
    return Vocabulary(counts, typeset or many or any(counts[left + right] > 0 for left, right in halves))


def hyphenated_rows(rows: Sequence[Row]) -> int:
    """How many lines end in one hyphen after a letter."""
    return sum(1 for r in rows if r.text[-1] in "-‐¬" and len(r.text) > 1 and r.text[-2].isalpha())


def join_rows(rows: Sequence[Row], words: Vocabulary) -> str:
    """One paragraph of its lines. A dash at a line's end takes no space; neither do East Asian lines."""
    if len(rows) == 1:
        return rows[0].text
    parts = [rows[0].text]
    end = rows[0].text[-WORD_REACH:]  # of what is joined so far: all that the next line asks about
    for row in rows[1:]:
        text = row.text
        if end[-1] in "-‐¬" and not end.endswith("--"):
            left, right = HYPHEN_END.search(end), WORD_START.match(text)
            if left and right:
                mark = words.rejoin(left[1].rsplit("-", 1)[-1] if "-" in left[1] else left[1], right[1])
                parts[-1] = parts[-1][:-1]
                parts += (mark, text)
                end = f"{end[:-1]}{mark}{text}"[-WORD_REACH:]
                continue
        close = _dash_between(end, text) or (is_east_asian(end[-1]) and is_east_asian(text[0]))
        parts += (text,) if close else (" ", text)
        end = f"{end} {text}"[-WORD_REACH:] if not close else f"{end}{text}"[-WORD_REACH:]
    return "".join(parts)


def is_east_asian(char: str) -> bool:
    """Whether a character is one of a script that puts no spaces between words."""
    return any(first <= char <= last for first, last in NO_SPACES)


def _dash_between(before: str, after: str) -> bool:
    """A dash with no space on its own line's side takes none at the line's end either."""
    dashed = before[-4:].rstrip(BEHIND_DASH).endswith(DASHES)
    if dashed and not before[: before.rfind(before[-1])].rstrip("-—–―").endswith(" "):
        return True
    return after.startswith(("--", "—")) and not after.startswith(("-- ", "— ", "----")) and before[-1].isalnum()
