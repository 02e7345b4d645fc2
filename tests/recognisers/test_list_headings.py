"""Headings over lists, and what each of them says: in `list_headings.tsv`, read by an editor.

"notes" and "sources" are of an article, too; "cites" names sources among other things; "text" says nothing of a list.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.lines.list_headings import (
    over_articles_list,
    over_contents,
    over_notes,
    over_sites_list,
    over_sources,
)

TABLE = [
    row.split("\t", 1) for row in (Path(__file__).parent / "list_headings.tsv").read_text("utf-8").split("\n") if row
]
ASKED = {
    "notes": over_notes,
    "sources": over_sources,
    "article": over_articles_list,
    "site": over_sites_list,
    "contents": over_contents,
}
ANSWERS = {"notes": ["notes", "article"], "sources": ["sources", "article"], "cites": ["sources"], "text": []}


@pytest.mark.parametrize(("kind", "heading"), TABLE)
def test_a_heading(kind: str, heading: str) -> None:
    assert [name for name, asked in ASKED.items() if asked(heading)] == ANSWERS.get(kind, [kind])
