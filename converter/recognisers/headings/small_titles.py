"""Chapters that a number and a title in small letters name: "2. re: the map"."""

from __future__ import annotations

from converter.document.patterns import regex
from converter.recognisers.headings.forms import LONGEST_BARE_TITLE, Form
from converter.recognisers.headings.words import Lexicon, read_number

SMALL_TITLE_WORDS = 8  # of one behind figures
SMALL_TITLE = regex(r"(\d{1,3}|[ivxl]{1,7})(?:[.)]\s+|:\s+|\s+[-–—]\s+)(?=[^\W\d_])", within=LONGEST_BARE_TITLE)


def read_small(text: str, lex: Lexicon) -> Form | None:
    """A line alone as a number with a title in small letters ("2. re: the map", "3. typing..."); it may as well be an
    item of a list, which only the lines of its kind can tell. None for any other line, and for a sentence."""
    m = SMALL_TITLE.match(text)
    title = text[m.end() :] if m else ""
    if m is None or not title[0].islower() or len(title.split()) > SMALL_TITLE_WORDS:
        return None
    if title[-1] in ",;:" or (title[-1] == "." and not title.endswith("..")):
        return None
    number = read_number(m[1], lex)
    if number is None or number.end < len(m[1]):
        return None
    style = number._replace(style="small-roman") if number.style == "roman" else number
    return Form("numbered-title", "chapter", text[: m.end()].strip(" -–—:"), title, "", style)
