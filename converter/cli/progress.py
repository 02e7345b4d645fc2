"""What a person sees while books are made: a bar with names, rate and time left, or a line for each story."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from converter.cli.screen import console, say, say_line_of_json
from converter.reports.run import as_values, counted

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from converter.build.batch import Job, Outcome
    from converter.cluster.shard import StoryTold
    from converter.reports.run import RunRow

Showing = Literal["screen", "quiet", "log", "json"]
SHOWN_AT = {0: ("warning", "error"), 1: ("doubt", "warning", "error"), 2: ("info", "doubt", "warning", "error")}
TAKEN_OFF = ("books-renamed", "volumes-removed")  # files that are there no more: told in any case
NAMES_SHOWN = 4  # stories at work that the bar names


class Reporter:
    """Shows a run's progress. One story needs no bar; rich is imported for several only.

    `showing`: on a screen, nothing but errors, a line for each story as in a log, or a line of JSON. `rows` are what
    became of the stories, if they are to be kept: of millions they are not.
    """

    def __init__(self, total: int, *, showing: Showing, verbose: int, keep: bool = True) -> None:
        self.total, self.showing, self.verbose, self.keep = total, showing, min(verbose, 2), keep
        self.number = 0  # of stories that are finished
        self.bar: Progress | None = None
        self.task: TaskID | None = None
        self.running: dict[str, str] = {}  # the stems of the stories at work, by their names
        self.rows: list[RunRow] = []
        self.begun = time.monotonic()

    def __enter__(self) -> Reporter:
        if self.total > 1 and self.showing == "screen" and sys.stderr.isatty():
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self.bar = Progress(
                BarColumn(bar_width=30),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}", markup=False),
                TimeRemainingColumn(compact=True),
                TextColumn("{task.description}", markup=False),
                console=console(stderr=True),
                transient=True,
            )
            self.task = self.bar.add_task("", total=self.total, rate="")
            self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar:
            self.bar.stop()

    def started(self, job: Job) -> None:
        """A story was taken up."""
        self.running[job.group.name] = job.group.stem
        self._tell()

    def passed(self, number: int) -> None:
        """So many stories were finished before."""
        self.number += number
        if self.bar and self.task is not None:
            self.bar.advance(self.task, number)

    def done(self, outcome: Outcome | StoryTold) -> None:
        """A story is finished; what went wrong is said at once."""
        row = outcome.row
        self.number += 1
        if self.keep:
            self.rows.append(row)
        self.running.pop(outcome.name, None)
        if self.bar and self.task is not None:
            self.bar.advance(self.task)
            self._tell()
        if self.showing == "json":
            say_line_of_json({**as_values(row), "number": self.number, "of": self.total})
            return
        if self.showing == "log":
            say(f"{self.number}/{self.total} {said_of(row)}")
        lines = [f"chapbook: {' '.join(outcome.error.split())}"] if outcome.error and self.showing != "log" else []
        severities = SHOWN_AT[self.verbose if self.showing != "quiet" else 0]
        told = TAKEN_OFF if self.showing != "quiet" else ()
        shown = [d for d in outcome.findings if d.severity in severities or d.code in told]
        lines += [f"{d.origin or outcome.name}: {d.severity}: {d.message} [{d.code}]" for d in shown]
        for line in lines:
            if self.bar:
                self.bar.console.print(" ".join(line.splitlines()), markup=False, highlight=False, soft_wrap=True)
            else:
                say(line, err=self.showing != "log")

    def _tell(self) -> None:
        if not self.bar or self.task is None:
            return
        names = list(self.running.values())
        more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
        minutes = (time.monotonic() - self.begun) / 60
        rate = f"{self.number / minutes:,.0f} a minute" if self.number and minutes else ""
        self.bar.update(self.task, description=", ".join(names[:NAMES_SHOWN]) + more, rate=rate)


def said_of(row: RunRow) -> str:
    """A story as a line of a log."""
    if row.state == "failed":
        return f"failed: {row.problem}"
    if row.state == "left out":
        return f"left out: {row.doubts[0]}"
    books = ", ".join((*row.books, *row.kept))
    if row.state == "kept":
        return f"up to date: {row.story} ({books})"
    numbers = [counted(row.chapters, "chapter"), counted(row.words, "word")]
    numbers += [counted(len(row.doubts), "doubt")] if row.doubts else []
    return f"made: {row.story}: {row.title}, {', '.join(numbers)}, {row.news} ({books})"


def shown_books(paths: tuple[Path, ...]) -> str:
    """Where the books of one story are: the first one's path, then what the others end in."""
    return ", ".join([str(paths[0]), *_endings(paths[0].name, paths[1:])]) if paths else ""


def names_of(paths: tuple[Path, ...]) -> str:
    """What books of one story are called: the first one's name, then what the others end in."""
    return ", ".join([paths[0].name, *_endings(paths[0].name, paths[1:])]) if paths else ""


def _endings(first: str, others: tuple[Path, ...]) -> list[str]:
    return [path.name.removeprefix(first.partition(".")[0]) for path in others]
