"""A note that is the index of a work in folders below it: its title, who wrote it, links to its chapters, no more."""

from __future__ import annotations

from collections.abc import Container, Sequence

from converter.document.errors import ConverterError
from converter.document.patterns import regex
from converter.folders.understood import About
from converter.recognisers.metadata.fields import HeadFields, read_field
from converter.recognisers.metadata.names import bare_name, byline, is_person

LEAST_LINKS = 2
LONGEST_LINE = 300  # characters
_HEADING = regex(r"#{1,6}\s+(\S.*?)\s*#*", within=LONGEST_LINE)
_LINK = regex(
    r"\W{0,8}(?:\d{1,4}[.)]\s{0,3})?!?(?:\[\[([^\[\]|#]{1,200})[^\[\]]{0,200}\]\]|\[[^\[\]]{1,200}\]\(<?([^()<>]{1,200}?)>?\))\W{0,4}",
    within=LONGEST_LINE,
)


def index_note(name: str, first: bytes, beside: Container[str]) -> About | None:
    """What such a note tells, which these bytes are all of; None where it is another text, or leads to files with
    these names without suffix (`beside`), whose order it then tells."""
    if b"[[" not in first and b"](" not in first:
        return None
    from converter.parsers.decoding import decode
    from converter.parsers.markdown.front_matter import front_matter

    try:
        text = decode(first).text
    except ConverterError:
        return None
    front = front_matter(text)
    lines = [line for raw in text[front.end :].split("\n") if (line := raw.strip())]
    head, targets = _read(lines, front.head)
    if len(targets) < LEAST_LINKS or not head.one("title") or any(target in beside for target in targets):
        return None
    facts = [(field, value, "") for field, values in head.values.items() for value in values]
    return About(name, (*facts, *(("extra", value, label) for label, value in head.extra)))


def _read(lines: Sequence[str], head: HeadFields) -> tuple[HeadFields, list[str]]:
    """What these lines add to a head, and the names to which they lead; none where one of them says anything else."""
    targets: list[str] = []
    for line in lines:
        if heading := _HEADING.fullmatch(line):
            if not targets:
                head.add("title", heading[1], 0)
        elif link := _LINK.fullmatch(line):
            targets.append((link[1] or link[2].removesuffix(".md")).rpartition("/")[2].strip())
        elif not targets and (by := bare_name(byline(line))) and is_person(by):
            head.add("author", by, 0)
        elif not targets and (field := read_field(line)):
            head.add(field[0], field[1], 0, field[2])
        else:
            return head, []
    return head, targets
