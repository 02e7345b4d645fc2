"""The wrap-around cover of a printed book as a PDF of one page, as print shops take it."""

from __future__ import annotations

from io import BytesIO

from converter.covers.wrap import BLEED, DPI, Wrap, draw_wrap
from converter.document.findings.cover import CoverCoarse
from converter.document.findings.union import Finding
from converter.document.model import Metadata, Resource
from converter.limits.pictures import NoPicture, open_picture
from converter.writers.bleed import bleeding_cover
from converter.writers.package import GENERATOR

POINTS = 72  # an inch
ENOUGH = 0.95  # of the dots: nobody sees what is less than that


def write_print_cover(
    metadata: Metadata, wrap: Wrap, own: Resource | None = None, family: str = ""
) -> tuple[bytes, tuple[Finding, ...]]:
    """The PDF: back, spine and front with bleed all round, as one picture of 300 dots per inch; and what the back can't
    show.

    The front is the person's `own` picture, widened to the page where it has other proportions, or drawn in a look of
    `family`. TrimBox is where the sheet is cut, BleedBox all of it. The same book gives the same bytes.
    """
    across, down = wrap.panel
    front = bleeding_cover(own, across / down)[0] if own else None
    picture, findings = draw_wrap(metadata, wrap, front, family)
    return _pdf(picture, wrap, metadata), findings


def coarse(own: Resource, wrap: Wrap) -> tuple[Finding, ...]:
    """A note on a person's own picture that has too few dots for the front."""
    try:
        with open_picture(own.data) as picture:
            across, down = picture.size
    except NoPicture:
        return ()
    dots = int(max(across / wrap.panel[0], down / wrap.panel[1]) * DPI)
    return (CoverCoarse(dots, DPI),) if dots < DPI * ENOUGH else ()


def _pdf(picture: bytes, wrap: Wrap, metadata: Metadata) -> bytes:
    import pikepdf

    pixels = wrap.pixels
    width, height, bleed = wrap.sheet[0] * POINTS, wrap.sheet[1] * POINTS, BLEED * POINTS
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(width, height))
        image = pikepdf.Stream(
            pdf, picture, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=pixels[0], Height=pixels[1],
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Cover=pdf.make_indirect(image)))
        page.Contents = pdf.make_stream(b"q %.4f 0 0 %.4f 0 0 cm /Cover Do Q" % (width, height))
        page.BleedBox = page.MediaBox = pikepdf.Array([0, 0, round(width, 4), round(height, 4)])
        page.TrimBox = pikepdf.Array([bleed, bleed, round(width - bleed, 4), round(height - bleed, 4)])
        pdf.docinfo["/Title"] = " ".join(metadata.title.split())
        if metadata.authors:
            pdf.docinfo["/Author"] = ", ".join(metadata.authors)
        pdf.docinfo["/Creator"] = GENERATOR
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
