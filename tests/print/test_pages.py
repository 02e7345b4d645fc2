"""The table of pages: every row says who says so, sizes are what that says, margins are what printers ask."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from converter.document.errors import SettingError
from converter.writers import pages as module
from converter.writers.pages import INCH, PAGES, page_for, page_named, with_gutter

TABLE = tomllib.loads(Path(module.__file__).with_suffix(".toml").read_text("utf-8"))
PIXELS = re.compile(r"(\d+) x (\d+) pixels at (\d+) ppi: \w")
ASKED = "a5 a4 letter 5x8 5.25x8 5.5x8.5 6x9 b6 pocket".split()
DEVICES = "kobo-clara kobo-libra kindle-paperwhite kindle-scribe remarkable-2 boox-note ipad phone".split()
OLDER = "a6 kindle-pw kindle-oasis kobo-elipsa pocketbook-inkpad remarkable".split()
KDP = ((24, 0.375), (150, 0.375), (151, 0.5), (300, 0.5), (301, 0.625), (500, 0.625), (501, 0.75), (700, 0.75),
       (701, 0.875), (828, 0.875))  # fmt: skip


@pytest.mark.parametrize("name", [*ASKED, *DEVICES, *OLDER])
def test_every_page_has_a_name_and_a_source(name: str) -> None:
    row = TABLE["paper"].get(name) or TABLE["screen"][name]
    row = TABLE["screen"][row["same"]] if "same" in row else row
    assert len(row["source"]) > 5
    page = page_named(name)
    assert (page.width, page.height) == (row["width"], row["height"])
    assert page.bound == page.heads == (name in TABLE["paper"])


@pytest.mark.parametrize("name", [n for n, row in TABLE["screen"].items() if "source" in row])
def test_a_screen_is_as_large_as_its_pixels(name: str) -> None:
    said = PIXELS.match(TABLE["screen"][name]["source"])
    assert said
    across, down, density = (int(n) for n in said.groups())
    assert PAGES[name].width == pytest.approx(across / density * INCH, abs=0.06)
    assert PAGES[name].height == pytest.approx(down / density * INCH, abs=0.06)


@pytest.mark.parametrize("name", TABLE["paper"])
def test_sizes_in_inches_are_those_of_the_name(name: str) -> None:
    inches = re.match(r"([\d.]+) x ([\d.]+) in", TABLE["paper"][name]["source"])
    if inches:
        assert PAGES[name].width == pytest.approx(float(inches[1]) * INCH)
        assert PAGES[name].height == pytest.approx(float(inches[2]) * INCH)
    else:
        assert TABLE["paper"][name]["source"] == "ISO 216"


@pytest.mark.parametrize("name", [*ASKED, *DEVICES, *OLDER, "120x190mm", "5.06x7.81"])
def test_margins_of_a_screen_are_even(name: str) -> None:
    page, screen = page_named(name), page_for(name, "screen")
    assert screen.inner == screen.outer
    assert not screen.bound
    assert screen.heads == page.heads
    assert screen.inner + screen.outer == pytest.approx(page.inner + page.outer)  # the measure stays


@pytest.mark.parametrize("name", [*ASKED, "a6", "60x100mm", "4x6in"])
@pytest.mark.parametrize(("pages", "inside"), KDP)
def test_margins_of_print_are_what_printers_ask(name: str, pages: int, inside: float) -> None:
    page = with_gutter(page_for(name, "print"), pages)
    assert page.inner >= inside * INCH
    assert min(page.outer, page.top, page.bottom) >= 0.25 * INCH
    thicker = with_gutter(page, pages + 200)
    assert thicker.inner >= page.inner


def test_a_row_too_thin_is_still_wide_enough() -> None:
    """The pages are laid out twice at most: the second time their number may cross one more row."""
    page = page_for("5x8", "print")
    for (most, _), (_, inside) in zip(module.INSIDE, module.INSIDE[1:], strict=False):
        assert with_gutter(page, most).inner >= inside - 1e-9


@pytest.mark.parametrize("name", [*DEVICES, "kindle-pw", "remarkable"])
def test_nothing_is_printed_on_a_screen(name: str) -> None:
    with pytest.raises(SettingError, match=r"is a screen.*choose one of a5, ") as refused:
        page_for(name, "print")
    assert "\n" not in str(refused.value)
