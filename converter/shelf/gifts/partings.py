"""Two gifts that became one book, and are two books again: all is put back as it was before.

What is to be parted is written down before anything is touched, beside the books; every step may be done again, so that
the next run of the shelf brings to its end what was begun.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from converter.document.errors import OutputError
from converter.document.record import dataclass
from converter.limits.files import lies, read_regular
from converter.shelf.answering.sidecars import LIMIT
from converter.shelf.books import Book
from converter.shelf.gifts.dropped import DROPPED, REPLACED, NoStory
from converter.shelf.gifts.joined_places import give_back
from converter.shelf.gifts.joins import LONGEST, PARTABLE, Join, is_copy, join_of, last_of, undo
from converter.shelf.gifts.removed import REMOVED, STORY, TOLD, Removed, gift_of, sweep, told
from converter.shelf.store import Store

PARTING = "parting"  # below the folder of the books: what is to be parted, a file for each


@dataclass(frozen=True, slots=True)
class Parting:
    """A join that can be taken back: where it is written down (a name in `joined`), the book that went (what is kept of
    it, and its number)."""

    join: Join
    name: str
    went: Removed
    number: int


def parting_of(store: Store, book: Book) -> Parting | None:
    """How a book can be parted again into the two that it was made of; None where it is not of two, or something is not
    as it was when they were joined. Raises OutputError."""
    found = last_of(store.folder, gift_of(book.source))
    if not found or found[0].becomes != book.source:
        return None
    join, path = found
    number = store.one("SELECT book FROM gone WHERE source = ?", (join.goes,))
    home = store.folder / DROPPED / join.gift
    if not number or not all(lies(home / name) for name in join.files):
        return None
    if not all(lies(store.folder / REMOVED / join.kept / STORY / name) for name in join.away):
        return None
    if any(_said(home / name) != text for name, text in join.after.items()):
        return None
    went = _kept(store.folder, join)
    if not went or any(lies(to) for _, to in _back(store.folder, went)):
        return None  # another was given since that is called so
    return Parting(join, path.name, went, int(number[0]))


def _back(folder: Path, went: Removed) -> list[tuple[Path, Path]]:
    """The files that are kept of a gift, each with the place where it was."""
    kept = folder / REPLACED / went.name / STORY
    paths = sorted(path for path in kept.rglob("*") if path.is_file() or path.is_symlink())
    return [(path, folder / DROPPED / went.gift / path.relative_to(kept)) for path in paths]


def is_as_joined(folder: Path, parting: Parting) -> bool:
    """Whether the files that came into the book are still, to the byte, those that are kept."""
    home = folder / DROPPED / parting.join.gift
    kept = folder / REPLACED / parting.went.name / STORY
    pairs = [(home / name, kept / _way(parting.join, whence)) for whence, name in parting.join.added]
    return all(is_copy(one, other) and is_copy(other, one) for one, other in pairs)


def _way(join: Join, whence: str) -> str:
    """Where a file lay in the folder of the gift that went."""
    return whence.removeprefix(f"{DROPPED}/{gift_of(join.goes)}/")


def _said(path: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return read_regular(path, LIMIT).decode("utf-8")
    return ""


def _kept(folder: Path, join: Join) -> Removed | None:
    """What is kept of the gift that went: whole, and nothing else."""
    gift = gift_of(join.goes)
    way = join.goes.removeprefix(f"{DROPPED}/{gift}").strip("/")
    for place in sorted((folder / REPLACED).glob("*"), reverse=True):
        one = told(place)
        if not one or (one.gift, one.story) != (gift, way):
            continue
        if join.added and all(lies(place / STORY / _way(join, whence)) for whence, _ in join.added):
            return one
    return None


def begin(folder: Path, parting: Parting) -> None:
    """Writes down what is to be parted. Raises OSError."""
    parent = folder / PARTING
    parent.mkdir(exist_ok=True)
    said = {"join": asdict(parting.join), "name": parting.name, "went": asdict(parting.went), "number": parting.number}
    new = parent / f"{parting.name}.part"
    new.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    new.replace(parent / parting.name)


def begun(folder: Path) -> Iterator[Parting]:
    """What is to be parted."""
    for path in sorted((folder / PARTING).glob("*.json")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            said = json.loads(read_regular(path, LONGEST))
            lists = {key: tuple(said["went"][key]) for key in ("formats", "digests")}
            went = Removed(**{**said["went"], **lists})
            yield Parting(join_of(said["join"]), str(said["name"]), went, int(said["number"]))


def finish(store: Store, parting: Parting, make: Callable[[Parting], object]) -> None:
    """Puts all back as it was before two gifts were joined, has both books made by `make`, and forgets the join. Raises
    OSError, OutputError, NoStory; it may be done again then."""
    folder, join = store.folder, parting.join
    kept = folder / REPLACED / parting.went.name
    for path, to in _back(folder, parting.went):
        to.parent.mkdir(parents=True, exist_ok=True)
        if not lies(to):
            path.rename(to)
    give_back(store, parting.number, join)
    undo(folder, join)
    make(parting)
    (folder / PARTABLE / parting.name).unlink(missing_ok=True)
    (kept / TOLD).unlink(missing_ok=True)
    sweep(kept)
    sweep(folder / PARTABLE)
    (folder / PARTING / parting.name).unlink(missing_ok=True)
    sweep(folder / PARTING)


def finish_all(store: Store, make: Callable[[Parting], object]) -> None:
    """Brings to its end what was to be parted when the shelf was ended."""
    for parting in list(begun(store.folder)):
        with suppress(OSError, OutputError, NoStory):  # the next start tries it again
            finish(store, parting, make)
