"""Lines that may be a date, in `dates.tsv`."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.lines.dates import is_date

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "dates.tsv").read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize(("kind", "line"), TABLE)
def test_a_line(kind: str, line: str) -> None:
    assert is_date(line) == (kind == "date")
