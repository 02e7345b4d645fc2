"""A person's own image as the cover: looked at, turned upright, made a plain RGB JPEG."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from converter.covers.sheet import DEFAULT_SIZE
from converter.document.errors import SettingError
from converter.document.model import Resource
from converter.limits.pictures import MOST_PIXELS, NoPicture, open_picture

if TYPE_CHECKING:
    from PIL.Image import Image

KEPT_PIXELS = 4_000_000
"""Apple Books takes no larger images inside a book."""
LEAST_SIDE = 100
"""Pixels. Below this it is an icon."""
MOST_BYTES = 1_000_000
"""Of a picture that is left as it is: more is felt when a book is sent or opened, and shows nothing more."""
QUALITY = 86
ORIENTATION = 0x0112
REMEDY = "give a JPEG, PNG, WebP, AVIF, GIF, BMP or TIFF image"


def check_cover(data: bytes, where: str, size: tuple[int, int] = DEFAULT_SIZE) -> Resource:
    """An image file's bytes as the book's cover: RGB JPEG, upright, at most `KEPT_PIXELS`; transparent parts white.

    The format is told by content, not by name. A JPEG that is already so, and has no more than `MOST_BYTES`, is kept
    byte for byte; others have no more pixels in the end than a drawn cover of `size`. Of an animation the first picture
    counts. `where` is what messages call the file. Raises SettingError when the bytes are no such
    image, are broken or cut short, or are too small or too large.
    """
    if not data:
        raise SettingError("the cover image is empty", where, REMEDY)
    try:
        with open_picture(data) as image:
            if min(image.size) < LEAST_SIDE:
                remedy = "give one of about 1600 x 2400 pixels"
                seen = f"{image.width} x {image.height} pixels"
                raise SettingError(f"the cover image is too small ({seen})", where, remedy)
            most = size[0] * size[1]
            fine = _fine(image, max(most, KEPT_PIXELS))
            if fine and len(data) <= MOST_BYTES:
                image.load()
                return Resource("cover.jpg", "image/jpeg", data)
            made = _as_jpeg(image, most)
            return Resource("cover.jpg", "image/jpeg", data if fine and len(data) <= len(made) else made)
    except NoPicture as error:
        raise SettingError(*_refusal(error, where)) from error


def _refusal(error: NoPicture, where: str) -> tuple[str, str, str]:
    match error.why:
        case "foreign":
            return "the cover is not an image", where, REMEDY
        case "huge":
            remedy = f"give one of at most {MOST_PIXELS // 1_000_000} million pixels"
            return f"the cover image is far too large: it {error}", where, remedy
        case "broken":
            return "the cover image is broken or cut short", where, "open it in an image program and save it anew"


def _fine(image: Image, most: int) -> bool:
    upright = image.getexif().get(ORIENTATION, 1) in (0, 1)
    return image.format == "JPEG" and image.mode == "RGB" and upright and image.width * image.height <= most


def _as_jpeg(image: Image, most: int) -> bytes:
    from PIL import Image as Pictures
    from PIL import ImageOps

    profile = image.info.get("icc_profile") if image.mode == "RGB" else None
    picture = ImageOps.exif_transpose(image)
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda v: v / 257).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        ground = Pictures.new("RGB", picture.size, (255, 255, 255))
        ground.paste(picture, (0, 0), picture)
        picture = ground
    else:
        picture = picture.convert("RGB")
    pixels = picture.width * picture.height
    if pixels > most:
        share = (most / pixels) ** 0.5
        size = int(picture.width * share), int(picture.height * share)
        picture = picture.resize(size, Pictures.Resampling.LANCZOS, reducing_gap=2.0)
    out = BytesIO()
    more = {"icc_profile": profile} if profile else {}
    picture.save(out, "JPEG", quality=QUALITY, subsampling="4:2:0", optimize=True, **more)
    return out.getvalue()
