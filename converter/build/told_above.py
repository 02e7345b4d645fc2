"""What folders tell of the stories below them: by files and pictures that lie in them, and by what they are called."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from converter.build.disk import Disk
from converter.build.story_files import FolderTree, StoryFiles
from converter.document.errors import ConverterError
from converter.folders.listing import FIRST
from converter.folders.understood import FolderBook
from converter.limits.files import read_head
from converter.parsers.decoding import decode


def told_above(tree: FolderTree, stories: Sequence[StoryFiles]) -> list[StoryFiles]:
    """The stories; the only one below a folder that has none of its own has what files there tell of it, and the cover
    that lies there, or in a folder of pictures beside it."""
    told = list(stories)
    at_home: dict[Path | None, list[int]] = {}
    for i, story in enumerate(stories):
        at_home.setdefault(story.home, []).append(i)

    def below(inside: FolderTree) -> list[int]:
        found = [i for inner in inside.inner for i in below(inner)] + at_home.get(inside.path, [])
        if not inside.understood.books:
            for i in _told_of(found, told, inside):
                told[i] = _with_what_is_above(told[i], inside)
        return found

    below(tree)
    return told


def _told_of(found: Sequence[int], stories: Sequence[StoryFiles], tree: FolderTree) -> list[int]:
    """The stories below a folder of which it tells: the only one; or the only one that lies in folders which say
    nothing but that they hold a text, and those of the same title as it tells."""
    from converter.parsers.works.titles import fold
    from converter.recognisers.metadata.file_names import holds_chapters, says_sort

    about = tree.understood.about
    if len(found) < 2 or not about or not about.title:
        return list(found) if len(found) == 1 else []
    ways = {i: home.relative_to(tree.path).parts for i in found if (home := stories[i].home)}
    sorts = [
        i
        for i, way in ways.items()
        if len(stories[i].files) > 1 and all(holds_chapters(name.lower()) or says_sort(name.lower()) for name in way)
    ]
    same = [i for i in found if fold(stories[i].stem) == fold(about.title)]
    return [*sorts, *(i for i in same if i not in sorts)] if len(sorts) == 1 else []


def _with_what_is_above(story: StoryFiles, tree: FolderTree) -> StoryFiles:
    """The only story below a folder with what is told of it there."""
    from converter.folders.covers import cover_among

    about, book = tree.understood.about, story.book
    pictures = _pictures_of(tree)
    if not book or not story.home or not (about or pictures):
        return story
    if not book.cover:
        named = about.cover if about and about.cover in pictures else cover_among(list(pictures))
        book = replace(book, cover=os.path.relpath(pictures[named], story.home) if named else "")
    if not about or book.about:
        return replace(story, book=book)
    titled = "" if book.stem or len(story.files) == 1 else about.title
    return replace(story, book=replace(book, about=about), stem=titled or story.stem)


def _pictures_of(tree: FolderTree) -> dict[str, Path]:
    """The pictures in a folder that are no story's, and those in folders beside its stories, by their names."""
    places = [tree, *(inner for inner in tree.inner if not (inner.understood.books or inner.inner))]
    return {o.name: t.path / o.name for t in places for o in t.understood.others if o.kind == "picture"}


def told_by_folders(stories: Sequence[StoryFiles], top: Path) -> list[StoryFiles]:
    """The stories with what the folders in which they lie tell of their authors and series."""
    from converter.folders.shelves import by_their_folders, in_volumes, on_shelves
    from converter.parsers.works.heads import file_head

    def author(i: int) -> str:
        with contextlib.suppress(OSError):
            return file_head(read_head(stories[i].files[0], FIRST)).author
        return ""

    lie = [s.home or s.files[0].parent for s in stories]
    ways = {home: home.relative_to(top) for home in dict.fromkeys(lie)}
    homes = [ways[home] for home in lie]
    wholes = [len(s.files) > 1 and s.below != home for s, home in zip(stories, homes, strict=True)]
    places = [h if whole else h / s.stem for s, h, whole in zip(stories, homes, wholes, strict=True)]
    books = [s.book for s in stories]
    if any(place.parent.name for place in places):
        folders = frozenset(place for place, whole in zip(places, wholes, strict=True) if whole)
        books = on_shelves(books, places, folders)
    called = top.resolve().name
    whole_places = [PurePath(called, place) for place in places]
    books = by_their_folders(in_volumes(books, whole_places), whole_places, author)
    books = _by_their_names(books, stories, top, author)
    told = zip(stories, books, strict=True)
    return [story if book is story.book else replace(story, book=book) for story, book in told]


def _by_their_names(
    books: Sequence[FolderBook | None], stories: Sequence[StoryFiles], top: Path, author: Callable[[int], str]
) -> list[FolderBook | None]:
    """The books of these stories, those in folders of their own with the authors that the folders' names tell."""
    from converter.folders.signed import Called, with_folders_signed

    lone = [len(s.files) > 1 and bool(s.home) for s in stories]
    around = ["" if s.home == top else (top.resolve() / s.below).name for s in stories]
    own = [Called(s.stem, a) if one else Called() for s, a, one in zip(stories, around, lone, strict=True)]
    return with_folders_signed(books, own, author, lambda i: _begins(stories[i]))


def _begins(story: StoryFiles) -> str:
    """What a story begins with, and some of its later files."""
    files, disk = story.files, Disk(story.home or story.files[0].parent)
    heads = []
    for path in dict.fromkeys((files[0], files[len(files) // 2], files[-1])):
        with contextlib.suppress(ConverterError):
            heads.append(decode(disk.first(os.path.relpath(path, story.home))).text)
    return "\n".join(heads)
