"""Draws a contact sheet, for eyes: every kind of title in every layout, large and at 100 pixels.

    python -m tests.covers.contact_sheet SHEET.png [--layout NAME]... [--title NAME]... [--width PIXELS]

Rows are titles (`tests/covers/titles.py`), columns are layouts or families (`""` lets the story choose).
"""

from __future__ import annotations

import argparse
from io import BytesIO

from PIL import Image

from converter.covers import cover_families, draw_cover
from converter.covers.layouts import LAYOUTS
from tests.covers.titles import TITLES

GAP = 12
GREY = (126, 126, 126)


def contact_sheet(families: list[str], titles: list[str], width: int) -> Image.Image:
    """One picture with a cover `width` pixels wide for each title and family."""
    height = round(width * 1.6)
    sheet = Image.new("RGB", (len(families) * (width + GAP) + GAP, len(titles) * (height + GAP) + GAP), GREY)
    for row, title in enumerate(titles):
        for column, family in enumerate(families):
            with Image.open(BytesIO(draw_cover(TITLES[title], family=family).data)) as cover:
                small = cover.resize((width, height), Image.Resampling.LANCZOS)
            sheet.paste(small, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return sheet


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Draw a contact sheet of covers.")
    parser.add_argument("sheet", help="the picture to write")
    parser.add_argument("--layout", action="append", choices=[*cover_families(), ""], help="a layout or family")
    parser.add_argument("--title", action="append", choices=list(TITLES), help="a title's name")
    parser.add_argument("--width", type=int, default=200, help="of one cover, in pixels")
    asked = parser.parse_args()
    contact_sheet(asked.layout or list(LAYOUTS), asked.title or list(TITLES), asked.width).save(asked.sheet)


if __name__ == "__main__":
    main()
