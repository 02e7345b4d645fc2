"""Files beside a book that tell of it and are no part of it: a title page, "info.txt", `metadata.yaml`, `story.json`,
`content.opf`."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from html import unescape

from converter.document.errors import ConverterError
from converter.document.model import Metadata
from converter.document.patterns import regex
from converter.folders.index_notes import index_note
from converter.folders.kinds import ending_of
from converter.folders.listing import FIRST, Entry, Look
from converter.folders.understood import TELLS, About, Other
from converter.recognisers.headings.forms import SENTENCE_END
from converter.recognisers.metadata.fields import LONGEST_TITLE, HeadFields, read_field
from converter.recognisers.metadata.matter_in_names import is_title_page, letters_of_name
from converter.recognisers.metadata.names import bare_name, byline, is_person
from converter.recognisers.vocabulary import listed_words

PACKAGES, SETTINGS, RECORDS = (".opf",), (".yaml", ".yml"), (".json",)
NOTES = (".md", ".markdown")
TEXTS = (".txt", ".text", *NOTES)
_MAY = frozenset((*TEXTS, *SETTINGS, *PACKAGES, *RECORDS))
LONGEST_NAME = 40  # characters of such a file's
FEW_LINES = 4  # of a title page whose last one is a name without "by"
TITLE_LINES = 8  # of a title page, at most
BESIDE = 2  # lines without a label in a file of labelled ones, at most
LEAST_LABELLED = 2  # lines in such a file
LONGEST_BESIDE = 60  # characters of such a line
COVER_KEYS = ("cover", "cover-image", "cover_image", "coverimage")
MOST = 200  # facts that one file tells
_ELEMENT = regex(r"<(?:dc:)?(\w{1,40})\b([^<>]{0,300})>([^<]{1,20000})</")
_META = regex(r"<meta\b([^<>]{1,2000})>")
_ITEM = regex(r"<(?:item|reference)\b([^<>]{1,600})>")
_ATTRIBUTE = regex(r"""([\w:.-]{1,40})\s*=\s*["']([^"']*)["']""")
_TAG = regex(r"<[^<>]{0,200}>")
_ADDRESS = regex(r"(?:https?://|www\.)\S{3,500}", re.I)
_COVER_LINE = regex(rf"^(?:{'|'.join(COVER_KEYS)})\s*:\s*[\"']?([^\n\"']{{1,200}})", re.I | re.M)
OF_PACKAGES = {  # elements of the Dublin Core, and the fields that they fill
    "title": "title",
    "creator": "author",
    "language": "language",
    "description": "description",
    "publisher": "publisher",
    "subject": "tags",
    "rights": "rights",
    "date": "published",
}
OF_METAS = {"calibre:series": "series", "calibre:series_index": "series_index"}
ROLES = {"trl": "translator", "edt": "editor", "ill": "illustrator"}


def tellers(entries: Collection[Entry], files: Sequence[str], look: Look, *, elsewhere: bool) -> dict[str, About]:
    """What files among these entries of a folder tell of a book beside them, made of some of `files`, or of one that
    lies `elsewhere`, below the folder."""
    names = [e.name for e in entries if e.kind == "file" and not e.name.startswith((".", "~")) and may_tell(e.name)]
    told = {name: about for name in names if (about := told_by(name, look))}
    if elsewhere:
        stems = {name.rpartition(".")[0] for name in files}
        notes = [e for e in entries if e.kind == "file" and e.name.endswith(NOTES) and 0 < e.size < FIRST]
        found = {e.name: index_note(e.name, look.first(e.name), stems) for e in notes if e.name not in told}
        told |= {name: about for name, about in found.items() if about}
    return told if elsewhere or any(name not in told for name in files) else {}


def teller(about: About, books: int) -> Other:
    """What the file is that tells this of a book, where so many are beside it."""
    if books > 1 and ending_of(about.name) in TEXTS and not about.only_author:
        return Other(
            about.name, "no story", f"it tells who wrote a story, and {books} are here; name it to have it read"
        )
    return Other(about.name, "beside", TELLS)


def may_tell(name: str) -> bool:
    """Whether a file of this name may tell of a book beside it: its lines have to agree."""
    if len(name) > LONGEST_NAME:
        return False
    stem = name.rpartition(".")[0]
    if is_title_page(stem) or letters_of_name(stem) in _names():
        return ending_of(name) in _MAY
    return name.endswith(PACKAGES)


def told_by(name: str, look: Look) -> About | None:
    """What such a file tells; None where it doesn't say a title or an author, or says more than who and what."""
    ending = ending_of(name)
    head, cover = HeadFields(), ""
    if ending in PACKAGES:
        text = _text(look.head(name))
        head, cover = _package(text)
    elif ending in SETTINGS:
        from converter.parsers.markdown.front_matter import front_matter

        text = _text(look.first(name)).strip()
        head = front_matter(f"---\n{text.removeprefix('---').strip()}\n---\n").head
        named = _COVER_LINE.search(text)
        cover = named[1].strip() if named else ""
    elif ending in RECORDS:
        head = _record(_text(look.head(name)))
    elif len(first := look.first(name)) < FIRST:
        if letters_of_name(name.rpartition(".")[0]) in _author_files():
            return _only_author(name, _text(first).split("\n"))
        head = _lines(_text(first), titles=is_title_page(name.rpartition("/")[2].rpartition(".")[0]))
    facts = [(field, value, "") for field, values in head.values.items() for value in values]
    facts += [("extra", value, label) for label, value in head.extra]
    if not (head.one("title") or head.one("author")) or len(facts) > MOST:
        return None
    return About(name, tuple(facts), cover.rpartition("/")[2])


