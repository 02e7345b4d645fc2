"""Books that were taken off the shelf: their stories and files lie in a folder of their own, and can be put back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from converter.catalogue.catalogue import INSIDE, Catalogue
from converter.catalogue.records import RECONCILED, Story
from converter.document.errors import OutputError
from converter.document.record import dataclass
from converter.limits.files import lies, read_regular
from converter.shelf.gifts.dropped import DROPPED, new_folder, safe_name
from converter.shelf.gifts.given_again import is_told_in
from converter.shelf.store import Store

REMOVED = "removed"  # below the folder of the books
TOLD = "removed.json"  # in the folder of each: what it was
STORY, BOOKS = "story", "books"  # beside it: what was given, and what was made of it
LONGEST = 256 * 1024  # bytes of what is told
Move = tuple[Path, Path]


@dataclass(frozen=True, slots=True)
class Removed:
    """A book that was taken off: the name of its folder, its title and authors, the gift that it came in (its folder
    below `dropped`), where its story lay in that, the formats of its files, and the digests of its story's."""

    name: str
    title: str
    by: str
    gift: str
    story: str
    formats: tuple[str, ...]
    digests: tuple[str, ...] = ()


def gift_of(source: str) -> str:
    """The folder below `dropped` of the gift with this story; "" for a story that was not given to the shelf."""
    if INSIDE in source or source.endswith(RECONCILED):
        return ""
    parts = source.split("/")
    return parts[1] if parts[0] == DROPPED and len(parts) > 1 and not {"", ".", ".."} & set(parts) else ""


def take_off(folder: Path, story: Story, title: str, by: str, below: str = REMOVED) -> None:
    """Moves a story that was given to the shelf, with its books, out of the way, into a folder `below` that of the
    books: all of it, or nothing. Of a gift with other stories only what belongs to this one. Raises OSError,
    OutputError, NoStory."""
    gift = gift_of(story.source)
    home = folder / DROPPED / gift
    books = [book for book in story.books if lies(book.path) and _is_below(book.path, folder)]
    formats = list(dict.fromkeys(book.format for book in books))
    place = new_folder(folder / below, safe_name(gift) or "story")
    moves = [(path, place / STORY / path.relative_to(home)) for path in files_of(folder, story, home)]
    moves += [(book.path, place / BOOKS / book.path.relative_to(folder)) for book in books]
    way = story.source.removeprefix(f"{DROPPED}/{gift}").strip("/")
    digests = [i.digest for i in story.ingredients if i.role == "story"]
    said = {"title": title, "by": by, "gift": gift, "story": way, "formats": formats, "digests": digests}
    try:
        tell(place, said)
        _move(moves)
    except OSError:
        with suppress(OSError):
            (place / TOLD).unlink(missing_ok=True)
        sweep(place)
        raise
    sweep(home)


def tell(place: Path, said: Mapping[str, object]) -> None:
    """Writes down what lies in a folder of what was taken off. Raises OSError."""
    (place / TOLD).write_text(json.dumps(said, ensure_ascii=False), "utf-8")


def _is_below(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder) and ".." not in path.relative_to(folder).parts


def files_of(folder: Path, story: Story, home: Path) -> list[Path]:
    """The files of a gift that go with a story: all, where there is no other one in it."""
    inside = [path for path in home.rglob("*") if path.is_file() or path.is_symlink()]
    with Catalogue(folder) as catalogue:
        others = [s for s in catalogue.stories() if s.source != story.source and gift_of(s.source) == home.name]
    others = [other for other in others if any(lies(i.path) for i in other.ingredients if i.role == "story")]
    if not others:
        return inside
    kept = {os.path.realpath(i.path) for other in others for i in other.ingredients}
    own = {os.path.realpath(i.path) for i in story.ingredients} - kept
    return [path for path in inside if os.path.realpath(path) in own]


def removed(folder: Path) -> list[Removed]:
    """What was taken off, by title."""
    try:
        names = sorted(os.listdir(folder / REMOVED))  # noqa: PTH208
    except OSError:
        return []
    found = [one for name in names if (one := told(folder / REMOVED / name))]
    return sorted(found, key=lambda one: (one.title.casefold(), one.name))


def told(place: Path) -> Removed | None:
    """What is told of a folder of what was taken off; None where nothing is that can be believed."""
    try:
        said = json.loads(read_regular(place / TOLD, LONGEST))
        title, by, gift, story = (str(said[key]) for key in ("title", "by", "gift", "story"))
        formats, digests = (tuple(map(str, said.get(key, ()))) for key in ("formats", "digests"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    safe = bool(gift) and not {"..", "."} & {gift, *PurePosixPath(story).parts} and not story.startswith("/")
    return Removed(place.name, title, by, gift, story, formats, digests) if safe and "/" not in gift else None


def back_on_shelf(store: Store, one: Removed) -> int:
    """The number of the book on the shelf whose story is that of a book that was taken off, or tells more: it was given
    again. 0 for none."""
    source = f"{DROPPED}/{one.gift}/{one.story}".rstrip("/")
    sources: Sequence[str] = ()
    try:
        if len(one.digests) == 1:
            with Catalogue(store.folder) as catalogue:
                sources = catalogue.made_of_bytes(one.digests[0])
        number = _number_of(store, [source])
        if number and is_told_in(store.folder / REMOVED / one.name / STORY, store.folder / DROPPED / one.gift):
            return number
    except (OSError, OutputError):
        return 0
    return _number_of(store, sources)


def _number_of(store: Store, sources: Sequence[str]) -> int:
    """The number of the book with one of these sources."""
    asked = "SELECT id FROM books WHERE source = ?"
    return next((int(row[0]) for source in sources for row in store.asked(asked, (source,))), 0)


def put_back(folder: Path, one: Removed) -> Path:
    """Moves a book back to where it was: the path of its story. Where another has its place by now, the story lies in a
    folder beside it, and a file stays where it is. Raises OSError, NoStory."""
    place = folder / REMOVED / one.name
    home, story, books = folder / DROPPED / one.gift, place / STORY, place / BOOKS
    back = [(path, home / path.relative_to(story)) for path in story.rglob("*") if path.is_file() or path.is_symlink()]
    if any(lies(to) for _, to in back):
        home = new_folder(folder / DROPPED, one.gift)
        back = [(path, home / path.relative_to(story)) for path, _ in back]
    made = [(path, folder / path.relative_to(books)) for path in books.rglob("*") if path.is_file()]
    _move([*back, *((path, to) for path, to in made if not lies(to))])
    with suppress(OSError):
        (place / TOLD).unlink()
    sweep(place)
    return home / one.story


def _move(moves: Sequence[Move]) -> None:
    """Moves files, all or none. Raises OSError."""
    done: list[Move] = []
    try:
        for path, to in moves:
            to.parent.mkdir(parents=True, exist_ok=True)
            path.rename(to)
            done.append((path, to))
    except OSError:
        for path, to in reversed(done):
            with suppress(OSError):
                to.rename(path)
        raise


def sweep(place: Path) -> None:
    """Takes away a folder and those in it, as far as nothing lies in them."""
    inner: Iterable[Path] = (path for path in place.rglob("*") if path.is_dir() and not path.is_symlink())
    for path in [*sorted(inner, reverse=True), place]:
        with suppress(OSError):
            path.rmdir()
