"""The layouts: each draws one kind of cover."""

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
