"""Preformatted texts of a page: prose that was wrapped, and texts in many pages that were laid out by hand."""

from __future__ import annotations

from tests.pages.making import page, prose, read, shown

LINE = "The lamp was lit every evening at the same hour, and nobody"
WRAPPED = "\n".join([LINE] * 20)
TABLE = "\n".join(f"  {n:>3}    {n * 7:>4}    lit" for n in range(80))


def test_wrapped_prose_is_paragraphs() -> None:
    joined = " ".join([LINE] * 20)
    assert shown(read(page(f"{prose(2)}<pre>{WRAPPED}</pre>"))) == ["prose(2)", f"p {joined}"]
    assert shown(read(page(f"{prose(2)}<pre>{WRAPPED}</pre><pre>{WRAPPED}</pre>"))) == [
        "prose(2)",
        *[f"p {joined}"] * 2,
    ]


def test_a_text_in_several_pages_with_tables_is_set_in_one_way() -> None:
    lines = [line for text in (WRAPPED, TABLE, TABLE) for line in ("pre", *(f"  |{row}" for row in text.split("\n")))]
    assert shown(read(page(f"{prose(2)}<pre>{WRAPPED}</pre><pre>{TABLE}</pre><pre>{TABLE}</pre>"))) == [
        "prose(2)",
        *lines,
    ]
