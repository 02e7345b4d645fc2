"""Lines that close a story ("end"), a part of it ("closing"), or neither: in `endings.tsv`, read by an editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.headings.endings import is_closing, says_the_end

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "endings.tsv").read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize(("kind", "line"), TABLE)
def test_a_line(kind: str, line: str) -> None:
    assert (says_the_end(line), is_closing(line)) == (kind == "end", kind != "text")
