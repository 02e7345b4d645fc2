"""The folders on the disk that a path stands for: what each lists, what is understood of it, the stories to convert."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from converter.build.disk import Disk, entries_of
from converter.build.registry import NAMED_ONLY, SUFFIXES, is_read
from converter.build.story_files import STANDARD_INPUT, FolderTree, LeftOut, StoryFiles, shown_path
from converter.build.told_above import told_above, told_by_folders
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.database import CATALOGUE
from converter.document.errors import ConverterError, MissingInput, NoSuchInput, OutputError, UnknownFormat
from converter.folders.listing import FIRST, PICTURES, Entry, signature
from converter.folders.understood import FolderBook, Other, Understood
from converter.limits.files import read_head, real_path

_READ = (*SUFFIXES, *NAMED_ONLY)
PACKED = (".htmlz", ".zip", ".epub", ".docx", ".docm")
SIDECAR = "story.toml"
DEEPEST = 200  # folders in folders: more are a loop, or nobody's stories
SAME_LETTERS = 3  # that the names of one series begin with, where they don't begin with its numbers
NEIGHBOURS = 2_000  # names beside a file that is named itself, among which its series is looked for


class Memory(Protocol):
    """What is remembered of folders from one run to the next: `signature` tells whether a folder is as it was."""

    def recall(self, folder: Path, signature: str) -> Mapping[str, Any] | None:
        """What was kept of this folder under this signature."""

    def keep(self, folder: Path, signature: str, understood: Mapping[str, Any]) -> None:
        """Remembers what was understood, as JSON holds it."""


def find_stories(
    paths: Sequence[Path], *, avoid: Path | None = None, memory: Memory | None = None
) -> tuple[StoryFiles, ...]:
    """The stories these paths stand for, in the order given; below a folder in natural order.

    A folder with a `story.toml` is one book, its files the chapters, unless they contradict it; other folders are
    searched. `avoid` (the output folder) is never searched. What is no story is left out with a reason; a file that is
    named twice, or is found under a link, too, is read once. Raises MissingInput, UnknownFormat.
    """
    groups: list[StoryFiles] = []
    read: set[str] = set()
    beside: dict[Path, list[str]] = {}
    for path in paths:
        try:
            if path != STANDARD_INPUT and path.is_dir():
                found = _of_folder(path, avoid, memory)
            else:
                found = [_named(path, beside)]
            groups.extend(_not_read_yet(found, read))
        except OSError as error:
            groups.append(
                StoryFiles((path,), path.stem, problem=f"{shown_path(path)}: can't be read ({error.strerror})")
            )
    return tuple(_without_named(group, read) if group.left else group for group in groups)


def _without_named(group: StoryFiles, read: set[str]) -> StoryFiles:
    """The story; what was left out beside it, but is read, since it was named itself, is not left out."""
    return replace(group, left=tuple(o for o in group.left if os.path.realpath(o.path) not in read))


def _not_read_yet(found: Sequence[StoryFiles], read: set[str]) -> Iterator[StoryFiles]:
    """The stories but those all of whose files are another's, `read`: named twice, or links to them from elsewhere."""
    left: tuple[LeftOut, ...] = ()
    folders: dict[Path, str] = {}
    for group in found:
        files = [real_path(file, folders) for file in group.files]
        if group.problem or not read.issuperset(files):
            read.update(files)
            yield replace(group, left=(*left, *group.left)) if left else group
            left = ()
        else:
            left += group.left


def _of_folder(path: Path, avoid: Path | None, memory: Memory | None) -> list[StoryFiles]:
    tree = folder_tree(path, avoid=avoid, memory=memory)
    found, left = list(stories_of(tree)), tuple(left_out(tree))
    if found:
        return [replace(found[0], left=left), *found[1:]]
    links = [o for o in left if o.what.kind == "outward"]
    told = [o for o in left if o.what.kind in ("no story", "unread", "companion")]
    out = f" but links out of it ({shown_path(links[0].path)})" if links else ""
    named = [o for o in told if o.path.suffix.lower() in SUFFIXES]
    others = f"; name {shown_path(named[0].path)} to have it read" if named else ""
    unread = [o for o in told if o.what.kind == "unread"]
    more = f" (and {len(unread) - 1} more files that are not read)" if len(unread) > 1 else ""
    first = next(iter((*unread, *(o for o in told if o not in named))), None)
    others += f"; {shown_path(first.path)}: {first.what.why}{more}" if first else ""
    raise MissingInput(
        f"no stories in this folder{out}", shown_path(path), f"stories end in {', '.join(SUFFIXES)}{others}"
    )


