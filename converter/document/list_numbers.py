"""The number of an item as its list writes it: digits, letters, roman."""

from __future__ import annotations

from converter.document.model import Numerals

LETTERS = 26
LAST_LETTERS = 780  # 30 times the last one
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
CSS_NAMES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


def list_number(number: int, numerals: Numerals) -> str:
    """A number in these numerals; what they can't write (0, more than 3,999 in roman) is in digits."""
    if numerals in ("a", "A") and 0 < number <= LAST_LETTERS:
        letters = chr(ord("a") + (number - 1) % LETTERS) * ((number - 1) // LETTERS + 1)
    elif numerals in ("i", "I") and 0 < number < 4000:
        letters = _roman(number)
    else:
        return str(number)
    return letters if numerals.islower() else letters.upper()


def _roman(number: int) -> str:
    letters = ""
    for worth, letter in _ROMAN:
        times, number = divmod(number, worth)
        letters += letter * times
    return letters
