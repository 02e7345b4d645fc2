"""The books of an output folder as its catalogue knows them: found, sorted, and taken off where their story is gone."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from converter.build.shelving import take_off
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import RECONCILED, Record, Story
from converter.document.errors import MissingInput, SettingError
from converter.document.record import dataclass

Order = Literal["title", "author", "words", "doubts", "changed"]
ORDERS: dict[Order, Callable[[Story], Any]] = {
    "title": lambda story: _folded(story.title),
    "author": lambda story: (_folded(", ".join(story.authors)), _folded(story.series), _folded(story.title)),
    "words": lambda story: -story.words,
    "doubts": lambda story: -story.doubts,
    "changed": lambda story: -story.changed,
}


@dataclass(frozen=True, slots=True)
class Shelved:
    """A story of the library; `there`: its source still lies where it lay. `stale` are books that are older than it;
    `within` is the source of a longer story that has all its files since, "" for none."""

    story: Story
    there: bool
    stale: tuple[Record, ...] = ()
    within: str = ""

    @property
    def keeps(self) -> bool:
        """Whether all its books are wanted as they are."""
        return self.there and not self.stale and not self.within


def stories_of(folder: Path, words: Sequence[str] = (), order: Order = "title", since: str = "") -> tuple[Shelved, ...]:
    """The stories whose title, authors, series or source have all of these words, in this order.

    `since`: only those whose books became others on this day or later (ISO 8601, local time). Raises MissingInput where
    the folder has no catalogue, SettingError for a date that is none, OutputError.
    """
    moment = _moment(since) if since else 0.0
    with Catalogue(folder) as catalogue:
        if not catalogue.is_kept:
            raise MissingInput(
                "no books were made in this folder", str(folder), "name the folder of your books with -o"
            )
        wanted = [_folded(word) for word in words]
        taken_in = catalogue.taken_in()
        found = [
            Shelved(
                story,
                catalogue.is_there(story.source),
                () if story.source.endswith(RECONCILED) else story.stale,
                taken_in.get(story.source, "") if story.books else "",
            )
            for story in catalogue.stories()
            if story.changed >= moment and all(word in _said_of(story) for word in wanted)
        ]
    return tuple(sorted(found, key=lambda shelved: ORDERS[order](shelved.story)))


def prune(folder: Path, gone: Sequence[Shelved]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Takes off the books of stories that are gone or within longer ones, and forgets them; of others the stale books.
    The books that are gone, and those that are left since they are no longer as we wrote them. Raises OutputError."""
    removed: list[Path] = []
    left: list[Path] = []
    with Catalogue(folder) as catalogue:
        for one in gone:
            stays = one.there and not one.within
            books = one.stale if stays else one.story.books
            taken = take_off(books)
            removed += taken
            left += [book.path for book in books if book.path not in taken and os.path.lexists(book.path)]
            with catalogue.writing():
                if stays:
                    catalogue.forget_books(book.path for book in books)
                else:
                    catalogue.forget(one.story.source)
    return tuple(removed), tuple(left)


def roots_gone(folder: Path, gone: Sequence[Shelved]) -> tuple[Path, ...]:
    """The folders of sources that are not there at all, so that their disk may only be somewhere else today."""
    folders = dict.fromkeys((folder / one.story.source).parent for one in gone if not one.there)
    return tuple(Path(os.path.normpath(path)) for path in folders if not path.exists())


def _moment(day: str) -> float:
    try:
        return datetime.fromisoformat(day).timestamp()
    except ValueError:
        raise SettingError(f"{day!r} is no date", "--since", "write it as 2026-01-31") from None


def _said_of(story: Story) -> str:
    return _folded(" ".join((story.title, *story.authors, story.series, story.source)))


def _folded(text: str) -> str:
    """The text without case and accents, as one searches for it."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))
