"""The number that a heading begins with, and the sign that parts its title from it."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.headings.words import Lexicon, Number, read_number
from converter.recognisers.language.numerals import CJK_NUMBER, cjk_number

CJK_ALONE = regex(rf"[（(〔\[]?([{CJK_NUMBER}]{{1,6}})[）)〕\].、．。]?")


def leading_number(text: str, lex: Lexicon) -> tuple[Number | None, int]:
    """The number that a text begins with, and where: behind a bracket, behind "The"."""
    counted = text[0] in "#№" and text[1:2].isdigit()
    at = len(text) - len(text[1:].lstrip()) if counted or text[0] in "([" else 0
    number = read_number(text[at:], lex)
    if number is None and (m := CJK_ALONE.fullmatch(text)) and (value := cjk_number(m[1])):
        return Number(value, "cjk", len(text), m[1]), 0
    if number is None and text[:4].casefold() == "the ":
        number = read_number(text[4:], lex)
        at = 4 if number and number.style == "word" else at
    return number, at


def parts_title(number: Number, sign: str, rest: str) -> bool:
    """Whether the sign that `rest` begins with parts a title from this number, and is none of a sentence or a date."""
    bare = sign.strip()
    if number.style == "word":
        return bool(re.match(r"\s*[:.–—]|\s+-+\s", rest)) and bare != ","
    if number.style == "roman":
        return bare not in (",", ";", "")
    return bare != "," and not (number.style == "digit" and bare in ("-", "–") and not sign[:1].isspace())
