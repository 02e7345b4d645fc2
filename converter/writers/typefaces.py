"""Typefaces of a printed book: which fonts its text needs, as @font-face rules.

Variable fonts are cut to the weights and optical sizes in use: WeasyPrint would draw all weights of one with the widths
of its lightest, and knows no optical sizes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import quote

from converter.document.contracts import Theme
from converter.document.record import dataclass
from converter.themes.design import weights_of
from converter.themes.fonts import CJK, EAST_ASIA, PACKAGES, SINGLE, cjk_file, font_file, is_installed, own_family
from converter.themes.fonts import SCRIPTS as OTHER_SCRIPTS
from converter.writers.small_capitals import (
    HEAVIER,
    WEIGHTS,
    draws_capitals_small,
    draws_small,
    lacking,
    own_forms_stay,
    with_small_capitals,
)

SCHEME = "book-font:"
FAMILY_PREFIX = "Book "  # our families get names no installed font has, so an installed one never takes their place
SERIFS = ("EB Garamond", "Literata", "Source Serif 4", "Source Sans 3")
SANS = ("Source Sans 3", "Literata", "EB Garamond")
SCRIPTS = (
    "Frank Ruhl Libre",
    "Amiri",
    "Source Code Pro",
    "Noto Serif Devanagari",
    "Noto Serif Thai",
    *OTHER_SCRIPTS,
    "Noto Emoji",
)
SANS_FAMILIES = frozenset({"Atkinson Hyperlegible", "Source Sans 3", "Jost"})
ROLES = {"body": "EB Garamond", "heading": "", "label": "", "mono": "Source Code Pro"}  # "" = as the one before
FONT_FILES = (".ttf", ".otf", ".woff", ".woff2")
WEIGHT = re.compile(r"font-weight:\s*(\d00)")
DISPLAY = 36.0  # points: the optical size for headings
Axes = tuple[tuple[str, float], ...]
Piece = tuple[Path, Axes, frozenset[int], frozenset[str]]
"""A font file, where its axes are fixed, the characters that are wanted of it (none named: all), and those for which it
is to have small capitals."""
EAST_ASIAN_MARKS = frozenset({0xB7})  # as wide as a sign in East Asia, like dashes, dots and quotation marks
EAST_ASIAN = (
    range(0x2015, 0x2016),
    range(0x2E80, 0xA4D0),
    range(0xAC00, 0xD800),
    range(0xF900, 0xFB00),
    range(0xFE30, 0xFE50),
    range(0xFF00, 0xFFF0),
)
"""Signs of Han, kana, hangul, and their own brackets, commas, stops and dash: those that Latin typefaces have of these
have other widths, and stand badly between theirs."""
UNSEEN = frozenset("\t\n\r \xad\u200b\u200c\u200d\u2060\ufeff\ufffc")  # set no glyph of their own


@dataclass(frozen=True, slots=True)
class Typefaces:
    """`css` holds the @font-face rules and the variables `--body-font` ...; `files` what is behind their addresses.

    `missing` are the characters of the text that none of our fonts has: an installed font may. `only_bold` are those
    that only the bold font for East Asia has.
    """

    css: str
    files: Mapping[str, Piece]
    missing: frozenset[str]
    only_bold: frozenset[str] = frozenset()


@cache
def letters_of(family: str) -> frozenset[int]:
    """The code points that the upright face of one of our families has."""
    import uharfbuzz as hb

    return frozenset(hb.Face(hb.Blob.from_file_path(str(face_file(family)))).unicodes)


def typefaces(
    theme: Theme,
    text: frozenset[str],
    size: float,
    language: str,
    *,
    small: frozenset[str] = frozenset(),
    typed: bool = True,
) -> Typefaces:
    """The faces that this theme needs for a text with these characters, set in `size` points, in a language; those
    characters that are `small` are set as small capitals. Where nothing is `typed`, the role of typed text has no faces
    but those of another role.

    A theme that brings font files of its own names and declares them in its CSS; only our families are declared here.
    Raises SettingError for an unknown family.
    """
    needed = {ord(c) for c in text - UNSEEN}
    brought = any(name.lower().endswith(FONT_FILES) for name in theme.files)
    families = families_of(theme)
    if not typed:
        families["mono"] = families["body"]
    set_in = {role: _chain(f, needed, language, theirs=brought and f not in PACKAGES) for role, f in families.items()}
    missing, only_bold = _lacking(set_in["body"], needed)
    signs = frozenset(filter(_is_east_asian, needed)) if any(map(is_of_east_asia, set_in["body"])) else frozenset()
    faces = _Faces(theme, families, frozenset(needed), small, signs)
    variables = []
    for role, family in families.items():
        names = [
            f'"{name}"' if brought and not _is_ours(name) else faces.declare(name, role, size) for name in set_in[role]
        ]
        generic = "monospace" if role == "mono" else "sans-serif" if family in SANS_FAMILIES else "serif"
        variables.append(f"--{role}-font: {', '.join(names)}, {generic}")
    css = "\n".join([*(faces.rules[key] for key in sorted(faces.rules)), f":root {{ {'; '.join(variables)} }}", ""])
    return Typefaces(css, faces.files, missing, only_bold)


def _lacking(chain: Sequence[str], needed: set[int]) -> tuple[frozenset[str], frozenset[str]]:
    """The characters that none of ours in a chain of families has, and those that only the bold one has."""
    missing = needed.difference(*(letters_of(name) for name in chain if _is_ours(name)))
    others = (letters_of(name) for name in chain if name != CJK and _is_ours(name))
    only_bold = needed.difference(*others, missing) if CJK in chain else set()
    return frozenset(map(chr, missing)), frozenset(map(chr, only_bold))


def chains(
    theme: Theme, text: frozenset[str], language: str
) -> tuple[dict[str, tuple[str, ...]], frozenset[str], frozenset[str]]:
    """The families for each role, the first that has a letter gives it; the characters that none of ours has; those
    that only the bold font for East Asia has. Raises SettingError for an unknown family."""
    needed = {ord(c) for c in text - UNSEEN}
    found = {role: tuple(_chain(family, needed, language, theirs=False)) for role, family in families_of(theme).items()}
    return found, *_lacking(found["body"], needed)


def is_of_east_asia(family: str) -> bool:
    """Whether one of our families is made for Han, kana or hangul."""
    return family in SINGLE and family.rsplit(maxsplit=1)[-1] in EAST_ASIA.values()


def _is_ours(family: str) -> bool:
    return family in PACKAGES or family in SINGLE or family in OTHER_SCRIPTS


def _chain(family: str, needed: set[int], language: str, *, theirs: bool) -> list[str]:
    """A family and those that have the letters it lacks. Of a font that is `theirs`, the theme's, we can't say which it
    lacks: a serif of ours and its helpers stand behind it.

    A script of its own comes first, with its spaces and its marks: between two fonts words stand apart unevenly.
    """
    if theirs:
        return [family, SERIFS[0], *_fallbacks(SERIFS[0], needed - letters_of(SERIFS[0]), language)]
    helpers = _fallbacks(family, needed - letters_of(family), language)
    own = own_family(language)
    first = [helper for helper in helpers if own and helper in (own, f"Noto Serif {own}", f"Noto Sans {own}")]
    return [*first, family, *(helper for helper in helpers if helper not in first)]


class _Faces:
    """The faces in use: their @font-face rules, by name, slope and weight, and the files behind their addresses."""

    def __init__(
        self,
        theme: Theme,
        families: Mapping[str, str],
        needed: frozenset[int],
        small: frozenset[str],
        signs: frozenset[int],
    ) -> None:
        asked = (int(weight) for weight in WEIGHT.findall(theme.print_css))
        self.weights = sorted({*WEIGHTS, *weights_of(theme.design), *asked})
        self.needed, self.small = needed, small
        self.signs = signs  # that are asked of the families of East Asia alone
        self.families = frozenset(families.values())
        self.typed = self.families.difference(family for role, family in families.items() if role != "mono")
        self.rules: dict[tuple[str, bool, int], str] = {}
        self.files: dict[str, Piece] = {}

    def declare(self, family: str, role: str, size: float) -> str:
        """The name under which CSS finds all faces of a family; one with optical sizes has a name for each role. One
        that only helps with a few letters is there in the usual weights alone."""
        named = f"{family} {role.title()}" if _has_optical_sizes(family) else family
        optical = DISPLAY if role == "heading" else size
        for italic in (False, True) if "Italic" in face_file(family, italic=True).stem else (False,):
            for weight in self.weights if family in self.families else WEIGHTS:
                rule = self._rule(family, named, italic, weight, optical)
                self.rules.setdefault((named, italic, weight), rule)
        return f'"{FAMILY_PREFIX}{named}"'

    def _rule(self, family: str, named: str, italic: bool, weight: int, optical: float) -> str:
        path = face_file(family, italic=italic, bold=weight > 500)
        axes = (("opsz", optical), ("wght", float(weight)))
        address = f"{SCHEME}{quote(path.name)}?opsz={optical:g}&wght={weight}"
        wanted = self._wanted(family, path)
        if wanted and path.suffix == ".otf" and path != face_file(family, italic=italic):
            wanted &= letters_of(family)  # or a bold one would give what its regular one lacks
            address += f"&of={quote(family)}"
        small = frozenset() if family in self.typed else small_letters(path, weight, self.small)
        self.files[address] = path, axes, wanted, small
        style = "italic" if italic else "normal"
        return (
            f'@font-face {{ font-family: "{FAMILY_PREFIX}{named}"; font-style: {style}; font-weight: {weight};'
            f' src: url("{address}") }}'
        )

    def _wanted(self, family: str, path: Path) -> frozenset[int]:
        """The characters that are wanted of a face; none named: all."""
        if path.suffix == ".otf":
            return frozenset(c for c in self.needed if not _is_latin(c))
        has = letters_of(family) if self.signs and not is_of_east_asia(family) else frozenset()
        return has - self.signs if has & self.signs else frozenset()


def _is_east_asian(code: int) -> bool:
    return any(code in some for some in EAST_ASIAN) or code >= 0x20000


def _is_latin(code: int) -> bool:
    """Whether a character is a Latin letter, a digit or a typewriter's sign: the theme's own in East Asia, too."""
    return code < 0x2000 and code not in EAST_ASIAN_MARKS


def families_of(theme: Theme) -> dict[str, str]:
    """The family for each role: body, heading, label, mono."""
    families: dict[str, str] = {}
    before = ""
    for role, default in ROLES.items():
        families[role] = before = theme.settings.get(f"{role}-font", "") or default or before
    return families


def _fallbacks(family: str, missing: set[int], language: str) -> list[str]:
    families = []
    sans = family in SANS_FAMILIES
    for other in (*(SANS if sans else SERIFS), *SCRIPTS):
        if other != family and missing & letters_of(other):
            families.append(other)
            missing = missing - letters_of(other)
    return [*families, *_east_asian(missing, language, "Sans" if sans else "Serif")] if missing else families


def _east_asian(missing: set[int], language: str, kind: str) -> Iterator[str]:
    """The families with Han, kana and hangul that a text needs: its language's first, else the one that has most of the
    letters; at last the bold one, which has all."""
    own = own_family(language)
    own = own if own in EAST_ASIA.values() else ""
    regions = [r for r in dict.fromkeys((own, *EAST_ASIA.values())) if r and is_installed(f"Noto {kind} {r}")]
    families = [f"Noto {kind} {region}" for region in regions]
    if not own:
        families.sort(key=lambda f: -len(missing & letters_of(f)))
    for family in (*families, CJK) if is_installed(CJK) else families:
        if missing & letters_of(family):
            yield family
            missing = missing - letters_of(family)


def face_file(family: str, *, italic: bool = False, bold: bool = False) -> Path:
    """A file of a family. Text in a serif of East Asia is stressed by a sans: those have no bold of their own."""
    if bold and is_of_east_asia(family):
        return cjk_file()
    return font_file(family, italic=italic, bold=bold)


def small_letters(path: Path, weight: int, letters: frozenset[str]) -> frozenset[str]:
    """Those of these letters for which small capitals have to be made in this weight of a font."""
    ours = path.suffix == ".ttf" and weight in WEIGHTS
    if not (letters and ours):
        return frozenset()
    return lacking(str(path), letters) if draws_small(str(path)) else letters


def cut(
    path: Path,
    axes: Axes = (),
    wanted: frozenset[int] = frozenset(),
    small: frozenset[str] = frozenset(),
    free: frozenset[str] = frozenset(),
) -> bytes:
    """The font with its axes fixed at these values, or at the nearest that it has, and of its letters those that are
    `wanted`, if any are named; with small capitals for those that are `small`, drawn at these values. Axes that are
    `free` are left to whoever sets the font. A font without axes of which all is wanted as it is.

    The glyphs of one that is cut are numbered anew, and named by their numbers: a PDF names them so, and the fonts of
    East Asia name them otherwise (ISO 32000-1, 9.7.4.2).
    """
    own = _axes(path)
    return _cut(path, tuple(axis for axis in axes if axis[0] in own), wanted, small, free & own)


@cache
def _axes(path: Path) -> frozenset[str]:
    """The axes that a font has: to cut it at others gives the same font, which is not to be cut for each of them."""
    import uharfbuzz as hb

    return frozenset(axis.tag for axis in hb.Face(hb.Blob.from_file_path(str(path))).axis_infos)


@lru_cache(maxsize=128)  # half a megabyte each; a book with every kind of letter takes fifty
def _cut(path: Path, axes: Axes, wanted: frozenset[int], small: frozenset[str], free: frozenset[str]) -> bytes:
    import uharfbuzz as hb

    if small:
        heavier = tuple((axis, value + HEAVIER if axis == "wght" else value) for axis, value in axes)
        return with_small_capitals(cut(path, axes, wanted, free=free), cut(path, heavier), small)
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    if not face.axis_infos and not wanted:
        return path.read_bytes()
    chosen = dict(axes)
    cutter = hb.SubsetInput()
    cutter.keep_everything()
    if wanted:
        cutter.flags = hb.SubsetFlags.CFF_IDENTITY_CHARSET | hb.SubsetFlags.NOTDEF_OUTLINE
        cutter.glyph_set.clear()
        cutter.unicode_set.clear()
        cutter.unicode_set.update(wanted | {32, 0xA0})
    for axis in (axis for axis in face.axis_infos if axis.tag not in free):
        value = min(max(chosen.get(axis.tag, axis.default_value), axis.min_value), axis.max_value)
        cutter.pin_axis_location(face, axis.tag, value)
    return bytes(cutter.subset(face).blob.data)


@cache
def _has_optical_sizes(family: str) -> bool:
    return "opsz" in face_file(family).stem


def draws_small_capitals(family: str) -> bool:
    """Whether one of our families draws small capitals of capitals, too."""
    files = (str(font_file(family, italic=italic)) for italic in (False, True)) if family in PACKAGES else ()
    return family in PACKAGES and all(map(draws_capitals_small, files))


def without_own_forms(theme: Theme, language: str) -> bool:
    """Whether the theme's small capitals are set without the forms that letters have in this language."""
    families = {family for family in families_of(theme).values() if family in PACKAGES}
    files = (font_file(family, italic=italic) for family in sorted(families) for italic in (False, True))
    return any(own_forms_stay(str(file), language) for file in files)


@cache
def measures(path: Path) -> tuple[float, float, float]:
    """Height of capitals, ascent, descent, as parts of the type size."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        em = font["head"].unitsPerEm
        return font["OS/2"].sCapHeight / em, font["hhea"].ascent / em, -font["hhea"].descent / em
