"""What a person sees when all is done: a line for one story, a table for several, for very many what needs a person."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from converter.cli.progress import shown_books
from converter.cli.screen import console, say
from converter.reports.run import RunRow, counted, for_a_person, tally

if TYPE_CHECKING:
    from rich.text import Text

ALL_SHOWN = 60  # stories; of more only those are shown that need a person, or are new
MOST_SHOWN = 40  # of these
_LEFT = {"failed": "not converted", "left out": "no story"}


def summary(rows: Sequence[RunRow], *, verbose: bool) -> None:
    """Says what was made."""
    if len(rows) == 1:
        _line(rows[0])
        return
    shown = sorted(rows, key=lambda row: row.story)
    if len(rows) > ALL_SHOWN:
        shown = [row for row in for_a_person(rows) if row.state != "kept" and (row.problem or row.doubts)][:MOST_SHOWN]
    _table(shown, rows, verbose=verbose)


def _line(row: RunRow) -> None:
    if row.state == "failed":
        return
    for path in row.kept:
        say(f"{path} is up to date")
    if row.books:
        by = f" by {', '.join(row.authors)}" if row.authors else ""
        notes = [counted(row.chapters, "chapter"), counted(row.words, "word")]
        notes += [counted(len(row.doubts), "doubt")] if row.doubts else []
        say(f"{row.title}{by}: {', '.join(notes)}")
        for path in row.books:
            say(f"  {path}")


def _table(shown: Sequence[RunRow], rows: Sequence[RunRow], *, verbose: bool) -> None:
    from rich.table import Table

    screen = console(width=None if sys.stdout.isatty() else 160)
    if shown:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column("", no_wrap=True)
        table.add_column("Story", overflow="ellipsis", no_wrap=True, max_width=44)
        table.add_column("Author", overflow="ellipsis", no_wrap=True, max_width=24)
        for name in ("Chapters", "Words", "Doubts"):
            table.add_column(name, justify="right", no_wrap=True)
        table.add_column("Book", overflow="fold")
        for row in shown:
            table.add_row(*_row(row))
        screen.print(table)
    screen.print(tally(rows), highlight=False)
    if len(shown) < len(rows) and (left := sum(bool(r.problem or r.doubts) for r in rows) - len(shown)) > 0:
        screen.print(f"{left} more need a look: --report FILE shows all", style="dim", highlight=False)
    if any(row.doubts and row.state != "left out" for row in rows) and not verbose:
        screen.print("-v tells the doubts; `chapbook proof PATH` tells all", style="dim", highlight=False)


def _row(row: RunRow) -> tuple[Text | str, ...]:
    """A story's row in the table: sign, title, authors, chapters, words, doubts, books."""
    from rich.text import Text

    sign = {"failed": Text("✗", "red"), "made": Text("✓", "green"), "kept": Text("·"), "left out": Text("-")}[row.state]
    books = shown_books(tuple(map(Path, (*row.books, *row.kept))))
    return (
        sign,
        Text(row.title or row.story),
        Text(", ".join(row.authors)),
        str(row.chapters or ""),
        f"{row.words:,}" if row.words else "",
        str(len(row.doubts) if row.doubts and row.state != "left out" else ""),
        Text(_LEFT.get(row.state) or books + (" (up to date)" if row.state == "kept" else "")),
    )
