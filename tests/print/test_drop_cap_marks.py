"""What opens speech stands before a drop cap as it stands in a line: side by side, low marks at the foot."""

from __future__ import annotations

from itertools import pairwise

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Chapter
from converter.themes import load_theme
from converter.writers.pdf import print_book
from tests.print.feature import prose, said, small, text

TOLD = ", and nobody on the quay could say who had paid for the umbrella, or why the boat had gone out so early in fog."
ENGINES: tuple[Engine, ...] = ("typst", "weasyprint")
Sign = tuple[str, float, pymupdf.Rect]


def before_cap(begins: str, engine: Engine) -> tuple[Sign, list[Sign]]:
    """The cap, and the marks before it from the left: each a letter, its baseline and its box."""
    book = small(Chapter((said(begins + TOLD), *prose(3)), (), text("One")))
    document = pymupdf.open(
        stream=print_book(book, load_theme("classic"), "a5", engine=engine).data, filetype="pdf"
    )  # fmt: skip
    page = next(p for p in document if p.get_label() == "1")
    signs = [
        (sign["c"], sign["origin"][1], pymupdf.Rect(sign["bbox"]), span["size"])
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for sign in span["chars"]
    ]
    at = max((n for n, sign in enumerate(signs) if sign[0].isupper()), key=lambda n: signs[n][3])
    cap = signs[at]
    marks = [
        one for one in signs if not one[0].isalnum() and one[0].strip() and one[2].x0 < cap[2].x0 and one[3] < cap[3]
    ]
    marks = [one for one in marks if abs(one[1] - cap[1]) < 2 * cap[3] and one[2].x1 < cap[2].x0 + 4]
    return cap[:3], sorted((one[:3] for one in marks), key=lambda one: one[2].x0)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("quote", ["„", "‚"])
def test_a_low_quote_stands_on_the_line_of_the_cap(engine: Engine, quote: str) -> None:
    cap, ((sign, baseline, _),) = before_cap(f"{quote}Das war es", engine)
    assert (cap[0], sign) == ("D", quote)
    assert abs(baseline - cap[1]) < 0.5


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("quote", ["“", "«", "¿"])
def test_what_is_no_low_quote_stands_high(engine: Engine, quote: str) -> None:
    cap, ((_, baseline, _),) = before_cap(f"{quote}That was it", engine)
    assert baseline < cap[1] - 8


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("marks", ["«¿", "“¡", "„’", "“‘"])
def test_two_marks_stand_side_by_side(engine: Engine, marks: str) -> None:
    _, found = before_cap(f"{marks}That was it", engine)
    assert "".join(sign for sign, _, _ in found) == marks
    assert all(before[2].x1 <= after[2].x0 + 0.5 for before, after in pairwise(found))
