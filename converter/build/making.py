"""From a job to its books on the shelf: the one way, for the command line and for Python."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from converter.build.ahead import HUGE, SHORT, CoverAhead, ExaminedAhead, PdfAhead
from converter.build.crew import Crew, cores
from converter.build.formats import WriteOptions
from converter.build.identity import opening_of
from converter.build.inputs import Inputs, Job, gather
from converter.build.losing import check_nothing_lost
from converter.build.losing import gone as parts_gone
from converter.build.made_from import made_from
from converter.build.naming import named
from converter.build.outcomes import Outcome, answered, as_error, line
from converter.build.page_cover import size_on_page
from converter.build.places import StoryBooks, books_of, given_up, of_earlier_ways, places
from converter.build.reading import read_inputs
from converter.build.registry import writer
from converter.build.shelving import is_edited, take_off, write_beside_edited
from converter.build.story_files import shown_path
from converter.build.unchanged import current_books
from converter.build.values import pixels
from converter.catalogue.records import Record, digest, state_of
from converter.document.errors import ConverterError, ProofError, SettingError
from converter.document.findings.metadata import BookEdited, BooksRenamed, VolumesRemoved
from converter.document.record import dataclass
from converter.document.words import count_chapters
from converter.reports.account import account_of

if TYPE_CHECKING:
    from converter.build.pipeline import Converted
    from converter.build.slots import Slots
    from converter.document.contracts import PrintedPage, Reading, Theme
    from converter.document.findings.union import Finding


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a job: what became of it and, unless its books were up to date, the books themselves.

    `problem` is the first thing that kept a book from being made or written; the others are there all the same.
    """

    outcome: Outcome
    converted: Converted | None = None
    problem: ConverterError | None = None


def make(job: Job, *, anew: bool = False, crew: Crew | None = None) -> Made:
    """One story from its files to its books on the shelf: the one way, for the command line and for Python.

    Books that are up to date are not made again, unless `anew`; the `crew` helps with a long one. Raises
    ConverterError, and whatever a fault raises.
    """
    if job.problem:
        raise SettingError(job.problem)
    inputs = gather(job)
    if not job.force and not anew and not job.output:
        kept = _up_to_date(job, inputs)
        if kept and len(kept) == len(job.outputs):
            return Made(_all_kept(job, inputs, kept))
        job = replace(job, outputs=tuple(o for o in job.outputs if o[0] not in kept))
        made = _anew(job, inputs, crew)
        paths = tuple(r.path for books in kept.values() for r in books)
        told = (*made.outcome.findings, *_edited(kept))
        records = (*made.outcome.records, *_noted_again(kept))
        return replace(made, outcome=replace(made.outcome, kept=paths, findings=told, records=records))
    return _anew(job, inputs, crew)


def _anew(job: Job, inputs: Inputs, crew: Crew | None) -> Made:
    """The books of a job, read and written whether or not they are there."""
    from converter.themes import load_theme

    settings = job.settings
    theme = load_theme(settings.style)
    rows = [writer(name) for name in job.formats]
    options = WriteOptions(settings.page, settings.verify, made_for=settings.made_for, engine=settings.engine)
    for row in rows:
        if row.ready:
            row.ready(options)
    ours = tuple(dict.fromkeys(row.of or row.name for row in rows))
    ahead, pdf = _ahead(job, inputs, theme, options, ours)
    examined = ExaminedAhead()
    try:
        reading = read_inputs(inputs, job, ahead.start)
        check_nothing_lost(job, inputs, reading)
        if job.alone:
            examined.begin(reading)
        for row in map(writer, ours):
            if row.name != "pdf" or not pdf.child:
                row.warm(options)  # while the cover is being drawn
        if job.alone:
            examined.meanwhile(reading)
        try:
            books = books_of(reading, theme, settings, ahead)
            pdf.start(books.books[0])
            return _written(job, inputs, theme, books, examined, crew, pdf=pdf, sure=settings.strict)
        except ProofError as trouble:
            examined.abandon()
            books = books_of(read_inputs(inputs, job, trouble=trouble), theme, settings)
            return _written(job, inputs, theme, books, ExaminedAhead(), crew, sure=True)
    finally:
        for work in (ahead, pdf, examined):
            work.abandon()


