"""What a site says between a story's paragraphs: "visit us for the latest chapters", "stolen, read it there"."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either

MOST_WORDS = 45
MOST_CHARACTERS = 330
MOST_LETTERS = 160  # of a line in a script without spaces
OPENS = "\"'“‘«„「『*_"  # speech, an aside: no site speaks so
ENDS = "com c0m net org 0rg co io me info cc xyz online site club top vip fun la tv example".split()  # of addresses
READING_LETTERS = 80
FACTS_LETTERS, FACTS, FACT_WORDS = 160, 5, 8  # of a row of facts, and of one of them
FACT_ENDS = (".", "!", "?", "…", ",")
SIGNS = (
    *(f".{end}" for end in ENDS),
    *"(dot) ． mazon oyal site platform version riginal find arrow keys phím 本章 记住".split(),
)  # one of them stands in every such line: nearly all paragraphs are read no further
_ADDRESS = regex(
    rf"\b(?:www\.|m\.)?[\w-]{{3,}}\s?(?:\.|\(dot\) ?|．)(?:{'|'.join(ENDS)})\b",
    re.I,
    MOST_CHARACTERS,
)
_OWN_PAGES = regex(
    r"patreon|ko-?fi|discord|subscribestar|buymeacoffee|paypal|twitter|facebook|instagram|mailto|@",
    re.I,
    MOST_CHARACTERS,
)
_READING = regex(
    r"\b(?:latest|new(?:est)?|faster|fastest|more|next) (?:chapters?|updates?|novels?|episodes?)\b|"
    r"\b(?:chapters?|novels?|content|translation|update[sd]?) (?:is|are|was|were|has been|have been)? ?(?:first )?"
    r"(?:updated|published|posted|released|hosted|provided|brought|taken|translated) (?:by|on|at|from|to|in)\b|"
    r"\b(?:read|find|follow|visit|search|go to|continue reading)\b.{0,60}\b(?:chapters?|novels?|reading experience|"
    r"updates?|for free|ahead|(?:a |the )?(?:better|best) experience)\b|^\W*read (?:this |it )?(?:at|on) \S+\W*$|"
    r"\b(?:uploaded|updates?|chapters?) (?:by|from|at|on)\b|\bsource of this (?:content|chapter)\b|\bbest novel\b|"
    rf"{either('site', 'where_to_read')}",
    re.I,
    MOST_CHARACTERS,
)
_PLATFORM = regex(
    r"\bon amazon(?=\s*[.,;:!?)]|\s+(?:without|or|and|is|it|please|note|report)\b)|\broyal ?road\b|"
    r"\b(?:original|another|official|legitimate) (?:web)?(?:site|platform|source|version)\b",
    re.I,
    MOST_CHARACTERS,
)
_WORK = regex(rf"\b{either('site', 'work')}\b", re.I, MOST_CHARACTERS)
_THEFT = regex(rf"\b{either('site', 'theft')}\b", re.I, MOST_CHARACTERS)
_READING_TIME = regex(
    rf"\W*(?:{either('site', 'reading_time')}\s?[:.–—-]?\s?\D{{0,8}}\d{{1,3}}\D{{0,20}}|"
    rf"\d{{1,3}}\s?{either('site', 'minutes_read')}(?:\s?[·•|,–—-].{{0,40}})?)",
    re.I,
    READING_LETTERS,
)
_COUNTED = regex(rf"\d[\d.,]{{0,9}}\s{either('fields', 'words')}", re.I, READING_LETTERS)
_PARTED = regex(r"\s+[|·•]\s+", within=160)
_SAID = regex(
    r"if you find any errors? ?\(.*(?:broken|ads?|non-standard).*let us know|"
    r"you can use (?:left|arrow|the).*keys? to (?:browse|navigate) between chapters|"
    rf"{either('site', 'remember')}|本章未完.{{0,6}}(?:点击|翻).{{0,4}}下一页",
    re.I,
    MOST_CHARACTERS,
)


def is_injected(text: str) -> bool:
    """Whether a paragraph speaks for a site to its readers: it names a site and says where to read."""
    text = text.strip()
    if says_reading_time(text) or says_length(text):
        return True
    if not text or len(text) > MOST_CHARACTERS or text[0] in OPENS or not any(map(text.__contains__, SIGNS)):
        return False
    if len(text.split()) > MOST_WORDS or (not text.isascii() and len(text) > MOST_LETTERS and " " not in text):
        return False
    if _SAID.search(text):
        return True
    if _PLATFORM.search(text) and _WORK.search(text) and _THEFT.search(text):
        return True
    return bool(_ADDRESS.search(text) and _READING.search(text) and not _OWN_PAGES.search(text))


def says_length(line: str) -> bool:
    """Whether a line has short facts side by side, one of them how long the story is: "Country: Malta | 4 min read"."""
    pieces = _PARTED.split(line.strip()) if len(line) <= FACTS_LETTERS else []
    if not 1 < len(pieces) <= FACTS or any(len(p.split()) > FACT_WORDS or p.endswith(FACT_ENDS) for p in pieces):
        return False
    return any(says_reading_time(piece) or _COUNTED.fullmatch(piece) for piece in pieces)


def says_reading_time(line: str) -> bool:
    """Whether a line only says how long a reader will take: "4 min read", "Reading time: 4 minutes"."""
    return len(line) <= READING_LETTERS and any(map(str.isdigit, line)) and bool(_READING_TIME.fullmatch(line))
