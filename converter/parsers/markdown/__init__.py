"""Markdown: a file in, `Parsed` out, by markdown-it-py's tokens.

front matter -> notes -> lines -> tokens -> tree -> items -> chapters. Open `reading.py` first; `lines.py`
escapes what Markdown's rules would misread in a story, `builder.py` makes one tree of tokens and of the tags
written among them, `walk.py` and `kinds.py` make blocks of it. No page is made on the way, and the parser of
pages is not asked.
"""

from __future__ import annotations

from converter.parsers.markdown.reading import markdown_parser, parse_markdown

__all__ = ["markdown_parser", "parse_markdown"]
