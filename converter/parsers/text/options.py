"""What a person may say about a text."""

from __future__ import annotations

from dataclasses import dataclass

from converter.document.contracts import Notes, ParagraphHabit


@dataclass(frozen=True, slots=True)
class TextOptions:
    """What a person may say about a text.

    `chapter` are patterns for its headings, `chapters=False` says that it has none; `language` is a BCP 47 tag ("" =
    read it off the text); `notes` keeps the author's notes where they stood, at the chapter's end, or drops them;
    `without` names what is left alone (`parsers.SWITCHES`); `paragraphs` says what parts them ("" = as measured).
    """

    chapter: tuple[str, ...] = ()
    chapters: bool = True
    language: str = ""
    notes: Notes = "inline"
    without: frozenset[str] = frozenset()
    paragraphs: ParagraphHabit = ""


NOTHING_SAID = TextOptions()
