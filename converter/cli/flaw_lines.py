"""The flaws of a book as lines: each of its own, or of many of one kind one line with how many there are, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.checker.epub import Flaw

MOST_ALONE = 3  # flaws of one kind that are told one by one
PLACES = 3  # of more, the places that are named


def flaw_lines(name: str, flaws: Sequence[Flaw], *, whole: bool = False) -> Iterator[str]:
    """The lines for a book's flaws in their order, the sum last where kinds were put together."""
    kinds: dict[tuple[str, str], list[Flaw]] = {}
    for flaw in flaws:
        kinds.setdefault((flaw.severity, flaw.code), []).append(flaw)
    if whole or all(len(many) <= MOST_ALONE for many in kinds.values()):
        yield from (f"{_place(name, f)}: {f.severity}: {f.message} [{f.code}]" for f in flaws)
        return
    for (severity, code), many in kinds.items():
        if len(many) <= MOST_ALONE:
            yield from (f"{_place(name, f)}: {severity}: {f.message} [{code}]" for f in many)
            continue
        first = many[0]
        places = ", ".join(_short(f) for f in many[1 : 1 + PLACES])
        more = f", and {len(many) - 1 - PLACES:,} more" if len(many) > 1 + PLACES else ""
        yield f"{_place(name, first)}: {severity}: {first.message} [{code}], {len(many):,} such: {places}{more}"
    counted = {s: sum(f.severity == s for f in flaws) for s in ("error", "warning", "info")}
    said = ", ".join(f"{n:,} {s}{'s' * (n != 1 and s != 'info')}" for s, n in counted.items() if n)
    yield f"{name}: {said} of {len(kinds)} kinds; --all tells each of them"


def _place(name: str, flaw: Flaw) -> str:
    return f"{name}/{flaw.file}:{flaw.line}" if flaw.line else f"{name}/{flaw.file}" if flaw.file else name


def _short(flaw: Flaw) -> str:
    return f"{flaw.file}:{flaw.line}" if flaw.line else flaw.file or "the book"
