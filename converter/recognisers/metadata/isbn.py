"""ISBNs in lines: "ISBN 978-3-16-148410-0". Only one whose check digit is right is one (ISO 2108)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from converter.document.patterns import regex

LINE = 200  # characters of a line that names a number; a longer one is prose
NAMED = regex(r"\bisbn(?:[- ]?1[03])?[^\d\n]{0,20}(\d[\d \u00a0‐‑–-]{7,18}[\dx])(?![\d-])", re.I, LINE)
OF_ELECTRONIC_BOOKS = regex(r"\be-?book|\bepub|\bdigital|\belectronic|\bkindle", re.I)


def isbn_among(lines: Iterable[str]) -> str:
    """The digits of the first ISBN that the lines name, one of an electronic book before all others; "" for none."""
    first = ""
    for line in lines:
        if len(line) > LINE:
            continue
        for found in NAMED.finditer(line):
            digits = "".join(c for c in found[1].upper() if c.isdigit() or c == "X")
            if not is_isbn(digits):
                continue
            if OF_ELECTRONIC_BOOKS.search(line):
                return digits
            first = first or digits
    return first


def is_isbn(text: str) -> bool:
    """Whether ten or thirteen digits, the signs between them aside, end with the check digit that they ask for."""
    digits = [10 if c in "xX" else int(c) for c in text if c.isdecimal() or c in "xX"]
    if len(digits) == 10:
        return sum(n * d for n, d in enumerate(reversed(digits), 1)) % 11 == 0
    return (
        len(digits) == 13 and 10 not in digits and sum(d * (3 if n % 2 else 1) for n, d in enumerate(digits)) % 10 == 0
    )
