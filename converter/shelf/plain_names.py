"""Names of files in plain letters, which every mail program, browser and e-reader can write."""

from __future__ import annotations

import re
import unicodedata

from converter.build.registry import is_written, writer

LONGEST_NAME = 80  # characters of a file's name without ending
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


def plain_stem(by: str, title: str) -> str:
    """Author and title as the name of a file without ending; "" where nothing of them is plain."""
    said = f"{by} - {title}" if by else title
    plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
    return _NOT_PLAIN.sub("_", plain).strip("._-")[:LONGEST_NAME].strip("._-")


def ending_of(format_name: str) -> str:
    """The end of the names of files in a format: ".epub", ".kepub.epub"."""
    return writer(format_name).ending if is_written(format_name) else f".{format_name}"
