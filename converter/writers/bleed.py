"""A cover that fills its page to the edges, whatever the proportions of both."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from converter.document.model import Resource
from converter.limits.pictures import NoPicture, open_picture

if TYPE_CHECKING:
    from PIL import Image

SAME = 0.01  # proportions that differ less need nothing
QUALITY = 90
RIM = 3  # pixels at the edge whose mean colour is drawn outwards; fewer pick up the noise of JPEG
STRIDE = 4  # pixels down the edge between the colours that are compared
SOFT = 3  # of its width is what a mirrored strip is blurred by: nothing in it can be read, its colours stay
PLAIN = 16  # levels of 255: the largest step of a shaded ground with JPEG's noise; a shape's border has 30 and more


def bleeding_cover(cover: Resource, proportion: float) -> tuple[bytes, str]:
    """The cover (bytes, media type) widened or heightened to `proportion` (width / height).

    Nothing is cut off. Where an edge is plain or shaded its colours are drawn outwards; where it has a picture or a
    pattern it is mirrored outwards, out of focus: nobody is to read half a letter there. A picture that Pillow can't
    read comes back as it is.
    """
    from PIL import Image, ImageOps

    try:
        with open_picture(cover.data) as picture:
            image = picture.convert("RGB")
    except NoPicture:
        return cover.data, cover.media_type
    width, height = image.size
    if abs(width / height / proportion - 1) < SAME or min(width, height) <= RIM:
        return cover.data, cover.media_type
    wide, high = max(width, round(height * proportion)), max(height, round(width / proportion))
    left, top = (wide - width) // 2, (high - height) // 2
    canvas = Image.new("RGB", (wide, high))
    if wide > width:
        canvas.paste(_band(image, left), (0, 0))
        right = wide - width - left
        canvas.paste(ImageOps.mirror(_band(ImageOps.mirror(image), right)), (left + width, 0))
    else:
        turned = image.transpose(Image.Transpose.TRANSPOSE)
        canvas.paste(_band(turned, top).transpose(Image.Transpose.TRANSPOSE), (0, 0))
        turned = ImageOps.flip(image).transpose(Image.Transpose.TRANSPOSE)
        band = _band(turned, high - height - top).transpose(Image.Transpose.TRANSPOSE)
        canvas.paste(ImageOps.flip(band), (0, top + height))
    canvas.paste(image, (left, top))
    out = BytesIO()
    canvas.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue(), "image/jpeg"


def _band(image: Image.Image, size: int) -> Image.Image:
    """What continues the left edge of the image to the left, `size` pixels wide."""
    from PIL import Image, ImageChops, ImageFilter, ImageOps

    height = image.height
    rim = image.crop((0, 0, RIM, height)).resize((1, height), Image.Resampling.BOX)
    steps = ImageChops.difference(rim, ImageChops.offset(rim, 0, STRIDE)).crop((0, STRIDE, 1, height))
    if max(high for _, high in steps.getextrema()) < PLAIN:  # type: ignore[misc]  # three bands: a pair for each
        return rim.resize((size, height))
    mirrored = ImageOps.mirror(image.crop((0, 0, min(size, image.width), height))).resize((size, height))
    return mirrored.filter(ImageFilter.GaussianBlur(max(1, size / SOFT)))
