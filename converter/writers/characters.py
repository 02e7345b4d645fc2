"""Characters that XML can't hold, for the book that a parser let through with one."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from converter.document.model import Book

# XML 1.0, section 2.2: all that is not a Char. Surrogates can't be encoded at all.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"


def xml_safe(book: Book) -> Book:
    """The book with U+FFFD in place of each such character, so that it is seen that something stood there."""
    safe: Book = _safe(book)
    return safe


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return _ILLEGAL.sub(REPLACEMENT, value)
    if isinstance(value, tuple):
        return tuple(_safe(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _safe(getattr(value, f.name)) for f in fields(value)})
    return value
