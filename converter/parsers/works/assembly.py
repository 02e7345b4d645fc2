"""Several pages or texts that are the chapters of one work -> one `Parsed`, in reading order.

Strategy for the order, the first that tells about all files: the work's own index page; the chain of next and previous
links; the numbers in the chapters' headings; the numbers and words in the files' names; else the order given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from converter.document.contracts import Evidence, Insertion, Omission, Parsed
from converter.document.errors import ConverterError, NotAStory
from converter.document.findings.pages import PageContinues
from converter.document.findings.works import StoryPart, WorkDates, WorkOrder, WorkPartRefused, WorkPartRepeated
from converter.document.model import Book, Chapter, Metadata, Origin, Person, Resource
from converter.document.words import book_text, chapter_name, most_in_columns
from converter.parsers.continued import goes_on
from converter.parsers.works.order import (
    BY_DATES,
    BY_NAMES,
    FilePart,
    common_part,
    in_reading_order,
    index_page,
    unplaced,
)
from converter.parsers.works.part_heads import with_own_heads
from converter.parsers.works.parts_again import parts_whole
from converter.parsers.works.pictures import WorkPictures
from converter.parsers.works.titles import Headed, headed, in_numbers, titles_of
from converter.parsers.works.volumes_in_heads import Volume, in_volumes, with_volumes
from converter.recognisers.metadata.dates_in_names import date_in_name

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

UNSURE = 0.5  # of an order by names that say nothing
OF_ONE_PART = frozenset(
    ("provenance", "title", "words", "identifier", "isbn", "progress", "modified")
)  # fields that a work has none of


class _Order(NamedTuple):
    """The parts of a work in reading order, why they stand so, and its index page."""

    parts: list[FilePart]
    why: str
    listing: FilePart | None
    repeats: list[WorkPartRepeated]  # parts that are there twice
    settled: frozenset[int] = frozenset()  # the places of those that stand where a person put them

    @property
    def pieces(self) -> list[FilePart]:
        """The parts, and the index page after them."""
        return [*self.parts, self.listing] if self.listing else self.parts

    @property
    def guessed(self) -> list[FilePart]:
        """The parts whose place nothing tells."""
        parts = [p for p in self.parts if p.place not in self.settled]
        return unplaced(parts) if self.why == BY_NAMES and len(parts) > 1 else []


class _Joined(NamedTuple):
    """The chapters of all parts with their pictures, and what came in or went out when they were joined."""

    chapters: list[Chapter]
    pictures: list[Resource]
    shown: list[str]  # headings that no line of the parts has
    repeated: list[Omission]  # headings of pages that go on with a chapter
    back: list[tuple[Omission, str]]  # left out by a part, and a heading again; with the words that stay left out


def assemble(
    parsed: Sequence[Parsed], refused: Sequence[ConverterError] = (), *, keep_order: bool = False, settled: int = 0
) -> Parsed:
    """One work from its parts; `refused` are parts that could not be read (locked, deleted): they are reported.

    `keep_order`: the person gave the order; or that of the last ones, which are `settled`. Chapters without a heading
    take their page's title, or their file's name.
    A part that is there twice is left out once. Raises NotAStory when there is no part at all.
    """
    if not parsed:
        raise NotAStory("none of the files holds a story", remedy=str(refused[0]) if refused else "")
    order = _order([_piece(p, i) for i, p in enumerate(parsed)], keep_order, settled)
    work, titles = titles_of(order.parts, order.listing)
    inside = in_volumes(order.parts)
    parts, titles = with_own_heads(inside.parts, titles, work)
    order = order._replace(parts=parts)
    joined = _joined(parts, titles, inside.volumes)
    metadata = _metadata([order.listing, *order.parts] if order.listing else order.parts, work)
    cover = next((p.book.cover for p in parsed if p.book.cover), None)
    vertical = any(p.parsed.book.vertical for p in order.parts) and most_in_columns(p.parsed.book for p in order.parts)
    findings = [*map(_refusal, refused), *order.repeats, *_findings(order), *_misplaced(order), *_read_dates(order)]
    evidence = [e for p in order.parts for e in p.parsed.evidence]
    evidence.append(Evidence("order", f"{len(order.parts)} files", order.why, UNSURE if order.guessed else 0.9))
    insertions = [i for p in order.parts for i in p.parsed.insertions]
    insertions += [Insertion("a heading from the page's title or the file's name", words) for words in joined.shown]
    return Parsed(
        Book(metadata, tuple(joined.chapters), tuple(joined.pictures), cover, vertical),
        tuple(t for p in order.pieces for t in p.parsed.texts),
        tuple(findings),
        tuple(_omissions(order, joined)),
        tuple(evidence),
        tuple(insertions),
        tuple(m for p in order.parts for m in p.parsed.moves),
    )


def _order(pieces: Sequence[FilePart], keep_order: bool, settled: int) -> _Order:
    """The pieces as they are read, each once, the index page apart; the last ones that are settled stay the last."""
    loose = pieces[: len(pieces) - settled]
    index = index_page(loose)
    rest = [p for p in loose if p is not index]
    ordered, why = (rest, "the order in which they were given") if keep_order else in_reading_order(rest, index)
    last = pieces[len(loose) :]
    parts, repeats = _without_repeats([*ordered, *last])
    return _Order(parts, why, index, repeats, frozenset(p.place for p in last))


def _joined(parts: Sequence[FilePart], titles: Sequence[str], volumes: Sequence[Volume | None]) -> _Joined:
    """The parts' chapters one after the other, in their volumes; what goes on with a chapter is joined to it."""
    common = common_part(parts)
    pictures = WorkPictures()
    chapters: list[Chapter] = []
    inside: list[Volume | None] = []  # of each chapter
    pieces: list[Headed] = []
    repeated: list[Omission] = []
    before: FilePart | None = None
    numbers = in_numbers(parts) if not any(titles) else titles
    for piece, title, volume in zip(parts, numbers, volumes, strict=True):
        own = list(pictures.take(piece.parsed.book.resources, piece.chapters))
        if before is not None and chapters and _is_next_page(before, piece):
            chapters[-1] = replace(chapters[-1], blocks=(*chapters[-1].blocks, *own.pop(0).blocks))
            repeated.extend(_heading_again(piece))
        pieces.append(headed(own, title, piece, common))
        chapters.extend(pieces[-1].chapters)
        inside.extend([volume] * len(pieces[-1].chapters))
        before = piece
    shown = [h.shown for h in pieces if h.shown]
    whole = parts_whole(with_volumes(list(zip(chapters, inside, strict=True))))
    repeated.extend(whole.repeated)
    return _Joined(whole.chapters, pictures.kept, shown, repeated, [h.back for h in pieces if h.back is not None])


