"""The shelf itself: what all its rooms have at hand."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from threading import Event

from converter.document.record import dataclass
from converter.shelf.access import Access
from converter.shelf.arrivals import refresh
from converter.shelf.books import Books
from converter.shelf.store import Store
from converter.shelf.sync.in_hand import Fetched
from converter.shelf.unfinished import let_go
from converter.shelf.works import keep, kept
from converter.shelf.workshop import Workshop


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
    return Shelf(folder, store, Books(store), Access(store, needed=password_needed), workshop, readers=readers)
