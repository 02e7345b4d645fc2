"""Several pages or texts that are the chapters of one work -> one `Parsed`, in reading order.

Strategy for the order, the first that tells about all files: the work's own index page; the chain of next and previous
links; the numbers in the chapters' headings; the numbers and words in the files' names; else the order given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from converter.document.contracts import Diagnostic, Evidence, Insertion, Omission, Parsed
from converter.document.errors import ConverterError, NotAStory
from converter.document.model import Book, Chapter, Metadata, Origin
from converter.document.walk import book_text, chapter_name
from converter.parsers.continued import goes_on
from converter.parsers.works.order import (
    BY_NAMES,
    Piece,
    common_part,
    in_reading_order,
    index_page,
    unplaced,
)
from converter.parsers.works.pictures import Pictures
from converter.parsers.works.titles import headed, titles_of

UNSURE = 0.5  # of an order by names that say nothing


def assemble(parsed: Sequence[Parsed], refused: Sequence[ConverterError] = (), *, keep_order: bool = False) -> Parsed:
    """One work from its parts; `refused` are parts that could not be read (locked, deleted): they are reported.

    `keep_order`: the person gave the order. Chapters without a heading take their page's title, or their file's name.
    A part that is there twice is left out once. Raises NotAStory when there is no part at all.
    """
    if not parsed:
        raise NotAStory("none of the files holds a story", remedy=str(refused[0]) if refused else "")
    pieces = [_piece(p, i) for i, p in enumerate(parsed)]
    omissions: list[Omission] = []
    diagnostics: list[Diagnostic] = [_refusal(e) for e in refused]
    index = index_page(pieces)
    rest = [p for p in pieces if p is not index]
    ordered, why = (rest, "the order in which they were given") if keep_order else in_reading_order(rest, index)
    ordered = _without_repeats(ordered, diagnostics)
    if index is not None:
        omissions.append(Omission("index page", book_text(index.parsed.book), Origin(index.name, 1)))
    work, titles = titles_of(ordered, index)
    shown: list[str] = []
    taken: list[tuple[Omission, str]] = []
    common = common_part(ordered)
    chapters: list[Chapter] = []
    resources = Pictures()
    before: Piece | None = None
    for piece, title in zip(ordered, titles, strict=True):
        own = list(resources.take(piece.parsed.book.resources, piece.chapters))
        if before is not None and chapters and _is_next_page(before, piece):
            chapters[-1] = replace(chapters[-1], blocks=(*chapters[-1].blocks, *own.pop(0).blocks))
            omissions.extend(_heading_again(piece))
        chapters.extend(headed(own, title, piece, shown, common, taken))
        before = piece
    metadata = _metadata(([index] if index else []) + ordered, work)
    diagnostics.extend(_diagnostics(ordered, index))
    evidence = [e for p in ordered for e in p.parsed.evidence]
    guessed = unplaced(ordered) if why == BY_NAMES and len(ordered) > 1 else []
    evidence.append(Evidence("order", f"{len(ordered)} files", why, UNSURE if guessed else 0.9))
    if guessed:
        diagnostics.append(_misplaced(guessed, len(ordered)))
    told = [o for p in [*ordered, *([index] if index else [])] for o in p.parsed.omissions]
    omissions[:0] = [o for o in told if not any(o is back for back, _ in taken)]
    omissions.extend(replace(o, text=left, start=-1, end=-1) for o, left in taken if left)
    texts = [t for p in [*ordered, *([index] if index else [])] for t in p.parsed.texts]
    moves = tuple(m for p in ordered for m in p.parsed.moves)
    insertions = [i for p in ordered for i in p.parsed.insertions]
    insertions += [Insertion("a heading from the page's title or the file's name", words) for words in shown]
    cover = next((p.parsed.book.cover for p in pieces if p.parsed.book.cover), None)
    book = Book(metadata, tuple(chapters), tuple(resources.kept), cover)
    return Parsed(book, tuple(texts), tuple(diagnostics), tuple(omissions), tuple(evidence), tuple(insertions), moves)


def _is_next_page(before: Piece, piece: Piece) -> bool:
    """Whether a file goes on with the chapter that the file before it did not end: the next page of the same text."""
    if not before.chapters or not piece.chapters or not goes_on(before.address, piece.address):
        return False
    last, first = before.chapters[-1], piece.chapters[0]
    heading = chapter_name(first)
    return not last.children and not first.children and (not heading or heading == chapter_name(last))


def _heading_again(piece: Piece) -> list[Omission]:
    heading = chapter_name(piece.chapters[0])
    return [Omission("repeated heading", heading, Origin(piece.name, 1))] if heading else []


def _piece(parsed: Parsed, given: int) -> Piece:
    told: dict[str, str] = {}
    for evidence in parsed.evidence:
        told.setdefault(evidence.topic, evidence.found)
    origins = [c.origin for _, c in parsed.book.walk() if c.origin] + [e.origin for e in parsed.evidence if e.origin]
    name = origins[0].source if origins else parsed.book.metadata.title
    address = told.get("address", "") or parsed.book.metadata.source
    links = tuple(told.get("links", "").split("\n")) if told.get("links") else ()
    return Piece(parsed, given, name, address, told.get("next", ""), told.get("previous", ""), links)


def _misplaced(pieces: Sequence[Piece], files: int) -> Diagnostic:
    names = ", ".join(p.name.rpartition("/")[2] for p in pieces[:3]) + (" ..." if len(pieces) > 3 else "")
    what = f"{names} stand" + ("s" if len(pieces) == 1 else "")
    message = f"nothing tells where {what} among the {files} files; name the files in order, with --together"
    return Diagnostic("work-order", message, Origin(pieces[0].name, 1), "doubt")


def _refusal(error: ConverterError) -> Diagnostic:
    return Diagnostic(
        "work-part-refused", f"a part is left out: {error}", Origin(error.where, 1) if error.where else None, "warning"
    )


def _without_repeats(pieces: Sequence[Piece], diagnostics: list[Diagnostic]) -> list[Piece]:
    kept: list[Piece] = []
    seen: dict[str, Piece] = {}
    for piece in pieces:
        key = " ".join(book_text(piece.parsed.book).split())
        if key in seen and len(key) > 40:
            message = f"this part is the same as {seen[key].name} and is left out"
            diagnostics.append(Diagnostic("work-part-repeated", message, Origin(piece.name, 1), "warning"))
            continue
        seen[key] = piece
        kept.append(piece)
    return kept


# ------------------------------------------------------------------------------------------ titles and metadata


def _metadata(pieces: Sequence[Piece], work: str) -> Metadata:
    """Each field from the first part that has it; dates span all parts; a part's own numbers are not the work's."""
    values: dict[str, Any] = {}
    provenance: dict[str, str] = {}
    for piece in pieces:
        held = piece.parsed.book.metadata
        for field in fields(Metadata):
            if field.name in ("provenance", "title", "words", "identifier", "modified"):
                continue
            value = getattr(held, field.name)
            if value and field.name not in values:
                values[field.name] = value
                provenance[field.name] = held.found_in(field.name) or piece.name
    authors = [person for p in pieces for person in p.parsed.book.metadata.people if person.role == "aut"]
    people = {person.name.casefold(): person for person in reversed(authors)}
    if len(people) > 1:  # each part's authors: no one is denied
        others = tuple(p for p in values.get("people", ()) if p.role != "aut")
        values["people"] = (*(p for p in dict.fromkeys(authors) if people[p.name.casefold()] is p), *others)
    published = [d for p in pieces if (d := p.parsed.book.metadata.published)]
    updated = [d for p in pieces for d in (p.parsed.book.metadata.updated, p.parsed.book.metadata.published) if d]
    if published:
        values["published"] = min(published)
        if max(updated)[:10] > min(published)[:10]:
            values["updated"] = max(updated)
            provenance.setdefault("updated", "the last part")
    if work:
        values["title"] = work
        provenance["title"] = (
            "what the parts' titles share" if len(pieces) > 1 else pieces[0].parsed.book.metadata.found_in("title")
        )
    return Metadata(**values, provenance=tuple(sorted(provenance.items())))


def _diagnostics(ordered: Sequence[Piece], index: Piece | None) -> list[Diagnostic]:
    """The parts' diagnostics, without "this is one chapter of many" when all of them are here."""
    here = [p.address for p in ordered]
    found = [
        d
        for p in [*ordered, *([index] if index else [])]
        for d in p.parsed.diagnostics
        if d.code != "page-continues" or not any(goes_on(p.address, address) for address in here)
    ]
    told = [int(m[1]) for d in found if d.code == "story-part" and (m := re.search(r"\bof (\d+)", d.message))]
    if not told:
        return found
    rest = [d for d in found if d.code != "story-part"]
    have = sum(len(p.chapters) for p in ordered)
    if have < max(told):
        message = f"{have} of {max(told)} chapters are here; save the others too"
        rest.append(Diagnostic("story-part", message, Origin(ordered[0].name, 1), "warning"))
    return rest
