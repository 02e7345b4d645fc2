"""How a chapter's first paragraph opens: the words that lead into it, in print the drop cap where a theme wants one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, takewhile

from lxml import etree

from converter.document.edit_script import flat_text
from converter.document.model import Emphasis, Inlines, Strong, Text
from converter.recognisers.lines.dates import is_dateline, is_only_date
from converter.writers.inlines import Rendering, add_text, split_lead
from converter.writers.joined_signs import joined_signs

DIRECTION = 110  # characters; a longer paragraph in italics is told, too
LEAD_WORDS = 4  # as many as fit in a third of a phone's line; a lead stops earlier at the end of a phrase
LABELLED = re.compile(r"[^\W\d_][\w'’-]{0,19}(?: [\w'’-]{1,20})?: ")  # "Wren: you up?"
BROKEN_OFF = ("…", ".")  # where a sentence goes on that was begun elsewhere
ABOVE, ABOVE_WORDS = 60, 8  # characters and words of a date, an address, a name above what is told
SHORTENED = re.compile(r"[^\W\d_]{1,2}\.(?=\s|\Z)")  # what follows the capital of "Mr.", "St.", "Dr."
BRACKETED = re.compile(r"\[([^\[\]\w]*\w[^\[\]]*)\]|\(([^()\w]*\w[^()]*)\)")
LOW_QUOTES = frozenset("\u201a\u201e")
SPEECH_OPENS = LOW_QUOTES | frozenset("\"'\u2018\u2019\u201b\u201c\u201d\u201f\u00ab\u00bb\u2039\u203a\u00bf\u00a1")


def open_paragraph(p: etree._Element, content: Inlines, rendering: Rendering) -> Inlines:
    """The lead-in, and in print the drop cap where the theme asks for one. Returns what follows."""
    if not opens_prose(content):
        return content
    lead, rest = split_lead(content, LEAD_WORDS)
    capped = rendering.opening == "drop-cap" and rendering.medium == "print" and bears_cap(content)
    if not lead:
        return _open_stressed(p, content) if capped else content
    if capped:
        lead = _drop_cap(p, lead)
    if lead:
        etree.SubElement(p, "span", {"class": "lead"}).text = joined_signs(lead, "", rendering.language)
    return rest


def _open_stressed(p: etree._Element, content: Inlines) -> Inlines:
    """The drop cap of a paragraph that begins in italics; what follows it stays as it was."""
    first = content[0] if content else None
    if isinstance(first, Emphasis) and first.content and isinstance(first.content[0], Text):
        text = first.content[0].text
        if text[:1].isalpha() and text[0].lower() != text[0].upper():
            left = Text(_drop_cap(p, text))
            return (replace(first, content=(left, *first.content[1:])), *content[1:])
    return content


def _drop_cap(p: etree._Element, lead: str) -> str:
    """The first letter as a drop cap, the marks of speech small before it. Returns what is left of the lead."""
    marks = list(takewhile(lambda c: not c.isalpha(), lead))
    size = len(marks)
    cap = etree.SubElement(p, "span", {"class": "dropcap"})
    for low, some in groupby(marks, LOW_QUOTES.__contains__):
        etree.SubElement(cap, "span", {"class": "mark low" if low else "mark"}).text = "".join(some)
    add_text(cap, lead[size])
    lead = lead[size + 1 :]
    if short := SHORTENED.match(lead):
        cap.tail, lead = short[0], lead[short.end() :]
    return lead


def opens_prose(content: Inlines) -> bool:
    """Whether a paragraph is told, so that a letter or words may lead into it: no label (a bold time stamp, "TELEGRAM",
    "Wren: you up?"), no stage direction in italics."""
    text = flat_text(content).strip()
    if isinstance(content[0], Strong) or LABELLED.match(text):
        return False
    if len(content) == 1 and isinstance(content[0], Emphasis) and len(text) < DIRECTION:
        return False
    if text.startswith(BROKEN_OFF) or next(filter(str.isalpha, text), "A").islower():
        return False
    return not (text.isupper() and text[-1].isalnum()) and not stands_above(content)


def bears_cap(content: Inlines) -> bool:
    """Whether a paragraph may begin with a drop cap: it has two words, or the letter would hang over an empty line, and
    before its first letter there is nothing, or what opens speech. A dash would hang in the air, a bracket embrace
    nothing, a numeral be no beginning."""
    text = flat_text(content).strip()
    several = sum(any(map(str.isalnum, word)) for word in text.split()) > 1
    return several and all(c in SPEECH_OPENS for c in takewhile(lambda c: not c.isalpha(), text))


def stands_above(content: Inlines) -> bool:
    """Whether a paragraph that comes first in a chapter is none of its text but stands above it: a date, an address, a
    name, a few words that end no sentence or stand in brackets. In a script without capitals sentences may end so, and
    capitals alone head what follows them."""
    text = flat_text(content).strip()
    bracketed = BRACKETED.fullmatch(text)
    if (text == text.upper() and not bracketed) or len(text) > ABOVE or len(text.split()) > ABOVE_WORDS:
        return False
    text = bracketed[1] or bracketed[2] if bracketed else text
    return is_dateline(text) or is_only_date(text) or text[-1].isalnum()
