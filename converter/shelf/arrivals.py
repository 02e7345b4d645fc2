"""New and changed books, brought from the catalogue to the shelf."""

from __future__ import annotations

import json
import math
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import TO_BE_LOOKED_AT, Record, Story, digest
from converter.document.errors import OutputError
from converter.limits.files import lies
from converter.recognisers.metadata.resolution import as_said
from converter.shelf.epub_facts import EpubFacts, facts_of
from converter.shelf.gifts.dropped import DROPPED
from converter.shelf.searching import to_be_found
from converter.shelf.sorting import author_key, series_key, title_key
from converter.shelf.store import JOINED, NOTE_FOUND, Store
from converter.shelf.sync import digests, progress
from converter.shelf.sync.served_names import served_names

_OF_ONE_GIFT = (  # a gift's only book, whose story has another ending now
    "SELECT MIN(book) FROM gone WHERE ? = substr(source, 1, ?) HAVING COUNT(DISTINCT book) = 1"
)
MOST_FOREIGN = 1_000  # files that are counted, where there is no book of ours
MOST_BYTES = 500  # of a book's files, by which its old number is looked for
ORDER = ("epub", "kepub", "azw3", "pdf", "txt")  # of a book's files; others behind these


def refresh(store: Store, told: Callable[[str], None] = lambda _: None, seconds: float = math.inf) -> int:
    """Brings the shelf abreast of the catalogue in its folder: how many books came, changed or went. `told` is given
    the title of each that came or changed. After so many seconds it stops, and the next call does the rest.

    Raises OutputError.
    """
    until = time.monotonic() + seconds
    if not store.is_there:
        raise OutputError("the folder of the books is not there any more", str(store.folder), "put it back")
    known = {source: (number, state) for number, source, state in store.asked("SELECT id, source, state FROM books")}
    changed = 0
    with Catalogue(store.folder) as catalogue:
        there: set[str] = set()
        unknown: list[tuple[Story, list[Record], str]] = []  # perhaps another's new self, which is seen at the end
        for story in catalogue.stories():
            books = _books_of(story)
            if not books:
                continue
            there.add(story.source)
            state = _state(story, books)
            if known.get(story.source, (0, ""))[1] == state:
                continue
            if known and story.source not in known:
                unknown.append((story, books, state))
                continue
            if time.monotonic() > until:
                return changed
            _put(store, story, books, state, ())
            told(story.title)
            changed += 1
        earlier = {story.source: _earlier(catalogue, story) for story, *_ in unknown}
    gone = [number for source, (number, _) in known.items() if source not in there]
    for number in gone:
        _take_down(store, number)
    for story, books, state in unknown:
        if time.monotonic() > until:
            break
        _put(store, story, books, state, earlier[story.source])
        told(story.title)
        changed += 1
    _ask_for_imprints(store, until)
    if changed or gone:
        with store.writing() as connection:
            connection.execute("DELETE FROM covers WHERE digest NOT IN (SELECT cover FROM books)")
    return changed + len(gone)


def is_abreast(store: Store) -> bool:
    """Whether the shelf has all that the catalogue says. Raises OutputError."""
    known = dict(store.asked("SELECT source, state FROM books"))
    with Catalogue(store.folder) as catalogue:
        told = [(story, books) for story in catalogue.stories() if (books := _books_of(story))]
    return all(known.get(story.source) == _state(story, books) for story, books in told)


def _earlier(catalogue: Catalogue, story: Story) -> tuple[str, ...]:
    """The digests of what was made of a story before: under its source, or under that of the first of its files, which
    it has until it has a folder of its own."""
    files = [i.path for i in story.ingredients if i.role == "story"][:1]
    sources = dict.fromkeys((story.source, *map(catalogue.name, files)))
    return tuple(digest for source in sources for digest in catalogue.digests_of(source))


def foreign_epubs(folder: Path) -> int:
    """How many EPUBs lie in a folder of books, not below, of which the catalogue there knows nothing. Raises
    OutputError."""
    with Catalogue(folder) as catalogue:
        try:
            names = [name for name in os.listdir(folder) if name.lower().endswith(".epub")]  # noqa: PTH208
        except OSError:
            return 0
        return sum(catalogue.record(folder / name) is None for name in names[:MOST_FOREIGN])


