"""Title, authors and the rest, settled from several witnesses: options, sidecar, the file's own head, its name.

Strategy: every witness gives a `Metadata` with provenance; `resolve` takes each field from the first that has it.
What no witness says is computed from what they did: sorting names, the identifier.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from converter.document.findings.metadata import MetadataFileName, MetadataNoAuthor, MetadataNoTitle, SettingUnused
from converter.document.model import Metadata, Person
from converter.document.patterns import regex
from converter.recognisers.metadata.names import PARTICLES, SECOND_PARTICLES
from converter.recognisers.vocabulary import either, words

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

STORY = uuid.uuid5(uuid.NAMESPACE_URL, "https://chapbook.invalid/story")  # root of all identifiers made from a title
UNTITLED = "Untitled"
LONGEST_NAME = 255  # characters that a file's name can have

# Words that say something about the file and nothing about the story; people put them last, often several.
# Words that may end a title ("Draft", "Complete") count only behind a joint nobody puts into a title.
JUNK = regex(
    r"[\s_.\-–]+(?:v\d+|utf-?8|ansi|txt|html?|epub|pdf|scraped|final[\s_.\-]*(?:draft|version|v?\d+))$"
    r"|[_.\-]+(?:final|draft|copy|rev(?:ised|ision)?|version|edit(?:ed)?|completed?|raw|clean(?:ed)?|proof(?:ed|read)?|fixed)"
    r"[\s_.\-]*\d{0,3}$",
    re.IGNORECASE,
    within=LONGEST_NAME,
)
BRACKETED = regex(
    r"\s*[\[(](?:\d{1,3}|complete[d]?|wip|oneshot|final|draft|copy|ongoing|v\d+)[\])]\s*$", re.IGNORECASE, LONGEST_NAME
)
DATED = regex(r"^(?:19|20)\d\d[-_.]?[01]\d[-_.]?[0-3]\d[\s_\-–]+")
NO_TITLE = regex(
    r"(?:index|story|stories|untitled|page|download|output|input|raw|text|document|doc|file|new|new text document|full|"
    r"work|book|novel|main|content|manuscript|stdin|(?:chapter|ch|part|pt|kapitel|chapitre)?[\s_.\-]*\d+)",
    re.IGNORECASE,
)
NOT_SEEN = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]")  # commands to terminals, and text turned about
LONE = regex("[\ud800-\udfff\ufffe\uffff]")  # bytes of a file's name that are no text, and what XML forbids
SMALL_WORDS = frozenset(words("titles", "small"))
DASHED = regex(r"(?<!\s)\s+[-–—]\s+|(?:(?<!\s)\s+)?—\s*|_-_")
BY = regex(r"(.{3,}?) by (.+)", re.IGNORECASE)
NAME_WORD = regex(r"(?:[^\W\d_]\.)+|[^\W\d_](?:[^\W\d_]|['’\-.])*")
NOT_A_NAME = regex(rf"\b{either('names', 'no_author')}\b", re.IGNORECASE)
NOT_A_PERSON = regex(rf"\b{either('names', 'no_person')}\b", re.IGNORECASE)
OF_NAMES = PARTICLES | SECOND_PARTICLES
SUFFIXES = frozenset(words("names", "suffixes"))


# ------------------------------------------------------------------------------------------- from the file name


def from_file_name(name: str, known_title: str = "") -> Metadata:
    """Title and author as a file's (or folder's) name without suffix tells them; empty fields when it tells nothing.

    "Ada Thorn - The Salt Road" gives both; with `known_title` (from the file itself) either may lead.
    """
    text = DATED.sub("", "".join(c for c in name if c.isprintable()).strip())  # no escapes, no undecodable bytes
    while (shorter := BRACKETED.sub("", JUNK.sub("", text)).strip()) != text and shorter:
        text = shorter
    halves = [_spaced(h) for h in DASHED.split(text, maxsplit=1)]
    title, author = _spaced(text), ""
    if len(halves) == 2 and all(halves):
        left, right = halves
        if known_title and _key(left) == _key(known_title):
            title, author = left, right if _is_name(right) else ""
        elif _key(right) == _key(known_title) or _is_name(left):
            title, author = right, left
    elif byline := BY.fullmatch(title):
        work, writer = byline.groups()
        if _is_name(_titled(writer)):
            title, author = work, _titled(writer)
    if NO_TITLE.fullmatch(title):
        title = ""
    title = _titled(title)
    values: dict[str, Any] = {}
    if title:
        values["title"] = title
    if author:
        values["people"] = (Person(author),)
    return Metadata(**values, provenance=tuple((field, "file name") for field in values))


def _spaced(text: str) -> str:
    if "_" in text:
        text = text.replace("_", " ")
    if " " not in text.strip() and text.count("-") > 1:
        text = text.replace("-", " ")
    if " " not in text.strip() and re.fullmatch(r"(?:[A-Z][a-z]+){2,}", text):  # CamelCase
        text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(text.split())


def _titled(text: str) -> str:
    """Title case when the person typed no capital at all."""
    if not text.islower():
        return text
    words = text.split(" ")
    last = len(words) - 1
    return " ".join(w if w in SMALL_WORDS and 0 < i < last else w[:1].upper() + w[1:] for i, w in enumerate(words))


def _is_name(text: str) -> bool:
    parts = text.split()
    if not 2 <= len(parts) <= 4 or NOT_A_NAME.search(text):
        return False
    return all(NAME_WORD.fullmatch(p) and (p[0].isupper() or p in OF_NAMES) for p in parts)


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


# ----------------------------------------------------------------------------------------------------- resolving


def resolve(witnesses: Sequence[Metadata]) -> Metadata:
    """Each field from the first witness that has it, with that witness's provenance.

    People go role by role: an author named in an option replaces the file's authors and leaves its translator.
    Sorting names are filled in. The identifier and the date of change are not made here.
    """
    values: dict[str, Any] = {}
    provenance: list[tuple[str, str]] = []
    for field in fields(Metadata):
        if field.name in ("provenance", "people", "extra"):
            continue
        for witness in witnesses:
            if value := _shown(getattr(witness, field.name)):
                values[field.name] = value
                provenance.append((field.name, witness.found_in(field.name)))
                break
    people: list[Person] = []
    for witness in witnesses:
        roles = {p.role for p in people}
        new = [p for p in witness.people if p.role not in roles]
        if new:
            people.extend(new)
            provenance.append(("people", witness.found_in("people")))
    order = {"aut": 0, "edt": 1, "trl": 2, "ill": 3, "ctb": 4}
    people.sort(key=lambda p: order[p.role])
    extra: dict[str, str] = {}
    for witness in witnesses:
        for name, value in witness.extra:
            extra.setdefault(name, value)
    return Metadata(
        **values,
        people=tuple(replace(p, name=(n := _shown(p.name)), file_as=_shown(p.file_as) or file_as(n)) for p in people),
        extra=tuple((_shown(name), _shown(value)) for name, value in extra.items()),
        provenance=tuple(provenance),
    )


def _shown(value: Any) -> Any:
    """A text, or a tuple of them, as it may stand in a book's metadata; control characters are no part of any name."""
    if isinstance(value, tuple):
        return tuple(_shown(v) for v in value)
    return LONE.sub("\ufffd", NOT_SEEN.sub("", value)) if isinstance(value, str) else value


