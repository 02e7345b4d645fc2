"""Stories that somebody gave to the shelf: kept in a folder of its own below the books', one folder for each gift."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO

from converter.document.record import dataclass
from converter.folders.called import shared_name
from converter.folders.kinds import PICTURE, called_no_story
from converter.folders.named_files import FILES
from converter.shelf.answering.sidecars import Unwritable, answer, sidecar_of
from converter.shelf.gifts.given_again import (
    BESIDE,
    earlier_file,
    earlier_folder,
    files_named_in,
    holds,
    longer_file,
    name_kept,
    richer_file,
)

DROPPED = "dropped"  # below the folder of the books
LONGEST_NAME = 80  # characters of a file or a folder
REPLACED = "replaced"  # below the folder of the books: what a later gift took the place of
DEEPEST = 8  # folders within one another
MOST_FOLDERS = 10_000  # tried for a gift of one name
PIECE = 1024 * 1024  # bytes that are copied at once
APART = (".epub", ".zip")  # what is a book by itself, which a folder's run leaves alone
NAMED_TEXT = "If it holds one all the same, call it NAME.txt, and give it again."
_REMEDIES = {PICTURE: "A cover is given together with its story, or on its book's page."}
_BAD = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")  # what Windows takes for devices


class NoStory(Exception):
    """What was given can't be kept; the text says why."""


@dataclass(frozen=True, slots=True)
class Given:
    """One file of a gift: what its giver calls it, with the folders above it, and its bytes; or why there are none.
    `left` are the names of files that were packed with it and are not read, each with the reason."""

    name: str
    data: IO[bytes]
    problem: str = ""
    left: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Gift:
    """Stories that lie in a folder of their own. `path` is what is converted: the folder, or its only file. `key` names
    it."""

    key: str
    path: Path


