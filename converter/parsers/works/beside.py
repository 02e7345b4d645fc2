"""What lies beside the chapters of a work and is a part of it: chapters that are named in another way, front and back
matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf

from converter.document.findings.works import WorkUnsure
from converter.parsers.works.heads import FileHead
from converter.parsers.works.rows import HEADED_SHARE, ROW, Work
from converter.recognisers.metadata.file_names import says_part
from converter.recognisers.metadata.matter_in_names import Matter, matter_in_name

Reads = Callable[[int], FileHead]


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


def with_matter(works: Sequence[Work], stems: Sequence[str], prefix: Callable[[str], str], read: Reads) -> list[Work]:
    """The works, each with the files that are its front and back matter by their names: those that name the work
    (`prefix` gives what a chapter's name has before its number), and, where nothing else lies there, all others."""
    books = [work for work in works if len(work.files) > 1]
    single = [work.files[0] for work in works if len(work.files) == 1]
    if not books or not single:
        return list(works)
    found = _belonging(single, books, stems, prefix, read)
    grown = [_grown(work, {i: matter for i, (book, matter) in found.items() if book is work}) for work in works]
    return [work for work in grown if len(work.files) > 1 or work.files[0] not in found]


def _belonging(
    single: Sequence[int], books: Sequence[Work], stems: Sequence[str], prefix: Callable[[str], str], read: Reads
) -> dict[int, tuple[Work, Matter]]:
    """The works to which single files belong, and where."""
    found = {i: named for i in single if (named := _named_work(stems[i], books, stems, prefix))}
    rest = {i: matter_in_name(stems[i]) for i in single if i not in found}
    if len(books) == 1 and all(rest.values()):
        found |= {i: (books[0], matter) for i, matter in rest.items() if matter}
    return {i: named for i, named in found.items() if _by_one_hand((i, *named[0].files), read)}


def _named_work(
    stem: str, books: Sequence[Work], stems: Sequence[str], prefix: Callable[[str], str]
) -> tuple[Work, Matter] | None:
    """The work that a name of front or back matter names, and where in it that belongs."""
    for book in books:
        work = prefix(stems[book.files[0]])
        matter = matter_in_name(stem, work) if work else None
        if matter and not matter_in_name(stem):
            return book, matter
    return None


def _by_one_hand(files: Sequence[int], read: Reads) -> bool:
    return len({author for i in files if (author := read(i).author)}) <= 1


def _grown(work: Work, matter: Mapping[int, Matter]) -> Work:
    """The work with its front matter before the chapters and the rest behind them."""
    if not matter:
        return work
    files = sorted(matter, key=lambda i: (matter[i], i))
    front = [i for i in files if matter[i].place < 0]
    return work._replace(files=(*front, *work.files, *(i for i in files if matter[i].place > 0)))
