"""The typefaces of covers: which font file shows which characters, so that no cover ever has an empty box on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.covers.coverage import Ranges, character_ranges, has
from converter.document.record import dataclass
from converter.themes.fonts import cjk_file, font_file

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FALLBACK = ("EB Garamond", "Source Serif 4", "Frank Ruhl Libre", "Amiri")
"""Asked in this order for what the wanted family lacks: Latin, Greek and Cyrillic; more Cyrillic; Hebrew; Arabic."""

SANS = ("Jost", "Atkinson Hyperlegible", "Source Sans 3", "Source Code Pro")
SANS_FALLBACK = ("Source Sans 3", *FALLBACK)
"""The same for families without serifs."""

SYSTEM_FONTS = (
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", 0),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 0),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc", 0),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc", 0),
    ("/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Bold.ttc", 0),
    ("/System/Library/Fonts/Hiragino Sans GB.ttc", 0),
    ("/System/Library/Fonts/AppleSDGothicNeo.ttc", 0),
    ("/System/Library/Fonts/PingFang.ttc", 0),
    ("C:/Windows/Fonts/YuGothB.ttc", 0),
    ("C:/Windows/Fonts/msyhbd.ttc", 0),
    ("C:/Windows/Fonts/malgunbd.ttf", 0),
    ("/usr/share/fonts/truetype/noto/NotoSansThai-Bold.ttf", 0),
    ("/usr/share/fonts/truetype/noto/NotoSansDevanagari-Bold.ttf", 0),
    ("/System/Library/Fonts/Supplemental/Arial Unicode.ttf", 0),
    ("C:/Windows/Fonts/LeelUIsb.ttf", 0),
    ("C:/Windows/Fonts/NirmalaB.ttf", 0),
)
"""Where Debian, Fedora, Arch, macOS and Windows keep fonts for the scripts that do not travel with the program."""

BOLD = 600
LANGUAGE_TAG = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$")
JOINED_FROM, JOINED_TO = 0x0590, 0x109F
"""Hebrew to Burmese: scripts whose letters join, stack or take marks; they are never letterspaced."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face: a font file and its place in it."""

    path: Path
    index: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """How text looks: family, weight (100 to 900), capitals, letterspacing and line pitch (both in em).

    `file` is asked before the family: the one font that has all of a text, so that its lines do not differ.
    """

    family: str
    weight: int = 400
    italic: bool = False
    caps: bool = False
    tracking: float = 0.0
    leading: float = 1.08
    file: FontFile | None = None


def shaping() -> bool:
    """Can Pillow order and join letters here (its Raqm with FriBiDi)? Arabic and Hebrew need it."""
    from PIL import features

    return bool(features.check("raqm"))


def needs_shaping(text: str) -> bool:
    """Has the text letters that join, stack, or run from right to left?"""
    return any(JOINED_FROM <= ord(c) <= JOINED_TO or 0xFB1D <= ord(c) <= 0xFEFC for c in text)


def right_to_left(text: str) -> bool:
    """Does the first letter with a direction run from right to left (Unicode Bidirectional Algorithm, rule P2)?"""
    for char in text:
        match unicodedata.bidirectional(char):
            case "L":
                return False
            case "R" | "AL":
                return True
    return False


class Faces:
    """The fonts of one drawing in one language; each file is opened once."""

    def __init__(self, language: str) -> None:
        self._raqm = shaping()
        self._language = language if LANGUAGE_TAG.match(language) else ""
        self._ranges: dict[FontFile, Ranges] = {}
        self._fonts: dict[tuple[FontFile, int, int], FreeTypeFont] = {}
        self._files: dict[tuple[str, bool, bool], FontFile] = {}
        self._more: tuple[FontFile, ...] | None = None

    def missing(self, text: str) -> str:
        """The characters of `text`, each once, that no font here can show."""
        lost = "" if self._raqm else "".join(c for c in text if needs_shaping(c))
        return "".join(dict.fromkeys(lost + "".join(c for c in text if self._file(c, Cut(FALLBACK[0])) is None)))

    def one_for_all(self, text: str, cut: Cut) -> FontFile | None:
        """The first font that has every character of `text`."""
        return next((f for f in self._candidates(cut, text) if all(self._has(f, c) for c in text)), None)

    def runs(self, text: str, cut: Cut) -> list[tuple[str, FontFile]]:
        """`text` in pieces of one font each: one piece whenever one font has all of it. Unshowable characters go."""
        whole = self.one_for_all(text, cut)
        if whole is not None:
            return [(text, whole)]
        runs: list[tuple[str, FontFile]] = []
        for char in text:
            last = runs[-1] if runs else None
            if last and (not char.isalnum()) and self._has(last[1], char):
                runs[-1] = (last[0] + char, last[1])
            elif (face := self._file(char, cut)) is not None:
                if last and last[1] == face:
                    runs[-1] = (last[0] + char, face)
                else:
                    runs.append((char, face))
        return runs

    def font(self, file: FontFile, cut: Cut, size: int) -> FreeTypeFont:
        """The face at a size in pixels, at the cut's weight and its finest optical size."""
        from PIL import ImageFont

        key = (file, cut.weight, size)
        if key not in self._fonts:
            font = ImageFont.truetype(str(file.path), size, index=file.index)
            if "[" in file.path.name:
                axes = [_axis(axis, cut.weight) for axis in font.get_variation_axes()]
                font.set_variation_by_axes(axes)
            self._fonts[key] = font
        return self._fonts[key]

    def options(self, rtl: bool, tracked: bool) -> dict[str, Any]:
        """Arguments for Pillow's measuring and drawing."""
        if not self._raqm:
            return {}
        options: dict[str, Any] = {"direction": "rtl" if rtl else "ltr"}
        if self._language:
            options["language"] = self._language
        if tracked:
            options["features"] = ["-liga", "-clig"]
        return options

    def _candidates(self, cut: Cut, text: str) -> Iterator[FontFile]:
        if cut.file is not None:
            yield cut.file
        fallback = SANS_FALLBACK if cut.family in SANS else FALLBACK
        for family in (cut.family, *(f for f in fallback if f != cut.family)):
            key = (family, cut.italic, cut.weight >= BOLD)
            if key not in self._files:
                self._files[key] = FontFile(font_file(family, italic=key[1], bold=key[2]))
            yield self._files[key]
            if text.isascii():
                return
        if self._more is None:
            self._more = tuple(_more_files())
        yield from self._more

    def _file(self, char: str, cut: Cut) -> FontFile | None:
        return next((f for f in self._candidates(cut, char) if self._has(f, char)), None)

    def _has(self, file: FontFile, char: str) -> bool:
        if char == " " or unicodedata.category(char) in ("Cf", "Zs"):
            return True
        if file not in self._ranges:
            self._ranges[file] = character_ranges(file.path, file.index)
        return has(self._ranges[file], ord(char))


def _axis(axis: Any, weight: int) -> float:
    name = bytes(axis["name"]).lower()
    low, high = float(axis["minimum"]), float(axis["maximum"])
    if name == b"weight":
        return min(max(weight, low), high)
    return high if name.startswith(b"optical") else float(axis["default"])


def _more_files() -> Iterator[FontFile]:
    if (path := cjk_file()).is_file():
        yield FontFile(path)
    for place, index in SYSTEM_FONTS:
        if (path := Path(place)).is_file():
            yield FontFile(path, index)
