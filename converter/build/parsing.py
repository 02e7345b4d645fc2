"""From sources to what their parsers understand: each file by the parser of its format, several as one work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from converter.build.formats import ReadOptions
from converter.build.given import Given
from converter.build.registry import parser_for, reader
from converter.build.settings import Settings
from converter.document.contracts import Parsed, Parser, SiteText, Source
from converter.document.errors import ConverterError, NotAStory, SettingError


def parse_sources(sources: Sequence[Source], settings: Settings, given: Given, without: frozenset[str]) -> Parsed:
    """What the parsers understand of these sources; `without` names what they are to leave alone."""
    if not sources:
        raise NotAStory("nothing to read")
    suffixes = dict.fromkeys(s.suffix for s in sources)
    language = next((m.language for m in (*given.above, *given.below) if m.language), "")
    parsers = {suffix: parser_with_settings(suffix, settings, given.sites, without, language) for suffix in suffixes}
    if len(sources) == 1:
        return parsers[sources[0].suffix](_decoded_as(sources[0], settings.encoding))
    from converter.parsers.works.assembly import assemble

    parsed: list[Parsed] = []
    listed: list[NotAStory] = []
    refused: list[ConverterError] = []
    titles = given.titles or [""] * len(sources)
    loose = len(sources) - given.settled
    before = 0  # of those that are not settled, how many could be read
    for at, (source, title) in enumerate(zip(sources, titles, strict=True)):
        before = len(parsed) if at <= loose else before
        try:
            parsed.append(_titled(parsers[source.suffix](_decoded_as(source, settings.encoding)), title))
        except NotAStory as error:
            index = getattr(error, "index", None)  # a page that only lists the chapters
            if isinstance(index, Parsed):
                parsed.append(index)
                listed.append(error)
            else:
                refused.append(error if error.where else NotAStory(error.what, source.name, error.remedy))
    if listed and len(listed) == len(parsed):
        raise listed[0]
    settled = len(parsed) - before if given.settled else 0
    work = assemble(parsed, refused, keep_order=given.in_order, settled=settled)
    if not given.parts:
        return work
    from converter.parsers.works.named_parts import with_named_parts

    return with_named_parts(work, dict(zip((source.name for source in sources), given.parts, strict=True)))


def _titled(parsed: Parsed, title: str) -> Parsed:
    """What was understood of a chapter, with the title that is told of it where it says none."""
    metadata = parsed.book.metadata
    if not title or metadata.title:
        return parsed
    return replace(parsed, book=replace(parsed.book, metadata=replace(metadata, title=title)))


def parser_with_settings(
    suffix: str,
    settings: Settings,
    sites: Sequence[SiteText] = (),
    without: frozenset[str] = frozenset(),
    language: str = "",
) -> Parser:
    """The parser of files with this suffix, made with the settings it needs; `without` names what it is to leave alone,
    `language` is that of the story where somebody said it. Raises UnknownFormat."""
    options = ReadOptions(
        chapter=settings.chapter,
        no_chapters=settings.no_chapters,
        notes=settings.notes,
        keep_hidden=settings.hidden == "keep",
        sites=tuple(sites),
        without=without,
        language=language,
        paragraphs=settings.paragraphs,
    )
    return parser_for(suffix, options)


def stage_lines(source: Source, name: str, settings: Settings, sites: Sequence[SiteText] = ()) -> Iterator[str]:
    """A stage of how a story is read, by its name, as lines. Raises SettingError for a format that is read at once."""
    row = reader(source.suffix)
    if row is None or row.stages is None:
        what = f"{source.suffix or 'such'} files are read in one stage"
        raise SettingError(what, source.name, "--stage is for web pages")
    options = ReadOptions(keep_hidden=settings.hidden == "keep", sites=tuple(sites))
    return row.stages(source, name, options)


def _decoded_as(source: Source, encoding: str) -> Source:
    """The source as UTF-8, when the person says how it is encoded."""
    if not encoding:
        return source
    try:
        return replace(source, data=source.data.decode(encoding).encode("utf-8", "replace"))
    except LookupError:
        raise SettingError(f"no encoding is called {encoding!r}", remedy="try utf-8, cp1252, koi8-r ...") from None
    except UnicodeDecodeError as error:
        what = f"the file is not {encoding}: byte {error.start} can't be read"
        raise SettingError(what, source.name, "leave --encoding out, or try another") from None
