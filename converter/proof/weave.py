"""The source as a weave: the book's running text, and between its words what is left out or stands elsewhere.

The account in `reading` gives each omission the nearest place that fits; where equal words stand near one another that
may be another's place, and the account then fails though nothing is lost. Here all places are tried side by side, word
by word of the source, and an account is found if there is one. The work is bounded: a weave of many equal threads that
is not found within it counts as none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from converter.document.alignment import letters, proof_words
from converter.document.contracts import Insertion, Omission
from converter.document.record import dataclass
from converter.proof.ledger import NEAR_WORDS, Ledger
from converter.proof.strands import BREAK_MARK, Strand

WAYS = 256  # accounts that are followed side by side
STEPS = 4_000_000  # tried in all: many times the words of a novel
NESTING_LIMIT = 3  # omissions in one another


@dataclass(frozen=True, slots=True)
class _Thread:
    """A text that runs through the source, as bare letters.

    `ends`: where its words end; the source's must end there, too, unless it is an `omission`. It begins at one of the
    words `first` to `last` (not included). `bit` stands for it in a set.
    """

    letters: str
    ends: frozenset[int]
    first: int
    last: int
    bit: int
    omission: Omission | None = None


class _Progress(NamedTuple):
    """How far a thread is told, and inside a word of it the source's word that was told last (else -1). `added`: which
    of the words that the program put there are passed, as bits."""

    thread: int
    at: int
    word: int
    added: int = 0


class _Way(NamedTuple):
    """The threads begun and not ended, the running text first; which others were begun, as bits."""

    stack: tuple[_Progress, ...]
    bits: int


class _Log(NamedTuple):
    """Where threads begin and end, the last first: (thread, word, whether it begins there)."""

    before: _Log | None
    thread: int
    word: int
    begins: bool


Found = list[tuple[Omission, int, int]]


def woven(
    ledger: Ledger,
    running: str,
    apart: Sequence[Strand],
    omissions: Sequence[Omission],
    insertions: Sequence[Insertion],
    reach: int,
) -> Found | None:
    """Where the omissions stand if all words of the source are in the running text of the book, in a strand that stands
    `apart`, or in one of the omissions; None where they are not. An omission that names only a line begins at most
    `reach` lines from it. Raises nothing.
    """
    return _Loom(ledger, running, apart, omissions, insertions, reach).weave()


class _Loom:
    def __init__(
        self,
        ledger: Ledger,
        running: str,
        apart: Sequence[Strand],
        omissions: Sequence[Omission],
        insertions: Sequence[Insertion],
        reach: int,
    ) -> None:
        self.ledger = ledger
        self.witness = ledger.witness
        self.total = len(self.witness.words)
        self.lines = [self.witness.lines(file) for file in range(len(self.witness.texts))]
        self.reach = reach
        self.threads: list[_Thread] = [_Thread(*_exact(running), 0, 0, 0)]
        self.wordless: Found = []
        for omission in omissions:
            self._add(omission)
        for strand in apart:
            self._add(strand)
        self.everything = sum(t.bit for t in self.threads)
        self.twins = self._twins()
        self.added = [_exact(i.text) for i in insertions]
        self.starts: dict[str, list[int]] = {}
        for number, thread in enumerate(self.threads[1:], 1):
            self.starts.setdefault(thread.letters[0], []).append(number)

    def _add(self, one: Omission | Strand) -> None:
        bit = 1 << len(self.threads)
        bare, ends = _exact(one.text)
        if isinstance(one, Strand):
            if bare:
                self.threads.append(_Thread(bare, ends, 0, self.total, bit))
            return
        if not bare:
            span = self.ledger.take(one)
            self.wordless.append((one, span.start, span.end) if span else (one, 0, 0))
            return
        first, last = self._between(one)
        self.threads.append(_Thread(bare, ends, first, last, bit, one))

    def _between(self, one: Omission) -> tuple[int, int]:
        """The words of the source between which an omission may begin."""
        file = self.ledger.file_of(one.origin.source)
        begin, end = self.witness.firsts[file], self.witness.firsts[file + 1]
        if one.rule == BREAK_MARK:
            return begin, end
        if one.letters >= 0:
            word = self.witness.word_at_letter(file, one.letters)
            return max(begin, word - NEAR_WORDS), min(end, word + NEAR_WORDS)
        if one.origin.line <= 0:
            return begin, end
        lines = self.lines[file]
        first = bisect_left(lines, one.origin.line - self.reach)
        return begin + first, begin + bisect_left(lines, one.origin.line + self.reach + 1)

    def _twins(self) -> dict[int, int]:
        """Of threads with the same letters, the bit of the one that is told before this one: changed about, they would
        make the same account."""
        groups: dict[tuple[str, str], list[_Thread]] = {}
        for thread in self.threads[1:]:
            rule = thread.omission.rule if thread.omission is not None else None
            kind = rule if rule in (None, BREAK_MARK) else "omission"
            groups.setdefault((thread.letters, kind or ""), []).append(thread)
        ordered = (sorted(threads, key=lambda t: (t.first, t.last)) for threads in groups.values())
        return {b.bit: a.bit for threads in ordered for a, b in pairwise(threads) if a.last <= b.last}

    def weave(self) -> Found | None:
        ways: dict[_Way, _Log | None] = {_Way((_Progress(0, 0, -1),), 0): None}
        steps = 0
        for number, word in enumerate(self.witness.words):
            bare = letters((word,))
            following: dict[_Way, _Log | None] = {}
            for way, log in ways.items():
                for new, more in self._steps(way, log, number, bare):
                    following.setdefault(new, more)
                    steps += 1
            if not following or steps > STEPS:
                return None
            ways = following if len(following) <= WAYS else dict(list(following.items())[:WAYS])
        for way, log in ways.items():
            if len(way.stack) == 1 and way.bits == self.everything and self._is_over(way.stack[0]):
                return [*self._omissions_of(log), *self.wordless]
        return None

    def _is_over(self, place: _Progress) -> bool:
        end = len(self.threads[0].letters)
        return place.at == end or (place.word < 0 and any(p.at == end for p in self._behind_added(place)))

    def _behind_added(self, place: _Progress) -> Iterator[_Progress]:
        """Where the running text goes on behind words that the program put there, each as it is told, and once."""
        whole, at = self.threads[0], place.at
        for number, (bare, ends) in enumerate(self.added):
            if not bare or place.added >> number & 1 or not whole.letters.startswith(bare, at):
                continue
            if all((at + n in whole.ends) == (n in ends) for n in range(1, len(bare) + 1)):
                yield _Progress(0, at + len(bare), -1, place.added | 1 << number)

    def _omissions_of(self, log: _Log | None) -> Iterator[tuple[Omission, int, int]]:
        ends: dict[int, int] = {}
        while log is not None:
            omission = self.threads[log.thread].omission
            if not log.begins:
                ends[log.thread] = log.word
            elif omission is not None:
                yield omission, log.word, ends[log.thread]
            log = log.before

    def _steps(self, way: _Way, log: _Log | None, number: int, bare: str) -> Iterator[tuple[_Way, _Log | None]]:
        """The ways on from here that this word of the source allows."""
        *below, top = way.stack
        for place in self._places(top):
            if (after := self._further(place, number, bare)) is not None:
                yield self._way(tuple(below), after, way.bits, log, number)
        if len(way.stack) > NESTING_LIMIT:
            return
        for thread in self._beginning(way.bits, number, bare):
            after = self._further(_Progress(thread, 0, -1), number, bare)
            if after is not None:
                begun = _Log(log, thread, number, True)
                yield self._way(way.stack, after, way.bits | self.threads[thread].bit, begun, number)

    def _places(self, top: _Progress) -> Iterator[_Progress]:
        """Where the topmost thread may go on: where it is, or behind words that the program put there."""
        yield top
        if top.thread == 0 and top.word < 0:
            yield from self._behind_added(top)

    def _further(self, place: _Progress, number: int, bare: str) -> _Progress | None:
        """The thread with this word told; None where it says something else, or has the borders of words elsewhere."""
        thread = self.threads[place.thread]
        end = place.at + len(bare)
        if not thread.letters.startswith(bare, place.at):
            return None
        if thread.omission is not None:
            return _Progress(place.thread, end, -1)
        if any(at in thread.ends for at in range(place.at + 1, end)):
            return None
        if place.word >= 0 and not self.ledger.may_join(place.word, number):
            return None
        return _Progress(place.thread, end, -1 if end in thread.ends else number, place.added)

    def _beginning(self, bits: int, number: int, bare: str) -> Iterator[int]:
        for at in self.starts.get(bare[0], ()):
            thread = self.threads[at]
            twin = self.twins.get(thread.bit, 0)
            if bits & thread.bit or bits & twin != twin or not thread.letters.startswith(bare):
                continue
            if thread.first <= number < max(thread.last, thread.first + 1) and self._may_begin(thread, number):
                yield at

    def _may_begin(self, thread: _Thread, number: int) -> bool:
        """Whether a break's mark that may stand anywhere stands alone here."""
        if thread.omission is None or thread.omission.rule != BREAK_MARK:
            return True
        end = number + len(proof_words(thread.omission.text))
        return self.witness.stands_alone(number, min(end, self.total))

    def _way(
        self, below: tuple[_Progress, ...], top: _Progress, bits: int, log: _Log | None, number: int
    ) -> tuple[_Way, _Log | None]:
        if top.thread and top.at == len(self.threads[top.thread].letters):
            return _Way(below, bits), _Log(log, top.thread, number + 1, False)
        return _Way((*below, top), bits), log


def _exact(text: str) -> tuple[str, frozenset[int]]:
    """A text's bare letters, and how many of them stand before each end of a word."""
    bare: list[str] = []
    ends: set[int] = set()
    size = 0
    for word in proof_words(text):
        bare.append(letters((word,)))
        size += len(bare[-1])
        ends.add(size)
    return "".join(bare), frozenset(ends)
