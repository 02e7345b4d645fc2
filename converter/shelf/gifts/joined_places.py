"""What becomes of a book's number, and of the places in it, once it is joined to another book."""

from __future__ import annotations

from dataclasses import replace

from converter.shelf.gifts.joins import Join
from converter.shelf.store import JOINED, Store
from converter.shelf.sync import places, progress


def joined_to(store: Store, number: int) -> int:
    """The number of the book to which this one was joined; 0 for none."""
    said = store.setting(f"{JOINED}{number}")
    return int(said) if said.isdecimal() else 0


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
            progress.note(store, replace(last, book=new))
