"""`chapbook library`: the books that were made, and those whose story is gone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.progress import names_of
from converter.cli.screen import console, say, say_line_of_json

if TYPE_CHECKING:
    from converter.build.library import Order, Shelved

ORDERS = ("title", "author", "words", "doubts", "changed")


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD...]")
@click.option("-o", "--output", default="output", metavar="FOLDER", help="Where the books are.  [default: output/]")
@click.option("--sort", type=click.Choice(ORDERS), default="title", help="What comes first.  [default: title]")
@click.option("--since", default="", metavar="DATE", help="Only those that changed on this day or later: 2026-01-31.")
@click.option("--prune", is_flag=True, help="Take off books whose story is gone or within a longer one, and old ones.")
@click.option("--yes", is_flag=True, help="Don't ask before.")
@click.option("--json-lines", is_flag=True, help="Print a line of JSON for each story, for other programs.")
def library(
    words: tuple[str, ...], output: str, sort: Order, since: str, prune: bool, yes: bool, json_lines: bool
) -> int:
    """List the books of an output folder.

    With WORDs only those whose title, author, series or file has all of them. What was made of what is kept in the file
    .chapbook.db beside the books.
    """
    from converter.build.library import stories_of

    folder = Path(output)
    found = stories_of(folder, words, sort, since)
    if prune:
        return _prune(folder, [one for one in found if not one.keeps], sure=yes)
    if json_lines:
        for one in found:
            say_line_of_json(_facts(one))
        return 0
    _table(found, folder)
    return 0


def _way(path: Path, folder: Path) -> str:
    """The folders below that of the books in which one of them is, with a slash behind; "" for none."""
    way = path.parent.relative_to(folder).as_posix() if path.is_relative_to(folder) else "."
    return "" if way == "." else f"{way}/"


def _table(found: Sequence[Shelved], folder: Path) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Title", overflow="ellipsis", no_wrap=True, max_width=44)
    table.add_column("Author", overflow="ellipsis", no_wrap=True, max_width=24)
    for name in ("Words", "Doubts"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Changed", no_wrap=True)
    table.add_column("Book", overflow="fold")
    for one in found:
        story = one.story
        day = datetime.fromtimestamp(story.changed).strftime("%Y-%m-%d") if story.changed else ""
        books = _way(story.books[0].path, folder) + names_of(tuple(b.path for b in story.books)) if story.books else ""
        state = f"not converted: {story.problem}" if story.problem and not books else books
        table.add_row(
            Text(story.title or story.source),
            Text(", ".join(story.authors)),
            f"{story.words:,}" if story.words else "",
            str(story.doubts or ""),
            day,
            Text(f"{state}{_trouble(one)}"),
        )
    screen = console(width=None if sys.stdout.isatty() else 160)
    screen.print(table)
    many = "1 story" if len(found) == 1 else f"{len(found)} stories"
    screen.print(f"{many}, {sum(one.story.words for one in found):,} words", highlight=False)


def _trouble(one: Shelved) -> str:
    """What is wrong with the books of a story."""
    if not one.there:
        return f" (its story is gone: {one.story.source})"
    if one.within:
        return f" (its files are in a longer book since: {one.within})"
    return f" (stale: {names_of(tuple(book.path for book in one.stale))})" if one.stale else ""


def _facts(one: Shelved) -> dict[str, object]:
    story = one.story
    return {
        "title": story.title,
        "authors": list(story.authors),
        "series": story.series,
        "series_index": story.series_index,
        "language": story.language,
        "words": story.words,
        "chapters": story.chapters,
        "doubts": story.doubts,
        "changed": datetime.fromtimestamp(story.changed).astimezone().isoformat() if story.changed else "",
        "source": story.source,
        "there": one.there,
        "problem": story.problem,
        "books": [str(book.path) for book in story.books],
        "within": one.within,
        "stale": [str(book.path) for book in one.stale],
    }


def _prune(folder: Path, gone: Sequence[Shelved], *, sure: bool) -> int:
    from converter.build.library import prune, roots_gone

    if not gone:
        say("every book's story is where it was, and no book is older than it")
        return 0
    for one in gone:
        if one.there and one.within:
            books = ", ".join(b.path.name for b in one.story.books)
            say(f"{one.story.source}: its files are in a longer book since ({one.within}); its books: {books}")
            continue
        if one.there:
            say(f"{one.story.source}: older than it, or divided otherwise: {', '.join(b.path.name for b in one.stale)}")
            continue
        say(f"{one.story.source}: gone; its books: {', '.join(b.path.name for b in one.story.books) or 'none'}")
    for path in roots_gone(folder, gone):
        say(f"chapbook: {path}: there is no such folder; is its disk elsewhere today?", err=True)
    if not sure and not click.confirm("Take off these books?", err=True):
        return 1
    removed, left = prune(folder, gone)
    for path in removed:
        say(f"{path}: taken off")
    for path in left:
        say(f"{path}: changed since it was made, left alone")
    return 0
