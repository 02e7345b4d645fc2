"""Covers: drawn from what is said about a story, or a person's own image, checked.

In come `Metadata`, out comes a JPEG as a `Resource`; the same metadata give the same bytes, and chapters and dates have
no say, so that a story that grows keeps its cover. Open `draw.py` first. `look.py` chooses layout, palette and terrain
by `moods.py`; a `Design` (`design.py`) is the cover in the making, its `Sheet` what is drawn on; `layouts/` has a file
for each kind of cover; `typesetting.py`, `breaks.py` and `faces.py` set the title so that it fits and every letter
shows, with the measures of `rulers.py`; `scripts.py` and `machine_fonts.py` find a font for any writing.
`user_cover.py` looks at a person's own image. `wrap.py` makes the cover of a printed book of a front, a spine and
the back that `back.py` draws.

It knows Pillow, HarfBuzz, BudouX and fonts. It knows no book (only its metadata), no theme but the name of a family,
and no chance: what looks like chance (`seeded.py`) is made from the words.
"""

from __future__ import annotations

from converter.covers.draw import cover_families, cover_problems, draw_cover, load_drawing
from converter.covers.user_cover import check_cover

__all__ = ["check_cover", "cover_families", "cover_problems", "draw_cover", "load_drawing"]
