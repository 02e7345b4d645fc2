"""What a heading says of the list below it: notes, sources, an article's "see also", contents, the site's own pages."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either, listed_words, whole

NAME_LETTERS = 200
CONTENTS_WORDS = 3  # of the line over a contents list
EDGES = " .:"
_NOTES = regex(either("notes_lists", "notes"), re.I, NAME_LETTERS)
_SOURCES = regex(whole("notes_lists", "sources"), re.I)
_ARTICLE = regex(either("notes_lists", "notes", "sources", "article"), re.I, NAME_LETTERS)
_WORD = regex(r"\w+")
_SITE = regex(rf"{whole('site', 'beside')}|^{either('site', 'beside_alone')}$", re.I)


def over_notes(heading: str) -> bool:
    """Whether a heading only announces notes: "Footnotes:", "Anmerkungen"."""
    return _NOTES.fullmatch(heading.strip(EDGES)) is not None


def over_sources(heading: str) -> bool:
    """Whether a heading speaks of the works that a text cites: "References and sources"."""
    return _SOURCES.search(heading) is not None


def over_articles_list(heading: str) -> bool:
    """Whether only an article has such a heading over its lists: "See also", "Bibliography"."""
    return _ARTICLE.fullmatch(heading.strip(EDGES)) is not None


def over_sites_list(heading: str) -> bool:
    """Whether a heading, or a line that announces a list, speaks of the site's own pages: "Related posts", "Share"."""
    return _SITE.search(heading) is not None and not over_articles_list(heading)


def over_contents(heading: str) -> bool:
    """Whether a short line names a contents list: "Table of Contents", "Inhaltsübersicht"."""
    if len(heading.split()) > CONTENTS_WORDS:
        return False
    padded = f" {' '.join(_WORD.findall(heading[:NAME_LETTERS].casefold()))} "
    begins = any(f" {stem}" in padded for stem in listed_words("ways", "contents_stems"))
    return begins or any(f" {name} " in padded for name in listed_words("headings", "contents"))
