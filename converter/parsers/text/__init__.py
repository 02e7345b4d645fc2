"""Plain text in any of the paragraph habits people use: bytes in, a book out."""

from __future__ import annotations

from converter.document.contracts import Parsed, Parser, Source
from converter.parsers.text.options import NOTHING_SAID, TextOptions


def text_parser(options: TextOptions = NOTHING_SAID) -> Parser:
    """A parser for plain text. It raises NotAStory when there is nothing to read, TooLarge when there is too much."""

    def parse(source: Source) -> Parsed:
        from converter.parsers.text.reading import read_text

        return read_text(source, options)

    return parse


__all__ = ["TextOptions", "text_parser"]
