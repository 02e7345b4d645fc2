"""What every engine gives and goes by: a printed book, the size of its type and the distance of its lines."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

from converter.document.contracts import Engine, Theme
from converter.document.errors import SettingError
from converter.document.record import dataclass
from converter.writers.pages import POINT, PageGeometry, type_size
from converter.writers.sheets import HIGH_SCRIPTS

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

CJK_LANGUAGES = frozenset({"ja", "zh", "ko", "yue"})
LEADING_HIGH = 1.6  # Amiri and Noto Serif Devanagari reach over 1.55 of their size
WORDS = 0.385  # in a square of type as wide and high as one line: EB Garamond on A5; only to guess how thick a book is
LEADING_CJK = 1.75  # W3C, Requirements for Japanese Text Layout, 2.4: line gap of half to a whole character


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and what has to be said about it; `archival`: it is PDF/A-3a."""

    data: bytes
    pages: int
    findings: tuple[Finding, ...] = ()
    archival: bool = True


_THREADS_OF: list[int] = []  # the process in which Typst has begun its threads


def typst_begins() -> None:
    """Notes that Typst is at work in this process from now on."""
    if not _THREADS_OF:
        _THREADS_OF.append(os.getpid())


def has_typst_begun() -> bool:
    """Whether Typst has been at work in this process, or in one that it is a copy of."""
    return bool(_THREADS_OF)


def has_typst() -> bool:
    """Whether Typst can work here: its package is installed, and this process is not a copy of one in which it has
    worked, for a copy is without its threads and would wait for them for ever."""
    return find_spec("typst") is not None and _THREADS_OF in ([], [os.getpid()])


def require_engine(engine: Engine) -> None:
    """Raises SettingError where the engine that was asked for can't work here and that is known at once."""
    if engine == "typst" and not has_typst():
        remedy = "pip install 'chapbook[typst]', or --engine weasyprint"
        raise SettingError("this engine needs the package typst, which is not there", remedy=remedy)


class Talk(Protocol):
    """What a piece of work says to whoever gave it, and hears from there."""

    def say(self, message: object) -> None:
        """Says something that can be pickled; it is not waited for."""

    def hear(self) -> Any:
        """The next reply to this work, when it comes."""


Work = Callable[[Talk], object]


class Crew(Protocol):
    """Processes that do pieces of one story's work, `size` at once."""

    size: int

    def run(self, works: Sequence[Work], heard: Callable[[int, Any], Iterable[tuple[int, object]]]) -> list[Any]:
        """The values of all works, begun in this order. `heard` is told the number of a work and what it said, and
        answers with replies to works by their numbers. Raises CrewError where one failed, MemoryError."""


def leading_of(theme: Theme, language: str) -> float:
    """The distance of lines as a multiple of the type size, the theme's or more: lines of Han, kana and hangul have
    room for readings between them, letters with marks above and below do not touch."""
    tongue = language.partition("-")[0].lower()
    least = LEADING_CJK if tongue in CJK_LANGUAGES else LEADING_HIGH if tongue in HIGH_SCRIPTS else 0.0
    return max(float(theme.settings.get("leading", "1.36")), least)


def pages_guessed(count: int, theme: Theme, sheet: PageGeometry) -> int:
    """How many pages so many words will take, before they are set."""
    size = type_size(theme, sheet)
    width, height = sheet.width - sheet.inner - sheet.outer, sheet.height - sheet.top - sheet.bottom
    squares = max(width, 1) * max(height, 1) / POINT**2 / (size * size * float(theme.settings.get("leading", "1.36")))
    return round(count / (squares * WORDS))
