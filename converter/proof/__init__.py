"""The proof that no word is lost: source against model, model against the finished book re-opened from its bytes.

Strategy. The book and its model are both ours, so their texts must be equal to the character once white space is
levelled; that is one comparison of strings. A source and its model differ on purpose (what was left out is named in
omissions, notes stand where they are cited, hyphens at line ends are undone): there the words are aligned
(`document/alignment.py`), and what remains must be an omission or stand elsewhere. What is left then was lost.

In comes what was understood of a story: decoded texts, omissions and a book; out comes a `Balance`, or `ProofError`
with the places. Open `reading.py` first, then `ledger.py` (the account), `witness.py` (the second reader) and
`differences.py` (what does not balance); `books.py` re-opens what was written.

It must know no line of the parsers' code: a proof that reads like the accused proves nothing.
"""

from __future__ import annotations

from converter.document.findings.reading import Fault
from converter.proof.books import epub_text, prove_epub, prove_pdf, prove_txt, spine_documents
from converter.proof.faults import proof_error
from converter.proof.losses import Damage, damage
from converter.proof.reading import Balance, balance, prove_parsed, with_spans

__all__ = [
    "Balance", "Damage", "Fault", "balance", "damage", "epub_text", "proof_error", "prove_epub", "prove_parsed",
    "prove_pdf", "prove_txt", "spine_documents", "with_spans",
]  # fmt: skip
