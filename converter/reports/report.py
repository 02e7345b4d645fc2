"""The proof report as values: every change by rule, everything that looks wrong, everything left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from converter.document.contracts import Change, Omission
from converter.document.record import dataclass

if TYPE_CHECKING:
    from converter.document.contracts import Reading
    from converter.document.findings.union import Finding

# What the changes of each rule are called in a report; a rule without a name is shown as it is.
RULES = {
    "quotes": "Quotation marks and apostrophes turned the right way",
    "apostrophes": "Apostrophes inside words",
    "dashes": "Dashes",
    "ellipses": "Ellipses",
    "spaces": "Spaces",
    "capitals": "Capitals set in italics, as asked",
    "inner-spaces": "Spaces inside quotations and before marks",
    "stops": "Commas and stops as wide as signs",
    "ordinals": "Endings of ordinals raised",
    "ties": "Spaces at which no line may end",
    "label-stops": "Full stops behind the numbers of chapters",
    "primes": "Feet, inches, minutes",
}


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One line of a report. For a change: what stood there, what stands there now, the text around it. For words that
    were left out: their offsets in the decoded file."""

    line: int
    before: str
    after: str
    text: str
    count: int = 1
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class ReportSection:
    """Items of one kind, in the order of the story."""

    code: str
    title: str
    items: tuple[ReportItem, ...]

    @property
    def count(self) -> int:
        """How many times it happened."""
        return sum(i.count for i in self.items)


@dataclass(frozen=True, slots=True)
class Report:
    """What an author or reader wants to look at: findings first, then changes, then what was left out."""

    story: str
    title: str
    authors: tuple[str, ...]
    words: int
    chapters: int
    findings: tuple[ReportSection, ...]
    changes: tuple[ReportSection, ...]
    omissions: tuple[ReportSection, ...]


def report(story: str, reading: Reading) -> Report:
    """The report of one reading; `story` is what the person calls it."""
    from converter.document.words import count_words

    book = reading.book
    return Report(
        story,
        book.metadata.title,
        book.metadata.authors,
        count_words(c for _, c in book.walk()),
        sum(1 for _ in book.walk()),
        _by_code((f.code, f.section, _finding(f)) for f in reading.findings if f.severity != "info"),
        _by_code((c.rule, "", _change(c)) for c in reading.changes),
        _by_code((o.rule, "", _omission(o)) for o in reading.omissions),
    )


def _by_code(items: Iterable[tuple[str, str, ReportItem]]) -> tuple[ReportSection, ...]:
    """The sections of items with their codes and their section's titles, where they say one."""
    groups: dict[str, list[ReportItem]] = {}
    titles: dict[str, str] = {}
    for code, title, item in items:
        groups.setdefault(code, []).append(item)
        titles.setdefault(code, title or RULES.get(code, code.replace("-", " ").capitalize()))
    return tuple(ReportSection(code, titles[code], tuple(of_code)) for code, of_code in groups.items())


def _finding(finding: Finding) -> ReportItem:
    return ReportItem(finding.origin.line if finding.origin else 0, "", "", finding.message)


def _change(change: Change) -> ReportItem:
    return ReportItem(change.origin.line if change.origin else 0, change.before, change.after, change.context)


def _omission(omission: Omission) -> ReportItem:
    return ReportItem(omission.origin.line, omission.text, "", "", start=omission.start, end=omission.end)


def as_values(report: Report) -> dict[str, Any]:
    """The report in values JSON can hold; every single item is in it."""
    from dataclasses import asdict

    return asdict(report)
