"""The wrap-around cover: measures that print shops ask for, words where they belong, and nothing where the barcode is."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from PIL import Image, ImageChops

from converter.covers import check_cover
from converter.covers.back import BARCODE, BARCODE_EDGE, Dress, draw_back
from converter.covers.sheet import Sheet
from converter.covers.wrap import BLEED, DPI, Paper, Wrap, draw_wrap, wrap_of
from converter.document.errors import SettingError
from converter.document.model import Metadata, Person
from converter.writers.print_cover import coarse, write_print_cover

BLURB = "Nobody had thought to light the lamp at the end of the mole.\nIt wore boots. So did the constable."
STORY = Metadata(
    title="The Salt Road", people=(Person("Ada Thorn"),), language="en", description=BLURB, isbn="9780306406157"
)
DRESS = Dress((20, 40, 60), (250, 250, 250), (200, 160, 60), "EB Garamond")


def drawn(metadata: Metadata, wrap: Wrap) -> Image.Image:
    image = Image.open(BytesIO(draw_wrap(metadata, wrap)[0]))
    image.load()
    return image


def busy(image: Image.Image) -> bool:
    """Whether something is drawn there that differs from its first pixel, by more than a JPEG's noise."""
    ground = Image.new("RGB", image.size, image.getpixel((0, 0)))  # type: ignore[arg-type]
    return max(high for _, high in ImageChops.difference(image, ground).getextrema()) > 60  # type: ignore[misc]


@pytest.mark.parametrize(
    ("paper", "pages", "spine"),
    [("cream", 200, 0.5), ("white", 200, 0.4504), ("colour", 200, 0.4694), ("white", 24, 0.054048)],
)
def test_the_measures(paper: str, pages: int, spine: float) -> None:
    wrap = Wrap(5, 8, pages, paper)  # type: ignore[arg-type]
    assert wrap.spine == pytest.approx(spine)
    assert wrap.sheet == (pytest.approx(10.25 + spine), pytest.approx(8.25))


@pytest.mark.parametrize("pages", [0, 23, 829, -4])
def test_too_few_pages_and_too_many_are_refused_in_a_line(pages: int) -> None:
    with pytest.raises(SettingError, match=r"on white paper has 24 to 828") as refused:
        wrap_of(5, 8, pages, "white")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("width", "height", "paper", "most"),
    [
        (5, 8, "white", 828), (5, 8, "cream", 776), (6, 9, "colour", 828), (7, 10, "cream", 776),
        (8.5, 11, "white", 590), (8.5, 11, "cream", 550), (8.268, 11.693, "white", 780), (8.268, 11.693, "colour", 590),
    ],
)  # fmt: skip
def test_the_most_pages_are_those_of_the_paper_and_the_size(
    width: float, height: float, paper: Paper, most: int
) -> None:
    assert wrap_of(width, height, most, paper).pages == most
    with pytest.raises(SettingError, match=f"24 to {most}"):
        wrap_of(width, height, most + 1, paper)


def test_the_boxes_and_the_picture_of_the_pdf() -> None:
    wrap = Wrap(5, 8, 240, "cream")
    data, findings = write_print_cover(STORY, wrap)
    assert findings == ()
    assert data == write_print_cover(STORY, wrap)[0]
    with pikepdf.open(BytesIO(data)) as pdf:
        (page,) = pdf.pages
        whole = [0, 0, (10.25 + 0.6) * 72, 8.25 * 72]
        assert [float(n) for n in page.mediabox] == pytest.approx(whole, abs=0.001)
        assert [float(n) for n in page.obj.BleedBox] == pytest.approx(whole, abs=0.001)
        assert [float(n) for n in page.trimbox] == pytest.approx([9, 9, whole[2] - 9, whole[3] - 9], abs=0.001)
        (image,) = page.get_images().values()
        assert int(image.Width) == pytest.approx(10.85 * DPI, abs=1)
        assert int(image.Height) == 8.25 * DPI
        assert str(pdf.docinfo["/Title"]) == "The Salt Road"
        assert str(pdf.docinfo["/Author"]) == "Ada Thorn"


@pytest.mark.parametrize(("pages", "words"), [(78, False), (79, True), (400, True), (828, True)])
def test_the_spine_has_words_from_79_pages_on_and_a_clear_edge(pages: int, words: bool) -> None:
    wrap = Wrap(5, 8, pages, "white")
    image = drawn(STORY, wrap)
    left, right = round((BLEED + 5) * DPI), round((BLEED + 5 + wrap.spine) * DPI)
    top, bottom = round(0.3 * DPI), image.height - round(0.3 * DPI)
    assert busy(image.crop((left + 3, top, right - 3, bottom))) == words
    clear = round(0.0625 * DPI) - 3
    assert not busy(image.crop((left + 3, top, left + clear, bottom)))
    assert not busy(image.crop((right - clear, top, right - 3, bottom)))
    if words:  # the title stands above, the author below
        middle = round((BLEED + 4) * DPI)
        assert busy(image.crop((left + 3, top, right - 3, middle)))
        assert busy(image.crop((left + 3, middle + DPI, right - 3, bottom)))


