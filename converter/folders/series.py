"""Books of a folder that are a series: their names share its name and differ in a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from converter.folders.understood import FolderBook
from converter.recognisers.metadata.copies_in_names import counts_versions
from converter.recognisers.metadata.file_names import SeriesName, fits_any_story, says_part, series_name
from converter.recognisers.metadata.symbols_in_names import without_symbols
from converter.recognisers.metadata.titles_in_names import from_file_name

FIRST = 100  # a series whose lowest number is this or more: rooms, roads and years are numbered so
OPENED = " [({#"  # what stands before a series in brackets: "Ada Thorn - [Moor 1] - Heath"
MOST = 200  # books of a series: beyond it are years and the numbers of a catalogue


def with_series(books: Sequence[FolderBook], author: Callable[[str], str]) -> list[FolderBook]:
    """The books, each with its series and number, where at least two have the same and by nobody else: `author` gives
    the author whom a file names, or ""."""
    rows: dict[str, list[tuple[int, SeriesName]]] = {}
    for i, book in enumerate(books):
        if (named := _named(book)) and float(named.number) <= MOST:
            rows.setdefault(_folded(named.series), []).append((i, named))
    whole = list(books)
    for name, row in rows.items():
        numbers = {named.number for _, named in row}
        if min(float(number) for number in numbers) >= FIRST:
            continue
        if len(row) < 2 or len(numbers) < len(row) or fits_any_story(name) or len(name) < 3:
            continue
        if len({who for i, _ in row if (who := author(books[i].files[0]))}) > 1:
            continue
        for i, named in row:
            whole[i] = _placed(whole[i], named)
    return whole


def _named(book: FolderBook) -> SeriesName | None:
    """What a book's name says of a series; a number before a title and an author counts what was handed in."""
    stem = book.files[0].rpartition("/")[2].rpartition(".")[0] if len(book.files) == 1 else book.stem
    if not stem or (book.title and book.author) or says_part(stem.lower()) or counts_versions(stem):
        return None
    return series_name(stem)


def _placed(book: FolderBook, named: SeriesName) -> FolderBook:
    """The book with its series; what stands before a dash may be the author."""
    called = without_symbols(named.series)
    said = from_file_name(called)
    title = from_file_name(named.title).title if named.title else ""
    series = (said.title or called).strip(OPENED)
    return replace(
        book, series=series, series_index=named.number, title=title, author=said.people[0].name if said.people else ""
    )


def _folded(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
