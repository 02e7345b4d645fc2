"""Folders that hold a part of one book each: `part1/text.txt`, `part2/text.txt`."""

from __future__ import annotations

from collections.abc import Mapping

from converter.folders.kinds import ending_of
from converter.folders.listing import Look
from converter.folders.understanding import works_in
from converter.folders.understood import FolderBook, Understood
from converter.recognisers.metadata.file_names import without_part


def joined(inner: Mapping[str, Understood], look: Look) -> list[FolderBook]:
    """The books that are spread over folders beside each other, their files with the folder before the name.

    `inner` are the folders with what is understood of each, `look` looks into them by such names. A folder is a part
    by its name: a number, or a word for a chapter with one.
    """
    single = {
        folder: f"{folder}/{held.books[0].files[0]}"
        for folder, held in inner.items()
        if len(held.books) == 1 and len(held.books[0].files) == 1 and "#" in without_part(folder.lower())
    }
    if len(single) < 2:
        return []
    folders = list(single)
    names = list(single.values())
    called = [f"{folder}{ending_of(name)}" for folder, name in single.items()]
    works = works_in(names, (), look, called)
    books = []
    for work in works:
        if len(work.files) > 1:
            why = f"folders that hold a part each; {work.why}"
            covers = [f"{folders[i]}/{c}" for i in work.files[:1] if (c := inner[folders[i]].books[0].cover)]
            books.append(FolderBook(tuple(names[i] for i in work.files), why, doubt=work.doubt, cover="".join(covers)))
    return books