def _books_of(story: Story) -> list[Record]:
    """The story's books that are there, best format first, one volume after the other."""
    rank = {name: at for at, name in enumerate(ORDER)}
    stale = {record.path for record in story.stale}
    books = [b for b in story.books if b.path not in stale and lies(b.path)]
    return sorted(books, key=lambda b: (rank.get(b.format, len(rank)), b.path.name))


def _state(story: Story, books: Sequence[Record]) -> str:
    said = (story.title, story.authors, story.series, story.series_index, story.words, _doubts(story), story.changed)
    return digest(repr((said, [(str(b.path), b.book) for b in books])).encode("utf-8", "surrogateescape"))


def _doubts(story: Story) -> int:
    return sum(severity in TO_BE_LOOKED_AT for severity, *_ in story.findings)


def _put(store: Store, story: Story, books: Sequence[Record], state: str, earlier: Sequence[str]) -> None:
    """Notes a book as it is now. Its number stays what it was. `earlier` are the digests of what was made of the story
    before, under any name."""
    authors = _once(store, story.authors)
    epub = next((b.path for b in books if b.format == "epub"), None)
    facts = facts_of(epub) if epub else EpubFacts()
    title = story.title or (books[0].title or books[0].path.stem)
    cover = digest(facts.cover) if facts.cover else ""
    row = {
        "state": state, "title": title, "authors": _json(authors), "series": story.series,
        "series_index": story.series_index, "language": story.language, "summary": facts.summary,
        "tags": _json(facts.tags), "contents": _json(facts.contents), "words": story.words, "chapters": story.chapters,
        "doubts": _doubts(story), "cover": cover, "changed": story.changed or int(time.time()),
        "by_title": title_key(title, story.language), "by_author": author_key(authors),
        "by_series": series_key(story.series),
    }  # fmt: skip
    imprint = facts.published, facts.publisher
    before = store.one("SELECT chapters FROM books WHERE source = ?", (story.source,))
    with store.writing() as connection:
        number = _row_of(connection, story.source, row, [*(book.book for book in books), *earlier])
        for table in ("people", "tags", "files"):
            connection.execute(f"DELETE FROM {table} WHERE book = ?", (number,))
        connection.executemany("INSERT OR IGNORE INTO people VALUES (?, ?)", [(name, number) for name in authors])
        connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", [(name, number) for name in facts.tags])
        connection.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", _files(number, books, store.folder))
        for book in books:
            names = served_names(book.format, book.path.name, authors, title, number)
            digests.note(connection, number, book.path, book.book, names)
        connection.execute("DELETE FROM found WHERE rowid = ?", (number,))
        said = (title, " ".join(authors), f"{story.series} {story.series_index}", " ".join(facts.tags), facts.summary)
        connection.execute(NOTE_FOUND, (number, *map(to_be_found, said)))
        connection.execute("INSERT OR REPLACE INTO imprints VALUES (?, ?, ?)", (number, *imprint))
        if cover:
            connection.execute("INSERT OR IGNORE INTO covers VALUES (?, ?)", (cover, facts.cover))
    progress.follow(store, number, int(before[0]) if before else story.chapters, story.chapters)


def _ask_for_imprints(store: Store, until: float) -> None:
    """Notes of books that came before the shelf kept it when and by whom they were published, and their summaries with
    the ends of their lines; until a moment, the others at the next look."""
    rows = store.asked(
        "SELECT books.id, MIN(path) FROM books JOIN files ON files.book = books.id AND format = 'epub' "
        "WHERE books.id NOT IN (SELECT book FROM imprints) GROUP BY books.id"
    )
    for number, path in rows:
        if time.monotonic() > until:
            break
        if not lies(store.folder / path):
            continue
        facts = facts_of(store.folder / path, whole=False)
        with store.writing() as connection:
            if facts.summary:
                connection.execute("UPDATE books SET summary = ? WHERE id = ?", (facts.summary, number))
            imprint = facts.published, facts.publisher
            connection.execute("INSERT OR REPLACE INTO imprints VALUES (?, ?, ?)", (number, *imprint))


