"""Lines of a text as its system means them, before they are rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

LineKind = Literal["", "verse", "quote", "heading", "break", "space"]


class WrittenLine(NamedTuple):
    """A line as it is to be read: its number in the file, and what it is known to be."""

    number: int
    text: str
    kind: LineKind = ""


def without_idle_breaks(lines: Sequence[WrittenLine]) -> list[WrittenLine]:
    """The lines without space that parts nothing: at either end, beside a heading or a break."""
    said = [k for k, line in enumerate(lines) if line.text]
    gone: set[int] = set()
    for n, k in enumerate(said):
        if lines[k].kind != "space":
            continue
        before = lines[said[n - 1]] if n else None
        after = lines[said[n + 1]] if n + 1 < len(said) else None
        idle = before is None or after is None or before.kind == "space"
        if idle or any(
            b and (b.kind in ("heading", "break") or (b.kind != "space" and _is_drawn(b.text))) for b in (before, after)
        ):
            gone.add(k)
    return [line for k, line in enumerate(lines) if k not in gone]


def _is_drawn(text: str) -> bool:
    return not any(map(str.isalnum, text))
