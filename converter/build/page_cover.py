"""A drawn cover in the shape of the page that it is to fill: e-readers' covers are slimmer than most sheets."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.build.formats import WriteOptions
    from converter.document.contracts import Reading, Theme
    from converter.document.model import Book


SAME = 0.002  # proportions that differ less differ by a pixel


def size_on_page(size: tuple[int, int], options: WriteOptions) -> tuple[int, int]:
    """Width and height of a cover that fills the page of a PDF, in as many pixels as one of this size has. Raises
    SettingError for a page that is none."""
    from converter.writers.pages import page_for

    sheet = page_for(options.page, options.made_for)
    across = round(sqrt(size[0] * size[1] * sheet.width / sheet.height))
    return across, round(across * sheet.height / sheet.width)


def with_page_cover(reading: Reading, theme: Theme, options: WriteOptions) -> Book:
    """The book, its cover drawn anew for the page of a PDF, with as many pixels as it had. A picture that is the
    person's own stays as it is, and so does any cover where it can't be drawn."""
    from converter.covers import draw_cover
    from converter.limits.pictures import NoPicture, open_picture
    from converter.writers.pages import page_for

    book = reading.book
    if page_for(options.page, options.made_for).bound or not (reading.on_cover and book.cover):
        return book
    try:
        with open_picture(book.cover.data) as picture:
            before = picture.size
    except NoPicture:
        return book
    size = size_on_page(before, options)
    if abs(size[0] / size[1] - before[0] / before[1]) < SAME:
        return book
    try:
        return replace(book, cover=draw_cover(reading.on_cover, family=theme.settings.get("cover", ""), size=size))
    except Exception:  # whatever it is, the cover that is there was drawn: the page continues it
        return book
