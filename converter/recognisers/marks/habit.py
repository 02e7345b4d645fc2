"""Which marks a file uses for emphasis: those that open before words and close behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from converter.document.patterns import regex

SLANTED = regex(r"(?<![\w/:])//(?=[^\s/])[^/\n]{1,300}(?<=[^\s/])//(?![\w/])")
COVERED = regex(r"(?<![\w|])\|\|(?=[^\s|])[^|\n]{1,300}(?<=[^\s|])\|\|(?![\w|])")  # a chat's spoiler
STRUCK = regex(r"(?<![\w~])~~(?=\w)[^~\n]{1,300}?(?<=[\w.,!?…'’\"”])~~(?![\w~])")
# directories of machines, and boards
PLACES = "home|usr|tmp|etc|var|bin|dev|opt|mnt|lib|src|www|root|boot|proc|srv|pol|lit|sci|fit|mlp|vg|tg"
STRESSED = regex(  # one word or a few between slashes, nothing else a slash may part: "so /very/ cold"
    rf"(?<![^\s\"“«„(—–])/(?!(?:{PLACES})/)(?=[^\W\d_]{{3}})[^\W\d_]{{1,40}}(?:[ '’\-][^\W\d_]{{1,40}}){{0,3}}/"
    r"(?=[\s.,;:!?…\"”»)—–]|\Z)",
    re.I,
)
HABIT = 2  # pairs of a doubtful mark (slash, tilde) in a file make it a habit


class Marks(NamedTuple):
    """The marks that this file uses for emphasis."""

    used: frozenset[str]
    pairs: tuple[tuple[str, int], ...] = ()
    tags: frozenset[str] = frozenset()  # kinds that run over paragraphs


def learn_marks(texts: Iterable[str]) -> Marks:
    """Count the pairs of each mark that open before a word and close after one."""
    counts: Counter[str] = Counter()
    stressed = struck = 0
    for text in texts:
        if "~~" in text:
            struck += -1000 if text.startswith("~~") and text.endswith("~~") else len(STRUCK.findall(text))
        if text.count("/") == 2:
            stressed += STRESSED.search(text) is not None
        if "/" in text:
            counts["/"] += len(
                re.findall(r"/(?<![\w/:.<]/)(?=[^\W\d_])[^/\n<>]{1,300}?(?<=[\w.,!?…'’\"”\-–—])/(?![\w/])", text)
            )
        if "//" in text:
            counts["//"] += len(SLANTED.findall(text))
        if text.count("||") == 2:
            counts["||"] += len(COVERED.findall(text))
        if "~" in text:
            counts["~"] += len(re.findall(r"~(?<![\w~]~)(?=\w)[^~\n]{1,300}?(?<=[\w.,!?…'’\"”\-–—])~(?![\w~])", text))
        if "*" in text:
            counts["*"] += len(
                re.findall(r"\*(?<![\w*]\*)\*{0,2}(?=[^\s*])[^*\n]{1,600}?(?<=[^\s*])\*{1,3}(?![\w*])", text)
            )
        if "_" in text:
            counts["_"] += len(
                re.findall(r"_(?<![^\W_]_)_{0,2}(?=[^\s_])[^_\n]{1,600}?(?<=[^\s_])_{1,3}(?![^\W_])", text)
            )
    used = {"*", "_", "**", "__", "***", "___"}
    used |= {m for m in ("/", "~") if counts[m] >= HABIT}
    used |= {"//"} if counts["//"] >= HABIT else set()
    used |= {"||"} if counts["||"] else set()
    if counts["/"] == stressed == 1:
        used.add("/")
    if "~" in used or struck > 0:  # a line that is nothing but a row of tildes around words is a title's
        used.add("~~")
    return Marks(frozenset(used), tuple(sorted(counts.items())))
