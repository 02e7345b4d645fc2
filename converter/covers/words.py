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
MOST_NAMES = 6
ORNAMENT = "❦"
AND_OTHERS = {
    "ar": "وآخرون", "bn": "ও অন্যান্য", "ca": "i altres", "cs": "a další", "da": "og andre", "de": "und andere",
    "el": "και άλλοι", "en": "and others", "es": "y otros", "et": "ja teised", "fi": "ja muut", "fr": "et autres",
    "he": "ואחרים", "hi": "और अन्य", "hr": "i drugi", "hu": "és mások", "id": "dan lainnya", "it": "e altri",
    "ja": "ほか", "ko": "외", "la": "et alii", "lt": "ir kiti", "lv": "un citi", "nb": "og andre", "nl": "en anderen",
    "nn": "og andre", "no": "og andre", "pl": "i inni", "pt": "e outros", "ro": "și alții", "ru": "и другие",
    "sk": "a ďalší", "sl": "in drugi", "sv": "med flera", "th": "และคณะ", "tr": "ve diğerleri", "uk": "та інші",
    "vi": "và những người khác", "zh": "等",
}  # fmt: skip
APOSTROPHE = re.compile(r"(?<=\w)['´`](?=\w)")
QUOTED = re.compile(r'(?<!\w)"([^"\s](?:[^"]*[^"\s])?)"(?!\w)')
COLON = re.compile(r"(?:(?<!\s)\s+)?[:：]\s+|：")
WHOLE_NUMBER = regex(r"^0*(\d+)(?:\.0+)?$", within=40)


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a cover; empty is left out. `names` are the authors', each by itself: `author` is made of them.
    `language` is the BCP 47 tag they are set in."""

    title: str = ""
    subtitle: str = ""
    author: str = ""
    names: tuple[str, ...] = ()
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
    names = tuple(name for name in map(_clean, metadata.authors) if name)
    whole = WHOLE_NUMBER.match(index)
    return Words(
        title=title,
        subtitle=subtitle,
        author=named(names, metadata.language),
        names=names,
        series=_clean(metadata.series),
        number=(whole[1] if whole else index) if metadata.series else "",
        language=language_of_forms(f"{title} {subtitle} {metadata.series}", metadata.language),
    )


def showable(words: Words) -> tuple[Words, tuple[Finding, ...]]:
    """The words that the fonts at hand can show, and what had to be left off.

    Signs without a glyph (an emoji, a star) are dropped from their text; a text with a letter or digit that has none
    is left off whole, for half a word is worse than none. Where that is the title, something else takes its place: no
    cover is bare.
    """
    faces = Faces(words.language)
    problems: list[Finding] = []
    kept: dict[str, str] = {}
    for name in TEXTS:
        text = getattr(words, name)
        lost = "" if text.isascii() else faces.missing(text)
        if not lost:
            continue
        letters = shown_letters(lost)
        kept[name] = "" if letters else _without(lost, text)
        problems.append(CoverLetters(name, text, letters) if letters else CoverSigns(name, lost))
    if not kept:
        return words, ()
    names = tuple(_without(lost, name) for name in words.names if not shown_letters(lost := faces.missing(name)))
    shown = replace(words, **kept)  # type: ignore[arg-type]
    if shown.author != words.author:
        names = tuple(filter(None, names))
        shown = replace(shown, names=names, author=named(names, words.language))
    return (_never_bare(words, shown, faces) if words.title and not shown.title else shown), tuple(problems)


def shown_letters(text: str) -> str:
    """The letters, digits and accents among these characters: a word without one is no word any more."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LNM")


def _without(lost: str, text: str) -> str:
    return " ".join("".join(" " if c in lost else c for c in text).split())


def _never_bare(words: Words, shown: Words, faces: Faces) -> Words:
    """The words to show where the title can't be: in its place what says most of what there is.

    That is the author or the series, or else those whole words of the title that can be shown, or an ornament.
    """
    if shown.author:
        return replace(shown, title=shown.author.replace(NO_BREAK, " "), author="", names=())
    if shown.series:
        return replace(shown, title=shown.series, series="")
    whole = [word for word in words.title.split() if not faces.missing(word)]
    return replace(shown, title=" ".join(whole) or ORNAMENT)


def cut_short(metadata: Metadata) -> tuple[CoverCut, ...]:
    """A note on each text that is too long for any cover."""
    return tuple(
        CoverCut(name, MOST_CHARACTERS)
        for name in CUT
        if len(" ".join(getattr(metadata, name).split())) > MOST_CHARACTERS
    )


def named(names: tuple[str, ...], language: str, most: int = MOST_NAMES) -> str:
    """Names on one line; of several, each is kept from being divided. More than `most` are the first of them "and
    others", in the language."""
    if len(names) == 1:
        return names[0]
    shown = names if len(names) <= most else names[: min(most, MOST_NAMES - 1)]
    text = ", ".join(name.replace(" ", NO_BREAK) for name in shown)
    if len(shown) == len(names):
        return text
    others = AND_OTHERS.get(language.casefold().split("-")[0], "")
    return f"{text} {others.replace(' ', NO_BREAK)}" if others else f"{text}, …"


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