def _omissions(order: _Order, joined: _Joined) -> list[Omission]:
    """What the parts left out and no heading shows again, the index page, and what joining left out."""
    omissions = [o for p in order.pieces for o in p.parsed.omissions if not any(o is back for back, _ in joined.back)]
    if order.listing is not None:
        omissions.append(Omission("index page", book_text(order.listing.parsed.book), Origin(order.listing.name, 1)))
    omissions += joined.repeated
    omissions += [replace(o, text=rest, start=-1, end=-1) for o, rest in joined.back if rest]
    return omissions


def _is_next_page(before: FilePart, piece: FilePart) -> bool:
    """Whether a file goes on with the chapter that the file before it did not end: the next page of the same text."""
    if not before.chapters or not piece.chapters or not goes_on(before.address, piece.address):
        return False
    last, first = before.chapters[-1], piece.chapters[0]
    heading = chapter_name(first)
    return not last.children and not first.children and (not heading or heading == chapter_name(last))


def _heading_again(piece: FilePart) -> list[Omission]:
    heading = chapter_name(piece.chapters[0])
    return [Omission("repeated heading", heading, Origin(piece.name, 1))] if heading else []


def _piece(parsed: Parsed, place: int) -> FilePart:
    first: dict[str, Evidence] = {}
    for evidence in parsed.evidence:
        first.setdefault(evidence.topic, evidence)
    address, following, previous = (first[t].found if t in first else "" for t in ("address", "next", "previous"))
    links = first["links"].links if "links" in first else ()
    origins = [c.origin for _, c in parsed.book.walk() if c.origin] + [e.origin for e in parsed.evidence if e.origin]
    name = origins[0].source if origins else parsed.book.metadata.title
    return FilePart(parsed, place, name, address or parsed.book.metadata.source, following, previous, links)


