"""Names of files as the database keeps them: text, or bytes where they are no Unicode."""

from __future__ import annotations

import json
import unicodedata


def name_key(name: str) -> str:
    """The name as disks see it that don't tell "A" from "a", nor one way of writing an accent from another."""
    return unicodedata.normalize("NFC", name).casefold()


def as_json(value: object) -> str:
    """The value as JSON, which tells every name again as it was."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() or _is_unicode(text) else json.dumps(value)


def _is_unicode(text: str) -> bool:
    """Whether there are no undecodable bytes in a text, which names of files may have."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def as_kept(text: str) -> str | bytes:
    """A name as the database keeps it: undecodable bytes are no text for it."""
    return text if text.isascii() or _is_unicode(text) else text.encode("utf-8", "surrogatepass")


def as_name(kept: bytes) -> str:
    """The name that the database keeps so."""
    return kept.decode("utf-8", "surrogatepass")
