"""A page that was copied out of a browser's window, as its rows are read: what each is, and which are the story's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.parsers.text.lines.rows import Row, may_end_paragraph
from converter.recognisers.lines.interface import RowKind
from converter.recognisers.metadata.fields import HeadFields, in_head

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

INTERFACE, COMMENTS, LIST = "interface of a site", "comments", "list of other stories"
HEAD = "head of the file"
BREAK = "scene break"
HEAD_ROWS = 150  # an archive's head with many tags has about a hundred
TOLD_WORDS = 12  # of a sentence of the story


@dataclass(slots=True)
class PastedPage:
    """The rows of a page and what is known of them.

    `gone` says by place which rows are no part of the story, and by which rule; `kinds` what each is of an interface;
    `told` the words that a row lost and by which rule, where the rest of it is the story's.
    """

    name: str
    rows: list[Row]
    kinds: list[RowKind]
    is_heading: Callable[[str], bool]  # whether a line is a chapter's heading by its words
    head: HeadFields = field(default_factory=HeadFields)
    gone: dict[int, str] = field(default_factory=dict)
    told: list[Omission] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # of chapters, as the page has them
    notes: set[str] = field(default_factory=set)  # lines that announce a note
    findings: list[Finding] = field(default_factory=list)

    def take(self, at: int, rule: str = INTERFACE) -> None:
        """A row is no part of the story; the first rule that says so is told, but that others speak."""
        if at not in self.gone or rule == COMMENTS:
            self.gone[at] = rule

    def fact(self, at: int, name: str, value: str, label: str = "") -> None:
        """A row says something of the story."""
        self.head.add(name, value, self.rows[at].line, label)
        self.take(at, HEAD)

    def cut(self, at: int, end: int, rule: str = INTERFACE) -> None:
        """The first `end` characters of a row are no part of the story."""
        row = self.rows[at]
        self.told.append(Omission(rule, row.text[:end].strip(), Origin(self.name, row.line)))
        self.rows[at] = row._replace(text=row.text[end:].strip())

    def left(self) -> list[Row]:
        """The rows of the story: what was taken between two of them leaves a blank line."""
        out: list[Row] = []
        gap = -1
        for at, row in enumerate(self.rows):
            if at in self.gone:
                gap = max(gap, row.gap, 1)
                continue
            out.append(row if gap < 0 else row._replace(gap=max(gap, row.gap) if out else row.gap))
            gap = -1
        return out

    def omissions(self) -> list[Omission]:
        """What was taken, each run of rows with one rule together."""
        runs: list[tuple[str, list[Row]]] = []
        last = -2
        cut = {o.origin.line for o in self.told}
        for at in sorted(self.gone):
            rule, row = self.gone[at], self.rows[at]
            if at == last + 1 and runs[-1][0] == rule and row.line not in cut:
                runs[-1][1].append(row)
            else:
                runs.append((rule, [row]))
            last = at
        named = [Omission(rule, "\n".join(r.text for r in run), Origin(self.name, run[0].line)) for rule, run in runs]
        return sorted([*self.told, *named], key=lambda o: o.origin.line)


def head_end(page: PastedPage) -> int:
    """Where the head of the page is over: two rows that tell, one after the other, stand below it."""
    rows = page.rows[:HEAD_ROWS]
    told = 0
    for at, row in enumerate(rows):
        if at in page.gone or page.kinds[at]:
            continue
        tells = len(row.text.split()) >= TOLD_WORDS and may_end_paragraph(row.text) and not in_head(row.text)
        spoken = row.text[0] in "\"“‘'«„—–" and may_end_paragraph(row.text)
        told = told + 1 if tells or spoken else 0
        if told == 2:
            return at - 1
    return len(rows)


def follows(rows: Sequence[Row], at: int) -> bool:
    """Whether a row stands right below the one before it."""
    return 0 < at < len(rows) and rows[at].gap == 0
