"""The line, end to end: parse, settle the metadata, improve, check, write, prove.

Pure: values in, values out. No file, no clock, no screen (those are `making.py` and `cli/`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.build.formats import WriteOptions, Written
from converter.build.given import NOTHING, Given
from converter.build.identity import isbn_of, settled_identifier
from converter.build.page_cover import with_page_cover
from converter.build.parsing import parse_sources
from converter.build.registry import reader, writer
from converter.build.settings import COVER_SIZE, Settings
from converter.build.values import pixels
from converter.checks import check_book
from converter.checks.legible import illegible
from converter.document.contracts import Change, Evidence, Parsed, PrintedPage, Reading, Source, Theme
from converter.document.errors import ConverterError, SettingError
from converter.document.findings.chapters import ChapterNone
from converter.document.findings.cover import CoverFailed
from converter.document.findings.metadata import MetadataLanguage, SettingUnused
from converter.document.findings.reading import CheckFailed, PassFailed, broken
from converter.document.model import EARLIEST, Book, Metadata, Resource
from converter.document.record import dataclass
from converter.document.text_units import units_kept
from converter.document.words import book_text
from converter.parsers.disguise import disguise_evidence, undisguised
from converter.parsers.items.placed_notes import place_notes
from converter.parsers.switches import AUTHORS_NOTES, PLAINLY
from converter.recognisers.metadata.descriptions import plain_description
from converter.recognisers.metadata.fields import without_site_tags
from converter.recognisers.metadata.file_names import letters_of
from converter.recognisers.metadata.progress import progress_of
from converter.recognisers.metadata.resolution import UNTITLED, metadata_findings, resolve
from converter.recognisers.metadata.site_marks import without_site_marks
from converter.recognisers.metadata.titles_in_names import without_author
from converter.reports.heaps import gathered

if TYPE_CHECKING:
    from converter.document.findings.union import Finding
    from converter.writers.pdf.printed import Crew

TITLE_PAGES = ("page, heading", "document, title", "EPUB, title page", "page, Microsoft Word")  # titles set in type
SURE_OF_LANGUAGE = 0.5  # below it the guess is used, but said to be one


Drawn = tuple[Resource, tuple["Finding", ...]]  # a cover, and what it can't show


@dataclass(frozen=True, slots=True)
class Converted:
    """A finished book: its bytes in every format that was asked for, and the reading they were made from.

    Of a story in volumes: the volumes' bytes one after another, each in every format.
    """

    reading: Reading
    files: tuple[tuple[str, bytes], ...]

    @property
    def book(self) -> Book:
        """The book that was written."""
        return self.reading.book

    def __getitem__(self, format_name: str) -> bytes:
        """The bytes in this format ("epub", "pdf" ...), of the first volume where there are several."""
        return self.volumes(format_name)[0]

    def volumes(self, format_name: str) -> tuple[bytes, ...]:
        """The bytes of every volume in this format, of the only book where there are none. Raises KeyError."""
        if not (found := tuple(data for name, data in self.files if name == format_name)):
            raise KeyError(format_name)
        return found


def understand(
    sources: Sequence[Source],
    settings: Settings,
    given: Given = NOTHING,
    *,
    plain: bool = False,
    trouble: Exception | None = None,
    on_metadata: Callable[[Metadata], None] | None = None,
) -> Reading:
    """One story from its sources (several: the chapters of one work, in reading order), not examined yet.

    `plain`: nothing is looked for, every paragraph stays as it stands. `trouble` is what an earlier reading ended in:
    then what failed is given up. `on_metadata` is told the metadata as soon as they are settled, unless the story
    brings its own cover.
    Raises ConverterError where there is no book to be made.
    """

    named, sources = sources, undisguised(sources)
    disguises = tuple(disguise_evidence(named, sources))

    def read(without: frozenset[str], tell: Callable[[Metadata], None] | None = None) -> Reading:
        parsed = parse_sources(sources, settings, given, without)
        parsed = replace(parsed, evidence=(*disguises, *parsed.evidence)) if disguises else parsed
        if AUTHORS_NOTES not in without:
            parsed = place_notes(parsed, settings.notes, sources[0].name)
        return _improved(parsed, settings, sources, given, tell)

    if plain:
        return read(frozenset([PLAINLY]), on_metadata)
    if trouble is None:
        try:
            return read(frozenset(), on_metadata)
        except (ConverterError, MemoryError):
            raise
        except Exception as error:
            if settings.strict:
                raise
            trouble = error
    from converter.build.fallback import best_reading

    return best_reading(read, trouble, [s.suffix for s in sources])


def _improved(
    parsed: Parsed,
    settings: Settings,
    sources: Sequence[Source],
    given: Given,
    on_metadata: Callable[[Metadata], None] | None,
) -> Reading:
    """What a parser understood, with its metadata settled and its words set."""
    guesses: list[Finding] = []
    evidence = list(parsed.evidence)
    told = parsed.book.metadata
    told = replace(told, title=without_site_tags(without_site_marks(told.title)))
    metadata = resolve([*given.above, told, *given.below])
    if metadata.authors and metadata.found_in("title") == "file name":
        metadata = replace(metadata, title=without_author(metadata.title, metadata.authors))
    if metadata.title.isupper() and metadata.found_in("title") not in ("option", "file name"):
        metadata = replace(metadata, title=_in_small_letters(metadata.title, given.below))
    words = book_text(parsed.book)
    metadata = replace(metadata, description=plain_description(metadata.description))
    metadata = replace(metadata, progress=progress_of(metadata.status, metadata.chapters))
    if not metadata.isbn and (isbn := isbn_of(metadata, words)):
        metadata = replace(metadata, isbn=isbn)
    said = metadata
    if not metadata.title:
        metadata = replace(metadata, title=UNTITLED, provenance=(*metadata.provenance, ("title", "nobody")))
    if not metadata.language:
        metadata = _with_language(metadata, parsed.book, guesses, evidence)
    identifier = settled_identifier(metadata, parsed.book, given.earlier)
    metadata = replace(metadata, identifier=identifier, modified=given.modified or EARLIEST)
    if not settings.no_typography:
        metadata = _typeset(metadata)
    book = replace(parsed.book, metadata=metadata, cover=given.cover or parsed.book.cover)
    if on_metadata and not book.cover:
        on_metadata(metadata)
    doubted = (*illegible(words, sources[0].name), *metadata_findings(said), *_unused(settings, sources))
    findings = [*parsed.findings, *doubted, *guesses]

    from converter.passes import passes_for

    changes: list[Change] = []
    with units_kept():
        passes = passes_for(
            metadata.language, typography=not settings.no_typography, italics=settings.capitals == "italic"
        )
        for name, improve in passes:
            try:
                improved = improve(book)
            except Exception as error:  # what a rule can't set stays as it was typed
                if settings.strict or isinstance(error, MemoryError):
                    raise
                findings.append(PassFailed(name, broken(error)))
                continue
            book = improved.book
            changes.extend(improved.changes)
            findings.extend(improved.findings)
    facts = (tuple(changes), tuple(findings), parsed.omissions, tuple(evidence))
    return Reading(book, parsed.texts, *facts, parsed.insertions, parsed.moves, undivided=settings.no_chapters)


def _in_small_letters(title: str, others: Sequence[Metadata]) -> str:
    """A title in CAPITALS, as a title page has it, as one of these writes it who says the same."""
    letters = letters_of(title)
    same = (other.title for other in others if letters_of(other.title) == letters)
    return next((other for other in same if not (other.isupper() or other.islower())), title)


def examined(reading: Reading) -> Reading:
    """The reading with all that the checks and the proof find. Raises ProofError where words were lost."""
    return replace(reading, findings=gathered((*reading.findings, *examination(reading)), reading.book))


def examination(reading: Reading) -> tuple[Finding, ...]:
    """What the checks find in a book, and the proof that its words are the source's. Raises ProofError."""
    from converter.proof import prove_parsed

    if not reading.unbalanced:
        prove_parsed(reading)
    known = {(type(d), d.origin) for d in reading.findings}  # a pass may have seen what a check sees again
    known |= {(ChapterNone, c.origin) for _, c in reading.book.walk() if reading.undivided}
    findings: list[Finding] = []
    try:
        findings.extend(d for d in check_book(reading.book, reading.omissions) if (type(d), d.origin) not in known)
    except Exception as error:
        if isinstance(error, MemoryError):
            raise
        findings.append(CheckFailed(broken(error)))
    return tuple(findings)


