"""Titles with the marks of the sites that files came from, and titles that only look so."""

from __future__ import annotations

import pytest

from converter.recognisers.metadata.site_marks import without_site_marks
from converter.recognisers.metadata.titles_in_names import from_file_name


@pytest.mark.parametrize(
    "marked",
    [
        "The Weir (z-lib.org)",
        "The Weir (Z-Library)",
        "The Weir [libgen]",
        "The Weir - AO3",
        "_OceanofPDF.com_The Weir",
        "The Weir _OceanofPDF.com_",
        "The Weir (epub)",
        "The Weir (retail)",
        "The Weir [Retail EPUB] (z-lib.org)",
        "The Weir (www.some-books.net)",
        "The Weir -- Anna’s Archive",
        "[www.lamps.org] The Weir",
        "The Weir | Wattpad",
    ],
)
def test_a_mark_is_no_part_of_a_title(marked: str) -> None:
    assert without_site_marks(marked) == "The Weir"
    assert from_file_name(marked).title == "The Weir"


@pytest.mark.parametrize(
    "title",
    [
        "The Weir (Draft of a Life)",
        "A Retail Romance",
        "Love on AO3",
        "(epub)",
        "Weir.com",
        "The Weir - A Kindle",
        "z-lib.org",
    ],
)
def test_other_titles_stay(title: str) -> None:
    assert without_site_marks(title) == title


def test_who_wrote_it_stands_before_the_mark() -> None:
    said = from_file_name("Ada Thorn - The Salt Road (z-lib.org)")
    assert (said.title, said.authors) == ("The Salt Road", ("Ada Thorn",))
