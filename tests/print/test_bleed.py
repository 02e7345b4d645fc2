"""A cover fills its page: nothing cut off, plain grounds run on, shapes are mirrored."""

from __future__ import annotations

import io
from dataclasses import replace

import pymupdf
import pytest
from PIL import Image, ImageDraw

from converter.build.formats import WriteOptions
from converter.build.page_cover import with_page_cover
from converter.build.pipeline import covered, understand
from converter.build.settings import Settings
from converter.document.contracts import Engine, Source
from converter.document.model import Chapter, Resource
from converter.themes import load_theme
from converter.writers.bleed import bleeding_cover
from converter.writers.pages import page_named
from converter.writers.pdf import print_book
from tests.print.feature import prose, small, text


def cover(image: Image.Image) -> Resource:
    out = io.BytesIO()
    image.save(out, "PNG")
    return Resource("cover.png", "image/png", out.getvalue())


def bled(image: Image.Image, proportion: float) -> Image.Image:
    data, media_type = bleeding_cover(cover(image), proportion)
    assert media_type == "image/jpeg"
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("proportion", [148 / 210, 0.5, 1.4])
def test_the_whole_picture_is_there_in_the_wanted_proportions(proportion: float) -> None:
    image = Image.new("RGB", (500, 800), (20, 80, 140))
    ImageDraw.Draw(image).rectangle((1, 1, 20, 20), fill=(250, 10, 10))
    made = bled(image, proportion)
    assert made.width / made.height == pytest.approx(proportion, abs=0.01)
    left, top = (made.width - 500) // 2, (made.height - 800) // 2
    assert made.getpixel((left + 10, top + 10))[0] > 200  # type: ignore[index]


def test_a_plain_ground_runs_on() -> None:
    made = bled(Image.new("RGB", (500, 800), (20, 80, 140)), 1.0)
    for x in (0, 100, 799):
        assert all(abs(a - b) < 6 for a, b in zip(made.getpixel((x, 400)), (20, 80, 140), strict=True))  # type: ignore[arg-type]


def test_a_shape_at_the_edge_is_mirrored_not_drawn_out() -> None:
    image = Image.new("RGB", (500, 800), (255, 255, 255))
    ImageDraw.Draw(image).ellipse((400, 300, 600, 500), fill=(0, 0, 0))
    made = bled(image, 0.75)
    edge, out = 50 + 499, made.width - 1
    black = sum(made.getpixel((out, y))[0] < 100 for y in range(800))  # type: ignore[index]
    assert black < sum(made.getpixel((edge, y))[0] < 100 for y in range(800))  # type: ignore[index]


def test_nothing_can_be_read_in_what_continues_a_cover() -> None:
    image = Image.new("RGB", (500, 800), (255, 255, 255))
    for y in range(0, 800, 40):
        ImageDraw.Draw(image).rectangle((0, y, 30, y + 12), fill=(0, 0, 0))
    made = bled(image, 0.75)
    strip, own = ([made.getpixel((x, y))[0] for y in range(800)] for x in (25, 50 + 10))  # type: ignore[index]
    assert max(own) - min(own) > 240
    assert max(strip) - min(strip) < 160


@pytest.mark.parametrize("page", ["a5", "phone", "letter", "140x140mm"])
def test_a_drawn_cover_has_the_shape_of_its_page(page: str) -> None:
    source = Source("short.txt", b"The Short One\n\nHe came back to the lamp that he had left.\n", ".txt")
    theme, options = load_theme("classic"), WriteOptions(page)
    reading = covered(understand([source], Settings()), theme)
    drawn = with_page_cover(reading, theme, options).cover
    assert drawn
    assert reading.book.cover
    with Image.open(io.BytesIO(drawn.data)) as image, Image.open(io.BytesIO(reading.book.cover.data)) as before:
        sheet = page_named(page)
        assert image.width / image.height == pytest.approx(sheet.width / sheet.height, abs=0.005)
        assert image.width * image.height == pytest.approx(before.width * before.height, rel=0.01)
    assert bleeding_cover(drawn, sheet.width / sheet.height) == (drawn.data, "image/jpeg")


def test_a_person_s_picture_stays_as_it_is() -> None:
    source = Source("short.txt", b"The Short One\n\nHe came back to the lamp that he had left.\n", ".txt")
    theme, reading = load_theme("classic"), understand([source], Settings())
    reading = replace(reading, book=replace(reading.book, cover=cover(Image.new("RGB", (500, 800)))))
    assert with_page_cover(covered(reading, theme), theme, WriteOptions("phone")) is reading.book
    printed = WriteOptions("a5", made_for="print")
    assert with_page_cover(covered(reading, theme), theme, printed).cover == reading.book.cover


def test_a_cover_of_the_same_proportions_or_unreadable_stays_as_it_is() -> None:
    same = cover(Image.new("RGB", (500, 800)))
    assert bleeding_cover(same, 5 / 8) == (same.data, "image/png")
    broken = Resource("cover.png", "image/png", b"not a picture")
    assert bleeding_cover(broken, 0.7) == (b"not a picture", "image/png")


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
@pytest.mark.parametrize("page", ["a5", "phone", "a4"])
def test_a_cover_fills_its_page_to_the_last_pixel(engine: Engine, page: str) -> None:
    """At any size at which a page is shown; it is no reason for another page."""
    dark = cover(Image.new("RGB", (800, 1280), (20, 40, 90)))
    book = replace(small(Chapter(prose(1), (), text("One"))), cover=dark)
    document = pymupdf.open(stream=print_book(book, load_theme("classic"), page, engine=engine).data, filetype="pdf")
    assert "One" in document[2].get_text()
    for dpi in (72, 100, 150, 200, 217):
        shown = document[0].get_pixmap(dpi=dpi)
        edges = ((shown.width // 2, shown.height - 1), (shown.width - 1, shown.height // 2), (0, 9), (9, 0))
        assert all(max(shown.pixel(*at)) < 120 for at in edges), dpi
