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
