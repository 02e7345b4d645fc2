"""The header block that writers put above a story (`Title: ... / Pairing: ... / Rating: ...`): metadata, not story."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Omission
from converter.document.model import Origin, Paragraph, SceneBreak, Verse
from converter.document.words import plain_text
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.parsers.items.sections import cites_note
from converter.recognisers.lines.dates import is_only_date
from converter.recognisers.metadata.author_lines import signed_by
from converter.recognisers.metadata.fields import HeadFields, read_field
from converter.recognisers.metadata.site_counts import site_count
from converter.recognisers.vocabulary import listed_words

HEADS = 3  # headings above the block: the title, the author
FIELDS = 2  # labels; one alone may be a sentence with a colon, but for "Updated" and a date
JOINT = 3  # letters at most of a word between the label of a date and the date: "on", "am", "le"
WITHIN = 12  # paragraphs from the top
LABEL_WORDS = 3  # of a label without a colon
DATED = ("updated", "published", "status")
LABEL_LIMIT = 600  # characters of one field


def take_header(items: Sequence[Item], source: str) -> tuple[list[Item], HeadFields, list[Omission]]:
    """The items without the block, what it says, and its text as omissions. Only at the very top, only known labels and
    what a site counts."""
    head = HeadFields()
    omissions: list[Omission] = []
    kinds: set[str] = set()
    start, end = _begin(items), 0
    for i, item in enumerate(items[start : start + WITHIN * 2], start):
        if isinstance(item, Gap | SceneBreak):
            end = i + 1 if kinds else end
            continue
        lines = _lines(item)
        origin = getattr(item, "origin", None) or Origin(source, 1)
        told = _counts(head, lines, origin.line) or _fields(head, lines, origin.line)
        if not told:
            break
        kinds |= told
        omissions.append(Omission("metadata", "\n".join(lines), origin))
        end = i + 1
    if len(kinds) < FIELDS and not _is_release(omissions):
        return list(items), HeadFields(), []
    marks = (i for i in items[start:end] if isinstance(i, SceneBreak) and any(c.isalnum() for c in i.mark))
    omissions.extend(Omission("metadata", i.mark, i.origin or Origin(source, 1)) for i in marks)
    return [*items[:start], *items[end:]], head, omissions


def _is_release(told: Sequence[Omission]) -> bool:
    """Whether a line says when the work was published, or changed: "Date: 3 May 1943" may be the story's."""
    lines = told[0].text.split("\n") if len(told) == 1 else []
    field = read_field(lines[0]) or _dated(lines[0]) if len(lines) == 1 else None
    if not field or not is_only_date(field[1]):
        return False
    return field[0] in ("updated", "status") or field[2].casefold() in listed_words("interface", "posted_on")


def _begin(items: Sequence[Item]) -> int:
    """Where a block may begin: below the first headings, and a byline, which is asked of the title page."""
    start = 0
    while start < len(items) and start < HEADS and isinstance(items[start], HeadingItem):
        start += 1
    while start and start < min(len(items), HEADS) and _is_byline(items[start]):
        start += 1
    return start


def _is_byline(item: Item) -> bool:
    """Whether a line names the author without a label."""
    lines = _lines(item)
    return len(lines) == 1 and not read_field(lines[0]) and bool(signed_by(lines[0]))


LabelledField = tuple[str, str, str]  # name, value, label


def _are_fields(lines: Sequence[str], fields: Sequence[LabelledField | None]) -> bool:
    """Whether the lines of a paragraph are fields: the first, and half of several; none is long, and no note begins."""
    if not lines or not fields[0] or fields[0][0] == "note":
        return False
    return sum(map(len, lines)) <= LABEL_LIMIT * len(lines) and sum(map(bool, fields)) * 2 >= len(lines)


def _counts(head: HeadFields, lines: Sequence[str], line_number: int) -> set[str]:
    """Puts what a site counts in the head, where that is all that the lines say; what it counts."""
    counts = [site_count(line) for line in lines]
    for count in counts if all(counts) else ():
        if count:
            head.add(count[0], count[1], line_number, count[2])
    return {count[2] for count in counts if count} if all(counts) else set()


def _fields(head: HeadFields, lines: Sequence[str], line_number: int) -> set[str]:
    """Puts fields in the head, a line without a label with the one before it; the names of the fields, none where the
    lines are no fields."""
    fields = [read_field(line) or _dated(line) for line in lines]
    if not _are_fields(lines, fields):
        return set()
    name = label = ""
    for line, field in zip(lines, fields, strict=True):
        if field:
            name, value, label = field
            head.add(name, value, line_number, label)
        elif name:
            head.extend(name, line, label)
    return {field[0] for field in fields if field}


def _dated(line: str) -> LabelledField | None:
    """The field of a date whose label has no colon: "Last updated on 3 May 2020"."""
    words = line.split()
    for n in range(1, min(LABEL_WORDS, len(words) - 1) + 1):
        joint = words[n].isalpha() and len(words[n]) <= JOINT and n + 1 < len(words)
        when = " ".join(words[n + joint :])
        field = read_field(f"{' '.join(words[:n])}: {when}")
        if field and field[0] in DATED and is_only_date(when):
            return field
    return None


def _lines(item: Item) -> list[str]:
    """The lines of a paragraph or of verse; none where a note or a picture hangs on one, which is not to be dropped."""
    match item:
        case Paragraph(content):
            contents = [content]
        case Verse(stanzas):
            contents = [line.content for stanza in stanzas for line in stanza]
        case _:
            return []
    if any(map(cites_note, contents)):
        return []
    text = "\n".join(map(plain_text, contents))
    return [line.strip() for line in text.split("\n") if line.strip()]
