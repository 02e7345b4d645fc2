"""Lines around a library's copy of a book, and what each of them is: in `library.tsv`, read by an editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.lines.library import (
    is_credit,
    is_end,
    is_licence,
    is_old_start,
    is_start,
    is_transcribers_note,
    title_and_author,
)

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "library.tsv").read_text("utf-8").split("\n") if row]
ASKED = {
    "start": is_start,
    "old start": is_old_start,
    "end": is_end,
    "licence": is_licence,
    "note": is_transcribers_note,
    "credit": is_credit,
}


@pytest.mark.parametrize(("kind", "line"), TABLE)
def test_a_line(kind: str, line: str) -> None:
    assert next((name for name, asked in ASKED.items() if asked(line)), "text") == kind


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("The Project Gutenberg eBook of The Salt Road, by Ada Thorn", ("The Salt Road", "Ada Thorn")),
        ("Project Gutenberg's The Salt Road, by Ada Thorn", ("The Salt Road", "Ada Thorn")),
        ("**The Project Gutenberg Etext of The Salt Road, by Ada Thorn**", ("The Salt Road", "Ada Thorn")),
        ("End of the Project Gutenberg EBook of The Salt Road, by Ada Thorn", ("The Salt Road", "Ada Thorn")),
        ("The Salt Road, by Ada Thorn", None),
        ("Project Gutenberg", None),
    ],
)
def test_what_a_library_calls_the_book(line: str, named: tuple[str, str] | None) -> None:
    assert title_and_author(line) == named