def _named(path: Path, beside: dict[Path, list[str]]) -> StoryFiles:
    if path == STANDARD_INPUT:
        return StoryFiles((path,), "story")
    if not path.exists():
        raise NoSuchInput("no such file or folder", shown_path(path), "check the name")
    if not is_read(path.suffix) and not _is_text(path):
        raise _unread(path)
    if path.parent not in beside:
        with contextlib.suppress(OSError):
            beside[path.parent] = sorted(e.name for e in os.scandir(path.parent))
    book = _among(path, beside.get(path.parent, []))
    return StoryFiles((path,), path.stem, home=path.parent, book=book)


def _is_text(path: Path) -> bool:
    """Whether a file whose ending nobody knows begins as a text does: a person who names it wants it read."""
    from converter.parsers.decoding import decode

    with contextlib.suppress(OSError, ConverterError):
        head = read_head(path, FIRST)
        marked = head[:2] in (b"\xff\xfe", b"\xfe\xff")
        return bool(decode(head).text) and (marked or b"\0" not in head)  # an archive of texts is none
    return False


def _unread(path: Path) -> UnknownFormat:
    """That no story is read from a file of this ending, and what is to be done."""
    from converter.folders.kinds import ENDINGS, unread_because

    what, name = f"files that end in {path.suffix or 'nothing'} are not read", shown_path(path)
    if path.suffix and any(path.suffix[1:].lower() in endings.split() for endings in ENDINGS):
        kind, _, remedy = unread_because(path.name).partition("; ")
        return UnknownFormat(f"{what}: {kind}", name, remedy or f"known are {', '.join(_READ)}")
    return UnknownFormat(what, name, f"known are {', '.join(_READ)}")


def _among(path: Path, names: Sequence[str]) -> FolderBook | None:
    """What the names beside a file that was named itself tell of it, its series, its cover; None where there is nothing
    to tell: no picture, and no other story that may be of the same series, by a number or its first letters."""
    known = [n for n in names if n.lower().endswith(SUFFIXES)] if len(names) <= NEIGHBOURS else [path.name]
    begins, numbered = path.stem[:SAME_LETTERS].casefold(), any(c.isdigit() for c in path.stem)
    in_row = any(n != path.name and (numbered or n.casefold().startswith(begins)) for n in known)
    if not in_row and not any(n.lower().endswith(PICTURES) for n in names):
        return None
    from converter.folders.understanding import one_among

    return one_among(path.name, known, names, path.parent.resolve().name, Disk(path.parent))


def _in_folders(ending: str) -> bool:
    """Whether stories are read from files of this ending that are found in a folder, and not named themselves."""
    return ending not in NAMED_ONLY and (ending in SUFFIXES or is_read(ending))


def is_story_name(name: str) -> bool:
    """Whether a file of this name that is found in a folder may be a story."""
    from converter.folders.kinds import ending_of, name_accompanies

    return not name.startswith((".", "~")) and _in_folders(ending_of(name)) and not name_accompanies(name)


# ------------------------------------------------------------------------------------------- what is understood of it


def folder_tree(path: Path, *, avoid: Path | None = None, memory: Memory | None = None) -> FolderTree:
    """A folder and all below it, understood; `avoid` is where books go. Folders that `memory` knows are not looked
    into again while they stay as they were."""
    return _tree(path, path, avoid.resolve() if avoid else None, memory, 0, frozenset())


def _tree(
    folder: Path, top: Path, avoid: Path | None, memory: Memory | None, depth: int, made: frozenset[str]
) -> FolderTree:
    """See `folder_tree`; `made` are books that lie in this folder or below it, as the catalogues above know them."""
    from converter.folders.dated_folders import is_period, serials_by_date
    from converter.folders.parts import joined

    try:
        if depth > DEEPEST:
            raise OSError(0, f"it lies in {DEEPEST} others")
        entries = entries_of(folder, top)
        if any(e.name == CATALOGUE for e in entries):
            made |= _made_in(folder)
        if made:
            home = os.path.realpath(folder)
            entries = [replace(e, kind="made") if os.path.join(home, e.name) in made else e for e in entries]  # noqa: PTH118
    except OSError as error:
        what = f"{shown_path(folder)}: the folder can't be read ({error.strerror})"
        return FolderTree(folder, Understood(), problem=what)
    understood = _understood(folder, entries, avoid, memory)
    inner = tuple(_tree(folder / name, top, avoid, memory, depth + 1, made) for name in understood.folders)
    name = folder.resolve().name
    leaves = [t for t in inner if not _has_more(t) and not is_period(t.path.name, name)]
    held = {t.path.name: t.understood for t in leaves}
    disk = Disk(folder)
    books = joined(held, disk) if len(held) > 1 else []
    whole = _with_joined(FolderTree(folder, understood, tuple(books), inner), disk)
    if inner and (folder == top or not is_period(name, folder.resolve().parent.name)):
        whole = replace(whole, joined=(*whole.joined, *serials_by_date(whole, name, disk)))
    return _without_shown(_without_notes(whole, disk), disk)


