"""The subject of a message that brings a story: its title, and which part of how many it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.headings.candidates import title_key
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.names import author_in, is_person
from converter.recognisers.vocabulary import either, listed_words

LONGEST = 300  # characters of a subject
TITLE_WORDS = 12  # of a title over a byline
LABELS = 6  # before a title at most
_PART = either("mail", "part")
_OF = either("mail", "of")
ANSWERS = regex(rf"{either('mail', 'answers')}(?:\[\d{{1,3}}\])?\s?:\s?", re.I, LONGEST)
LABEL = regex(
    rf"(?:\[[^\[\]]{{1,40}}\]|\([^()]{{1,20}}\)(?=\s?\S)|{either('mail', 'kinds')}\s?[:\-–])\s?", re.I, LONGEST
)
_NUMBERS = rf"(\d{{1,3}})\s*(?:/|\s{_OF}\s)\s*(?:\d{{1,3}}|\?)"
PART = regex(
    rf"[\s,:\-–]*(?:[\[(]\s*(?:{_PART}\s*)?(?:{_NUMBERS}|(?<=\w)\s(\d{{1,3}}))\s*[\])]"
    rf"|(?:(?<!\w){_PART}\.?\s*)?(?<!\w){_NUMBERS}(?!\w)"
    rf"|(?<!\w){_PART}\.?\s*(\d{{1,3}})\Z)",
    re.I,
    LONGEST,
)
RATING = regex(
    r"(?:\s*[\[(](?:PG(?:-?1[3-7])?|G|R|NC-?17|K\+?|T|M|MA|complete|finished|slash|gen|het)\b[^\[\]()]{0,30}[\])]"
    r"|\s+(?-i:PG(?:-?1[3-7])?|NC-?17)|\s[\[(](?-i:PG(?:-?1[3-7])?|NC-?17|R)[\])]\s[\w/,\- ]{1,40})\s*\Z",
    re.I,
    LONGEST,
)
BESIDE_QUOTED = 24  # characters behind a title in quotes: kinds, a rating
QUOTED = regex(r"[\"“]([^\"“”]{1,120})[\"”](?=\W|\Z)", within=LONGEST)
BY = tuple(word for word in listed_words("names", "by") if word.isalpha())


class Subject(NamedTuple):
    """A subject: its title, the number of the part (0: none), who wrote it (""), and whether it answers."""

    title: str
    part: int = 0
    author: str = ""
    answers: bool = False


def read_subject(text: str, sender: str = "") -> Subject:
    """What a subject says: "Re: [FIC] The Clerk (1/2)" is an answer to the first part of "The Clerk". `sender`: who
    sent it, which tells "The Lamp by Ann" from "Gone by Morning"."""
    title = " ".join(text[:LONGEST].split())
    part, answers = 0, False
    if m := PART.search(title):
        rest = " ".join(f"{title[: m.start()]} {title[m.end() :]}".split())
        if any(map(str.isalpha, ANSWERS.sub("", LABEL.sub("", rest)))):
            part, title = next((int(g) for g in m.groups() if g), 0), rest
    for _ in range(LABELS):
        if m := ANSWERS.match(title):
            answers = True
        else:
            m = LABEL.match(title)
        if not m or m.end() == len(title):
            break
        title = title[m.end() :]
    title = RATING.sub("", title)
    title, author = _without_author(title, sender)
    if (m := QUOTED.match(title)) and (part or m.end() == len(title) or len(title) - m.end() <= BESIDE_QUOTED):
        title = m[1]
    return Subject(title.strip(" -–:,"), part, author, answers)


def author_below_title(lines: Sequence[str], title: str) -> str:
    """Whom a line "by Ann" of a message names as the author, below a line that is the title or as short as one; "" for
    nobody."""
    for above, below in pairwise(lines):
        if (name := author_in(below)) and not read_field(above):
            said = read_subject(above).title
            if title_key(said) == title_key(title) or len(said.split()) <= TITLE_WORDS:
                return name
    return ""


def _without_author(title: str, sender: str) -> tuple[str, str]:
    """A title without the name behind its last "by", and that name."""
    folded = title.casefold()
    for word in BY:
        at = folded.rfind(f" {word} ") if len(folded) == len(title) else -1
        name = title[at + len(word) + 2 :].strip()
        if at > 0 and is_person(name) and (" " in name or title_key(name) in title_key(sender)):
            return title[:at], name
    return title, ""
