"""The colours of covers: five to a palette, chosen by eye. Data, not code."""

from __future__ import annotations

from typing import NamedTuple

from converter.covers.colour import Colour, rgb


class Palette(NamedTuple):
    """`deep`: a dark ground; `mid`: a full colour; `accent` shines on both; `soft`: a tint; `paper`: near white."""

    deep: Colour
    mid: Colour
    accent: Colour
    soft: Colour
    paper: Colour


_TABLE = """
    midnight   #141b3c #33478a #e3b34c #b9c3e3 #f6f1e3
    plum       #2c1437 #7a3580 #e8a93f #dcc3dc #f8f1ea
    orbit      #0b1228 #26418a #5fd0d8 #a9bde6 #eef2f8
    ember      #191523 #5b3a8a #ff7a59 #b7aee0 #f5f2f7
    signal     #15121f #6a2a86 #ff5d8f #9fe3e0 #f5f2f7
    sea        #0f3443 #1f7880 #f2b866 #bfdcd6 #f5f1e6
    harbour    #1c3150 #3f6c94 #ef8354 #cfdde6 #f7f3ea
    forest     #1d3328 #47704c #d9b44a #cdd8b8 #f5f1e1
    moss       #2e3a22 #71804a #e08e45 #dde0c4 #f8f4e6
    blood      #1d1012 #8c1c24 #e0563f #d8c3b4 #f2e9dd
    bone       #201d1c #5d544d #c4503e #cfc6b8 #f1ebdf
    noir       #16181d #4a525e #f0c33c #c4c9cf #f3f1ea
    oxblood    #1b2433 #7c2f2c #d9a441 #cbd0d3 #f4efe4
    rose       #4a1830 #b1476a #f2b5a7 #f1d3d0 #fbf3ec
    peony      #5b1f3a #cf5c78 #f6c667 #f6dcd9 #fdf5ee
    peach      #57302b #d9775a #f4c56a #f7dcc4 #fdf5e8
    hearth     #4b2a1d #a9572f #eab14d #ecd5b5 #faf2e2
    rain       #25323d #58717f #d8b978 #c5d0d5 #f1f0ea
    dusk       #2d2a40 #69648f #e0b7a6 #d0cde0 #f3f1f4
    noon       #283a6b #e2643f #f7c548 #fbe3b0 #fdf6e3
    parade     #173f5f #d1495b #edae49 #cfe3dc #fbf5e6
    desert     #4a2c22 #b5643a #e8b65a #e9d1ac #f8efdc
    khaki      #2b2d22 #6b6a45 #d96b4c #d3cdb0 #f3eedd
    court      #3b0f22 #7c1d3c #d4a94e #e3cfc0 #f8f0e2
    regency    #22404a #5f9090 #eab9a0 #d7e3dd #f8f3ea
    snow       #17304a #5f8fb0 #d9505a #d8e6ee #f8f8f4
    yule       #14382c #2f6b4f #e06a52 #d5e0d2 #f8f5ea
    gaslight   #2a1f1a #7a5230 #d9a441 #dcc9a3 #f5ecd7
    verdigris  #12302f #2f6d68 #e39a5f #c6d9d0 #f4efe3
    lilac      #3a2a5d #8f7ac2 #f3c969 #e2d8f0 #faf6f8
"""

PALETTES: dict[str, Palette] = {
    name: Palette(*(rgb(code) for code in codes))
    for name, *codes in (row.split() for row in _TABLE.split("\n") if row.strip())
}
