"""Addresses inside a book: what they lead to, and what is wrong with their spelling."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urlsplit

from converter.document.record import dataclass

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SPACE = re.compile(r"[ \t\r\n<>\"{}|\\^`]")
_HOST = re.compile(r"[^\s<>\"{}|\\^`%/?#@]+(?::\d*)?")
LONGEST = 100_000  # characters of an address that is looked at; beyond are pictures in the address itself


@dataclass(frozen=True, slots=True)
class Address:
    """`path` is a file's name in the container where the address leads into the book, else ""."""

    scheme: str
    path: str
    fragment: str
    query: bool = False
    leaks: bool = False  # leads out of the book
    rooted: bool = False  # begins with a slash
    fault: str = ""

    @property
    def inside(self) -> bool:
        """Whether it leads to a file of the book."""
        return not self.scheme


def read_address(base: str, text: str, beyond: str = "") -> Address:
    """What an address in file `base` leads to; `beyond`: the address outside the book that all are relative to."""
    text = text.strip()
    if found := _SCHEME.match(text):
        scheme = found[0][:-1].lower()
        return Address(scheme, "", "", fault=_fault(scheme, text[:LONGEST]))
    try:
        parts = urlsplit(text)
    except ValueError:
        return Address("unknown", "", "", fault="is no address")
    if parts.netloc or beyond or text.startswith("//"):
        return Address("https", "", "")
    fault = "holds a space or a character that must be written with %" if _SPACE.search(text) else ""
    path = unquote(parts.path)
    fragment = unquote(parts.fragment)
    if not path:
        return Address("", base, fragment, bool(parts.query), fault=fault)
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path))
    leaks = not path.startswith("/") and _depth(posixpath.dirname(base), path) < 0
    return Address("", joined.lstrip("/"), fragment, bool(parts.query), leaks, path.startswith("/"), fault)


def _depth(folder: str, path: str) -> int:
    """How deep the path gets at its lowest: below 0 it leaves the container."""
    depth = lowest = len([part for part in folder.split("/") if part])
    for part in path.split("/"):
        depth += -1 if part == ".." else 0 if part in ("", ".") else 1
        lowest = min(lowest, depth)
    return lowest


def _fault(scheme: str, text: str) -> str:
    if scheme in ("http", "https"):
        rest = text[len(scheme) + 1 :]
        if not rest.startswith("//"):
            return "has no two slashes after its scheme"
        host = re.split(r"[/?#]", rest[2:], maxsplit=1)[0].rpartition("@")[2]
        if not host or (not _HOST.fullmatch(host) and not host.startswith("[")):
            return "names no host that can be read"
        if " " in text or "<" in text:
            return "holds a space or a character that must be written with %"
    return ""