def _without_shown(tree: FolderTree, disk: Disk) -> FolderTree:
    """A folder whose pictures, and those in the folders below it, are no rest where its pages show them."""
    from converter.folders.shown import shown_by

    named = shown_by(tree.understood, disk) if _has_pictures(tree) else frozenset()
    return _shown_in(tree, named) if named else tree


def _has_pictures(tree: FolderTree) -> bool:
    return any(o.kind == "picture" for o in tree.understood.others) or any(map(_has_pictures, tree.inner))


def _shown_in(tree: FolderTree, named: frozenset[str], way: str = "") -> FolderTree:
    from converter.folders.shown import without_shown

    inner = tuple(_shown_in(t, named, f"{way}{t.path.name}/") for t in tree.inner)
    return replace(tree, understood=without_shown(tree.understood, named, way), inner=inner)


def _has_more(tree: FolderTree) -> bool:
    """Whether there may be stories in the folders of a folder, or nobody knows: pictures of a page are none."""
    return bool(tree.problem) or any(t.understood.books or t.joined or _has_more(t) for t in tree.inner)


def _without_notes(tree: FolderTree, disk: Disk) -> FolderTree:
    """A folder whose small notes beside a work are no stories."""
    from converter.folders.notes_beside import without_notes

    found = without_notes(tree, tree.joined, disk)
    return tree if found is tree.understood else replace(tree, understood=found)


def _with_joined(tree: FolderTree, disk: Disk) -> FolderTree:
    """A folder with the book that all those in it are together."""
    from converter.folders.exports import POSTS, export_in
    from converter.folders.in_parts import novel_in_parts
    from converter.folders.manuscript import manuscript_in, with_title_page
    from converter.parsers.works.titles import fold

    inner, books = tree.inner, tree.joined
    if inner and (export := export_in(tree, disk)):
        inner = tuple(replace(t, understood=export.posts) if t.path.name.lower() == POSTS else t for t in inner)
        return FolderTree(tree.path, export.own, (export.serial,) if export.serial else (), inner)
    if inner and not books and (book := manuscript_in(tree, disk) or novel_in_parts(tree, disk)):
        inner = tuple(replace(t, understood=with_title_page(t.understood)) for t in inner) if book.about else inner
        if fold(book.stem) == fold(tree.path.resolve().name):
            book = replace(book, stem="")  # as the folder writes it
        return replace(tree, joined=(book,), inner=inner)
    return tree


def _made_in(folder: Path) -> frozenset[str]:
    """The books that were made in this folder and below it, and are as they were made."""
    with contextlib.suppress(OutputError), Catalogue(folder) as catalogue:
        records = (r for story in catalogue.stories() for r in story.books if r.is_as_made)
        return frozenset(os.path.realpath(r.path) for r in records)
    return frozenset()


def _understood(folder: Path, entries: Sequence[Entry], avoid: Path | None, memory: Memory | None) -> Understood:
    from converter.folders.understanding import understand
    from converter.parsers.works.order import natural

    inner = [e.name for e in entries if e.kind == "folder"]
    output = next((n for n in inner if avoid and os.path.realpath(folder / n) == str(avoid)), "") if avoid else ""
    name = folder.resolve().name
    known = signature(entries, f"{name}\0{output}\0{' '.join(SUFFIXES)}") if memory else ""
    if memory and (kept := memory.recall(folder, known)) is not None:
        with contextlib.suppress(KeyError, TypeError, ValueError):
            return Understood.from_json(kept)
    disk = Disk(folder)
    with disk.reading_ahead(sorted((e.name for e in entries if e.kind == "file"), key=natural)):
        found = understand(name, entries, _in_folders, disk, output)
    if memory:
        memory.keep(folder, known, found.as_json())
    return found


