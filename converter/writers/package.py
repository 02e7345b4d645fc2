"""What the package document says of a book: title, people, subjects, series, dates, accessibility."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date

from converter.document.model import EARLIEST, Book, Metadata
from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.document.words import chapter_name
from converter.writers.accessibility import Shown, claims
from converter.writers.addresses import web_address
from converter.writers.days import iso_day
from converter.writers.languages import UNDETERMINED, well_formed_tag

GENERATOR = "Chapbook"  # no version: a book made again by a newer program stays the same book
_DATE = regex(
    r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])"
    r"(?:[T ]([01]\d|2[0-3]):?([0-5]\d)(?::?([0-5]\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_POSITION = regex(r"\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Statement:
    """One element of the metadata: a Dublin Core element ("dc:title") or "meta", its text and its attributes."""

    name: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


def title_of(book: Book) -> str:
    """The title, never empty: EPUB 3.3 asks for one."""
    names = (name for _, chapter in book.walk() if (name := chapter_name(chapter)))
    return " ".join(book.metadata.title.split()) or next(names, "Untitled")


def identifier_of(book: Book) -> str:
    """The identifier given, else one made from title and authors, so that it is the same each time."""
    own = book.metadata.identifier.strip()
    return own or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, '|'.join((title_of(book), *book.metadata.authors)))}"


def moment(text: str) -> str:
    """A date as W3CDTF with time and zone (without them calibre shows the day before); "" when it is no date.

    A year or a month alone stays as it is.
    """
    date = _DATE.fullmatch(iso_day(text).strip())
    if not date:
        return ""
    year, month, day, hour, minute, second, zone = date.groups()
    if not day:
        return f"{year}-{month}" if month else str(year)
    if not _is_of_the_calendar(int(year), int(month), int(day)):
        return ""
    zone = zone or "Z"
    zone = f"{zone[:3]}:{zone[3:]}" if len(zone) == 5 else zone
    return f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone}"


def _is_of_the_calendar(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:  # 30 February
        return False
    return True


def modified_of(metadata: Metadata) -> str:
    """The moment of the last change, UTC, as EPUB 3.3 wants it (CCYY-MM-DDThh:mm:ssZ)."""
    modified = moment(metadata.modified)
    return modified if len(modified) == len(EARLIEST) and modified > EARLIEST else EARLIEST


def subjects(metadata: Metadata) -> tuple[str, ...]:
    """All subjects without repeats: what the story is about first, the loosest tags last."""
    groups = (
        metadata.fandoms,
        metadata.characters,
        metadata.relationships,
        metadata.genres,
        (metadata.rating,),
        metadata.warnings,
        metadata.tags,
    )
    seen: dict[str, str] = {}
    for subject in (" ".join(text.split()) for group in groups for text in group):
        if subject:
            seen.setdefault(subject.casefold(), subject)
    return tuple(seen.values())


def statements(
    book: Book, shown: Shown, *, contents: bool = True, cover: str = "", turning: str = ""
) -> Iterator[Statement]:
    """All metadata in order. `cover` is the manifest id of the cover image; `contents`: there is a contents list.

    `turning` is for Kindles, which do not look at the spine's direction: "vertical-rl", "horizontal-rl".
    """
    metadata = book.metadata
    yield Statement("dc:identifier", identifier_of(book), (("id", "id"),))
    yield from _other_identifiers(metadata)
    yield from _titles(book)
    yield Statement("dc:language", well_formed_tag(metadata.language) or UNDETERMINED)
    yield from _people(metadata)
    for subject in (*subjects(metadata), *_stand(metadata)):
        yield Statement("dc:subject", subject)
    for name, text in (
        ("dc:description", metadata.description),
        ("dc:publisher", metadata.publisher),
        ("dc:rights", metadata.rights),
        ("dc:source", metadata.source),
        ("dc:date", moment(metadata.published)),
    ):
        if text.strip():
            yield Statement(name, text.strip())
    yield from _series(metadata)
    for name, text, attributes in claims(shown, contents=contents):
        yield _property(name, text, *attributes)
    yield _property("schema:wordCount", str(shown.words))
    yield Statement("meta", "", (("name", "generator"), ("content", GENERATOR)))
    if turning:
        yield Statement("meta", "", (("name", "primary-writing-mode"), ("content", turning)))
    if cover:
        yield Statement("meta", "", (("name", "cover"), ("content", cover)))


def _other_identifiers(metadata: Metadata) -> Iterator[Statement]:
    """The ISBN of a printed or sold edition, and the address that the story came from: `url:` is what calibre reads."""
    if metadata.isbn:
        yield Statement("dc:identifier", f"urn:isbn:{metadata.isbn}")
    if web_address(metadata.source).startswith("http"):
        yield Statement("dc:identifier", f"url:{web_address(metadata.source)}")


def _stand(metadata: Metadata) -> Iterator[str]:
    """How far a serial has come and when it was last continued, as subjects: where FanFicFare puts both, and where
    libraries made with it look for them."""
    if metadata.progress:
        yield metadata.progress
    updated = moment(metadata.updated)
    if len(updated) > len("2026-01"):
        yield f"Last Update: {updated[:10].replace('-', '/')}"


def _property(name: str, text: str, *attributes: tuple[str, str]) -> Statement:
    return Statement("meta", text, (("property", name), *attributes))


def _refine(target: str, name: str, text: str, *attributes: tuple[str, str]) -> Statement:
    return Statement("meta", text, (("refines", f"#{target}"), ("property", name), *attributes))


def _titles(book: Book) -> Iterator[Statement]:
    yield Statement("dc:title", title_of(book), (("id", "main-title"),))
    subtitle = " ".join(book.metadata.subtitle.split())
    if subtitle:
        yield _refine("main-title", "title-type", "main")
        yield Statement("dc:title", subtitle, (("id", "subtitle"),))
        yield _refine("subtitle", "title-type", "subtitle")


def _people(metadata: Metadata) -> Iterator[Statement]:
    people = [p for p in metadata.people if p.name.strip()]
    for number, person in enumerate(people, 1):
        key = f"person-{number}"
        element = "dc:creator" if person.role == "aut" else "dc:contributor"
        yield Statement(element, " ".join(person.name.split()), (("id", key),))
        yield _refine(key, "role", person.role, ("scheme", "marc:relators"))
        if person.file_as.strip():
            yield _refine(key, "file-as", " ".join(person.file_as.split()))


def _series(metadata: Metadata) -> Iterator[Statement]:
    """EPUB 3's collection and calibre's own two metas: readers know one or the other."""
    series, position = " ".join(metadata.series.split()), metadata.series_index.strip()
    if not series:
        return
    yield _property("belongs-to-collection", series, ("id", "series"))
    yield _refine("series", "collection-type", "series")
    yield Statement("meta", "", (("name", "calibre:series"), ("content", series)))
    if _POSITION.fullmatch(position):
        yield _refine("series", "group-position", position)
        yield Statement("meta", "", (("name", "calibre:series_index"), ("content", position)))
    outer = " ".join(metadata.outer_series.split())
    if outer:
        yield _refine("series", "belongs-to-collection", outer, ("id", "outer-series"))
        yield _refine("outer-series", "collection-type", "series")
        if _POSITION.fullmatch(metadata.outer_index.strip()):
            yield _refine("outer-series", "group-position", metadata.outer_index.strip())
