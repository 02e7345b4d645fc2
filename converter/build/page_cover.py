"""A drawn cover in the shape of the page that it is to fill: e-readers' covers are slimmer than most sheets."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.build.formats import WriteOptions
    from converter.document.contracts import Reading, Theme
    from converter.document.model import Book


def with_page_cover(reading: Reading, theme: Theme, options: WriteOptions) -> Book:
    """The book, its cover drawn anew for the page of a PDF, with as many pixels as it had. A picture that is the
    person's own stays as it is, and so does any cover where it can't be drawn."""
    from converter.covers import draw_cover
    from converter.limits.pictures import NoPicture, open_picture
    from converter.writers.pages import page_for

    book, sheet = reading.book, page_for(options.page, options.made_for)
    if sheet.bound or not (reading.on_cover and book.cover):
        return book
    try:
        with open_picture(book.cover.data) as picture:
            width, height = picture.size
    except NoPicture:
        return book
    across = round(sqrt(width * height * sheet.width / sheet.height))
    size = across, round(across * sheet.height / sheet.width)
    if size == (width, height):
        return book
    try:
        return replace(book, cover=draw_cover(reading.on_cover, family=theme.settings.get("cover", ""), size=size))
    except Exception:  # whatever it is, the cover that is there was drawn: the page continues it
        return book
