"""Faults for each 100 pages of one novel, printed by Chapbook and by others, as `chapbook check` counts them.

    python -m benchmarks.pages_critic [--words 120000] [--text FILE] [--keep FOLDER]

One text, one run: the novel is invented (or FILE, in which a line "Chapter ..." begins a chapter), each program gets it
with its chapters marked, is asked for A5, justified lines and hyphens, and does the rest in its own way. What is not
installed is left out, and that is said.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks.invented import novel
from converter.checker.pdf import PDF_KINDS, PdfInspection, inspect_pdf

BREAK, CHAPTER = "* * *", re.compile(r"Chapter \S+")
STYLE = "@page{size:A5;margin:18mm} p{text-align:justify;hyphens:auto;margin:0;text-indent:1.2em} h1{break-before:page}"
TYPST = """#set page(paper: "a5", numbering: "1")
#set document(title: "The Invented Sea")
#set text(lang: "en")
#set par(justify: true, first-line-indent: 1.2em, spacing: 0.65em)
#show heading: it => { pagebreak(weak: true); it }
"""
LEFT_OUT = ("file-", "pages-", "words-", "structure-", "outline-", "heading-skipped", "lines-", "text-none", "page-too")
FIGURES = {
    "lines on a full page": "lines on a full page",
    "word gap, median": "gap between words, median, pt",
    "word gap, deviation": "its deviation, pt",
    "hyphenated": "lines that end in a hyphen, %",
}


def pieces(text: str) -> list[str]:
    """The paragraphs, headings and breaks of the novel, without its head."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text)]
    first = next((i for i, block in enumerate(blocks) if CHAPTER.fullmatch(block)), 0)
    return [block for block in blocks[first:] if block]


def as_markdown(blocks: list[str]) -> str:
    return "\n\n".join(f"# {b}" if CHAPTER.fullmatch(b) else r"\* \* \*" if b == BREAK else b for b in blocks)


def as_page(blocks: list[str]) -> str:
    def one(block: str) -> str:
        if CHAPTER.fullmatch(block):
            return f"<h1>{html.escape(block)}</h1>"
        if block == BREAK:
            return '<p style="text-align:center">* * *</p>'
        return "<p>" + re.sub(r"_(\w+)_", r"<em>\1</em>", html.escape(block, quote=False)) + "</p>"

    head = f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>The Invented Sea</title><style>{STYLE}</style>"
    return head + "\n".join(map(one, blocks))


def as_typst(blocks: list[str]) -> str:
    def one(block: str) -> str:
        if CHAPTER.fullmatch(block):
            return f"= {block}"
        if block == BREAK:
            return "#align(center)[\\* \\* \\*]"
        return re.sub(r"([\\#$*@<>`~\[\]])", r"\\\1", block)

    return TYPST + "\n\n".join(map(one, blocks))


class Missing(Exception):
    """A program that is not installed, or does not do it here."""


def run(*command: str | Path) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        raise Missing((done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1][:100])


def program(*names: str) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    raise Missing("not installed")


def ours(engine: str) -> Callable[[Path, Path], None]:
    def printer(folder: Path, book: Path) -> None:
        run(sys.executable, "-m", "converter", folder / "novel.txt", book, "--force", "--engine", engine)

    return printer


def calibre(folder: Path, book: Path) -> None:
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox")
    asked = ["--formatting-type", "markdown", "--paper-size", "a5", "--change-justification", "justify"]
    run(program("ebook-convert"), folder / "markdown.txt", book, *asked)


def pandoc(folder: Path, book: Path) -> None:
    engine = Path(sys.executable).with_name("weasyprint")
    asked = ["--metadata", "title=The Invented Sea", "--metadata", "lang=en", "-V", "papersize=a5"]
    (folder / "book.css").write_text(STYLE)
    style = ["-c", str(folder / "book.css")]
    run(
        program("pandoc"),
        "-f",
        "markdown",
        folder / "markdown.txt",
        "-o",
        book,
        f"--pdf-engine={engine}",
        *asked,
        *style,
    )


def chromium(folder: Path, book: Path) -> None:
    name = program("chromium", "chromium-browser", "google-chrome")
    run(name, "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={book}", folder / "novel.html")


def typst(folder: Path, book: Path) -> None:
    if shutil.which("typst"):
        run("typst", "compile", folder / "novel.typ", book)
    elif find_spec("typst"):
        run(
            sys.executable,
            "-c",
            "import sys, typst; typst.compile(sys.argv[1], sys.argv[2])",
            folder / "novel.typ",
            book,
        )
    else:
        raise Missing("not installed")


PRINTERS: dict[str, Callable[[Path, Path], None]] = {
    "ours, Typst": ours("typst"),
    "ours, WeasyPrint": ours("weasyprint"),
    "calibre": calibre,
    "pandoc with WeasyPrint": pandoc,
    "Chromium": chromium,
    "Typst, plain": typst,
}


def table(found: dict[str, PdfInspection]) -> str:
    """A row for each kind of fault that any of them has, in the manner of the documents."""
    counts = {name: Counter(f.code for f in one.flaws) for name, one in found.items()}
    rows = [["", *found], ["---"] * (len(found) + 1), ["pages", *(f"{one.pages:,}" for one in found.values())]]
    for key, label in FIGURES.items():
        times = 100 if key == "hyphenated" else 1
        rows.append([label, *(f"{times * one.figures.get(key, 0):.3g}" for one in found.values())])
    for code, (_, label) in PDF_KINDS.items():
        if not code.startswith(LEFT_OUT) and any(count[code] for count in counts.values()):
            each = (f"{100 * counts[name][code] / max(1, one.pages):.1f}" for name, one in found.items())
            rows.append([label, *each])
    said = {"structure-untagged": "tagged", "structure-outline": "outline", "structure-language": "language"}
    rows += [[label, *("no" if c[code] else "yes" for c in counts.values())] for code, label in said.items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> None:
    """Prints the novel with all that is installed, looks at the pages, prints the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--words", type=int, default=120_000)
    options.add_argument("--text", type=Path)
    options.add_argument("--keep", type=Path, help="where the PDFs are put; else they are thrown away")
    asked = options.parse_args()
    text = asked.text.read_text("utf-8") if asked.text else novel(asked.words)
    blocks = pieces(text)
    found: dict[str, PdfInspection] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        kept = asked.keep or folder
        kept.mkdir(parents=True, exist_ok=True)
        (folder / "novel.txt").write_text(text, "utf-8")
        (folder / "markdown.txt").write_text(as_markdown(blocks), "utf-8")
        (folder / "novel.html").write_text(as_page(blocks), "utf-8")
        (folder / "novel.typ").write_text(as_typst(blocks), "utf-8")
        for name, printer in PRINTERS.items():
            book = kept / f"{name.replace(', ', '-').split()[0].lower()}.pdf"
            book.unlink(missing_ok=True)
            try:
                printer(folder, book)
                found[name] = inspect_pdf(book.read_bytes())
            except (Missing, OSError, subprocess.TimeoutExpired) as error:
                print(f"left out: {name} ({error})")
    print(table(found))
    if asked.keep:
        figures = {name: one.figures for name, one in found.items()}
        (kept / "figures.json").write_text(json.dumps(figures, indent=2), "utf-8")


if __name__ == "__main__":
    main()
