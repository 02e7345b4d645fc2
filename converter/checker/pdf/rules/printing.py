"""What a print shop returns a file for: colour, or black that is mixed of three or four inks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Literal

from converter.checker.pdf.flaws import PdfFlaw, pdf_flaw
from converter.checker.pdf.rules.structure import pages_of

Ink = Literal["colour", "mixed"]
BY_INK: dict[Ink, tuple[str, str]] = {
    "colour": ("print-colour", "colour in a book for print; it takes four inks on every sheet"),
    "mixed": ("print-mixed-black", "black or grey mixed of several inks (RGB or CMYK) in a book for print"),
}
GREY = 0.04  # shares of inks that differ less are no colour
PAPER = 0.95  # a grey so light is paper
LOOKED_AT = 30  # pages, for what a book is made for
MOST_PAGES = 10_000
SETS_FILL, SETS_STROKE = frozenset("g rg k sc scn".split()), frozenset("G RG K SC SCN".split())
FILLS = frozenset(["Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*"])
STROKES = frozenset("S s B B* b b*".split())
LOOKED_FOR = " ".join(["q Q", *sorted(SETS_FILL | SETS_STROKE), *sorted(FILLS | STROKES)])


def printing_rules(pdf: Any) -> Iterator[PdfFlaw]:
    """For each kind of ink that a printer doesn't want the first page that has it, and how many do."""
    inks = [_inks_of(page) for page in islice(pages_of(pdf), MOST_PAGES)]
    for ink, (code, said) in BY_INK.items():
        pages = [number for number, found in enumerate(inks, 1) if ink in found]
        if pages:
            many = f" (on {len(pages):,} pages)" if len(pages) > 1 else ""
            yield pdf_flaw(pages[0], code, f"{said}{many}")


def _inks_of(page: Any) -> set[Ink]:
    """What is mixed for text, rules and grounds of a page (ISO 32000-1, 8.6); pictures and forms are not looked at."""
    import pikepdf

    fill: Sequence[float] = ()
    stroke: Sequence[float] = ()
    kept: list[tuple[Sequence[float], Sequence[float]]] = []
    used: set[tuple[float, ...]] = set()
    instructions: Any = pikepdf.parse_content_stream(page, LOOKED_FOR)
    for operands, operator in instructions:
        name = str(operator)
        if name == "q":
            kept.append((fill, stroke))
        elif name == "Q":
            fill, stroke = kept.pop() if kept else ((), ())
        elif name in SETS_FILL:
            fill = _shares(operands)
        elif name in SETS_STROKE:
            stroke = _shares(operands)
        else:
            used.update(tuple(some) for some, by in ((fill, FILLS), (stroke, STROKES)) if name in by)
    return {ink for shares in used if (ink := _ink(shares))}


def _shares(operands: Any) -> list[float]:
    """The numbers of an instruction that sets a colour; a pattern's name is none."""
    return [float(one) for one in operands if not hasattr(one, "objgen")]


def _ink(shares: Sequence[float]) -> Ink | None:
    """What a printer mixes for a colour; None for black, grey and paper."""
    if len(shares) not in (3, 4):
        return None
    several = shares[:3]
    if max(several) - min(several) > GREY:
        return "colour"
    mixed = max(several) < PAPER if len(shares) == 3 else max(several) > GREY
    return "mixed" if mixed else None


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
