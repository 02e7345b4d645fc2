"""What a cover says: title, subtitle, author, series and number, as they are printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.covers.breaks import NO_BREAK
from converter.covers.faces import Faces
from converter.covers.scripts import language_of_forms
from converter.document.findings.cover import CoverCut, CoverLetters, CoverSigns, CoverText
from converter.document.model import Metadata
from converter.document.patterns import regex
from converter.document.record import dataclass

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

SHORT_MAIN_TITLE = 60
"""A title longer than a subtitle's usual home: "Main: The Rest" is divided at its first colon when the main part is
at most this long, as publishers set it."""
TEXTS: tuple[CoverText, ...] = ("title", "subtitle", "author", "series", "number")
CUT: tuple[CoverText, ...] = ("title", "subtitle", "series")  # those that may be too long
MOST_CHARACTERS = 300
"""More than this is no title; a cover shows its beginning. Long light-novel titles reach about 200."""
APOSTROPHE = re.compile(r"(?<=\w)['´`](?=\w)")
QUOTED = re.compile(r'(?<!\w)"([^"\s](?:[^"]*[^"\s])?)"(?!\w)')
COLON = re.compile(r"(?:(?<!\s)\s+)?[:：]\s+|：")
WHOLE_NUMBER = regex(r"^0*(\d+)(?:\.0+)?$", within=40)


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a cover; empty is left out. `language` is the BCP 47 tag they are set in."""

    title: str = ""
    subtitle: str = ""
    author: str = ""
    series: str = ""
    number: str = ""
    language: str = ""


def words_on_cover(metadata: Metadata) -> Words:
    """The words as a designer would set them, before it is known which can be shown. No number without a series."""
    title, subtitle = _clean(metadata.title), _clean(metadata.subtitle)
    if metadata.language.split("-")[0] in ("", "en"):
        title, subtitle = QUOTED.sub("“\\1”", title), QUOTED.sub("“\\1”", subtitle)
    if not subtitle and (colon := COLON.search(title)):
        main, rest = title[: colon.start()], title[colon.end() :]
        if main and rest and len(main) <= SHORT_MAIN_TITLE:
            title, subtitle = main, rest
    index = _clean(metadata.series_index)
    whole = WHOLE_NUMBER.match(index)
    return Words(
        title=title,
        subtitle=subtitle,
        author=_together([_clean(name) for name in metadata.authors]),
        series=_clean(metadata.series),
        number=(whole[1] if whole else index) if metadata.series else "",
        language=language_of_forms(f"{title} {subtitle} {metadata.series}", metadata.language),
    )


def showable(words: Words) -> tuple[Words, tuple[Finding, ...]]:
    """The words that the fonts at hand can show, and what had to be left off.

    Signs without a glyph (an emoji, a star) are dropped from their text; a text with a letter or digit that has none
    is left off whole, for half a word is worse than none. An ornament takes its place.
    """
    faces = Faces(words.language)
    problems: list[Finding] = []
    for name in TEXTS:
        text = getattr(words, name)
        lost = "" if text.isascii() else faces.missing(text)
        if not lost:
            continue
        letters = "".join(c for c in lost if unicodedata.category(c)[0] in "LNM")
        if letters:
            kept = ""
            problems.append(CoverLetters(name, text, letters))
        else:
            kept = " ".join("".join(" " if c in lost else c for c in text).split())
            problems.append(CoverSigns(name, lost))
        words = replace(words, **{name: kept})
    return words, tuple(problems)


def cut_short(metadata: Metadata) -> tuple[CoverCut, ...]:
    """A note on each text that is too long for any cover."""
    return tuple(
        CoverCut(name, MOST_CHARACTERS)
        for name in CUT
        if len(" ".join(getattr(metadata, name).split())) > MOST_CHARACTERS
    )


def _together(names: list[str]) -> str:
    """Names on one line; of several, each is kept from being divided."""
    names = [name for name in names if name]
    return names[0] if len(names) == 1 else ", ".join(name.replace(" ", NO_BREAK) for name in names)


def _clean(text: str) -> str:
    """One line, composed (NFC), without control characters; typewriter apostrophes, dashes and dots as printed ones."""
    text = unicodedata.normalize("NFC", text)
    text = text.replace("\ufe0f", "").replace("\ufe0e", "")  # asks for a coloured picture; a font has no letter for it
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs", "Co", "Cn") else c for c in text)
    text = APOSTROPHE.sub("’", " ".join(text.split()))
    text = text.replace("...", "…").replace("--", "—")
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
    return text
