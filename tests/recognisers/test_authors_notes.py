"""Paragraphs at the edge of a chapter, and who speaks in them: in `authors_notes.tsv`, read by an editor.

"note": the author, to the readers; "label": it only announces a note; "text": the story.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.document.contracts import Source
from converter.document.model import Aside
from converter.parsers.html import html_parser
from converter.parsers.markdown import markdown_parser
from converter.parsers.text import text_parser
from converter.recognisers.lines.authors_notes import is_label, is_note

TABLE = [
    row.split("\t", 1) for row in (Path(__file__).parent / "authors_notes.tsv").read_text("utf-8").split("\n") if row
]
SAID = "The ferry left at six, and nobody on the quay could say who had paid for it, or why it came back empty."
STORY = [SAID] * 9


@pytest.mark.parametrize(("kind", "line"), TABLE)
def test_a_paragraph(kind: str, line: str) -> None:
    assert (is_label(line), is_note(line)) == (kind == "label", kind != "text")


@pytest.mark.parametrize(("kind", "line"), [(k, t) for k, t in TABLE if k != "label" and not set(t) & set('*_~[]"«“')])
def test_texts_markdown_and_pages_agree(kind: str, line: str) -> None:
    paragraphs = ["Chapter 1", *STORY, line]
    body = "".join(f"<p>{p}</p>" for p in paragraphs[1:])
    read = (
        text_parser()(Source("s.txt", "\n\n".join(paragraphs).encode(), ".txt")),
        markdown_parser()(Source("s.md", "\n\n".join(["# Chapter 1", *paragraphs[1:]]).encode(), ".md")),
        html_parser()(
            Source("s.html", f"<html lang=en><body><h1>Chapter 1</h1>{body}</body></html>".encode(), ".html")
        ),
    )
    last = [parsed.book.chapters[-1].blocks[-1] for parsed in read]
    assert [isinstance(b, Aside) for b in last] == [kind == "note"] * 3
