"""What is found in a PDF: one flaw, its page, the text it concerns, and how much it matters to somebody who prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PdfSeverity = Literal["error", "warning", "info"]
PDF_SEVERITIES: tuple[PdfSeverity, ...] = ("error", "warning", "info")

PDF_KINDS: dict[str, tuple[PdfSeverity, str]] = {  # each with its weight, and what a table of figures calls it
    "file-unreadable": ("error", "files that can't be read"),
    "file-locked": ("error", "files locked by a password"),
    "file-damaged": ("warning", "damaged files"),
    "file-restricted": ("warning", "files that forbid printing"),
    "pages-unchecked": ("warning", "checks that were not made"),
    "pages-too-many": ("warning", "pages beyond the limit"),
    "page-too-full": ("warning", "pages with too many characters"),
    "text-none": ("warning", "books without text"),
    "glyph-missing": ("error", "missing glyphs"),
    "text-outside": ("error", "text outside the page"),
    "text-overprinted": ("error", "text over text"),
    "font-not-embedded": ("error", "fonts not embedded"),
    "words-missing": ("error", "missing words"),
    "words-joined": ("error", "words run together"),
    "words-parted": ("error", "words torn apart"),
    "contents-touching": ("warning", "page numbers that touch titles"),
    "line-widow": ("warning", "widows"),
    "line-orphan": ("warning", "orphans"),
    "line-overfull": ("warning", "lines into the margin"),
    "line-very-loose": ("warning", "lines over 3 x the gap"),
    "heading-stranded": ("warning", "stranded headings"),
    "break-at-foot": ("warning", "scene breaks at a page's foot"),
    "break-at-end": ("warning", "scene breaks at a chapter's end"),
    "word-broken": ("warning", "words broken without a hyphen"),
    "face-mixed": ("warning", "words in two faces"),
    "print-colour": ("warning", "text in colour, for print"),
    "print-mixed-black": ("warning", "mixed black, for print"),
    "page-only-note": ("warning", "pages with nothing but a note"),
    "page-only-heading": ("warning", "pages with nothing but a heading"),
    "page-near-empty": ("warning", "pages of at most 4 lines"),
    "page-blank": ("warning", "blank pages"),
    "structure-untagged": ("warning", "no tags"),
    "structure-language": ("warning", "no language"),
    "structure-title": ("warning", "no title"),
    "structure-outline": ("warning", "no outline"),
    "outline-broken": ("warning", "outline entries that lead nowhere"),
    "figure-alt": ("warning", "pictures without a description"),
    "line-loose": ("info", "lines over 2 x the gap"),
    "letters-spaced": ("info", "lines of spaced letters"),
    "chapters-tiny": ("info", "books of tiny chapters, each on its page"),
    "line-runt": ("info", "runts"),
    "line-half-word": ("info", "last lines of half a word"),
    "line-dash": ("info", "dashes at a line's start"),
    "hyphen-ladder": ("info", "hyphen ladders"),
    "hyphen-page-end": ("info", "hyphens at a page's end"),
    "break-at-head": ("info", "scene breaks at a page's head"),
    "page-blank-verso": ("info", "blank pages before a chapter"),
    "foot-short": ("info", "feet short by one line"),
    "foot-shorter": ("info", "feet short by two lines or more"),
    "heading-skipped": ("info", "skipped levels of headings"),
    "outline-order": ("info", "outline entries out of order"),
    "lines-unjudged": ("info", "books whose lines are not judged"),
}


@dataclass(frozen=True, slots=True, order=True)
class PdfFlaw:
    """`page` from 1, as a viewer counts (0: the file as a whole), a stable code of `PDF_KINDS`, what to tell.

    "error": a printer refuses it or a reader can't read it; "warning": a reader stumbles; "info": a typesetter sees it.
    """

    page: int
    code: str
    message: str
    severity: PdfSeverity = "error"

    def __str__(self) -> str:
        return f"{f'page {self.page}' if self.page else 'file'}: {self.message} [{self.code}]"


def pdf_flaw(page: int, code: str, message: str) -> PdfFlaw:
    """The flaw with the weight that its kind has."""
    return PdfFlaw(page, code, message, PDF_KINDS[code][0])


def quoted(text: str, most: int = 60) -> str:
    """A text as messages show it: at most so many characters of it."""
    text = text.replace("\u2060", "").strip()
    return f"“{text if len(text) <= most else text[: most - 1] + '…'}”"
