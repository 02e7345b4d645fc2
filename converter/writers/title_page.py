"""The title page: title, authors, series, description, and what else is known about the story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from converter.document.model import Book, Metadata, PersonRole
from converter.document.words import colon
from converter.recognisers.metadata.kinds import is_kind
from converter.recognisers.metadata.progress import progress_of
from converter.recognisers.metadata.site_counts import is_site_s_own
from converter.writers.addresses import web_address
from converter.writers.inlines import EPUB_TYPE, Rendering
from converter.writers.labels import Labels
from converter.writers.xhtml import OPS

DAY = re.compile(r"\d{4}(?:-\d\d){0,2}(?=T|\s|$)")
LONG_TITLE = 60  # characters; longer ones are set smaller
MANY_FACTS = 5  # on a title page: its title moves up, so that all stand on one page of an e-reader
_BY: Mapping[PersonRole, str] = {"trl": "translator", "ill": "illustrator", "edt": "editor", "ctb": "contributor"}


def _day(date: str) -> str:
    """A date without its time of day; one that is written out as it is written."""
    day = DAY.match(date)
    return day[0] if day else date


def title_page(book: Book, rendering: Rendering) -> etree._Element:
    """`section.titlepage`: title, authors, series, description, and what else is known about the story."""
    metadata, labels = book.metadata, rendering.labels
    attributes = {"class": "titlepage"}
    if rendering.medium == "epub":
        attributes |= {EPUB_TYPE: "titlepage"}
    page = etree.Element("section", attributes, nsmap={"epub": OPS} if rendering.medium == "epub" else None)
    page.text = "\n"
    _say(page, "h1", "book-title", metadata.title.strip() or labels.title_page)
    _say(page, "p", "subtitle", metadata.subtitle or _kind(metadata))
    for name in metadata.authors:
        _say(page, "p", "author", name)
    for person in metadata.people:
        if person.role in _BY:
            _say(page, "p", "contributor", f"{getattr(labels, _BY[person.role])} {person.name}")
    for text in _series(metadata, labels):
        _say(page, "p", "series", text)
    if metadata.description.strip():
        description = etree.SubElement(page, "div", {"class": "description"})
        description.tail = "\n"
        for paragraph in metadata.description.splitlines():
            _say(description, "p", "", paragraph)
    facts = list(_facts(metadata, rendering))
    names = ["titlepage", *(["told"] if len(facts) >= MANY_FACTS else [])]
    if rendering.medium == "epub" and len(metadata.title) > LONG_TITLE:
        names.append("long-title")
    page.set("class", " ".join(names))
    if facts:
        details = etree.SubElement(page, "div", {"class": "details"})
        details.tail = "\n"
        for name, value in facts:
            p = etree.SubElement(details, "p", {"class": "meta"})
            span = etree.SubElement(p, "span", {"class": "meta-name"})
            span.text, span.tail, p.tail = f"{name}{colon(metadata.language)}", " ", "\n"
            if value.startswith(("http://", "https://")) and " " not in value and (address := web_address(value)):
                etree.SubElement(p, "a", {"href": address}).text = value
            else:
                span.tail += value
    _say(page, "p", "publisher", metadata.publisher)
    _say(page, "p", "rights", metadata.rights)
    return page


def _kind(metadata: Metadata) -> str:
    """What kind of work the story is, where its genres say no more: "roman", "A novella". It needs no label."""
    return metadata.genres[0] if len(metadata.genres) == 1 and is_kind(metadata.genres[0]) else ""


def _series(metadata: Metadata, labels: Labels) -> Iterator[str]:
    """The lines that name the book's place in its series; none where the title says it, as that of a volume does."""
    number = metadata.series_index.strip()
    said = metadata.title.startswith(metadata.series) and metadata.title.endswith(labels.volume.format(number=number))
    own = ("", "") if number and said else (metadata.series, number)
    for series, index in (own, (metadata.outer_series, metadata.outer_index.strip())):
        yield labels.series.format(number=index, series=series) if index and series else series


def _facts(metadata: Metadata, rendering: Rendering) -> Iterator[tuple[str, str]]:
    """What is known about the story, each with its label. Its length, and what a site counts of its readers, is no fact
    for whoever has the book; nor that it is all there."""
    labels = rendering.labels
    lines = (
        (labels.fandom, metadata.fandoms),
        (labels.characters, metadata.characters),
        (labels.relationships, metadata.relationships),
        (labels.genre, () if not metadata.subtitle and _kind(metadata) else metadata.genres),
        (labels.rating, (metadata.rating,)),
        (labels.warnings, metadata.warnings),
        (labels.tags, metadata.tags),
        (labels.status, () if progress_of(metadata.status, "") == "Completed" else (metadata.status,)),
        (labels.published, (_day(metadata.published),)),
        (labels.updated, (_day(metadata.updated),)),
        (labels.source, (metadata.source,)),
        *((name, (value,)) for name, value in metadata.extra if not is_site_s_own(name)),
    )
    for name, values in lines:
        value = ", ".join(" ".join(v.split()) for v in values if v.strip())
        if value and name.strip():
            yield " ".join(name.split()), value


def _say(parent: etree._Element, tag: str, name: str, text: str) -> None:
    text = " ".join(text.split())
    if text:
        element = etree.SubElement(parent, tag, {"class": name} if name else {})
        element.text, element.tail = text, "\n"
