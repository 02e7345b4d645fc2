"""How large a drop cap is, and where it stands: for WeasyPrint in CSS, for Typst what it can't measure itself of those
with a tail (`pdf/typst/template/opening.typ`).
"""

from __future__ import annotations

from functools import cache

from lxml import etree

from converter.document.contracts import Theme
from converter.themes.fonts import PACKAGES, font_file
from converter.writers.typefaces import families_of, measures

INK = "data-ink"
DEPTH = 0.2  # of the type size: so far below its line a cap may reach, as the letters beside it do


def note_tails(story: etree._Element, theme: Theme) -> None:
    """Says of drop caps with a tail below their line (Q, often J, \u00c7) how deep it is, and how far it reaches
    beyond the letter's width, in parts of the type size: unless the cap is smaller, it stands on the next line."""
    family = _family(theme)
    if family not in PACKAGES:
        return
    face = str(font_file(family, italic=_is_italic(theme)))
    for cap in story.xpath("descendant::span[@class='dropcap']"):
        letter = next(filter(str.isalpha, "".join(cap.itertext())), "")
        tail, over = _ink(face, letter) if letter else (0.0, 0.0)
        if tail > DEPTH / 3:  # of the least cap, of two lines
            cap.set(INK, f"{tail:.3f} {over:.3f}")


def tail_of(cap: etree._Element) -> tuple[float, float]:
    """What `note_tails` says of a cap: depth of its tail, how far it reaches beyond the letter."""
    tail, over = map(float, cap.get(INK, "0 0").split())
    return tail, over


def drop_cap_css(theme: Theme, size: float, leading: float, html: etree._Element) -> str:
    """Size and place of a drop cap, and of the lower one of a short paragraph: head level with the first line's
    capitals, foot on its last line's baseline; where it has a tail that would stand on the next line, its foot is that.

    `size` and `leading` in points. From the fonts' own measures (OpenType: OS/2 sCapHeight, hhea ascender, descender).
    """
    families = families_of(theme)
    if _family(theme) not in PACKAGES or families["body"] not in PACKAGES:
        return ".dropcap { font-size: 3em; line-height: 1 }\n"
    lines = int(theme.settings.get("drop-cap-lines", "3"))
    cap, ascent, descent = measures(font_file(_family(theme), italic=_is_italic(theme)))
    body_cap, body_ascent, body_descent = measures(font_file(families["body"]))
    rules = []
    for before, rows in (("", lines), (".short ", min(lines, 2))):
        high = (rows - 1) * leading + body_cap * size
        first = (leading - (body_ascent + body_descent) * size) / 2 + body_ascent * size
        height = rows * leading
        for ink in ("", *sorted(frozenset(map(str, html.xpath(f"//span/@{INK}"))))):
            tail, over = map(float, (ink or "0 0").split())
            tall = min(high / cap, (high + DEPTH * size) / (cap + tail))
            baseline = first + cap * tall - body_cap * size
            natural = (height - (ascent + descent) * tall) / 2 + ascent * tall
            which = f'[{INK}="{ink}"]' if ink else ""
            rules.append(
                f"{before}.dropcap{which} {{ font-size: {tall:.3f}pt; line-height: {height:.3f}pt;"
                f" height: {height:.3f}pt; padding-right: {over * tall:.3f}pt;"
                f" margin-top: {baseline - natural:.3f}pt; margin-bottom: {natural - baseline - 1:.3f}pt }}\n"
            )
    return "".join(rules)


def _family(theme: Theme) -> str:
    return theme.settings.get("drop-cap-font", "") or families_of(theme)["heading"]


def _is_italic(theme: Theme) -> bool:
    return bool(theme.design["start"]["cap"].get("style") == "italic")


@cache
def _ink(face: str, letter: str) -> tuple[float, float]:
    """How far a letter reaches below its line, and beyond its width."""
    import uharfbuzz as hb

    font = hb.Font(hb.Face(hb.Blob.from_file_path(face)))
    glyph = font.get_nominal_glyph(ord(letter)) or 0
    ink, em = font.get_glyph_extents(glyph), font.face.upem
    if ink is None:
        return 0.0, 0.0
    over = ink.x_bearing + ink.width - font.get_glyph_h_advance(glyph)
    return -(ink.y_bearing + ink.height) / em, max(0, over) / em
