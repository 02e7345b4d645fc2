"""What the head of one part says and the work's head doesn't: the chapter's title, its summary, a dedication.

In come the parts of a work as they were read, out come the parts with those lines where they stand, at the chapter's
beginning. A head's lines are left out of a story because the title page says them; a work has one title page, which
says what its first part says and what all of them share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import NamedTuple

from converter.document.contracts import Omission, Parsed
from converter.document.model import Aside, Block, Origin, Paragraph, Text
from converter.document.words import chapter_name
from converter.parsers.works.order import FilePart
from converter.recognisers.lines.dates import is_date
from converter.recognisers.lines.letters import MAIL_SUBJECT
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.names import byline

RULES = frozenset(("head of the file", "duplicate title", "title page", "subtitle"))  # by which lines of heads go out
OF_CHAPTERS = ("subtitle", "description")  # what each chapter may have of its own
QUIET = frozenset(
    """published released updated words chapters status language source publisher rights series series_index
    ignore""".split()
)  # facts of a part that a book doesn't show
HALF = 0.5  # of the parts say a thing, each another: it is the chapters'
WORD = re.compile(r"\w+")


class KeptHeads(NamedTuple):
    """The parts with what is their own, and the titles of their chapters."""

    parts: list[FilePart]
    titles: list[str]


def with_own_heads(parts: Sequence[FilePart], titles: Sequence[str], work: str) -> KeptHeads:
    """The parts, each with the lines of its head that the work's title page doesn't say at its beginning. `titles` are
    those of the parts' chapters: where there is none, a subtitle that is the part's own is one."""
    parts, bare = _without_bare_names(parts)
    own = frozenset(name for name in OF_CHAPTERS if _differs(parts, name))
    said: set[str] = set()
    kept: list[FilePart] = []
    heads = list(titles)
    for at, part in enumerate(parts):
        title = bare[at] or (part.parsed.book.metadata.subtitle if "subtitle" in own else "")
        if title and not heads[at] and _is_unheaded(part):
            heads[at] = title
        known = frozenset(WORD.findall(f"{work} {_known(part, heads[at])}".casefold()))
        lines = [
            line
            for line in (_lines(part) if part.chapters else ())
            if (fold(line.text) == fold(bare[at]) and bare[at] != heads[at])
            or _is_own(line.text, part, known, said, own, first=not at)
        ]
        kept.append(_with_lines(part, lines, own))
        if not at:
            said = {fold(line.text) for line in _lines(part)}
    return KeptHeads(kept, heads)


def _without_bare_names(parts: Sequence[FilePart]) -> tuple[list[FilePart], list[str]]:
    """The parts without the authors whom a line of one part alone seems to name, without "by": where most parts have
    another one, it is the chapter's title. With these lines, "" where there is none."""
    bare = [_bare_name(part) for part in parts]
    many = Counter(map(fold, filter(None, bare)))
    alone = [name if many[fold(name)] == 1 else "" for name in bare]
    if sum(map(bool, alone)) <= max(1.0, HALF * len(parts)):
        return list(parts), [""] * len(parts)
    return [_less_person(part, name) if name else part for part, name in zip(parts, alone, strict=True)], alone


def _bare_name(part: FilePart) -> str:
    """The line of a part's head that names its author and says nothing else; "" where there is none."""
    authors = [fold(person.name) for person in part.parsed.book.metadata.people if person.role == "aut"]
    lines = (line.text for line in _lines(part) if authors == [fold(line.text)])
    return next(lines, "")


def _less_person(part: FilePart, name: str) -> FilePart:
    parsed = part.parsed
    people = tuple(person for person in parsed.book.metadata.people if fold(person.name) != fold(name))
    book = replace(parsed.book, metadata=replace(parsed.book.metadata, people=people))
    return replace(part, parsed=replace(parsed, book=book))


class _Line(NamedTuple):
    omission: Omission
    number: int  # of the lines of the omission
    text: str


def fold(text: str) -> str:
    """A line's words in small letters."""
    return " ".join(WORD.findall(text.casefold()))


def _lines(part: FilePart) -> Iterator[_Line]:
    for omission in part.parsed.omissions:
        if omission.rule in RULES:
            for number, text in enumerate(omission.text.split("\n")):
                if text.strip():
                    yield _Line(omission, number, text.strip())


