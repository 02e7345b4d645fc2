"""Small capitals: every typeface has them in both engines, and the letters stay those of the author."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from pathlib import Path

import pymupdf
import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from converter.document.contracts import Engine
from converter.document.model import Book, Chapter, Emphasis, Metadata, Paragraph, Person, Strong, Styled, Text
from converter.themes import load_theme
from converter.themes.fonts import PACKAGES, font_file
from converter.writers import typefaces
from converter.writers.pdf import print_book
from converter.writers.small_capitals import draws_small, letters_wanted, own_forms_stay
from converter.writers.typefaces import cut, families_of, small_letters
from tests.print.feature import prose

WORDS = "fill the bold lid"
LETTERS = frozenset(WORDS.replace(" ", ""))
FACES = sorted({font_file(family, italic=italic) for family in PACKAGES for italic in (False, True)})


def shaped(font: bytes, text: str, **features: bool) -> list[int]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(hb.Face(hb.Blob(font))), buffer, features)
    return [int(info.codepoint) for info in buffer.glyph_infos]


@pytest.mark.parametrize("path", FACES, ids=lambda p: p.stem)
def test_every_face_of_ours_draws_small_capitals(path: Path) -> None:
    wanted = small_letters(path, 400, LETTERS)
    assert bool(wanted) != draws_small(str(path))
    font = cut(path, (("wght", 400.0),), frozenset(), wanted)
    plain, small = shaped(font, "fill", liga=False), shaped(font, "fill", smcp=True)
    assert len(small) == 4  # no ligature was made first
    assert not set(plain) & set(small)
    if wanted:
        assert shaped(font, "office (1)") == shaped(
            cut(path, (("wght", 400.0),)), "office (1)"
        )  # all else is as it was


@pytest.mark.parametrize("path", [p for p in FACES if not draws_small(str(p))], ids=lambda p: p.stem)
def test_those_that_are_made_are_capitals_of_four_fifths(path: Path) -> None:
    data = cut(path, (("wght", 400.0),), frozenset(), LETTERS)
    with TTFont(BytesIO(data)) as font:
        (capital,), (small,) = shaped(data, "H"), shaped(data, "h", smcp=True)
        order = font.getGlyphOrder()
        tall, low = (font["glyf"][order[glyph]].yMax for glyph in (capital, small))
        assert 0.77 < low / tall < 0.84
    anew = typefaces._cut.__wrapped__
    assert data == anew(path, (("wght", 400.0),), frozenset(), LETTERS, frozenset())  # the same bytes every time


@pytest.mark.parametrize("path", FACES, ids=lambda p: p.stem)
@pytest.mark.parametrize("word", ["жизнь", "λόγος", "ďěľ"])
def test_they_are_drawn_in_every_script_that_a_face_has(path: Path, word: str) -> None:
    """EB Garamond has small capitals of its own, but none in Cyrillic."""
    font = cut(path, (("wght", 400.0),), frozenset(), small_letters(path, 400, frozenset(word + "fil")))
    for letter in word:
        (plain,), (small,) = shaped(font, letter), shaped(font, letter, smcp=True)
        assert not plain or plain != small, letter
    assert not set(shaped(font, "fil", liga=False)) & set(shaped(font, "fil", smcp=True))


def test_greek_ones_have_no_accents() -> None:
    path = font_file("Source Code Pro")
    data = cut(path, (("wght", 400.0),), frozenset(), frozenset("αάϊΐ"))
    with TTFont(BytesIO(data)) as font:
        glyphs = [font["glyf"][font.getGlyphOrder()[shaped(data, letter, smcp=True)[0]]] for letter in "αάϊΐ"]
        assert glyphs[0].yMax == glyphs[1].yMax < glyphs[2].yMax == glyphs[3].yMax


def width(font: bytes, text: str, optical: float, **features: bool) -> float:
    face = hb.Font(hb.Face(hb.Blob(font)))
    face.set_variations({"opsz": optical})
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(face, buffer, features)
    return float(sum(place.x_advance for place in buffer.glyph_positions))


def test_a_face_with_optical_sizes_keeps_them_where_they_are_left_free() -> None:
    """Typst chooses them; what is made for one size has the same width in all."""
    path, axes = font_file("Source Serif 4", italic=True), (("opsz", 10.0), ("wght", 400.0))
    data = cut(path, axes, frozenset(), LETTERS, frozenset(["opsz"]))
    for size in (8.0, 10.0, 36.0):
        assert width(data, "Bold words, office", size) == width(path.read_bytes(), "Bold words, office", size)
        assert width(data, "fill", size, smcp=True) == width(data, "fill", 20.0, smcp=True)
    assert width(data, "Bold words", 8.0) > width(data, "Bold words", 36.0)


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_a_book_with_small_capitals_is_as_wide_as_one_without(engine: Engine) -> None:
    """Modern's typeface has optical sizes, and no small capitals in italics."""
    edges = []
    for marked in (Text("low"), Styled("small-caps", (Text("low"),))):
        book = Book(
            Metadata(title="Tin", language="en", identifier="urn:x:3"), (Chapter((*prose(3), Paragraph((marked,)))),)
        )
        document = pymupdf.open(stream=print_book(book, load_theme("modern"), engine=engine).data, filetype="pdf")
        edges.append([line for page in document for line in page.get_text().splitlines() if len(line) > 40])
    assert edges[0] == edges[1]