def _once(store: Store, names: Iterable[str]) -> tuple[str, ...]:
    """Names of authors as the shelf has them: as they are said, and in the capitals of the first book that has one."""
    said = [" ".join(as_said(name).split()) for name in names]
    known = [store.one("SELECT name FROM people WHERE name = ? COLLATE NOCASE LIMIT 1", (name,)) for name in said]
    return tuple(dict.fromkeys(str(row[0]) if row else name for name, row in zip(said, known, strict=True)))


def _row_of(connection: sqlite3.Connection, source: str, row: dict[str, object], bytes_of: Sequence[str]) -> int:
    """The number of the source's book, whose row says this now."""
    latest = connection.execute("SELECT COALESCE(MAX(arrival), 0) + 1 FROM books").fetchone()[0]
    found = connection.execute("SELECT id FROM books WHERE source = ?", (source,)).fetchone()
    if found:
        assigned = ", ".join(f"{key} = ?" for key in (*row, "arrival"))
        connection.execute(f"UPDATE books SET {assigned} WHERE id = ?", (*row.values(), latest, found[0]))
        return int(found[0])
    keys = ("id", "source", "added", "arrival", *row)
    number = _number(connection, source, row, bytes_of)
    values = (number, source, row["changed"], latest, *row.values())
    marks = ", ".join("?" * len(keys))
    connection.execute(f"INSERT INTO books ({', '.join(keys)}) VALUES ({marks})", values)
    return number


def _number(connection: sqlite3.Connection, source: str, row: dict[str, object], bytes_of: Sequence[str]) -> int:
    """The number of a book that comes: the old one of a book that is back, or whose source has another name now: with
    the same bytes, now or before, or the same title and authors."""
    bytes_of = bytes_of[:MOST_BYTES]
    marks = ", ".join("?" * len(bytes_of))
    own = f"'{JOINED}' || book NOT IN (SELECT key FROM settings)"  # what was joined to another has that one's number
    for asked, values in (
        ("SELECT book FROM gone WHERE source = ?", (source,)),
        (
            f"SELECT book FROM gone WHERE book IN (SELECT book FROM aliases WHERE digest IN ({marks})) AND {own}",
            bytes_of,
        ),
        (
            f"SELECT book FROM gone WHERE title = ? AND authors = ? AND authors <> '[]' AND {own}",
            (row["title"], row["authors"]),
        ),
        (_OF_ONE_GIFT, (gift := _gift(source), len(gift))),
    ):
        if found := connection.execute(asked, values).fetchone():
            connection.execute("DELETE FROM gone WHERE book = ?", found)
            return int(found[0])
    highest = "SELECT MAX(COALESCE((SELECT MAX(id) FROM books), 0), COALESCE((SELECT MAX(book) FROM gone), 0)) + 1"
    return int(connection.execute(highest).fetchone()[0])


def _gift(source: str) -> str:
    """The folder of a gift, as a source begins with it; of what is none something with which no source begins."""
    parts = source.split("/")
    return f"{parts[0]}/{parts[1]}/" if len(parts) > 2 and parts[0] == DROPPED else "/"


def _files(number: int, books: Sequence[Record], folder: Path) -> Iterable[tuple[int, int, str, str, str, int]]:
    home = folder.resolve()
    for at, book in enumerate(books):
        path = book.path.resolve()
        if path.is_relative_to(home):
            yield number, at, book.format, path.relative_to(home).as_posix(), book.book, book.state[0]


def _take_down(store: Store, number: int) -> None:
    with store.writing() as connection:
        connection.execute("DELETE FROM found WHERE rowid = ?", (number,))
        connection.execute(
            "INSERT OR REPLACE INTO gone SELECT source, id, title, authors FROM books WHERE id = ?", (number,)
        )
        connection.execute("DELETE FROM books WHERE id = ?", (number,))


def _json(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
