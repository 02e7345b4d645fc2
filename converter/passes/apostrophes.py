"""Apostrophes: those inside words, and how likely a mark at a word's edge is one.

Rule: an apostrophe is the closing single mark, U+2019, wherever it stands ('tis, 'em, '90s, dogs', goin'): Chicago
6.117. Which mark is an apostrophe and which opens a quotation is decided in `quotes.py`; the words are judged here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from converter.document.contracts import Edit
from converter.document.patterns import regex
from converter.passes.conventions import Conventions
from converter.recognisers.vocabulary import listed_words

INSIDE = regex(r"['´`’′‛＇](?<=[^\W_].)(?=[^\W\d_])")
SURE_FIRST = frozenset(
    listed_words("apostrophes", "first_cut")
)  # words that exist only with the apostrophe, or nearly so
ALSO_WORDS = frozenset(listed_words("apostrophes", "also_words"))  # elided words that are words without it too
SURE_LAST = frozenset(listed_words("apostrophes", "last_cut"))
SURE, PROBABLE, POSSIBLE, UNLIKELY = 0.2, 1.0, 2.0, 3.5  # costs; an unclosed quotation mark costs 2.5 (see quotes.py)
OFTEN_CUT = 3  # times with the mark, and more often than without it: the book itself says that the word is cut
DECADE = regex(r"\d0s?(?![^\W_])|\d\d(?![^\W_])")
FIRST_WORD = regex(r"[^\W\d_]+")
CUT_WORD = regex(  # but not the first word of a short quotation
    r"['’`´‘](?<![^\W_].)([a-z]+)(?![^'’\"\n]{0,40}[a-z.,!?]['’](?![a-z]))"
)
CUT_END = regex(r"['’´](?<=[a-rt-z].)(?=[ ,;—])(?! ?[^a-z,;—])")
QUOTES = ("'", "’", "`", "´", "′")
AND = regex(r"[nN]['’´`′](?![^\W_])|a['’´`′](?= [a-z])")  # rock 'n' roll, would 'a' seen
REST_OF_WORD = frozenset(listed_words("apostrophes", "rest_of_word"))  # 's all right, 'll do, 'k
STARTS = ("h", "a", "be", "e", "i", "re", "ex", "de", "al", "in", "im", "ap", "ac", "as", "at", "con", "w", "th")
COMMON = frozenset(
    listed_words("apostrophes", "common")
)  # words that begin quotations, whole in every book, also in one too short to show it
AFTER_H = frozenset(listed_words("apostrophes", "after_h"))  # what is left of common words that begin with h
H_DROPPED = listed_words("apostrophes", "h_dropped")
BARE_WORD = regex(r"(?<!['’`´‘a-z])[a-z]+(?!['’a-z])")


def inside_words(text: str) -> Sequence[Edit]:
    """The apostrophes between two letters (don't, 1960's, We´ve)."""
    if text.isascii() and "'" not in text and "`" not in text:
        return ()
    return [Edit(m.start(), m.end(), "’") for m in INSIDE.finditer(text) if m[0] != "’"]


class Elisions:
    """How likely it is that a word has lost its first or last letters, by the book's own words.

    A word the book writes with the mark at least as often as without ("'uz", "'spectable") is probably cut; one that
    mostly stands without ("'the") is not.
    """

    def __init__(self, texts: Sequence[str], conventions: Conventions) -> None:
        self.texts = texts
        self.english = conventions.elisions
        self.always_cut = conventions.cut

    @cached_property
    def _lower(self) -> str:
        text = "\n".join(self.texts).lower()
        for mark in "´`′":
            text = text.replace(mark, "'")
        return text

    @cached_property
    def bare(self) -> Counter[str]:
        """How often the book's words stand without apostrophe, in lower case."""
        return Counter(BARE_WORD.findall(self._lower))

    @cached_property
    def cut(self) -> Counter[str]:
        """How often a mark stands before a word, in lower case."""
        return Counter(CUT_WORD.findall(self._lower))

    @cached_property
    def cut_last(self) -> Counter[str]:
        """How often a mark stands after a word (not after s: possessives), in lower case."""
        return Counter(_word_before(self._lower, m.start()) for m in CUT_END.finditer(self._lower))

    @cached_property
    def drops_h(self) -> bool:
        """Whether someone in the book drops his aitches."""
        return sum(self.cut[w] for w in H_DROPPED) >= 2

    def first(self, text: str, after: int) -> float:
        """The cost of reading the mark before position `after` as an apostrophe at a word's start."""
        if text[after : after + 1].isdigit():
            return _decade(text, after)
        m = FIRST_WORD.match(text, after)
        if not m:
            return UNLIKELY
        word = m[0].lower()
        if not self.english:
            return SURE if word in self.always_cut else UNLIKELY
        if AND.match(text, after):
            return 0.0
        if word in SURE_FIRST or word == "t" or (word in REST_OF_WORD and m[0].islower()):
            return SURE
        capital = 0.5 if m[0][0].isupper() else 0.0
        return PROBABLE + capital if word in ALSO_WORDS else self._first_by_the_book(word, capital)

    def _first_by_the_book(self, word: str, capital: float) -> float:
        """The cost of an apostrophe before a word that no list knows, by how the book itself writes the word. `capital`
        is what a capital letter adds: it begins quotations more often than cut words."""
        cut, bare = self.cut[word], self.bare[word] + (word in COMMON)
        if cut >= OFTEN_CUT and cut > bare:
            return SURE + capital
        if not bare:
            return (SURE if self._is_end_of_a_word(word) else PROBABLE) + capital * (1 if self.drops_h else 2)
        if self.drops_h and self.bare[f"h{word}"]:
            return POSSIBLE + capital
        return UNLIKELY + 2 * capital

    def _is_end_of_a_word(self, word: str) -> bool:
        """Whether the book has a longer word that ends so ("'spectable": respectable), with or without its g."""
        full = f"{word}g" if word.endswith("in") else word
        known = len(word) > 2 and any(self.bare[start + full] for start in STARTS)
        return known or (self.drops_h and full in AFTER_H)

    def last(self, text: str, before: int) -> float:
        """The cost of reading the mark at position `before` as an apostrophe at a word's end."""
        word = _word_before(text, before).lower()
        start = before - len(word)
        if not word:
            return POSSIBLE if text[before - 1 : before].isdigit() else UNLIKELY
        if self.english and (
            word in SURE_LAST or (word in ("n", "a") and text[start - 1 : start] in QUOTES and AND.match(text, start))
        ):
            return 0.0 if word in ("n", "a") else SURE
        if self.cut_last[word] >= OFTEN_CUT and self.cut_last[word] > self.bare[word]:
            return SURE
        if word.endswith("in") and (f"{word}g" in self.bare or word not in self.bare):
            return SURE * 2
        if word[-1] in "sxz":
            return PROBABLE
        return UNLIKELY - 0.5 if word in self.bare else PROBABLE


def _decade(text: str, after: int) -> float:
    """The cost of an apostrophe before figures: '90s, the summer of '76."""
    m = DECADE.match(text, after)
    if not m:
        return UNLIKELY
    return SURE if m[0][-1] == "s" or text[max(0, after - 3) : after - 2].isalpha() else PROBABLE


def _word_before(text: str, end: int) -> str:
    start = end
    while start and text[start - 1].isalpha():
        start -= 1
    return text[start:end]
