"""Pictures and other symbols in names of files: "🌊 Chapter 1 - Tide", "★ Salt 2 ★", "1️⃣ Rope". They say nothing of the
story, nor does the tag of the list that brought it: "[storylist] Salt 1"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from converter.document.patterns import regex
from converter.recognisers.metadata.matter_in_names import behind_last

NAMES = 10_000  # of a folder, which are asked for more than once
SAYING = frozenset("№℗℠™©®°℃℉")  # symbols that stand for words, by Unicode
JOINING = frozenset("\u200d\ufe0e\ufe0f\u20e3")  # what makes one picture of several signs, or a picture of a digit
TAGS = range(0xE0020, 0xE0080)  # of which flags are made
_BEYOND = re.compile(r"[^\x00-\u00ff]")
_GAPS = re.compile(r"\s{2,}")
_TAG = regex(r"\[[a-z][a-z\d._\-]{1,40}\][\s_]*(?=[^\W_])", within=255)
_JOINTS = " _-–—.·|"  # between a symbol at a name's edge and the name


def without_symbols(name: str) -> str:
    """A name, as it is written, without pictures and symbols, wherever in it, and without what parted them from it at
    its ends; as it is where nothing else is in it. A first word in brackets and small letters is the tag of a list, but
    for one that says that the file is a work's last."""
    if name[:1] == "[" and (tag := _TAG.match(name)) and not behind_last(name.lower()):
        name = name[tag.end() :]
    if name.isascii() or not _BEYOND.search(name):
        return name
    return _without(name)


@lru_cache(maxsize=NAMES)
def _without(name: str) -> str:
    kept = "".join("" if c in JOINING else " " if _is_symbol(c) else c for c in name)
    if kept == name:
        return name
    bare = _GAPS.sub(" ", kept)
    bare = bare.strip() if name[:1] == bare[:1] else bare.lstrip(_JOINTS).rstrip()
    return bare if any(map(str.isalnum, bare)) else name


def _is_symbol(sign: str) -> bool:
    """Whether a sign is a picture, or a colour or a letter that is a part of one."""
    if sign in SAYING:
        return False
    return ord(sign) in TAGS or unicodedata.category(sign) == "So" or "\U0001f3fb" <= sign <= "\U0001f3ff"
