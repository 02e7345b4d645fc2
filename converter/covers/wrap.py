"""The wrap-around cover of a printed book, its measures and its picture: back, spine and front, with bleed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Literal

from converter.covers.back import Dress, draw_back
from converter.covers.colour import Colour, contrast, mix
from converter.covers.draw import compose
from converter.covers.faces import Cut
from converter.covers.layouts import LAYOUTS
from converter.covers.look import choose_look
from converter.covers.sheet import Box, Role, Sheet, TextAnchor
from converter.covers.typesetting import Typesetter
from converter.covers.words import showable, words_on_cover
from converter.document.errors import SettingError
from converter.document.model import Metadata
from converter.document.record import dataclass
from converter.limits.pictures import open_picture

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from converter.document.findings.union import Finding

Paper = Literal["white", "cream", "colour"]
THICKNESS: dict[Paper, float] = {"white": 0.002252, "cream": 0.0025, "colour": 0.002347}
"""Inches of spine for a page (KDP, Create a Paperback Cover); "colour" is the white paper that colour is printed on."""
BLEED = 0.125
"""Inches beyond the edge at which the sheet is cut (KDP)."""
DPI = 300
LEAST_PAGES, MOST_PAGES = 24, 828
"""Of a paperback (KDP); thinner ones are stapled, thicker ones fall apart."""
SPINE_TEXT = 79
"""Pages from which KDP prints words on a spine."""
BESIDE_TEXT = 0.0625
"""Inches of spine on either side of its words, for the folds may lie so far off (KDP)."""
SPINE_ENDS = 0.5
LARGEST_ON_SPINE = 0.3
"""Inches: a title's size on a thick book."""
TITLE_SHARE, PARTING, AUTHOR_SIZE = 0.62, 0.04, 0.85
"""Of the spine's length, of which the rest is the author's but for what parts the two; and of the title's size."""
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
    if not LEAST_PAGES <= pages <= MOST_PAGES:
        remedy = f"a paperback has {LEAST_PAGES} to {MOST_PAGES}"
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
    out = BytesIO()
    whole = _assembled(wrap, back.image, _spine(metadata, wrap, dress), picture)
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


def _spine(metadata: Metadata, wrap: Wrap, dress: Dress) -> Picture:
    """The spine, with title and author from top to bottom where it is wide enough for words."""
    from PIL import Image

    across, along = max(1, round(wrap.spine * DPI)), wrap.pixels[1]
    sheet = Sheet(dress.ground, (along, across))
    words, _ = showable(words_on_cover(metadata))
    if wrap.pages >= SPINE_TEXT:
        inch, page = DPI / sheet.unit, sheet.page
        ends, beside = (BLEED + SPINE_ENDS) * inch, BESIDE_TEXT * inch
        left, top, right, bottom = page.left + ends, page.top + beside, page.right - ends, page.bottom - beside
        largest = round(min(bottom - top, LARGEST_ON_SPINE * inch))
        parting = left + (right - left) * (TITLE_SHARE if words.author else 1.0)
        texts: tuple[tuple[Role, str, Box, Cut, int], ...] = (
            ("title", words.title, Box(left, top, parting, bottom), Cut(dress.face, 600), largest),
            ("author", words.author, Box(parting + (right - left) * PARTING, top, right, bottom), Cut(dress.face, 500),
             round(largest * AUTHOR_SIZE)),
        )  # fmt: skip
        for role, text, box, cut, size in texts:
            if text:
                setting = Typesetter(words.language).fit(text, cut, box.width, box.height, size, most=1)
                flush: TextAnchor = "start" if (role == "title") != setting.rtl else "end"  # `write` turns it then
                sheet.write(role, setting, box, dress.ink, (dress.ground,), across=flush)
    return sheet.image.transpose(Image.Transpose.ROTATE_270)
