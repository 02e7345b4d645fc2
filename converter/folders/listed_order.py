"""A list beside the pieces of a collection that says their order: "_order.txt", "running order.txt"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from converter.document.errors import ConverterError
from converter.document.patterns import regex
from converter.folders.listing import FIRST, Entry, Look
from converter.folders.understood import FolderBook, Other
from converter.parsers.works.grouping import LONG
from converter.parsers.works.heads import file_head
from converter.parsers.works.order import PARTING
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.file_names import fits_any_folder
from converter.recognisers.metadata.matter_in_names import matter_in_name
from converter.recognisers.metadata.symbols_in_names import without_symbols
from converter.recognisers.vocabulary import listed_words

FEWEST = 2  # pieces of a collection
ASIDE = 2  # lines of a list that name no piece: a title, who wrote it
LONGEST_LINE = 200  # characters
TEXTS = (".txt", ".text", ".md", ".markdown")
SAYS = "it says the order of the pieces beside it"
_NUMBERED = regex(
    r"(?:[-*+•·‣◦#]{1,6}\s+)?(?:\[[ xX]\]\s*)?(?:\d{1,3}|[ivxl]{1,6})(?:[.):]\s*|\s+[-–—]?\s*)(?=\S)",
    within=LONGEST_LINE,
)
_POINT = regex(r"[-*+•·‣◦#]{1,6}\s+", within=LONGEST_LINE)
_LINK = regex(r"\[{1,2}([^\[\]|]{1,150})(?:\|[^\[\]]{0,100})?\]{1,2}(?:\([^()]{0,200}\))?", within=LONGEST_LINE)
_ENDING = regex(r"\.(?:txt|text|md|markdown|docx|html?|rtf)\Z", within=LONGEST_LINE)
_LEADING = regex(r"\d{1,3}[\s._)–-]+", within=LONGEST_LINE)


class ListedOrder(NamedTuple):
    """The book of pieces in the order that a list says, and what that list is."""

    book: FolderBook
    said_in: Other


def listed_order(stories: Mapping[str, Entry], beside: Sequence[str], folder: str, look: Look) -> ListedOrder | None:
    """The collection that all these stories in the folder of this name are, in the order that a file among them, or
    among those `beside` that are no stories, says: whose name says that it is such a list, and whose lines name each of
    them once. Front and back matter may be left out of it. None where there is no such list, or one of them is as long
    as a book."""
    for name in (*beside, *stories):
        if _says_order(name):
            pieces = [n for n in stories if n != name]
            short = all(stories[piece].size < LONG for piece in pieces)
            found = _read(name, pieces, folder, look) if short and len(pieces) >= FEWEST else None
            if found:
                return found
    return None


def _says_order(name: str) -> bool:
    """Whether a file's whole name says that it lists things in their order."""
    stem, _, ending = name.rpartition(".")
    return f".{ending.lower()}" in TEXTS and _plain(stem) in _words()


@cache
def _words() -> frozenset[str]:
    """What such lists are called, folded; a reading order is one of books."""
    return frozenset(map(fold, listed_words("files", "sequences")))


def _plain(stem: str) -> str:
    return fold(without_symbols(stem)).lstrip("0")


def _read(name: str, pieces: Sequence[str], folder: str, look: Look) -> ListedOrder | None:
    """What the file of this name says of the order of these pieces."""
    listed = _listed(_lines(look.first(name)), _called(pieces, look))
    if not listed or len(listed.places) < FEWEST or len(listed.absent) >= len(listed.places):
        return None
    left = [piece for piece in pieces if piece not in listed.places]
    matter = {piece: place for piece in left if (place := matter_in_name(_stem(piece)))}
    if len(matter) < len(left) or len(listed.strange) > ASIDE:
        return None
    around = sorted(matter, key=lambda piece: matter[piece])
    front, back = ([p for p in around if (matter[p].place < 0) == before] for before in (True, False))
    files = (*front, *sorted(listed.places, key=listed.places.__getitem__), *back)
    stem = _title(listed.strange) if fits_any_folder(folder.lower()) else ""
    remarks = tuple(f"{name} lists “{_bare(line)}”, and no file here is called so" for line in listed.absent)
    book = FolderBook(files, f"in the order that {name} says", stem, remarks=remarks, ordered=True)
    return ListedOrder(book, Other(name, "no story", SAYS))


class _Listed(NamedTuple):
    """What the lines of a list name: pieces with their places, what is not there, other things."""

    places: dict[str, int]
    absent: list[str]
    strange: list[str]


def _listed(lines: Sequence[str], known: Mapping[str, str]) -> _Listed | None:
    """What these lines name, where pieces are `known` by what they are called; None where one is named twice."""
    listed = _Listed({}, [], [])
    for at, line in enumerate(lines):
        piece = next((known[key] for key in _keys(line) if key in known), None)
        if piece in listed.places:
            return None
        if piece:
            listed.places[piece] = at
        else:
            (listed.absent if listed.places and _NUMBERED.match(line) else listed.strange).append(line)
    return listed


def _lines(first: bytes) -> list[str]:
    """The lines of a list that is seen to its end; none of a longer text, or of what is no text."""
    from converter.parsers.decoding import decode

    if not first or len(first) >= FIRST:
        return []
    try:
        text = decode(first).text
    except ConverterError:
        return []
    lines = [line for raw in text.splitlines() if (line := raw.strip())]
    return lines if all(len(line) <= LONGEST_LINE for line in lines) else []


def _called(pieces: Sequence[str], look: Look) -> Mapping[str, str]:
    """What pieces are called, by their names and by their first lines, folded; what two are called is none's name."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for piece in pieces:
        head = file_head(look.first(piece))
        for key in {fold(piece), *_own(_stem(piece)), head.title, head.own, *head.names} - {""}:
            if found.setdefault(key, piece) != piece:
                twice.add(key)
    return {key: piece for key, piece in found.items() if key not in twice}


def _own(stem: str) -> set[str]:
    """A name, folded, with the number with which it may begin and without."""
    leading = _LEADING.match(stem)
    return {fold(stem), fold(stem[leading.end() :] if leading else stem)}


def _stem(name: str) -> str:
    return without_symbols(name.rpartition(".")[0].lower())


def _keys(line: str) -> Iterator[str]:
    """What a line may call a piece, the longest first."""
    for text in (line, _bare(line)):
        yield fold(text)
        yield fold(_ENDING.sub("", text))
    yield fold(PARTING.split(_bare(line))[0])  # "Heron - p. 12"


def _bare(line: str) -> str:
    """A line without its number, its mark, and the marks of a link."""
    line = _LINK.sub(r"\1", line).strip("*_ ")
    mark = _NUMBERED.match(line) or _POINT.match(line)
    return line[mark.end() :].strip("*_ ") if mark else line


def _title(lines: Sequence[str]) -> str:
    """The title of a collection over such a list, without the words for that."""
    parts = [part.strip() for part in PARTING.split(_bare(lines[0]))] if lines else []
    return next((part for part in parts if part and fold(part) not in _words()), "")
