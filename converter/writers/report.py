"""The proof report as one web page: no script, no network, light and dark."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from converter.reports.report import Report, ReportItem, ReportSection

ITEMS_SHOWN = 500  # items of one kind on the page; the JSON report holds all
GENERATOR = "Chapbook: proof of a story"
CSS = """
:root { color-scheme: light dark; --dim: #6b6b6b; --rule: #d9d4c7; --paper: #fbf9f4; --ink: #1d1b18;
  --new: #1c6b3c; --old: #a03428 }
@media (prefers-color-scheme: dark) {
  :root { --dim: #9a958b; --rule: #3a3731; --paper: #191815; --ink: #e7e2d8; --new: #7cc796; --old: #e08a7d }
}
body { max-width: 44rem; margin: 3rem auto; padding: 0 1.2rem; background: var(--paper); color: var(--ink);
  font: 1.05rem/1.55 Georgia, "Times New Roman", serif }
h1 { font-weight: normal; font-size: 2.1rem; line-height: 1.15; margin: 0 }
h2 { font-weight: normal; font-size: 1.35rem; margin: 3rem 0 .4rem; border-bottom: 1px solid var(--rule) }
.dim, .line { color: var(--dim) }
.good { color: var(--new) }
details { margin: .5rem 0; border-bottom: 1px solid var(--rule); padding-bottom: .5rem }
summary { cursor: pointer }
summary .count { float: right; color: var(--dim); font-variant-numeric: tabular-nums }
ol { list-style: none; margin: .6rem 0 0; padding: 0 }
ol > li { display: grid; grid-template-columns: 3.6rem 1fr; gap: .8rem; padding: .18rem 0 }
.line { text-align: right; font-variant-numeric: tabular-nums; font-size: .85rem; padding-top: .15rem }
del { color: var(--old); text-decoration: none; border-bottom: 1px solid; white-space: pre-wrap }
ins { color: var(--new); text-decoration: none; border-bottom: 1px solid; white-space: pre-wrap }
.context { color: var(--dim) }
"""


def report_page(report: Report) -> bytes:
    """The report as HTML 5, UTF-8."""
    html = Element("html", {"lang": "en"})
    head = SubElement(html, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"name": "generator", "content": GENERATOR})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width"})
    SubElement(head, "title").text = f"Proof of {report.title}"
    SubElement(head, "style").text = CSS
    body = SubElement(html, "body")
    _masthead(body, report)
    heading = "What looks wrong, and was left as it is"
    if report.findings:
        _sections(body, heading, report.findings, opened=True)
    else:
        SubElement(body, "h2").text = heading
        SubElement(body, "p", {"class": "good"}).text = "Nothing. A clean text."
    _sections(body, "What was changed", report.changes)
    _sections(body, "What was left out", report.omissions)
    page: bytes = tostring(html, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + page


def _masthead(body: Element, report: Report) -> None:
    header = SubElement(body, "header")
    SubElement(header, "h1").text = report.title
    if report.authors:
        SubElement(header, "p").text = f"by {', '.join(report.authors)}"
    facts = [
        report.story,
        f"{report.words:,} words",
        f"{report.chapters} {'chapter' if report.chapters == 1 else 'chapters'}",
        f"{sum(s.count for s in report.findings):,} to look at",
        f"{sum(s.count for s in report.changes):,} changes",
    ]
    SubElement(header, "p", {"class": "dim"}).text = " · ".join(facts)


def _sections(body: Element, heading: str, sections: tuple[ReportSection, ...], *, opened: bool = False) -> None:
    if not sections:
        return
    SubElement(body, "h2").text = heading
    for section in sections:
        details = SubElement(body, "details", {"open": "open"} if opened else {})
        summary = SubElement(details, "summary")
        SubElement(summary, "span").text = section.title
        SubElement(summary, "span", {"class": "count"}).text = f"{section.count:,}"
        items = SubElement(details, "ol")
        for item in section.items[:ITEMS_SHOWN]:
            _item(SubElement(items, "li"), item)
        if len(section.items) > ITEMS_SHOWN:
            SubElement(details, "p", {"class": "dim"}).text = f"and {len(section.items) - ITEMS_SHOWN:,} more"


def _item(row: Element, item: ReportItem) -> None:
    SubElement(row, "span", {"class": "line"}).text = str(item.line) if item.line else ""
    cell = SubElement(row, "span")
    if not (item.before or item.after):
        cell.text = item.text
        return
    if item.before:
        SubElement(cell, "del").text = visible_spaces(item.before)
    if item.before and item.after:
        cell[-1].tail = " → "
    if item.after:
        SubElement(cell, "ins").text = visible_spaces(item.after)
    if item.text:
        if len(cell):
            cell[-1].tail = (cell[-1].tail or "") + "  "
        SubElement(cell, "span", {"class": "context"}).text = item.text


def visible_spaces(text: str) -> str:
    """Characters nobody sees, made visible."""
    names = {" ": "␣", "\u00a0": "⍽", "\u202f": "⍽", "\t": "⇥", "\n": "↵"}
    return "".join(names.get(c, c) for c in text) if not text.strip() else text