def file_as(name: str) -> str:
    """The sorting form of a Western name: "Ursula K. Le Guin" gives "Le Guin, Ursula K."; others stay as they are.

    A pen name of one word, a name with digits or "the", and names in scripts that put the family first are not turned.
    """
    parts = name.split()
    if len(parts) < 2 or "," in name or not all(NAME_WORD.fullmatch(p) for p in parts) or NOT_A_PERSON.search(name):
        return name
    if not all(ord(c) < 0x0590 for c in name if c.isalpha()):  # beyond Cyrillic the family name often leads
        return name
    suffix = ""
    if len(parts) > 2 and parts[-1].lower().rstrip(".") in SUFFIXES:
        suffix = f", {parts.pop()}"
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in OF_NAMES:
        at -= 1
    return f"{' '.join(parts[at:])}, {' '.join(parts[:at])}{suffix}"


# ---------------------------------------------------------------------------------------------------- identifier


def identifier(metadata: Metadata, opening: str = "") -> str:
    """`urn:uuid:` of what does not change when the story grows: its source address, else title, authors and series.

    A title alone is no name, nor is none: then the story's first words (`opening`) tell it from others.
    """
    if metadata.identifier:
        return metadata.identifier
    if metadata.source and (address := _address(metadata.source)):
        return uuid.uuid5(uuid.NAMESPACE_URL, address).urn
    facts = [metadata.title, *metadata.authors, "", metadata.series, metadata.series_index]
    if opening and not is_named(metadata):
        facts += ["", opening]
    return uuid.uuid5(STORY, "\n".join(" ".join(f.casefold().split()) for f in facts)).urn


def is_named(metadata: Metadata) -> bool:
    """Whether title and author are known: together they name a story."""
    return metadata.title not in ("", UNTITLED) and bool(metadata.authors)


def _address(source: str) -> str:
    try:
        parts = urlsplit(source.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return urlunsplit(("https", parts.netloc.lower(), parts.path.rstrip("/"), parts.query, ""))


# ------------------------------------------------------------------------------------------------------ findings


def metadata_findings(metadata: Metadata) -> Iterator[Finding]:
    """What nobody said of a story: its title (a file's name may stand in for it), its author."""
    if not metadata.title:
        yield MetadataNoTitle()
    elif metadata.found_in("title") == "file name":
        yield MetadataFileName(metadata.title)
    if not metadata.authors:
        yield MetadataNoAuthor()
    said_by = metadata.found_in("series_index")
    if metadata.series_index and not metadata.series and (said_by == "option" or said_by.endswith(".toml")):
        yield SettingUnused("--series-index", metadata.series_index)
