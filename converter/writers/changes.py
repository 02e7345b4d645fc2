"""The page of what an author rewrote: the files of a story, the chapters of its book, every passage that changed."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from converter.reconciling.differences import PARAGRAPH, Passage
from converter.reconciling.result import KeptChapter, OtherVersion, Reconciled
from converter.reports.run import counted
from converter.writers.report import CSS

GENERATOR = "Chapbook: what was rewritten"
OWN_CSS = """
body { max-width: 52rem }
table { border-collapse: collapse; width: 100%; font-size: .95rem }
th { text-align: left; font-weight: normal; color: var(--dim) }
th, td { padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--rule); vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
td:first-child { min-width: 6rem }
p.passage { margin: .7rem 0; padding-left: .9rem; border-left: 2px solid var(--rule) }
.doubt { color: var(--old); padding: .18rem 0 }
ul { margin: .6rem 0 0; padding-left: 1.2rem }
td, li { overflow-wrap: anywhere }
@media (max-width: 36rem) {
  td:first-child { min-width: 4rem }
  th, td { padding-right: .5rem }
  table { font-size: .82rem; hyphens: auto }
}
"""


def changes_page(result: Reconciled) -> bytes:
    """The page as HTML 5, UTF-8."""
    html = Element("html", {"lang": "en"})
    head = SubElement(html, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"name": "generator", "content": GENERATOR})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width"})
    SubElement(head, "title").text = f"{result.title}: what was rewritten"
    SubElement(head, "style").text = CSS + OWN_CSS
    body = SubElement(html, "body")
    _masthead(body, result)
    if result.doubts:
        SubElement(body, "h2").text = "What is doubtful"
        doubts = SubElement(body, "ul")
        for doubt in result.doubts:
            SubElement(doubts, "li", {"class": "doubt"}).text = doubt.message
    _files(body, result)
    _origins(body, result)
    rewritten = [c for c in result.chapters if any(o.passages for o in c.others)]
    SubElement(body, "h2").text = "What was rewritten"
    if not rewritten:
        SubElement(body, "p", {"class": "good"}).text = "Nothing: the copies have the same words where they overlap."
    for chapter in rewritten:
        _chapter(body, chapter)
    page: bytes = tostring(html, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + page


def is_changes_page(data: bytes) -> bool:
    """Whether these bytes are such a page, which may be made anew."""
    return GENERATOR.encode() in data[:1000]


def _masthead(body: Element, result: Reconciled) -> None:
    header = SubElement(body, "header")
    SubElement(header, "h1").text = result.title
    if result.authors:
        SubElement(header, "p").text = f"by {', '.join(result.authors)}"
    words = sum(c.words for c in result.chapters)
    facts = [
        counted(len(result.files), "file"),
        counted(len(result.chapters), "chapter"),
        f"{words:,} words",
        f"{result.rewritten} rewritten",
    ]
    SubElement(header, "p", {"class": "dim"}).text = " · ".join(facts)


def _files(body: Element, result: Reconciled) -> None:
    SubElement(body, "h2").text = "The files, and what of each is in the book"
    rows = [
        (f.file, f.changed, f"{f.chapters_kept} of {f.chapters}", f"{f.words_kept:,} of {f.words:,}")
        for f in result.files
    ]
    _table(body, ("File", "Dated", "Chapters", "Words"), rows, numbers=2)


def _origins(body: Element, result: Reconciled) -> None:
    SubElement(body, "h2").text = "The chapters, and where each is from"
    rows = [
        (
            chapter.name or "(no heading)",
            f"{chapter.file}, line {chapter.line}",
            "; ".join(f"{o.file}, line {o.line}: the one kept {o.reason}" for o in chapter.others),
            f"{chapter.words:,}",
        )
        for chapter in result.chapters
    ]
    _table(body, ("Chapter", "From", "Other copies", "Words"), rows, numbers=1)


def _table(body: Element, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], numbers: int) -> None:
    """A table whose last columns, so many, are numbers."""
    table = SubElement(body, "table")
    for tag, cells in (("th", heads), *(("td", row) for row in rows)):
        row = SubElement(table, "tr")
        for place, cell in enumerate(cells):
            kind = {"class": "number"} if place >= len(cells) - numbers else {}
            SubElement(row, tag, kind).text = cell


def _chapter(body: Element, chapter: KeptChapter) -> None:
    details = SubElement(body, "details")
    summary = SubElement(details, "summary")
    SubElement(summary, "span").text = chapter.name or "(no heading)"
    removed, added = (max(getattr(o, side) for o in chapter.others) for side in ("removed", "added"))
    SubElement(summary, "span", {"class": "count"}).text = f"−{removed:,} +{added:,} words"
    for other in chapter.others:
        if other.passages:
            _version(details, chapter, other)


def _version(details: Element, chapter: KeptChapter, other: OtherVersion) -> None:
    headed = "" if other.name == chapter.name else f', there called "{other.name or "nothing"}",'
    what = f"{other.file}, line {other.line}{headed}: the one kept, of {chapter.file}, {other.reason}"
    SubElement(details, "p", {"class": "dim"}).text = what
    for passage in other.passages:
        _passage(SubElement(details, "p", {"class": "passage"}), passage)


def _passage(row: Element, passage: Passage) -> None:
    SubElement(row, "span", {"class": "context"}).text = f"… {_lines(passage.before)} "
    if passage.removed:
        SubElement(row, "del").text = _lines(passage.removed)
        row[-1].tail = " "
    if passage.added:
        SubElement(row, "ins").text = _lines(passage.added)
        row[-1].tail = " "
    SubElement(row, "span", {"class": "context"}).text = f"{_lines(passage.behind)} …"


def _lines(text: str) -> str:
    """A paragraph's end as it is seen."""
    return text.replace(PARAGRAPH, "↵")
