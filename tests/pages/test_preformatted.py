"""Preformatted texts of a page: prose that was wrapped, texts in many pages that were laid out by hand, and the links in
such texts."""

from __future__ import annotations

from converter.document.model import Preformatted
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


STANDARD = """
Harbour Working Group                             A. Thorn

          <b>Lamps over Wires</b>

	See <a href="#one">Section 1</a>, <a href="https://lamps.example/rfc/1.txt">RFC
    1</a> and <a href="#nowhere">more</a>.

<span id="one">1.</span>  Introduction

    A lamp is lit [<a href="#ref">L</a>].

<span id="ref">[L]</span>  <a href="https://lamps.example/l.txt">Lampwright, "On lamps".</a>
"""


def test_links_in_a_drawing_lead_where_they_led() -> None:
    parsed = read(page(f"{prose(2)}<pre>{STANDARD}</pre><p>See also <a href=#ref>the reference</a>.</p>"))
    assert shown(parsed) == [
        "prose(2)",
        "pre",
        "  |Harbour Working Group                             A. Thorn",
        "  |",
        "  |          Lamps over Wires",
        "  |",
        "  |    See [Section 1](#at-d4fb36fc), [RFC",
        "  |    1](https://lamps.example/rfc/1.txt) and more.",
        "  |",
        "  |[#at-d4fb36fc 1.]  Introduction",
        "  |",
        "  |    A lamp is lit [[L](#at-baf88eae)].",
        "  |",
        '  |[#at-baf88eae [L]]  [Lampwright, "On lamps".](https://lamps.example/l.txt)',
        "p See also [the reference](#at-baf88eae).",
    ]


def test_a_drawing_without_links_is_a_bare_text() -> None:
    parsed = read(page(f"{prose(2)}<pre>{TABLE}\n  <b>bold</b></pre>"))
    assert [b for b in parsed.book.chapters[0].blocks if isinstance(b, Preformatted)] == [
        Preformatted(f"{TABLE}\n  bold")
    ]
