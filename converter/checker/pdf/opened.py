"""A PDF opened in MuPDF, and what stands on its pages: glyphs with their places. The one file that knows PyMuPDF.

What others made is hostile: the pages that are looked at and the glyphs of each have limits; a file that needs a
password or can't be read is a flaw, not an exception. What MuPDF itself does with a file (it may take long, or die) is
bounded by whoever calls: `chapbook check` opens PDFs in a process that is watched.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from converter.checker.pdf.flaws import PdfFlaw, pdf_flaw

if TYPE_CHECKING:
    from pymupdf import Document, Page

MOST_PAGES = 10_000  # a serial of three million words has fewer
MOST_ENTRIES = 100_000  # of the outline
MOST_GLYPHS = 60_000  # on one page; the smallest print on a large sheet has 20,000
INVISIBLE = 3  # a span's kind, for text that is only there to be searched (ISO 32000-1, 9.3.6)
UPRIGHT = 0.9  # cosine: a line that runs more askew than 25 degrees is none that is read from left to right
PRINTING = 4  # a bit of the permissions (ISO 32000-1, 7.6.3.2)
FEW_GLYPHS = 1_000  # a page with fewer may be nearly empty
FEW_DRAWINGS = 3  # a page with fewer, no text and no picture is blank: a frame or a rule may be left on it
PASSED_OVER = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))  # categories of signs that need no glyph
UNREADABLE = "it is no PDF, or damaged beyond reading"
INSTALL = "its pages were not looked at: PyMuPDF is missing; pip install 'chapbook[verify]'"


class Glyph(NamedTuple):
    """One glyph: what it means (a ligature: several signs), its baseline, left and right end (points from the page's
    top left), its type's size.

    `run`: which piece of text of the page it belongs to; `missing`: its font has no picture for it; `behind_space`: a
    space stands before it, to the left; `font`: the name of its font.
    """

    sign: str
    y: float
    left: float
    right: float
    size: float
    run: int
    missing: bool
    behind_space: bool = False
    font: str = ""


class Sheet(NamedTuple):
    """What stands on a page: `box` is where it will be cut (left, top, right, bottom), `turned` the glyphs of lines
    that do not run level, `bare` a page on which nothing is seen, `crowded` one with more glyphs than are read,
    `pictured` the height of the pictures on a page of few glyphs (points)."""

    number: int
    box: tuple[float, float, float, float]
    glyphs: list[Glyph]
    turned: int
    bare: bool
    crowded: bool
    pictured: float = 0.0


def can_open() -> bool:
    """Whether PyMuPDF is installed."""
    return find_spec("pymupdf") is not None


def open_pdf(data: bytes) -> tuple[Document | None, list[PdfFlaw]]:
    """The document, or None where there is no looking at its pages; and what was met on the way. Never raises."""
    if not can_open():
        return None, [pdf_flaw(0, "pages-unchecked", INSTALL)]
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
        pages = document.page_count
    except Exception:  # of many kinds, MuPDF's own among them
        return None, [pdf_flaw(0, "file-unreadable", UNREADABLE)]
    if document.needs_pass:
        return None, [pdf_flaw(0, "file-locked", "it is locked with a password; save it without one")]
    if not pages:
        return None, [pdf_flaw(0, "file-unreadable", "it has no pages")]
    flaws = []
    if document.is_repaired:
        flaws.append(pdf_flaw(0, "file-damaged", "its table of contents of objects is broken and was made anew"))
    if not document.permissions & PRINTING:
        flaws.append(pdf_flaw(0, "file-restricted", "it forbids printing; save it without restrictions"))
    if pages > MOST_PAGES:
        said = f"of its {pages:,} pages only the first {MOST_PAGES:,} were looked at"
        flaws.append(pdf_flaw(MOST_PAGES, "pages-too-many", said))
    return document, flaws


def _cause(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def sheets_of(document: Document) -> Iterator[Sheet | PdfFlaw]:
    """The pages in order, each read when it is asked for; a flaw for one that can't be."""
    for index in range(min(document.page_count, MOST_PAGES)):
        try:
            yield _sheet(document[index], index + 1)
        except Exception as error:  # one page of many: the others are looked at all the same
            yield pdf_flaw(index + 1, "pages-unchecked", f"this page can't be read ({_cause(error)})")


def _sheet(page: Page, number: int) -> Sheet:
    glyphs: list[Glyph] = []
    turned = 0
    crowded = False
    spans: list[dict[str, Any]] = page.get_texttrace()
    for run, span in enumerate(spans):
        if span["type"] == INVISIBLE or span.get("opacity") == 0:
            continue
        if span["wmode"] or span["dir"][0] < UPRIGHT:
            turned += len(span["chars"])
            continue
        glyphs.extend(_glyphs(span, run))
        if len(glyphs) > MOST_GLYPHS:
            crowded = True
            del glyphs[MOST_GLYPHS:]
            break
    bare = not spans and _is_bare(page)
    pictured = _pictured(page) if 0 < len(glyphs) < FEW_GLYPHS else 0.0
    return Sheet(number, _trimmed(page), glyphs, turned, bare, crowded, pictured)


def _glyphs(span: dict[str, Any], run: int) -> list[Glyph]:
    size = span["size"]
    out: list[Glyph] = []
    for code, glyph, (_, y), (left, _, right, _) in span["chars"]:
        sign = chr(code) if code > 0 else "\ufffd"
        if glyph < 0 and out:
            out[-1] = out[-1]._replace(sign=out[-1].sign + sign)
            continue
        missing = glyph == 0 and unicodedata.category(sign) not in PASSED_OVER
        out.append(Glyph(sign, y, left, right, size, run, missing, font=span["font"]))
    return out


def outline_of(document: Document) -> list[tuple[int, str, int]]:
    """The entries of the outline: level from 1, title, page from 1; none where it can't be read."""
    try:
        return [(level, title, page) for level, title, page in document.get_toc(simple=True)[:MOST_ENTRIES]]
    except Exception:  # what is wrong with it is told by those who read its objects
        return []


def _is_bare(page: Page) -> bool:
    drawn = [kind for kind, *_ in page.get_bboxlog()]
    return len(drawn) < FEW_DRAWINGS and not any("image" in kind or "shade" in kind for kind in drawn)


def _pictured(page: Page) -> float:
    """How high the pictures of a page are, one below the other."""
    boxes = sorted((box[1], box[3]) for kind, box, *_ in page.get_bboxlog() if "image" in kind or "shade" in kind)
    height, below = 0.0, 0.0
    for top, foot in boxes:
        height += max(0.0, foot - max(top, below))
        below = max(below, foot)
    return height


def _trimmed(page: Page) -> tuple[float, float, float, float]:
    """Where the page will be cut, in the places that glyphs have: those count from the corner of what is shown."""
    shown, cut = page.cropbox, page.trimbox
    return cut.x0 - shown.x0, cut.y0 - shown.y0, cut.x1 - shown.x0, cut.y1 - shown.y0