def safe_name(name: str) -> str:
    """A name for a file that no system takes for anything else; "" where nothing of it is left."""
    plain = _BAD.sub(" ", unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode()))
    plain = " ".join("".join(c for c in plain if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")).split())
    stem, dot, suffix = plain.strip(" .").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    kept = stem[: LONGEST_NAME - len(suffix[:10])].strip(" .") + (f".{suffix[:10]}" if dot else "")
    while len(kept.encode()) > 200:  # bytes: file systems count those
        kept = kept[1:]
    return f"_{kept}" if _RESERVED.match(kept) or kept.startswith("-") else kept.strip(" ")


def apart(files: Iterable[Given]) -> list[list[Given]]:
    """Files that were given together as gifts: each EPUB, each archive and each folder by itself, all others as one."""
    alone: list[list[Given]] = []
    others: dict[str, list[Given]] = {}  # by their folder
    for file in files:
        if file.problem or file.name.lower().endswith(APART):
            alone.append([file])
        else:
            folder, _, within = file.name.replace("\\", "/").partition("/")
            others.setdefault(folder if within else "", []).append(file)
    return [*others.values(), *alone]


def take(folder: Path, files: Iterable[Given], called: str = "") -> Gift:
    """Puts files into a new folder below the books' folder. `called` is the gift's name, else what the names of its
    files share, or that of the first.
    Sidecars and files without a name are left out. A file of a name that was given before, numbers aside ("ch 1-40",
    "ch 1-41"), takes that one's place where it tells the same story, or more of it.

    Raises NoStory where there is none, and OSError.
    """
    given = list(files)
    _check(given)
    first = PurePosixPath(given[0].name.replace("\\", "/"))
    one = len(given) == 1
    called = called or ("" if one else _shared_name([file.name for file in given]))
    own = safe_name(called or _gift_name(first)) or "story"
    if one and (again := _file_again(folder, own, safe_name(first.name), given[0].data)):
        return again
    placed = _placed(given)
    if not one and (before := earlier_folder(folder / DROPPED, own, placed)):
        for way, data in placed.items():
            _put(before / way, data, folder / REPLACED)
        return Gift(f"{DROPPED}/{before.name}", before)
    return _new_gift(folder, own, placed)


def _check(given: Sequence[Given]) -> None:
    """Raises NoStory where files can be no gift."""
    if not given:
        raise NoStory("Nothing was given.")
    if given[0].problem:
        raise NoStory(f"{given[0].name} {given[0].problem}.")
    if len(given) == 1 and (what := called_no_story(given[0].name)):
        raise NoStory(f"{given[0].name} is {what}, and no story. {_REMEDIES.get(what, NAMED_TEXT)}")


def _file_again(folder: Path, own: str, name: str, data: IO[bytes]) -> Gift | None:
    """The earlier gift of which a file takes the place of one; None where it is another story. Raises OSError."""
    earlier = earlier_file(folder / DROPPED, own, name, data)
    if not earlier:
        return None
    path = earlier.with_name(name_kept(earlier, name))
    _replace(earlier, data, folder / REPLACED, path)
    _name_again(path, earlier.name, data, folder / REPLACED)
    return Gift(f"{DROPPED}/{path.parent.name}", path if is_alone(path, path.parent) else path.parent)


def _new_gift(folder: Path, own: str, placed: Mapping[Path, IO[bytes]]) -> Gift:
    """Files in a folder of their own. Raises NoStory where there are none, OSError."""
    home = new_folder(folder / DROPPED, own)
    written: list[Path] = []
    try:
        for way, data in placed.items():
            _write(home / way, data)
            written.append(home / way)
    except OSError:
        shutil.rmtree(home, ignore_errors=True)
        raise
    if not written:
        with suppress(OSError):
            home.rmdir()
        raise NoStory("There is no story in what was given.")
    return Gift(f"{DROPPED}/{home.name}", written[0] if len(written) == 1 else home)


def told_already(folder: Path, file: Given) -> Path | None:
    """The file of an earlier gift that tells what this one tells in a richer format, or more. Raises OSError."""
    first = PurePosixPath(file.name.replace("\\", "/"))
    own = safe_name(_gift_name(first)) or "story"
    said = (folder / DROPPED, own, safe_name(first.name), file.data)
    return richer_file(*said) or longer_file(*said)


def is_alone(story: Path, home: Path) -> bool:
    """Whether this is the only file of a story in its gift's folder."""
    return all(path == story or path.suffix.lower() in BESIDE for path in home.rglob("*") if path.is_file())


def _placed(given: Sequence[Given]) -> dict[Path, IO[bytes]]:
    """The files of a gift that are taken, by their places below its folder."""
    placed: dict[Path, IO[bytes]] = {}
    taken: set[str] = set()
    for file in given:
        if parts := _place_of(file.name):
            placed[_free(Path(*parts), taken)] = file.data
    return placed


def _put(path: Path, data: IO[bytes], kept: Path) -> None:
    """Puts a file of a gift that is given again to its place; what it takes the place of is kept. Raises OSError."""
    if path.is_file():
        _replace(path, data, kept, path)
    else:
        _write(path, data)


def _write(path: Path, data: IO[bytes]) -> None:
    """Writes a new file, whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    out = path.open("xb")
    try:
        with out:
            shutil.copyfileobj(data, out, PIECE)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _place_of(name: str) -> list[str]:
    """Where in its gift's folder a file of this name stands; nothing for one that is not taken."""
    parts = [safe_name(part) for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if len(parts) > 1:
        parts = parts[1:]  # the folder that was dropped is the gift's own
    if not parts or not all(parts) or len(parts) > DEEPEST or parts[-1].lower().endswith(".toml"):
        return []  # what a story is called and how it is made is said here, not by what is given
    return parts


def _replace(earlier: Path, data: IO[bytes], kept: Path, path: Path) -> None:
    """Puts new bytes at a path, in the place of an earlier file beside it, which is kept in a folder of its own: a
    revised text may lack words that it had. Raises OSError, and then all is as it was."""
    new = earlier.with_name(f"{earlier.name}.part")
    try:
        with new.open("wb") as out:
            shutil.copyfileobj(data, out, PIECE)
        if new.read_bytes() != earlier.read_bytes():
            shutil.copy2(earlier, new_folder(kept, earlier.parent.name) / earlier.name)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    if path != earlier:
        with suppress(FileNotFoundError):
            sidecar_of(earlier).rename(sidecar_of(path))
        earlier.unlink()


def _name_again(path: Path, before: str, data: IO[bytes], kept: Path) -> None:
    """Has the story.toml of a gift in which a file came again name it as it is called now, and no more those that it
    holds by now: chapters that were put behind it. They are kept. Raises OSError."""
    home = path.parent
    named = [path.name if name == before else name for name in files_named_in(home)]
    data.seek(0)
    held = [n for n in named if n != path.name and (home / n).is_file() and holds(home / n, data, path.suffix.lower())]
    if tuple(named) != files_named_in(home) or held:
        with suppress(Unwritable):
            answer(sidecar_of(home), {FILES: [name for name in named if name not in held]})
            for name in held:
                (home / name).rename(new_folder(kept, home.name) / name)


def _shared_name(names: Sequence[str]) -> str:
    """What the names of files that were given together share; "" of those that lie in a folder, which has one."""
    return "" if any("/" in name or "\\" in name for name in names) else shared_name(names)


def _gift_name(first: PurePosixPath) -> str:
    """The folder that was dropped, or the name of a file without its ending."""
    return first.parts[0] if len(first.parts) > 1 else first.stem


def new_folder(parent: Path, name: str) -> Path:
    """A new folder of this name, or one beside those that have it. Raises NoStory, OSError."""
    parent.mkdir(exist_ok=True)
    if parent.is_symlink():
        raise NoStory("The folder for what is dropped is a link: put a folder in its place.")
    for number in range(1, MOST_FOLDERS):
        with suppress(FileExistsError):
            home = parent / (name if number == 1 else f"{name} ({number})")
            home.mkdir()
            return home
    raise NoStory("Too many stories have this name.")


def _free(path: Path, taken: set[str]) -> Path:
    """The path, or one beside it where another file of the gift has it on any system."""
    number, free = 1, path
    while str(free).casefold() in taken:
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    taken.add(str(free).casefold())
    return free
