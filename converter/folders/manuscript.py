"""A book that a writer's program has put into folders: front matter, a manuscript in parts, back matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from converter.document.patterns import regex
from converter.folders.about import may_tell, together, told_by
from converter.folders.listing import Look
from converter.folders.understood import TELLS, About, FolderBook, Twin, Understood
from converter.parsers.works.heads import LANGUAGES, file_head
from converter.parsers.works.order import natural
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.metadata.file_names import holds_chapters
from converter.recognisers.metadata.matter_in_names import matter_in_name
from converter.recognisers.metadata.parts_in_names import part_in_name
from converter.recognisers.metadata.symbols_in_names import without_symbols
from converter.recognisers.vocabulary import listed_words

LONGEST_NAME = 255  # characters
_LEADING = regex(r"(\d{1,4}(?:\.\d{1,2})?)[\s._)–-]*", within=LONGEST_NAME)
WHY = "a manuscript, with what stands before and behind it, in folders"


class Tree(Protocol):
    """A folder with what is understood of it, and those in it by their names."""

    @property
    def understood(self) -> Understood:
        """What it holds itself."""

    @property
    def folders(self) -> Mapping[str, Tree]:
        """The folders in it."""


class Sides(NamedTuple):
    """The folders of a book: what stands before the manuscript, that itself, what stands behind it."""

    front: list[str]
    body: list[str]
    back: list[str]


def manuscript_in(tree: Tree, look: Look) -> FolderBook | None:
    """The book that is in the folders of this one: front matter, the manuscript, back matter, each in
    the order of its names, with their paths below it; None where there is no such folder of a manuscript, nothing
    beside it or in parts, or where several people have written what is in them. `look` looks into files by such
    paths."""
    if tree.understood.books:
        return None
    sides = sides_of(tree.folders)
    if len(sides.body) != 1:
        return None
    parts = [n for n in tree.folders[sides.body[0]].folders if part_in_name(bare(n)[1])]
    if not (sides.front or sides.back or parts):
        return None
    folders = (*sides.front, *sides.body, *sides.back)
    files = [f"{folder}/{file}" for folder in folders for file in files_in(tree.folders[folder])]
    authors = {author for file in files if (author := file_head(look.first(file)).author)}
    if len(files) < 2 or len(authors) > 1:
        return None
    said, twins = told_in(tree, (*sides.front, *sides.back), look), tuple(twins_in(tree, folders))
    named = tuple(map(part_name, files))
    return FolderBook(tuple(files), WHY, said.title if said else "", twins=twins, about=said, ordered=True, parts=named)


def twins_in(tree: Tree, folders: Iterable[str], above: str = "") -> Iterator[Twin]:
    """The files in these folders, and in those in them, that are not made since others tell the same."""
    for folder in folders:
        inner, path = tree.folders[folder], f"{above}{folder}/"
        own = (twin for book in inner.understood.books for twin in book.twins if not twin.made)
        yield from (replace(twin, name=path + twin.name, of=path + twin.of) for twin in own)
        yield from twins_in(inner, inner.folders, path)


def told_in(tree: Tree, folders: Sequence[str], look: Look) -> About | None:
    """What title pages and the like in these folders tell of the book."""
    about = [
        replace(told, name=other.name)
        for folder in folders
        for other in tree.folders[folder].understood.others
        if may_tell(other.name) and (told := told_by(f"{folder}/{other.name}", look))
    ]
    return together(about)


def with_title_page(inside: Understood) -> Understood:
    """What is understood of a folder of such a book, whose title page tells of it."""
    others = (replace(o, kind="beside", why=TELLS) if may_tell(o.name) else o for o in inside.others)
    return replace(inside, others=tuple(others))


def sides_of(folders: Mapping[str, Tree]) -> Sides:
    """The folders of a book among these, each side in the order of its names; others are none of them."""
    sides = Sides([], [], [])
    for name in sorted(folders, key=rank):
        plain = bare(name)[1]
        matter = matter_in_name(plain)
        if holds_chapters(plain):
            sides.body.append(name)
        elif matter and plain not in listed_words("files", "people"):  # whose cards these are
            (sides.front if matter.place < 0 else sides.back).append(name)
    return sides


def files_in(tree: Tree) -> Iterator[str]:
    """The stories in a folder and those in it, in the order of their names."""
    own = {file: None for book in tree.understood.books for file in book.files}
    entries: Sequence[str] = sorted([*own, *tree.folders], key=rank)
    for name in entries:
        if name in own:
            yield name
        else:
            yield from (f"{name}/{file}" for file in files_in(tree.folders[name]))


def rank(name: str) -> tuple[float, float, float, tuple[tuple[int, int, str], ...]]:
    """The place of a file or a folder among its like: by the number with which it begins, else front matter, parts by
    their numbers, back matter, else by name."""
    leading, plain = bare(name.rpartition(".")[0] if "." in name[-6:] else name)
    if leading is not None:
        return 0, leading, 0, natural(name)
    matter, part = matter_in_name(plain), part_in_name(plain)
    if matter:
        return matter.place, 0, matter.rank, natural(name)
    return 0, part.number if part else 0, 0, natural(name)


def bare(name: str) -> tuple[float | None, str]:
    """The number with which a name begins, and the rest of it in small letters, without symbols."""
    name = without_symbols(name)
    leading = _LEADING.match(name)
    if leading and name[leading.end() :]:
        return float(leading[1]), name[leading.end() :].lower()
    return None, name.lower()


def part_name(file: str) -> str:
    """What the part is called in whose folder a file lies, without the number by which folders are sorted."""
    folder = next((without_symbols(name) for name in reversed(file.split("/")[:-1]) if part_number(name)), "")
    return folder[len(folder) - len(bare(folder)[1]) :]


def part_number(folder: str) -> int:
    """The number of the part that a folder's name says; 0 where it says none."""
    name = bare(folder)[1]
    for language in LANGUAGES:
        form = read_form(name, lexicon(language))
        if form and form.kind == "part" and form.number:
            return form.number.value
    return 0
