"""Draws a contact sheet, for eyes: every kind of title in every layout, large and at 100 pixels.

    python -m tests.covers.contact_sheet SHEET.png [--layout NAME]... [--title NAME]... [--width PIXELS]
    python -m tests.covers.contact_sheet SHEET.jpg --showcase

Rows are titles (`tests/covers/titles.py`), columns are layouts or families (`""` lets the story choose).
"""

from __future__ import annotations

import argparse
from io import BytesIO

from PIL import Image

from converter.covers import cover_families, draw_cover
from converter.covers.layouts import LAYOUTS
from converter.document.model import Metadata
from tests.covers.titles import SHOWCASE, TITLES

GAP = 12
GREY = (228, 227, 224)


def contact_sheet(rows: list[list[tuple[str, Metadata]]], width: int) -> Image.Image:
    """One picture of covers `width` pixels wide, each from a layout or family and a story."""
    height = round(width * 1.6)
    sheet = Image.new("RGB", (len(rows[0]) * (width + GAP) + GAP, len(rows) * (height + GAP) + GAP), GREY)
    for y, row in enumerate(rows):
        for x, (family, metadata) in enumerate(row):
            with Image.open(BytesIO(draw_cover(metadata, family=family).data)) as cover:
                small = cover.resize((width, height), Image.Resampling.LANCZOS)
            sheet.paste(small, (GAP + x * (width + GAP), GAP + y * (height + GAP)))
    return sheet


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Draw a contact sheet of covers.")
    parser.add_argument("sheet", help="the picture to write (.png, .jpg)")
    parser.add_argument("--layout", action="append", choices=[*cover_families(), ""], help="a layout or family")
    parser.add_argument("--title", action="append", choices=list(TITLES), help="a title's name")
    parser.add_argument("--width", type=int, default=200, help="of one cover, in pixels")
    parser.add_argument("--showcase", action="store_true", help="twelve covers to show people, instead")
    asked = parser.parse_args()
    layouts, titles = asked.layout or list(LAYOUTS), asked.title or list(TITLES)
    rows = [[(layout, TITLES[title]) for layout in layouts] for title in titles]
    if asked.showcase:
        rows = [list(SHOWCASE[:6]), list(SHOWCASE[6:])]
    contact_sheet(rows, asked.width).save(asked.sheet, quality=85)


if __name__ == "__main__":
    main()
