"""Where a link may lead, and what its words and its address say about that: a chapter, a page beside this one."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from converter.document.patterns import regex
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.lines.ways import WORDS_LETTERS, leads_beside
from converter.recognisers.metadata.file_names import begins_with_part, names_part

ALLOWED = regex(r"(?:https?://|mailto:)[^\s<>\"]+$", re.I)
DETOUR = regex(r"[?&](?:q|url)=(https?[^&]+)", re.I)
OTHER = regex(r"#|\s*(?!https?:)[a-z][a-z0-9+.-]*:", re.I)  # places in the file, and addresses of other kinds


def allowed_address(address: str) -> str:
    """The http, https or mailto address that a book may link to, a search engine's detour undone; "" for any other."""
    address = address.strip()
    if "google.com/url?" in address and (detour := DETOUR.search(address)):
        address = unquote(detour[1])
    return address if ALLOWED.match(address) else ""


def site_of(address: str) -> str:
    """The host of an address, without "www."; "" for none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def names_chapter(words: str, address: str, lex: Lexicon) -> Literal["", "number", "word"]:
    """Whether a link reads like one to a chapter, or its address does; and whether a word says so or only a number."""
    if not words or len(words) > WORDS_LETTERS or not address or OTHER.match(address) or leads_beside(words):
        return ""
    form = read_form(words, lex)
    name = PurePosixPath(unquote(_path(address))).stem
    if (form is not None and form.shape in ("division", "single")) or "/chapter/" in address:
        return "word"
    numbered = (
        form is not None
        and form.shape in ("number", "numbered-title")
        and form.number is not None
        and form.number.style == "digit"
    )
    if numbered or names_part(name):
        return "word" if begins_with_part(name) else "number"
    return ""


def page_path(address: str) -> str:
    """Which page an address means, among those of one site: without its place on the page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
