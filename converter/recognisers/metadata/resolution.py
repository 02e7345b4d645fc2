"""Title, authors and the rest, settled from several witnesses: options, sidecar, the file's own head, its name.

Strategy: every witness gives a `Metadata` with provenance; `resolve` takes each field from the first that has it.
What no witness says is computed from what they did: sorting names, the identifier.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from converter.document.findings.metadata import MetadataFileName, MetadataNoAuthor, MetadataNoTitle, SettingUnused
from converter.document.model import Metadata, Person
from converter.document.patterns import regex
from converter.recognisers.metadata.names import NAME_WORD, OF_NAMES
from converter.recognisers.vocabulary import either, listed_words

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

STORY = uuid.uuid5(uuid.NAMESPACE_URL, "https://chapbook.invalid/story")  # root of all identifiers made from a title
UNTITLED = "Untitled"
NO_TITLES = frozenset(("", *listed_words("site", "untitled"), *listed_words("titles", "untitled")))
NOT_SEEN = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]")  # commands to terminals, and text turned about
LONE = regex("[\ud800-\udfff\ufffe\uffff]")  # bytes of a file's name that are no text, and what XML forbids
NOT_A_PERSON = regex(rf"\b{either('names', 'no_person')}\b", re.IGNORECASE)
NOTED = "properties of the document"  # where a program notes who made it: often another one's, or a machine's name
SUFFIXES = frozenset(listed_words("names", "suffixes"))
BEHIND_COMMAS = SUFFIXES | set(listed_words("names", "firm"))  # what stands behind a name and its comma, and is no name


# ----------------------------------------------------------------------------------------------------- resolving


def resolve(witnesses: Sequence[Metadata]) -> Metadata:
    """Each field from the first witness that has it, with that witness's provenance.

    People go role by role: an author named in an option replaces the file's authors and leaves its translator; whom
    only a program noted is believed where nobody else names anybody.
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
    if _is_own_series(values):  # posts call the work that they are parts of a series
        del values["series"]
        provenance = [(name, where) for name, where in provenance if name != "series"]
    people: list[Person] = []
    for witness in sorted(witnesses, key=lambda w: w.found_in("people") == NOTED):
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


def _is_own_series(values: Mapping[str, Any]) -> bool:
    """Whether the series is called as the book is, and does not say which of its books that is."""
    series, title = (str(values.get(name, "")).casefold().split() for name in ("series", "title"))
    return bool(series) and series == title and not values.get("series_index")


def _shown(value: Any) -> Any:
    """A text, or a tuple of them, as it may stand in a book's metadata; control characters are no part of any name."""
    if isinstance(value, tuple):
        return tuple(_shown(v) for v in value)
    return LONE.sub("\ufffd", NOT_SEEN.sub("", value)) if isinstance(value, str) else value


def as_said(name: str) -> str:
    """A name as it is said, where it is written as lists file it: "Lund, Hesper" is Hesper Lund. The family's name is
    filed again by the rules of names, so what those don't give back is no such name ("Harrow, Inc.")."""
    family, comma, given = (part.strip() for part in name.partition(","))
    said = f"{given} {family}"
    if given.lower().rstrip(".") in BEHIND_COMMAS:
        return name
    return said if comma and family and given and file_as(said) == f"{family}, {given}" else name


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


def made_identifier(metadata: Metadata, opening: str = "") -> str:
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
    return metadata.title.strip(" .()[]").casefold() not in NO_TITLES and bool(metadata.authors)


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
