"""Covers of every size: composed anew, of few bytes."""

from __future__ import annotations

from io import BytesIO
from statistics import median

import pytest
from click.testing import CliRunner
from PIL import Image

from converter.build.settings import layer
from converter.cli import chapbook
from converter.covers import draw_cover
from converter.covers.draw import compose
from converter.covers.layouts import LAYOUTS
from converter.covers.moods import MOODS
from converter.covers.sheet import HEIGHT, SAFE, WIDTH, Sheet
from converter.document.errors import SettingError
from tests.covers.titles import TITLES, story

SIZES = ((300, 300), (600, 960), (1072, 1448), (1400, 2100), (1500, 3000), (2400, 2400))
MOST, USUAL = 0.1, 0.045
"""Bytes for a pixel: of any cover, and of half of them."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_few_bytes(layout: str) -> None:
    shares = []
    for mood in MOODS:
        data = draw_cover(
            story("The Lantern Road", "Ines Hollander", genres=(mood,), tags=MOODS[mood].words[:2]), family=layout
        ).data
        shares.append(len(data) / (WIDTH * HEIGHT))
    shares.append(len(draw_cover(TITLES["series-long"], family=layout).data) / (WIDTH * HEIGHT))
    assert max(shares) <= MOST


def test_half_of_the_covers_have_very_few_bytes() -> None:
    shares = [
        len(draw_cover(story("The Lantern Road", "Ines Hollander", genres=(mood,))).data) / (WIDTH * HEIGHT)
        for mood in (MOODS[name].words[0] for name in MOODS)
    ]
    assert median(shares) <= USUAL


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", SIZES)
def test_any_size_is_composed_for_itself(layout: str, size: tuple[int, int]) -> None:
    for name in ("series", "long", "japanese", "many-authors"):
        sheet = compose(TITLES[name], layout, Sheet, size)
        assert sheet.image.size == size
        page = sheet.page
        assert page.width / page.height == pytest.approx(size[0] / size[1], rel=0.01)
        for text in sheet.written:
            assert text.box.left >= page.left + SAFE - 8, text
            assert text.box.right <= page.right - SAFE + 8, text
            assert text.box.top >= page.top + SAFE - 8, text
            assert text.box.bottom <= page.bottom - 90, text
        usual = next(w.size for w in compose(TITLES[name], layout, Sheet).written if w.role == "title")
        assert next(w.size for w in sheet.written if w.role == "title") >= usual * 0.7


@pytest.mark.parametrize("layout", LAYOUTS)
def test_another_size_is_the_same_picture(layout: str) -> None:
    with Image.open(BytesIO(draw_cover(TITLES["plain"], family=layout).data)) as large:
        expected = large.convert("L").resize((60, 96), Image.Resampling.BOX).tobytes()
    with Image.open(BytesIO(draw_cover(TITLES["plain"], family=layout, size=(750, 1200)).data)) as small:
        seen = small.convert("L").resize((60, 96), Image.Resampling.BOX).tobytes()
    assert sum(abs(a - b) > 48 for a, b in zip(seen, expected, strict=True)) < 0.02 * len(seen)


def test_the_option_draws_that_size(tmp_path) -> None:
    place = tmp_path / "cover.png"
    done = CliRunner().invoke(chapbook, ["cover", "--title", "Dust", "--cover-size", "600 x 900", "-o", str(place)])
    assert done.exit_code == 0, done.output
    with Image.open(place) as image:
        assert image.size == (600, 900)


@pytest.mark.parametrize(
    "size", ["", "600", "600x", "x", "200x320", "900x600", "600x1300", "5000x8000", "-600x900", "6e2x900"]
)
def test_what_is_no_size_is_refused(size: str) -> None:
    if not size:
        assert layer({"cover-size": size}) == {}
        return
    with pytest.raises(SettingError, match="cover-size"):
        layer({"cover-size": size})
    assert layer({"cover-size": "600×900"}) == {"cover_size": "600x900"}
