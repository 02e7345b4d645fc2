"""Where the words of file and book differ: lost, added, moved, run together or fallen apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress

from converter.document.alignment import Difference, gaps, joined_at, letters, proof_words
from converter.document.contracts import Insertion
from converter.document.findings.reading import Fault, FaultKind
from converter.document.model import Origin
from converter.proof.faults import quoted_words
from converter.proof.ledger import Ledger

BEFORE = 6  # words quoted before them
FAULTS = 50  # of one kind that are kept; one wrong turn of a reader may make thousands


def differences(ledger: Ledger, book: list[str], insertions: Sequence[Insertion]) -> list[Fault]:
    """The faults between the words that a ledger has open and those of a book, except what was told as inserted."""
    source = ledger.rest()
    if source == book:
        return []
    numbers = list(compress(range(len(ledger.words)), ledger.kept))  # of the words in `source`
    joints: list[Difference] = []
    lost: list[Difference] = []
    added: list[Difference] = []
    for gap in gaps(source, book, joints):
        if gap.end > gap.start:
            lost.append(gap)
        if gap.other_end > gap.other:
            added.append(gap)
    added = _without_insertions(added, book, insertions)
    bare = _without_whole_insertions(source, book, insertions) if added and insertions else book
    if bare != book and not differences(ledger, bare, ()):
        return []
    faults = list(_runs(ledger, source, book, numbers, lost, added))
    faults.extend(_borders(ledger, source, book, numbers, joints))
    return faults


def _without_insertions(added: list[Difference], book: list[str], insertions: Sequence[Insertion]) -> list[Difference]:
    """The runs of the book that nobody says were put there."""
    if not added or not insertions:
        return added
    inserted = [proof_words(i.text) for i in insertions]
    kept = []
    for gap in added:
        words = book[gap.other : gap.other_end]
        here = next((t for t in inserted if _is_turned(words, t)), None) if gap.end == gap.start else None
        if here is not None:
            inserted.remove(here)
        else:
            kept.append(gap)
    return kept


def _is_turned(words: list[str], inserted: list[str]) -> bool:
    """Whether these are the words that were told, in their order; a run that the alignment found may begin anywhere
    among them where the words beside it are the same."""
    size = len(inserted)
    return len(words) == size and any(words == inserted[n:] + inserted[:n] for n in range(max(1, size)))


def _without_whole_insertions(source: list[str], book: list[str], insertions: Sequence[Insertion]) -> list[str]:
    """The book without the insertions, each whole and where the book first says what the source does not: where words
    come twice, an alignment may find them in another place."""
    inserted = [proof_words(i.text) for i in insertions]
    out: list[str] = []
    at = other = 0
    while other < len(book):
        if at < len(source) and source[at] == book[other]:
            step = 1, 1
        elif here := next((t for t in inserted if t and book[other : other + len(t)] == t), None):
            inserted.remove(here)
            other += len(here)
            continue
        elif (joined := joined_at(source, at, book, other)) is None:
            break
        else:
            step = joined
        out += book[other : other + step[1]]
        at, other = at + step[0], other + step[1]
    return out + book[other:]


def _runs(
    ledger: Ledger,
    source: list[str],
    book: list[str],
    numbers: list[int],
    lost: list[Difference],
    added: list[Difference],
) -> Iterator[Fault]:
    """Words lost, words too many; a run that is both stands at another place."""
    elsewhere = {letters(book[g.other : g.other_end]): g for g in added}
    moved: set[Difference] = set()
    for gap in lost[:FAULTS]:
        words = source[gap.start : gap.end]
        twin = elsewhere.get(letters(words))
        if twin is not None and twin is not gap and twin not in moved:
            moved.add(twin)
            yield _fault("moved", ledger, words, source, numbers, gap.start)
        else:
            yield _fault("lost", ledger, words, source, numbers, gap.start)
    for gap in [g for g in added if g not in moved][:FAULTS]:
        yield _fault("added", ledger, book[gap.other : gap.other_end], source, numbers, gap.start)


def _fault(kind: FaultKind, ledger: Ledger, words: list[str], source: list[str], numbers: list[int], at: int) -> Fault:
    before = " ".join(source[max(0, at - BEFORE) : at])
    return Fault(kind, len(words), quoted_words(words), _place(ledger, numbers, at), before)


def _place(ledger: Ledger, numbers: list[int], at: int) -> Origin:
    witness = ledger.witness
    if not numbers:
        return Origin(witness.texts[0].name if witness.texts else "", 1)
    word = numbers[min(at, len(numbers) - 1)]
    return Origin(witness.texts[witness.file_of(word)].name, witness.line(word))


def _borders(
    ledger: Ledger, source: list[str], book: list[str], numbers: list[int], joints: list[Difference]
) -> Iterator[Fault]:
    """Places where words were run together or fell apart, and no markup or line end in the source accounts for it."""
    if not joints:
        return
    count = 0
    for joint in joints:
        ends, other_ends = _ends(source[joint.start : joint.end]), _ends(book[joint.other : joint.other_end])
        hard = [
            n
            for n, letter in enumerate(ends[:-1])
            if letter not in other_ends and not ledger.is_soft(numbers[joint.start + n], numbers[joint.start + n + 1])
        ]
        parted = [letter for letter in other_ends[:-1] if letter not in ends]
        if not hard and not parted:
            continue
        count += 1
        if count > FAULTS:
            return
        kind: FaultKind = "joined" if hard else "parted"
        yield _fault(kind, ledger, book[joint.other : joint.other_end], source, numbers, joint.start)


def _ends(words: Sequence[str]) -> list[int]:
    """How many letters stand before each word's end."""
    ends: list[int] = []
    for word in words:
        ends.append((ends[-1] if ends else 0) + len(letters((word,))))
    return ends
