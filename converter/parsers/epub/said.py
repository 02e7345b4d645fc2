"""What an EPUB's package says of its book: title, people, series, dates, the cover."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from converter.document.model import Person, PersonRole
from converter.document.record import dataclass
from converter.parsers.epub.package import Package, elements, local_name, text_of
from converter.parsers.html.extraction.facts import Facts, iso_date
from converter.recognisers.metadata.names import split_names
from converter.recognisers.metadata.resolution import as_said
from converter.recognisers.metadata.site_marks import without_site_marks
from converter.recognisers.metadata.titles_in_names import titled
from converter.recognisers.vocabulary import listed_words

WHERE = "EPUB, package"
OF_FILE = "EPUB, package, from a file's name"  # a title with the mark of the site that the file came from
ROLES: dict[str, PersonRole] = {"aut": "aut", "trl": "trl", "ill": "ill", "edt": "edt"}
DESCRIPTION_TAG = re.compile(r"<[^<>]{0,200}>")
_ISBN = re.compile(r"(?:urn:isbn:|isbn[\s:]*)?((?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx])\Z", re.I)
_UPDATED = re.compile(r"Last Update: (\d{4})/(\d\d)/(\d\d)\Z")
_MIDNIGHT = re.compile(r"T00:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)?\Z")  # what programs write of a day
_FILE_NAME = re.compile(  # what a program that prints or converts calls its job
    r"\AMicrosoft Word\s*[-–]\s|\S\.(?:docx?|odt|rtf|pdf|x?html?|txt|indd|pages|wpd|epub|mobi)\Z", re.I
)
PROGRESS = ("Completed", "In-Progress")  # subjects that say how far a serial has come, as FanFicFare writes them
PICTURE_PAGE = 20_000  # bytes of a page that shows a picture alone
_SHOWN = re.compile(r"<(?:img|image)\b[^<>]{0,2000}?(?:src|href)\s*=\s*(?:\"([^\"<>]+)\"|'([^'<>]+)')", re.I)
_TAG = re.compile(r"<[^<>]{0,4000}>")
NOBODY = frozenset(("unknown", "unbekannt", "inconnu", "anonymous author", "desconocido", "sconosciuto"))  # calibre's


@dataclass(frozen=True, slots=True)
class _Said:
    """An element of the metadata: its name, its text, its attributes and what refines it."""

    name: str
    text: str
    refined: dict[str, str]
    attributes: dict[str, str]


def package_facts(package: Package) -> Facts:
    """All that the package says, each with where it stands."""
    said = list(_statements(package.opf))
    facts = Facts()
    _titles(facts, said)
    facts.add("people", tuple(_people(said)), WHERE)
    facts.add("language", next((s.text for s in said if s.name == "language" and _names_language(s.text)), ""), WHERE)
    facts.add("description", DESCRIPTION_TAG.sub(" ", _first(said, "description")), WHERE)
    facts.add("publisher", _first(said, "publisher"), WHERE)
    facts.add("rights", _first(said, "rights"), WHERE)
    _subjects(facts, [s.text for s in said if s.name == "subject"])
    _series(facts, said, package.opf)
    _dates(facts, said)
    _identifiers(facts, said)
    return facts


def _statements(opf: Any) -> Iterator[_Said]:
    refined: dict[str, dict[str, str]] = {}
    for meta in elements(opf, "meta"):
        target, name = str(meta.get("refines", "")).lstrip("#"), str(meta.get("property", ""))
        if target and name:
            refined.setdefault(target, {}).setdefault(name, text_of(meta))
    for metadata in elements(opf, "metadata"):
        for element in metadata.iter():
            name = local_name(element).lower()
            if element is metadata or not name:
                continue
            attributes = {key.rpartition("}")[2]: str(value) for key, value in element.attrib.items()}
            yield _Said(name, text_of(element), refined.get(attributes.get("id", ""), {}), attributes)


def _names_language(tag: str) -> bool:
    """Whether a tag may name a language: "C" and "POSIX" are the locales of a machine without one, "und" says none."""
    first = tag.strip().replace("_", "-").partition("-")[0]
    return 2 <= len(first) <= 3 and first.isascii() and first.isalpha() and first.lower() not in ("und", "zxx", "mul")


def _first(said: list[_Said], name: str) -> str:
    return next((s.text for s in said if s.name == name and s.text), "")


def _titles(facts: Facts, said: list[_Said]) -> None:
    titles = [s for s in said if s.name == "title" and s.text and not _FILE_NAME.search(s.text)]
    main = next((s for s in titles if s.refined.get("title-type") == "main"), None)
    main = main or next((s for s in titles if s.refined.get("title-type", "main") == "main"), None)
    said_title = (main or titles[0]).text if titles else ""
    title = without_site_marks(said_title)
    facts.add("title", title if title == said_title else titled(title), WHERE if title == said_title else OF_FILE)
    facts.add("subtitle", next((s.text for s in titles if s.refined.get("title-type") == "subtitle"), ""), WHERE)


def _people(said: list[_Said]) -> Iterator[Person]:
    for one in said:
        if one.name not in ("creator", "contributor") or not one.text or one.text.casefold() in NOBODY:
            continue
        role = (one.refined.get("role") or one.attributes.get("role", "")).lower()
        if one.name == "contributor" and role not in ROLES:
            continue  # who made the file: calibre [bkp]
        filed_as = one.refined.get("file-as") or one.attributes.get("file-as", "")
        names = split_names(one.text)
        for name in names:
            turned = as_said(name)
            filed = name if turned != name else filed_as if len(names) == 1 else ""
            yield Person(turned, ROLES.get(role, "aut" if not role else "ctb"), filed)


def _subjects(facts: Facts, subjects: list[str]) -> None:
    for subject in subjects:
        if update := _UPDATED.match(subject):
            facts.add("updated", "-".join(update.groups()), WHERE)
        elif subject in PROGRESS:
            facts.add("status", subject, WHERE)
    tags = (s for s in subjects if s not in PROGRESS and not _UPDATED.match(s))
    facts.add("tags", tuple(tags), WHERE)


def _series(facts: Facts, said: list[_Said], opf: Any) -> None:
    metas = {str(m.get("name")): str(m.get("content", "")) for m in elements(opf, "meta") if m.get("name")}
    facts.add("series", metas.get("calibre:series", ""), WHERE)
    if metas.get("calibre:series"):
        facts.add("series_index", _index(metas.get("calibre:series_index", "")), WHERE)
    for one in said:
        if one.attributes.get("property") != "belongs-to-collection" or one.attributes.get("refines"):
            continue
        if one.refined.get("collection-type", "series") == "series" and facts.text("series") in ("", one.text):
            facts.add("series", one.text, WHERE)
            facts.add("series_index", _index(one.refined.get("group-position", "")), WHERE)
            outer = next((o for o in said if o.attributes.get("refines") == f"#{one.attributes.get('id')}"
                          and o.attributes.get("property") == "belongs-to-collection"), None)  # fmt: skip
            if outer is not None:
                facts.add("outer_series", outer.text, WHERE)
                facts.add("outer_index", _index(outer.refined.get("group-position", "")), WHERE)


def _index(text: str) -> str:
    return text.removesuffix(".00").removesuffix(".0")


def _dates(facts: Facts, said: list[_Said]) -> None:
    dates = [s for s in said if s.name == "date" and s.text and not s.text.startswith("0101")]  # calibre's "unknown"
    dated = next((s for s in dates if s.attributes.get("event", "publication") == "publication"), None)
    if dated is not None:
        moment = iso_date(dated.text)
        facts.add("published", _MIDNIGHT.sub("", moment) or _year(dated.text), WHERE)


def _year(text: str) -> str:
    return text if re.fullmatch(r"\d{4}(?:-\d\d)?", text) else ""


def _identifiers(facts: Facts, said: list[_Said]) -> None:
    for one in said:
        if one.name == "source" and one.text:
            facts.add("source", one.text, WHERE)
        if one.name != "identifier":
            continue
        scheme = one.attributes.get("scheme", "").lower()
        if (scheme in ("", "isbn")) and (isbn := _ISBN.match(one.text)):
            facts.add("isbn", re.sub(r"[\s-]", "", isbn[1]).upper(), WHERE)
        address = one.text.removeprefix("url:").removeprefix("uri:")
        if address.startswith(("http://", "https://")):
            facts.add("source", address, WHERE)


def cover_name(package: Package) -> str:
    """The name of the cover's picture in the archive, or ""."""
    pictures = {key: item for key, item in package.items.items() if item.kind.startswith("image/") and item.name}
    for item in pictures.values():
        if "cover-image" in item.properties:
            return item.name
    named = next((str(m.get("content", "")) for m in elements(package.opf, "meta") if m.get("name") == "cover"), "")
    if named in pictures:
        return pictures[named].name
    by_address = package.files.find(package.folder, named) if named else ""
    if by_address and any(item.name == by_address for item in pictures.values()):
        return by_address
    guided = next((name for kind, name in package.guide if kind == "cover"), "")
    if any(item.name == guided for item in pictures.values()):
        return guided
    page = guided or _cover_page(package)
    return _only_picture(package, page) if page else ""


def _cover_page(package: Package) -> str:
    """The first page, where its name says that it is the cover's; else ""."""
    first = package.spine[0].item.name if package.spine else ""
    stem = posixpath.splitext(posixpath.basename(first))[0].casefold()
    return first if stem in listed_words("files", "cover_files") else ""


def _only_picture(package: Package, page: str) -> str:
    """The picture that a page shows that shows nothing else; "" for any other page."""
    text = (package.read(page) or b"")[:PICTURE_PAGE].decode("utf-8", "replace")
    first, *others = text[text.find("<body") :].split("<!--")
    body = first + "".join(other.partition("-->")[2] for other in others)
    shown = {m[1] or m[2] for m in _SHOWN.finditer(body)}
    if len(shown) != 1 or any(map(str.isalnum, _TAG.sub("", body))):
        return ""
    return package.files.find(posixpath.dirname(page), unescape(shown.pop()))
