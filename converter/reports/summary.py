"""What was understood of a story, as plain values: for the screen, for JSON, for the proof report.

The keys are a promise to other programs: they may grow in number and keep their meaning.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, assert_never

from converter.document.findings.works import StoryPart
from converter.document.model import (
    Aside,
    Block,
    Blocks,
    Book,
    Chapter,
    Definition,
    Figure,
    Heading,
    List,
    Metadata,
    Origin,
    Paragraph,
    Preformatted,
    Quote,
    SceneBreak,
    Speech,
    Table,
    Verse,
)
from converter.document.record import dataclass
from converter.document.text_units import chapter_units
from converter.document.traversal import children
from converter.document.words import chapter_name, chapter_text, word_count

if TYPE_CHECKING:
    from converter.document.contracts import Reading
    from converter.document.findings.union import Finding


@dataclass(frozen=True, slots=True)
class ChapterPortrait:
    """One chapter as a list shows it; `line` is where it began in its source, 0 when unknown."""

    depth: int
    kind: str
    name: str
    number: int | None
    words: int
    scene_breaks: int
    notes: int
    source: str
    line: int


def chapter_portraits(book: Book) -> tuple[ChapterPortrait, ...]:
    """All chapters in reading order."""
    out = []
    for depth, chapter in book.walk():
        counts = block_counts(chapter.blocks)
        origin = chapter.origin or Origin("", 0)
        out.append(
            ChapterPortrait(
                depth,
                chapter.kind,
                chapter_name(chapter),
                chapter.number,
                word_count(chapter_text(chapter)),
                counts["scene breaks"],
                note_count(chapter),
                origin.source,
                origin.line,
            )
        )
    return tuple(out)


def block_counts(blocks: Blocks) -> Counter[str]:
    """How many blocks of each kind, inner ones included, by the words people have for them."""
    counts: Counter[str] = Counter()
    for block in blocks:
        counts[_word(block)] += 1
        for inner in children(block).groups:
            counts += block_counts(inner)
    return counts


def _word(block: Block) -> str:
    match block:
        case Paragraph():
            return "paragraphs"
        case Heading():
            return "headings"
        case SceneBreak():
            return "scene breaks"
        case Quote(kind=kind):
            return {"quote": "quotations", "chat": "chats", "epigraph": "epigraphs"}.get(kind, f"{kind}s")
        case Verse():
            return "verses"
        case List():
            return "lists"
        case Definition():
            return "definitions"
        case Table():
            return "tables"
        case Figure():
            return "images"
        case Aside(kind=kind):
            return {"box": "boxes", "summary": "summaries", "spoiler": "spoilers"}.get(kind, "author's notes")
        case Preformatted():
            return "fixed texts"
        case Speech():
            return "speeches"
        case _:
            assert_never(block)


def note_count(chapter: Chapter) -> int:
    """Footnotes cited in a chapter."""
    from converter.document.words import chapter_strands

    return len(chapter_strands(chapter)[1])


def metadata_rows(metadata: Metadata) -> list[tuple[str, str, str]]:
    """Name, value and origin of every field that has a value, in the order people expect."""
    rows = []
    roles = {"aut": "author", "edt": "editor", "trl": "translator", "ill": "illustrator", "ctb": "contributor"}
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        if field.name in ("provenance", "modified", "identifier", "progress") or not value:
            continue
        came_from = metadata.found_in(field.name)
        if field.name == "people":
            rows += [(roles[p.role], p.name, came_from) for p in metadata.people]
        elif field.name == "extra":
            names = {name for name, _, _ in rows}
            rows += [(name, text, came_from) for name, text in metadata.extra if name.casefold() not in names]
        else:
            text = ", ".join(value) if isinstance(value, tuple) else value
            rows.append((field.name.replace("_", " "), text, came_from))
    return rows


def _finding_values(finding: Finding) -> dict[str, Any]:
    """A finding as it is told, with the same keys for all."""
    return {
        "code": finding.code,
        "message": finding.message,
        "origin": asdict(finding.origin) if finding.origin else None,
        "severity": finding.severity,
        "cause": finding.cause,
        "whole": finding.whole if isinstance(finding, StoryPart) else 0,
    }


def portrait(reading: Reading) -> dict[str, Any]:
    """Everything that was understood, in values JSON can hold."""
    book = reading.book
    metadata = asdict(book.metadata)
    metadata["provenance"] = dict(book.metadata.provenance)
    metadata["extra"] = dict(book.metadata.extra)
    blocks: Counter[str] = Counter()
    units = 0
    for _, chapter in book.walk():
        blocks += block_counts(chapter.blocks)
        units += len(chapter_units(chapter))
    chapters = chapter_portraits(book)
    return {
        "metadata": metadata,
        "words": sum(c.words for c in chapters),
        "chapters": [asdict(c) for c in chapters],
        "blocks": dict(sorted(blocks.items())),
        "evidence": [asdict(e) for e in reading.evidence],
        "diagnostics": [_finding_values(d) for d in reading.findings],
        "omissions": [asdict(o) for o in reading.omissions],
        "changes": dict(sorted(Counter(c.rule for c in reading.changes).items())),
        "images": [r.name for r in book.resources],
    }
