"""The zip's own files: their names, what is encrypted, what is signed (EPUB 3.3, section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.opened import ENCRYPTION, OBFUSCATIONS, SIGNATURES, Opened

_FORBIDDEN = re.compile(
    r'["*:<>?\\|\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000\U000e0001]|\.$'
)  # OCF 3.3, section 4.2.3
_FONTS = frozenset(
    "font/ttf font/otf font/woff font/woff2 application/font-sfnt application/font-woff application/vnd.ms-opentype"
    " application/x-font-ttf application/x-font-otf application/x-font-opentype application/x-font-truetype".split()
)


def names(book: Opened) -> Iterator[Flaw]:
    """File names that some system or reader can't open."""
    for name in book.files:
        if _FORBIDDEN.search(name) or name.startswith("/") or ".." in name.split("/"):
            yield Flaw(name, 0, "container-name", "has a name that not every system can open")
        elif re.search(r"\s", name):
            message = "has a space in its name, which some readers stumble over; write a hyphen"
            yield Flaw(name, 0, "container-name-space", message, "warning")


def _encrypted(book: Opened) -> Iterator[Flaw]:
    for path, algorithm in book.encrypted.items():
        item = book.item(path)
        if algorithm == OBFUSCATIONS[0]:
            if item is not None and item.media_type not in _FONTS:
                message = f"{path} is obfuscated, but no font ({item.media_type}); readers can't show it"
                yield Flaw(ENCRYPTION, 0, "encryption-no-font", message)
        elif algorithm != OBFUSCATIONS[1] and path in book.files:
            yield Flaw(path, 0, "container-encrypted", "is encrypted: it was not looked at", "info")


def encryption(book: Opened) -> Iterator[Flaw]:
    """What is encrypted can't be looked at; only fonts may be obfuscated."""
    root = book.documents.get(ENCRYPTION)
    if root is not None:
        if root.tag != "encryption" or root.space != "ocf":
            message = f"begins with <{root.tag}>; here belongs <encryption> in the namespace of containers"
            yield Flaw(ENCRYPTION, root.line, "encryption-content", message)
        ids: set[str] = set()
        for node in root.walk():
            key = node.attributes.get("Id")
            if key is not None and key in ids:
                yield Flaw(ENCRYPTION, node.line, "id-twice", f"the id {key!r} is taken already")
            ids.add(key or "")
            if node.tag == "Compression":
                method, length = node.attributes.get("Method", ""), node.attributes.get("OriginalLength", "")
                if method not in ("0", "8") or not length.isdecimal():
                    message = "Compression must have a Method (0 or 8) and an OriginalLength (a number)"
                    yield Flaw(ENCRYPTION, node.line, "encryption-content", message)
    yield from _encrypted(book)
    if SIGNATURES in book.files:
        root = book.documents.get(SIGNATURES)
        if root is not None and (root.tag != "signatures" or root.space != "ocf"):
            message = f"begins with <{root.tag}>; here belongs <signatures> in the namespace of containers"
            yield Flaw(SIGNATURES, root.line, "signatures-content", message)
