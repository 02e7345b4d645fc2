"""A number as a list of Word writes it: digits, letters, roman, in words."""

from __future__ import annotations

import re

from converter.document.list_numbers import list_number
from converter.document.model import Numerals

LIST_KINDS: dict[str, Numerals] = {
    "decimal": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_SIGNS = "*†‡§"
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
_FIRST = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def written_number(number: int, kind: str) -> str:
    """A number from 0 in a kind of ECMA-376, 17.18.59; kinds that are not known here are written in digits."""
    match kind:
        case "decimalZero":
            return f"{number:02}"
        case "russianLower" | "russianUpper" if 0 < number <= 29:
            return _RUSSIAN[number - 1] if kind == "russianLower" else _RUSSIAN[number - 1].upper()
        case "chicago" if number > 0:
            return _SIGNS[(number - 1) % 4] * ((number - 1) // 4 + 1)
        case "ordinal":
            ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            return f"{number}{ending}"
        case "cardinalText" | "ordinalText" if number < 1000:
            words = _in_words(number)
            return (words if kind == "cardinalText" else _ordinal(words)).capitalize()
        case "numberInDash":
            return f"- {number} -"
        case _:
            return list_number(number, LIST_KINDS.get(kind, "1"))


def _in_words(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]
    hundreds, rest = divmod(number, 100)
    return f"{_ONES[hundreds]} hundred {_in_words(rest)}" if rest else f"{_ONES[hundreds]} hundred"


def _ordinal(words: str) -> str:
    last = re.split(r"[ -]", words)[-1]
    ending = _FIRST.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return words.removesuffix(last) + ending
