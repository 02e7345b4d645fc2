"""What a page says about its story in its head: JSON-LD, OpenGraph, Dublin Core, `<title>`; each fact with its
source."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from converter.document.model import Metadata, Person
from converter.document.patterns import regex
from converter.parsers.html.boilerplate.chrome import stands_in_comments
from converter.parsers.html.dom.metas import meta_contents, page_language
from converter.parsers.html.dom.nodes import element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.recognisers.lines.ways import names_home
from converter.recognisers.metadata.names import LONGEST_NAME, bare_name, byline
from converter.recognisers.metadata.tab_title import PARTING, clean_title, is_host, same_letters
from converter.recognisers.vocabulary import either, whole

FIELDS = frozenset(f.name for f in fields(Metadata))
WORKS = frozenset(
    "article newsarticle blogposting creativework book chapter report webpage socialmediaposting shortstory "
    "scholarlyarticle story creativeworkseries".split()
)
JSON_LIMIT = 500_000
MOST_TAGS = 40
DESCRIPTION_LIMIT = 4_000
TITLE_LIMIT = 400  # characters of a title in the tab
DATED = regex(
    rf"\s*(?:[,|·•—–]|{whole('site', 'before_date')})\s*(?=[^,|]*\d)|\s+(?=\d{{1,2}}[./ ])", re.I, LONGEST_NAME
)
_PROFILE = regex(either("site", "profile"), re.I, LONGEST_NAME)
_BY_AUTHOR = regex(
    rf"(.{{2,120}}?),? (?i:{either('names', 'by')}) ([A-ZÀ-ÖØ-Þ\d][\w'’.-]*(?: [\w'’.-]+){{0,3}})$", 0, TITLE_LIMIT
)
BYLINES = 20  # elements that may name an author: below a story are those who wrote about it
BYLINE = "page, byline"  # the source of names that an element's class calls authors
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")


AUTHOR_METAS = (
    "author article:author dc.creator dcterms.creator book:author books:author twitter:creator sailthru.author "
    "parsely-author"
).split()
PUBLISHED_METAS = (
    "article:published_time datepublished dc.date dcterms.date date dc.date.issued og:published_time parsely-pub-date"
).split()
UPDATED_METAS = "article:modified_time og:updated_time datemodified lastmod".split()
DESCRIPTION_METAS = "dc.description og:description description twitter:description".split()


@dataclass(slots=True)
class Facts:
    """Facts under way: the first source that names a field wins. `address`: where the page stands, for its links."""

    values: dict[str, object] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""

    def add(self, name: str, value: object, source: str) -> None:
        """Sets a field of `Metadata` that nobody has set. Empty values say nothing."""
        if isinstance(value, str):
            value = " ".join(value.split())
        if isinstance(value, tuple | list):
            if name == "people":
                value = [bare_name(v) if isinstance(v, str) else v for v in value]
            value = tuple(dict.fromkeys(v for v in value if v))
        if value and name not in self.values:
            self.values[name] = value
            self.sources[name] = source

    def also(self, name: str, value: str) -> None:
        """A fact `Metadata` has no field for."""
        if value and (name, value) not in self.extra:
            self.extra.append((name, value))

    def take(self, metadata: Metadata) -> None:
        """Everything another witness says, with its provenance."""
        for name in FIELDS - {"provenance", "extra"}:
            self.add(name, getattr(metadata, name), metadata.found_in(name) or "page, header")
        for name, value in metadata.extra:
            self.also(name, value)

    def text(self, name: str) -> str:
        """A field's text so far."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def copied(self) -> Facts:
        """The same facts, to go on with."""
        return Facts(dict(self.values), dict(self.sources), list(self.extra), self.address)

    def metadata(self) -> Metadata:
        """All of it as `Metadata`, with provenance."""
        made: dict[str, Any] = {k: v for k, v in self.values.items() if k in FIELDS}
        if "people" in made:
            made["people"] = tuple(p if isinstance(p, Person) else Person(str(p)) for p in made["people"])
        provenance = tuple((k, self.sources[k]) for k in sorted(made))
        return replace(Metadata(), **made, extra=tuple(self.extra), provenance=provenance)


def set_above(own: Facts, facts: Facts) -> None:
    """What a site's table or the story's own header says stands before what the page's head says."""
    for name, value in own.values.items():
        facts.values[name] = value
        facts.sources[name] = own.sources.get(name, "")
    facts.extra.extend(own.extra)


def head_facts(page: Page, known: Facts) -> Facts:
    """What is `known`, and what the page's head says. Order of trust: JSON-LD, OpenGraph and `meta`, then `<title>`
    cleaned of the site's name."""
    facts = known.copied()
    metas = meta_contents(page)
    publisher = _publisher(metas)
    site = site_name(page)
    facts.address = facts.address or page.address
    address = page_address(page)
    if address.startswith(("http://", "https://")):
        facts.address = facts.address or address
        facts.add("source", address.split("#")[0], "page, address")
    for item in json_works(page):
        _json_facts(item, facts, site)
    facts.add(
        "title",
        clean_title(metas.get("og:title", "") or metas.get("twitter:title", ""), site, address, _headings(page)),
        "page, og:title",
    )
    facts.add(
        "title",
        clean_title(metas.get("dc.title", "") or metas.get("dcterms.title", ""), site, address, []),
        "page, meta",
    )
    _tab_title(page, facts, site, address)
    _people_dates_and_description(page, metas, facts, site)
    facts.add("language", page_language(page), "page, lang")
    facts.add("publisher", metas.get("dc.publisher", "") or publisher, "page, meta")
    facts.add("rights", metas.get("dc.rights", "") or metas.get("copyright", ""), "page, meta")
    return facts


