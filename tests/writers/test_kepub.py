"""KEPUB: Kobo's spans around every sentence, and not one word changed."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings

from converter.document.model import Book
from converter.writers.epub import write_epub
from converter.writers.kepub import kepub_of, write_kepub
from tests.strategies import books
from tests.writers.feature_book import BOOK, theme
from tests.writers.reading import X, epub_units, files, model_units, spine


def _bare_text(element: ElementTree.Element, inside: bool = False) -> list[str]:
    """Text that stands in no span, `pre` apart."""
    inside = inside or element.get("class") == "koboSpan" or element.tag == f"{X}pre"
    found = [element.text] if element.text and element.text.strip() and not inside else []
    for child in element:
        found += _bare_text(child, inside)
        found += [child.tail] if child.tail and child.tail.strip() and not inside else []
    return found


def _check(book: Book, data: bytes) -> None:
    assert epub_units(data) == model_units(book)
    held = files(data)
    for name in spine(data):
        root = ElementTree.fromstring(held[name])
        body = root.find(f"{X}body")
        assert body is not None
        assert [e.get("id") for e in (body[0], body[0][0])] == ["book-columns", "book-inner"]
        assert _bare_text(body) == []
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        numbers = [tuple(map(int, i.split(".")[1:])) for i in ids if str(i).startswith("kobo.")]  # type: ignore[union-attr]
        assert numbers == sorted(numbers)


def test_the_feature_book() -> None:
    data = write_kepub(BOOK, theme(opening="lead-in"))
    _check(BOOK, data)
    page = files(data)["EPUB/chapter-1.xhtml"].decode()
    assert re.search(r'<p><span class="koboSpan" id="kobo\.\d+\.1">Written on a train\. </span>', page)
    assert re.search(r'id="kobo\.\d+\.2">Be kind\.</span>', page)
    assert b"koboSpan" not in files(data)["EPUB/nav.xhtml"]
    assert b'properties="cover-image"' in files(data)["EPUB/content.opf"]


def test_of_a_finished_epub() -> None:
    """What is made of an EPUB is what is made of its book."""
    made, expected = kepub_of(write_epub(BOOK, theme())), write_kepub(BOOK, theme())
    assert files(made) == files(expected)
    assert next(iter(files(made))) == "mimetype"


@pytest.mark.parametrize("page", [b"<html><p>one", b'<!DOCTYPE x [<!ENTITY a "b">]><html>&a;&c;</html>'])
def test_of_a_damaged_epub(page: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xhtml", page)
    with pytest.raises(ValueError, match="no XML"):
        kepub_of(packed.getvalue())
    with pytest.raises(ValueError, match="damaged"):
        kepub_of(b"nothing")


def test_drawings_and_formulas_of_a_finished_epub_stay() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>In it. Yes.</text></svg>'
    body = f"<p>One. {svg} two<!-- x --> three.</p>"
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xhtml", page)
    made = files(kepub_of(packed.getvalue()))["a.xhtml"].decode()
    assert svg in made
    assert re.sub(r"<[^<>]*>", "", made.partition("<body>")[2]).split() == "One. In it. Yes. two three.".split()


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(books())
def test_any_book(book: Book) -> None:
    _check(book, write_kepub(book, theme()))