def _differs(parts: Sequence[FilePart], name: str) -> bool:
    """Whether a line of most parts' heads says this, and not all the same."""
    telling = (part for part in parts if any(_field_of(line.text, part) == name for line in _lines(part)))
    values = [str(getattr(part.parsed.book.metadata, name)) for part in telling]
    return len(values) > max(1.0, HALF * len(parts)) and len(set(map(fold, values))) > 1


def _is_unheaded(part: FilePart) -> bool:
    """Whether a part is one chapter without a heading."""
    return len(part.chapters) == 1 and not part.chapters[0].label and not part.chapters[0].title


def _known(part: FilePart, title: str) -> str:
    """What the title page and the chapter's heading say of a part."""
    metadata = part.parsed.book.metadata
    names = " ".join(chapter_name(chapter) for chapter in part.chapters)
    people = " ".join(person.name for person in metadata.people)
    shown = metadata.title if _is_unheaded(part) else ""
    return f"{title} {shown} {names} {people} {metadata.series}"


def _is_own(
    line: str, part: FilePart, known: AbstractSet[str], said: AbstractSet[str], own: AbstractSet[str], *, first: bool
) -> bool:
    """Whether a line of a part's head is said nowhere else in the book."""
    name, value, _ = read_field(line) or ("", line, "")
    if subject := MAIL_SUBJECT.match(line):
        value = subject[1]
    if name in QUIET or is_date(line) or set(WORD.findall(value.casefold())) <= known:
        return False
    people = {fold(person.name) for person in part.parsed.book.metadata.people}
    if (by := byline(line)) and fold(by) in people:
        return False
    if first:
        return _field_of(line, part) in own
    return fold(line) not in said or _field_of(line, part) in own


def _field_of(line: str, part: FilePart) -> str:
    """The field of a chapter that a line fills, or ""."""
    metadata = part.parsed.book.metadata
    words = fold(line)
    if words and words == fold(metadata.subtitle):
        return "subtitle"
    field = read_field(line)
    return field[0] if field else "description" if words and words in fold(metadata.description) else ""


def _with_lines(part: FilePart, lines: Sequence[_Line], own: AbstractSet[str]) -> FilePart:
    """A part with these lines at its beginning, no longer left out."""
    parsed = part.parsed
    metadata = parsed.book.metadata
    metadata = replace(metadata, subtitle="") if "subtitle" in own else metadata
    metadata = replace(metadata, description="") if "description" in own else metadata
    chapters = part.chapters
    if lines:
        blocks = (*_blocks(lines, part.name), *chapters[0].blocks)
        chapters = (replace(chapters[0], blocks=blocks), *chapters[1:])
    book = replace(parsed.book, metadata=metadata, chapters=chapters)
    return replace(part, parsed=replace(parsed, book=book, omissions=_omissions(parsed, lines)))


def _blocks(lines: Sequence[_Line], name: str) -> list[Block]:
    """The lines as they open a chapter: what is labelled in a note beside the story, all else as it stands."""
    blocks: list[Block] = []
    for line in lines:
        origin = Origin(name, line.omission.origin.line + line.number)
        said = Paragraph((Text(line.text),), origin=origin)
        if read_field(line.text) is None:
            blocks.append(said)
        elif blocks and isinstance(before := blocks[-1], Aside):
            blocks[-1] = replace(before, blocks=(*before.blocks, said))
        else:
            blocks.append(Aside((said,), origin=origin))
    return blocks


def _omissions(parsed: Parsed, lines: Sequence[_Line]) -> tuple[Omission, ...]:
    """What stays left out."""
    back: dict[int, set[int]] = {}
    for line in lines:
        back.setdefault(id(line.omission), set()).add(line.number)
    kept: list[Omission] = []
    for omission in parsed.omissions:
        if id(omission) not in back:
            kept.append(omission)
            continue
        rows = omission.text.split("\n")
        for number, row in enumerate(rows):
            if number not in back[id(omission)] and row.strip():
                origin = replace(omission.origin, line=omission.origin.line + number)
                kept.append(Omission(omission.rule, row, origin))
    return tuple(kept)
