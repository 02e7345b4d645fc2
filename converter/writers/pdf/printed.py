"""What every engine gives and goes by: a printed book, the size of its type and the distance of its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from converter.document.contracts import Theme
from converter.document.record import dataclass
from converter.writers.pages import PageGeometry

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

CJK_LANGUAGES = frozenset({"ja", "zh", "ko", "yue"})
LEADING_CJK = 1.75  # W3C, Requirements for Japanese Text Layout, 2.4: line gap of half to a whole character


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and what has to be said about it."""

    data: bytes
    pages: int
    findings: tuple[Finding, ...] = ()


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


def type_size(theme: Theme, sheet: PageGeometry) -> float:
    """The size of body text in points: the theme's size on A5, in proportion to the page, never below its least."""
    wanted = float(theme.settings.get("type-size", "11")) * sheet.scale
    return max(wanted, float(theme.settings.get("least-type-size", "7.5")))


def leading_of(theme: Theme, language: str) -> float:
    """Lines of Han, kana and hangul stand further apart: half of their size, with room for readings between them."""
    wanted = float(theme.settings.get("leading", "1.36"))
    return max(wanted, LEADING_CJK) if language.partition("-")[0].lower() in CJK_LANGUAGES else wanted
