"""Parsers: a source in, a book out. Which one reads which file is this table and nothing else."""

from __future__ import annotations

PARSERS: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "html",
    ".mht": "html",
    ".htmlz": "html",
    ".zip": "html",
}

AUTHORS_NOTES = "author's notes"
PLAINLY = "everything"  # given up: the story is set plainly

# What a parser can leave alone when it breaks down over it or loses a word by it: first what loses least.
SWITCHES: dict[str, tuple[str, ...]] = {
    "text": (
        "footnotes",
        AUTHORS_NOTES,
        "page numbers and running heads",
        "letters, verse and plays",
        "contents lists",
        "a head of the file",
        "emphasis",
        "a library's header",
        "headings",
    ),
    "markdown": ("footnotes", "a title page"),
    "html": ("footnotes", "a title page", "lines of a site", "the site's known layout", "hidden text"),
}
