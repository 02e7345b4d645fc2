"""What the workshop was asked to make, kept beside the books: what went wrong is told after a new start, and what was
not finished is begun again."""

from __future__ import annotations

import json
from pathlib import Path

from converter.shelf.gifts.dropped import DROPPED
from converter.shelf.store import Store
from converter.shelf.workshop import Work

MOST_KEPT = 100  # that are over
TOLD = ("story", "state", "books", "kept", "doubts", "news", "problem")  # of a story's row, what pages show of it


def keep(store: Store, work: Work) -> None:
    """Notes a work as it is now. Raises OutputError."""
    arguments = list(work.arguments)
    if arguments and (path := Path(arguments[-1])).is_relative_to(home := store.folder.absolute()):
        arguments[-1] = path.relative_to(home).as_posix()  # the folder of the books may be elsewhere then
    stories = [{key: row[key] for key in TOLD if key in row} for row in work.stories]
    state = work.state if work.is_over else "waiting"
    said = (work.id, work.key, work.name, json.dumps(arguments), state, work.said, json.dumps(stories), work.same_as)
    with store.writing() as connection:
        if work.is_over and not work.key.startswith(f"{DROPPED}/"):  # its book's page tells it now
            connection.execute("DELETE FROM works WHERE id = ?", (work.id,))
            return
        connection.execute(
            "DELETE FROM works WHERE key = ? AND state IN ('made', 'wrong') AND id <> ?", (work.key, work.id)
        )
        connection.execute(
            "INSERT INTO works (id, key, name, arguments, state, said, stories, same_as) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
            "SET state = excluded.state, said = excluded.said, stories = excluded.stories",
            said,
        )
        connection.execute(
            "DELETE FROM works WHERE state IN ('made', 'wrong') AND position <= (SELECT position FROM works "
            "WHERE state IN ('made', 'wrong') ORDER BY position DESC LIMIT 1 OFFSET ?)",
            (MOST_KEPT,),
        )


def kept(store: Store) -> list[Work]:
    """The works that were noted, in the order of their coming. Raises OutputError."""
    rows = store.asked("SELECT id, key, name, arguments, state, said, stories, same_as FROM works ORDER BY position")
    home = store.folder.absolute()
    works = []
    for number, key, name, arguments, state, said, stories, same_as in rows:
        told = json.loads(arguments)
        if told:
            told[-1] = str(home / told[-1])
        works.append(Work(number, key, name, tuple(told), state, said, tuple(json.loads(stories)), same_as))
    return works


def forget(store: Store, numbers: tuple[str, ...]) -> None:
    """Takes away the notes of works. Raises OutputError."""
    with store.writing() as connection:
        connection.executemany("DELETE FROM works WHERE id = ?", [(number,) for number in numbers])
