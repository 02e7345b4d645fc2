"""The properties that a program for notes writes below the heading of a page: "Status: Draft 2", "Words: 85".

Notion exports them so: one a line, without a blank line between them, and one below.
"""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.patterns import regex
from converter.parsers.markdown.note_apps import Omit
from converter.recognisers.lines.dates import is_date, is_time_stamp
from converter.recognisers.metadata.fields import HeadFields, read_field

LEAST = 2  # properties: one alone may be a line of the story
LONGEST = 300  # characters of a property
KNOWN = 0.5  # of the properties are fields that stories have, or days
ABOVE = 3  # lines down to the heading, blank ones among them
OF_PAGE = frozenset(("words", "status", "updated", "published", "chapters", "extra", "ignore"))  # not of the whole work
_PROPERTY = regex(r"(?P<label>[^\W\d_][\w \-/()]{0,30}): (?P<said>\S.*)", within=LONGEST)
_TOLD = regex(r"[.!?…][\"”’»)]?\Z|[\"“”„«»]")  # a sentence, or speech


def without_properties(text: str, head: HeadFields, omit: Omit, before: int = 0) -> str:
    """The text without the properties right below its first heading; what they say of the work is added to `head`, and
    `omit` is told each of them: the rule, the words, the line (`before` are above). Every line keeps its number."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines[:ABOVE]) if line.strip()), len(lines))
    if start == len(lines) or not lines[start].startswith("# "):
        return text
    start = next((at for at, line in enumerate(lines[start + 1 : start + 1 + ABOVE], start + 1) if line.strip()), 0)
    end = next((at for at, line in enumerate(lines[start:], start) if not line.strip()), len(lines))
    if not start or not _are_properties(lines[start:end]):
        return text
    for at in range(start, end):
        field = read_field(lines[at])
        if field and field[0] not in OF_PAGE:
            head.add(field[0], field[1], at + 1 + before, field[2])
        omit("metadata", lines[at].strip(), line=at + 1 + before)
        lines[at] = ""
    return "\n".join(lines)


def _are_properties(lines: Sequence[str]) -> bool:
    """Whether each of these lines is a property, and enough of them are of a kind that stories have."""
    found = [_PROPERTY.fullmatch(line.strip()) for line in lines]
    if len(found) < LEAST or not all(found):
        return False
    said = [(m[0], m["said"]) for m in found if m]
    known = [read_field(line) or is_time_stamp(value) or is_date(value) for line, value in said]
    return not any(_TOLD.search(value) for _, value in said) and sum(map(bool, known)) >= KNOWN * len(said)
