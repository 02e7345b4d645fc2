"""What a person may say about a text."""

from __future__ import annotations

from dataclasses import dataclass

from converter.document.contracts import ParagraphHabit


@dataclass(frozen=True, slots=True)
class TextOptions:
    """What a person may say about a text.

    `chapter` are patterns for its headings, `chapters=False` says that it has none; `language` is a BCP 47 tag ("" =
    read it off the text); `drop_notes` leaves the author's notes out; `without` names what is left alone
    (`parsers/switches.py`); `paragraphs` says what parts them ("" = as measured).
    """

    chapter: tuple[str, ...] = ()
    chapters: bool = True
    language: str = ""
    drop_notes: bool = False
    without: frozenset[str] = frozenset()
    paragraphs: ParagraphHabit = ""


NOTHING_SAID = TextOptions()
