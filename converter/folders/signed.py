"""Authors behind a title: "Salt Road (Ada Thorn)", where something else in the folder says who that is; folders that
are called "Salt Road - Ada Thorn", or lie in one that is called like a person, where the story knows no such words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from converter.document.patterns import regex
from converter.folders.kinds import PAGES, ending_of
from converter.folders.understood import FolderBook
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.file_names import fits_any_folder
from converter.recognisers.metadata.names import is_bare_name, is_person
from converter.recognisers.metadata.titles_in_names import from_file_name, title_and_person

LONGEST_NAME = 255  # characters of a file's
FULL_NAME = 2  # words
ENOUGH = 200  # words of a story, among which those of a title would be
FEW = 100  # of one that has a word of its title
LONG = 4  # letters of such a word
_WORDS = regex(r"[^\W\d_]+")
HELPERS = ("author", "editor", "translator", "illustrator")
_ROLE = regex(r"\s*[(\[]([^()\[\]]{2,20})[)\]]\Z", within=LONGEST_NAME)
_SIGNED = regex(r"([^()]*+)\(([^()]{4,60})\)\Z", within=LONGEST_NAME)


def with_signed(
    books: Sequence[FolderBook], author: Callable[[str], str], text: Callable[[str], str]
) -> list[FolderBook]:
    """The books, those with title and author whose names have a person behind the title: in brackets one who wrote
    another book here by that one's name, or by what its file says (`author` gives that, or ""), since a name in
    brackets alone may be a fandom; behind a dash one of whom the story knows nothing (`text` gives its first words),
    where another name here tells an author, too."""
    signed = {i: found for i, book in enumerate(books) if (found := _signed(book))}
    whole = _with_bracketed(books, signed, author) if signed else list(books)
    dashed = {i: found for i, book in enumerate(whole) if (found := _dashed(book))}
    series = Counter(fold(title) for title, _ in dashed.values())
    for i, (title, who) in dashed.items():
        others = (other for at, other in enumerate(whole) if at != i)
        alone = series[fold(title)] == 1 and any(_tells_author(other, author) for other in others)
        name = books[i].files[0]
        if alone and _is_by(who, author(name), partial(text, name), title, enough=FEW):
            whole[i] = replace(whole[i], title=from_file_name(title).title or title, author=who)
    return whole


def _with_bracketed(
    books: Sequence[FolderBook], signed: Mapping[int, tuple[str, str]], author: Callable[[str], str]
) -> list[FolderBook]:
    others = (book for i, book in enumerate(books) if i not in signed)
    known = {fold(who) for book in others for who in (*_named(book), author(book.files[0])) if who}
    whole = list(books)
    for i, (title, who) in signed.items():
        if fold(who) in known:
            whole[i] = replace(books[i], title=title, author=who)
    return whole


def _dashed(book: FolderBook) -> tuple[str, str] | None:
    """The title and what may be a person behind a dash in the name of a file; behind that of a page stands its site."""
    if len(book.files) > 1 or book.title or book.author or book.series or ending_of(book.files[0]) in PAGES:
        return None
    title, who = title_and_person(_without_role(_name(book)))
    return (title, who) if title and not is_bare_name(title, frozenset()) else None


def _without_role(name: str) -> str:
    """A name without what somebody did in brackets behind it: "Foreword - Ada Thorn (editor)"."""
    found = _ROLE.search(name)
    field = read_field(f"{found[1]}: somebody") if found else None
    return name[: found.start()] if found and field and field[0] in HELPERS else name


def _tells_author(book: FolderBook, author: Callable[[str], str]) -> bool:
    """Whether a name tells who wrote a story: by its form, or as the story says it, too."""
    told = _dashed(book)
    return fold(told[1]) == author(book.files[0]) if told else any(_named(book))


def _signed(book: FolderBook) -> tuple[str, str] | None:
    """The title and the person behind it in a book's name."""
    found = _SIGNED.match(_name(book)) if not (book.title or book.author) else None
    if not found or len(found[2].split()) < FULL_NAME or not is_person(found[2]):
        return None
    title = from_file_name(found[1].strip()).title
    return (title, found[2]) if title else None


def _named(book: FolderBook) -> list[str]:
    """The authors whom a book's name tells."""
    return [book.author, *from_file_name(_name(book)).authors]


def _name(book: FolderBook) -> str:
    return book.files[0].rpartition(".")[0] if len(book.files) == 1 else book.stem


class Called(NamedTuple):
    """How the folder is called that is a book, and the one in which it lies; both are "" for other books."""

    name: str = ""
    around: str = ""


def with_folders_signed(
    books: Sequence[FolderBook | None],
    called: Sequence[Called],
    author: Callable[[int], str],
    text: Callable[[int], str],
) -> list[FolderBook | None]:
    """The books, those in folders of their own with the person behind the title as their author ("Salt Road - Ada
    Thorn"), or the one whose name the folder around has ("Ada Thorn/The Salt Road").

    A series and its book look the same: "Copper Road - Ash Wagon", "Copper Road/The Ash Wagon". What a story is called
    for is in it, and who wrote it is not: no word of the name stands in small letters in the text, the last one not at
    all. Folders beside each other with the same words before the dash are a series. `author` gives whom the book of
    this number names, folded, or ""; `text` what it begins with.
    """
    told = list(books)
    parted = [title_and_person(c.name) if c.name else ("", "") for c in called]
    series = Counter(
        key for key in {(c.around, fold(t), fold(p)) for c, (t, p) in zip(called, parted, strict=True) if t}
    )
    before = Counter((around, title) for around, title, _ in series)
    for i, (book, own, (title, person)) in enumerate(zip(books, called, parted, strict=True)):
        if not book or not own.name or book.author or book.title or book.series:
            continue
        if title:
            alone = before[own.around, fold(title)] == 1 and fold(title) != fold(own.around)
            if _is_by(person, author(i), partial(text, i), title, alone=alone):
                told[i] = replace(book, title=from_file_name(title).title or title, author=person)
        elif _may_be_shelf(own) and _is_by(own.around, author(i), partial(text, i)):
            told[i] = replace(book, author=own.around)
    return told


def _may_be_shelf(called: Called) -> bool:
    """Whether the folder around a book is called like a person, and the book is not."""
    around, own = called.around, from_file_name(called.name)
    person = (
        len(around.split()) >= FULL_NAME and is_bare_name(around, frozenset()) and not fits_any_folder(around.lower())
    )
    titled = own.title and not own.authors and fold(around) not in fold(called.name)
    return person and bool(titled) and not is_bare_name(called.name, frozenset())


def _is_by(
    person: str, said: str, text: Callable[[], str], title: str = "", *, alone: bool = True, enough: int = ENOUGH
) -> bool:
    """Whether a story is by this person: it says so (`said`, folded), or says nobody and has no such words. Where the
    title may be a name, too, or the story has fewer words than `ENOUGH`, some word of it stands in the story. `alone`:
    no folder beside it has its first words."""
    if said or not alone:
        return bool(said) and said == fold(person)
    words = _WORDS.findall(text())
    small = {word for word in words if word.islower()}
    named = [word.casefold() for word in _WORDS.findall(person)]
    if len(words) < enough or not small.isdisjoint(named) or named[-1] in {word.casefold() for word in words}:
        return False
    if title and is_bare_name(title, frozenset()):
        return not small.isdisjoint(word.casefold() for word in _WORDS.findall(title))
    named_there = {word for word in _WORDS.findall(title) if len(word) >= LONG} & set(words)
    return len(words) >= ENOUGH or bool(named_there)
