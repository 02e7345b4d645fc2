"""What was rewritten between two versions of a chapter: so many words, in which places, and the places themselves.

The words are aligned as a proof aligns them (`document/alignment.py`), in time that grows with the words and with each
difference alone; a library's difference of sequences grows with the square of a chapter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converter.document.alignment import Difference, gaps
from converter.document.record import dataclass

PARAGRAPH = "¶"  # stands for a paragraph's end among the words
NEAR = 6  # words between two differences that are shown as one
AROUND = 8  # words shown on either side


@dataclass(frozen=True, slots=True)
class Passage:
    """One place that was rewritten: what stood there, what stands there now, and some words before and behind."""

    before: str
    removed: str
    added: str
    behind: str


@dataclass(frozen=True, slots=True)
class Measure:
    """How two versions differ, in words: those of the older one that are gone, those of the newer one that are new,
    and those of the latter at its end and at its beginning, behind and before all that the older one has."""

    old: int
    new: int
    removed: int
    added: int
    tail: int
    head: int

    @property
    def same(self) -> float:
        """The share of the older version's words that are left."""
        return 1 - self.removed / self.old if self.old else 0.0


def measured(old: Sequence[str], new: Sequence[str]) -> Measure:
    """How the words of two versions differ."""
    found = list(gaps(old, new))
    last = found[-1] if found else None
    first = found[0] if found else None
    tail = last.other_end - last.other if last and last.end == len(old) and last.other_end == len(new) else 0
    head = first.other_end - first.other if first and first.start == 0 and first.other == 0 else 0
    removed = sum(g.end - g.start for g in found)
    added = sum(g.other_end - g.other for g in found)
    return Measure(len(old), len(new), removed, added, tail, head if first is not last or not tail else 0)


def passages(old: str, new: str) -> tuple[Passage, ...]:
    """The places in which two versions differ, in order; a paragraph is a line of the texts."""
    before, after = _tokens(old), _tokens(new)
    return tuple(_passage(before, after, run) for run in _near(list(gaps(before, after))))


def _tokens(text: str) -> list[str]:
    return [word for line in text.splitlines() if line.strip() for word in (*line.split(), PARAGRAPH)]


def _near(found: Sequence[Difference]) -> Iterator[Difference]:
    """Differences with a few words between them as one."""
    run: Difference | None = None
    for one in found:
        if run and one.start - run.end <= NEAR and one.other - run.other_end <= NEAR:
            run = Difference(run.start, one.end, run.other, one.other_end)
            continue
        if run:
            yield run
        run = one
    if run:
        yield run


def _passage(old: Sequence[str], new: Sequence[str], at: Difference) -> Passage:
    return Passage(
        _shown(new[max(0, at.other - AROUND) : at.other]),
        _shown(old[at.start : at.end]),
        _shown(new[at.other : at.other_end]),
        _shown(new[at.other_end : at.other_end + AROUND]),
    )


def _shown(tokens: Sequence[str]) -> str:
    return " ".join(tokens)
