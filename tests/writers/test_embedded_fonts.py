"""The typefaces that an EPUB brings along when it is asked to: whole for the text, small, free to be given on."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from converter.document.contracts import Theme
from converter.document.model import Book, Chapter, Metadata, Paragraph, Person, Preformatted, Text
from converter.themes import load_theme, theme_names
from converter.writers.epub import Extras, write_epub
from tests.writers.reading import files

WORDS = "The Æsir’s “café”, Привет, שלום, سلام — 1914–18…"
BOOK = Book(
    Metadata(title="The Lamp", people=(Person("Ann Bee"),), language="en", identifier="urn:x:1"),
    (
        Chapter((Paragraph((Text(WORDS),)), Preformatted("x = 1 # zwölf")), title=(Text("Ünder"),)),
        Chapter((Paragraph((Text("More."),)),), title=(Text("Two"),)),
    ),
)
FONTS = Extras(embed_fonts=True)


def fonts_of(book: dict[str, bytes]) -> dict[str, TTFont]:
    return {name: TTFont(BytesIO(data)) for name, data in book.items() if name.endswith(".ttf")}


@pytest.mark.parametrize("name", theme_names())
def test_every_letter_has_a_face(name: str) -> None:
    book = files(write_epub(BOOK, load_theme(name), FONTS))
    fonts = fonts_of(book)
    held = {c for font in fonts.values() for c in font.getBestCmap()}
    assert {ord(c) for c in WORDS + "The Lamp Ünder zwölf" if not c.isspace()} <= held
    css = book["EPUB/style.css"].decode()
    named = dict(re.findall(r"font-family: (\"[^\"]+\");[^}]*?src: url\(([^)]+)\)", css))
    assert {f"EPUB/{place}" for place in re.findall(r"src: url\(([^)]+)\)", css)} == set(fonts)
    assert all(css.count(family) > 1 for family in named), "a face that nothing uses"
    assert sum(map(len, (book[f] for f in fonts))) < 400_000


@pytest.mark.parametrize("name", theme_names())
def test_faces_have_names_of_their_own_and_licences_beside_them(name: str) -> None:
    book = files(write_epub(BOOK, load_theme(name), FONTS))
    for font in fonts_of(book).values():
        names = {entry.nameID: str(entry) for entry in font["name"].names}
        assert names[1].startswith("book-")
        assert names[6].startswith("book-")
    licences = [data for place, data in book.items() if place.startswith("META-INF/licences/")]
    assert licences
    assert all(b"SIL OPEN FONT LICENSE Version 1.1" in text and text.startswith(b"Copyright") for text in licences)


def test_the_same_bytes_each_time_and_nothing_unasked() -> None:
    theme = load_theme("modern")
    assert write_epub(BOOK, theme, FONTS) == write_epub(BOOK, theme, FONTS)
    assert not fonts_of(files(write_epub(BOOK, theme)))


def test_a_style_with_fonts_of_its_own_keeps_them() -> None:
    shipped = load_theme("modern")
    css = '@font-face { font-family: "Own"; src: url(own.ttf) } p { font-family: "Own" }' + shipped.epub_css
    own = Theme("own", "Own", "", css, "", shipped.settings, {"own.ttf": b"\0\1\0\0"})
    assert [n for n in files(write_epub(BOOK, own, FONTS)) if n.endswith(".ttf")] == ["EPUB/own.ttf"]


def test_a_text_in_a_script_that_no_face_has_is_left_to_the_reader() -> None:
    chapters = (Chapter((Paragraph((Text("夜里没有人过河，船夫说着把灯举高了一些。"),)),), title=(Text("第一章"),)),)
    book = Book(Metadata(title="渡口", language="zh", identifier="urn:x:2"), chapters)
    assert not fonts_of(files(write_epub(book, load_theme("classic"), FONTS)))
