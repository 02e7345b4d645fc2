"""The same text in several folders: one book of it is made.

Strategy. A copy tells what another story of the run tells to the last sign, but for gaps, file by file in one order;
or it opens as the other, in whatever format, and all of it is there (`folders/kindred.py`): then the fuller one is
made. Only stories that begin alike are read whole, and what was found among files is remembered. What a person said of
a copy counts: one with settings of its own is made before one without, and two of which different things are said are
both made. So are files that were named one by one. Of equal copies the one is made whose books are there already, then
the one that lies less deep.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from converter.build.disk import PAGES, Disk
from converter.build.folders import Memory
from converter.build.sidecars import Defaults, sidecar
from converter.build.story_files import StoryFiles
from converter.document.errors import ConverterError
from converter.document.record import dataclass
from converter.folders.copies import beginning, letters
from converter.folders.kindred import Telling, told_by_several
from converter.folders.kinds import ending_of
from converter.folders.listing import FIRST, WHOLE, Entry
from converter.folders.understood import FolderBook, Twin
from converter.limits.files import read_regular

SAME_TEXT = "the same text"
OPENINGS = 3  # files of a story that are compared: a newer version may begin with a chapter more, or two
_REMEMBERED = "*again*"  # behind a folder: a name that no folder of stories has


def told_once(
    stories: Sequence[StoryFiles],
    has_books: Callable[[StoryFiles], bool] = lambda _: False,
    memory: Memory | None = None,
) -> list[StoryFiles]:
    """The stories that were found in folders, those whose text is told in another folder left out: they are twins of
    the one that is made. Copies in one folder were told from each other before. `has_books`: books of this story are
    there from an earlier run."""
    homes = {story.home for story in stories}
    if len(homes) < 2:
        return list(stories)
    found = _remembered(stories, memory)
    twins = _chosen(found, stories, has_books)
    kin = _settled(found, twins, stories)
    gone = {n for others in twins.values() for n in others} | {k.other for k in kin if not k.too}
    made = [_with_twins(story, [stories[k] for k in twins.get(n, ())]) for n, story in enumerate(stories)]
    for k in kin:
        made[k.made] = _with_kin(made[k.made], made[k.other], k)
    left = tuple(other for n in sorted(gone) for other in stories[n].left)
    kept = [story for n, story in enumerate(made) if n not in gone]
    return [replace(kept[0], left=(*kept[0].left, *left)), *kept[1:]] if left else kept


def _chosen(
    found: _Found, stories: Sequence[StoryFiles], has_books: Callable[[StoryFiles], bool]
) -> dict[int, list[int]]:
    """Of stories that are the same to the last sign the one that is made, with the others."""
    twins: dict[int, list[int]] = {}
    for members in found.same:
        for same in _of_one_mind(members, stories):
            first = min(same, key=lambda n: _rank(stories[n], has_books, n))
            twins[first] = [n for n in same if n != first]
    return twins


def _settled(found: _Found, twins: Mapping[int, Sequence[int]], stories: Sequence[StoryFiles]) -> list[_Kin]:
    """The pairs of stories that aren't the same, as they are when copies are left out."""
    chosen = {n: made for made, others in twins.items() for n in others}
    kin = [replace(k, made=chosen.get(k.made, k.made), other=chosen.get(k.other, k.other)) for k in found.kin]
    return [k for k in kin if k.made != k.other and _agree(k, stories)]


@dataclass(frozen=True, slots=True)
class _Kin:
    """Two stories by their numbers: one that is made, another that it holds or that may be the same, and is
    made, `too`."""

    made: int
    other: int
    why: str
    too: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """The stories that tell the same to the last sign, and those that others hold."""

    same: Sequence[Sequence[int]]
    kin: Sequence[_Kin]


def _remembered(stories: Sequence[StoryFiles], memory: Memory | None) -> _Found:
    """The stories that tell the same, by their numbers; found once for files that stay as they are."""
    home = next((s.home for s in stories if s.home), None)
    if not memory or not home:
        return _found(stories)
    seen = hashlib.blake2b(digest_size=16)
    for story in stories:
        for path in story.files:
            with contextlib.suppress(OSError, ValueError):
                status = path.stat()
                state = f"{story.below}/{path.name}\0{status.st_size} {status.st_mtime_ns} {status.st_ino}\0"
                seen.update(state.encode("utf-8", "backslashreplace"))
        seen.update(b"\n")
    place, signature = home / _REMEMBERED, seen.hexdigest()
    kept = memory.recall(place, signature)
    with contextlib.suppress(LookupError, TypeError, ValueError):
        if kept is not None:
            return _Found([list(map(int, m)) for m in kept["alike"]], [_Kin(*k) for k in kept["kin"]])
    found = _found(stories)
    kin = [[k.made, k.other, k.why, k.too] for k in found.kin]
    memory.keep(place, signature, {"alike": found.same, "kin": kin})
    return found


def _found(stories: Sequence[StoryFiles]) -> _Found:
    same = _alike(stories)
    again = {n for members in same for n in members[1:]}
    return _Found(same, _kin([n for n in range(len(stories)) if n not in again], stories))


def _kin(numbers: Iterable[int], stories: Sequence[StoryFiles]) -> list[_Kin]:
    """Those of these stories that one in another folder holds, or may be the same as."""
    told: dict[str, Telling] = {}
    disks: dict[Path, Disk] = {}
    for n in numbers:
        story = stories[n]
        if story.problem or story.home is None or not all(map(_is_comparable, story.files)):
            continue
        first = story.files[0]
        opening, *later = (_opening(path, disks) for path in story.files[:OPENINGS])
        with contextlib.suppress(OSError, ValueError):
            size, time = story.files[0].stat().st_size, max(f.stat().st_mtime_ns for f in story.files)
            told[str(n)] = Telling((Entry(f"{n}/{first.name}", "file", size, time),), opening, tuple(later))
    of = {book.name: int(n) for n, book in told.items()}
    found = told_by_several(list(told.values()), lambda book: _data(stories[of[book.name]].files))
    pairs = [_Kin(of[t.of], of[t.name], t.why, t.made) for twins in found.values() for t in twins]
    return [k for k in pairs if stories[k.made].home != stories[k.other].home]


