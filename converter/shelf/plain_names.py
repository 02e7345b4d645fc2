"""Names of files in plain letters, which every mail program, browser and e-reader can write."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from converter.build.registry import is_written, writer

LONGEST_NAME = 80  # characters of a file's name without ending
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


def plain_stem(by: str, title: str) -> str:
    """Author and title as the name of a file without ending; "" where nothing of them is plain."""
    said = f"{by} - {title}" if by else title
    plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
    return _NOT_PLAIN.sub("_", plain).strip("._-")[:LONGEST_NAME].strip("._-")


def own_stem(by: str, title: str) -> str:
    """Author and title as the name of a file without ending, in the letters of any script."""
    said = f"{by} - {title}" if by else title
    plain = "".join(" " if c in '/\\:*?"<>|' or not c.isprintable() else c for c in said)
    return " ".join(plain.split())[:LONGEST_NAME].strip(" .")


def saved_as(plain: str, suffix: str, by: str, title: str) -> str:
    """The header that says under which name a file is saved: in plain letters, and beside it in those of any script
    where author and title have some (RFC 6266); both with the same end."""
    said = f"{by} - {title}" if by else title
    header = f'attachment; filename="{plain}{suffix}"'
    if said.isascii():
        return header
    return f"{header}; filename*=UTF-8''{quote(own_stem(by, title) + suffix, safe='')}"


def ending_of(format_name: str) -> str:
    """The end of the names of files in a format: ".epub", ".kepub.epub"."""
    return writer(format_name).ending if is_written(format_name) else f".{format_name}"
