"""What a file's name has beside a title and an author: the year, the place in a row, the codes of an address."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from converter.document.patterns import regex
from converter.recognisers.metadata.names import byline
from converter.recognisers.vocabulary import either

LONGEST_NAME = 255  # characters of a file's
_CODE = regex(r"%[0-9A-Fa-f]{2}", within=LONGEST_NAME)
_YEAR_LAST = regex(r"(\S.*?)\s*[(\[]((?:1[5-9]|20)\d\d)[)\]]", within=LONGEST_NAME)
_PADDED = regex(r"0\d(?:[\s_]*[-–—.)][\s_]*|[\s_]+)([^\W\d_]{2}.*)", re.S, LONGEST_NAME)
_OCCASION = regex(rf"{either('files', 'occasions')}[\s_]*(?:(?:19|20)\d\d)?\s*[-–—:]\s+(?=\S)", re.I, LONGEST_NAME)
_POST = regex(r"\d{1,10}\.([a-z]{2}[a-z\d]*(?:-[a-z\d]+)*)", within=LONGEST_NAME)
_SAID = regex(rf"(\S.*?)[\s_,\-–—]*(?<![^\W_])({either('fields', 'author')}\s?[:：]\s?\S.*)", re.I | re.S, LONGEST_NAME)


class Dated(NamedTuple):
    """A title without the year behind it, and the year; "" where there is none."""

    title: str
    year: str


def unquoted(name: str) -> str:
    """A name as it was before a browser wrote it as part of an address: "The Ferry" of "The%20Ferry"."""
    if " " in name or not _CODE.search(name):
        return name
    plain = unquote(name, errors="replace")
    return name if "\ufffd" in plain or not plain.isprintable() else plain


def dated(name: str) -> Dated:
    """ "Thirst (2014)" parted."""
    found = _YEAR_LAST.fullmatch(name)
    return Dated(found[1], found[2]) if found and any(map(str.isalpha, found[1])) else Dated(name, "")


def without_place(name: str) -> str:
    """A name without the place in a row that two digits give it, the first a zero: "The Gate" of "01 - The Gate"; of
    that of a post without its number: "the gate" of "118.the-gate"."""
    if post := _POST.fullmatch(name):
        return post[1].replace("-", " ")
    found = _PADDED.fullmatch(name)
    return found[1] if found else name


def without_occasion(name: str) -> str:
    """A name without that for which its story was written: "Salt Road" of "NaNoWriMo 2019 - Salt Road"."""
    found = _OCCASION.match(name)
    return name[found.end() :] if found else name


def said_author(name: str) -> tuple[str, str]:
    """Title and author of a name that says who wrote it: "《灯下客》作者：顾青", "Salt Road - Author: Ada Thorn"; the
    author is "" where it doesn't."""
    found = _SAID.fullmatch(name) if ":" in name or "：" in name else None
    author = byline(found[2]).strip() if found else ""
    if not found or not author:
        return name, ""
    title = found[1].strip()
    return (title[1:-1] if title[:1] == "《" and title.find("》") == len(title) - 1 else title), author
