"""The typefaces of covers: which font file shows which characters, so that no cover ever has an empty box on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from converter.covers.coverage import Ranges, character_ranges, has
from converter.covers.machine_fonts import machine_font
from converter.covers.rulers import FONTS_KEPT, FontFile, Measure, measured, needs_shaping
from converter.covers.scripts import script_of
from converter.document.errors import SettingError
from converter.document.record import dataclass
from converter.themes.fonts import cjk_file, font_file

FALLBACK = ("EB Garamond", "Source Serif 4", "Frank Ruhl Libre", "Amiri")
"""Asked in this order for what the wanted family lacks: Latin, Greek and Cyrillic; more Cyrillic; Hebrew; Arabic."""

SANS = ("Jost", "Atkinson Hyperlegible", "Source Sans 3", "Source Code Pro")
SANS_FALLBACK = ("Source Sans 3", *FALLBACK)
"""The same for families without serifs."""

SCRIPT_FAMILIES = {
    "DEVANAGARI": "Noto Sans Devanagari",
    "BENGALI": "Hind Siliguri",
    "TAMIL": "Noto Sans Tamil",
    "TELUGU": "Noto Sans Telugu",
    "THAI": "Noto Sans Thai",
    "KHMER": "Noto Sans Khmer",
}
"""Script -> the family for it."""

BOLD = 600
TRIES = 3
"""Letters of a script for which the machine is asked, when it has none of them."""
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
    """Can Pillow order and join letters here (its Raqm with FriBiDi)? From Hebrew to Burmese, scripts need it."""
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
        self._found: list[FontFile] = []
        self._asked: set[str] = set()
        self._failed: dict[str, int] = {}

    def missing(self, text: str) -> str:
        """The characters of `text`, each once, that no font here can show."""
        for _ in self._script_files(text):
            pass  # a bracket before the first letter is shown in the font of the letters
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
        yield from self._script_files(text)

    def _script_files(self, text: str) -> Iterator[FontFile]:
        """The fonts for those scripts of a text that the usual families lack; the machine's are asked for last."""
        for char in dict.fromkeys(text):
            if char not in self._asked and unicodedata.category(char)[0] in "LMN":
                self._asked.add(char)
                if not any(self._has(file, char) for file in (*_usual(), *self._found)):
                    self._find(char)
        yield from self._found

    def _find(self, char: str) -> None:
        script = script_of(char, self.language)
        file = _packaged(script.name)
        if file is None or not self._has(file, char):
            file = machine_font(char, script) if self._failed.get(script.name, 0) < TRIES else None
        if file is None:
            self._failed[script.name] = self._failed.get(script.name, 0) + 1
        else:
            self._found.append(file)

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


@lru_cache(maxsize=1)
def _usual() -> tuple[FontFile, ...]:
    return tuple(_family_file(family, False, False) for family in SANS_FALLBACK)


@lru_cache(maxsize=FONTS_KEPT)
def _packaged(script: str) -> FontFile | None:
    """The font for a script that came with the program."""
    if script == "CJK":
        path = cjk_file()
    elif script in SCRIPT_FAMILIES:
        try:
            path = font_file(SCRIPT_FAMILIES[script], bold=True)
        except SettingError:  # an installation without it
            return None
    else:
        return None
    return FontFile(path) if path.is_file() else None