def test_a_face_keeps_what_its_other_features_refer_to() -> None:
    """A lookup before all others moves them: what one of them calls by number is called still."""
    path, axes = font_file("Crimson Pro"), (("wght", 400.0),)
    fonts = (TTFont(BytesIO(cut(path, axes, frozenset(), letters))) for letters in (frozenset(), LETTERS))
    with next(fonts) as before, next(fonts) as after:
        tables = [font["GSUB"].table for font in (before, after)]
        old, new = ({r.FeatureTag for r in t.FeatureList.FeatureRecord} for t in tables)
        assert new == old | {"smcp"}
        kinds = [
            {(r.FeatureTag, *(t.LookupList.Lookup[i].LookupType for i in r.Feature.LookupListIndex))
             for r in t.FeatureList.FeatureRecord if r.FeatureTag != "smcp"}
            for t in tables
        ]  # fmt: skip
        assert kinds[0] == kinds[1]


def story(*marked: Styled | Emphasis | Strong) -> Book:
    words = tuple(piece for one in marked for piece in (Text("and "), one, Text(" so ")))
    paragraph = Paragraph((Text("They read "), *words))
    return Book(Metadata(title="Tin", language="en", identifier="urn:x:2"), (Chapter((*prose(1), paragraph)),))


SMALL = Styled("small-caps", (Text(WORDS),))


@pytest.mark.slow
@pytest.mark.parametrize("style", ["romance", "modern", "serial", "classic"])
@pytest.mark.parametrize("around", ["upright", "italic", "bold"])
def test_both_engines_set_them_and_what_is_copied_is_what_was_written(style: str, around: str, engine: Engine) -> None:
    marked = {"upright": SMALL, "italic": Emphasis((SMALL,)), "bold": Strong((SMALL,))}[around]
    printed = print_book(story(marked), load_theme(style), engine=engine)
    assert not printed.findings
    document = pymupdf.open(stream=printed.data, filetype="pdf")
    page = next(page for page in document if "They read" in page.get_text())
    assert WORDS in " ".join(page.get_text().split())
    (lid,) = (w for w in page.get_text("words") if w[4] == "lid")
    size = next(s["size"] for b in page.get_text("dict")["blocks"] for ln in b.get("lines", ()) for s in ln["spans"]
                if "They" in s["text"])  # fmt: skip
    assert inked(page, pymupdf.Rect(lid[:4])) / size < 0.62  # `l` and `d` reach to .66 of it and more, capitals to .57


def inked(page: pymupdf.Page, room: pymupdf.Rect) -> float:
    """How high what is drawn here is, in points."""
    zoom = 12
    shown = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), clip=room, colorspace=pymupdf.csGRAY)
    rows = [
        y for y in range(shown.height) if min(shown.samples[y * shown.stride : y * shown.stride + shown.width]) < 128
    ]
    return (rows[-1] - rows[0] + 1) / zoom


