"""What became of the stories of a run, as one web page: no script, no network, light and dark, 360 px and wider."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from converter.reports.run import RunRow, counted, for_a_person, tally

GENERATOR = "Chapbook: what became of the stories"
CSS = """
:root { color-scheme: light dark; --dim: #635d52; --rule: #d9d4c7; --paper: #fbf9f4; --ink: #1d1b18;
  --new: #1c6b3c; --bad: #9c2f22; --card: #fff }
@media (prefers-color-scheme: dark) {
  :root { --dim: #a39d92; --rule: #3a3731; --paper: #191815; --ink: #e7e2d8; --new: #7cc796; --bad: #ee988b;
    --card: #22201c }
}
* { box-sizing: border-box }
body { max-width: 62rem; margin: 2.5rem auto; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 1.05rem/1.5 Georgia, "Times New Roman", serif }
h1 { font-weight: normal; font-size: 2rem; line-height: 1.15; margin: 0 }
h2 { font-weight: normal; font-size: 1.3rem; margin: 2.5rem 0 .8rem; border-bottom: 1px solid var(--rule) }
.dim { color: var(--dim) }
.bad { color: var(--bad) }
.news { color: var(--new) }
ul.stories { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)) }
ul.stories > li { display: flex; gap: .9rem; background: var(--card); border: 1px solid var(--rule); border-radius: 4px;
  padding: .8rem; overflow-wrap: anywhere }
ul.stories img { width: 4.6rem; height: auto; align-self: start; border-radius: 2px; flex: none }
h3 { font-weight: normal; font-size: 1.1rem; line-height: 1.25; margin: 0 }
p { margin: .15rem 0 }
.small, .doubts { font-size: .88rem }
.doubts { margin: .3rem 0 0; padding-left: 1.1rem }
"""
HEADINGS = {
    "failed": "No book was made of these",
    "doubt": "Worth a look",
    "left out": "Left out",
    "made": "Made without a doubt",
    "kept": "Up to date",
}
SECTIONS = tuple(HEADINGS)
MOST_DOUBTS = 12  # of one story on the page; the proof tells all
MOST_KEPT = 300  # stories that nothing happened to; the library lists all


def run_page(rows: Sequence[RunRow]) -> bytes:
    """The page as HTML 5, UTF-8."""
    html = Element("html", {"lang": "en"})
    head = SubElement(html, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"name": "generator", "content": GENERATOR})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width"})
    SubElement(head, "title").text = "Stories and their books"
    SubElement(head, "style").text = CSS
    body = SubElement(html, "body")
    header = SubElement(body, "header")
    SubElement(header, "h1").text = "Stories and their books"
    words = sum(row.words for row in rows)
    SubElement(header, "p", {"class": "dim"}).text = f"{tally(rows)} · {words:,} words read"
    main = SubElement(body, "main")
    for section in SECTIONS:
        _section(main, section, [row for row in for_a_person(rows) if _section_of(row) == section])
    if not rows:
        SubElement(main, "p").text = "There was no story."
    page: bytes = tostring(html, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + page


def _section_of(row: RunRow) -> str:
    """Under which heading a story stands: a doubt is worth a look whether or not the book was there already."""
    return "doubt" if row.state in ("made", "kept") and row.doubts else row.state


def _section(main: Element, name: str, rows: Sequence[RunRow]) -> None:
    if not rows:
        return
    mark = name.replace(" ", "-")
    section = SubElement(main, "section", {"aria-labelledby": mark})
    SubElement(section, "h2", {"id": mark}).text = f"{HEADINGS[name]} ({len(rows):,})"
    most = MOST_KEPT if name == "kept" else len(rows)
    stories = SubElement(section, "ul", {"class": "stories"})
    for row in rows[:most]:
        _story(SubElement(stories, "li"), row)
    if len(rows) > most:
        SubElement(section, "p", {"class": "dim"}).text = f"and {len(rows) - most:,} more"


def _story(card: Element, row: RunRow) -> None:
    if row.cover:
        source = f"data:image/jpeg;base64,{b64encode(row.cover).decode()}"
        SubElement(card, "img", {"src": source, "alt": "", "loading": "lazy"})
    told = SubElement(card, "div")
    SubElement(told, "h3").text = row.title or row.story
    if row.authors:
        SubElement(told, "p", {"class": "small"}).text = ", ".join(row.authors)
    facts = [counted(row.words, "word")] if row.words else []
    facts += [counted(row.chapters, "chapter")] if row.chapters else []
    if facts:
        SubElement(told, "p", {"class": "small dim"}).text = ", ".join(facts)
    if row.news:
        SubElement(told, "p", {"class": "small news"}).text = row.news
    if row.problem:
        SubElement(told, "p", {"class": "small bad"}).text = row.problem
    if books := (*row.books, *row.kept):
        SubElement(told, "p", {"class": "small dim"}).text = ", ".join(books)
    if row.doubts:
        doubts = SubElement(told, "ul", {"class": "doubts"})
        for doubt in row.doubts[:MOST_DOUBTS]:
            SubElement(doubts, "li").text = doubt
        if len(row.doubts) > MOST_DOUBTS:
            SubElement(doubts, "li").text = f"and {len(row.doubts) - MOST_DOUBTS:,} more"
