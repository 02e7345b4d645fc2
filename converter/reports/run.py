"""What became of the stories of one run, as values: a row for each, those that need a person first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from converter.document.record import dataclass

State = Literal["made", "kept", "failed", "left out"]
ORDER: tuple[State, ...] = ("failed", "made", "kept", "left out")


@dataclass(frozen=True, slots=True)
class RunRow:
    """One story of a run, or a file that was left out: its `doubts` say why.

    `books` are the paths of those that were made, `kept` of those that were up to date. `doubts` are lines that a
    person should look at, `news` what is new since the last run ("+1 chapter"). `cover` is a small JPEG, b"" where none
    was asked for.
    """

    story: str
    state: State
    title: str = ""
    authors: tuple[str, ...] = ()
    chapters: int = 0
    words: int = 0
    changes: int = 0
    books: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    news: str = ""
    problem: str = ""
    cover: bytes = b""


def news_of(before: tuple[int, int] | None, chapters: int, words: int) -> str:
    """What is new in a story that had so many chapters and words before (None: there was no book of it)."""
    if before is None:
        return "new"
    more, told = chapters - before[0], words - before[1]
    if more:
        return f"{more:+} {'chapter' if abs(more) == 1 else 'chapters'}"
    return f"{told:+,} {'word' if abs(told) == 1 else 'words'}" if told else "made again"


def for_a_person(rows: Iterable[RunRow]) -> list[RunRow]:
    """The rows in the order in which a person wants them: what failed, what is in doubt, what is new, the rest; in each
    by title."""
    return sorted(rows, key=lambda r: (ORDER.index(r.state), -len(r.doubts), r.title.casefold() or r.story, r.story))


def counted(number: int, noun: str) -> str:
    """A count with its noun: "1 chapter", "1,200 words"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def failed(rows: Sequence[RunRow]) -> bool:
    """Whether a run failed: a story became no book, or all that was read turned out to be lists of others."""
    return any(row.problem for row in rows) or {row.state for row in rows} == {"left out"}


def tally(rows: Sequence[RunRow]) -> str:
    """How many stories were converted, are up to date, failed."""
    counts = {state: sum(row.state == state for row in rows) for state in ORDER}
    parts = [f"{counts['made']} converted"]
    parts += [f"{n} {what}" for n, what in ((counts["kept"], "up to date"), (counts["failed"], "failed")) if n]
    parts += [f"{n} left out"] if (n := counts["left out"]) else []
    return ", ".join(parts)


def as_values(row: RunRow) -> dict[str, object]:
    """The row as JSON holds it. The keys are a promise to other programs."""
    return {
        "story": row.story,
        "state": row.state,
        "title": row.title,
        "authors": list(row.authors),
        "chapters": row.chapters,
        "words": row.words,
        "changes": row.changes,
        "books": list(row.books),
        "kept": list(row.kept),
        "doubts": list(row.doubts),
        "news": row.news,
        "problem": row.problem,
    }
