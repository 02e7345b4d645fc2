"""What books are called when a person says how: `{author}/{series} {series_index:02} - {title}`.

Strategy. Names in braces stand for what is known of a story; `/` parts folders; what stands in square brackets is left
out where one of its names stands for nothing. What is left of an empty name at the edges of a file's or folder's name
(a dash, a comma) is taken off. Doubled, braces and brackets stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath

from converter.build.file_names import safe_name
from converter.build.values import Senseless
from converter.document.model import Metadata
from converter.document.record import dataclass

FIELDS = tuple("author authors title subtitle series series_index language year fandom file folder".split())
TOKEN = re.compile(
    r"(?P<sign>\{\{|\}\}|\[\[|\]\])|\{(?P<field>\w+)(?::(?P<width>0?\d))?\}|(?P<bracket>[\[\]])|(?P<brace>[{}])"
)
EDGES = " -–—_,;.&+"
MOST_AUTHORS = 3  # in one name; more are "and others" on no spine either


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a template: words, or a field (with the width to which a number is filled up); `optional`: the number
    of the brackets it stands in, 0 for none."""

    text: str = ""
    field: str = ""
    width: int = 0
    optional: int = 0


def template(text: str) -> str:
    """A template for names that can be read. Raises Senseless."""
    pieces = _pieces(text)
    if not any(piece.field for piece in pieces):
        raise Senseless("names nothing of the story", "write a name such as {title} into it")
    path = PurePosixPath("".join(piece.text or "x" for piece in pieces))
    if path.is_absolute() or ".." in path.parts or text.rstrip().endswith("/"):
        raise Senseless("is no name below the output folder", "leave out the / at its ends, and ..")
    return text


def filled(text: str, metadata: Metadata, file: str, folder: str) -> PurePosixPath | None:
    """The name that a template gives to a story's books, without an ending; None where nothing is left of it.

    `file` is what the story's file is called, without its ending, `folder` what its folder is.
    """
    values = _values(metadata, file, folder)
    pieces = _pieces(text)
    empty = {p.optional for p in pieces if p.optional and p.field and not values[p.field]}
    said = "".join(
        p.text or _shown(values[p.field], p.width) for p in pieces if not p.optional or p.optional not in empty
    )
    parts = [safe_name(re.sub(r"\(\s*\)", "", part).strip(EDGES)) for part in said.split("/")]
    *folders, name = parts
    return PurePosixPath(*(f for f in folders if f), name) if name else None


def _shown(value: str, width: int) -> str:
    """What stands for a field in the name; only the template parts folders."""
    whole, point, rest = value.partition(".")
    return f"{whole.zfill(width)}{point}{rest}" if width and whole.isdecimal() else value.replace("/", "-")


def _values(metadata: Metadata, file: str, folder: str) -> Mapping[str, str]:
    authors = metadata.authors
    return {
        "author": authors[0] if authors else "",
        "authors": ", ".join(authors[:MOST_AUTHORS]),
        "title": metadata.title or file,
        "subtitle": metadata.subtitle,
        "series": metadata.series,
        "series_index": metadata.series_index,
        "language": metadata.language,
        "year": metadata.published[:4],
        "fandom": metadata.fandoms[0] if metadata.fandoms else "",
        "file": file,
        "folder": folder,
    }


@cache
def _pieces(text: str) -> tuple[Piece, ...]:
    return tuple(_read(text))


def _read(text: str) -> Iterator[Piece]:
    at = brackets = 0
    inside = False
    for token in TOKEN.finditer(text):
        if at < token.start():
            yield Piece(text[at : token.start()], optional=brackets if inside else 0)
        at = token.end()
        if token["sign"]:
            yield Piece(token["sign"][0], optional=brackets if inside else 0)
        elif token["bracket"]:
            if (token["bracket"] == "[") == inside:
                raise Senseless("has brackets that don't fit together", "write [ and ] in turn, or [[ for the sign")
            inside = not inside
            brackets += inside
        elif token["field"] in FIELDS:
            yield Piece(field=token["field"], width=int(token["width"] or 0), optional=brackets if inside else 0)
        else:
            what = f"has {{{token['field']}}} in it" if token["field"] else "has a brace that stands alone"
            raise Senseless(what, f"known are {', '.join(FIELDS)}")
    if inside:
        raise Senseless("has a bracket that is not closed", "write ] behind it, or [[ for the sign")
    if at < len(text):
        yield Piece(text[at:])
