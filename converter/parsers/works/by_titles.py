"""Files that say one title, and each another part or chapter of it, whatever they are called: "611.html" with "Ember &
Ash (1/3)" over it, "alpha.txt" with the title, the author and "Chapter One"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from converter.document.findings.works import WorkUnsure
from converter.parsers.works.glance import Glance
from converter.parsers.works.heads import FileHead
from converter.parsers.works.rows import ROW, Work
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.file_names import fits_any_row
from converter.recognisers.metadata.pieces_in_titles import piece_in_title

Reads = Callable[[int], FileHead]
Key = tuple[str, ...]  # what the files of one work share: the sort of evidence, titles, an author
PARTS = "parts:"  # before a work whose parts have titles; no author is folded so
FEWEST = 2  # files
MOST_CHAPTERS = 1_000  # of a part of a book, no part has more
PIECES = "their titles say which parts of one work they are"
CHAPTERS = "all bear one title, and each another chapter's number"


class _Place(NamedTuple):
    """What a file says of its work, and its number there."""

    key: Key
    number: float
    work: str = ""  # as written, where a title says it


def with_titled(works: Sequence[Work], glances: Sequence[Glance], read: Reads, brief: Reads) -> list[Work]:
    """The works, those together whose files say one title and each another part of it, in the order of their titles, or
    each another chapter below one title.

    Chapters below a title that nobody signed have to be counted on, and are a close call where they are few. `brief` is
    a file's head by its first lines alone: only files that may be of one work are read further.
    """
    alike: dict[Key, dict[float, list[Work]]] = {}
    for work in works:
        first = work.files[0]
        if place := _place(brief(first), glances[first]):
            alike.setdefault(place.key, {}).setdefault(place.number, []).append(work)
    groups = {key: [work for (work,) in row.values()] for key, row in alike.items() if _each_once(row)}
    found = ((group, _one(key, group, glances, read)) for key, group in groups.items())
    joined = {id(group[0]): (one, group) for group, one in found if one}
    if not joined:
        return list(works)
    gone = {id(work) for _, group in joined.values() for work in group[1:]}
    return [joined[id(work)][0] if id(work) in joined else work for work in works if id(work) not in gone]


def _each_once(row: Mapping[float, Sequence[Work]]) -> bool:
    return all(len(works) == 1 for works in row.values())


def _place(head: FileHead, seen: Glance) -> _Place | None:
    """What a file says of its place in a work; None where it says none."""
    piece = next((piece for title in seen.title if (piece := piece_in_title(title))), None) or head.piece
    if piece:
        return _Place((PARTS, fold(piece.work)), piece.number, piece.work)
    number = head.number or 0
    if head.volume:  # a book of a series
        return None
    if not (head.part or head.number is not None) or (head.chapters > 1 and not head.part):
        return None
    titles = head.names or ((head.title or head.work,) if head.title or head.work else ())
    if not titles or any(map(fits_any_row, titles)):
        return None
    return _Place((head.author, *sorted(set(titles))), head.part * MOST_CHAPTERS + number)


def _one(key: Key, works: Sequence[Work], glances: Sequence[Glance], read: Reads) -> Work | None:
    """The work that these are, each of which has a file with this key; None where they are none, or it is one already
    that tells its order."""
    files = [i for work in works for i in work.files]
    if len(files) < FEWEST or (len(works) == 1 and key[0] != PARTS):
        return None
    heads = {i: read(i) for i in files}
    places = {i: place for i in files if (place := _place(heads[i], glances[i])) and place.key == key}
    once = len({place.number for place in places.values()}) == len(files)
    if not once or len({head.author for head in heads.values() if head.author}) > 1:
        return None
    row = tuple(sorted(files, key=lambda i: places[i].number))
    if key[0] != PARTS:
        return _of_chapters(row, [places[i].number for i in row], [heads[i] for i in row], signed=bool(key[0]))
    return _of_pieces(row, places[row[0]].work, works)


def _of_pieces(row: tuple[int, ...], title: str, works: Sequence[Work]) -> Work | None:
    """The work of files whose titles count its parts; one that was a work before keeps its name. None where it has this
    order already."""
    if [row] == [work.files for work in works]:
        return None
    return Work(row, why=PIECES, title=title if len(works) > 1 else "", ordered=True)


def _of_chapters(
    row: tuple[int, ...], numbers: Sequence[float], heads: Sequence[FileHead], *, signed: bool
) -> Work | None:
    """The work of files that begin with these chapters below one title; None where one of them ends a story, or, where
    nobody signed, their numbers don't go on."""
    goes_on = numbers == [numbers[0] + n for n in range(len(numbers))] and (numbers[0] <= 1 or len(numbers) >= ROW)
    if any(head.over for head in heads[:-1]) or not (signed or goes_on):
        return None
    doubt = None if signed or len(row) >= ROW else WorkUnsure(len(row), "one work")
    return Work(row, doubt, CHAPTERS, ordered=True)
