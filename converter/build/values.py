"""What a single value has to be to make sense: a language that exists, a date of the calendar, a number, an encoding.

Each function gives the value in its one form, or raises `Senseless` with what is wrong and what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from converter.document.patterns import regex
from converter.recognisers.metadata.isbn import is_isbn

TAG = regex(
    r"(?P<language>[a-z]{2,3})(?:-(?P<extended>[a-z]{3}))?(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)(?P<rest>(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?)"
)
DATE = regex(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?",
    re.I,
)
NUMBER = regex(r"\d{1,6}(?:\.\d{1,6}){0,2}")
COUNT = regex(r"0{0,5}[1-9]\d{0,5}")
SIZE = regex(r"(\d{1,5}) ?[x×X*] ?(\d{1,5})")
COVER_SIDES, COVER_STRETCH = (300, 4000), 2
ADDRESS = regex(r"[a-z][a-z\d+.-]*://", re.I)
NO_ENCODINGS = frozenset(("idna", "punycode", "undefined"))  # codecs that decode names of hosts, or nothing


class Senseless(Exception):
    """A value that makes no sense, as "is no language"; `remedy` says what would."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def language(text: str) -> str:
    """A BCP 47 tag as it is usually written ("pt-BR", "zh-Hans") of a language, script and country that exist."""
    known = _subtags()
    folded = " ".join(text.replace("_", "-").casefold().split())
    tag = TAG.fullmatch(folded)
    first = tag["language"] if tag else folded
    remedy = "write a tag of BCP 47, as en, de, pt-BR"
    if shorter := known["long"].get(first):
        rest = folded[len(first) :]
        raise Senseless("is no language tag", f"did you mean {shorter + rest!r}?")
    if not tag or (first not in known["languages"] and not "qaa" <= first <= "qtz"):
        raise Senseless("is no language", remedy)
    extended, script, region = tag["extended"] or "", tag["script"] or "", tag["region"] or ""
    variants = tag["variants"]
    parts = (first, extended, script.title(), region.upper())
    kinds = (("languages", "language"), ("scripts", "script"), ("regions", "country"))
    for part, (kind, noun) in zip(parts[1:], kinds, strict=True):
        if part and part not in known[kind]:
            raise Senseless(f"names the {noun} {part!r}, which does not exist", remedy)
    if strange := [v for v in variants.split("-") if v and v not in known["variants"]]:
        raise Senseless(f"names the variant {strange[0]!r}, which does not exist", remedy)
    return "-".join(p for p in parts if p) + variants + tag["rest"]


@cache
def _subtags() -> Mapping[str, Any]:
    import tomllib

    table = tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))
    return {key: frozenset(v.split()) if isinstance(v, str) else v for key, v in table.items()}


def date(text: str) -> str:
    """A year, a month or a day of the calendar, as ISO 8601 writes them; a time may follow."""
    import datetime

    remedy = "write it as 2026-01-31, 2026-01 or 2026"
    day = DATE.fullmatch(text)
    if not day:
        raise Senseless("is no date", remedy)
    try:
        datetime.date(int(day[1]), int(day[2] or 1), int(day[3] or 1))
        if len(text) > len("2026-01-31"):
            datetime.datetime.fromisoformat(text.upper())
    except ValueError:
        raise Senseless("is no day of the calendar", remedy) from None
    return text


def number(text: str) -> str:
    """A place in a series, as e-readers sort by it: 3, 1.5, 2.3.1."""
    if not NUMBER.fullmatch(text):
        raise Senseless("is no number", "write it as 3, or 1.5")
    return text


def cover_size(text: str) -> str:
    """Width and height of a cover in pixels, as "1500x2400": upright, of a shape and a size that covers have."""
    size = SIZE.fullmatch(text)
    if not size:
        raise Senseless("is no size", "write WIDTHxHEIGHT in pixels, as 1500x2400")
    width, height = int(size[1]), int(size[2])
    least, most = COVER_SIDES
    if not (least <= width <= most and least <= height <= most):
        raise Senseless("is no size of a cover", f"each side has {least} to {most} pixels")
    if not width <= height <= COVER_STRETCH * width:
        raise Senseless("is no shape of a cover", "its height is its width at least, and twice that at most")
    return f"{width}x{height}"


def pixels(size: str) -> tuple[int, int]:
    """Width and height of such a size."""
    width, _, height = size.partition("x")
    return int(width), int(height)


def encoding(text: str) -> str:
    """The name of a character encoding that is known here."""
    import codecs

    try:
        codec = codecs.lookup(text).name
        b"a\0\0\0".decode(text)
    except UnicodeDecodeError:
        pass  # it is one, only not that of these bytes
    except (LookupError, ValueError):
        raise Senseless("is no encoding", "try utf-8, cp1252, koi8-r ...") from None
    if codec in NO_ENCODINGS:
        raise Senseless("is no encoding of texts", "try utf-8, cp1252, koi8-r ...")
    return text


def source(text: str) -> str:
    """Where a story came from: an address that names a host, or words."""
    from urllib.parse import urlsplit

    if ADDRESS.match(text):
        try:
            host = urlsplit(text).hostname
        except ValueError:
            host = ""
        if not host or any(c.isspace() for c in text):
            raise Senseless("is no address", "write it as https://example.org/story")
    return text


def checked_identifier(text: str) -> str:
    """A name for the book that is its own: `urn:uuid:` and `urn:isbn:` have to hold what they promise."""
    import uuid

    kind, _, rest = text.partition(":")[2].partition(":")
    if text[:4].lower() != "urn:":
        return text
    if kind.lower() == "uuid":
        try:
            uuid.UUID(rest)
        except ValueError:
            raise Senseless("is no UUID", "leave it out, and one is made") from None
    if kind.lower() == "isbn" and not is_isbn(rest):
        raise Senseless("is no ISBN: its check digit is wrong", "look at it again")
    return text


def isbn(text: str) -> str:
    """The digits of an ISBN."""
    if not is_isbn(text):
        raise Senseless("is no ISBN: its check digit is wrong", "look at it again")
    return "".join(c for c in text.upper() if c.isdecimal() or c == "X")


def pattern(text: str) -> str:
    """A regular expression that finds some lines and not all."""
    try:
        compiled = re.compile(text)
    except re.error as error:
        raise Senseless(f"is no regular expression: {error}") from None
    if compiled.search(""):
        raise Senseless("matches every line", "say what the lines have that begin a chapter")
    return text


def volumes(text: str) -> str:
    """A number of chapters from 1 up, or "parts"."""
    plain = text.strip().lower()
    if plain == "parts":
        return plain
    if not COUNT.fullmatch(plain):
        raise Senseless("is no number of chapters", "write it as 100, or parts")
    return str(int(plain))


SENSE: Mapping[str, Callable[[str], str]] = {
    "language": language,
    "published": date,
    "updated": date,
    "series_index": number,
    "encoding": encoding,
    "cover_size": cover_size,
    "source": source,
    "identifier": checked_identifier,
    "isbn": isbn,
    "chapter": pattern,
    "volumes": volumes,
}
