"""Names that begin with roman numbers and go on with a title: "IV. The Bishop", of a row that is counted so."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.patterns import regex
from converter.recognisers.language.numerals import roman

LONGEST_NAME = 255  # characters of a file's
LETTERS = tuple("IVXLivxl")
ROW = 3  # files that are counted so
_LEADING = regex(r"([IVXL]{1,8}|[ivxl]{1,8})(?=[.):_]|\s+[-–—]|$|\s*\.\w{1,5}$)", within=LONGEST_NAME)


def in_digits(names: Sequence[str]) -> Sequence[str]:
    """These names of files, those that count from I on without a gap, each number once, in digits instead: "4. The
    Bishop.txt". A single letter may be anybody's ("I. The Fair" and "V. for Five")."""
    matches = ((i, _LEADING.match(name)) for i, name in enumerate(names) if name[:1] in LETTERS)
    found = {i: (number, m.end()) for i, m in matches if m and (number := roman(m[1]))}
    numbers = sorted(number for number, _ in found.values())
    if len(numbers) < ROW or numbers != list(range(1, len(numbers) + 1)):
        return names
    return [f"{found[i][0]}{name[found[i][1] :]}" if i in found else name for i, name in enumerate(names)]