@pytest.mark.parametrize("size", [(5.0, 8.0), (4.25, 6.875), (8.5, 11.0)])
@pytest.mark.parametrize("length", [0, 60, 400, 3000])
def test_the_back_has_the_description_and_room_for_the_barcode(size: tuple[float, float], length: int) -> None:
    text = " ".join(f"sentence {n} ends here." for n in range(length))[:length]
    metadata = Metadata(title="The Salt Road", people=(Person("Ada Thorn"),), description=text, isbn=STORY.isbn)
    wrap = Wrap(*size, 200)
    sheet = Sheet(DRESS.ground, wrap.panel)
    findings = draw_back(sheet, metadata, size, BLEED, DPI, DRESS)
    right, bottom = (BLEED + size[0] - BARCODE_EDGE) * DPI, (BLEED + size[1] - BARCODE_EDGE) * DPI
    free = (round(right - BARCODE[0] * DPI), round(bottom - BARCODE[1] * DPI), round(right), round(bottom))
    assert not busy(sheet.image.crop(free))
    written = {text.role for text in sheet.written}
    assert written == {"title", "isbn", "description" if length else "author"}
    for words in sheet.written:
        left, top, right, bottom = sheet.pixels(words.box)
        edge = (BLEED + 0.25) * DPI
        assert edge <= left < right <= wrap.panel[0] - edge
        assert edge <= top < bottom <= wrap.panel[1] - edge
    shown = " ".join(words.text for words in sheet.written if words.role == "description")
    if findings:
        assert [f.code for f in findings] == ["cover-cut"]
        assert text.startswith(shown.rstrip("…"))
        assert shown.endswith((".", "…"))
    else:
        assert shown == " ".join(text.split())
    assert bool(findings) == (length == 3000 and size[0] < 8)


def test_a_description_that_no_font_can_show_is_left_off() -> None:
    odd = Metadata(title="Salt", people=(Person("Ada Thorn"),), description="Gothic 𐌰𐌱 runes.", language="en")
    sheet = Sheet(DRESS.ground, (900, 1400))
    assert [f.code for f in draw_back(sheet, odd, (2.75, 4.4), BLEED, DPI, DRESS)] == ["cover-letters"]
    assert {text.role for text in sheet.written} == {"title", "author"}


def test_a_person_s_own_picture_is_the_front_and_gives_the_ground() -> None:
    out = BytesIO()
    picture = Image.new("RGB", (1575, 2475), (200, 30, 40))
    picture.paste((10, 200, 10), (600, 1000, 1000, 1400))
    picture.save(out, "PNG")
    own = check_cover(out.getvalue(), "mine.png", (1575, 2475))
    wrap = Wrap(5, 8, 200)
    assert coarse(own, wrap) == ()
    data, _ = write_print_cover(STORY, wrap, own)
    with pikepdf.open(BytesIO(data)) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        shown = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    fold = round((BLEED + 5 + wrap.spine) * DPI)
    for place, colour in (
        ((fold + 800 - 38, 1200), (10, 200, 10)),
        ((fold + 100, 300), (200, 30, 40)),
        ((20, 20), (200, 30, 40)),
        ((fold - 40, 20), (200, 30, 40)),
    ):
        seen = shown.getpixel(place)
        assert all(abs(a - b) < 12 for a, b in zip(seen, colour, strict=True)), place  # type: ignore[arg-type]
    small = BytesIO()
    picture.resize((500, 800)).save(small, "PNG")
    assert [f.code for f in coarse(check_cover(small.getvalue(), "mine.png"), wrap)] == ["cover-coarse"]


def test_the_front_is_on_the_left_of_a_book_from_right_to_left() -> None:
    plain, mirrored = drawn(STORY, Wrap(5, 8, 100)), drawn(STORY, Wrap(5, 8, 100, mirrored=True))
    inner = round(0.3 * DPI)
    width = round(4.5 * DPI)
    there = plain.crop((plain.width - inner - width, inner, plain.width - inner, plain.height - inner))
    here = mirrored.crop((inner, inner, inner + width, plain.height - inner))
    shifts = (ImageChops.difference(there, ImageChops.offset(here, dx, 0)).resize((1, 1)) for dx in range(-70, 71))
    assert min(max(s.getpixel((0, 0))) for s in shifts) < 12  # type: ignore[arg-type]
