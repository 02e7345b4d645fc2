"""Numerals and their values, in `numerals.tsv`; "-" is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.recognisers.headings.words import lexicon, read_number
from converter.recognisers.language.numerals import cjk_number, roman

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "numerals.tsv").read_text("utf-8").split("\n") if row]
WRITTEN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
SMALL = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@pytest.mark.parametrize(("value", "numeral"), TABLE)
def test_a_numeral(value: str, numeral: str) -> None:
    read = roman(numeral) if numeral.isascii() else cjk_number(numeral)
    assert read == (None if value == "-" else int(value))


@given(st.integers(1, 3999))
def test_every_number_comes_back(number: int) -> None:
    written, rest = "", number
    for value, sign in WRITTEN + SMALL:
        written += sign * (rest // value)
        rest %= value
    assert roman(written) == roman(written.upper()) == number


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("One Hundred", 100, ""),
        ("One Hundred and One", 101, ""),
        ("one-hundred-and-twenty-one", 121, ""),
        ("THREE HUNDRED SIXTH", 306, ""),
        ("One Hundredth", 100, ""),
        ("One Hundred: The Mill", 100, ": The Mill"),
        ("One - Hundred Acre Weir", 1, " - Hundred Acre Weir"),
        ("One Hundredweight", 1, " Hundredweight"),
        ("Twenty Hundred", 20, " Hundred"),
        ("One Hundred - One Night", 100, " - One Night"),
    ],
)
def test_hundreds_in_words(text: str, value: int, rest: str) -> None:
    number = read_number(text, lexicon("en"))
    assert number
    assert (number.value, text[number.end :]) == (value, rest)