def together(told: Sequence[About]) -> About | None:
    """What several files tell of one book: of each fact what the first of them says, packages of programs first."""
    ranked = sorted(told, key=lambda about: ending_of(about.name) not in (*PACKAGES, *SETTINGS))
    if not ranked:
        return None
    facts = list(ranked[0].facts)
    for about in ranked[1:]:
        known = {field for field, _, _ in facts}
        facts += [fact for fact in about.facts if fact[0] not in known]
    return About(ranked[0].name, tuple(facts), next((about.cover for about in ranked if about.cover), ""))


def metadata_of(about: About) -> Metadata:
    """What such files tell as metadata, found in the first of them."""
    head = HeadFields()
    for field, value, label in about.facts:
        if field in ("author", "translator", "editor", "illustrator"):
            head.values.setdefault(field, []).append(value)
        elif field == "extra":
            head.extra.append((label, value))
        else:
            head.add(field, value, 0, label)
    said = head.metadata()
    names = (field.name for field in fields(Metadata) if field.name != "provenance" and getattr(said, field.name))
    return replace(said, provenance=tuple((name, about.name) for name in names))


def _text(data: bytes) -> str:
    from converter.parsers.decoding import decode

    try:
        return decode(data).text
    except ConverterError:
        return ""


def _lines(text: str, *, titles: bool) -> HeadFields:
    """The facts of a text that has nothing but labelled lines, or is a title page. A summary ends with its paragraph:
    what follows may be a story. `titles`: the file is called a title page."""
    head, rest = HeadFields(), list[str]()
    label = ""
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            label = ""
        elif field := read_field(line):
            label = "extra" if field[0] == "note" else field[0]
            head.add(label, field[1], 0, field[2])
        elif label == "description":
            head.extend("description", line)
        else:
            rest.append(line.strip("#*_ "))
    if not rest:
        return head
    if not (head.values or head.extra):
        return _title_page(rest, titles=titles)
    addresses = [line for line in rest if _ADDRESS.fullmatch(line)]
    more = [line for line in rest if line not in addresses]
    told = any(len(line) > LONGEST_BESIDE or SENTENCE_END.search(line) for line in more)
    if told or len(more) > BESIDE or len(head.values) < LEAST_LABELLED:
        return HeadFields()
    for address in addresses:
        head.add("source", address, 0)
    head.extra += [("", line) for line in more]
    return head


