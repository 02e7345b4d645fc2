"""Plain text in any of the paragraph habits people use: bytes in, a book out."""

from __future__ import annotations

from dataclasses import dataclass

from converter.document.contracts import Notes, Parsed, Parser, Source


@dataclass(frozen=True, slots=True)
class TextOptions:
    """What a person may say about a text.

    `chapter` are patterns for its headings, `chapters=False` says that it has none; `language` is a BCP 47 tag ("" =
    read it off the text); `notes` keeps the author's notes where they stood, at the chapter's end, or drops them;
    `without` names what is left alone (`parsers.SWITCHES`).
    """

    chapter: tuple[str, ...] = ()
    chapters: bool = True
    language: str = ""
    notes: Notes = "inline"
    without: frozenset[str] = frozenset()


def text_parser(options: TextOptions = TextOptions()) -> Parser:
    """A parser for plain text. It raises NotAStory when there is nothing to read, TooLarge when there is too much."""

    def parse(source: Source) -> Parsed:
        from converter.parsers.text.reading import read_text

        return read_text(source, options)

    return parse


__all__ = ["Notes", "TextOptions", "text_parser"]
