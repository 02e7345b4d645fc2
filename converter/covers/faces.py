"""The typefaces of covers: which font file shows which characters, so that no cover ever has an empty box on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from converter.covers.coverage import Ranges, character_ranges, has
from converter.covers.rulers import FONTS_KEPT, FontFile, Measure, measured, needs_shaping
from converter.document.record import dataclass
from converter.themes.fonts import cjk_file, font_file

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
        self.raqm = shaping()
        self.language = language if LANGUAGE_TAG.match(language) else ""
        self._more: tuple[FontFile, ...] | None = None

    def missing(self, text: str) -> str:
        """The characters of `text`, each once, that no font here can show."""
        lost = "" if self.raqm else "".join(c for c in text if needs_shaping(c))
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

    def measure(self, text: str, file: FontFile, cut: Cut, rtl: bool) -> Measure:
        """The length and the ink of a text in one font."""
        return measured(text, file, cut.weight, rtl, self.language, not cut.tracking, self.raqm)

    def _candidates(self, cut: Cut, text: str) -> Iterator[FontFile]:
        if cut.file is not None:
            yield cut.file
        fallback = SANS_FALLBACK if cut.family in SANS else FALLBACK
        for family in (cut.family, *(f for f in fallback if f != cut.family)):
            yield _family_file(family, cut.italic, cut.weight >= BOLD)
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
        return has(_ranges(file), ord(char))


@lru_cache(maxsize=FONTS_KEPT)
def _family_file(family: str, italic: bool, bold: bool) -> FontFile:
    return FontFile(font_file(family, italic=italic, bold=bold))


@lru_cache(maxsize=FONTS_KEPT)
def _ranges(file: FontFile) -> Ranges:
    return character_ranges(file.path, file.index)


def _more_files() -> Iterator[FontFile]:
    if (path := cjk_file()).is_file():
        yield FontFile(path)
    for place, index in SYSTEM_FONTS:
        if (path := Path(place)).is_file():
            yield FontFile(path, index)
