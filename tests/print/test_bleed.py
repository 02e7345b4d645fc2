"""A cover fills its page: nothing cut off, plain grounds run on, shapes are mirrored."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from converter.document.model import Resource
from converter.writers.bleed import bleeding_cover


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


def test_a_cover_of_the_same_proportions_or_unreadable_stays_as_it_is() -> None:
    same = cover(Image.new("RGB", (500, 800)))
    assert bleeding_cover(same, 5 / 8) == (same.data, "image/png")
    broken = Resource("cover.png", "image/png", b"not a picture")
    assert bleeding_cover(broken, 0.7) == (b"not a picture", "image/png")
