"""Page sizes: trim sizes of books, sheets of paper, and the screens of e-readers, with the margins that suit each."""

from __future__ import annotations

import re
from dataclasses import replace

from converter.document.errors import SettingError
from converter.document.record import dataclass

POINT = 25.4 / 72  # mm
INCH = 25.4  # mm
WORDS_ON_A_PAGE = 330  # A5 at 11.5 pt; only used to guess how thick the book will be
GUTTERS = (
    (300, 0.0),
    (500, 0.625),
    (700, 0.75),
    (10_000, 0.875),
)  # pages, inches: least inner margin that printers ask
SINK = 0.14  # of the lines on a page: how far a chapter's heading stands below the first of them
SMALLEST_SIDE, LARGEST_SIDE = 60.0, 600.0  # mm; a page outside these is a mistake of typing
OWN_SIZE = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(in|mm)?")


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """A page in mm. `scale` is the type size relative to A5's; `bound` pages are a left and a right one, with heads."""

    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    scale: float = 1.0
    bound: bool = True


def _screen(width: float, height: float, scale: float) -> PageGeometry:
    """A screen has an edge of its own: 5 mm are enough, and nothing but a page number is needed."""
    return PageGeometry(width, height, 5, 5, 5.5, 9, scale, bound=False)


# Trim sizes: the common ones of print on demand. Screens: resolution divided by dots per inch.
PAGES = {
    "a5": PageGeometry(148, 210, 18.5, 16.5, 19, 23),
    "5x8": PageGeometry(127, 203.2, 16, 13.5, 18, 20, 0.95),
    "5.25x8": PageGeometry(133.35, 203.2, 16.5, 14.5, 18, 20, 0.96),
    "5.5x8.5": PageGeometry(139.7, 215.9, 17.5, 15, 19, 22, 0.98),
    "6x9": PageGeometry(152.4, 228.6, 19, 17, 20, 24, 1.03),
    "a4": PageGeometry(210, 297, 38, 38, 32, 40, 1.16),
    "letter": PageGeometry(215.9, 279.4, 40, 40, 30, 36, 1.16),
    "a6": PageGeometry(105, 148, 12.5, 11, 13, 15, 0.86),
    "b6": PageGeometry(125, 176, 15.5, 14, 16, 19, 0.93),
    "kindle-pw": _screen(91, 122, 0.86),
    "kindle-oasis": _screen(107, 142, 0.92),
    "kindle-scribe": _screen(157, 210, 1.1),
    "kobo-clara": _screen(91, 122, 0.86),
    "kobo-libra": _screen(107, 142, 0.92),
    "kobo-elipsa": _screen(157, 210, 1.1),
    "pocketbook-inkpad": _screen(122, 163, 0.98),
    "remarkable": _screen(157, 210, 1.1),
    "phone": _screen(68, 142, 0.84),
}


def page_named(name: str) -> PageGeometry:
    """The page of this name; `5.06x7.81` (inches) and `120x190mm` make one of their own.

    Raises SettingError for anything else, listing the names.
    """
    key = name.strip().lower().removesuffix("in")
    if key in PAGES:
        return PAGES[key]
    size = OWN_SIZE.fullmatch(name.strip().lower())
    if size is None:
        remedy = f"choose one of {', '.join(PAGES)}, or WIDTHxHEIGHT in inches (5.06x7.81) or mm (120x190mm)"
        raise SettingError(f"no page size {name!r}", remedy=remedy)
    unit = 1.0 if size[3] == "mm" else INCH
    width, height = float(size[1]) * unit, float(size[2]) * unit
    if not (SMALLEST_SIDE <= width <= LARGEST_SIDE and SMALLEST_SIDE <= height <= LARGEST_SIDE):
        raise SettingError(f"a page of {width:.0f} by {height:.0f} mm can't hold a book", remedy="try a5 or 6x9")
    near = min((p for p in PAGES.values() if p.bound), key=lambda p: abs(p.width - width) + abs(p.height - height) / 4)
    across, down = width / near.width, height / near.height
    return PageGeometry(
        width, height, near.inner * across, near.outer * across, near.top * down, near.bottom * down,
        near.scale * min(1.0, across),
    )  # fmt: skip


def with_gutter(page: PageGeometry, words: int) -> PageGeometry:
    """The page with an inner margin wide enough for a book of so many words (the rule of print-on-demand printers)."""
    if not page.bound:
        return page
    pages = words / WORDS_ON_A_PAGE
    least = next(inches for limit, inches in GUTTERS if pages <= limit or limit == GUTTERS[-1][0]) * INCH
    return replace(page, inner=max(page.inner, least))


def page_css(page: PageGeometry, size: float, leading: float) -> str:
    """The page box and the type on it: `size` and `leading` in points.

    The foot margin takes up what is left over, so that a page holds a whole number of lines.
    """
    room = (page.height - page.top - page.bottom) / POINT
    lines = max(1, int(room / leading + 1e-6))
    foot = page.height / POINT - page.top / POINT - lines * leading
    inner, outer, top = page.inner / POINT, page.outer / POINT, page.top / POINT
    return (
        f"@page {{ size: {page.width / POINT:.3f}pt {page.height / POINT:.3f}pt;"
        f" margin: {top:.3f}pt {outer:.3f}pt {foot:.3f}pt {inner:.3f}pt }}\n"
        f"@page :left {{ margin-left: {outer:.3f}pt; margin-right: {inner:.3f}pt }}\n"
        f"html {{ font-size: {size:.3f}pt; line-height: {leading:.3f}pt;"
        f" --head-size: {size * 0.78:.3f}pt; --note-size: {max(size * 0.82, 7.5):.3f}pt;"
        f" --sink: {max(1, round(lines * SINK)) * leading:.3f}pt }}\n"
        f"figure img {{ max-height: {(lines - 4) * leading:.3f}pt }}\n"
    )


_SIDE = """@page body:{side} {{
  @top-left {{ content: none }} @top-center {{ content: none }} @top-right {{ content: none }}
  @bottom-left {{ content: none }} @bottom-right {{ content: none }}
  @bottom-center {{ content: counter(page); border: 0; padding: 0; margin: 0;
    text-align: center; vertical-align: middle }}
}}
"""
SCREEN_CSS = f"""{_SIDE.format(side="left")}{_SIDE.format(side="right")}
.recto, .story {{ break-before: page }}
"""
