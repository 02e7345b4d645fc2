"""Page sizes: trim sizes of books, sheets of paper, and the screens of e-readers, with the margins that suit each.

The table is `pages.toml`. What a page is made for decides the rest: a printed one is bound, with an inner margin as
wide as the book is thick; on a screen nothing is bound, and both margins are the same.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from converter.document.contracts import MadeFor, Theme
from converter.document.errors import SettingError
from converter.document.record import dataclass

POINT = 25.4 / 72  # mm
INCH = 25.4  # mm
EASE = 0.125  # inches beside the least inner margin: a reader sees less of it than a printer; it is one row's step, too
SINK = 0.14  # of the lines on a page: how far a chapter's heading stands below the first of them
BLEED = "1pt"  # that a cover goes over its page, or a hair of a pixel stays white
HEAD_SIZE, NOTE_SIZE = 0.78, 0.82  # of the body's type: running heads and page numbers, notes
LEAST_NOTE = 7.5  # points
SMALLEST_SIDE, LARGEST_SIDE = 60.0, 600.0  # mm; a page outside these is a mistake of typing
OWN_SIZE = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(in|mm)?")


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """A page in mm. `scale` is the type size relative to A5's.

    `bound` pages are a left and a right one, and blank where a right one is wanted next; `heads`: there is room for
    running heads above the text, as there is not on the screen of a device.
    """

    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    scale: float = 1.0
    bound: bool = True
    heads: bool = True


def _read() -> tuple[dict[str, PageGeometry], tuple[tuple[int, float], ...], float]:
    """The pages by name, the least inner margins (up to so many pages, mm), the least outer one."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    pages = {name: _page(row) for name, row in table["paper"].items()}
    for name, row in table["screen"].items():
        pages[name] = pages[row["same"]] if "same" in row else _page(row)
    inside = tuple((int(most), inches * INCH) for most, inches in table["inside"]["rows"])
    return pages, inside, table["inside"]["outside"] * INCH


def _page(row: dict[str, Any]) -> PageGeometry:
    paper = "side" not in row
    inner, outer = (row["inner"], row["outer"]) if paper else (row["side"], row["side"])
    width, height, top, bottom = (float(row[name]) for name in ("width", "height", "top", "bottom"))
    return PageGeometry(width, height, float(inner), float(outer), top, bottom, float(row["scale"]), paper, paper)


PAGES, INSIDE, OUTSIDE = _read()


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


def page_for(name: str, made_for: MadeFor) -> PageGeometry:
    """The page of this name as it is for a screen, with even margins, or for print, before its pages are counted.

    Raises SettingError as `page_named` does, and for a device's page in print.
    """
    page = page_named(name)
    if made_for == "screen":
        side = (page.inner + page.outer) / 2
        return replace(page, inner=side, outer=side, bound=False)
    if not page.bound:
        paper = ", ".join(name for name, page in PAGES.items() if page.bound)
        raise SettingError(f"{name} is a screen, and nothing is printed on that", remedy=f"choose one of {paper}")
    top, bottom, outer = (max(margin, OUTSIDE) for margin in (page.top, page.bottom, page.outer))
    return replace(page, top=top, bottom=bottom, outer=outer)


def with_gutter(page: PageGeometry, pages: int) -> PageGeometry:
    """The page with an inner margin wide enough for a book of so many pages: its own, or more where printers ask it."""
    if not page.bound:
        return page
    least = next((mm for most, mm in INSIDE if pages <= most), INSIDE[-1][1])
    return replace(page, inner=max(page.inner, least + EASE * INCH))


def note_size(size: float) -> float:
    """The size of notes in points, beside type of this size, before a theme makes them larger or smaller."""
    return max(size * NOTE_SIZE, LEAST_NOTE)


def sink_of(page: PageGeometry, leading: float) -> float:
    """How far headings stand below the first line, in points; `leading` in points."""
    lines = max(1, int((page.height - page.top - page.bottom) / POINT / leading + 1e-6))
    return max(1, round(lines * SINK)) * leading


def page_css(page: PageGeometry, size: float, leading: float) -> str:
    """The page box and the type on it: `size` and `leading` in points.

    The foot margin takes up what is left over, so that a page holds a whole number of lines.
    """
    room = (page.height - page.top - page.bottom) / POINT
    lines = max(1, int(room / leading + 1e-6))
    foot = page.height / POINT - page.top / POINT - lines * leading
    inner, outer, top = page.inner / POINT, page.outer / POINT, page.top / POINT
    highest = (lines - 4) * leading  # of a picture, with room for its caption
    return (
        f"@page {{ size: {page.width / POINT:.3f}pt {page.height / POINT:.3f}pt;"
        f" margin: {top:.3f}pt {outer:.3f}pt {foot:.3f}pt {inner:.3f}pt }}\n"
        f"@page :left {{ margin-left: {outer:.3f}pt; margin-right: {inner:.3f}pt }}\n"
        f"html {{ font-size: {size:.3f}pt; line-height: {leading:.3f}pt;"
        f" --head-size: {size * HEAD_SIZE:.3f}pt; --note-size: {note_size(size):.3f}pt;"
        f" --sink: {sink_of(page, leading):.3f}pt }}\n"
        f"section.cover img {{ width: calc(100% + {BLEED}); height: calc(100% + {BLEED});"
        f" margin: 0 -{BLEED} -{BLEED} 0 }}\n"
        f"figure img {{ max-height: {highest:.3f}pt }}\n"
        f".untitled > :first-child + figure img {{ max-height: {highest - sink_of(page, leading):.3f}pt }}\n"
    )


_SIDE = """@page body:{side} {{
  @top-left {{ content: none }} @top-center {{ content: none }} @top-right {{ content: none }}
  @bottom-left {{ content: none }} @bottom-right {{ content: none }}
  @bottom-center {{ content: counter(page); border: 0; padding: 0; margin: 0;
    text-align: center; vertical-align: middle }}
}}
"""
WITHOUT_HEADS_CSS = f"{_SIDE.format(side='left')}{_SIDE.format(side='right')}"


def type_size(theme: Theme, sheet: PageGeometry) -> float:
    """The size of body text in points: the theme's size on A5, in proportion to the page, never below its least."""
    wanted = float(theme.settings.get("type-size", "11")) * sheet.scale
    return max(wanted, float(theme.settings.get("least-type-size", "7.5")))
