"""What becomes of a book's number, and of the places in it, once it is joined to another book."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from converter.shelf.gifts.joins import Join
from converter.shelf.store import JOINED, Store
from converter.shelf.sync import places, progress

BEFORE = "before-joining/"  # behind it the same number, its value how far the other book was read by then
APART = "apart/"  # behind it the number of a book that was parted again, its value that of the other


def joined_to(store: Store, number: int) -> int:
    """The number of the book to which this one was joined; 0 for none."""
    said = store.setting(f"{JOINED}{number}")
    return int(said) if said.isdecimal() else 0


def were_parted(store: Store, number: int, other: int) -> bool:
    """Whether a book was joined to another, and somebody parted them again."""
    return store.setting(f"{APART}{number}") == str(other)


def note_before(store: Store, goes: int, stays: int) -> None:
    """Notes how far the readers of a book are, to which another is to be joined. Raises OutputError."""
    rows = store.asked("SELECT reader, fraction, fresh FROM progress WHERE book = ?", (stays,))
    last = store.asked("SELECT COALESCE(MAX(id), 0) FROM places")[0][0]
    store.keep_setting(f"{BEFORE}{goes}", json.dumps({"last": last, "progress": rows, "carried": []}))


def carry_over(store: Store, join: Join) -> None:
    """Notes to which book another was joined, and takes along where its readers are: who was in that book later stays
    where they are in it. To be called while the shelf still has both. Raises OutputError."""
    goes = store.one("SELECT id FROM books WHERE source = ?", (join.goes,))
    stays = store.one(
        "SELECT id FROM books WHERE source IN (?, ?) AND source <> ?", (join.source, join.becomes, join.goes)
    )
    if not goes or not stays:
        return
    old, new = int(goes[0]), int(stays[0])
    store.keep_setting(f"{JOINED}{old}", str(new))
    latest = "SELECT COALESCE(MAX(id), 0) FROM places WHERE book = ? AND reader = ?"
    for (reader,) in store.asked("SELECT DISTINCT reader FROM places WHERE book = ?", (old,)):
        mine, there = (store.asked(latest, (number, reader))[0][0] for number in (old, new))
        last = places.latest(store, old, most=1, reader=reader)[0]
        if mine > there and last.kind != places.HAND:
            with store.writing():
                progress.note(store, replace(last, book=new))
                _note_carried(store, old, store.asked(latest, (new, reader))[0][0])


def _note_carried(store: Store, goes: int, place: int) -> None:
    said = json.loads(store.setting(f"{BEFORE}{goes}") or "{}")
    if said:
        said["carried"].append(place)
        store.keep_setting(f"{BEFORE}{goes}", json.dumps(said))


def give_back(store: Store, goes: int, join: Join) -> None:
    """Gives two books that are parted again their numbers, and their readers the places that they had in them; what was
    read since stays with the book that stayed. It may be done again. Raises OutputError."""
    with store.writing() as connection:
        row = store.one("SELECT id FROM books WHERE source IN (?, ?)", (join.becomes, join.source))
        if not row:
            return
        stays = int(row[0])
        connection.execute("DELETE FROM gone WHERE source IN (?, ?) AND book = ?", (join.becomes, join.source, stays))
        connection.execute("UPDATE books SET source = ? WHERE id = ?", (join.source, stays))
        said = json.loads(store.setting(f"{BEFORE}{goes}") or "{}")
        if said:
            _as_before(store, stays, said)
        connection.execute("DELETE FROM settings WHERE key IN (?, ?)", (f"{JOINED}{goes}", f"{BEFORE}{goes}"))
        store.keep_setting(f"{APART}{goes}", str(stays))


def _as_before(store: Store, stays: int, said: Mapping[str, Any]) -> None:
    """Takes away the places that were carried over to a book, and has those who did not read on be as far as they
    were."""
    with store.writing() as connection:
        connection.executemany("DELETE FROM places WHERE id = ? AND book = ?", [(n, stays) for n in said["carried"]])
        before = {reader: (fraction, fresh) for reader, fraction, fresh in said["progress"]}
        asked = "SELECT reader FROM progress WHERE book = ?"
        for reader in {*before, *(name for (name,) in store.asked(asked, (stays,)))}:
            newest = "SELECT 1 FROM places WHERE book = ? AND reader = ? AND id > ?"
            if store.one(newest, (stays, reader, said["last"])):
                continue
            connection.execute("DELETE FROM progress WHERE book = ? AND reader = ?", (stays, reader))
            if reader in before:
                connection.execute("INSERT INTO progress VALUES (?, ?, ?, ?)", (stays, *before[reader], reader))
