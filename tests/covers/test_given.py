"""A person's own image: what is taken, what is changed, what is refused in one line."""

from __future__ import annotations

import struct
import zlib
from hashlib import shake_256
from io import BytesIO

import pytest
from PIL import Image

from converter.covers import check_cover
from converter.covers.user_cover import MOST_BYTES
from converter.document.errors import SettingError


def picture(size: tuple[int, int] = (600, 900), mode: str = "RGB") -> Image.Image:
    return Image.merge("RGB", [Image.linear_gradient("L").resize(size)] * 3).convert(mode)


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP"])
def test_six_formats_by_content(form: str) -> None:
    cover = check_cover(encoded(picture(), form), "mine.dat")
    assert (cover.name, cover.media_type) == ("cover.jpg", "image/jpeg")
    image = opened(cover.data)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (600, 900))


def test_a_fine_jpeg_is_kept_byte_for_byte() -> None:
    data = encoded(picture(), "JPEG", quality=77)
    assert check_cover(data, "mine.jpg").data == data


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_print_colours_become_rgb(mode: str) -> None:
    assert opened(check_cover(encoded(picture(mode=mode), "JPEG"), "mine.jpg").data).mode == "RGB"


@pytest.mark.parametrize("mode", ["1", "P", "L", "LA", "RGBA", "I;16"])
def test_every_kind_of_png(mode: str) -> None:
    image = picture(mode="L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = image.convert("I").point(lambda v: v * 257).convert("I;16")
    bright = opened(check_cover(encoded(image, "PNG"), "mine.png").data).convert("L").getextrema()
    assert bright[0] < 40
    assert bright[1] > 200


def test_transparent_parts_become_white() -> None:
    image = Image.new("RGBA", (300, 400), (10, 20, 30, 0))
    assert opened(check_cover(encoded(image, "PNG"), "mine.png").data).getpixel((5, 5)) == (255, 255, 255)


def test_a_turned_photograph_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    cover = check_cover(encoded(picture((900, 600)), "JPEG", exif=exif), "photo.jpg")
    image = opened(cover.data)
    assert image.size == (600, 900)
    assert image.getexif().get(0x0112, 1) == 1


def test_a_large_image_is_made_smaller_in_its_own_shape() -> None:
    image = opened(check_cover(encoded(Image.new("RGB", (4000, 6000), "teal"), "PNG"), "scan.png").data)
    assert image.width * image.height <= 1500 * 2400
    assert abs(image.width / image.height - 2 / 3) < 0.01
    assert image.width * image.height > 1500 * 2400 * 0.98


def test_a_small_file_is_kept_and_a_heavy_one_is_not() -> None:
    noise = Image.frombytes("RGB", (1500, 2400), shake_256(b"noise").digest(1500 * 2400 * 3))
    heavy = encoded(noise, "JPEG", quality=95)
    assert len(heavy) > MOST_BYTES
    assert len(check_cover(heavy, "photo.jpg").data) < len(heavy) * 0.8
    assert opened(check_cover(heavy, "photo.jpg", (600, 960)).data).size == (600, 960)
    light = encoded(picture((1600, 2400)), "JPEG")
    assert check_cover(light, "mine.jpg", (600, 960)).data == light


def bomb(width: int, height: int) -> bytes:
    """A PNG whose header promises more than it holds."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 900)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"Once upon a time there was no image at all.", "not an image"),
        (b"%PDF-1.7 and so on", "not an image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not an image"),
        (encoded(picture(), "PNG")[:1500], "broken"),
        (encoded(picture(), "JPEG")[:3000], "broken"),
        (encoded(picture(), "WEBP")[:700], "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken|not an image"),
        (b"GIF89a", "broken|not an image"),
        (encoded(picture((99, 500)), "PNG"), "too small"),
        (bomb(50_000, 50_000), "too large"),
        (bomb(10_000, 5_000), "too large"),
        (bomb(1000, 1000), "broken"),
    ],
)
def test_what_is_no_cover_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(SettingError, match=said) as caught:
        check_cover(data, "folder/mine.png")
    message = str(caught.value)
    assert message.startswith("folder/mine.png: ")
    assert "\n" not in message
    assert caught.value.remedy


def test_same_image_same_bytes() -> None:
    data = encoded(picture(mode="RGBA"), "PNG")
    assert check_cover(data, "a").data == check_cover(data, "b").data
