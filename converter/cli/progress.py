"""What a person sees while books are made: a bar with names and time left on stderr, then a line or a table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from converter.cli.screen import console, say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID
    from rich.text import Text

    from converter.build.batch import Job, Outcome

SHOWN_AT = {0: ("warning", "error"), 1: ("doubt", "warning", "error"), 2: ("info", "doubt", "warning", "error")}


class Reporter:
    """Shows a batch's progress. One story needs no bar; rich is imported for several only."""

    def __init__(self, total: int, *, quiet: bool, verbose: int) -> None:
        self.total, self.quiet, self.verbose = total, quiet, min(verbose, 2)
        self.bar: Progress | None = None
        self.task: TaskID | None = None

    def __enter__(self) -> Reporter:
        if self.total > 1 and not self.quiet and sys.stderr.isatty():
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self.bar = Progress(
                BarColumn(bar_width=30),
                MofNCompleteColumn(),
                TimeRemainingColumn(compact=True),
                TextColumn("{task.description}", markup=False),
                console=console(stderr=True),
                transient=True,
            )
            self.task = self.bar.add_task("", total=self.total)
            self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar:
            self.bar.stop()

    def started(self, job: Job) -> None:
        """A story was taken up."""
        if self.bar and self.task is not None:
            self.bar.update(self.task, description=job.group.stem)

    def done(self, outcome: Outcome) -> None:
        """A story is finished; what went wrong is said at once."""
        if self.bar and self.task is not None:
            self.bar.advance(self.task)
        lines = [f"chapbook: {' '.join(outcome.error.split())}"] if outcome.error else []
        if not self.quiet:
            shown = [d for d in outcome.findings if d.severity in SHOWN_AT[self.verbose]]
            lines += [f"{d.origin or outcome.name}: {d.severity}: {d.message} [{d.code}]" for d in shown]
        for line in lines:
            if self.bar:
                self.bar.console.print(" ".join(line.splitlines()), markup=False, highlight=False, soft_wrap=True)
            else:
                say(line, err=True)

    def summary(self, outcomes: Sequence[Outcome]) -> None:
        """What was made: one line for one story, a table for several."""
        if self.quiet:
            return
        if self.total == 1:
            for outcome in outcomes:
                self._line(outcome)
            return
        self._table(outcomes)

    def _line(self, outcome: Outcome) -> None:
        if outcome.error:
            return
        for path in outcome.kept:
            say(f"{path} is up to date")
        if outcome.written:
            by = f" by {', '.join(outcome.authors)}" if outcome.authors else ""
            doubts = _doubts(outcome)
            notes = [
                f"{outcome.chapters} chapters" if outcome.chapters != 1 else "1 chapter",
                f"{outcome.words:,} words",
            ]
            if doubts:
                notes.append(f"{doubts} doubts" if doubts != 1 else "1 doubt")
            say(f"{outcome.title}{by}: {', '.join(notes)}")
        for path in outcome.written:
            say(f"  {path}")

    def _table(self, outcomes: Sequence[Outcome]) -> None:
        from rich.table import Table

        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column("", no_wrap=True)
        table.add_column("Story", overflow="ellipsis", no_wrap=True, max_width=44)
        table.add_column("Author", overflow="ellipsis", no_wrap=True, max_width=24)
        for name in ("Chapters", "Words", "Doubts"):
            table.add_column(name, justify="right", no_wrap=True)
        table.add_column("Book", overflow="fold")
        for outcome in sorted(outcomes, key=lambda o: o.name):
            table.add_row(*_row(outcome))
        screen = console(width=None if sys.stdout.isatty() else 160)
        screen.print(table)
        screen.print(_tally(outcomes), highlight=False)
        if any(map(_doubts, outcomes)) and not self.verbose:
            screen.print("-v tells the doubts; `chapbook proof PATH` tells all", style="dim", highlight=False)


def _row(outcome: Outcome) -> tuple[Text | str, ...]:
    """A story's row in the table: sign, title, authors, chapters, words, doubts, books."""
    from rich.text import Text

    sign = Text("✗", "red") if outcome.error else Text("✓", "green") if outcome.written else Text("·")
    return (
        sign,
        Text(outcome.title or outcome.name),
        Text(", ".join(outcome.authors)),
        str(outcome.chapters or ""),
        f"{outcome.words:,}" if outcome.words else "",
        str(_doubts(outcome) or ""),
        Text("not converted" if outcome.error else _places(outcome) + (" (up to date)" if outcome.kept else "")),
    )


def _tally(outcomes: Sequence[Outcome]) -> str:
    """How many stories were converted, are up to date, failed."""
    converted = sum(bool(o.written) for o in outcomes)
    kept = sum(bool(o.kept) for o in outcomes)
    failed = sum(bool(o.error) for o in outcomes)
    parts = [f"{converted} converted"]
    parts += [f"{n} {what}" for n, what in ((kept, "up to date"), (failed, "failed")) if n]
    return ", ".join(parts)


def _doubts(outcome: Outcome) -> int:
    return sum(d.severity == "doubt" for d in outcome.findings)


def _places(outcome: Outcome) -> str:
    """Where the books are: the first one's path, then what the others end in."""
    first, *others = (*outcome.written, *outcome.kept)
    return ", ".join([str(first), *_endings(first.name, others)])


def names_of(books: Sequence[Path]) -> str:
    """What books of one story are called: the first one's name, then what the others end in."""
    return ", ".join([books[0].name, *_endings(books[0].name, books[1:])]) if books else ""


def _endings(first: str, others: Sequence[Path]) -> list[str]:
    return [path.name.removeprefix(first.partition(".")[0]) for path in others]
