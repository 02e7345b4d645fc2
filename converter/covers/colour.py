"""Colours as sRGB triples, and the contrast between them."""

from __future__ import annotations

Colour = tuple[int, int, int]

TEXT_CONTRAST = 4.5
"""Least contrast of any text: WCAG 2.2, success criterion 1.4.3 (AA)."""

BLACK: Colour = (12, 12, 14)
WHITE: Colour = (255, 255, 255)


def rgb(code: str) -> Colour:
    """`"#1d2a44"` as a triple."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def luminance(colour: Colour) -> float:
    """Relative luminance between 0 and 1, as WCAG 2.2 defines it."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio between 1 and 21, as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with a share (0 to 1) of `other` in it."""
    r, g, b = (round(a + (z - a) * share) for a, z in zip(one, other, strict=True))
    return r, g, b


def worst(ink: Colour, grounds: tuple[Colour, ...]) -> float:
    """The lowest contrast of `ink` with any of the grounds."""
    return min(contrast(ink, ground) for ground in grounds)


def legible(ink: Colour, grounds: tuple[Colour, ...], ratio: float = TEXT_CONTRAST) -> Colour:
    """`ink`, moved towards white or black no further than needed to stand out from every ground.

    When no colour reaches `ratio` on all grounds, the better of black and white.
    """
    if worst(ink, grounds) >= ratio:
        return ink
    end = max((WHITE, BLACK), key=lambda c: worst(c, grounds))
    for step in range(1, 20):
        moved = mix(ink, end, step / 20)
        if worst(moved, grounds) >= ratio:
            return moved
    return end
