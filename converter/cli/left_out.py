"""What is said of files that become no book, and of a catalogue that can't be read: by name, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from converter.build.folders import LeftOut, StoryFiles
from converter.cli.screen import say

SHOWN = 5  # files of one reason that are named one by one


def tell_left_out(others: Sequence[LeftOut], *, quiet: bool, all_kinds: bool) -> None:
    """Names files that no story was read from, those of one reason together. A README or a licence lies in many folders
    and is seldom a story: they are named only with `all_kinds`. Links out of the folder are told even when `quiet`."""
    for other in others:
        if other.what.kind == "outward":
            say(f"chapbook: {other.path}: {other.what.why}", err=True)
    told = ("no story", "unread", *(("companion",) if all_kinds else ()))
    reasons: dict[str, list[str]] = {}
    for other in others if not quiet else ():
        if other.what.kind in told:
            reasons.setdefault(other.what.why, []).append(str(other.path))
    for why, names in reasons.items():
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        say(f"chapbook: not read: {', '.join(names[:SHOWN])}{more}: {why}", err=True)


def tell_catalogue(output: Path) -> None:
    """Says what a person should know of the catalogue of the output folder before it is used. Raises OutputError."""
    from converter.build.batch import trouble_with

    if trouble := trouble_with(output):
        say(f"chapbook: {trouble}", err=True)


def tell_twins(groups: Iterable[StoryFiles]) -> None:
    """Names files that tell the same story as one that is made, each with the reason."""
    for group in groups:
        for twin in group.book.twins if group.book and group.home else ():
            what = "made, too" if twin.made else "not made"
            say(f"chapbook: {what}: {(group.home or group.files[0]) / twin.name}: {twin.why} (see {twin.of})", err=True)
