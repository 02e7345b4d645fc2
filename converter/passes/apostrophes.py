"""Apostrophes: those inside words, and how likely a mark at a word's edge is one.

Rule: an apostrophe is the closing single mark, U+2019, wherever it stands ('tis, 'em, '90s, dogs', goin'): Chicago
6.117. Which mark is an apostrophe and which opens a quotation is decided in `quotes.py`; the words are judged here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from converter.contracts import Edit

INSIDE = re.compile(r"(?<=[^\W_])['´`’′‛＇](?=[^\W\d_])")
SURE_FIRST = frozenset(  # words that exist only with the apostrophe, or nearly so
    (
        "a alf appen appened ard arf ave bout bove bus cause cept ceptin cordin cos coz d deed dilly e ead eard ears "
        "eart eaven eavens ee ello elp em er ere erself f fessor flu fraid gainst igh im imself isself kay lectric ll "
        "m mongst n neath nless nother nough nuff o ole ome onest orrible orrid orse orses ospital ot otel ouse ouses "
        "ow owever owling p phone plane pon re round s scuse sfar specially spect splain spose sposing st stead "
        "stonished sup t tain taint til tis tisn tother tude tward twarn twas twasn tween twere twill twixt twon "
        "twould twouldn ud ullabaloo ullo umble un undred undreds uns urry usband ve y z zackly"
    ).split()
)
ALSO_WORDS = frozenset(  # elided words that are words without it too
    (
        "air alf all am and as at bye course cross ear ed eel eight ell en fess fore gin i ill ire is itch l less "
        "long low lowed member most old ope over pears pose r side sides special spite tend tention ticular till way"
    ).split()
)
SURE_LAST = frozenset(
    (
        "ain an anythin ap aroun awa behin bes bo ca comin darlin de doin don en ev evenin everythin fa fas fo foun "
        "frien gi gie goin' gov groun guv ha han han' hissel husban jes jus kep kin lan las lef les lil ma min mo "
        "mornin mus mysel nex nothin o ol ol' ole oughter pas po roun san sel slep sof somethin stan t t' ta th tha "
        "thousan tol wan' wi wid won"
    ).split()
)
SURE, PROBABLE, POSSIBLE, UNLIKELY = 0.2, 1.0, 2.0, 3.5  # costs; an unclosed quotation mark costs 2.5 (see quotes.py)
OFTEN = 3  # times with the mark, and more often than without it: the book itself says that the word is cut
DECADE = re.compile(r"\d0s?(?![^\W_])|\d\d(?![^\W_])")
FIRST_WORD = re.compile(r"[^\W\d_]+")
CUT_WORD = re.compile(r"(?<![^\W_])['’`´‘]([a-z]+)")
BARE_WORD = re.compile(r"(?<!['’`´‘])\b[a-z]+\b(?!['’])")


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

    def __init__(self, texts: Sequence[str], english: bool = True) -> None:
        self.texts = texts
        self.english = english

    @cached_property
    def bare(self) -> Counter[str]:
        """How often the book's words stand without apostrophe, in lower case."""
        return Counter(BARE_WORD.findall("\n".join(self.texts).lower()))

    @cached_property
    def cut(self) -> Counter[str]:
        """How often a mark stands before a word, in lower case."""
        return Counter(CUT_WORD.findall("\n".join(self.texts).lower()))

    def first(self, text: str, after: int) -> float:
        """The cost of reading the mark before position `after` as an apostrophe at a word's start."""
        if text[after : after + 1].isdigit():
            return SURE if DECADE.match(text, after) else UNLIKELY
        m = FIRST_WORD.match(text, after)
        if not m:
            return UNLIKELY
        word = m[0].lower()
        capital = 0.5 if m[0][0].isupper() else 0.0
        if not self.english:
            return SURE if word in ("s", "t", "n", "k", "m") else UNLIKELY
        if word in SURE_FIRST:
            return SURE + capital
        if word in ALSO_WORDS:
            return PROBABLE + capital
        cut, bare = self.cut[word], self.bare[word]
        if cut >= OFTEN and cut > bare:
            return SURE + capital
        if not bare:
            return PROBABLE + 2 * capital
        if len(word) > 1 and self.bare[f"h{word}"]:
            return POSSIBLE + capital
        return UNLIKELY + capital

    def last(self, text: str, before: int) -> float:
        """The cost of reading the mark at position `before` as an apostrophe at a word's end."""
        start = before
        while start and text[start - 1].isalpha():
            start -= 1
        word = text[start:before].lower()
        if not word:
            return POSSIBLE if text[before - 1 : before].isdigit() else UNLIKELY
        if word in SURE_LAST and self.english:
            return SURE
        if word.endswith("in") and (f"{word}g" in self.bare or word not in self.bare):
            return SURE * 2
        if word[-1] in "sxz":
            return PROBABLE
        return UNLIKELY - 0.5 if word in self.bare else PROBABLE