def _misplaced(order: _Order) -> list[WorkOrder]:
    """What is said of the parts whose place nothing tells."""
    pieces = order.guessed
    if not pieces:
        return []
    return [WorkOrder(tuple(p.name for p in pieces), len(order.parts), Origin(pieces[0].name, 1))]


def _read_dates(order: _Order) -> list[WorkDates]:
    """What is said of parts whose dates can be read both ways."""
    if not order.why.startswith(f"{BY_DATES}, "):
        return []
    example = next((p.stem for p in order.parts if (d := date_in_name(p.stem.lower())) and d.either_way), "")
    return [WorkDates(len(order.parts), order.why.endswith("day first"), example, Origin(order.parts[0].name, 1))]


def _refusal(error: ConverterError) -> WorkPartRefused:
    return WorkPartRefused(error.what, error.remedy, Origin(error.where, 1) if error.where else None)


def _without_repeats(pieces: Sequence[FilePart]) -> tuple[list[FilePart], list[WorkPartRepeated]]:
    """The pieces whose text no earlier one has, and what is said of the others."""
    kept: list[FilePart] = []
    repeats: list[WorkPartRepeated] = []
    seen: dict[str, FilePart] = {}
    for piece in pieces:
        key = " ".join(book_text(piece.parsed.book).split())
        if key in seen and len(key) > 40:
            repeats.append(WorkPartRepeated(seen[key].name, Origin(piece.name, 1)))
            continue
        seen[key] = piece
        kept.append(piece)
    return kept, repeats


def _findings(order: _Order) -> list[Finding]:
    """The parts' findings, without "this is one chapter of many" when all of them are here."""
    here = [p.address for p in order.parts]
    findings = [
        d
        for p in order.pieces
        for d in p.parsed.findings
        if not isinstance(d, PageContinues) or not any(goes_on(p.address, address) for address in here)
    ]
    whole = max((d.whole for d in findings if isinstance(d, StoryPart)), default=0)
    if not whole:
        return findings
    rest: list[Finding] = [d for d in findings if not isinstance(d, StoryPart)]
    have = sum(len(p.chapters) for p in order.parts)
    if have < whole:
        rest.append(StoryPart(whole, have, scope="together", origin=Origin(order.parts[0].name, 1)))
    return rest


# ---------------------------------------------------------------------------------------------------- metadata


def _metadata(pieces: Sequence[FilePart], work: str) -> Metadata:
    """Each field from the first part that has it; dates span all parts; a part's own numbers are not the work's."""
    values, provenance = _first_known(pieces)
    authors = _authors(pieces)
    if len(authors) > 1:  # each part's authors: no one is denied
        values["people"] = (*authors, *(p for p in values.get("people", ()) if p.role != "aut"))
    if dates := _dates(pieces):
        values["published"], last = dates
        if last[:10] > dates[0][:10]:
            values["updated"] = last
            provenance.setdefault("updated", "the last part")
    if work:
        values["title"] = work
        provenance["title"] = (
            "what the parts' titles share" if len(pieces) > 1 else pieces[0].parsed.book.metadata.found_in("title")
        )
    return Metadata(**values, provenance=tuple(sorted(provenance.items())))


def _first_known(pieces: Sequence[FilePart]) -> tuple[dict[str, Any], dict[str, str]]:
    """The value of each field in the first part that has one, and where it was found."""
    values: dict[str, Any] = {}
    provenance: dict[str, str] = {}
    for piece in pieces:
        metadata = piece.parsed.book.metadata
        for field in fields(Metadata):
            value = getattr(metadata, field.name)
            if value and field.name not in values and field.name not in OF_ONE_PART:
                values[field.name] = value
                provenance[field.name] = metadata.found_in(field.name) or piece.name
    return values, provenance


def _authors(pieces: Sequence[FilePart]) -> tuple[Person, ...]:
    """Those who wrote any of the parts, each once."""
    authors: dict[str, Person] = {}
    for piece in pieces:
        for person in piece.parsed.book.metadata.people:
            if person.role == "aut":
                authors.setdefault(person.name.casefold(), person)
    return tuple(authors.values())


def _dates(pieces: Sequence[FilePart]) -> tuple[str, str] | None:
    """(when the first part was published, when the last change was made); None where no part says it."""
    metadata = [p.parsed.book.metadata for p in pieces]
    published = [m.published for m in metadata if m.published]
    changed = [date for m in metadata for date in (m.updated, m.published) if date]
    return (min(published), max(changed)) if published else None
