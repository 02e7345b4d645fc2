"""How far each book was read, as the shelf shows it to each reader: by the last place that any device of theirs told,
brought to the book's file of now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from converter.document.record import dataclass
from converter.shelf.store import Store
from converter.shelf.sync import places
from converter.shelf.sync.places import Place

DONE = 0.999  # of a book: whoever is there has read it


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a book is behind its reader, from 0 to 1, and how many chapters came since it was last read in."""

    fraction: float
    fresh: int = 0

    @property
    def is_done(self) -> bool:
        """Whether it was read to its end."""
        return self.fraction >= DONE

    @property
    def percent(self) -> int:
        """How much was read, in whole hundredths; all of them only of what is done."""
        return 100 if self.is_done else min(99, round(self.fraction * 100))


def note(store: Store, place: Place) -> int:
    """Puts a place at the end of the history: when, in seconds since 1970."""
    when = places.note(store, place)
    if place.book is not None:
        fraction = _told_now(store, place.book, place.reader)
        with store.writing() as connection:
            connection.execute("DELETE FROM progress WHERE book = ? AND reader = ?", (place.book, place.reader))
            if fraction is not None:
                connection.execute("INSERT INTO progress VALUES (?, ?, 0, ?)", (place.book, fraction, place.reader))
    return when


def follow(store: Store, book: int, before: int, now: int) -> None:
    """A book of `before` chapters has another file with `now` chapters. One that was read to its end and grew has
    something unread again."""
    came = max(0, now - before)
    for (reader,) in store.asked("SELECT reader FROM progress WHERE book = ?", (book,)):
        known = of(store, [book], reader)[book]
        fraction = places.for_browser(store, book, reader)[1]
        if known.is_done:
            fraction = (fraction if fraction < DONE else before / now) if came else known.fraction
        with store.writing() as connection:
            asked = "UPDATE progress SET fraction = ?, fresh = fresh + ? WHERE book = ? AND reader = ?"
            connection.execute(asked, (fraction, came, book, reader))


def of(store: Store, numbers: Sequence[int], reader: str = "") -> Mapping[int, Progress]:
    """How far those of these books were read that this reader began."""
    marks = ", ".join("?" * len(numbers))
    asked = f"SELECT book, fraction, fresh FROM progress WHERE book IN ({marks}) AND reader = ?"
    rows = store.asked(asked, (*numbers, reader))
    return {int(book): Progress(float(fraction), int(fresh)) for book, fraction, fresh in rows}


def _told_now(store: Store, book: int, reader: str) -> float | None:
    """How much is before the last place in a book; None where it was marked as unread."""
    last = places.latest(store, book, most=1, reader=reader)[0]
    if last.kind == places.HAND or last.fraction >= DONE:
        return last.fraction or None
    here = places.current(store, book)
    return last.fraction if here and last.digest == here[0] else places.for_browser(store, book, reader)[1]
