"""What a site's table finds out about a work: fields by selectors, definition lists by labels, dates."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from datetime import UTC, datetime

from bs4.element import Tag

from converter.document.model import LISTS, Person
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.facts import Facts, iso_date
from converter.parsers.html.sites.tables import FieldRule, Site
from converter.recognisers.metadata.fields import split_series, tag_of_language

BY = re.compile(r"^(?:(?:written|posted)\s+)?by:?\s+", re.I)
DATES = frozenset(("published", "updated"))
DATE_FORMS = ("%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%m/%d/%Y", "%b %d, %Y %I:%M %p", "%A, %B %d, %Y")


def take_fields(page: Page, excluded: Exclusions, site: Site, facts: Facts) -> None:
    """The facts that the table's selectors find."""
    for rule in site.fields:
        values = [v for element in page.index.select(rule.select) for v in field_values(element, rule, excluded.ids)]
        add_field(facts, rule.field, values, f"page, {site.name}", rule.date)


def field_values(element: Tag, rule: FieldRule, excluded: Container[int]) -> list[str]:
    """The values one element gives."""
    text = (
        attribute(element, rule.attribute)
        if rule.attribute
        else (element_text(element, excluded) or element.get_text(" "))
    )
    text = " ".join(text.split())
    if rule.pattern:
        value = rule.pattern.search(text)
        if not value:
            return []
        text = (value[1] if value.re.groups else value[0]) or ""
    values = text.split(rule.split) if rule.split else [text]
    return [v.strip(" ,;") if rule.split else v.strip() for v in values if v.strip()]


def add_field(facts: Facts, name: str, values: Sequence[str], source: str, date: str = "") -> None:
    """Sets a field by its name in a table."""
    values = list(dict.fromkeys(v for v in values if v))
    if not values:
        return
    if name == "authors":
        facts.add("people", tuple(Person(BY.sub("", v) or v) for v in values), source)
    elif name in LISTS:
        facts.add(name, tuple(values), source)
    elif name in DATES:
        facts.add(name, read_date(values[0], date), source)
    elif name == "language":
        facts.add(name, tag_of_language(values[0]) or values[0], source)
    elif name == "series":
        series, index = split_series(values[0], "")
        facts.add("series", series, source)
        facts.add("series_index", index, source)
    elif name in ("chapter-number", "chapter-count"):
        facts.values.setdefault(name, values[0])
    else:
        facts.add(name, values[0], source)


def read_date(text: str, form: str = "") -> str:
    """A date in ISO 8601 from ISO, seconds since 1970, or a written English date; "" when it is none."""
    text = " ".join(text.split())
    if re.fullmatch(r"\d{9,11}", text):
        return datetime.fromtimestamp(int(text), UTC).strftime("%Y-%m-%d")
    if iso := iso_date(text):
        return iso
    for candidate in (form, *DATE_FORMS):
        if candidate:
            try:
                return datetime.strptime(text, candidate).strftime("%Y-%m-%d")
            except ValueError:
                continue
    return ""


def take_definitions(page: Page, site: Site, facts: Facts) -> None:
    """The facts in the table's lists, by their labels: of definitions, or of rows with a label and a value."""
    for selector, labels in site.definitions:
        for listing in page.index.select(selector):
            entries = _rows(listing) if listing.name == "table" else _definitions(listing)
            for label, values in entries:
                name = next((field for pattern, field in labels if pattern.fullmatch(label)), "")
                if name:
                    add_field(facts, name, values[name in LISTS], f"page, {site.name}")


def _definitions(listing: Tag) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    """Each label of a list of definitions with what stands beside it: as one value, and as several."""
    label = ""
    for element in listing.find_all(["dt", "dd"]):
        if element.find_parent("dl") is not listing:
            continue
        if element.name == "dt":
            label = one_line(element).rstrip(": ")
            continue
        whole = [one_line(element)]
        yield label, (whole, [one_line(a) for a in element.find_all("a")] or whole)


def _rows(table: Tag) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    """Each label of a table of facts with what stands beside it: as one value, and as several, which commas part where
    they are no links."""
    for row in table.find_all("tr"):
        label, *beside = row.find_all(["th", "td"])[:2] or [row]
        if row.find_parent("table") is not table or not beside:
            continue
        whole = one_line(beside[0])
        yield (
            one_line(label).rstrip(": "),
            ([whole], [one_line(a) for a in beside[0].find_all("a")] or whole.split(", ")),
        )
