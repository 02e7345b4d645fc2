"""Files that say nothing of a title or an author, and begin with chapters that go on from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from converter.document.findings.works import WorkUnsure
from converter.parsers.works.glance import Glance
from converter.parsers.works.heads import FileHead
from converter.parsers.works.rows import ROW, Work
from converter.parsers.works.titles import divides
from converter.recognisers.headings.words import lexicon

SECOND = 2  # files


def with_headed(
    works: Sequence[Work],
    glances: Sequence[Glance],
    read: Callable[[int], FileHead],
    brief: Callable[[int], FileHead],
) -> list[Work]:
    """The works; files that nothing else joins, and that begin "Chapter 1", "Chapter 2", "Chapter 3" and say nothing of
    a title or an author, are one. A close call where other stories lie beside them, or where they are two. `brief` is a
    file's head by its first lines alone: where they tell a title, or no number, no more is read."""
    single = [work.files[0] for work in works if len(work.files) == 1]
    told = [at for at in single if brief(at).number and not (brief(at).title or brief(at).author)]
    row = _in_order({at: head.number or 0 for at in told if _is_bare(head := read(at), glances[at])})
    if not row or any(read(i).over for i in row[:-1]):
        return list(works)
    unsure = len(row) < max(ROW, len(works))
    joined = Work(row, WorkUnsure(len(row), "one work") if unsure else None, "the numbers in their headings go on")
    return [joined, *(work for work in works if work.files[0] not in row)]


def _in_order(numbers: Mapping[int, int]) -> tuple[int, ...]:
    """Files in the order of their chapters' numbers, where these go on from the first; else none."""
    found = sorted(numbers.values())
    if len(found) < SECOND or found != list(range(found[0], found[0] + len(found))):
        return ()
    return tuple(sorted(numbers, key=numbers.__getitem__)) if found[0] <= 1 or len(found) >= ROW else ()


def _is_bare(head: FileHead, seen: Glance) -> bool:
    """Whether a file has one numbered heading, and names nothing else."""
    return bool(head.number) and head.chapters <= 1 and not (head.title or head.author or _calls_itself(seen, head))


def _calls_itself(seen: Glance, head: FileHead) -> bool:
    """Whether a page's title names more than a chapter."""
    lex = lexicon("en")
    return bool(seen.title) and bool(head.own or any(not divides(part.strip(), lex) for part in seen.title))
