"""The wrap-around cover of a story's printed book: what is said about it, its page, and how many pages there are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from converter.build.inputs import Job
from converter.build.settings import Settings
from converter.document.model import Metadata, Resource
from converter.document.record import dataclass

if TYPE_CHECKING:
    from converter.covers.wrap import Paper, Wrap
    from converter.document.findings.union import Finding
    from converter.document.model import Book

INCH = 25.4  # mm


@dataclass(frozen=True, slots=True)
class PrintCover:
    """The PDF, its measures, and what the cover can't show."""

    data: bytes
    wrap: Wrap
    findings: tuple[Finding, ...]


def print_cover_of_story(job: Job, pages: int | None, paper: Paper, family: str = "") -> PrintCover:
    """The cover of a job's story: the person's own picture, or one drawn in the look of its style.

    Without `pages` the book is printed, and they are counted. Raises ConverterError.
    """
    from converter.build.reading import read_job
    from converter.covers.wrap import LEAST_PAGES

    known = LEAST_PAGES if pages is None else pages
    across, down = _wrap(job.settings, known, paper, "").panel  # what can't be is said before anything is read
    book = read_job(replace(job, options={**job.options, "cover_size": f"{across}x{down}"})).book
    counted = _counted(book, job.settings) if pages is None else pages
    return print_cover(book.metadata, job.settings, counted, paper, family, book.cover)


def print_cover(
    metadata: Metadata, settings: Settings, pages: int, paper: Paper, family: str = "", own: Resource | None = None
) -> PrintCover:
    """The cover of a book of so many pages of which this is said. Raises SettingError for a page that can't be printed,
    and for too few pages or too many."""
    from converter.covers import cover_problems
    from converter.themes import load_theme
    from converter.writers.print_cover import coarse, write_print_cover

    wrap = _wrap(settings, pages, paper, metadata.language)
    family = family or load_theme(settings.style).settings.get("cover", "")
    data, findings = write_print_cover(metadata, wrap, own, family)
    said = coarse(own, wrap) if own else cover_problems(metadata)
    return PrintCover(data, wrap, (*said, *findings))


def _wrap(settings: Settings, pages: int, paper: Paper, language: str) -> Wrap:
    from converter.covers.wrap import wrap_of
    from converter.writers.languages import direction
    from converter.writers.pages import page_for

    page = page_for(settings.page, "print")
    return wrap_of(page.width / INCH, page.height / INCH, pages, paper, mirrored=direction(language) == "rtl")


def _counted(book: Book, settings: Settings) -> int:
    from converter.themes import load_theme
    from converter.writers.pdf import print_book

    return print_book(book, load_theme(settings.style), settings.page, "print").pages
