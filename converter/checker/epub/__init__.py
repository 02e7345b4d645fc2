"""Inspection of any EPUB, ours or another's: fast checks of our own and the rules of devices, without Java.

It does not replace EPUBCheck: it finds most of what that finds, in a fraction of a second, and says where.

In come the bytes of a book, out come `Flaw` values, each with a code, a place and whom it troubles. Open `opened.py`
first: the container, the package and its documents, with the faults met on the way. The rules are functions over that,
in `rules/`; those of single readers in `devices.py`. What may stand where is in the tables of `schemas/`, which
`schema.py` and `vocabulary.py` read. `accessibility.py` words what a book's metadata claim. `epubcheck.py`
asks the validator of the shops where it is installed, many books in one JVM; it alone begins a process.

It knows EPUB, and nothing of stories, parsers or writers: a book made elsewhere is looked at with the same eyes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from converter.checker.epub.flaws import DEVICES, Device, Flaw, FlawSeverity

if TYPE_CHECKING:
    from converter.checker.epub.opened import CheckerRule, Opened

_ORDER: tuple[FlawSeverity, ...] = ("error", "warning", "info")
__all__ = ["DEVICES", "Device", "Flaw", "FlawSeverity", "Inspection", "check_epub", "inspect_epub", "visible_text"]


class Inspection(NamedTuple):
    """What was found in an EPUB, and what it says of its own accessibility (`accessibility.py`)."""

    flaws: tuple[Flaw, ...]
    claims: dict[str, list[str]]


def check_epub(data: bytes, devices: Iterable[Device] = ()) -> tuple[Flaw, ...]:
    """All flaws of an EPUB, errors first, then by file and line; none for a clean book. Never raises.

    `devices` adds the rules of e-readers and shops.
    """
    return inspect_epub(data, devices).flaws


def inspect_epub(data: bytes, devices: Iterable[Device] = ()) -> Inspection:
    """The flaws of `check_epub`, and the book's claims, of a book that is opened once. Never raises."""
    from converter.checker.epub import rules
    from converter.checker.epub.accessibility import claims_of
    from converter.checker.epub.devices import RULES
    from converter.checker.epub.opened import open_epub

    book = open_epub(data)
    flaws = list(book.flaws)
    if book.package.line:
        for rule in (*rules.RULES, *(RULES[device] for device in DEVICES if device in set(devices))):
            flaws.extend(_kept(rule, book))
    try:
        claims = claims_of(book)
    except Exception as error:
        claims = {}
        flaws.append(_unended("claims", error))
    return Inspection(tuple(sorted(set(flaws), key=lambda f: (_ORDER.index(f.severity), f))), claims)


def _kept(rule: CheckerRule, book: Opened) -> Iterator[Flaw]:
    """What a rule finds until it stumbles over a book made to make it stumble."""
    try:
        yield from rule(book)
    except Exception as error:
        yield _unended(rule.__name__, error)


def _unended(what: str, error: Exception) -> Flaw:
    message = f"the check of its {what} could not be ended: {type(error).__name__}"
    return Flaw("", 0, "container-unchecked", message, "warning")


def visible_text(data: bytes) -> str:
    """All text of the pages in reading order, those of the book's own (title, contents) included."""
    from converter.checker.epub.opened import open_epub

    book = open_epub(data)
    pages = (book.documents[item.path].first("body") for _, item in book.spine if item.path in book.documents)
    return "\n".join(body.running_text() for body in pages if body)
