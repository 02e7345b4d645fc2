"""A design as it is printed with black ink alone: what is set or drawn is black, grounds are as light as they were.

In comes a `Theme`, out comes one whose colours are greys; nothing else changes. It is for the inside of printed books,
of which a person who wants a second ink says so in the style (`print-colours = "own"`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from converter.document.contracts import Theme
from converter.themes.design import PAINTS, is_stroke

BLACK, WHITE = "#000000", "#ffffff"
LIGHT = 0.85  # of white's lightness; what is lighter is a ground, or stands on a dark one
PARTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in lightness (IEC 61966-2-1)
GAMMA = 2.2


def printed_black(theme: Theme) -> Theme:
    """The theme in black ink, unless it says that its colours are to be printed."""
    if theme.settings.get("print-colours") == "own":
        return theme
    return replace(theme, design=_black(theme.design, theme.design["colours"]))


def _black(table: Mapping[str, Any], colours: Mapping[str, str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            own = value is colours
            out[key] = {name: _named(colour) for name, colour in value.items()} if own else _black(value, colours)
        elif value and is_stroke(key):
            width, colour, *dash = value.split()
            out[key] = " ".join((width, _ink(colours.get(colour, colour)), *dash))
        elif value and key in PAINTS:
            colour = colours.get(value, value)
            out[key] = _grey(colour) if key == "fill" else _ink(colour)
        else:
            out[key] = value
    return out


def _ink(colour: str) -> str:
    """What is set or drawn in this colour: black, or the paper's white where it is light, on a dark ground."""
    return WHITE if _lightness(colour) > LIGHT else BLACK


def _named(colour: str) -> str:
    """A colour by its name, of which nobody knows what it is for."""
    return _grey(colour) if _lightness(colour) > LIGHT else BLACK


def _grey(colour: str) -> str:
    return "#" + f"{round(_lightness(colour) * 255):02x}" * 3


def _lightness(colour: str) -> float:
    """From 0, black, to 1, white, as a grey says it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    light = sum(part * channel**GAMMA for part, channel in zip(PARTS, channels, strict=True))
    return float(light ** (1 / GAMMA))