def placed(reading: Reading) -> Reading:
    """The reading with the offsets of its omissions in the decoded files: for reports, a conversion does without."""
    from converter.proof import balance, with_spans

    return replace(reading, omissions=with_spans(balance(reading)))


def write(
    reading: Reading,
    format_name: str,
    theme: Theme,
    settings: Settings,
    printed: tuple[PrintedPage, ...] = (),
    crew: Crew | None = None,
) -> Written:
    """The book in a format that has a writer of its own, proved against the model. Raises ProofError, SettingError.

    `printed` are the pages of its PDF, where they are to be marked; the `crew` helps with a long one.
    """
    row = writer(format_name)
    if row.write is None:
        raise SettingError(f"{format_name} is made from {row.of}")
    options = WriteOptions(
        settings.page,
        settings.verify,
        settings.notes_at,
        settings.certified_by,
        printed,
        settings.embed_fonts,
        settings.made_for,
        settings.engine,
        settings.draft,
        settings.pdfa,
        crew,
    )
    book = with_page_cover(reading, theme, options) if row.cover_fills_page else reading.book
    written = row.write(book, theme, options)
    if row.prove:
        row.prove(book, written.data, options)
    return written


def covered(
    reading: Reading,
    theme: Theme,
    drawn: Drawn | None = None,
    on_cover: Metadata | None = None,
    size: str = COVER_SIZE,
) -> Reading:
    """The reading with a cover in the theme's look, when it has none; `drawn` is one that was drawn meanwhile,
    `on_cover` what it says where that is not what the book says of itself."""
    if reading.book.cover:
        return reading
    said = on_cover or reading.book.metadata
    cover, problems = drawn or _drawn(said, theme.settings.get("cover", ""), pixels(size))
    book = replace(reading.book, cover=cover)
    return replace(reading, book=book, findings=(*reading.findings, *problems), on_cover=said)


