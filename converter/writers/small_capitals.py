"""Small capitals for typefaces that have none: capitals of four fifths, cut a little heavier, as a feature of the font.

The letters of the text stay what their author wrote: only the glyphs are others, under the feature (`smcp`) by which
both engines ask for small capitals. Which letters are wanted is known from the book, so that few glyphs are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from typing import Any
from unicodedata import normalize

from lxml import etree

SCALE = 0.8  # of capitals: a little higher than small letters in faces of usual proportions
HEAVIER = 70.0  # units of the axis of weight: strokes as thick as those of the letters beside them
WEIGHTS = (400, 700)
"""The weights in which small capitals are made."""
GREEK, DIAERESIS = frozenset(map(chr, range(0x370, 0x400))), "\u0308"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ALIKE = frozenset(["az", "crh", "en", "kk", "tr", "tt", "und", ""])
"""Languages that have no forms of their own, and those in which i keeps its dot as a capital."""
ALWAYS = frozenset(["small-caps"])
LOOKS = {"lead": ("start", "lead"), "speaker": ("inlines", "speaker")}
TITLES = (
    ("opener", "label"), ("opener", "lone"), ("opener", "title"), ("titlepage", "author"), ("heads", "verso"),
    ("heads", "recto"),
)  # fmt: skip
"""What a design may set in small capitals: words of the story by their class, and titles."""


def letters_wanted(html: etree._Element, design: Mapping[str, Any]) -> frozenset[str]:
    """The letters of a book that its design sets as small capitals, as they are written."""

    def small(path: tuple[str, str]) -> bool:
        return bool(design[path[0]][path[1]].get("caps"))

    if any(small(title) for title in TITLES):
        return _small("".join((*html.itertext(), *map(str, html.xpath("//@data-verso | //@data-recto")))))
    classes = ALWAYS if design["inlines"]["small-caps"].get("caps") else frozenset()
    classes |= {name for name, path in LOOKS.items() if small(path)}
    return _small("".join(_texts(html, classes)))


def _texts(html: etree._Element, classes: frozenset[str]) -> Iterator[str]:
    for element in html.iter("span"):
        if not classes.isdisjoint((element.get("class") or "").split()):
            yield from element.itertext()


def _small(text: str) -> frozenset[str]:
    return frozenset(c for c in frozenset(text) if c.islower() and len(c.upper()) == 1)


@cache
def draws_small(path: str) -> bool:
    """Whether a font draws small letters as small capitals when it is asked to."""
    return _glyph(path, "a", smcp=True) != _glyph(path, "a")


def lacking(path: str, letters: frozenset[str]) -> frozenset[str]:
    """Those of these letters that a font draws, but not as small capitals: often all of a script."""
    return frozenset(letter for letter in letters if not _draws_small(path, letter))


@cache
def _draws_small(path: str, letter: str) -> bool:
    plain = _glyph(path, letter)
    return not plain or _glyph(path, letter, smcp=True) != plain


@cache
def own_forms_stay(path: str, language: str) -> bool:
    """Whether a font draws some letter as a small capital, but not in the form that it has in this language: the German
    f of EB Garamond. Small capitals are set without such forms (`locl`) then; but not where those are other letters, as
    the Turkish i, which is no small I."""
    if language.partition("-")[0].lower() in ALIKE or not draws_small(path):
        return False
    return any(
        _glyph(path, letter, language, smcp=True) == _glyph(path, letter, language)
        and _glyph(path, letter, smcp=True) != _glyph(path, letter)
        for letter in LETTERS
    )


@cache
def draws_capitals_small(path: str) -> bool:
    """Whether a font draws capitals as small ones, and not by the glyphs of small letters: else what is copied out of
    the book would be those."""
    return _glyph(path, "A", c2sc=True) not in (_glyph(path, "A"), _glyph(path, "a", smcp=True))


@cache
def _font(path: str) -> Any:
    import uharfbuzz as hb

    return hb.Font(hb.Face(hb.Blob.from_file_path(path)))


def _glyph(path: str, letter: str, language: str = "", **features: bool) -> int:
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(letter)
    buffer.guess_segment_properties()
    if language:
        buffer.language = language
    hb.shape(_font(path), buffer, features)
    return int(buffer.glyph_infos[0].codepoint)


def with_small_capitals(face: bytes, heavier: bytes, letters: Iterable[str]) -> bytes:
    """The font with the feature `smcp` for these letters, drawn after the capitals of a heavier cut of it. As it is
    where it has no outlines of TrueType, or no such capitals."""
    import uharfbuzz as hb
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(face), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    if "glyf" not in font:
        return face
    names, drawn = font.getBestCmap(), hb.Font(hb.Face(hb.Blob(heavier)))
    made: dict[str, str] = {}
    for letter in sorted(letters):
        capital = drawn.get_nominal_glyph(ord(_capital(letter)))
        if ord(letter) not in names or not capital:
            continue
        pen = TTGlyphPen(None)
        drawn.draw_glyph_with_pen(capital, TransformPen(pen, (SCALE, 0, 0, SCALE, 0, 0)))
        name = made[names[ord(letter)]] = f"{names[ord(letter)]}.chapbook"
        glyph = pen.glyph()
        font["glyf"][name] = glyph
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (round(drawn.get_glyph_h_advance(capital) * SCALE), getattr(glyph, "xMin", 0))
    if not made:
        return face
    _add_feature(font, made)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _capital(letter: str) -> str:
    """The capital that a small one is drawn after: in Greek without its accents, as words in capitals have none."""
    capital = letter.upper()
    apart = normalize("NFD", capital)
    if apart[0] not in GREEK:
        return capital
    return normalize("NFC", apart[0] + "".join(sign for sign in apart[1:] if sign == DIAERESIS))


def _add_feature(font: Any, made: Mapping[str, str]) -> None:
    """Gives the font the feature `smcp`, in every script and language it knows: before all else that it does, or
    ligatures would be made of the letters first."""
    from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
    from fontTools.ttLib.tables import otTables

    if "GSUB" not in font:
        rules = " ".join(f"sub {one} by {other};" for one, other in made.items())
        addOpenTypeFeaturesFromString(font, f"feature smcp {{ {rules} }} smcp;")
        return
    table = font["GSUB"].table
    _count_up(table)
    single, lookup = otTables.SingleSubst(), otTables.Lookup()
    single.mapping = dict(made)
    lookup.LookupType, lookup.LookupFlag, lookup.SubTable = 1, 0, [single]
    table.LookupList.Lookup.insert(0, lookup)
    record, feature = otTables.FeatureRecord(), otTables.Feature()
    feature.FeatureParams, feature.LookupListIndex = None, [0]
    record.FeatureTag, record.Feature = "smcp", feature
    records = table.FeatureList.FeatureRecord
    has = {number for number, one in enumerate(records) if one.FeatureTag == "smcp"}  # small capitals of other letters
    for number in has:
        records[number].Feature.LookupListIndex = [0, *records[number].Feature.LookupListIndex]
    records.append(record)
    for script in table.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys, *(language.LangSys for language in script.Script.LangSysRecord)]
        for system in systems:
            if system is not None and has.isdisjoint(system.FeatureIndex):
                system.FeatureIndex.append(len(records) - 1)


def _count_up(table: Any) -> None:
    """Makes room for a lookup before all others: whatever names one by its number names the next."""
    from fontTools.ttLib.tables.otBase import BaseTable

    waiting: list[Any] = [table]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, BaseTable):
            one.ensureDecompiled()
            index = getattr(one, "LookupListIndex", None)
            if isinstance(index, int):
                one.LookupListIndex = index + 1
            elif index is not None:
                one.LookupListIndex = [number + 1 for number in index]
            waiting.extend(vars(one).values())
