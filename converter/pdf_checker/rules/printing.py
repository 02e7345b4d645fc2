"""What a print shop returns a file for: text in colour, or black that is mixed of three or four inks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from converter.pdf_checker.flaws import PdfFlaw, pdf_flaw
from converter.pdf_checker.opened import Ink
from converter.pdf_checker.rules.structure import pages_of

LOOKED_AT = 30  # pages, for what a book is made for

BY_INK: dict[Ink, tuple[str, str]] = {
    "colour": ("print-colour", "text in colour in a book for print; it takes four inks on every sheet"),
    "mixed": (
        "print-mixed-black",
        "black text that is mixed of several inks (RGB or CMYK, not grey) in a book for print",
    ),
}


def printing_rules(sheets: Sequence[tuple[int, frozenset[Ink]]]) -> Iterator[PdfFlaw]:
    """For each kind of ink that a printer doesn't want the first page that has it, and how many do."""
    for ink, (code, said) in BY_INK.items():
        pages = [number for number, inks in sheets if ink in inks]
        if pages:
            many = f" (on {len(pages):,} pages)" if len(pages) > 1 else ""
            yield pdf_flaw(pages[0], code, f"{said}{many}")


def is_for_print(pdf: Any, *, blank: bool) -> bool:
    """Whether a PDF that pikepdf has opened says that it goes to a printer: it is PDF/X, or its pages are cut, or it
    begins with roman numbers and has a blank page (`blank`), as no book for a screen does."""
    intents = pdf.Root.get("/OutputIntents", ())
    if any(str(intent.get("/S", "")) == "/GTS_PDFX" for intent in intents):
        return True
    if any(map(_is_cut, islice(pages_of(pdf), LOOKED_AT))):
        return True
    labels = list(pdf.Root.get("/PageLabels", {}).get("/Nums", ()))
    roman = len(labels) > 1 and int(labels[0]) == 0 and str(labels[1].get("/S", "")) == "/r"
    return roman and blank and "/P" not in labels[1]


def _is_cut(page: Any) -> bool:
    sheet, cut = page.get("/MediaBox"), page.get("/TrimBox")
    if sheet is None or cut is None:
        return False
    return any(abs(float(a) - float(b)) > 1 for a, b in zip(sheet, cut, strict=True))
