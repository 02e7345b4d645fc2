"""Seconds from a text to its PDF: in chunks, in one piece, and beside others that print, on the same text.

    python -m benchmarks.print [--words 5000 20000 120000 500000] [--runs 1] [--others]

"in chunks" is what the command does on this machine's cores, "in one piece" the same story by one process. `weasyprint`
is that command on the HTML, the style and the fonts that are printed here, with tags as here and without. With
`--others` pandoc (by way of WeasyPrint) and calibre print the text in their own manner. Ratios are to the first row; a
ratio that stays the same from one size to the next is a time that grows as the pages do. The memory is that of the
largest process alone.
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
from converter.writers.pages import page_css, page_named, with_gutter
from converter.writers.paper import paper
from converter.writers.pdf.printed import leading_of, type_size
from converter.writers.typefaces import cut, drop_cap_css, typefaces

ONE_PIECE = (
    "import sys, converter; from pathlib import Path;"
    "Path(sys.argv[2]).write_bytes(converter.convert(sys.argv[1], to=['pdf'])['pdf'])"
)
CALIBRE = ("env", "QT_QPA_PLATFORM=offscreen", "QTWEBENGINE_CHROMIUM_FLAGS=--no-sandbox", "ebook-convert")


def same_html(story: Path, folder: Path) -> Path:
    """The HTML that is printed of this story, in a folder with its style and its fonts."""
    book, theme = read(story), load_theme("classic")
    sheet = with_gutter(page_named("a5"), len(words(book_text(book))))
    html = paper(book, theme, sheet, "Chapbook")
    size = type_size(theme, sheet)
    leading = size * leading_of(theme, book.metadata.language)
    faces = typefaces(theme, frozenset("".join((*html.itertext(), theme.print_css))), size)
    css = faces.css
    for number, (address, font) in enumerate(faces.files.items()):
        (folder / f"{number}.ttf").write_bytes(cut(*font))
        css = css.replace(f'"{address}"', f'"{number}.ttf"')
    css += page_css(sheet, size, leading) + theme.print_css + drop_cap_css(theme, size, leading)
    (folder / "book.css").write_text(css, "utf-8")
    head = html.find("head")
    assert head is not None
    etree.SubElement(head, "link", {"rel": "stylesheet", "href": "book.css"})
    page = folder / "book.html"
    page.write_bytes(etree.tostring(html, method="html", encoding="utf-8", doctype="<!DOCTYPE html>"))
    return page


def main() -> None:
    """Writes the texts, prints them, prints the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--words", type=int, nargs="+", default=[5_000, 20_000, 120_000])
    options.add_argument("--runs", type=int, default=1)
    options.add_argument("--others", action="store_true", help="pandoc and calibre, too, where they are installed")
    asked = options.parse_args()
    tool = str(Path(sys.executable).with_name("weasyprint"))
    for count in asked.words:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            story, book = folder / "story.txt", folder / "book.pdf"
            story.write_text(novel(count), "utf-8")
            html = same_html(story, folder)
            commands: dict[str, tuple[list[str], Path | None]] = {
                "in one piece": ([sys.executable, "-c", ONE_PIECE, str(story), str(book)], book),
                "in chunks": ([sys.executable, "-m", "converter", str(story), str(book), "--force"], book),
                "weasyprint, tagged": ([tool, "--pdf-variant", "pdf/ua-1", str(html), str(book)], book),
                "weasyprint, untagged": ([tool, str(html), str(book)], book),
            }
            if asked.others and shutil.which("pandoc"):
                engine = [f"--pdf-engine={tool}", "--metadata", "title=Invented"]
                commands["pandoc, weasyprint"] = (
                    ["pandoc", "-f", "markdown", str(story), "-o", str(book), *engine],
                    book,
                )
            if asked.others and shutil.which("ebook-convert"):
                commands["calibre"] = ([*CALIBRE, str(story), str(book)], book)
            compare(f"{count:,} words to PDF", commands, asked.runs)


if __name__ == "__main__":
    main()