def _ahead(
    job: Job, inputs: Inputs, theme: Theme, options: WriteOptions, ours: tuple[str, ...]
) -> tuple[CoverAhead, PdfAhead]:
    """What draws the cover of a lone story, and prints its PDF, beside its reading; at work where there is any use."""
    settings = job.settings
    drawn = settings.cover_size
    if ours == ("pdf",) and settings.made_for == "screen":
        drawn = "x".join(map(str, size_on_page(pixels(drawn), options)))
    cover, pdf = CoverAhead(theme.settings.get("cover", ""), drawn), PdfAhead(theme, settings, options)
    size = sum(len(source.data) for source in inputs.sources)
    if job.alone and not settings.volumes and size < HUGE:
        if not inputs.cover:
            cover.ready()
        if "pdf" in ours and size <= SHORT:
            pdf.ready()
    return cover, pdf


def _up_to_date(job: Job, inputs: Inputs) -> dict[str, list[Record]]:
    """The records of the job's books by format, of those that are there and would be made the same way again."""

    def holds(record: Record, ways: frozenset[str]) -> bool:
        if record.is_current(ways, inputs.beside):
            return True
        return record.made_from in ways and record.has_assets(inputs.beside) and is_edited(record)

    found = {name: current_books(job, name, path, inputs.ingredients, holds) for name, path in job.outputs}
    return {name: books for name, books in found.items() if books}


def _edited(kept: Mapping[str, Sequence[Record]]) -> tuple[Finding, ...]:
    """That these books are not as they were written, though nothing of their story changed."""
    return tuple(BookEdited(shown_path(r.path)) for books in kept.values() for r in books if is_edited(r))


def _noted_again(kept: Mapping[str, Sequence[Record]]) -> list[Record]:
    """The records of books that are kept, with what their files are like now; an edited one stays what it was."""
    now = time.time_ns()
    return [
        r if is_edited(r) else replace(r, state=state_of(r.path) or r.state, noted=now)
        for books in kept.values()
        for r in books
    ]


def _all_kept(job: Job, inputs: Inputs, kept: dict[str, list[Record]]) -> Outcome:
    """The outcome of a job all of whose books are up to date, with what their files are like now."""
    books = _noted_again(kept)
    return Outcome(
        job.group.name,
        kept=tuple(r.path for r in books),
        title=books[0].title,
        records=tuple(books),
        ingredients=inputs.read,
        findings=_edited(kept),
    )


class _Books:
    """The books of one reading as they are made, by format, and what their writers noticed."""

    def __init__(
        self, reading: Reading, theme: Theme, job: Job, crew: Crew | None, pdf: PdfAhead | None = None
    ) -> None:
        self.reading, self.theme, self.settings, self.crew, self.pdf = reading, theme, job.settings, crew, pdf
        self.formats = job.formats
        self.made: dict[str, bytes] = {}
        self.noticed: list[Finding] = []

    def make(self, name: str, path: Path | None) -> bytes:
        """The book in this format; one that is converted from a format of our own is made of that. Raises
        ConverterError."""
        from converter.build import pipeline

        row = writer(name)
        own = row.of or name
        if own not in self.made:
            printed = self._printed() if self.settings.page_list and writer(own).marks_pages else ()
            ahead = self.pdf.result(self.reading) if self.pdf and own == "pdf" else None
            written = ahead or pipeline.write(self.reading, own, self.theme, self.settings, printed, self.crew)
            self.made[own] = written.data
            self.noticed.extend(written.findings)
        if row.convert:
            self.made[name] = row.convert(self.made[own], str(path or "the book"))
        return self.made[name]

    def _printed(self) -> tuple[PrintedPage, ...]:
        """The pages of the book's PDF, which is printed for that where nobody asked for it."""
        from converter.proof.pdf_text import printed_pages

        return printed_pages(self.make("pdf", None))

    def files(self) -> tuple[tuple[str, bytes], ...]:
        """The formats that were asked for, as far as they could be made."""
        return tuple((name, self.made[name]) for name in self.formats if name in self.made)


class _Noting:
    """The records of a story's books as they come to the shelf."""

    def __init__(self, job: Job, inputs: Inputs, story: StoryBooks) -> None:
        self.job, self.inputs = job, inputs
        self.records: list[Record] = []
        metadata = story.reading.book.metadata
        source = next(iter(job.sources), "")
        self.facts = (source, metadata.identifier, opening_of(story.reading.book), story.volumes)
        self.edited: list[Finding] = []

    def write(self, path: Path, data: bytes) -> None:
        """Puts a book on the shelf, beside an earlier one that a person changed. Raises OutputError."""
        known = None if self.job.force else next((r for r in self.job.known if r.path == path), None)
        aside = write_beside_edited(path, data, known)
        self.edited += [BookEdited(shown_path(path), aside.name)] if aside else []

    def note(self, name: str, path: Path, data: bytes, title: str, *, plain: bool) -> None:
        """A book of this format and title lies there now, with these bytes."""
        state, moment = state_of(path) or (0, 0, 0), time.time_ns()
        made = made_from(self.job, name, self.inputs.ingredients, plain=plain)
        used = dict(self.inputs.beside.used) if self.inputs.beside else {}
        self.records.append(Record(path, made, digest(data), title, used, *self.facts, name, state, moment))


