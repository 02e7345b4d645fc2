"""The book whose number an address has; what is said where there is none."""

from __future__ import annotations

from typing import NoReturn

from starlette.exceptions import HTTPException

from converter.shelf.books import MOST_NUMBER, Book
from converter.shelf.gifts.joined_places import joined_to
from converter.shelf.shelf import Shelf
from converter.shelf.store import Store

GONE = "This book is not on the shelf any more."
NEVER = "There is no such book."


def asked_book(shelf: Shelf, number: object) -> Book:
    """The book of this number, as an address or a form has it. Raises HTTPException."""
    said = str(number)
    plain = said.isascii() and said.isdecimal() and len(said) < len(str(MOST_NUMBER))
    book = shelf.books.get(int(said)) if plain else None
    return book or refuse(shelf.store, int(said) if plain else 0)


def refuse(store: Store, number: int) -> NoReturn:
    """Says that a book is not here any more, or never was. Raises HTTPException."""
    was = store.one("SELECT 1 FROM gone WHERE book = ?", (number,))
    raise HTTPException(404, GONE if was else NEVER)


def successor(shelf: Shelf, number: int) -> Book | None:
    """The book to which one that is not here any more was joined."""
    seen = {number}
    while (number := joined_to(shelf.store, number)) and number not in seen:
        if book := shelf.books.get(number):
            return book
        seen.add(number)
    return None