def _record(text: str) -> HeadFields:
    """The facts that a program notes of a story as JSON: those under keys that are labels of such facts."""
    head = HeadFields()
    try:
        said = json.loads(text)
    except ValueError:
        return head
    for key, value in said.items() if isinstance(said, dict) else ():
        values = value if isinstance(value, list) else [value]
        plain = [" ".join(str(v).split()) for v in values if isinstance(v, str | int | float) and v is not True]
        field = read_field(f"{key}: {'; '.join(plain)}") if plain and all(plain) else None
        if field and field[0] == "author":
            head.values.setdefault("author", []).extend(plain)
        elif field and field[0] != "note":
            head.add(field[0], field[1], 0, field[2])
    return head


def _only_author(name: str, lines: Sequence[str]) -> About | None:
    """What a file that is called "author" tells: the name in its only line."""
    told = [line.strip() for line in lines if line.strip()]
    if len(told) != 1 or len(told[0]) > LONGEST_BESIDE:
        return None
    author = byline(told[0]) or told[0]
    return About(name, (("author", author, ""),)) if " " in author and is_person(author) else None


def _title_page(lines: Sequence[str], *, titles: bool) -> HeadFields:
    """The facts of a page that has a title, a byline, and a few short lines beside them, none of which is told. On one
    that is called a title page the last line may be a name alone."""
    head = HeadFields()
    signed = next((at for at, line in enumerate(lines) if at and (by := bare_name(byline(line))) and is_person(by)), 0)
    if not signed and titles and 1 < len(lines) <= FEW_LINES and " " in lines[-1] and is_person(lines[-1]):
        signed = len(lines) - 1
    told = any(len(line) > LONGEST_TITLE or SENTENCE_END.search(line) for line in lines)
    if not signed or len(lines) > TITLE_LINES or told:
        return head
    head.add("title", lines[0], 0)
    head.add("author", bare_name(byline(lines[signed])) or lines[signed], 0)
    for at, line in enumerate(lines[1:], 1):
        if at == 1 and signed > 1:
            head.add("subtitle", line, 0)
        elif at != signed:
            head.extra.append(("", line))
    return head


def _package(text: str) -> tuple[HeadFields, str]:
    """The facts of an EPUB's package, or of what a library's program notes in that form, and the cover's address."""
    head = HeadFields()
    for name, attributes, value in _ELEMENT.findall(text[: text.find("</metadata") + 1 or None]):
        field = OF_PACKAGES.get(name, "")
        role = _attributes(attributes).get("opf:role", "aut")
        field = ROLES.get(role, "" if role != "aut" else field) if field == "author" else field
        plain = " ".join(_TAG.sub(" ", unescape(value)).split())
        if field in ("author", *ROLES.values()) and plain:
            head.values.setdefault(field, []).append(plain)
        elif field and plain:
            head.add(field, plain, 0)
    ids: dict[str, str] = {}
    cover = ""
    for found in _ITEM.findall(text):
        said = _attributes(found)
        ids[said.get("id", "")] = said.get("href", "")
        if said.get("type") == "cover" or "cover-image" in said.get("properties", ""):
            cover = said.get("href", "")
    for found in _META.findall(text):
        said = _attributes(found)
        field = OF_METAS.get(said.get("name", ""), "")
        if field:
            head.values.setdefault(field, []).append(unescape(said.get("content", "")))
        elif said.get("name") == "cover":
            cover = cover or ids.get(said.get("content", ""), "")
    return head, cover


def _attributes(text: str) -> Mapping[str, str]:
    return dict(_ATTRIBUTE.findall(text))


@cache
def _author_files() -> frozenset[str]:
    return frozenset(letters_of_name(word) for word in listed_words("files", "authors"))


@cache
def _names() -> frozenset[str]:
    return frozenset(letters_of_name(word) for word in listed_words("files", "tells")) | _author_files()
