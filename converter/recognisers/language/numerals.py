"""Numerals: roman ones in either case, those of East Asia, and the letters that count in Greek and in Hebrew."""

from __future__ import annotations

from itertools import pairwise

from converter.document.patterns import regex

ROMAN = regex(r"(?=[mdclxvi])m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})\Z")
ROMAN_VALUE = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
CJK_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "◯": 0,
    "两": 2,
    "兩": 2,
    "廿": 20,
    "卅": 30,
}
CJK_UNIT = {"十": 10, "百": 100, "千": 1000}
GREEK_VALUE = (
    {c: v for v, c in enumerate("αβγδεϛζηθ", 1)}
    | {c: 10 * v for v, c in enumerate("ικλμνξοπϟ", 1)}
    | {c: 100 * v for v, c in enumerate("ρστυφχψω", 1)}
)
HEBREW_VALUE = (
    {c: v for v, c in enumerate("אבגדהוזחט", 1)}
    | {c: 10 * v for v, c in enumerate("יכלמנסעפצ", 1)}
    | {c: 100 * v for v, c in enumerate("קרשת", 1)}
)
CJK_NUMBER = "0-9０-９〇零○◯一二三四五六七八九十百千两兩廿卅"


def roman(text: str) -> int | None:
    """The value of a roman numeral in either case, or None. IIII is read as four, as clocks and old books have it."""
    text = text.lower()
    if not text or not ROMAN.match(text):
        return None
    values = [ROMAN_VALUE[c] for c in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def cjk_number(text: str) -> int | None:
    """The value of an East Asian numeral (一百二十) or of digits, also full-width ones."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for c in text:
        if c in CJK_UNIT:
            total += (digit or 1) * CJK_UNIT[c]
            digit = 0
        elif c in CJK_DIGIT:
            digit = digit * 10 + CJK_DIGIT[c] if digit and digit < 10 and CJK_DIGIT[c] < 10 else CJK_DIGIT[c]
            if digit >= 20:
                total, digit = total + digit, 0
        else:
            return None
    return total + digit


def greek_number(letters: str) -> int | None:
    """The value of letters that count in Greek (ΚΓ is 23, ΣΤ and Ϛ are 6), or None; without the sign behind them."""
    small = letters.lower()
    return _added((small[:-2] + "ϛ" if small.endswith(("στ", "ςτ")) else small).replace("ς", "ϛ"), GREEK_VALUE)


def hebrew_number(letters: str) -> int | None:
    """The value of letters that count in Hebrew (כג is 23, טו 15), or None; the signs among them are left off."""
    return _added(letters, HEBREW_VALUE)


def _added(letters: str, value: dict[str, int]) -> int | None:
    """The sum of letters of which each counts less than the one before it; None for any others."""
    values = [value.get(c, 0) for c in letters]
    if not values or 0 in values or any(a <= b for a, b in pairwise(values)):
        return None
    return sum(values)
