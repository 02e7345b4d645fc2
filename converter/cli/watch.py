"""`chapbook watch`: a story dropped into a folder becomes a book."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.build.registry import WRITTEN
from converter.cli.asking import about_book, about_reading, about_story, checked_options, option
from converter.cli.left_out import left_rows, tell_catalogue
from converter.cli.screen import say, say_line_of_json
from converter.cli.sections import SectionedCommand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.build.batch import Job

EPILOG = """\b
Examples
  chapbook watch ~/stories -o ~/books
  chapbook watch ~/stories -o ~/books -t epub,kepub --name '{author}/{title}'

\b
It runs until it is ended (Ctrl-C). A service for systemd is in docs/folders.md.
"""


@click.command(cls=SectionedCommand, epilog=EPILOG, no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, metavar="FOLDER...")
@option("Output", "-o", "--output", default="output", metavar="FOLDER", help="Where books go.  [default: output/]")
@option("Output", "-t", "--to", multiple=True, metavar="FORMAT", help=f"{', '.join(WRITTEN)}.  [default: epub,pdf]")
@option("Output", "--name", metavar="TEMPLATE", help="What books are called, as '{author}/{title}'.")
@option("Output", "--jobs", type=click.IntRange(1, 256), metavar="N", help="Stories at a time.  [default: one a core]")
@option("Output", "--poll", is_flag=True, help="Look at the files again and again: for folders of other machines.")
@option("Output", "--json-lines", is_flag=True, help="Print a line of JSON for each story, for other programs.")
@about_book
@about_story
@about_reading
def watch(paths: tuple[str, ...], output: str, jobs: int | None, poll: bool, json_lines: bool, **options: Any) -> int:
    """Watch folders: what is dropped in, or changes, becomes a book.

    A story is converted as soon as nothing has been written to its file for a second; books that are up to date stay as
    they are. What could not be converted is tried again when its file changes.
    """
    from converter.build.watch import UNFINISHED, Watcher, gone_since
    from converter.cli.progress import said_of
    from converter.reports.run import as_values

    gc.enable()  # commands do without it, for they end soon
    stop = _until_ended()
    tell_catalogue(Path(output))
    left: set[str] = set()
    before: list[Job] = []

    def tell_left(planned: Sequence[Job]) -> None:
        gone = gone_since(before, planned)
        before[:] = planned
        left.difference_update([line for line in left if any(f": {row.story}: its file" in line for row in gone)])
        for row in [*gone, *left_rows(planned)]:
            unfinished = row.story.endswith(UNFINISHED)
            if not unfinished and (line := f"left out: {row.story}: {row.doubts[0]}") not in left:
                left.add(line)
                say_line_of_json(as_values(row)) if json_lines else say(line)

    workers = jobs or os.cpu_count() or 1
    folders = [Path(p) for p in paths]
    watcher = Watcher(folders, checked_options(options), Path(output), workers=workers, planned=tell_left)
    if not json_lines:
        say(f"watching {', '.join(paths)}; Ctrl-C ends it")
    for outcome in watcher.outcomes(stop, polling=poll):
        if json_lines:
            say_line_of_json(as_values(outcome.row))
        else:
            say(said_of(outcome.row))
    return 0


def _until_ended() -> threading.Event:
    """Set when the program is asked to end: the stories at work are finished first; asked again, it ends at once."""
    stop = threading.Event()

    def ask(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, lambda *_: sys.exit(128 + number))

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stop
