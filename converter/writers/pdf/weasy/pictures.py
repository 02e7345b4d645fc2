"""Pictures as WeasyPrint gets them: those in the inks of printers are made ones in the colours of light.

In a PDF/A the inks need a profile of their own, and no screen shows them.
"""

from __future__ import annotations

from io import BytesIO

from converter.limits.pictures import NoPicture, open_picture


def in_light(data: bytes, media_type: str) -> tuple[bytes, str]:
    """The picture (bytes, media type), as it was unless it is one of inks; one that can't be read stays, too."""
    if media_type != "image/jpeg":  # no other that may be in a book has inks
        return data, media_type
    try:
        with open_picture(data) as picture:
            if picture.mode != "CMYK":
                return data, media_type
            out = BytesIO()
            picture.convert("RGB").save(out, "PNG")
            return out.getvalue(), "image/png"
    except NoPicture:
        return data, media_type
