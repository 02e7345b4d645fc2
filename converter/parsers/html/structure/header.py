"""The header block that writers put above a story (`Title: ... / Pairing: ... / Rating: ...`): metadata, not story."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Omission
from converter.document.model import Origin, Paragraph, SceneBreak, Verse
from converter.document.walk import plain_text
from converter.parsers.html.flow.items import Gap, Head, Item
from converter.recognisers.fields import Head as Fields
from converter.recognisers.fields import read_field

HEADS = 3  # headings above the block: the title, the author
FIELDS = 2  # labels; one alone may be a sentence with a colon
WITHIN = 12  # paragraphs from the top
LABEL_LIMIT = 600  # characters of one field


def take_header(items: Sequence[Item], source: str) -> tuple[list[Item], Fields, list[Omission]]:
    """The items without the block, what it says, and its text as omissions. Only at the very top, only known labels."""
    head = Fields()
    omissions: list[Omission] = []
    kinds: set[str] = set()
    start = taken = 0
    while start < len(items) and start < HEADS and isinstance(items[start], Head):
        start += 1
    for i, item in enumerate(items[start : start + WITHIN * 2], start):
        if isinstance(item, Gap | SceneBreak):
            if kinds:
                taken = i + 1
            continue
        lines = _lines(item)
        if not lines:
            break
        found = [read_field(line) for line in lines]
        if not found[0] or found[0][0] in ("note",) or len("".join(lines)) > LABEL_LIMIT * len(lines):
            break
        if not all(found) and len(lines) > 1 and sum(1 for f in found if f) * 2 < len(lines):
            break
        origin = getattr(item, "origin", None) or Origin(source, 1)
        name = label = ""
        for line, field in zip(lines, found, strict=True):
            if field:
                name, value, label = field
                kinds.add(name)
                head.add(name, value, origin.line, label)
            elif name:
                head.extend(name, line, label)
        omissions.append(Omission("metadata", "\n".join(lines), origin))
        taken = i + 1
    for item in items[start:taken]:
        if isinstance(item, SceneBreak) and any(c.isalnum() for c in item.mark):
            omissions.append(Omission("metadata", item.mark, item.origin or Origin(source, 1)))
    if len(kinds) < FIELDS:
        return list(items), Fields(), []
    return [*items[:start], *items[taken:]], head, omissions


def _lines(item: Item) -> list[str]:
    match item:
        case Paragraph(content):
            text = plain_text(content)
        case Verse(stanzas):
            text = "\n".join(plain_text(line.content) for stanza in stanzas for line in stanza)
        case _:
            return []
    return [line.strip() for line in text.split("\n") if line.strip()]
