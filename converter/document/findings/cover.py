"""What is told about a drawn cover: words and signs that it can't show, and that it could not be drawn."""

from __future__ import annotations

import unicodedata
from typing import ClassVar, Literal

from converter.document.findings.told import Severity, Told, named_characters
from converter.document.model import Origin
from converter.document.record import dataclass

CoverText = Literal["title", "subtitle", "author", "series", "number", "description"]
TEXT_SHOWN, LETTERS_SHOWN = 40, 8  # characters of a text that is left off, and letters named
EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "FULLWIDTH", "IDEOGRAPHIC")
"""How the Unicode names of characters in the font for East Asia begin."""


@dataclass(frozen=True, slots=True)
class CoverCut(Told):
    """A text that is too long for a cover, which shows only its beginning."""

    code: ClassVar[str] = "cover-cut"
    severity: ClassVar[Severity] = "info"
    which: CoverText
    shown: int
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Which text, and how much of it is shown."""
        return f"the cover shows only the first {self.shown} characters of the {self.which}"


@dataclass(frozen=True, slots=True)
class CoverLetters(Told):
    """A text that is left off, for no font here has these letters of it."""

    code: ClassVar[str] = "cover-letters"
    severity: ClassVar[Severity] = "warning"
    which: CoverText
    text: str
    letters: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The text, the letters, and what helps."""
        shown = self.text if len(self.text) <= TEXT_SHOWN else self.text[: TEXT_SHOWN - 1] + "…"
        return (
            f"the cover leaves off the {self.which} {shown!r}: no font here can show "
            f"{named_characters(self.letters[:LETTERS_SHOWN])}; {_install(self.letters)}give an image with --cover"
        )


@dataclass(frozen=True, slots=True)
class CoverSigns(Told):
    """Signs of a text that no font here has."""

    code: ClassVar[str] = "cover-signs"
    severity: ClassVar[Severity] = "info"
    which: CoverText
    signs: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Which signs the cover does without."""
        return f"the cover shows the {self.which} without {named_characters(self.signs)}: no font here has such signs"


@dataclass(frozen=True, slots=True)
class CoverCoarse(Told):
    """A person's own picture that has few dots for the size at which it is printed."""

    code: ClassVar[str] = "cover-coarse"
    severity: ClassVar[Severity] = "doubt"
    dots: int
    wanted: int
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """How few, and how many there should be."""
        return f"the cover's picture has {self.dots} dots per inch in print, and printers ask for {self.wanted}"


@dataclass(frozen=True, slots=True)
class CoverSpine(Told):
    """A text that is too long for a spine, which shows what stands before its colon, or nothing of it."""

    code: ClassVar[str] = "cover-spine"
    severity: ClassVar[Severity] = "info"
    which: CoverText
    shown: str = ""
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Which text, and what the spine has instead."""
        if self.shown:
            return f"the {self.which} is too long for the spine, which shows “{self.shown}”"
        return f"the {self.which} is too long for the spine, which is without it"


@dataclass(frozen=True, slots=True)
class CoverFailed(Told):
    """A cover that could not be drawn because of this error: it is a plain one, or there is none."""

    code: ClassVar[str] = "cover-failed"
    severity: ClassVar[Severity] = "doubt"
    error: str
    plain: bool
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What there is instead, and what to do."""
        remedy = "give one with --cover, and please report it"
        if self.plain:
            return f"the cover could not be drawn as it should be ({self.error}) and is a plain one; {remedy}"
        return f"the cover could not be drawn ({self.error}); {remedy}"


def _install(letters: str) -> str:
    """What to install for these letters, as the beginning of a remedy."""
    if any(unicodedata.name(c, "").startswith(EAST_ASIAN) for c in letters):
        return "install a font for it (as Noto Sans CJK), or "
    if any("HEBREW" in unicodedata.name(c, "") or "ARABIC" in unicodedata.name(c, "") for c in letters):
        return "install FriBiDi, which orders and joins such letters, or "
    scripts = dict.fromkeys(unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in letters)
    script = next((name.title() for name in scripts if name), "")
    return f"install a font for it (as Noto Sans {script}), or " if script else ""
