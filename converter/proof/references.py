"""Character references in Markdown: read where it is prose, left as written where it is code.

The second reader knows no Markdown. Each reference may stand for its character or for itself, and the book shows which:
its letters are followed with both at once. Where they can't be followed to the end, for something else is amiss, the
account is made with all references unread, and those whose words the book lacks at their place are the ones it read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress

from converter.document.alignment import gaps, letters, proof_words
from converter.document.contracts import SourceText
from converter.document.record import dataclass
from converter.proof.ledger import Ledger
from converter.proof.witness import REFERENCE, Witness, read_reference

WAYS = 64  # places of the book that may be meant at once; more are no text that people write

Place = tuple[int, int]  # the number of a file, and of a reference in it


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference that is a word while it is unread, and its letters when it is read."""

    place: Place
    read: str


def references(texts: Sequence[SourceText]) -> frozenset[Place]:
    """All references of the Markdown among these texts."""
    return frozenset(
        (file, number)
        for file, text in enumerate(texts)
        if text.kind == "markdown" and "&" in text.text
        for number, _ in enumerate(REFERENCE.finditer(text.text))
    )


def read_in_book(ledger: Ledger, book: Sequence[str]) -> frozenset[Place]:
    """Of an account with all references unread: those that the book has read."""
    numbers = list(compress(range(len(ledger.words)), ledger.kept))
    known = _references(ledger.witness)
    read = _followed([(ledger.words[n], known.get(n)) for n in numbers], letters(book))
    if read is None:
        missing = (n for gap in gaps(ledger.rest(), book) for n in numbers[gap.start : gap.end])
        read = {known[n].place for n in missing if n in known}
    return frozenset(read)


def _references(witness: Witness) -> Mapping[int, _Reference]:
    """The references by the number of the word that each is."""
    by_word: dict[int, _Reference] = {}
    for file, text in enumerate(witness.texts):
        first, end = witness.firsts[file], witness.firsts[file + 1]
        if text.kind != "markdown" or "&" not in text.text:
            continue
        starts = [witness.span(word)[0] for word in range(first, end)]
        for number, m in enumerate(REFERENCE.finditer(text.text)):
            word = first + bisect_left(starts, m.start())
            by_word[word] = _Reference((file, number), letters(proof_words(read_reference(m[0]))))
    return by_word


def _followed(source: Sequence[tuple[str, _Reference | None]], book: str) -> set[Place] | None:
    """The references that are read where the letters of the source are those of the book; None where they never are."""
    between: list[list[str]] = [[]]
    references: list[tuple[str, _Reference]] = []
    for word, reference in source:
        if reference is None:
            between[-1].append(word)
        else:
            references.append((letters((word,)), reference))
            between.append([])
    steps: list[dict[int, tuple[int, bool]]] = []  # places of the book after a reference -> those before it; is it read
    ends: Iterable[int] = (0,)
    for words, (written, reference) in zip(between, references, strict=False):
        plain = letters(words)
        ways: dict[int, tuple[int, bool]] = {}
        for before in ends:
            at = before + len(plain)
            for shown, is_read in ((written, False), (reference.read, True)):
                if book.startswith(plain, before) and book.startswith(shown, at):
                    ways.setdefault(at + len(shown), (before, is_read))
        if not ways or len(ways) > WAYS:
            return None
        steps.append(ways)
        ends = ways
    rest = letters(between[-1])
    at = len(book) - len(rest)
    if at not in ends or not book.endswith(rest):
        return None
    read: set[Place] = set()
    for (_, reference), ways in zip(reversed(references), reversed(steps), strict=True):
        at, is_read = ways[at]
        if is_read:
            read.add(reference.place)
    return read
