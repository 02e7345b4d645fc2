"""What a Markdown file says of its story between two lines `---` at its top."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.metadata.fields import HeadFields, read_field

FRONT = regex(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
ENTRY = regex(r"([A-Za-z][\w \-]{0,30}?)\s*:\s*(.*)$")
ITEM = regex(r"\s*-\s+(.*)$")
PEOPLE = frozenset(["author", "translator", "editor", "illustrator"])
DEDICATION = "dedication"
BLOCK_SIGNS = ("|", ">", "|-", ">-")  # what is said stands in the lines below
NAMES = {
    "date": "published",
    "lang": "language",
    "subject": "tags",
    "abstract": "summary",
    "series_index": "volume",
    "creator": "author",
}
OF_PROGRAMS = frozenset(  # keys that tell a program what to do with the file, and a reader nothing
    "layout permalink slug css template draft comments weight order nav_order toc id uid sitemap publish "
    "cover-image cover_image coverimage".split()
)


class FrontMatter(NamedTuple):
    """What it says (`head`), its own words as they stand there ("": there is none), where the file goes on after it,
    and how many lines it takes. `dedication`: the lines of a dedication, which are the book's, with their numbers."""

    head: HeadFields
    words: str = ""
    end: int = 0
    lines: int = 0
    dedication: tuple[tuple[str, int], ...] = ()


def front_matter(text: str) -> FrontMatter:
    """The front matter of a file."""
    head = HeadFields()
    front = FRONT.match(text)
    if not front or not _is_front(front[1].split("\n")):
        return FrontMatter(head)
    words: list[str] = []
    dedication: list[tuple[str, int]] = []
    name = ""
    for number, line in enumerate(front[1].split("\n"), 2):
        entry = None if line[:1].isspace() else ENTRY.match(line)
        words.append(line.strip())
        if entry:
            name = entry[1].strip().lower()
        if name == DEDICATION and line.strip():
            value = entry[2] if entry else line.strip()
            if value and value not in BLOCK_SIGNS:
                dedication.append((value.strip().strip("\"'"), number))
                words[-1] = words[-1].removesuffix(value).rstrip()
        elif entry:
            _add(head, name, entry[2], number)
        elif name and line.strip():
            _go_on(head, name, line, number, apart=not words[-2])
    return FrontMatter(head, "\n".join(filter(None, words)), front.end(), front[0].count("\n"), tuple(dedication))


def _go_on(head: HeadFields, name: str, line: str, number: int, *, apart: bool) -> None:
    """Adds a line that belongs to the entry above it; `apart`: a blank line stands before it."""
    if item := ITEM.match(line):
        _add(head, name, item[1], number)
    elif known := _field(name):
        if head.values.get(known):
            head.extend(known, line, between="\n" if known == "description" and apart else " ")
        else:  # the first line below "summary: |"
            head.add(known, line, number, name)


def _field(name: str) -> str:
    """The field that a key means, or ""."""
    if name in OF_PROGRAMS:
        return "ignore"
    known = read_field(f"{NAMES.get(name, name)}: x")
    return known[0] if known else ""


def _is_front(lines: Sequence[str]) -> bool:
    """Whether these are entries: `key: value`, with a key that is known; what people say under a line is none."""
    entries = [e for line in lines if (e := ENTRY.match(line))]
    others = [line for line in lines if line.strip() and not line[0].isspace() and not ENTRY.match(line)]
    known = any(_field(e[1].strip().lower()) for e in entries)
    return known and all(line.startswith(("-", "#")) for line in others)


def _add(head: HeadFields, name: str, value: str, line: int) -> None:
    value = value.strip()
    if value in BLOCK_SIGNS:
        return
    values = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
    for one in values:
        known = _field(name)
        bare = one.strip().strip("\"'")
        if known and bare and known in PEOPLE and bare not in head.values.get(known, ()):
            head.values.setdefault(known, []).append(bare)  # each has a line of its own
            head.lines.setdefault(known, line)
        elif known and bare:
            head.add(known, bare, line, name)
        elif bare:
            head.extra.append((name, bare))
