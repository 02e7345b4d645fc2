"""The wrap-around cover of a printed book, its measures and its picture: back, spine and front, with bleed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Literal

from converter.covers.back import Dress, draw_back
from converter.covers.colour import Colour, contrast, mix
from converter.covers.draw import compose
from converter.covers.layouts import LAYOUTS
from converter.covers.look import choose_look
from converter.covers.sheet import Sheet
from converter.covers.spine import bare_spine, draw_spine
from converter.document.errors import SettingError
from converter.document.model import Metadata
from converter.document.record import dataclass
from converter.limits.pictures import open_picture

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from converter.document.findings.union import Finding

Paper = Literal["white", "cream", "colour"]
THICKNESS: dict[Paper, float] = {"white": 0.002252, "cream": 0.0025, "colour": 0.002347}
"""Inches of spine for a page (KDP, Create a Paperback Cover); "colour" is the paper of premium colour. Standard colour
is printed on the white one."""
BLEED = 0.125
"""Inches beyond the edge at which the sheet is cut (KDP)."""
DPI = 300
LEAST_PAGES = 24
MOST_PAGES: tuple[tuple[float, float, dict[Paper, int]], ...] = (
    (8.5, 11.0, {"white": 590, "cream": 550, "colour": 590}),
    (8.26, 11.69, {"white": 780, "cream": 730, "colour": 590}),
    (0, 0, {"white": 828, "cream": 776, "colour": 828}),
)
"""Of a paperback at least so wide and high, in inches (KDP, Print Options); thinner ones are stapled."""
SPINE_TEXT = 79
"""Pages from which words may stand on a spine (KDP, Create a Paperback Cover: "books need at least 79 pages")."""
QUALITY = 92
FACES = {
    **dict.fromkeys(("bands", "deco", "discs", "grid", "ridge"), "Jost"),
    **dict.fromkeys(("poster", "slab"), "Atkinson Hyperlegible"),
    "draft": "Source Code Pro", "horizon": "Literata", "plain": "Source Serif 4",
}  # fmt: skip
"""The typeface of back and spine, by the front's layout; of others, and of a person's own picture, it is `FACE`."""
FACE = "EB Garamond"


@dataclass(frozen=True, slots=True)
class Wrap:
    """A wrap-around cover in inches: the size of the trimmed page, how many there are, on which paper.

    `mirrored`: the front is on the left, as of books that are read from right to left.
    """

    width: float
    height: float
    pages: int
    paper: Paper = "cream"
    mirrored: bool = False

    @property
    def spine(self) -> float:
        """How thick the book is."""
        return self.pages * THICKNESS[self.paper]

    @property
    def sheet(self) -> tuple[float, float]:
        """Width and height of the whole, with bleed."""
        return 2 * (self.width + BLEED) + self.spine, self.height + 2 * BLEED

    @property
    def pixels(self) -> tuple[int, int]:
        """Of the whole."""
        return round(self.sheet[0] * DPI), round(self.sheet[1] * DPI)

    @property
    def panel(self) -> tuple[int, int]:
        """Pixels of the front, or of the back, with bleed on all four sides."""
        return round((self.width + 2 * BLEED) * DPI), round((self.height + 2 * BLEED) * DPI)


def wrap_of(width: float, height: float, pages: int, paper: Paper = "cream", *, mirrored: bool = False) -> Wrap:
    """The measures of a book's cover. Raises SettingError for fewer or more pages than are bound with a spine."""
    most = next(row[paper] for wide, high, row in MOST_PAGES if width >= wide and height >= high)
    if not LEAST_PAGES <= pages <= most:
        remedy = f"a paperback on {paper} paper has {LEAST_PAGES} to {most}"
        raise SettingError(f"no cover is wrapped round a book of {pages} pages", remedy=remedy)
    return Wrap(width, height, pages, paper, mirrored)


def draw_wrap(
    metadata: Metadata, wrap: Wrap, front: bytes | None = None, family: str = ""
) -> tuple[bytes, tuple[Finding, ...]]:
    """The whole as a JPEG of 300 dots per inch, and what the back can't show of the description.

    `front` is a person's own picture in the proportions of `wrap.panel`; without one the cover is drawn, in the same
    look as the story's other cover. Raises NoPicture for a front that is no picture.
    """
    from PIL import Image

    look = choose_look(metadata, family, tuple(LAYOUTS))
    if front is None:
        picture, face = compose(metadata, family, Sheet, wrap.panel).image, FACES.get(look.layout, FACE)
        beside = _edge(picture, wrap)
        ground = min(look.palette, key=lambda colour: sum((a - b) ** 2 for a, b in zip(colour, beside, strict=True)))
        ink = max(look.palette, key=lambda colour: contrast(colour, ground))
        accents = (c for c in (look.palette.accent, look.palette.mid, ink) if contrast(c, ground) >= 2)
        dress = Dress(ground, ink, next(accents), face)
    else:
        with open_picture(front) as opened:
            picture = opened.convert("RGB").resize(wrap.panel, Image.Resampling.LANCZOS)
        ground = _edge(picture, wrap)
        ink = max(((250, 247, 240), (24, 22, 20)), key=lambda colour: contrast(colour, ground))
        dress = Dress(ground, ink, mix(ink, ground, 0.35), FACE)
    back = Sheet(dress.ground, wrap.panel)
    findings = draw_back(back, metadata, (wrap.width, wrap.height), BLEED, DPI, dress)
    size = max(1, round(wrap.spine * DPI)), wrap.pixels[1]
    lettered = wrap.pages >= SPINE_TEXT
    spine = draw_spine(metadata, size, round(BLEED * DPI), DPI, dress) if lettered else bare_spine(size, dress)
    out = BytesIO()
    whole = _assembled(wrap, back.image, spine, picture)
    whole.save(out, "JPEG", quality=QUALITY, subsampling=0, dpi=(DPI, DPI))
    return out.getvalue(), findings


def _edge(picture: Picture, wrap: Wrap) -> Colour:
    """The mean colour of the front where it meets the spine."""
    from PIL import Image

    width, height = picture.size
    bleed = round(BLEED * DPI)
    box = (width - 2 * bleed, 0, width - bleed, height) if wrap.mirrored else (bleed, 0, 2 * bleed, height)
    pixel = picture.crop(box).resize((1, 1), Image.Resampling.BOX).tobytes()
    return pixel[0], pixel[1], pixel[2]


def _assembled(wrap: Wrap, back: Picture, spine: Picture, front: Picture) -> Picture:
    """Each panel up to the fold: its bleed at the spine lies under that."""
    from PIL import Image

    width, height = wrap.pixels
    first = round((BLEED + wrap.width) * DPI)
    second = first + spine.width
    left, right = (front, back) if wrap.mirrored else (back, front)
    whole = Image.new("RGB", (width, height))
    whole.paste(left.crop((0, 0, first, height)), (0, 0))
    rest = width - second
    whole.paste(right.crop((right.width - rest, 0, right.width, height)), (second, 0))
    whole.paste(spine, (first, 0))
    return whole
