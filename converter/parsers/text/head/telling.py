"""What tells in the head of a file: a sentence after a label is no fact, and once the story tells there is no head."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.model import LISTS
from converter.document.patterns import regex
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.lines.rows import Row
from converter.recognisers.metadata.fields import FIELD, HeadFields, read_field, read_stat_line
from converter.recognisers.vocabulary import listed_words

STOP = regex(r"[.!?…][\"'”’»)\]*_]{0,4}\Z")
FLOW_LEAST = 3  # words of a sentence
FLOW = frozenset(listed_words("prose", "flow"))  # words that a list of facts has no use for
FREE = frozenset(("title", "subtitle", "description", "extra", "note", "ignore", "rights", "source", "publisher"))
HEAD_GROUPS = 30  # blocks in which the head of a story is over
BANNER_WORDS = 80  # above a block of labels at most
LABELLED = 120  # characters of a line with a label
LEAST_LABELS = 2  # lines with a label, one after the other: a head


def ends_telling(rows: Sequence[Row]) -> bool:
    """Whether a block without a label closes a sentence, as the story does: "The door opened."."""
    return bool(rows) and bool(STOP.search(rows[-1].text[-12:])) and not rows[-1].text.isupper()


def is_told(field: str, value: str) -> bool:
    """Whether the words after a label read on from it as a sentence: "Language: that was the first thing we lost."."""
    if field in FREE or not STOP.search(value[-12:]):
        return False
    words = value.casefold().replace("’", "'").split()
    return len(words) >= FLOW_LEAST and any(w.strip("\"'“”‘’,.!?…").partition("'")[0] in FLOW for w in words)


def is_fact(field: tuple[str, str, str], row: Row, beside: Sequence[Row], head: HeadFields) -> bool:
    """Whether a labelled line says something about the story.

    `beside` are the rows that stand together with `row`: among facts a sentence may be one, too ("Warnings: This is
    dark!"). A second title or author where both are known is told of somebody in the story.
    """
    name, value, _ = field
    if name in ("title", "author") and head.one("title") and head.one("author"):
        return value.strip().casefold() == head.one(name).casefold()
    if not is_told(name, value):
        return True
    others = [f for r in beside if r.line != row.line and (f := read_field(r.text))]
    return any(f[0] != "note" and f[1] and not is_told(f[0], f[1]) for f in others)


def tells_on(text: str) -> bool:
    """Whether a line with a label is a sentence of the story."""
    field = read_field(text)
    return field is not None and is_told(field[0], field[1])


def is_stat(text: str) -> bool:
    """Whether a line is a site's row of facts: "Words: 3,000 - Chapters: 2"."""
    return read_stat_line(text, HeadFields(), 0)


def together(groups: Sequence[RowGroup], at: int) -> list[Row]:
    """The rows that stand with group `at` without a blank line between them."""
    start, stop = at, at + 1
    while start and not groups[start].gap:
        start -= 1
    while stop < len(groups) and not groups[stop].gap:
        stop += 1
    return [r for g in groups[start:stop] for r in g.rows]


def begins_head(groups: Sequence[RowGroup], at: int, head: HeadFields) -> bool:
    """Whether a head begins here though something was told before: two facts or more, none of them known already."""
    if is_stat(groups[at].rows[0].text):
        return True
    count = 0
    for group in groups[at:]:
        for k, row in enumerate(group.rows):
            field = read_field(row.text)
            if not field:
                if k or FIELD.match(row.text[:LABELLED]):
                    continue  # the value goes on, or a label says what nobody needs
                return count >= LEAST_LABELS
            name, value, _ = field
            known = name not in LISTS and bool(head.one(name))
            if known or name == "note" or STOP.search(value[-12:]):
                return count >= LEAST_LABELS
            count += bool(value)
        if count >= LEAST_LABELS:
            return True
    return count >= LEAST_LABELS


def labelled_head(groups: Sequence[RowGroup]) -> int:
    """The block of labels with which the head of a file begins below a banner or a greeting; -1 where none does."""
    words = 0
    for i, group in enumerate(groups[:HEAD_GROUPS]):
        fields = [f for r in group.rows if (f := read_field(r.text)) and f[1]]
        sure = len(fields) >= LEAST_LABELS and any(f[0] in ("title", "author") for f in fields)
        if sure and not any(STOP.search(f[1][-12:]) for f in fields[:LEAST_LABELS]):
            return i
        words += group.words
        if words > BANNER_WORDS:
            break
    return -1
