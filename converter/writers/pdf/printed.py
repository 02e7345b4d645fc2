"""What every engine gives and goes by: a printed book, the size of its type and the distance of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.document.contracts import Theme
from converter.document.record import dataclass
from converter.writers.pages import POINT, PageGeometry

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

CJK_LANGUAGES = frozenset({"ja", "zh", "ko", "yue"})
WORDS = 0.385  # in a square of type as wide and high as one line: EB Garamond on A5; only to guess how thick a book is
LEADING_CJK = 1.75  # W3C, Requirements for Japanese Text Layout, 2.4: line gap of half to a whole character


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and what has to be said about it."""

    data: bytes
    pages: int
    findings: tuple[Finding, ...] = ()


def type_size(theme: Theme, sheet: PageGeometry) -> float:
    """The size of body text in points: the theme's size on A5, in proportion to the page, never below its least."""
    wanted = float(theme.settings.get("type-size", "11")) * sheet.scale
    return max(wanted, float(theme.settings.get("least-type-size", "7.5")))


def leading_of(theme: Theme, language: str) -> float:
    """Lines of Han, kana and hangul stand further apart: half of their size, with room for readings between them."""
    wanted = float(theme.settings.get("leading", "1.36"))
    return max(wanted, LEADING_CJK) if language.partition("-")[0].lower() in CJK_LANGUAGES else wanted


def pages_guessed(count: int, theme: Theme, sheet: PageGeometry) -> int:
    """How many pages so many words will take, before they are set."""
    size = type_size(theme, sheet)
    width, height = sheet.width - sheet.inner - sheet.outer, sheet.height - sheet.top - sheet.bottom
    squares = max(width, 1) * max(height, 1) / POINT**2 / (size * size * float(theme.settings.get("leading", "1.36")))
    return round(count / (squares * WORDS))