@pytest.mark.slow
@pytest.mark.parametrize("style", ["classic", "romance"])
def test_in_russian_too(style: str, engine: Engine) -> None:
    paragraph = Paragraph((Text("Они "), Styled("small-caps", (Text("вино лед"),)), Text(" и они.")))
    book = Book(Metadata(title="Ω", language="ru", identifier="urn:x:4"), (Chapter((*prose(1), paragraph)),))
    document = pymupdf.open(stream=print_book(book, load_theme(style), engine=engine).data, filetype="pdf")
    page = next(page for page in document if "Они" in page.get_text())
    (wine,) = (w for w in page.get_text("words") if w[4] == "вино")
    spans = [s for b in page.get_text("dict")["blocks"] for ln in b.get("lines", ()) for s in ln["spans"]]
    size = next(s["size"] for s in spans if "Они" in s["text"])
    assert inked(page, pymupdf.Rect(wine[:4])) / size > 0.5  # small letters reach to .4


@pytest.mark.slow
def test_both_engines_draw_them_alike() -> None:
    high = {}
    for engine in ("weasyprint", "typst"):
        document = pymupdf.open(
            stream=print_book(story(SMALL), load_theme("romance"), engine=engine).data,
            filetype="pdf",  # type: ignore[arg-type]
        )
        page = next(page for page in document if "They read" in page.get_text())
        (lid,) = (w for w in page.get_text("words") if w[4] == "lid")
        high[engine] = inked(page, pymupdf.Rect(lid[:4])), lid[2] - lid[0]
    assert high["weasyprint"] == pytest.approx(high["typst"], abs=0.3)


def test_nothing_is_made_where_nothing_is_set_in_small_capitals() -> None:
    from converter.writers.pages import page_named
    from converter.writers.paper import paper

    sheet = page_named("a5")
    for style, wanted in (("romance", LETTERS), ("manuscript", frozenset()), ("large-print", frozenset())):
        theme = load_theme(style)
        assert letters_wanted(paper(story(SMALL), theme, sheet, "x"), theme.design) == wanted
        assert not letters_wanted(paper(story(), theme, sheet, "x"), theme.design)
    assert families_of(load_theme("romance"))["body"] == "Crimson Pro"
    assert not small_letters(font_file("EB Garamond"), 400, LETTERS)
    assert not small_letters(font_file("Crimson Pro"), 500, LETTERS)


LANGUAGES = "en de fr es it nl pt ca pl cs hu ro da sv nb fi is et lv lt hr sq ga mt sr bg".split()
WRITTEN = "abcdefghijklmnopqrstuvwxyzàáâäåæçèéêëíîïñóôöøùúûüýßąćčęěłńőœřśşšţůűźż"


@pytest.mark.parametrize("path", [p for p in FACES if draws_small(str(p))], ids=lambda p: p.stem)
def test_no_letter_stays_small_in_any_language(path: Path) -> None:
    """Neither by itself nor beside another, which could make a ligature of both."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
    made = small_letters(path, 400, frozenset(WRITTEN))
    letters = [letter for letter in WRITTEN if letter not in made]

    def glyphs(text: str, language: str, **features: bool) -> list[int]:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = language
        hb.shape(font, buffer, features)
        return [int(info.codepoint) for info in buffer.glyph_infos]

    plain = {glyph for language in ("en", "de") for letter in letters for glyph in glyphs(letter, language)}
    for language in LANGUAGES:
        features = {"smcp": True} | ({"locl": False} if own_forms_stay(str(path), language) else {})
        for one in letters:
            assert plain.isdisjoint(glyphs(one, language, **features)), (language, one)
        for one, other in product("cfirstk", letters):
            assert plain.isdisjoint(glyphs(one + other, language, **features, liga=False)), (language, one, other)


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_a_german_name_is_in_small_capitals_throughout(engine: Engine) -> None:
    """On the title page no letter behind the capital is higher than an other: an f would be."""
    book = Book(Metadata("Birnen", people=(Person("Sefer"),), language="de"), (Chapter(prose(2), (), (Text("Eins"),)),))
    data = print_book(book, load_theme("classic"), "a5", engine=engine).data
    page = next(p for p in pymupdf.open(stream=data, filetype="pdf") if "efer" in p.get_text())
    signs = [
        sign
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for sign in span["chars"]
        if "".join(c["c"] for c in span["chars"]).strip() == "Sefer"
    ]
    tops = []
    for sign in signs[1:]:
        x0, _, x1, _ = sign["bbox"]
        foot = sign["origin"][1]
        shown = page.get_pixmap(dpi=288, colorspace="gray", clip=pymupdf.Rect(x0, foot - 20, x1, foot))
        rows = [at // shown.width for at, grey in enumerate(shown.samples) if grey < 100]
        tops.append(min(rows))
    assert max(tops) - min(tops) <= 4, tops
