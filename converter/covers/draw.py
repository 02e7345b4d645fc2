"""Drawing a cover from what is said about a story."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from converter.covers.design import Design
from converter.covers.layouts import LAYOUTS
from converter.covers.look import choose_look
from converter.covers.moods import FAMILIES
from converter.covers.seeded import SeededRandom
from converter.covers.sheet import DEFAULT_SIZE, Sheet, warm_sheet
from converter.covers.typesetting import Typesetter
from converter.covers.words import cut_short, showable, words_on_cover
from converter.document.model import Metadata, Resource

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

SMALLEST_TITLE, SMALLEST_SUBTITLE = 78, 40
"""Units."""
QUALITIES, EVEN = (34, 58), 6
"""Of brightness and of colour. Flat colour and large letters bear coarse steps for all but a block's mean, which must
be true to a colour's last step or two: `EVEN` is that of the mean. Quality 86 without subsampling shows no difference
at full size, and takes more than twice the bytes."""


def load_drawing(size: tuple[int, int] = DEFAULT_SIZE) -> None:
    """Loads what drawing and saving a sheet of this size need, and its memory, before it is known what to draw."""
    import uharfbuzz  # noqa: F401 - each is imported late elsewhere
    from PIL import Image, ImageDraw, ImageFont  # noqa: F401

    Image.preinit()
    warm_sheet(size)
    _steps()


def draw_cover(metadata: Metadata, *, family: str = "", size: tuple[int, int] = DEFAULT_SIZE) -> Resource:
    """A cover of `size` pixels, RGB JPEG, named "cover.jpg".

    `family` is a name of `cover_families()`; empty or unknown: the story's own words choose. The same metadata gives
    the same bytes (with the same Pillow); chapters, words and dates have no say, so a growing story keeps its cover.
    """
    out = BytesIO()
    compose(metadata, family, Sheet, size).image.save(out, "JPEG", qtables=_steps(), subsampling="4:2:0")
    return Resource("cover.jpg", "image/jpeg", out.getvalue())


@lru_cache(maxsize=1)
def _steps() -> list[list[int]]:
    """The tables of steps of brightness and colour, from those that libjpeg has for a quality."""
    from PIL import Image

    tables = []
    for which, quality in enumerate(QUALITIES):
        out = BytesIO()
        Image.new("RGB", (8, 8)).save(out, "JPEG", quality=quality)
        with Image.open(out) as image:
            steps: list[int] = list(image.quantization[which])  # type: ignore[attr-defined]
        tables.append([EVEN, *steps[1:]])
    return tables


def compose(metadata: Metadata, family: str, blank: type[Sheet], size: tuple[int, int] = DEFAULT_SIZE) -> Sheet:
    """The drawn sheet, before it becomes a file; `blank` is the kind of sheet to draw on.

    A subtitle is left off where it would be too small to read, or leaves too little room for the title.
    """
    look = choose_look(metadata, family, tuple(LAYOUTS))
    words, _ = showable(words_on_cover(metadata))
    setter = Typesetter(words.language)
    while True:
        sheet = blank(look.palette.deep, size)
        LAYOUTS[look.layout](Design(sheet, words, look.palette, look.terrain, SeededRandom(*look.seed), setter))
        sizes = {text.role: text.size for text in sheet.written}
        if "subtitle" not in sizes or (
            sizes["subtitle"] >= SMALLEST_SUBTITLE and sizes.get("title", SMALLEST_TITLE) >= SMALLEST_TITLE
        ):
            return sheet
        words = replace(words, subtitle="")


def cover_problems(metadata: Metadata) -> tuple[Finding, ...]:
    """What the drawn cover can't show of the words: `cover-letters`, `cover-signs`, `cover-cut`."""
    return (*cut_short(metadata), *showable(words_on_cover(metadata))[1])


def cover_families() -> tuple[str, ...]:
    """The names that `draw_cover` takes as family: families first, then single layouts."""
    return (*FAMILIES, *LAYOUTS)
