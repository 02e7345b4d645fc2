"""Pictures as WeasyPrint gets them, and where it says that they stand.

Those in the inks of printers are made ones in the colours of light: in a PDF/A the inks need a profile of their own,
and no screen shows them.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

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


POINT = 0.75  # of a CSS pixel


def place_figures(document: Any, pdf: Any) -> None:
    """Says where figures stand on their pages as a PDF counts: in points, from its foot (ISO 32000-1, 14.8.5.4.3).

    WeasyPrint says it in CSS pixels from the head: on a small page a picture of a third of it seemed to be the page.
    """
    import pydyf

    pages = dict(zip(pdf.page_references, document.pages, strict=True))
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/Figure" and "BBox" in item.get("A", {}):
            left, top, right, foot = item["A"]["BBox"]
            height = pages[item["Pg"]].height
            box = (left, height - foot, right, height - top)
            item["A"]["BBox"] = pydyf.Array([side * POINT for side in box])
