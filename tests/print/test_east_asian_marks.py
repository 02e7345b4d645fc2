"""Brackets, quotation marks, dashes and dots of East Asia: of the signs' own typeface, as wide as they are to be, and
none prints over its neighbour (GB/T 15834; W3C, Requirements for Japanese Text Layout, 3.1; Chinese, 3.1.3)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Book, Chapter, Metadata, Paragraph, Strong, Text
from converter.themes import load_theme
from converter.themes.fonts import font_file
from converter.writers.pdf import print_book

BRACKETS = ("（）", "「」", "『』", "〈〉", "《》", "【】", "〔〕", "“”", "‘’")
MARKS = "，、。：；！？"
KOREAN = str.maketrans("，、。：；！？", ",,.:;!?")
FAMILIES = {"zh": "Noto Serif SC", "zh-TW": "Noto Serif TC", "ja": "Noto Serif JP", "ko": "Noto Serif KR"}
OVER = 0.02  # em: curves are drawn to a unit or two
Glyph = tuple[str, str, float, float]  # the sign, its font, where it begins, the type's size


@cache
def drawn(family: str) -> dict[str, tuple[float, float]]:
    """How far from its beginning each sign of a family has ink, in em."""
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(font_file(family))))
    font = hb.Font(face)
    found = {}
    for sign in {*"".join(BRACKETS), *MARKS, *"水물―…"}:
        glyph = font.get_nominal_glyph(ord(sign))
        extents = font.get_glyph_extents(glyph) if glyph else None
        if extents:
            left, right = extents.x_bearing, extents.x_bearing + extents.width
            found[sign] = left / face.upem, right / face.upem
    return found


def with_marks(language: str) -> tuple[str, ...]:
    sign = "물" if language == "ko" else "水"
    texts = [
        f"{sign}{opens}{sign}{closes}{mark}{sign}{mark}{opens}{sign}{closes}{sign}{closes}{opens}{sign}"
        for opens, closes in BRACKETS
        for mark in MARKS
    ]
    return tuple(text.translate(KOREAN) if language == "ko" else text for text in texts)


def rows(texts: tuple[str, ...], language: str, theme: str, engine: Engine) -> Iterator[list[Glyph]]:
    """The lines of a book of these paragraphs, in signs."""
    paragraphs = tuple(Paragraph((Text(text),)) for text in texts)
    book = Book(Metadata(title="Ω", language=language), (Chapter(paragraphs),))
    with pymupdf.open(stream=print_book(book, load_theme(theme), engine=engine).data) as document:
        for page in document:
            found: dict[int, list[Glyph]] = {}
            for span in page.get_texttrace():
                for code, _, (x, y), _ in span["chars"]:
                    found.setdefault(round(y), []).append((chr(code), span["font"], x, span["size"]))
            yield from (sorted(row, key=lambda glyph: glyph[2]) for _, row in sorted(found.items()))


@pytest.mark.parametrize("theme", ["classic", "serial"])
@pytest.mark.parametrize("language", FAMILIES)
def test_no_mark_prints_over_its_neighbour(language: str, theme: str, engine: Engine) -> None:
    ink = drawn(FAMILIES[language])
    texts = with_marks(language)
    seen = 0
    for row in rows(texts, language, theme, engine):
        said = "".join(sign for sign, *_ in row)
        seen += said in texts
        for (sign, _, x, size), (other, _, x_other, _) in pairwise(row):
            if sign in ink and other in ink and x != x_other:  # else one glyph stands for both
                gap = x_other / size + ink[other][0] - x / size - ink[sign][1]
                assert gap > -OVER, f"{sign}{other} in {said}: {gap:.2f} em"
    assert seen == len(texts)


@pytest.mark.parametrize("theme", ["classic", "romance", "serial"])
@pytest.mark.parametrize("language", FAMILIES)
def test_marks_are_of_the_signs_own_typeface(language: str, theme: str, engine: Engine) -> None:
    wide = {*"".join(BRACKETS), *"，、。；！？—…―"}
    text = "".join(BRACKETS) + ("，、。；！？" if language != "ko" else "") + "——……――"
    faces = {font for row in rows((text,), language, theme, engine) for sign, font, *_ in row if sign in wide}
    name = FAMILIES[language].replace(" ", "")
    assert faces
    assert all(name[4:] in face.replace("-", "") for face in faces), faces


@pytest.mark.parametrize("language", ["zh", "zh-TW", "ja"])
@pytest.mark.parametrize("theme", ["classic", "romance", "serial"])
@pytest.mark.parametrize(("text", "wide"), [("水《水》水", 5), ("水――水", 4), ("水……水", 4), ("水——水", 4)])
def test_they_are_as_wide_as_signs(language: str, theme: str, text: str, wide: int, engine: Engine) -> None:
    (row,) = (row for row in rows((text,), language, theme, engine) if "".join(sign for sign, *_ in row) == text)
    assert (row[-1][2] - row[0][2]) / row[0][3] + 1 == pytest.approx(wide, abs=0.02)


@pytest.mark.parametrize("language", ["en", "de"])
def test_so_they_are_among_words_of_other_languages(language: str, engine: Engine) -> None:
    ink = drawn("Noto Serif SC")
    text = "He read 《水》，and 《水》《水》. 水――水"
    (row,) = (row for row in rows((text,), language, "classic", engine) if any(sign == "《" for sign, *_ in row))
    for (sign, _, x, size), (other, _, x_other, _) in pairwise(row):
        if sign in ink and other in ink and x != x_other:
            assert x_other / size + ink[other][0] - x / size - ink[sign][1] > -OVER, f"{sign}{other}"
    one, two = (x for sign, _, x, _ in row[-4:] if sign == "水")
    assert (two - one) / row[0][3] == pytest.approx(3, abs=0.02), "a dash of two signs"


def test_no_words_in_capitals_begin_a_chapter_of_signs(engine: Engine) -> None:
    text = "他说Hollis Bram来了。" * 3
    found = list(rows((text,), "zh", "classic", engine))
    latin = {font for row in found for sign, font, *_ in row if sign in "Hollis"}
    sizes = {round(size) for row in found for sign, _, _, size in row if sign in "他说来"}
    assert latin
    assert not any("SmallCaps" in font for font in latin)
    assert len(sizes) == 1, "a drop cap"


@pytest.mark.parametrize("language", ["zh", "ja", "en"])
def test_strong_signs_are_of_one_bold_face(language: str, engine: Engine) -> None:
    paragraph = Paragraph((Text("水门 "), Strong((Text("欢迎光临，水"),)), Text(" 门水")))
    book = Book(Metadata(title="Ω", language=language), (Chapter((paragraph,)),))
    with pymupdf.open(stream=print_book(book, load_theme("classic"), engine=engine).data) as document:
        spans = [span for page in document for span in page.get_texttrace()]
    fonts: dict[str, set[str]] = {}
    for span in spans:
        for code, *_ in span["chars"]:
            fonts.setdefault(chr(code), set()).add(span["font"])
    assert all("Bold" in face for sign in "欢迎光临，" for face in fonts[sign]), fonts
    assert not fonts["欢"] & fonts["门"]
    assert len(fonts["水"]) == 2
