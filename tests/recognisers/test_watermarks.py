"""Paragraphs that name sites, thieves and new chapters: in `watermarks.tsv`, read by an editor.

"site": a site's own line between a story's paragraphs, left out by name; "text": people of the story, or its author.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.lines.watermarks import is_injected
from tests.pages.making import left_out, page, prose, read, shown

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "watermarks.tsv").read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize(("kind", "line"), TABLE)
def test_a_paragraph(kind: str, line: str) -> None:
    assert is_injected(line) == (kind == "site")


@pytest.mark.parametrize("line", [line for kind, line in TABLE if kind == "site"])
def test_between_paragraphs(line: str) -> None:
    parsed = read(page(f"<div class=t>{prose(2)}<p>{line}</p>{prose(2)}</div>"))
    assert shown(parsed) == ["prose(4)"]
    assert left_out(parsed) == [("site's own line", line)]


@pytest.mark.parametrize("line", [line for kind, line in TABLE if kind != "site"])
def test_a_storys_line_stays_between_paragraphs(line: str) -> None:
    parsed = read(page(f"<div class=t>{prose(2)}<p>{line}</p>{prose(2)}</div>"))
    assert shown(parsed) == ["prose(2)", f"p {line}", "prose(2)"]
    assert left_out(parsed) == []


def test_nothing_is_no_line() -> None:
    assert not is_injected("")
