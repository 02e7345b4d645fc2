"""Which script a text is written in, told by its letters."""

from __future__ import annotations

import unicodedata
from collections import Counter

ENOUGH = 400  # letters that tell it
EAST_ASIAN = frozenset("CJK HIRAGANA KATAKANA HANGUL BOPOMOFO".split())


def script_of(text: str) -> str:
    """The script of most letters of a text: "LATIN", "CYRILLIC", "EAST ASIAN" (of China, Japan and Korea); "" where it
    has none."""
    counts: Counter[str] = Counter()
    for sign in text:
        if sign.isalpha():
            name = unicodedata.name(sign, "").partition(" ")[0]
            counts["EAST ASIAN" if name in EAST_ASIAN else name] += 1
            if counts.total() >= ENOUGH:
                break
    return max(counts, key=lambda name: counts[name], default="")
