"""Pictures in a folder, or in one below it, that a page there shows: they are in its book, and not left out."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace
from urllib.parse import unquote

from converter.folders.covers import cover_among
from converter.folders.kinds import PAGES, ending_of
from converter.folders.listing import Look
from converter.folders.understood import Understood

NOTES = (".md", ".markdown", ".mdown", ".mkd")
WHY = "a picture that a story here shows"
_NAMED = re.compile(
    rb"""\b(?:src|href)\s{0,3}=\s{0,3}(?:"([^"<>]{1,400})"|'([^'<>]{1,400})'|([^\s"'<>]{1,400}))|"""
    rb"""\]\(\s?<?([^()<>"]{1,400})""",
    re.I,
)


def shown_by(understood: Understood, look: Look) -> frozenset[str]:
    """The addresses of pictures, as from the folder, that its stories name, as far as they are looked through."""
    files = (name for book in understood.books for name in book.files)
    seen = (name for name in files if ending_of(name) in (*PAGES, *NOTES))
    found = (address for name in seen for m in _NAMED.findall(look.head(name)) for address in m if address)
    return frozenset(unquote(address.decode("utf-8", "replace")).strip().removeprefix("./") for address in found)


def without_shown(understood: Understood, named: Set[str], way: str = "") -> Understood:
    """What is understood of a folder, `way` below that of the stories; its pictures that these name are shown beside
    them. One that is called a cover may be the book's."""
    others = tuple(
        replace(o, kind="beside", why=WHY)
        if o.kind == "picture" and f"{way}{o.name}" in named and not cover_among([o.name])
        else o
        for o in understood.others
    )
    return replace(understood, others=others)
