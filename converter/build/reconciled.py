"""The book that was put together of several copies of a story, on the shelf, and the page of its changes beside it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from converter.build.inputs import Job
from converter.build.made_from import made_from
from converter.build.outcomes import Outcome, as_error, line
from converter.build.places import StoryBooks, places
from converter.build.registry import writer
from converter.build.shelving import is_edited, write_beside_edited, write_book
from converter.build.story_files import shown_path
from converter.catalogue.records import STALE, Record, digest, state_of
from converter.document.errors import ConverterError, OutputError
from converter.document.findings.metadata import BookEdited
from converter.limits.files import lies, read_regular

if TYPE_CHECKING:
    from collections.abc import Mapping

    from converter.document.contracts import Reading, Theme
    from converter.document.findings.union import Finding
    from converter.reconciling.result import Reconciled

PAGE = ".changes.html"
PAGE_LIMIT = 256 * 1024 * 1024  # bytes of an earlier page


def shelved(job: Job, reading: Reading, outcome: Outcome, result: Reconciled) -> Outcome:
    """The outcome with the books of a group of copies on the shelf, proved as all books are, and the page of its
    changes beside them. A book that would be made the same way again is kept; one that a person changed is, too. Those
    that the job says are done are of the usual reading, and so is the page that was written before them."""
    shelf = _Shelf(job, reading)
    first = next(iter(shelf.at.values()))
    page = first.with_name(first.name.removesuffix(writer(job.settings.to[0]).ending) + PAGE)
    anothers = lies(page) and not job.force and not is_page_of_changes(page)
    if not anothers:
        if not (job.done and lies(page)):
            _write_page(page, result)
        result = replace(result, page=str(page))
    for name in job.settings.to:
        shelf.put(name)
    if anothers:
        shelf.problem = shelf.problem or OutputError("another file is there", str(page), "use --force to replace it")
    return replace(
        outcome,
        error=line(shelf.problem, job.group.name) if shelf.problem else "",
        written=tuple(shelf.written),
        kept=tuple(shelf.kept),
        records=tuple(shelf.records),
        findings=(*outcome.findings, *shelf.edited),
        about=result,
    )


class _Shelf:
    """The books of one group as they come to the shelf."""

    def __init__(self, job: Job, reading: Reading) -> None:
        self.job, self.reading = job, reading
        self.at: Mapping[str, Path] = {n: p for (n, _), p in places(job, StoryBooks(reading, (reading,)))}
        self.known = {r.path: r for r in job.known}
        self.story = repr(reading.book)  # what is told, before a cover is drawn for it
        self.made: dict[str, bytes] = {}
        self.theme: Theme | None = None
        self.records: list[Record] = []
        self.written: list[Path] = []
        self.kept: list[Path] = []
        self.edited: list[Finding] = []
        self.problem: ConverterError | None = None

    def put(self, name: str) -> None:
        """Puts the book of this format on the shelf, or keeps the one that is there; what goes wrong is its problem."""
        path = self.at[name]
        if path in self.job.done:
            self._note(name, path, STALE, path.read_bytes())
            return
        way = digest("\0".join((made_from(self.job, name, ()), self.story)).encode("utf-8", "surrogatepass"))
        known = None if self.job.force else self.known.get(path)
        if known and known.made_from == way and (known.is_current({way}, None) or is_edited(known)):
            self._keep(known)
            return
        try:
            data = self._book(name, path)
            aside = write_beside_edited(path, data, known)
        except (ConverterError, OSError) as failed:
            self.problem = self.problem or as_error(failed, path)
            return
        self.edited += [BookEdited(shown_path(path), aside.name)] if aside else []
        self._note(name, path, way, data)

    def _note(self, name: str, path: Path, way: str, data: bytes) -> None:
        """A book of this format lies there now. What a plain reading is known by is not what the usual one is: beside
        books of that nothing is noted that the next run would go by."""
        from converter.build.identity import opening_of

        self.written.append(path)
        said = self.reading.book.metadata
        state, moment = state_of(path) or (0, 0, 0), time.time_ns()
        known_by = ("", "") if self.job.done else (said.identifier, opening_of(self.reading.book))
        facts = (self.job.sources[0], *known_by, 0, name, state, moment)
        self.records.append(Record(path, way, digest(data), said.title, {}, *facts))

    def _keep(self, known: Record) -> None:
        self.kept.append(known.path)
        if is_edited(known):
            self.edited.append(BookEdited(shown_path(known.path)))
        else:
            now = time.time_ns()
            self.records.append(replace(known, state=state_of(known.path) or known.state, noted=now))

    def _book(self, name: str, path: Path) -> bytes:
        """The bytes of the book in this format. Raises ConverterError."""
        from converter.build import pipeline

        row, settings = writer(name), self.job.settings
        if self.theme is None:
            self.theme = self._begun()
        of = row.of or name
        if of not in self.made:
            self.made[of] = pipeline.write(self.reading, of, self.theme, settings).data
        return row.convert(self.made[of], str(path)) if row.convert else self.made[of]

    def _begun(self) -> Theme:
        """The theme, with the writers ready and the cover drawn: where a book is to be made at all."""
        from converter.build import pipeline
        from converter.build.formats import WriteOptions
        from converter.themes import load_theme

        settings = self.job.settings
        theme = load_theme(settings.style)
        options = WriteOptions(settings.page, settings.verify, made_for=settings.made_for, engine=settings.engine)
        for row in map(writer, settings.to):
            if row.ready:
                row.ready(options)
        self.reading = pipeline.covered(self.reading, theme, size=settings.cover_size)
        return theme


def _write_page(page: Path, result: Reconciled) -> None:
    """Writes the page of changes, unless it is there as it would be written. Raises OutputError."""
    from converter.writers.changes import changes_page

    data = changes_page(result)
    if _beginning(page) != data:
        write_book(page, data)


def is_page_of_changes(path: Path) -> bool:
    """Whether this file is a page of what was rewritten in a story, as it is written here."""
    from converter.writers.changes import is_changes_page

    return path.name.endswith(PAGE) and is_changes_page(_beginning(path))


def _beginning(path: Path) -> bytes:
    try:
        return read_regular(path, PAGE_LIMIT)
    except OSError:
        return b""
