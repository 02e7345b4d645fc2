"""What is said of files that become no book, and of a catalogue that can't be read: by name, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from converter.build.folders import StoryFiles, shown_path
from converter.cli.screen import say, say_line_of_json
from converter.reports.run import RunRow, as_values

if TYPE_CHECKING:
    from converter.build.batch import Job
    from converter.cli.progress import Showing
    from converter.folders.understood import Twin

SHOWN = 5  # files of one reason that are named one by one


def tell_left_out(planned: Sequence[Job], *, showing: Showing, all_kinds: bool) -> list[RunRow]:
    """Tells of files that become no book, whatever else is shown: what is no story, and what tells a story again that
    is made. On a screen those of one reason together, in a log a line for each, as JSON a row for each; the rows.

    A README or a licence lies in many folders and is seldom a story: they are told only with `all_kinds`.
    """
    others = [other for job in planned for other in job.group.left]
    for other in others:
        if other.what.kind == "outward":
            say(f"chapbook: {other.path}: {other.what.why}", err=True)
    told = ("no story", "unread", *(("companion",) if all_kinds else ()))
    left = [(other.path, other.what.why) for other in others if other.what.kind in told]
    rows = [RunRow(shown_path(path), "left out", doubts=(why,)) for path, why in (*left, *_twins(planned))]
    if showing == "json":
        for row in rows:
            say_line_of_json({**as_values(row), "number": 0, "of": len(planned)})
    elif showing == "log":
        for row in rows:
            say(f"left out: {row.story}: {row.doubts[0]}")
    else:
        _tell_reasons(left)
        tell_twins([job.group for job in planned])
    return rows


def _tell_reasons(left: Iterable[tuple[Path, str]]) -> None:
    reasons: dict[str, list[str]] = {}
    for path, why in left:
        reasons.setdefault(why, []).append(str(path))
    for why, names in reasons.items():
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        say(f"chapbook: not read: {', '.join(names[:SHOWN])}{more}: {why}", err=True)


def _twins(planned: Sequence[Job]) -> Iterator[tuple[Path, str]]:
    """The files that are not made, for another tells the same, each with the reason."""
    for group in (job.group for job in planned):
        for twin in group.book.twins if group.book else ():
            if not twin.made:
                yield group.path_of(twin), f"{twin.why} ({_see(group, twin)})"


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
            say(f"chapbook: {what}: {group.path_of(twin)}: {twin.why} ({_see(group, twin)})", err=True)


def _see(group: StoryFiles, twin: Twin) -> str:
    """Which file tells the same: by its name, for a copy in another folder with the way to it."""
    return f"see {(group.home or group.files[0].parent) / twin.of if '/' in twin.name else twin.of}"
