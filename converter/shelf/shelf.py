"""The shelf itself: what all its rooms have at hand."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import field
from functools import partial
from pathlib import Path
from threading import Event

from converter.document.record import dataclass
from converter.shelf.access import Access
from converter.shelf.arrivals import refresh
from converter.shelf.books import Books
from converter.shelf.gifts.dropped import DROPPED, is_alone
from converter.shelf.gifts.joined_places import carry_over
from converter.shelf.gifts.joins import Join, settle
from converter.shelf.gifts.unfinished import let_go
from converter.shelf.store import Store
from converter.shelf.sync.in_hand import Fetched
from converter.shelf.works import keep, kept
from converter.shelf.workshop import Busy, Workshop, arguments_of


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of the books, the database of the shelf, its books, who may use it, where more books are made; `title`
    is what it is called; `readers` are those who have places of their own; `fetched` is
    which files readers took last; `ending` is set when the program was asked to end."""

    folder: Path
    store: Store
    books: Books
    access: Access
    workshop: Workshop
    title: str = "Chapbook"
    readers: tuple[str, ...] = ()
    fetched: Fetched = field(default_factory=Fetched)
    ending: Event = field(default_factory=Event)


def shelf_of(folder: Path, *, password_needed: bool = False, readers: tuple[str, ...] = ()) -> Shelf:
    """The shelf of the books in this folder. Raises OutputError."""
    store = Store(folder)
    workshop = Workshop(
        folder, lambda: refresh(store), refused=lambda work: let_go(store, work),
        kept=lambda work: keep(store, work), works=kept(store),
    )  # fmt: skip
    workshop.settled = partial(settle, folder, partial(made_again, store, workshop), partial(carry_over, store))
    return Shelf(folder, store, Books(store), Access(store, needed=password_needed), workshop, readers=readers)


def made_again(store: Store, workshop: Workshop, join: Join) -> None:
    """Has a book made as it was before it was to be joined: what was begun may have written over it. Raises
    OutputError."""
    row = store.one("SELECT id FROM books WHERE source IN (?, ?)", (join.source, join.becomes))
    home = store.folder / DROPPED / join.gift
    own = store.folder / join.source
    if row:
        path = own if own.is_file() and is_alone(own, home) else home
        with suppress(Busy):
            workshop.begin(f"book/{row[0]}/again", join.title, arguments_of(path, join.formats, ["--force"]))
