"""What does not balance in the account of a story: the kinds of fault, their words, the error of the gravest."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.errors import ProofError
from converter.document.findings.reading import SAYS, Fault

QUOTED_WORDS = 12  # words of a fault that a message quotes


def proof_error(faults: Sequence[Fault]) -> ProofError:
    """The error that says what does not balance, the gravest first."""
    worst = min(faults, key=lambda f: list(SAYS).index(f.kind))
    remedy = "this is a fault of the program; please report it with the story"
    return ProofError(str(worst), worst.origin.source, remedy)


def quoted_words(words: Sequence[str]) -> str:
    """The first of the words, as a message quotes them."""
    return " ".join(words[:QUOTED_WORDS]) + (" …" if len(words) > QUOTED_WORDS else "")
