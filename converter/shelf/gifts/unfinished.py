"""What was given to the shelf and became no book: what was refused is not kept, the rest is taken up again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from converter.catalogue.catalogue import Catalogue
from converter.shelf.gifts.dropped import DROPPED
from converter.shelf.gifts.given_again import BESIDE
from converter.shelf.gifts.joined_places import APART
from converter.shelf.gifts.joins import joins
from converter.shelf.store import Store
from converter.shelf.workshop import MOST_WAITING, Work


def let_go(store: Store, work: Work) -> None:
    """Takes away what was given where no book can be made of it, and none was: its giver has it still; and books of it
    that could not be noted: they would lie there on no shelf. Raises OutputError."""
    start, _, gift = work.key.partition("/")
    home = store.folder / DROPPED / gift
    if start != DROPPED or not gift or "/" in gift or gift in (".", "..") or home.is_symlink():
        return
    is_wanted = _has_books(store, gift) or _was_parted(store, gift)
    if not is_wanted and all(join.gift != gift for join in joins(store.folder)):
        shutil.rmtree(home, ignore_errors=True)
        with Catalogue(store.folder) as catalogue:
            made = [Path(str(path)) for row in work.stories for path in row.get("books", ())]
            for path in made:
                if path.is_relative_to(store.folder.absolute()) and catalogue.record(path) is None:
                    with suppress(OSError):
                        path.unlink()


def homes_of_gifts(folder: Path) -> list[Path]:
    """The folders of all gifts below the folder of the books."""
    try:
        return sorted(path for path in (folder / DROPPED).iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return []


def unfinished(store: Store, homes: Iterable[Path]) -> list[tuple[str, Path]]:
    """The gifts in these folders of which there is no book on a shelf that is abreast of its catalogue: their keys, and
    the paths of their stories. Raises OutputError."""
    found: list[tuple[str, Path]] = []
    for home in homes:
        if len(found) < MOST_WAITING and not _has_books(store, home.name):
            files = [path for path in home.rglob("*") if path.is_file() and path.suffix.lower() not in BESIDE]
            if files:
                found.append((f"{DROPPED}/{home.name}", files[0] if len(files) == 1 else home))
    return found


def _has_books(store: Store, gift: str) -> bool:
    start = f"{DROPPED}/{gift}/"
    asked = "SELECT 1 FROM books WHERE source = ? OR substr(source, 1, ?) = ? LIMIT 1"
    return store.one(asked, (start.rstrip("/"), len(start), start)) is not None


def _was_parted(store: Store, gift: str) -> bool:
    """Whether a gift was joined to another and parted from it again: its giver may have nothing but this."""
    start = f"{DROPPED}/{gift}/"
    asked = (
        "SELECT 1 FROM gone JOIN settings ON settings.key = ? || gone.book "
        "WHERE source = ? OR substr(source, 1, ?) = ? LIMIT 1"
    )
    return store.one(asked, (APART, start.rstrip("/"), len(start), start)) is not None
