"""What heads and imprints say of a book: plain descriptions, ISBNs, how far a serial has come."""

from __future__ import annotations

import pytest

from converter.recognisers.metadata.descriptions import plain_description
from converter.recognisers.metadata.isbn import is_isbn, isbn_among
from converter.recognisers.metadata.progress import progress_of


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("A lamp, a stair, and no oil.", "A lamp, a stair, and no oil."),
        ("A *lamp*, a **stair**, and _no_ oil.", "A lamp, a stair, and no oil."),
        ("<p>A <i>lamp</i>.</p><p>No&nbsp;oil.</p>", "A lamp.\nNo oil."),
        ("A lamp.<br/>No oil &amp; no wick", "A lamp.\nNo oil & no wick"),
        ("Salt &amp; oil", "Salt & oil"),
        ("See [the map](https://example.org/map).", "See the map (https://example.org/map)."),
        ("## Blurb\n\n> A lamp.", "Blurb\nA lamp."),
        ("5 * 4 * 3 and snake_case_names stay", "5 * 4 * 3 and snake_case_names stay"),
        ("1 < 2, and a <lamp> stays", "1 < 2, and a <lamp> stays"),
        ("[sic] (no link) [Lamp](oil)", "[sic] (no link) [Lamp](oil)"),
    ],
)
def test_descriptions_are_plain(typed: str, plain: str) -> None:
    assert plain_description(typed) == plain
    assert plain_description(plain) == plain


@pytest.mark.parametrize(
    ("lines", "isbn"),
    [
        (["ISBN 978-3-16-148410-0"], "9783161484100"),
        (["ISBN-10: 0-8044-2957-X"], "080442957X"),
        (["ISBN 978-3-16-148410-1"], ""),
        (["Call 978-3-16-148410-0"], ""),
        (["ISBN 978-3-16-148410-0 (print)", "ISBN 978-0-306-40615-7 (ebook)"], "9780306406157"),
        (["isbn13 9780306406157."], "9780306406157"),
    ],
)
def test_isbns_in_lines(lines: list[str], isbn: str) -> None:
    assert isbn_among(lines) == isbn
    assert not isbn or is_isbn(isbn)


@pytest.mark.parametrize(
    ("status", "chapters", "progress"),
    [
        ("Complete", "", "Completed"),
        ("In Progress", "", "In-Progress"),
        ("Work in progress, on hiatus", "", "In-Progress"),
        ("abgeschlossen", "", "Completed"),
        ("连载中", "", "In-Progress"),
        ("完結", "", "Completed"),
        ("incomplete", "", "In-Progress"),
        ("", "12/12", "Completed"),
        ("", "12/?", "In-Progress"),
        ("", "12", ""),
        ("Canon divergent", "", ""),
    ],
)
def test_how_far_a_serial_has_come(status: str, chapters: str, progress: str) -> None:
    assert progress_of(status, chapters) == progress
