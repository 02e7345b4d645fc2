"""Typefaces of a printed book: which fonts its text needs, as @font-face rules, and how large a drop cap must be.

Variable fonts are cut to the weights and optical sizes in use: WeasyPrint would draw all weights of one with the widths
of its lightest, and knows no optical sizes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import quote

from converter.document.contracts import Theme
from converter.document.record import dataclass
from converter.themes.fonts import PACKAGES, cjk_file, font_file

SCHEME = "book-font:"
FAMILY_PREFIX = "Book "  # our families get names no installed font has, so an installed one never takes their place
SERIFS = ("EB Garamond", "Literata", "Source Serif 4", "Source Sans 3")
SANS = ("Source Sans 3", "Literata", "EB Garamond")
SCRIPTS = ("Frank Ruhl Libre", "Amiri", "Source Code Pro")
CJK = "Noto Sans CJK JP"  # Han, kana and hangul, in bold alone
SANS_FAMILIES = frozenset({"Atkinson Hyperlegible", "Source Sans 3", "Jost"})
ROLES = {"body": "EB Garamond", "heading": "", "label": "", "mono": "Source Code Pro"}  # "" = as the one before
FONT_FILES = (".ttf", ".otf", ".woff", ".woff2")
WEIGHT = re.compile(r"font-weight:\s*(\d00)")
DISPLAY = 36.0  # points: the optical size for headings
Axes = tuple[tuple[str, float], ...]
UNSEEN = frozenset("\t\n\r \xad\u200b\u200c\u200d\u2060\ufeff\ufffc")  # set no glyph of their own


@dataclass(frozen=True, slots=True)
class Typefaces:
    """`css` holds the @font-face rules and the variables `--body-font` ...; `files` what is behind their addresses.

    `missing` are the characters of the text that none of our fonts has: an installed font may.
    """

    css: str
    files: Mapping[str, tuple[Path, Axes]]
    missing: frozenset[str]


@cache
def letters_of(family: str) -> frozenset[int]:
    """The code points that the upright face of one of our families has."""
    import uharfbuzz as hb

    return frozenset(hb.Face(hb.Blob.from_file_path(str(_file(family)))).unicodes)


def typefaces(theme: Theme, text: frozenset[str], size: float) -> Typefaces:
    """The faces that this theme needs for a text with these characters, set in `size` points.

    A theme that brings font files of its own names and declares them in its CSS; only our families are declared here.
    Raises SettingError for an unknown family.
    """
    needed = {ord(c) for c in text - UNSEEN}
    brought = any(name.lower().endswith(FONT_FILES) for name in theme.files)
    weights = sorted({400, 700, *(int(w) for w in WEIGHT.findall(theme.print_css))})
    faces = _Faces(weights)
    variables = []
    missing: set[int] = set()
    for role, family in families_of(theme).items():
        chain = _chain(family, needed, theirs=brought and family not in PACKAGES)
        if role == "body":
            missing = needed.difference(*(letters_of(n) for n in chain if _is_ours(n)))
        names = [f'"{name}"' if brought and not _is_ours(name) else faces.declare(name, role, size) for name in chain]
        generic = "monospace" if role == "mono" else "sans-serif" if family in SANS_FAMILIES else "serif"
        variables.append(f"--{role}-font: {', '.join(names)}, {generic}")
    css = "\n".join([*(faces.rules[key] for key in sorted(faces.rules)), f":root {{ {'; '.join(variables)} }}", ""])
    return Typefaces(css, faces.files, frozenset(map(chr, missing)))


def _is_ours(family: str) -> bool:
    return family in PACKAGES or family == CJK


def _chain(family: str, needed: set[int], *, theirs: bool) -> list[str]:
    """A family and those that have the letters it lacks. Of a font that is `theirs`, the theme's, we can't say which it
    lacks: a serif of ours and its helpers stand behind it."""
    if theirs:
        return [family, SERIFS[0], *_fallbacks(SERIFS[0], needed - letters_of(SERIFS[0]))]
    return [family, *_fallbacks(family, needed - letters_of(family))]


class _Faces:
    """The faces in use: their @font-face rules, by name, slope and weight, and the files behind their addresses."""

    def __init__(self, weights: Sequence[int]) -> None:
        self.weights = weights
        self.rules: dict[tuple[str, bool, int], str] = {}
        self.files: dict[str, tuple[Path, Axes]] = {}

    def declare(self, family: str, role: str, size: float) -> str:
        """The name under which CSS finds all faces of a family; one with optical sizes has a name for each role."""
        named = f"{family} {role.title()}" if _has_optical_sizes(family) else family
        optical = DISPLAY if role == "heading" else size
        for italic in (False, True) if "Italic" in _file(family, italic=True).stem else (False,):
            for weight in self.weights:
                rule = self._rule(family, named, italic, weight, optical)
                self.rules.setdefault((named, italic, weight), rule)
        return f'"{FAMILY_PREFIX}{named}"'

    def _rule(self, family: str, named: str, italic: bool, weight: int, optical: float) -> str:
        path = _file(family, italic=italic, bold=weight > 500)
        axes = (("opsz", optical), ("wght", float(weight)))
        address = f"{SCHEME}{quote(path.name)}?opsz={optical:g}&wght={weight}"
        self.files[address] = path, axes
        style = "italic" if italic else "normal"
        return (
            f'@font-face {{ font-family: "{FAMILY_PREFIX}{named}"; font-style: {style}; font-weight: {weight};'
            f' src: url("{address}") }}'
        )


def families_of(theme: Theme) -> dict[str, str]:
    """The family for each role: body, heading, label, mono."""
    families: dict[str, str] = {}
    before = ""
    for role, default in ROLES.items():
        families[role] = before = theme.settings.get(f"{role}-font", "") or default or before
    return families


def _fallbacks(family: str, missing: set[int]) -> list[str]:
    families: list[str] = []
    if not missing:
        return families
    ours = (*(SANS if family in SANS_FAMILIES else SERIFS), *SCRIPTS)
    for other in (*ours, CJK) if _file(CJK).is_file() else ours:
        if other != family and missing & letters_of(other):
            families.append(other)
            missing = missing - letters_of(other)
    return families


def _file(family: str, *, italic: bool = False, bold: bool = False) -> Path:
    return cjk_file() if family == CJK else font_file(family, italic=italic, bold=bold)


@lru_cache(maxsize=64)
def cut(path: Path, axes: Axes) -> bytes:
    """The font with its axes fixed at these values, or at the nearest that it has. A font without axes as it is."""
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(path)))
    if not face.axis_infos:
        return path.read_bytes()
    wanted = dict(axes)
    cutter = hb.SubsetInput()
    cutter.keep_everything()
    for axis in face.axis_infos:
        value = min(max(wanted.get(axis.tag, axis.default_value), axis.min_value), axis.max_value)
        cutter.pin_axis_location(face, axis.tag, value)
    return bytes(cutter.subset(face).blob.data)


@cache
def _has_optical_sizes(family: str) -> bool:
    return "opsz" in _file(family).stem


def drop_cap_css(theme: Theme, size: float, leading: float) -> str:
    """Size and place of a drop cap: head level with the first line's capitals, foot on the last line's baseline.

    `size` and `leading` in points. From the fonts' own measures (OpenType: OS/2 sCapHeight, hhea ascender, descender).
    """
    families = families_of(theme)
    family = theme.settings.get("drop-cap-font", "") or families["heading"]
    if family not in PACKAGES or families["body"] not in PACKAGES:
        return ".dropcap { font-size: 3em; line-height: 1 }\n"
    lines = int(theme.settings.get("drop-cap-lines", "3"))
    italic = theme.settings.get("drop-cap-style", "") == "italic"
    cap, ascent, descent = _measures(font_file(family, italic=italic))
    body_cap, body_ascent, body_descent = _measures(font_file(families["body"]))
    tall = ((lines - 1) * leading + body_cap * size) / cap
    baseline = (lines - 1) * leading + (leading - (body_ascent + body_descent) * size) / 2 + body_ascent * size
    height = lines * leading
    natural = (height - (ascent + descent) * tall) / 2 + ascent * tall
    return (
        f".dropcap {{ font-size: {tall:.3f}pt; line-height: {height:.3f}pt; height: {height:.3f}pt;"
        f" margin-top: {baseline - natural:.3f}pt; margin-bottom: {natural - baseline - 1:.3f}pt }}\n"
    )


@cache
def _measures(path: Path) -> tuple[float, float, float]:
    """Height of capitals, ascent, descent, as parts of the type size."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        em = font["head"].unitsPerEm
        return font["OS/2"].sCapHeight / em, font["hhea"].ascent / em, -font["hhea"].descent / em
