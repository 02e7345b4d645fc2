"""Titles in a browser's tab that editors of pages put there ("-"), and those of stories: in `tab_titles.tsv`."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.metadata.tab_title import clean_title

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "tab_titles.tsv").read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize(("kind", "title"), TABLE)
def test_a_title(kind: str, title: str) -> None:
    assert clean_title(title, "", "", []) == (title if kind == "kept" else "")


def test_a_page_of_so_many_is_no_title() -> None:
    for page in ("Page 3 of 12", "Seite 3 von 12", "p. 3"):
        assert clean_title(f"The Weir | {page} | Lamp", "Lamp", "", []) == "The Weir"
