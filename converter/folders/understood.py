"""What is understood of one folder, as a value that can be kept as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from converter.document.findings.works import WorkUnsure
from converter.document.record import dataclass

OtherKind = Literal["hidden", "settings", "picture", "beside", "companion", "unread", "no story", "outward"]
NAMED = "it was named"  # why a file is a book that a person asked for itself
TELLS = "it tells of the book beside it"  # why a file is no story


@dataclass(frozen=True, slots=True)
class Twin:
    """A file that tells the same story as a book's, or may tell it: which file that is, and why it is said.

    `made` says whether the twin becomes a book of its own, too, since the texts differ much.
    """

    name: str
    of: str
    why: str
    made: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What a file beside a book tells of it: facts as (field, value, label as written), and the name of its cover."""

    name: str
    facts: tuple[tuple[str, str, str], ...]
    cover: str = ""

    @property
    def title(self) -> str:
        """The title that it tells, or ""."""
        return next((value for field, value, _ in self.facts if field == "title"), "")

    @property
    def only_author(self) -> bool:
        """Whether it names an author and nothing else: whoever wrote all that lies there."""
        return [field for field, _, _ in self.facts] == ["author"]


@dataclass(frozen=True, slots=True)
class FolderBook:
    """The files of one book by their names in the folder (those of `parts.py` with the folder they are in).

    `stem` is what its files share in their names, "" where the folder is called as the book is. `why` says why they
    are one book, `doubt` that it was a close call. `series` and its number are what the names tell.
    """

    files: tuple[str, ...]
    why: str
    stem: str = ""
    doubt: WorkUnsure | None = None
    series: str = ""
    series_index: str = ""
    title: str = ""  # where a name tells a series, too
    author: str = ""  # likewise
    cover: str = ""
    twins: tuple[Twin, ...] = ()
    remarks: tuple[str, ...] = ()  # what is doubtful about its files, in words
    about: About | None = None
    ordered: bool = False  # its files stand in an order that they say themselves
    settled: int = 0  # its last files, which stand as its story.toml names them
    titles: tuple[str, ...] = ()  # of its chapters, where a file beside them says them: one for each file
    parts: tuple[str, ...] = ()  # what the part is called in whose folder each file lies, where they lie in parts


@dataclass(frozen=True, slots=True)
class Other:
    """A file, or a folder, that no story is read from, and the reason.

    "no story" and "unread" are files that somebody may take for stories, "companion" those that go with stories (a
    licence), "outward" links that lead out of the folder that was asked for.
    """

    name: str
    kind: OtherKind
    why: str


@dataclass(frozen=True, slots=True)
class Understood:
    """All that a folder holds: its books, its other files, the folders in it where stories may be. `about` is told of a
    book that lies in one of these."""

    books: tuple[FolderBook, ...] = ()
    others: tuple[Other, ...] = ()
    folders: tuple[str, ...] = ()
    about: About | None = None

    def names(self) -> Iterator[str]:
        """Every name that is accounted for; a twin that is made, too, is named by its own book alone."""
        for book in self.books:
            yield from book.files
            if book.cover:
                yield book.cover
            yield from (twin.name for twin in book.twins if not twin.made)
        yield from (other.name for other in self.others)
        yield from self.folders

    def as_json(self) -> dict[str, Any]:
        """The value as JSON holds it; what is empty is left out."""
        kept: dict[str, Any] = {
            "books": [_full(_book_json(b)) for b in self.books],
            "others": [[o.name, o.kind, o.why] for o in self.others],
            "folders": list(self.folders),
        }
        return kept | ({"about": _about_json(self.about)} if self.about else {})

    @staticmethod
    def from_json(kept: Mapping[str, Any]) -> Understood:
        """The value that `as_json` gave. Raises KeyError, TypeError, ValueError for anything else."""
        return Understood(
            tuple(_book_from(b) for b in kept["books"]),
            tuple(Other(*o) for o in kept["others"]),
            tuple(kept["folders"]),
            _about_from(kept.get("about")),
        )


def _book_json(book: FolderBook) -> dict[str, Any]:
    return {
        "files": list(book.files),
        "why": book.why,
        "stem": book.stem,
        "doubt": [book.doubt.files, book.doubt.taken_for] if book.doubt else [],
        "series": book.series,
        "series_index": book.series_index,
        "title": book.title,
        "author": book.author,
        "cover": book.cover,
        "remarks": list(book.remarks),
        "about": _about_json(book.about) if book.about else [],
        "ordered": book.ordered,
        "settled": book.settled,
        "titles": list(book.titles),
        "parts": list(book.parts),
        "twins": [[t.name, t.of, t.why, t.made] for t in book.twins],
    }


def _about_json(about: About) -> list[Any]:
    return [about.name, [list(fact) for fact in about.facts], about.cover]


def _about_from(kept: Any) -> About | None:
    if not kept:
        return None
    name, facts, cover = kept
    return About(name, tuple((field, value, label) for field, value, label in facts), cover)


def _full(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _book_from(kept: Mapping[str, Any]) -> FolderBook:
    values = dict(kept)
    doubt = WorkUnsure(*values.pop("doubt")) if "doubt" in values else None
    twins = tuple(Twin(*t) for t in values.pop("twins", ()))
    remarks, about = tuple(values.pop("remarks", ())), _about_from(values.pop("about", None))
    values |= {name: tuple(values.get(name, ())) for name in ("files", "titles", "parts")}
    return FolderBook(doubt=doubt, twins=twins, remarks=remarks, about=about, **values)
