"""The imprint of a book in the head of its file: whose it is, that it is fiction, its ISBN."""

from __future__ import annotations

from collections.abc import Sequence

from converter.parsers.text.lines.rows import Row, may_end_paragraph
from converter.recognisers.lines.imprint import disclaims, isbn_alone, opens_rights, owner
from converter.recognisers.metadata.fields import HeadFields

LONGEST_BLOCK = 120  # words that a publisher's small print has in one block


def take_imprint(rows: Sequence[Row], head: HeadFields) -> bool:
    """Whether a block is all imprint: it begins with whose the story is, or, once that was said, with what else such
    pages say. What it says is added to `head`."""
    known = bool(head.one("rights"))
    first = rows[0].text
    begins = opens_rights(first) or (known and disclaims(first)) or bool(isbn_alone(first))
    if not begins or sum(len(r.text.split()) for r in rows) > LONGEST_BLOCK:
        return False
    if not (known or opens_rights(first)) and len(rows) > 1:
        return False
    for row in rows:
        if isbn_alone(row.text):
            label, _, number = row.text.partition(" ")
            head.extra.append((label.strip(":"), number.strip(" :")))
        elif head.one("rights"):
            head.extend("rights", row.text, between=" " if may_end_paragraph(head.one("rights")) else ". ")
        else:
            head.add("rights", row.text, row.line)
            head.add("author", owner(row.text), row.line)
    return True