def _people_dates_and_description(page: Page, metas: Mapping[str, str], facts: Facts, site: str) -> None:
    """Adds what the first `meta` of each kind says, and the page's own byline."""
    for name in AUTHOR_METAS:
        if is_name(metas.get(name, ""), site, facts.address):
            facts.add("people", (metas[name].lstrip("@"),), f"page, meta {name}")
    facts.add("people", tuple(_byline(page, site, facts.address)), BYLINE)
    for fact, names in (("published", PUBLISHED_METAS), ("updated", UPDATED_METAS)):
        for name in names:
            facts.add(fact, iso_date(metas.get(name, "")), f"page, meta {name}")
    for name in DESCRIPTION_METAS:
        if metas.get(name) and not _cut_off(metas[name]):
            facts.add("description", metas[name][:DESCRIPTION_LIMIT], f"page, meta {name}")


def iso_date(text: str) -> str:
    """The first ISO 8601 date (with its time, where it has one) in a text, or ""."""
    date = _DATE.search(text)
    return re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", date[0]) if date else ""


def page_address(page: Page) -> str:
    """Where the page says that it stands, or its container: the first whole address; else the first; ""."""
    metas = meta_contents(page)
    told = (page.address, _canonical(page), metas.get("og:url", ""), metas.get("twitter:url", ""))
    whole = (a for a in told if a.startswith(("http://", "https://")))
    return next(whole, "") or next((a for a in told if a), "")


def _canonical(page: Page) -> str:
    for link in page.index.by_name.get("link", ()):
        if "canonical" in attribute(link, "rel").lower():
            address = attribute(link, "href")
            return f"https:{address}" if address.startswith("//") else address
    return ""


def _headings(page: Page) -> list[str]:
    headings = [one_line(h) for h in page.index.select("h1, h2")[:8]]
    return [h for h in headings if 0 < len(h) <= 200]


def _publisher(metas: Mapping[str, str]) -> str:
    return next((metas[n] for n in ("og:site_name", "application-name", "publisher") if metas.get(n)), "")


def site_name(page: Page) -> str:
    """The site's name as the page's head says it, or its own link to the front page."""
    if publisher := _publisher(meta_contents(page)):
        return publisher
    for link in page.index.by_name.get("a", ()):
        if attribute(link, "href").strip() in ("/", "./", "index.html", "/index.html", "index.php", "/index.php"):
            name = one_line(link)
            if name and len(name) <= 60 and not names_home(name):
                return name
    return ""


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


def _json_facts(item: Mapping[str, Any], facts: Facts, site: str) -> None:
    kind = str(item.get("@type", ""))
    source = f"page, JSON-LD {kind}"
    title = item.get("headline") or (item.get("name") if kind.lower() != "webpage" else "")
    if isinstance(title, str):
        facts.add("title", _unescape(title), source)
    facts.add("people", tuple(n for n in names_in(item.get("author")) if is_name(n, site, facts.address)), source)
    facts.add("published", iso_date(str(item.get("datePublished", ""))), source)
    facts.add("updated", iso_date(str(item.get("dateModified", ""))), source)
    if isinstance(item.get("description"), str) and not _cut_off(item["description"]):
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


def _tab_title(page: Page, facts: Facts, site: str, address: str) -> None:
    """Adds what stands in the browser's tab."""
    title = page.soup.title
    if title is None:
        return
    text = one_line(title) or title.get_text(" ")
    if (both := _title_by_author(page, text)) is not None:
        facts.add("title", both[0], "page, title")
        facts.add("people", (both[1],), "page, title")
    facts.add("title", clean_title(text, site, address, _headings(page)), "page, title")


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


def _title_by_author(page: Page, title: str) -> tuple[str, str] | None:
    """ "The Lamp by Ada Thorn" as (title, author), when the page also has a line that is only "The Lamp"."""
    text = " ".join(title.split())
    parted = PARTING.split(text)
    byline = (_BY_AUTHOR.match(parted[0]) if len(parted) > 1 else None) or _BY_AUTHOR.match(text)
    if not byline:
        return None
    top = element_text(page.body)[:2_000].split("\n")
    work = byline[1].rstrip(" -–—|:·,")
    return (work, byline[2]) if any(same_letters(line, work) for line in top if line.strip()) else None


def is_name(text: str, site: str, address: str = "") -> bool:
    """Whether a text may be a person's name: short, no address, no link to a profile, not the site itself."""
    return (
        bool(text)
        and len(text) <= 80
        and "://" not in text
        and "@" not in text[1:]
        and not _PROFILE.fullmatch(text)
        and not is_host(text, address)
        and not (site and same_letters(text, site))
    )


def _byline(page: Page, site: str, address: str) -> list[str]:
    names: list[str] = []
    for selector in (
        "[rel~=author]",
        "[itemprop=author]",
        ".byline-name, .author-name, .entry-author, .post-author, .author, .byline",
    ):
        elements = [e for e in page.index.select(selector)[:BYLINES] if not stands_in_comments(e)]
        names = [n for e in elements[:3] if (n := one_line(e)) and not _PROFILE.fullmatch(n)]
        if names:
            break
    names = [DATED.split(n)[0] for n in names]
    cleaned = [(byline(n) or n).strip(" ,|•·") for n in names]
    return [n for n in dict.fromkeys(cleaned) if is_name(n, site, address) and 0 < len(n.split()) <= 6][:5]


def _cut_off(text: str) -> bool:
    """A description that ends in an ellipsis was cut by the site: half a sentence is worse than none."""
    return text.rstrip().endswith(("...", "…", "[…]", "[...]"))
