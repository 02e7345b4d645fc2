"""Text on pages as narrow as a telephone's: ragged, so that no gaps are torn into its lines."""

from __future__ import annotations

from itertools import pairwise

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Chapter
from converter.themes import load_theme
from converter.writers.pages import page_for
from converter.writers.pdf import print_book
from converter.writers.pdf.narrow_measures import for_measure
from tests.print.feature import prose, small, text


def gaps(page: pymupdf.Page) -> list[float]:
    """The widths of the spaces between words in the lines of a page, in parts of their type's size."""
    found = []
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            size = max(span["size"] for span in line["spans"])
            letters = [letter for span in line["spans"] for letter in span["chars"]]
            spaces = [letter for letter in letters if letter["c"].isspace()]
            found += [(space["bbox"][2] - space["bbox"][0]) / size for space in spaces]
            words = [letter for letter in letters if not letter["c"].isspace()]
            found += [(b["bbox"][0] - a["bbox"][2]) / size for a, b in pairwise(words)]
    return found


@pytest.mark.parametrize("style", ["classic", "serial"])
def test_no_gaps_are_torn_into_the_lines_of_a_telephone(engine: Engine, style: str) -> None:
    book = small(Chapter(prose(24), title=text("The Slip")))
    sheets = pymupdf.open(stream=print_book(book, load_theme(style), "phone", engine=engine).data, filetype="pdf")
    assert len(sheets) > 5
    assert max(gap for number in range(2, len(sheets)) for gap in gaps(sheets[number])) < 0.33


@pytest.mark.parametrize(
    ("page", "language", "justified"),
    [("phone", "en", False), ("phone", "ja", True), ("a6", "en", True), ("a5", "de", True)],
)
def test_which_lines_are_ragged(page: str, language: str, justified: bool) -> None:
    theme = for_measure(load_theme("classic"), page_for(page, "screen"), language)
    assert theme.design["text"]["justify"] == justified
