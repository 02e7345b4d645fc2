"""Looking over a finished EPUB, our own or anybody's: fast rules of the format, and what the devices want."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converter.checkup.finding import DEVICES, Finding
from converter.checkup.opened import open_epub

__all__ = ["DEVICES", "Finding", "check_epub"]


def check_epub(data: bytes, devices: Sequence[str] = ()) -> tuple[Finding, ...]:
    """All findings in an EPUB's bytes, errors first, then by file and line.

    `devices` (of `DEVICES`) adds what those readers want beyond the format. Raises NotAStory when it is no zip archive.
    """
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(_findings(data, devices), key=lambda f: (order[f.severity], f.file, f.line, f.code, f.message)))


def _findings(data: bytes, devices: Sequence[str]) -> Iterator[Finding]:
    from converter.checkup.devices import DEVICE_RULES
    from converter.checkup.format import FORMAT_RULES

    book = open_epub(data)
    yield from book.problems
    if not book.package_name:
        return
    for rule in FORMAT_RULES:
        yield from rule(book)
    for wanted, rule in DEVICE_RULES:
        if not wanted.isdisjoint(devices):
            yield from rule(book)
