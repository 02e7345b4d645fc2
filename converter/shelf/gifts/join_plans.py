"""How two gifts become one book: which files come where, under which names, in which order, and what is said of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from converter.build.folders import SIDECAR, folder_tree, stories_of
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import Story, digest
from converter.folders.named_files import FILES, listed_files
from converter.limits.files import lies, read_regular
from converter.shelf.answering.sidecars import LIMIT, Unwritable, answer, said_in
from converter.shelf.gifts.dropped import DROPPED, NoStory
from converter.shelf.gifts.given_again import BESIDE
from converter.shelf.gifts.joins import LARGEST, MOST_NAMES, Join, joins
from converter.shelf.gifts.removed import files_of, gift_of

COVERS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")


def joined(folder: Path, stays: Story, goes: Story, *, instead: bool) -> Join:
    """How the book of one story becomes that of both, or `instead` that of the one that goes. Raises NoStory, OSError,
    OutputError."""
    gift = gift_of(stays.source)
    home = folder / DROPPED / gift
    own, theirs = _own_names(home, stays), _paths(goes)
    _check(folder, stays, goes, instead=instead)
    taken = {path.name.casefold() for path in home.iterdir()} - {n.casefold() for n in (own if instead else ())}
    called = _placed(theirs, home, taken)
    added = [(_way(folder, path), name) for path, name in called.items() if path.parent != Path(os.path.realpath(home))]
    added += _beside(folder, goes, theirs, home, taken)
    order = [called[theirs[0].with_name(name)] for name in _in_order(theirs[0].parent, [p.name for p in theirs])]
    names = order if len(order) == len(theirs) else list(called.values())
    files = (*names,) if instead else (*own, *names)
    pinned = order if instead else [*_in_order(home, own), *names]
    alone = len(files) == 1
    with Catalogue(folder) as catalogue:
        made = catalogue.digests_of(stays.source)
    before, after = _sidecars(home, stays, files[0], pinned if not alone else (), alone=alone)
    return Join(
        gift, stays.source, f"{DROPPED}/{gift}/{files[0]}" if alone else f"{DROPPED}/{gift}", goes.source, files,
        tuple(added), own if instead else (), "", stays.title, ", ".join(stays.authors),
        tuple(dict.fromkeys(book.format for book in stays.books if lies(book.path))),
        tuple(i.digest for i in stays.ingredients if i.role == "story"), before, after, made,
    )  # fmt: skip


def _way(folder: Path, path: Path) -> str:
    """Where a file lies, as seen from the folder of the books: both may be moved together."""
    return Path(os.path.relpath(path, os.path.realpath(folder))).as_posix()


def _check(folder: Path, stays: Story, goes: Story, *, instead: bool) -> None:
    """Raises NoStory where the files of the two can't become one book here."""
    gift, other = gift_of(stays.source), gift_of(goes.source)
    if instead and gift == other:
        raise NoStory("Both were given together: take the older one off the shelf.")
    own = (stays.source, goes.source)
    with Catalogue(folder) as catalogue:
        beside = [s for s in catalogue.stories() if gift_of(s.source) == gift and s.source not in own]
    if any(lies(i.path) for story in beside for i in story.ingredients if i.role == "story"):
        raise NoStory(f"“{stays.title}” was given with other books, which lie in one folder with it.")
    if any(under_way.gift in (gift, other) or gift_of(under_way.goes) in (gift, other) for under_way in joins(folder)):
        raise NoStory("One of the two is being joined just now: try again when that is over.")


def _paths(story: Story) -> list[Path]:
    """The files of a story, in their order. Raises NoStory."""
    paths = [i.path for i in story.ingredients if i.role == "story"]
    if not paths or not all(lies(path) for path in paths):
        raise NoStory(f"The story of “{story.title}” is not where it was.")
    for i in story.ingredients:
        if i.role == "story" and not i.is_unchanged and digest(read_regular(i.path, LARGEST)) != i.digest:
            raise NoStory(f"{i.path.name} is another file than when “{story.title}” was made: make that again first.")
    return paths


