"""What does not balance in the account of a story: the kinds of fault, their words, the error of the gravest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from converter.document.errors import ProofError
from converter.document.model import Origin
from converter.document.record import dataclass

QUOTED_WORDS = 12  # words of a fault that a message quotes

FaultKind = Literal["lost", "added", "moved", "joined", "parted", "unfounded"]
SAYS: dict[FaultKind, str] = {
    "lost": "would be lost",
    "added": "would be in the book that the story doesn't have",
    "moved": "would stand at another place",
    "joined": "would run together",
    "parted": "would fall apart",
    "unfounded": "are said to be left out, and do not stand there",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Words that do not balance: what is wrong with them, how many, the first of them, where, what stands before."""

    kind: FaultKind
    count: int
    text: str
    origin: Origin
    before: str = ""

    def __str__(self) -> str:
        words = "word" if self.count == 1 else "words"
        where = f"after “{self.before}”" if self.before else "at the beginning"
        return f"{self.count} {words} {SAYS[self.kind]}: “{self.text}” ({where}, line {self.origin.line})"


def proof_error(faults: Sequence[Fault]) -> ProofError:
    """The error that says what does not balance, the gravest first."""
    worst = min(faults, key=lambda f: list(SAYS).index(f.kind))
    remedy = "this is a fault of the program; please report it with the story"
    return ProofError(str(worst), worst.origin.source, remedy)


def quoted(words: Sequence[str]) -> str:
    """The first of the words, as a message quotes them."""
    return " ".join(words[:QUOTED_WORDS]) + (" …" if len(words) > QUOTED_WORDS else "")