def left_out(tree: FolderTree) -> Iterator[LeftOut]:
    """All that no story is read from, in a folder and below it."""
    yield from (LeftOut(tree.path / other.name, other) for other in tree.understood.others)
    for inner in tree.inner:
        yield from left_out(inner)


def stories_of(tree: FolderTree, top: Path | None = None, taken: frozenset[str] = frozenset()) -> Iterator[StoryFiles]:
    """The stories in a folder and below it, each with the place where its books go; `taken` are files that are parts
    of a book above."""
    if top is None:
        stories = [*stories_of(tree, tree.path)]
        yield from told_by_folders(told_above(tree, stories), tree.path)
        return
    if tree.problem:
        yield StoryFiles((tree.path,), tree.path.name, problem=tree.problem)
        return
    joined = [book for book in tree.joined if taken.isdisjoint(book.files)]
    own = taken.union(*(book.files for book in joined))
    books = [*joined, *(b for b in tree.understood.books if own.isdisjoint(b.files))]
    told = next((o for o in tree.understood.others if o.name == SIDECAR), None)
    tomls = frozenset(o.name for o in tree.understood.others if o.kind == "settings")
    for book in books:
        yield _story(book, tree.path, top, whole=len(books) == 1, told=told, tomls=tomls)
    spread = [name.partition("/") for name in (*taken, *(name for book in joined for name in book.files))]
    for inner in tree.inner:
        parts = frozenset(name for folder, _, name in spread if folder == inner.path.name)
        yield from stories_of(inner, top, parts)


def _with_work(stem: str, folder: Path) -> str:
    """A book's name; "Volume 1" alone is that of the work in this folder: "Salt Road, Volume 1"."""
    from converter.recognisers.metadata.file_names import fits_any_folder
    from converter.recognisers.metadata.parts_in_names import only_volume

    work = folder.resolve().name if only_volume(stem) else ""
    return f"{work}, {stem}" if work and not fits_any_folder(work.lower()) else stem


def _own_name(stem: str, book: FolderBook) -> str:
    """A story's name; that of the best of several copies is the story's, and not the copy's: "Salt" of "Salt (2)"."""
    if all(twin.made for twin in book.twins):
        return stem
    from converter.recognisers.metadata.copies_in_names import without_copy

    return without_copy(stem)


def _name_of(folder: Path, top: Path) -> str:
    """What a folder calls the book in it; one that only says what sort of files it holds is called as that around it,
    as far as the folder that was asked for, or the one around chapters."""
    from converter.recognisers.metadata.file_names import holds_chapters, says_sort

    path, last = folder.resolve(), top.resolve()
    if holds_chapters(path.name.lower()) and path.parent.name:
        path = path.parent
    while path != last and last in path.parents and says_sort(path.name.lower()):
        path = path.parent
    return path.name


def _own_stem(book: FolderBook, folder: Path, top: Path, *, whole: bool) -> str:
    """The name of a book of several files. What they are called as the folder around theirs is its series', or its
    author's: "Salt Road/2 - The Weir/Salt Road 2 ch 1" is called "2 - The Weir"."""
    around = whole and folder != top and bool(book.stem) and book.stem.casefold() == folder.parent.name.casefold()
    return _name_of(folder, top) if around or not book.stem else book.stem


def _story(
    book: FolderBook, folder: Path, top: Path, *, whole: bool, told: Other | None, tomls: frozenset[str]
) -> StoryFiles:
    """The story of a book in this folder; `whole`: nothing else is there, `told` is the folder's story.toml, `tomls`
    are all files of this kind in it."""
    files = tuple(folder / name for name in book.files)
    below = folder.relative_to(top)
    one = told is not None and told.kind == "settings" and whole
    if (one or (whole and len(files) > 1)) and folder != top:
        below = below.parent  # the folder is the book
    stem = _own_name(files[0].stem, book) if len(files) == 1 else _own_stem(book, folder, top, whole=whole)
    stem = _with_work(stem, folder if len(files) == 1 else folder.parent)
    return StoryFiles(
        files,
        stem,
        below,
        folder if one else None,
        book.doubt,
        home=folder,
        book=book,
        apart=told is not None and not one,
        settings=tomls if "/" not in book.files[0] else None,
        in_order=book.ordered,
    )
