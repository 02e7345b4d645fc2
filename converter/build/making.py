"""From a job to its books on the shelf: the one way, for the command line and for Python."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from converter.build.ahead import CoverAhead, ExaminedAhead
from converter.build.crew import Crew, cores
from converter.build.formats import WriteOptions
from converter.build.identity import opening_of
from converter.build.inputs import Inputs, Job, gather
from converter.build.outcomes import Outcome, as_error, fault, line
from converter.build.places import StoryBooks, books_of, of_earlier_divisions, places, places_known
from converter.build.reading import read_inputs
from converter.build.registry import writer
from converter.build.shelving import Record, digest, take_off, write_book
from converter.document.errors import ConverterError, ProofError, SettingError
from converter.document.findings.metadata import VolumesRemoved
from converter.document.record import dataclass

if TYPE_CHECKING:
    from converter.build.pipeline import Converted
    from converter.build.settings import Settings
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
    from converter.themes import load_theme

    if job.problem:
        raise SettingError(job.problem)
    inputs = gather(job)
    if not job.force and not anew and (kept := _up_to_date(job, inputs)):
        return Made(Outcome(job.group.name, kept=tuple(r.path for r in kept), title=kept[0].title))
    settings = job.settings
    theme = load_theme(settings.style)
    rows = [writer(name) for name in settings.to]
    for row in rows:
        if row.ready:
            row.ready(WriteOptions(settings.page, settings.verify, made_for=settings.made_for, engine=settings.engine))
    ours = tuple(dict.fromkeys(row.of or row.name for row in rows))
    ahead, examined = CoverAhead(theme.settings.get("cover", ""), settings.cover_size), ExaminedAhead()
    try:
        if job.alone and not inputs.cover and not settings.volumes:
            ahead.ready()
        reading = read_inputs(inputs, job, ahead.start)
        if job.alone:
            examined.begin(reading)
        for row in map(writer, ours):
            row.warm()  # while the cover is being drawn
        if job.alone:
            examined.meanwhile(reading)
        try:
            books = books_of(reading, theme, settings, ahead)
            return _written(job, inputs, theme, books, examined, crew, sure=settings.strict)
        except ProofError as trouble:
            examined.abandon()
            books = books_of(read_inputs(inputs, job, trouble=trouble), theme, settings)
            return _written(job, inputs, theme, books, ExaminedAhead(), crew, sure=True)
    finally:
        ahead.abandon()
        examined.abandon()


def _up_to_date(job: Job, inputs: Inputs) -> list[Record]:
    """The records of the job's books, when all of them are there and would be made the same way again."""
    made_from = {inputs.digest, inputs.digest_plain(job)}
    known = {r.path: r for r in job.known}
    current: list[Record] = []
    for name, path in job.outputs:
        for paths in places_known(known, path, writer(name).ending, divided=bool(job.settings.volumes)):
            books = [known[p] for p in paths if p in known]
            if len(books) == len(paths) and all(r.is_current(made_from, inputs.beside) for r in books):
                current.extend(books)
                break
        else:
            return []
    return current


class _Books:
    """The books of one reading as they are made, by format, and what their writers noticed."""

    def __init__(self, reading: Reading, theme: Theme, settings: Settings, crew: Crew | None) -> None:
        self.reading, self.theme, self.settings, self.crew = reading, theme, settings, crew
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
            written = pipeline.write(self.reading, own, self.theme, self.settings, printed, self.crew)
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
        return tuple((name, self.made[name]) for name in self.settings.to if name in self.made)


def _written(
    job: Job,
    inputs: Inputs,
    theme: Theme,
    story: StoryBooks,
    examined: ExaminedAhead,
    crew: Crew | None,
    *,
    sure: bool,
) -> Made:
    """The books of a reading, on the shelf. Unless it is `sure` that there is no better reading, ProofError is raised
    where its words don't balance, or a writer loses one; else that is the books' problem, like all others."""
    from converter.build import pipeline
    from converter.reports.heaps import gathered

    reading = story.reading
    at = dict(places(job, story))
    used = dict(inputs.beside.used) if inputs.beside else {}
    made_from = inputs.digest_plain(job) if job.plain else inputs.digest
    source = next(iter(job.sources), "")
    opening = opening_of(reading.book)
    records: list[Record] = []
    books = [_Books(part, theme, job.settings, crew) for part in story.books]
    problem: ConverterError | None = None

    def note(path: Path, data: bytes, made_from: str, title: str) -> None:
        facts = (job.group.name, made_from, digest(data), title, used, source)
        records.append(Record(path, *facts, reading.book.metadata.identifier, opening, story.volumes))

    for name, (number, book) in ((name, one) for name in job.settings.to for one in enumerate(books)):
        path = at.get((name, number))
        title = book.reading.book.metadata.title
        if path in job.done:  # whole, and of the usual reading
            note(path, path.read_bytes(), inputs.digest, title)
            continue
        try:
            data = book.make(name, path)
            examined.result(reading)  # nothing is written before every word of the story was found in the book
            if path:
                write_book(path, data)
        except (ConverterError, OSError) as failed:  # a book that can't be made takes no other with it
            if isinstance(failed, ProofError) and not sure:
                raise
            problem = problem or as_error(failed, path)
        else:
            if path:
                note(path, data, made_from, title)
    gone = () if problem else take_off(of_earlier_divisions(job, records))
    told = gathered((*reading.findings, *(examined.findings or ())), reading.book)
    reading = replace(reading, findings=(*told, *_noticed(books), *_removed(gone)))
    outcome = _outcome(job, reading, records, examined.words, problem)
    files = tuple(file for book in books for file in book.files())
    return Made(outcome, pipeline.Converted(reading, files), problem)


def _removed(names: tuple[str, ...]) -> tuple[Finding, ...]:
    return (VolumesRemoved(names),) if names else ()


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
        chapters=sum(1 for _ in reading.book.walk()),
        words=words,
        changes=len(reading.changes),
        findings=reading.findings,
        records=tuple(records),
    )


def _crew(job: Job) -> Crew | None:
    """A process for each core where there is no other story; else one, which keeps memory flat: the cores have work."""
    return Crew.of(cores() if job.alone else 1)


def do(job: Job) -> Outcome:
    """One story from its files to its books. Never raises, except MemoryError, and when the person interrupts."""
    name = job.group.name
    gc.disable()  # a story's trees hold hardly a cycle, and looking for them takes a tenth of the time
    try:
        return Outcome(name, error=job.problem) if job.problem else make(job, crew=_crew(job)).outcome
    except ConverterError as error:
        return Outcome(name, error=line(error, name))
    except MemoryError:
        raise
    except RecursionError:
        return Outcome(name, error=f"{name}: nested deeper than any story is")
    except Exception as error:
        return Outcome(name, error=f"{name}: {fault(error)}")
    finally:
        gc.enable()
