"""What a cover says: title, subtitle, author, series and number, as they are printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from converter.covers.breaks import NO_BREAK
from converter.covers.faces import Faces
from converter.document.contracts import Diagnostic
from converter.document.model import Metadata
from converter.document.patterns import regex
from converter.document.record import dataclass

SHORT_MAIN_TITLE = 60
"""A title longer than a subtitle's usual home: "Main: The Rest" is divided at its first colon when the main part is
at most this long, as publishers set it."""
MOST_CHARACTERS = 300
"""More than this is no title; a cover shows its beginning. Long light-novel titles reach about 200."""
APOSTROPHE = re.compile(r"(?<=\w)['´`](?=\w)")
QUOTED = re.compile(r'(?<!\w)"([^"\s](?:[^"]*[^"\s])?)"(?!\w)')
COLON = re.compile(r"(?:(?<!\s)\s+)?[:：]\s+|：")
EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "FULLWIDTH", "IDEOGRAPHIC")
"""How the Unicode names of characters in the `cjk` extra's font begin."""
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


def words_of(metadata: Metadata) -> Words:
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
        language=metadata.language,
    )


def showable(words: Words) -> tuple[Words, tuple[Diagnostic, ...]]:
    """The words that the fonts at hand can show, and what had to be left off.

    Signs without a glyph (an emoji, a star) are dropped from their text; a text with a letter or digit that has none
    is left off whole, for half a word is worse than none. An ornament takes its place.
    """
    faces = Faces(words.language)
    problems: list[Diagnostic] = []
    for name in ("title", "subtitle", "author", "series", "number"):
        text = getattr(words, name)
        lost = "" if text.isascii() else faces.missing(text)
        if not lost:
            continue
        letters = "".join(c for c in lost if unicodedata.category(c)[0] in "LNM")
        if letters:
            kept = ""
            problems.append(Diagnostic("cover-letters", _letters_message(name, text, letters), None, "warning"))
        else:
            kept = " ".join("".join(" " if c in lost else c for c in text).split())
            message = f"the cover shows the {name} without {_quoted(lost)}: no font here has such signs"
            problems.append(Diagnostic("cover-signs", message, None, "info"))
        words = replace(words, **{name: kept})
    return words, tuple(problems)


def cut_short(metadata: Metadata) -> tuple[Diagnostic, ...]:
    """A note on each text that is too long for any cover."""
    return tuple(
        Diagnostic(
            "cover-cut", f"the cover shows only the first {MOST_CHARACTERS} characters of the {name}", None, "info"
        )
        for name in ("title", "subtitle", "series")
        if len(" ".join(getattr(metadata, name).split())) > MOST_CHARACTERS
    )


def _letters_message(name: str, text: str, letters: str) -> str:
    shown = text if len(text) <= 40 else text[:39] + "…"
    return (
        f"the cover leaves off the {name} {shown!r}: no font here can show {_quoted(letters[:8])}; "
        f"{_remedy(letters)}give an image with --cover"
    )


def _remedy(letters: str) -> str:
    if any(unicodedata.name(c, "").startswith(EAST_ASIAN) for c in letters):
        return "install chapbook[cjk], or "
    if any("HEBREW" in unicodedata.name(c, "") or "ARABIC" in unicodedata.name(c, "") for c in letters):
        return "install FriBiDi, which orders and joins such letters, or "
    return ""


def _quoted(characters: str) -> str:
    return ", ".join(f"{c!r} (U+{ord(c):04X})" for c in characters)


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
