"""JSON-LD: the works that a page describes as data, and what it says of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.bylines import is_name
from converter.parsers.html.extraction.facts import DESCRIPTION_LIMIT, Facts, cut_off, iso_date

WORKS = frozenset(
    "article newsarticle blogposting creativework book chapter report webpage socialmediaposting shortstory "
    "scholarlyarticle story creativeworkseries".split()
)
JSON_LIMIT = 500_000
MOST_TAGS = 40


def json_works(page: Page) -> Iterator[Mapping[str, Any]]:
    """The works that the page describes in JSON-LD."""
    return (item for item in json_items(page) if any(k in WORKS for k in json_kinds(item)))


def json_kinds(item: Mapping[str, Any]) -> list[str]:
    """What an item of JSON-LD is, in small letters."""
    kinds = item.get("@type", "")
    return [str(k).lower() for k in (kinds if isinstance(kinds, list) else [kinds])]


def json_items(page: Page) -> Iterator[Mapping[str, Any]]:
    """All that the page describes in JSON-LD."""
    for script in page.index.by_name.get("script", ()):
        if "ld+json" not in attribute(script, "type").lower():
            continue
        text = script.string or script.get_text()
        if len(text) > JSON_LIMIT:
            continue
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            continue
        stack = [data]
        while stack:
            item = stack.pop()
            if isinstance(item, list):
                stack.extend(reversed(item[:50]))
            elif isinstance(item, dict):
                yield item
                stack.extend(
                    v
                    for k, v in item.items()
                    if k in ("@graph", "mainEntity", "mainEntityOfPage") and isinstance(v, dict | list)
                )


def json_facts(item: Mapping[str, Any], facts: Facts, site: str) -> None:
    """Adds what is said of one of these works."""
    kind = str(item.get("@type", ""))
    source = f"page, JSON-LD {kind}"
    title = item.get("headline") or (item.get("name") if kind.lower() != "webpage" else "")
    if isinstance(title, str):
        facts.add("title", _unescape(title), source)
    facts.add("people", tuple(n for n in names_in(item.get("author")) if is_name(n, site, facts.address)), source)
    facts.add("published", iso_date(str(item.get("datePublished", ""))), source)
    facts.add("updated", iso_date(str(item.get("dateModified", ""))), source)
    if isinstance(item.get("description"), str) and not cut_off(item["description"]):
        facts.add("description", _unescape(item["description"])[:DESCRIPTION_LIMIT], source)
    language = item.get("inLanguage")
    if isinstance(language, str) and re.fullmatch(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        facts.add("language", language, source)
    if kind.lower() != "webpage":
        keywords = (k for k in _several(item.get("keywords"), ",") if isinstance(k, str))
        facts.add("tags", tuple(_unescape(k.strip()) for k in keywords)[:MOST_TAGS], source)
    genres = (str(g) for g in _several(item.get("genre")))
    facts.add("genres", tuple(g for g in genres if "://" not in g), source)
    series = item.get("isPartOf")
    if isinstance(series, dict) and "Series" in str(series.get("@type", "")) and isinstance(series.get("name"), str):
        facts.add("series", series["name"], source)


def _several(value: object, separator: str = "") -> list[object]:
    """A value that may be one text, texts parted by a sign, or a list."""
    if isinstance(value, str):
        return [*value.split(separator)] if separator else [value]
    return value if isinstance(value, list) else []


def names_in(value: object) -> list[str]:
    """The names in a value of JSON-LD: a text, a person, or several."""
    if isinstance(value, str):
        return [_unescape(value)]
    if isinstance(value, dict):
        name = value.get("name")
        return names_in(name) if isinstance(name, str | list) else []
    if isinstance(value, list):
        return [n for v in value[:10] for n in names_in(v)]
    return []


def _unescape(text: str) -> str:
    import html

    return " ".join(html.unescape(re.sub(r"<[^<>]{1,200}>", " ", text)).split())
