"""A critic of pages: any PDF, ours or another's, as somebody sees it who prints books.

In come the bytes of a PDF; out comes a `PdfInspection`: `PdfFlaw` values, each with a code, a page and the text it
concerns, the figures of the book as a whole, and its words. Open `opened.py` first: glyphs and their places, from
MuPDF. `lines.py` makes lines of them, `frame.py` finds what holds for the whole book (type size, margins, distance of
lines), `flow.py` says which lines begin and end paragraphs. The rules are functions over that, in `rules/`; those on
tags, outline and fonts ask pikepdf.

It knows PDF and print, and nothing of stories, parsers or writers: a book made elsewhere is looked at with the same
eyes. Nothing is taken from tags for what is seen: where a line ends is told by the places of its glyphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, NamedTuple

from converter.checker.pdf.flaws import PDF_KINDS, PDF_SEVERITIES, PdfFlaw, PdfSeverity, pdf_flaw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.checker.pdf.flow import Placed
    from converter.checker.pdf.frame import Frame, Leaf
    from converter.checker.pdf.opened import Glyph, Sheet

__all__ = ["PDF_KINDS", "PDF_SEVERITIES", "PdfFlaw", "PdfInspection", "PdfSeverity", "inspect_pdf", "pdf_flaw"]

UNKNOWN = "\ufffd"
UPRIGHT_GAP = 0.3  # of the type size: where most signs stand so far apart along a line, they run from top to bottom
FEW_SIGNS = 20  # on a page: too few to tell
UNJUDGED = "its lines run from top to bottom: they are not judged"


class PdfInspection(NamedTuple):
    """What was found in a PDF; how many of its pages were looked at; figures of the whole (points, shares of 1); its
    words in reading order, without running heads."""

    flaws: tuple[PdfFlaw, ...]
    pages: int
    figures: dict[str, float]
    text: str


def inspect_pdf(data: bytes, *, for_print: bool = False) -> PdfInspection:
    """All that is found in a PDF: errors first, then by page. Never raises. `for_print`: it is to be printed, though
    it may not look like that.

    Linear in the file's pages, glyphs and objects, but for what MuPDF and qpdf do: a caller who doubts a file gives it
    to a process that is watched.
    """
    from converter.checker.pdf.opened import open_pdf, outline_of

    document, flaws = open_pdf(data)
    leaves: list[Leaf] = []
    frame: Frame | None = None
    figures: dict[str, float] = {}
    text = ""
    if document is not None:
        try:
            leaves, seen = _leaves(document)
            flaws += seen
            outline = outline_of(document)
            frame, judged, figures = _judged(leaves, outline)
            flaws += judged
            text = _text(leaves, frame)
        except Exception as error:
            flaws.append(_unended("pages", error))
    if not any(f.code in ("file-unreadable", "file-locked") for f in flaws):
        flaws += _said_beside(data, for_print, any(leaf.bare for leaf in leaves))
    order = PDF_SEVERITIES.index
    return PdfInspection(tuple(sorted(set(flaws), key=lambda f: (order(f.severity), f))), len(leaves), figures, text)


def _unended(what: str, error: Exception) -> PdfFlaw:
    return pdf_flaw(0, "pages-unchecked", f"the check of its {what} could not be ended: {type(error).__name__}")


def _leaves(document: object) -> tuple[list[Leaf], list[PdfFlaw]]:
    """The pages as lines, and what is seen of each alone. The glyphs of one page are held at a time."""
    from converter.checker.pdf.frame import Leaf
    from converter.checker.pdf.lines import lines_of, rows_of
    from converter.checker.pdf.opened import Sheet, sheets_of
    from converter.checker.pdf.rules.drawn import drawn_rules
    from converter.checker.pdf.rules.letters import mixed_faces

    leaves: list[Leaf] = []
    flaws: list[PdfFlaw] = []
    for sheet in sheets_of(document):  # type: ignore[arg-type]
        if not isinstance(sheet, Sheet):
            flaws.append(sheet)
            continue
        rows = rows_of(sheet.glyphs)
        columns = _runs_down(sheet, rows)
        over = [] if columns else [list(row) for row in rows]
        flaws.extend(() if columns else mixed_faces(sheet.number, rows))
        lines = lines_of(rows)
        leaves.append(Leaf(sheet.number, tuple(lines), sheet.bare, columns, sheet.pictured))
        flaws.extend(drawn_rules(sheet, over, lines))
    signs = sum(line.count for leaf in leaves for line in leaf.lines)
    leftward = sum(line.count for leaf in leaves for line in leaf.lines if line.leftward)
    if leftward > signs / 2:
        leaves = [replace(p, lines=tuple(ln.mirrored() for ln in p.lines)) for p in leaves]
    return leaves, flaws


def _runs_down(sheet: Sheet, rows: Sequence[Sequence[Glyph]]) -> bool:
    """Whether the lines of a page run from top to bottom, as in Japanese novels."""
    if sheet.turned > len(sheet.glyphs):
        return True
    apart = [
        b.left - a.right > UPRIGHT_GAP * b.size
        for row in rows
        for a, b in pairwise(row)
        if (a.sign.isalnum() or a.sign == UNKNOWN) and (b.sign.isalnum() or b.sign == UNKNOWN)
    ]
    return len(apart) > FEW_SIGNS and sum(apart) * 2 > len(apart)


def _judged(
    leaves: Sequence[Leaf], outline: Sequence[tuple[int, str, int]]
) -> tuple[Frame | None, list[PdfFlaw], dict[str, float]]:
    """The frame of the book, the faults of its lines and pages, its figures."""
    from converter.checker.pdf.flow import flow_of
    from converter.checker.pdf.frame import frame_of
    from converter.checker.pdf.rules.letters import spaced_letters
    from converter.checker.pdf.rules.lines import lines_rules
    from converter.checker.pdf.rules.lone import lone_rules
    from converter.checker.pdf.rules.pages import blank_rules, pages_rules
    from converter.checker.pdf.rules.words import broken_words

    level = [leaf for leaf in leaves if not leaf.columns]
    if not any(leaf.lines for leaf in leaves):
        return (
            None,
            [*blank_rules(leaves, None), pdf_flaw(0, "text-none", "no page of it has text (is it scanned?)")],
            {},
        )
    if len(level) * 2 < len(leaves):
        return None, [*blank_rules(leaves, None), pdf_flaw(0, "lines-unjudged", UNJUDGED)], {}
    frame = frame_of(level)
    flaws = [*blank_rules(leaves, frame), *lone_rules(leaves, frame, outline)]
    flaws += broken_words(level, [title for _, title, _ in outline])
    if frame is None:
        return None, flaws, {}
    flow = flow_of(level, frame)
    flaws += lines_rules(flow, frame)
    flaws += spaced_letters(flow, frame)
    flaws += pages_rules(leaves, frame)
    return frame, flaws, _figures(flow, frame)


def _figures(flow: Sequence[Placed], frame: Frame) -> dict[str, float]:
    from converter.checker.pdf.rules.lines import stretch, stretched

    left, right = frame.margins[1]
    texts = [one for one in flow if one.text]
    gaps = [stretch(one) for one in stretched(flow, frame)]
    return {
        "type size": round(frame.size, 2),
        "line distance": round(frame.pitch, 2),
        "measure": round(right - left, 1),
        "lines on a full page": frame.rows,
        "lines": len(texts),
        "word gap, median": round(frame.gap, 2),
        "word gap, deviation": round(pstdev(gaps), 2) if gaps else 0.0,
        "word gap, mean": round(fmean(gaps), 2) if gaps else 0.0,
        "hyphenated": round(sum(one.hyphened for one in texts) / len(texts), 4) if texts else 0.0,
    }


def _text(leaves: Sequence[Leaf], frame: Frame | None) -> str:
    from converter.checker.pdf.flow import running_text

    return running_text(leaves, frame)


def _said_beside(data: bytes, for_print: bool, blank: bool) -> Iterator[PdfFlaw]:
    """What pikepdf finds: tags, outline, fonts, and whether it is for print."""
    import pikepdf

    from converter.checker.pdf.rules.fonts import font_rules
    from converter.checker.pdf.rules.printing import is_for_print, printing_rules
    from converter.checker.pdf.rules.structure import structure_rules

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            for rule in (structure_rules, font_rules):
                try:
                    yield from rule(pdf)
                except Exception as error:
                    yield _unended("tags" if rule is structure_rules else "fonts", error)
            try:
                if for_print or is_for_print(pdf, blank=blank):
                    yield from printing_rules(pdf)
            except Exception as error:
                yield _unended("inks", error)
    except pikepdf.PasswordError:
        yield pdf_flaw(0, "file-locked", "it is locked with a password; save it without one")
    except Exception as error:
        yield _unended("structure", error)
