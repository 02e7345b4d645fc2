"""What is said of files that become no book, and of a catalogue that can't be read: by name, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from converter.build.story_files import StoryFiles, shown_path
from converter.cli.screen import say, say_line_of_json
from converter.reports.run import RunRow, as_values, counted

if TYPE_CHECKING:
    from converter.build.batch import Job
    from converter.build.story_files import LeftOut
    from converter.cli.progress import Showing
    from converter.folders.understood import Other, Twin

SHOWN = 5  # files of one reason that are named one by one, where not all are asked for
MISSED = ("sound", "a finished book")  # what lies beside stories, and somebody may look for in the books
MADE_TOO = 20  # files much like others that are named one by one


def tell_left_out(planned: Sequence[Job], *, showing: Showing, all_kinds: bool) -> list[RunRow]:
    """Tells of files that become no book, whatever else is shown: what is no story, and what tells a story again that
    is made. On a screen those of one reason together, in a log a line for each, as JSON a row for each; the rows.

    What lies in many folders and is seldom a story (a README, a licence, pictures, finished books) is counted on a
    screen, and named with `all_kinds`; the rows have it all.
    """
    others = [other for job in planned for other in job.group.left]
    for other in others:
        if other.what.kind == "outward":
            say(f"chapbook: {other.path}: {other.what.why}", err=True)
    left = [(other.path, other.what.why) for other in others if other.what.kind in ("no story", "unread")]
    aside = [(other.path, other.what.why) for other in others if _is_aside(other.what)]
    rows = left_rows(planned)
    if showing == "json":
        for row in rows:
            say_line_of_json({**as_values(row), "number": 0, "of": len(planned)})
    elif showing == "log":
        for row in rows:
            say(f"left out: {row.story}: {row.doubts[0]}")
    else:
        _tell_reasons([*left, *aside] if all_kinds else left, all_names=all_kinds)
        if aside and not all_kinds and showing != "quiet":
            say(f"chapbook: beside the stories: {_counted(others)}; -v names them", err=True)
        tell_twins([job.group for job in planned])
        if showing != "quiet":
            _tell_doubts([job.group for job in planned])
    return rows


def tell_no_stories(left: Sequence[LeftOut], *, all_names: bool) -> None:
    """Tells of such files, those of one reason together; `all_names`: each by its name."""
    _tell_reasons([(other.path, other.what.why) for other in left], all_names=all_names)


def _tell_doubts(groups: Sequence[StoryFiles]) -> None:
    """Says in one line of which books it is doubtful that their files are one, or all of it."""
    doubtful = [group for group in groups if group.doubt or (group.book and group.book.remarks)]
    if doubtful:
        more = f" and {len(doubtful) - SHOWN} more" if len(doubtful) > SHOWN else ""
        named = ", ".join(group.stem for group in doubtful[:SHOWN])
        say(f"chapbook: doubtful which files are one book: {named}{more}; `chapbook plan` says why", err=True)


def left_rows(planned: Sequence[Job]) -> list[RunRow]:
    """A row for each file that becomes no book, with the reason."""
    others = [other for job in planned for other in job.group.left]
    named = [o for o in others if o.what.kind in ("no story", "unread") or _is_aside(o.what)]
    left = [(other.path, other.what.why) for other in named]
    return [RunRow(shown_path(path), "left out", doubts=(why,)) for path, why in (*left, *_twins(planned))]


def _is_aside(other: Other) -> bool:
    """Whether somebody may look for a file in the books, though no story is read from it."""
    return other.kind in ("companion", "picture") or (other.kind == "beside" and other.why in MISSED)


def _counted(others: Iterable[LeftOut]) -> str:
    kinds = Counter(o.what.why if o.what.kind == "beside" else o.what.kind for o in others if _is_aside(o.what))
    names = {"companion": "readme or licence", "picture": "picture", "sound": "file with sound"}
    return ", ".join(counted(n, names.get(kind, kind.removeprefix("a "))) for kind, n in kinds.items())


def _tell_reasons(left: Iterable[tuple[Path, str]], *, all_names: bool) -> None:
    reasons: dict[str, list[str]] = {}
    for path, why in left:
        reasons.setdefault(why, []).append(str(path))
    for why, names in reasons.items():
        shown = len(names) if all_names else SHOWN
        more = f" and {len(names) - shown} more" if len(names) > shown else ""
        say(f"chapbook: not read: {', '.join(names[:shown])}{more}: {why}", err=True)


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
    """Names files that tell the same story as one that is made, each with the reason; of those that are made all the
    same no more than a screen holds."""
    made = 0
    for group in groups:
        for twin in group.book.twins if group.book and group.home else ():
            made += twin.made
            if twin.made and made > MADE_TOO:
                continue
            what = "made, too" if twin.made else "not made"
            say(f"chapbook: {what}: {group.path_of(twin)}: {twin.why} ({_see(group, twin)})", err=True)
    if made > MADE_TOO:
        say(
            f"chapbook: {made - MADE_TOO} more are made that are much like others; `chapbook plan` shows them", err=True
        )


def _see(group: StoryFiles, twin: Twin) -> str:
    """Which file tells the same: by its name, for a copy in another folder with the way to it."""
    return f"see {(group.home or group.files[0].parent) / twin.of if '/' in twin.name else twin.of}"