def _opening(path: Path, disks: dict[Path, Disk]) -> bytes:
    disk = disks.setdefault(path.parent, Disk(path.parent))
    return (disk.head if ending_of(path.name) in PAGES else disk.first)(path.name)


def _data(files: Iterable[Path]) -> bytes:
    """All that files hold; nothing where one can't be read."""
    try:
        return b"\n".join(read_regular(f, WHOLE) for f in files)
    except (OSError, ValueError):
        return b""


def _agree(kin: _Kin, stories: Sequence[StoryFiles]) -> bool:
    """Whether nobody says things of two stories that make two books of them."""
    return kin.too or any(len(same) > 1 for same in _of_one_mind((kin.made, kin.other), stories))


def _with_kin(story: StoryFiles, other: StoryFiles, kin: _Kin) -> StoryFiles:
    """A story with another one, and what that has for twins, as its own."""
    if story.home is None:
        return story
    book = story.book or FolderBook(tuple(f.name for f in story.files), "a story")
    first = story.files[0].name
    if kin.too:
        twins = [Twin(_way(other.files[0], story.home), first, kin.why, made=True)]
    else:
        twins = [replace(t, why=kin.why) if t.why.startswith(SAME_TEXT) else t for t in _twin(other, story.home, first)]
    return replace(story, book=replace(book, twins=(*book.twins, *twins)))


def _alike(stories: Sequence[StoryFiles]) -> list[list[int]]:
    """The numbers of the stories in folders that tell the same, at least two each."""
    begin: dict[tuple[object, ...], list[int]] = {}
    disks: dict[Path, Disk] = {}
    for n, story in enumerate(stories):
        if story.problem or story.home is None or not all(map(_is_comparable, story.files)):
            continue
        first = story.files[0]
        seen = disks.setdefault(first.parent, Disk(first.parent)).first(first.name)
        if opening := beginning(seen) or (letters(seen) if len(seen) < FIRST else b""):
            endings = tuple(ending_of(path.name) for path in story.files)
            begin.setdefault((opening, *endings), []).append(n)
    found: list[list[int]] = []
    for members in begin.values():
        same: dict[tuple[bytes, ...], list[int]] = {}
        for n in members if len({stories[n].home for n in members}) > 1 else ():
            if text := _text(stories[n].files):
                same.setdefault(text, []).append(n)
        found += [numbers for numbers in same.values() if len({stories[n].home for n in numbers}) > 1]
    return found


def _is_comparable(path: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return path.stat().st_size <= WHOLE
    return False


def _text(files: Iterable[Path]) -> tuple[bytes, ...]:
    """What files tell, without their gaps, as a digest of each; nothing where one can't be read."""
    try:
        return tuple(hashlib.blake2b(b"".join(read_regular(f, WHOLE).split())).digest() for f in files)
    except (OSError, ValueError):
        return ()


def _of_one_mind(members: Sequence[int], stories: Sequence[StoryFiles]) -> list[list[int]]:
    """The copies of which a person said the same; those of which nothing was said are with the first of the others."""
    defaults = Defaults()
    said: dict[str, list[int]] = {}
    for n in members:
        try:
            own, _ = sidecar(stories[n])
            folders = [sorted(map(repr, d.values.items())) for d in defaults.of(stories[n])]
        except ConverterError:
            continue  # which is told when it is its turn
        said.setdefault(f"{sorted(map(repr, own.items())) if own else ''}|{folders}", []).append(n)
    silent = [key for key in said if key.startswith("|")]
    for key in silent:
        spoken = next((k for k in said if not k.startswith("|") and k.endswith(key)), None)
        if spoken:
            said[spoken] += said.pop(key)
    return [numbers for numbers in said.values() if len(numbers) > 1]


def _rank(story: StoryFiles, has_books: Callable[[StoryFiles], bool], number: int) -> tuple[bool, bool, int, int]:
    """The lower, the sooner a copy is the one that is made."""
    with contextlib.suppress(ConverterError):
        return not sidecar(story)[0], not has_books(story), len(story.below.parts), number
    return True, True, 0, number


def _with_twins(story: StoryFiles, others: Sequence[StoryFiles]) -> StoryFiles:
    if not others or story.home is None:
        return story
    book = story.book or FolderBook(tuple(f.name for f in story.files), "a story")
    twins = tuple(_twin(other, story.home, story.files[0].name) for other in others)
    return replace(story, book=replace(book, twins=(*book.twins, *(t for found in twins for t in found))))


def _twin(other: StoryFiles, home: Path, of: str) -> Iterable[Twin]:
    """A copy as one that isn't made, with those of its own folder that weren't either: by the way from the folder of
    the story that is."""
    if len(other.files) > 1 and other.home:
        yield Twin(f"{_way(other.home, home)}/", of, f"{SAME_TEXT} in {len(other.files)} files")
    else:
        yield Twin(_way(other.files[0], home), of, SAME_TEXT)
    for twin in other.book.twins if other.book else ():
        if not twin.made:
            yield Twin(_way(other.path_of(twin), home), of, twin.why)


def _way(path: Path, home: Path) -> str:
    return os.path.relpath(path, home).replace(os.sep, "/")
