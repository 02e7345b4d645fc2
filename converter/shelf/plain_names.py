"""Names of files in plain letters, which every mail program, browser and e-reader can write."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from converter.build.registry import is_written, writer

LONGEST_NAME = 80  # characters of a file's name without ending
_STROKES = str.maketrans({  # letters that Unicode has no parts for
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ı": "i",
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D",
})  # fmt: skip
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


def without_strokes(text: str) -> str:
    """The text with plain letters for those with a stroke, for ligatures and for ß: "Łódź" is "Lódź"."""
    return text.translate(_STROKES)


def plain_stem(by: str, title: str) -> str:
    """Author and title as the name of a file without ending; "" where nothing of them is plain."""
    said = f"{by} - {title}" if by else title
    plain = unicodedata.normalize("NFKD", without_strokes(said)).encode("ascii", "ignore").decode()
    return _NOT_PLAIN.sub("_", plain).strip("._-")[:LONGEST_NAME].strip("._-")


def in_order(name: str) -> str:
    """By what a name stands in a list of names: letters with accents and strokes where those without stand."""
    parts = unicodedata.normalize("NFKD", without_strokes(name))
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


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
