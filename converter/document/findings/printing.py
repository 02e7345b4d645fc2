"""What is told about a PDF: what is not in it, and characters without a font of their own."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from converter.document.findings.told import Severity, Told, named_characters
from converter.document.model import Origin
from converter.document.record import dataclass

NAMED = 8  # characters named in a message


@dataclass(frozen=True, slots=True)
class PrintLeftOut(Told):
    """Something that could not be put into the PDF, as the library that makes it says."""

    code: ClassVar[str] = "print-left-out"
    severity: ClassVar[Severity] = "warning"
    reason: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What is not there."""
        return f"not in the PDF: {self.reason}"


@dataclass(frozen=True, slots=True)
class PrintNoGlyph(Told):
    """Characters that no font on this machine has, or that have no meaning without the font they were typed in: those
    of Unicode's private areas, which the standards of PDFs for archives forbid whoever draws them."""

    code: ClassVar[str] = "print-no-glyph"
    severity: ClassVar[Severity] = "warning"
    characters: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Which, what shows instead, and what helps."""
        private = "".join(char for char in self.characters if is_private(char))
        unset = "".join(char for char in self.characters if not is_private(char))
        told = []
        if unset:
            missing = f"no font on this machine has {_first(unset)}"
            told.append(f"{missing}: the PDF shows empty boxes; install a font for that script")
        if private:
            own = f"only the font it was typed in knows {_first(private)}"
            told.append(f"{own}: the PDF shows an empty box or another font's sign; type what is meant")
        return "; ".join(told)


@dataclass(frozen=True, slots=True)
class PrintInstalledFont(Told):
    """Characters that were set in a font of this machine."""

    code: ClassVar[str] = "print-installed-font"
    severity: ClassVar[Severity] = "info"
    characters: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Which, and what may come of it."""
        set_so = f"{_first(self.characters)} set in a font installed on this machine"
        return f"{set_so}; elsewhere it may look different"


@dataclass(frozen=True, slots=True)
class PrintOnlyBold(Told):
    """Characters of East Asia that were set in bold, for want of the fonts that are an extra."""

    code: ClassVar[str] = "print-only-bold"
    severity: ClassVar[Severity] = "warning"
    characters: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Which, and what helps."""
        return f"{_first(self.characters)} set in bold: pip install 'chapbook[east-asia]' brings the fonts of a book"


@dataclass(frozen=True, slots=True)
class PrintHorizontal(Told):
    """A book that its source sets in columns was printed in lines."""

    code: ClassVar[str] = "print-horizontal"
    severity: ClassVar[Severity] = "warning"
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What the PDF has, and where it is as in the source."""
        return "the source is set in columns, the PDF in lines from left to right; the EPUB has the columns"


def is_private(char: str) -> bool:
    """Whether it is of one of Unicode's private areas."""
    return unicodedata.category(char) == "Co"


def _first(characters: str) -> str:
    more = len(characters) - NAMED
    return (
        f"{named_characters(characters[:NAMED])} and {more} more" if more > 0 else named_characters(characters[:NAMED])
    )
