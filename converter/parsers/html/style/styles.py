"""The computed styles of a page's elements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from converter.parsers.computed_style import PLAIN, ComputedStyle
from converter.parsers.html.dom.page import Page
from converter.parsers.html.style.cascade import page_stylesheet


def computed_styles(page: Page, linked: Sequence[str] = ()) -> Mapping[int, ComputedStyle]:
    """The look of every element that CSS says something about, by id(element); `linked`: sheets beside the page."""
    sheet = page_stylesheet(page.index, linked)
    styles: dict[int, ComputedStyle] = {}
    for element in page.elements:
        style = sheet.style_of(element)
        if style is not PLAIN and style != PLAIN:
            styles[id(element)] = style
    return styles
