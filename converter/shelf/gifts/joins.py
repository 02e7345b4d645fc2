"""Gifts that become one book: the files of one are put behind the other's, or into their place.

What is under way is written down before anything is touched, beside the books. It is brought to an end once the book
is made of all its files, and undone where it is not, also by the next run of the shelf: the files that are put in are
copies until then, and what goes out lies where it can be put back.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from itertools import count
from pathlib import Path
from threading import RLock
from typing import Any

from converter.build.folders import SIDECAR
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import digest
from converter.document.errors import OutputError
from converter.document.findings.works import WorkPartRefused
from converter.document.record import dataclass
from converter.limits.files import lies, read_regular
from converter.shelf.gifts.dropped import DROPPED, PIECE, REPLACED, NoStory, new_folder
from converter.shelf.gifts.given_again import BESIDE
from converter.shelf.gifts.removed import REMOVED, STORY, sweep, take_off, tell

JOINING = "joining"  # below the folder of the books: what is under way, a file for each
PARTABLE = "joined"  # beside it: what was brought to its end, a file for each, so that it can be parted again
LONGEST = 8 * 1024 * 1024  # bytes of such a file
LARGEST = 256 * 1024 * 1024  # bytes of a story's file
MOST_NAMES = 10_000  # tried for a file
under_way_lock = RLock()  # one after the other: each looks first at what is under way


@dataclass(frozen=True, slots=True)
class Join:
    """Two gifts that become one book: that of `gift`, whose story is called `source` now and `becomes` another, of
    `files` in its folder; the book of the story that is called `goes` is none any more. `added` are the copies that
    come into the folder. `away` go out of it, to `kept`, a folder of what was taken off (`title`, `by`, `formats`,
    `digests`).
    `before` are the sidecars as they were ("" for none), `after` as they become. `made` are the digests of all books
    that there were of the story."""

    gift: str
    source: str
    becomes: str
    goes: str
    files: tuple[str, ...]
    added: tuple[tuple[str, str], ...]
    away: tuple[str, ...]
    kept: str
    title: str
    by: str
    formats: tuple[str, ...]
    digests: tuple[str, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]
    made: tuple[str, ...] = ()


def begin(folder: Path, join: Join) -> Join:
    """Writes down what is to become, and puts files and sidecars so that it can be made: the join as it is then. Raises
    OSError, OutputError, NoStory, and then all is as it was."""
    if join.away:
        join = _with_place(folder, join)
    _note(folder, join)
    home = folder / DROPPED / join.gift
    try:
        for name in join.away:
            (_kept(folder, join) / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).rename(_kept(folder, join) / name)
        if join.away:
            _copy_beside(home, _kept(folder, join))
        for whence, name in join.added:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            with (folder / whence).open("rb") as data, (home / name).open("xb") as out:
                shutil.copyfileobj(data, out)
            shutil.copystat(folder / whence, home / name)
        for name, text in join.after.items():
            _write(home / name, text)
        _rename(folder, join.source, join.becomes)
    except (OSError, OutputError):
        undo(folder, join)
        raise
    return join


def _copy_beside(home: Path, kept: Path) -> None:
    """Copies what lies beside a story to where its files go: its pictures."""
    for path in [path for path in home.rglob("*") if path.is_file() and path.suffix.lower() not in BESIDE]:
        place = kept / path.relative_to(home)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)


def _with_place(folder: Path, join: Join) -> Join:
    """The join with a folder for what goes out, in which its sidecar and the pictures of its pages lie, too."""
    return replace(join, kept=new_folder(folder / REMOVED, join.gift).name)


def _kept(folder: Path, join: Join) -> Path:
    return folder / REMOVED / join.kept / STORY


def _note(folder: Path, join: Join) -> None:
    parent = folder / JOINING
    parent.mkdir(exist_ok=True)
    with _place(folder, join).open("x", encoding="utf-8") as out:
        json.dump(asdict(join), out, ensure_ascii=False)


def _place(folder: Path, join: Join) -> Path:
    return folder / JOINING / f"{_stem(join.gift)}.json"


def _stem(gift: str) -> str:
    return digest(gift.encode())[:32]


def _write(path: Path, text: str) -> None:
    """Puts a sidecar to its place; "" takes it away."""
    if not text:
        path.unlink(missing_ok=True)
        return
    new = path.with_name(f"{path.name}.part")
    new.write_text(text, "utf-8", newline="")
    new.replace(path)


def _rename(folder: Path, source: str, to: str) -> None:
    """Tells the catalogue that a story has another source. Raises OutputError."""
    if source == to:
        return
    with Catalogue(folder) as catalogue, catalogue.writing():
        if catalogue.knows(source):
            catalogue.move(source, to)


def undo(folder: Path, join: Join) -> None:
    """Puts all back as it was. Raises OSError, OutputError; it may be done again then."""
    home = folder / DROPPED / join.gift
    for whence, name in join.added:
        if is_copy(home / name, folder / whence):
            (home / name).unlink()
        if (home / name).parent != home:
            with suppress(OSError):
                (home / name).parent.rmdir()
    for name in join.away:
        if lies(_kept(folder, join) / name) and not lies(home / name):
            (_kept(folder, join) / name).rename(home / name)
    for name, text in join.before.items():
        (home / f"{name}.part").unlink(missing_ok=True)
        _write(home / name, text)
    _rename(folder, join.becomes, join.source)
    if join.made:
        with Catalogue(folder) as catalogue, catalogue.writing():
            catalogue.unmake(join.source, [home / name for _, name in join.added], join.made)
    if join.kept and any(lies(_kept(folder, join) / name) for name in join.away):
        _tell_kept(folder, join)  # something else has its place by now
    elif join.kept:  # copies of what lies beside the story are left there
        shutil.rmtree(folder / REMOVED / join.kept, ignore_errors=True)
    _place(folder, join).unlink(missing_ok=True)
    sweep(folder / JOINING)


def is_copy(path: Path, of: Path) -> bool:
    """Whether a file is a copy of another, or the beginning of one: nothing else may be taken away."""
    try:
        with path.open("rb") as one, of.open("rb") as other:
            while piece := one.read(PIECE):
                if other.read(len(piece)) != piece:
                    return False
    except OSError:
        return False
    return True


def finish(folder: Path, join: Join) -> None:
    """Takes the book that goes off the shelf, now that the other one has its story; both files are kept. Raises
    OSError, OutputError, NoStory; it may be done again then."""
    with Catalogue(folder) as catalogue:
        goes = catalogue.story(join.goes)
    if goes and join.goes != join.becomes:
        take_off(folder, goes, goes.title, ", ".join(goes.authors), REPLACED)
        with Catalogue(folder) as catalogue, catalogue.writing():
            catalogue.forget(join.goes)
    if join.kept:
        _tell_kept(folder, join)
    _keep(folder, join)
    sweep(folder / JOINING)


def _keep(folder: Path, join: Join) -> None:
    """Has a join remembered that is brought to its end, behind the earlier ones of its gift."""
    place, parent = _place(folder, join), folder / PARTABLE
    parent.mkdir(exist_ok=True)
    number = next(n for n in count(1) if not lies(parent / f"{place.stem}-{n:04}.json"))
    place.replace(parent / f"{place.stem}-{number:04}.json")


def last_of(folder: Path, gift: str) -> tuple[Join, Path] | None:
    """The last of the joins of a gift that were brought to their end, and where it is written down; None for none."""
    for path in sorted((folder / PARTABLE).glob(f"{_stem(gift)}-*.json"), reverse=True):
        with suppress(OSError, ValueError, KeyError, TypeError):
            return join_of(json.loads(read_regular(path, LONGEST))), path
    return None


def finished(folder: Path) -> Iterator[Join]:
    """The joins that were brought to their end, and not parted since."""
    for path in sorted((folder / PARTABLE).glob("*.json")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            yield join_of(json.loads(read_regular(path, LONGEST)))


def _tell_kept(folder: Path, join: Join) -> None:
    """Has what went out listed among what was taken off, as a gift of its own, with what was answered for it."""
    way = join.away[0] if len(join.away) == 1 else ""
    if base := next((text for text in join.before.values() if text), ""):
        own = Path(way).with_suffix(".toml").name if way else SIDECAR
        (_kept(folder, join) / own).write_text(base, "utf-8", newline="")
    tell(
        folder / REMOVED / join.kept,
        {
            "title": join.title, "by": join.by, "gift": _free_gift(folder, join.gift), "story": way,
            "formats": join.formats, "digests": join.digests,
        },
    )  # fmt: skip


def _free_gift(folder: Path, gift: str) -> str:
    """The name of a gift that is not there: an earlier version that is put back is a book of its own."""
    names = (f"{gift} (earlier{f' {number}' if number > 1 else ''})" for number in range(1, MOST_NAMES))
    return next((name for name in names if not lies(folder / DROPPED / name)), gift)


def is_made(folder: Path, join: Join) -> bool:
    """Whether the book was made of all these files as they are now. Raises OutputError."""
    home = folder / DROPPED / join.gift
    with Catalogue(folder) as catalogue:
        story = catalogue.story(join.becomes)
    if not story or not any(lies(book.path) and book not in story.stale for book in story.books):
        return False
    added = [f"/{name}:" for _, name in join.added]
    refused = (place for _, code, _, place in story.findings if code == WorkPartRefused.code)
    if any(name in f"/{place}:" for place in refused for name in added):
        return False
    made_of = {(str(i.path), i.digest) for i in story.ingredients if i.role == "story"}
    try:
        files = {(os.path.realpath(home / name), digest(read_regular(home / name, LARGEST))) for name in join.files}
    except OSError:
        return False
    return files <= made_of


def joins(folder: Path) -> Iterator[Join]:
    """What is under way. What was not even written down wholly was not begun, and is taken away."""
    for path in sorted((folder / JOINING).glob("*.json")):
        try:
            yield join_of(json.loads(read_regular(path, LONGEST)))
        except ValueError:
            path.unlink(missing_ok=True)
        except (OSError, KeyError, TypeError):
            continue


def join_of(said: Mapping[str, Any]) -> Join:
    """The join that was written down so. Raises KeyError, TypeError, ValueError."""
    lists = {key: tuple(said[key]) for key in ("files", "away", "formats", "digests")}
    lists["made"] = tuple(said.get("made", ()))  # what an earlier version wrote down has none
    added = tuple((str(whence), str(name)) for whence, name in said["added"])
    return Join(**{**said, **lists, "added": added})


def settle(
    folder: Path, again: Callable[[Join], object], joined: Callable[[Join], object], key: str, said: str = ""
) -> str:
    """Brings what is under way for the gift of this key to its end, of which `joined` is told, or undoes it, and has
    the book made `again`: what is to be told, where `said` was wrong with the making."""
    with under_way_lock:
        join = next((join for join in joins(folder) if f"{DROPPED}/{join.gift}" == key), None)
        if not join:
            return said
        try:
            if is_made(folder, join):
                joined(join)
                finish(folder, join)
                return said
            undo(folder, join)
            again(join)
        except (OSError, OutputError, NoStory) as error:
            return f"it could not be joined ({error}); the next start of the shelf tries it again"
        return f"{said or 'the files were not understood as one book'}; it was not joined, both books are as they were"
