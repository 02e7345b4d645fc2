"""A cover as small as a list shows it."""

from __future__ import annotations

import io

SIDES = (160, 256)  # pixels: twice what a page shows, for screens with fine dots
QUALITY = 72


def thumbnail(cover: bytes) -> bytes:
    """A small JPEG of a cover of our own, or of one that was checked; b"" where it can't be read."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(cover), formats=["JPEG", "PNG"]) as picture:
            picture.draft("RGB", SIDES)  # a JPEG is decoded no larger than needed
            small = picture.convert("RGB")
            small.thumbnail(SIDES)
            out = io.BytesIO()
            small.save(out, "JPEG", quality=QUALITY, optimize=True)
    except (OSError, ValueError):
        return b""
    return out.getvalue()
