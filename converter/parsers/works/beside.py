"""What lies beside the chapters of a work and is a part of it: chapters that are named in another way, front and back
matter."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from math import inf

from converter.document.findings.works import WorkUnsure
from converter.parsers.works.heads import FileHead
from converter.parsers.works.order import EXTRA
from converter.parsers.works.rows import HEADED_SHARE, ROW, Work
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.extras_in_names import Extra, extra_in_name
from converter.recognisers.metadata.file_names import says_part
from converter.recognisers.metadata.matter_in_names import Matter, behind_bracket, behind_last, matter_in_name

Reads = Callable[[int], FileHead]
Place = Matter | Extra


def with_mixed(works: Sequence[Work], numbered: Mapping[int, float], stems: Sequence[str], read: Reads) -> list[Work]:
    """The works; files that are numbered each in its way ("ch1", "Chapter 2", "03", "6 - Night") and fill one row from
    its first number to its last, each number once, are one. `numbered` are the files whose names say a number and no
    work (front matter less than 0, back matter without end), `stems` all names. A close call where hardly any of them
    says that it is a chapter."""
    mixed = [work for work in works if all(i in numbered for i in work.files)]
    files = sorted((i for work in mixed for i in work.files), key=numbered.__getitem__)
    chapters = [i for i in files if 0 <= numbered[i] < inf]
    if len(mixed) < 2 or len(chapters) < ROW or not _fill_a_row([numbered[i] for i in chapters]):
        return list(works)
    worded = sum(says_part(stems[i]) for i in files)
    if not worded or not _agree([(numbered[i], read(i)) for i in files]):
        return list(works)
    unsure = worded < HEADED_SHARE * len(files) and len(works) > len(mixed)
    why = f"their names number chapters from {numbered[chapters[0]]:g} to {numbered[chapters[-1]]:g}, each once"
    one = Work(tuple(files), WorkUnsure(len(files), "one work") if unsure else None, why)
    return [one, *(work for work in works if work not in mixed)]


def _fill_a_row(numbers: Sequence[float]) -> bool:
    """Whether these numbers, in their order, count from the first of a work on: each once, none left out."""
    whole = {int(n) for n in numbers}
    return len(set(numbers)) == len(numbers) and min(whole) <= 1 and max(whole) - min(whole) + 1 == len(whole)


def _agree(files: Sequence[tuple[float, FileHead]]) -> bool:
    """Whether the heads of these files, each with the number in its name, speak of one work, and of those numbers."""
    heads = [head for _, head in files]
    one_work = len({h.author for h in heads if h.author}) <= 1 and len({h.title for h in heads if h.title}) <= 1
    right = all(h.number is None or (n < inf and h.number == int(n) and h.chapters == 1) for n, h in files)
    return one_work and right and not any(h.over for h in heads[:-1])


def with_matter(
    works: Sequence[Work],
    stems: Sequence[str],
    prefix: Callable[[str], str],
    number: Callable[[str], float],
    read: Reads,
    home: str = "",
) -> list[Work]:
    """The works, each with the files that by their names are its front and back matter, or chapters beside the numbered
    ones ("Bonus Chapter"): those that name the work (`prefix` gives what a chapter's name has before its number, `home`
    is the folder's name in small letters) or share its head, and, where nothing else lies there but signed stories, all
    others. `number` gives the chapter's number in a name, that of back matter without end."""
    single = [i for work in works for i in work.files if _is_alone(work, stems)]
    books = [work for work in works if not _is_alone(work, stems)]
    if not books or not single:
        return list(works)
    found = _belonging(single, books, stems, lambda stem: prefix(stem) or (home if len(books) == 1 else ""), read)
    grown = [
        _grown(work, {i: place for i, (book, place) in found.items() if book is work}, stems, number, read)
        for work in books
    ]
    left = [_without(work, found) for work in works if _is_alone(work, stems)]
    return [*grown, *(work for work in left if work.files)]


def _is_alone(work: Work, stems: Sequence[str]) -> bool:
    """Whether a work is no book of several files by itself: a file, bonus chapters that count themselves, a preface
    and an afterword."""
    return len(work.files) == 1 or all(_place_in_name(stems[i]) for i in work.files)


def _without(work: Work, found: Container[int]) -> Work:
    return work._replace(files=tuple(i for i in work.files if i not in found))


def _belonging(
    single: Sequence[int], books: Sequence[Work], stems: Sequence[str], prefix: Callable[[str], str], read: Reads
) -> dict[int, tuple[Work, Place]]:
    """The works to which single files belong, and where."""
    found = {i: named for i in single if (named := _named_work(stems[i], books, stems, prefix))}
    places = {i: _place_in_name(stems[i]) for i in single if i not in found}
    rest = {i: place for i, place in places.items() if place}
    if rest and len(books) == 1 and all(place or _is_signed(read(i)) for i, place in places.items()):
        found |= {i: (books[0], place) for i, place in rest.items()}
    else:
        found |= {i: (book, place) for i, place in rest.items() if (book := _of_one_head(read(i), books, read))}
    return {i: (book, place) for i, (book, place) in found.items() if _fits(i, book, place, stems[i], read)}


def _is_signed(head: FileHead) -> bool:
    """Whether a file is a story of its own by its head, which says its title and its author."""
    return bool(head.title and head.author)


def _of_one_head(head: FileHead, books: Sequence[Work], read: Reads) -> Work | None:
    """The only one of these books whose files say the title, or the author, that this head says."""
    own = {head.title, head.author, head.work} - {""}
    heads = {id(book): [read(i) for i in book.files] for book in books} if own else {}
    alike = [b for b in books if own and any(not own.isdisjoint((h.title, h.author, h.work)) for h in heads[id(b)])]
    return alike[0] if len(alike) == 1 else None


def _place_in_name(stem: str, work: str = "") -> Place | None:
    return matter_in_name(stem, work) or extra_in_name(stem, work)


def _named_work(
    stem: str, books: Sequence[Work], stems: Sequence[str], prefix: Callable[[str], str]
) -> tuple[Work, Place] | None:
    """The work that a name of such a file names, and where in it that belongs."""
    behind = behind_last(stem)  # "[Final] The Weir" beside "[Part 1] The Weir"
    for book in books:
        if behind and all(behind_bracket(stems[i]) == behind for i in book.files):
            return book, Matter(1, 0)
        work = prefix(stems[book.files[0]])
        place = _place_in_name(stem, work) if work else None
        if place and not _place_in_name(stem):
            return book, place
    return None


def _fits(at: int, book: Work, place: Place, stem: str, read: Reads) -> bool:
    """Whether what the head of a file says does not contradict that it is a part of this book: neither its author nor,
    of a chapter, a title that its name does not say, or chapters that the book has already."""
    heads = [read(i) for i in book.files]
    head = read(at)
    if len({h.author for h in (head, *heads) if h.author}) > 1:
        return False
    titles = {h.title for h in heads if h.title}
    named = not (head.title and titles) or head.title in titles or head.title in fold(stem)
    counted = head.chapters > 1 or (head.number is not None and head.number in {h.number for h in heads})
    return isinstance(place, Matter) or (named and not counted)


def _grown(
    work: Work, places: Mapping[int, Place], stems: Sequence[str], number: Callable[[str], float], read: Reads
) -> Work:
    """The work with its front matter before the chapters, other chapters where they say, and the rest behind them."""
    if not places:
        return work
    numbers = {i: n if n < inf else float(read(i).number or inf) for i in work.files for n in (number(stems[i]),)}
    files = list(work.files)
    for i, extra in sorted((i, p) for i, p in places.items() if isinstance(p, Extra) and p.chapter is not None):
        files.insert(max((at + 1 for at, f in enumerate(files) if numbers[f] < extra.place), default=0), i)
        numbers[i] = extra.place
    around = sorted((*_rank(place), i) for i, place in places.items() if i not in numbers)
    front, back = ([i for side, _, i in around if side == wanted] for wanted in (-1, 1))
    return work._replace(files=(*front, *files, *back))


def _rank(place: Place) -> tuple[int, float]:
    """Whether what has this place stands before the chapters (-1) or behind them (1), and where among its like."""
    return (1, EXTRA) if isinstance(place, Extra) else (place.place, float(place.rank))
