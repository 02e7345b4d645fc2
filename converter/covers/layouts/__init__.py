"""The layouts: each draws one kind of cover.

In comes a `Design` (the sheet, the words, the palette, chance and a setter for titles), out comes nothing: the sheet is
drawn on. Open `plain.py` first, the simplest that has everything: title, subtitle, author, series and number. `LAYOUTS`
is the table of them by the name that `chapbook cover` and themes take; `covers/moods.py` says which moods they suit,
and a layout that no mood names is drawn only when it is asked for.

A layout writes every part of the words that is there, keeps inside the safe margin, and gives each text the grounds it
stands on, so that the contrast can be tested. It knows the words and the colours, not the story, and no random numbers.
"""

from __future__ import annotations

from collections.abc import Callable

from converter.covers.design import Design
from converter.covers.layouts.bands import bands
from converter.covers.layouts.deco import deco
from converter.covers.layouts.discs import discs
from converter.covers.layouts.draft import draft
from converter.covers.layouts.frame import frame
from converter.covers.layouts.grid import grid
from converter.covers.layouts.horizon import horizon
from converter.covers.layouts.label import label
from converter.covers.layouts.plain import plain
from converter.covers.layouts.poster import poster
from converter.covers.layouts.ridge import ridge
from converter.covers.layouts.sky import sky
from converter.covers.layouts.slab import slab
from converter.covers.layouts.vine import vine

LAYOUTS: dict[str, Callable[[Design], None]] = {
    "frame": frame,
    "label": label,
    "deco": deco,
    "vine": vine,
    "grid": grid,
    "discs": discs,
    "bands": bands,
    "plain": plain,
    "draft": draft,
    "horizon": horizon,
    "sky": sky,
    "ridge": ridge,
    "poster": poster,
    "slab": slab,
}
