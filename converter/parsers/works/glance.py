"""What a page that is not read yet says of its place in a work: its address, its title, its neighbours, its links.

A glance at the first bytes, for every page of a folder: plain searches come first, since most pages say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from converter.parsers.works.order import PARTING

AROUND = 400  # bytes of a tag on either side of the word that is looked for
_ADDRESS = re.compile(
    rb"""saved from url=\(\d+\)(\S+)|rel=["']?canonical["']?[^>]{0,80}href=["']([^"'>]+)|"""
    rb"""property=["']og:url["'][^>]{0,80}content=["']([^"'>]+)""",
    re.I,
)
_SAYS_ADDRESS = (b"saved from url=(", b"canonical", b"og:url")
_TITLE = re.compile(rb"<title\b[^>]{0,100}>([^<]{1,500})", re.I)
_NEXT_TO = re.compile(rb"""rel=["']?(?:next|prev)""")  # in small letters
_NEIGHBOUR = re.compile(rb"""<(?:link|a)\b(?=[^>]{0,400}\brel=["']?(?:next|prev|previous)\b)[^>]{0,400}>""", re.I)
_HREF = re.compile(rb"""\bhref=["']?([^"'>\s]+)""", re.I)
_TARGET = re.compile(rb"""href=["']?([^"'>\s#?]+)""")  # in small letters
_LAST_PART = re.compile(rb"([^/\n]+)/?$", re.M)
_LINK = re.compile(rb"""(<a\b[^>]{0,400}>)(.{0,300}?)</a""", re.I | re.S)
_TAG = re.compile(rb"<[^<>]*>")
_FILE_NAME = re.compile(rb"\.(?:txt|text|md|markdown|x?html?|mht|rtf)\b")
_TYPED = re.compile(rb"""\(<?([^()<>\n]{1,200})>?\)|^[ \t*\d.)-]{0,12}(\S[^\n]{0,200}?\.\w{2,5})[ \t\r]{0,4}$""", re.M)


class Glance(NamedTuple):
    """What a page says before it is read; addresses and targets as they stand there.

    `neighbours` are the targets of its "next" and "previous"; `linked` the last parts of all targets, in small
    letters, by which files are found.
    """

    address: str = ""
    title: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    linked: frozenset[bytes] = frozenset()


NOTHING = Glance()


def glance(head: bytes) -> Glance:
    """A glance at the first bytes of a page, or of a text that lists files."""
    if b"<" not in head:
        if not _FILE_NAME.search(head):
            return NOTHING
        return Glance(linked=frozenset(_last(m[1] or m[2]) for m in _TYPED.finditer(head.lower())))
    low = head.lower()
    return Glance(
        _address(head, low),
        _title(head, low),
        tuple(_neighbours(head)) if _NEXT_TO.search(low) else (),
        frozenset(_linked(low)),
    )


def links(head: bytes) -> Iterator[tuple[str, str]]:
    """The links of a page: where each leads, and its words."""
    for tag, text in _LINK.findall(head):
        if target := _HREF.search(tag):
            words = " ".join(_TAG.sub(b" ", text).decode("utf-8", "replace").split())
            yield target[1].decode("utf-8", "replace"), words


def _linked(low: bytes) -> Iterator[bytes]:
    """The last parts of all targets, found in two goes, since a page has hundreds of links."""
    targets = b"\n".join(set(_TARGET.findall(low)))
    for last in set(_LAST_PART.findall(targets)):
        yield unquote_to_bytes(last) if b"%" in last else last


def _last(target: bytes) -> bytes:
    """The last part of a target's path."""
    last = target.rstrip(b"/").rpartition(b"/")[2]
    return unquote_to_bytes(last) if b"%" in last else last


def _address(head: bytes, low: bytes) -> str:
    """The address that the page says it has."""
    found: list[tuple[int, bytes]] = []
    end = low.find(b"</head")
    low = low[: end if end > 0 else len(low)]
    for words in _SAYS_ADDRESS:
        at = low.find(words)
        while at >= 0:
            said = _ADDRESS.search(head, max(0, at - AROUND), at + 5 * AROUND)
            if said:
                found.append((said.start(), next(g for g in said.groups() if g)))
                break
            at = low.find(words, at + 1)
    return min(found)[1].decode("utf-8", "replace") if found else ""


def _title(head: bytes, low: bytes) -> tuple[str, ...]:
    """The title's parts."""
    at = low.find(b"<title")
    title = _TITLE.match(head, at) if at >= 0 else None
    return tuple(PARTING.split(" ".join(unescape(title[1].decode("utf-8", "replace")).split()))) if title else ()


def _neighbours(head: bytes) -> Iterator[str]:
    for tag in _NEIGHBOUR.findall(head):
        if target := _HREF.search(tag):
            yield target[1].decode("utf-8", "replace")
