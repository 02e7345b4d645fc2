"""The subject of a message that brings a story: its title, and which part of how many it is."""

from __future__ import annotations

import re
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either

LONGEST = 300  # characters of a subject
LABELS = 6  # before a title at most
_PART = either("mail", "part")
_OF = either("mail", "of")
ANSWERS = regex(rf"{either('mail', 'answers')}(?:\[\d+\])?\s*:\s*", re.I)
LABEL = regex(rf"(?:\[[^\[\]]{{1,40}}\]|\([^()]{{1,20}}\)(?=\s*\S)|{either('mail', 'kinds')}\s*[:\-–])\s*", re.I)
_NUMBERS = rf"(\d{{1,3}})\s*(?:/|\s{_OF}\s)\s*(?:\d{{1,3}}|\?)"
PART = regex(
    rf"[\s,:\-–]*(?:[\[(]\s*(?:{_PART}\s*)?(?:{_NUMBERS}|(?<=\w)\s(\d{{1,3}}))\s*[\])]"
    rf"|(?:(?<!\w){_PART}\.?\s*)?(?<!\w){_NUMBERS}(?!\w)"
    rf"|(?<!\w){_PART}\.?\s*(\d{{1,3}})\Z)",
    re.I,
    LONGEST,
)
RATING = regex(
    r"\s*[\[(](?:PG(?:-?1[3-7])?|G|R|NC-?17|K\+?|T|M|MA|complete|finished|slash|gen|het)\b[^\[\]()]{0,30}[\])]\s*\Z",
    re.I,
    LONGEST,
)
BY = regex(rf"\s+{either('names', 'by')}\s+(\S.{{0,60}})\Z", re.I, LONGEST)


class Subject(NamedTuple):
    """A subject: its title, the number of the part (0: none), who wrote it (""), and whether it answers."""

    title: str
    part: int = 0
    author: str = ""
    answers: bool = False


def read_subject(text: str) -> Subject:
    """What a subject says: "Re: [FIC] The Clerk (1/2)" is an answer to the first part of "The Clerk"."""
    title = " ".join(text[:LONGEST].split())
    answers = False
    for _ in range(LABELS):
        if m := ANSWERS.match(title):
            answers = True
        else:
            m = LABEL.match(title)
        if not m or m.end() == len(title):
            break
        title = title[m.end() :]
    part = 0
    if (m := PART.search(title)) and m.start():
        part = next((int(g) for g in m.groups() if g), 0)
        title = f"{title[: m.start()]} {title[m.end() :]}".strip()
    title = RATING.sub("", title)
    author = ""
    if m := BY.search(title):
        title, author = title[: m.start()], m[1].strip()
    return Subject(title.strip(" -–:,"), part, author, answers)
