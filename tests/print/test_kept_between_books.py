"""What one book leaves for the next, style sheets that were read and fonts that were cut, is that of the next one too."""

from __future__ import annotations

from dataclasses import replace

import pymupdf
import pytest

from converter.document.model import Book, Chapter
from converter.themes import load_theme
from converter.themes.fonts import font_file
from converter.writers.pdf import print_book
from converter.writers.typefaces import cut
from tests.print.feature import prose, small, text

OTHER = small(Chapter(prose(4, 2), (), text("The Other")), title="Another")


def fonts_in(data: bytes) -> set[str]:
    document = pymupdf.open(stream=data, filetype="pdf")
    return {font[3].partition("+")[2] for page in document for font in page.get_fonts()}


@pytest.mark.parametrize("media", ["", "@media print { %s }"])
def test_a_style_brings_its_own_fonts_to_every_book(media: str) -> None:
    face = '@font-face { font-family: "Own"; src: url(own.ttf) }'
    theme = load_theme("classic")
    css = f"{theme.print_css}\n{media % face if media else face}\n.story p {{ font-family: Own }}\n"
    own = replace(theme, print_css=css, files={"own.ttf": font_file("Amiri").read_bytes()})
    for book in (small(Chapter(prose(2))), OTHER):
        assert any(
            "Amiri" in name or "Own" in name for name in fonts_in(print_book(book, own, engine="weasyprint").data)
        )


def test_a_book_between_two_printings_of_one_changes_nothing() -> None:
    def printed(book: Book, page: str) -> bytes:
        return print_book(book, load_theme("classic"), page, engine="weasyprint").data

    book = small(Chapter(prose(2)))
    before = printed(book, "a5")
    assert printed(OTHER, "a5") != before
    assert printed(book, "phone") != before
    assert printed(book, "a5") == before


def test_a_font_is_cut_once_for_all_sizes_of_type_unless_it_knows_them() -> None:
    def sizes(family: str) -> list[bytes]:
        return [cut(font_file(family), (("opsz", size), ("wght", 400.0))) for size in (9.0, 14.0)]

    small_type, large = sizes("EB Garamond")
    assert small_type is large
    small_type, large = sizes("Literata")
    assert small_type != large
    light, heavy = (cut(font_file("EB Garamond"), (("wght", weight),)) for weight in (400.0, 700.0))
    assert light != heavy