def _drawn(metadata: Metadata, family: str, size: tuple[int, int]) -> tuple[Resource | None, tuple[Finding, ...]]:
    """The cover; where it can't be drawn the plain one, or none: no story is without a book for want of a cover."""
    from converter.covers import cover_problems, draw_cover

    try:
        return draw_cover(metadata, family=family, size=size), cover_problems(metadata)
    except Exception as error:  # whatever it is, the story has nothing to do with it
        what = type(error).__name__
    try:
        return draw_cover(metadata, family="plain", size=size), (CoverFailed(what, plain=True),)
    except Exception:
        return None, (CoverFailed(what, plain=False),)


def _unused(settings: Settings, sources: Sequence[Source]) -> Iterator[Finding]:
    """Warnings where something was asked for that has a meaning for other files than these."""
    kinds = {row.name for s in sources if (row := reader(s.suffix))}
    if (settings.chapter or settings.no_chapters) and "text" not in kinds:
        yield SettingUnused("--chapter" if settings.chapter else "--no-chapters")
    if settings.site and "html" not in kinds:
        yield SettingUnused("--site")


def _typeset(metadata: Metadata) -> Metadata:
    """The metadata that a title page shows, with the apostrophes that the story has, too; a title that stood on one in
    capitals as it is written elsewhere."""
    from converter.passes import typeset
    from converter.writers.printers_rules import title_case

    title = metadata.title
    if title.isupper() and len(title.split()) > 1 and metadata.found_in("title").startswith(TITLE_PAGES):
        title = title_case(title, metadata.language)
    shown = (title, metadata.subtitle, metadata.series, metadata.description)
    title, subtitle, series, description = (typeset(text, metadata.language) for text in shown)
    return replace(metadata, title=title, subtitle=subtitle, series=series, description=description)


def _with_language(metadata: Metadata, book: Book, findings: list[Finding], evidence: list[Evidence]) -> Metadata:
    from converter.recognisers.language.detection import detect_language

    tag, confidence = detect_language(book_text(book))
    evidence.append(Evidence("language", tag, "from the words of the story", confidence))
    if confidence < SURE_OF_LANGUAGE:
        findings.append(MetadataLanguage(tag))
    return replace(metadata, language=tag, provenance=(*metadata.provenance, ("language", "the story's words")))
