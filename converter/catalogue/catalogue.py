"""The catalogue of one output folder: asked while stories are planned, told at once what became of each."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from converter.catalogue import beside
from converter.catalogue.database import CATALOGUE, Database
from converter.catalogue.earlier_notes import EARLIER, stories_noted
from converter.catalogue.names import as_json, name_key
from converter.catalogue.records import RECONCILED, STALE, Edition, Ingredient, Record, Story, name_from
from converter.catalogue.schema import do
from converter.catalogue.vanished import Vanished
from converter.catalogue.within import within_longer
from converter.limits.files import lies

INSIDE = "#/"  # between a shard of an archive and the name of a story in it
ELSEWHERE = "://"  # in the address of a source that is on no disk of this machine
MOST_VOLUMES = 100_000  # of one story: more than any has chapters
FACTS = (
    "stem", "title", "authors", "series", "series_index", "language", "words", "chapters", "changes", "findings",
    "problem", "changed",
)  # fmt: skip
OF_BOOKS = (
    "books.path, made_from, digest, books.title, assets, source, identifier, opening, volumes, format, "
    "size, modified, inode, noted"
)


class Catalogue:
    """The database of one folder, opened when it is needed. One that is asked only is never made.

    All methods raise OutputError where the database can't be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._home = os.path.realpath(folder)
        self._database = Database(folder, self._take_over)
        self.path = self._database.path
        self.vanished = Vanished(self._database, self.is_there)
        self._folders: dict[Path, tuple[str, str]] = {}  # of sources: where they lie, the way there

    def close(self) -> None:
        """Lets go of the database; it is opened again when it is needed."""
        self._database.close()

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_kept(self) -> bool:
        """Whether anything was ever noted here."""
        return any(lies(self.folder / name) for name in (CATALOGUE, *EARLIER))

    @property
    def is_damaged(self) -> bool:
        """Whether there is one that can't be read: it is put aside when something is to be kept."""
        return self._database.is_damaged

    def name(self, path: Path) -> str:
        """What the catalogue calls this file: its way from the folder, so that both may move together."""
        if path.name in ("", "..") or path.is_symlink():
            return name_from(self._home, path)
        folder = path.parent
        if folder not in self._folders:  # the same for all files beside this one, and it takes ten times as long
            self._folders[folder] = f"{os.path.realpath(folder).rstrip(os.sep)}{os.sep}", name_from(self._home, folder)
        real, way = self._folders[folder]
        if f"{self._home}{os.sep}".startswith(f"{real}{path.name}{os.sep}"):  # the folder of the books is in it
            return name_from(self._home, path)
        return path.name if way == "." else f"{way}/{path.name}"

    def name_of_book(self, path: Path) -> str:
        """What the catalogue calls a book in its folder, whose links are not followed."""
        whole, folder = str(path), f"{self.folder}{os.sep}"
        if whole.startswith(folder):
            return whole[len(folder) :].replace(os.sep, "/")
        try:
            return path.relative_to(self.folder).as_posix()
        except ValueError:
            return self.name(path)

    def path_of(self, name: str) -> Path:
        """The file that the catalogue calls so."""
        return self.folder / name

    # -------------------------------------------------------------------------------------------------- asking

    def record(self, path: Path) -> Record | None:
        """What is known of the book at this path."""
        return next(self._records("books.path = ?", (self.name_of_book(path),)), None)

    def records_of(self, sources: Sequence[str]) -> tuple[Record, ...]:
        """The books that were made of these sources."""
        marks = ", ".join("?" * len(sources))
        return tuple(self._records(f"stories.source IN ({marks})", sources)) if sources else ()

    def story(self, source: str) -> Story | None:
        """What is known of the story with this source, and of its books."""
        return next(self._stories("WHERE source = ?", (source,)), None)

    def stories(self) -> Iterator[Story]:
        """All stories with their books, in the order in which they came."""
        return self._stories("ORDER BY id", ())

    def folders(self) -> set[Path]:
        """The folders below its own in which books are, or were to be when the run was killed that gave their names."""
        asked = "SELECT path FROM books UNION SELECT stem FROM stories WHERE stem != ''"
        below = {str(row[0]).rpartition("/")[0] for row in self._database.asked(asked)}
        return {self.path_of(name) for name in below if not name.startswith(("/", ".."))}

    def editions_of(self, source: str) -> tuple[Edition, ...]:
        """Every book that was ever made of the story with this source, the first one first."""
        asked = (
            "SELECT history.format, history.chapters, history.words, history.made FROM history "
            "JOIN stories ON story = id WHERE source = ? ORDER BY history.made, history.chapters"
        )
        return tuple(Edition(*row) for row in self._database.asked(asked, (source,)))

    def digests_of(self, source: str) -> tuple[str, ...]:
        """The digests of all books that were ever made of the story with this source."""
        asked = "SELECT DISTINCT digest FROM history JOIN stories ON story = id WHERE source = ?"
        return tuple(str(row[0]) for row in self._database.asked(asked, (source,)))

    def account_of(self, source: str) -> str:
        """What was changed in the story with this source and left out of it (`reports/account.py`); "" for nothing."""
        return beside.account_of(self._database, source)

    def asked_of(self, source: str) -> dict[str, Any] | None:
        """The settings that were said as options when the story with this source was last made; None where that was not
        noted."""
        return beside.asked_of(self._database, source)

    def ingredients_of(self, source: str) -> tuple[Ingredient, ...]:
        """The files from which the story with this source was made."""
        row = self._database.asked("SELECT id FROM stories WHERE source = ?", (source,)).fetchone()
        return self._ingredients(row[0]) if row else ()

    def made_of(self, path: Path) -> tuple[str, ...]:
        """The sources of the stories that were made of this file, among others; not of several copies."""
        asked = "SELECT source FROM ingredients JOIN stories ON story = id WHERE path = ? AND role = 'story'"
        found = (str(row[0]) for row in self._database.asked(asked, (self.name(path),)))
        return tuple(source for source in found if not source.endswith(RECONCILED))

    def taken_in(self) -> Mapping[str, str]:
        """The stories all of whose files are part of a longer one whose books became others later, each with that one's
        source: "Tuesday" and the week. What was made of several copies takes in none of them."""
        found = within_longer(self._database)
        return {part: whole for part, whole in found if not (part.endswith(RECONCILED) or whole.endswith(RECONCILED))}

    def made_of_bytes(self, digest: str) -> tuple[str, ...]:
        """The sources of the stories that were made of one file alone, and that with this digest."""
        asked = (
            "SELECT source FROM ingredients i JOIN stories ON story = id WHERE digest = ? AND role = 'story' AND NOT "
            "EXISTS (SELECT 1 FROM ingredients o WHERE o.story = i.story AND o.role = 'story' AND o.path != i.path)"
        )
        return tuple(str(row[0]) for row in self._database.asked(asked, (digest,)))

    def holding_bytes(self, digest: str) -> tuple[str, ...]:
        """The sources of the stories that were made of files with this digest, among others; not of several copies."""
        asked = "SELECT source FROM ingredients JOIN stories ON story = id WHERE digest = ? AND role = 'story'"
        found = (str(row[0]) for row in self._database.asked(asked, (digest,)))
        return tuple(source for source in found if not source.endswith(RECONCILED))

    def stem_of(self, sources: Sequence[str]) -> str:
        """The name that was given to the books of the story with one of these sources, or ""."""
        for source in sources:
            row = self._database.asked("SELECT stem FROM stories WHERE source = ?", (source,)).fetchone()
            if row and row[0]:
                return str(row[0])
        return ""

    def template_of(self, sources: Sequence[str]) -> str:
        """The template by which that name was made; "" where there is none."""
        for source in sources:
            row = self._database.asked("SELECT template FROM stories WHERE source = ?", (source,)).fetchone()
            if row and row[0]:
                return str(row[0])
        return ""

    def holder_of(self, stem: Path) -> tuple[str, ...]:
        """The sources of the stories to whose books this name was given."""
        asked = self._database.asked(
            "SELECT source FROM stories WHERE stem_key = ?", (name_key(self.name_of_book(stem)),)
        )
        return tuple(row[0] for row in asked)

    def is_there(self, source: str) -> bool:
        """Whether a story's source still lies where it lay, or is where nobody looks: in a store of the network, in a
        shard that is there."""
        if not source or ELSEWHERE in source:
            return bool(source)
        shard, inside, _ = source.partition(INSIDE)
        return lies(self.folder / source.removesuffix(RECONCILED)) or (bool(inside) and lies(self.folder / shard))

    def is_of_another(self, record: Record, sources: Sequence[str]) -> bool:
        """Whether this book was made of another story, one that is still there."""
        return record.source not in sources and self.is_there(record.source) and lies(record.path)

    def knows(self, source: str) -> bool:
        """Whether there is a story with this source."""
        asked = self._database.asked("SELECT 1 FROM stories WHERE source = ?", (source,))
        return asked.fetchone() is not None

    def understood(self, folder: str, signature: str) -> str:
        """What was understood of a folder when its entries had this signature, or ""."""
        asked = "SELECT understood FROM folders WHERE path = ? AND signature = ?"
        row = self._database.asked_of_any(asked, (folder, signature)).fetchone()
        return str(row[0]) if row else ""

    # -------------------------------------------------------------------------------------------------- telling

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is told inside is kept together, or nothing of it; other runs wait meanwhile."""
        with self._database.writing():
            yield

    def note(self, story: Story, moment: float, gone: Iterable[Path] = (), kept: Container[Path] = ()) -> None:
        """Keeps what became of a story at this moment (seconds since 1970); `gone` are books that were taken off,
        `kept` those that are up to date. The story's other books are stale from now on where its files are others."""
        with self.writing():
            key = self._story_key(story.source)
            if story.read and story.books and self._told_before(key) != _told_by(story.ingredients):
                for record in self.records_of([story.source]):
                    if record.path not in kept:
                        self._database.told(
                            "UPDATE books SET made_from = ? WHERE path = ?", (STALE, self.name_of_book(record.path))
                        )
            before = {r.path: r.book for r in self.records_of([story.source])}
            if story.problem or not story.read:
                self._database.told("UPDATE stories SET problem = ? WHERE id = ?", (story.problem, key))
            else:
                self._note_facts(key, story)
            if any(before.get(book.path) != book.book for book in story.books):
                self._database.told("UPDATE stories SET changed = ? WHERE id = ?", (int(moment), key))
            if story.ingredients:
                self._note_ingredients(key, story.ingredients)
            for book in story.books:
                self._note_book(key, book, story, int(moment))
            self.forget_books(gone)

    def reserve(self, source: str, stem: Path, template: str = "") -> None:
        """Gives this name to the books of the story with this source; `template` is what it was made by."""
        name = self.name_of_book(stem)
        key = self._story_key(source)
        given = (name, name_key(name), template, key)
        self._database.told("UPDATE stories SET stem = ?, stem_key = ?, template = ? WHERE id = ?", given)

    def move(self, source: str, to: str) -> None:
        """A story's source lies elsewhere now."""
        self._database.told("DELETE FROM stories WHERE source = ? AND stem = ''", (to,))
        self._database.told("UPDATE OR IGNORE stories SET source = ? WHERE source = ?", (to, source))

    def forget(self, source: str) -> None:
        """The story with this source, its books and their history are known no more."""
        self._database.told("DELETE FROM stories WHERE source = ?", (source,))

    def unmake(self, source: str, files: Iterable[Path], digests: Sequence[str]) -> None:
        """The story with this source is made of these files no more, and of its books there ever were those with these
        digests alone."""
        story = "story = (SELECT id FROM stories WHERE source = ?)"
        for path in files:
            self._database.told(f"DELETE FROM ingredients WHERE {story} AND path = ?", (source, self.name(path)))
        marks = ", ".join("?" * len(digests))
        self._database.told(f"DELETE FROM history WHERE {story} AND digest NOT IN ({marks})", (source, *digests))

    def forget_books(self, paths: Iterable[Path]) -> None:
        """These books are known no more; their stories are."""
        for path in paths:
            self._database.told("DELETE FROM books WHERE path = ?", (self.name_of_book(path),))

    def keep_understood(self, folder: str, signature: str, understood: str) -> None:
        """Keeps what was understood of a folder whose entries have this signature."""
        self._database.told("INSERT OR REPLACE INTO folders VALUES (?, ?, ?)", (folder, signature, understood))

    # ---------------------------------------------------------------------------------------------------- rows

    def _take_over(self, connection: sqlite3.Connection) -> None:
        """Keeps what was noted here before there were databases."""
        for source, books in stories_noted(self.folder):
            key = _key_of_story(connection, source)
            facts = (books[0].title, books[0].identifier, books[0].opening, key)
            do(connection, "UPDATE stories SET title = ?, identifier = ?, opening = ? WHERE id = ?", facts)
            for book in books:
                self._put_book(connection, key, book)

    def _story_key(self, source: str) -> int:
        with self.writing():
            return _key_of_story(self._database.to_write(), source)

    def _note_facts(self, key: int, story: Story) -> None:
        books = story.books
        facts: dict[str, object] = {
            "title": story.title,
            "authors": as_json(story.authors),
            "series": story.series,
            "series_index": story.series_index,
            "language": story.language,
            "words": story.words,
            "chapters": story.chapters,
            "changes": story.changes,
            "doubts": story.doubts,
            "findings": as_json(story.findings),
            "problem": "",
        }
        if books:
            facts |= {"identifier": books[0].identifier, "opening": books[0].opening}
        columns = ", ".join(f"{name} = ?" for name in facts)
        self._database.told(f"UPDATE stories SET {columns} WHERE id = ?", (*facts.values(), key))
        beside.keep(self._database, key, story)

    def _note_ingredients(self, key: int, ingredients: Sequence[Ingredient]) -> None:
        self._database.told("DELETE FROM ingredients WHERE story = ?", (key,))
        rows = ((key, n, self.name(i.path), i.role, i.digest, *i.state, i.noted) for n, i in enumerate(ingredients))
        for row in rows:
            self._database.told("INSERT INTO ingredients VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _told_before(self, key: int) -> list[str]:
        """The digests of the files that told a story when it was last made."""
        return _told_by(self._ingredients(key))

    def _ingredients(self, key: int) -> tuple[Ingredient, ...]:
        columns = "path, role, digest, size, modified, inode, noted"
        rows = self._database.asked(f"SELECT {columns} FROM ingredients WHERE story = ? ORDER BY position", (key,))
        return tuple(
            Ingredient(Path(os.path.normpath(f"{self._home}/{r[0]}")), r[1], r[2], (r[3], r[4], r[5]), r[6])
            for r in rows
        )

    def _note_book(self, key: int, book: Record, story: Story, moment: int) -> None:
        connection = self._database.to_write()
        self._put_book(connection, key, book)
        row = (self.name_of_book(book.path), book.book, key, book.format, story.chapters, story.words, moment)
        do(connection, "INSERT OR IGNORE INTO history VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def _put_book(self, connection: sqlite3.Connection, key: int, book: Record) -> None:
        row = (
            self.name_of_book(book.path), key, book.format, book.made_from, book.book, book.title,
            as_json(dict(book.assets)), book.volumes, *book.state, book.noted,
        )  # fmt: skip
        do(connection, "INSERT OR REPLACE INTO books VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _stories(self, where: str, values: Sequence[object]) -> Iterator[Story]:
        for key, source, *row in self._database.asked(
            f"SELECT id, source, {', '.join(FACTS)} FROM stories {where}", values
        ):
            facts: dict[str, Any] = dict(zip(FACTS, row, strict=True))
            facts["authors"] = tuple(json.loads(facts["authors"]))
            facts["findings"] = tuple(tuple(finding) for finding in json.loads(facts["findings"]))
            books = tuple(self._records("story = ?", (key,)))
            yield Story(source, ingredients=self._ingredients(key), books=books, **facts)

    def _records(self, where: str, values: Sequence[object]) -> Iterator[Record]:
        asked = f"SELECT {OF_BOOKS} FROM books JOIN stories ON story = id WHERE {where} ORDER BY books.path"
        for row in self._database.asked(asked, values).fetchall():
            path, made_from, book, title, assets, source, identifier, opening, volumes, form, *state, noted = row
            many = volumes if 0 < volumes <= MOST_VOLUMES else 0
            yield Record(
                self.folder / path, made_from, book, title, json.loads(assets), source, identifier,
                opening, many, form, (state[0], state[1], state[2]), noted,
            )  # fmt: skip


def _told_by(ingredients: Iterable[Ingredient]) -> list[str]:
    """The digests of the files of a story among all that it was made from."""
    return [i.digest for i in ingredients if i.role == "story"]


def _key_of_story(connection: sqlite3.Connection, source: str) -> int:
    do(connection, "INSERT OR IGNORE INTO stories (source) VALUES (?)", (source,))
    return int(do(connection, "SELECT id FROM stories WHERE source = ?", (source,)).fetchone()[0])