def _own_names(home: Path, story: Story) -> tuple[str, ...]:
    """The names of a story's files in the folder of its gift. Raises NoStory where they lie deeper."""
    paths = _paths(story)
    if any(str(path.parent) != os.path.realpath(home) for path in paths):
        raise NoStory(f"The files of “{story.title}” lie in folders of their own: give them again without these.")
    return tuple(path.name for path in paths)


def _placed(paths: Sequence[Path], home: Path, taken: set[str]) -> dict[Path, str]:
    """What a story's files are called in the folder of a gift, in which some of them may lie already."""
    own = os.path.realpath(home)
    return {path: path.name if str(path.parent) == own else _free(path, taken) for path in paths}


def _free(path: Path, taken: set[str]) -> str:
    """The name of a file, or one like it that no other has. Raises NoStory."""
    for number in range(1, MOST_NAMES):
        name = path.name if number == 1 else f"{path.stem} ({number}){path.suffix}"
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
    raise NoStory("Too many files have this name.")


def _beside(folder: Path, goes: Story, theirs: Sequence[Path], home: Path, taken: set[str]) -> list[tuple[str, str]]:
    """What comes along with a story's files: the pictures of its pages; no covers, no sidecars. Raises NoStory."""
    other = folder / DROPPED / gift_of(goes.source)
    if other == home:
        return []
    stems = {"cover", *(path.stem.casefold() for path in theirs)}
    found = []
    for path in files_of(folder, goes, other):
        is_cover = path.parent == other and path.suffix.lower() in COVERS and path.stem.casefold() in stems
        if path.suffix.lower() in BESIDE or is_cover or os.path.realpath(path) in map(str, theirs):
            continue
        way = path.relative_to(other).as_posix()
        if lies(home / way) or way.casefold() in taken:
            if lies(home / way) and (home / way).read_bytes() == path.read_bytes():
                continue
            raise NoStory(f"Both have a file that is called {way}: rename one of them, and give it again.")
        found.append((_way(folder, path), way))
    return found


def _in_order(home: Path, names: Sequence[str]) -> tuple[str, ...]:
    """Of a book's files those whose order is written down, or said by themselves; the only one of a book."""
    if len(names) == 1:
        return tuple(names)
    if named := listed_files(said_in(home / SIDECAR).get(FILES)):
        return tuple(name for name in named if name in names)
    found = [story for story in stories_of(folder_tree(home)) if {file.name for file in story.files} == set(names)]
    return tuple(file.name for file in found[0].files) if found and found[0].in_order else ()


def _sidecars(
    home: Path, stays: Story, first: str, pinned: Sequence[str], *, alone: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """The sidecars of a book that are changed, as they are and as they become: all that is answered stays so, and it is
    called as it was. Raises NoStory, OSError."""
    read = [i.path for i in stays.ingredients if i.role == "sidecar" and str(i.path.parent) == os.path.realpath(home)]
    place = f"{Path(first).stem}.toml" if alone else SIDECAR
    names = {place, *(path.name for path in read[:1])}
    before = {name: _text(home / name) for name in sorted(names)}
    base = before[read[0].name] if read else ""
    with tempfile.TemporaryDirectory() as scratch:
        new = Path(scratch) / SIDECAR
        new.write_text(base, "utf-8", newline="")
        said = said_in(new)
        news: dict[str, str | list[str]] = {
            "title": stays.title, "author": list(stays.authors), "series": stays.series,
            "series-index": stays.series_index if stays.series else "",
        }  # fmt: skip
        for cover in (i.path for i in stays.ingredients if i.role == "cover"):
            if str(cover.parent) == os.path.realpath(home):
                news["cover"] = cover.name
        news = {key: value for key, value in news.items() if value and not _says(said, key)}
        try:
            answer(new, {**news, FILES: list(pinned)})
        except Unwritable:
            raise NoStory(f"The sidecar of “{stays.title}” is written so that only a person can change it.") from None
        return before, {**dict.fromkeys(before, ""), place: new.read_text("utf-8")}


def _says(said: Mapping[str, object], key: str) -> bool:
    return any(name in said for name in (key, key.replace("-", "_"), f"{key}s"))


def _text(path: Path) -> str:
    try:
        return read_regular(path, LIMIT).decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise NoStory(f"{path.name} is not UTF-8 text: only a person can change it.") from None
