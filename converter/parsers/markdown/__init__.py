"""Markdown: markdown-it-py's tokens become a tree, and the tree a book.

front matter -> notes -> lines -> tokens -> tree -> items -> chapters.
"""

from __future__ import annotations

from converter.parsers.markdown.reading import markdown_parser, parse_markdown

__all__ = ["markdown_parser", "parse_markdown"]
