"""Seconds from a text to its PDF: by both engines, and by others that print, on the same text in the same run.

    python -m benchmarks.print [--words 5000 20000 120000 500000] [--runs 1] [--slow 120000] [--once]

"typst" is what the command does; a draft has the feet of its pages as they come. "in chunks" is done by several
processes, as the command does it on this machine's cores, "in one piece" is the same story by one process.
`weasyprint` is that command on the HTML, the style and the fonts that are printed here, with tags as here and without;
Chromium prints that page, too, in its own manner. pandoc (by way of WeasyPrint) and calibre print the text in their own
manner. What is not installed has no row; what needs minutes for a book is left out beyond `--slow` words. Ratios are to
the first row; a ratio that stays the same from one size to the next is a time that grows as the pages do. The memory is
that of all processes together, on Linux, else of the largest.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from lxml import etree

from benchmarks.invented import novel
from benchmarks.speed import compare
from converter import read
from converter.document.words import book_text, words
from converter.themes import load_theme
from converter.writers.drop_caps import drop_cap_css
from converter.writers.pages import page_css, page_named, type_size, with_gutter
from converter.writers.paper import paper
from converter.writers.pdf.printed import has_typst, leading_of
from converter.writers.sheets import print_sheet
from converter.writers.typefaces import cut, typefaces

ONE_PIECE = (
    "import sys, converter; from pathlib import Path;"
    "made = converter.convert(sys.argv[1], to=['pdf'], engine=sys.argv[3]);"
    "Path(sys.argv[2]).write_bytes(made['pdf'])"
)
CALIBRE = ("env", "QT_QPA_PLATFORM=offscreen", "QTWEBENGINE_CHROMIUM_FLAGS=--no-sandbox", "ebook-convert")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline")


def same_html(story: Path, folder: Path) -> Path:
    """The HTML that is printed of this story, in a folder with its style and its fonts."""
    book, theme = read(story), load_theme("classic")
    sheet = with_gutter(page_named("a5"), len(words(book_text(book))))
    html = paper(book, theme, sheet, "Chapbook")
    size = type_size(theme, sheet)
    leading = size * leading_of(theme, book.metadata.language)
    faces = typefaces(theme, frozenset("".join((*html.itertext(), theme.print_css))), size, book.metadata.language)
    css = faces.css
    for number, (address, font) in enumerate(faces.files.items()):
        (folder / f"{number}.ttf").write_bytes(cut(*font))
        css = css.replace(f'"{address}"', f'"{number}.ttf"')
    css += page_css(sheet, size, leading) + print_sheet(theme, book.metadata.language)
    css += drop_cap_css(theme, size, leading, html)
    (folder / "book.css").write_text(css, "utf-8")
    head = html.find("head")
    assert head is not None
    etree.SubElement(head, "link", {"rel": "stylesheet", "href": "book.css"})
    page = folder / "book.html"
    page.write_bytes(etree.tostring(html, method="html", encoding="utf-8", doctype="<!DOCTYPE html>"))
    return page


Commands = dict[str, tuple[list[str], Path | None]]


def ours(story: Path, book: Path) -> Commands:
    """Chapbook, by each of its engines that is there."""
    command = [sys.executable, "-m", "converter", str(story), str(book), "--force"]
    piece = [sys.executable, "-c", ONE_PIECE, str(story), str(book)]
    rows: Commands = {}
    if has_typst():
        rows["typst"] = ([*command, "--engine", "typst"], book)
        rows["typst, draft"] = ([*command, "--engine", "typst", "--draft"], book)
        rows["typst, one piece"] = ([*piece, "typst"], book)
    rows["weasy, in chunks"] = ([*command, "--engine", "weasyprint"], book)
    return rows


def others(story: Path, html: Path, book: Path) -> Commands:
    """What takes minutes for a long book: WeasyPrint by one process, and what else prints and is installed."""
    tool = str(Path(sys.executable).with_name("weasyprint"))
    rows: Commands = {
        "weasy, one piece": ([sys.executable, "-c", ONE_PIECE, str(story), str(book), "weasyprint"], book),
        "weasyprint, tagged": ([tool, "--pdf-variant", "pdf/ua-1", str(html), str(book)], book),
        "weasyprint, untagged": ([tool, str(html), str(book)], book),
    }
    if shutil.which("pandoc"):
        engine = [f"--pdf-engine={tool}", "--metadata", "title=Invented"]
        rows["pandoc, weasyprint"] = (["pandoc", "-f", "markdown", str(story), "-o", str(book), *engine], book)
    if shutil.which("ebook-convert"):
        rows["calibre"] = ([*CALIBRE, str(story), str(book)], book)
    if browser := next(filter(None, map(shutil.which, BROWSERS)), None):
        rows["chromium"] = ([browser, *CHROMIUM, f"--print-to-pdf={book}", html.as_uri()], book)
    return rows


def main() -> None:
    """Writes the texts, prints them, prints the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--words", type=int, nargs="+", default=[5_000, 20_000, 120_000])
    options.add_argument("--runs", type=int, default=1)
    options.add_argument(
        "--slow", type=int, default=120_000, help="words up to which others print, and WeasyPrint in one piece"
    )
    options.add_argument("--once", action="store_true", help="no run before those that count")
    asked = options.parse_args()
    for count in asked.words:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            story, book = folder / "story.txt", folder / "book.pdf"
            story.write_text(novel(count), "utf-8")
            commands = ours(story, book)
            if count <= asked.slow:
                commands |= others(story, same_html(story, folder), book)
            compare(f"{count:,} words to PDF", commands, asked.runs, together=True, unseen=not asked.once)


if __name__ == "__main__":
    main()
