"""The words of links between a text and its notes: in `note_marks.tsv`, read by an editor. "text" is neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.lines.note_marks import is_mark, is_short_mark, leads_back, names_note, stands_apart

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "note_marks.tsv").read_text("utf-8").split("\n") if row]
ASKED = {"mark": is_mark, "back": leads_back}


@pytest.mark.parametrize(("kind", "words"), TABLE)
def test_the_words_of_a_link(kind: str, words: str) -> None:
    assert [name for name, asked in ASKED.items() if asked(words)] == ([] if kind == "text" else [kind])


def test_short_marks_and_those_that_stand_apart() -> None:
    assert [m for m in ("12", "[a]", "*", "1234", "iv", "fn3", "") if is_short_mark(m)] == ["12", "[a]", "*"]
    assert [m for m in ("12", "[a]", "*", "†", "§", "iv", "") if stands_apart(m)] == ["[a]", "*", "†", "§"]


def test_names() -> None:
    named = ("footnote-ref", "noteref", "fnref:3", "#_ftnref1", "endnote", "note-3", "foot", "keynote")
    assert [n for n in named if names_note(n)] == ["footnote-ref", "noteref", "fnref:3", "#_ftnref1", "endnote"]