def _written(
    job: Job,
    inputs: Inputs,
    theme: Theme,
    story: StoryBooks,
    examined: ExaminedAhead,
    crew: Crew | None,
    *,
    pdf: PdfAhead | None = None,
    sure: bool,
) -> Made:
    """The books of a reading, on the shelf. Unless it is `sure` that there is no better reading, ProofError is raised
    where its words don't balance, or a writer loses one; else that is the books' problem, like all others."""
    from converter.build import pipeline
    from converter.reports.heaps import gathered

    reading = story.reading
    if job.output:
        job = named(job, reading.book.metadata)
    at = dict(places(job, story))
    noting = _Noting(job, inputs, story)
    books = [_Books(part, theme, job, crew, pdf) for part in story.books]
    problem: ConverterError | None = None
    for name, (number, book) in ((name, one) for name in job.formats for one in enumerate(books)):
        path = at.get((name, number))
        title = book.reading.book.metadata.title
        if path in job.done:  # whole, and of the usual reading
            noting.note(name, path, path.read_bytes(), title, plain=False)
            continue
        try:
            data = book.make(name, path)
            examined.result(reading)  # nothing is written before every word of the story was found in the book
            if path:
                noting.write(path, data)
        except (ConverterError, OSError) as failed:  # a book that can't be made takes no other with it
            if isinstance(failed, ProofError) and not sure:
                raise
            problem = problem or as_error(failed, path)
        else:
            if path:
                noting.note(name, path, data, title, plain=job.plain)
    gone = () if problem else take_off(of_earlier_ways(job, noting.records))
    told = gathered((*reading.findings, *(examined.findings or ())), reading.book)
    reading = replace(
        reading, findings=(*told, *_noticed(books), *_removed(job, gone), *parts_gone(job, inputs), *noting.edited)
    )
    outcome = _outcome(job, reading, noting.records, examined.words, problem)
    cover = _thumbnail(job, books[0].reading)
    no_more = (*gone, *given_up(job, story, at))
    outcome = replace(outcome, ingredients=inputs.read, gone=no_more, cover=cover)
    files = tuple(file for book in books for file in book.files())
    return Made(outcome, pipeline.Converted(reading, files), problem)


def _thumbnail(job: Job, reading: Reading) -> bytes:
    """A small picture of the cover, where one is wanted."""
    if not (job.thumbnail and reading.book.cover):
        return b""
    from converter.covers.thumbnail import thumbnail

    return thumbnail(reading.book.cover.data)


def _removed(job: Job, gone: Sequence[Path]) -> tuple[Finding, ...]:
    """That these books were taken off, since the story has others now."""
    names = tuple(path.name for path in gone)
    return ((BooksRenamed(names) if job.output else VolumesRemoved(names)),) if names else ()


def _noticed(books: Sequence[_Books]) -> tuple[Finding, ...]:
    """What the writers of these books noticed, each thing once."""
    return tuple(dict.fromkeys(finding for book in books for finding in book.noticed))


def _outcome(
    job: Job, reading: Reading, records: Sequence[Record], words: int, problem: ConverterError | None
) -> Outcome:
    """What became of a job whose story was read and whose books, as far as they could be made, are on the shelf."""
    return Outcome(
        job.group.name,
        error=line(problem, job.group.name) if problem else "",
        written=tuple(r.path for r in records),
        title=reading.book.metadata.title,
        authors=reading.book.metadata.authors,
        chapters=count_chapters(reading.book),
        words=words,
        changes=len(reading.changes),
        account=account_of(reading),
        findings=reading.findings,
        series=reading.book.metadata.series,
        series_index=reading.book.metadata.series_index,
        language=reading.book.metadata.language,
        records=tuple(records),
    )


def do(job: Job, slots: Slots | None = None) -> Outcome:
    """One story from its files to its books. Never raises, except MemoryError, and when the person interrupts.

    A long one has a process for each core; where other stories are made meanwhile, only for those that have nothing to
    do (`slots`).
    """
    name = job.group.name
    if job.problem:
        return Outcome(name, error=job.problem)
    gc.disable()  # a story's trees hold hardly a cycle, and looking for them takes a tenth of the time
    try:
        return answered(name, lambda: make(job, crew=Crew.of(cores(), slots)).outcome, named=job.group.was_named)
    finally:
        gc.enable()
